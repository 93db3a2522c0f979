"""The payment file of a run, made of what was kept when it was paid."""

from datetime import timedelta
from typing import Final
from uuid import UUID

from gib.core.access.actor import Actor
from gib.core.kernel.clock import Now
from gib.people.volunteers.domain.expenses import number_of
from gib.people.volunteers.domain.transfers import Account, Transfer, credit_transfer
from gib.people.volunteers.models import Payment, Payout

#: A bank reads a file of today and pays on the day after.
_LATER: Final = timedelta(days=1)


def payment_file(actor: Actor, payout: Payout, now: Now) -> bytes:
    """Write what the bank reads: names and numbers of accounts, amounts, and numbers instead of reasons."""
    rows = Payment.visible_to(actor, now.on).filter(payout_id=payout.id).order_by("id").unlocked()
    transfers = [
        Transfer(Account(row.holder, row.iban), row.cents, number_of(row.id), _text(row.id, payout))
        for row in rows
    ]
    debtor = Account(payout.debtor_name, payout.debtor_iban)
    return credit_transfer(number_of(payout.id), now.at, payout.on + _LATER, debtor, transfers)


def _text(payment_id: UUID, payout: Payout) -> str:
    return f"Onkosten vrijwilliger {payout.on:%m-%Y}, kenmerk {number_of(payment_id)}"
