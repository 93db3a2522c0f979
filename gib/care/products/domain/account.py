"""Accounts of one visit that was told about more than once: each is kept, none replaces another."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Final

from gib.core.kernel.rules import RuleBroken, declare

#: How many may stand beside the first; more is somebody who corrects, and that belongs in a talk.
MOST: Final = 5

declare({"accounts_full": "Over dit bezoek staan al zes verslagen. Bel je coördinator als iets niet klopt."})


@dataclass(frozen=True, kw_only=True)
class Account:
    """What was told: the day, minutes (5 to 720), mood 1 to 5, the subjects and somebody's own words."""

    held_on: date
    minutes: int
    mood: int | None
    themes: str
    note: str
    next_question: str


def accounts(kept: list[dict[str, Any]] | None) -> list[Account]:
    """Read the accounts that stand beside the first, oldest first."""
    return [Account(**facts | {"held_on": date.fromisoformat(facts["held_on"])}) for facts in kept or []]


def with_account(kept: list[dict[str, Any]] | None, account: Account) -> list[dict[str, Any]]:
    """Put one more account beside the first.

    Raises:
        RuleBroken: 'accounts_full'.
    """
    found = kept or []
    if len(found) >= MOST:
        raise RuleBroken("accounts_full")
    return [*found, asdict(account) | {"held_on": account.held_on.isoformat()}]
