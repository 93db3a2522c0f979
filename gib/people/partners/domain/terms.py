"""When a dated fact may end, and which terms somebody must stand for."""

from collections.abc import Iterable
from datetime import date

from gib.core.kernel.rules import RuleBroken, declare
from gib.people.partners.domain.codes import Mark

declare(
    {
        "change_confirmed": "Dit is al bevestigd.",
        "fact_over": "Dit is al beëindigd.",
        "ends_too_early": "De einddatum ligt niet na de begindatum.",
        "term_unknown": "Voor deze datum is geen termijn vastgelegd.",
        "term_too_early": "De nieuwe waarde moet ingaan na de vorige.",
        "name_taken": "Deze naam is er al. Kies een andere.",
        "desk_there": "Deze organisatie is er al.",
        "terms_unconfirmed": "Deze termijnen zijn nog niet bevestigd: {keys}.",
    }
)


def check_end(valid_from: date | None, valid_to: date | None, ends_on: date) -> None:
    """Let a dated fact end: `ends_on` is the first day it no longer holds.

    Raises:
        RuleBroken: 'fact_over' when it has an end that came first, 'ends_too_early' before it began.
    """
    if valid_to is not None and valid_to <= ends_on:
        raise RuleBroken("fact_over")
    if valid_from is not None and ends_on <= valid_from:
        raise RuleBroken("ends_too_early")


def check_terms(unconfirmed: Iterable[tuple[str, str]], is_production: bool) -> None:
    """Refuse to serve real people on a term that is general knowledge and that nobody stands for.

    Args:
        unconfirmed: key and mark of each term without a confirmation.
        is_production: a demonstration may run on them.

    Raises:
        RuleBroken: 'terms_unconfirmed'.

    Source: CMP-02.
    """
    keys = sorted({key for key, mark in unconfirmed if mark == Mark.KNOWLEDGE})
    if is_production and keys:
        raise RuleBroken("terms_unconfirmed", keys=", ".join(keys))
