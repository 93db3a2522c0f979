"""The gate of a child, the months at home and the states of a visit, each against a slow oracle."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from gib.care.products.domain import contact, match, participation
from gib.care.products.domain import home as phases
from gib.care.products.ik_jij_wij import domain as course
from gib.care.products.moeder_kind_bezoeken import domain as morning
from gib.care.products.moeder_kind_bezoeken.domain import Gate
from gib.care.products.moedermaatjes import domain as home
from gib.core.kernel.rules import RuleBroken
from gib.people.families.domain import children as young
from gib.people.partners.domain import Product

TODAY = date(2011, 1, 11)
DAYS = st.integers(0, 900)
AGES = st.none() | st.integers(0, 20).flatmap(lambda age: st.just((age, age)) | st.just((age, age + 1)))
RULE = st.none() | st.integers(0, 18)


def code_of(act: Any, *told: Any) -> str:
    try:
        act(*told)
    except RuleBroken as error:
        return error.code
    return ""


@given(ages=AGES, accompany=RULE, id_age=RULE, escort=st.booleans(), seen=st.booleans())
def test_age_and_identity_hold_for_every_age_the_child_can_have(
    ages: tuple[int, int] | None, accompany: int | None, id_age: int | None, escort: bool, seen: bool
) -> None:
    """Unknown is no; a child that may be too young needs an escort, one that may be old enough a paper."""
    possible = [] if ages is None else range(ages[0], ages[1] + 1)
    met = morning.accompanied(ages, accompany, escort)
    if accompany is None or not possible:
        assert met is None
    else:
        assert met is all(escort or age >= accompany for age in possible)
    shown = morning.identified(ages, id_age, seen)
    if id_age is None or not possible:
        assert shown is None
    else:
        assert shown is all(seen or age < id_age for age in possible)


@given(
    values=st.lists(st.none() | st.booleans(), min_size=7, max_size=7), state=st.sampled_from(morning.State)
)
def test_a_gate_opens_on_seven_times_yes_only(values: list[bool | None], state: morning.State) -> None:
    gate = Gate(*values)
    is_open = values == [True] * 7
    assert gate.is_open is is_open
    assert (code_of(morning.check_gate, gate) == "") is is_open
    assert len(gate.missing) == sum(value is not True for value in values)
    wanted = morning.State.GATE_OPEN if is_open else morning.State.GATE_BLOCKED
    assert morning.gate_state(gate) is wanted


@given(born=st.dates(date(1990, 1, 1), date(2011, 1, 1)), on=st.dates(date(2010, 1, 1), date(2013, 1, 1)))
def test_a_child_of_a_known_day_has_one_age_and_one_of_a_known_year_two(born: date, on: date) -> None:
    exact = young.ages_on(born, born.year, on)
    vague = young.ages_on(None, born.year, on)
    assert exact is not None
    assert vague is not None
    if on >= born:
        assert vague[0] <= exact[0] <= vague[1]


@given(state=st.sampled_from(morning.State), late=st.integers(-300, 300), norm=st.integers(0, 120))
def test_an_alarm_is_for_a_child_that_is_with_us_too_long(state: morning.State, late: int, norm: int) -> None:
    """Invariant 5."""
    back = datetime(2011, 1, 18, 12, tzinfo=UTC)
    alarm = morning.return_alarm(state, back, back + timedelta(minutes=late), norm)
    assert alarm is (state in ("picked_up", "inside", "refused_at_gate") and late >= norm)


def whole_months(started: date, on: date) -> int:
    """Count whole months by walking a calendar."""
    months, here = 0, started
    while True:
        year, month = divmod(started.month + months, 12)
        last = (
            date(started.year + year + (month + 1) // 12, (month + 1) % 12 + 1, 1) - timedelta(days=1)
        ).day
        here = date(started.year + year, month + 1, min(started.day, last))
        if here > on:
            return months
        months += 1


@given(started=st.dates(date(2009, 1, 1), date(2011, 12, 31)), days=DAYS)
def test_months_and_phases_are_those_of_the_calendar(started: date, days: int) -> None:
    on = started + timedelta(days=days)
    months = whole_months(started, on)
    assert phases.months_since(started, on) == months
    assert home.months_left(started, on, 15) == 15 - months
    names = ["landing"] + ["stabilise"] * 4 + ["build"] * 6 + ["let_go"] * 4
    assert phases.phase(started, on) == (names[months] if months < 15 else "farewell")


@given(days=DAYS, hours=st.integers(0, 12))
def test_the_hours_grow_with_every_week_that_begins(days: int, hours: int) -> None:
    budget = sum(hours for day in range(days + 1) if day % 7 == 0)
    assert home.hours_budget(TODAY, TODAY + timedelta(days=days), hours) == budget


@given(days=DAYS, norm=st.integers(1, 60))
def test_silence_is_longer_than_the_norm_and_not_equal_to_it(days: int, norm: int) -> None:
    assert home.is_unreachable(TODAY, TODAY + timedelta(days=days), norm) is (days > norm)


@given(
    held=st.integers(-20, 3),
    known=st.none() | st.integers(-10, 0),
    minutes=st.integers(0, 800),
    mood=st.none() | st.integers(-1, 7),
)
def test_an_account_is_refused_for_the_first_thing_that_cannot_be(
    held: int, known: int | None, minutes: int, mood: int | None
) -> None:
    faults = [
        ("visit_in_future", held > 0),
        ("before_match", known is not None and held < known),
        ("minutes_out_of_range", minutes < 5 or minutes > 720),
        ("mood_out_of_range", mood is not None and mood not in (1, 2, 3, 4, 5)),
    ]
    wanted = next((code for code, holds in faults if holds), "")
    since = None if known is None else TODAY + timedelta(days=known)
    assert code_of(contact.check_log, TODAY + timedelta(days=held), since, minutes, mood, TODAY) == wanted


@given(state=st.sampled_from(contact.State), days=st.none() | st.integers(-5, 40), norm=st.integers(0, 30))
def test_an_account_is_late_as_long_as_nobody_said_how_it_went(
    state: contact.State, days: int | None, norm: int
) -> None:
    planned = None if days is None else TODAY - timedelta(days=days)
    waits = state in ("planned", "confirmed", "cleared", "held")
    late = contact.log_overdue(state, planned, TODAY, norm)
    assert late is (waits and days is not None and days > norm)


@given(answers=st.lists(st.tuples(st.sampled_from(match.Side), st.booleans()), max_size=4))
def test_two_answers_make_a_match_in_any_order(answers: list[tuple[match.Side, bool]]) -> None:
    state, yes, over = match.State.PROPOSED, set(), False
    for side, said_yes in answers:
        if over:
            assert code_of(match.answer, state, side, said_yes) == "illegal_move"
        elif said_yes and (side in yes):
            assert code_of(match.answer, state, side, said_yes) == "already_answered"
        else:
            state = match.answer(state, side, said_yes)
            yes |= {side} if said_yes else set()
            over = not said_yes
    wanted = {0: match.State.PROPOSED, 2: match.State.AGREED}
    if over:
        assert state is match.State.REFUSED
    elif len(yes) in wanted:
        assert state is wanted[len(yes)]


@given(
    product=st.sampled_from(Product),
    cause=st.sampled_from(participation.Cause),
    now=st.sampled_from(participation.State),
    attended=st.integers(0, 8),
    needed=st.integers(1, 8),
)
def test_what_ends_from_outside_is_never_a_drop_out(
    product: Product, cause: participation.Cause, now: participation.State, attended: int, needed: int
) -> None:
    """Invariant 15."""
    to = participation.end_state(product, cause, now, attended, needed)
    if to is None:
        return
    assert not participation.is_drop_out(to, TODAY)
    assert participation.FLOW.may_move(now, to)
    assert product is not Product.MOEDERMAATJES
    if to is participation.State.COMPLETED:
        assert attended >= needed


@given(sessions=st.integers(-1, 25), needed=st.integers(-1, 25))
def test_the_numbers_of_a_course(sessions: int, needed: int) -> None:
    fits = sessions in range(1, 21) and needed in range(1, sessions + 1)
    assert (code_of(course.check_course, sessions, needed) == "") is fits
