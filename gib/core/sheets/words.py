"""How headings and words of a sheet are compared: without accents, capitals and punctuation."""

import re
from typing import Final

from gib.core.kernel.letters import plain

_BETWEEN_BRACKETS: Final = re.compile(r"\([^)]*\)|\[[^]]*\]")
_EMPTY: Final = frozenset(
    {"", "-", "--", "---", "–", "—", ".", "..", "...", "…", "?", "??", "???", "/", "n.v.t.", "n.v.t", "nvt"}
    | {"nvt.", "n/a", "n.a.", "onbekend", "onb.", "onb", "niet bekend", "unknown", "(leeg)", "null"}
)


def is_empty(text: str, words: frozenset[str] = frozenset()) -> bool:
    """Tell whether a cell says nothing: blank, a dash, a question mark, n.v.t. or onbekend.

    Args:
        text: the cell.
        words: words in small letters that do say something in this column.
    """
    word = text.strip().casefold()
    return word in _EMPTY and not (word and word in words)


def plain_key(text: str) -> str:
    """Bring a heading or label down to its letters and digits: 'Geb. datum' and 'gebdatum' are one."""
    return "".join(sign for sign in plain(text) if sign.isalnum())


def variants(heading: str) -> list[str]:
    """Give the ways in which one heading may be meant, the most complete first.

    A heading of two lines counts whole, by its last and by its first line; what stands between
    brackets may be left out.
    """
    lines = heading.split("\n")
    ways = [heading, _BETWEEN_BRACKETS.sub("", heading), lines[-1], lines[0]]
    return list(dict.fromkeys(key for way in ways if (key := plain_key(way))))
