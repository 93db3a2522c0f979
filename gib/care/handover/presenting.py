"""Needs and handovers as words for a page."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from gib.care.handover.domain import SIGNAL_FLOW, Decision, Ground, NeedKind, SignalState, Source, State
from gib.care.handover.models import due_of, norm
from gib.care.handover.wording import (
    DECISION_WORDS,
    FIELD_WORDS,
    GROUND_WORDS,
    KIND_WORDS,
    NEXT,
    SOURCE_WORDS,
)
from gib.core.ui import states
from gib.core.ui.words import day


def signal(row: Any, on: date, days: int) -> dict[str, Any]:
    """Write a signal with what can be done next; `days` is the term to weigh it, in working days."""
    state = signal_state(row, on, days)
    return {
        "kind": KIND_WORDS[NeedKind(row.kind)],
        "urgency": f"urgency.{row.urgency}",
        "state": state,
        "tone": states.find(state).tone,
        "when": day(row.raised_on),
        "source": SOURCE_WORDS[Source(row.source)],
        "words": row.words,
        "discussed": row.discussed,
        "decision": DECISION_WORDS[Decision(row.decision)] if row.decision else "",
        "steps": _signal_steps(row),
    }


def signal_state(row: Any, on: date, days: int) -> str:
    """Give the key of the state of a signal as people see it: late, or in the reporting code."""
    if row.state == SignalState.RAISED and on > due_of(row, days):
        return "signal.overdue"
    in_code = row.state == SignalState.TRIAGED and row.decision == Decision.SAFETY
    return "signal.in_code" if in_code else f"signal.{row.state}"


def _signal_steps(row: Any) -> list[tuple[str, Any]]:
    links: list[tuple[str, Any]] = []
    if row.state == SignalState.RAISED:
        links.append((reverse("handover:triage", args=[row.id]), _("Weeg")))
    if row.state == SignalState.TRIAGED and row.decision != Decision.SAFETY:
        links.append((reverse("handover:discuss", args=[row.id]), _("Besproken")))
    if row.state == SignalState.DISCUSSED and row.wants_help:
        links.append((reverse("handover:prepare_for", args=[row.dossier_id, row.id]), _("Draag over")))
    if SIGNAL_FLOW.may_move(row.state, SignalState.CLOSED) and row.decision != Decision.SAFETY:
        links.append((reverse("handover:close", args=[row.id]), _("Rond af")))
    return links


def weeks_on(on: date) -> tuple[int, int]:
    """Give how many weeks an organisation may be silent, and after how many help is checked."""
    return norm("handover_silence", on), norm("handover_check", on)


def state_of(row: Any, on: date, weeks: tuple[int, int]) -> str:
    """Give the key of the state of a handover as people see it: silent, or time for a check."""
    silent_after = row.silent_after(weeks[0])
    if silent_after and on > silent_after:
        return "handover.silent"
    check_on = row.check_on(weeks[1])
    return "handover.due" if check_on and on >= check_on else f"handover.{row.state}"


def handover(row: Any, on: date, weeks: tuple[int, int]) -> dict[str, Any]:
    """Write a handover with its loop and what can be done next; `weeks` as `weeks_on` gives them."""
    state = state_of(row, on, weeks)
    when = (
        (_("besproken"), row.discussed_on),
        (_("verstuurd"), row.sent_on),
        (_("afspraak"), row.first_appointment_on),
        (_("eerste gesprek"), row.first_contact_on),
        (_("nagekeken"), row.checked_on),
        (_("gestopt"), row.ended_on),
    )
    return {
        "title": str(row.provider or _("Geen andere hulp")),
        "state": state,
        "tone": states.find(state).tone,
        "icon": states.find(state).icon,
        "trail": ", ".join(f"{word} {day(on)}" for word, on in when if on),
        "worker": row.worker,
        "ground": GROUND_WORDS[Ground(row.ground)] if row.ground else "",
        "extract": [(FIELD_WORDS.get(name, name), text) for name, text in (row.extract or {}).items()],
        "steps": [
            (reverse(f"handover:{name}", args=[row.id]), word)
            for name, word in NEXT.get(State(row.state), ())
        ],
    }
