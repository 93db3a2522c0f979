"""Visits as lines of a list, one visit with its account, and accounts that wait to be read."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from gib.care.products import words
from gib.care.products.domain.account import Account, accounts
from gib.care.products.domain.contact import (
    AHEAD,
    FLOW,
    IN_PRISON,
    Kind,
    State,
    Theme,
    log_overdue,
    was_before_leaving,
)
from gib.care.products.models import Contact, norm
from gib.care.products.presenting import names
from gib.core.access.tables import P
from gib.core.access.together import Steps, begin, in_steps
from gib.core.ui.words import day, hours
from gib.people.partners.models import legal_values
from gib.people.volunteers.domain.expenses import may_claim_day
from gib.people.volunteers.models.expenses import claimed

_MOST = 50


@dataclass(frozen=True)
class Where:
    """To which dossier, and perhaps which match, a page belongs."""

    dossier_id: UUID
    match_id: UUID | None


@dataclass(frozen=True)
class VisitLine:
    """One visit: when, what sort, how it stands and what was said."""

    id: UUID
    match_id: UUID | None
    when: str
    kind: str
    states: list[str]
    who: str
    note: str
    is_ahead: bool
    may_claim: bool


def in_match(match: Any) -> Where:
    """Say that a page belongs to a match."""
    return Where(match.dossier_id, match.id)


def in_dossier(dossier_id: UUID) -> Where:
    """Say that a page belongs to a dossier."""
    return Where(dossier_id, None)


def is_id(text: str) -> bool:
    """Tell whether a text from an address is an id."""
    try:
        return bool(UUID(text))
    except ValueError:
        return False


@in_steps
def lines(request: Any, rows: Iterable[Any]) -> Steps[list[VisitLine]]:
    """Give visits as lines, with the names of the volunteers in one query."""
    found = list(rows)
    days = norm("log_days", request.now.on)
    helpers = yield from begin(names.volunteers, request, [row.volunteer_id for row in found])
    open_to = _claimable(request, found)
    return [_line(row, helpers, days, request.now.on, row.id in open_to) for row in found]


def _claimable(request: Any, rows: list[Any]) -> set[UUID]:
    """Tell for which visits a volunteer may still ask back what they cost her."""
    on, held = request.now.on, [row for row in rows if row.held_on]
    if not (held and request.actor.may(P.CLAIM)):
        return set()
    months = legal_values(on).get("claim_months", 0)
    open_to = {row.id for row in held if may_claim_day(row.held_on, on, months)}
    return open_to - claimed(request.actor, open_to, on)


def _line(row: Any, helpers: dict[UUID, str], days: int, on: Any, may_claim: bool) -> VisitLine:
    late = log_overdue(State(row.state), row.held_on or row.planned_on, on, days)
    return VisitLine(
        id=row.id,
        match_id=row.match_id,
        when=_when(row),
        kind=str(words.KINDS[row.kind]),
        states=[f"visit.{row.state}", *["visit.log_overdue"] * late],
        who=helpers.get(row.volunteer_id, ""),
        note=row.note,
        is_ahead=row.state in AHEAD,
        may_claim=may_claim,
    )


def _when(row: Any) -> str:
    if row.held_on:
        return ", ".join(part for part in (day(row.held_on), hours(row.minutes)) if part)
    return f"{day(row.planned_on)} {row.planned_time:%H:%M}" if row.planned_time else day(row.planned_on)


def contact_page(request: Any, row: Any) -> dict[str, Any]:
    """Gather what the page of one visit shows."""
    state, kind = State(row.state), Kind(row.kind)
    mothers = names.mothers(request, [row.dossier_id])
    may_hold = _may_hold(row, state)
    steps = [
        ("bevestigen", _("Bevestig"), FLOW.may_move(state, State.CONFIRMED)),
        (
            "doorgeven",
            _("Inrichting weet ervan"),
            FLOW.may_move(state, State.CLEARED) and kind in IN_PRISON,
        ),
        ("gehouden", _("Het ging door"), may_hold),
    ]
    return {
        "row": row,
        "line": lines(request, [row])[0],
        "mother": mothers.get(row.dossier_id, ""),
        "facts": _facts(row),
        "later": _later(row),
        "steps": [(slug, verb) for slug, verb, is_open in steps if is_open],
        "may_log": may_hold or state is State.HELD,
        "may_move": state in AHEAD and _is_of_match(request, row),
        "may_read": state is State.LOGGED and row.volunteer_id and not row.read_on,
        "is_coordinator": request.actor.may(P.SEE_DOSSIER),
    }


def _is_of_match(request: Any, row: Any) -> bool:
    """Tell whether the reader plans for the match: whoever stands in takes a visit over as it is."""
    if row.match_id is None:
        return False
    return row.stand_in_id is None or bool(request.actor.may(P.SEE_DOSSIER))


def _may_hold(row: Any, state: State) -> bool:
    """Tell whether it may have taken place, also when it was overtaken later on that day."""
    if state is State.OVERTAKEN:
        return was_before_leaving(row.planned_on, row.outcome_on)
    return FLOW.may_move(state, State.HELD)


def _facts(row: Any) -> list[tuple[str, str]]:
    why = str(words.REASONS[row.reason]) if row.reason else ""
    facts = [(_("Plaats"), row.place), *_told(row), (_("Waarom niet"), why)]
    return [(label, text) for label, text in facts if text]


def _told(told: Any) -> list[tuple[str, str]]:
    """Give what an account says beside its note."""
    themes = [str(words.THEMES[Theme(theme)]) for theme in told.themes.split(",") if theme]
    facts = [
        (_("Hoe ging het"), str(words.MOODS[str(told.mood)]) if told.mood else ""),
        (_("Waar ging het over"), ", ".join(themes)),
        (_("Haar vraag voor de volgende keer"), told.next_question),
    ]
    return [(label, text) for label, text in facts if text]


def _later(row: Any) -> list[tuple[str, list[tuple[str, str]], str]]:
    return [_account(each) for each in accounts(row.later)]


def _account(told: Account) -> tuple[str, list[tuple[str, str]], str]:
    return f"{day(told.held_on)}, {hours(told.minutes)}", _told(told), told.note


def unread(request: Any) -> dict[str, Any]:
    """Give the accounts of her teams that nobody has read, oldest first: as many as the start page counts."""
    rows: Any = Contact.of_team(request.actor, request.now.on)
    found = list(rows.unread().order_by("held_on", "id")[:_MOST].unlocked())
    mothers = names.mothers(request, [row.dossier_id for row in found])
    told = [
        (line, mothers.get(row.dossier_id, ""))
        for line, row in zip(lines(request, found), found, strict=True)
    ]
    return {"told": told, "number": len(found)}
