"""Intake talks on the calendar of a team."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from gib.care.intake.models import Talk
from gib.core.access.actor import Actor
from gib.core.access.tables import P
from gib.core.access.together import Steps, in_steps
from gib.core.kernel.dates import Period
from gib.core.ui.agenda import Appointment


@in_steps
def talks(actor: Actor, on: date, days: Period) -> Steps[list[Appointment]]:
    """Give the intake talks of the reader's teams that were not dropped."""
    if not actor.may(P.HOLD_INTAKE):
        return []
    span = (days.from_on, days.to_on)
    rows = yield Talk.of_team(actor, on).filter(planned_on__range=span, dropped_on__isnull=True)
    return [
        Appointment(
            key=f"talk-{row.id}",
            on=row.planned_on,
            at=row.planned_time,
            minutes=0,
            kind=_("Intakegesprek"),
            url=reverse("intake:overview", args=[row.intake_id]),
            dossier_id=row.dossier_id,
        )
        for row in rows
    ]
