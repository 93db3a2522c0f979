"""The figures rebuilt from the journal alone."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, Final

from gib.care.aftercare.domain import GIVEN, USES, is_silent
from gib.care.aftercare.domain import State as Asked
from gib.care.trajectory.domain import CloseReason
from gib.core.access import rls
from gib.core.journal.models import Happening
from gib.core.kernel.dates import Period
from gib.insight.reporting.domain import Cells, Figure, Group, Report, Total, report_of
from gib.insight.reporting.models import book
from gib.insight.reporting.models.book import Ledger, Span

_PURPOSE: Final = "figures"
#: Figure -> what it counts by the day on which that began.
_BEGUN: Final = {
    Figure.REFERRALS: "referral",
    Figure.TALKS: "talk",
    Figure.FIRST_TALKS: "first_talk",
    Figure.TRAJECTORIES: "trajectory",
    Figure.STARTS: "part",
    Figure.MATCHES: "match",
    Figure.CONTACTS: "contact",
}
_FAILED: Final = (Asked.LET_GO, Asked.GRANTED_ALTERNATIVE)
#: A code, who it is about and how much it counts.
Told = tuple[str, Any, int]


def from_journal(days: Period, on: date) -> Report:
    """Count every figure over some days from the acts alone, as the house."""
    told = journal_cells(days, on)[0]
    return {key: number for key, number in report_of(told).items() if number or key[0] is Group.YEAR}


def journal_cells(days: Period, on: date) -> tuple[Cells, Cells]:
    """Count from the acts alone what `cells` and `gap` count from the rows, in this order."""
    with rls.system(_PURPOSE, on):
        rows = Happening.for_house(_PURPOSE, on).filter(name__in=sorted(book.TOLD))
        ledger = Ledger().read(rows.order_by("chain_id", "position").iterator())
    asked = list(_gap(ledger, days, on))
    whole = [*_whole(ledger, days), *((figure, whose, 1) for figure, _code, whose in asked)]
    groups = [(group, key, whose) for group, told in _groups(ledger, days) for key, whose in told]
    counted: Counter[tuple[str, str, int]] = Counter()
    for figure, whose, number in whole:
        counted[Group.YEAR, figure, ledger.teams[whose]] += number
    counted.update((group, key, ledger.teams[whose]) for group, key, whose in groups)
    return counted, Counter((figure, code, ledger.teams[whose]) for figure, code, whose in asked)


def _whole(ledger: Ledger, days: Period) -> Iterator[Told]:
    yield from _persons(ledger, days)
    for each in _ended(ledger, "trajectory", days):
        yield Figure.CLOSED, each.whose, 1
    for figure, kind in _BEGUN.items():
        for each in _begun(ledger, kind, days):
            yield figure, each.whose, 1
    yield from _lengths(ledger, days)


def _lengths(ledger: Ledger, days: Period) -> Iterator[Told]:
    for each in _begun(ledger, "contact", days):
        yield Total.MINUTES, each.whose, each.facts["minutes"]
    for each in _begun(ledger, "first_talk", days):
        yield Total.TALK_DAYS, each.whose, each.facts["days"]
    for each in _begun(ledger, "part", days):
        if each.from_on:
            yield Total.START_DAYS, each.whose, (each.from_on - each.facts["wished_on"]).days


def _persons(ledger: Ledger, days: Period) -> Iterator[Told]:
    active = {dossier for (dossier, _what), day in ledger.active.items() if day is not None and day in days}
    matched = {each.facts["volunteer_id"] for each in _there(ledger, "match", days)}
    yield from ((Figure.MOTHERS, whose, 1) for whose in active)
    for each in _there(ledger, "child", days):
        yield Figure.CHILDREN, each.whose, int(each.whose in active)
    for each in _there(ledger, "volunteer", days):
        yield Figure.VOLUNTEERS, each.whose, 1
        yield Figure.ACTIVE_VOLUNTEERS, each.whose, int(each.whose in matched)


def _there(ledger: Ledger, kind: str, days: Period) -> list[Span]:
    return [each for each in ledger.spans[kind].values() if each.during(days)]


def _begun(ledger: Ledger, kind: str, days: Period) -> list[Span]:
    return [each for each in ledger.spans[kind].values() if each.from_on and each.from_on in days]


def _ended(ledger: Ledger, kind: str, days: Period) -> list[Span]:
    return [each for each in ledger.spans[kind].values() if each.to_on and each.to_on in days]


def _groups(ledger: Ledger, days: Period) -> Iterator[tuple[Group, Iterable[tuple[str, Any]]]]:
    parts = _there(ledger, "part", days)
    ended = [each for each in _ended(ledger, "part", days) if each.from_on]
    yield Group.PRODUCT, {(each.facts["product"], each.whose) for each in parts}
    yield Group.CHANNEL, {(each.facts["channel"], each.whose) for each in _begun(ledger, "referral", days)}
    yield Group.CLOSED, ((each.facts["reason"], each.whose) for each in _ended(ledger, "trajectory", days))
    yield Group.PART, ((each.facts["state"], each.whose) for each in ended)


def _gap(ledger: Ledger, days: Period, on: date) -> Iterator[tuple[str, str, Any]]:
    """Give figure, municipality and dossier of each request with an outcome, each let go, each child."""
    for each in _begun(ledger, "request", days):
        yield from ((figure, each.facts["municipality"], each.whose) for figure in _came_of(each, on))
    for each in _ended(ledger, "trajectory", days):
        if each.facts["reason"] == CloseReason.NOT_FUNDED:
            yield Figure.LET_GO, each.facts["municipality"], each.whose
    latest = _asked_last(ledger, days)
    for each in _there(ledger, "child", days):
        if each.whose in latest:
            yield Figure.CONCERNED, latest[each.whose], each.whose


def _asked_last(ledger: Ledger, days: Period) -> dict[Any, str]:
    """Give where was asked last for each mother."""
    dealt = [
        (each.from_on, str(key), each)
        for key, each in ledger.spans["request"].items()
        if each.from_on and each.from_on in days
    ]
    return {
        each.whose: each.facts["municipality"] for _on, _key, each in sorted(dealt, key=lambda one: one[:2])
    }


def _came_of(request: Span, on: date) -> Iterator[Figure]:
    state, ground = request.facts["state"], request.facts.get("ground", "")
    due_on = request.facts.get("due_on")
    late = is_silent(state, date.fromisoformat(due_on) if due_on else None, on)
    is_told = {
        Figure.ASKED: request.facts["is_sent"],
        Figure.GRANTED: state in GIVEN | USES,
        Figure.REFUSED: bool(ground),
        Figure.SILENT: late or state == Asked.NO_ANSWER or (state in _FAILED and not ground),
    }
    return (figure for figure, is_so in is_told.items() if is_so)
