"""Detentions, releases and consents day by day, beside slow readings of the same sentences."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gib.core.kernel.dates import Period, age_on
from gib.core.kernel.ids import new_id
from gib.core.kernel.rules import RuleBroken
from gib.people.families.domain.children import ages_on, deciders, who_decides
from gib.people.families.domain.codes import (
    FOR_A_CHILD,
    SHARING,
    Confidence,
    CustodyKind,
    Party,
    Place,
    Purpose,
    ReturnKind,
    Source,
)
from gib.people.families.domain.consent import (
    Answer,
    NewConsent,
    State,
    Validity,
    check_asked,
    check_consent_given,
    recipient_of,
    validity,
)
from gib.people.families.domain.detention import (
    Expectation,
    check_born,
    check_expected,
    check_release,
    check_return,
)
from gib.people.families.domain.episodes import check_end, check_not_future, last_day_before
from gib.people.families.domain.terms import Terms

DAY = timedelta(days=1)
TODAY = date(2011, 1, 11)
DAYS = st.integers(-15, 15).map(lambda number: TODAY + number * DAY)
TERMS = Terms(renewal_months=12, grace_days=30, heard_age=12, alone_age=16, adult_age=18)


def code_of(check: Callable[[], object]) -> str:
    """Run a check and give the code of the rule it broke; nothing when it passed."""
    try:
        check()
    except RuleBroken as broken:
        return broken.code
    return ""


# Episodes that follow each other.


@given(st.lists(DAYS, max_size=8))
def test_episodes_recorded_in_any_order_never_share_a_day(begins: list[date]) -> None:
    held: list[Period] = []
    for from_on in begins:
        try:
            last = last_day_before(from_on, held)
        except RuleBroken as broken:
            assert broken.code == "episode_overlaps"
            assert any(period.from_on >= from_on for period in held)
            continue
        held = [Period(period.from_on, period.to_on or last) for period in held] + [Period(from_on)]
    for number in range(-20, 40):
        on = TODAY + number * DAY
        inside = [period for period in held if on in period]
        assert len(inside) == (1 if held and on >= held[0].from_on else 0), "one at a time and no gap"
    assert sum(period.to_on is None for period in held) == min(1, len(held))


@given(st.lists(st.tuples(DAYS, st.integers(0, 5)), max_size=5), DAYS)
def test_an_episode_begins_after_everything_that_was_there(
    spans: list[tuple[date, int]], from_on: date
) -> None:
    earlier = [Period(begin, begin + length * DAY) for begin, length in spans]
    days = {period.from_on + number * DAY for period in earlier for number in range(_length(period))}
    is_refused = any(day >= from_on for day in days)
    assert code_of(lambda: last_day_before(from_on, earlier)) == ("episode_overlaps" if is_refused else "")
    if not is_refused:
        assert last_day_before(from_on, earlier) is None


def _length(period: Period) -> int:
    assert period.to_on is not None
    return (period.to_on - period.from_on).days + 1


@given(DAYS, st.none() | DAYS, DAYS)
def test_an_episode_is_closed_once_on_or_after_its_first_day(
    from_on: date, to_on: date | None, ends_on: date
) -> None:
    if to_on is not None and to_on < from_on:
        return
    wanted = "episode_closed" if to_on else "period_backwards" if ends_on < from_on else ""
    assert code_of(lambda: check_end(Period(from_on, to_on), ends_on)) == wanted


@given(DAYS, DAYS)
def test_only_what_has_happened_is_recorded(day: date, on: date) -> None:
    assert code_of(lambda: check_not_future(day, on)) == ("day_in_future" if day > on else "")


# Detention.


@given(DAYS, st.none() | DAYS, DAYS, DAYS)
def test_a_release_falls_within_an_open_detention_that_was(
    from_on: date, to_on: date | None, released: date, on: date
) -> None:
    if to_on is not None and to_on < from_on:
        return
    wanted = (
        "not_detained"
        if to_on
        else "day_in_future"
        if released > on
        else "before_detention"
        if released < from_on
        else ""
    )
    assert code_of(lambda: check_release(Period(from_on, to_on), released, on)) == wanted


@given(
    st.none() | DAYS,
    st.sampled_from(Source),
    st.sampled_from(Confidence),
    st.none() | st.tuples(st.none() | DAYS, st.sampled_from(Source), st.sampled_from(Confidence)),
)
def test_an_expectation_is_news_that_can_still_come(
    expected: date | None,
    source: Source,
    confidence: Confidence,
    last: tuple[date | None, Source, Confidence] | None,
) -> None:
    new = Expectation(expected, source, confidence)
    before = Expectation(*last) if last else None
    is_past = expected is not None and expected < TODAY
    wanted = "expected_in_past" if is_past else "no_change" if last == (expected, source, confidence) else ""
    assert code_of(lambda: check_expected(new, before, TODAY)) == wanted


@pytest.mark.parametrize(("kind", "code"), list(product(ReturnKind, ["0363", "", None])))
def test_a_municipality_is_asked_for_a_known_return_only(kind: ReturnKind, code: str | None) -> None:
    wanted = ""
    if kind is ReturnKind.KNOWN and not code:
        wanted = "municipality_missing"
    if kind is not ReturnKind.KNOWN and code:
        wanted = "municipality_not_asked"
    assert code_of(lambda: check_return(kind, code)) == wanted


@given(st.none() | DAYS, st.none() | st.integers(1990, 2030))
def test_nobody_is_born_after_today(born_on: date | None, year: int | None) -> None:
    is_future = (born_on is not None and born_on > TODAY) or (year is not None and year > 2011)
    assert code_of(lambda: check_born(born_on, year, TODAY)) == ("born_in_future" if is_future else "")


# Ages that are known by year only.


@given(st.dates(date(1990, 1, 1), TODAY), st.integers(0, 8000))
def test_the_true_age_lies_between_the_two_that_a_year_leaves(born_on: date, days: int) -> None:
    on = born_on + days * DAY
    bounds = ages_on(None, born_on.year, on)
    assert bounds is not None
    assert bounds[0] <= age_on(born_on, on) <= bounds[1] <= bounds[0] + 1
    assert ages_on(born_on, None, on) == (age_on(born_on, on),) * 2
    assert ages_on(None, None, on) is None


@given(st.dates(date(1995, 1, 1), TODAY), st.sampled_from([None, *CustodyKind]))
def test_what_is_decided_by_year_is_right_for_the_true_birthday(
    born_on: date, custody: CustodyKind | None
) -> None:
    by_year = deciders(ages_on(None, born_on.year, TODAY), custody, TERMS)
    if by_year is not None:
        assert by_year == who_decides(age_on(born_on, TODAY), custody, TERMS)


# Consent.


@given(
    st.sampled_from(Purpose),
    st.booleans(),
    st.none() | DAYS,
    st.none() | st.frozensets(st.sampled_from(Party)),
    st.frozensets(st.sampled_from(Party)),
)
def test_a_yes_counts_when_it_was_free_was_said_and_came_from_everybody(
    purpose: Purpose,
    absent: bool,
    said_on: date | None,
    needed: frozenset[Party] | None,
    given_by: frozenset[Party],
) -> None:
    answer = Answer(place=Place.PRISON, staff_absent=absent, given_by=given_by, given_on=said_on)
    wanted = ""
    if needed is not None and needed - given_by:
        wanted = "decider_missing"
    if needed is None:
        wanted = "decider_unknown"
    if said_on is not None and said_on > TODAY:
        wanted = "day_in_future"
    if not absent and purpose is not Purpose.REFERRAL_DATA:
        wanted = "staff_present"
    assert code_of(lambda: check_consent_given(purpose, answer, TODAY, needed)) == wanted


@pytest.mark.parametrize("purpose", Purpose)
@pytest.mark.parametrize(
    ("has_recipient", "has_child", "is_open"), list(product([True, False], repeat=3)), ids=str
)
def test_a_question_is_asked_once_of_the_right_person(
    purpose: Purpose, has_recipient: bool, has_child: bool, is_open: bool
) -> None:
    new = NewConsent(
        purpose=purpose, recipient="0363" if has_recipient else "", child_id=new_id() if has_child else None
    )
    reasons = {
        "consent_needs_recipient": purpose in SHARING and not has_recipient,
        "consent_not_for_child": has_child and purpose not in FOR_A_CHILD,
        "consent_needs_child": purpose is Purpose.CHILD_VISIT and not has_child,
        "consent_already_asked": is_open,
    }
    found = code_of(lambda: check_asked(new, is_open))
    assert found == next((code for code, is_so in reasons.items() if is_so), "")
    assert recipient_of(purpose, "0363") == ("0363" if purpose in SHARING else "")


@pytest.mark.parametrize("purpose", ["", "Support", "supporting", " support"])
def test_a_purpose_that_is_none_is_refused(purpose: str) -> None:
    assert code_of(lambda: recipient_of(purpose, "")) == "purpose_unknown"


@pytest.mark.requirement("CON-04")
@given(st.sampled_from(State), st.none() | DAYS, DAYS, st.integers(0, 12))
def test_a_consent_stands_as_a_calendar_would_say(
    state: State, expires: date | None, on: date, grace: int
) -> None:
    found = validity(state, expires, on, grace)
    if state is not State.GIVEN or expires is None:
        assert found is Validity.NONE
        return
    graceful = {expires + number * DAY for number in range(grace)}
    slow = Validity.HOLDS if on < expires else Validity.RENEW if on in graceful else Validity.FROZEN
    assert found is slow
