"""A larger country: whole teams are copied in bulk, so that other families have lived the same lives."""

import shutil
from collections.abc import Callable, Iterator
from hashlib import blake2b
from math import ceil, inf
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.db import connection, connections, transaction

from gib.core.access import rls
from gib.core.access.actor import NOBODY, house
from gib.core.journal.models import Delivery
from gib.core.journal.sessions import reading
from gib.core.kernel.clock import real_now
from gib.core.kernel.rules import RuleBroken, declare
from gib.core.vault import boxes, reads
from gib.core.vault.models import BoxKind, WrappedKey
from gib.people.accounts.models import Appointment, Installation, business_day
from gib.people.families.models import Participant
from gib.people.families.models.marks import mark_of
from gib.people.partners.models import Team
from gib.portal.year import copies_tables as what
from gib.portal.year.copies_engines import engine
from gib.portal.year.copies_journal import Journal, Told, newest_year
from gib.portal.year.copies_names import NAMES, Lexicon
from gib.portal.year.copies_rows import Copy, Form, Ground, Made, written

Progress = Callable[[int, int], object]
#: How many rows one transaction holds at most, one copy at least.
AT_ONCE: Final = 1_200_000
#: How many identifiers one question names at most.
_ASKED: Final = 500
#: What lies in pages that are not full, and in the log before a transaction is in its place.
_ROOM: Final = 1.3
#: Where the number of a copy stands in an identifier, before two bits that say that it is random; and what
#: comes after them, which differs in each copy as well.
_NUMBER: Final = 64
_RANDOM: Final = (1 << 62) - 1

declare(
    {
        "scale_does_not_fit": (
            "Zo veel gegevens passen niet op de schijf. Er is {needed} GB nodig en er is {free} GB vrij. "
            "Kies een kleinere schaal."
        )
    }
)


def multiply(times: int, progress: Progress) -> None:
    """Let the teams of a demonstration live `times` lives in all; a run that was broken off goes on.

    Args:
        times: how many times the people of the original, itself included.
        progress: told after each step how many copies are there, and how many there will be.

    Raises:
        RuleBroken: 'not_a_demo', 'scale_does_not_fit'.
    """
    if not Installation.current().is_demo:
        raise RuleBroken("not_a_demo")
    done = copies_there()
    if times <= done + 1:
        return
    check_room(times - 1 - done, size_of_a_copy())
    with reading(house("copies"), "copies", "job"):
        run = Run()
        for batch in run.batches(done, times):
            run.write(batch)
            progress(batch[-1].number, times - 1)


def copies_there() -> int:
    """Count the copies that are complete: a copy stands or falls as a whole."""
    marks = Team.objects.filter(source__startswith=what.MARK).values_list("source", flat=True)
    return max((int(mark.removeprefix(what.MARK)) for mark in marks), default=0)


def size_of_a_copy() -> int:
    """Estimate the bytes that one more copy takes: as much as the stores hold per life now."""
    held = 0
    for alias in ("default", "keys"):
        with connections[alias].cursor() as cursor:
            cursor.execute(_SIZES[connections[alias].vendor])
            held += cursor.fetchone()[0]
    return ceil(held / (copies_there() + 1) * _ROOM)


_SIZES: Final = {
    "sqlite": "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()",
    "postgresql": "SELECT pg_database_size(current_database())",
}
#: Hosts of a database whose disk is ours.
_HERE: Final = ("", "localhost", "127.0.0.1", "::1")


def check_room(number: int, size: int) -> None:
    """Refuse copies that the disk cannot hold; of a database elsewhere the disk is not known.

    Args:
        number: how many copies. size: bytes of one.

    Raises:
        RuleBroken: 'scale_does_not_fit'.
    """
    host = str(connection.settings_dict.get("HOST") or "")
    if host not in _HERE and not host.startswith("/"):
        return
    free, needed = shutil.disk_usage(Path(settings.DATA_DIR)).free, number * size
    if needed > free:
        raise RuleBroken("scale_does_not_fit", needed=ceil(needed / 1e9), free=int(free / 1e9))


