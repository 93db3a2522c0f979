"""Twenty times as many teams: a page asks the same, touches few blocks, and reads no large table whole."""

import psycopg
from django.core.cache import cache
from django.db import connection
from django.test import TransactionTestCase
from django.utils import translation

from gib.core.journal.models import Happening
from gib.portal.demo import world
from gib.portal.demo.days import TODAY
from gib.portal.year.copies import multiply
from gib.portal.year.tests.lives import quiet
from tests.scale.pages import BUSIEST, pages
from tests.scale.plans import Large, Watched, watched
from tests.services import postgres
from tests.world.base import as_house

#: The house is measured at the first and at the last of these sizes, and once halfway.
HALF, TIMES = 10, 20
#: Blocks of PostgreSQL that a page may touch, and how much more at twice the size.
BLOCKS, GROWTH, OTHER_PLAN = 200, 1.3, 100


def seen() -> dict[str, Watched]:
    """Open each page twice, and watch the second time: the first fills what a process remembers."""
    found = {}
    for page in pages():
        page.open()
        with watched() as looked:
            page.open()
        found[page.name] = looked
    return found


def over(blocks: dict[str, int]) -> dict[str, int]:
    """Give the pages that touch more blocks than they may."""
    return {name: number for name, number in blocks.items() if number > BLOCKS}


def growing(before: dict[str, int], after: dict[str, int]) -> dict[str, tuple[int, int]]:
    """Give the pages that touch more blocks in a larger house; another way to the same rows is no growth."""
    return {
        name: (before[name], number)
        for name, number in after.items()
        if number > max(before[name] * GROWTH, before[name] + OTHER_PLAN)
    }


def know_sizes() -> None:
    """Let the engine know its tables, as autovacuum does in the night; the application may not.

    The tables are written anew first: what other tests took back still fills the pages of an engine, so the
    rows of one team lie farther apart.
    """
    if connection.vendor == "postgresql":
        facts = connection.settings_dict
        address = {"host": facts["HOST"], "port": facts["PORT"], "dbname": facts["NAME"]}
        with psycopg.connect(**address, user=postgres.OWNER, autocommit=True) as owner:
            owner.execute("VACUUM FULL")
            owner.execute("VACUUM ANALYZE")
    with as_house():
        Large.count()


def unscoped_page() -> Watched:
    """Ask what no page may ask: by a column without an index."""
    with as_house(), watched() as looked:
        list(Happening.for_house("test", TODAY).filter(position__gt=1_000_000))
    return looked


class TestScale(TransactionTestCase):
    """One world, before and after it was copied; committed, since an engine knows no sizes otherwise."""

    databases = "__all__"

    def test_a_larger_house_costs_no_more(self) -> None:
        cache.clear()
        self.whole: dict[int, int] = {}
        with translation.override("nl"):
            world.build()
            know_sizes()
            before = seen()
            halfway, after = self._grown(HALF), self._grown(TIMES)
        self._asks_the_same(before, after)
        self._reads_nothing_whole(after)
        if connection.vendor == "postgresql":
            self._touches_few_blocks(halfway, after)

    def _grown(self, times: int) -> dict[str, Watched]:
        multiply(times, quiet)
        know_sizes()
        self.whole[times] = unscoped_page().blocks
        return seen()

    def _asks_the_same(self, before: dict[str, Watched], after: dict[str, Watched]) -> None:
        assert set(after) == set(BUSIEST)
        assert all(looked.statements for looked in after.values())
        grown = {
            name: (len(before[name].statements), len(looked.statements))
            for name, looked in after.items()
            if len(looked.statements) != len(before[name].statements)
        }
        assert grown == {}

    def _reads_nothing_whole(self, after: dict[str, Watched]) -> None:
        assert {"families_participant", "journal_happening", "families_involvement"} <= Large.tables
        told = [f"{name}: {scan[:1500]}" for name, looked in after.items() for scan in looked.scans]
        assert told == [], "\n".join(told)
        if connection.vendor == "sqlite":
            assert [scan.split()[0] for scan in unscoped_page().scans] == ["journal_happening"]

    def _touches_few_blocks(self, halfway: dict[str, Watched], after: dict[str, Watched]) -> None:
        blocks = {name: looked.blocks for name, looked in after.items()}
        assert all(blocks.values())
        assert over(blocks) == {}
        assert growing({name: looked.blocks for name, looked in halfway.items()}, blocks) == {}
        # What reads a whole table is found, at the size that the pages were measured at.
        small, large = ({"whole": self.whole[times]} for times in (HALF, TIMES))
        assert growing(small, large) == {"whole": (self.whole[HALF], self.whole[TIMES])}
        assert over({"referral:list": BLOCKS + 1}) == {"referral:list": BLOCKS + 1}
