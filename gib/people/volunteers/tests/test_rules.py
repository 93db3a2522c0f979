"""The rules of papers and permits beside slow, separate answers: every day, every order, every gap."""

from collections.abc import Iterable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gib.core.kernel.rules import CATALOGUE, RuleBroken
from gib.people.partners.domain import INSIDE, Product
from gib.people.volunteers import domain
from gib.people.volunteers.domain import (
    BASE,
    FLOW,
    WORDS,
    Completed,
    LeaveReason,
    Papers,
    Permit,
    Requirement,
    State,
    check_permit,
    check_ready,
    check_seen,
    lapsing,
    missing,
    policy_for,
    reasons_not_to_work,
    valid_until,
)
from gib.people.volunteers.wording import LEAVE_WORDS, VERBS

TODAY = date(2011, 1, 11)
BEGAN = date(2008, 3, 1)
OLDEST = policy_for(BEGAN, TODAY)
#: What ends by itself and shuts out.
VOGS_OF = (Requirement.VOG_84, Requirement.VOG_85)
DAYS = st.dates(date(2010, 12, 1), date(2011, 2, 28))
SPANS = st.tuples(DAYS, st.none() | st.integers(0, 40)).map(
    lambda span: (span[0], None if span[1] is None else span[0] + timedelta(days=span[1]))
)
PAPERS = st.builds(
    lambda requirement, span: Completed(requirement, *span), st.sampled_from(Requirement), SPANS
)
PERMITS = st.builds(lambda prison, span: Permit(prison, *span), st.sampled_from(["NSL", "TPL"]), SPANS)


def _days(from_on: date, to_on: date | None) -> set[date]:
    """Write out every day of a span, up to a day that nobody asks about."""
    last = to_on or date(2011, 6, 1)
    return {from_on + timedelta(days=number) for number in range((last - from_on).days + 1)}


def _held(papers: Iterable[Completed], requirement: Requirement) -> set[date]:
    spans = [_days(paper.from_on, paper.to_on) for paper in papers if paper.requirement is requirement]
    return set().union(*spans)


@given(PAPERS, DAYS)
def test_a_paper_holds_on_exactly_its_days(paper: Completed, on: date) -> None:
    assert paper.holds_on(on) is (on in _days(paper.from_on, paper.to_on))


@given(PERMITS, DAYS)
def test_a_gate_opens_on_exactly_its_days(permit: Permit, on: date) -> None:
    assert permit.holds_on(on) is (on in _days(permit.from_on, permit.to_on))


def _all_missing(papers: list[Completed], on: date) -> tuple[Requirement, ...]:
    return missing(Papers(BEGAN, papers), on, *Product, blocking=False)


@given(st.lists(PAPERS, max_size=6), st.lists(st.sampled_from(Product), unique=True), DAYS)
def test_what_is_missing_is_what_no_paper_covers(
    papers: list[Completed], products: list[Product], on: date
) -> None:
    lacks = missing(Papers(BEGAN, papers), on, *products)
    wanted = {*BASE, *(Requirement(f"training_{product}") for product in products)}
    assert lacks == tuple(one for one in Requirement if one in wanted and on not in _held(papers, one))


@given(st.lists(PAPERS, max_size=6), PAPERS, DAYS)
def test_one_more_paper_never_makes_more_missing(papers: list[Completed], more: Completed, on: date) -> None:
    assert set(_all_missing([*papers, more], on)) <= set(_all_missing(papers, on))


@given(st.permutations(list(Requirement)), DAYS)
def test_the_order_of_papers_does_not_count(order: list[Requirement], on: date) -> None:
    papers = [Completed(one, TODAY) for one in order[:6]]
    assert _all_missing(papers, on) == _all_missing(list(reversed(papers)), on)


VOGS = st.builds(lambda requirement, span: Completed(requirement, *span), st.sampled_from(VOGS_OF), SPANS)


