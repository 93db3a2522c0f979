"""No readable name in anything that a house leaves behind: its folder, its dumps, its log, its letters."""

import base64
import json
import re
import subprocess
import sys
import zlib
from collections.abc import Iterator

import pytest

from tests.journeys.house import ROOT, environment
from tests.operations.visitor import Stand, Visitor
from tests.world.test_secrecy import told

TYPED = "Goudsbloemetje"
ROLES = ("coordinator", "volunteer", "referrer", "municipality", "project_leader", "privacy_officer")
#: Asks the house itself which words nobody may find.
ASK = """
import django, json, os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
django.setup()
from tests.world.test_secrecy import secrets
json.dump(sorted(secrets()), sys.stdout)
"""
_SESSION = re.compile(r"\.[\w-]{20,}(?=:[\w-]+:[\w-]+)")


@pytest.fixture(scope="module")
def wanted(stand: Stand) -> list[str]:
    """Every name, day of birth, note and wish of the world, and a name that is typed below."""
    asked = subprocess.run(
        [sys.executable, "-c", ASK],
        cwd=ROOT,
        env=environment(stand.house.data) | stand.urls,
        capture_output=True,
        text=True,
    )
    assert asked.returncode == 0, asked.stderr[-3000:]
    return [*json.loads(asked.stdout), TYPED]


def walk(visitor: Visitor, most: int = 25) -> None:
    """Follow links from the start page."""
    waiting, known = ["/"], {"/"}
    while waiting and len(known) < 400 and most:
        answer, most = visitor.get(waiting.pop(0)), most - 1
        for link in [answer.heads.get("location", ""), *re.findall(r'href="(/[^"#]+)"', answer.text)]:
            if link.startswith("/") and link not in known and "uitloggen" not in link:
                known.add(link)
                waiting.append(link)


def stumble(visitor: Visitor) -> set[int]:
    """Type a name wherever that goes wrong: bad forms, a forged one, pages that are not there."""
    search, new = "/zoeken/", "/vrijwilligers/nieuw/"
    answers = [
        visitor.post(search, text=TYPED, token=visitor.token(search)),
        visitor.post(search, text=TYPED, token="x"),
        visitor.post(new, given_name=TYPED, born_on="bestaat niet", token=visitor.token(new)),
        visitor.forge(new, given_name=TYPED),
        visitor.get(f"/moeders/{TYPED}/"),
        visitor.get(f"/moeders/?waar={TYPED}"),
        visitor.post("/accounts/", name=TYPED),
        Visitor(visitor.url).get(f"/dossier/{TYPED}/?naam={TYPED}"),
    ]
    stranger = Visitor(visitor.url)
    stranger.get("/inloggen/")
    answers.append(stranger.post("/inloggen/", login=TYPED, password=f"{TYPED} raadt maar wat"))
    return {answer.status for answer in answers}


def left(stand: Stand) -> Iterator[tuple[str, str]]:
    """Give all that a house leaves behind, by where it lies."""
    for path in sorted(stand.house.data.rglob("*")):
        if path.is_file():
            yield path.name, path.read_bytes().decode("latin-1")
    yield "log of the server", stand.house.said()
    for store in ("default", "log", "keys"):
        dump = stand.dump(store)
        assert "CREATE TABLE" in dump
        yield f"dump of {store}", dump
        yield f"bytes of {store}", opened(dump)
        yield f"sessions of {store}", " ".join(sessions(dump))


def opened(dump: str) -> str:
    """Open what a dump writes as hexadecimal digits."""
    found = re.findall(r"(?:X'|\\\\x)((?:[0-9a-fA-F]{2})+)", dump)
    return " ".join(bytes.fromhex(each).decode("latin-1") for each in found)


def sessions(dump: str) -> Iterator[str]:
    """Open what a session keeps: signed and packed, and readable to whoever has the dump."""
    for found in _SESSION.findall(dump):
        packed = found[1:] + "=" * (-len(found[1:]) % 4)
        try:
            yield zlib.decompress(base64.urlsafe_b64decode(packed)).decode()
        except (ValueError, zlib.error):
            continue


def leaks(stand: Stand, wanted: list[str]) -> dict[str, list[str]]:
    """Name which words lie where."""
    found = {place: told(text, wanted) for place, text in left(stand)}
    return {place: words for place, words in found.items() if words}


def test_a_house_in_use_leaves_no_name_behind(stand: Stand, wanted: list[str]) -> None:
    assert len(wanted) > 300
    for role in ROLES:
        walk(Visitor(stand.house.url).enter(role))
    coordinator = Visitor(stand.house.url).enter("coordinator")
    assert stumble(coordinator) >= {200, 403, 404, 422}
    stand.spoil()
    assert coordinator.get("/moeders/").status == 500
    assert coordinator.post("/zoeken/", text=TYPED, token=coordinator.token("/zoeken/")).status == 500
    assert "500 portal:search" in stand.house.said()
    assert leaks(stand, wanted) == {}
    _plant_and_find(stand, wanted)


def _plant_and_find(stand: Stand, wanted: list[str]) -> None:
    """The negative control, last because what it plants stays: one name in each kind of place."""
    name, day = (next(word for word in wanted if test(word)) for test in (str.isalpha, _is_day))
    letters = stand.house.data / "mail"
    letters.mkdir(exist_ok=True)
    (letters / "1.log").write_text(f"Beste {name},")
    with stand.house.log.open("a") as log:
        log.write(f"ValueError: {day}\n")
    stand.plant(name)
    found = leaks(stand, wanted)
    assert found["1.log"] == [name]
    assert found["log of the server"] == [day]
    assert found["dump of default"] == [name]


def test_what_a_session_keeps_is_opened() -> None:
    kept = (
        base64.urlsafe_b64encode(zlib.compress(json.dumps({"naam": TYPED * 9}).encode())).decode().strip("=")
    )
    dump = f"INSERT INTO django_session VALUES ('sleutel', '.{kept}:1abc:hand-teken', '2011');"
    assert TYPED in " ".join(sessions(dump))
    assert TYPED in opened(f"X'{TYPED.encode().hex()}'")


def _is_day(word: str) -> bool:
    return bool(re.fullmatch(r"\d{2}-\d{2}-\d{4}", word))
