"""Volunteers who visit: one is sought, they meet, and the visits take place or fall through."""

from collections.abc import Generator
from datetime import date, time, timedelta
from typing import Final
from uuid import UUID

from gib.care.products import actions as products
from gib.care.products.domain.contact import Cancelled, Reason
from gib.care.products.domain.contact import State as Visit
from gib.care.products.domain.match import EndReason
from gib.core.kernel.rules import RuleBroken
from gib.people.partners.domain import Product
from gib.portal.year import parameters as known
from gib.portal.year.dice import Dice
from gib.portal.year.family import Family, Pair
from gib.portal.year.play import Tale

VISITS: Final = Product.BEZOEKMOEDERS
_RHYTHM: Final = 14
#: Visits after which they know each other, and after which a series has lasted long enough.
_TRIAL, _LONGEST = 3, 26
_WAITS: Final = 14
_SAYS_NO: Final = 0.06
_SIDES: Final = {
    "prison": (Cancelled.PRISON, (Reason.STAFF_SHORTAGE, Reason.LOCKDOWN, Reason.CELL_SEARCH)),
    "mother": (Cancelled.MOTHER, (Reason.COURT, Reason.ISOLATION, Reason.WORK, Reason.NOT_SAID)),
    "volunteer": (Cancelled.VOLUNTEER, (Reason.ILL, Reason.TRANSPORT)),
}
_MISSED: Final = ((Visit.NO_SHOW, Reason.ISOLATION), (Visit.REFUSED_AT_GATE, Reason.ID_MISSING))


def met(family: Family, product: Product, part: UUID, dice: Dice) -> Generator[date, None, Pair | None]:
    """Look for a volunteer until one says yes, and let them meet; gives nothing when her part ended."""
    while family.parts.get(product) == part:
        volunteer = None if family.is_moving else family.side.pool.ask(product, family.area, dice)
        if volunteer is None:
            yield family.in_days(_WAITS)
            continue
        pair = family.asks(product, volunteer)
        yield family.in_days(dice.randrange(2, 6))
        if not _is_still(family, product, pair):
            continue
        if dice.falls(_SAYS_NO):
            products.volunteer_answers(family.by, pair.match_id, False, family.now)
            del family.pairs[product]
            pair.pool.give_back(volunteer)
            continue
        products.volunteer_answers(family.by, pair.match_id, True, family.now)
        products.mother_answers(family.by, pair.match_id, True, family.now)
        yield family.in_days(dice.randrange(3, 9))
        if pair.pool.are_neighbours(volunteer, family.area):
            family.lets_go_of(product, EndReason.BY_COORDINATOR)
        if _is_still(family, product, pair):
            products.introduce(family.by, pair.match_id, family.now)
            family.starts(product)
            products.start_trial(family.by, pair.match_id, family.now)
            return pair
    return None


def _is_still(family: Family, product: Product, pair: Pair) -> bool:
    """Tell whether a match goes on; when the volunteer is gone it ends here."""
    if family.pairs.get(product) is not pair:
        return False
    if not pair.is_there:
        family.lets_go_of(product, EndReason.BY_VOLUNTEER)
        return False
    return True


def visits_of(family: Family) -> Tale:
    """Tell of visits every two weeks, also with a next volunteer when the first one goes."""
    dice = family.dice(VISITS)
    part = family.wants(VISITS)
    while (pair := (yield from met(family, VISITS, part, dice))) is not None:
        yield from visited(family, VISITS, pair, dice, _RHYTHM)


def visited(family: Family, product: Product, pair: Pair, dice: Dice, every: int) -> Tale:
    """Let visits of a match take place, or not, until it ends; one beyond the last day is planned."""
    held, unread = 0, None
    while True:
        yield _next(family, pair, every + dice.choice((-1, 0, 0, 1)))
        if not _is_still(family, product, pair):
            return
        if unread:
            products.read_log(family.by, unread, family.now)
        unread = _visit(family, product, pair, dice)
        held += unread is not None
        if unread and held == _TRIAL:
            products.run(family.by, pair.match_id, family.now)
        if held == _LONGEST and product is VISITS:
            yield from _says_goodbye(family, pair)
            return


def _next(family: Family, pair: Pair, days: int) -> date:
    """Give the day of the next visit; one on the last day or later stands in the diary."""
    on = family.in_days(days)
    if on < family.play.last_on:
        return on
    _plan(family, pair, on)
    return family.play.last_on + timedelta(days=1)


def _visit(family: Family, product: Product, pair: Pair, dice: Dice) -> UUID | None:
    """Let a visit take place, with an account that is still to be read, or fall through."""
    how = dice.pick(known.VISITS)
    if how == "held":
        log = family.visit_log(_minutes(product, dice), dice)
        return products.log_visit(family.by, pair.match_id, log, family.now).id
    if not family.is_moving:
        _falls_through(family, pair, how, dice)
    return None


def _says_goodbye(family: Family, pair: Pair) -> Tale:
    """Let a long series of visits end as they agreed: one more visit, and a farewell."""
    products.begin_ending(family.by, pair.match_id, family.now)
    yield family.in_days(_RHYTHM)
    if _is_still(family, VISITS, pair):
        products.complete(family.by, family.parts[VISITS], family.now)
        family.forgets(VISITS)


def _minutes(product: Product, dice: Dice) -> int:
    """Throw how long a visit takes: an hour and a half inside, about four hours at home."""
    if product is VISITS:
        return dice.randrange(60, 120, 5)
    return 15 * round(dice.near(16, 6, 3, 40))


def _plan(family: Family, pair: Pair, on: date) -> UUID | None:
    """Plan a visit; gives nothing when the volunteer may not come on that day."""
    place = "Spreekkamer 1" if family.is_inside else "Bij haar thuis"
    try:
        row = products.plan_visit(family.by, pair.match_id, on, time(14), place, family.now)
    except RuleBroken:
        return None
    return row.id


def _falls_through(family: Family, pair: Pair, how: str, dice: Dice) -> None:
    """Let a visit fall through: somebody does not come on the day itself, or calls it off before."""
    row = _plan(family, pair, family.on if how == "missed" else family.in_days(2))
    if row is None:
        return
    if how == "missed":
        outcome, reason = dice.choice(_MISSED)
        products.miss_visit(family.by, row, outcome, reason, family.now)
    else:
        side, reasons = _SIDES[how]
        products.cancel_visit(family.by, row, dice.choice(reasons), side, family.now)
