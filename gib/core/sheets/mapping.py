"""Which heading of a file goes to which column of a template: proposed, chosen and remembered."""

import hashlib
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Final

from gib.core.kernel.rules import RuleBroken, declare
from gib.core.sheets.template import Column, Template
from gib.core.sheets.words import plain_key, variants

#: Position of a heading in the table -> key of a column.
Chosen = Mapping[int, str]

_CLOSE: Final = 0.84
_SHORTEST: Final = 5

declare(
    {
        "column_twice": "Twee kolommen uit uw bestand gaan naar {heading}. Kies er één.",
        "column_missing": "Er is geen kolom gekozen voor {heading}. Die kolom is verplicht.",
        "column_unknown": "Deze kolom bestaat niet. Laad de pagina opnieuw en kies uit de lijst.",
    }
)


def propose(template: Template, headings: Sequence[str]) -> dict[int, str]:
    """Propose a column for each heading: exact, as an alias, by part of it, or nearly the same.

    Args:
        template: what is wanted.
        headings: the headings of the file; two lines of one heading are divided by a line break.

    Returns: position -> key; each column at most once, the surest find first.
    """
    found = _exact(template.names, headings)
    for position, heading in enumerate(headings):
        if position not in found and (key := _close_to(template, heading, found)):
            found[position] = key
    return dict(sorted(found.items()))


def _close_to(template: Template, heading: str, found: Chosen) -> str:
    """Give the column that is nearly called like this and is still free, if any."""
    free = {
        name: key
        for name, key in template.names.items()
        if key not in found.values() and len(name) >= _SHORTEST
    }
    for way in variants(heading):
        if len(way) >= _SHORTEST and (close := get_close_matches(way, free, n=1, cutoff=_CLOSE)):
            return free[close[0]]
    return ""


def _exact(names: Mapping[str, str], headings: Sequence[str]) -> dict[int, str]:
    found: dict[int, str] = {}
    ways = [variants(heading) for heading in headings]
    for depth in range(max(map(len, ways), default=0)):
        for position, keys in enumerate(ways):
            key = names.get(keys[depth]) if depth < len(keys) and position not in found else None
            if key and key not in found.values():
                found[position] = key
    return found


def fit(template: Template, headings: Sequence[str]) -> int:
    """Count how many columns of a template these headings name without guessing."""
    return len(_exact(template.names, headings))


def missing(template: Template, chosen: Chosen) -> tuple[Column, ...]:
    """Give the required columns that no heading goes to."""
    return tuple(column for column in template.required if column.key not in chosen.values())


def unused(headings: Sequence[str], chosen: Chosen) -> tuple[str, ...]:
    """Give the headings that go nowhere, as they are shown."""
    return tuple(shown(heading) for position, heading in enumerate(headings) if position not in chosen)


def shown(heading: str) -> str:
    """Write a heading of two lines on one."""
    return " ".join(heading.split())


def check_chosen(template: Template, headings: Sequence[str], chosen: Chosen) -> None:
    """Refuse a choice that cannot be carried out.

    Raises:
        RuleBroken: 'column_unknown' for a position or key that does not exist, 'column_twice' when two
            headings go to one column, 'column_missing' when a required column gets nothing.
    """
    keys = {column.key for column in template.columns}
    if not (set(chosen.values()) <= keys and set(chosen) <= set(range(len(headings)))):
        raise RuleBroken("column_unknown")
    for column in template.columns:
        if list(chosen.values()).count(column.key) > 1:
            raise RuleBroken("column_twice", heading=column.heading)
    if absent := missing(template, chosen):
        raise RuleBroken("column_missing", heading=absent[0].heading)


def from_headings(template: Template, headings: Sequence[str], wanted: Mapping[str, str]) -> dict[int, str]:
    """Read a mapping that names headings and columns, as the command line takes it.

    Args:
        template: what is wanted.
        headings: the headings of the file.
        wanted: heading in the file -> heading or key of the template.

    Raises:
        RuleBroken: 'column_unknown' when one of the two does not exist.
    """
    positions = {plain_key(heading): position for position, heading in enumerate(headings)}
    try:
        return {
            positions[plain_key(heading)]: template.names[plain_key(column)]
            for heading, column in wanted.items()
        }
    except KeyError as error:
        raise RuleBroken("column_unknown") from error


def fingerprint(headings: Sequence[str]) -> str:
    """Give the mark by which a row of headings is known again, without keeping a word of it."""
    return hashlib.sha256("\n\n".join(map(plain_key, headings)).encode()).hexdigest()