class Run:
    """What is the same for all copies of one run, and the writing of a batch of them."""

    def __init__(self) -> None:
        with rls.system("copies"):
            self.teams = list(what.originals())
            self.tables = what.tables()
            self.ground = _ground(self.teams)
            self.boxes = list(self._boxes())
            self.rows = sum(table.rows(team).count() for table in self.tables for team in self.teams)
        self.journal = Journal(self.ground)
        self.since = newest_year(business_day() or real_now().on)
        with rls.system("copies"):
            self.besides = list(self._besides())

    def _besides(self) -> Iterator[Told]:
        """Give what happened outside the dossiers, up to where the chain goes on with that of copies."""
        rows = what.happenings(None).filter(on__gte=self.since).order_by("position")
        first_copy = Copy(1, self.mask(1))
        end = None
        for told in filter(self.journal.is_ours, map(self.journal.told, rows.iterator())):
            if end is None:
                copied = what.happenings(None).filter(pk=first_copy.moved(told.row.id.int))
                end = next(iter(copied.values_list("position", flat=True)), inf)
            if told.row.position >= end:
                return
            yield told

    def _boxes(self) -> Iterator[tuple[UUID, BoxKind]]:
        """Give every box of the original with its kind."""
        alone = [table for table in self.tables if getattr(table.model, "BOX", "") == "id"]
        ids = [row.pk for table in alone for team in self.teams for row in table.rows(team).only("pk")]
        for each, kind in WrappedKey.objects.filter(box_id__in=ids).order_by("pk").values_list("pk", "kind"):
            yield each, BoxKind(kind)

    def batches(self, done: int, times: int) -> Iterator[list[Copy]]:
        """Give the copies that are still to be written, as many together as a transaction holds."""
        size = max(1, AT_ONCE // max(1, self.rows))
        for start in range(done + 1, times, size):
            yield [Copy(number, self.mask(number)) for number in range(start, min(times, start + size))]

    def mask(self, number: int) -> int:
        """Give what turns each identifier into that of a copy.

        The first 48 bits stay, so that of two cases the lower one is the lower one in every copy. Then comes
        the number of the copy, so that copies of one batch lie together in every index.
        """
        first = min(each for each, _ in self.boxes)
        digest = blake2b(f"{first} {number}".encode(), digest_size=16).digest()
        return number << _NUMBER | int.from_bytes(digest) & _RANDOM

    def write(self, batch: list[Copy]) -> None:
        """Write a batch of copies in one transaction, after their keys."""
        for copy in batch:
            copy.keys = self._keys(copy)
        with transaction.atomic(), rls.system("copies"):
            for table in self.tables:
                self._count(table, batch)
            for table in self.tables:
                form = Form(table.model, self.ground, table.counts)
                for team in self.teams:
                    made = [form.made(row) for row in table.rows(team).order_by("pk")]
                    self._put(form, made, batch)
            self._tell(batch)
            self.ground.engine.settle()
        for copy in batch:
            copy.keys = {}

    def _keys(self, copy: Copy) -> dict[UUID, Any]:
        """Make a key for every box of a copy; one that a broken run left behind is taken up again."""
        with reads.counting(reads.ReadSet(action="job", purpose="copies")) as seen:
            wanted = {copy.moved(each.int): kind for each, kind in self.boxes}
            held = set(boxes.unlock(wanted))
            for kind in BoxKind:
                if lacking := [each for each in wanted if wanted[each] == kind and each not in held]:
                    boxes.make_many(lacking, kind)
        return seen.keys

    def _count(self, table: what.Table, batch: list[Copy]) -> None:
        """Take numbers for the rows of a table that others point at by number."""
        if table.counts:
            old = [row.pk for team in self.teams for row in table.rows(team).order_by("pk")]
            new = self.ground.engine.keys(table.model, len(old) * len(batch))
            for place, copy in enumerate(batch):
                copy.counted[table.model] = dict(zip(old, new[place :: len(batch)], strict=True))

    def _put(self, form: Form, made: list[Made], batch: list[Copy]) -> None:
        if made:
            self.ground.engine.write(form.model, form.columns, form.copied(made, batch))

    def _tell(self, batch: list[Copy]) -> None:
        """Write the journal of a batch, and that what it woke has happened."""
        for team in self.teams:
            rows = what.happenings(team).filter(on__gte=self.since).order_by("chain_id", "position")
            told = [self.journal.told(row) for row in rows]
            self.journal.write_cases(told, batch)
            self._deliver(told, batch)
        self.journal.write_besides(self.besides, batch)
        self._deliver(self.besides, batch)

    def _deliver(self, told: list[Told], batch: list[Copy]) -> None:
        form, ids = Form(Delivery, self.ground, counts=False), [each.row.pk for each in told]
        for start in range(0, len(ids), _ASKED):
            rows = Delivery.objects.filter(happening_id__in=ids[start : start + _ASKED]).order_by("pk")
            self._put(form, [form.made(row) for row in rows], batch)


def _ground(teams: list[Team]) -> Ground:
    """Gather what all tables need; every name of the original is read."""
    accounts = Appointment.objects.filter(volunteer_id__isnull=False)
    lexicon = Lexicon()
    ground = Ground(
        engine=engine(),
        shared=what.shared_ids() | {NOBODY.int},
        lexicon=lexicon,
        persons=dict(accounts.values_list("user_id", "volunteer_id")),
    )
    for table in what.tables():
        columns = [column for name, column in NAMES if name == table.model._meta.db_table]
        for team in teams if columns else ():
            for row in table.rows(team).order_by("pk"):
                for column in columns:
                    place = (table.model._meta.db_table, column)
                    lexicon.learn(place, ground.persons.get(row.box_id, row.box_id), getattr(row, column))
    lexicon.settle()
    ground.changed.update(_changed(ground))
    return ground


def _changed(ground: Ground) -> dict[tuple[str, str], Callable[[Made, Copy], Any]]:
    """Say which columns a copy fills by itself, and with what."""

    mothers = {row.dossier_id: row for row in Participant.for_house("copies", what.ON)}

    def mark(made: Made, copy: Copy) -> str:
        mother = mothers[made.row.dossier_id]
        parts = ground.lexicon.name(
            ("families_participant", "last_name"), mother.dossier_id, mother.last_name
        )
        return mark_of(written(parts, copy, mother.dossier_id.int ^ copy.mask), mother.born_on)

    def effect(made: Made, copy: Copy) -> str:
        """The same effect happens once: the key of a copy has its identifiers, or its number."""
        parts = ground.parts(made.row.effect_key)
        return written(parts, copy, 0) if len(parts) > 1 else f"{copy.number}:{made.row.effect_key}"

    return {
        ("partners_team", "name"): lambda made, copy: f"{made.row.name} {copy.number + 1}",
        ("partners_team", "source"): lambda made, copy: f"{what.MARK}{copy.number}",
        ("accounts_user", "username"): lambda made, copy: f"gib-{copy.moved(made.key).hex[16:]}",
        ("accounts_user", "password"): lambda made, copy: f"!{copy.moved(made.key).hex}",
        ("accounts_user", "last_login"): lambda made, copy: None,
        ("families_duplicatemark", "mark"): mark,
        ("journal_message", "effect_key"): effect,
        ("journal_message", "sent_at"): lambda made, copy: made.row.sent_at or made.row.due_at,
        ("journal_delivery", "done_at"): lambda made, copy: made.row.done_at or made.row.due_at,
    }
