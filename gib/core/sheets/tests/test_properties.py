"""What holds for every sheet, whatever stands in it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gib.core.kernel.bsn import find_bsn
from gib.core.kernel.rules import CATALOGUE, RuleBroken
from gib.core.sheets.dryrun import Report, check
from gib.core.sheets.grids import Line
from gib.core.sheets.mapping import check_chosen, fingerprint, fit, missing, propose, unused
from gib.core.sheets.parsers import Context
from gib.core.sheets.tables import Table
from gib.core.sheets.template import Values
from gib.core.sheets.tests.files import CONTEXT, LENDERS
from gib.core.sheets.words import plain_key, variants

HEADINGS = st.lists(
    st.one_of(
        st.sampled_from(
            ["Naam", "naam", "Tel", "Geboren", "Bedrag", "Lid\nNaam", "Naamm", "Geboortedatm", ""]
        ),
        st.text(max_size=12),
    ),
    max_size=8,
)
CELLS = st.one_of(
    st.sampled_from(
        ["Ankie", "Bo", "27-3-81", "31-2-81", "0612345678", "111222333", "", "-", "n.v.t.", "ja", "#N/A"]
    ),
    st.text(max_size=8),
)
COLUMNS = {0: "name", 1: "born_on", 2: "phone", 3: "paid"}
TABLES = st.lists(st.lists(CELLS, min_size=4, max_size=4), max_size=8).map(
    lambda rows: Table(
        ("Naam", "Geboren", "Tel", "Betaald"),
        tuple(Line(number, tuple(row)) for number, row in enumerate(rows, 2)),
    )
)


def report(table: Table, **changes: Any) -> Report:
    return check(replace(LENDERS, **changes), table, COLUMNS, CONTEXT)


@given(HEADINGS)
def test_a_proposal_can_always_be_carried_out_but_for_what_is_missing(headings: list[str]) -> None:
    chosen = propose(LENDERS, headings)
    assert len(set(chosen.values())) == len(chosen) >= fit(LENDERS, headings)
    assert len(unused(headings, chosen)) + len(chosen) == len(headings)
    if missing(LENDERS, chosen):
        with pytest.raises(RuleBroken, match="column_missing"):
            check_chosen(LENDERS, headings, chosen)
    else:
        check_chosen(LENDERS, headings, chosen)


@given(HEADINGS)
def test_the_same_headings_are_proposed_the_same(headings: list[str]) -> None:
    louder = [heading.upper() if heading.isascii() else heading for heading in headings]
    assert propose(LENDERS, headings) == propose(LENDERS, louder)
    assert fingerprint(headings) == fingerprint(louder)


@given(st.text(max_size=30))
def test_a_heading_means_at_most_four_things_and_itself_first(heading: str) -> None:
    ways = variants(heading)
    assert len(ways) == len(set(ways)) <= 4
    assert not plain_key(heading) or ways[0] == plain_key(heading)


@given(TABLES)
@settings(deadline=None)
def test_every_row_is_new_same_changed_faulty_or_told(table: Table) -> None:
    found = report(table)
    assert len(found.rows) == len(found.new) + len(found.same) + len(found.changed)
    silent = sum(message.facts["count"] for message in found.warnings if message.code == "rows_empty")
    faulty = {message.row for message in found.faults if message.row}
    told = {message.row for message in found.warnings if message.code in ("row_repeated", "row_is_example")}
    assert len({row.number for row in found.rows} | faulty | told) + silent == len(table.rows)


@given(TABLES)
@settings(deadline=None)
def test_a_faulty_cell_has_one_message_and_a_sentence(table: Table) -> None:
    faults = report(table).faults
    places = [(message.row, message.heading) for message in faults if message.heading]
    assert len(places) == len(set(places))
    for message in faults:
        assert message.code in CATALOGUE
        assert "{" not in message.sentence(with_value=False)


@pytest.mark.requirement("BSN-02")
@given(TABLES)
@settings(deadline=None)
def test_no_citizen_service_number_ever_comes_in(table: Table) -> None:
    for row in report(table).rows:
        for key, value in row.values.items():
            assert key == "phone" or not find_bsn(str(value))


@given(TABLES)
@settings(deadline=None)
def test_a_sheet_that_came_in_brings_nothing_the_second_time(table: Table) -> None:
    first = report(table).new

    def known(rows: Sequence[Values], context: Context) -> Mapping[int, Values]:
        return {at: found.values for at, row in enumerate(rows) for found in first if found.values == row}

    again = report(table, known=known)
    assert (again.new, again.changed) == ((), ())
    assert [row.values for row in again.same] == [row.values for row in first]


@given(TABLES, st.permutations([0, 1, 2, 3]))
@settings(deadline=None)
def test_the_order_of_columns_does_not_matter(table: Table, order: list[int]) -> None:
    moved = Table(
        tuple(table.headings[at] for at in order),
        tuple(Line(row.number, tuple(row[at] for at in order)) for row in table.rows),
    )
    chosen = {position: COLUMNS[at] for position, at in enumerate(order)}
    assert [row.values for row in check(LENDERS, moved, chosen, CONTEXT).rows] == [
        row.values for row in report(table).rows
    ]
