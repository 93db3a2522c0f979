"""Case conferences with what was shared there, frozen, and our own action points: never papers of others."""

from datetime import date, timedelta
from typing import Any, ClassVar, Final, Self

from django.db import models

from gib.care.aftercare.domain import ShareGround
from gib.core.access.actor import Actor
from gib.core.access.rows import ScopedQuerySet
from gib.core.access.tables import Kind, Role
from gib.core.kernel.ids import new_id
from gib.core.vault.fields import SealedJson, SealedText
from gib.people.families.models import CaseRow, number_of
from gib.people.families.models.checks import one_of
from gib.people.partners.models import Partner, Team

#: Days after a conference during which its partner still sees what was shared there. Source: ux page 4.3.
SIGHT_DAYS: Final = 14


class CaseConference(models.Model):
    """One meeting at a safety house: when, under which covenant, and who sat there by function."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="+")
    held_on = models.DateField()
    covenant = models.CharField(max_length=80, blank=True)
    functions = models.JSONField(default=list)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-held_on", "id"]
        indexes = [models.Index(fields=["team", "-held_on"])]

    @property
    def sight_until(self) -> date:
        """The last day on which the partner sees what was shared."""
        return self.held_on + timedelta(days=SIGHT_DAYS)


def conferences_of(actor: Actor) -> "models.QuerySet[CaseConference]":
    """Give the conferences of the teams of an actor, newest first."""
    rows = CaseConference.objects.filter(team_id__in=sorted(actor.team_ids))
    return rows.select_related("partner")


class SharedRows(ScopedQuerySet):
    """Rows of a conference; its partner sees those of the meetings to which it was invited, for a while."""

    conference: ClassVar[str] = "conference"

    def narrowed(self, actor: Actor, on: date) -> Self:
        """Keep what exists for this actor."""
        if actor.role is not Role.SAFETY_HOUSE:
            return self
        since = on - timedelta(days=SIGHT_DAYS)
        name = self.conference
        return self.filter(**{f"{name}__partner_id": actor.partner_id or 0, f"{name}__held_on__gte": since})


class PointRows(SharedRows):
    """Action points, through the item they follow from."""

    conference: ClassVar[str] = "item__conference"


class ConferenceItem(CaseRow):
    """One case on the agenda; the extract is frozen as it was shared."""

    conference = models.ForeignKey(CaseConference, on_delete=models.PROTECT, related_name="+")
    shared_on = models.DateField()
    ground = models.CharField(max_length=16)
    asks_funding = models.BooleanField(default=False)
    ground_note = SealedText(max_length=1000)
    extract = SealedJson()
    reasons = SealedJson()
    asks = SealedText(max_length=1000)
    decision = SealedText(max_length=2000)

    objects: ClassVar[Any] = SharedRows.as_manager()

    class Meta:
        constraints = [
            one_of("ground", ShareGround),
            models.UniqueConstraint(fields=["conference", "dossier"], name="conferenceitem_once"),
        ]

    class Access:
        kind = Kind.CONFERENCE
        sight_days = SIGHT_DAYS
        narrow: ClassVar[dict[Role, str]] = {
            Role.SAFETY_HOUSE: "conference_id IN (SELECT id FROM aftercare_caseconference"
            " WHERE partner_id = {partner} AND held_on >= {since})"
        }
        groups: ClassVar[dict[str, tuple[str, ...]]] = {
            "extract": ("extract", "ground"),
            "agenda": (
                *("conference", "conference_id", "shared_on", "asks", "asks_funding", "decision", "number"),
            ),
            "inside": ("ground_note", "reasons"),
        }

    @property
    def number(self) -> str:
        """The number of the dossier, to say at the table instead of a name."""
        return number_of(self.dossier_id)


class ActionPoint(CaseRow):
    """Something that somebody at the table will do."""

    item = models.ForeignKey(ConferenceItem, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    done_on = models.DateField(null=True)
    is_ours = models.BooleanField()
    owner = SealedText(max_length=80)
    what = SealedText(max_length=500)
    outcome = SealedText(max_length=1000)

    objects: ClassVar[Any] = PointRows.as_manager()

    class Meta:
        ordering = ["due_on", "id"]
        indexes = [
            models.Index(
                fields=["team", "due_on"], condition=models.Q(done_on__isnull=True), name="actionpoint_open"
            )
        ]

    class Access:
        kind = Kind.CONFERENCE
        narrow: ClassVar[dict[Role, str]] = {
            Role.SAFETY_HOUSE: "item_id IN (SELECT id FROM aftercare_conferenceitem)"
        }
        groups: ClassVar[dict[str, tuple[str, ...]]] = {
            "agenda": ("item_id", "due_on", "done_on", "is_ours", "owner", "what", "outcome")
        }
