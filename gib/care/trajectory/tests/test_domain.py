"""The rules of a trajectory, without a database."""

from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from gib.care.trajectory import domain
from gib.care.trajectory.domain import (
    ACTIVE,
    FLOW,
    OPEN,
    RELEASE_DRILL,
    CloseReason,
    Phase,
    ReviewDue,
    State,
    Step,
)
from gib.core.kernel.dates import Period
from gib.core.kernel.rules import CATALOGUE, RuleBroken

TODAY = date(2011, 1, 11)
DAYS = st.dates(date(2010, 1, 1), date(2012, 12, 31))
STATES = list(State)


def broken(code: str) -> AbstractContextManager[object]:
    return pytest.raises(RuleBroken, match=f"^{code}$")


def day(days: int) -> date:
    return TODAY + timedelta(days=days)


class Stages(RuleBasedStateMachine):
    """Any row of moves: what the table lacks is refused and changes nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.state = FLOW.start
        self.path = [self.state]

    @rule(to=st.sampled_from(STATES))
    def move(self, to: State) -> None:
        before = self.state
        try:
            self.state = FLOW.move(before, to)
        except RuleBroken as error:
            assert error.code == "illegal_move"
            assert not FLOW.may_move(before, to)
            return
        self.path.append(to)

    @invariant()
    def nothing_is_active_that_was_not_agreed(self) -> None:
        if self.state in ACTIVE:
            assert State.AGREED in self.path

    @invariant()
    def what_is_closed_opens_as_agreed(self) -> None:
        pairs = zip(self.path, self.path[1:], strict=False)
        assert all(after is State.AGREED for before, after in pairs if before is State.CLOSED)


TestStages = Stages.TestCase


def test_every_open_state_can_close_and_none_is_a_dead_end() -> None:
    assert all(FLOW.may_move(state, State.CLOSED) for state in OPEN)
    assert FLOW.open_states == frozenset(State)


@pytest.mark.parametrize(
    ("here", "to"),
    [
        (State.PROPOSED, State.ACTIVE_INSIDE),
        (State.ACTIVE_OUTSIDE, State.ACTIVE_INSIDE),
        (State.CLOSED, State.ACTIVE_OUTSIDE),
        (State.TAPERING, State.ACTIVE_INSIDE),
        (State.AGREED, State.TAPERING),
    ],
)
def test_a_step_that_is_not_in_the_table_is_refused(here: State, to: State) -> None:
    with broken("illegal_move"):
        FLOW.move(here, to)


def step(weeks: int | None = 4, due: date | None = TODAY, phase: Phase = Phase.TOWARDS_RELEASE) -> Step:
    return Step(uuid4(), phase, weeks, due)


def test_a_step_follows_the_release_date() -> None:
    ahead = step(4, day(70))
    assert domain.replan([ahead], day(126), TODAY) == [domain.NewDue(ahead.id, day(98), False)]


def test_a_step_that_would_fall_before_today_is_due_now_with_a_flag() -> None:
    ahead = step(4, day(70))
    assert domain.replan([ahead], day(10), TODAY) == [domain.NewDue(ahead.id, TODAY, True)]


def test_a_step_loses_its_day_when_the_date_becomes_unknown_and_gets_it_back() -> None:
    ahead = step(4, day(70))
    assert domain.replan([ahead], None, TODAY) == [domain.NewDue(ahead.id, None, False)]
    floating = replace(ahead, due_on=None)
    assert domain.replan([floating], day(126), TODAY) == [domain.NewDue(ahead.id, day(98), False)]


def test_a_step_after_release_counts_the_other_way() -> None:
    after = step(-2, day(70), Phase.HOME)
    assert domain.replan([after], day(126), TODAY)[0].due_on == day(140)


@pytest.mark.parametrize(
    "kept",
    [
        replace(step(), done_on=day(-3)),
        replace(step(4, day(5)), done_on=TODAY),
        replace(step(4, day(5)), overtaken_on=day(-1)),
        step(4, day(-1)),
        step(None, day(30)),
    ],
    ids=["done", "done early", "overtaken", "overdue", "without release"],
)
def test_history_and_steps_with_a_day_of_their_own_stay(kept: Step) -> None:
    assert domain.replan([kept], day(200), TODAY) == []


STEPS = st.builds(
    Step,
    id=st.uuids(),
    phase=st.sampled_from(Phase),
    weeks_before_release=st.none() | st.integers(-60, 30),
    due_on=st.none() | DAYS,
    done_on=st.none() | DAYS,
    overtaken_on=st.none() | DAYS,
    rushed=st.booleans(),
)


@given(plan=st.lists(STEPS, unique_by=lambda each: each.id), release=st.none() | DAYS, on=DAYS)
def test_replanning_never_touches_history_nor_lays_a_step_in_the_past(
    plan: list[Step], release: date | None, on: date
) -> None:
    """Invariant 7, for every plan; a second time changes nothing."""
    by_id = {each.id: each for each in plan}
    moves = domain.replan(plan, release, on)
    for move in moves:
        old = by_id[move.id]
        assert old.weeks_before_release is not None
        assert not (old.done_on or old.overtaken_on or (old.due_on and old.due_on < on))
        assert move.due_on is None or move.due_on >= on
        by_id[move.id] = replace(old, due_on=move.due_on, rushed=move.rushed)
    assert domain.replan(by_id.values(), release, on) == []


@given(plan=st.lists(STEPS, unique_by=lambda each: each.id))
def test_a_release_overtakes_open_steps_before_it_only(plan: list[Step]) -> None:
    gone = set(domain.overtaken(plan))
    for each in plan:
        is_open = not (each.done_on or each.overtaken_on)
        assert (each.id in gone) == (is_open and each.phase is not Phase.HOME)


@pytest.mark.requirement("DJI-04")
def test_a_stay_of_twenty_days_tells_which_steps_come_too_late() -> None:
    soon, late = step(None, day(15), Phase.INSIDE), step(None, day(25), Phase.INSIDE)
    at_home, done = step(None, day(40), Phase.HOME), replace(late, done_on=TODAY)
    assert domain.too_late([soon, late, at_home, done], day(20)) == [late.id]
    assert domain.too_late([soon, late], None) == []


@pytest.mark.parametrize(("days", "near"), [(84, True), (85, False), (-5, True), (None, False)])
def test_release_is_near_within_twelve_weeks(days: int | None, near: bool) -> None:
    expected = None if days is None else day(days)
    assert domain.release_near(expected, TODAY) is near


@pytest.mark.parametrize(
    ("state", "released", "covered", "waits"),
    [
        (State.AGREED, True, False, True),
        (State.ACTIVE_INSIDE, True, False, True),
        (State.ACTIVE_INSIDE, False, False, False),
        (State.ACTIVE_OUTSIDE, True, True, False),
        (State.CLOSED, True, False, False),
    ],
)
def test_who_waits_for_funding(state: State, released: bool, covered: bool, waits: bool) -> None:
    assert domain.waits_for_funding(state, released, covered) is waits


@pytest.mark.parametrize(
    ("state", "days", "stalled"),
    [
        (State.AGREED, 42, False),
        (State.AGREED, 43, True),
        (State.PAUSED, 90, False),
        (State.CLOSED, 90, False),
    ],
)
def test_what_stands_still(state: State, days: int, stalled: bool) -> None:
    assert domain.is_stalled(state, day(-days), TODAY) is stalled


@pytest.mark.parametrize(
    ("weeks", "extra", "due"),
    [
        (8, -1, ReviewDue.NOT_YET),
        (8, 0, ReviewDue.DUE),
        (13, 0, ReviewDue.DUE),
        (13, 1, ReviewDue.OVERDUE),
    ],
)
def test_a_review_is_due_between_eight_and_thirteen_weeks(weeks: int, extra: int, due: ReviewDue) -> None:
    assert domain.review_due(day(-weeks * 7 - extra), TODAY) is due


def test_a_second_trajectory_is_refused() -> None:
    with broken("trajectory_open"):
        domain.check_propose(True, None, TODAY)


@pytest.mark.parametrize(("closed", "refused"), [(date(2010, 7, 11), True), (date(2010, 7, 10), False)])
def test_within_six_months_the_old_one_reopens_and_later_a_new_one_follows(
    closed: date, refused: bool
) -> None:
    assert domain.may_reopen(closed, TODAY) is refused
    if refused:
        domain.check_reopen(closed, TODAY)
        with broken("trajectory_reopen"):
            domain.check_propose(False, closed, TODAY)
    else:
        domain.check_propose(False, closed, TODAY)
        with broken("reopen_too_late"):
            domain.check_reopen(closed, TODAY)
    with broken("let_go_stays"):
        domain.check_reopen(closed, TODAY, was_let_go=True)


@pytest.mark.requirement("CON-01")
@pytest.mark.parametrize(
    ("consent", "goal", "code"), [(False, True, "support_missing"), (True, False, "goal_missing")]
)
def test_agreeing_needs_consent_and_a_goal(consent: bool, goal: bool, code: str) -> None:
    with broken(code):
        domain.check_agree(consent, goal)


def test_agreeing_with_both_is_fine() -> None:
    domain.check_agree(True, True)
    domain.check_consent(True)


@pytest.mark.requirement("FIN-01")
@pytest.mark.parametrize(
    ("released", "covered", "code"), [(False, True, "not_released"), (True, False, "not_covered")]
)
def test_help_at_home_needs_a_release_and_a_payer(released: bool, covered: bool, code: str) -> None:
    domain.check_outside(True, True)
    with broken(code):
        domain.check_outside(released, covered)


def test_help_inside_needs_a_detention() -> None:
    domain.check_inside(True)
    with broken("not_inside"):
        domain.check_inside(False)


@pytest.mark.parametrize("reason", [reason for reason in CloseReason if reason is not CloseReason.NOT_FUNDED])
def test_every_other_reason_closes_without_a_trail(reason: CloseReason) -> None:
    domain.check_close(reason, None, None)


def test_letting_go_for_money_needs_municipality_and_trail() -> None:
    """Invariant 8."""
    with broken("let_go_municipality"):
        domain.check_close(CloseReason.NOT_FUNDED, None, uuid4())
    with broken("let_go_trail"):
        domain.check_close(CloseReason.NOT_FUNDED, "0363", None)
    domain.check_close(CloseReason.NOT_FUNDED, "0363", uuid4())


@pytest.mark.parametrize(
    ("started", "detained", "to"),
    [
        (False, True, State.AGREED),
        (False, False, State.AGREED),
        (True, True, State.ACTIVE_INSIDE),
        (True, False, State.ACTIVE_OUTSIDE),
    ],
)
def test_a_paused_trajectory_goes_on_where_she_is(started: bool, detained: bool, to: State) -> None:
    assert domain.resumes_as(started, detained) is to
    assert FLOW.may_move(State.PAUSED, to)


@pytest.mark.parametrize("state", State)
def test_work_on_the_plan_needs_an_open_trajectory(state: State) -> None:
    if state is State.CLOSED:
        with broken("trajectory_not_open"):
            domain.check_open(state)
    else:
        domain.check_open(str(state))


@pytest.mark.parametrize("mark", [-1, 6])
def test_a_mark_outside_the_scale_is_refused(mark: int) -> None:
    with broken("mark_out_of_range"):
        domain.check_mark(mark, None)


def test_a_closed_goal_gets_no_mark() -> None:
    domain.check_mark(0, None)
    domain.check_mark(5, None)
    with broken("goal_closed"):
        domain.check_mark(3, TODAY)


def test_a_tick_can_be_taken_back_but_not_on_an_overtaken_step() -> None:
    domain.check_do(step())
    domain.check_undo(replace(step(), done_on=TODAY))
    with broken("step_overtaken"):
        domain.check_do(replace(step(), overtaken_on=TODAY))
    with broken("step_not_done"):
        domain.check_undo(step())


def test_covers_of_one_payer_do_not_overlap() -> None:
    held = [Period(day(0), day(30))]
    domain.check_cover(Period(day(31), None), held)
    with broken("cover_overlaps"):
        domain.check_cover(Period(day(30), None), held)


def test_a_review_lies_in_the_past_or_today() -> None:
    domain.check_review(TODAY, TODAY)
    with broken("review_in_future"):
        domain.check_review(day(1), TODAY)


def test_the_drill_fits_in_seventy_two_hours() -> None:
    assert set(RELEASE_DRILL.values()) <= {0, 1, 2}
    assert len(RELEASE_DRILL) == 4


def test_every_code_has_a_sentence_with_blanks_that_are_filled() -> None:
    for code in ("trajectory_open", "not_covered", "let_go_trail", "mark_out_of_range"):
        assert CATALOGUE[code].endswith(".")
    assert CATALOGUE["reopen_too_late"].format(months=6)
