"""The pure half of the figures: which days, how cells add up and what follows, beside slow counts by hand."""

from collections import Counter
from datetime import date, timedelta
from fractions import Fraction
from math import floor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from gib.care.products.domain.participation import FLOW, State
from gib.insight.reporting import sheet
from gib.insight.reporting.domain import (
    COUNTED,
    GAP,
    WORKED_OUT,
    Figure,
    Group,
    Total,
    by_key,
    days_of,
    in_places,
    report_of,
    stands_on,
)
from gib.insight.reporting.words import FIGURES, GROUPS, KEYS, PER_PRISON

Cells = dict[tuple[str, str, int], int]
TEAMS = (1, 2, 3)
#: What may stand in a cell: a figure of the year, what is added up for one, or a key of a group.
_AT = [(Group.YEAR, str(key)) for key in (*COUNTED, *Total)]
_AT += [(Group.CHANNEL, "mmd"), (Group.PART, "completed"), (Group.PART, "ended_by_release")]
cells = some.dictionaries(
    some.tuples(some.sampled_from(_AT), some.sampled_from(TEAMS)), some.integers(0, 400)
).map(lambda found: {(str(group), key, team): number for ((group, key), team), number in found.items()})


def halfway_up(total: int, over: int) -> int:
    """Divide as one learns it at school: the half goes up; nothing over nothing is nothing."""
    return floor(Fraction(total, over) + Fraction(1, 2)) if over else 0


def year(key: str, number: int, team: int = 1) -> Cells:
    """Give one cell of a whole year."""
    return {(str(Group.YEAR), key, team): number}


class TestDays:
    """Each day belongs to one year, and no day after today to any."""

    @pytest.mark.parametrize(
        ("today", "length"),
        [
            (date(2011, 1, 1), 1),
            (date(2011, 1, 11), 11),
            (date(2011, 12, 30), 364),
            (date(2011, 12, 31), 365),
            (date(2012, 1, 1), 365),
        ],
    )
    def test_a_year_grows_by_a_day_until_it_is_whole(self, today: date, length: int) -> None:
        days = days_of(2011, date(2009, 5, 1), today)
        assert days.to_on is not None
        assert ((days.to_on - days.from_on).days + 1, days.from_on) == (length, date(2011, 1, 1))

    def test_every_day_up_to_today_is_of_exactly_one_year(self) -> None:
        first, today = date(2007, 11, 20), date(2010, 2, 3)
        years = [days_of(one, first, today) for one in range(2007, 2011)]
        for back in range((today - first).days + 1):
            assert sum(today - timedelta(days=back) in one for one in years) == 1
        assert not any(today + timedelta(days=1) in one for one in years)

    def test_a_leap_year_has_its_day(self) -> None:
        days = days_of(2008, date(2007, 1, 1), date(2010, 1, 1))
        assert date(2008, 2, 29) in days
        assert days.to_on == date(2008, 12, 31)


class TestAdding:
    """Cells of teams become a report."""

    @settings(max_examples=150, deadline=None)
    @given(cells, some.none() | some.sets(some.sampled_from(TEAMS)))
    def test_a_clerk_with_a_pencil_finds_the_same(self, found: Cells, teams: set[int] | None) -> None:
        added: Counter[tuple[str, str]] = Counter()
        for (group, key, team), number in found.items():
            if teams is None or team in teams:
                added[group, key] += number
        at = {key: added["year", key] for key in (*COUNTED, *Total)}
        wanted = {("year", str(figure)): at[figure] for figure in COUNTED}
        wanted["year", "hours"] = halfway_up(at[Total.MINUTES], 60)
        wanted["year", "talk_wait_days"] = halfway_up(at[Total.TALK_DAYS], at[Figure.FIRST_TALKS])
        wanted["year", "start_wait_days"] = halfway_up(at[Total.START_DAYS], at[Figure.STARTS])
        wanted |= {key: number for key, number in added.items() if key[0] != "year"}
        assert {(str(group), key): n for (group, key), n in report_of(found, teams).items()} == wanted

    @settings(max_examples=60, deadline=None)
    @given(cells)
    def test_what_is_counted_adds_up_over_teams(self, found: Cells) -> None:
        nation, apart = report_of(found), [report_of(found, {team}) for team in TEAMS]
        for figure in COUNTED:
            assert nation[Group.YEAR, figure] == sum(one[Group.YEAR, figure] for one in apart)

    def test_a_mean_of_the_nation_is_no_mean_of_means(self) -> None:
        found = year(Total.TALK_DAYS, 2) | year(Figure.FIRST_TALKS, 1)
        found |= year(Total.TALK_DAYS, 24, 2) | year(Figure.FIRST_TALKS, 3, 2)
        told = [report_of(found, teams)[Group.YEAR, Figure.TALK_WAIT] for teams in ({1}, {2}, None)]
        assert told == [2, 8, 7]

    @pytest.mark.parametrize(
        ("minutes", "hours"),
        [(0, 0), (29, 0), (30, 1), (89, 1), (90, 2), (149, 2), (150, 3), (60 * 260, 260)],
    )
    def test_hours_are_minutes_by_sixty_with_the_half_upwards(self, minutes: int, hours: int) -> None:
        assert report_of(year(Total.MINUTES, minutes))[Group.YEAR, Figure.HOURS] == hours

    def test_hours_of_two_teams_are_rounded_together_and_not_apart(self) -> None:
        found = year(Total.MINUTES, 20) | year(Total.MINUTES, 20, 2)
        assert report_of(found)[Group.YEAR, Figure.HOURS] == 1
        assert [report_of(found, {team})[Group.YEAR, Figure.HOURS] for team in (1, 2)] == [0, 0]

    @pytest.mark.parametrize(
        ("days", "over", "mean"), [(9, 2, 5), (7, 3, 2), (8, 3, 3), (5, 0, 0), (0, 4, 0)]
    )
    def test_a_wait_is_the_mean_of_those_whose_wait_ended(self, days: int, over: int, mean: int) -> None:
        found = year(Total.TALK_DAYS, days) | year(Figure.FIRST_TALKS, over)
        assert report_of(found)[Group.YEAR, Figure.TALK_WAIT] == mean
        assert report_of(found)[Group.YEAR, Figure.START_WAIT] == 0

    def test_a_house_of_no_team_reports_every_figure_as_nothing(self) -> None:
        assert report_of({}) == {(Group.YEAR, str(figure)): 0 for figure in Figure}
        assert report_of(year(Figure.MOTHERS, 3), set())[Group.YEAR, Figure.MOTHERS] == 0


