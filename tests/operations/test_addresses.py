"""Addresses that lead nowhere: an id that does not exist, or that is none, is 404 to everybody."""

import re
from collections.abc import Iterator
from typing import Any, Final
from uuid import uuid4

from django.http import HttpResponse
from django.test import Client

from gib.core.access.guard import public
from gib.core.access.tables import Role
from tests.access.crawl import Route, routes
from tests.world.base import WorldCase, enter, seats

#: What stands in a place of an address, by what the address asks for.
ODD: Final[dict[str, tuple[str, ...]]] = {
    "uuid": ("00000000-0000-4000-8000-000000000404", "geen-nummer", "00000000"),
    "int": ("999999", "9" * 30, "-1", "een"),
    "str": ("bestaat-niet", "a%00b", "%F0%9F%8C%BB", "..%2F..", "'", "z" * 300),
    "slug": ("bestaat-niet", "%00"),
    "re": ("deadbeef", "9" * 30, "0"),
}
#: Where one proves who one is; the pages of one's own keys ask that of everybody first.
DOORS: Final = ("/inloggen/", "/tweede-sleutel/")
_PLACE: Final = re.compile(r"<(?:(\w+):)?\w+>")
_GROUP: Final = re.compile(r"\(\?P<\w+>((?:\[[^\]]*\]|[^()])*)\)")


def addresses(route: Route) -> Iterator[str]:
    """Fill every place of an address with the same kind of nothing."""
    kinds = {found or "str" for found in _PLACE.findall(route.pattern)}
    pattern = route.pattern
    if "(?P<" in pattern:
        kinds = {"re"}
        pattern = re.sub(r"[\^$]", "", _GROUP.sub(lambda found: _word(found[1]), pattern))
    for turn in range(max(len(ODD.get(kind, ODD["str"])) for kind in kinds)):
        yield "/" + _filled(pattern, turn).replace("<>", _odd("re", turn))


def _filled(pattern: str, turn: int) -> str:
    return _PLACE.sub(lambda found: _odd(found[1] or "str", turn), pattern)


def _word(choice: str) -> str:
    """Keep a word that an address chooses from; leave a place where it asks for a key."""
    return "<>" if "[" in choice else choice.partition("|")[0]


def _odd(kind: str, turn: int) -> str:
    values = ODD.get(kind, ODD["str"])
    return values[turn % len(values)]


PLACED: Final = [route for route in routes() if "<" in route.pattern]


def wrong(client: Client, found: Route, is_known: bool) -> Iterator[str]:
    """Name what is answered otherwise than 404; or than the door, to who is not signed in."""
    for url in addresses(found):
        # A form says by its token that a page sent it: without one nobody looks for the row at all.
        for way, sent in (("get", {}), ("post", {"token": str(uuid4())})):
            answer = getattr(client, way)(url, sent)
            led = str(answer.headers.get("location", "")).startswith(DOORS)
            may_lead = not is_known or found.name.startswith("mfa_")
            right = {404, 403, 405} if is_known else {404, 405}
            if answer.status_code not in right and not (led and may_lead):
                yield f"{way} {found.name} {url[:120]}: {answer.status_code}"


class TestNowhere(WorldCase):
    """Somebody of each kind tries addresses that nobody gave her."""

    def test_nobody_finds_anything(self) -> None:
        client = Client(raise_request_exception=False)
        assert [fault for route in PLACED for fault in wrong(client, route, is_known=False)] == []

    def test_a_coordinator_finds_nothing(self) -> None:
        self._finds_nothing(Role.COORDINATOR)

    def test_a_project_leader_finds_nothing(self) -> None:
        self._finds_nothing(Role.PROJECT_LEADER)

    def test_a_technical_administrator_finds_nothing(self) -> None:
        self._finds_nothing(Role.TECHNICAL_ADMIN)

    def _finds_nothing(self, role: Role) -> None:
        client = enter(seats(role)[0])
        found = [fault for route in PLACED for fault in wrong(client, route, is_known=True)]
        assert found == []
        assert len(PLACED) > 100

    def test_an_address_that_breaks_is_noticed(self) -> None:
        answers = iter([500, 200] * 40)

        class Broken:
            def get(self, _url: str, _sent: Any) -> Any:
                return HttpResponse(status=next(answers))

            post = get

        client: Any = Broken()
        planted = Route("gat", "gat/<uuid:row_id>/", public(lambda request: HttpResponse()))
        assert len(list(wrong(client, planted, is_known=True))) == 2 * len(ODD["uuid"])
