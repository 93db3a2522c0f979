"""The way of a funding request: what people do with it, and when silence may be called silence."""

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from gib.core.kernel.flow import Flow, steps
from gib.core.kernel.holidays import end_of_term
from gib.core.kernel.rules import RuleBroken, declare

declare(
    {
        "funding_open": "Voor deze moeder loopt al een aanvraag bij deze gemeente.",
        "funding_no_municipality": (
            "Vul eerst in naar welke gemeente zij gaat. Zonder gemeente is er niemand om te vragen."
        ),
        "funding_no_desk": (
            "Van deze gemeente kennen wij nog geen loket. Vraag de projectleider om het toe te voegen."
        ),
        "funding_no_trajectory": "Er is nog geen plan. Maak eerst samen met haar een plan.",
        "funding_consent": (
            "Zij gaf nog geen toestemming om deze gemeente iets te vragen. Vraag haar dat eerst."
        ),
        "funding_too_early": "De gemeente heeft nog tot en met {due} de tijd om te antwoorden.",
        "funding_grant_empty": "Vul in hoeveel uren of welk bedrag de gemeente betaalt, en vanaf wanneer.",
        "funding_extract_reason": "Schrijf waarom de gemeente ook dit moet weten.",
    }
)


class State(StrEnum):
    """What a person did. That she needs cover, or that a municipality is silent, is derived."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    QUESTION = "question"
    COVERED = "covered"
    GRANTED = "granted"
    REJECTED = "rejected"
    NO_ANSWER = "no_answer"
    GRANTED_ALTERNATIVE = "granted_alternative"
    LET_GO = "let_go"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"
    REPORTED = "reported"
    SETTLED = "settled"
    RECLAIMED = "reclaimed"


_LEAVES: Final = (State.SUPERSEDED, State.WITHDRAWN)

FLOW: Final = Flow(
    State.DRAFT,
    steps(
        {
            State.DRAFT: (State.SUBMITTED, State.COVERED, *_LEAVES),
            State.SUBMITTED: (State.QUESTION, State.GRANTED, State.REJECTED, State.NO_ANSWER, *_LEAVES),
            State.QUESTION: (State.SUBMITTED, *_LEAVES),
            State.REJECTED: (State.GRANTED, State.GRANTED_ALTERNATIVE, State.LET_GO, *_LEAVES),
            State.NO_ANSWER: (
                State.GRANTED,
                State.REJECTED,
                State.GRANTED_ALTERNATIVE,
                State.LET_GO,
                *_LEAVES,
            ),
            State.COVERED: (State.REPORTED, *_LEAVES),
            State.GRANTED: (State.REPORTED, *_LEAVES),
            State.REPORTED: (State.SETTLED, State.RECLAIMED),
        }
    ),
)

#: Requests that wait for the municipality.
WAITING: Final = frozenset({State.SUBMITTED})
#: Requests that a municipality or another payer said yes to.
GIVEN: Final = frozenset({State.COVERED, State.GRANTED, State.GRANTED_ALTERNATIVE})
#: Requests that take a place of the agreement they stand on.
USES: Final = frozenset({State.COVERED, State.REPORTED, State.SETTLED})
#: Requests on which the answer is known.
DECIDED: Final = GIVEN | {State.REJECTED, State.NO_ANSWER, State.LET_GO}
#: Requests after which a mother may be let go (invariant 8).
TRAIL: Final = frozenset({State.REJECTED, State.NO_ANSWER})


class Ground(StrEnum):
    """Why a municipality said no."""

    NO_POLICY = "no_policy"
    NO_BUDGET = "no_budget"
    NOT_RESIDENT = "not_resident"
    OTHER_HELP = "other_help"
    TOO_LATE = "too_late"
    OTHER = "other"


class Alternative(StrEnum):
    """Who pays when the municipality does not."""

    FUND = "fund"
    OTHER_SCHEME = "other_scheme"
    OWN_MEANS = "own_means"


def term_of(submitted_on: date, weeks: int) -> date:
    """Give the last day on which an answer is in time; a term never ends on a free day."""
    return end_of_term(submitted_on + timedelta(weeks=weeks))


def is_silent(state: str, due_on: date | None, on: date) -> bool:
    """Tell whether a municipality lets its term pass without an answer: from the day after `due_on`."""
    return state in WAITING and due_on is not None and on > due_on


def check_silent(due_on: date, on: date) -> None:
    """Refuse to record silence before the term has passed.

    Raises:
        RuleBroken: 'funding_too_early' with the last day of the term. Source: rulings, "Stored or derived".
    """
    if on <= due_on:
        raise RuleBroken("funding_too_early", due=due_on)


def check_grant(hours: int | None, amount_cents: int | None) -> None:
    """Refuse a yes that says nothing of hours or money.

    Raises:
        RuleBroken: 'funding_grant_empty'.
    """
    if not (hours or 0) > 0 and not (amount_cents or 0) > 0:
        raise RuleBroken("funding_grant_empty")


#: What a municipality gets to know of a mother when nobody adds anything (ZVH-02, minimum set).
MINIMUM: Final = frozenset({"number", "initials", "birth_year", "product", "hours"})


def check_stands(here: str, wanted: State) -> None:
    """Refuse a step that leads where another step leads too: a draft is sent, a question is answered.

    Raises:
        RuleBroken: 'illegal_move' when the request does not stand there.
    """
    if here != wanted:
        raise RuleBroken("illegal_move")


def check_extract(fields: Mapping[str, str], reason: str) -> None:
    """Refuse more than the minimum without a reason.

    Raises:
        RuleBroken: 'funding_extract_reason'.
    """
    if set(fields) - MINIMUM and not reason.strip():
        raise RuleBroken("funding_extract_reason")
