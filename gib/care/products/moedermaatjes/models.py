"""How the help at home stands, derived from its contacts, and the decisions to let it last longer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Max, Sum

from gib.care.products.domain.home import Phase, phase
from gib.care.products.domain.participation import State, end_with_trajectory
from gib.care.products.models import Contact, Participation, norm
from gib.care.products.moedermaatjes.domain import (
    Faring,
    call_due,
    ends_on,
    hours_budget,
    is_unreachable,
    months_left,
)
from gib.care.trajectory.domain import CloseReason
from gib.core.access.tables import Kind
from gib.core.access.together import Steps, in_steps
from gib.core.kernel.rules import RuleBroken
from gib.core.vault.fields import SealedText
from gib.people.families.models import CaseRow, rows_of
from gib.people.families.models.checks import one_of
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


class Farewell(CaseRow):
    """The end talk of mother and maatje: on which day, and what they said."""

    participation = models.ForeignKey(Participation, on_delete=models.PROTECT, related_name="+")
    held_on = models.DateField()
    note = SealedText(max_length=1000)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["participation"], name="farewell_one")]

    class Access:
        kind = Kind.PARTICIPATION
        groups: ClassVar[dict[str, tuple[str, ...]]] = {"farewell": ("participation_id", "held_on", "note")}


class CheckCall(CaseRow):
    """A call some months after the farewell: on which day, how she is doing, and in words."""

    participation = models.ForeignKey(Participation, on_delete=models.PROTECT, related_name="+")
    called_on = models.DateField()
    faring = models.CharField(max_length=12)
    note = SealedText(max_length=1000)

    class Meta:
        ordering = ["called_on", "id"]
        constraints = [one_of("faring", Faring)]

    class Access:
        kind = Kind.PARTICIPATION
        groups: ClassVar[dict[str, tuple[str, ...]]] = {
            "farewell": ("participation_id", "called_on", "faring", "note")
        }


def next_call(part: Any, calls: Iterable[Any], on: date) -> date | None:
    """Give from which day a mother is called after the farewell, from the calls of her part, oldest first."""
    made = [(each.called_on, Faring(each.faring)) for each in calls if each.participation_id == part.id]
    return call_due(part.ended_on, made, norm("check_call_months", on), norm("check_call_again_days", on))


def calls_of(part: Participation) -> list[CheckCall]:
    """Give the calls after the farewell of one part, oldest first, for a rule."""
    return list(rows_of(CheckCall, part.dossier_id).filter(participation_id=part.id))


def last_day(part: Participation, on: date) -> date:
    """Give the last day of the help at home of one participation that has begun."""
    decided = rows_of(Extension, part.dossier_id).filter(participation_id=part.id)
    until = [row.until_on for row in decided]
    return ends_on(part.started_on or on, norm("moedermaatje_months", on), until)


def is_at_home(dossier_id: UUID) -> bool:
    """Tell whether help at home has begun for a mother and has not ended; it may rest."""
    rows = rows_of(Participation, dossier_id).filter(product=Product.MOEDERMAATJES)
    return bool(rows.filter(state=State.RUNNING).exists())


def check_close(dossier_id: UUID, reason: CloseReason) -> None:
    """Keep a trajectory from closing as reached or handed over while help at home goes on without a farewell.

    Raises:
        RuleBroken: 'farewell_missing'.
    """
    if end_with_trajectory(State.RUNNING, reason) is State.COMPLETED and is_at_home(dossier_id):
        raise RuleBroken("farewell_missing")


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
