"""Her part in one product."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from gib.care.products.domain.participation import FLOW, State
from gib.core.access.rows import ScopedQuerySet
from gib.core.access.tables import Kind
from gib.people.families.models import CaseRow
from gib.people.families.models.checks import one_of
from gib.people.partners.domain import BRANDS, Product

OPEN = sorted(FLOW.open_states)


class ParticipationRows(ScopedQuerySet):
    """Parts in a product by where they stand."""

    def open(self) -> "ParticipationRows":
        """Keep what has not ended."""
        return self.filter(state__in=OPEN)


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

    objects: ClassVar[Any] = ParticipationRows.as_manager()

    class Meta:
        constraints = [
            one_of("state", State),
            one_of("product", Product),
            models.UniqueConstraint(
                fields=["trajectory", "product"], condition=Q(state__in=OPEN), name="participation_one_open"
            ),
        ]
        indexes = [
            models.Index(fields=["team", "state"]),
            models.Index(fields=["dossier", "product"]),
        ]

    class Access:
        kind = Kind.PARTICIPATION
        groups: ClassVar[dict[str, tuple[str, ...]]] = {
            "dates": ("product", "brand", "state", "planned_on", "started_on", "ended_on", "prison_id"),
            "choice": ("wished_on", "offered_on", "ask_again_on", "end_reason", "trajectory_id"),
        }

    @property
    def brand(self) -> str:
        """The name of the product as people know it."""
        return BRANDS[Product(self.product)]
