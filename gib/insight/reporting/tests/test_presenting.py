"""How a number is written for whom: exact for the own team, guarded for the nation, never a small rest."""

from dataclasses import replace
from typing import Any

import pytest

from gib.insight.reporting.domain import Figure, Group, Report, Total, report_of
from gib.insight.reporting.outside import Place, told_outside
from gib.insight.reporting.presenting import Year, _groups
from gib.insight.reporting.words import KEYS

DASH = "–"
OTHER = 2


def report(**numbers: int) -> Report:
    """Give a report in which these figures stand, of one team."""
    return report_of({(str(Group.YEAR), key, 1): number for key, number in numbers.items()})


def as_team(count: int, own: int, *, figure: str = "mothers", is_final: bool = True) -> Year:
    """Give a year as a coordinator reads it, with one figure."""
    return Year(report(**{figure: count}), report(**{figure: own}), (), {}, is_final)


def outside(
    nation: Report,
    places: list[Report],
    towns: dict[str, dict[str, int]] | None = None,
    is_final: bool = True,
) -> Year:
    """Give a year as somebody without a team reads it."""
    known = [Place(str(at), f"Inrichting {at}", each) for at, each in enumerate(places)]
    return Year(nation, None, known, told_outside(nation, known, towns or {}, is_final), is_final)


def as_leader(parts: list[int], *, figure: str = "mothers", is_final: bool = True) -> Year:
    """Give such a year with one figure divided over prisons."""
    places = [report(**{figure: number}) for number in parts]
    return outside(report(**{figure: sum(parts)}), places, is_final=is_final)


def at_prison(told: Figure, **numbers: int) -> str:
    """Write a figure of a prison beside a large one."""
    large = dict.fromkeys(numbers, 90)
    nation = {key: 90 + number for key, number in numbers.items()}
    year = outside(report(**nation), [report(**numbers), report(**large)])
    return year.told_at(year.places[0], told)


class TestTheTeam:
    """Who has a team knows her own numbers exactly."""

    def test_the_own_number_is_exact_however_small(self) -> None:
        for own in range(25):
            assert as_team(40, own).told_own(Group.YEAR, "mothers") == str(own)

    def test_no_mean_is_written_over_nobody(self) -> None:
        nobody = as_team(30, 0, figure=Figure.FIRST_TALKS)
        assert nobody.told_own(Group.YEAR, Figure.TALK_WAIT) == DASH
        one = replace(nobody, own=report(first_talks=1, talk_days=4))
        assert one.told_own(Group.YEAR, Figure.TALK_WAIT) == "4"
        assert one.told_own(Group.YEAR, Figure.START_WAIT) == DASH

    def test_a_mean_of_nothing_over_somebody_is_nought_and_no_dash(self) -> None:
        same_day = replace(as_team(30, 0), own=report(first_talks=3, talk_days=0))
        assert same_day.told_own(Group.YEAR, Figure.TALK_WAIT) == "0"

    def test_a_key_that_only_others_have_is_nought_for_her(self) -> None:
        assert as_team(40, 3).told_own(Group.PART, "completed") == "0"

    @pytest.mark.parametrize(
        ("count", "own", "told"),
        [
            *((0, 0, "0"), (9, 2, "<10"), (9, 9, "<10"), (10, 10, "10"), (14, 0, "14")),
            *((14, 14, "14"), (14, 13, DASH), (14, 5, DASH), (14, 4, "14"), (37, 27, "37"), (37, 28, DASH)),
        ],
    )
    def test_the_nation_beside_her_own_number(self, count: int, own: int, told: str) -> None:
        assert as_team(count, own).told(Group.YEAR, "mothers") == told

    def test_nobody_learns_by_taking_away_that_few_others_have_it(self) -> None:
        """Whatever stands there, at least ten others or none may be behind an exact number."""
        leaks = set()
        for count in range(60):
            for own in range(count + 1):
                told = as_team(count, own).told(Group.YEAR, "mothers")
                assert not told.isdigit() or not 0 < int(told) - own < 10, (count, own)
                leaks |= {(count, own)} if count >= 10 and 0 < count - own < 10 else set()
        assert len(leaks) == 9 * 50, "without the dash so many pairs would tell"

    def test_a_year_that_runs_is_rounded_and_then_a_day_later_tells_nothing(self) -> None:
        days = [
            as_team(count, 2, is_final=False).told(Group.YEAR, "mothers") for count in (33, 34, 35, 36, 37)
        ]
        assert days == ["35"] * 5
        assert as_team(33, 2).told(Group.YEAR, "mothers") == "33"

    def test_who_paid_stays_rounded_since_an_answer_may_come_after_the_year(self) -> None:
        assert as_team(33, 2, figure=Figure.ASKED).told(Group.YEAR, Figure.ASKED) == "35"

    def test_parts_of_the_nation_are_not_told_to_a_team(self) -> None:
        nation = report_of({(str(Group.CHANNEL), "mmd", OTHER): 80})
        assert Year(nation, report(), (), {}, True).told(Group.CHANNEL, "mmd") == ""
        assert outside(nation | report(referrals=80), []).told(Group.CHANNEL, "mmd") == "80"


