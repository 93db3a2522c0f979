"""The rules of a referral: its states, the nine answers, who goes first, and what the referrer may hear."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any, ClassVar, Final
from uuid import UUID

from gib.core.kernel.dates import add_working_days, age_on
from gib.core.kernel.events import Event
from gib.core.kernel.flow import Flow, steps
from gib.core.kernel.rules import RuleBroken, declare


class State(StrEnum):
    """Where a referral stands. Late and urgent are derived."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    INTAKE_PLANNED = "intake_planned"
    INTAKE_DONE = "intake_done"
    CONVERTED = "converted"
    DECLINED = "declined"
    NO_TRAJECTORY = "no_trajectory"
    OVERTAKEN = "overtaken"


FLOW: Final = Flow(
    State.DRAFT,
    steps(
        {
            State.DRAFT: (State.SUBMITTED,),
            State.SUBMITTED: (State.ACCEPTED, State.RETURNED, State.DECLINED, State.OVERTAKEN),
            State.RETURNED: (State.SUBMITTED, State.DECLINED, State.OVERTAKEN),
            State.ACCEPTED: (State.INTAKE_PLANNED, State.DECLINED, State.NO_TRAJECTORY, State.OVERTAKEN),
            State.INTAKE_PLANNED: (
                *(State.INTAKE_PLANNED, State.ACCEPTED, State.INTAKE_DONE),
                *(State.NO_TRAJECTORY, State.OVERTAKEN),
            ),
            State.INTAKE_DONE: (State.CONVERTED, State.NO_TRAJECTORY),
        }
    ),
)
#: The coordinator has something to do.
WAITING: Final = frozenset({State.SUBMITTED, State.ACCEPTED})
#: No talk was held yet: the clock of the first talk runs, and a release overtakes the referral.
BEFORE_TALK: Final = WAITING | {State.INTAKE_PLANNED}
#: The referrer may still write.
WRITABLE: Final = frozenset({State.DRAFT, State.RETURNED})


class Channel(StrEnum):
    """By whom a mother came to us."""

    MMD = "mmd"
    TB = "tb"
    SAFETY_HOUSE = "safety_house"
    SELF = "self"
    MOEDER_DE_GANS = "moeder_de_gans"
    OTHER = "other"


class Children(StrEnum):
    """What is known of her children at referral; mothers often keep silent about them at first."""

    YES = "yes"
    NUMBER = "number"
    UNKNOWN = "unknown"


class DeclineReason(StrEnum):
    """Why a referral is not taken on."""

    NO_CHILDREN = "no_children"
    NOT_WILLING = "not_willing"
    NO_CAPACITY = "no_capacity"
    OUTSIDE_SCOPE = "outside_scope"
    ALREADY_KNOWN = "already_known"


class EndReason(StrEnum):
    """Why no trajectory followed."""

    INFORMATION_ONLY = "information_only"
    MOTHER_REFUSES = "mother_refuses"
    RELEASED_FIRST = "released_first"


class Overtaking(StrEnum):
    """What came before the first talk."""

    RELEASED = "released"
    TRANSFERRED = "transferred"


class StatusWord(StrEnum):
    """All that a referrer hears after sending (DJI-02, invariant 12)."""

    DRAFT = "draft"
    RECEIVED = "received"
    ASKED = "asked"
    PLANNED = "planned"
    STARTED = "started"
    NOT_STARTED = "not_started"


class Urgency(StrEnum):
    """How soon she may be gone; the order of the members is the order of the queue."""

    NOW = "now"
    SOON = "soon"
    UNKNOWN = "unknown"
    LATER = "later"


#: Defaults; an installation overrides each by a dated legal value of the same key. Source: domain page 1.1.
NORMS: Final = {"first_talk_days": 5, "urgent_days": 7, "soon_days": 28}
YOUNGEST, OLDEST = 12, 100

declare(
    {
        "name_missing": "Vul de roepnaam en de achternaam in.",
        "birth_missing": "Vul de geboortedatum in. Weet u die niet? Dan is het jaar genoeg.",
        "birth_implausible": "Deze geboortedatum kan niet kloppen. Kijk het jaar na.",
        "unit_missing": "Vul in op welke afdeling zij zit.",
        "consent_not_seen": "Zonder haar ja kunnen wij niet beginnen. Vul in wanneer zij ja zei.",
        "consent_in_future": "De dag waarop zij ja zei, ligt in de toekomst. Kijk de datum na.",
        "children_unanswered": "Vul in of zij kinderen heeft. Weet u het niet? Kies dan: weet ik niet.",
        "release_in_past": "De dag waarop zij vrijkomt, is al voorbij. Kijk de datum na of laat hem leeg.",
        "question_missing": "Schrijf op wat u van de verwijzer wilt weten.",
        "talk_in_past": "Deze dag is al voorbij. Kies een dag vanaf vandaag.",
        "not_before": "Zij wil niet dat wij haar benaderen voor {day}. Kies een latere dag.",
        "not_after_talk": "Deze reden kan pas na het gesprek met haar.",
        "team_missing": "Deze inrichting heeft nu geen coördinator van Gezin in Balans. Kies een andere.",
    }
)


