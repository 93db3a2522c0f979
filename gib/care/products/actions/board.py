"""Choosing on the matching board: the computer orders, people decide, and say why when they differ."""

from uuid import UUID

from gib.care.products.actions.matches import Choice, propose_match
from gib.care.products.domain.match import Override, check_choice
from gib.care.products.models import Match
from gib.care.products.models.pool import problem_of_team, rank_of
from gib.core.access.actor import Actor
from gib.core.access.tables import P
from gib.core.journal.acts import act
from gib.core.kernel.clock import Now


@act(P.MATCH)
def propose_chosen(
    actor: Actor, participation_id: UUID, volunteer_id: UUID, reason: Override | None, now: Now
) -> Match:
    """Ask the volunteer whom somebody chose on the board; her place there is worked out anew.

    Args:
        reason: needed for a choice outside the first three.

    Raises:
        RuleBroken: 'match_impossible', 'override_reason_missing', and those of `propose_match`.
    """
    problem = problem_of_team(actor, now.on)
    rank = rank_of(problem, participation_id, volunteer_id)
    check_choice(rank, reason)
    chosen = Choice(rank, problem.policy.version, str(reason or ""))
    return propose_match(actor, participation_id, volunteer_id, now, chosen=chosen)
