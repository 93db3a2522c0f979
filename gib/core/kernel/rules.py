"""A broken rule has a code; each code has one Dutch sentence, kept in one catalogue."""

from collections.abc import Mapping
from typing import Final

CATALOGUE: Final[dict[str, str]] = {}


class RuleBroken(Exception):
    """An act the rules of the field do not permit now.

    `code` is a key of the catalogue; `facts` fill the blanks of its sentence and hold
    plain values only (numbers, dates, words of the catalogue), never a name or free text.
    """

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


def declare(sentences: Mapping[str, str]) -> None:
    """Add the sentences of one domain to the catalogue.

    Args:
        sentences: code -> Dutch source string at level B1, with `{blanks}` for the facts.

    Raises:
        ValueError: a code is declared twice with another sentence.
    """
    for code, sentence in sentences.items():
        if CATALOGUE.setdefault(code, sentence) != sentence:
            raise ValueError(f"rule code declared twice: {code}")


def sentence(code: str, values: Mapping[str, object]) -> str:
    """Write the Dutch sentence of a code; empty when it has none, or a value lacks that it would tell."""
    try:
        return CATALOGUE[code].format(**values)
    except KeyError:
        return ""


declare(
    {
        "illegal_move": (
            "Dit kan niet vanuit deze stand. Laad de pagina opnieuw en kijk hoe het er nu voor staat."
        ),
        "newer_version": (
            "Iemand anders heeft dit net gewijzigd. Hieronder staan beide versies. Kies welke blijft."
        ),
        "not_found": "Dit bestaat niet, of u mag het niet zien.",
    }
)
