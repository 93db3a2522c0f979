"""The same form twice at the same moment, over connections that are really separate: one effect."""

from collections import Counter
from dataclasses import replace
from threading import Barrier, Thread
from typing import Any
from unittest.mock import patch
from uuid import uuid4

import pytest
from django.db import connection, connections
from django.test import TestCase, TransactionTestCase
from django.urls import reverse

from gib.core.access.tables import Role
from gib.core.ui.models import Submission
from gib.people.families.models import Dossier
from gib.portal.demo import world
from gib.portal.demo.days import TODAY
from tests.input.house import counts
from tests.operations.desk import Desk, Office, Sheet, undone
from tests.operations.marks import TRACES
from tests.world.base import enter, seats

#: Pages of which the form is sent: without a dossier, and about one.
ALONE = ("volunteers:register", "partners:provider_add", "aftercare:new_conference")
ABOUT = ("families:child_add", "families:caregiver_add", "families:expect", "handover:raise")


def rows() -> Counter[str]:
    """Count what lies in every table, but for the traces of a look."""
    found = {name: number for name, number in counts().items() if name.rpartition(".")[2] not in TRACES}
    return Counter(found)


def once(sheet: Sheet) -> Counter[str]:
    """Give how many rows one sending adds, by table."""
    with undone():
        before = rows()
        with TestCase.captureOnCommitCallbacks(execute=True):
            assert sheet.desk.send(sheet.paper, sheet.data).status_code == 302
        return +(rows() - before)


def together(sheet: Sheet) -> tuple[Counter[str], list[int]]:
    """Send it twice at the same moment; give how many rows that added, and what was answered."""
    before, start, answers = rows(), Barrier(2), list[int]()

    def send(client: Any) -> None:
        start.wait()
        answers.append(client.post(sheet.paper.url, sheet.data).status_code)
        connections.close_all()

    senders = [Thread(target=send, args=(enter(sheet.desk.seat),)) for _ in range(2)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    return +(rows() - before), answers


@pytest.mark.separate_stores
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite in memory has one connection for all")
class TestAtOnce(TransactionTestCase):
    """Two browsers, or one impatient finger, on a database that serves both at the same time."""

    databases = "__all__"

    def setUp(self) -> None:
        """Build the world, and fill in the forms."""
        world.build()
        desk = Desk(seats(Role.COORDINATOR)[0])
        dossiers = Dossier.visible_to(desk.seat.actor(), TODAY).order_by("pk")[:3]
        about = [reverse(name, args=[row.pk]) for name in ABOUT for row in dossiers]
        pages = [*map(reverse, ALONE), *about]
        self.taken = Office([(desk, page) for page in pages]).taken

    def test_two_at_once_are_one(self) -> None:
        assert set(self.taken) >= {*ALONE, *ABOUT}
        for name, sheet in self.taken.items():
            wanted = once(sheet)
            added, answers = together(sheet)
            assert (name, added, answers) == (name, wanted, [302, 302])
        self._notices_two()

    def _notices_two(self) -> None:
        """The negative control: without the key of an act both are done."""

        def every_time(_request: Any, _form: Any) -> tuple[Submission, bool]:
            return Submission(token=uuid4()), True

        sheet = self.taken["volunteers:register"]
        sheet = replace(sheet, data=sheet.data | {"token": [str(uuid4())]})
        with patch("gib.core.ui.posting._claim", every_time):
            added, _answers = together(sheet)
        assert added["default.volunteers_volunteer"] == 2
