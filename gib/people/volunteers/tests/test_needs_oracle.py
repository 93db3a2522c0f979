"""What is due, too late or exempt beside a slow walk over every day; her states beside the journal."""

import random
from collections.abc import Iterable
from datetime import date, timedelta
from itertools import pairwise
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gib.core.access.actor import Actor
from gib.core.access.tables import Role
from gib.core.journal.models import Happening
from gib.core.kernel.rules import RuleBroken
from gib.people.partners.builders import two_teams
from gib.people.partners.domain import Product
from gib.people.volunteers import actions, builders
from gib.people.volunteers.domain import (
    BASE,
    FLOW,
    OPENS,
    POLICIES,
    Completed,
    Need,
    Papers,
    Requirement,
    Rule,
    Stand,
    Standing,
    State,
    Status,
    lapsing,
    missing,
    needs,
    state_on,
    status_of,
)
from gib.people.volunteers.models import VolunteerStand
from gib.people.volunteers.tests.days import at

DAY = timedelta(days=1)
FIRST = date(2012, 11, 1)
#: Far enough after the last day that anybody asks about.
LAST = date(2015, 1, 1)
DAYS = st.dates(FIRST, date(2013, 12, 1))
ROWS = st.builds(
    lambda requirement, from_on, length, is_exempt: Completed(
        requirement, from_on, None if length is None else from_on + length * DAY, is_exempt
    ),
    st.sampled_from(Requirement),
    DAYS,
    st.none() | st.integers(0, 200),
    st.booleans(),
)
PAPERS = st.builds(Papers, DAYS, st.lists(ROWS, max_size=8))


def days_of(rows: Iterable[Completed]) -> set[date]:
    """Write out every day on which one of these holds."""
    found: set[date] = set()
    for row in rows:
        day = row.from_on
        while day <= (row.to_on or LAST):
            found.add(day)
            day += DAY
    return found


def rules_of(papers: Papers) -> tuple[Rule, ...]:
    """Give the rules of the newest policy that had begun on her first day."""
    begun = [policy for policy in POLICIES if policy.from_on <= papers.since_on]
    return sorted(begun, key=lambda policy: policy.from_on)[-1].rules


def known_by(papers: Papers, requirement: Requirement, on: date) -> list[Completed]:
    """Give what somebody knew of a requirement on a day: what had begun by then."""
    return [row for row in papers.completed if row.requirement is requirement and row.from_on <= on]


def first_without(papers: Papers, rule: Rule, on: date, at_work_since: date | None) -> date | None:
    """Walk to the first day on which it should have been in order and was not; nothing when there is none."""
    known = known_by(papers, rule.requirement, on)
    held = days_of(known)
    if known:
        day = max(held) + DAY
    elif rule.within_days is not None:
        day = papers.since_on + (rule.within_days + 1) * DAY
    elif at_work_since is not None:
        day = at_work_since
    else:
        return None
    return day if day <= on else None


def check_need(papers: Papers, found: Need, on: date, at_work_since: date | None) -> None:
    """Hold one need against the days."""
    holds = on in days_of(known_by(papers, found.rule.requirement, on))
    late = first_without(papers, found.rule, on, at_work_since)
    assert (found.standing in (Standing.IN_ORDER, Standing.EXEMPT)) is holds
    assert found.past_since == (None if holds else late)
    assert (found.standing is Standing.PAST_DUE) is (not holds and late is not None)
    if found.standing is Standing.PAST_DUE:
        assert found.due_on is not None and found.past_since == found.due_on + DAY


@given(PAPERS, DAYS, st.none() | DAYS)
def test_every_need_of_every_day_equals_a_walk_over_the_days(
    papers: Papers, on: date, at_work_since: date | None
) -> None:
    started = at_work_since if at_work_since is None or at_work_since <= on else None
    found = needs(papers, on, started)
    trained = {row.requirement for row in papers.completed if row.requirement in OPENS}
    wanted = [
        one.requirement
        for one in rules_of(papers)
        if one.requirement not in OPENS or one.requirement in trained
    ]
    assert [one.rule.requirement for one in found] == wanted
    for one in found:
        check_need(papers, one, on, started)