class TestTheNation:
    """Who has no team sees the nation and its parts, and no small number by adding or taking away."""

    def test_there_is_no_number_of_an_own_team(self) -> None:
        assert as_leader([12, 30]).told_own(Group.YEAR, "mothers") == ""

    @pytest.mark.parametrize(
        ("parts", "told"),
        [([12, 31], "43"), ([12, 31, 0], "43"), ([5], "<10"), ([], "0"), ([0, 0], "0"), ([3, 5], "<10")],
    )
    def test_a_total_is_exact_only_when_no_part_is_hidden(self, parts: list[int], told: str) -> None:
        assert as_leader(parts).told(Group.YEAR, "mothers") == told

    def test_with_a_hidden_part_the_total_is_rounded(self) -> None:
        told = {as_leader([30, few]).told(Group.YEAR, "mothers") for few in range(1, 10)}
        assert all(int(text) % 5 == 0 for text in told)
        assert len(told) < 9

    def test_whoever_knows_the_rules_still_has_three_guesses(self) -> None:
        """Turn it around: which small numbers of the other prison give the same page."""
        careful, careless = self._guesses(exact=False), self._guesses(exact=True)
        assert min(careful) >= 3
        assert min(careless) < 3, "with an exact total the small number would be known"

    def _guesses(self, *, exact: bool) -> list[int]:
        """Count how many small numbers fit with each page; the greatest numbers, cut short, are left out."""
        pages: dict[tuple[str, str], set[int]] = {}
        for near in range(10, 48):
            for few in range(1, 10):
                now = as_leader([near, few])
                total = str(near + few) if exact else now.told(Group.YEAR, "mothers")
                part = now.told_at(now.places[0], Figure.MOTHERS)
                pages.setdefault((part, total), set()).add(few)
        return [len(found) for (part, _total), found in pages.items() if int(part) < 45]

    def test_small_groups_divide_a_total_too(self) -> None:
        """Referrals fall apart by channel: a small channel rounds the total though no prison is small."""
        whole = {(str(Group.YEAR), "referrals", 1): 43, (str(Group.CHANNEL), "mmd", 1): 40}
        few = report_of(whole | {(str(Group.CHANNEL), "safety_house", 1): 3})
        many = report_of(whole | {(str(Group.CHANNEL), "safety_house", 1): 0})
        one_prison = [report(referrals=43)]
        told = [outside(each, one_prison).told(Group.YEAR, "referrals") for each in (few, many)]
        assert told == ["45", "43"]
        assert outside(few, one_prison).told(Group.YEAR, "mothers") == "0"

    def test_a_total_of_who_was_asked_is_divided_over_municipalities(self) -> None:
        towns = {"0363": {"asked": 20}, "0917": {"asked": 2}}
        told = outside(report(asked=22), [], towns).told(Group.YEAR, "asked")
        assert told.isdigit()
        assert int(told) % 5 == 0

    def test_who_was_let_go_reads_the_same_per_reason_and_over_municipalities(self) -> None:
        """Ten there and one elsewhere are told as fifteen: the reason may not say ten."""
        closed = {(str(Group.YEAR), "closed", 1): 71, (str(Group.CLOSED), "goals_met", 1): 60}
        nation = report_of(closed | {(str(Group.CLOSED), "not_funded", 1): 11})
        year = outside(nation, [report(closed=71)], {"0363": {"let_go": 10}, "0917": {"let_go": 1}})
        assert year.told(Group.YEAR, "let_go") == year.told(Group.CLOSED, "not_funded") == "15"

    def test_where_two_divisions_tell_on_each_other_neither_is_told(self) -> None:
        """One prison with twelve, by channels of ten, one and one: so both would certainly be one."""
        channels = {(str(Group.CHANNEL), key, 1): n for key, n in (("mmd", 10), ("tb", 1), ("self", 1))}
        nation = report_of(channels | {(str(Group.YEAR), "referrals", 1): 12})
        year = outside(nation, [report(referrals=12)])
        assert year.told(Group.YEAR, "referrals") == DASH
        assert {year.told(Group.CHANNEL, key) for key in KEYS[Group.CHANNEL]} == {DASH}
        assert year.told_at(year.places[0], Figure.REFERRALS) == DASH
        assert year.told_at(year.places[0], Figure.MOTHERS) == "0"
        named = {line.key for line in _groups(year, None) if line.group is Group.CHANNEL}
        assert named == set(KEYS[Group.CHANNEL]), "which of them are nought is not told either"


