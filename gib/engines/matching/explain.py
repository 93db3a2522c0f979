"""Why this one, why not that one, and what another choice costs the others: each is exact, never a story."""

from collections.abc import Mapping
from dataclasses import dataclass
from heapq import nsmallest

from gib.engines.matching.bits import at_least_of, places_in
from gib.engines.matching.changes import bound, forced, join
from gib.engines.matching.market import Market, Matching, offers
from gib.engines.matching.pool import Pool
from gib.engines.matching.problem import Demand, Exclusion
from gib.engines.matching.rules import (
    Change,
    Fault,
    Lapse,
    Rule,
    change_for,
    faults_of,
    lapses,
    possible,
    refusals,
)
from gib.engines.matching.score import Reason, reasons, scores
from gib.engines.matching.tiers import Tiers

#: How many candidates somebody looks at before she chooses.
_FEW = 5


@dataclass(frozen=True)
class Candidate:
    """A volunteer who may help with a demand: what speaks for her, which of her papers lapse meanwhile."""

    volunteer: str
    score: int
    reasons: tuple[Reason, ...]
    lapses: tuple[Lapse, ...]


@dataclass(frozen=True)
class Refused:
    """A pair that may not be: every rule that forbids it, and the one change that would make it possible."""

    volunteer: str
    faults: tuple[Fault, ...]
    change: Change | None


@dataclass(frozen=True)
class Top:
    """The best volunteers for one demand, and how many each rule keeps away."""

    candidates: tuple[Candidate, ...]
    counts: Mapping[str, int]


@dataclass(frozen=True)
class Move:
    """A demand that gets another volunteer than in the best plan; empty means nobody."""

    demand: str
    before: str
    after: str


@dataclass(frozen=True)
class Price:
    """What it costs all together when somebody chooses a pair herself, and who is touched by it.

    `at_least` follows from the prices alone; `loss` is exact: what the best plan with this pair reaches less
    than the best plan of all, the most important goal first.
    """

    at_least: int
    cost: int
    loss: Tiers
    moves: tuple[Move, ...]


def candidate(pool: Pool, demand: Demand, at: int) -> Candidate:
    """Tell all about one possible pair."""
    parts = reasons(pool, demand, at)
    score = sum(part.points for part in parts)
    return Candidate(pool.volunteers[at].id, score, tuple(parts), tuple(lapses(pool, demand, at)))


def top(pool: Pool, demand: Demand, number: int = _FEW) -> Top:
    """Give the volunteers with the highest score for one demand, and count by rule who may not.

    A volunteer whom two rules keep away counts with both.
    """
    counts: dict[str, list[int]] = {}
    for rule, _value, bits in refusals(pool, demand):
        counts.setdefault(rule.code, []).append(bits)
    able = list(places_in(possible(pool, demand)))
    best = nsmallest(number, zip((-score for score in scores(pool, demand, able)), able, strict=True))
    return Top(
        tuple(candidate(pool, demand, at) for _score, at in best),
        {code: at_least_of(sets, 1).bit_count() for code, sets in counts.items()},
    )


def refused(pool: Pool, demand: Demand) -> list[Refused]:
    """List every volunteer who may not help with a demand, with all rules against it."""
    rows = refusals(pool, demand)
    return [_refused(pool, demand, at, rows) for at in places_in(at_least_of([row[2] for row in rows], 1))]


def nearly(pool: Pool, demand: Demand, number: int = _FEW) -> list[Refused]:
    """List volunteers whom one change would make possible, in the order of the rules."""
    rows = refusals(pool, demand)
    sets = [bits for _rule, _value, bits in rows]
    once = at_least_of(sets, 1) & ~at_least_of(sets, 2)
    found: list[Refused] = []
    for _rule, _value, bits in rows:
        for at in places_in(bits & once):
            if len(found) < number and (one := _refused(pool, demand, at, rows)).change:
                found.append(one)
    return found


def _refused(pool: Pool, demand: Demand, at: int, rows: list[tuple[Rule, str, int]]) -> Refused:
    faults = [Fault(rule.code, value) for rule, value, bits in rows if bits >> at & 1]
    return Refused(pool.volunteers[at].id, tuple(faults), change_for(pool, demand, at, faults))


def why_not(market: Market, demand: str, volunteer: str) -> Refused:
    """Tell why one pair may not be; without faults it may."""
    pool, asked = market.pool, market.demands[market.number_of[demand]]
    at = pool.place_of[volunteer]
    faults = faults_of(pool, asked, at)
    return Refused(volunteer, tuple(faults), change_for(pool, asked, at, faults))


def price(matching: Matching, demand: str, volunteer: str) -> Price | None:
    """Tell what it costs when somebody chooses a pair by hand; None when a rule forbids it."""
    market, plan = matching.market, matching.plan
    number, at = market.number_of[demand], market.pool.place_of[volunteer]
    if at not in market.graph.targets[number]:
        return None
    other, worth = forced(plan, number, at)
    moves = tuple(
        Move(market.demands[one].id, matching.name(before), matching.name(after))
        for one, (before, after) in enumerate(zip(plan.mate, other.mate, strict=True))
        if before != after
    )
    best = bound(plan)
    slack = plan.gain[number] + plan.price[at] - market.graph.weight(number, at)
    return Price(slack, best - worth, market.scale.read(best) - market.scale.read(worth), moves)


def insert(matching: Matching, demand: Demand, exclusions: tuple[Exclusion, ...] = ()) -> str:
    """Bring one more mother into a plan, which stays the best; gives her volunteer, or empty.

    The matching itself grows, without solving it anew.

    Raises:
        OverflowError: it has grown to twice what it was, and must be solved anew.
    """
    market = matching.market
    if len(market.demands) >= market.scale.most:
        raise OverflowError(f"a plan of {len(market.demands)} demands must be solved anew")
    for one in exclusions:
        pair = (one.mother, one.why)
        market.pool.excluded[pair] = (
            market.pool.excluded.get(pair, 0) | 1 << market.pool.place_of[one.volunteer]
        )
    targets, gains = offers(market.pool, demand, market.scale)
    market.number_of[demand.id] = len(market.demands)
    market.demands.append(demand)
    number = join(matching.plan, market.scale.worth(market.pool, demand), targets, gains)
    return matching.name(matching.plan.mate[number])
