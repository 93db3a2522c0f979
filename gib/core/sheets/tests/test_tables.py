"""The table in a file: found under titles, joined headings, cells filled, and every row accounted for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gib.core.kernel.rules import RuleBroken
from gib.core.sheets.grids import Book, Grid, Line, Merge
from gib.core.sheets.tables import TAKEN_OUT, Note, Table, find_table
from gib.core.sheets.tests.files import LENDERS


def grid(*rows: str, merges: tuple[Merge, ...] = (), name: str = "Blad1") -> Grid:
    """A grid of rows written as 'a|b|c'; an empty row is left out, but counted."""
    lines = (Line(number, tuple(row.split("|"))) for number, row in enumerate(rows, 1) if row.strip("|"))
    return Grid(name, tuple(lines), merges)


def table(*rows: str, merges: tuple[Merge, ...] = ()) -> Table:
    return find_table(Book((grid(*rows, merges=merges),)), LENDERS)


def told(found: Table) -> list[tuple[str, int | None]]:
    return [(note.code, note.row) for note in found.notes]


def cells(found: Table) -> list[tuple[str, ...]]:
    return [row.cells for row in found.rows]


def test_headings_are_found_under_titles() -> None:
    found = table("Ledenlijst", "", "Stand 2010", "Naam|Tel", "Ankie|1")
    assert found.headings == ("Naam", "Tel")
    assert [row.number for row in found.rows] == [5]


def test_the_row_that_names_most_columns_is_the_heading() -> None:
    assert table("Naam|van de|club", "Naam|Tel|Geboren", "Ankie|1|2").headings == ("Naam", "Tel", "Geboren")


def test_two_lines_are_joined_when_that_names_more() -> None:
    assert table("Geboorte|Voor- en|", "datum|achternaam|Tel", "1-1-80|Ankie|1").headings == (
        "Geboorte\ndatum",
        "Voor- en\nachternaam",
        "Voor- en\nTel",
    )


def test_a_first_row_of_data_is_never_a_second_line() -> None:
    assert len(table("Naam|Nr", "Tel|1234").rows) == 1


def test_a_group_above_the_headings_is_left_out_when_it_adds_nothing() -> None:
    found = table("Wie||Waar|", "Naam|Soort lid|Tel|Postcode", "Ankie|gast|1|1234AB")
    assert found.headings == ("Naam", "Soort lid", "Tel", "Postcode")


def test_a_heading_merged_over_two_lines_stays_one_word() -> None:
    merges = (Merge(1, 0, 2, 0), Merge(1, 1, 1, 2))
    found = table("Naam|Geboorte|", "|datum|Tel", "Ankie|1-1-80|1", merges=merges)
    assert found.headings[0] == "Naam"
    assert found.headings[1] == "Geboorte\ndatum"


def test_columns_without_heading_are_named_by_their_letter_and_empty_ones_leave() -> None:
    found = table("Naam|||Tel", "Ankie||x|1")
    assert found.headings == ("Naam", "Kolom C", "Tel")
    assert cells(found) == [("Ankie", "x", "1")]


def test_unknown_headings_are_taken_when_they_look_like_headings() -> None:
    assert table("Wie|Waar", "Ankie|Utrecht").headings == ("Wie", "Waar")
    with pytest.raises(RuleBroken, match="sheet_without_headings"):
        table("Ankie|0612345678", "Bo|0687654321")


def test_the_sheet_that_fits_best_is_taken() -> None:
    book = Book((grid("Naam|x", "a|b", name="1"), grid("Naam|Tel|Geboren", "Ankie|1|2", name="2")))
    assert find_table(book, LENDERS).headings == ("Naam", "Tel", "Geboren")


def test_totals_titles_headings_and_remarks_are_skipped_and_told() -> None:
    wide = (Merge(2, 0, 2, 2), Merge(6, 0, 6, 2))
    found = table(
        *("Naam|Tel|Geboren", "Noord||", "Ankie|1|2", "Subtotaal|1|", "Naam|Tel|Geboren", "Zuid||", "Bo|3|4"),
        *("Totaal||", "", "Gemaakt door J.||", "Vragen? Bel.||"),
        merges=wide,
    )
    assert [row.number for row in found.rows] == [3, 7]
    assert told(found) == [
        ("row_is_title", 2),
        ("row_is_total", 4),
        ("row_is_heading", 5),
        ("row_is_title", 6),
        ("row_is_total", 8),
        ("row_is_note", 10),
        ("row_is_note", 11),
    ]


@pytest.mark.parametrize("name", ["Totalis|1", "Ankie Totaal|1", "Som|1", "-|-"])
def test_rows_that_only_look_like_a_total_or_heading_stay(name: str) -> None:
    assert len(table("Naam|Tel", name).rows) == 1


def test_a_last_row_with_only_a_name_stays() -> None:
    assert len(table("Naam|Tel|Geboren", "Ankie|1|2", "Bo||").rows) == 2
    assert len(table("Naam", "Ankie", "", "Bo").rows) == 2


def test_cells_merged_downwards_are_repeated_and_sideways_are_not() -> None:
    merges = (Merge(2, 1, 4, 1), Merge(2, 2, 2, 3))
    found = table("Naam|Soort lid|Tel|pc", "Ankie|gast|1|", "Bo||2|", "Cor|", "Dia||3|", merges=merges)
    assert [row[1] for row in found.rows] == ["gast", "gast", "gast", ""]
    assert found.rows[0][3] == ""


def test_hidden_sheets_are_told_once() -> None:
    book = Book((grid("Naam|Tel", "Ankie|1"),), ("oud", "ouder"))
    assert find_table(book, LENDERS).notes == (Note("sheet_hidden"),)


@pytest.mark.requirement("BSN-02")
def test_citizen_service_numbers_are_taken_out_before_anything_is_kept() -> None:
    found = table(
        "Naam|Opmerking|Telefoon|BSN", "111222333|zie 111.222.333|111222333|111222333", "Bo|a|612345675|"
    )
    assert found.headings == ("Naam", "Opmerking", "Telefoon")
    assert cells(found) == [(TAKEN_OUT, TAKEN_OUT, TAKEN_OUT), ("Bo", "a", "612345675")]
    assert "111" not in str(found.to_json())


@pytest.mark.requirement("BSN-02")
def test_a_row_with_a_citizen_service_number_is_no_heading() -> None:
    with pytest.raises(RuleBroken, match="sheet_without_headings"):
        table("Naam|111222333", "Ankie|1")


@pytest.mark.requirement("PRV-03")
def test_a_column_that_may_not_be_kept_leaves_no_trace() -> None:
    found = table("Naam|Strafblad", "Ankie|diefstal")
    assert "diefstal" not in str(found.to_json())
    assert found.notes == (Note("column_cut", heading="Strafblad"),)


ROWS = st.lists(
    st.lists(st.sampled_from(["", "a", "Bo", "Totaal", "1-1-80", "Naam"]), min_size=3, max_size=3),
    max_size=12,
)


@given(ROWS)
def test_no_row_disappears_in_silence(rows: list[list[str]]) -> None:
    written = ["Naam|Tel|Geboren", *("|".join(row) for row in rows)]
    found = table(*written)
    below = {number for number, row in enumerate(written, 1) if row.strip("|") and number > 1}
    skipped = {note.row for note in found.notes if note.row}
    assert {row.number for row in found.rows} | skipped == below
    assert not {row.number for row in found.rows} & skipped


@given(ROWS)
def test_every_table_survives_being_sealed(rows: list[list[str]]) -> None:
    found = table("Naam|Tel|Geboren", *("|".join(row) for row in rows))
    assert Table.from_json(found.to_json()) == found
