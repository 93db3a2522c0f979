"""Families in a sheet: her children in one cell, where she is, her consents, and the way into a dossier."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from gib.core.access.actor import Actor, house
from gib.core.kernel.rules import RuleBroken
from gib.core.sheets.parsers import Context
from gib.core.sheets.template import Template
from gib.core.sheets.tests.reports import codes, row
from gib.core.vault import boxes
from gib.people.families import actions, builders, sheet
from gib.people.families.domain.codes import Place, Purpose, ReturnKind
from gib.people.families.models import (
    Child,
    Consent,
    Dossier,
    Participant,
    children_of,
    consent_holds,
    current_place,
    latest_expectation,
    open_episode,
    participant_of,
)
from gib.people.families.sheet import Kid, Stay
from gib.people.families.tests.conftest import NOW, TODAY
from gib.people.partners.sheet import seat_of

pytestmark = [pytest.mark.django_db(databases="__all__"), pytest.mark.usefixtures("as_house")]
FAMILIES = Template(key="families", title="Gezinnen", columns=sheet.COLUMNS, check_row=sheet.check_row)


def brought(actor: Actor, text: str) -> UUID:
    values = row(FAMILIES, text, actor, TODAY)
    return sheet.bring_in(values, seat_of(values, actor, TODAY), house("import"), NOW)


@pytest.mark.parametrize(
    ("written", "kids"),
    [
        ("Noor (4), Yassin 9", (Kid("Noor", None, 2007), Kid("Yassin", None, 2002))),
        ("Noor 4 jaar en Yassin 9 jr.", (Kid("Noor", None, 2007), Kid("Yassin", None, 2002))),
        ("Sem 12-3-2005", (Kid("Sem", date(2005, 3, 12), 2005),)),
        ("Sem (12-3-05); Lina (geb. 2006)", (Kid("Lina", None, 2006), Kid("Sem", date(2005, 3, 12), 2005))),
        ("Anne-Fleur\nJan Willem", (Kid("Anne-Fleur"), Kid("Jan Willem"))),
        ("Pim (0)", (Kid("Pim", None, 2011),)),
    ],
)
def test_children_are_read_from_one_cell(written: str, kids: tuple[Kid, ...]) -> None:
    parser = sheet._children()
    assert parser.read(written, Context(TODAY)) == kids
    assert parser.read(parser.write(kids), Context(TODAY)) == kids


@pytest.mark.parametrize(
    ("written", "code"),
    [("2", "children_names"), ("twee 2 drie 3", "children_names"), ("Sem (31-2-2005)", "date_impossible")],
)
def test_children_need_names_and_days_that_exist(written: str, code: str) -> None:
    with pytest.raises(RuleBroken, match=f"^{code}$"):
        sheet._children().read(written, Context(TODAY))


@pytest.mark.parametrize(
    ("values", "stay"),
    [
        ({"stay": Stay.HOME, "team": 1}, Stay.HOME),
        ({"unit": "B1", "town": 1}, Stay.INSIDE),
        ({"town": 1}, Stay.HOME),
        ({"town": 1, "team": 1}, Stay.INSIDE),
        ({"team": 1}, Stay.INSIDE),
    ],
)
def test_where_she_is_follows_from_what_is_there(values: dict[str, Any], stay: Stay) -> None:
    assert sheet.stay_of(values) is stay


def test_a_mother_inside_gets_a_dossier_with_all_of_it(coordinator: Actor) -> None:
    headings = (
        "Moeder;Geboren;Tel;Talen;Afd;Binnen sinds;VI;Gemeente;Kinderen;Toestemming;Toestemming gemeente"
    )
    cells = "Truus Duinroos;3-5-80;0612345678;Turks, Nederlands;B2;"
    cells += "1-10-10;1-9-11;Amsterdam;Noor (4);1-12-10;2-12-10"
    dossier_id = brought(coordinator, f"{headings}\n{cells}\n")
    mother = participant_of(dossier_id)
    assert (mother.first_name, mother.last_name, mother.born_on) == ("Truus", "Duinroos", date(1980, 5, 3))
    assert (mother.phone, mother.languages) == ("+31612345678", "nl,tr")
    assert (mother.return_kind, mother.return_municipality_id) == (ReturnKind.KNOWN, "0363")
    spot, episode, expected = (
        current_place(dossier_id, TODAY),
        open_episode(dossier_id),
        latest_expectation(dossier_id),
    )
    assert spot is not None and (spot.prison_id, spot.unit) == ("NSL", "B2")
    assert episode is not None and episode.from_on == date(2010, 10, 1)
    assert expected is not None and expected.expected_on == date(2011, 9, 1)
    assert [(kid.first_name, kid.birth_year) for kid in children_of(dossier_id)] == [("Noor", 2007)]
    assert consent_holds(dossier_id, Purpose.SUPPORT, "", TODAY)
    # A list lets nothing go outside before she said so herself.
    assert not consent_holds(dossier_id, Purpose.MUNICIPALITY, "0363", TODAY)
    assert all(row.is_claim for row in Consent.for_house("test", TODAY))
    assert not consent_holds(dossier_id, Purpose.PHOTO, "", TODAY)
    assert {row.place for row in Consent.for_house("test", TODAY)} == {Place.PRISON}


def test_a_mother_at_home_is_not_detained(coordinator: Actor) -> None:
    dossier_id = brought(coordinator, "Moeder;Woonplaats;Toestemming\nTruus Duinroos;Heerlen;1-12-10\n")
    assert open_episode(dossier_id) is None
    assert participant_of(dossier_id).return_municipality_id == "0917"
    assert Consent.for_house("test", TODAY).get().place == Place.HOME


@pytest.mark.parametrize(
    ("headings", "cells", "fault"),
    [
        ("Geboren;Afd", "1-1-2012;B1", ("date_impossible", "Geboren")),
        ("Geboren", "1980", ("stay_unclear", "Binnen of thuis")),
        ("Verblijf", "thuis", ("town_missing", "Gemeente")),
        ("Verblijf", "op zee", ("cell_no_choice", "Verblijf")),
        ("Woonplaats", "Maarssen", ("town_ended", "Woonplaats")),
        ("Afd;VI", "B1;1-1-2011", ("expected_in_past", "VI")),
        ("Afd;Binnen sinds", "B1;1-2-2011", ("day_in_future", "Binnen sinds")),
        ("Afd;Toestemming", "B1;1-2-2011", ("day_in_future", "Toestemming")),
        ("Afd;Toestemming", "B1;1-2-2009", ("consent_lapsed", "Toestemming")),
        ("Afd;Toestemming gemeente", "B1;1-12-2010", ("consent_needs_recipient", "Toestemming gemeente")),
        ("Afd;Kinderen", "B1;Kees 19", ("child_is_adult", "Kinderen")),
        ("Afd;P.I.", "B1;Ter Peel", ("team_not_yours", "P.I.")),
    ],
)
def test_what_is_wrong_stands_beside_its_cell(
    coordinator: Actor, headings: str, cells: str, fault: tuple[str, str]
) -> None:
    found = codes(FAMILIES, f"Moeder;{headings}\nTruus Duinroos;{cells}\n", coordinator, TODAY)
    assert found[0][1] == fault[1]
    assert found[0][0] == fault[0] or fault[0] == "date_impossible"


def test_a_dossier_is_written_as_the_row_that_made_it(coordinator: Actor) -> None:
    text = "Moeder;Geboren;Afd;Kinderen;Toestemming\nTruus Duinroos;1980;B2;Noor (4), Sem 12-3-2005;1-12-10\n"
    values = row(FAMILIES, text, coordinator, TODAY)
    seat = seat_of(values, coordinator, TODAY)
    dossier_id = sheet.bring_in(values, seat, house("import"), NOW)
    written = sheet.written(dossier_id, seat, TODAY)
    assert {key: written[key] for key in values if key != "name"} == {
        key: value for key, value in values.items() if key != "name"
    }
    assert (written["given_name"], written["stay"], written["team"]) == ("Truus", Stay.INSIDE, seat)


def test_a_dossier_is_taken_back_without_a_trace(
    coordinator: Actor, django_capture_on_commit_callbacks: Any
) -> None:
    dossier_id = brought(coordinator, "Moeder;Afd;Kinderen\nTruus Duinroos;B2;Noor (4)\n")
    with django_capture_on_commit_callbacks(execute=True):
        sheet.undo([dossier_id], coordinator, NOW)
    for model in (Dossier, Participant, Child):
        assert not model.for_house("test", TODAY).exists()
    with pytest.raises(boxes.Erased):
        boxes.key(dossier_id)


def test_a_dossier_that_somebody_worked_with_stays(coordinator: Actor, stranger: Actor) -> None:
    dossier_id = brought(coordinator, "Moeder;Afd\nTruus Duinroos;B2\n")
    builders.with_child(coordinator, dossier_id, NOW)
    with pytest.raises(RuleBroken, match=r"^sheet_in_use$"):
        actions.take_back_dossier(coordinator, dossier_id, NOW)
    assert Dossier.for_house("test", TODAY).count() == 1
