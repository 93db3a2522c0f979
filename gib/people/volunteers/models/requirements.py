"""What a volunteer must have in order: what was seen, what may wait, and which gates are open to her."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, ClassVar, Final, Self
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from gib.core.access.actor import Actor
from gib.core.access.rows import ScopedQuerySet
from gib.core.access.tables import Kind
from gib.core.access.together import ask
from gib.people.partners.domain import Product
from gib.people.partners.models import Prison
from gib.people.volunteers.domain import (
    POLICIES,
    Completed,
    Papers,
    Permit,
    Requirement,
    State,
    reasons_not_to_work,
)
from gib.people.volunteers.models.volunteer import Volunteer, VolunteerRow

_RULES: Final = [rule for policy in POLICIES for rule in policy.rules]
#: All but what may lack under every policy.
_SHUTS: Final = ~Q(
    requirement__in=sorted(
        {rule.requirement for rule in _RULES} - {rule.requirement for rule in _RULES if rule.blocks}
    )
)


class Completions(ScopedQuerySet):
    """What somebody saw."""

    def days(self) -> Self:
        """Ask on which days what was seen holds, and nothing else."""
        return self.only("team", "volunteer", "requirement", "from_on", "to_on")


class Completion(VolunteerRow):
    """A requirement that somebody saw to be in order: never a copy, never a reason of refusal (VOG-03)."""

    requirement = models.CharField(max_length=32)
    from_on = models.DateField()
    to_on = models.DateField(null=True)
    seen_by = models.UUIDField()
    seen_on = models.DateField()

    objects: ClassVar[Any] = Completions.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(requirement__in=[str(one) for one in Requirement]), name="completion_requirement"
            ),
            models.CheckConstraint(
                condition=Q(to_on__isnull=True) | Q(to_on__gte=F("from_on")), name="completion_dates"
            ),
        ]
        # Whose papers end is found for a team without the rows: what is not in the index is who saw them.
        indexes = [
            models.Index(fields=["volunteer", "requirement"]),
            models.Index(
                fields=["team", "requirement"],
                include=["id", "volunteer", "from_on", "to_on"],
                name="completion_by_team",
            ),
            models.Index(
                fields=["team"],
                include=["id", "volunteer", "requirement", "from_on", "to_on"],
                condition=_SHUTS,
                name="completion_shutting_by_team",
            ),
        ]

    class Access:
        kind = Kind.VOLUNTEER
        own = "volunteer_id"
        dossier = ""
        groups: ClassVar[dict[str, tuple[str, ...]]] = {
            "status": ("requirement", "from_on", "to_on", "seen_by", "seen_on", "volunteer", "volunteer_id")
        }


def shutting(actor: Actor, on: date) -> Any:
    """Ask on which days what nobody works without holds, and an identity document; lists ask it as one.

    Talks that return are left out: there are as many of them.
    """
    rows: Any = Completion.of_team(actor, on)
    return rows.days().filter(_SHUTS)


class PrisonPermit(VolunteerRow):
    """Access of a volunteer to one prison, on days."""

    prison = models.ForeignKey(Prison, on_delete=models.PROTECT, related_name="+")
    from_on = models.DateField()
    to_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(to_on__isnull=True) | Q(to_on__gte=F("from_on")), name="permit_dates"
            )
        ]

    class Access:
        kind = Kind.VOLUNTEER
        own = "volunteer_id"
        dossier = ""
        groups: ClassVar[dict[str, tuple[str, ...]]] = {
            "status": ("prison", "from_on", "to_on", "volunteer", "volunteer_id")
        }


class Exemption(VolunteerRow):
    """A requirement that somebody may do without until a day, and who decided so."""

    requirement = models.CharField(max_length=32)
    from_on = models.DateField()
    to_on = models.DateField()
    given_by = models.UUIDField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(requirement__in=[str(one) for one in Requirement]), name="exemption_requirement"
            ),
            models.CheckConstraint(condition=Q(to_on__gte=F("from_on")), name="exemption_dates"),
        ]

    class Access:
        kind = Kind.VOLUNTEER
        own = "volunteer_id"
        dossier = ""
        groups: ClassVar[dict[str, tuple[str, ...]]] = {
            "status": ("requirement", "from_on", "to_on", "given_by", "volunteer", "volunteer_id")
        }


def papers_by(since: Mapping[UUID, date], *found: Iterable[Any]) -> dict[UUID, Papers]:
    """Put what was seen, what may wait and what is open together per volunteer.

    Args:
        since: the first day here of each volunteer.
        found: rows or projections of completions, exemptions and permits, in this order.
    """
    completions, exemptions, permits = found
    held = defaultdict(list)
    gates = defaultdict(list)
    for row in completions:
        held[row.volunteer_id].append(Completed(Requirement(row.requirement), row.from_on, row.to_on))
    for row in exemptions:
        held[row.volunteer_id].append(Completed(Requirement(row.requirement), row.from_on, row.to_on, True))
    for row in permits:
        gates[row.volunteer_id].append(Permit(row.prison_id, row.from_on, row.to_on))
    return {pk: Papers(on, held[pk], gates[pk]) for pk, on in since.items()}


def papers_of(volunteer: Volunteer, on: date) -> Papers:
    """Give what was seen and granted to a volunteer; the caller has already come through her scope."""
    return papers_of_all([volunteer], on)[volunteer.id]


def papers_of_all(volunteers: Iterable[Any], on: date) -> dict[UUID, Papers]:
    """Give what was seen and granted to each of these volunteers, read at once, however many they are.

    Args:
        volunteers: rows or projections that the caller found within its own scope.
    """
    since = {each.id: each.since_on for each in volunteers}
    return papers_by(
        since, *ask([kind.for_house("facts", on).filter(volunteer_id__in=since) for kind in _KINDS])
    )


_KINDS = (Completion, Exemption, PrisonPermit)


def reasons_not_to_plan(
    volunteer: Volunteer, product: Product, prison_code: str, on: date, *, is_farewell: bool = False
) -> tuple[str, ...]:
    """List why a volunteer cannot be planned for a product on a day; empty when she can (invariant 3).

    Args:
        is_farewell: it is about somebody whom she knows: who is leaving may still say goodbye to her.
    """
    is_available = volunteer.state == State.AVAILABLE or (is_farewell and volunteer.state == State.LEAVING)
    return reasons_not_to_work(is_available, papers_of(volunteer, on), product, prison_code, on)
