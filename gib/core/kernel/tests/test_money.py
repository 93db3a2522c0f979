"""Amounts as people read them."""

from gib.core.kernel.money import euros


def test_amounts_are_written_the_dutch_way() -> None:
    assert [euros(each).replace("\u00a0", " ") for each in (0, 5, 123_456, -50, 100_000_000)] == [
        *("€ 0,00", "€ 0,05", "€ 1.234,56", "-€ 0,50", "€ 1.000.000,00")
    ]


def test_an_amount_stays_on_one_line() -> None:
    assert " " not in euros(123_456)
