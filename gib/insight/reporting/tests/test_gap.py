"""The page of who was asked to pay: who sees which numbers, where they lead, and the same as a file."""

from argparse import Namespace
from datetime import date, timedelta
from io import BytesIO
from typing import Any
from unittest.mock import patch

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from gib.care.aftercare import actions, builders
from gib.care.aftercare.tests.conftest import NOW, Cast
from gib.care.referral.tests.reader import queries, text_of, visitor
from gib.care.trajectory.models import Trajectory
from gib.core.access import rls
from gib.core.kernel.clock import Now
from gib.core.kernel.dates import Period
from gib.insight.reporting import commands
from gib.insight.reporting.domain import GAP, Figure
from gib.insight.reporting.models import gap, journal_cells, without_trail
from gib.insight.reporting.municipal import MOST, Town
from gib.people.families import builders as mothers

pytestmark = pytest.mark.django_db(databases=["default", "keys", "log"])
YEAR = NOW.on.year
PAGE = f"/cijfers/{YEAR}/gemeenten/"


def stories(house: Cast) -> None:
    """Let one municipality pay for a mother, and another refuse two of whom one is let go."""
    builders.granted(house.coordinator, NOW, 1)
    builders.rejected(house.coordinator, NOW, 2)
    builders.let_go(house.coordinator, NOW, 3)


def shown(answer: Any) -> dict[str, list[str]]:
    """Read the table: municipality -> numbers, the last line of all together under an empty name."""
    table = answer.context["table"]
    found = {row[0].text: [cell.text for cell in row[1:]] for row in table.rows}
    return found | {"": [cell.text for cell in table.foot[1:]]}


def test_the_team_sees_its_own_numbers_and_where_they_lead(house: Cast) -> None:
    stories(house)
    browser = visitor(house.coordinator, NOW)
    answer = browser.get(PAGE)
    assert shown(answer) == {
        "Amsterdam": ["1", "1", "0", "0", "0", "0"],
        "Heerlen": ["2", "0", "2", "0", "1", "0"],
        "": ["3", "1", "2", "0", "1", "0"],
    }
    for row in answer.context["table"].rows:
        for cell in row[1:]:
            assert bool(cell.url) == (cell.text != "0")
            assert not cell.url or str(browser.get(cell.url).context["count"]) == cell.text


def test_behind_a_number_stand_the_mothers_of_that_municipality_alone(house: Cast) -> None:
    stories(house)
    browser = visitor(house.coordinator, NOW)
    url = reverse("reporting:rows", args=[YEAR, Figure.ASKED])
    both = browser.get(url).context["table"].rows
    one = browser.get(f"{url}?gemeente={builders.REFUSING}").context["table"].rows
    assert (len(both), len(one)) == (3, 2)
    assert {row[0].url for row in one} < {row[0].url for row in both}
    assert "Heerlen" in text_of(browser.get(f"{url}?gemeente={builders.REFUSING}"))


@pytest.mark.parametrize("query", ["gemeente=9999", "gemeente=niets"])
def test_a_municipality_that_is_not_there_is_not_found(house: Cast, query: str) -> None:
    url = reverse("reporting:rows", args=[YEAR, Figure.ASKED])
    assert visitor(house.coordinator, NOW).get(f"{url}?{query}").status_code == 404


def test_a_municipality_asks_nothing_of_a_figure_without_one(house: Cast) -> None:
    url = reverse("reporting:rows", args=[YEAR, Figure.MOTHERS])
    assert visitor(house.coordinator, NOW).get(f"{url}?gemeente=9999").status_code == 200


def test_the_project_leader_sees_no_small_number_no_rows_and_no_name(house: Cast) -> None:
    stories(house)
    browser = visitor(house.leader, NOW)
    answer = browser.get(PAGE)
    assert shown(answer)["Heerlen"] == ["<10", "0", "<10", "0", "<10", "0"]
    assert shown(answer)[""] == ["<10", "<10", "<10", "0", "<10", "0"]
    assert not any(cell.url for row in answer.context["table"].rows for cell in row)
    assert browser.get(reverse("reporting:rows", args=[YEAR, "asked"])).status_code == 403
    for name in mothers.MOTHERS + mothers.LAST_NAMES:
        assert name not in text_of(answer)


def test_numbers_of_ten_and_more_are_rounded_for_the_project_leader(house: Cast) -> None:
    places = {("asked", "0363", 1): 13, ("asked", "0917", 1): 21, ("let_go", "0917", 1): 4}
    closed = {("year", "closed", 1): 4, ("closed", "not_funded", 1): 4}
    with (
        patch("gib.insight.reporting.presenting.gap", lambda _days, _on: places),
        patch("gib.insight.reporting.presenting.cells", lambda _days, _on: closed),
    ):
        found = shown(visitor(house.leader, NOW).get(PAGE))
    assert (found["Amsterdam"][0], found["Heerlen"][0], found[""][0]) == ("15", "20", "35")
    assert found["Heerlen"][4] == found[""][4] == "<10"


