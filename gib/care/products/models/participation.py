"""Her part in one product."""

from typing import Any, ClassVar, Final, Self

from django.db import models
from django.db.models import Q

from gib.care.products.domain.asking import GENDERS, Asked
from gib.care.products.domain.participation import FLOW, State
from gib.core.access.rows import ScopedQuerySet
from gib.core.access.tables import Kind
from gib.engines.matching.problem import Daypart, Gender
from gib.people.families.models import CaseRow
from gib.people.families.models.checks import one_of
from gib.people.partners.domain import BRANDS, Product
from gib.people.volunteers.domain.availability import Interest
from gib.people.volunteers.models.availability import codes

OPEN = sorted(FLOW.open_states)
#: What lists ask of a part that is planned or goes on.
UNDERWAY: Final = ("trajectory", "product", "state", "planned_on", "started_on")


class ParticipationRows(ScopedQuerySet):
    """Parts in a product by where they stand."""

    def open(self) -> "ParticipationRows":
        """Keep what has not ended."""
        return self.filter(state__in=OPEN)

    def underway(self) -> Self:
        """Keep what is planned or goes on, with what lists ask of it and nothing else."""
        return self.filter(state__in=[State.PLANNED, State.RUNNING]).only("dossier", "team", *UNDERWAY)


class Participation(CaseRow):
    """One product for one mother, from her wish to its end; `prison` is where a series runs."""

    trajectory = models.ForeignKey("trajectory.Trajectory", on_delete=models.PROTECT, related_name="+")
    product = models.CharField(max_length=24)
    state = models.CharField(max_length=20, default=State.WISHED)
    prison = models.ForeignKey("partners.Prison", on_delete=models.PROTECT, null=True, related_name="+")
    wished_on = models.DateField()
    offered_on = models.DateField(null=True)
    planned_on = models.DateField(null=True)
    started_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    end_reason = models.CharField(max_length=20, blank=True)
    ask_again_on = models.DateField(null=True)
    asked_dayparts = models.CharField(max_length=320, blank=True)
    asked_gender = models.CharField(max_length=8, blank=True)
    asked_car = models.BooleanField(default=False)
    asked_interests = models.CharField(max_length=120, blank=True)

    objects: ClassVar[Any] = ParticipationRows.as_manager()

    class Meta:
        constraints = [
            one_of("state", State),
            one_of("product", Product),
            one_of("asked_gender", GENDERS, empty=True),
            models.UniqueConstraint(
                fields=["trajectory", "product"], condition=Q(state__in=OPEN), name="participation_one_open"
            ),
        ]
        indexes = [
            models.Index(fields=["team", "state"]),
            models.Index(fields=["dossier", "product"]),
            models.Index(
                fields=["team"],
                include=["id", "dossier", *UNDERWAY],
                condition=Q(state__in=[State.PLANNED, State.RUNNING]),
                name="participation_underway",
            ),
            models.Index(
                fields=["team", "ended_on"],
                condition=Q(product=Product.MOEDERMAATJES, ended_on__isnull=False),
                name="participation_home_over",
            ),
        ]

    class Access:
        kind = Kind.PARTICIPATION
        groups: ClassVar[dict[str, tuple[str, ...]]] = {
            "dates": ("product", "brand", "state", "planned_on", "started_on", "ended_on", "prison_id"),
            "choice": ("wished_on", "offered_on", "ask_again_on", "end_reason", "trajectory_id"),
            "asked": ("asked", "asked_dayparts", "asked_gender", "asked_car", "asked_interests", "version"),
        }

    @property
    def brand(self) -> str:
        """The name of the product as people know it."""
        return BRANDS[Product(self.product)]

    @property
    def asked(self) -> Asked:
        """What she asks of a volunteer."""
        return asked_of(self.asked_dayparts, self.asked_gender, self.asked_car, self.asked_interests)


def asked_of(dayparts: str, gender: str, car: bool, interests: str) -> Asked:
    """Read what she asks from the columns in which it lies."""
    return Asked(
        dayparts=tuple(map(Daypart, codes(dayparts))),
        gender=Gender(gender) if gender else None,
        needs_car=car,
        interests=tuple(map(Interest, codes(interests))),
    )
