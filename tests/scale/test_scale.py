"""Twenty times as many teams: a page asks the same, touches few blocks, and reads no large table whole."""

from django.core.cache import cache
from django.db import connection
from django.test import TransactionTestCase

from gib.core.journal.models import Happening
from gib.portal.demo import world
from gib.portal.demo.days import TODAY
from gib.portal.year.copies import multiply
from gib.portal.year.tests.lives import quiet
from tests.scale import crowded
from tests.scale.pages import BUSIEST, pages
from tests.scale.plans import Large, Watched, watched
from tests.world.base import as_house

#: The house is measured at the first and at the last of these sizes, and once halfway.
HALF, TIMES = 10, 20
#: Blocks of PostgreSQL that a page may touch, and how much more at twice the size.
BLOCKS, GROWTH, OTHER_PLAN = 200, 1.3, 100
#: How many lives the people of one team live together, to be as many as in a team of the year 2010.
LIVES = 4
#: The start page of such a team: it has each exception of the small world as many times, which no team of the
#: year has, and touches more than the limit: 281. That of a team of the year touches 197 at 700 times.
START, START_BLOCKS = "portal:today", 300


def seen(*names: str) -> dict[str, Watched]:
    """Open each page twice, and watch the second time: the first fills what a process remembers.

    Args:
        names: of the pages; without any, all ten.
    """
    found = {}
    for page in (each for each in pages() if each.name in (names or BUSIEST)):
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
        with crowded.owning() as owner:
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
        world.build()
        know_sizes()
        before = seen()
        halfway, after = self._grown(HALF), self._grown(TIMES)
        self._asks_the_same(before, after)
        self._reads_nothing_whole(after)
        if connection.vendor == "postgresql":
            self._touches_few_blocks(halfway, after)
            self._holds_for_a_team_of_the_year()

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

    def _holds_for_a_team_of_the_year(self) -> None:
        people = crowded.gather(LIVES)
        assert {model: number for model, number in people.items() if number < crowded.LEAST[model]} == {}
        blocks = {name: looked.blocks for name, looked in seen().items()}
        assert set(blocks) == set(BUSIEST)
        assert blocks.pop(START) <= START_BLOCKS
        assert over(blocks) == {}
        # Without an index that it rests on, the same page is found to touch more than it may.
        with crowded.without("participant_names_by_team"):
            assert seen(START)[START].blocks > START_BLOCKS
