"""Whose turn it is, as a rule: birthdays over the years, the norm of waiting, a release that is near."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import permutations
from typing import Any, Final
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gib.care.products.moeder_kind_bezoeken.domain.turns import Waiting, birthday_near, in_turn, turn_of
from gib.engines.mornings.problem import Child, Family, Home, policy_on
from gib.engines.mornings.turns import is_urgent, points

ON: Final = date(2011, 3, 15)
TERMS: Final = policy_on(ON)
DAYS: Final = st.dates(date(2010, 1, 1), date(2016, 12, 31))


def ago(days: int) -> date:
    return ON - timedelta(days=days)


def ahead(days: int) -> date:
    return ON + timedelta(days=days)


def waits(days: int = 0, number: int = 1, **facts: Any) -> Waiting:
    """Give a mother whose children wait for so many days."""
    return Waiting(UUID(int=number), ago(days), **facts)


class TestBirthday:
    @pytest.mark.parametrize(
        ("days", "is_near"), [(0, True), (1, True), (13, True), (14, False), (15, False), (182, False)]
    )
    def test_it_counts_within_two_weeks_before_and_after(self, days: int, is_near: bool) -> None:
        for birthday in (ago(days), ahead(days)):
            assert birthday_near([birthday.replace(year=2004)], ON) == (birthday if is_near else None)

    @pytest.mark.parametrize(
        ("on", "birthday"),
        [
            (date(2011, 12, 28), date(2012, 1, 3)),
            (date(2012, 1, 3), date(2012, 1, 3)),
            (date(2012, 1, 16), date(2012, 1, 3)),
            (date(2012, 1, 17), None),
            (date(2011, 12, 20), None),
            (date(2011, 12, 21), date(2012, 1, 3)),
        ],
    )
    def test_the_turn_of_the_year_is_no_border(self, on: date, birthday: date | None) -> None:
        assert birthday_near([date(2005, 1, 3)], on) == birthday

    @pytest.mark.parametrize(
        ("on", "birthday"),
        [
            (date(2011, 2, 28), date(2011, 3, 1)),
            (date(2011, 3, 14), date(2011, 3, 1)),
            (date(2011, 3, 15), None),
            (date(2011, 2, 15), None),
            (date(2011, 2, 16), date(2011, 3, 1)),
            (date(2012, 2, 15), None),
            (date(2012, 2, 16), date(2012, 2, 29)),
            (date(2012, 3, 13), date(2012, 2, 29)),
            (date(2012, 3, 14), None),
        ],
    )
    def test_who_was_born_on_a_leap_day_has_it_in_march_in_other_years(
        self, on: date, birthday: date | None
    ) -> None:
        assert birthday_near([date(2008, 2, 29)], on) == birthday

    def test_of_more_children_the_nearest_counts_and_the_earlier_of_two(self) -> None:
        births = [ahead(9).replace(year=2003), ago(4).replace(year=2006), ahead(4).replace(year=2007)]
        assert birthday_near(births, ON) == ago(4)
        assert birthday_near(births[::-1], ON) == ago(4)
        assert birthday_near([births[0]], ON) == ahead(9)

    def test_what_is_not_known_is_no_birthday(self) -> None:
        assert birthday_near([], ON) is None

    @given(born=st.dates(date(1993, 1, 1), date(2010, 12, 31)), on=DAYS)
    def test_a_birthday_gives_points_exactly_when_it_is_named(self, born: date, on: date) -> None:
        turn = turn_of(Waiting(UUID(int=1), on, births=(born,)), on)
        assert (turn.birthday_on is None) == (turn.points == 0)
        if turn.birthday_on and (born.month, born.day) != (2, 29):
            assert (turn.birthday_on.month, turn.birthday_on.day) == (born.month, born.day)


class TestTurn:
    @pytest.mark.parametrize(
        ("days", "gained", "beyond"),
        [(0, 0, 0), (1, 1, 0), (90, 148, 0), (91, 150, 0), (92, 151, 91), (182, 300, 91), (900, 300, 91)],
    )
    def test_waiting_gives_points_and_beyond_the_norm_she_is_first(
        self, days: int, gained: int, beyond: int
    ) -> None:
        turn = turn_of(waits(days), ON)
        assert (turn.points, turn.beyond_days, turn.is_first) == (gained, beyond, beyond > 0)

    @pytest.mark.parametrize(
        ("days", "gained", "is_near"),
        [(43, 0, False), (42, 0, True), (41, 4, True), (21, 100, True), (0, 200, True), (-3, 200, True)],
    )
    def test_a_release_within_six_weeks_makes_her_first(self, days: int, gained: int, is_near: bool) -> None:
        turn = turn_of(waits(release_on=ahead(days)), ON)
        assert (turn.points, turn.is_nearly_free, turn.is_first) == (gained, is_near, is_near)

    @pytest.mark.parametrize(("days", "gained"), [(0, 100), (7, 50), (13, 7), (14, 0)])
    def test_a_birthday_gives_points_but_makes_nobody_first(self, days: int, gained: int) -> None:
        for birthday in (ago(days), ahead(days)):
            turn = turn_of(waits(births=(birthday.replace(year=2004),)), ON)
            assert (turn.points, turn.is_first) == (gained, False)

    def test_of_whom_nothing_is_known_only_waiting_counts(self) -> None:
        turn = turn_of(waits(30), ON)
        assert (turn.points, turn.birthday_on, turn.is_nearly_free) == (49, None, False)

    @given(
        since=DAYS,
        release=st.none() | DAYS,
        birthday=st.none() | DAYS,
        on=DAYS,
    )
    def test_it_is_the_turn_of_the_engine_and_who_is_first_knows_why(
        self, since: date, release: date | None, birthday: date | None, on: date
    ) -> None:
        births = (birthday,) if birthday else ()
        turn = turn_of(Waiting(UUID(int=1), min(since, on), release_on=release, births=births), on)
        home = Home("", "", (Child("", 0, birthday_on=turn.birthday_on),))
        family = Family("", min(since, on), (home,), release_on=release)
        terms = policy_on(on)
        assert (turn.points, turn.is_first) == (points(terms, on, family), is_urgent(terms, on, family))


class TestOrder:
    def test_hurry_comes_first_then_points(self) -> None:
        row = [
            waits(92, 1),
            waits(10, 2, release_on=ahead(42)),
            waits(90, 3, births=(ON.replace(year=2004),)),
            waits(60, 4, births=(ahead(7).replace(year=2004),)),
            waits(80, 5),
            waits(0, 6, release_on=ahead(43)),
        ]
        for order in permutations(row):
            assert [turn.waiting.dossier_id.int for turn in in_turn(order, ON)] == [1, 2, 3, 4, 5, 6]

    def test_with_the_same_points_who_waits_longer_comes_first(self) -> None:
        longer, shorter = waits(400, 2), waits(300, 1)
        assert turn_of(longer, ON).points == turn_of(shorter, ON).points
        assert [turn.waiting for turn in in_turn([shorter, longer], ON)] == [longer, shorter]

    def test_equal_turns_stay_where_they_are(self) -> None:
        row = [waits(20, number) for number in (1, 2, 3, 4)]
        for order in permutations(row):
            assert [turn.waiting for turn in in_turn(order, ON)] == row

    def test_a_first_visit_that_is_waited_for_counts_as_a_last_one(self) -> None:
        never, visited = waits(50, 1), replace(waits(50, 2), has_visited=True)
        assert turn_of(never, ON).points == turn_of(visited, ON).points
        assert [turn.waiting for turn in in_turn([visited, never], ON)] == [never, visited]

    def test_of_nobody_it_is_nobodys_turn(self) -> None:
        assert in_turn([], ON) == []

    def test_the_terms_are_those_of_the_house(self) -> None:
        assert (TERMS.norm_days, TERMS.near_days, TERMS.birthday_days) == (91, 42, 14)
