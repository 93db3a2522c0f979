"""How much each page asks of the stores: at most fifteen, and a list no more for more rows."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any, ClassVar
from unittest.mock import patch

from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gib.care.handover import builders as needs
from gib.care.referral import builders as referrals
from gib.core.access import together
from gib.core.access.actor import Actor
from gib.core.access.tables import Role
from gib.core.journal.sessions import reading
from gib.people.accounts import builders as accounts
from gib.people.accounts import sessions
from gib.people.accounts.domain import Letter
from gib.people.accounts.lending import LOCKED
from gib.people.families import builders as mothers
from gib.people.families import middleware
from gib.people.families.models import Emergency
from gib.people.volunteers import builders as volunteers
from gib.portal.demo.people import TODAY, days_ago
from gib.portal.views import start
from tests.access.crawl import NOWHERE, Ground, address, routes
from tests.access.oracle import ACTS_ONLY, ALLOWED, PUBLIC
from tests.world.base import ROLES, as_house, enter, seats
from tests.world.more import FurnishedCase, give_keys

MOST = 15
#: Pages without a rule of their own that somebody who is signed in opens too.
OPEN = {name for name in PUBLIC if name.startswith(("ui:", "mfa_", "accounts:"))}
ROUTES = [
    route
    for route in routes()
    if route.name not in ACTS_ONLY and (route.name in ALLOWED or (route.name in OPEN and not route.places))
]
#: Pages about no row in particular: every start page, every list, and the forms that begin something.
LISTS = [route for route in ROUTES if not route.places and route.name in ALLOWED]
#: Lists that every house of care has; the walk must have measured them.
KNOWN = {
    *start.START.values(),
    *("families:mothers", "referral:list", "referral:mine", "volunteers:volunteers", "products:meetings"),
    *("products:to_read", "aftercare:coverage", "aftercare:inbox", "aftercare:conferences"),
    *("aftercare:agreements", "accounts:accounts", "accounts:people", "portal:readings", "imports:list"),
    *("imports:exports", "portal:erasures", "portal:organisation", "portal:emergency_queue"),
} - {"portal:emergency_running"}
#: Answers that show a page; that of a lent screen is one.
SHOWN = (200, LOCKED)
#: Statements of the engine itself, not questions.
_OWN = ("SAVEPOINT", "set_config")


Measured = dict[tuple[str, str, str], list[str]]


def asked(client: Client, url: str) -> list[str] | None:
    """Give the statements of one page on all stores; nothing when it shows no page."""
    with ExitStack() as stack:
        counts = [stack.enter_context(CaptureQueriesContext(store)) for store in connections.all()]
        status = client.get(url).status_code
        found = [query["sql"] for count in counts for query in count.captured_queries]
    return [sql for sql in found if not any(word in sql for word in _OWN)] if status in SHOWN else None


def readers() -> Iterator[tuple[Client, Actor]]:
    """Sign in one of every role, just after her second factor, and one in an emergency."""
    for role in ROLES:
        client, actor = enter(seats(role)[0]), seats(role)[0].actor()
        accounts.step_up(client)
        client.get("/")
        yield client, actor
    with as_house():
        look = Emergency.for_house("test", TODAY).order_by("began_at")[0]
    seat = next(seat for seat in seats(Role.COORDINATOR) if seat.user_id == look.user_id)
    client, session = (hurried := enter(seat)), hurried.session
    middleware.begin(session, look.id)
    session.save()
    yield client, Actor(look.user_id, Role.EMERGENCY, emergency_id=look.id)


def measured(ground: Ground | None = None) -> Measured:
    """Measure pages for every role: role, name and address -> statements.

    Args:
        ground: which rows of whom to visit; without it, only the pages about no row in particular.
    """
    found: Measured = {}
    for client, actor in readers():
        for route in ROUTES if ground else LISTS:
            if actor.role in ALLOWED.get(route.name, Role):
                for kwargs in ground.own(route, actor) if ground else [{}]:
                    url = address(route, kwargs)
                    statements = asked(client, url)
                    found |= (
                        {(str(actor.role), route.name, url): statements} if statements is not None else {}
                    )
    return found


def excess(pages: Measured) -> list[str]:
    """Name the pages that ask too much, each with what it asks of which table how often."""
    return [
        f"{len(statements)} {role} {name} {url}\n"
        + "\n".join(f"    {sql[:160]}" for sql in sorted(statements))
        for (role, name, url), statements in pages.items()
        if len(statements) > MOST
    ]


class TestQueries(FurnishedCase):
    """All roles, over the world with a row in every table."""

    numbers: ClassVar[range] = range(100, 130)

    @classmethod
    def setUpTestData(cls) -> None:
        """Give the project leader keys that she may take away."""
        super().setUpTestData()
        give_keys(seats(Role.PROJECT_LEADER)[0].user)

    def more(self) -> None:
        """Add thirty mothers with a worry and a referral, and thirty volunteers, to the first team."""
        by, now = seats(Role.COORDINATOR)[0].actor(), days_ago(3)
        with reading(by, "test"):
            for number in self.numbers:
                case = mothers.a_dossier(by, now, number)
                needs.raised(by, case.id, now)
                volunteers.interested(by, now, f"Proef{number}")
        desk = seats(Role.REFERRER)[0].actor()
        with reading(desk, "test"):
            for number in self.numbers:
                referrals.referred(desk, now, first_name=f"Proef{number}")

    def test_no_page_of_any_role_asks_more_than_fifteen(self) -> None:
        found = measured(Ground(self.first))
        assert not excess(found), "\n".join(excess(found))
        shown: dict[str, set[str]] = defaultdict(set)
        for role, name, _url in found:
            shown[name].add(role)
        assert shown["portal:dossier_tab"] == {Role.COORDINATOR, Role.DEPUTY, Role.EMERGENCY}
        unseen = {route.name for route in ROUTES if route.name in ALLOWED} - set(shown)
        # The start sends on, as the card does with one visit today; the letter is shown to who just wrote
        # it, and the way back on a screen that is lent: both below.
        assert unseen == {"portal:start", "products:been", "accounts:letter", "accounts:take_back"}

    def test_a_letter_asks_no_more_than_fifteen(self) -> None:
        client = enter(seats(Role.COORDINATOR)[0])
        session, letter = client.session, Letter(NOWHERE, "proef", "letters", "cijfers")
        sessions.keep_letter(session, letter, "/toegang/")
        session.save()
        statements = asked(client, reverse("accounts:letter", args=[NOWHERE]))
        assert statements is not None and len(statements) <= MOST

    def test_a_lent_screen_asks_no_more_than_fifteen(self) -> None:
        client = enter(seats(Role.COORDINATOR)[0])
        accounts.lend(client, reverse("trajectory:network", args=[NOWHERE]))
        statements = asked(client, reverse("accounts:take_back"))
        assert statements is not None and len(statements) <= MOST

    def test_no_list_asks_more_for_more_rows(self) -> None:
        measured()
        before = measured()
        assert {name for _, name, _url in before} >= KNOWN
        self.more()
        after = measured()
        grown = {page: after[page] for page in before if len(after[page]) != len(before[page])}
        told = [f"{len(before[page])} -> {len(grown[page])} {page}" for page in grown]
        assert not grown, "\n".join(told)

    def test_parts_that_each_ask_for_themselves_are_noticed(self) -> None:
        def one_by_one(parts: Any, **_more: Any) -> list[Any]:
            return [found for part in parts for found in together.gather([part])]

        with patch.object(start, "gather", one_by_one):
            client = enter(seats(Role.COORDINATOR)[0])
            statements = asked(client, "/vandaag/")
        assert statements is not None
        (told,) = excess({("coordinator", "portal:today", "/vandaag/"): statements})
        assert "families_participant" in told
