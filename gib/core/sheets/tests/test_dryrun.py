"""The dry run: rows, faults with their place, warnings, and what is new, the same or changed."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from gib.core.kernel.rules import CATALOGUE, RuleBroken
from gib.core.sheets import writing
from gib.core.sheets.dryrun import Report, check
from gib.core.sheets.mapping import propose
from gib.core.sheets.parsers import Context
from gib.core.sheets.reading import read
from gib.core.sheets.tables import find_table
from gib.core.sheets.template import Template, Values
from gib.core.sheets.tests.files import CONTEXT, LENDERS, xlsx

ANKIE = {"name": "Ankie", "born_on": date(1981, 3, 27)}


def run(text: str, template: Template = LENDERS) -> Report:
    return run_bytes(text.encode(), template)


def run_bytes(data: bytes, template: Template = LENDERS) -> Report:
    table = find_table(read(data), template)
    return check(template, table, propose(template, table.headings), CONTEXT)


def knowing(*known: Mapping[str, Any]) -> Template:
    """The template in a world where these are there already, by name."""

    def find(rows: Sequence[Values], context: Context) -> dict[int, Values]:
        there = {values["name"]: values for values in known}
        return {at: there[row["name"]] for at, row in enumerate(rows) if row["name"] in there}

    return replace(LENDERS, known=find)


def told(messages: Sequence[Any]) -> list[tuple[int | None, str, str]]:
    return [(message.row, message.heading, message.code) for message in messages]


def test_rows_become_values_and_empty_cells_are_absent() -> None:
    report = run("Naam;Geboren;Tel;Uren\nAnkie;27-3-81;n.v.t.;1,5\nBo;?;-;\n")
    assert [row.values for row in report.rows] == [ANKIE | {"hours": 90}, {"name": "Bo"}]
    assert report.new == report.rows
    assert report.faults == report.warnings == report.same == report.changed == ()


def test_one_message_per_faulty_cell_with_its_place() -> None:
    report = run("Leden\n\nNaam;Geboren;Uren;Tel\nAnkie;31-2-81;1,1;12\n;1-1-80;;\nCor;1-1-80;1;0612345678\n")
    assert told(report.faults) == [
        (4, "Geboren", "date_impossible"),
        (4, "Uren", "cell_not_quarter"),
        (4, "Tel", "cell_not_phone"),
        (5, "Naam", "cell_required"),
    ]
    assert [row.number for row in report.rows] == [6]
    assert report.faults[0].sentence() == (
        "Rij 4, kolom Geboren: Deze dag bestaat niet. Vul een andere dag in, bijvoorbeeld 28-02-1981. "
        "Er staat: “31-2-81”."
    )


def test_values_stay_out_of_logs() -> None:
    message = run("Naam;Geboren\nAnkie;geheim\n").faults[0]
    assert "geheim" not in repr(message)
    assert "geheim" not in message.sentence(with_value=False)
    assert "geheim" in message.sentence()
    assert "Ankie" not in repr(run("Naam\nAnkie\n;\n").rows)


def test_long_values_are_cut() -> None:
    sentence = run(f"Naam;Geboren\nAnkie;{'x' * 500}\n").faults[0].sentence()
    assert len(sentence) < 250


def test_a_required_column_that_is_absent_is_a_fault() -> None:
    report = run("Telefoon;Geboren\n0612345678;1-1-80\n")
    assert told(report.faults) == [(None, "", "column_missing")]
    assert "Naam" in report.faults[0].sentence()


def test_unused_columns_are_told() -> None:
    assert told(run("Naam;Schoenmaat\nAnkie;38\n").warnings) == [(None, "Schoenmaat", "column_unused")]


def test_formula_errors_are_faults() -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.append(("Naam", "Bedrag", "Uren"))
        sheet.append(("Ankie", "#N/A", "=1+1"))
        sheet["B2"].data_type = "e"

    assert told(run_bytes(xlsx(fill)).faults) == [
        (2, "Bedrag", "cell_formula_error"),
        (2, "Uren", "cell_formula_error"),
    ]


@pytest.mark.requirement("BSN-02")
def test_a_citizen_service_number_is_a_fault_and_is_never_quoted() -> None:
    report = run("Naam;Opmerking\nAnkie;nummer 111.222.333\n")
    assert told(report.faults) == [(2, "Opmerking", "bsn_in_text")]
    assert "111" not in report.faults[0].sentence()
    report = run("Naam;Telefoon\nAnkie;111222333\n")
    assert told(report.faults) == [(2, "Telefoon", "bsn_in_text")]


@pytest.mark.requirement("BSN-02")
def test_a_citizen_service_number_in_an_unused_column_is_told_only() -> None:
    report = run("Naam;Nr\nAnkie;111222333\n")
    assert not report.faults
    assert (None, "Nr", "bsn_taken_out") in told(report.warnings)


@pytest.mark.requirement("PRV-03")
def test_a_column_that_may_not_be_kept_is_told() -> None:
    assert told(run("Naam;Strafblad\nAnkie;ja\n").warnings) == [(None, "Strafblad", "column_cut")]


def test_the_same_row_twice_counts_once_and_other_words_are_a_fault() -> None:
    report = run("Naam;Geboren;Boeken\nAnkie;27-3-81;1\nANKIE;27-03-1981;1\nAnkie;27-3-81;2\n")
    assert [row.number for row in report.rows] == [2]
    assert told(report.warnings) == [(3, "", "row_repeated")]
    assert told(report.faults) == [(4, "", "row_twice")]
    assert report.faults[0].facts == {"first": 2}


def test_rows_without_identity_are_never_the_same() -> None:
    template = replace(LENDERS, identity=())
    assert len(run("Naam\nAnkie\nAnkie\n;\n", template).rows) == 2


def test_what_is_there_already_changes_nothing() -> None:
    report = run("Naam;Geboren\nAnkie;27-3-81\nBo;\n", knowing(ANKIE | {"books": 3}))
    assert [row.values["name"] for row in report.new] == ["Bo"]
    assert [row.values["name"] for row in report.same] == ["Ankie"]
    assert report.counts == {"rows": 2, "faults": 0, "warnings": 0, "new": 1, "same": 1, "changed": 0}


def test_what_is_there_with_something_else_is_told_and_stays() -> None:
    report = run("Naam;Geboren;Boeken\nAnkie;27-3-81;4\n", knowing(ANKIE | {"books": 3}))
    assert not report.new
    assert [row.number for row in report.changed] == [2]
    assert "Aantal boeken" in report.warnings[0].sentence()


def test_rows_that_say_nothing_are_counted_once() -> None:
    report = run("Nr;Naam;Tel\n1;Ankie;\n2;;\n3;-;n.v.t.\n")
    assert (None, "", "rows_empty") in told(report.warnings)
    assert len(report.rows) == 1


def test_the_example_of_the_empty_sheet_is_left_out() -> None:
    empty = run_bytes(writing.empty_template(LENDERS))
    assert empty.rows == ()
    assert (2, "", "row_is_example") in told(empty.warnings)


def test_headings_without_rows_are_a_fault() -> None:
    assert told(run("Naam;Tel\n").faults) == [(None, "", "no_rows")]


def test_a_slice_judges_a_row_as_a_whole() -> None:
    def judge(values: Values, context: Context) -> None:
        if values.get("paid") and not values.get("fee"):
            raise RuleBroken("cell_required", column="fee")

    template = replace(LENDERS, check_row=judge)
    report = run("Naam;Betaald;Bedrag\nAnkie;ja;5\nBo;ja;\n", template)
    assert told(report.faults) == [(3, "Bedrag", "cell_required")]
    assert [row.number for row in report.rows] == [2]


def test_every_message_can_be_told() -> None:
    report = run("Naam;BSN;Nr\nAnkie;111222333;x\nTotaal;;\n;;\n")
    for message in (*report.faults, *report.warnings):
        assert message.code in CATALOGUE
        assert "{" not in message.sentence()


def test_rows_beside_each_other_can_be_wrong() -> None:
    def too_many(rows: Sequence[Values], context: Context) -> list[tuple[int, RuleBroken]]:
        return [
            (at, RuleBroken("cell_no_choice", column="name", choices="één")) for at in range(1, len(rows))
        ]

    report = run("Lid;Soort\nAnkie;gast\nBo;gast\n", replace(LENDERS, check_rows=too_many))
    assert [(fault.row, fault.heading, fault.code) for fault in report.faults] == [
        (3, "Lid", "cell_no_choice")
    ]


def test_a_doubt_is_told_and_stops_nothing() -> None:
    def unsure(values: Values, context: Context) -> list[RuleBroken]:
        return [RuleBroken("column_unused", column="name")] if values["name"] == "Bo" else []

    report = run("Lid;Soort\nAnkie;gast\nBo;gast\n", replace(LENDERS, doubts=unsure))
    assert (report.faults, len(report.new)) == ((), 2)
    assert [(doubt.row, doubt.heading) for doubt in report.warnings] == [(3, "Lid")]
