"""Other ways to plan a morning, for the benchmark: CP-SAT of OR-Tools, and how it is done by hand."""

import time
from collections.abc import Iterator, Sequence

from ortools.sat.python import cp_model

from gib.engines.mornings.loads import holds, need
from gib.engines.mornings.morning import Group, Morning
from gib.engines.mornings.planning import Planned
from gib.engines.mornings.roads import ALL, Load, load_of, ways_of
from gib.engines.mornings.solver import Goal, Programme, Reached, Solution, Sum, total


def cp_sat(programme: Programme, goals: Sequence[Goal], seconds: float) -> Solution:
    """Reach the same goals over the same programme with CP-SAT, one after the other, on two threads."""
    model, until = cp_model.CpModel(), time.monotonic() + seconds
    variables = [model.new_int_var(0, limit, str(at)) for at, limit in enumerate(programme.limits)]

    def summed(terms: Sum) -> cp_model.LinearExprT:
        return cp_model.LinearExpr.weighted_sum([variables[at] for at in terms], list(terms.values()))

    for terms, limit in programme.rows:
        model.add(summed(terms) <= limit)
    values, reached = [0] * len(variables), []
    for goal in goals:
        most = total({at: max(0, factor) for at, factor in goal.terms.items()}, programme.limits)
        bound, solver = most, cp_model.CpSolver()
        solver.parameters.max_time_in_seconds = max(0.01, until - time.monotonic())
        solver.parameters.num_workers, solver.parameters.random_seed = 2, 1
        model.maximize(summed(goal.terms))
        model.clear_hints()
        for variable, value in zip(variables, values, strict=True):
            model.add_hint(variable, value)
        if solver.solve(model) in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            values, bound = [solver.value(each) for each in variables], round(solver.best_objective_bound)
        value = total(goal.terms, values)
        reached.append(Reached(goal.code, value, bound))
        model.add(summed(goal.terms) >= value)
    return Solution(values, tuple(reached))


class ByHand:
    """Families one by one, whose turn is first, each into the car that makes the smallest detour."""

    def __init__(self, morning: Morning) -> None:
        self.morning = morning
        self.loads: dict[int, Load] = {}
        self.rounds: dict[int, int] = {}

    def plan(self) -> Planned:
        """Plan a morning as somebody with a map does."""
        groups = self.morning.groups
        for at in sorted(range(len(groups)), key=lambda at: (-groups[at].is_urgent, -groups[at].points, at)):
            options = [option for round_ in groups[at].rounds for option in self.options(at, round_)]
            if options:
                _detour, round_, loads = min(options, key=lambda option: option[:2])
                self.loads |= {load.driver: load for load in loads}
                self.rounds[at] = round_
        return Planned(self.morning, self.rounds, tuple(self.loads.values()), {}, self.reached(), 0)

    def options(self, at: int, round_: int) -> Iterator[tuple[int, int, list[Load]]]:
        """Give the cheapest way to bring a family in a round, when there is one: detour, round, cars."""
        group, before = self.morning.groups[at], dict(self.loads)
        loads, detour = [], 0
        for home in group.stops:
            if self.morning.stops[home].is_fetched:
                same = [load.driver for load in loads] if group.together else []
                found = sorted(self.cars(group, home, round_, same), key=lambda row: row[:2])
                if not found:
                    self.loads = before
                    return
                detour += found[0][0]
                loads.append(found[0][2])
                self.loads[found[0][1]] = found[0][2]
        is_room = self.has_room(at, round_)
        self.loads = before
        if is_room:
            yield detour, round_, loads

    def cars(self, group: Group, home: int, round_: int, same: list[int]) -> Iterator[tuple[int, int, Load]]:
        """Give the drivers who can take one more home, with their detour."""
        for who, driver in enumerate(self.morning.drivers):
            hers = self.loads.get(who)
            stops = (*(hers.stops if hers else ()), home)
            people = [self.morning.stops[at] for at in stops]
            met = {(group.id, self.morning.groups[one.family].id) for one in people}
            numbers = {(self.morning.number_of[one], self.morning.number_of[other]) for one, other in met}
            if (
                (not same or who in same)
                and (not hers or hers.round == round_)
                and len(stops) <= self.morning.problem.policy.most_homes
                and holds(driver, need(people))
                and group.id not in driver.avoids
                and not numbers & self.morning.apart_in_car
            ):
                load = load_of(self.morning, who, round_, ways_of(self.morning, round_, stops, ALL))
                if load:
                    yield load.minutes - (hers.minutes if hers else 0), who, load

    def has_room(self, at: int, round_: int) -> bool:
        """Tell whether the room and the escorts allow a family, with the cars as they are now."""
        morning, sitting = self.morning, self.morning.sittings[round_]
        names = [at, *(one for one, where in self.rounds.items() if where == round_)]
        here = [morning.groups[one] for one in names]
        inside = -(-sum(one.unaccompanied for one in here) // morning.problem.prison.children_per_escort)
        drivers = [morning.drivers[load.driver] for load in self.loads.values() if load.round == round_]
        return (
            len(here) <= sitting.families
            and sum(one.children for one in here) <= sitting.children
            and sum(one.adults for one in here) + inside <= sitting.adults
            and inside <= len(sitting.escorts) + sum(driver.escort for driver in drivers)
            and not any((at, one) in morning.apart_in_round for one in names)
        )

    def reached(self) -> tuple[Reached, ...]:
        """Count what came of it; working by hand proves nothing."""
        here = [self.morning.groups[at] for at in self.rounds]
        values = {
            "urgent": sum(one.is_urgent for one in here),
            "served": len(here),
            "points": sum(one.points for one in here),
            "minutes": -sum(load.minutes for load in self.loads.values()),
        }
        return tuple(Reached(code, value, value) for code, value in values.items())
