"""Handovers to regular help, with what was sent as it was sent."""

from datetime import date
from typing import Any, ClassVar, Self
from uuid import UUID

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from gib.care.handover.domain import FLOW, Decision, Ground, Side, SignalState, State
from gib.care.handover.domain.handovers import BEGUN, NORMS, WAITING, look_on, waits_until
from gib.care.handover.models.needs import NeedSignal
from gib.care.trajectory.domain import CloseReason
from gib.care.trajectory.models import Trajectory
from gib.core.access.actor import Actor
from gib.core.access.rows import ScopedQuerySet
from gib.core.access.tables import Kind
from gib.core.access.together import Steps, in_steps
from gib.core.kernel.rules import RuleBroken
from gib.core.vault.fields import SealedJson, SealedText
from gib.people.families.models import CaseRow, rows_of
from gib.people.families.models.checks import one_of, together
from gib.people.partners.models import CareProvider, legal_value, providers


class HandoverRows(ScopedQuerySet):
    """Handovers by where they stand."""

    def open(self) -> Self:
        """Keep those that are not at an end."""
        return self.filter(state__in=sorted(FLOW.open_states))


class Handover(CaseRow):
    """One need handed to one organisation; without one only when she wants no help at all."""

    signal = models.ForeignKey(NeedSignal, on_delete=models.PROTECT, null=True, related_name="+")
    provider = models.ForeignKey(CareProvider, on_delete=models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=16, default=State.PREPARED)
    discussed_on = models.DateField(null=True)
    prepared_on = models.DateField()
    consented_on = models.DateField(null=True)
    sent_on = models.DateField(null=True)
    accepted_on = models.DateField(null=True)
    first_appointment_on = models.DateField(null=True)
    first_contact_on = models.DateField(null=True)
    checked_on = models.DateField(null=True)
    wait_weeks = models.PositiveSmallIntegerField(null=True)
    waits_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    ended_by = models.CharField(max_length=8, blank=True)
    ground = models.CharField(max_length=16, blank=True)
    worker = SealedText(max_length=80)
    what = SealedText(max_length=2000)
    extract = SealedJson()
    outcome = SealedText(max_length=2000)

    objects: ClassVar[Any] = HandoverRows.as_manager()

    class Meta:
        constraints = [
            one_of("state", State),
            one_of("ended_by", Side, empty=True),
            one_of("ground", Ground, empty=True),
            together("ended_on", "state", [State.DECLINED, State.RETURNED]),
            together("sent_on", "state", [State.SENT, State.ACCEPTED, State.FIRST_CONTACT, State.CONFIRMED]),
            together("first_contact_on", "state", [State.FIRST_CONTACT, State.CONFIRMED]),
            together("checked_on", "state", [State.CONFIRMED]),
            models.CheckConstraint(
                condition=Q(provider__isnull=False) | Q(state=State.DECLINED), name="handover_provider"
            ),
        ]
        indexes = [
            # For whom a team arranged something, and why, is found in the index alone.
            models.Index(
                fields=["team", "state"],
                include=["dossier", "prepared_on", "signal"],
                name="handover_by_team",
            ),
            models.Index(fields=["dossier", "prepared_on"]),
        ]

    class Access:
        kind = Kind.HANDOVER
        groups: ClassVar[dict[str, tuple[str, ...]]] = {
            "handover": (
                *("signal_id", "provider", "provider_id", "state", "discussed_on", "prepared_on"),
                *("consented_on", "sent_on", "accepted_on", "first_appointment_on", "first_contact_on"),
                *("checked_on", "wait_weeks", "waits_on", "ended_on", "ended_by", "ground", "worker"),
                *("what", "extract", "outcome", "is_settled", "silent_after", "check_on"),
            )
        }

    @property
    def is_settled(self) -> bool:
        """Whether help has really begun, and somebody looked."""
        return self.state == State.CONFIRMED

    def silent_after(self, weeks: int) -> date | None:
        """Give the last day on which the silence of the organisation is in order."""
        return waits_until(self.state, self.sent_on, self.waits_on, weeks)

    def check_on(self, weeks: int) -> date | None:
        """Give the day from which to look whether she was received, or whether help goes on."""
        return look_on(self.state, self.first_appointment_on, self.first_contact_on, weeks)


def norm(key: str, on: date) -> int:
    """Give a term of this slice: the dated value of the house, or else its default."""
    try:
        return legal_value(key, on)
    except RuleBroken:
        return NORMS[key]


def handovers_of(dossier_id: UUID) -> list[Handover]:
    """Give the handovers of a dossier, newest first."""
    return list(rows_of(Handover, dossier_id).select_related("provider").order_by("-prepared_on", "-id"))


def let_go_without_offer(actor: Actor, on: date) -> Any:
    """Ask for the trajectories that closed because nobody paid, after which no handover was offered yet.

    Source: FIN-06; an offer that she declined counts as one.
    """
    offers = Handover.objects.filter(
        dossier_id=OuterRef("dossier_id"), prepared_on__gte=OuterRef("closed_on")
    )
    rows = Trajectory.visible_to(actor, on).filter(~Exists(offers), close_reason=CloseReason.NOT_FUNDED)
    return rows.only("dossier", "team", "closed_on").order_by(F("closed_on"))


@in_steps
def let_go_by_us(actor: Actor, on: date) -> Steps[list[tuple[date, UUID]]]:
    """Give the same of the teams of the actor, the first first: the day and the dossier of each.

    What they offered is read at once, not looked up for each.
    """
    plans: Any = Trajectory.of_team(actor, on)
    closed, offered = yield plans.closed_days(), _every(actor, on)
    last = {dossier_id: prepared_on for dossier_id, prepared_on, _signal_id in offered}
    found = [
        (closed_on, dossier_id)
        for dossier_id, closed_on, why in closed
        if why == CloseReason.NOT_FUNDED and last.get(dossier_id, date.min) < closed_on
    ]
    return sorted(found)


def choices_for(code: str, on: date) -> list[tuple[int, str]]:
    """Give the organisations to which a mother in a municipality can go, to choose from."""
    return [(row.pk, f"{row.name} ({row.area})" if row.area else row.name) for row in providers(on, "", code)]


def underway(actor: Actor, on: date) -> ScopedQuerySet:
    """Give the handovers of the actor's teams that wait for an organisation, or that one took on."""
    rows = Handover.of_team(actor, on).filter(state__in=sorted(WAITING | BEGUN))
    return rows.select_related("provider").order_by("id")


@in_steps
def needs_for_us(actor: Actor, on: date) -> Steps[list[Any]]:
    """Give the needs to weigh or to talk over, and help that she wants and nobody began to arrange."""
    wanted = Q(state=SignalState.DISCUSSED, decision=Decision.HANDOVER, wants_help=True)
    waiting = Q(state__in=[SignalState.RAISED, SignalState.TRIAGED])
    rows = NeedSignal.of_team(actor, on).filter(waiting | wanted).order_by("raised_on", "id")
    found, offered = yield rows.opening(), _every(actor, on)
    begun = {signal_id for _dossier_id, _prepared_on, signal_id in offered}
    return [row for row in found if row.state != SignalState.DISCUSSED or row.id not in begun]


def _every(actor: Actor, on: date) -> Any:
    """Ask of all handovers of the actor's teams for whom, since when and why; parts ask it as one."""
    rows: Any = Handover.of_team(actor, on).order_by("prepared_on")
    return rows.values_list("dossier_id", "prepared_on", "signal_id")
