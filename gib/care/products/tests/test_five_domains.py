"""The rules of each of the five products, without a database."""

from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gib.care.products.domain import home as phases
from gib.care.products.domain.meeting import Presence
from gib.care.products.domain.participation import State as Part
from gib.care.products.ik_jij_wij import domain as course
from gib.care.products.moeder_de_gans import domain as meeting
from gib.care.products.moeder_kind_bezoeken import domain as morning
from gib.care.products.moeder_kind_bezoeken.domain import Criterion, Gate, State
from gib.care.products.moedermaatjes import domain as home
from gib.care.products.tests.test_domain import Walk
from gib.core.kernel.rules import RuleBroken

TODAY = date(2011, 1, 11)


def broken(code: str) -> AbstractContextManager[object]:
    return pytest.raises(RuleBroken, match=f"^{code}$")


class Children(Walk):
    flow = morning.FLOW


TestChildren = Children.TestCase
OPEN = Gate(minor=True, custody=True, contact=True, accompanied=True, identity=True, wish=True, director=True)
FIELDS = {
    "minor": Criterion.MINOR,
    "custody": Criterion.CUSTODY,
    "contact": Criterion.CONTACT,
    "accompanied": Criterion.AGE_RULE,
    "identity": Criterion.IDENTITY,
    "wish": Criterion.WISH,
    "director": Criterion.DIRECTOR,
}


def test_a_child_may_come_when_all_is_in_order() -> None:
    assert OPEN.is_open
    assert morning.gate_state(OPEN) is State.GATE_OPEN
    morning.check_gate(OPEN)


@pytest.mark.requirement("DJI-05")
@pytest.mark.parametrize("name", FIELDS)
@pytest.mark.parametrize("value", [False, None])
def test_one_condition_that_is_not_met_or_unknown_is_enough_to_refuse(name: str, value: bool | None) -> None:
    """Invariants 4 and 14."""
    gate = replace(OPEN, **{name: value})
    assert gate.missing == (FIELDS[name],)
    assert morning.gate_state(gate) is State.GATE_BLOCKED
    with pytest.raises(RuleBroken) as error:
        morning.check_gate(gate)
    assert error.value.facts["missing"] == (FIELDS[name],)


@given(values=st.fixed_dictionaries({name: st.none() | st.booleans() for name in FIELDS}))
def test_the_gate_names_exactly_what_lacks(values: dict[str, bool | None]) -> None:
    gate = Gate(**values)
    assert set(gate.missing) == {FIELDS[name] for name, value in values.items() if value is not True}


def test_nothing_known_is_nothing_allowed() -> None:
    assert set(Gate().missing) == set(Criterion)


@pytest.mark.parametrize(
    ("ages", "rule", "escort", "met"),
    [
        ((9, 9), 12, True, True),
        ((9, 9), 12, False, False),
        ((12, 12), 12, False, True),
        ((11, 12), 12, False, False),
        (None, 12, True, None),
        ((9, 9), None, True, None),
    ],
)
def test_the_age_rule_of_the_prison(
    ages: tuple[int, int] | None, rule: int | None, escort: bool, met: bool | None
) -> None:
    assert morning.accompanied(ages, rule, escort) is met


@pytest.mark.parametrize(
    ("ages", "rule", "seen", "met"),
    [
        ((13, 13), 14, False, True),
        ((14, 14), 14, False, False),
        ((13, 14), 14, False, False),
        ((14, 14), 14, True, True),
        (None, 14, True, None),
        ((14, 14), None, True, None),
    ],
)
def test_the_identity_rule_of_the_prison(
    ages: tuple[int, int] | None, rule: int | None, seen: bool, met: bool | None
) -> None:
    assert morning.identified(ages, rule, seen) is met


