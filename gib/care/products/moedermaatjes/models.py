"""How the help at home stands, derived from its contacts, and the decisions to let it last longer."""

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Max, Sum

from gib.care.products.domain.participation import State
from gib.care.products.models import Contact, Participation, norm
from gib.care.products.moedermaatjes.domain import (
    Phase,
    ends_on,
    hours_budget,
    is_unreachable,
    months_left,
    phase,
)
from gib.core.access.tables import Kind
from gib.core.access.together import Steps, in_steps
from gib.core.vault.fields import SealedText
from gib.people.families.models import CaseRow, rows_of
from gib.people.partners.domain import Product


class Extension(CaseRow):
    """A decision that the help at home of one family lasts longer: who, when, until when and why."""

    participation = models.ForeignKey(Participation, on_delete=models.PROTECT, related_name="+")
    decided_on = models.DateField()
    decided_by = models.UUIDField()
    until_on = models.DateField()
    why = SealedText(max_length=400)

    class Meta:
        ordering = ["decided_on", "until_on"]

    class Access:
        kind = Kind.PARTICIPATION
        groups: ClassVar[dict[str, tuple[str, ...]]] = {
            "dates": ("participation_id", "until_on"),
            "decision": ("decided_on", "decided_by", "why"),
        }


def last_day(part: Participation, on: date) -> date:
    """Give the last day of the help at home of one participation that has begun."""
    decided = rows_of(Extension, part.dossier_id).filter(participation_id=part.id)
    until = [row.until_on for row in decided]
    return ends_on(part.started_on or on, norm("moedermaatje_months", on), until)


def is_at_home(dossier_id: UUID) -> bool:
    """Tell whether help at home has begun for a mother and has not ended; it may rest."""
    rows = rows_of(Participation, dossier_id).filter(product=Product.MOEDERMAATJES)
    return bool(rows.filter(state=State.RUNNING).exists())


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
