"""What the tests of copies look at: every row of every life, and the words in them."""

import re
from collections.abc import Iterator
from typing import Any, Final
from uuid import UUID

from gib.core.vault.fields import SealedField
from gib.people.partners.models import Team
from gib.portal.year import copies
from gib.portal.year import copies_tables as what
from gib.portal.year.copies_names import EVERY, NAMES, Lexicon

_ID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_OTHERS: Final = re.compile("|".join(sorted(EVERY, key=len, reverse=True)))
Row = Any


def quiet(done: int, wanted: int) -> None:
    """Hear nothing of the progress."""


def sealed_fields(row: Row) -> list[SealedField]:
    """List the sealed columns of a row."""
    return [each for each in row._meta.concrete_fields if isinstance(each, SealedField)]


def texts(row: Row) -> dict[str, str]:
    """Give the sealed words of a row by column."""
    found = {each: getattr(row, each.attname) for each in sealed_fields(row)}
    return {each.attname: each.to_bytes(value).decode() for each, value in found.items() if value}


def life_of(team: Team) -> int:
    """Give which life a team lives; the original is 0."""
    return int(team.source.removeprefix(what.MARK)) if team.source.startswith(what.MARK) else 0


def recognised(text: str) -> str:
    """Write a text of a copy with its names and identifiers left open."""
    return _OTHERS.sub("#", _ID.sub("@", text))


class Lives:
    """Every copied row of every life, by the number of the life; the caller is the house."""

    def __init__(self, times: int) -> None:
        self.rows: dict[Any, dict[int, dict[Any, Row]]] = {}
        run = copies.Run()
        self.masks = {number: run.mask(number) for number in range(1, times)}
        teams = Team.objects.exclude(valid_to=what.NOBODYS_UNTIL)
        for table in what.tables():
            found = self.rows.setdefault(table.model, {})
            for team in teams:
                found.setdefault(life_of(team), {}).update({row.pk: row for row in table.rows(team)})
        self.life = {
            (model, pk): number
            for model, lives in self.rows.items()
            for number, rows in lives.items()
            for pk in rows
        }
        self.ids = {pk: number for (_model, pk), number in self.life.items() if isinstance(pk, UUID)}

    def copied(self, model: Any) -> list[Row]:
        """Give the rows of all copies of a table."""
        return [row for number in self.masks for row in self.rows[model][number].values()]

    def crossings(self) -> list[str]:
        """Name each key that leads from one life into another, also where no table says it is a key."""
        every = [
            (number, row)
            for lives in self.rows.values()
            for number in lives
            for row in lives[number].values()
        ]
        return [told for number, row in every for told in self._crossings(number, row)]

    def _crossings(self, number: int, row: Row) -> Iterator[str]:
        for key in row._meta.concrete_fields:
            value = row.__dict__[key.attname]
            if isinstance(value, int | UUID) and not key.primary_key:
                there = self.life.get((key.related_model, value), self.ids.get(value, number))
                if there != number:
                    yield f"{row._meta.label}.{key.name}: {number} -> {there}"

    def pairs(self) -> Iterator[tuple[Row, Row]]:
        """Give each sealed row of the original with each of its copies."""
        for lives in self.rows.values():
            for pk, row in lives[0].items():
                for number, mask in self.masks.items() if sealed_fields(row) else ():
                    yield row, lives[number][UUID(int=pk.int ^ mask)]

    def names(self) -> Iterator[tuple[Row, tuple[str, str]]]:
        """Give each row of the original that holds a name, with where it stands."""
        for model, lives in self.rows.items():
            for place in NAMES:
                if place[0] == model._meta.db_table:
                    yield from ((row, place) for row in lives[0].values())

    def known(self) -> re.Pattern[str]:
        """Give what recognises a name of the original."""
        lexicon = Lexicon()
        for row, place in self.names():
            lexicon.learn(place, row.box_id, getattr(row, place[1]))
        longest = sorted(lexicon.known, key=len, reverse=True)
        return re.compile(rf"{_ID.pattern}|(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)")

    def original(self, row: Row) -> tuple[int, UUID] | None:
        """Give of which life a happening is, and which one of the original it repeats."""
        number = self.ids.get(row.dossier_id) or self.ids.get(row.actor_id)
        return (number, UUID(int=row.pk.int ^ self.masks[number])) if number else None
