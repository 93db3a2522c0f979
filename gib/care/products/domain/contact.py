"""A visit or other contact: from plan to short account, and every way in which it may not take place."""

from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from gib.core.kernel.flow import Flow, steps
from gib.core.kernel.rules import RuleBroken, declare


class State(StrEnum):
    """Where a contact stands."""

    PLANNED = "planned"
    CONFIRMED = "confirmed"
    CLEARED = "cleared"
    HELD = "held"
    LOGGED = "logged"
    CANCELLED_MOTHER = "cancelled_mother"
    CANCELLED_VOLUNTEER = "cancelled_volunteer"
    CANCELLED_PRISON = "cancelled_prison"
    CANCELLED_CAREGIVER = "cancelled_caregiver"
    NO_SHOW = "no_show"
    REFUSED_AT_GATE = "refused_at_gate"
    OVERTAKEN = "overtaken"


CANCELLED: Final = (
    State.CANCELLED_MOTHER,
    State.CANCELLED_VOLUNTEER,
    State.CANCELLED_PRISON,
    State.CANCELLED_CAREGIVER,
)
#: Outcomes that are known only on the day itself.
MISSED: Final = (State.NO_SHOW, State.REFUSED_AT_GATE)
_AFTER: Final = (State.HELD, *CANCELLED, *MISSED, State.OVERTAKEN)
FLOW: Final = Flow(
    State.PLANNED,
    steps(
        {
            State.PLANNED: (State.CONFIRMED, State.CLEARED, *_AFTER),
            State.CONFIRMED: (State.CLEARED, *_AFTER),
            State.CLEARED: _AFTER,
            State.HELD: (State.LOGGED,),
        }
    ),
    corrections=steps(
        {
            # Before she left that day, it may have taken place.
            State.OVERTAKEN: (State.HELD,),
            # On another day everybody is asked anew.
            State.CONFIRMED: (State.PLANNED,),
            State.CLEARED: (State.PLANNED,),
        }
    ),
)
#: It still lies ahead, or nobody has said yet how it went.
AHEAD: Final = frozenset({State.PLANNED, State.CONFIRMED, State.CLEARED})
TOOK_PLACE: Final = frozenset({State.HELD, State.LOGGED})


class Kind(StrEnum):
    """What sort of contact it is."""

    PRISON_VISIT = "prison_visit"
    HOME_VISIT = "home_visit"
    OUTSIDE = "outside"
    PHONE = "phone"
    COACH_TALK = "coach_talk"
    TALK = "talk"


#: Contacts for which she must be free.
AT_HOME: Final = frozenset({Kind.HOME_VISIT, Kind.OUTSIDE})
#: Contacts for which the visitor must be on the list of the prison.
IN_PRISON: Final = frozenset({Kind.PRISON_VISIT, Kind.COACH_TALK})


class Cancelled(StrEnum):
    """Which side called it off."""

    MOTHER = "mother"
    VOLUNTEER = "volunteer"
    PRISON = "prison"
    CAREGIVER = "caregiver"


class Reason(StrEnum):
    """Why it did not take place; "not said" is always allowed."""

    NOT_SAID = "not_said"
    ILL = "ill"
    COURT = "court"
    ISOLATION = "isolation"
    WORK = "work"
    TRANSPORT = "transport"
    STAFF_SHORTAGE = "staff_shortage"
    LOCKDOWN = "lockdown"
    CELL_SEARCH = "cell_search"
    MOVED = "moved"
    RELEASED = "released"
    ID_MISSING = "id_missing"
    PERMIT_EXPIRED = "permit_expired"
    DETECTION = "detection"
    FORGOTTEN = "forgotten"
    OTHER = "other"


class Theme(StrEnum):
    """What a contact was about; never an offence, a diagnosis or what somebody else said."""

    CHILDREN = "children"
    UPBRINGING = "upbringing"
    RELATIONS = "relations"
    HEALTH = "health"
    MONEY = "money"
    HOUSING = "housing"
    WORK = "work"
    LANGUAGE = "language"
    PRISON_LIFE = "prison_life"
    RELEASE = "release"
    ORDINARY = "ordinary"


declare(
    {
        "visit_in_past": "Deze dag is al voorbij. Schrijf op hoe het bezoek ging, of kies een latere dag.",
        "visit_in_future": "Deze dag moet nog komen. Opschrijven kan pas op de dag zelf.",
        "minutes_out_of_range": "Vul een duur in van 5 minuten tot 12 uur.",
        "mood_out_of_range": "Kies een van de vijf gezichten.",
        "before_match": "Op die dag kenden zij elkaar nog niet.",
        "clearing_outside": "Alleen een bezoek in een gevangenis komt op de lijst van de gevangenis.",
        "overtaken": "Dit viel weg voordat het zover was. Het kan dus niet zijn geweest.",
        "log_missing": "Dit bezoek heeft nog geen verslag.",
    }
)


def check_planned(planned_on: date, on: date) -> None:
    """Allow a day for a visit that is still to come.

    Raises:
        RuleBroken: 'visit_in_past'.
    """
    if planned_on < on:
        raise RuleBroken("visit_in_past")


def check_happened(on_day: date, on: date) -> None:
    """Allow telling how a visit went from the day itself.

    Raises:
        RuleBroken: 'visit_in_future'.
    """
    if on_day > on:
        raise RuleBroken("visit_in_future")


def check_before_leaving(planned_on: date | None, left_on: date | None) -> None:
    """Allow telling what took place, although it was overtaken: it was on the day she left, before she went.

    Raises:
        RuleBroken: 'overtaken' when it would have been on a later day.
    """
    if not was_before_leaving(planned_on, left_on):
        raise RuleBroken("overtaken")


def was_before_leaving(planned_on: date | None, left_on: date | None) -> bool:
    """Tell whether what was overtaken may have taken place all the same: on the day itself, before it."""
    return planned_on is not None and left_on is not None and planned_on <= left_on


def check_minutes(minutes: int) -> None:
    """Allow a duration: 5 to 720 minutes.

    Raises:
        RuleBroken: 'minutes_out_of_range'.
    """
    if not 5 <= minutes <= 720:
        raise RuleBroken("minutes_out_of_range")


def check_log(held_on: date, known_since: date | None, minutes: int, mood: int | None, on: date) -> None:
    """Allow a short account of a contact.

    Args:
        held_on: the day; `known_since`: the day they met, when it is a contact of a match.
        minutes: 5 to 720.
        mood: 1 (heavy) to 5 (very good), or nothing.
        on: today.

    Raises:
        RuleBroken: 'visit_in_future', 'before_match', 'minutes_out_of_range', 'mood_out_of_range'.
    """
    check_happened(held_on, on)
    if known_since is not None and held_on < known_since:
        raise RuleBroken("before_match")
    check_minutes(minutes)
    if mood is not None and not 1 <= mood <= 5:
        raise RuleBroken("mood_out_of_range")


def check_clear(kind: Kind) -> None:
    """Allow that the prison puts a visitor on its list.

    Raises:
        RuleBroken: 'clearing_outside'.
    """
    if kind not in IN_PRISON:
        raise RuleBroken("clearing_outside")


def cancelled_by(side: Cancelled) -> State:
    """Give the state for the side that called it off."""
    return State(f"cancelled_{side}")


def log_overdue(state: State, day: date | None, on: date, days: int) -> bool:
    """Tell whether a visit of `day` should have had an account by now, or a word on why it failed."""
    return day is not None and state in AHEAD | {State.HELD} and on > day + timedelta(days=days)