@dataclass(frozen=True, kw_only=True)
class Answers:
    """What a referrer knows and asks, for one referral: five answers must be there, four may stay empty.

    `born_on` or `birth_year` is enough. `prison` is a code, empty for the institution of the referrer.
    """

    first_name: str = ""
    last_name: str = ""
    born_on: date | None = None
    birth_year: int | None = None
    unit: str = ""
    consent_seen_on: date | None = None
    children: Children | None = None
    children_count: int | None = None
    expected_on: date | None = None
    expected_source: str = ""
    language: str = ""
    wish: str = ""
    call_back: str = ""
    words_reason: str = ""
    referrer_name: str = ""
    channel: Channel = Channel.OTHER
    prison: str = ""


#: What a referrer may strike out on the check page, as name -> the emptied fields.
OPTIONAL: Final[Mapping[str, Mapping[str, Any]]] = {
    "expected_on": {"expected_on": None, "expected_source": ""},
    "language": {"language": ""},
    "wish": {"wish": ""},
    "call_back": {"call_back": ""},
}


def without(answers: Answers, struck: Iterable[str]) -> Answers:
    """Leave out what the referrer struck out before sending; a required answer cannot be struck out."""
    for name in struck:
        answers = replace(answers, **OPTIONAL.get(name, {}))
    return answers


def check_submit(answers: Answers, on: date) -> None:
    """Allow sending: the five required answers are there and can be true.

    Raises:
        RuleBroken: 'name_missing', 'birth_missing', 'birth_implausible', 'unit_missing', 'consent_not_seen'
            (DJI-01), 'consent_in_future', 'children_unanswered', 'release_in_past'.
    """
    year = answers.born_on.year if answers.born_on else answers.birth_year
    checks = {
        "name_missing": not (answers.first_name and answers.last_name),
        "birth_missing": year is None,
        "birth_implausible": year is not None and not _plausible(answers, year, on),
        "unit_missing": not answers.unit,
        "consent_not_seen": answers.consent_seen_on is None,
        "consent_in_future": answers.consent_seen_on is not None and answers.consent_seen_on > on,
        "children_unanswered": answers.children is None,
        "release_in_past": answers.expected_on is not None and answers.expected_on < on,
    }
    for code, is_broken in checks.items():
        if is_broken:
            raise RuleBroken(code)


def _plausible(answers: Answers, year: int, on: date) -> bool:
    age = age_on(answers.born_on, on) if answers.born_on else on.year - year
    return YOUNGEST <= age <= OLDEST


def check_question(question: str) -> None:
    """Allow sending a referral back with a question.

    Raises:
        RuleBroken: 'question_missing'.
    """
    if not question.strip():
        raise RuleBroken("question_missing")


def check_plan(planned_on: date, not_before_on: date | None, on: date) -> None:
    """Allow a first talk on a day: not in the past, and not before the day that she asked for.

    Raises:
        RuleBroken: 'talk_in_past', 'not_before'.
    """
    if planned_on < on:
        raise RuleBroken("talk_in_past")
    if not_before_on is not None and planned_on < not_before_on:
        raise RuleBroken("not_before", day=not_before_on)


def check_end(state: State | str, reason: EndReason) -> None:
    """Allow ending without a trajectory; a mother may refuse before the talk, the other reasons need one.

    Raises:
        RuleBroken: 'not_after_talk'.
    """
    if State(state) is not State.INTAKE_DONE and reason is not EndReason.MOTHER_REFUSES:
        raise RuleBroken("not_after_talk")


_WORDS: Final = {
    State.DRAFT: StatusWord.DRAFT,
    State.SUBMITTED: StatusWord.RECEIVED,
    State.ACCEPTED: StatusWord.RECEIVED,
    State.RETURNED: StatusWord.ASKED,
    State.INTAKE_PLANNED: StatusWord.PLANNED,
    State.INTAKE_DONE: StatusWord.PLANNED,
    State.CONVERTED: StatusWord.STARTED,
}


def status_word(state: State | str, is_attached: bool = False) -> StatusWord:
    """Say to a referrer how far it is, and nothing about what she told.

    Args:
        is_attached: the mother has a dossier already and the referral was laid in it: help runs.
    """
    return StatusWord.STARTED if is_attached else _WORDS.get(State(state), StatusWord.NOT_STARTED)