BACK = datetime(2011, 1, 11, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize(("minutes", "late"), [(59, False), (60, True), (300, True)])
def test_a_child_that_is_not_home_an_hour_after_the_plan_alarms(
    state: State, minutes: int, late: bool
) -> None:
    """Invariant 5."""
    alarm = morning.return_alarm(state, BACK, BACK + timedelta(minutes=minutes), 60)
    assert alarm is (late and state in morning.AWAY)


def test_who_was_fetched_can_only_come_home() -> None:
    for here in morning.AWAY:
        assert not morning.FLOW.may_move(here, State.CANCELLED)
        assert not morning.FLOW.may_move(here, State.OVERTAKEN)


def test_fetching_is_for_the_day_itself() -> None:
    morning.check_day(TODAY, TODAY)
    with broken("not_the_day"):
        morning.check_day(TODAY + timedelta(days=1), TODAY)


def test_a_course_is_weekly() -> None:
    days = course.session_days(TODAY, 8)
    assert (len(days), days[-1]) == (8, TODAY + timedelta(weeks=7))


@pytest.mark.parametrize(("sessions", "needed"), [(0, 0), (8, 9), (21, 6), (8, 0)])
def test_a_course_with_impossible_numbers_is_refused(sessions: int, needed: int) -> None:
    with broken("course_numbers"):
        course.check_course(sessions, needed)


@pytest.mark.parametrize(
    ("taken", "last", "here", "code"),
    [
        (0, date(2011, 1, 10), True, "course_over"),
        (0, date(2011, 3, 1), False, "course_elsewhere"),
        (8, date(2011, 3, 1), True, "course_full"),
    ],
)
def test_who_cannot_join_a_course(taken: int, last: date, here: bool, code: str) -> None:
    with broken(code):
        course.check_enrol(taken, 8, last, TODAY, here)


def test_joining_halfway_is_fine_and_closing_waits_for_the_last_session() -> None:
    course.check_course(8, 6)
    course.check_enrol(7, 8, TODAY, TODAY, True)
    course.check_close(TODAY, TODAY)
    with broken("course_running"):
        course.check_close(TODAY + timedelta(days=1), TODAY)


@pytest.mark.parametrize(("days", "early"), [(-1, True), (0, False), (None, False)])
def test_who_leaves_before_the_last_session(days: int | None, early: bool) -> None:
    expected = None if days is None else TODAY + timedelta(days=days)
    assert course.leaves_early(expected, TODAY) is early


@pytest.mark.parametrize(
    ("presence", "part", "done"),
    [
        (Presence.PRESENT, Part.PLANNED, True),
        (Presence.PRESENT, Part.RUNNING, True),
        (Presence.PRESENT, Part.COMPLETED, False),
        (Presence.PRESENT, None, False),
        (Presence.EXCUSED, Part.PLANNED, False),
    ],
)
def test_one_information_meeting_completes_it(presence: Presence, part: Part | None, done: bool) -> None:
    assert meeting.completes(presence, part) is done


@pytest.mark.parametrize(
    ("started", "phase"),
    [
        (date(2010, 12, 12), phases.Phase.LANDING),
        (date(2010, 12, 11), phases.Phase.STABILISE),
        (date(2010, 8, 11), phases.Phase.BUILD),
        (date(2010, 2, 11), phases.Phase.LET_GO),
        (date(2009, 10, 11), phases.Phase.FAREWELL),
    ],
)
def test_the_months_at_home_have_phases(started: date, phase: phases.Phase) -> None:
    assert phases.phase(started, TODAY) is phase


def test_hours_and_months_that_fit() -> None:
    assert home.hours_budget(date(2011, 1, 4), TODAY, 4) == 8
    assert home.months_left(date(2010, 1, 11), TODAY, 15) == 3
    assert home.months_left(date(2009, 1, 11), TODAY, 15) == -9


def test_three_weeks_of_silence_ask_for_outreach() -> None:
    assert not home.is_unreachable(date(2010, 12, 21), TODAY, 21)
    assert home.is_unreachable(date(2010, 12, 20), TODAY, 21)
