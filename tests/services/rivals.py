"""Other ways to match, for the benchmark: OR-Tools and SciPy as they come, and how it is done by hand."""

from itertools import chain

import numpy as np
from ortools.graph.python import min_cost_flow
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

from gib.engines.matching.solver import Graph

#: Volunteer per demand, or -1.
Mates = list[int]


def flat(graph: Graph, points: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Give all pairs with weights of 64 bits that have the same best plan, but for open proposals.

    Args:
        points: how far the points of a pair are shifted in its gain.

    Who is met hangs on the order of the worths only, so their ranks do as well.
    """
    rank = {worth: at + 1 for at, worth in enumerate(sorted(set(graph.worth)))}
    lengths = np.array([len(targets) for targets in graph.targets])
    demand = np.repeat(np.arange(len(lengths)), lengths)
    volunteer = np.fromiter(chain.from_iterable(graph.targets), np.int64, len(demand))
    score = np.fromiter((gain >> points for gain in chain.from_iterable(graph.gains)), np.int64, len(demand))
    step = int(score.max(initial=0)) * min(sum(graph.room), len(lengths)) + 1
    ranks = np.array([rank[worth] for worth in graph.worth], dtype=np.int64)
    return demand, volunteer, ranks[demand] * step + score


def flow(graph: Graph, points: int) -> Mates:
    """Solve it with the minimum cost flow of OR-Tools, in one go and without prices."""
    demand, volunteer, weight = flat(graph, points)
    demands, volunteers = len(graph.worth), len(graph.room)
    solver = min_cost_flow.SimpleMinCostFlow()
    ones, everybody = np.ones(demands, dtype=np.int64), np.arange(demands)
    rooms = np.array(graph.room, dtype=np.int64)
    add = solver.add_arcs_with_capacity_and_unit_cost
    arcs = add(demand, demands + volunteer, np.ones(len(weight), dtype=np.int64), -weight)
    add(np.full(demands, demands + volunteers), everybody, ones, 0 * ones)
    add(demands + np.arange(volunteers), np.full(volunteers, demands + volunteers + 1), rooms, 0 * rooms)
    solver.set_node_supply(demands + volunteers, demands)
    solver.set_node_supply(demands + volunteers + 1, -demands)
    assert solver.solve_max_flow_with_min_cost() == solver.OPTIMAL
    used = np.flatnonzero(solver.flows(arcs))
    return _mates(demands, demand[used], volunteer[used])


def jonker_volgenant(graph: Graph, points: int) -> Mates:
    """Solve it with the sparse assignment of SciPy: a column per place, and one per demand for nobody."""
    demand, volunteer, weight = flat(graph, points)
    room = np.array(graph.room, dtype=np.int64)
    first, copies, demands = np.cumsum(room) - room, room[volunteer], len(graph.worth)
    rows = np.repeat(demand, copies)
    offset = np.arange(len(rows)) - np.repeat(np.cumsum(copies) - copies, copies)
    columns = np.repeat(first[volunteer], copies) + offset
    most, places = int(weight.max(initial=0)) + 1, int(room.sum())
    rows = np.concatenate([rows, np.arange(demands)])
    columns = np.concatenate([columns, places + np.arange(demands)])
    costs = np.concatenate([most - np.repeat(weight, copies), np.full(demands, most)])
    matrix = csr_matrix((costs.astype(float), (rows, columns)), shape=(demands, places + demands))
    found, to = min_weight_full_bipartite_matching(matrix)
    owner = np.repeat(np.arange(len(room)), room)
    met = to < places
    return _mates(demands, found[met], owner[to[met]])


def _mates(demands: int, demand: np.ndarray, volunteer: np.ndarray) -> Mates:
    mates = np.full(demands, -1)
    mates[demand] = volunteer
    found: Mates = mates.tolist()
    return found


def oldest_first(graph: Graph, _points: int) -> Mates:
    """Give the best volunteer with room to who is worth most, which is who waits longest: as by hand."""
    left, mates = [*graph.room], [-1] * len(graph.worth)
    for demand in sorted(range(len(mates)), key=lambda at: -graph.worth[at]):
        pairs = zip(graph.gains[demand], graph.targets[demand], strict=True)
        offers = [(gain, -to) for gain, to in pairs if left[to] > 0]
        if offers:
            mates[demand] = -max(offers)[1]
            left[mates[demand]] -= 1
    return mates


def best_pair_first(graph: Graph, _points: int) -> Mates:
    """Take the best pair that is left, again and again."""
    left, mates = [*graph.room], [-1] * len(graph.worth)
    pairs = (
        (-graph.worth[demand] - gain, demand, to)
        for demand, targets in enumerate(graph.targets)
        for to, gain in zip(targets, graph.gains[demand], strict=True)
    )
    for _weight, demand, to in sorted(pairs):
        if mates[demand] < 0 and left[to] > 0:
            mates[demand] = to
            left[to] -= 1
    return mates
