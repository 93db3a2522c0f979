"""Whether a previous plan could have been one: known homes, nobody in two cars, no room or car too full."""

from collections.abc import Iterator

from gib.core.kernel.reading import Fault, unknown
from gib.engines.mornings.problem import Booking, Driver, Home, Problem, Round

#: A booking with its path.
Row = tuple[str, Booking]


def previous_faults(problem: Problem) -> Iterator[Fault]:
    """Find what is wrong with the previous plan; the rest of the problem is in order."""
    rows = [(f"$.previous[{at}]", booking) for at, booking in enumerate(problem.previous)]
    names = list(_names(problem, rows))
    yield from names or (*_twice(problem, rows), *_cars(problem, rows), *_rooms(problem, rows))


def _names(problem: Problem, rows: list[Row]) -> Iterator[Fault]:
    homes = {home.id: home for family in problem.families for home in family.homes}
    rounds, drivers = {one.id for one in problem.rounds}, {"", *(one.id for one in problem.drivers)}
    for path, booking in rows:
        yield from unknown(homes, booking.home, f"{path}.home", "home")
        yield from unknown(rounds, booking.round, f"{path}.round", "round")
        yield from unknown(drivers, booking.driver, f"{path}.driver", "driver")
        home = homes.get(booking.home)
        if home and home.own_transport == bool(booking.driver):
            yield Fault(f"{path}.driver", "is for a home without own transport, and only for that")


def _twice(problem: Problem, rows: list[Row]) -> Iterator[Fault]:
    """Find a home in two cars, a family in two rounds, a driver on two roads."""
    family_of = {home.id: family.id for family in problem.families for home in family.homes}
    cars: dict[str, str] = {}
    rounds: dict[str, str] = {}
    drivers: dict[str, str] = {}
    for path, booking in rows:
        if cars.setdefault(booking.home, path) != path:
            yield Fault(f"{path}.home", f"is a child in two cars: {cars[booking.home]} has it too")
        if rounds.setdefault(family_of[booking.home], booking.round) != booking.round:
            yield Fault(
                f"{path}.round", f"splits a family that is in round {rounds[family_of[booking.home]]}"
            )
        if booking.driver and drivers.setdefault(booking.driver, booking.round) != booking.round:
            yield Fault(f"{path}.driver", f"overlaps her booking in round {drivers[booking.driver]}")


def _cars(problem: Problem, rows: list[Row]) -> Iterator[Fault]:
    homes = {home.id: home for family in problem.families for home in family.homes}
    drivers = {one.id: one for one in problem.drivers}
    carried: dict[str, list[Home]] = {}
    for path, booking in rows:
        if booking.driver:
            here = carried.setdefault(booking.driver, [])
            here.append(homes[booking.home])
            if _people(here) > drivers[booking.driver].seats:
                yield Fault(f"{path}.driver", _full(drivers[booking.driver], _people(here)))


def _full(driver: Driver, people: int) -> str:
    return f"has {driver.seats} seats for {people} people"


def _people(homes: list[Home]) -> int:
    return sum(len(home.children) + home.adults for home in homes)


def _rooms(problem: Problem, rows: list[Row]) -> Iterator[Fault]:
    """Find the booking with which a room becomes too full."""
    family_of = {home.id: (family.id, home) for family in problem.families for home in family.homes}
    for one in problem.rounds:
        here: list[Home] = []
        families: set[str] = set()
        for path, booking in rows:
            if booking.round == one.id:
                family, home = family_of[booking.home]
                families.add(family)
                here.append(home)
                yield from _over(one, families, here, f"{path}.round")


def _over(one: Round, families: set[str], here: list[Home], path: str) -> Iterator[Fault]:
    counts = {
        "families": (len(families), one.families),
        "children": (sum(len(home.children) for home in here), one.children),
        "adults": (sum(home.adults for home in here), one.adults),
    }
    for what, (count, most) in counts.items():
        if count > most:
            yield Fault(path, f"is over capacity: {count} {what} in a room for {most}")
