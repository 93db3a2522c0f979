"""What is due: deliveries, notices, seals and expiries; idempotent, run each minute by a timer."""

import argparse
from datetime import timedelta

from django.core.cache import cache

from gib.care.products import actions as products
from gib.care.products.moeder_kind_bezoeken import actions as mornings
from gib.core.access.actor import house
from gib.core.journal import outbox, readings
from gib.core.journal.sessions import reading
from gib.core.kernel.clock import Now, now_on
from gib.core.sheets import models as sheets
from gib.core.vault import tombstones
from gib.people.accounts import mail
from gib.people.accounts.models import business_day
from gib.people.families import actions as families
from gib.people.volunteers.actions import interest as volunteers


def run(given: argparse.Namespace) -> None:
    """Do everything that is due and not yet done."""
    now = now_on(business_day())
    tombstones.Gate.pass_through()
    tombstones.settle(since=now.at - timedelta(days=1))
    with reading(house("tick"), "tick", "job"):
        outbox.catch_up(now)
        mornings.warn_of_late_children(house("tick"), now)
        _once_a_day(now)
        outbox.send_due(now, mail.send)
        sheets.expire(now)
    readings.seal(now.at)


def _once_a_day(now: Now) -> None:
    """Do what follows from the date alone, at the first tick of each business day that succeeds."""
    key = f"daily:{now.on}"
    if cache.get(key) is None:
        families.note_adulthood(house("tick"), now)
        volunteers.forget_due(house("tick"), now)
        products.plan_ahead(house("tick"), now)
        mornings.send_checklists(house("tick"), now)
        cache.set(key, "done", 2 * 24 * 3600)
