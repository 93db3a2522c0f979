"""One row of the original, made ready once and written again for each copy with what differs there."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import models

from gib.core.vault import crypto
from gib.core.vault.fields import SealedField
from gib.people.partners.models import Team
from gib.portal.year.copies_engines import Engine
from gib.portal.year.copies_names import NAMES, Lexicon, Slot

_ID: Final = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|(?<=\bteam:)[0-9]+", re.ASCII
)


@dataclass
class Copy:
    """One more life of everybody: what turns each identifier into another, and the keys of its boxes."""

    number: int
    mask: int
    counted: dict[type[models.Model], dict[int, int]] = field(default_factory=dict)
    keys: dict[UUID, AESGCM] = field(default_factory=dict)

    def moved(self, key: int) -> UUID:
        """Give the identifier in this copy of what has this one in the original."""
        return UUID(int=key ^ self.mask)


@dataclass(frozen=True)
class Moved:
    """The place of an identifier in a text."""

    key: int

    def filled(self, copy: Copy) -> str:
        """Write the identifier that stands here in a copy."""
        digits = f"{self.key ^ copy.mask:032x}"
        return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


@dataclass(frozen=True)
class Number:
    """The place in a text of the number of a row that a copy may have of its own."""

    kind: type[models.Model]
    number: int

    def filled(self, copy: Copy) -> str:
        """Write the number that stands here in a copy."""
        return str(copy.counted[self.kind].get(self.number, self.number))


Parts = list[Any]


@dataclass
class Ground:
    """What all tables of a run need: the engine, what stays the same everywhere, and the names."""

    engine: Engine
    shared: frozenset[int]
    lexicon: Lexicon
    #: What a copy gives a column of its own: (table, column) -> what makes it of the row and the copy.
    changed: dict[tuple[str, str], "Change"] = field(default_factory=dict)
    #: Accounts of volunteers: they bear the names of the volunteer.
    persons: dict[UUID, UUID] = field(default_factory=dict)

    def parts(self, text: str) -> Parts:
        """Cut a text into what stays and the identifiers in it."""
        found, at = [], 0
        for match in _ID.finditer(text):
            place = self._place(match[0])
            if place is not None:
                found += [text[at : match.start()], place]
                at = match.end()
        return [*found, text[at:]]

    def _place(self, text: str) -> Moved | Number | None:
        if text.isdigit():
            return Number(Team, int(text))
        key = UUID(text).int
        return None if key in self.shared else Moved(key)


def joined(parts: Parts) -> Parts:
    """Put neighbouring texts together: a copy fills in fewer places."""
    found: Parts = []
    for part in parts:
        if found and isinstance(part, str) and isinstance(found[-1], str):
            found[-1] += part
        else:
            found.append(part)
    return found


def written(parts: Parts, copy: Copy, family: int) -> str:
    """Put a text together for a copy."""
    return "".join(
        [
            part if isinstance(part, str) else part.filled(family if isinstance(part, Slot) else copy)
            for part in parts
        ]
    )


@dataclass
class Made:
    """A row made ready: cells that stay, and by their place what a copy puts there."""

    cells: list[Any]
    row: Any
    key: int = 0
    box: int = 0
    family: int = 0
    ids: list[tuple[int, int]] = field(default_factory=list)
    counted: list[tuple[int, Any, int]] = field(default_factory=list)
    texts: list[tuple[int, Any, Parts]] = field(default_factory=list)
    seals: list[tuple[int, str, Parts | bytes]] = field(default_factory=list)
    changes: list[tuple[int, Any, "Change"]] = field(default_factory=list)


Change = Callable[[Made, Copy], Any]


def _counted(each: Any) -> type[models.Model] | None:
    """Give the table whose number a column holds, if it holds one."""
    target: type[models.Model] | None = each.model if each.primary_key else each.related_model
    return target if target and isinstance(target._meta.pk, models.AutoField) else None


class Form:
    """How the rows of one table are made ready and written."""

    def __init__(self, model: type[models.Model], ground: Ground, counts: bool) -> None:
        self.model, self.ground, self.table = model, ground, model._meta.db_table
        numbered = isinstance(model._meta.pk, models.AutoField)
        self.fields = [
            each for each in model._meta.concrete_fields if counts or not (numbered and each.primary_key)
        ]
        self.columns = [str(each.column) for each in self.fields]
        self.seals = any(isinstance(each, SealedField) for each in self.fields)

    def made(self, row: Any) -> Made:
        """Make a row ready; its sealed values are opened."""
        made = Made([], row)
        if self.seals:
            family = self.ground.persons.get(row.box_id, row.box_id)
            made.key, made.box, made.family = row.id.int, row.box_id.int, family.int
        for place, each in enumerate(self.fields):
            made.cells.append(self._cell(made, place, each))
        return made

    def _cell(self, made: Made, place: int, each: Any) -> Any:
        """Note what a copy puts in a cell, and give what stays there otherwise."""
        value, engine = getattr(made.row, each.attname), self.ground.engine
        if change := self.ground.changed.get((self.table, each.attname)):
            made.changes.append((place, each, change))
        elif isinstance(each, SealedField):
            if value not in (None, each.empty_value):
                made.seals.append((place, each.attname, self._words(made, each, value)))
            return engine.cell(each, None)
        elif value is not None:
            self._note(made, place, each, value)
        return engine.cell(each, value)

    def _note(self, made: Made, place: int, each: Any, value: Any) -> None:
        """Note the identifiers and numbers of a plain value."""
        if isinstance(value, UUID):
            if value.int not in self.ground.shared:
                made.ids.append((place, value.int))
        elif target := _counted(each):
            made.counted.append((place, target, value))
        elif isinstance(value, str) and len(parts := self.ground.parts(value)) > 1:
            made.texts.append((place, each, parts))

    def _words(self, made: Made, each: SealedField, value: Any) -> Parts | bytes:
        plain, box, lexicon = each.to_bytes(value), UUID(int=made.family), self.ground.lexicon
        if not isinstance(value, str | dict | list):
            return plain
        if each.attname == "email":
            return [Moved(made.key), "@voorbeeld.invalid"]
        if (self.table, each.attname) in NAMES:
            return lexicon.name((self.table, each.attname), box, str(value))
        parts: Parts = []
        for part in lexicon.text(box, plain.decode()):
            parts += self.ground.parts(part) if isinstance(part, str) else [part]
        return plain if len(parts) == 1 else parts

    def copied(self, made: Iterable[Made], copies: Sequence[Copy]) -> Iterator[list[Any]]:
        """Give the cells of rows in each copy; those of one row together, since they lie near each other."""
        return (self.cells(each, copy) for each in made for copy in copies)

    def cells(self, made: Made, copy: Copy) -> list[Any]:
        """Give the cells of a row in one copy."""
        cells, mask, engine = made.cells.copy(), copy.mask, self.ground.engine
        for place, key in made.ids:
            cells[place] = f"{key ^ mask:032x}"
        for place, target, number in made.counted:
            if target in copy.counted:
                cells[place] = engine.plain(copy.counted[target][number])
        for place, kind, parts in made.texts:
            cells[place] = engine.cell(kind, written(parts, copy, 0))
        for place, kind, change in made.changes:
            cells[place] = engine.cell(kind, change(made, copy))
        if made.seals:
            self._seal(made, copy, cells)
        return cells

    def _seal(self, made: Made, copy: Copy, cells: list[Any]) -> None:
        row, box, family = copy.moved(made.key), copy.moved(made.box), made.family ^ copy.mask
        key = copy.keys[box]
        for place, column, words in made.seals:
            plain = words if isinstance(words, bytes) else written(words, copy, family).encode()
            sealed = crypto.seal(key, plain, crypto.place(self.table, column, row, box))
            cells[place] = self.ground.engine.sealed(sealed)
