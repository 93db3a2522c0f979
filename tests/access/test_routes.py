"""Every address, for every role, against the table written by hand."""

from typing import Any, ClassVar

import pytest
from django.http import HttpRequest, HttpResponse
from django.urls import URLResolver, path
from django.urls.resolvers import RegexPattern

from gib.core.access.guard import RULE, requires
from gib.core.access.tables import MAY, P, Role
from tests.access.crawl import Ground, Route, address, routes
from tests.access.oracle import ACTS_ONLY, ALLOWED, PUBLIC, READ_ONLY
from tests.world.base import ROLES, enter, seats
from tests.world.more import FurnishedCase

CASES = [route for route in routes() if route.name not in PUBLIC]
REFUSED = {403, 405}


def faults_of_table(table: list[Route]) -> list[str]:
    """Name the addresses without a rule, and what the oracle does not know or knows too much."""
    names = {route.name for route in table}
    known = set(ALLOWED) | PUBLIC
    found = [f"{route.name} has no rule" for route in table if not route.has_rule]
    found += [f"{name} is not in the oracle" for name in sorted(names - known)]
    return found + [f"{name} is in the oracle only" for name in sorted(known - names)]


def ruleless(request: HttpRequest) -> HttpResponse:
    """Show something to anybody: the planted fault."""
    return HttpResponse("open")


def test_every_address_has_a_rule_and_a_line_in_the_oracle() -> None:
    assert faults_of_table(routes()) == []


def test_a_planted_address_without_a_rule_is_noticed() -> None:
    planted = URLResolver(RegexPattern(r"^"), [path("gat/", ruleless, name="gat")])
    assert {"gat has no rule", "gat is not in the oracle"} <= set(faults_of_table(routes(planted)))


@pytest.mark.parametrize("route", CASES, ids=lambda route: route.name)
def test_the_rule_of_a_view_lets_in_whom_the_oracle_lets_in(route: Route) -> None:
    rule = getattr(route.view, RULE)
    assert {role for role in (*ROLES, Role.EMERGENCY) if rule & MAY[role]} == ALLOWED.get(route.name)


class TestTheWalk(FurnishedCase):
    """Every address is asked for by every role, with rows of her own and rows of others."""

    ground: ClassVar[Ground]

    @classmethod
    def setUpTestData(cls) -> None:
        """Look at the rows of every table."""
        super().setUpTestData()
        cls.ground = Ground(cls.first)

    def walk(self, role: Role) -> list[str]:
        """Visit everything as one role and name what was answered otherwise than the oracle says."""
        found = []
        for seat in seats(role)[:2]:
            client, actor = enter(seat), seat.actor()
            for route in CASES:
                allowed = role in ALLOWED.get(route.name, ())
                check = self.welcome if allowed else self.refused
                found += check(client, route, actor)
        return found

    def refused(self, client: Any, route: Route, actor: Any) -> list[str]:
        """Ask for one page that is not for this role, in both ways."""
        every = Ground.own if not route.subject else Ground.strange
        targets = (every(self.ground, route, actor) or self.ground.strange(route, actor))[:1]
        found = []
        for kwargs in targets:
            url = address(route, kwargs)
            get, post = client.get(url).status_code, client.post(url).status_code
            if ((get, post) != (403, 403) and not {get, post} <= REFUSED) or 403 not in (get, post):
                found.append(f"{actor.role} {route.name}: {get} {post} instead of 403")
        return found

    def welcome(self, client: Any, route: Route, actor: Any) -> list[str]:
        """Ask for a page of this role, with own rows and with rows of others."""
        return [*self._strangers(client, route, actor), *self._methods(client, route, actor)]

    def _strangers(self, client: Any, route: Route, actor: Any) -> list[str]:
        found = []
        for kwargs in self.ground.strange(route, actor):
            url = address(route, kwargs)
            for way in ("get", "post"):
                status = _led(client, getattr(client, way)(url))
                wrong_way = route.name in (READ_ONLY if way == "post" else ACTS_ONLY)
                if status != 404 and not (wrong_way and status == 405):
                    found.append(f"{actor.role} {way} {route.name} of a stranger: {status}")
        return found

    def _methods(self, client: Any, route: Route, actor: Any) -> list[str]:
        targets = self.ground.own(route, actor)
        if not targets:
            return []
        url = address(route, targets[0])
        ways = [*(["post"] if route.name in READ_ONLY else []), *(["get"] if route.name in ACTS_ONLY else [])]
        answers = {way: getattr(client, way)(url).status_code for way in ways}
        return [
            f"{actor.role} {way} {route.name}: {status}" for way, status in answers.items() if status != 405
        ]


def _led(client: Any, answer: Any) -> int:
    """Give the status, after going where the answer leads."""
    return int((client.get(answer.url) if answer.status_code == 302 else answer).status_code)


def _walker(role: Role) -> Any:
    def test(self: TestTheWalk) -> None:
        found = self.walk(role)
        assert not found, "\n".join(found)

    return test


for _role in ROLES:
    setattr(TestTheWalk, f"test_{_role}_sees_what_the_oracle_says", _walker(_role))


class TestTheDoor(FurnishedCase):
    """Who is not signed in goes to the door, whatever she asks for."""

    def test_nobody_enters_without_signing_in(self) -> None:
        ground = Ground(self.first)
        nobody = seats(Role.TECHNICAL_ADMIN)[0].actor()
        found = []
        for route in CASES:
            for kwargs in (ground.strange(route, nobody) or ground.own(route, nobody))[:1]:
                url = address(route, kwargs)
                for way in ("get", "post"):
                    answer = getattr(self.client, way)(url)
                    if answer.status_code != 405 and not answer.headers.get("location", "").startswith(
                        "/inloggen/"
                    ):
                        found.append(f"{way} {route.name}: {answer.status_code}")
        assert found == []


def test_the_guard_marks_a_view() -> None:
    assert getattr(requires(P.ENTER)(ruleless), RULE) == {P.ENTER}
