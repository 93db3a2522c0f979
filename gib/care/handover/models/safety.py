"""Cases of the reporting code: outside every normal view, each step dated, signed and never changed."""

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from gib.care.handover.domain import CodeStep, Conclusion, NoTalk, SafetyState
from gib.care.handover.models.needs import NeedSignal
from gib.core.access.tables import Kind
from gib.core.vault.fields import SealedText
from gib.people.families.models import CaseRow, rows_of
from gib.people.families.models.checks import one_of, together


class SafetyCase(CaseRow):
    """One suspicion that somebody is unsafe, until two persons decided and somebody closed it."""

    signal = models.OneToOneField(NeedSignal, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, default=SafetyState.OPEN)
    opened_on = models.DateField()
    conclusion = models.CharField(max_length=12, blank=True)
    proposed_by = models.UUIDField(null=True)
    proposed_on = models.DateField(null=True)
    decided_by = models.UUIDField(null=True)
    decided_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    reason = SealedText(max_length=2000)
    outcome = SealedText(max_length=2000)

    class Meta:
        constraints = [
            one_of("state", SafetyState),
            one_of("conclusion", Conclusion, empty=True),
            together("decided_on", "state", [SafetyState.DECIDED, SafetyState.CLOSED]),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("proposed_by")),
                name="safetycase_second",
            ),
        ]
        indexes = [models.Index(fields=["team", "state"])]

    class Access:
        kind = Kind.SAFETY
        groups: ClassVar[dict[str, tuple[str, ...]]] = {
            "safety": (
                *("signal_id", "state", "opened_on", "conclusion", "proposed_by", "proposed_on"),
                *("decided_by", "decided_on", "closed_on", "reason", "outcome"),
            )
        }


class SafetyStep(CaseRow):
    """One step that was taken; a step that is done again is a new row."""

    case = models.ForeignKey(SafetyCase, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    step = models.CharField(max_length=8)
    done_on = models.DateField()
    done_by = models.UUIDField()
    no_talk = models.CharField(max_length=20, blank=True)
    talked_with = models.CharField(max_length=12, blank=True)
    answers = models.CharField(max_length=5, blank=True)
    note = SealedText(max_length=4000)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["case", "position"], name="safetystep_one_row"),
            one_of("step", CodeStep),
            one_of("no_talk", NoTalk, empty=True),
        ]

    class Access:
        kind = Kind.SAFETY
        groups: ClassVar[dict[str, tuple[str, ...]]] = {
            "safety": (
                *("case_id", "step", "done_on", "done_by", "no_talk", "talked_with", "answers", "note"),
                "position",
            )
        }


def has_open_suspicion(dossier_id: UUID) -> bool:
    """Tell whether a suspicion in this dossier is not closed, as far as the caller may know."""
    return bool(rows_of(SafetyCase, dossier_id).exclude(state=SafetyState.CLOSED).exists())
