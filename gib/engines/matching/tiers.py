"""What comes first: five goals in one whole number, so that no later one ever outweighs an earlier one."""

from dataclasses import dataclass, field

from gib.engines.matching.pool import Pool
from gib.engines.matching.problem import Demand
from gib.engines.matching.score import days_waiting, is_urgent


@dataclass(frozen=True, order=True)
class Tiers:
    """What a plan reaches, the most important first.

    Mothers past the waiting norm or nearly free; all mothers; their days of waiting; points of the pairs; and
    open proposals that stay as they are.
    """

    urgent: int
    served: int
    days: int
    points: int
    kept: int

    def __sub__(self, other: "Tiers") -> "Tiers":
        return Tiers(
            self.urgent - other.urgent,
            self.served - other.served,
            self.days - other.days,
            self.points - other.points,
            self.kept - other.kept,
        )


@dataclass(frozen=True)
class Scale:
    """How many bits each goal is shifted to the left: enough for `most` demands, twice the problem.

    Equal scores share one number of `gains`, so that a search finds it near.
    """

    most: int
    points: int
    days: int
    served: int
    urgent: int
    gains: dict[int, int] = field(default_factory=dict, repr=False, compare=False)

    def worth(self, pool: Pool, demand: Demand) -> int:
        """Give what it is worth that a demand is met at all."""
        number = int(is_urgent(pool, demand)) << self.urgent
        return number + (1 << self.served) + (days_waiting(pool, demand) << self.days)

    def read(self, number: int) -> Tiers:
        """Take the five goals out of a number."""
        urgent, number = divmod(number, 1 << self.urgent)
        served, number = divmod(number, 1 << self.served)
        days, number = divmod(number, 1 << self.days)
        points, kept = divmod(number, 1 << self.points)
        return Tiers(urgent, served, days, points, kept)


def scale_of(pool: Pool, demands: list[Demand]) -> Scale:
    """Choose a scale on which the demands of a problem, and as many again, fit."""
    weights, twice = pool.policy.weights, 2 * len(demands) + 2
    most = sum(getattr(weights, name) for name in weights.__slots__)
    most_days = max((days_waiting(pool, demand) for demand in demands), default=0) + 36_525
    points = twice.bit_length()
    days = points + (twice * most).bit_length()
    served = days + (twice * most_days).bit_length()
    return Scale(twice, points, days, served, served + twice.bit_length())
