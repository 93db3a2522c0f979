"""Pages and files of the figures: for the team, another team, the leader, and who has no business here."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any
from unittest.mock import patch
from uuid import UUID

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from gib.care.aftercare.tests.conftest import NOW, Cast, later
from gib.care.products import builders as products
from gib.care.referral import builders as referrals
from gib.care.referral.tests.reader import queries, text_of, visitor
from gib.core.access import rls
from gib.core.access.actor import Actor
from gib.core.access.actor import house as house_itself
from gib.core.access.tables import MAY, P, Role, Scope
from gib.core.kernel.clock import Now
from gib.core.ui.words import day
from gib.insight.reporting.domain import GAP, WORKED_OUT, Figure, Group
from gib.insight.reporting.words import FIGURES, PER_PRISON
from gib.people.families import actions as families
from gib.people.families import builders as mothers
from gib.people.families.models import Participant

pytestmark = pytest.mark.django_db(databases=["default", "keys", "log"])
YEAR = NOW.on.year
PAGE = f"/cijfers/{YEAR}/"
PAGES = ("", "lijst.csv", "lijst.xlsx", "gemeenten/", "gemeenten/lijst.csv", "gemeenten/lijst.xlsx")
NEW_YEAR = Now(datetime(2012, 1, 1, 9, tzinfo=UTC), date(2012, 1, 1))
NEW_YEARS_EVE = Now(datetime(2011, 12, 31, 9, tzinfo=UTC), date(2011, 12, 31))


@contextmanager
def counted(house: Cast, **nation: tuple[int, int]) -> Iterator[None]:
    """Let each figure be so many of the own team, and so many of the other one."""
    teams = [min(actor.team_ids) for actor in (house.coordinator, house.stranger)]
    found = {
        (str(Group.YEAR), key, team): number
        for key, numbers in nation.items()
        for team, number in zip(teams, numbers, strict=True)
    }
    with (
        patch("gib.insight.reporting.presenting.cells", lambda _days, _on: found),
        patch("gib.insight.reporting.views.figures.first_day", lambda _on: date(YEAR, 1, 1)),
    ):
        yield


def visits(house: Cast, number: int = 0, times: int = 2) -> UUID:
    """Let a mother be visited some days, an hour and a half each; gives her dossier."""
    begun, match = products.visiting(house.coordinator, NOW, number)
    for days in range(times):
        products.visited(house.coordinator, match, later(NOW, days).on, later(NOW, days))
    return begun.dossier_id


def shown(answer: Any) -> dict[str, list[str]]:
    """Read the whole year: name of a figure -> what stands beside it, without its meaning."""
    return {row[0].text: [cell.text for cell in row[1:-1]] for row in answer.context["table"].rows}


def behind(actor: Actor, figure: str, now: Now = NOW) -> list[list[Any]]:
    """Read the rows behind a figure."""
    rows: list[list[Any]] = visitor(actor, now).get(f"{PAGE}{figure}/").context["table"].rows
    return rows


@pytest.mark.parametrize("role", sorted(MAY))
def test_each_role_sees_figures_exactly_when_the_table_says_so(house: Cast, role: Role) -> None:
    browser = visitor(Actor(UUID(int=900), role, frozenset({min(house.coordinator.team_ids)})), NOW)
    has_team, may_see = P.SEE_TEAM_FIGURES in MAY[role], bool(MAY[role] & {P.SEE_FIGURES, P.SEE_TEAM_FIGURES})
    for page in PAGES:
        assert browser.get(f"{PAGE}{page}").status_code == (200 if may_see else 403), page
    assert browser.get("/cijfers/").status_code == (200 if may_see else 403)
    for figure in ("mothers", "volunteers", "asked"):
        assert browser.get(f"{PAGE}{figure}/").status_code == (200 if has_team else 403), figure


def test_who_sees_figures_is_no_accident() -> None:
    assert {role for role in MAY if MAY[role] & {P.SEE_FIGURES, P.SEE_TEAM_FIGURES}} == {
        *(Role.PROJECT_LEADER, Role.COORDINATOR, Role.DEPUTY),
    }


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_figures_are_read_and_never_sent(house: Cast, method: str) -> None:
    browser = visitor(house.coordinator, NOW)
    for page in ("/cijfers/", *(f"{PAGE}{page}" for page in (*PAGES, "mothers/"))):
        assert getattr(browser, method)(page).status_code == 405, page
    assert browser.head(PAGE).status_code == 200


class TestEmpty:
    """A house in which nothing has happened yet."""

    @pytest.mark.parametrize("who", ["coordinator", "leader"])
    def test_every_figure_is_nought_and_no_mean_is_written(self, house: Cast, who: str) -> None:
        answer = visitor(getattr(house, who), NOW).get(PAGE)
        means = {str(FIGURES[figure][0]) for figure in WORKED_OUT}
        assert all(set(told) == ({"–"} if name in means else {"0"}) for name, told in shown(answer).items())
        assert len(shown(answer)) == len(Figure) - len(GAP)
        assert "geen gemeente gevraagd" in text_of(visitor(getattr(house, who), NOW).get(f"{PAGE}gemeenten/"))

    @pytest.mark.parametrize("figure", Figure)
    def test_behind_a_figure_stands_nobody(self, house: Cast, figure: Figure) -> None:
        answer = visitor(house.coordinator, NOW).get(f"{PAGE}{figure}/")
        assert answer.context["count"] == 0
        assert "telde uw team hier niets" in text_of(answer)


class TestTheTeam:
    """The coordinator and her stranger."""

    def test_she_sees_exact_numbers_beside_a_guarded_nation(self, house: Cast) -> None:
        with counted(house, mothers=(3, 30), children=(7, 8), referrals=(12, 0), contacts=(2, 1)):
            found = shown(visitor(house.coordinator, NEW_YEAR).get(PAGE))
            other = shown(visitor(house.stranger, NEW_YEAR).get(PAGE))
        assert [found[name][:2] for name in ("Moeders", "Kinderen", "Aanmeldingen")] == [
            *(["3", "33"], ["7", "–"], ["12", "12"]),
        ]
        assert found["Bezoeken en contacten"][:2] == ["2", "<10"]
        assert [other[name][:2] for name in ("Moeders", "Kinderen", "Aanmeldingen")] == [
            *(["30", "–"], ["8", "–"], ["0", "12"]),
        ]

    def test_the_same_figures_are_rounded_while_the_year_runs(self, house: Cast) -> None:
        with counted(house, mothers=(3, 30)):
            running, over = (visitor(house.coordinator, now).get(PAGE) for now in (NEW_YEARS_EVE, NEW_YEAR))
        assert [shown(answer)["Moeders"][1] for answer in (running, over)] == ["35", "33"]
        assert "Dit jaar loopt nog" in text_of(running)
        assert "Dit jaar loopt nog" not in text_of(over)

    def test_a_number_leads_to_the_rows_that_stand_behind_it(self, house: Cast) -> None:
        visits(house)
        browser = visitor(house.coordinator, NOW)
        rows = browser.get(PAGE).context["table"].rows
        assert all(row[0].url for row in rows)
        for row in rows:
            if row[1].text.isdigit() and "Dagen" not in row[0].text and "uren" not in row[0].text:
                assert browser.get(row[0].url).context["count"] == int(row[1].text), row[0].text

    def test_another_team_finds_nobody_of_hers_behind_any_figure(self, house: Cast) -> None:
        dossier_id = visits(house)
        for figure in Figure:
            answer = visitor(house.stranger, NOW).get(f"{PAGE}{figure}/")
            assert answer.context["count"] == 0, figure
            assert str(dossier_id) not in text_of(answer)
        assert str(dossier_id) in text_of(visitor(house.coordinator, NOW).get(f"{PAGE}mothers/"))

    def test_who_is_asked_to_take_her_over_may_read_her_and_does_not_count_her_yet(self, house: Cast) -> None:
        dossier_id, team = visits(house), min(house.stranger.team_ids)
        own = house_itself("transfer")
        families.involve(own, dossier_id, Scope.RECEIVING, f"team:{team}", UUID(int=950), NOW)
        with rls.acting_as(house.stranger, NOW.on):
            readable: Any = Participant.objects.for_reader(house.stranger, NOW.on)
            assert readable.filter(dossier_id=dossier_id).exists()
        for figure in (Figure.MOTHERS, Figure.CONTACTS, Figure.TRAJECTORIES):
            assert behind(house.stranger, figure) == [], figure
            assert len(behind(house.coordinator, figure)) > 0, figure

    def test_behind_the_hours_stand_minutes_that_add_up(self, house: Cast) -> None:
        dossier_id = visits(house, times=3)
        end = later(NOW, 2)
        rows = behind(house.coordinator, "hours", end)
        assert [row[2].text for row in rows] == ["90", "90", "90"]
        assert [row[1].text for row in rows] == [day(later(NOW, days).on) for days in range(3)]
        assert {row[0].url for row in rows} == {reverse("portal:dossier", args=[dossier_id])}
        hours = shown(visitor(house.coordinator, end).get(PAGE))["Gegeven uren"][0]
        assert int(hours) == int(sum(int(row[2].text) for row in rows) / 60 + 0.5) == 5

    def test_behind_a_wait_stand_its_days(self, house: Cast) -> None:
        plan = products.trajectories.inside(house.coordinator, NOW)
        part = products.planned(house.coordinator, plan.dossier_id, products.Product.BEZOEKMOEDERS, NOW)
        began = later(NOW, 9)
        volunteer = products.a_volunteer(house.coordinator, NOW)
        products.introduced(house.coordinator, part, volunteer, began)
        products.actions.start(house.coordinator, part.id, began)
        (row,) = behind(house.coordinator, Figure.START_WAIT, began)
        assert row[2].text == "9"
        page = shown(visitor(house.coordinator, began).get(PAGE))
        assert page["Dagen tot een onderdeel"][0] == "9"

    def test_volunteers_are_named_by_who_manages_them(self, house: Cast) -> None:
        visits(house)
        products.a_volunteer(house.coordinator, NOW, given_name="Anna", family_name="Verzonnen")
        roll, active = (behind(house.coordinator, one) for one in ("volunteers", "active_volunteers"))
        assert [row[0].text for row in roll] == ["Anna Verzonnen", "Truus Voorbeeld"]
        assert [row[0].text for row in active] == ["Truus Voorbeeld"]


class TestTheLeader:
    """The project leader sees prisons apart and nobody's name."""

    def test_prisons_stand_beside_each_other_guarded(self, house: Cast) -> None:
        with counted(house, mothers=(23, 30), contacts=(4, 31), minutes=(240, 1860)):
            answer = visitor(house.leader, NEW_YEAR).get(PAGE)
        table = answer.context["prisons"]
        found = {row[0].text: [cell.text for cell in row[1:]] for row in table.rows}
        names = [head.label for head in table.columns[1:]]
        ours = names.index(next(name for name in names if "Nieuwersluis" in name))
        assert len(found) == len(PER_PRISON)
        assert (found["Moeders"][ours], found["Moeders"][1 - ours]) == ("25", "30")
        assert (found["Gegeven uren"][ours], found["Gegeven uren"][1 - ours]) == ("–", "30")
        assert shown(answer)["Moeders"][0] == "53"
        assert shown(answer)["Bezoeken en contacten"][0] == "35"

    def test_a_team_sees_no_prisons_apart(self, house: Cast) -> None:
        with counted(house, mothers=(23, 30)):
            answer = visitor(house.coordinator, NEW_YEAR).get(PAGE)
        assert not answer.context["prisons"].rows
        assert "Per inrichting" not in text_of(answer)

    def test_the_year_before_stands_beside_it_as_it_was_told_then(self, house: Cast) -> None:
        with (
            counted(house, mothers=(40, 40)),
            patch("gib.insight.reporting.views.figures.first_day", lambda _on: date(2010, 3, 1)),
        ):
            browser = visitor(house.leader, NOW)
            now, before = (shown(browser.get(f"/cijfers/{year}/"))["Moeders"] for year in (2011, 2010))
        assert now == ["80", "80"]
        assert before == ["80"]

    def test_no_file_of_hers_tells_a_name(self, house: Cast) -> None:
        visits(house)
        browser = visitor(house.leader, NOW)
        text = browser.get(f"{PAGE}lijst.csv").content.decode("utf-8-sig")
        assert "Uw team" not in text.splitlines()[0]
        for name in (*mothers.MOTHERS, *mothers.LAST_NAMES, "Truus Voorbeeld"):
            assert name not in text


