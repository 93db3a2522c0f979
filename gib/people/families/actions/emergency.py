"""Acts of emergency access: opening a look, ending it early, and judging it."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from gib.core.access import rls
from gib.core.access.actor import Actor
from gib.core.access.tables import P, Role
from gib.core.journal import outbox
from gib.core.journal.acts import act, carry_out
from gib.core.kernel.clock import Now
from gib.core.kernel.rules import RuleBroken
from gib.people.accounts.models import Appointment
from gib.people.families.domain.emergency import (
    EmergencyEnded,
    EmergencyOpened,
    EmergencyReviewed,
    Judgement,
    NewEmergency,
    check_open,
    check_review,
    ends_at,
)
from gib.people.families.models.emergency import Emergency, dossier_with


@act(P.OPEN_EMERGENCY)
def open_emergency(actor: Actor, new: NewEmergency, now: Now) -> Emergency:
    """Open one dossier to one person for an hour, and tell those who must know of it.

    A look of hers that still goes on ends: there is one at a time.

    Raises:
        RuleBroken: 'emergency_unknown', 'emergency_reason_short', 'emergency_not_needed',
        'emergency_unreviewed'.

    Source: security page, D9; rulings, "numbers that differed".
    """
    with rls.system("emergency", now.on):
        dossier = dossier_with(new.number, now)
        if dossier is None:
            raise RuleBroken("emergency_unknown")
        check_open(
            new.reason, dossier.team_id in actor.team_ids, _unreviewed_since(actor.user_id, now), now.at
        )
        row = Emergency(
            dossier=dossier,
            team_id=dossier.team_id,
            user_id=actor.user_id,
            role=actor.role,
            category=new.category,
            reason=new.reason.strip(),
            began_at=now.at,
            until_at=ends_at(now.at),
        )
        for earlier in _going_on(actor.user_id, now):
            _end(actor, earlier, now)
        told = EmergencyOpened(dossier_id=dossier.id, emergency_id=row.id, category=new.category)
        carry_out(actor, now, rows=[row], events=[told])
        for user_id in _who_must_know(dossier.team_id, now):
            outbox.notify(user_id, "emergency", f"emergency:{row.id}:{user_id}", now)
    return row


def _unreviewed_since(user_id: UUID, now: Now) -> datetime | None:
    rows = Emergency.for_house("emergency", now.on).filter(user_id=user_id, reviewed_at__isnull=True)
    found: datetime | None = rows.order_by("began_at").values_list("began_at", flat=True).first()
    return found


def _going_on(user_id: UUID, now: Now) -> list[Emergency]:
    rows = Emergency.for_house("emergency", now.on).filter(user_id=user_id, ended_at__isnull=True)
    return list(rows.filter(until_at__gt=now.at))


def _who_must_know(team_id: int, now: Now) -> Iterable[UUID]:
    """Give the project leaders, the privacy officers and the coordinators of the team."""
    everywhere = Q(role__in=[Role.PROJECT_LEADER, Role.PRIVACY_OFFICER])
    seats = Appointment.objects.current(now.on).filter(everywhere | Q(role=Role.COORDINATOR, team=team_id))
    return sorted(set(seats.values_list("user_id", flat=True)))


@act(P.SEE_IN_EMERGENCY)
def end_emergency(actor: Actor, now: Now) -> None:
    """Close the look of this session before its hour is over; one that is over already stays as it was."""
    with rls.system("emergency", now.on):
        for row in _going_on(actor.user_id, now):
            _end(actor, row, now)


def _end(actor: Actor, row: Emergency, now: Now) -> None:
    row.ended_at = now.at
    ended = EmergencyEnded(dossier_id=row.dossier_id, emergency_id=row.id)
    carry_out(actor, now, rows=[row], events=[ended])


@act(P.REVIEW_EMERGENCY)
def review_emergency(actor: Actor, emergency_id: UUID, found: Judgement, now: Now) -> Emergency:
    """Judge a look that is over.

    Raises:
        RuleBroken: 'emergency_running', 'emergency_reviewed', 'emergency_own'.
    """
    row: Emergency = Emergency.for_action(actor, now.on).get_or_404(pk=emergency_id)
    check_review(row.over_at <= now.at, row.reviewed_at is not None, row.user_id == actor.user_id)
    row.reviewed_at, row.reviewed_by = now.at, actor.user_id
    row.finding, row.remark = found.finding, found.remark.strip()
    told = EmergencyReviewed(dossier_id=row.dossier_id, emergency_id=row.id, finding=found.finding)
    carry_out(actor, now, rows=[row], events=[told])
    return row
