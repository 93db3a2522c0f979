"""The list of referrals: what a row means, what is wrong with it, and that it comes in, out and back."""

from datetime import date
from typing import Any

import pytest

from gib.care.referral import actions
from gib.care.referral.builders import TUESDAY, Cast, cast, later
from gib.care.referral.domain import Channel, Children, State
from gib.care.referral.models import Referral
from gib.care.referral.sheet import TEMPLATE, apply, export, known, undo
from gib.core.access.actor import Actor, house
from gib.core.journal.models import Happening, Message
from gib.core.kernel.rules import RuleBroken
from gib.core.sheets.parsers import Context
from gib.core.sheets.tests.reports import codes, dry_run, row
from gib.core.vault import boxes
from gib.people.families.models import Dossier, Involvement, Participant

pytestmark = [pytest.mark.django_db(databases="__all__"), pytest.mark.usefixtures("as_house")]
ON = TUESDAY.on
HEADINGS = "Naam;Geboren;Afdeling;Toestemming"
CELLS = "Truus Duinroos;3-5-1980;B2;10-1-2011"


@pytest.fixture
def people(db: None, seen: object) -> Cast:
    return cast()


def text(headings: str = "", cells: str = "") -> str:
    return f"{HEADINGS};{headings}\n{CELLS};{cells}\n" if headings else f"{HEADINGS}\n{CELLS}\n"


def brought(actor: Actor, headings: str = "", cells: str = "") -> Any:
    values = row(TEMPLATE, text(headings, cells), actor, ON)
    return Referral.for_house("test", ON).get(pk=apply([values], actor, TUESDAY)[0])


def test_a_row_becomes_a_referral_that_was_sent(people: Cast) -> None:
    headings = "Kinderen;Vrij op;Volgens;Taal;Wens;Terugbellen;Via;Verwijzer;P.I."
    cells = "2 kinderen;1-3-11;bsd;Turks;Ik wil haar zien;toestel 17;trajectbegeleider;Verzonnen Naam;NSL"
    referral = brought(people.coordinator, headings, cells)
    assert (referral.state, referral.submitted_on, referral.unit) == (State.SUBMITTED, ON, "B2")
    answers = referral.answers()
    assert (answers.first_name, answers.born_on) == ("Truus", date(1980, 5, 3))
    assert (answers.children, answers.children_count) == (Children.NUMBER, 2)
    assert (answers.expected_on, answers.expected_source) == (date(2011, 3, 1), "prison")
    assert (answers.language, answers.channel) == ("tr", Channel.TB)
    assert (answers.wish, answers.call_back) == ("Ik wil haar zien", "toestel 17")
    assert referral.referrer_name == "Verzonnen Naam"
    assert Participant.for_house("test", ON).get().languages == "tr"
    assert not Message.objects.exists()


@pytest.mark.parametrize(
    ("written", "children", "count"),
    [
        *(("2", Children.NUMBER, 2), ("3 knd", Children.NUMBER, 3), ("ja", Children.YES, None)),
        *(("?", Children.UNKNOWN, None), ("onbekend", Children.UNKNOWN, None)),
        *(("nee", Children.UNKNOWN, None), ("geen", Children.UNKNOWN, None), ("", Children.UNKNOWN, None)),
    ],
)
def test_children_are_never_a_gate(people: Cast, written: str, children: Children, count: int | None) -> None:
    referral = brought(people.coordinator, "Kinderen", written)
    assert (referral.children, referral.children_count) == (children, count)


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("Truus Duinroos;3-5-1980;B2;", ("cell_required", "Toestemming")),
        ("Truus Duinroos;3-5-1980;;10-1-2011", ("cell_required", "Afdeling")),
        ("Truus Duinroos;3-5-1980;B2;12-1-2011", ("consent_in_future", "Toestemming")),
        ("Truus Duinroos;;B2;10-1-2011", ("birth_missing", "Geboren")),
        ("Truus Duinroos;2010;B2;10-1-2011", ("birth_implausible", "Geboren")),
        ("Truus;1980;B2;10-1-2011", ("name_one_word", "Naam")),
        ("Truus Duinroos;1980;een heel lange afdeling;10-1-2011", ("cell_too_long", "Afdeling")),
    ],
)
def test_what_is_wrong_stands_beside_its_cell(people: Cast, line: str, fault: tuple[str, str]) -> None:
    assert codes(TEMPLATE, f"{HEADINGS}\n{line}\n", people.coordinator, ON) == [fault]


