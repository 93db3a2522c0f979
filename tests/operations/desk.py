"""Sends forms as a person would: what is on the page, then what the answer says is still wrong."""

import copy
import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from random import Random
from types import SimpleNamespace
from typing import Any, Final
from unittest.mock import patch

from django.core import mail
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections, transaction

from gib.core.access.actor import Actor
from tests.access.crawl import Ground, Route, address, routes
from tests.access.oracle import ACTS_ONLY, ALLOWED, PUBLIC, READ_ONLY
from tests.operations.papers import Field, Paper, papers, route_of
from tests.operations.states import REGISTER
from tests.world.base import ROLES, enter, seats
from tests.world.more import TERMS

INVALID: Final = 422
#: What somebody might write, likely first; an answer that is refused leads to the next.
DAYS: Final = (
    "11-01-2011",
    "12-01-2011",
    "10-01-2011",
    "18-01-2011",
    "01-12-2010",
    "01-07-2011",
    "01-07-2013",
)
WRITTEN: Final = ("Zonnebloem", *DAYS, "2005", "14:00", "3", "0612340099", "1234 AB", "12,50")
FILES: Final = {
    "lijst.csv": b"Voornaam;Achternaam\nTruus;Duinroos\n",
    "afspraken.csv": TERMS.encode(),
    "gemeenten.csv": REGISTER.encode(),
}
#: What cannot be guessed from what an answer says.
SAID: Final[dict[str, dict[str, Any]]] = {
    "aftercare:record_agreement": {"municipality": ["0392"], "form": ["places"], "places": ["3"]},
    "referral:refer": {"birth": ["1984"]},
    "products:child_apply": {"back": ["17:00"]},
    "products:child_home": {
        **{"how": ["auto"], "place": ["Zonnepad 1"], "seat": ["plain"]},
        **{"pick_up_from": ["08:30"], "pick_up_until": ["08:45"]},
    },
    "handover:accept": {"first_on": ["18-01-2011"]},
    "partners:closure_end": {"ends_on": ["26-02-2011"]},
    "products:session_replace": {"on": ["17-03-2011"], "at": ["19:15"]},
    "products:series_change": {"why": ["away"], "moved_on": [""], "moved_at": [""]},
    "products:stand_in_ask": {"first": ["21-01-2011"], "last": ["22-01-2011"]},
    "partners:allowance_set": {"year": ["2027"], "month_cents": ["220"], "year_cents": ["2200"]},
    "partners:rate_set": {"kind": ["own"], "cents": ["19"], "valid_from": ["01-02-2011"]},
    "volunteers:account": {"iban": ["NL13TEST0123456789"]},
    "volunteers:payout": {"iban": ["NL83TEST0123456790"]},
}
_LOOKS: Final = 14
_GUESSES: Final = 15
_CHROME: Final = frozenset({"ui:preference", "account_logout", "accounts:lend", "accounts:take_back"})


@contextmanager
def undone() -> Iterator[None]:
    """Let everything that is written inside be as if it never was."""
    letters = len(mail.outbox)
    with ExitStack() as stack:
        for alias in connections:
            stack.enter_context(transaction.atomic(using=alias))
        yield
        for alias in connections:
            transaction.set_rollback(True, using=alias)
    del mail.outbox[letters:]
    cache.clear()


@contextmanager
def same_ids() -> Iterator[None]:
    """Let ids be the same in each run, so that what a walk meets first does not depend on chance."""
    with patch("uuid.os", SimpleNamespace(urandom=Random(0).randbytes)):
        yield


def to_post() -> set[str]:
    """Name every page to which something may be sent."""
    return {route.name for route in routes()} - READ_ONLY


def is_of_library(route: Route) -> bool:
    """Tell whether the sign-in library answers: a code or a key proves itself once."""
    ancestors = getattr(getattr(route.view, "view_class", None), "__mro__", ())
    return any(each.__module__.startswith("allauth.") for each in ancestors)


def has_form(route: Route) -> bool:
    """Tell whether a page has a form of its own, that the house answers."""
    return not (route.name in READ_ONLY | ACTS_ONLY | PUBLIC or is_of_library(route))


@dataclass
class Desk:
    """Somebody at a screen; `send` answers as the house does, and forgets her cookies afterwards."""

    seat: Any
    client: Any = field(init=False)

    def __post_init__(self) -> None:
        self.client = enter(self.seat)

    def look(self, url: str) -> Any:
        """Open a page."""
        return self.client.get(url)

    def send(self, paper: Paper, data: Mapping[str, Any]) -> Any:
        """Send a form; a new session that it gave is not kept."""
        cookies = self.client.cookies.copy()
        for value in data.values():
            if isinstance(value, SimpleUploadedFile):
                value.seek(0)
        try:
            return self.client.post(paper.url, dict(data))
        finally:
            self.client.cookies = cookies


@dataclass(frozen=True)
class Sheet:
    """A form that the house takes: who sends it, what is filled in, and what each field is."""

    desk: Desk
    paper: Paper
    data: dict[str, Any]
    kinds: dict[str, Any]


