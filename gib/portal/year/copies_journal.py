"""The journal of a copy: what happened since the newest year, in chains that begin there."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any, Final

from django.db import models

from gib.care.products.ik_jij_wij.models import CourseGroup
from gib.care.products.models import GroupMeeting
from gib.core.journal.chain import NO_DOSSIER, held, keep, link
from gib.core.journal.models import ChainHead, Happening
from gib.people.partners.models import Team
from gib.portal.year.copies_rows import Copy, Form, Ground, Made

#: Names under which an event carries the number of a row that a copy has of its own.
NUMBERS: Final[dict[str, type[models.Model]]] = {
    "team_id": Team,
    "old_team_id": Team,
    "to_team_id": Team,
    "meeting_id": GroupMeeting,
    "course_id": CourseGroup,
}
#: Names of numbers of rows that all teams share.
SHARED_NUMBERS: Final = frozenset({"partner_id", "provider_id", "unit_id", "rule_id", "proposal_id"})


@dataclass
class Told:
    """One happening made ready: its cells, and what of its payload differs in a copy."""

    made: Made
    ids: dict[str, int]
    numbers: dict[str, int]

    @property
    def row(self) -> Happening:
        """The happening of the original."""
        row: Happening = self.made.row
        return row

    def payload(self, copy: Copy) -> dict[str, Any]:
        """Give what it tells in a copy."""
        told = dict(self.row.payload)
        for name, key in self.ids.items():
            told[name] = str(copy.moved(key))
        for name, number in self.numbers.items():
            told[name] = copy.counted[NUMBERS[name]].get(number, number)
        return told


class Journal:
    """Writes happenings in chains."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self.form, self.heads = (Form(model, ground, counts=False) for model in (Happening, ChainHead))
        self.places = [self.form.columns.index(name) for name in ("payload", "position", "before", "hash")]

    def told(self, row: Happening) -> Told:
        """Make a happening ready."""
        ids = {name: found for name, value in row.payload.items() if (found := self._id(value))}
        told = row.payload.items()
        numbers = {name: value for name, value in told if name in NUMBERS and isinstance(value, int)}
        return Told(self.form.made(row), ids, numbers)

    def _id(self, value: Any) -> int | None:
        parts = self.ground.parts(value) if isinstance(value, str) else []
        return parts[1].key if len(parts) > 1 else None

    def is_ours(self, told: Told) -> bool:
        """Tell whether a happening outside a dossier is about a team, or was done by somebody of one."""
        return bool(told.row.actor_id.int not in self.ground.shared or told.ids or told.numbers)

    def write_cases(self, told: list[Told], copies: Sequence[Copy]) -> None:
        """Write the chains of dossiers; each begins anew, since what lies before is not copied."""
        heads: list[ChainHead] = []
        self.ground.engine.write(Happening, self.form.columns, self._cases(told, copies, heads))
        cells = (self.heads.made(head).cells for head in heads)
        self.ground.engine.write(ChainHead, self.heads.columns, cells)

    def _cases(self, told: list[Told], copies: Sequence[Copy], heads: list[ChainHead]) -> Iterator[list[Any]]:
        for case, chain in groupby(told, key=lambda each: each.row.chain_id):
            links = list(chain)
            for copy in copies:
                heads.append(ChainHead(chain_id=copy.moved(case.int)))
                yield from self._linked(links, copy, heads[-1])

    def write_besides(self, told: list[Told], copies: Sequence[Copy]) -> None:
        """Write what happened outside dossiers at the end of the one chain that holds it."""
        head = held(NO_DOSSIER)
        rows = (cells for copy in copies for cells in self._linked(told, copy, head))
        self.ground.engine.write(Happening, self.form.columns, rows)
        keep(head)

    def _linked(self, told: list[Told], copy: Copy, head: ChainHead) -> Iterator[list[Any]]:
        """Give the cells of the next links of a chain, and move its head."""
        shared, engine = self.ground.shared, self.ground.engine
        payload, position, before, digest = self.places
        row, kind = Happening(chain_id=head.chain_id), self.form.fields[payload]
        for each, cells in zip(told, self.form.copied([each.made for each in told], copy), strict=True):
            old = each.row
            row.id, row.at, row.on = copy.moved(old.id.int), old.at, old.on
            row.dossier_id = copy.moved(old.dossier_id.int) if old.dossier_id else None
            row.actor_id = old.actor_id if old.actor_id.int in shared else copy.moved(old.actor_id.int)
            row.role, row.name, row.payload = old.role, old.name, each.payload(copy)
            row.position, row.before = head.position + 1, head.hash
            head.position, head.hash = row.position, link(row)
            cells[payload] = engine.cell(kind, row.payload)
            cells[position], cells[before] = engine.plain(row.position), engine.plain(row.before)
            cells[digest] = engine.plain(head.hash)
            yield cells


def newest_year(on: date) -> date:
    """Give the first day of the year before the business day: from there the journal is copied."""
    return date(on.year - 1, 1, 1)
