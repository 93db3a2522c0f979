"""Long lists of the start page: of what is many, the first ones stay in sight and the others are folded."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from gib.core.ui.slots import Task

#: How many of one kind stay in sight. One more than this is shown as well: a fold of one row saves nothing.
IN_SIGHT: Final = 3


@dataclass(frozen=True)
class Fold:
    """The others of one kind behind one line, which says how many they are and how many cannot wait.

    It is open while a row of this kind was marked as done a moment ago: who does many in turn goes on.
    """

    pile: str
    tasks: tuple[Task, ...]
    is_open: bool

    @property
    def tone(self) -> str:
        """The tone of the first of them, as a list is sorted the most pressing one."""
        return self.tasks[0].tone

    @property
    def urgent(self) -> int:
        """How many cannot wait."""
        return sum(task.tone == "stop" for task in self.tasks)


def folded(tasks: Iterable[Task]) -> list[Task | Fold]:
    """Fold what is many of one kind, right after the first ones of it; the order stays.

    What belongs to no pile is never folded, nor is a row that was done a moment ago.
    """
    rows = list(tasks)
    piles = {pile: places for pile, places in _piles(rows).items() if len(places) > IN_SIGHT + 1}
    hidden = {at for places in piles.values() for at in places[IN_SIGHT:]}
    found: list[Task | Fold] = []
    for at, task in enumerate(rows):
        if at not in hidden:
            found.append(task)
        if at in piles.get(task.pile, [])[IN_SIGHT - 1 : IN_SIGHT]:
            found.append(_fold(rows, piles[task.pile][IN_SIGHT:]))
    return found


def _fold(rows: list[Task], places: list[int]) -> Fold:
    """Fold the rows at these places."""
    tasks = tuple(rows[at] for at in places)
    return Fold(tasks[0].pile, tasks, any(row.is_done and row.pile == tasks[0].pile for row in rows))


def _piles(rows: Iterable[Task]) -> dict[str, list[int]]:
    """Give where the rows stand that may be folded, by what they are."""
    piles: dict[str, list[int]] = {}
    for at, task in enumerate(rows):
        if task.pile and not task.is_done:
            piles.setdefault(task.pile, []).append(at)
    return piles
