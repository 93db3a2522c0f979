"""The life of an upload as a table, and the moments at which it may go on."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from gib.core.kernel.rules import CATALOGUE, RuleBroken
from gib.core.sheets.domain import (
    KEPT,
    UPLOAD_FLOW,
    UploadState,
    check_complete,
    check_may_undo,
    check_open,
)

AT = datetime(2011, 1, 11, 9, tzinfo=UTC)
JUST = timedelta(microseconds=1)


def test_every_step_of_the_table_and_no_other() -> None:
    allowed = {
        ("uploaded", "mapped"),
        ("uploaded", "discarded"),
        ("mapped", "checked"),
        ("mapped", "discarded"),
        ("checked", "mapped"),
        ("checked", "applied"),
        ("checked", "discarded"),
        ("applied", "undone"),
    }
    for now in UploadState:
        for to in UploadState:
            if (now, to) in allowed:
                assert UPLOAD_FLOW.move(now, to) is to
            else:
                with pytest.raises(RuleBroken, match="illegal_move"):
                    UPLOAD_FLOW.move(now, to)


def test_an_upload_is_kept_for_one_day() -> None:
    assert timedelta(hours=24) == KEPT
    check_open(AT, AT - JUST)
    check_may_undo(AT, AT - JUST)
    for check, code in ((check_open, "sheet_expired"), (check_may_undo, "undo_too_late")):
        for late in (AT, AT + JUST):
            with pytest.raises(RuleBroken, match=code):
                check(AT, late)


@pytest.mark.parametrize(("faults", "new", "code"), [(1, 5, "sheet_has_faults"), (0, 0, "sheet_nothing_new")])
def test_a_sheet_comes_in_whole_or_not(faults: int, new: int, code: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        check_complete(faults, new)
    assert refused.value.code == code
    assert "{" not in CATALOGUE[code].format(**refused.value.facts)


def test_a_sheet_without_faults_comes_in() -> None:
    check_complete(0, 1)


class Life(RuleBasedStateMachine):
    """Any series of steps: an upload that came in is never set aside, one that ended stays ended."""

    def __init__(self) -> None:
        super().__init__()
        self.state = UPLOAD_FLOW.start
        self.path = [self.state]

    @rule(to=st.sampled_from(UploadState))
    def step(self, to: UploadState) -> None:
        if UPLOAD_FLOW.may_move(self.state, to):
            self.state = UPLOAD_FLOW.move(self.state, to)
            self.path.append(self.state)

    @invariant()
    def nothing_comes_in_unchecked(self) -> None:
        if UploadState.APPLIED in self.path:
            before = self.path[: self.path.index(UploadState.APPLIED)]
            assert before[-1] is UploadState.CHECKED

    @invariant()
    def what_came_in_is_never_set_aside(self) -> None:
        assert not {UploadState.APPLIED, UploadState.DISCARDED} <= set(self.path)

    @invariant()
    def what_ended_stays_ended(self) -> None:
        assert not any(UPLOAD_FLOW.is_final(state) for state in self.path[:-1])


TestLife = Life.TestCase
