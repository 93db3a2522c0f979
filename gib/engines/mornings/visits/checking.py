"""Whether the parts of a calendar fit each other: known ids, nobody twice, times and days in order."""

from collections.abc import Iterator

from gib.core.kernel.reading import Fault, ProblemRefused, duplicates, parsed, read, unknown
from gib.engines.mornings.visits.problem import Calendar, Pair


def load(text: str) -> Calendar:
    """Read a calendar from the text of a JSON file.

    Raises:
        ProblemRefused: with every fault, each by its JSON path.
    """
    calendar: Calendar = read(Calendar, parsed(text))
    check(calendar)
    return calendar


def check(calendar: Calendar) -> None:
    """Refuse a calendar whose parts do not fit each other.

    Raises:
        ProblemRefused: with every fault, each by its JSON path.
    """
    checks = (_twice, _days, _slots, _pairs, _away)
    if faults := [fault for find in checks for fault in find(calendar)]:
        raise ProblemRefused(faults)


def _twice(calendar: Calendar) -> Iterator[Fault]:
    yield from duplicates([one.id for one in calendar.slots], "$.slots[{}].id", "slot")
    yield from duplicates([one.id for one in calendar.pairs], "$.pairs[{}].id", "pair")
    yield from duplicates([one.mother for one in calendar.pairs], "$.pairs[{}].mother", "mother")


def _days(calendar: Calendar) -> Iterator[Fault]:
    if calendar.from_on.weekday():
        yield Fault("$.from_on", "must be a Monday")
    if calendar.fortnights > 26:
        yield Fault("$.fortnights", "must be at most 26, a year")


def _slots(calendar: Calendar) -> Iterator[Fault]:
    for at, one in enumerate(calendar.slots):
        if one.ends_at <= one.starts_at:
            yield Fault(f"$.slots[{at}].ends_at", "must lie after starts_at")


def _pairs(calendar: Calendar) -> Iterator[Fault]:
    known = {one.id for one in calendar.slots}
    for at, pair in enumerate(calendar.pairs):
        for number, name in enumerate(pair.slots):
            yield from unknown(known, name, f"$.pairs[{at}].slots[{number}]", "slot")
        yield from _rhythm(pair, f"$.pairs[{at}].rhythm")


def _rhythm(pair: Pair, path: str) -> Iterator[Fault]:
    if pair.rhythm:
        yield from unknown(pair.slots, pair.rhythm.slot, f"{path}.slot", "slot at which both can")
        if pair.rhythm.week > 2:
            yield Fault(f"{path}.week", "must be 1 or 2, the week of the fortnight")


def _away(calendar: Calendar) -> Iterator[Fault]:
    people = {name for pair in calendar.pairs for name in (pair.mother, pair.volunteer)}
    known = people | {one.prison for one in calendar.slots}
    for at, one in enumerate(calendar.away):
        yield from unknown(known, one.id, f"$.away[{at}].id", "mother, volunteer or prison")
        if one.to_on and one.to_on < one.from_on:
            yield Fault(f"$.away[{at}].to_on", "lies before from_on")