class TestWorkedOut:
    """A mean or a sum of hours is told only over enough of them."""

    @pytest.mark.parametrize(
        ("over", "own", "told"),
        [(0, 0, DASH), (1, 0, DASH), (9, 0, DASH), (10, 0, "4"), (12, 12, "4"), (12, 5, DASH), (12, 2, "4")],
    )
    def test_a_mean_stands_on_ten_or_more_and_on_ten_or_more_others(
        self, over: int, own: int, told: str
    ) -> None:
        nation = report(first_talks=over, talk_days=over * 4)
        team = Year(nation, report(first_talks=own), (), {}, True)
        assert team.told(Group.YEAR, Figure.TALK_WAIT) == told
        if not own:
            assert outside(nation, []).told(Group.YEAR, Figure.TALK_WAIT) == told
            assert at_prison(Figure.TALK_WAIT, first_talks=over, talk_days=over * 4) == told

    def test_a_mean_of_the_nation_is_told_only_where_its_number_is_surely_ten_or_more(self) -> None:
        """Eight prisons with one each are written as ten."""
        eight = outside(report(first_talks=8, talk_days=32), [report(first_talks=1, talk_days=4)] * 8)
        assert eight.told(Group.YEAR, Figure.FIRST_TALKS) == "10"
        assert eight.told(Group.YEAR, Figure.TALK_WAIT) == DASH

    @pytest.mark.parametrize(
        ("visits", "minutes", "told"),
        [
            (9, 9000, DASH),
            (10, 300, "<10"),
            (10, 600, "10"),
            (12, 1080, "20"),
            (40, 4000, "65"),
            (10, 0, "0"),
        ],
    )
    def test_hours_are_guarded_as_a_number(self, visits: int, minutes: int, told: str) -> None:
        assert at_prison(Figure.HOURS, contacts=visits, minutes=minutes) == told

    def test_a_number_of_a_prison_is_guarded(self) -> None:
        wanted: dict[int, str] = {0: "0", 1: "<10", 9: "<10", 10: "10", 12: "10", 13: "15", 17: "15"}
        assert {one: at_prison(Figure.MOTHERS, mothers=one) for one in wanted} == wanted

    def test_a_mean_of_the_nation_looks_at_the_numbers_of_the_team(self) -> None:
        facts: dict[str, Any] = {"first_talks": 15, str(Total.TALK_DAYS): 45}
        nation = report(**facts)
        for own, told in ((0, "3"), (5, "3"), (6, DASH), (14, DASH), (15, "3")):
            year = Year(nation, report(first_talks=own), (), {}, True)
            assert year.told(Group.YEAR, Figure.TALK_WAIT) == told, own
