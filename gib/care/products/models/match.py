"""A match of one mother and one volunteer."""

from datetime import date, timedelta
from typing import Any, ClassVar, Final, Self

from django.db import models
from django.db.models import Q

from gib.care.products.domain.match import LIVE, ONE_AT_A_TIME, EndReason, State
from gib.care.products.models.participation import Participation
from gib.core.access.actor import Actor
from gib.core.access.rows import ScopedQuerySet
from gib.core.access.tables import Kind, Role
from gib.people.families.models import CaseRow
from gib.people.families.models.checks import one_of
from gib.people.partners.domain import BRANDS, Product
from gib.people.partners.models import NOBODYS_UNTIL
from gib.people.volunteers.domain.access import SIGHT_DAYS

#: The database writes the day of `NOBODYS_UNTIL` itself.
IS_SOMEBODYS: Final = "team_id NOT IN (SELECT id FROM partners_team WHERE valid_to = DATE '1900-01-02')"

#: What lists ask of a match.
DAYS: Final = ("participation", "state", "product", "proposed_on", "from_on", "to_on", "end_reason")


class MatchRows(ScopedQuerySet):
    """Matches; a volunteer sees her own until two weeks after they ended."""

    def narrowed(self, actor: Actor, on: date) -> Self:
        """Keep what exists for this actor; for a volunteer nothing that ended longer ago (invariant 11).

        Of a dossier that was erased she sees nothing from that moment.
        """
        return (
            self.in_sight(on).exclude(team__valid_to=NOBODYS_UNTIL) if actor.role is Role.VOLUNTEER else self
        )

    def in_sight(self, on: date) -> Self:
        """Keep what did not end longer than two weeks ago."""
        since = on - timedelta(days=SIGHT_DAYS)
        return self.filter(Q(to_on__isnull=True) | Q(to_on__gte=since))

    def days(self) -> Self:
        """Ask whose they are and from when to when, and nothing else: the lists of a page share it."""
        return self.only("dossier", "team", "volunteer", *DAYS)

    def live(self) -> Self:
        """Keep matches of people who have met."""
        return self.filter(state__in=sorted(LIVE))

    def open(self) -> Self:
        """Keep proposals and matches that take the place of one volunteer."""
        return self.filter(state__in=sorted(ONE_AT_A_TIME | LIVE))


class Match(CaseRow):
    """A proposal and what became of it.

    Until they have met, the volunteer sees code words only: product, prison or municipality, language.
    `from_on` is the day of the introduction, `to_on` the day it ended or was refused.
    """

    participation = models.ForeignKey(Participation, on_delete=models.PROTECT, related_name="+")
    volunteer = models.ForeignKey("volunteers.Volunteer", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=20, default=State.PROPOSED)
    product = models.CharField(max_length=24)
    prison = models.ForeignKey("partners.Prison", on_delete=models.PROTECT, null=True, related_name="+")
    municipality = models.ForeignKey(
        "partners.Municipality", on_delete=models.PROTECT, null=True, related_name="+"
    )
    languages = models.CharField(max_length=60, blank=True)
    proposed_on = models.DateField()
    volunteer_said_on = models.DateField(null=True)
    mother_said_on = models.DateField(null=True)
    from_on = models.DateField(null=True)
    to_on = models.DateField(null=True)
    end_reason = models.CharField(max_length=20, blank=True)

    objects: ClassVar[Any] = MatchRows.as_manager()

    class Meta:
        constraints = [
            one_of("state", State),
            one_of("end_reason", EndReason, empty=True),
            models.UniqueConstraint(
                fields=["participation"],
                condition=Q(state__in=sorted(ONE_AT_A_TIME)),
                name="match_one_at_a_time",
            ),
        ]
        indexes = [
            models.Index(fields=["volunteer", "state"]),
            models.Index(fields=["team", "state"]),
            models.Index(
                fields=["team"], include=["id", "dossier", "volunteer", *DAYS], name="match_by_team"
            ),
        ]

    class Access:
        kind = Kind.MATCH
        sight_days = SIGHT_DAYS
        narrow: ClassVar[dict[Role, str]] = {
            Role.VOLUNTEER: "(to_on IS NULL OR to_on >= {since}) AND " + IS_SOMEBODYS
        }
        own = "volunteer_id"
        erased: ClassVar[dict[str, object]] = {"languages": ""}
        groups: ClassVar[dict[str, tuple[str, ...]]] = {
            "own": (
                *("product", "brand", "state", "prison", "prison_id", "municipality", "municipality_id"),
                *(
                    "languages",
                    "proposed_on",
                    "volunteer_said_on",
                    "from_on",
                    "to_on",
                    "is_live",
                    "volunteer_id",
                ),
            ),
            "both": ("mother_said_on", "end_reason", "participation_id", "participation", "volunteer"),
        }

    @property
    def brand(self) -> str:
        """The name of the product as people know it."""
        return BRANDS[Product(self.product)]

    @property
    def is_live(self) -> bool:
        """Whether they have met and it has not ended."""
        return State(self.state) in LIVE
