"""A store that is away: nothing is shown, the reader is told, and it comes right by itself."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.operations.visitor import Reply, Stand, Visitor

STORES = ("default", "log", "keys")
PATIENCE = 30
MOTHERS, FORM = "/moeders/", "/vrijwilligers/nieuw/"
NEW = {"family_name": "Zandkorrel", "languages": "nl", "most_matches": "1", "most_minutes": "60"}


@contextmanager
def away(stand: Stand, store: str) -> Iterator[None]:
    """Take a store away for a while."""
    stand.take(store)
    try:
        yield
    finally:
        stand.give(store)


def names(page: Reply) -> set[str]:
    """Read the names on the list of mothers."""
    return set(re.findall(r'<a href="/dossier/[^"]+"[^>]*>([^<]+)</a>', page.text))


def soon(visitor: Visitor, path: str) -> Reply:
    """Open a page until it is there."""
    late = time.monotonic() + PATIENCE
    while (found := visitor.get(path)).status != 200 and time.monotonic() < late:
        time.sleep(0.2)
    return found


def told(answer: Reply, stand: Stand) -> list[str]:
    """Name what is wrong with how a house says that it cannot answer."""
    number = re.search(r"F-[0-9A-F]{6}", answer.text)
    checks = {
        f"status {answer.status}": answer.status == 503,
        "no Retry-After": answer.heads.get("retry-after", "").isdecimal(),
        "no number": number is not None,
        "the number is not in the log": number is not None and number[0] in stand.house.said(),
        "no words": "Even niet bereikbaar" in answer.text,
    }
    return [fault for fault, is_right in checks.items() if not is_right]


@pytest.fixture
def coordinator(stand: Stand) -> Visitor:
    return Visitor(stand.house.url).enter("coordinator")


@pytest.mark.parametrize("store", STORES)
def test_a_store_that_is_away_shows_nothing_and_comes_back(
    stand: Stand, coordinator: Visitor, store: str
) -> None:
    before = names(coordinator.get(MOTHERS))
    assert len(before) > 5
    with away(stand, store):
        answers = [coordinator.get(MOTHERS), coordinator.get("/vandaag/")]
        for answer in answers:
            assert told(answer, stand) == []
            assert [name for name in before if name in answer.text] == []
        live, ready = coordinator.get("/gezond/live"), coordinator.get("/gezond/ready")
    assert (live.status, live.text) == (200, "leeft")
    assert (ready.status, ready.text, ready.heads.get("retry-after")) == (503, "wacht", "5")
    assert names(soon(coordinator, MOTHERS)) == before
    assert soon(coordinator, "/gezond/ready").text == "gereed"


@pytest.mark.parametrize("store", STORES)
def test_what_is_sent_while_a_store_is_away_is_done_once_when_it_is_sent_again(
    stand: Stand, coordinator: Visitor, store: str
) -> None:
    name = f"Proef{store}"
    new = NEW | {"given_name": name, "token": coordinator.token(FORM)}
    with away(stand, store):
        answer = coordinator.post(FORM, **new)
    # Nobody is shown here: without the reading log the act itself goes on.
    assert told(answer, stand) == [] or (store, answer.status) == ("log", 302)
    assert soon(coordinator, "/vrijwilligers/").text.count(name) == (answer.status == 302)
    sent = [coordinator.post(FORM, **new) for _ in range(2)]
    assert {answer.status for answer in sent} == {302}, sent[0].text
    assert coordinator.get("/vrijwilligers/").text.count(name) == 1


def test_a_stranger_is_told_as_well(stand: Stand) -> None:
    visitor = Visitor(stand.house.url)
    visitor.get("/inloggen/")
    with away(stand, "default"):
        assert told(visitor.post("/inloggen/", login="niemand", password="zomaar iets"), stand) == []
        assert visitor.get("/gezond/live").status == 200
    assert soon(visitor, "/inloggen/").status == 200


def test_a_house_that_shows_something_is_noticed(stand: Stand, coordinator: Visitor) -> None:
    """The negative control: a page that is there fails every check."""
    answer = coordinator.get(MOTHERS)
    assert "status 200" in told(answer, stand)
    assert [name for name in names(answer) if name in answer.text]
