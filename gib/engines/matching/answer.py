"""The answer to a problem as plain values: the plan, its reasons, who was refused and why, and the proof."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from gib.core.kernel.problems import Told
from gib.engines.matching.changes import bound
from gib.engines.matching.explain import Candidate, Move, Price, Refused, candidate, nearly, refused, top
from gib.engines.matching.market import Matching
from gib.engines.matching.pool import Pool
from gib.engines.matching.problem import Demand
from gib.engines.matching.rules import Change, Fault
from gib.engines.matching.tiers import Tiers
from gib.engines.matching.wording import sentence


@dataclass(frozen=True)
class PointsTold:
    """The points of one component; those of a pair add up to its score."""

    code: str
    points: int
    values: Mapping[str, str]
    sentence: str


@dataclass(frozen=True)
class Offer:
    """A possible pair with all that counts for it, and what to watch."""

    volunteer: str
    score: int
    reasons: tuple[PointsTold, ...]
    warnings: tuple[Told, ...]


@dataclass(frozen=True)
class PairAnswer:
    """A mother and the volunteer that the best plan gives her; the computer proposes, people decide."""

    demand: str
    chosen: Offer
    alternatives: tuple[Offer, ...]


@dataclass(frozen=True)
class WithoutVolunteer:
    """A demand for which the best plan has nobody: who could, whom each rule keeps away, what would help."""

    demand: str
    alternatives: tuple[Offer, ...]
    counts: Mapping[str, int]
    nearly: tuple["RefusedAnswer", ...]


@dataclass(frozen=True)
class RefusedAnswer:
    """A pair that may not be: every rule against it, and the single change that would make it possible."""

    demand: str
    volunteer: str
    rules: tuple[Told, ...]
    change: Told | None


@dataclass(frozen=True)
class Proof:
    """Whole numbers, written as text since they can be long: no plan is worth more than the bound.

    A pair is worth at most the gain of its demand and the price of its volunteer together.
    """

    objective: str
    bound: str
    gains: Mapping[str, str]
    prices: Mapping[str, str]


@dataclass(frozen=True)
class Answer:
    """What comes out: the same problem always gives the same answer."""

    on: str
    policy: str
    reached: Tiers
    pairs: tuple[PairAnswer, ...]
    without: tuple[WithoutVolunteer, ...]
    refused: tuple[RefusedAnswer, ...]
    notes: tuple[Told, ...]
    proof: Proof


@dataclass(frozen=True)
class PriceAnswer:
    """What a choice by hand costs all others: the loss per goal, and each demand that gets somebody else."""

    demand: str
    volunteer: str
    loss: Tiers
    moves: tuple[Move, ...]


def answer(matching: Matching, *, is_brief: bool = False) -> Answer:
    """Write the answer of a matching; a brief one leaves out every pair that was refused."""
    market = matching.market
    pool, rows = market.pool, list(zip(market.demands, matching.plan.mate, strict=True))
    return Answer(
        on=str(pool.problem.on),
        policy=pool.policy.version,
        reached=matching.reached,
        pairs=tuple(_pair(pool, *row) for row in rows if row[1] >= 0),
        without=tuple(_without(pool, demand) for demand, mate in rows if mate < 0),
        refused=() if is_brief else tuple(_all_refused(matching)),
        notes=tuple(_told(f"match_{code}", values) for code, values in _notes(matching)),
        proof=_proof(matching),
    )


def _all_refused(matching: Matching) -> Iterator[RefusedAnswer]:
    for demand in matching.market.demands:
        for one in refused(matching.market.pool, demand):
            yield _refused(demand.id, one)


def _proof(matching: Matching) -> Proof:
    market, plan = matching.market, matching.plan
    gains = zip(market.demands, plan.gain, strict=True)
    prices = zip(market.pool.volunteers, plan.price, strict=True)
    return Proof(
        objective=str(plan.objective),
        bound=str(bound(plan)),
        gains={one.id: str(gain) for one, gain in gains},
        prices={one.id: str(price) for one, price in prices},
    )


def price_answer(demand: str, volunteer: str, price: Price) -> PriceAnswer:
    """Write what a choice by hand costs."""
    return PriceAnswer(demand, volunteer, price.loss, price.moves)


def _pair(pool: Pool, demand: Demand, mate: int) -> PairAnswer:
    chosen = _offer(candidate(pool, demand, mate))
    others = [_offer(one) for one in top(pool, demand, 6).candidates]
    return PairAnswer(
        demand.id, chosen, tuple(one for one in others if one.volunteer != chosen.volunteer)[:5]
    )


def _without(pool: Pool, demand: Demand) -> WithoutVolunteer:
    found = top(pool, demand)
    return WithoutVolunteer(
        demand.id,
        tuple(_offer(one) for one in found.candidates),
        found.counts,
        tuple(_refused(demand.id, one) for one in nearly(pool, demand)),
    )


def _offer(one: Candidate) -> Offer:
    points = [
        PointsTold(part.code, part.points, *_worded(f"points_{part.code}", part.values, part.points > 0))
        for part in one.reasons
    ]
    warnings = [_told(lapse.code, {"value": lapse.value, "on": lapse.on}) for lapse in one.lapses]
    return Offer(one.volunteer, one.score, tuple(points), tuple(warnings))


def _refused(demand: str, one: Refused) -> RefusedAnswer:
    return RefusedAnswer(demand, one.volunteer, tuple(map(_rule, one.faults)), _mend(one.change))


def _rule(fault: Fault) -> Told:
    return _told(fault.code, {"value": fault.value})


def _mend(change: Change | None) -> Told | None:
    return None if change is None else _told(f"mend_{change.code}", {"value": change.value})


def _told(code: str, values: Mapping[str, object]) -> Told:
    return Told(code, *_worded(code, values, True))


def _worded(code: str, values: Mapping[str, object], is_said: bool) -> tuple[dict[str, str], str]:
    plain = {name: str(value) for name, value in values.items() if value != ""}
    return plain, sentence(code, plain) if is_said else ""


def _notes(matching: Matching) -> list[tuple[str, dict[str, object]]]:
    """Say in a few words what the plan does not do, so that an empty answer speaks too."""
    market, served = matching.market, matching.reached.served
    places, waiting = sum(market.graph.room), len(market.demands)
    notes: list[tuple[str, dict[str, object]]] = []
    if not waiting:
        notes.append(("nobody_waits", {}))
    if not market.pool.volunteers:
        notes.append(("nobody_helps", {}))
    elif waiting and not served:
        notes.append(("nobody_fits", {}))
    if places > served:
        notes.append(("places_left", {"places": places - served}))
    if waiting > served:
        notes.append(("mothers_left", {"mothers": waiting - served}))
    return notes
