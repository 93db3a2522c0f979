"""Cells that name a team, a prison, a municipality, a product or a language."""

from datetime import date
from typing import Any

import pytest

from gib.core.access.actor import Actor, house
from gib.core.access.tables import Role
from gib.core.kernel.ids import new_id
from gib.core.kernel.rules import RuleBroken
from gib.core.sheets.parsers import Context
from gib.people.partners import sheet
from gib.people.partners.builders import SINCE, two_teams
from gib.people.partners.domain import Product
from gib.people.partners.models import Team

pytestmark = pytest.mark.django_db
ON = date(2011, 1, 11)


def reader(*teams: Team) -> Actor:
    return Actor(new_id(), Role.COORDINATOR, frozenset(team.pk for team in teams))


def read(parser: Any, written: str, actor: Actor | None = None) -> Any:
    return parser.read(written, Context(ON, actor or house("test")))


def refused(parser: Any, written: str, actor: Actor | None = None) -> RuleBroken:
    with pytest.raises(RuleBroken) as found:
        read(parser, written, actor)
    return found.value


@pytest.mark.parametrize(
    "written",
    [
        "Nieuwersluis",
        "PI Nieuwersluis",
        "P.I. Utrecht locatie Nieuwersluis",
        "NSL",
        "Team Nieuwersluis",
        "nieuwersluis",
    ],
)
def test_a_team_is_known_by_its_name_or_by_its_prison(written: str) -> None:
    one, _other = two_teams()
    parser = sheet.team_column().parser
    seat = read(parser, written)
    assert (seat.pk, seat.prison) == (one.pk, "NSL")
    assert read(parser, parser.write(seat)) == seat


def test_a_team_that_is_not_known_or_not_hers_is_refused() -> None:
    one, other = two_teams()
    parser = sheet.team_column().parser
    assert refused(parser, "Atlantis").code == "team_unknown"
    assert "Nieuwersluis" in str(refused(parser, "Atlantis").facts["choices"])
    assert refused(parser, "Ter Peel", reader(one)).code == "team_not_yours"
    assert read(parser, "Ter Peel", reader(other)).pk == other.pk


def test_two_teams_at_one_prison_are_named() -> None:
    one, _other = two_teams()
    second = Team.objects.create(name="Team Nieuwersluis Oost", prison=one.prison, valid_from=SINCE)
    parser = sheet.team_column().parser
    assert refused(parser, "NSL").code == "team_unclear"
    assert read(parser, "Team Nieuwersluis Oost").pk == second.pk
    assert read(parser, "NSL", reader(second)).pk == second.pk


def test_the_only_team_of_who_brings_the_list_counts_without_a_cell() -> None:
    one, other = two_teams()
    assert sheet.seat_of({}, reader(one), ON).pk == one.pk
    for actor in (house("test"), reader(one, other), reader(), None):
        with pytest.raises(RuleBroken, match=r"^team_needed$"):
            sheet.seat_of({}, actor, ON)
    foreign = sheet.seats([other.pk])[other.pk]
    assert sheet.seat_of({"team": foreign}, house("test"), ON) == foreign
    with pytest.raises(RuleBroken, match=r"^team_not_yours$"):
        sheet.seat_of({"team": foreign}, reader(one), ON)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        *(("Amsterdam", "0363"), ("gemeente Amsterdam", "0363"), ("gem. amsterdam", "0363"), ("363", "0363")),
        *(("0363", "0363"), ("Amsterdam (0363)", "0363"), ("Den Haag", "0518"), ("Den Bosch", "0796")),
        *(("Bergen (L.)", "0893"), ("Bergen NH", "0373"), ("Hengelo", "0164")),
    ],
)
def test_a_town_is_known_by_code_or_name(written: str, code: str) -> None:
    two_teams()
    town = read(sheet.town(), written)
    assert town.code == code
    assert read(sheet.town(), sheet.town().write(town)) == town


def test_two_towns_of_one_name_ask_for_the_code() -> None:
    two_teams()
    broken = refused(sheet.town(), "Bergen")
    assert broken.code == "town_unclear"
    assert "0373" in str(broken.facts["choices"]) and "0893" in str(broken.facts["choices"])
    assert refused(sheet.town(), "Atlantis").code == "town_unknown"
    assert refused(sheet.town(), "9999").code == "town_unknown"


def test_a_town_that_ended_names_what_came_after_it() -> None:
    two_teams()
    town = read(sheet.town(), "Maarssen")
    sheet.check_town(town, date(2010, 12, 31), "municipality")
    with pytest.raises(RuleBroken, match=r"^town_ended$") as found:
        sheet.check_town(town, ON, "municipality")
    assert "Stichtse Vecht" in str(found.value.facts["choices"])
    assert found.value.facts["column"] == "municipality"
    with pytest.raises(RuleBroken, match=r"^town_not_yet$"):
        sheet.check_town(read(sheet.town(), "Stichtse Vecht"), date(2010, 12, 31), "municipality")


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("moedermaatjes", (Product.MOEDERMAATJES,)),
        ("MM, BM", (Product.BEZOEKMOEDERS, Product.MOEDERMAATJES)),
        ("Bezoekmoeders en Ik-Jij-Wij", (Product.BEZOEKMOEDERS, Product.IK_JIJ_WIJ)),
        ("moeder de gans / bezoekmoder", (Product.BEZOEKMOEDERS, Product.MOEDER_DE_GANS)),
    ],
)
def test_products_are_known_as_people_write_them(written: str, found: tuple[Product, ...]) -> None:
    parser = sheet.products()
    assert read(parser, written) == found
    assert read(parser, parser.write(found)) == found


@pytest.mark.parametrize(
    ("written", "found"),
    [("Nederlands", ("nl",)), ("turks/nederlands", ("nl", "tr")), ("Papiamento", ("pap",))],
)
def test_languages_are_kept_as_codes(written: str, found: tuple[str, ...]) -> None:
    parser = sheet.languages()
    assert read(parser, written) == found
    assert read(parser, parser.write(found)) == found


def test_an_unknown_word_names_the_known_ones() -> None:
    assert "Bezoekmoeders" in str(refused(sheet.products(), "koken").facts["choices"])
    assert refused(sheet.products(), "koken").code == "product_unknown"
    assert refused(sheet.languages(), "Klingon").code == "language_unknown"
    two_teams()
    with pytest.raises(RuleBroken, match=r"^prison_unknown$"):
        sheet.read_prison("Atlantis", Context(ON))
    assert sheet.read_prison("Ter Peel", Context(ON)) == "TPL"
    assert sheet.prison_places()["NSL"] == "Nieuwersluis"
