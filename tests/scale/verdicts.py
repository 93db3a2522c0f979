"""What was measured beside its gate: what of it fails, and whether the machine was quiet enough for it."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from tests.scale.timing import Ratio

#: Above so many waiting processes per core a time tells more about the others than about us.
BUSY: Final = 1.5


@dataclass(frozen=True)
class Gate:
    """Above which ratio a measurement fails, and below which one it is as good as we want."""

    most: float
    goal: float


LIST: Final = Gate(2.7, 1.7)
GROWTH: Final = Gate(1.3, 1.1)
WINDOW: Final = Gate(1.2, 1.05)
ENCRYPTION: Final = Gate(1.10, 1.03)
NET: Final = Gate(1.20, 1.08)


@dataclass(frozen=True)
class Timed:
    """A ratio of two times beside its gate."""

    name: str
    ratio: Ratio
    gate: Gate

    @property
    def fails(self) -> bool:
        """Tell whether even the lower bound lies above the gate."""
        return self.ratio.low > self.gate.most

    def told(self) -> str:
        """Write one line."""
        if self.fails:
            word = "TOO MUCH"
        elif self.ratio.value > self.gate.most:
            word = "perhaps too much"
        else:
            word = "goal reached" if self.ratio.value <= self.gate.goal else "within the gate"
        bounds = f"gate {self.gate.most:.2f}, goal {self.gate.goal:.2f}"
        return f"{self.name:<66} {self.ratio.told():>22}  {bounds}: {word}"


@dataclass(frozen=True)
class Counted:
    """A number that no busy machine changes, beside the most that it may be."""

    name: str
    number: int
    most: int

    @property
    def fails(self) -> bool:
        """Tell whether it is more."""
        return self.number > self.most

    def told(self) -> str:
        """Write one line."""
        return (
            f"{self.name:<66} {self.number:>22}  at most {self.most}: {'TOO MUCH' if self.fails else 'good'}"
        )


Verdict = Timed | Counted


def is_busy(load: float) -> bool:
    """Tell whether so many processes waited that no time is judged."""
    return load > BUSY * (os.cpu_count() or 1)


def judged(verdicts: Sequence[Verdict], load: float) -> tuple[list[str], int]:
    """Write what was found, and the status to end with: 1 when something surely passes its gate.

    Args:
        load: how many processes ran or waited on average, the highest that was seen; on a busy machine
            numbers are judged, and times are not.
    """
    lines = [each.told() for each in verdicts]
    failing = [each for each in verdicts if each.fails]
    if is_busy(load):
        timed = [each for each in failing if isinstance(each, Timed)]
        failing = [each for each in failing if isinstance(each, Counted)]
        lines.append(
            f"Times are not judged: the load was {load:.1f}, above {BUSY} per core of {os.cpu_count()}."
            f" {len(timed)} of them would fail."
        )
    if failing:
        lines.append(f"Above the gate: {'; '.join(each.name for each in failing)}.")
    return lines, 1 if failing else 0