@given(PAPERS, DAYS)
def test_what_is_missing_is_what_shuts_her_out_and_does_not_hold(papers: Papers, on: date) -> None:
    every = missing(papers, on, *Product)
    slow = [
        rule.requirement
        for rule in rules_of(papers)
        if rule.blocks
        and on not in days_of(row for row in papers.completed if row.requirement is rule.requirement)
    ]
    assert list(every) == slow
    assert set(missing(papers, on)) == set(slow) & set(BASE)
    assert set(every) <= set(missing(papers, on, *Product, blocking=False))


@given(PAPERS, DAYS, st.integers(0, 120))
def test_what_lapses_within_days_was_held_today_and_is_not_after(papers: Papers, on: date, days: int) -> None:
    found = dict(lapsing(papers, on, days))
    for rule in rules_of(papers):
        held = days_of(known_by(papers, rule.requirement, on))
        ends = max(held, default=date.min)
        is_soon = rule.blocks and on in held and ends <= on + days * DAY
        assert (rule.requirement in found) is is_soon
        assert found.get(rule.requirement, ends) == ends


@given(PAPERS, DAYS, st.sampled_from(State))
def test_a_status_never_says_more_than_the_state_and_the_papers(
    papers: Papers, on: date, state: State
) -> None:
    found = status_of(state, papers, on)
    if found is Status.ONBOARDED:
        assert state is State.AVAILABLE
        assert missing(papers, on) == ()
    if found is Status.EXPIRED:
        assert state is State.AVAILABLE
        assert missing(papers, on) != ()
    if found is Status.APPROVED:
        assert not {Requirement.VOG_84, Requirement.VOG_85} & set(missing(papers, on))
    assert (found in (Status.ENDED, Status.REFUSED, Status.PAUSED)) is (
        state in (State.ON_LEAVE, State.SUSPENDED, State.LEAVING, State.LEFT, State.REJECTED)
    )


def test_the_walk_finds_a_rule_that_is_a_day_wrong() -> None:
    """The control: a need that holds one day too long is caught."""
    papers = Papers(FIRST, [Completed(Requirement.VOG_84, FIRST, FIRST + 10 * DAY)])
    (true,) = [one for one in needs(papers, FIRST + 11 * DAY) if one.rule.requirement is Requirement.VOG_84]
    check_need(papers, true, FIRST + 11 * DAY, None)
    wrong = Need(true.rule, Standing.IN_ORDER, FIRST + 11 * DAY)
    with pytest.raises(AssertionError):
        check_need(papers, wrong, FIRST + 11 * DAY, None)


def replayed(volunteer_id: Any) -> list[tuple[date, State]]:
    """Read from the journal on which day she went to which state."""
    rows = Happening.for_house("test", LAST).filter(name="volunteers.VolunteerMoved").order_by("position")
    return [
        (row.on, State(row.payload["state"]))
        for row in rows
        if row.payload["volunteer_id"] == str(volunteer_id)
    ]


@pytest.mark.django_db(databases="__all__")
@pytest.mark.parametrize("seed", range(6))
def test_the_state_of_every_day_equals_the_journal(seed: int, as_house: Any) -> None:
    dice = random.Random(seed)
    coordinator = Actor(uuid4(), Role.COORDINATOR, frozenset({two_teams()[0].pk}))
    on = FIRST
    volunteer = builders.interested(coordinator, at(on))
    builders.with_papers(coordinator, volunteer.id, at(on))
    here = State.INTERESTED
    for _step in range(9):
        on += dice.choice((0, 0, 1, 3, 10)) * DAY
        to = dice.choice(sorted(FLOW.steps.get(here) or State))
        try:
            here = State(actions.move(coordinator, volunteer.id, to, at(on)).state)
        except RuleBroken as broken:
            assert broken.code == "illegal_move"
    rows = VolunteerStand.for_house("test", LAST).filter(volunteer_id=volunteer.id).order_by("from_on")
    stands = [Stand(State(row.state), row.from_on, row.to_on) for row in rows]
    told = replayed(volunteer.id)
    day = FIRST
    while day <= on + 5 * DAY:
        assert state_on(stands, day) == ([State.INTERESTED] + [to for when, to in told if when <= day])[-1]
        day += DAY
    assert state_on(stands, FIRST - DAY) is None
    assert all(one.to_on is not None and one.to_on + DAY == other.from_on for one, other in pairwise(stands))
