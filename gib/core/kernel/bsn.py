"""Finding the citizen service number, which this house may not hold (BSN-01, BSN-02)."""

import re
from typing import Final

from stdnum.nl import bsn

from gib.core.kernel.rules import RuleBroken, declare

#: Nine digits with one separator between some; not part of a longer number, a phone number or an IBAN.
_NINE: Final = re.compile(
    r"(?<!\w)(?<!\d-)(?<!\+\d\d[ .-])(?<!\b0031[ .-])"
    r"(?P<number>\d(?:[ .-]?\d){8})(?!\d)(?!-\d)"
)
_EIGHT: Final = re.compile(r"(?<!\w)\d{8}(?!\d)")
_WORD: Final = re.compile(r"\b(?:bsn|sofi|burger\s?service)", re.IGNORECASE)
_NEAR: Final = 25

declare(
    {
        "bsn_in_text": (
            "Hier staat een nummer dat op een burgerservicenummer lijkt. "
            "Dat mogen wij niet bewaren. Haal het weg."
        )
    }
)


def find_bsn(text: str, label: str = "") -> list[tuple[int, int]]:
    """Find what looks like a citizen service number in a text.

    Args:
        text: what was typed or read.
        label: the heading or label above it; when it names the number, eight digits count too.

    Returns: begin and end of each find. Nine digits must pass the eleven test and may hold dots, dashes
    or spaces; eight digits count only near a word such as BSN or sofi, since dates and chamber of
    commerce numbers have eight digits too.

    Source: BSN-02.
    """
    found = [match.span("number") for match in _NINE.finditer(text) if _is_number(match["number"])]
    found += [
        match.span()
        for match in _EIGHT.finditer(text)
        if bsn.is_valid(match[0]) and (_WORD.search(label) or _WORD.search(_around(text, match)))
    ]
    return sorted(found)


def _is_number(written: str) -> bool:
    separators = set(re.sub(r"\d", "", written))
    few = len(re.findall(r"[ .-]", written)) <= 2
    return few and len(separators) <= 1 and bool(bsn.is_valid(written))


def _around(text: str, match: re.Match[str]) -> str:
    return text[max(0, match.start() - _NEAR) : match.end() + _NEAR]


def refuse_bsn(text: str, label: str = "") -> None:
    """Refuse a text that holds a citizen service number.

    Raises:
        RuleBroken: 'bsn_in_text'.
    """
    if find_bsn(text, label):
        raise RuleBroken("bsn_in_text")
