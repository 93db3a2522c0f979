"""Whether the parts of a problem fit each other: known ids, nobody twice, times in order, roads for all."""

from collections.abc import Iterator
from datetime import time
from itertools import pairwise
from typing import Final

from gib.core.kernel.problems import with_policy
from gib.core.kernel.reading import Fault, ProblemRefused, duplicates, parsed, read, unknown
from gib.engines.mornings.previous import previous_faults
from gib.engines.mornings.problem import Child, Driver, Home, Kind, Problem, Round, policy_on

#: The lists of a problem whose items have an id -> what one of them is.
NAMED: Final = {"rounds": "round", "families": "family", "drivers": "driver", "escorts": "escort"}


def problem_of(raw: object) -> Problem:
    """Read a problem from plain JSON values; without a policy that of the house on its day counts.

    Raises:
        ProblemRefused: with every fault, each by its JSON path.
    """
    problem: Problem = read(Problem, with_policy(raw, policy_on))
    check(problem)
    return problem


def load(text: str) -> Problem:
    """Read a problem from the text of a JSON file.

    Raises:
        ProblemRefused: also when the text is no JSON, or names a key twice.
    """
    return problem_of(parsed(text))


def check(problem: Problem) -> None:
    """Refuse a problem whose parts do not fit each other; a previous plan is looked at when the rest fits.

    Raises:
        ProblemRefused: with every fault, each by its JSON path.
    """
    checks = (_twice, _unknown, _roads, _rounds, _families, _ages, _drivers, _apart, _changes)
    faults = [fault for find in checks for fault in find(problem)]
    if faults := faults or list(previous_faults(problem)):
        raise ProblemRefused(faults)


def homes(problem: Problem) -> Iterator[tuple[str, Home]]:
    """Give every home with its path."""
    for at, family in enumerate(problem.families):
        for number, home in enumerate(family.homes):
            yield f"$.families[{at}].homes[{number}]", home


def children(problem: Problem) -> Iterator[tuple[str, Child]]:
    """Give every child with its path."""
    for path, home in homes(problem):
        for at, child in enumerate(home.children):
            yield f"{path}.children[{at}]", child


def _twice(problem: Problem) -> Iterator[Fault]:
    """Find people, places and rounds that stand in the problem twice; a child twice would sit in two cars."""
    yield from duplicates(list(problem.places), "$.places[{}]", "place")
    for name, what in NAMED.items():
        ids = [one.id for one in getattr(problem, name)]
        yield from duplicates(ids, f"$.{name}[{{}}].id", what)
    drivers = {one.id for one in problem.drivers}
    for at, escort in enumerate(problem.escorts):
        if escort.id in drivers:
            yield Fault(f"$.escorts[{at}].id", "is a driver; one who goes inside has escort: true")
    yield from _known_before([(f"{path}.id", home.id) for path, home in homes(problem)], "home")
    yield from _known_before([(f"{path}.id", child.id) for path, child in children(problem)], "child")


def _known_before(rows: list[tuple[str, str]], what: str) -> Iterator[Fault]:
    seen: dict[str, str] = {}
    for path, name in rows:
        if seen.setdefault(name, path) != path:
            yield Fault(path, f"is the same {what} as {seen[name]}: nobody can be in two places")


def _unknown(problem: Problem) -> Iterator[Fault]:
    """Find ids that name nobody in the problem."""
    yield from unknown(problem.places, problem.prison.place, "$.prison.place", "place")
    for path, home in homes(problem):
        yield from unknown(problem.places, home.place, f"{path}.place", "place")
    for at, driver in enumerate(problem.drivers):
        yield from unknown(problem.places, driver.place, f"$.drivers[{at}].place", "place")
    rounds, families = {one.id for one in problem.rounds}, {one.id for one in problem.families}
    yield from _lists(problem, "families", "rounds", rounds)
    yield from _lists(problem, "escorts", "rounds", rounds)
    yield from _lists(problem, "drivers", "avoids", families)


def _lists(problem: Problem, name: str, part: str, known: set[str]) -> Iterator[Fault]:
    """Find unknown ids in a list that each of some has."""
    what = NAMED["families" if part == "avoids" else part]
    for at, one in enumerate(getattr(problem, name)):
        for number, value in enumerate(getattr(one, part)):
            yield from unknown(known, value, f"$.{name}[{at}].{part}[{number}]", what)


