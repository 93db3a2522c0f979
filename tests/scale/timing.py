"""What some work costs, measured call by call beside other work, and how sure a ratio of two costs is."""

import random
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from django.db import connections

_PROCESSES: Final = Path("/proc")
_NANO: Final = 1_000_000
_DRAWS, _SURE = 1_000, 0.95
#: The order of the works in a round, and what is drawn for an interval, are the same each time.
_SEED: Final = 2010


@dataclass(frozen=True)
class Work:
    """What is measured, and what is around it unmeasured: the house it is done in, a safeguard left out."""

    do: Callable[[], Any]
    around: tuple[Callable[[], AbstractContextManager[Any]], ...] = ()


@dataclass
class Costs:
    """Milliseconds per call: by the clock, and of processors, that of the server of PostgreSQL included."""

    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)

    def told(self) -> str:
        """Write the middle and the slowest twentieth by the clock, and the middle of the processor."""
        late = statistics.quantiles(self.wall, n=20)[-1] if len(self.wall) > 1 else self.wall[0]
        middle = statistics.median(self.wall)
        return f"p50 {middle:7.2f}  p95 {late:7.2f}  CPU {statistics.median(self.cpu):7.2f} ms"


@dataclass(frozen=True)
class Ratio:
    """How many times as much one work costs as another, and between which bounds that lies."""

    value: float
    low: float
    high: float

    def told(self) -> str:
        """Write the ratio with its bounds."""
        return f"{self.value:.2f} ({self.low:.2f} to {self.high:.2f})"


def interleaved(works: Mapping[str, Work], rounds: int) -> dict[str, Costs]:
    """Call each work once per round, in another order each round, so that a busy moment hits all alike."""
    spent = {name: Costs() for name in works}
    names, dice = list(works), random.Random(_SEED)
    for work in works.values():
        _cost(work)
    for _round in range(rounds):
        dice.shuffle(names)
        for name in names:
            wall, cpu = _cost(works[name])
            spent[name].wall.append(wall)
            spent[name].cpu.append(cpu)
    return spent


def _cost(work: Work) -> tuple[float, float]:
    with ExitStack() as around:
        for each in work.around:
            around.enter_context(each())
        servers = _servers()
        theirs, own, wall = _spent(servers), time.process_time_ns(), time.perf_counter_ns()
        work.do()
        wall, own = time.perf_counter_ns() - wall, time.process_time_ns() - own
        return wall / _NANO, (own + _spent(servers) - theirs) / _NANO


def _servers() -> list[Path]:
    """Give where the kernel counts for the processes of PostgreSQL that answer us; none for files."""
    held = [each for each in connections.all(initialized_only=True) if each.vendor == "postgresql"]
    pids = [each.connection.info.backend_pid for each in held if each.connection is not None]
    return [path for pid in pids if (path := _PROCESSES / str(pid) / "schedstat").exists()]


def _spent(servers: Sequence[Path]) -> int:
    return sum(int(path.read_text().split()[0]) for path in servers)


def ratio(above: Sequence[Costs], below: Sequence[Costs]) -> Ratio:
    """Compare the processor time of works of the same rounds: the sum of middles over the sum of middles.

    The bounds hold for nineteen of twenty draws of as many rounds, each work in the same rounds as the other.
    """
    dice, rounds = random.Random(_SEED), len(above[0].cpu)
    every = range(rounds)
    drawn = sorted(_quotient(above, below, dice.choices(every, k=rounds)) for _draw in range(_DRAWS))
    edge = int(_DRAWS * (1 - _SURE) / 2)
    return Ratio(_quotient(above, below, every), drawn[edge], drawn[-1 - edge])


def _quotient(above: Sequence[Costs], below: Sequence[Costs], rounds: Sequence[int]) -> float:
    top, bottom = (
        sum(statistics.median([costs.cpu[each] for each in rounds]) for costs in side)
        for side in (above, below)
    )
    return top / bottom
