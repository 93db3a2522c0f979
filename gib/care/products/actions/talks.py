"""The talks about a match inside: how it goes, what was agreed, who comes home."""

from dataclasses import asdict
from typing import Any
from uuid import UUID

from gib.care.products.domain import MatchEvent
from gib.care.products.domain.match import State
from gib.care.products.domain.talks import (
    ClosingTalkHeld,
    MatchTalkKind,
    MidtermTalkHeld,
    NewTalk,
    check_talk,
)
from gib.care.products.models import Match, MatchTalk
from gib.core.access.actor import Actor
from gib.core.access.tables import P
from gib.core.journal.acts import act, carry_out
from gib.core.kernel.clock import Now


@act(P.MATCH)
def hold_match_talk(actor: Actor, match_id: UUID, talk: NewTalk, now: Now) -> MatchTalk:
    """Write down a talk halfway or at the end; the last closing talk of a match counts for who comes home.

    Raises:
        RuleBroken: 'talk_only_inside', 'match_not_live', 'never_met', 'before_match', 'visit_in_future'.
    """
    match: Match = Match.for_action(actor, now.on).get_or_404(pk=match_id)
    check_talk(match.product, State(match.state), match.from_on, talk, now.on)
    told = {name: value or "" for name, value in asdict(talk).items()}
    row = MatchTalk(
        dossier_id=match.dossier_id, team_id=match.team_id, match=match, held_by=actor.user_id, **told
    )
    carry_out(actor, now, rows=[row], events=[_told(row, match, talk)])
    return row


def _told(row: MatchTalk, match: Match, talk: NewTalk) -> MatchEvent:
    about: dict[str, Any] = {
        **{"dossier_id": match.dossier_id, "match_id": match.id, "volunteer_id": match.volunteer_id},
        **{"talk_id": row.id, "held_on": talk.held_on},
    }
    if talk.kind is MatchTalkKind.MIDTERM:
        return MidtermTalkHeld(**about, next_step=talk.next_step)
    return ClosingTalkHeld(**about, her_wish=talk.her_wish, volunteer_wish=talk.volunteer_wish)
