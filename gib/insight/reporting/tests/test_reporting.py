"""The figures of a year: which days count, who sees what, and files with the same numbers."""

import json
from argparse import Namespace
from datetime import date
from typing import Any
from unittest.mock import patch

import pytest
from django.urls import reverse

from gib.care.aftercare.tests.conftest import NOW, Cast
from gib.care.products import builders as products
from gib.care.referral.tests.reader import text_of, visitor
from gib.core.kernel.clock import Now
from gib.core.kernel.rules import RuleBroken
from gib.insight.reporting import commands
from gib.insight.reporting.domain import Figure, Group, check_over, days_of, stands_on
from gib.insight.reporting.models import count, from_journal
from gib.people.families import builders as mothers

pytestmark = pytest.mark.django_db(databases=["default", "keys", "log"])
TODAY = date(2011, 1, 11)


class TestDays:
    """Which days of a year count."""

    def test_a_year_that_is_over_counts_whole(self) -> None:
        days = days_of(2010, date(2009, 5, 1), TODAY)
        assert (days.from_on, days.to_on) == (date(2010, 1, 1), date(2010, 12, 31))

    def test_the_year_that_runs_counts_up_to_today(self) -> None:
        assert days_of(2011, date(2009, 5, 1), TODAY).to_on == TODAY

    @pytest.mark.parametrize("year", [2008, 2012, 1, 9999])
    def test_a_year_without_data_is_refused(self, year: int) -> None:
        with pytest.raises(RuleBroken, match="year_outside"):
            days_of(year, date(2009, 5, 1), TODAY)

    def test_a_house_without_an_act_knows_this_year_only(self) -> None:
        assert days_of(2011, None, TODAY).from_on == date(2011, 1, 1)
        with pytest.raises(RuleBroken, match="year_outside"):
            days_of(2010, None, TODAY)

    def test_figures_that_may_change_are_not_given_as_final(self) -> None:
        check_over(2010, TODAY)
        check_over(2010, date(2011, 1, 1))
        with pytest.raises(RuleBroken, match="year_open"):
            check_over(2010, date(2010, 12, 31))


def visit(house: Cast) -> None:
    """Let a volunteer visit a mother today."""
    _part, match = products.visiting(house.coordinator, NOW)
    products.visited(house.coordinator, match, NOW.on, NOW)


def this_year(house: Cast) -> Any:
    return days_of(NOW.on.year, NOW.on, NOW.on)


def test_a_mother_counts_once_however_often_she_was_seen(house: Cast) -> None:
    visit(house)
    before = count(this_year(house), NOW.on)
    visit(house)
    after = count(this_year(house), NOW.on)
    year = {figure: (Group.YEAR, str(figure)) for figure in Figure}
    assert after[year[Figure.MOTHERS]] == before[year[Figure.MOTHERS]] + 1
    assert after == from_journal(this_year(house), NOW.on) | {key: 0 for key in after if not after[key]}


def test_the_team_sees_its_own_numbers_and_the_nation_guarded(house: Cast) -> None:
    visit(house)
    answer = visitor(house.coordinator, NOW).get(reverse("reporting:year", args=[NOW.on.year]))
    cells = [cell.text for cell in answer.context["table"].rows[0]]
    assert cells[:3] == ["Moeders", "1", "<10"]
    assert "geen 18" in text_of(answer)


def test_the_project_leader_sees_the_nation_and_no_rows(house: Cast) -> None:
    visit(house)
    browser = visitor(house.leader, NOW)
    answer = browser.get(reverse("reporting:year", args=[NOW.on.year]))
    assert [cell.text for cell in answer.context["table"].rows[0]][:2] == ["Moeders", "<10"]
    assert not any(cell.url for row in answer.context["table"].rows for cell in row)
    assert browser.get(reverse("reporting:rows", args=[NOW.on.year, "mothers"])).status_code == 403
    for name in mothers.MOTHERS + mothers.LAST_NAMES:
        assert name not in text_of(answer)


@pytest.mark.parametrize("figure", Figure)
def test_behind_a_figure_stand_as_many_rows(house: Cast, figure: Figure) -> None:
    visit(house)
    counted = count(this_year(house), NOW.on, house.coordinator.team_ids)
    number = counted[Group.YEAR, str(stands_on(figure))]
    answer = visitor(house.coordinator, NOW).get(reverse("reporting:rows", args=[NOW.on.year, str(figure)]))
    assert (answer.status_code, answer.context["count"]) == (200, number)


def test_another_team_counts_nothing_of_hers(house: Cast) -> None:
    visit(house)
    answer = visitor(house.stranger, NOW).get(reverse("reporting:rows", args=[NOW.on.year, "mothers"]))
    assert answer.context["count"] == 0
    assert "Hier is niets" in text_of(answer)


@pytest.mark.parametrize(
    "path", ["1999/", "2012/", "2011/niets/", "1999/mothers/", "2011/lijst.pdf", "1999/lijst.csv"]
)
def test_a_year_or_figure_that_is_not_there_is_not_found(house: Cast, path: str) -> None:
    assert visitor(house.coordinator, NOW).get(f"/cijfers/{path}").status_code == 404


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_figures_go_along_as_a_file(house: Cast, kind: str) -> None:
    response = visitor(house.leader, NOW).get(reverse("reporting:export", args=[NOW.on.year, kind]))
    assert response["Content-Disposition"] == f'attachment; filename="cijfers-{NOW.on.year}.{kind}"'


def test_the_file_is_exactly_what_is_shown(house: Cast) -> None:
    visit(house)
    browser = visitor(house.coordinator, NOW)
    shown = browser.get(reverse("reporting:year", args=[NOW.on.year])).context["table"].rows
    lines = browser.get(reverse("reporting:export", args=[NOW.on.year, "csv"])).content.decode("utf-8-sig")
    told = [line.split(";")[1:4] for line in lines.splitlines()[1 : len(shown) + 1]]
    assert told == [[cell.text for cell in row[:3]] for row in shown]


def test_the_newest_page_shows_the_last_year_that_is_over(house: Cast) -> None:
    assert "Cijfers van 2011" in text_of(visitor(house.leader, NOW).get(reverse("reporting:newest")))
    with patch("gib.insight.reporting.views.figures.first_day", lambda _on: date(2009, 3, 1)):
        assert "Cijfers van 2010" in text_of(visitor(house.leader, NOW).get(reverse("reporting:newest")))


def test_from_a_shell_the_figures_are_json(house: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    visit(house)
    later = Now(NOW.at, date(2012, 1, 2))
    with patch("gib.insight.reporting.commands.now_on", lambda _on: later):
        assert commands.figures(Namespace(year=2011, json=True)) == 0
        told = json.loads(capsys.readouterr().out)
        assert (told["mothers"], told["contacts"], told["by"]["product"]) == (1, 1, {"bezoekmoeders": 1})
        with patch("gib.insight.reporting.commands.journal_cells", lambda *_args: ({}, {})):
            assert commands.figures(Namespace(year=2011, json=False)) == 1
    out, err = capsys.readouterr()
    assert "mothers: 1" in out
    assert "year.mothers" in err


def test_from_a_shell_a_year_that_runs_is_refused(house: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(RuleBroken, match="year_outside"):
        commands.figures(Namespace(year=1999, json=True))
    assert capsys.readouterr().out == ""