class TestTurning:
    """The same cells by municipality and by prison."""

    ASKED: Cells = {
        ("asked", "0363", 1): 4,
        ("asked", "0363", 2): 3,
        ("refused", "0363", 2): 1,
        ("asked", "0917", 2): 2,
    }

    def test_a_municipality_holds_what_all_teams_asked_it(self) -> None:
        assert by_key(self.ASKED) == {"0363": {"asked": 7, "refused": 1}, "0917": {"asked": 2}}

    def test_for_one_team_a_municipality_that_only_another_asked_is_not_there(self) -> None:
        assert by_key(self.ASKED, {1}) == {"0363": {"asked": 4}}
        assert by_key(self.ASKED, set()) == {}

    def test_two_teams_of_one_prison_add_up_and_nothing_is_left_out(self) -> None:
        found = in_places(self.ASKED | {("let_go", "0917", 3): 0}, {1: "NSL", 2: "NSL", 3: "TPL"})
        assert found == {
            ("asked", "0363", "NSL"): 7,
            ("refused", "0363", "NSL"): 1,
            ("asked", "0917", "NSL"): 2,
        }

    def test_a_team_without_a_place_is_an_error_and_no_silent_loss(self) -> None:
        with pytest.raises(KeyError):
            in_places(self.ASKED, {1: "NSL"})


class TestWords:
    """Each figure and each key can be read, and release is never called drop-out."""

    def test_every_way_in_which_a_begun_part_ends_has_a_name_of_its_own(self) -> None:
        finals = {str(state) for state in State if FLOW.is_final(state)} - {str(State.DECLINED)}
        assert set(KEYS[Group.PART]) == finals
        names = [str(word) for word in KEYS[Group.PART].values()]
        assert len(set(names)) == len(names)

    def test_only_what_she_stopped_herself_is_called_drop_out(self) -> None:
        called = {key for key, word in KEYS[Group.PART].items() if "Uitval" in str(word)}
        assert called == {"stopped_by_mother"}

    def test_every_figure_says_what_it_counts(self) -> None:
        for name, meaning in FIGURES.values():
            assert str(name)[0].isupper()
            assert str(meaning).endswith(".")
        assert len({str(name) for name, _meaning in FIGURES.values()}) == len(Figure)

    def test_what_is_told_per_prison_and_of_who_pays_are_figures_apart(self) -> None:
        assert not set(PER_PRISON) & set(GAP)
        assert {stands_on(figure) for figure in WORKED_OUT} == {
            *(Figure.CONTACTS, Figure.FIRST_TALKS, Figure.STARTS),
        }
        assert set(KEYS) | {Group.GAP, Group.PRISON} == set(GROUPS) == set(Group) - {Group.YEAR}

    def test_the_list_has_a_column_of_the_own_team_only_for_who_has_one(self) -> None:
        own, none = ([column.key for column in sheet.template(has).columns] for has in (True, False))
        assert own == ["group", "name", "own", "nation", "before", "meaning"]
        assert none == [key for key in own if key != "own"]
        assert [column.key for column in sheet.municipal().columns] == ["code", "name", *map(str, GAP)]