def test_the_order_of_municipalities_tells_no_hidden_number(house: Cast) -> None:
    hidden = {("asked", "0363", 1): 2, ("asked", "0917", 1): 9, ("asked", "0344", 1): 14}
    with patch("gib.insight.reporting.presenting.gap", lambda _days, _on: hidden):
        found = list(shown(visitor(house.leader, NOW).get(PAGE)))
    assert found == ["Utrecht", "Amsterdam", "Heerlen", ""]


def test_another_team_sees_nothing_of_hers(house: Cast) -> None:
    stories(house)
    browser = visitor(house.stranger, NOW)
    answer = browser.get(PAGE)
    assert answer.context["count"] == 0
    assert "Hier is niets gevraagd" in text_of(answer)
    url = reverse("reporting:rows", args=[YEAR, Figure.ASKED])
    assert browser.get(f"{url}?gemeente={builders.REFUSING}").context["count"] == 0


@pytest.mark.parametrize("actor", ["volunteer", "referrer", "paying", "safety_house"])
def test_who_has_no_figures_is_refused(house: Cast, actor: str) -> None:
    browser = visitor(getattr(house, actor), NOW)
    assert browser.get(PAGE).status_code == 403
    assert browser.get(f"{PAGE}lijst.csv").status_code == 403


@pytest.mark.parametrize("path", ["1999/gemeenten/", "2012/gemeenten/", "2011/gemeenten/lijst.pdf"])
def test_what_is_not_there_is_not_found(house: Cast, path: str) -> None:
    assert visitor(house.leader, NOW).get(f"/cijfers/{path}").status_code == 404
    assert visitor(house.leader, NOW).post(PAGE).status_code == 405


@pytest.mark.parametrize("actor", ["coordinator", "leader"])
def test_the_files_are_exactly_what_is_shown(house: Cast, actor: str) -> None:
    stories(house)
    browser = visitor(getattr(house, actor), NOW)
    wanted = shown(browser.get(PAGE))
    answer = browser.get(f"{PAGE}lijst.csv")
    lines = answer.content.decode("utf-8-sig").splitlines()[1:]
    told = {line.split(";")[1]: line.split(";")[2:] for line in lines}
    assert answer["Content-Disposition"] == f'attachment; filename="wie-betaalt-{YEAR}.csv"'
    assert told == {name or "Alle gemeenten samen": numbers for name, numbers in wanted.items()}
    sheet = load_workbook(BytesIO(browser.get(f"{PAGE}lijst.xlsx").content)).active
    assert sheet is not None
    cells = [[str(cell) for cell in row[2:]] for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert cells == [line.split(";")[2:] for line in lines]


def test_many_municipalities_come_in_two_pages(house: Cast) -> None:
    towns = [Town(str(at), f"Dorp {at}", dict.fromkeys(GAP, "0")) for at in range(MOST + 3)]
    with patch(
        "gib.insight.reporting.views.asked.towns_of", lambda *_args: (towns, Town("", "", towns[0].numbers))
    ):
        browser = visitor(house.leader, NOW)
        first, whole = (browser.get(f"{PAGE}{query}") for query in ("", "?alle"))
    assert [len(answer.context["table"].rows) for answer in (first, whole)] == [MOST, MOST + 3]


def test_more_requests_ask_no_more_of_the_database(house: Cast) -> None:
    builders.rejected(house.coordinator, NOW, 1)
    before = queries(visitor(house.coordinator, NOW), PAGE)
    for number in range(2, 6):
        builders.rejected(house.coordinator, NOW, number)
    assert queries(visitor(house.coordinator, NOW), PAGE) == before <= 15


def test_a_term_that_began_again_is_rebuilt_from_the_journal(house: Cast) -> None:
    """Silence counts from the term that holds, also when a question put it off."""
    row = builders.submitted(house.coordinator, NOW, 1)
    actions.ask_question(house.paying, row.id, "Waar woont zij?", NOW)
    actions.answer_question(house.coordinator, row.id, "In de Bijlmer.", builders.later(NOW, 30))
    days = Period(date(YEAR, 1, 1), date(YEAR, 12, 31))
    silent = set()
    for later in range(40, 120):
        on = NOW.on + timedelta(days=later)
        rows, acts = gap(days, on), journal_cells(days, on)[1]
        assert {key: number for key, number in rows.items() if number} == dict(acts), on
        silent |= {later} if any(figure == Figure.SILENT for figure, _code, _team in rows) else set()
    assert 56 < min(silent) <= 30 + 60


def test_from_a_shell_somebody_without_a_trail_is_told(
    house: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    stories(house)
    later = Now(NOW.at, date(YEAR + 1, 1, 2))
    with patch("gib.insight.reporting.commands.now_on", lambda _on: later):
        assert commands.figures(Namespace(year=YEAR, json=True)) == 0
        with rls.system("test"):
            plan = Trajectory.for_house("test", NOW.on).get_or_404(close_reason="not_funded")
            Trajectory.for_house("test", NOW.on).filter(pk=plan.pk).update(trail_id=plan.pk)
        assert without_trail(NOW.on) == [plan.pk]
        assert commands.figures(Namespace(year=YEAR, json=True)) == 1
    assert str(plan.pk) in capsys.readouterr().err
