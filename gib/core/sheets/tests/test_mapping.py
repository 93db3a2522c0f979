"""Headings find their columns; what cannot be carried out is refused; what was chosen is known again."""

import pytest

from gib.core.kernel.rules import RuleBroken
from gib.core.sheets import mapping
from gib.core.sheets.template import TEMPLATES, Column, Template, register
from gib.core.sheets.tests.files import LENDERS


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        (["Naam", "Geboortedatum"], {0: "name", 1: "born_on"}),
        (["naam", "GEB.DATUM"], {0: "name", 1: "born_on"}),
        (["Lid\nNaam", "Lid\nGeboren"], {0: "name", 1: "born_on"}),
        (["Geboorte\ndatum"], {0: "born_on"}),
        (["Naam (voluit)", "Telefoon [mobiel]"], {0: "name", 1: "phone"}),
        (["Näam", "Opmerkíng"], {0: "name", 1: "remark"}),
        (["Geboortedatm", "Opmerkign"], {0: "born_on", 1: "remark"}),
        (["Naam", "Lid", "Naam"], {0: "name"}),
        (["Kleur", "Maat"], {}),
        (["Tel", "tel"], {0: "phone"}),
        (["Contactpersoon\nNaam", "Naam"], {1: "name"}),
        (["", "Naam"], {1: "name"}),
    ],
)
def test_proposal(headings: list[str], expected: dict[int, str]) -> None:
    assert mapping.propose(LENDERS, headings) == expected


def test_a_whole_heading_goes_before_a_part() -> None:
    assert mapping.propose(LENDERS, ["Boeken\nAantal", "Aantal boeken"]) == {1: "books"}


def test_what_is_missing_and_what_is_unused() -> None:
    assert [column.key for column in mapping.missing(LENDERS, {0: "phone"})] == ["name"]
    assert mapping.missing(LENDERS, {0: "name"}) == ()
    assert mapping.unused(["Naam", "Schoen\nmaat"], {0: "name"}) == ("Schoen maat",)


@pytest.mark.parametrize(
    ("chosen", "code"),
    [
        ({0: "name", 1: "name"}, "column_twice"),
        ({0: "phone"}, "column_missing"),
        ({0: "name", 1: "shoe"}, "column_unknown"),
        ({0: "name", 7: "phone"}, "column_unknown"),
    ],
)
def test_a_choice_that_cannot_be_carried_out_is_refused(chosen: dict[int, str], code: str) -> None:
    with pytest.raises(RuleBroken, match=code):
        mapping.check_chosen(LENDERS, ["a", "b"], chosen)


def test_a_mapping_may_name_headings() -> None:
    headings = ["Wie", "Nummer"]
    assert mapping.from_headings(LENDERS, headings, {"wie": "Naam", "Nummer": "phone"}) == {
        0: "name",
        1: "phone",
    }
    for wanted in ({"Waar": "Naam"}, {"Wie": "Schoenmaat"}):
        with pytest.raises(RuleBroken, match="column_unknown"):
            mapping.from_headings(LENDERS, headings, wanted)


def test_the_fingerprint_knows_headings_again_and_keeps_no_word() -> None:
    mark = mapping.fingerprint(["Naam", "Tel.nr."])
    assert mark == mapping.fingerprint(["NAAM ", "telnr"])
    assert mark != mapping.fingerprint(["Tel.nr.", "Naam"])
    assert "naam" not in mark


def test_headings_go_before_aliases_of_other_columns() -> None:
    template = Template("t", "T", (Column("a", "Een", aliases=("Twee",)), Column("b", "Twee")))
    assert template.names["twee"] == "b"


def test_templates_are_offered_in_order() -> None:
    before = dict(TEMPLATES)
    try:
        register(LENDERS)
        assert TEMPLATES["lenders"] is LENDERS
    finally:
        TEMPLATES.clear()
        TEMPLATES.update(before)


def test_columns_that_are_never_taken_in() -> None:
    for heading in ("BSN", "Burgerservicenummer", "Sofi-nummer", "Moeder\nBSN", "strafblad"):
        assert LENDERS.refuses(heading)
    assert not LENDERS.refuses("Naam")
