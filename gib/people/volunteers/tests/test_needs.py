"""Which policy holds for whom, what is due or too late, who may wait, and how somebody stands on a day."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gib.core.kernel.rules import RuleBroken
from gib.people.volunteers.domain import (
    BASE,
    POLICIES,
    Completed,
    Need,
    Papers,
    Requirement,
    Stand,
    Standing,
    State,
    Status,
    check_exemption,
    missing,
    needs,
    policy_for,
    state_on,
    status_of,
)

BEGAN = date(2010, 3, 1)
DAY = timedelta(days=1)
OLD, NEW = POLICIES
DAYS = st.dates(date(2007, 1, 1), date(2026, 12, 31))


def need(papers: Papers, on: date, of: Requirement, at_work_since: date | None = None) -> Need:
    """Give how one requirement stands."""
    (found,) = [one for one in needs(papers, on, at_work_since) if one.rule.requirement is of]
    return found


def in_order(*but: Requirement, since_on: date = BEGAN) -> list[Completed]:
    """See everything that everybody needs on the first day, but for some."""
    return [Completed(one, since_on) for one in BASE if one not in but]


@given(DAYS, DAYS)
def test_who_began_before_a_policy_keeps_the_older_one(since_on: date, on: date) -> None:
    assert policy_for(since_on, on) is (NEW if since_on >= NEW.from_on else OLD)


@given(DAYS, DAYS, DAYS)
def test_a_policy_that_binds_everybody_does_so_from_its_day(since_on: date, on: date, binds: date) -> None:
    found = policy_for(since_on, on, (OLD, replace(NEW, binds_on=binds)))
    assert (found.number == NEW.number) is (since_on >= NEW.from_on or on >= binds)


def test_an_old_cohort_sees_the_reporting_code_once_and_a_new_one_every_three_years() -> None:
    late = date(2020, 1, 1)
    for since_on, lacks in ((NEW.from_on - DAY, False), (NEW.from_on, True)):
        policy = policy_for(since_on, late)
        rule = policy.rule(Requirement.REPORTING_CODE)
        assert rule is not None
        assert (rule.months == 36) is lacks


def test_every_policy_asks_what_everybody_needs_and_names_who_must_act() -> None:
    for policy in POLICIES:
        asked = {rule.requirement for rule in policy.rules}
        assert asked == set(Requirement) - {Requirement.IDENTITY}
        assert set(BASE) <= {rule.requirement for rule in policy.rules if rule.blocks}
        assert policy.source
    assert [policy.from_on for policy in POLICIES] == sorted({policy.from_on for policy in POLICIES})


def test_before_she_starts_nothing_is_too_late_and_nothing_has_a_day() -> None:
    found = need(Papers(BEGAN), BEGAN + 300 * DAY, Requirement.AGREEMENT)
    assert (found.standing, found.due_on, found.past_since) == (Standing.DUE, None, None)


def test_what_never_came_is_too_late_from_her_first_day_at_work() -> None:
    start = BEGAN + 60 * DAY
    found = need(Papers(BEGAN), start, Requirement.AGREEMENT, start)
    assert (found.standing, found.past_since) == (Standing.PAST_DUE, start)


def test_what_may_come_later_is_due_after_its_days_and_too_late_the_day_after() -> None:
    due = BEGAN + 60 * DAY
    assert need(Papers(BEGAN), due, Requirement.COACHING) == need(Papers(BEGAN), BEGAN, Requirement.COACHING)
    found = need(Papers(BEGAN), due + DAY, Requirement.COACHING)
    assert (found.standing, found.due_on, found.past_since) == (Standing.PAST_DUE, due, due + DAY)
    assert not found.rule.blocks
    assert Requirement.COACHING not in missing(Papers(BEGAN), due + DAY)
    assert Requirement.COACHING in missing(Papers(BEGAN), due + DAY, blocking=False)


@given(st.integers(0, 40), st.integers(-50, 50))
def test_what_lapses_is_in_order_on_its_last_day_and_too_late_the_day_after(length: int, after: int) -> None:
    ends = BEGAN + length * DAY
    papers = Papers(BEGAN, [Completed(Requirement.VOG_84, BEGAN, ends)])
    on = max(BEGAN, ends + after * DAY)
    found = need(papers, on, Requirement.VOG_84)
    assert (found.standing is Standing.IN_ORDER) is (on <= ends)
    assert (Requirement.VOG_84 in missing(papers, on)) is (on > ends)
    assert found.past_since == (None if on <= ends else ends + DAY)


def test_only_the_trainings_she_has_are_asked_for() -> None:
    papers = Papers(BEGAN, [Completed(Requirement.TRAINING_IK_JIJ_WIJ, BEGAN, BEGAN)])
    asked = {one.rule.requirement for one in needs(papers, BEGAN + 5 * DAY)}
    assert Requirement.TRAINING_IK_JIJ_WIJ in asked
    assert Requirement.TRAINING_MOEDERMAATJES not in asked


def test_who_may_wait_is_not_missing_it_until_the_day_after() -> None:
    waits = Completed(Requirement.BASIC_TRAINING, BEGAN, BEGAN + 10 * DAY, is_exempt=True)
    papers = Papers(BEGAN, [*in_order(Requirement.BASIC_TRAINING), waits])
    assert missing(papers, BEGAN + 10 * DAY) == ()
    assert need(papers, BEGAN, Requirement.BASIC_TRAINING).standing is Standing.EXEMPT
    assert missing(papers, BEGAN + 11 * DAY) == (Requirement.BASIC_TRAINING,)
    late = need(papers, BEGAN + 12 * DAY, Requirement.BASIC_TRAINING)
    assert (late.standing, late.past_since) == (Standing.PAST_DUE, BEGAN + 11 * DAY)


@pytest.mark.requirement("VOG-01")
@pytest.mark.parametrize("requirement", Requirement)
def test_nobody_waits_for_what_keeps_people_safe(requirement: Requirement) -> None:
    may_wait = requirement in (Requirement.BASIC_TRAINING, Requirement.COACHING, Requirement.PEER_SUPERVISION)
    may_wait = may_wait or requirement.startswith("training_")
    if may_wait:
        check_exemption(requirement, OLD, BEGAN + DAY, BEGAN)
        return
    with pytest.raises(RuleBroken, match="never_exempted"):
        check_exemption(requirement, OLD, BEGAN + DAY, BEGAN)


def test_an_exemption_ends_within_a_year_and_not_before_today() -> None:
    check_exemption(Requirement.COACHING, OLD, BEGAN, BEGAN)
    check_exemption(Requirement.COACHING, OLD, date(2011, 3, 1), BEGAN)
    with pytest.raises(RuleBroken, match="exemption_too_long"):
        check_exemption(Requirement.COACHING, OLD, date(2011, 3, 2), BEGAN)
    with pytest.raises(RuleBroken, match="exemption_over"):
        check_exemption(Requirement.COACHING, OLD, BEGAN - DAY, BEGAN)


@pytest.mark.parametrize(
    ("state", "whole", "part"),
    [
        (State.INTERESTED, Status.APPROVED, Status.PROSPECTIVE),
        (State.SCREENING, Status.APPROVED, Status.PROSPECTIVE),
        (State.TRAINING, Status.APPROVED, Status.PROSPECTIVE),
        (State.AVAILABLE, Status.ONBOARDED, Status.EXPIRED),
        (State.ON_LEAVE, Status.PAUSED, Status.PAUSED),
        (State.SUSPENDED, Status.PAUSED, Status.PAUSED),
        (State.LEAVING, Status.ENDED, Status.ENDED),
        (State.LEFT, Status.ENDED, Status.ENDED),
        (State.REJECTED, Status.REFUSED, Status.REFUSED),
    ],
)
def test_how_she_stands_follows_from_state_and_papers(state: State, whole: Status, part: Status) -> None:
    assert status_of(state, Papers(BEGAN, in_order()), BEGAN) is whole
    assert status_of(state, Papers(BEGAN, in_order(Requirement.VOG_84)), BEGAN) is part


def test_a_training_that_is_missing_leaves_her_approved_and_at_work_expired() -> None:
    papers = Papers(BEGAN, in_order(Requirement.BASIC_TRAINING))
    assert status_of(State.TRAINING, papers, BEGAN) is Status.APPROVED
    assert status_of(State.AVAILABLE, papers, BEGAN) is Status.EXPIRED


def test_the_state_of_a_day_is_that_of_its_episode() -> None:
    stands = [Stand(State.INTERESTED, BEGAN, BEGAN + 4 * DAY), Stand(State.INTERVIEW, BEGAN + 5 * DAY)]
    told = [state_on(stands, BEGAN + days * DAY) for days in (-1, 0, 4, 5, 900)]
    assert told == [None, State.INTERESTED, State.INTERESTED, State.INTERVIEW, State.INTERVIEW]
