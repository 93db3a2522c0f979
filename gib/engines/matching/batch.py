"""The same best plan by OR-Tools, for a whole nation at once: optional, and checked like any other."""

from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
from ortools.graph.python import min_cost_flow

from gib.engines.matching.solver import Graph, Plan


def solve(graph: Graph) -> Plan:
    """Find the best plan in two steps, since its weights do not fit in 64 bits.

    First who is met: there only the order of the worths counts, since the demands that can be met together
    form a matroid. Then by whom: of all plans that meet the first goal, which are those that use no pair with
    slack, and leave out nobody who has a gain or a price. No sum of gains may outweigh a step between two
    worths, as in `tiers`; the check of the plan would tell.
    """
    if not graph.pairs:
        return _plan(graph, [0] * len(graph.room), ())
    steps = [0, *sorted(set(graph.worth))]
    place = {worth: rank for rank, worth in enumerate(steps)}
    arcs = _arcs_of(graph)
    ranks = np.array([place[worth] for worth in graph.worth], dtype=np.int64)
    price, gain, _chosen = _best(arcs, ranks[arcs.demand])
    tight = _kept(arcs, ranks[arcs.demand] == gain[arcs.demand] + price[arcs.volunteer])
    above = int(tight.gain.max(initial=0)) * (sum(graph.room) + 1) + 1
    needed = above * (price > 0)
    weights = tight.gain + above * (gain > 0)[tight.demand] + needed[tight.volunteer]
    fine, _gain, chosen = _best(tight, weights)
    prices = [steps[rank] + more for rank, more in zip(price.tolist(), (fine - needed).tolist(), strict=True)]
    return _plan(
        graph, prices, zip(tight.demand[chosen].tolist(), tight.volunteer[chosen].tolist(), strict=True)
    )


@dataclass
class _Arcs:
    """Every pair side by side, in the order of the volunteers, with the sizes of both sides."""

    demand: Any
    volunteer: Any
    gain: Any
    room: Any
    demands: int


def _arcs_of(graph: Graph) -> _Arcs:
    lengths = np.array([len(targets) for targets in graph.targets], dtype=np.int64)
    demand = np.repeat(np.arange(len(lengths)), lengths)
    volunteer = np.fromiter(chain.from_iterable(graph.targets), np.int64, len(demand))
    gain = np.fromiter(chain.from_iterable(graph.gains), np.int64, len(demand))
    order = np.argsort(volunteer, kind="stable")
    room = np.array(graph.room, dtype=np.int64)
    return _Arcs(demand[order], volunteer[order], gain[order], room, len(lengths))


def _kept(arcs: _Arcs, keep: Any) -> _Arcs:
    return _Arcs(arcs.demand[keep], arcs.volunteer[keep], arcs.gain[keep], arcs.room, arcs.demands)


def _best(arcs: _Arcs, weights: Any) -> tuple[Any, Any, Any]:
    """Give the prices, the gains and the chosen arcs of the plan with most pairs, then the highest weight."""
    chosen = _flow(arcs, weights)
    mate, worth = np.full(arcs.demands, -1), np.zeros(arcs.demands, dtype=np.int64)
    mate[arcs.demand[chosen]] = arcs.volunteer[chosen]
    worth[arcs.demand[chosen]] = weights[chosen]
    others = np.ones(len(weights), dtype=bool)
    others[chosen] = False
    demand, volunteer, weights = arcs.demand[others], arcs.volunteer[others], weights[others]
    price = np.zeros(len(arcs.room), dtype=np.int64)
    firsts = np.flatnonzero(np.diff(volunteer, prepend=-1))
    while True:
        gain = np.where(mate >= 0, worth - price[mate], 0)
        wanted = price.copy()
        if len(firsts):
            wanted[volunteer[firsts]] = np.maximum.reduceat(weights - gain[demand], firsts)
        if (raised := np.maximum(price, wanted)).tolist() == price.tolist():
            return price, gain, chosen
        price = raised


def _flow(arcs: _Arcs, weights: Any) -> Any:
    """Let OR-Tools send as much as fits from the demands to the volunteers, at the highest weight."""
    volunteers, flow = len(arcs.room), min_cost_flow.SimpleMinCostFlow()
    source, sink = arcs.demands + volunteers, arcs.demands + volunteers + 1
    first = flow.add_arcs_with_capacity_and_unit_cost(
        arcs.demand, arcs.demands + arcs.volunteer, np.ones(len(weights), dtype=np.int64), -weights
    )
    everybody, all_volunteers = np.arange(arcs.demands), np.arange(volunteers)
    flow.add_arcs_with_capacity_and_unit_cost(
        np.full(arcs.demands, source),
        everybody,
        np.ones(arcs.demands, dtype=np.int64),
        np.zeros_like(everybody),
    )
    flow.add_arcs_with_capacity_and_unit_cost(
        arcs.demands + all_volunteers, np.full(volunteers, sink), arcs.room, np.zeros_like(all_volunteers)
    )
    flow.set_node_supply(source, arcs.demands)
    flow.set_node_supply(sink, -arcs.demands)
    if (status := flow.solve_max_flow_with_min_cost()) != flow.OPTIMAL:
        raise ArithmeticError(f"OR-Tools found no plan: {status}")
    return np.flatnonzero(flow.flows(first))


def _plan(graph: Graph, prices: list[int], pairs: Any) -> Plan:
    """Put a plan together; what a demand gains follows from the prices."""
    plan = Plan(graph, [-1] * len(graph.worth), written_price=prices, holders=[[] for _ in graph.room])
    for demand, volunteer in pairs:
        plan.mate[demand] = volunteer
        plan.holders[volunteer].append(demand)
    for worth, targets, gains in zip(graph.worth, graph.targets, graph.gains, strict=True):
        offers = [gain - prices[at] for at, gain in zip(targets, gains, strict=True)]
        plan.written_gain.append(max(0, worth + max(offers, default=-worth)))
    return plan
