"""How much each start page and each list asks of the stores: at most fifteen, and no more for more rows."""

from contextlib import ExitStack
from typing import Any, ClassVar
from unittest.mock import patch

from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gib.care.handover import builders as needs
from gib.care.referral import builders as referrals
from gib.core.access import together
from gib.core.access.tables import Role
from gib.core.journal.sessions import reading
from gib.people.families import builders as mothers
from gib.people.volunteers import builders as volunteers
from gib.portal.demo.people import days_ago
from gib.portal.views import start
from tests.access.crawl import address, routes
from tests.access.oracle import ACTS_ONLY, ALLOWED, PUBLIC
from tests.world.base import ROLES, WorldCase, enter, seats
from tests.world.more import furnish

MOST = 15
#: Pages about no row in particular: every start page, every list, and the forms that begin something.
PAGES = [route for route in routes() if not route.places and route.name not in PUBLIC | ACTS_ONLY]
#: Lists that every house of care has; the walk must have measured them.
KNOWN = {
    *start.START.values(),
    *("families:mothers", "referral:list", "referral:mine", "volunteers:volunteers", "products:meetings"),
    *("products:to_read", "aftercare:coverage", "aftercare:inbox", "aftercare:conferences"),
    *("aftercare:agreements", "accounts:accounts", "accounts:people", "portal:readings", "imports:list"),
    *("imports:exports", "portal:erasures", "portal:organisation", "portal:emergency_queue"),
} - {"portal:emergency_running"}
#: Statements of the engine itself, not questions.
_OWN = ("SAVEPOINT", "set_config")


def asked(client: Client, url: str) -> list[str] | None:
    """Give the statements of one page on all stores; nothing when it shows no page."""
    client.get(url)
    with ExitStack() as stack:
        counts = [stack.enter_context(CaptureQueriesContext(store)) for store in connections.all()]
        status = client.get(url).status_code
        found = [query["sql"] for count in counts for query in count.captured_queries]
    return [sql for sql in found if not any(word in sql for word in _OWN)] if status == 200 else None


def measured() -> dict[tuple[str, str], list[str]]:
    """Measure every page for every role: role and name of the page -> its statements."""
    found = {}
    for role in ROLES:
        client = enter(seats(role)[0])
        for route in PAGES:
            if role in ALLOWED.get(route.name, ()):
                statements = asked(client, address(route, {}))
                found |= {(str(role), route.name): statements} if statements is not None else {}
    return found


def excess(pages: dict[tuple[str, str], list[str]]) -> list[str]:
    """Name the pages that ask too much, each with what it asks of which table how often."""
    return [
        f"{len(statements)} {role} {name}\n" + "\n".join(f"    {sql[:160]}" for sql in sorted(statements))
        for (role, name), statements in pages.items()
        if len(statements) > MOST
    ]


class TestQueries(WorldCase):
    """All roles, over the world with a row in every table."""

    numbers: ClassVar[range] = range(100, 130)

    @classmethod
    def setUpTestData(cls) -> None:
        """Build the world with a row in every table."""
        super().setUpTestData()
        furnish(cls.people)

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

    def test_no_page_asks_more_than_fifteen_nor_more_for_more_rows(self) -> None:
        before = measured()
        assert not excess(before), "\n".join(excess(before))
        assert {name for _, name in before} >= KNOWN
        self.more()
        after = measured()
        grown = {page: after[page] for page in before if len(after[page]) != len(before[page])}
        told = [f"{len(before[page])} -> {len(grown[page])} {page}" for page in grown]
        assert not grown, "\n".join(told)

    def test_parts_that_each_ask_for_themselves_are_noticed(self) -> None:
        def one_by_one(parts: Any) -> list[Any]:
            return [found for part in parts for found in together.gather([part])]

        with patch.object(start, "gather", one_by_one):
            client = enter(seats(Role.COORDINATOR)[0])
            statements = asked(client, "/vandaag/")
        assert statements is not None
        (told,) = excess({("coordinator", "portal:today"): statements})
        assert "families_participant" in told