@pytest.mark.parametrize(
    ("headings", "cells", "code"),
    [
        ("Vrij op", "1-1-2011", "release_in_past"),
        ("Kinderen", "veel", "cell_not_number"),
        ("Kinderen", "44", "cell_out_of_reach"),
        ("Taal", "Klingon", "cell_no_choice"),
        ("Via", "de buren van hiernaast", "cell_no_choice"),
        ("P.I.", "Ter Peel", "team_not_yours"),
    ],
)
def test_an_optional_cell_can_be_wrong_too(people: Cast, headings: str, cells: str, code: str) -> None:
    found = codes(TEMPLATE, text(headings, cells), people.coordinator, ON)
    assert [each for each, _heading in found] == [code]


def test_a_shell_must_name_the_prison(people: Cast) -> None:
    assert [code for code, _ in codes(TEMPLATE, text(), house("test"), ON)] == ["team_needed"]
    referral = brought(house("test"), "P.I.", "Nieuwersluis")
    assert referral.team.prison_id == "NSL"


def test_an_offence_is_cut_off_before_anything_is_kept(people: Cast) -> None:
    for heading in ("Delict", "Strafmaat", "Nationaliteit", "BSN"):
        report = dry_run(TEMPLATE, text(heading, "iets"), people.coordinator, ON)
        assert [warning.code for warning in report.warnings] == ["column_cut"]


def test_a_referral_that_is_there_is_found_whatever_became_of_it(people: Cast) -> None:
    referral = brought(people.coordinator)
    actions.accept(people.coordinator, referral.id, TUESDAY)
    again = dry_run(TEMPLATE, text(), people.coordinator, ON)
    assert (len(again.same), len(again.new)) == (1, 0)
    differs = dry_run(TEMPLATE, text("Wens", "iets anders"), people.coordinator, ON)
    assert len(differs.changed) == 1
    values = row(TEMPLATE, text(), people.stranger, ON)
    assert known([values], Context(ON, people.stranger)) == {}


def test_what_goes_out_reads_back_as_the_same(people: Cast) -> None:
    brought(people.coordinator, "Kinderen;Via;Wens", "ja;MMD;voorlezen")
    values = next(iter(export(people.coordinator, TUESDAY)))
    assert (values["given_name"], values["children"], values["channel"]) == (
        "Truus",
        Children.YES,
        Channel.MMD,
    )
    assert known([values], Context(ON, people.coordinator)) == {0: values}
    assert list(export(people.stranger, TUESDAY)) == []


def test_a_list_is_taken_back_and_leaves_no_person(
    people: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    referral = brought(people.coordinator)
    with django_capture_on_commit_callbacks(execute=True):
        undo([referral.id], people.coordinator, TUESDAY)
    for model in (Referral, Dossier, Participant):
        assert not model.for_house("test", ON).exists()
    assert not Involvement.objects.exists()
    with pytest.raises(boxes.Erased):
        boxes.key(referral.dossier_id)
    names = Happening.for_house("test", ON).filter(dossier_id=referral.dossier_id).order_by("position")
    assert names.last().name == "families.DossierTakenBack"


def test_a_referral_that_was_taken_on_stays(people: Cast) -> None:
    referral = brought(people.coordinator)
    actions.accept(people.coordinator, referral.id, later(TUESDAY, 1))
    with pytest.raises(RuleBroken, match=r"^sheet_in_use$"):
        undo([referral.id], people.coordinator, TUESDAY)
    assert Referral.for_house("test", ON).count() == 1