def _roads(problem: Problem) -> Iterator[Fault]:
    """Find places without minutes to another."""
    wanted = len(problem.places)
    if len(problem.minutes) != wanted:
        yield Fault("$.minutes", f"must have {wanted} rows, one per place")
    for at, row in enumerate(problem.minutes):
        if len(row) != wanted:
            yield Fault(f"$.minutes[{at}]", f"must have {wanted} numbers, one per place")
        elif max(row) > 1440:
            yield Fault(f"$.minutes[{at}][{row.index(max(row))}]", "must be at most 1440, a day")


def _rounds(problem: Problem) -> Iterator[Fault]:
    """Find rounds whose times are not in order, and rounds that overlap in the one room."""
    for at, one in enumerate(problem.rounds):
        yield from _order(one, f"$.rounds[{at}]")
    rows = sorted(enumerate(problem.rounds), key=lambda row: (row[1].starts_at, row[0]))
    for (_at, one), (at, other) in pairwise(rows):
        if other.starts_at < one.ends_at:
            yield Fault(
                f"$.rounds[{at}].starts_at", f"overlaps round {one.id}, which ends at {one.ends_at:%H:%M}"
            )
    if problem.policy.from_on > problem.on:
        yield Fault("$.policy.from_on", f"lies after the day of the problem, {problem.on}")


def _order(one: Round, path: str) -> Iterator[Fault]:
    names = ("opens_at", "closes_at", "starts_at", "ends_at")
    for first, second in pairwise(names):
        if getattr(one, second) < getattr(one, first):
            yield Fault(f"{path}.{second}", f"lies before {first}")
    if one.ends_at == one.starts_at:
        yield Fault(f"{path}.ends_at", "is the moment at which the round starts")


def _families(problem: Problem) -> Iterator[Fault]:
    """Find turns in the future, and windows that close before they open."""
    for at, family in enumerate(problem.families):
        if family.since_on > problem.on:
            yield Fault(f"$.families[{at}].since_on", f"lies after the day of the problem, {problem.on}")
    for path, home in homes(problem):
        if (home.pick_up_until or time.max) < (home.pick_up_from or time.min):
            yield Fault(f"{path}.pick_up_until", "lies before pick_up_from")


def _ages(problem: Problem) -> Iterator[Fault]:
    for path, child in children(problem):
        if child.age > 17:
            yield Fault(f"{path}.age", "must be at most 17")


def _drivers(problem: Problem) -> Iterator[Fault]:
    """Find drivers who are back before they leave, and more child seats than seats."""
    for at, driver in enumerate(problem.drivers):
        if driver.until_at <= driver.from_at:
            yield Fault(f"$.drivers[{at}].until_at", "must lie after from_at")
        yield from _seats(driver, f"$.drivers[{at}]")


def _seats(driver: Driver, path: str) -> Iterator[Fault]:
    for name in ("boosters", "babies"):
        if getattr(driver, name) > driver.seats:
            yield Fault(f"{path}.{name}", f"must be at most the {driver.seats} seats of the car")


def _apart(problem: Problem) -> Iterator[Fault]:
    """Find families that must be apart from nobody, or from themselves."""
    families = {one.id for one in problem.families}
    for at, pair in enumerate(problem.apart):
        yield from unknown(families, pair.family, f"$.apart[{at}].family", "family")
        yield from unknown(families, pair.other, f"$.apart[{at}].other", "family")
        if pair.family == pair.other:
            yield Fault(f"$.apart[{at}].other", "is the same family")


def _changes(problem: Problem) -> Iterator[Fault]:
    """Find changes to nobody in the problem."""
    known = {
        Kind.CHILD_ILL: {child.id for _, child in children(problem)},
        Kind.FAMILY_TRANSFERRED: {one.id for one in problem.families},
        Kind.DRIVER_CANCELLED: {one.id for one in problem.drivers},
        Kind.ESCORT_CANCELLED: {one.id for one in problem.escorts},
        Kind.ROUND_CANCELLED: {one.id for one in problem.rounds},
    }
    for at, change in enumerate(problem.changes):
        what = change.kind.partition("_")[0]
        yield from unknown(known[change.kind], change.id, f"$.changes[{at}].id", what)
