"""Talks with volunteers and days of training on the calendar of a volunteer or a team."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from gib.core.access.actor import Actor
from gib.core.access.tables import P
from gib.core.access.together import Steps, in_steps
from gib.core.kernel.dates import Period
from gib.core.ui.agenda import Appointment
from gib.people.volunteers.models.coaching import CoachingTalk
from gib.people.volunteers.models.groups import TrainingSession
from gib.people.volunteers.models.interest import Interview


@in_steps
def talks(actor: Actor, on: date, days: Period) -> Steps[list[Appointment]]:
    """Give the planned talks with volunteers: one's own, or those of a team."""
    read: Any = CoachingTalk.visible_to if actor.may(P.SEE_SELF) else CoachingTalk.of_team
    span = (days.from_on, days.to_on)
    rows = yield read(actor, on).filter(planned_on__range=span, cancelled_on__isnull=True)
    return [
        _talk(row, f"coaching-{row.id}", _("Gesprek met vrijwilliger"), "volunteers:talks_of") for row in rows
    ]


@in_steps
def interviews(actor: Actor, on: date, days: Period) -> Steps[list[Appointment]]:
    """Give the first talks with who wants to volunteer; of a team."""
    if not actor.may(P.MANAGE_VOLUNTEER):
        return []
    rows = yield Interview.of_team(actor, on).filter(planned_on__range=(days.from_on, days.to_on))
    return [
        _talk(row, f"interview-{row.id}", _("Kennismaking vrijwilliger"), "volunteers:volunteer")
        for row in rows
    ]


@in_steps
def trainings(actor: Actor, on: date, days: Period) -> Steps[list[Appointment]]:
    """Give the days of the trainings of a team."""
    if not actor.may(P.MANAGE_VOLUNTEER):
        return []
    span = (days.from_on, days.to_on)
    rows = yield TrainingSession.of(actor).filter(planned_on__range=span)
    return [
        Appointment(
            key=f"training-{row.pk}",
            on=row.planned_on,
            at=None,
            minutes=0,
            kind=_("Training"),
            url=reverse("volunteers:training", args=[row.training_id]),
        )
        for row in rows
    ]


def _talk(row: Any, key: str, kind: Any, page: str) -> Appointment:
    return Appointment(
        key=key,
        on=row.planned_on,
        at=None,
        minutes=0,
        kind=kind,
        url=reverse(page, args=[row.volunteer_id]),
        volunteer_id=row.volunteer_id,
    )
