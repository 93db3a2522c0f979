"""What happens day after day: each story is told in turns, in the order of the days on which they fall."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from heapq import heappop, heappush
from typing import Final, TypeAlias

from gib.core.journal import outbox
from gib.core.kernel.clock import Now

#: A story gives the day on which it goes on, again and again; between two days it performs acts.
Tale: TypeAlias = Iterator[date]
_OPENS: Final = time(8)
_CATCH_UP_EVERY: Final = 30


class Play:
    """The stories that are going on and the day that it is in them."""

    def __init__(self, first_on: date, last_on: date) -> None:
        """Begin on a day; nothing happens after the last one."""
        self._waiting: list[tuple[date, int, Tale]] = []
        self._told = 0
        self._acts = 0
        self.on, self.last_on = first_on, last_on

    @property
    def now(self) -> Now:
        """Give the moment of the next act: each one a few seconds after the one before."""
        self._acts += 1
        at = datetime.combine(self.on, _OPENS, UTC) + timedelta(seconds=2 * self._acts)
        return Now(at, self.on)

    def begin(self, tale: Tale) -> None:
        """Let a story begin today: it goes on at once, until it names another day."""
        self._go_on(tale)

    def begin_on(self, on: date, tale: Tale) -> None:
        """Let a story begin on a day, or today when that day is past."""
        self._told += 1
        heappush(self._waiting, (max(on, self.on), self._told, tale))

    def _go_on(self, tale: Tale) -> None:
        on = next(tale, None)
        if on is not None:
            self.begin_on(max(on, self.on + timedelta(days=1)), tale)

    def run(self, progress: Callable[[date], object]) -> None:
        """Tell every story until the last day.

        Args:
            progress: hears each day on which something happens.
        """
        caught_up_on = self.on
        while self._waiting and self._waiting[0][0] <= self.last_on:
            on, _number, tale = heappop(self._waiting)
            if on != self.on:
                self.on, self._acts = on, 0
                progress(on)
                if (on - caught_up_on).days >= _CATCH_UP_EVERY:
                    outbox.catch_up(self.now)
                    caught_up_on = on
            self._go_on(tale)
        self.on, self._acts = self.last_on, 0
        outbox.catch_up(self.now)
