"""How amounts of money are written; they are counted in whole euro cents."""

from typing import Final

#: A space at which no line breaks.
_STAYS: Final = "\u00a0"


def euros(cents: int) -> str:
    """Write an amount the Dutch way, on one line: 123456 cents is "€ 1.234,56", a negative one "-€ 0,50"."""
    whole, rest = divmod(abs(cents), 100)
    return f"{'-' if cents < 0 else ''}€{_STAYS}{whole:,}".replace(",", ".") + f",{rest:02}"
