"""How postcodes and numbers of organisations are written, and which ones cannot exist."""

import re
from typing import Final

from gib.core.kernel.rules import RuleBroken, declare

declare(
    {
        "postcode_invalid": (
            "Dit is geen Nederlandse postcode. Schrijf vier cijfers en twee letters, bijvoorbeeld 1000 AB."
        ),
        "oin_invalid": "Dit is geen geldig organisatie-identificatienummer (OIN). Het telt twintig cijfers.",
    }
)

_POSTCODE: Final = re.compile(r"([1-9]\d{3})\s?([A-Z]{2})")


def parse_postcode(text: str) -> str:
    """Read a postcode and write it as "1000 AB".

    Raises:
        RuleBroken: 'postcode_invalid' outside 1000-9999 or with the letters SA, SD or SS.

    Source: REF-05.
    """
    found = _POSTCODE.fullmatch(text.strip().upper())
    if not found or found.group(2) in ("SA", "SD", "SS"):
        raise RuleBroken("postcode_invalid")
    return f"{found.group(1)} {found.group(2)}"


#: A postcode in running words: no longer number and no longer word.
_IN_WORDS: Final = re.compile(r"(?<!\d)([1-9]\d{3})\s?[A-Za-z]{2}(?!\w)")


def areas_in(text: str) -> tuple[str, ...]:
    """List the postcode areas, of four digits, that an address names, each once and in order; often one.

    Four digits without letters are no postcode: they are the number of a house, or a year.
    """
    return tuple(sorted(set(_IN_WORDS.findall(text))))


#: The first eight positions say from which register the rest comes; 5 was never given out.
_OIN_PREFIXES: Final = frozenset(f"0000000{digit}" for digit in "12346789")
_OIN_TEST: Final = "00000099"


def parse_oin(text: str, is_test: bool = False) -> str:
    """Read an organisation identification number of twenty digits.

    Args:
        text: what was typed.
        is_test: also allow the prefix for trying out, 00000099.

    Raises:
        RuleBroken: 'oin_invalid' for another length or an unknown prefix.

    Source: API-04.
    """
    digits = text.strip()
    allowed = _OIN_PREFIXES | ({_OIN_TEST} if is_test else set())
    if not re.fullmatch(r"[0-9]{20}", digits) or digits[:8] not in allowed:
        raise RuleBroken("oin_invalid")
    return digits
