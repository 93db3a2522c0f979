"""Who visits some weeks for the volunteer of a match, and who visits on a day."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, ClassVar, Self
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from gib.care.products.domain.match import ASKED, State
from gib.care.products.models.match import IS_SOMEBODYS, Match
from gib.core.access import rls
from gib.core.access.actor import Actor
from gib.core.access.rows import ScopedQuerySet
from gib.core.access.tables import Kind, Role
from gib.core.kernel.dates import Period
from gib.people.families.models import CaseRow
from gib.people.families.models.checks import one_of
from gib.people.partners.domain import BRANDS, Product
from gib.people.partners.models import NOBODYS_UNTIL
from gib.people.volunteers.domain.access import SIGHT_DAYS


class StandInRows(ScopedQuerySet):
    """Questions to stand in; a volunteer sees her own until two weeks after the last day."""

    def narrowed(self, actor: Actor, on: date) -> Self:
        """Keep what exists for this actor; for a volunteer nothing that is longer ago (invariant 11)."""
        if actor.role is not Role.VOLUNTEER:
            return self
        since = on - timedelta(days=SIGHT_DAYS)
        return self.filter(to_on__gte=since).exclude(team__valid_to=NOBODYS_UNTIL)

    def agreed(self) -> Self:
        """Keep what both said yes to, also when it is over."""
        return self.filter(state=State.AGREED)

    def going(self, on: date) -> Self:
        """Keep what is asked or agreed, and not over."""
        return self.filter(state__in=sorted(ASKED), to_on__gte=on)


class StandIn(CaseRow):
    """A volunteer who is asked to take over the visits of a match on some days; the match stays as it is.

    Until both said yes she sees code words only. `from_on` and `to_on` are the first and last day.
    """

    match = models.ForeignKey(Match, on_delete=models.PROTECT, related_name="+")
    volunteer = models.ForeignKey("volunteers.Volunteer", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=20, default=State.PROPOSED)
    product = models.CharField(max_length=24)
    prison = models.ForeignKey("partners.Prison", on_delete=models.PROTECT, null=True, related_name="+")
    municipality = models.ForeignKey(
        "partners.Municipality", on_delete=models.PROTECT, null=True, related_name="+"
    )
    languages = models.CharField(max_length=60, blank=True)
    from_on = models.DateField()
    to_on = models.DateField()
    asked_on = models.DateField()
    volunteer_said_on = models.DateField(null=True)
    mother_said_on = models.DateField(null=True)

    objects: ClassVar[Any] = StandInRows.as_manager()

    class Meta:
        ordering = ["from_on", "id"]
        constraints = [
            one_of("state", State),
            models.CheckConstraint(condition=Q(to_on__gte=F("from_on")), name="standin_dates"),
        ]
        indexes = [models.Index(fields=["match", "to_on"]), models.Index(fields=["volunteer", "to_on"])]

    class Access:
        kind = Kind.MATCH
        sight_days = SIGHT_DAYS
        narrow: ClassVar[dict[Role, str]] = {Role.VOLUNTEER: "to_on >= {since} AND " + IS_SOMEBODYS}
        own = "volunteer_id"
        erased: ClassVar[dict[str, object]] = {"languages": ""}
        groups: ClassVar[dict[str, tuple[str, ...]]] = {
            "own": (
                *("product", "brand", "state", "prison", "prison_id", "municipality", "municipality_id"),
                *("languages", "from_on", "to_on", "volunteer_said_on", "volunteer_id"),
            ),
            "both": ("match_id", "asked_on", "mother_said_on", "volunteer"),
        }

    @property
    def brand(self) -> str:
        """The name of the product as people know it."""
        return BRANDS[Product(self.product)]

    @property
    def days(self) -> Period:
        """The days on which she visits."""
        return Period(self.from_on, self.to_on)


@dataclass(frozen=True)
class Visitor:
    """Who visits on a day, for which product and where; with the question when she stands in."""

    volunteer_id: UUID
    product: str
    prison_id: str | None
    stand_in_id: UUID | None = None


def visitor_on(match: Any, on: date) -> Visitor:
    """Tell who visits for a match on a day: who stands in then, or else the volunteer of the match.

    The house itself looks, since who plans may not see the other one.
    """
    with rls.system("visitor", on):
        rows = StandIn.for_house("visitor", on).filter(match_id=match.id, state=State.AGREED)
        found = rows.filter(from_on__lte=on, to_on__gte=on).first()
    if found is None:
        return Visitor(match.volunteer_id, match.product, match.prison_id)
    return Visitor(found.volunteer_id, match.product, match.prison_id, found.pk)
