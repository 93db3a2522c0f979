"""How the help at home stands: derived from contacts, never stored."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Max, Sum

from gib.care.products.models import Contact, Participation, norm
from gib.care.products.moedermaatjes.domain import Phase, hours_budget, is_unreachable, months_left, phase


@dataclass(frozen=True)
class Progress:
    """The figures of one family at home: hours given beside hours that fit, months left, silence."""

    phase: Phase
    minutes: int
    budget_hours: int
    months_left: int
    last_contact_on: date
    is_unreachable: bool


def progress(part: Participation, on: date) -> Progress | None:
    """Give the figures of one participation at home; None before it began."""
    started_on = part.started_on
    if started_on is None:
        return None
    rows: Any = Contact.for_house("progress", on).filter(participation_id=part.id)
    found = rows.took_place().aggregate(minutes=Sum("minutes"), last=Max("held_on"))
    last = found["last"] or started_on
    return Progress(
        phase=phase(started_on, on),
        minutes=found["minutes"] or 0,
        budget_hours=hours_budget(started_on, on, norm("moedermaatje_hours_a_week", on)),
        months_left=months_left(started_on, on, norm("moedermaatje_months", on)),
        last_contact_on=last,
        is_unreachable=is_unreachable(last, on, norm("unreachable_days", on)),
    )
