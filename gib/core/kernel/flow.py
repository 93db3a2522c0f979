"""A state machine as a table: where one may go from here, and nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Generic, TypeVar

from gib.core.kernel.rules import RuleBroken

S = TypeVar("S", bound=StrEnum)


@dataclass(frozen=True)
class Flow(Generic[S]):
    """The permitted moves between states.

    `start` is the state of a new row; `steps` maps each state to the states that may follow.
    A state that is absent from `steps`, or maps to nothing, is final. `corrections` put right what was
    noted by mistake or too early; they do not make a state open.
    """

    start: S
    steps: Mapping[S, frozenset[S]]
    corrections: Mapping[S, frozenset[S]] = field(default_factory=dict)

    def move(self, now: S | str, to: S) -> S:
        """Give the next state, for an action to store.

        Raises:
            RuleBroken: 'illegal_move' when the table has no such step.
        """
        return self._follow(self.steps, now, to)

    def correct(self, now: S | str, to: S) -> S:
        """Give the state that puts a mistake right, for an action to store.

        Raises:
            RuleBroken: 'illegal_move' when the table has no such correction.
        """
        return self._follow(self.corrections, now, to)

    def _follow(self, table: Mapping[S, frozenset[S]], now: S | str, to: S) -> S:
        here = type(self.start)(now)
        if to not in table.get(here, frozenset()):
            raise RuleBroken("illegal_move", now=str(here), to=str(to))
        return to

    def may_move(self, now: S | str, to: S) -> bool:
        """Tell whether the step exists, for a page that offers it."""
        return to in self.steps.get(type(self.start)(now), frozenset())

    def is_final(self, state: S | str) -> bool:
        """Tell whether nothing can follow this state."""
        return not self.steps.get(type(self.start)(state))

    @property
    def open_states(self) -> frozenset[S]:
        """The states from which something can still follow."""
        return frozenset(state for state in type(self.start) if not self.is_final(state))

    def mermaid(self) -> str:
        """Draw the table as a Mermaid state diagram, one step a line, in the order of the states."""
        lines = ["stateDiagram-v2", f"    [*] --> {self.start}"]
        for state in type(self.start):
            lines += [f"    {state} --> {to}" for to in sorted(self.steps.get(state, frozenset()))]
            corrected = sorted(self.corrections.get(state, frozenset()))
            lines += [f"    {state} --> {to}: put right" for to in corrected]
            if self.is_final(state):
                lines.append(f"    {state} --> [*]")
        return "\n".join(lines)


def steps(table: Mapping[S, tuple[S, ...]]) -> Mapping[S, frozenset[S]]:
    """Turn a readable table of tuples into the table of a Flow."""
    return {state: frozenset(nexts) for state, nexts in table.items()}
