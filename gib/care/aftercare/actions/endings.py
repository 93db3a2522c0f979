"""Ends of a request: let go with a trail, overtaken by a move, taken back, or settled."""

from datetime import timedelta
from uuid import UUID

from django.db.models import Q

from gib.care.aftercare import domain
from gib.care.aftercare.actions.requests import load
from gib.care.aftercare.domain import FLOW, State
from gib.care.aftercare.models import FundingRequest
from gib.care.trajectory import actions as trajectory
from gib.care.trajectory.domain import CloseReason
from gib.care.trajectory.models import Cover
from gib.core.access.actor import Actor, house
from gib.core.access.tables import P
from gib.core.journal.acts import act, carry_out
from gib.core.kernel.clock import Now
from gib.core.kernel.events import Event
from gib.people.families import actions as families


def _end(actor: Actor, row: FundingRequest, to: State, event: Event, now: Now) -> FundingRequest:
    row.state, row.ended_on = FLOW.move(row.state, to), now.on
    carry_out(actor, now, rows=[row], events=[event])
    families.end_involvement(actor, row.id, now.on, now)
    return row


@act(P.LET_GO)
def let_go(actor: Actor, request_id: UUID, now: Now) -> FundingRequest:
    """Let a mother go because nobody pays: only after a no or a counted silence (invariant 8).

    The trajectory closes in the same act with this request as its trail; a handover to other help is
    then offered (a task that follows from the facts).

    Raises:
        RuleBroken: 'illegal_move' without a trail, 'let_go_municipality', 'let_go_trail'.
    """
    row = load(actor, request_id, now)
    event = domain.LetGo(
        dossier_id=row.dossier_id,
        request_id=row.id,
        municipality=row.municipality_id,
        after=State(row.state),
    )
    row = _end(actor, row, State.LET_GO, event, now)
    trajectory.close(actor, row.trajectory_id, CloseReason.NOT_FUNDED, row.id, now)
    return row


@act(P.REQUEST_FUNDING)
def supersede(actor: Actor, request_id: UUID, now: Now) -> FundingRequest:
    """End a request because she goes to another municipality; a cover that stood on it ends today.

    Raises:
        RuleBroken: 'illegal_move' when it is at an end already.
    """
    row = load(actor, request_id, now)
    event = domain.FundingSuperseded(
        dossier_id=row.dossier_id, request_id=row.id, municipality=row.municipality_id
    )
    row = _end(actor, row, State.SUPERSEDED, event, now)
    _uncover(actor, row, now)
    return row


def _uncover(actor: Actor, row: FundingRequest, now: Now) -> None:
    """End the covers that stand on a request, those that would begin later included, and its trail."""
    trajectory.end_trail(house("funding"), row.id, now)
    covers = Cover.for_action(actor, now.on).filter(dossier_id=row.dossier_id, reference=str(row.id))
    for cover in covers.filter(Q(to_on__isnull=True) | Q(to_on__gte=now.on)):
        trajectory.end_cover(actor, cover.id, max(cover.from_on, now.on - timedelta(days=1)), now)


@act(P.REQUEST_FUNDING)
def withdraw(actor: Actor, request_id: UUID, now: Now) -> FundingRequest:
    """Take a request back, because she does not want it any more; a cover that stood on it ends today.

    Raises:
        RuleBroken: 'illegal_move' when it is at an end already.
    """
    row = load(actor, request_id, now)
    event = domain.FundingWithdrawn(
        dossier_id=row.dossier_id, request_id=row.id, municipality=row.municipality_id
    )
    row = _end(actor, row, State.WITHDRAWN, event, now)
    _uncover(actor, row, now)
    return row


@act(P.REQUEST_FUNDING)
def settle(actor: Actor, request_id: UUID, to: State, now: Now) -> FundingRequest:
    """Report on the money, and record that it is settled or reclaimed; then the municipality sees it no more.

    Raises:
        RuleBroken: 'illegal_move'.
    """
    row = load(actor, request_id, now)
    event = domain.FundingSettled(
        dossier_id=row.dossier_id, request_id=row.id, municipality=row.municipality_id, state=to
    )
    if FLOW.is_final(to):
        return _end(actor, row, to, event, now)
    row.state = FLOW.move(row.state, to)
    carry_out(actor, now, rows=[row], events=[event])
    return row
