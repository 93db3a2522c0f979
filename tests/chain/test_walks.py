"""A machine walks the whole chain for thousands of steps; what must hold, holds after each."""

import os
from contextlib import ExitStack
from typing import Any, ClassVar, Final

import pytest
from django.db import connections, transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from gib.core.vault.reads import ReadSet
from tests.chain import deeds
from tests.chain.town import Town, build
from tests.chain.truths import Tally
from tests.chain.walk import Walk

pytestmark = pytest.mark.django_db(databases="__all__")

#: How many walks; more of them on demand, with chance instead of always the same choices.
WALKS: Final = int(os.environ.get("GIB_CHAIN_WALKS", "60"))
STEPS: Final = 50
SETTINGS: Final = settings(
    max_examples=WALKS,
    stateful_step_count=STEPS,
    derandomize="GIB_CHAIN_WALKS" not in os.environ,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


class Chain(RuleBasedStateMachine):
    """One walk is one example; at its end the town is as it was."""

    town: ClassVar[Town]
    tally: ClassVar[Tally]

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        for alias in connections:
            self.stack.enter_context(transaction.atomic(using=alias))
        self.walk = Walk(self.town, self.tally)

    def teardown(self) -> None:
        for alias in connections:
            transaction.set_rollback(True, using=alias)
        self.stack.close()


def _rule(group: str) -> Any:
    def step(self: Chain, seed: int) -> None:
        self.walk.throw(seed)
        self.walk.go(group)

    step.__name__ = group
    return rule(seed=st.integers(0, 2**32))(step)


for _group in deeds.DEEDS:
    setattr(Chain, _group, _rule(_group))


def test_the_chain(seen: ReadSet) -> None:
    Chain.town, Chain.tally = build(), Tally()
    run_state_machine_as_test(Chain, settings=SETTINGS)
    print(Chain.tally)