@pytest.mark.parametrize("who", ["coordinator", "leader"])
def test_both_kinds_of_file_hold_the_numbers_of_the_page(house: Cast, who: str) -> None:
    visits(house)
    referrals.referred(referrals.cast().mmd, NOW)
    browser = visitor(getattr(house, who), NOW)
    page = shown(browser.get(PAGE))
    lines = [
        line.split(";") for line in browser.get(f"{PAGE}lijst.csv").content.decode("utf-8-sig").splitlines()
    ]
    sheet = load_workbook(BytesIO(browser.get(f"{PAGE}lijst.xlsx").content)).active
    assert sheet is not None
    cells = [["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
    assert [row[:4] for row in cells] == [line[:4] for line in lines]
    told = {row[1]: row[2 : 2 + len(page["Moeders"])] for row in cells if row[0] == "Het hele jaar"}
    assert told == page
    assert {name for name, numbers in told.items() if numbers[0] not in ("0", "–")} >= {
        *("Moeders", "Aanmeldingen", "Nieuwe koppelingen"),
    }


def test_more_mothers_ask_no_more_of_the_database(house: Cast) -> None:
    visits(house, 0)
    people = {"coordinator": house.coordinator, "leader": house.leader}
    before = {who: queries(visitor(actor, NOW), PAGE) for who, actor in people.items()}
    rows = queries(visitor(house.coordinator, NOW), f"{PAGE}contacts/")
    for number in range(1, 6):
        visits(house, number)
    assert {who: queries(visitor(actor, NOW), PAGE) for who, actor in people.items()} == before
    assert queries(visitor(house.coordinator, NOW), f"{PAGE}contacts/") == rows
    assert max(*before.values(), rows) <= 15