@given(st.lists(VOGS, max_size=6), DAYS, st.integers(0, 60))
def test_what_lapses_equals_a_walk_over_the_days(papers: list[Completed], on: date, days: int) -> None:
    found = dict(lapsing(Papers(BEGAN, papers), on, days))
    for requirement in Requirement:
        now_held = [paper for paper in papers if paper.requirement is requirement and paper.holds_on(on)]
        ends = [paper.to_on for paper in now_held]
        if not now_held or None in ends:
            assert requirement not in found
            continue
        last = max(end for end in ends if end)
        assert (requirement in found) is (last - on <= timedelta(days=days))
        assert found.get(requirement, last) == last


@given(st.lists(PAPERS, max_size=8), DAYS)
def test_what_lapses_stands_soonest_first_and_once(papers: list[Completed], on: date) -> None:
    soon = lapsing(Papers(BEGAN, papers), on, 60)
    assert [end for _, end in soon] == sorted(end for _, end in soon)
    assert len({requirement for requirement, _ in soon}) == len(soon)
    assert not {requirement for requirement, _ in soon} & set(_all_missing(papers, on))


@given(st.lists(PERMITS, max_size=3), PERMITS)
def test_a_permit_is_refused_when_it_shares_a_day_with_one_for_that_prison(
    permits: list[Permit], wanted: Permit
) -> None:
    shares = any(
        permit.prison == wanted.prison
        and _days(permit.from_on, permit.to_on) & _days(wanted.from_on, wanted.to_on)
        for permit in permits
    )
    try:
        check_permit(permits, wanted)
        assert not shares
    except RuleBroken as broken:
        assert (broken.code, shares) == ("permit_overlaps", True)


@given(st.lists(PERMITS, max_size=6), DAYS)
def test_permits_that_were_all_let_in_never_open_one_gate_twice(permits: list[Permit], on: date) -> None:
    held: list[Permit] = []
    for permit in permits:
        try:
            check_permit(held, permit)
        except RuleBroken:
            continue
        held.append(permit)
    for prison in ("NSL", "TPL"):
        assert sum(permit.prison == prison and permit.holds_on(on) for permit in held) <= 1


@given(
    st.sampled_from(State),
    st.lists(PAPERS, max_size=9),
    st.lists(PERMITS, max_size=2),
    st.sampled_from(Product),
    st.sampled_from(["NSL", "TPL"]),
    DAYS,
)
def test_the_reasons_equal_a_slow_list(
    state: State, papers: list[Completed], permits: list[Permit], product: Product, prison: str, on: date
) -> None:
    slow = set()
    if state is not State.AVAILABLE:
        slow.add("state")
    for requirement in [*BASE, Requirement(f"training_{product}")]:
        if on not in _held(papers, requirement):
            slow.add(str(requirement))
    opened = [on in _days(row.from_on, row.to_on) for row in permits if row.prison == prison]
    if product in INSIDE and not any(opened):
        slow.add("permit")
    held = Papers(BEGAN, papers, permits)
    told = reasons_not_to_work(state is State.AVAILABLE, held, product, prison, on)
    assert set(told) == slow
    assert len(told) == len(slow)


@pytest.mark.requirement("VOG-02")
@pytest.mark.parametrize(
    ("seen", "last"),
    [
        (date(2008, 1, 11), date(2011, 1, 10)),
        (date(2008, 2, 29), date(2011, 2, 27)),
        (date(2009, 2, 28), date(2012, 2, 27)),
        (date(2009, 3, 1), date(2012, 2, 29)),
        (date(2008, 3, 1), date(2011, 2, 28)),
        (date(2010, 1, 1), date(2012, 12, 31)),
        (date(2010, 12, 31), date(2013, 12, 30)),
        (date(2010, 3, 28), date(2013, 3, 27)),
    ],
)
def test_a_vog_ends_the_day_before_the_third_year_is_full(seen: date, last: date) -> None:
    for vog in VOGS_OF:
        assert valid_until(vog, seen, None, OLDEST) == last


@given(
    st.sampled_from([each for each in Requirement if each is not Requirement.IDENTITY]),
    st.dates(date(2000, 1, 1), date(2030, 1, 1)),
    st.none() | st.integers(0, 2000),
)
def test_what_was_written_wins_and_an_end_is_never_before_the_beginning(
    requirement: Requirement, seen: date, days: int | None
) -> None:
    given_end = None if days is None else seen + timedelta(days=days)
    until = valid_until(requirement, seen, given_end, OLDEST)
    assert until is None or until >= seen
    if given_end is not None:
        assert until == given_end
    elif requirement not in {*VOGS_OF, Requirement.COACHING, Requirement.PEER_SUPERVISION}:
        assert until is None


