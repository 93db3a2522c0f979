"""Series of visits, and visits that are moved."""

from datetime import time, timedelta
from typing import Any

from gib.care.products import actions as products
from gib.care.products.actions import NewSeries, Slot
from gib.care.products.domain.series import Change, Gap
from tests.chain.deeds.help import AHEAD, CONTACT, MATCH
from tests.chain.walk import Row, Walk, deed

SERIES = "products_visitseries"


@deed("visit", MATCH, "trial", "running")
def start_series(walk: Walk, row: Row) -> Any:
    """Let visits fall in a rhythm, from a day on which she can or cannot come."""
    every, at = walk.pick([7, 14, 28]), walk.pick([time(15), time(15), time(3)])
    new = NewSeries(from_on=walk.day(-1, 9), at=at, minutes=60, every_days=every, place="Zaal 2")
    return products.start_series(walk.by(row), row["id"], new, walk.now)


@deed("visit", SERIES, "", column="end_reason")
def change_day(walk: Walk, row: Row) -> Any:
    """Decide about one of the first days of a series, or one that is none."""
    due_on = row["from_on"] + timedelta(days=walk.pick([0, row["every_days"], 2 * row["every_days"], 1]))
    change = Change(due_on, walk.pick(list(Gap)), walk.pick([None, walk.day(1, 20)]))
    return products.change_day(walk.by(row), row["id"], change, walk.now)


@deed("visit", SERIES, "", column="end_reason")
def end_series(walk: Walk, row: Row) -> Any:
    return products.end_series(walk.by(row), row["id"], walk.now)


@deed("visit", CONTACT, *AHEAD)
def move_visit(walk: Walk, row: Row) -> Any:
    slot = Slot(on=walk.day(-1, 20), at=walk.pick([time(9), time(14)]))
    return products.move_visit(walk.by(row), row["id"], slot, walk.now)
