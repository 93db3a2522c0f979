"""The ladder of a search as its page shows it: each rung with its day, and what was tried."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from gib.care.trajectory import words
from gib.care.trajectory.domain.outreach import LADDER, Rung, next_rung
from gib.care.trajectory.models import Outreach, OutreachAttempt, norm, search_of
from gib.core.access.actor import Actor
from gib.core.ui.words import day


@dataclass(frozen=True)
class RungLine:
    """One rung: what it asks, how it stands and from which day."""

    words: str
    state: str
    when: str


@dataclass(frozen=True)
class AttemptLine:
    """One attempt that was made."""

    words: str
    state: str
    when: str
    note: str


def ladder_page(actor: Actor, trajectory_id: Any, on: date) -> dict[str, Any]:
    """Gather what the page of a search shows: the newest one, with every attempt of it."""
    rows = Outreach.visible_to(actor, on).filter(trajectory_id=trajectory_id)
    row: Any = rows.order_by("-from_on", "-id").first()
    attempts = list(OutreachAttempt.visible_to(actor, on).filter(outreach_id=row.id)) if row else []
    is_open = row is not None and row.to_on is None
    return {
        "is_open": is_open,
        "rungs": _rungs(row if is_open else None, attempts, on),
        "attempts": [_attempt(each) for each in _in_order(attempts)],
        "state": _standing(row, on),
        "tried_all": is_open and next_rung(search_of(row, attempts).tried) is None,
    }


def _rungs(row: Any, attempts: list[Any], on: date) -> list[RungLine]:
    """List the rungs with the outcome of the last attempt on each, or from when it is tried."""
    last = {each.rung: each for each in _in_order(attempts)} if row else {}
    now = next_rung([Rung(rung) for rung in last])
    from_on = row.from_on if row else on
    return [_rung(rung, last.get(rung), now, from_on + timedelta(days=LADDER[rung]), on) for rung in LADDER]


def _rung(rung: Rung, tried: Any, now: Rung | None, due_on: date, on: date) -> RungLine:
    told = str(words.RUNGS[rung])
    if tried is not None:
        return RungLine(told, f"attempt.{tried.outcome}", day(tried.tried_on))
    state = "now" if rung is now and due_on <= on else "ahead"
    return RungLine(told, f"attempt.{state}", _("vanaf %(day)s") % {"day": day(due_on)})


def _in_order(attempts: Iterable[Any]) -> list[Any]:
    order = list(LADDER)
    return sorted(attempts, key=lambda each: (each.tried_on, order.index(Rung(each.rung))))


def _attempt(row: Any) -> AttemptLine:
    return AttemptLine(str(words.RUNGS[row.rung]), f"attempt.{row.outcome}", day(row.tried_on), row.note)


def _standing(row: Any, on: date) -> str:
    """Say since when we look for her and until when at least, or how the last search ended."""
    if row is None:
        return _("Nog geen poging.")
    if row.to_on:
        return (
            _("De vorige keer duurde tot %(day)s.") % {"day": day(row.to_on)} + f" {words.FOUND[row.found]}"
        )
    until = row.from_on + timedelta(days=norm("outreach_days", on))
    return _("Sinds %(from)s. Wij proberen het in elk geval tot %(until)s.") % {
        "from": day(row.from_on),
        "until": day(until),
    }
