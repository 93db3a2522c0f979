"""Looking for a mother who cannot be reached: from the first attempt until there is contact again."""

from collections.abc import Iterable
from typing import Any, ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q

from gib.care.trajectory.domain import OPEN
from gib.care.trajectory.domain.outreach import Found, Outcome, Rung, Search
from gib.core.access.tables import Kind
from gib.core.vault.fields import SealedText
from gib.people.families.models import CaseRow, rows_of
from gib.people.families.models.checks import in_order, one_of


class Outreach(CaseRow):
    """An episode in which we look for her, within one trajectory."""

    trajectory = models.ForeignKey("trajectory.Trajectory", on_delete=models.PROTECT, related_name="+")
    from_on = models.DateField()
    to_on = models.DateField(null=True)
    found = models.CharField(max_length=8, blank=True)

    class Meta:
        ordering = ["-from_on"]
        constraints = [
            in_order(),
            one_of("found", Found, empty=True),
            models.UniqueConstraint(
                fields=["trajectory"], condition=Q(to_on__isnull=True), name="outreach_one_open"
            ),
        ]
        indexes = [models.Index(fields=["team"], condition=Q(to_on__isnull=True), name="outreach_open")]

    class Access:
        kind = Kind.TRAJECTORY
        groups: ClassVar[dict[str, tuple[str, ...]]] = {
            "outreach": ("trajectory_id", "from_on", "to_on", "found")
        }


class OutreachAttempt(CaseRow):
    """One attempt to reach her: how, on which day, what came of it, and in words."""

    outreach = models.ForeignKey(Outreach, on_delete=models.PROTECT, related_name="+")
    rung = models.CharField(max_length=8)
    tried_on = models.DateField()
    outcome = models.CharField(max_length=12)
    note = SealedText(max_length=1000)

    class Meta:
        ordering = ["tried_on", "id"]
        constraints = [one_of("rung", Rung), one_of("outcome", Outcome)]

    class Access:
        kind = Kind.TRAJECTORY
        groups: ClassVar[dict[str, tuple[str, ...]]] = {
            "outreach": ("outreach_id", "rung", "tried_on", "outcome", "note")
        }


def open_outreach(dossier_id: UUID, trajectory_id: UUID) -> Outreach | None:
    """Give the episode in which we look for her now, if any."""
    rows = rows_of(Outreach, dossier_id).filter(trajectory_id=trajectory_id, to_on__isnull=True)
    found: Outreach | None = rows.first()
    return found


def running_search(dossier_id: UUID) -> Outreach | None:
    """Give the episode in which we look for her now, whatever her plan that is not closed, if any."""
    rows = rows_of(Outreach, dossier_id).filter(to_on__isnull=True, trajectory__state__in=sorted(OPEN))
    found: Outreach | None = rows.first()
    return found


def search_of(row: Any, attempts: Iterable[Any]) -> Search:
    """Give how far an episode has come, from the attempts of it."""
    mine = [each for each in attempts if each.outreach_id == row.id]
    last_on = max((each.tried_on for each in mine), default=None)
    return Search(row.from_on, last_on, frozenset(Rung(each.rung) for each in mine))


def search_for(dossier_id: UUID, trajectory_id: UUID) -> Search:
    """Give how far the attempts to reach her have come, for a rule."""
    row = open_outreach(dossier_id, trajectory_id)
    if row is None:
        return Search()
    return search_of(row, rows_of(OutreachAttempt, dossier_id).filter(outreach_id=row.id))
