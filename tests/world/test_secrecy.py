"""No readable name: a dump of the stores, the sessions, the mail and the log tell nothing of anybody."""

import logging
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import StringIO
from typing import Any
from unittest.mock import patch

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client, TransactionTestCase
from django.urls import reverse

from gib.care.products.models import GroupMeeting
from gib.core.access.tables import Role
from gib.core.journal import outbox
from gib.core.journal.logs import NoValues
from gib.core.vault.fields import SealedDate
from gib.people.accounts.models import User
from gib.people.families.models import Child, Dossier, Participant
from gib.people.volunteers.models import Volunteer
from gib.portal.commands import tick
from gib.portal.demo import world
from gib.portal.demo.people import days_ago
from tests.access.crawl import Ground, address, routes
from tests.access.oracle import ACTS_ONLY, ALLOWED, PUBLIC
from tests.world import dump
from tests.world.base import ROLES, as_house, enter, is_day, rows_of, sealed_values, seats, spellings
from tests.world.more import furnish
from tests.world.outside import outside

ADDRESS = "hanneke@voorbeeld.invalid"
TYPED = "Goudsbloemetje"


def secrets() -> set[str]:
    """Give every name, day of birth, note and wish of the world, as it would be recognised."""
    found = set()
    with as_house():
        for place, value in sealed_values():
            for text in spellings(value):
                is_words = isinstance(value, str) or is_day(place) or " " in text
                if len(text) >= 4 and is_words:
                    found.add(text)
    return found


def told(text: str, wanted: Iterable[str]) -> list[str]:
    """Give which of these stand in a text, as words of their own."""
    shorter = {word: word[:60] for word in wanted}
    return sorted(
        word
        for word, start in shorter.items()
        if start in text and re.search(rf"(?<!\w){re.escape(start)}(?!\w)", text)
    )


@contextmanager
def server_log() -> Iterator[StringIO]:
    """Read what the handler of the settings writes."""
    handler = next(one for one in logging.getLogger().handlers if isinstance(one.formatter, NoValues))
    assert isinstance(handler, logging.StreamHandler)
    written = StringIO()
    # Set aside without a flush: a stream of an earlier test may be closed by now.
    with patch.object(handler, "stream", written):
        yield written


