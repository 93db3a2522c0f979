"""What is due: deliveries, notices, seals and expiries; idempotent, run each minute by a timer."""

import argparse

from gib.core.journal import outbox, readings
from gib.core.kernel.clock import now_on
from gib.core.vault.reads import ReadSet, counting
from gib.people.accounts import mail
from gib.people.accounts.models import business_day


def run(given: argparse.Namespace) -> None:
    """Do everything that is due and not yet done."""
    now = now_on(business_day())
    with counting(ReadSet(action="job", purpose="tick")):
        outbox.catch_up(now)
        outbox.send_due(now, mail.send)
    readings.seal(now.at)
