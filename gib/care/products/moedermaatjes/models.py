"""How the help at home stands: derived from contacts, never stored."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Max, Sum

from gib.care.products.models import Contact, Participation, norm
from gib.care.products.moedermaatjes.domain import Phase, hours_budget, is_unreachable, months_left, phase
from gib.core.access.together import Steps, in_steps


@dataclass(frozen=True)
class Progress:
    """The figures of one family at home: hours given beside hours that fit, months left, silence."""

    phase: Phase
    minutes: int
    budget_hours: int
    months_left: int
    last_contact_on: date
    is_unreachable: bool


@in_steps
def progress(part: Participation, on: date) -> Steps[Progress | None]:
    """Give the figures of one participation at home; None before it began."""
    started_on = part.started_on
    if started_on is None:
        return None
    rows: Any = Contact.for_house("progress", on).filter(participation_id=part.id)
    held = rows.took_place().order_by().values("participation_id")
    sums = yield held.annotate(minutes_given=Sum("minutes"), last_on=Max("held_on"))
    minutes, last = (sums[0]["minutes_given"], sums[0]["last_on"]) if sums else (0, started_on)
    return Progress(
        phase=phase(started_on, on),
        minutes=minutes or 0,
        budget_hours=hours_budget(started_on, on, norm("moedermaatje_hours_a_week", on)),
        months_left=months_left(started_on, on, norm("moedermaatje_months", on)),
        last_contact_on=last,
        is_unreachable=is_unreachable(last, on, norm("unreachable_days", on)),
    )
