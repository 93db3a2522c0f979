"""The match of one mother and one volunteer: both are asked, both may say no without a reason."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from gib.core.kernel.flow import Flow, steps
from gib.core.kernel.rules import RuleBroken, declare
from gib.people.volunteers.domain import LACKS
from gib.people.volunteers.domain.access import SIGHT_DAYS


class State(StrEnum):
    """Where a match stands."""

    PROPOSED = "proposed"
    VOLUNTEER_AGREED = "volunteer_agreed"
    MOTHER_AGREED = "mother_agreed"
    AGREED = "agreed"
    INTRODUCTION = "introduction"
    TRIAL = "trial"
    RUNNING = "running"
    ENDING = "ending"
    ENDED = "ended"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


_NO: Final = (State.REFUSED, State.WITHDRAWN)
FLOW: Final = Flow(
    State.PROPOSED,
    steps(
        {
            State.PROPOSED: (State.VOLUNTEER_AGREED, State.MOTHER_AGREED, *_NO),
            State.VOLUNTEER_AGREED: (State.AGREED, *_NO),
            State.MOTHER_AGREED: (State.AGREED, *_NO),
            State.AGREED: (State.INTRODUCTION, *_NO),
            State.INTRODUCTION: (State.TRIAL, State.ENDED),
            State.TRIAL: (State.RUNNING, State.ENDED),
            State.RUNNING: (State.ENDING, State.ENDED),
            State.ENDING: (State.ENDED,),
        }
    ),
)
#: Both are still thinking, or both said yes and have not met.
ASKED: Final = frozenset({State.PROPOSED, State.VOLUNTEER_AGREED, State.MOTHER_AGREED, State.AGREED})
#: They have met; the volunteer knows who she is.
LIVE: Final = frozenset({State.INTRODUCTION, State.TRIAL, State.RUNNING, State.ENDING})
#: They have met and find out whether it clicks: each of them may still say that it does not.
TRYING: Final = frozenset({State.INTRODUCTION, State.TRIAL})
#: States of which a participation has at most one at a time; a match that is ending may overlap the next.
ONE_AT_A_TIME: Final = (ASKED | LIVE) - {State.ENDING}


class Side(StrEnum):
    """Who answers a proposal."""

    VOLUNTEER = "volunteer"
    MOTHER = "mother"


class EndReason(StrEnum):
    """Why a match ended."""

    PLANNED = "planned"
    BY_MOTHER = "by_mother"
    BY_VOLUNTEER = "by_volunteer"
    BY_COORDINATOR = "by_coordinator"
    OTHER_PERSON = "other_person"
    NO_CLICK = "no_click"
    UNSAFE = "unsafe"
    RELEASE = "release"
    TRANSFER = "transfer"
    TRAJECTORY_CLOSED = "trajectory_closed"


class Why(StrEnum):
    """Why a volunteer is never asked for a mother."""

    KNOWS_FAMILY = "knows_family"
    SAME_STREET = "same_street"
    HER_WISH = "her_wish"
    UNSAFE = "unsafe"


class Override(StrEnum):
    """Why somebody asks another volunteer than the first three of the matching."""

    KNOWS_THEM = "knows_them"
    MOTHER_ASKED = "mother_asked"
    VOLUNTEER_ASKED = "volunteer_asked"
    SPARED = "spared"
    NOT_KNOWN = "not_known"


#: Whom one may ask without saying why: the first of the matching.
FREE_CHOICE: Final = 3

#: After these ends she still wants somebody and has nobody: she is told of it, and the house looks again.
SEEKS_AGAIN: Final = frozenset(
    {
        EndReason.BY_VOLUNTEER,
        EndReason.BY_COORDINATOR,
        EndReason.OTHER_PERSON,
        EndReason.NO_CLICK,
        EndReason.UNSAFE,
    }
)

#: After these ends the house asks whether this volunteer must never be asked for her again.
ASKS_EXCLUSION: Final = {EndReason.OTHER_PERSON: Why.HER_WISH, EndReason.UNSAFE: Why.UNSAFE}

_YES: Final = {
    (State.PROPOSED, Side.VOLUNTEER): State.VOLUNTEER_AGREED,
    (State.PROPOSED, Side.MOTHER): State.MOTHER_AGREED,
    (State.MOTHER_AGREED, Side.VOLUNTEER): State.AGREED,
    (State.VOLUNTEER_AGREED, Side.MOTHER): State.AGREED,
}

declare(
    {
        "product_without_match": "Bij dit onderdeel hoort geen vaste vrijwilliger.",
        "not_planned": "Plan dit onderdeel eerst met haar. Zoek daarna een vrijwilliger.",
        "match_open": "Er is al een vrijwilliger gevraagd of gekoppeld voor dit onderdeel.",
        "volunteer_full": "Deze vrijwilliger heeft al het aantal moeders dat zij aankan ({limit}).",
        "volunteer_not_allowed": (
            "De vrijwilliger mag dit op die dag niet doen. Dit ontbreekt of is dan verlopen: {missing}."
        ),
        "volunteer_excluded": "Deze vrijwilliger wordt niet aan deze moeder gekoppeld. Kies iemand anders.",
        "volunteer_is_neighbour": "Deze vrijwilliger woont in hetzelfde postcodegebied. Kies iemand anders.",
        "volunteer_in_village": "Deze vrijwilliger woont in hetzelfde dorp. Kies iemand anders.",
        "override_reason_missing": "Zij staat niet bij de eerste drie. Zeg waarom u haar kiest.",
        "match_impossible": "Nu kan deze koppeling niet. Op het bord staat bij Waarom niet wat er ontbreekt.",
        "match_live": "Zij zien elkaar nu. Beëindig eerst de koppeling.",
        "already_answered": "Op deze vraag is al geantwoord.",
        "no_click_late": (
            "Dat het niet klikt, kan worden gezegd bij de kennismaking en in de proef. "
            "Daarna beëindigt de coördinator de koppeling."
        ),
        "trial_too_short": "Eerst zijn er {needed} kennismakingen nodig. Er zijn er nu {held}.",
        "match_not_live": "Zij hebben nog niet kennisgemaakt, of de koppeling is voorbij.",
    }
)


def check_ready(reasons: Sequence[str]) -> None:
    """Allow work by a volunteer against whom nothing speaks on the day of the event (invariant 3).

    Args:
        reasons: codes of what is missing or invalid on that day, such as a VOG or a permit.

    Raises:
        RuleBroken: 'volunteer_not_allowed' with the codes and their words.
    """
    if reasons:
        words = ", ".join(LACKS[reason] for reason in reasons)
        raise RuleBroken("volunteer_not_allowed", reasons=tuple(reasons), missing=words)


def check_exclusion(is_excluded: bool) -> None:
    """Keep a volunteer away from a mother for whom she is never asked.

    Raises:
        RuleBroken: 'volunteer_excluded'.

    Source: domain page 3, match.
    """
    if is_excluded:
        raise RuleBroken("volunteer_excluded")


def check_neighbour(hers: Collection[str], theirs: str, villages: Mapping[str, str]) -> None:
    """Keep a volunteer away from a mother of her postcode area or village: they would meet in the street.

    What is not known keeps nobody away. Of most mothers inside no address is written down, so a refusal would
    leave them all without a visit, which harms them more than a neighbour who may say no herself when she
    hears the place. The board says where it does not know, and asks to look.

    Args:
        hers: the areas of four digits in the address of the mother; empty when unknown.
        theirs: the area of the volunteer; empty when unknown.
        villages: area -> its village, for each of these areas that lies in one.

    Raises:
        RuleBroken: 'volunteer_is_neighbour', 'volunteer_in_village'.

    Source: issue of the engine: not the same village or postcode area; domain page 3, match.
    """
    if theirs in hers:
        raise RuleBroken("volunteer_is_neighbour")
    if theirs in villages and villages[theirs] in {villages.get(area) for area in hers}:
        raise RuleBroken("volunteer_in_village")


def check_choice(rank: int, reason: Override | None) -> None:
    """Allow a choice among the first of the matching, and any other possible one with a reason.

    Args:
        rank: her place among the volunteers who may help, from 1; 0 when a rule forbids it.

    Raises:
        RuleBroken: 'match_impossible', 'override_reason_missing'.

    Source: AI-02, issue of the board.
    """
    if not rank:
        raise RuleBroken("match_impossible")
    if rank > FREE_CHOICE and reason is None:
        raise RuleBroken("override_reason_missing")


def check_parted(states: Iterable[State]) -> None:
    """Allow an exclusion once the volunteer and the mother do not see each other any more.

    Raises:
        RuleBroken: 'match_live'.
    """
    if LIVE.intersection(states):
        raise RuleBroken("match_live")


def check_room(open_matches: int, limit: int) -> None:
    """Allow one more match for a volunteer.

    Raises:
        RuleBroken: 'volunteer_full'.
    """
    if open_matches >= limit:
        raise RuleBroken("volunteer_full", limit=limit)


def answer(now: State, side: Side, said_yes: bool) -> State:
    """Give the state after an answer; a no ends it at any moment before they meet, without a reason.

    Raises:
        RuleBroken: 'already_answered' for a second yes, 'illegal_move' after they have met.
    """
    if not said_yes:
        return FLOW.move(now, State.REFUSED)
    if now in ASKED and (now, side) not in _YES:
        raise RuleBroken("already_answered")
    return FLOW.move(now, _YES.get((now, side), now))


def check_run(held: int, needed: int) -> None:
    """Allow that a trial becomes a settled match after a number of contacts.

    Raises:
        RuleBroken: 'trial_too_short'.
    """
    if held < needed:
        raise RuleBroken("trial_too_short", held=held, needed=needed)


def check_trying(state: State) -> None:
    """Allow either of them to say that it does not click, from the introduction until they go on together.

    Raises:
        RuleBroken: 'no_click_late'.
    """
    if state not in TRYING:
        raise RuleBroken("no_click_late")


def check_live(state: State) -> None:
    """Allow contacts of a volunteer and a mother who have met.

    Raises:
        RuleBroken: 'match_not_live'.
    """
    if state not in LIVE:
        raise RuleBroken("match_not_live")


def goodbye_missing(is_live: bool, met_today: bool) -> bool:
    """Tell whether a sudden release left no moment to say goodbye: then a contact within 72 hours is due.

    Source: domain page 1.3, exceptions.
    """
    return is_live and not met_today


def sight_ends(ended_on: date) -> date:
    """Give the last day on which the volunteer sees anything of an ended match (invariant 11)."""
    return ended_on + timedelta(days=SIGHT_DAYS)
