"""The tables of the portal: proposals to hand a whole case over, and questions to erase or keep one."""

import hashlib
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from gib.core.access.actor import Actor
from gib.core.access.rows import ScopedQuerySet
from gib.core.access.tables import Kind
from gib.core.kernel.clock import Now
from gib.core.kernel.ids import new_id
from gib.core.vault.fields import SealedText
from gib.people.accounts.domain import Standing
from gib.people.accounts.models import Appointment
from gib.people.families.models import CaseRow, number_of, rows_of
from gib.people.families.models.checks import one_of
from gib.people.partners.models import Team
from gib.portal.domain import ErasureGround, ErasureState, HoldKind, TransferState


class Transfer(CaseRow):
    """A question to another team to take over; until the answer both see the case."""

    from_team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    to_team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, default=TransferState.PROPOSED)
    proposed_on = models.DateField()
    answered_on = models.DateField(null=True)

    class Meta:
        constraints = [
            one_of("state", TransferState),
            models.UniqueConstraint(
                fields=["dossier"], condition=Q(state=TransferState.PROPOSED), name="transfer_one_open"
            ),
        ]
        indexes = [
            models.Index(
                fields=["team"], condition=Q(state=TransferState.PROPOSED), name="transfer_open_by_team"
            ),
            models.Index(
                fields=["to_team"], condition=Q(state=TransferState.PROPOSED), name="transfer_asked_of_team"
            ),
        ]

    class Access:
        kind = Kind.FAMILY
        groups: ClassVar[dict[str, tuple[str, ...]]] = {
            "transfer": (
                "from_team",
                "from_team_id",
                "to_team",
                "to_team_id",
                "state",
                "proposed_on",
                "answered_on",
            )
        }


class ErasureRequest(CaseRow):
    """A question to erase a dossier, that a second person answers; the row stays as proof, without words."""

    state = models.CharField(max_length=12, default=ErasureState.ASKED)
    ground = models.CharField(max_length=12)
    asked_by = models.UUIDField()
    asked_on = models.DateField()
    answered_by = models.UUIDField(null=True)
    answered_on = models.DateField(null=True)
    why = SealedText(max_length=2000)

    class Meta:
        constraints = [
            one_of("state", ErasureState),
            one_of("ground", ErasureGround),
            models.UniqueConstraint(
                fields=["dossier"], condition=Q(state=ErasureState.ASKED), name="erasurerequest_one_open"
            ),
            models.CheckConstraint(
                condition=~Q(state=ErasureState.CARRIED_OUT) | ~Q(answered_by=F("asked_by")),
                name="erasurerequest_second",
            ),
        ]

    class Access:
        kind = Kind.ERASURE
        groups: ClassVar[dict[str, tuple[str, ...]]] = {
            "request": (
                *("state", "ground", "asked_by", "asked_on", "answered_by", "answered_on"),
                *("number", "team"),
            ),
            "words": ("why",),
        }

    @property
    def number(self) -> str:
        """The short number of the dossier."""
        return number_of(self.dossier_id)


class LegalHold(CaseRow):
    """An episode in which a dossier must stay, with its reason and its last day."""

    kind = models.CharField(max_length=12)
    why = SealedText(max_length=2000)
    from_on = models.DateField()
    to_on = models.DateField()
    set_by = models.UUIDField()

    class Meta:
        constraints = [
            one_of("kind", HoldKind),
            models.CheckConstraint(condition=Q(to_on__gte=F("from_on")), name="legalhold_dates"),
        ]

    class Access:
        kind = Kind.ERASURE
        groups: ClassVar[dict[str, tuple[str, ...]]] = {
            "request": ("kind", "from_on", "to_on", "set_by"),
            "words": ("why",),
        }


def open_erasure(dossier_id: UUID) -> ErasureRequest | None:
    """Give the question to erase a dossier that waits for an answer, if any."""
    rows = rows_of(ErasureRequest, dossier_id).filter(state=ErasureState.ASKED)
    found: ErasureRequest | None = rows.first()
    return found


def holds_on(dossier_id: UUID, on: date) -> ScopedQuerySet:
    """Give the holds of a dossier on a day."""
    return rows_of(LegalHold, dossier_id).filter(from_on__lte=on, to_on__gte=on)


def open_transfer(dossier_id: UUID) -> Transfer | None:
    """Give the proposal of a dossier that waits for an answer, if any."""
    found: Transfer | None = rows_of(Transfer, dossier_id).filter(state=TransferState.PROPOSED).first()
    return found


def open_transfers(actor: Actor, on: date) -> tuple[ScopedQuerySet, ...]:
    """Ask for the proposals that wait, those of the teams of the actor and those that they are asked."""
    ours, others = (
        rows.filter(state=TransferState.PROPOSED).select_related("from_team", "to_team")
        for rows in Transfer.walks(actor, on)
    )
    return ours, others.filter(to_team__in=actor.team_ids)


def open_erasures(actor: Actor, on: date) -> ScopedQuerySet:
    """Give the questions to erase that wait and that this actor may see, oldest first."""
    return ErasureRequest.visible_to(actor, on).filter(state=ErasureState.ASKED).order_by("asked_on")


class CalendarFeed(models.Model):
    """A secret address under which one appointment's calendar can be read; only its hash is kept."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    appointment = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["appointment"], condition=Q(ended_at__isnull=True), name="calendarfeed_one_open"
            )
        ]

    @classmethod
    def of_actor(cls, actor: Actor) -> "CalendarFeed | None":
        """Give the address that stands for somebody in her present role."""
        mine = {"appointment__user_id": actor.user_id, "appointment__role": actor.role}
        team = {"appointment__team_id__in": sorted(actor.team_ids)}
        found: CalendarFeed | None = cls.objects.filter(ended_at__isnull=True, **mine, **team).first()
        return found

    @classmethod
    def of_token(cls, token: str, now: Now) -> "CalendarFeed | None":
        """Find an address that stands, of an appointment that holds today."""
        rows = cls.objects.select_related("appointment").filter(ended_at__isnull=True)
        found: CalendarFeed | None = rows.filter(digest=digest_of(token)).first()
        return found if found and found.appointment.standing(now.on) is Standing.CURRENT else None


def digest_of(token: str) -> str:
    """Hash a long random token, so that it can be looked up."""
    return hashlib.sha256(token.encode()).hexdigest()


def seat_of(actor: Actor, on: date) -> Appointment:
    """Give the appointment in which somebody acts on a day."""
    rows = Appointment.objects.current(on).filter(user_id=actor.user_id, role=actor.role)
    found: Appointment = rows.filter(team_id__in=sorted(actor.team_ids)).order_by("pk")[0]
    return found