class Office:
    """Everybody of the world at her desk, looking for a form to each address that the house takes."""

    def __init__(self, pages: Iterable[tuple[Desk, str]]) -> None:
        """Look at pages at which some act is known to wait."""
        self.taken: dict[str, Sheet] = {}
        self.refused: dict[str, set[str]] = {}
        self._known: set[tuple[int, str]] = set()
        for desk, url in pages:
            self.visit(desk, url)

    def __deepcopy__(self, _memo: Any) -> "Office":
        return self

    def hand_in(self, desk: Desk, url: str, **data: Any) -> None:
        """Send what stands on no page of a test: buttons of a browser, and of who has several roles."""
        paper = Paper(url, url, route_of(url), ())
        with undone():
            answer = desk.send(paper, data)
        assert answer.status_code < 400, (url, answer.status_code)
        self.taken[paper.route] = Sheet(desk, paper, data, {})

    def walk(self, ground: Ground) -> None:
        """Go to every page with a form of its own, in every role, until it was taken or no row is left."""
        for role in ROLES:
            for desk in map(Desk, seats(role)[:2]):
                for route in routes():
                    if role in ALLOWED.get(route.name, ()) and has_form(route):
                        self._walk(ground, desk, route)

    def _walk(self, ground: Ground, desk: Desk, route: Route) -> None:
        left = _LOOKS
        for kwargs in targets(ground, route, desk.seat.actor()):
            if route.name in self.taken or not left:
                break
            left -= self.visit(desk, address(route, kwargs))

    def visit(self, desk: Desk, url: str) -> bool:
        """Try every form of a page that was not taken before; tell whether there was a page."""
        answer = desk.look(url)
        for paper in papers(url, answer.content.decode(errors="replace")):
            key = (id(desk), paper.url)
            if paper.route not in self.taken and paper.route not in _CHROME and key not in self._known:
                self._known.add(key)
                self._try(desk, paper, getattr(form_of(answer), "fields", {}))
        return bool(answer.status_code == 200)

    def _try(self, desk: Desk, paper: Paper, kinds: dict[str, Any]) -> None:
        told, data = filled(desk, paper)
        if told is None:
            self.taken[paper.route] = Sheet(desk, paper, data, kinds)
            self.refused.pop(paper.route, None)
            if paper.draft:
                kept = replace(paper, url=paper.draft, route=route_of(paper.draft), draft="")
                self.taken.setdefault(kept.route, Sheet(desk, kept, data | _written(paper), _free(kinds)))
        else:
            self.refused.setdefault(paper.route, set()).update(told)


def targets(ground: Ground, route: Route, actor: Actor) -> Iterator[dict[str, Any]]:
    """Fill the places of an address with her rows: of every state one, then the next of every state."""
    if not route.subject:
        yield from ground.own(route, actor)
        return
    mine = ground.ids(route.subject, actor)
    rows = [row for row in ground.all[route.subject] if row.pk in mine]
    rows.sort(key=lambda row: (ground._rank(row), str(row.pk)))
    turns: Counter[Any] = Counter()
    queue = []
    for row in rows:
        state = getattr(row, "state", ""), getattr(row, "product", "")
        queue.append((turns[state], row))
        turns[state] += 1
    for _turn, row in sorted(queue, key=lambda each: each[0]):
        yield from ground._worded(route, ground._keys(route, row))


def filled(desk: Desk, paper: Paper) -> tuple[list[str] | None, dict[str, Any]]:
    """Find an answer that the house takes, by what it says of each that it refuses; nothing stays written.

    Returns: why the last was refused, or None when it was taken; and what was filled in.
    """
    data: dict[str, Any] = paper.given | SAID.get(paper.route, {})
    tries: dict[str, Iterator[Any]] = {}
    told: list[str] = []
    in_general = 0
    while len(tries) < 1 or in_general < _GUESSES:
        with undone():
            answer = desk.send(paper, data)
            if answer.status_code < 400:
                return None, data
            told = problems(answer)
        names = errors(answer)
        in_general += 1 if any(map(paper.field, names)) else 3
        if not _improved(paper, data, tries, names):
            break
    return told, data


def form_of(answer: Any) -> Any:
    """Give the form that an answer shows, if any."""
    return answer.context.get("form") if answer.context else None


def errors(answer: Any) -> list[str]:
    """Name the fields of which an answer says that they are wrong."""
    return list(getattr(form_of(answer), "errors", ()))


def problems(answer: Any) -> list[str]:
    """Give the sentences in which an answer says what is wrong."""
    found = getattr(form_of(answer), "problems", None)
    return [str(text) for _id, text in found or [("", f"status {answer.status_code}")]]


def _improved(paper: Paper, data: dict[str, Any], tries: Any, names: list[str]) -> bool:
    """Write something else in each field that was refused; tell whether there was something left."""
    fields = [here for here in map(paper.field, names) if here] or paper.seen
    values = {here.name: next(tries.setdefault(here.name, _guesses(here)), None) for here in fields}
    found = {name: value for name, value in values.items() if value is not None}
    data.update(found)
    return bool(found)


def _free(kinds: dict[str, Any]) -> dict[str, Any]:
    """Give the same fields for a draft, which need not be finished."""
    found = copy.deepcopy(kinds)
    for kind in found.values():
        kind.required = False
    return found


def _written(paper: Paper) -> dict[str, list[str]]:
    """Write something in the first long text of a form."""
    return next({field.name: ["Zonnebloem"]} for field in paper.fields if field.kind == "textarea")


def _guesses(here: Field) -> Iterator[Any]:
    if here.kind == "file":
        return (SimpleUploadedFile(name, content) for name, content in FILES.items())
    if here.is_typed:
        likely = DAYS if "on" in here.name.split("_") else ()
        return iter([[text] for text in itertools.chain(likely, WRITTEN)])
    return iter([[option] for option in here.options if option and [option] != list(here.value)])
