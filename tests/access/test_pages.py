"""Every page of every role: sound as a page, and showing only what is logged and permitted."""

from collections import Counter
from typing import Any, ClassVar

import pytest
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.test import override_settings
from django.urls import include, path

from gib.core.access.guard import requires
from gib.core.access.tables import P, Role
from gib.core.vault import crypto
from gib.core.vault.boxes import key
from gib.people.families.models import Participant
from tests.access import pages
from tests.access.crawl import Ground, Route, address, routes
from tests.access.oracle import ACTS_ONLY, ALLOWED, PUBLIC, SHEETS
from tests.access.tokens import Judge, newest, plant
from tests.world.base import ROLES, WorldCase, as_house, enter, seats
from tests.world.more import FurnishedCase, give_keys

CASES = [route for route in routes() if route.name not in PUBLIC | ACTS_ONLY]
#: Pages that show something only when there is something particular to show.
SELDOM = {"accounts:letter", "mfa_deactivate_totp", "mfa_remove_webauthn"}


def bypass(request: HttpRequest) -> HttpResponse:
    """Show the name of a mother past the descriptor and past the scope: the planted fault."""
    with as_house():
        row = Participant.for_house("test", request.now.on).first()
        sealed = row.__dict__["first_name"]
        field = Participant._meta.get_field("first_name")
        name = crypto.unseal(key(row.box_id), sealed, field._place(row)).decode()
    return HttpResponse(f"<h1>{name}</h1>")


urlpatterns = [path("langs/", requires(P.ENTER)(bypass), name="bypass"), path("", include("config.urls"))]
handler403, handler404 = "gib.portal.errors.forbidden", "gib.portal.errors.missing"
handler500 = "gib.portal.errors.broken"


class TestEveryPage(FurnishedCase):
    """All pages that a role may see, with rows in every state."""

    ground: ClassVar[Ground]
    judge: ClassVar[Judge]
    seen: ClassVar[Counter[str]] = Counter()

    @classmethod
    def setUpTestData(cls) -> None:
        """Write a word of its own in every sealed text."""
        super().setUpTestData()
        give_keys(seats(Role.PROJECT_LEADER)[0].user)
        cls.ground = Ground(cls.first)
        cls.judge = Judge(plant())

    def visit(self, client: Any, actor: Any, url: str) -> tuple[int, list[str]]:
        """Open one address, and name what is wrong with the answer."""
        before = newest()
        answer = client.get(url)
        found = list(self.judge.faults(answer, actor, before, url))
        if answer.status_code == 200 and answer.headers["content-type"].startswith("text/html"):
            found += [f"{url}: {fault}" for fault in pages.faults(answer.content.decode())]
        return answer.status_code, found

    def walk(self, role: Role) -> list[str]:
        """Open everything as one role."""
        found, seat = [], seats(role)[0]
        client, actor = enter(seat), seat.actor()
        for route in CASES:
            if role in ALLOWED.get(route.name, ()):
                found += self._open(client, actor, route)
        return sorted(set(found))

    def _open(self, client: Any, actor: Any, route: Route) -> list[str]:
        found = []
        for kwargs in self.ground.own(route, actor):
            status, faults = self.visit(client, actor, address(route, kwargs))
            found += [f"{route.name} {fault}" for fault in faults]
            closed = kwargs.get("key") in SHEETS and actor.role not in SHEETS[kwargs["key"]]
            if status not in ((403,) if closed else (200, 302, 404)):
                found.append(f"{actor.role} {route.name}: {status}")
            if status in (200, 302):
                self.shown.add(route.name)
        return found

    def check(self, role: Role) -> None:
        """Open everything as one role; each page must have shown something."""
        self.shown: set[str] = set()
        found = self.walk(role)
        mine = {route.name for route in CASES if role in ALLOWED.get(route.name, ())}
        found += [f"{role} never saw {name}" for name in sorted(mine - self.shown - SELDOM)]
        assert not found, "\n".join(found)


def _checker(role: Role) -> Any:
    def test(self: TestEveryPage) -> None:
        self.check(role)

    return test


for _role in ROLES:
    setattr(TestEveryPage, f"test_pages_of_{_role}", _checker(_role))


class TestTheJudge(WorldCase):
    """The negative controls of the walk."""

    def test_a_view_past_the_descriptor_is_noticed(self) -> None:
        judge = Judge(plant())
        seat = seats(Role.MUNICIPALITY)[0]
        with override_settings(ROOT_URLCONF=__name__):
            before = newest()
            answer = enter(seat).get("/langs/")
        found = list(judge.faults(answer, seat.actor(), before, "/langs/"))
        assert [fault.partition(": ")[2] for fault in found] == [
            "Participant.first_name is shown and not logged",
            "Participant.first_name is shown and no rule permits it",
        ]

    def test_a_word_in_an_address_is_noticed(self) -> None:
        places = plant()
        answer = HttpResponse("<title>iets</title>")
        found = list(Judge(places).faults(answer, self.people.volunteer, 0, f"/{next(iter(places))}/"))
        assert len(found) == 1


BAD = "<!doctype html><html lang='nl'><head><title>x</title></head><body><h1>a</h1>{}</body></html>"


@pytest.mark.parametrize(
    ("planted", "fault"),
    [
        ("<p></div>", "does not parse"),
        ("<h1>b</h1>", "2 headings"),
        ("<i id='a'></i><i id='a'></i>", "occurs 2 times"),
        ("<input name='x'>", "no label"),
        ("<a href='/'></a>", "no words"),
        ("<p style='color:red'></p>", "an inline style"),
        ("<script>x()</script>", "an inline script"),
        ("<p onclick='x()'></p>", "an inline handler"),
        ("<p>!!undefined x!!</p>", "an undefined word"),
        ("<p>{{ x }}</p>", "a tag of a template"),
        ("<label for='x'>a</label>", "points at x"),
        ("<p aria-describedby='a1 x'></p>", "points at x"),
        ("<p aria-labelledby='x'></p>", "points at x"),
        ("<p aria-controls='x'></p>", "points at x"),
        ("<style>p { color: red }</style>", "an inline style sheet"),
        ('<a href="/x"y">z</a>', "does not parse"),
        ("<p>None</p>", "the word None"),
    ],
)
def test_a_planted_fault_of_a_page_is_noticed(planted: str, fault: str) -> None:
    assert any(fault in found for found in pages.faults(BAD.format(planted)))


def test_pages_of_one_shape_are_looked_at_once_and_others_each() -> None:
    form = '<form action="/{0}/"><input type="hidden" name="csrf" value="{0}"><p>{0}</p></form>'
    pages._of_shape.cache_clear()
    for secret in ("Zon7", "Maan8", "3f2b8c1e-0000-4000-8000-00000000000a"):
        assert pages.faults(BAD.format(form.format(secret))) == ()
    assert pages._of_shape.cache_info().misses == 1
    assert pages.faults(BAD.format(form.format("Ster") + "<p id='a'></p><p id='a'></p>")) != ()
    assert any("does not parse" in found for found in pages.faults(BAD.format(form.format('a"b'))))
    assert pages.faults(BAD.format(form.format("<c-x")))[-1] == "a tag of a template: <c-"


def test_a_sound_page_has_no_faults() -> None:
    assert pages.faults(BAD.format("<p>goed</p>")) == ()
    assert render_to_string("ui/500.html") != ""
