"""Detention: its episodes, the places in them, and the history of expected days of release."""

from typing import Any, ClassVar

from django.db import models

from gib.core.access.tables import Kind
from gib.people.families.domain.codes import Confidence, ReleaseKind, ReturnKind, Source
from gib.people.families.models.checks import in_order, one_of
from gib.people.families.models.dossier import CaseRow
from gib.people.partners.domain import Regime
from gib.people.partners.models import Municipality, Prison

Groups = dict[str, tuple[str, ...]]


class DetentionEpisode(CaseRow):
    """From entry to release; re-detention opens another one in the same dossier.

    At release it keeps where she was expected to go; where she really lives is a `Domicile`.
    """

    from_on = models.DateField()
    to_on = models.DateField(null=True)
    release_kind = models.CharField(max_length=20, blank=True)
    expected_return_kind = models.CharField(max_length=20, blank=True)
    expected_municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints = [
            one_of("release_kind", ReleaseKind, empty=True),
            one_of("expected_return_kind", ReturnKind, empty=True),
            in_order(),
            models.UniqueConstraint(
                fields=["dossier"], condition=models.Q(to_on__isnull=True), name="detention_one_open"
            ),
        ]
        indexes = [
            models.Index(
                fields=["team", "dossier"],
                include=["id"],
                condition=models.Q(to_on__isnull=True),
                name="detention_open_by_team",
            )
        ]

    class Access:
        kind = Kind.DETENTION
        groups: ClassVar[Groups] = {
            "dates": ("from_on", "to_on"),
            "release": (
                "release_kind",
                "expected_return_kind",
                "expected_municipality",
                "expected_municipality_id",
            ),
        }


class Placement(CaseRow):
    """An episode in one prison, unit and regime; a transfer closes it and opens the next."""

    episode = models.ForeignKey(DetentionEpisode, on_delete=models.PROTECT, related_name="+")
    prison = models.ForeignKey(Prison, on_delete=models.PROTECT, related_name="+")
    unit = models.CharField(max_length=20, blank=True)
    regime = models.CharField(max_length=24)
    from_on = models.DateField()
    to_on = models.DateField(null=True)

    class Meta:
        constraints = [
            one_of("regime", Regime),
            in_order(),
            models.UniqueConstraint(
                fields=["episode"], condition=models.Q(to_on__isnull=True), name="placement_one_open"
            ),
        ]
        indexes = [
            models.Index(
                fields=["team", "dossier"],
                include=["prison"],
                condition=models.Q(to_on__isnull=True),
                name="placement_open_by_team",
            )
        ]

    class Access:
        kind = Kind.DETENTION
        groups: ClassVar[Groups] = {
            "place": ("prison", "prison_id", "unit", "regime", "from_on", "to_on"),
            "episode": ("episode", "episode_id"),
        }
        erased: ClassVar[dict[str, object]] = {"unit": ""}


class ExpectedRelease(CaseRow):
    """One answer to "when will she be free": added, never changed; without a day it is unknown."""

    episode = models.ForeignKey(DetentionEpisode, on_delete=models.PROTECT, related_name="+")
    expected_on = models.DateField(null=True)
    source = models.CharField(max_length=12)
    confidence = models.CharField(max_length=12)
    entered_at = models.DateTimeField()
    entered_on = models.DateField()
    position = models.PositiveSmallIntegerField(default=1)

    class Meta:
        constraints = [
            one_of("source", Source),
            one_of("confidence", Confidence),
            models.UniqueConstraint(fields=["episode", "position"], name="expectedrelease_one_history"),
        ]
        indexes = [
            models.Index(fields=["expected_on"]),
            models.Index(
                fields=["team", "dossier"],
                include=["episode", "position", "expected_on"],
                name="expectedrelease_by_team",
            ),
        ]

    class Access:
        kind = Kind.DETENTION
        groups: ClassVar[Groups] = {
            "dates": ("expected_on", "source", "confidence", "entered_on", "entered_at", "position"),
            "episode": ("episode", "episode_id"),
        }

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add to the history.

        Raises:
            TypeError: the row exists already; what was once expected stays as it was told.
        """
        if not self._state.adding:
            raise TypeError("a history of expectations is only added to")
        super().save(*args, **kwargs)