def days_left(expected_on: date | None, on: date) -> int | None:
    """Count the days until she is expected to leave; empty when nobody knows, below 0 when it passed."""
    return None if expected_on is None else (expected_on - on).days


def urgency(expected_on: date | None, on: date, terms: Mapping[str, int] = NORMS) -> Urgency:
    """Tell the coordinator how soon a mother may be gone before anybody spoke with her."""
    left = days_left(expected_on, on)
    if left is None:
        return Urgency.UNKNOWN
    if left <= terms["urgent_days"]:
        return Urgency.NOW
    return Urgency.SOON if left <= terms["soon_days"] else Urgency.LATER


def queue_place(
    expected_on: date | None, submitted_on: date | None, on: date, terms: Mapping[str, int] = NORMS
) -> tuple[int, date, date]:
    """Give the place in the queue: by days left; an unknown day comes after what is soon, oldest first."""
    order, since = list(Urgency).index(urgency(expected_on, on, terms)), submitted_on or on
    return order, expected_on or since, since


def talk_due_on(submitted_on: date, days: int = NORMS["first_talk_days"]) -> date:
    """Give the last day for the first talk, in working days after the referral arrived."""
    return add_working_days(submitted_on, days)


def is_overdue(state: State | str, submitted_on: date | None, on: date, days: int) -> bool:
    """Tell whether the first talk should have been held; while the referrer must answer, it is not late."""
    return submitted_on is not None and state in BEFORE_TALK and on > talk_due_on(submitted_on, days)


@dataclass(frozen=True, kw_only=True)
class ReferralEvent(Event):
    """What all these events carry: the referral that they are about."""

    referral_id: UUID


@dataclass(frozen=True, kw_only=True)
class DraftBegun(ReferralEvent):
    """A referrer began to write."""

    sentence: ClassVar[str] = "Iemand begon uw aanmelding te schrijven."
    channel: Channel


@dataclass(frozen=True, kw_only=True)
class Submitted(ReferralEvent):
    """A referral was sent."""

    sentence: ClassVar[str] = "U bent bij ons aangemeld."
    channel: Channel
    consent_seen_on: date


@dataclass(frozen=True, kw_only=True)
class Returned(ReferralEvent):
    """The coordinator asked the referrer something."""

    sentence: ClassVar[str] = "De coördinator stelde een vraag over uw aanmelding."


@dataclass(frozen=True, kw_only=True)
class Resubmitted(ReferralEvent):
    """The referrer answered."""

    sentence: ClassVar[str] = "De vraag over uw aanmelding is beantwoord."


@dataclass(frozen=True, kw_only=True)
class Accepted(ReferralEvent):
    """The coordinator took the referral on."""

    sentence: ClassVar[str] = "De coördinator wil graag met u praten."


@dataclass(frozen=True, kw_only=True)
class Declined(ReferralEvent):
    """The referral was not taken on."""

    sentence: ClassVar[str] = "Uw aanmelding is niet doorgegaan."
    reason: DeclineReason


@dataclass(frozen=True, kw_only=True)
class Attached(ReferralEvent):
    """A second referral was laid in the dossier that exists already."""

    sentence: ClassVar[str] = "U bent nog een keer aangemeld. Wij houden één dossier."


@dataclass(frozen=True, kw_only=True)
class IntakePlanned(ReferralEvent):
    """A first talk has a day."""

    sentence: ClassVar[str] = "Er is een gesprek met u afgesproken."
    planned_on: date


@dataclass(frozen=True, kw_only=True)
class IntakeDropped(ReferralEvent):
    """The planned talk did not go on; a new day is needed."""

    sentence: ClassVar[str] = "Het gesprek ging niet door. Wij zoeken een nieuwe dag."


@dataclass(frozen=True, kw_only=True)
class IntakeDone(ReferralEvent):
    """The intake is complete."""

    sentence: ClassVar[str] = "Wij hebben uw wensen samen opgeschreven."


@dataclass(frozen=True, kw_only=True)
class Converted(ReferralEvent):
    """A trajectory followed."""

    sentence: ClassVar[str] = "Uit uw aanmelding is een traject gekomen."


@dataclass(frozen=True, kw_only=True)
class EndedWithoutTrajectory(ReferralEvent):
    """No trajectory followed."""

    sentence: ClassVar[str] = "Uw aanmelding is gestopt zonder traject."
    reason: EndReason
    not_before_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Overtaken(ReferralEvent):
    """She left before anybody spoke with her."""

    sentence: ClassVar[str] = "U was al weg voordat wij elkaar spraken."
    reason: Overtaking
