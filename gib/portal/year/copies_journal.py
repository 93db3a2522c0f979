"""The journal of a copy: what happened since the newest year, in chains that begin there."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any, Final

from django.db import models

from gib.care.products.ik_jij_wij.models import CourseGroup
from gib.care.products.models import GroupMeeting, MeetingSpeaker
from gib.core.journal.chain import NO_DOSSIER, facts_of, held, keep, linked
from gib.core.journal.models import ChainHead, Happening
from gib.people.partners.models import Team
from gib.people.volunteers.models import TrainingGroup, TrainingSession
from gib.portal.year.copies_rows import Copy, Form, Ground, Made, Number, Parts, joined, written

#: Names under which an event carries the number of a row that a copy has of its own.
NUMBERS: Final[dict[str, type[models.Model]]] = {
    "team_id": Team,
    "old_team_id": Team,
    "to_team_id": Team,
    "meeting_id": GroupMeeting,
    "speaker_id": MeetingSpeaker,
    "course_id": CourseGroup,
    "training_id": TrainingGroup,
    "session_id": TrainingSession,
}
#: Names of numbers of rows that all teams share.
SHARED_NUMBERS: Final = frozenset(
    {"partner_id", "provider_id", "unit_id", "rule_id", "proposal_id", "closure_id"}
)


@dataclass
class Told:
    """One happening made ready: its cells, and the texts that its hash is taken over."""

    made: Made
    #: Its own identifiers; its day, its actor and its name; what it tells.
    first: Parts
    rest: Parts
    payload: Parts

    @property
    def row(self) -> Happening:
        """The happening of the original."""
        row: Happening = self.made.row
        return row

    @property
    def is_the_same(self) -> bool:
        """Tell whether a copy tells exactly this."""
        return len(self.payload) == 1


class Journal:
    """Writes happenings in chains."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self.form, self.heads = (Form(model, ground, counts=False) for model in (Happening, ChainHead))
        self.places = [self.form.columns.index(name) for name in ("payload", "position", "before", "hash")]

    def told(self, row: Happening) -> Told:
        """Make a happening ready."""
        first, rest = facts_of(row)
        parts, payload = self.ground.parts, json.dumps(row.payload, sort_keys=True)
        head = rest.removesuffix(f"{payload}]")
        return Told(self.form.made(row), parts(first), parts(head), self._payload(row.payload))

    def _payload(self, payload: dict[str, Any]) -> Parts:
        """Cut what is told, written in order of its names, into what stays and what a copy has of its own."""
        found: Parts = ["{"]
        for place, (name, value) in enumerate(sorted(payload.items())):
            found.append(f"{', ' if place else ''}{json.dumps(name)}: ")
            if name in NUMBERS and isinstance(value, int):
                found.append(Number(NUMBERS[name], value))
            else:
                found += self.ground.parts(json.dumps(value, sort_keys=True))
        return joined([*found, "}"])

    def is_ours(self, told: Told) -> bool:
        """Tell whether a happening outside a dossier is about a team, or was done by somebody of one."""
        return told.row.actor_id.int not in self.ground.shared or not told.is_the_same

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
        engine, (payload, position, before, digest) = self.ground.engine, self.places
        for each in told:
            cells, tells = self.form.cells(each.made, copy), written(each.payload, copy, 0)
            cells[payload] = engine.text(tells)
            cells[position], cells[before] = engine.plain(head.position + 1), engine.plain(head.hash)
            facts = written(each.first, copy, 0), f"{written(each.rest, copy, 0)}{tells}]"
            head.position, head.hash = head.position + 1, linked(facts, head.position + 1, head.hash)
            cells[digest] = engine.plain(head.hash)
            yield cells


def newest_year(on: date) -> date:
    """Give the first day of the year before the business day: from there the journal is copied."""
    return date(on.year - 1, 1, 1)
