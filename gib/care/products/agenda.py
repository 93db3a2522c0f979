"""Visits and group meetings on the calendar of a volunteer or a team."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from gib.care.products import words
from gib.care.products.domain.contact import AHEAD, TOOK_PLACE
from gib.care.products.domain.meeting import State as Meeting
from gib.care.products.models import Contact, GroupMeeting
from gib.core.access.actor import Actor
from gib.core.access.tables import P, Role
from gib.core.access.together import Steps, in_steps
from gib.core.kernel.dates import Period
from gib.core.ui.agenda import Appointment
from gib.people.partners.domain import Product

#: What a group comes together for.
MEETINGS = {
    Product.MOEDER_DE_GANS: _("Bijeenkomst"),
    Product.IK_JIJ_WIJ: _("Cursusbijeenkomst"),
    Product.MOEDER_KIND_BEZOEKEN: _("Bezoekochtend"),
}


@in_steps
def visits(actor: Actor, on: date, days: Period) -> Steps[list[Appointment]]:
    """Give the visits that are planned or took place: a volunteer's own, or those of a team."""
    read: Any = Contact.visible_to if actor.role is Role.VOLUNTEER else Contact.of_team
    span = (days.from_on, days.to_on)
    rows = yield read(actor, on).filter(planned_on__range=span, state__in=sorted(AHEAD | TOOK_PLACE))
    return [
        Appointment(
            key=f"visit-{row.id}",
            on=row.planned_on,
            at=row.planned_time,
            minutes=row.minutes or row.planned_minutes or 0,
            kind=words.KINDS[row.kind],
            url=reverse("products:visit", args=[row.id]),
            prison_id=row.prison_id or "",
            dossier_id=row.dossier_id,
            volunteer_id=row.volunteer_id,
        )
        for row in rows
    ]


@in_steps
def meetings(actor: Actor, on: date, days: Period) -> Steps[list[Appointment]]:
    """Give the meetings, course sessions and visit mornings of a team that were not cancelled."""
    if not actor.may(P.RUN_PRODUCT):
        return []
    span = (days.from_on, days.to_on)
    rows = yield GroupMeeting.of(actor).filter(planned_on__range=span).exclude(state=Meeting.CANCELLED)
    return [
        Appointment(
            key=f"meeting-{row.pk}",
            on=row.planned_on,
            at=row.planned_time,
            minutes=row.minutes,
            kind=MEETINGS.get(Product(row.product), _("Bijeenkomst")),
            url=reverse(f"products:{_page(row)}", args=[row.pk]),
            prison_id=row.prison_id,
        )
        for row in rows
    ]


def _page(row: Any) -> str:
    return "morning" if row.product == Product.MOEDER_KIND_BEZOEKEN else "meeting"