@given(st.dates(date(2000, 1, 1), date(2030, 1, 1)), st.integers(1, 5000))
def test_an_end_before_the_beginning_is_refused(seen: date, days: int) -> None:
    with pytest.raises(RuleBroken, match="completion_expired"):
        valid_until(Requirement.VOG_84, seen, seen - timedelta(days=days), OLDEST)


@given(DAYS, DAYS)
def test_what_was_seen_was_seen_by_today(seen: date, on: date) -> None:
    try:
        check_seen(seen, on)
        assert seen <= on
    except RuleBroken as broken:
        assert (broken.code, seen > on) == ("completion_in_future", True)


@given(st.sets(st.sampled_from(BASE)))
def test_ready_names_exactly_what_is_missing_in_the_order_of_the_house(held: set[Requirement]) -> None:
    lacks = [WORDS[one] for one in BASE if one not in held]
    try:
        check_ready(Papers(BEGAN, [Completed(one, TODAY) for one in held]), TODAY)
        assert lacks == []
    except RuleBroken as broken:
        assert broken.facts == {"missing": ", ".join(lacks)}
        assert CATALOGUE[broken.code].format(**broken.facts)


def test_only_what_matters_to_a_product_is_asked_for_it() -> None:
    for product in Product:
        asked = missing(Papers(BEGAN), TODAY, product)
        assert len(set(asked)) == len(asked)
        assert set(asked) - set(BASE) == {Requirement(f"training_{product}")}
        assert Requirement.COACHING not in asked


@pytest.mark.parametrize(
    ("now", "may"),
    [
        (State.INTERESTED, {State.INTERVIEW, State.REJECTED, State.LEAVING}),
        (State.INTERVIEW, {State.SCREENING, State.REJECTED, State.LEAVING}),
        (State.SCREENING, {State.TRAINING, State.SUSPENDED, State.LEAVING, State.REJECTED}),
        (State.TRAINING, {State.AVAILABLE, State.SUSPENDED, State.LEAVING, State.REJECTED}),
        (State.AVAILABLE, {State.ON_LEAVE, State.SUSPENDED, State.LEAVING}),
        (State.ON_LEAVE, {State.AVAILABLE, State.SUSPENDED, State.LEAVING}),
        (State.SUSPENDED, {State.AVAILABLE, State.LEAVING}),
        (State.LEAVING, {State.LEFT}),
        (State.LEFT, set()),
        (State.REJECTED, set()),
    ],
)
def test_the_steps_of_each_state(now: State, may: set[State]) -> None:
    assert {to for to in State if FLOW.may_move(now, to)} == may
    for to in set(State) - may:
        with pytest.raises(RuleBroken, match="illegal_move"):
            FLOW.move(now, to)


def test_every_step_that_a_person_takes_has_a_verb_or_its_own_page() -> None:
    reached = {to for nexts in FLOW.steps.values() for to in nexts}
    assert reached - set(VERBS) == {State.LEAVING}
    assert set(LEAVE_WORDS) == set(LeaveReason)
    assert len({str(word) for word in VERBS.values()}) == len(VERBS)


@pytest.mark.parametrize("state", [state for state in State if not FLOW.is_final(state)])
def test_from_every_open_state_there_is_a_way_out(state: State) -> None:
    reach, waiting = set(), [state]
    while waiting:
        here = waiting.pop()
        reach.add(here)
        waiting += [to for to in FLOW.steps.get(here, ()) if to not in reach]
    assert State.LEFT in reach or State.REJECTED in reach


def test_every_rule_of_this_domain_has_a_sentence_for_its_reader() -> None:
    for code in (
        "volunteer_papers_missing",
        "completion_in_future",
        "completion_expired",
        "permit_overlaps",
        "permit_needs_vog",
        "volunteer_age",
    ):
        assert CATALOGUE[code].endswith("."), code
    told = [event for event in domain.VolunteerEvent.__subclasses__() if not event.__subclasses__()]
    assert all(event.sentence.endswith(".") for event in told)
