"""The table of a flow decides, and nothing else."""

from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gib.core.kernel.flow import Flow, steps
from gib.core.kernel.rules import RuleBroken


class Door(StrEnum):
    SHUT = "shut"
    AJAR = "ajar"
    GONE = "gone"


FLOW = Flow(Door.SHUT, steps({Door.SHUT: (Door.AJAR,), Door.AJAR: (Door.SHUT, Door.GONE)}))


def test_a_step_of_the_table_is_taken() -> None:
    assert FLOW.move("shut", Door.AJAR) is Door.AJAR


@pytest.mark.parametrize(
    ("here", "to"), [(Door.SHUT, Door.GONE), (Door.GONE, Door.SHUT), (Door.SHUT, Door.SHUT)]
)
def test_any_other_step_is_refused(here: Door, to: Door) -> None:
    with pytest.raises(RuleBroken) as refusal:
        FLOW.move(here, to)
    assert refusal.value.code == "illegal_move"
    assert refusal.value.facts == {"now": str(here), "to": str(to)}
    assert not FLOW.may_move(here, to)


def test_an_unknown_state_is_an_error_not_a_refusal() -> None:
    with pytest.raises(ValueError, match="open"):
        FLOW.move("open", Door.SHUT)


def test_final_states_are_those_without_a_step() -> None:
    assert [state for state in Door if FLOW.is_final(state)] == [Door.GONE]
    assert FLOW.open_states == {Door.SHUT, Door.AJAR}


def test_the_diagram_holds_every_step_and_no_other() -> None:
    assert FLOW.mermaid().splitlines() == [
        "stateDiagram-v2",
        "    [*] --> shut",
        "    shut --> ajar",
        "    ajar --> gone",
        "    ajar --> shut",
        "    gone --> [*]",
    ]


def test_a_correction_is_no_step_and_opens_nothing() -> None:
    flow = Flow(Door.SHUT, FLOW.steps, steps({Door.GONE: (Door.AJAR,)}))
    assert flow.correct("gone", Door.AJAR) is Door.AJAR
    assert not flow.may_move("gone", Door.AJAR)
    assert flow.is_final(Door.GONE)
    assert "    gone --> ajar: put right" in flow.mermaid().splitlines()
    for here, to in ((Door.AJAR, Door.SHUT), (Door.GONE, Door.SHUT)):
        with pytest.raises(RuleBroken, match="illegal_move"):
            flow.correct(here, to)


@given(st.lists(st.sampled_from(Door)))
def test_a_walk_never_leaves_the_table(wishes: list[Door]) -> None:
    here = FLOW.start
    for wish in wishes:
        if FLOW.may_move(here, wish):
            before, here = here, FLOW.move(here, wish)
            assert here in FLOW.steps[before]
        else:
            with pytest.raises(RuleBroken):
                FLOW.move(here, wish)
