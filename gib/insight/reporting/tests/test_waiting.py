"""The page of who waits for a volunteer: for the team, the leader and others, and the same as a file."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from random import Random
from typing import Any
from unittest.mock import patch
from uuid import UUID

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from gib.care.aftercare.tests.conftest import NOW, Cast, later
from gib.care.products import actions
from gib.care.products import builders as products
from gib.care.products.domain.match import EndReason
from gib.care.products.domain.participation import StopReason
from gib.care.products.domain.waiting import WaitEnd
from gib.care.referral.tests.reader import queries, text_of, visitor
from gib.core.access.actor import Actor
from gib.core.access.tables import MAY, P, Role
from gib.engines.disclosure import HIDDEN, LEAST, added
from gib.insight.reporting.domain import By
from gib.insight.reporting.models import Waited
from gib.insight.reporting.waiting import Line, lines_for, rate
from gib.insight.reporting.words import WAITS
from gib.people.families import builders as mothers
from gib.people.partners.domain import BRANDS, Product

pytestmark = pytest.mark.django_db(databases=["default", "keys", "log"])
YEAR = NOW.on.year
PAGE = f"/cijfers/wachten/{YEAR}/"
FILES = (f"{PAGE}lijst.csv", f"{PAGE}lijst.xlsx")
VISITS = Product.BEZOEKMOEDERS


def waits(house: Cast, number: int, product: Product = VISITS) -> Any:
    """Let a mother wait from today; gives her part."""
    plan = products.trajectories.inside(house.coordinator, NOW, number)
    return products.planned(house.coordinator, plan.dossier_id, product, NOW)


def meets(house: Cast, part: Any, days: int) -> Any:
    """Let her meet a volunteer some days later."""
    now = later(NOW, days)
    return products.introduced(house.coordinator, part, products.a_volunteer(house.coordinator, now), now)


def story(house: Cast) -> None:
    """Let one wait, one find somebody after a week and wait again, and one stop after ten days."""
    waits(house, 0)
    match = meets(house, waits(house, 1), 7)
    actions.end_match(house.coordinator, match.id, EndReason.BY_VOLUNTEER, later(NOW, 20))
    actions.cancel(house.coordinator, waits(house, 2).id, StopReason.NO_VOLUNTEER, later(NOW, 10))


def shown(answer: Any) -> dict[str, list[str]]:
    """Read all tables of a page: name of a row -> what stands beside it."""
    tables = [
        answer.context["whole"],
        *(table for _title, _meaning, table, _chart in answer.context["groups"]),
    ]
    return {row[0].text: [cell.text for cell in row[1:]] for table in tables for row in table.rows}


@contextmanager
def population(found: list[Waited]) -> Iterator[None]:
    with patch("gib.insight.reporting.waiting.waited", lambda _days, _on: found):
        yield


def many(numbers: dict[tuple[str, str, WaitEnd], int], team: int = 1) -> list[Waited]:
    """Make so many waits of each region, language and end; each next one takes a day longer."""
    kinds = [kind for kind, number in numbers.items() for _ in range(number)]
    return [
        Waited(team, VISITS, region, language, end, days)
        for days, (region, language, end) in enumerate(kinds)
    ]


@pytest.mark.parametrize("role", sorted(MAY))
def test_each_role_sees_the_page_exactly_when_the_table_says_so(house: Cast, role: Role) -> None:
    browser = visitor(Actor(UUID(int=900), role, frozenset({min(house.coordinator.team_ids)})), NOW)
    may_see = bool(MAY[role] & {P.SEE_FIGURES, P.SEE_TEAM_FIGURES})
    for page in ("/cijfers/wachten/", PAGE, *FILES):
        assert browser.get(page).status_code == (200 if may_see else 403), page
        assert browser.post(page).status_code in (403, 405), page


@pytest.mark.parametrize("who", ["coordinator", "leader"])
def test_where_nobody_waited_the_page_says_so(house: Cast, who: str) -> None:
    answer = visitor(getattr(house, who), NOW).get(PAGE)
    assert "ging niemand op een vrijwilliger wachten" in text_of(answer)
    assert visitor(getattr(house, who), NOW).get(f"{PAGE}?onderdeel=niets").status_code == 200


@pytest.mark.parametrize("path", ["1999/", "2012/", "2011/lijst.pdf", "1999/lijst.csv"])
def test_a_year_or_file_that_is_not_there_is_not_found(house: Cast, path: str) -> None:
    assert visitor(house.leader, NOW).get(f"/cijfers/wachten/{path}").status_code == 404


class TestTheTeam:
    """The coordinator counts her own, exactly; her stranger counts none of them."""

    def test_she_reads_who_found_who_waits_and_how_long(self, house: Cast) -> None:
        story(house)
        found = shown(visitor(house.coordinator, later(NOW, 31)).get(PAGE))
        assert found["Allemaal"] == ["4", "1", "25%", "2", "1", "11", "31"]
        assert found["Niet bekend"] == found["Nederlands"] == found["Allemaal"]

    def test_another_team_counts_nothing_of_hers(self, house: Cast) -> None:
        story(house)
        assert "ging niemand" in text_of(visitor(house.stranger, later(NOW, 31)).get(PAGE))

    def test_a_part_that_needs_no_volunteer_and_a_wish_alone_are_no_wait(self, house: Cast) -> None:
        plan = products.trajectories.inside(house.coordinator, NOW, 0)
        products.wished(house.coordinator, plan.dossier_id, VISITS, NOW)
        products.planned(house.coordinator, plan.dossier_id, Product.MOEDER_DE_GANS, NOW)
        assert "ging niemand" in text_of(visitor(house.coordinator, NOW).get(PAGE))

    def test_each_product_has_a_page_of_its_own_and_one_file_holds_all(self, house: Cast) -> None:
        waits(house, 0)
        plan = products.trajectories.outside(house.coordinator, NOW, 1)
        products.planned(house.coordinator, plan.dossier_id, Product.MOEDERMAATJES, NOW)
        browser = visitor(house.coordinator, later(NOW, 3))
        for product in (VISITS, Product.MOEDERMAATJES):
            answer = browser.get(f"{PAGE}?onderdeel={product}")
            assert shown(answer)["Allemaal"][0] == "1"
            assert answer.context["brand"] == BRANDS[product]
        assert "Noord-Holland" in shown(answer), "she lives in Amsterdam"
        lines = browser.get(FILES[0]).content.decode("utf-8-sig").splitlines()[1:]
        assert {line.split(";")[0] for line in lines} == {BRANDS[VISITS], BRANDS[Product.MOEDERMAATJES]}

    def test_the_picture_says_what_the_table_says(self, house: Cast) -> None:
        story(house)
        answer = visitor(house.coordinator, later(NOW, 31)).get(PAGE)
        charts = [chart for _title, _meaning, _table, chart in answer.context["groups"]]
        assert [chart.label for chart in charts] == [
            "Naar provincie, Van de honderd: Niet bekend 25",
            "Naar taal, Van de honderd: Nederlands 25",
        ]


class TestTheLeader:
    """Who has no team reads the nation, and no small number by adding or taking away."""

    def test_she_reads_no_small_number_and_no_name(self, house: Cast) -> None:
        story(house)
        answer = visitor(house.leader, later(NOW, 31)).get(PAGE)
        assert shown(answer)["Allemaal"] == ["<10", "<10", "–", "<10", "<10", "–", "–"]
        for name in (*mothers.MOTHERS, *mothers.LAST_NAMES):
            assert name not in text_of(answer)

    def test_larger_numbers_are_rounded_and_the_longest_wait_is_too(self, house: Cast) -> None:
        found = many({("Utrecht", "nl", WaitEnd.FOUND): 33, ("Utrecht", "ar", WaitEnd.WAITING): 12})
        with population(found):
            answer = visitor(house.leader, NOW).get(PAGE)
        told = shown(answer)
        assert told["Allemaal"] == ["45", "35", "78%", "10", "0", "22", "60"]
        assert told["Nederlands"] == ["35", "35", "100%", "0", "0", "16", "60"]
        assert told["Arabisch"] == ["10", "0", "0%", "10", "0", "39", "60"]

    @pytest.mark.requirement("AI-05")
    def test_who_finds_somebody_less_often_or_later_stands_out(self, house: Cast) -> None:
        """Who speaks Arabic, or lives in Drenthe, is met a third as often here, and much later."""
        found, waiting = WaitEnd.FOUND, WaitEnd.WAITING
        skewed = many(
            {
                **{("Utrecht", "nl", found): 180, ("Utrecht", "nl", waiting): 20},
                **{("Drenthe", "ar", found): 60, ("Drenthe", "ar", waiting): 140},
            }
        )
        with population(skewed):
            browser = visitor(house.leader, NOW)
            told, file = shown(browser.get(PAGE)), browser.get(FILES[0]).content.decode("utf-8-sig")
        for one, other in (("Nederlands", "Arabisch"), ("Utrecht", "Drenthe")):
            assert (told[one][2], told[other][2]) == ("90%", "30%")
            assert int(told[one][5]) < int(told[other][5])
        rates = {line.split(";")[2]: line.split(";")[5] for line in file.splitlines()[1:]}
        assert rates == {name: row[2] for name, row in told.items()}

    def test_where_divisions_tell_on_each_other_nothing_is_told(self) -> None:
        """Twelve of one region, whose languages are ten, one and one: both would certainly be one."""
        found = many({("Utrecht", code, WaitEnd.FOUND): n for code, n in (("nl", 10), ("ar", 1), ("tr", 1))})
        for line in lines_for(VISITS, found, False):
            assert {line.asked, line.found, line.rate} == {HIDDEN}, line
        exact = {line.name: line.found for line in lines_for(VISITS, found, True)}
        assert exact == {"Allemaal": "12", "Utrecht": "12", "Nederlands": "10", "Arabisch": "1", "Turks": "1"}

    def test_a_share_is_of_the_numbers_as_they_stand_there(self) -> None:
        for found, asked, told in (
            *(("30", "40", "75%"), ("0", "15", "0%"), ("20", "15", "100%")),
            *(("<10", "15", HIDDEN), ("0", "<10", HIDDEN), ("0", "0", HIDDEN), (HIDDEN, "15", HIDDEN)),
        ):
            assert rate(found, asked) == told

    def test_what_is_added_up_in_a_row_follows_from_what_stands_in_it(self) -> None:
        """On many populations: whoever reads the three numbers could write the first one herself."""
        dice = Random(7)
        for _ in range(200):
            for line in lines_for(VISITS, many(numbers(dice)), False):
                parts = (line.found, line.waiting, line.stopped)
                if line.by is not By.ALL:
                    assert line.asked == added(parts)
                assert line.rate == rate(line.found, line.asked)
                assert not any(text.isdigit() and 0 < int(text) < LEAST for text in parts)
                assert line.median == HIDDEN or any(text.isdigit() for text in (line.asked, *parts))

    def test_of_few_no_days_are_told(self) -> None:
        few = many({("Utrecht", "nl", end): 5 for end in WaitEnd} | {("Drenthe", "nl", WaitEnd.FOUND): 40})
        told = {line.name: (line.median, line.longest) for line in lines_for(VISITS, few, False)}
        assert told["Utrecht"] == (HIDDEN, HIDDEN), "fifteen together, but of no end ten"
        assert HIDDEN not in told["Drenthe"]
        assert told["Allemaal"] == ("27", "60")


def numbers(dice: Random) -> dict[tuple[str, str, WaitEnd], int]:
    """Give how many of some regions and languages waited, few and many."""
    regions, languages = ("Utrecht", "Drenthe", ""), ("nl", "ar", "")
    return {
        (region, language, end): dice.choice([0, 1, 2, 5, 9, 12, 30])
        for region in regions
        for language in languages
        for end in WaitEnd
        if dice.random() < 0.5
    } | {("Utrecht", "nl", WaitEnd.FOUND): 1}


def test_added_numbers_tell_no_more_than_their_parts() -> None:
    assert added(["0", "0"]) == "0"
    assert added(["<10", "0"]) == "<10"
    assert added(["<10", "<10"]) == "10"
    assert added(["25", "<10", "0"]) == "30"
    assert added(["25", HIDDEN]) == HIDDEN


@pytest.mark.parametrize("who", ["coordinator", "leader"])
def test_both_kinds_of_file_hold_the_numbers_of_the_page(house: Cast, who: str) -> None:
    story(house)
    browser = visitor(getattr(house, who), later(NOW, 31))
    page = shown(browser.get(PAGE))
    answer = browser.get(FILES[0])
    lines = [line.split(";") for line in answer.content.decode("utf-8-sig").splitlines()]
    sheet = load_workbook(BytesIO(browser.get(FILES[1]).content)).active
    assert sheet is not None
    cells = [["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
    assert cells == lines
    assert answer["Content-Disposition"] == f'attachment; filename="wachten-{YEAR}.csv"'
    assert lines[0][3:] == [str(name) for name, _meaning in WAITS.values()]
    assert {row[2]: row[3:] for row in lines[1:]} == page
    assert [row[1] for row in lines[1:]] == ["Allemaal", "Naar provincie", "Naar taal"]


def test_every_number_has_its_definition_beside_it(house: Cast) -> None:
    text = text_of(visitor(house.coordinator, NOW).get(PAGE))
    for name, meaning in WAITS.values():
        assert str(name) in text
        assert str(meaning) in text
    assert set(WAITS) <= set(Line.__dataclass_fields__)


def test_the_page_of_figures_leads_here_and_back(house: Cast) -> None:
    for actor in (house.coordinator, house.leader):
        browser = visitor(actor, NOW)
        assert PAGE in browser.get(f"/cijfers/{YEAR}/").content.decode()
        assert f'"/cijfers/{YEAR}/"' in browser.get(PAGE).content.decode()
    board = f'"{reverse("products:board")}"'
    assert board in visitor(house.coordinator, NOW).get(PAGE).content.decode()
    assert board not in visitor(house.leader, NOW).get(PAGE).content.decode()


def test_more_mothers_ask_no_more_of_the_database(house: Cast) -> None:
    waits(house, 0)
    before = {who: queries(visitor(getattr(house, who), NOW), PAGE) for who in ("coordinator", "leader")}
    for number in range(1, 6):
        waits(house, number)
    assert before == {who: queries(visitor(getattr(house, who), NOW), PAGE) for who in before}
    assert max(before.values()) <= 15
