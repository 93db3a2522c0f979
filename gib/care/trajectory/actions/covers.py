"""Who pays for help after release, or does not: facts that the stage after this one hands down."""

from datetime import date, timedelta
from uuid import UUID

from gib.care.trajectory import domain
from gib.care.trajectory.actions.plan import remind
from gib.care.trajectory.domain import Drill
from gib.care.trajectory.models import Cover, Trail, Trajectory, add_to, norm
from gib.core.access.actor import Actor
from gib.core.access.tables import P
from gib.core.journal.acts import act, carry_out
from gib.core.kernel.clock import Now
from gib.core.kernel.dates import Period
from gib.people.families.models import Dossier


@act(P.REQUEST_FUNDING)
def record_cover(
    actor: Actor, dossier_id: UUID, payer: str, from_on: date, to_on: date | None, reference: str, now: Now
) -> Cover:
    """Record that somebody pays for help at home on some days; own means count as a payer.

    Args:
        payer: a code, such as a municipality or a fund.
        reference: the id of what it stands on, such as a request or an agreement.

    Raises:
        RuleBroken: 'cover_overlaps', 'period_backwards'.
    """
    dossier: Dossier = Dossier.for_action(actor, now.on).get_or_404(pk=dossier_id)
    known = Cover.for_action(actor, now.on).filter(dossier_id=dossier_id, payer=payer)
    domain.check_cover(Period(from_on, to_on), [Period(row.from_on, row.to_on) for row in known])
    row = Cover(
        dossier_id=dossier_id,
        team_id=dossier.team_id,
        payer=payer,
        from_on=from_on,
        to_on=to_on,
        reference=reference,
    )
    event = domain.Covered(dossier_id=dossier_id, cover_id=row.id, payer=payer)
    carry_out(actor, now, rows=[row], events=[event])
    return row


@act(P.REQUEST_FUNDING)
def end_cover(actor: Actor, cover_id: UUID, to_on: date, now: Now) -> Cover:
    """Let a cover end on a day and ask for a warm handover in time: help never stops silently (FIN-06).

    Raises:
        RuleBroken: 'period_backwards'.
    """
    row: Cover = Cover.for_action(actor, now.on).get_or_404(pk=cover_id)
    row.to_on = Period(row.from_on, to_on).to_on
    event = domain.CoverEnded(dossier_id=row.dossier_id, cover_id=row.id, to_on=to_on)
    carry_out(actor, now, rows=[row], events=[event])
    warn_on = to_on - timedelta(days=norm("cover_warning_days", now.on))
    remind(actor, row.dossier_id, Drill.COVER_ENDS, max(warn_on, now.on), now)
    return row


@act
def note_trail(actor: Actor, trajectory_id: UUID, request_id: UUID, now: Now) -> Trail:
    """Note that a request for a trajectory was refused or not answered, once for each request.

    Source: invariant 8.
    """
    rows = Trail.for_action(actor, now.on).filter(request_id=request_id, to_on__isnull=True)
    known: Trail | None = rows.first()
    if known is not None:
        return known
    plan: Trajectory = Trajectory.for_action(actor, now.on).get_or_404(pk=trajectory_id)
    row: Trail = add_to(plan, Trail, trajectory=plan, request_id=request_id, from_on=now.on)
    carry_out(actor, now, rows=[row])
    return row


@act
def end_trail(actor: Actor, request_id: UUID, now: Now) -> None:
    """Note that a request is no ground for letting her go any more: somebody pays, or it was taken back."""
    rows = list(Trail.for_action(actor, now.on).filter(request_id=request_id, to_on__isnull=True))
    for row in rows:
        row.to_on = now.on
    carry_out(actor, now, rows=rows)
