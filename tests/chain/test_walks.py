"""A machine walks the whole chain for thousands of steps; what must hold, holds after each."""

import os
from collections import Counter
from contextlib import ExitStack
from datetime import date
from typing import ClassVar, Final
from uuid import UUID

import pytest
from django.db import connections, transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from gib.core.kernel.dates import Period
from gib.core.vault.reads import ReadSet
from gib.insight.reporting.domain import Group
from gib.insight.reporting.models import count, from_journal
from tests.chain.deeds import DEEDS
from tests.chain.reach import left_over
from tests.chain.town import Town, build
from tests.chain.truths import Tally
from tests.chain.walk import Walk

pytestmark = pytest.mark.django_db(databases="__all__")

assert DEEDS, "the deeds are known"
#: How many walks; more of them on demand, with chance instead of always the same choices.
USUAL: Final = 70
WALKS: Final = int(os.environ.get("GIB_CHAIN_WALKS", USUAL))
STEPS: Final = 50
#: Most walks take most of their steps; what is left over is taken by the machine beside each domain.
LEAST_STEPS: Final = 30
MOST_MOVES_LEFT, MOST_EVENTS_LEFT = 180, 50
SEEDS: Final = st.integers(0, 2**32)
SETTINGS: Final = settings(
    max_examples=WALKS,
    stateful_step_count=STEPS,
    derandomize="GIB_CHAIN_WALKS" not in os.environ,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def told_otherwise(on: date) -> dict[tuple[Group, str], tuple[int, int]]:
    """Give the figures of the years of a walk of which rows and journal tell otherwise."""
    found = {}
    for year in range(on.year - 1, on.year + 1):
        days = Period(date(year, 1, 1), date(year, 12, 31))
        rows, journal = count(days, on), from_journal(days, on)
        both = {key: (rows.get(key, 0), journal.get(key, 0)) for key in rows.keys() | journal.keys()}
        found |= {key: pair for key, pair in both.items() if pair[0] != pair[1]}
    return found


class Chain(RuleBasedStateMachine):
    """One walk is one example; at its end the town is as it was."""

    town: ClassVar[Town]
    tally: ClassVar[Tally]
    #: First throw of a walk -> what earlier walks had tried then, so that a walk can be walked again.
    memory: ClassVar[dict[int, Counter[tuple[str, str]]]]
    tried: ClassVar[Counter[tuple[str, str]]]

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        for alias in connections:
            self.stack.enter_context(transaction.atomic(using=alias))
        self.walk = Walk(self.town, self.tally)
        self.focus: UUID | None = None

    @initialize(seed=SEEDS)
    def begin(self, seed: int) -> None:
        """Choose a mother to follow, and what is rare so far."""
        self.walk.throw(seed)
        self.walk.known = self.memory.setdefault(seed, Counter(self.tried))
        self.focus = self.walk.pick(self.town.families)

    @rule(seed=SEEDS)
    def go_on(self, seed: int) -> None:
        """Let something happen to anybody."""
        self.walk.throw(seed)
        self.walk.go()

    @rule(seed=SEEDS)
    def follow(self, seed: int) -> None:
        """Let something happen to one mother, mostly with what happened last."""
        self.walk.throw(seed)
        if self.walk.chance(4):
            self.walk.go(self.focus)
        else:
            self.walk.go_further()

    @rule(seed=SEEDS)
    def finish(self, seed: int) -> None:
        """Bring what happened last a step further."""
        self.walk.throw(seed)
        self.walk.go_further()

    @rule(seed=SEEDS)
    def stumble(self, seed: int) -> None:
        """Let somebody try what may not be, now and then."""
        self.walk.throw(seed)
        if self.walk.chance(3):
            self.walk.stumble()
        else:
            self.walk.go(self.focus)

    @rule(seed=SEEDS)
    def wait(self, seed: int) -> None:
        """Let some days go by, now and then."""
        self.walk.throw(seed)
        if self.walk.chance(3):
            self.walk.let_days_pass(self.walk.pick([1, 1, 2, 5, 9, 20]))
        else:
            self.walk.go()

    def teardown(self) -> None:
        """Count the year from the rows and from the journal, and leave the town as it was."""
        self.tried.update(self.walk.tried)
        assert told_otherwise(self.walk.on) == {}
        for alias in connections:
            transaction.set_rollback(True, using=alias)
        self.stack.close()


def test_the_chain(seen: ReadSet) -> None:
    """Thousands of deeds, each held against every truth, reach nearly everything that can happen."""
    Chain.town, Chain.tally, Chain.memory, Chain.tried = build(), Tally(), {}, Counter()
    run_state_machine_as_test(Chain, settings=SETTINGS)
    tally = Chain.tally
    moves, events = left_over(tally)
    print(f"{tally.steps} steps, {len(tally.refused)} kinds of refusal; left over: {moves} {events}")
    assert tally.steps >= LEAST_STEPS * WALKS
    if WALKS >= USUAL:
        assert len(moves) <= MOST_MOVES_LEFT, moves
        assert len(events) <= MOST_EVENTS_LEFT, events
