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
        self.data: Any = None
        self.walk = Walk(self.town, self.pick, self.tally)

    def pick(self, choices: Any) -> Any:
        """Choose by the example."""
        if len(choices) == 1:
            return choices[0]
        return choices[self.data.draw(st.integers(0, len(choices) - 1))]

    def teardown(self) -> None:
        for alias in connections:
            transaction.set_rollback(True, using=alias)
        self.stack.close()


def _rule(group: str) -> Any:
    def step(self: Chain, data: st.DataObject) -> None:
        self.data = data
        self.walk.go(group)

    step.__name__ = group
    return rule(data=st.data())(step)


for name in deeds.DEEDS:
    setattr(Chain, name, _rule(name))


@rule(data=st.data())
def days_pass(self: Chain, data: st.DataObject) -> None:
    """Let some days go by."""
    self.data = data
    self.walk.let_days_pass(self.pick([1, 1, 2, 5, 9, 20]))


setattr(Chain, "days_pass", days_pass)


def test_the_chain(seen: ReadSet) -> None:
    Chain.town, Chain.tally = build(), Tally()
    run_state_machine_as_test(Chain, settings=SETTINGS)
    print(Chain.tally)
