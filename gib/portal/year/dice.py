"""Chance that falls the same way each time it is asked for the same thing."""

import math
from collections.abc import Mapping
from random import Random
from typing import TypeVar

Face = TypeVar("Face")
#: Standard deviations below which nine of ten values of a normal distribution lie.
_NINE_OF_TEN = 1.2816


class Dice(Random):
    """Dice of one person or thing of a story, never for a secret: the same seed and name, the same throws."""

    def __init__(self, *names: object) -> None:
        """Load the dice for what the names stand for, such as a seed, a word and a number."""
        super().__init__("/".join(map(str, names)))

    def falls(self, chance: float) -> bool:
        """Tell whether something of this chance, 0 to 1, happens."""
        return self.random() < chance

    def pick(self, weights: Mapping[Face, float]) -> Face:
        """Pick a face by its weight; the weights need not add up to anything."""
        return self.choices(list(weights), list(weights.values()))[0]

    def days(self, median: float, most: float) -> int:
        """Throw a number of days, 1 or more, of a lognormal distribution.

        Args:
            median: days that half of the throws stay below.
            most: days that nine of ten stay below.
        """
        sigma = math.log(most / median) / _NINE_OF_TEN
        return max(1, round(self.lognormvariate(math.log(median), sigma)))

    def near(self, mean: float, spread: float, least: float, most: float) -> float:
        """Throw a number of a normal distribution that is cut at both ends."""
        return min(most, max(least, self.normalvariate(mean, spread)))
