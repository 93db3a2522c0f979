"""When a dated fact may end, and which terms somebody must stand for."""

from collections.abc import Iterable
from datetime import date

from gib.core.kernel.dates import Period
from gib.core.kernel.rules import RuleBroken, declare
from gib.people.partners.domain.codes import Mark

declare(
    {
        "change_confirmed": "Dit is al bevestigd.",
        "fact_over": "Dit is al beëindigd.",
        "ends_too_early": "De einddatum ligt niet na de begindatum.",
        "term_unknown": "Voor deze datum is geen termijn vastgelegd.",
        "term_too_early": "De nieuwe waarde moet ingaan na de vorige.",
        "tariff_too_early": "De nieuwe bedragen moeten ingaan na de vorige.",
        "rate_needs_note": (
            "Dit is meer dan het onbelaste bedrag van {fiscal} cent. Schrijf waarom wij meer betalen."
        ),
        "month_over_year": "Een maand kan niet meer zijn dan een jaar.",
        "name_taken": "Deze naam is er al. Kies een andere.",
        "desk_there": "Deze organisatie is er al.",
        "closure_over": "Deze dagen zijn al voorbij.",
        "closure_overlaps": "In deze dagen staat al dat de inrichting dicht is.",
        "prison_closed": "De inrichting is die dag dicht. Kies een andere dag.",
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


def check_closure(days: Period, known: Iterable[Period], on: date) -> None:
    """Allow that a prison is closed on some days, of which the last is still to come, once.

    Raises:
        RuleBroken: 'closure_over', 'closure_overlaps'.
    """
    if days.to_on is not None and days.to_on < on:
        raise RuleBroken("closure_over")
    if any(days.overlaps(each) for each in known):
        raise RuleBroken("closure_overlaps")


def check_open(closed: Iterable[Period], on: date) -> None:
    """Allow something inside a prison on a day on which visitors may come in.

    Raises:
        RuleBroken: 'prison_closed'.
    """
    if any(on in each for each in closed):
        raise RuleBroken("prison_closed")


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


def check_tariff_from(last_from: date | None, valid_from: date) -> None:
    """Let new amounts begin only after those before them.

    Raises:
        RuleBroken: 'tariff_too_early'.
    """
    if last_from is not None and valid_from <= last_from:
        raise RuleBroken("tariff_too_early")


def check_own_rate(cents: int, fiscal_cents: int, note: str) -> None:
    """Ask for a reason to pay more a kilometre than employees get untaxed: allowed, but not by accident.

    Raises:
        RuleBroken: 'rate_needs_note' with the fiscal rate in cents.

    Source: DEC-05.
    """
    if cents > fiscal_cents and not note:
        raise RuleBroken("rate_needs_note", fiscal=fiscal_cents)


def check_allowance(month_cents: int, year_cents: int) -> None:
    """Refuse a month that holds more than its year.

    Raises:
        RuleBroken: 'month_over_year'.
    """
    if month_cents > year_cents:
        raise RuleBroken("month_over_year")
