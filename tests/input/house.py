"""The house that lists come into: two teams, a coordinator, municipalities; and what lies in its stores."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.test import Client
from django.urls import reverse

from gib.core.access import rls
from gib.core.access.actor import Actor
from gib.core.sheets.models import Upload
from gib.core.vault.models import BoxKind, WrappedKey
from gib.people.accounts import builders as accounts
from gib.people.partners import builders as places
from tests.input import lists

TODAY = places.SINCE.replace(year=2011, month=1, day=11)


def _tables() -> Iterator[tuple[str, str, Any]]:
    """Give every table that the application may read: its store, its name, and a cursor there."""
    with rls.system("test", TODAY):
        for alias in ("default", "log", "keys"):
            connection = connections[alias]
            with connection.cursor() as cursor:
                for name in connection.introspection.table_names(cursor):
                    if name != "gib_secret":
                        yield alias, name, cursor


def stores() -> dict[str, str]:
    """Give a digest of every table of every store, the keys included."""
    found = {}
    for alias, name, cursor in _tables():
        cursor.execute(f'SELECT * FROM "{name}" /*gib:scope*/')
        rows = sorted(repr([_plain(value) for value in row]) for row in cursor.fetchall())
        found[f"{alias}.{name}"] = hashlib.sha256("".join(rows).encode()).hexdigest()
    return found


def dump() -> str:
    """Give all that lies in every table of every store, but the reference data, as one text."""
    found = []
    for _alias, name, cursor in _tables():
        if not name.startswith("partners_"):
            cursor.execute(f'SELECT * FROM "{name}" /*gib:scope*/')
            found += [str(_plain(value)) for row in cursor.fetchall() for value in row]
    return " ".join(found)


def _plain(value: Any) -> Any:
    value = bytes(value) if isinstance(value, memoryview) else value
    return value.decode("latin-1") if isinstance(value, bytes) else value


def counts() -> dict[str, int]:
    """Give the number of rows of every table of every store."""
    found = {}
    for alias, name, cursor in _tables():
        cursor.execute(f'SELECT COUNT(*) FROM "{name}" /*gib:scope*/')
        found[f"{alias}.{name}"] = cursor.fetchone()[0]
    return found


def keys() -> int:
    """Count the keys that open a volunteer or a dossier."""
    return int(WrappedKey.objects.filter(kind__in=[BoxKind.VOLUNTEER, BoxKind.DOSSIER]).count())


def changed(before: dict[str, Any], after: dict[str, Any]) -> set[str]:
    """Name the tables in which something differs."""
    return {name for name in before if before[name] != after[name]}


class Screen:
    """A coordinator before the screen: what she clicks, and what she reads."""

    def __init__(self, client: Client, actor: Actor) -> None:
        self.client, self.actor = client, actor

    def upload(self, key: str, content: bytes, name: str) -> Any:
        """Choose a file and send it."""
        file = SimpleUploadedFile(name, content)
        return self.post(reverse("imports:list"), {"template": key, "file": file})

    def post(self, url: str, data: dict[str, Any] | None = None) -> Any:
        """Press a button."""
        return self.client.post(url, {"token": str(uuid4())} | (data or {}))

    def text(self, url: str) -> str:
        """Read a page."""
        response = self.client.get(url)
        assert response.status_code == 200, (url, response.status_code)
        return str(response.content.decode())

    def bring(self, key: str, content: bytes, name: str, mapping: dict[int, str] | None = None) -> Upload:
        """Bring a list as far as its dry run, with the columns as they were proposed."""
        response = self.upload(key, content, name)
        assert response.status_code == 302, errors(response)
        url = response["Location"]
        upload = self.latest()
        chosen = upload.positions | (mapping or {})
        fields = {f"column-{at}": chosen.get(at, "-") for at in range(len(upload.table.headings))}
        self.text(url)
        response = self.post(url, fields)
        assert response.status_code == 302, errors(response)
        return self.latest()

    def latest(self) -> Any:
        """Give the newest list that she brought."""
        return Upload.visible_to(self.actor, TODAY).order_by("-made_at").first()

    def step(self, name: str, upload: Any) -> Any:
        """Let a list come in, take it back or set it aside."""
        return self.post(reverse(f"imports:{name}", args=[upload.id]))

    def page(self, name: str, upload: Any) -> str:
        """Read the dry run or the result of a list."""
        return self.text(reverse(f"imports:{name}", args=[upload.id]))

    def let_in(self, key: str) -> Any:
        """Bring one of the lists all the way in."""
        name, make, _rows = lists.FILES[key]
        upload = self.bring(key, make(), name)
        shown = self.page("check", upload)
        response = self.step("apply", upload)
        assert response.status_code == 302, shown
        return self.latest()


def open_house() -> Screen:
    """Give the screen of the coordinator of Nieuwersluis, on the business day of the stories."""
    accounts.mark_as_demo(TODAY)
    one, _other = places.two_teams()
    places.two_prison_desks()
    places.a_paying_and_a_refusing_municipality()
    user, actor = accounts.coordinator(one)
    client = Client(headers={"accept-language": "nl"})
    accounts.sign_in(client, user)
    return Screen(client, actor)


def errors(response: Any) -> list[str]:
    """Give the sentences in which a page says what is wrong."""
    html = response.content.decode()
    return [" ".join(re.sub("<[^>]+>", " ", part).split()) for part in re.findall(r"(?s)error.{0,600}", html)]


def none_of(words: Iterable[str], text: str) -> list[str]:
    """Give which of these words stand in a text after all."""
    return [word for word in words if word in text]
