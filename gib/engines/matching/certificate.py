"""The proof that a plan is the best one, checked apart from how it was found."""

from gib.engines.matching.solver import Graph, Plan


class NotProven(Exception):
    """A plan that breaks a limit, or for which its prices do not prove that nothing is better."""


def certify(graph: Graph, plan: Plan) -> int:
    """Check a plan and give its worth, which no other plan exceeds.

    Any plan is worth at most all gains and all prices of places together, as long as no pair is worth more
    than its gain and its price; a plan that is worth exactly that sum is the best (weak duality).

    Raises:
        NotProven: with the first thing that does not hold.
    """
    _require(len(plan.mate) == len(plan.gain) == len(graph.worth), "number of demands")
    _require(len(plan.price) == len(graph.room) and min(plan.price, default=0) >= 0, "prices")
    worth, left = 0, [*graph.room]
    for at, (mate, gain) in enumerate(zip(plan.mate, plan.gain, strict=True)):
        pairs = dict(zip(graph.targets[at], graph.gains[at], strict=True))
        most = [plan.price[to] - more for to, more in pairs.items()]
        _require(gain >= 0 and min(most, default=0) + gain >= graph.worth[at] * bool(most), f"gain of {at}")
        if mate >= 0:
            _require(mate in pairs, f"volunteer of {at}")
            worth, left[mate] = worth + graph.worth[at] + pairs[mate], left[mate] - 1
    _require(min(left, default=0) >= 0, "places")
    bound = sum(plan.gain) + sum(price * room for price, room in zip(plan.price, graph.room, strict=True))
    _require(worth == bound, f"worth {worth}, while {bound} is not ruled out")
    return worth


def _require(holds: bool, what: str) -> None:
    if not holds:
        raise NotProven(f"not proven: {what}")
