"""The best plan of a morning: who comes, in which round, and who drives whom, proven goal by goal."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from gib.engines.mornings.loads import loads
from gib.engines.mornings.morning import Morning
from gib.engines.mornings.problem import Booking
from gib.engines.mornings.roads import Load
from gib.engines.mornings.solver import Goal, Programme, Reached, Solver, Sum, solve


@dataclass(frozen=True)
class Planned:
    """A plan in numbers of its morning: the round of each family that comes, the cars, the escorts inside."""

    morning: Morning
    rounds: dict[int, int]
    loads: tuple[Load, ...]
    escorts: dict[int, tuple[str, ...]]
    reached: tuple[Reached, ...]
    choices: int

    @property
    def unplaced(self) -> list[int]:
        """Who has no place."""
        return [at for at in range(len(self.morning.groups)) if at not in self.rounds]


@dataclass
class _Model:
    """The programme of a morning and what its variables mean."""

    morning: Morning
    loads: list[Load]
    programme: Programme
    comes: dict[tuple[int, int], int]
    drives: list[int]
    inside: list[int]
    by_stop: dict[tuple[int, int], list[int]]
    by_driver: dict[tuple[int, int], list[int]]


def plan(morning: Morning, seconds: float = 30, solver: Solver = solve) -> Planned:
    """Plan a morning.

    Args:
        seconds: for the solver, on the clock; a plan is the best one unless they are over: its bounds tell.
    """
    model = _model(morning)
    solution = solver(model.programme, _goals(model), seconds)
    rounds = {group: round_ for (group, round_), at in model.comes.items() if solution.values[at]}
    driven = tuple(load for load, at in zip(model.loads, model.drives, strict=True) if solution.values[at])
    return Planned(
        morning, rounds, driven, _escorts(morning, rounds, driven), solution.reached, len(model.loads)
    )


def most_families(morning: Morning) -> int:
    """Count how many families can come at most."""
    model = _model(morning)
    served = Goal("served", _ones(model.comes.values()))
    return solve(model.programme, [served], seconds=30).reached[0].value


def _model(morning: Morning) -> _Model:
    programme, able = Programme(), loads(morning)
    comes = {
        (at, round_): programme.variable()
        for at, group in enumerate(morning.groups)
        for round_ in group.rounds
    }
    drives = [programme.variable() for _load in able]
    inside = [programme.variable(sitting.adults) for sitting in morning.sittings]
    model = _Model(morning, able, programme, comes, drives, inside, {}, {})
    for load, variable in zip(able, drives, strict=True):
        model.by_driver.setdefault((load.driver, load.round), []).append(variable)
        for at in load.stops:
            model.by_stop.setdefault((at, load.round), []).append(variable)
    _once(model)
    _fetched(model)
    for round_ in range(len(morning.sittings)):
        _room(model, round_)
    return model


def _ones(variables: Iterable[int], factor: int = 1) -> Sum:
    return dict.fromkeys(variables, factor)


def _once(model: _Model) -> None:
    """A family comes once, a driver drives once."""
    for at, group in enumerate(model.morning.groups):
        model.programme.at_most(_ones(model.comes[at, round_] for round_ in group.rounds), 1)
    for who in range(len(model.morning.drivers)):
        hers = [each for (driver, _), found in model.by_driver.items() if driver == who for each in found]
        model.programme.at_most(_ones(hers), 1)


def _fetched(model: _Model) -> None:
    """Who comes is in one car per home, and nobody is in a car who does not come."""
    for (at, round_), variable in model.comes.items():
        for stop in model.morning.groups[at].stops:
            if model.morning.stops[stop].is_fetched:
                cars = model.by_stop.get((stop, round_), [])
                model.programme.at_most({variable: 1, **_ones(cars, -1)}, 0)
                model.programme.at_most({variable: -1, **_ones(cars)}, 0)


def _room(model: _Model, round_: int) -> None:
    """A room holds so many."""
    sitting, programme = model.morning.sittings[round_], model.programme
    here = {at: variable for (at, where), variable in model.comes.items() if where == round_}
    groups = {variable: model.morning.groups[at] for at, variable in here.items()}
    programme.at_most(_ones(groups), sitting.families)
    programme.at_most({each: group.children for each, group in groups.items()}, sitting.children)
    adults = {each: group.adults for each, group in groups.items()}
    programme.at_most({**adults, model.inside[round_]: 1}, sitting.adults)
    _accompanied(model, round_, {each: group.unaccompanied for each, group in groups.items()})
    _apart(model, here)


def _apart(model: _Model, here: dict[int, int]) -> None:
    for one, other in sorted(model.morning.apart_in_round):
        if {one, other} <= here.keys():
            model.programme.at_most(_ones([here[one], here[other]]), 1)


def _accompanied(model: _Model, round_: int, young: Sum) -> None:
    """Young children have adults beside them: escorts who are there anyhow, or drivers who come."""
    morning, inside = model.morning, model.inside[round_]
    model.programme.at_most({**young, inside: -morning.problem.prison.children_per_escort}, 0)
    able = [who for who, driver in enumerate(morning.drivers) if driver.escort]
    drivers = [each for who in able for each in model.by_driver.get((who, round_), [])]
    model.programme.at_most({inside: 1, **_ones(drivers, -1)}, len(morning.sittings[round_].escorts))


def _goals(model: _Model) -> list[Goal]:
    """Give what counts, the most important first; after a previous plan, first that little changes."""
    groups, comes = model.morning.groups, model.comes
    urgent = {variable: 1 for (at, _), variable in comes.items() if groups[at].is_urgent}
    turns = {variable: groups[at].points for (at, _), variable in comes.items()}
    minutes = {each: -load.minutes for load, each in zip(model.loads, model.drives, strict=True)}
    return [
        *_goals_before(model),
        Goal("urgent", urgent),
        Goal("served", _ones(comes.values())),
        Goal("points", turns),
        Goal("minutes", minutes),
    ]


def _goals_before(model: _Model) -> Iterator[Goal]:
    had = bookings(model.morning)
    if had:
        kept = _ones(variable for (at, _), variable in model.comes.items() if at in had)
        same = [_unchanged(model, at, hers) for at, hers in had.items()]
        yield from (Goal("kept", kept), Goal("unchanged", _ones(same)))


def _unchanged(model: _Model, at: int, hers: dict[int, Booking]) -> int:
    """Add a variable that can be 1 only when a family has the round and the drivers that it had."""
    morning, programme, variable = model.morning, model.programme, model.programme.variable()
    rounds = {sitting.id: number for number, sitting in enumerate(morning.sittings)}
    drivers = {driver.id: number for number, driver in enumerate(morning.drivers)}
    for stop, booking in hers.items():
        round_ = rounds.get(booking.round, -1)
        comes = [found] if (found := model.comes.get((at, round_))) is not None else []
        programme.at_most({variable: 1, **_ones(comes, -1)}, 0)
        if booking.driver:
            own = model.by_driver.get((drivers.get(booking.driver, -1), round_), [])
            cars = set(own) & set(model.by_stop.get((stop, round_), []))
            programme.at_most({variable: 1, **_ones(sorted(cars), -1)}, 0)
    return variable


def bookings(morning: Morning) -> dict[int, dict[int, Booking]]:
    """Give the families that had a place and can still come: family -> home -> booking."""
    had = {booking.home: booking for booking in morning.problem.previous}
    found: dict[int, dict[int, Booking]] = {}
    for at, stop in enumerate(morning.stops):
        if stop.id in had:
            found.setdefault(stop.family, {})[at] = had[stop.id]
    return found


def changed(planned: Planned) -> list[int]:
    """Name the families that had a place, can still come, and lose it or get another round or driver."""
    morning = planned.morning
    now = {
        at: (morning.sittings[load.round].id, morning.drivers[load.driver].id)
        for load in planned.loads
        for at in load.stops
    }
    own = {
        at: (morning.sittings[round_].id, "")
        for group, round_ in planned.rounds.items()
        for at in morning.groups[group].stops
    }
    return [
        at
        for at, hers in bookings(morning).items()
        if any((one.round, one.driver) != (own | now).get(stop) for stop, one in hers.items())
    ]


def _escorts(
    morning: Morning, rounds: dict[int, int], driven: tuple[Load, ...]
) -> dict[int, tuple[str, ...]]:
    """Name who goes inside per round: first who is there anyhow, then drivers, no more than are needed."""
    found = {}
    for round_, sitting in enumerate(morning.sittings):
        young = sum(morning.groups[at].unaccompanied for at, where in rounds.items() if where == round_)
        drivers = [morning.drivers[load.driver] for load in driven if load.round == round_]
        able = [*sitting.escorts, *sorted(driver.id for driver in drivers if driver.escort)]
        found[round_] = tuple(able[: -(-young // morning.problem.prison.children_per_escort)])
    return found
