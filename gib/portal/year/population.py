"""Who enters prison, which mothers come to us, and what will happen to each: numbers and days, no names."""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from gib.care.referral.domain import Channel
from gib.core.kernel.dates import add_months
from gib.people.families.domain.codes import CustodyKind, Relation, ResidenceKind, ReturnKind
from gib.people.partners.domain import Product, Regime
from gib.portal.year import parameters as known
from gib.portal.year.dice import Dice

#: Days between two talks of the coordinator with a mother.
TALK_EVERY: Final = 84
#: In these weeks the coordinators speak with every mother who was there before the year began.
CAUGHT_UP_BY: Final = date(known.YEAR, 2, 28)
_SHORTEST: Final = 6
_DAYS: Final = 365
_NOWHERE: Final = ""


@dataclass(frozen=True)
class Entrant:
    """A woman who enters prison: the day, how many days she stays, and her children under 18."""

    number: int
    entered_on: date
    stay: int
    children: int
    is_resident: bool


@dataclass(frozen=True)
class Kid:
    """A child: age in days when we hear of it, where it stays, who decides and what stands in the way."""

    age_days: int
    stays: tuple[ResidenceKind, Relation]
    custody: CustodyKind
    order: str
    agrees: str


@dataclass(frozen=True)
class Life:
    """What happens to one mother with us, as far as chance decides it beforehand."""

    number: int
    prison: str
    regime: Regime
    entered_on: date
    released_on: date
    referred_on: date
    talk_on: date
    channel: Channel
    born_on: date
    language: str
    kids: tuple[Kid, ...]
    return_kind: ReturnKind
    #: Where she is expected to go, and where she goes in the end; nothing when that is no municipality.
    expected_code: str | None
    return_code: str | None
    wants: frozenset[Product]
    home_months: int
    #: Days before the release on which its day is known to us; 0 when nobody foretold it.
    notice: int
    transfer_on: date | None = None
    transfer_to: str = ""

    @property
    def may_go_home_with_us(self) -> bool:
        """Tell whether help at home can be asked for: she wants it and goes to a municipality."""
        return Product.MOEDERMAATJES in self.wants and None not in (self.return_code, self.expected_code)


