"""Signals of a need, as they were told."""

from datetime import date
from typing import Any, ClassVar, Final, Self

from django.db import models
from django.db.models import Q

from gib.care.handover.domain import (
    SIGNAL_FLOW,
    Decision,
    NeedKind,
    SignalState,
    Source,
    Urgency,
    is_quiet,
    triage_due,
)
from gib.care.products.models import Match, StandIn
from gib.core.access.actor import Actor
from gib.core.access.rows import ScopedQuerySet
from gib.core.access.tables import Kind, Role
from gib.core.vault.fields import SealedText
from gib.people.families.models import CaseRow
from gib.people.families.models.checks import one_of, together
from gib.people.partners.models import legal_value

_SAFETY: Final = Q(kind=NeedKind.CHILD_SAFETY) | Q(urgency=Urgency.UNSAFE) | Q(decision=Decision.SAFETY)


class NeedRows(ScopedQuerySet):
    """Signals by where they stand."""

    def narrowed(self, actor: Actor, on: date) -> Self:
        """Keep what exists for this actor; a volunteer's go when her match is out of sight (invariant 11)."""
        if actor.role is not Role.VOLUNTEER:
            return self
        known = [model.objects.for_reader(actor, on).values("dossier_id") for model in (Match, StandIn)]
        return self.filter(Q(dossier_id__in=known[0]) | Q(dossier_id__in=known[1]))

    def open(self) -> Self:
        """Keep what is not closed."""
        return self.filter(state__in=sorted(SIGNAL_FLOW.open_states))

    def untold(self) -> Self:
        """Keep what nobody weighed yet."""
        return self.filter(state=SignalState.RAISED)

    def told_to_her(self) -> Self:
        """Keep what the mother may read and an export may hold: nothing about safety (invariant 19)."""
        return self.exclude(_SAFETY)


class NeedSignal(CaseRow):
    """A need that somebody noticed; her volunteer sees what she wrote herself and a word on what follows."""

    kind = models.CharField(max_length=16)
    urgency = models.CharField(max_length=8)
    source = models.CharField(max_length=12)
    state = models.CharField(max_length=12, default=SignalState.RAISED)
    decision = models.CharField(max_length=12, blank=True)
    raised_on = models.DateField()
    raised_by = models.UUIDField()
    raised_by_volunteer_id = models.UUIDField(null=True)
    triaged_on = models.DateField(null=True)
    triaged_by = models.UUIDField(null=True)
    discussed_on = models.DateField(null=True)
    wants_help = models.BooleanField(null=True)
    closed_on = models.DateField(null=True)
    words = SealedText(max_length=2000)
    reply = SealedText(max_length=1000)
    discussed = SealedText(max_length=2000)

    objects: ClassVar[Any] = NeedRows.as_manager()

    class Meta:
        constraints = [
            one_of("kind", NeedKind),
            one_of("urgency", Urgency),
            one_of("source", Source),
            one_of("state", SignalState),
            one_of("decision", Decision, empty=True),
            together("triaged_on", "state", [SignalState.TRIAGED, SignalState.DISCUSSED, SignalState.CLOSED]),
            together("discussed_on", "state", [SignalState.DISCUSSED]),
            together("closed_on", "state", [SignalState.CLOSED]),
        ]
        indexes = [models.Index(fields=["team", "state", "raised_on"])]

    class Access:
        kind = Kind.SIGNAL
        own = "raised_by_volunteer_id"
        narrow: ClassVar[dict[Role, str]] = {
            Role.VOLUNTEER: (
                "dossier_id IN (SELECT dossier_id FROM products_match WHERE volunteer_id = {me})"
                " OR dossier_id IN (SELECT dossier_id FROM products_standin WHERE volunteer_id = {me})"
            )
        }
        groups: ClassVar[dict[str, tuple[str, ...]]] = {
            "own": ("kind", "urgency", "source", "raised_on", "words", "raised_by_volunteer_id"),
            "status": ("status", "reply"),
            "inside": (
                *("state", "decision", "raised_by", "triaged_on", "triaged_by", "discussed_on"),
                *("wants_help", "closed_on", "discussed", "is_quiet"),
            ),
        }

    @property
    def status(self) -> str:
        """A word for who raised it: received, taken up or done. It tells nothing of the decision."""
        words = {SignalState.RAISED: "received", SignalState.CLOSED: "done"}
        return words.get(SignalState(self.state), "taken_up")

    @property
    def is_quiet(self) -> bool:
        """Whether it stays out of what she and others read."""
        return is_quiet(self.kind, self.urgency, self.decision)


def triage_days(on: date) -> int:
    """Give the term for weighing a signal, in working days, as it holds on a day."""
    return legal_value("triage", on)


def due_of(signal: NeedSignal, days: int) -> date:
    """Give the last day to weigh a signal; `days` is the term in working days."""
    return triage_due(signal.kind, signal.urgency, signal.raised_on, days)