class TestNoReadableName(TransactionTestCase):
    """The whole world is committed, visited and written to; then everything that stays is read."""

    databases = "__all__"

    @pytest.fixture(autouse=True)
    def _capture(self, capfd: Any) -> None:
        self.capfd = capfd

    def setUp(self) -> None:
        """Build the world, and make people use it."""
        cache.clear()
        mail.outbox.clear()
        people = world.build()
        self.first = furnish(people)
        self.ground = Ground(self.first)
        self.outside: dict[str, str] = {}
        coordinator = seats(Role.COORDINATOR)[0]
        User.objects.get(pk=coordinator.user_id)
        self._with_mail(coordinator.user_id)
        outbox.notify(coordinator.user_id, "signal", "test", days_ago(0))
        tick.run(None)

    def _with_mail(self, user_id: Any) -> None:
        with as_house():
            user = User.objects.get(pk=user_id)
            user.email = ADDRESS
            user.save()

    def _walk(self) -> None:
        """Open one page of each kind as each role, and keep what is seen of it outside the house."""
        for role in ROLES:
            seat = seats(role)[0]
            client, actor = enter(seat), seat.actor()
            for route in routes():
                if route.name not in PUBLIC | ACTS_ONLY and role in ALLOWED.get(route.name, ()):
                    for kwargs in self.ground.own(route, actor)[:1]:
                        where = address(route, kwargs)
                        self.outside[f"{role} {where}"] = f"{where}\n{outside(client.get(where))}"

    def _write(self, client: Client) -> None:
        """Send names in good forms, in bad ones, to pages that do not exist and to one that breaks."""
        client.post(reverse("portal:search"), {"text": TYPED, "token": "x"})
        client.post(reverse("volunteers:register"), {"given_name": TYPED, "born_on": "bestaat niet"})
        client.post(reverse("families:child_add", args=[self.first[0]]), {"first_name": TYPED})
        client.get(f"/moeders/{TYPED}/")
        client.post("/inloggen/", {"login": TYPED, "password": "raad maar raak en nog wat"})
        with patch("gib.portal.views.search.found", side_effect=ValueError(f"wie is {TYPED}?")):
            answer = client.post(reverse("portal:search"), self._form(client))
        assert answer.status_code == 500

    def _form(self, client: Client) -> dict[str, str]:
        return {"token": self._token(client, reverse("portal:search")), "text": TYPED}

    def _token(self, client: Client, url: str) -> str:
        token = re.search(r'name="token" value="([^"]+)"', client.get(url).content.decode())
        assert token is not None
        return token[1]

    def _calendar(self) -> None:
        """Fetch a calendar as a telephone does, which nobody signs in on."""
        client, own = enter(seats(Role.COORDINATOR)[0]), reverse("portal:feed_own")
        client.post(own, {"token": self._token(client, own)})
        html = client.get(own).content.decode()
        where = re.search(r"/agenda/feed/[\w-]+\.ics", html)
        assert where is not None
        self.outside["calendar"] = outside(client.get(where[0]))
        assert "BEGIN:VEVENT" in self.outside["calendar"]

    @pytest.mark.requirement("PRV-08")
    def test_nothing_that_stays_tells_of_anybody(self) -> None:
        wanted = secrets() | {TYPED}
        assert len(wanted) > 200
        with server_log() as log:
            self._walk()
            self._calendar()
            self._write(enter(seats(Role.COORDINATOR)[0]))
        assert told(dump.text(), wanted) == []
        printed = "".join([*self.capfd.readouterr(), log.getvalue()])
        assert "page failed" in printed
        assert "500 portal:search" in printed
        assert "404 no page" in printed
        assert told(printed, wanted) == []
        assert mail.outbox
        for letter in mail.outbox:
            assert told(f"{letter.subject} {letter.body}", wanted) == []
        seen = {place: found for place, text in self.outside.items() if (found := told(text, wanted))}
        assert seen == {}
        assert len(self.outside) > 500
        self._planted(wanted)

    def _planted(self, wanted: set[str]) -> None:
        """Notice a plain column, and words in a session: the negative controls."""
        with as_house():
            name, born = next((row.first_name, row.born_on) for row in rows_of(Participant) if row.born_on)
        GroupMeeting.objects.update(room=name)
        client = enter(seats(Role.COORDINATOR)[0])
        session = client.session
        session["x"] = f"{born:%d-%m-%Y}"
        session.save()
        assert set(told(dump.text(), wanted)) == {name, f"{born:%d-%m-%Y}"}


class TestWhatIsSecret(TransactionTestCase):
    """What the scan looks for."""

    databases = "__all__"

    def test_names_days_notes_and_wishes_are_looked_for(self) -> None:
        people = world.build()
        furnish(people)
        wanted = secrets()
        with as_house():
            names = {row.first_name for row in [*rows_of(Participant), *rows_of(Child)]}
            names |= {row.family_name for row in rows_of(Volunteer)}
            days = {f"{row.born_on:%d-%m-%Y}" for row in rows_of(Participant) if row.born_on}
            assert len(rows_of(Dossier)) > 24
        assert {name for name in names if name} | days <= wanted
        assert {"Haar zus belt elke zondag.", "Mijn kinderen zien"} <= wanted
        assert SealedDate().to_bytes(days_ago(0).on) == b"2011-01-11"


def test_a_fault_is_written_without_its_words() -> None:
    try:
        raise ValueError(TYPED)
    except ValueError:
        record = logging.LogRecord("gib", logging.ERROR, "", 0, "broken: %s", ("code",), sys.exc_info())
    lines = NoValues().format(record).splitlines()
    assert lines[0] == "ERROR gib: broken: code"
    assert lines[-1] == "  ValueError"
    assert "test_secrecy.py" in lines[1]
    assert TYPED in logging.Formatter().format(record)