def entrants(seed: int) -> Iterator[Entrant]:
    """Give every woman who enters prison from the first day on until the last, in the order of their days."""
    days = (known.LAST_ON - known.FIRST_ON).days + 1
    number = round(known.ENTRANTS * days / _DAYS)
    for place in range(number):
        dice = Dice(seed, "entrant", place)
        stay = math.ceil(dice.lognormvariate(known.STAY_MU, known.STAY_SIGMA))
        yield Entrant(
            number=place,
            entered_on=known.FIRST_ON + timedelta(days=place * days // number),
            stay=min(max(stay, 1), known.LONGEST_STAY),
            children=_children(dice) if dice.falls(known.HAS_CHILDREN) else 0,
            is_resident=dice.falls(known.RESIDENT),
        )


def _children(dice: Dice) -> int:
    """Throw a number of children, 1 or more: a Poisson distribution without its zero."""
    level, chance = dice.uniform(math.exp(-known.CHILDREN_RATE), 1.0), math.exp(-known.CHILDREN_RATE)
    number, below = 0, chance
    while below < level:
        number += 1
        chance *= known.CHILDREN_RATE / number
        below += chance
    return max(number, 1)


def joins(stay: int) -> float:
    """Give the chance that a mother who stays so many days comes to us."""
    return next(chance for days, chance in known.JOINS if stay < days)


def lives(seed: int, mothers: int = known.MOTHERS) -> list[Life]:
    """Give the mothers who take part in the year, thinned to the number that the programme gives.

    Args:
        mothers: fewer for a test; the children come out exactly for the whole number alone.
    """
    found = [life for each in entrants(seed) if (life := _life(seed, each)) and is_active(life)]
    chosen = Dice(seed, "thin").sample(found, mothers)
    numbers = sorted((each for each in known.CHILDREN for _ in range(known.CHILDREN[each])), reverse=True)
    Dice(seed, "children").shuffle(numbers)
    return [
        replace(life, number=place, kids=_kids(Dice(seed, "kids", place), number, life.talk_on))
        for place, (life, number) in enumerate(
            zip(sorted(chosen, key=lambda life: life.referred_on), numbers, strict=False)
        )
    ]


def unheard(seed: int, taken: Iterable[Life]) -> list[Life]:
    """Give the mothers who are referred in the year without a first talk: declined, or free too soon."""
    referred = sum(life.referred_on.year == known.YEAR for life in taken)
    found = []
    for place in range(round(referred * (1 - known.CONVERTED) / known.CONVERTED)):
        dice = Dice(seed, "unheard", place)
        stay = dice.days(12, 60) + 2
        entered_on = date(known.YEAR, 1, 1) + timedelta(days=dice.randrange(_DAYS - stay % 90))
        each = Entrant(place, entered_on, stay, 1, is_resident=True)
        found.append(replace(_with_days(dice, each, 1), number=place))
    return found


def is_active(life: Life) -> bool:
    """Tell whether something is done with her in the year: a first talk, or one of those who came before."""
    if life.talk_on.year == known.YEAR:
        return True
    return life.talk_on < date(known.YEAR, 1, 1) and max(life.released_on, _helped_until(life)) > CAUGHT_UP_BY


def _helped_until(life: Life) -> date:
    """Give until when it is certain that she is helped: at home only where each mother is paid for."""
    agreed = known.AGREEMENTS.get(life.return_code or "")
    if life.may_go_home_with_us and life.released_on >= known.HOME_FROM and agreed and agreed[1] is None:
        return add_months(life.released_on, life.home_months)
    return life.released_on


def _life(seed: int, each: Entrant) -> Life | None:
    """Give the life of an entrant who comes to us, or nothing."""
    dice = Dice(seed, "life", each.number)
    if not (each.children and each.is_resident and dice.falls(joins(each.stay))):
        return None
    if each.stay < _SHORTEST:
        return None
    return _with_days(dice, each, min(dice.days(*known.INTAKE_DAYS), each.stay // 2))


def _with_days(dice: Dice, each: Entrant, lag: int) -> Life:
    released_on = each.entered_on + timedelta(days=each.stay)
    referred = each.entered_on + timedelta(days=min(dice.days(9, 40), max(1, each.stay - lag - 4)))
    prison = _prison(dice, each.entered_on)
    kind, code = _return(dice)
    wants = frozenset(product for product, chance in known.WANTS.items() if dice.falls(chance))
    age = dice.near(33, 8, 18.1, 55)
    life = Life(
        number=each.number,
        prison=prison,
        regime=dice.pick(known.REGIMES),
        entered_on=each.entered_on,
        released_on=released_on,
        referred_on=referred,
        talk_on=referred + timedelta(days=lag),
        channel=dice.pick(known.CHANNELS),
        born_on=each.entered_on - timedelta(days=round(age * 365.25)),
        language=dice.pick(known.LANGUAGES),
        kids=(),
        return_kind=kind,
        expected_code=_return(dice)[1] if code and dice.falls(known.MOVES_ELSEWHERE) else code,
        return_code=code,
        wants=wants or frozenset({Product.MOEDER_DE_GANS}),
        home_months=round(dice.near(*known.HOME_MONTHS)),
        notice=0 if dice.falls(known.UNPLANNED) else dice.randrange(14, 90),
    )
    return _transferred(dice, life) if dice.falls(known.TRANSFERRED) else life


def _transferred(dice: Dice, life: Life) -> Life:
    """Let her be moved once, to an open prison of her half of the year, well after the first talk."""
    stay = (life.released_on - life.talk_on).days
    if stay < _DAYS // 6:
        return life
    on = life.talk_on + timedelta(days=dice.randrange(stay // 4, stay // 2))
    near = next(half for half in known.HALVES if life.prison in half)
    open_then = [code for code in near if code != life.prison and on >= known.OPENED.get(code, on)]
    return replace(life, transfer_on=on, transfer_to=dice.choice(open_then))


def _prison(dice: Dice, on: date) -> str:
    return dice.pick({code: part for code, part in known.PRISONS.items() if on >= known.OPENED.get(code, on)})


def _return(dice: Dice) -> tuple[ReturnKind, str | None]:
    """Throw where she goes: a municipality by its share, or nowhere that we know."""
    if code := dice.pick({_NOWHERE: known.NOWHERE_SHARE} | known.MUNICIPALITIES):
        return ReturnKind.KNOWN, code
    return dice.choice((ReturnKind.ABROAD, ReturnKind.NO_FIXED_ADDRESS, ReturnKind.UNKNOWN)), None


def _kids(dice: Dice, number: int, talk_on: date) -> tuple[Kid, ...]:
    """Throw the children of a family: most of them stay together and under one authority."""
    together, custody = dice.pick(known.STAYS), dice.pick(known.CUSTODY)
    is_split = dice.falls(known.SPLIT)
    return tuple(
        Kid(
            age_days=_age(dice, talk_on),
            stays=dice.pick(known.STAYS) if is_split and place else together,
            custody=custody,
            order=_order(dice),
            agrees=dice.pick(known.AGREES),
        )
        for place in range(number)
    )


def _age(dice: Dice, talk_on: date) -> int:
    """Throw an age in days: under 18 when we hear of the child, and still so when the year begins."""
    youngest, oldest = dice.pick(known.AGES)
    before = max(0, (date(known.YEAR, 3, 1) - talk_on).days)
    return min(dice.randrange(youngest * _DAYS + 30, oldest * _DAYS), 18 * _DAYS - before - 30)


def _order(dice: Dice) -> str:
    return dice.pick(
        {"ban": known.ORDER, "expired": known.ORDER_EXPIRED, "": 1 - known.ORDER - known.ORDER_EXPIRED}
    )
