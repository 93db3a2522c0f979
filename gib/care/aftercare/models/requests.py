"""Funding requests: asked of whom, when, for what, and what came back."""

from datetime import date
from typing import Any, ClassVar, Self
from uuid import UUID

from django.db import models
from django.db.models import Q

from gib.care.aftercare.domain import FLOW, USES, WAITING, Alternative, Ground, State, term_of
from gib.care.aftercare.models.agreements import Agreement
from gib.care.trajectory.models import Trajectory
from gib.core.access.actor import Actor
from gib.core.access.rows import ScopedQuerySet
from gib.core.access.tables import Kind, Role
from gib.core.vault.fields import SealedJson, SealedText
from gib.people.families.models import CaseRow, rows_of
from gib.people.families.models.checks import one_of
from gib.people.partners.models import Municipality, Partner, legal_value


class FundingRows(ScopedQuerySet):
    """Requests by where they stand; a municipality sees those that were sent to itself."""

    def narrowed(self, actor: Actor, on: date) -> Self:
        """Keep what exists for this actor: involvement is by dossier, so each request has its own end too."""
        if actor.role is not Role.MUNICIPALITY:
            return self
        running = Q(ended_on__isnull=True) | Q(ended_on__gte=on)
        return self.filter(running, partner_id=actor.partner_id or 0, submitted_on__isnull=False)

    def open(self) -> Self:
        """Keep those that are not at an end."""
        return self.filter(state__in=sorted(FLOW.open_states))

    def waiting(self) -> Self:
        """Keep those that wait for a municipality."""
        return self.filter(state__in=sorted(WAITING))


class FundingRequest(CaseRow):
    """One question to one municipality to pay for one trajectory; the extract is frozen as it was sent."""

    trajectory = models.ForeignKey(Trajectory, on_delete=models.PROTECT, related_name="+")
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, null=True, related_name="+")
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, null=True, related_name="requests")
    state = models.CharField(max_length=20, default=State.DRAFT)
    drafted_on = models.DateField()
    submitted_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    answered_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    is_urgent = models.BooleanField(default=False)
    ground = models.CharField(max_length=16, blank=True)
    alternative = models.CharField(max_length=16, blank=True)
    hours = models.PositiveSmallIntegerField(null=True)
    amount_cents = models.PositiveIntegerField(null=True)
    from_on = models.DateField(null=True)
    to_on = models.DateField(null=True)
    extract = SealedJson()
    question = SealedText(max_length=2000)
    reply = SealedText(max_length=2000)
    conditions = SealedText(max_length=2000)

    objects: ClassVar[Any] = FundingRows.as_manager()

    class Meta:
        constraints = [
            one_of("state", State),
            one_of("ground", Ground, empty=True),
            one_of("alternative", Alternative, empty=True),
            models.CheckConstraint(
                condition=Q(state__in=[State.DRAFT, State.COVERED, State.SUPERSEDED, State.WITHDRAWN])
                | Q(submitted_on__isnull=False)
                | Q(agreement__isnull=False),
                name="fundingrequest_submitted",
            ),
        ]
        indexes = [
            models.Index(fields=["team", "state", "due_on"]),
            models.Index(fields=["municipality", "state"]),
        ]

    class Access:
        kind = Kind.FUNDING
        narrow: ClassVar[dict[Role, str]] = {
            Role.MUNICIPALITY: "partner_id = {partner} AND submitted_on IS NOT NULL"
            " AND (ended_on IS NULL OR ended_on >= {since})"
        }
        groups: ClassVar[dict[str, tuple[str, ...]]] = {
            "request": (
                *("state", "municipality", "municipality_id", "submitted_on", "due_on", "extract"),
                *("is_urgent", "question", "reply", "number"),
            ),
            "answer": (
                *("answered_on", "ground", "hours", "amount_cents", "from_on", "to_on", "conditions"),
            ),
            "inside": ("trajectory_id", "drafted_on", "ended_on", "alternative", "agreement", "agreement_id"),
        }

    @property
    def number(self) -> str:
        """A short number to say on the phone."""
        return f"F-{self.id.hex[:6].upper()}"


def requests_of(dossier_id: UUID) -> list[FundingRequest]:
    """Give the requests of a dossier, newest first."""
    return list(rows_of(FundingRequest, dossier_id).order_by("-drafted_on", "-submitted_on"))


def open_request(dossier_id: UUID, municipality_code: str) -> FundingRequest | None:
    """Give the request at a municipality that is not at an end, if any."""
    rows: Any = rows_of(FundingRequest, dossier_id)
    found: FundingRequest | None = rows.open().filter(municipality_id=municipality_code).first()
    return found


def paid_by(agreement: Agreement, on: date) -> Any:
    """Give the requests of the trajectories an agreement pays on a day; the caller sees all as the house."""
    return FundingRequest.for_house("agreement", on).filter(agreement=agreement, state__in=sorted(USES))


def used_places(agreement: Agreement, on: date) -> int:
    """Count the trajectories an agreement pays on a day; the caller sees all of them as the house."""
    return int(paid_by(agreement, on).count())


def silence_weeks(on: date) -> int:
    """Give the term of an answer in weeks, as it holds on a day."""
    return legal_value("funding_silence", on)


def due_of(submitted_on: date) -> date:
    """Give the last day of the term of a request."""
    return term_of(submitted_on, silence_weeks(submitted_on))
