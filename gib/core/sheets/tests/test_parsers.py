"""Every kind of cell: what people write, what it becomes, what is refused, and how it is written back."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gib.core.kernel.rules import CATALOGUE, RuleBroken
from gib.core.sheets import parsers
from gib.core.sheets.parsers import Context, Parser
from gib.core.sheets.tests.files import CONTEXT
from gib.core.sheets.words import is_empty

SORT = parsers.choice({"gewoon lid": "plain", "gastlid": "guest", "onbekend": "unknown"}, {"g": "plain"})
BORN = date(1981, 3, 27)

READ: list[tuple[Parser, str, Any]] = [
    (parsers.text(), "Ankie", "Ankie"),
    (parsers.day(), "27-03-1981", BORN),
    (parsers.day(), "27-3-81", BORN),
    (parsers.day(), "27/3/81", BORN),
    (parsers.day(), "27.3.1981", BORN),
    (parsers.day(), "1981-03-27", BORN),
    (parsers.day(), "1981-03-27 10:05", BORN),
    (parsers.day(), "29672", BORN),
    (parsers.day(), "27 maart 1981", BORN),
    (parsers.day(), "vrijdag 27 mrt. 1981", BORN),
    (parsers.day(), "27-mar-81", BORN),
    (parsers.day(), "1 oct 2010", date(2010, 10, 1)),
    (parsers.day(), "11-1-11", date(2011, 1, 11)),
    (parsers.day(), "12-1-11", date(1911, 1, 12)),
    (parsers.day(ahead_months=120), "12-1-11", date(2011, 1, 12)),
    (parsers.day_or_year(), "1981", 1981),
    (parsers.day_or_year(), "27-3-81", BORN),
    (parsers.whole_number(), "3", 3),
    (parsers.whole_number(), "3,0", 3),
    (parsers.whole_number(), "1.000", 1000),
    (parsers.whole_number(-5, 5), "-3", -3),
    (parsers.yes_no(), "Ja", True),
    (parsers.yes_no(), "x", True),
    (parsers.yes_no(), "✓", True),
    (parsers.yes_no(), "nee.", False),
    (parsers.yes_no(), "0", False),
    (SORT, "Gewoon lid", "plain"),
    (SORT, "GASTLID ", "guest"),
    (SORT, "gewoon-lid", "plain"),
    (SORT, "gewon lid", "plain"),
    (SORT, "g", "plain"),
    (SORT, "onbekend", "unknown"),
    (parsers.phone(), "06-12345678", "+31612345678"),
    (parsers.phone(), "612345678", "+31612345678"),
    (parsers.phone(), "(030) 234 56 78", "+31302345678"),
    (parsers.phone(), "+31 (0)6 12345678", "+31612345678"),
    (parsers.phone(), "0031612345678", "+31612345678"),
    (parsers.phone(), "+32 470 12 34 56", "+32470123456"),
    (parsers.email(), "Ankie@Voorbeeld.NL", "Ankie@voorbeeld.nl"),
    (parsers.email(), "mailto:a@b.nl", "a@b.nl"),
    (parsers.postcode(), "1234ab", "1234 AB"),
    (parsers.postcode(), "1234 AB", "1234 AB"),
    (parsers.money(), "1.234,56", 123456),
    (parsers.money(), "1234.56", 123456),
    (parsers.money(), "1,234.56", 123456),
    (parsers.money(), "1 234,56", 123456),
    (parsers.money(), "1.234", 123400),
    (parsers.money(), "1.23", 123),
    (parsers.money(), "1234,5", 123450),
    (parsers.money(), "€ 12,50", 1250),
    (parsers.money(), "12,-", 1200),
    (parsers.money(), "12 euro", 1200),
    (parsers.money(), "0", 0),
    (parsers.hours(), "1,25", 75),
    (parsers.hours(), "1.5", 90),
    (parsers.hours(), "1:30", 90),
    (parsers.hours(), "1u15", 75),
    (parsers.hours(), "2u", 120),
    (parsers.hours(), "3 uur", 180),
    (parsers.hours(), "26:30", 1590),
]

REFUSED: list[tuple[Parser, str, str]] = [
    (parsers.text(3), "vier", "cell_too_long"),
    (parsers.day(), "gisteren", "date_unreadable"),
    (parsers.day(), "27 foo 1981", "date_unreadable"),
    (parsers.day(), "31-02-1981", "date_impossible"),
    (parsers.day(), "27-03-0198", "cell_date_far"),
    (parsers.day_or_year(), "81", "date_unreadable"),
    (parsers.whole_number(), "drie", "cell_not_number"),
    (parsers.whole_number(), "3,5", "cell_not_number"),
    (parsers.whole_number(0, 9), "10", "cell_out_of_reach"),
    (parsers.whole_number(), "-1", "cell_out_of_reach"),
    (parsers.yes_no(), "misschien", "cell_not_yes_no"),
    (SORT, "erelid", "cell_no_choice"),
    (parsers.phone(), "12", "cell_not_phone"),
    (parsers.phone(), "bel moeder", "cell_not_phone"),
    (parsers.phone(), "06-12345678 (moeder)", "cell_not_phone"),
    (parsers.email(), "ankie", "cell_not_email"),
    (parsers.email(), "a@b.nl, c@d.nl", "cell_not_email"),
    (parsers.postcode(), "0234 AB", "cell_not_postcode"),
    (parsers.postcode(), "1234", "cell_not_postcode"),
    (parsers.money(), "veel", "cell_not_money"),
    (parsers.money(), "-5", "cell_not_money"),
    (parsers.money(), "1.2.3", "cell_not_money"),
    (parsers.hours(), "lang", "cell_not_hours"),
    (parsers.hours(), "1,1", "cell_not_quarter"),
    (parsers.hours(), "1:20", "cell_not_quarter"),
]


@pytest.mark.parametrize(("parser", "written", "value"), READ)
def test_cell_is_read_and_written_back(parser: Parser, written: str, value: Any) -> None:
    assert parser.read(written, CONTEXT) == value
    assert parser.read(parser.write(value), CONTEXT) == value


@pytest.mark.parametrize(("parser", "written", "code"), REFUSED)
def test_faulty_cell_is_refused_with_a_sentence(parser: Parser, written: str, code: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        parser.read(written, CONTEXT)
    assert refused.value.code == code
    assert "{" not in CATALOGUE[code].format(**refused.value.facts)
    assert written not in str(refused.value.facts)


def test_the_refusal_says_what_is_near() -> None:
    with pytest.raises(RuleBroken) as refused:
        parsers.hours().read("1,1", CONTEXT)
    assert refused.value.facts == {"nearest": "1"}
    with pytest.raises(RuleBroken) as refused:
        SORT.read("erelid", CONTEXT)
    assert refused.value.facts == {"choices": "gewoon lid, gastlid, onbekend"}


def test_a_file_may_count_its_days_from_1904() -> None:
    assert parsers.day().read("28210", Context(CONTEXT.on, counts_from_1904=True)) == BORN


def test_a_slice_looks_up_what_only_it_knows() -> None:
    def find(written: str, context: Context) -> str:
        if written != "0363":
            raise RuleBroken("cell_no_choice", choices="0363")
        return "Amsterdam"

    parser = parsers.lookup(find, lambda value: "0363", "een code van vier cijfers")
    assert parser.read("0363", CONTEXT) == "Amsterdam"
    assert parser.write("Amsterdam") == "0363"
    with pytest.raises(RuleBroken, match="cell_no_choice"):
        parser.read("363", CONTEXT)


@pytest.mark.parametrize("word", ["", "-", "n.v.t.", "NVT", "Onbekend", "?", " – ", "n/a"])
def test_words_that_mean_empty(word: str) -> None:
    assert is_empty(word)


@pytest.mark.parametrize("word", ["0", "nee", "geen", "x"])
def test_words_that_say_something(word: str) -> None:
    assert not is_empty(word)


def test_a_choice_may_mean_something_by_onbekend() -> None:
    assert not is_empty("Onbekend", SORT.words)
    assert is_empty("", SORT.words)


@given(st.integers(0, 10**12))
def test_every_amount_survives(cents: int) -> None:
    parser = parsers.money()
    assert parser.read(parser.write(cents), CONTEXT) == cents


@given(st.integers(0, 4000).map(lambda quarters: quarters * 15))
def test_every_duration_survives(minutes: int) -> None:
    parser = parsers.hours()
    assert parser.read(parser.write(minutes), CONTEXT) == minutes


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_every_day_survives(on: date) -> None:
    parser = parsers.day()
    assert parser.read(parser.write(on), CONTEXT) == on


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused(written: str) -> None:
    for parser in (parser for parser, _, _ in READ):
        try:
            parser.read(written, CONTEXT)
        except RuleBroken as refused:
            assert refused.code in CATALOGUE
