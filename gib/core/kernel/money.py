"""How amounts of money are written; they are counted in whole euro cents."""


def euros(cents: int) -> str:
    """Write an amount the Dutch way: 123456 cents is "€ 1.234,56", a negative one "-€ 0,50"."""
    whole, rest = divmod(abs(cents), 100)
    return f"{'-' if cents < 0 else ''}€ {whole:,}".replace(",", ".") + f",{rest:02}"
