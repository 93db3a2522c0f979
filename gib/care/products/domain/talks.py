"""The talks of a coordinator about a match inside: halfway how it goes, at the end how it goes on at home."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import ClassVar, Final
from uuid import UUID

from gib.care.products.domain import MatchEvent
from gib.care.products.domain.contact import check_happened
from gib.care.products.domain.match import LIVE, EndReason, State, check_live
from gib.core.kernel.rules import RuleBroken, declare
from gib.people.partners.domain import Product

#: So long after a match ended the question how it goes on at home is still asked.
ASKED_DAYS: Final = 28

declare(
    {
        "talk_only_inside": "Dit gesprek hoort bij Bezoekmoeders. Bij dit onderdeel wordt het niet gevoerd.",
        "never_met": "Zij hebben elkaar nooit ontmoet. Er valt niets af te sluiten.",
    }
)


class MatchTalkKind(StrEnum):
    """Which talk it was."""

    MIDTERM = "midterm"
    CLOSING = "closing"


class TalkedWith(StrEnum):
    """With whom it was held."""

    BOTH = "both"
    MOTHER = "mother"
    VOLUNTEER = "volunteer"


class Going(StrEnum):
    """How the visits go, or went."""

    WELL = "well"
    MIXED = "mixed"
    HARD = "hard"


class NextStep(StrEnum):
    """What was agreed halfway."""

    GO_ON = "go_on"
    OTHER_PERSON = "other_person"
    STOP = "stop"


class Wish(StrEnum):
    """Whether the volunteer who visited her inside also comes to her home."""

    SAME = "same"
    OTHER = "other"
    OPEN = "open"


@dataclass(frozen=True)
class NewTalk:
    """What was said; `next_step` of a talk halfway, the two wishes of a closing talk."""

    kind: MatchTalkKind
    held_on: date
    talked_with: TalkedWith
    going: Going
    next_step: NextStep | None = None
    her_wish: Wish | None = None
    volunteer_wish: Wish | None = None
    note: str = ""


def check_talk(product: str, state: State, met_on: date | None, talk: NewTalk, on: date) -> None:
    """Allow a talk halfway while they see each other, and a closing talk also after that.

    Args:
        met_on: the day of the introduction; None when they never met.

    Raises:
        RuleBroken: 'talk_only_inside', 'match_not_live', 'never_met', 'before_match', 'visit_in_future'.

    Source: domain page 1.3, steps.
    """
    if product != Product.BEZOEKMOEDERS:
        raise RuleBroken("talk_only_inside")
    if talk.kind is MatchTalkKind.MIDTERM:
        check_live(state)
    if met_on is None:
        raise RuleBroken("never_met")
    check_happened(talk.held_on, on)
    if talk.held_on < met_on:
        raise RuleBroken("before_match")


def midterm_due(state: State, met_on: date, last_on: date | None, on: date, weeks: int) -> bool:
    """Tell whether the talk halfway should be held: so long they know each other, or so long ago it was.

    Args:
        last_on: the day of the last talk about this match; None when there was none.
        weeks: how long after they met, and after each talk, the next one comes.
    """
    return state in LIVE - {State.ENDING} and (last_on or met_on) + timedelta(weeks=weeks) <= on


def closing_due(state: State, reason: str, ended_on: date | None, has_next: bool, on: date) -> bool:
    """Tell whether a closing talk is due: they say goodbye, or did so lately while help at home follows.

    After no click, or an end that was unsafe, nobody is asked whether they go on together.

    Args:
        reason: why the match ended; empty while it goes on.
        has_next: whether a Moedermaatje stands in her plan.
    """
    if state is State.ENDING:
        return True
    if ended_on is None or not has_next or reason in (EndReason.NO_CLICK, EndReason.UNSAFE):
        return False
    return state is State.ENDED and (on - ended_on).days <= ASKED_DAYS


def goes_along(her_wish: str, volunteer_wish: str) -> bool:
    """Tell whether the volunteer who visited her may count as known to her at home: neither wants another."""
    return Wish.OTHER not in (her_wish, volunteer_wish)


@dataclass(frozen=True, kw_only=True)
class MidtermTalkHeld(MatchEvent):
    """Halfway it was talked over how it goes."""

    sentence: ClassVar[str] = "Wij spraken erover hoe de bezoeken gaan."
    talk_id: UUID
    held_on: date
    next_step: NextStep | None


@dataclass(frozen=True, kw_only=True)
class ClosingTalkHeld(MatchEvent):
    """The visits were closed with a talk; the wishes say whether the same person comes to her home."""

    sentence: ClassVar[str] = "Wij sloten de bezoeken samen af."
    talk_id: UUID
    held_on: date
    her_wish: Wish | None
    volunteer_wish: Wish | None
