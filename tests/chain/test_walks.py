"""Walks through the whole chain take thousands of steps; what must hold, holds after each.

Seventy walks on SQLite, where is also counted that they reach nearly everything; twenty others on PostgreSQL.
"""

import os
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from secrets import randbelow
from typing import Final
from uuid import UUID

import pytest
from django.db import connection, connections, transaction

from gib.core.kernel.dates import Period
from gib.core.vault.reads import ReadSet
from gib.insight.reporting.domain import Group
from gib.insight.reporting.models import count, from_journal
from tests.chain.deeds import DEEDS
from tests.chain.reach import left_over
from tests.chain.town import build
from tests.chain.truths import Tally
from tests.chain.walk import Walk

pytestmark = pytest.mark.django_db(databases="__all__")

assert DEEDS, "the deeds are known"
#: How many reach nearly everything; more of them on demand, with chance instead of always the same dice.
USUAL: Final = 70
#: On the second database fewer, and other ones: what a walk reaches and which truths hold is decided by the
#: code, and is counted on the first. What differs there is how rows are locked, guarded and refused.
FEWER: Final = 20
HERE: Final = FEWER if connection.vendor == "postgresql" else USUAL
WALKS: Final = int(os.environ.get("GIB_CHAIN_WALKS", HERE))
#: Which throw a run begins with. The dice depend on nothing else: neither on the tests before, nor on what
#: of the code is loaded, so that a change which breaks no truth cannot turn this red.
BEGIN: Final = USUAL if connection.vendor == "postgresql" else 0
FIRST: Final = int(
    os.environ.get("GIB_CHAIN_FIRST", randbelow(10**9) if "GIB_CHAIN_WALKS" in os.environ else BEGIN)
)
STEPS: Final = 50
#: What chance leaves over is taken by the machine beside each domain.
MOST_MOVES_LEFT, MOST_EVENTS_LEFT = 180, 50


def told_otherwise(on: date) -> dict[tuple[Group, str], tuple[int, int]]:
    """Give the figures of the years of a walk of which rows and journal tell otherwise."""
    found = {}
    for year in range(on.year - 1, on.year + 1):
        days = Period(date(year, 1, 1), date(year, 12, 31))
        rows, journal = count(days, on), from_journal(days, on)
        both = {key: (rows.get(key, 0), journal.get(key, 0)) for key in rows.keys() | journal.keys()}
        found |= {key: pair for key, pair in both.items() if pair[0] != pair[1]}
    return found


def go_on(walk: Walk, _focus: UUID) -> None:
    """Let something happen to anybody."""
    walk.go()


def follow(walk: Walk, focus: UUID) -> None:
    """Let something happen to one mother, mostly with what happened last."""
    if walk.chance(4):
        walk.go(focus)
    else:
        walk.go_further()


def finish(walk: Walk, _focus: UUID) -> None:
    """Bring what happened last a step further."""
    walk.go_further()


def stumble(walk: Walk, focus: UUID) -> None:
    """Let somebody try what may not be, now and then."""
    if walk.chance(3):
        walk.stumble()
    else:
        walk.go(focus)


def wait(walk: Walk, _focus: UUID) -> None:
    """Let some days go by, now and then."""
    if walk.chance(3):
        walk.let_days_pass(walk.pick([1, 1, 2, 5, 9, 20]))
    else:
        walk.go()


WAYS: Final[tuple[Callable[[Walk, UUID], None], ...]] = (go_on, follow, finish, stumble, wait)


@contextmanager
def undone() -> Iterator[None]:
    """Leave the town as it was, also when a truth broke."""
    with ExitStack() as stack:
        for alias in connections:
            stack.enter_context(transaction.atomic(using=alias))
            stack.callback(transaction.set_rollback, True, using=alias)
        yield


def test_the_chain(seen: ReadSet) -> None:
    """Thousands of deeds, each held against every truth, reach nearly everything that can happen."""
    town, tally, tried = build(), Tally(), Counter[tuple[str, str]]()
    for number in range(FIRST, FIRST + WALKS):
        print(f"walk {number} of those from {FIRST}")
        with undone():
            walk = Walk(town, tally, tried, number)
            focus = walk.pick(town.families)
            for _step in range(STEPS):
                walk.pick(WAYS)(walk, focus)
            assert told_otherwise(walk.on) == {}
    moves, events = left_over(tally)
    print(f"{tally.steps} steps, {len(tally.refused)} kinds of refusal; left over: {moves} {events}")
    if WALKS >= USUAL:
        assert len(moves) <= MOST_MOVES_LEFT, moves
        assert len(events) <= MOST_EVENTS_LEFT, events
