"""Nasty files: each gives the rows that a person would read in it, or a refusal with a reason."""

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gib.core.kernel.rules import CATALOGUE, RuleBroken
from gib.core.sheets.grids import Book
from gib.core.sheets.mapping import propose
from gib.core.sheets.reading import read
from gib.core.sheets.sniffing import Kind, kind_of
from gib.core.sheets.tables import find_table
from gib.core.sheets.tests import files
from gib.core.sheets.tests.files import LENDERS, xlsx
from gib.core.sheets.tests.nasty import GOOD, csv
from gib.core.sheets.tests.refused import REFUSED, WHOLE
from gib.core.sheets.workbook import read_workbook


def lines(data: bytes) -> list[tuple[int, dict[str, str]]]:
    """The rows of a file under the keys of the template, with their numbers; empty cells are left out."""
    table = find_table(read(data), LENDERS)
    chosen = propose(LENDERS, table.headings)
    return [
        (row.number, {key: row[position] for position, key in chosen.items() if row[position]})
        for row in table.rows
    ]


@pytest.mark.parametrize("name", GOOD)
def test_nasty_file_is_read_as_a_person_reads_it(name: str) -> None:
    data, expected = GOOD[name]
    assert lines(data) == expected


@pytest.mark.parametrize("name", REFUSED)
def test_bad_file_is_refused_with_a_reason(name: str) -> None:
    data, code = REFUSED[name]
    with pytest.raises(RuleBroken) as refused:
        lines(data)
    assert refused.value.code == code
    assert "{" not in CATALOGUE[code].format(**refused.value.facts)


def test_the_bomb_is_small_and_is_refused_before_it_is_unpacked() -> None:
    data = files.bomb()
    assert len(data) < 250_000
    with pytest.raises(RuleBroken, match="sheet_bomb"):
        kind_of(data)


def test_a_reader_that_dies_refuses_the_file_and_harms_nobody() -> None:
    far = xlsx(lambda book, sheet: sheet.__setitem__("XFD1048576", "x") or sheet.__setitem__("A1", "Naam"))
    with pytest.raises(RuleBroken) as refused:
        read(far)
    assert refused.value.code in {"sheet_too_heavy", "sheet_too_wide"}
    assert lines(WHOLE)


def test_a_reader_that_takes_too_long_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gib.core.sheets.reading._SECONDS", 0.001)
    with pytest.raises(RuleBroken, match="sheet_too_heavy"):
        read(WHOLE)


def test_a_full_sheet_of_twenty_thousand_rows_is_read() -> None:
    text = "Naam;Geboren;Tel\n" + "".join(f"Lid {n};1-2-80;06{n:08}\n" for n in range(20_000))
    table = find_table(read(text.encode()), LENDERS)
    assert len(table.rows) == 20_000


@given(st.binary(max_size=400))
@settings(max_examples=300, deadline=None)
def test_any_bytes_give_rows_or_a_refusal(data: bytes) -> None:
    try:
        assert isinstance(read(data), Book)
    except RuleBroken as refused:
        assert refused.code in CATALOGUE


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=200))
@settings(max_examples=300, deadline=None)
def test_any_text_gives_rows_or_a_refusal(text: str) -> None:
    try:
        assert find_table(read(text.encode()), LENDERS).headings
    except RuleBroken as refused:
        assert refused.code in CATALOGUE


@given(st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.integers(0, 255)), min_size=1, max_size=8))
@settings(max_examples=150, deadline=None)
def test_a_damaged_workbook_gives_rows_or_a_refusal(damage: list[tuple[int, int]]) -> None:
    data = bytearray(WHOLE)
    for place, value in damage:
        data[place] = value
    try:
        kind = kind_of(bytes(data))
        book = read_workbook(bytes(data), kind) if kind is not Kind.CSV else read(bytes(data))
        assert isinstance(book, Book)
    except RuleBroken as refused:
        assert refused.code in CATALOGUE


def test_what_was_left_out_is_told() -> None:
    told = find_table(read(GOOD["totals and remarks below"][0]), LENDERS).notes
    assert [(note.code, note.row) for note in told] == [
        ("row_is_total", 3),
        ("row_is_total", 5),
        ("row_is_note", 7),
    ]
    told = find_table(read(GOOD["columns that may not be kept"][0]), LENDERS).notes
    assert [(note.code, note.heading) for note in told] == [
        ("column_cut", "BSN"),
        ("column_cut", "Strafblad"),
    ]
    told = find_table(read(GOOD["hidden sheet"][0]), LENDERS).notes
    assert [note.code for note in told] == ["sheet_hidden"]
    told = find_table(read(GOOD["citizen service number in a remark"][0]), LENDERS).notes
    assert [(note.code, note.heading, note.count) for note in told] == [("bsn_taken_out", "Opmerking", 1)]


def test_a_phone_number_without_its_zero_is_not_taken_for_a_citizen_service_number() -> None:
    assert lines(csv("Naam;Telefoon\nAnkie;612345675\n"))[0][1]["phone"] == "612345675"


def test_the_table_survives_being_written_and_read() -> None:
    table = find_table(read(GOOD["totals and remarks below"][0]), LENDERS)
    assert type(table).from_json(table.to_json()) == table


def test_the_child_knows_no_django() -> None:
    code = "import sys, gib.core.sheets.child; print('django' in sys.modules)"
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.strip() == "False"
    )
