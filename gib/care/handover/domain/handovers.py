"""A warm handover to regular help: a loop that ends when help has really begun, never with a sent letter."""

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from gib.core.kernel.flow import Flow, steps
from gib.core.kernel.rules import RuleBroken, declare

declare(
    {
        "handover_not_discussed": "Bespreek dit eerst met haar. Zonder gesprek dragen wij niet over.",
        "handover_open": "Voor deze organisatie loopt al een overdracht.",
        "handover_provider": "Deze organisatie staat niet meer in de lijst. Kies een andere.",
        "handover_consent": "Zij gaf geen toestemming om dit met deze organisatie te delen.",
        "handover_no_worker": "Vul in wie haar daar ontvangt. Een warme overdracht gaat naar een mens.",
        "handover_extract_empty": "Er is niets om te versturen. Schrijf in elk geval de vraag op.",
        "handover_appointment_past": "De eerste afspraak ligt voor vandaag.",
        "handover_in_future": "Deze dag ligt in de toekomst. Leg vast wat al is gebeurd.",
        "handover_check_early": "Kijk dit na op of na {due}. Dan weet u of de hulp echt loopt.",
        "handover_weeks": "Vul in hoeveel weken zij moet wachten.",
        "handover_not_let_go": "Zij is niet losgelaten. Begin bij een signaal.",
    }
)


class State(StrEnum):
    """What a person did. Silent, waiting too long and due for a check are derived."""

    PREPARED = "prepared"
    CONSENTED = "consented"
    SENT = "sent"
    ACCEPTED = "accepted"
    FIRST_CONTACT = "first_contact"
    CONFIRMED = "confirmed"
    WAITING_LIST = "waiting_list"
    DECLINED = "declined"
    RETURNED = "returned"


_FAILS: Final = (State.DECLINED, State.RETURNED)

FLOW: Final = Flow(
    State.PREPARED,
    steps(
        {
            State.PREPARED: (State.CONSENTED, State.DECLINED),
            State.CONSENTED: (State.SENT, State.DECLINED),
            State.SENT: (State.ACCEPTED, State.WAITING_LIST, *_FAILS),
            State.WAITING_LIST: (State.ACCEPTED, *_FAILS),
            State.ACCEPTED: (State.FIRST_CONTACT, State.WAITING_LIST, *_FAILS),
            State.FIRST_CONTACT: (State.CONFIRMED, *_FAILS),
        }
    ),
)

#: It waits for the organisation.
WAITING: Final = frozenset({State.SENT, State.WAITING_LIST})
#: An organisation took it on, and nobody checked yet.
BEGUN: Final = frozenset({State.ACCEPTED, State.FIRST_CONTACT})


class Side(StrEnum):
    """Who says no: the mother or the organisation."""

    MOTHER = "mother"
    PROVIDER = "provider"


class Ground(StrEnum):
    """Why help did not begin."""

    NOT_WANTED = "not_wanted"
    NOT_FITTING = "not_fitting"
    FULL = "full"
    NOT_RESIDENT = "not_resident"
    NO_SHOW = "no_show"
    OTHER = "other"


#: Weeks; a dated legal value of the same key goes before it.
NORMS: Final = {"handover_silence": 2}


def check_discussed(is_discussed: bool) -> None:
    """Let a handover begin only after she was asked.

    Raises:
        RuleBroken: 'handover_not_discussed'.
    """
    if not is_discussed:
        raise RuleBroken("handover_not_discussed")


def check_send(has_consent: bool, worker: str, extract: Mapping[str, str]) -> None:
    """Let something leave the house only with a consent that holds now, for a person, and with content.

    Raises:
        RuleBroken: 'handover_consent' (invariant 9), 'handover_no_worker', 'handover_extract_empty'.
    """
    if not has_consent:
        raise RuleBroken("handover_consent")
    if not worker.strip():
        raise RuleBroken("handover_no_worker")
    if not any(text.strip() for text in extract.values()):
        raise RuleBroken("handover_extract_empty")


def check_appointment(appointment_on: date, on: date) -> None:
    """Let a first appointment lie today or later.

    Raises:
        RuleBroken: 'handover_appointment_past'.
    """
    if appointment_on < on:
        raise RuleBroken("handover_appointment_past")


def check_happened(happened_on: date, on: date) -> None:
    """Let something be recorded only when it has happened.

    Raises:
        RuleBroken: 'handover_in_future'.
    """
    if happened_on > on:
        raise RuleBroken("handover_in_future")


def check_weeks(weeks: int) -> None:
    """Let a waiting list have a length.

    Raises:
        RuleBroken: 'handover_weeks'.
    """
    if weeks < 1:
        raise RuleBroken("handover_weeks")


def check_due(first_contact_on: date, weeks: int) -> date:
    """Give the day on which to look whether help really goes on."""
    return first_contact_on + timedelta(weeks=weeks)


def check_confirm(first_contact_on: date, weeks: int, on: date) -> None:
    """Refuse to call help begun before it could prove itself.

    Raises:
        RuleBroken: 'handover_check_early' with the day.
    """
    due = check_due(first_contact_on, weeks)
    if on < due:
        raise RuleBroken("handover_check_early", due=due)


def waits_until(state: str, sent_on: date | None, waits_on: date | None, weeks: int) -> date | None:
    """Give the last day on which silence is in order; None when nobody waits for the organisation.

    Args:
        waits_on: the day on which the waiting list should end.
        weeks: how long an organisation may be silent after a letter was sent.
    """
    if state == State.WAITING_LIST:
        return waits_on
    return sent_on + timedelta(weeks=weeks) if state == State.SENT and sent_on else None


def look_on(
    state: str, appointment_on: date | None, first_contact_on: date | None, weeks: int
) -> date | None:
    """Give the day from which somebody looks: whether the first talk was held, and whether help goes on.

    Args:
        weeks: how long after the first talk help is checked.
    """
    if state == State.ACCEPTED and appointment_on:
        return appointment_on + timedelta(days=1)
    return check_due(first_contact_on, weeks) if state == State.FIRST_CONTACT and first_contact_on else None
