"""The lives of the mothers from referral to farewell, and of those with whom no first talk came."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, Final

from gib.care.intake import actions as intake
from gib.care.intake.domain import Cause
from gib.care.products import actions as products
from gib.care.products.domain.match import EndReason
from gib.care.products.models import Participation
from gib.care.referral import actions as referral
from gib.care.trajectory import actions as trajectory
from gib.care.trajectory.domain import NORMS, CloseReason
from gib.care.trajectory.domain.outreach import LADDER, Attempt, Outcome, Rung
from gib.core.access import rls
from gib.people.families import actions as families
from gib.people.families.domain.codes import Confidence, ReleaseKind, ReturnKind, Source
from gib.people.families.models import latest_expectation
from gib.people.partners.domain import Product
from gib.portal import actions as portal
from gib.portal.domain import TransferState
from gib.portal.models import open_transfer
from gib.portal.year import home, inside, money, telling, visiting
from gib.portal.year import parameters as known
from gib.portal.year.family import Family
from gib.portal.year.play import Tale
from gib.portal.year.population import CAUGHT_UP_BY, TALK_EVERY

#: Product that takes place inside -> the story about it, and the days after the plan on which it is wanted.
_INSIDE: Final = {
    Product.MOEDER_DE_GANS: (inside.gatherings_of, 0),
    Product.BEZOEKMOEDERS: (visiting.visits_of, 2),
    Product.MOEDER_KIND_BEZOEKEN: (inside.mornings_of, 9),
    Product.IK_JIJ_WIJ: (inside.course_of, 16),
}
#: A course is meant for the last months before a release.
_COURSE_BEFORE: Final = timedelta(days=150)
_NOTICED_FROM: Final = 30
#: Days before a foretold release from which it is too late to ask before it.
_ASKED_FROM: Final = 20
_NO_VISIT: Final = "Zij wilde niet dat er iemand aan de deur komt."
_FELL_THROUGH, _SAYS_NO, _WARNED, _SHIFTS = 0.10, 0.08, 3, 0.35


def of_mother(family: Family) -> Tale:
    """Tell the life of a mother with whom the first talk is held."""
    life, dice = family.life, family.dice("life")
    family.is_referred()
    lag = (life.talk_on - life.referred_on).days
    yield family.in_days(min(2, lag // 3)) if lag > 2 else life.referred_on
    referral.accept(family.by, family.referral_id, family.now)
    if lag > 6 and dice.falls(_FELL_THROUGH):
        family.is_invited(family.in_days(2))
        yield family.in_days(2)
        intake.cancel(family.by, family.intake_id, Cause.PRISON, family.now)
    family.is_invited(life.talk_on)
    yield life.talk_on
    family.is_heard()
    yield family.in_days(min(3, (life.released_on - family.on).days // 2))
    family.is_planned()
    _begins(family)
    yield from _inside(family)
    yield from _free(family)


def _begins(family: Family) -> None:
    """Let what she wants inside begin, each in its turn, and the talks of the coordinator with her."""
    for product, (tale, days) in _INSIDE.items():
        if product in family.life.wants:
            on = family.in_days(days)
            if product is Product.IK_JIJ_WIJ:
                on = max(on, family.life.released_on - _COURSE_BEFORE)
            family.play.begin_on(on, _wanted(family, product, tale))
    family.play.begin_on(family.in_days(TALK_EVERY), _talked(family))
    if family.life.talk_on.year < known.YEAR:
        days = family.dice("caught up").randrange(4, (CAUGHT_UP_BY - date(known.YEAR, 1, 1)).days)
        family.play.begin_on(date(known.YEAR, 1, 1) + timedelta(days=days), _talked_once(family))
    dice, left = family.dice("noticed"), (family.life.released_on - family.on).days
    if dice.falls(known.NOTICED_INSIDE) and left > _NOTICED_FROM:
        family.play.begin_on(family.in_days(dice.randrange(3, left - 14)), home.worried(family, dice))
    if family.life.transfer_on:
        family.play.begin_on(family.life.transfer_on, _moved(family, family.life.transfer_to))


def _wanted(family: Family, product: Product, tale: Callable[[Family], Tale]) -> Tale:
    while family.is_moving:
        yield family.in_days(_WARNED)
    if not (family.is_inside and family.is_open):
        return
    dice = family.dice("offer", product)
    if dice.falls(_SAYS_NO):
        part = products.wish(family.by, family.dossier_id, product, family.now).id
        products.offer(family.by, part, family.now)
        products.decline_offer(family.by, part, family.in_days(dice.randrange(30, 120)), family.now)
        return
    if product is Product.IK_JIJ_WIJ:
        _expects(family, family.life.released_on, Confidence.GUESS)
    yield from tale(family)


def _talked(family: Family) -> Tale:
    while family.is_open and family.is_inside:
        if not family.is_moving:
            telling.talked(family)
            home.steps_done(family)
        yield family.in_days(TALK_EVERY)


def _talked_once(family: Family) -> Tale:
    while family.is_moving:
        yield family.in_days(1)
    if family.is_open:
        telling.talked(family)


def _inside(family: Family) -> Tale:
    """Tell of what is heard about her release until it comes."""
    life, dice = family.life, family.dice("release")
    known_on = life.released_on - timedelta(days=life.notice)
    if life.notice:
        yield known_on
        first = life.released_on
        if dice.falls(_SHIFTS) and life.notice > 20:
            first += timedelta(days=dice.choice((-9, 7, 14)))
        _expects(family, first, Confidence.LIKELY)
        money.return_known(family)
        if life.may_go_home_with_us and life.notice > _ASKED_FROM:
            family.play.begin(money.asked(family, str(life.expected_code)))
        if first != life.released_on:
            yield life.released_on - timedelta(days=dice.randrange(3, 10))
            _expects(family, life.released_on, Confidence.CERTAIN)
    yield life.released_on


def _expects(family: Family, on: date, confidence: Confidence) -> None:
    """Note a new answer to when she will be free, unless that was said before."""
    on = max(on, family.on)
    with rls.system("year", family.on):
        last = latest_expectation(family.dossier_id)
    if last is None or last.expected_on != on:
        families.expect_release(family.by, family.dossier_id, on, Source.PRISON, confidence, family.now)


def _free(family: Family) -> Tale:
    """Tell of her release, and of what comes after it."""
    life, dice = family.life, family.dice("free")
    while family.is_moving:
        yield family.in_days(1)
    foretold = dice.choice((ReleaseKind.END_OF_SENTENCE, ReleaseKind.CONDITIONAL))
    how = foretold if life.notice else ReleaseKind.IMMEDIATE
    kind = ReturnKind.KNOWN if life.return_code else life.return_kind
    families.release(family.by, family.dossier_id, family.on, how, kind, life.return_code, family.now)
    family.is_inside = False
    family.forgets(*_INSIDE)
    if life.may_go_home_with_us:
        _asks_again(family)
    yield family.in_days(dice.randrange(1, 3))
    home.steps_done(family)
    if life.may_go_home_with_us:
        yield from _home(family)
        return
    yield family.in_days(dice.randrange(6, 24))
    if family.is_open:
        yield from _leaves(family, dice.pick(known.ENDS))


def _leaves(family: Family, reason: CloseReason) -> Tale:
    """Close her trajectory; when nobody hears from her, only after she was looked for."""
    if reason is CloseReason.OUT_OF_REACH:
        yield from _looked_for(family)
    if family.is_open:
        telling.parts(family, reason)


def _looked_for(family: Family) -> Tale:
    """Try everything to reach her, for as long as it is asked before anybody may give up."""
    began = family.on
    for rung, after in LADDER.items():
        if after:
            yield began + timedelta(days=after)
        if not family.is_open:
            return
        outcome, note = (Outcome.NOT_POSSIBLE, _NO_VISIT) if rung is Rung.VISIT else (Outcome.NO_ANSWER, "")
        attempt = Attempt(rung=rung, outcome=outcome, tried_on=family.on, note=note)
        trajectory.try_to_reach(family.by, family.plan_id, attempt, family.now)
    yield began + timedelta(days=NORMS["outreach_days"])


def _asks_again(family: Family) -> None:
    """Ask the municipality to which she went, when another was asked or none."""
    life = family.life
    is_elsewhere = life.return_code != life.expected_code
    if is_elsewhere:
        family.is_covered = False
    if not family.is_covered and (is_elsewhere or life.notice <= _ASKED_FROM):
        family.play.begin(money.asked(family, str(life.return_code)))


def _home(family: Family) -> Tale:
    """Wait until somebody pays, and go on at home then."""
    while family.is_open and not family.is_covered:
        yield family.in_days(3)
    if family.is_open:
        yield from home.helped(family)


def _moved(family: Family, prison: str) -> Tale:
    """Tell of a transfer to another prison, whose team takes her over."""
    if not (family.is_inside and family.is_open):
        return
    for product in (Product.BEZOEKMOEDERS, Product.IK_JIJ_WIJ):
        family.lets_go_of(product, EndReason.TRANSFER)
    family.is_moving = True
    regime = family.life.regime
    families.place(family.by, family.dossier_id, prison, "B2", regime, family.on, family.now)
    _lost(family)
    yield family.in_days(family.dice("transfer").randrange(1, 5))
    receiving = family.stage.sides[prison]
    with rls.system("year", family.on):
        proposed = open_transfer(family.dossier_id)
    assert proposed is not None, "no team was asked"
    portal.answer_transfer(receiving.coordinator, proposed.id, TransferState.ACCEPTED, family.now)
    family.side, family.is_moving = receiving, False
    part = family.parts.get(Product.BEZOEKMOEDERS)
    if part and Product.BEZOEKMOEDERS in family.running:
        products.move_series(family.by, part, family.now)


def _lost(family: Family) -> None:
    """Forget the parts that a transfer ended."""
    with rls.system("year", family.on):
        rows: Any = Participation.for_house("year", family.on).filter(dossier_id=family.dossier_id)
        going_on = set(rows.open().values_list("product", flat=True))
    family.forgets(*(product for product in list(family.parts) if product not in going_on))


def of_unheard(family: Family) -> Tale:
    """Tell of a mother who was referred, and with whom no first talk came."""
    dice = family.dice("unheard")
    family.is_referred()
    yield family.in_days(dice.randrange(1, 3))
    how = dice.pick({"declined": 35, "refused": 25, "free": 40})
    if how == "declined":
        referral.decline(family.by, family.referral_id, dice.pick(known.DECLINED), family.now)
        return
    referral.accept(family.by, family.referral_id, family.now)
    family.is_invited(family.in_days(4))
    yield family.in_days(3)
    if how == "refused":
        later = family.in_days(dice.randrange(40, 200)) if dice.falls(0.5) else None
        intake.refuse(family.by, family.intake_id, later, family.now)
        return
    families.release(
        family.by,
        family.dossier_id,
        family.on,
        ReleaseKind.IMMEDIATE,
        ReturnKind.UNKNOWN,
        None,
        family.now,
    )
