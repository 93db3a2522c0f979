"""The answer to a problem as plain values: the plan, its proof, and why somebody has no place."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from gib.core.kernel.problems import Told
from gib.engines.mornings.inspecting import inspect
from gib.engines.mornings.morning import morning_of
from gib.engines.mornings.planning import Planned, changed, plan
from gib.engines.mornings.problem import Booking, Problem
from gib.engines.mornings.reasons import reasons
from gib.engines.mornings.relaxing import relax_first
from gib.engines.mornings.trips import Room, Trip, rooms, trips
from gib.engines.mornings.wording import sentence


@dataclass(frozen=True)
class WithoutPlace:
    """A family without a place, and the fewest rules that stand between it and this plan."""

    family: str
    reasons: tuple[Told, ...]


@dataclass(frozen=True)
class GoalReached:
    """What a goal reached, and the most that any plan could that does as well for the goals before it."""

    code: str
    value: int
    bound: int


@dataclass(frozen=True)
class Proof:
    """The goals, the most important first; nothing is better when each equals its bound.

    `violations` are the rules that the plan breaks according to a check that knows nothing of the solver: a
    plan with any of them is not given. `choices` counts the loads of one car that were compared.
    """

    is_best: bool
    goals: tuple[GoalReached, ...]
    violations: tuple[str, ...]
    choices: int


@dataclass(frozen=True)
class Answer:
    """What comes out: the same problem gives the same answer, unless the time to think was over."""

    on: str
    policy: str
    rounds: tuple[Room, ...]
    trips: tuple[Trip, ...]
    without: tuple[WithoutPlace, ...]
    excused: tuple[str, ...]
    changed: tuple[str, ...]
    relax_first: tuple[Told, ...]
    notes: tuple[Told, ...]
    proof: Proof


def answer(problem: Problem, seconds: float = 30) -> Answer:
    """Plan a morning and write it down.

    Args:
        seconds: for the solver, on the clock.

    Raises:
        PlanBroken: the plan breaks a rule, so the solver failed.
    """
    planned = plan(morning_of(problem), seconds)
    cars, inside = trips(planned), rooms(planned)
    inspect(problem, cars, inside)
    names = planned.morning.groups
    return Answer(
        on=str(problem.on),
        policy=problem.policy.version,
        rounds=inside,
        trips=cars,
        without=tuple(WithoutPlace(names[at].id, _why(planned, at)) for at in planned.unplaced),
        excused=planned.morning.excused,
        changed=tuple(names[at].id for at in changed(planned)),
        relax_first=_relax(problem, planned),
        notes=tuple(_told(code, values) for code, values in _notes(planned)),
        proof=_proof(planned),
    )


def _why(planned: Planned, at: int) -> tuple[Told, ...]:
    return tuple(_told(code, {}) for code in reasons(planned, at) or ["morning_no_time"])


def _relax(problem: Problem, planned: Planned) -> tuple[Told, ...]:
    if planned.rounds or not planned.morning.groups or not planned.morning.sittings:
        return ()
    codes, families = relax_first(problem)
    return tuple(_told(f"mend_{code}", {"families": families}) for code in codes)


def _proof(planned: Planned) -> Proof:
    goals = tuple(GoalReached(one.code, one.value, one.bound) for one in planned.reached)
    return Proof(_is_best(planned), goals, (), planned.choices)


def _is_best(planned: Planned) -> bool:
    return all(one.value == one.bound for one in planned.reached)


def _notes(planned: Planned) -> Iterator[tuple[str, dict[str, object]]]:
    """Say in a few words what came out, so that an empty answer speaks too."""
    if not planned.morning.groups:
        yield "morning_nobody", {}
    elif not planned.rounds:
        yield "morning_nothing", {}
    elif planned.unplaced:
        yield "morning_left", {"families": len(planned.unplaced)}
    else:
        yield "morning_everybody", {}
    yield "morning_proven" if _is_best(planned) else "morning_unproven", {}


def _told(code: str, values: Mapping[str, object]) -> Told:
    plain = {name: str(value) for name, value in values.items()}
    return Told(code, plain, sentence(code, plain))


def booked(problem: Problem, found: Answer) -> tuple[Booking, ...]:
    """Give the places of an answer as the previous plan of the next problem."""
    driven = [Booking(door.home, trip.round, trip.driver) for trip in found.trips for door in trip.pick_ups]
    return (*driven, *_alone(problem, found))


def _alone(problem: Problem, found: Answer) -> Iterator[Booking]:
    inside = {name: room.round for room in found.rounds for name in room.families}
    for family in problem.families:
        for home in family.homes:
            if home.own_transport and family.id in inside:
                yield Booking(home.id, inside[family.id])
