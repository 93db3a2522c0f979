"""Whether the parts of a problem fit each other: known ids, nobody twice, days in order."""

from collections.abc import Iterator
from datetime import date

from gib.core.kernel.problems import with_policy
from gib.core.kernel.reading import Fault, ProblemRefused, duplicates, parsed, read, unknown
from gib.engines.matching.problem import Demand, Problem, policy_on


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
    """Refuse a problem whose parts do not fit each other.

    Raises:
        ProblemRefused: with every fault, each by its JSON path.
    """
    checks = (_twice, _unknown, _policy, _demands, _periods)
    if faults := [fault for find in checks for fault in find(problem)]:
        raise ProblemRefused(faults)


def _twice(problem: Problem) -> Iterator[Fault]:
    """Find people, places and pairs that stand in the problem twice."""
    yield from duplicates([one.id for one in problem.waiting], "$.waiting[{}].id", "demand")
    yield from duplicates(
        [f"{one.mother} {one.product}" for one in problem.waiting],
        "$.waiting[{}].mother",
        "mother and product",
    )
    yield from duplicates([one.id for one in problem.volunteers], "$.volunteers[{}].id", "volunteer")
    yield from duplicates([one.code for one in problem.places], "$.places[{}].code", "place")
    yield from duplicates(
        [one.code for one in problem.policy.products], "$.policy.products[{}].code", "product"
    )
    yield from duplicates([one.demand for one in problem.pending], "$.pending[{}].demand", "demand")
    yield from duplicates(
        [f"{one.from_place} {one.to_place}" for one in problem.travel], "$.travel[{}].from_place", "road"
    )


def _unknown(problem: Problem) -> Iterator[Fault]:
    """Find ids that name nobody in the problem."""
    demands = {one.id for one in problem.waiting}
    mothers = {one.mother for one in problem.waiting}
    volunteers = {one.id for one in problem.volunteers}
    for at, one in enumerate(problem.pending):
        yield from unknown(demands, one.demand, f"$.pending[{at}].demand", "demand")
        yield from unknown(volunteers, one.volunteer, f"$.pending[{at}].volunteer", "volunteer")
    for at, pair in enumerate(problem.exclusions):
        yield from unknown(mothers, pair.mother, f"$.exclusions[{at}].mother", "mother")
        yield from unknown(volunteers, pair.volunteer, f"$.exclusions[{at}].volunteer", "volunteer")
    products = {one.code for one in problem.policy.products}
    for at, demand in enumerate(problem.waiting):
        yield from unknown(products, demand.product, f"$.waiting[{at}].product", "product")


def _policy(problem: Problem) -> Iterator[Fault]:
    """Find a policy that does not hold yet on the day."""
    if problem.policy.from_on > problem.on:
        yield Fault("$.policy.from_on", f"lies after the day of the problem, {problem.on}")


def _demands(problem: Problem) -> Iterator[Fault]:
    """Find demands with days out of order, ages that no child has, or no place."""
    inside = {one.code: one.is_inside for one in problem.policy.products}
    for at, demand in enumerate(problem.waiting):
        path = f"$.waiting[{at}]"
        yield from _order(demand, problem.on, path)
        for child, age in enumerate(demand.child_ages):
            if age > 17:
                yield Fault(f"{path}.child_ages[{child}]", "must be at most 17")
        where = "prison" if inside.get(demand.product) else "home"
        if demand.product in inside and not getattr(demand, where):
            yield Fault(f"{path}.{where}", f"is required for {demand.product}")


def _order(demand: Demand, on: date, path: str) -> Iterator[Fault]:
    start_on = demand.start_on or on
    if demand.since_on > on:
        yield Fault(f"{path}.since_on", f"lies after the day of the problem, {on}")
    if start_on < on:
        yield Fault(f"{path}.start_on", f"lies before the day of the problem, {on}")
    if demand.until_on and demand.until_on < start_on:
        yield Fault(f"{path}.until_on", f"lies before the start, {start_on}")


def _periods(problem: Problem) -> Iterator[Fault]:
    """Find papers, permits and absences that end before they begin."""
    for at, one in enumerate(problem.volunteers):
        for name in ("requirements", "permits", "absences"):
            for number, period in enumerate(getattr(one, name)):
                if period.to_on and period.to_on < period.from_on:
                    yield Fault(f"$.volunteers[{at}].{name}[{number}].to_on", "lies before from_on")
