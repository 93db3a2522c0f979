"""The talks about a match as the coordinator reads them, and what a form about one asks."""

from collections.abc import Iterable
from typing import Any

from gib.care.products import talk_words as words
from gib.care.products.domain.match import LIVE, State
from gib.care.products.domain.participation import FLOW
from gib.care.products.domain.participation import State as Part
from gib.care.products.domain.talks import Going, MatchTalkKind, NextStep, TalkedWith, Wish
from gib.care.products.models import MatchTalk, Participation
from gib.core.access.tables import P
from gib.core.access.together import Steps, asking
from gib.core.ui.words import day
from gib.people.partners.domain import Product


def talks_of(request: Any, row: Any) -> Steps[dict[str, Any]]:
    """Give the talks about a match, newest first, and which may be held now; nothing to a volunteer."""
    if row.product != Product.BEZOEKMOEDERS or not request.actor.may(P.MATCH):
        return {"talks": [], "may_midterm": False, "may_close": False}
    rows = MatchTalk.visible_to(request.actor, request.now.on).filter(match_id=row.id)
    found = yield from asking(rows.order_by("-held_on", "-id").opening())
    state = State(row.state)
    return {
        "talks": [_told(talk) for talk in found],
        "may_midterm": state in LIVE - {State.ENDING},
        "may_close": row.from_on is not None and state in (State.ENDING, State.ENDED),
    }


def _told(row: Any) -> dict[str, Any]:
    said = [words.WITH[TalkedWith(row.talked_with)], words.GOING[Going(row.going)]]
    said += [words.NEXT[NextStep(row.next_step)]] if row.next_step else []
    said += [words.HERS[Wish(row.her_wish)]] if row.her_wish else []
    said += [words.THEIRS[Wish(row.volunteer_wish)]] if row.volunteer_wish else []
    return {
        "title": words.KINDS[MatchTalkKind(row.kind)],
        "when": day(row.held_on),
        "said": [str(one) for one in said],
        "note": row.note,
    }


def asks_who_comes(request: Any, row: Any) -> bool:
    """Tell whether help at home stands in her plan, so that it matters who comes there."""
    parts: Iterable[Any] = Participation.visible_to(request.actor, request.now.on).filter(
        dossier_id=row.dossier_id, product=Product.MOEDERMAATJES
    )
    return any(not FLOW.is_final(Part(part.state)) for part in parts)
