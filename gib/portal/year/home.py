"""Help at home after her release: a volunteer every week, worries that come up, and a farewell."""

from datetime import date, timedelta
from typing import Final
from uuid import UUID

from gib.care.handover import actions as handover
from gib.care.handover.actions import NewHandover, NewStep
from gib.care.handover.domain import CodeStep, Conclusion, Decision, NeedKind, Urgency
from gib.care.handover.domain.handovers import Ground
from gib.care.handover.domain.handovers import Side as Who
from gib.care.handover.models import SafetyCase
from gib.care.products.domain import NORMS
from gib.care.products.moedermaatjes import actions as homes
from gib.care.products.moedermaatjes.domain import MOST_CALLS, Faring
from gib.care.trajectory import actions as trajectory
from gib.care.trajectory.domain import CloseReason
from gib.care.trajectory.models import PlanStep, supports
from gib.core.kernel.dates import add_months
from gib.people.families import actions as families
from gib.people.families.domain.codes import ReleaseKind, ReturnKind
from gib.people.families.domain.consent import Answer
from gib.people.partners.domain import Regime
from gib.portal.year import parameters as known
from gib.portal.year import telling
from gib.portal.year.dice import Dice
from gib.portal.year.family import Family
from gib.portal.year.money import HOME
from gib.portal.year.play import Tale
from gib.portal.year.visiting import met, visited

_WEEK: Final = 7
_SOON: Final = 3
_TAPERS_BEFORE: Final = 60
#: Days after which her yes may be too old for the call that follows the farewell.
_LASTS: Final = 240
_WORKER: Final = "Mevrouw Spaarpot"
_HANDED: Final = {"question": "Hulp bij de post", "contact": "de coördinator"}
_GOODBYE: Final = "Wij keken terug op wat zij zelf deed, en namen afscheid."
_WORDS: Final = {
    NeedKind.DEBT: "Er komt post van vier schuldeisers.",
    NeedKind.YOUTH_CARE: "Zij wil hulp bij de opvoeding van de oudste.",
    NeedKind.MENTAL_HEALTH: "Zij slaapt slecht en wil daarover praten.",
    NeedKind.HOUSING: "Zij moet over een maand uit deze woning.",
    NeedKind.INCOME: "Haar uitkering is gestopt.",
    NeedKind.CHILD_SAFETY: "Zij maakt zich zorgen over wie er op bezoek komt.",
    NeedKind.OTHER: "Zij mist haar bril.",
}
_CODE: Final = (
    NewStep(CodeStep.MAP, "Wat wij zagen, dag na dag."),
    NewStep(CodeStep.ADVICE, "Advies gevraagd, zonder namen te noemen."),
    NewStep(CodeStep.TALK, "Met haar gesproken.", talked_with="parent"),
    NewStep(CodeStep.WEIGH, "De vijf vragen zijn beantwoord.", answers=(True, False, True, True, True)),
)
_CHECKED_AFTER, _TURNED_DOWN = 29, 0.15


def helped(family: Family) -> Tale:
    """Tell of help at home, from the first visit to the farewell."""
    dice = family.dice(HOME)
    ends_on = add_months(family.on, family.life.home_months)
    trajectory.start_outside(family.by, family.plan_id, family.now)
    family.supports_again()
    for on in _worries(family.on, ends_on, dice):
        family.play.begin_on(on, worried(family, dice))
    family.play.begin_on(ends_on - timedelta(days=_TAPERS_BEFORE), _farewell(family, ends_on, dice))
    if dice.falls(known.AGAIN):
        family.play.begin_on(family.in_days(dice.randrange(60, 200)), _inside_again(family, dice))
    family.play.begin_on(family.in_days(56), _talked(family))
    part = family.parts[HOME]
    while (pair := (yield from met(family, HOME, part, dice))) is not None:
        yield from visited(family, HOME, pair, dice, _WEEK)


def _talked(family: Family) -> Tale:
    while family.is_open:
        if not family.is_inside:
            telling.talked(family)
            telling.drew(family)
            steps_done(family)
        yield family.in_days(63)


def _worries(from_on: date, to_on: date, dice: Dice) -> list[date]:
    """Throw the days on which a volunteer notices something."""
    days, found, on = (to_on - from_on).days, [], from_on
    while (on := on + timedelta(days=1 + round(dice.expovariate(known.SIGNALS / 365)))) < to_on:
        found.append(on)
    return found[: max(1, days // 60)]


def _farewell(family: Family, ends_on: date, dice: Dice) -> Tale:
    while family.is_open and family.is_inside:
        yield family.in_days(_WEEK)
    if not family.is_open:
        return
    trajectory.taper(family.by, family.plan_id, family.now)
    _asks_in_time(family, ends_on, dice)
    yield ends_on
    while family.is_open and family.is_inside:
        yield family.in_days(_WEEK)
    if family.is_open:
        _parts(family, dice.pick(known.ENDS_AT_HOME), dice)


def _asks_in_time(family: Family, ends_on: date, dice: Dice) -> None:
    """Ask most mothers again before the farewell, when their yes will be too old for the call after it."""
    if (ends_on - family.supported_on).days > _LASTS and not dice.falls(known.FORGOTTEN):
        family.supports_again()


def _parts(family: Family, reason: CloseReason, dice: Dice) -> None:
    """Say goodbye when something was reached, to call her months later; and close her trajectory."""
    if HOME in family.running and reason in known.TOGETHER:
        part = homes.finish(family.by, family.parts[HOME], family.on, _GOODBYE, family.now)
        due_on = add_months(family.on, NORMS["check_call_months"])
        called_on = due_on + timedelta(days=dice.randrange(known.CALLED_WITHIN))
        family.play.begin_on(called_on, _called(family, part.id, dice))
    telling.parts(family, reason)


def _called(family: Family, part_id: UUID, dice: Dice) -> Tale:
    """Tell of the call months after the farewell; who did not answer is called once more."""
    for faring in [dice.pick(known.FARINGS) for _time in range(MOST_CALLS)]:
        if not supports(family.dossier_id, family.on):
            return
        homes.note_call(family.by, part_id, family.on, faring, "", family.now)
        if faring is not Faring.NOT_REACHED:
            return
        yield family.in_days(NORMS["check_call_again_days"])


def _inside_again(family: Family, dice: Dice) -> Tale:
    """Tell of a new detention: help at home rests, and goes on when she is free again."""
    if not family.is_open:
        return
    by, prison = family.by, family.side.prison
    families.detain_again(by, family.dossier_id, family.on, prison, "A1", Regime.REMAND, family.now)
    family.is_inside = family.is_moving = True
    yield family.in_days(dice.randrange(15, 60))
    kind, code = ReturnKind.KNOWN, family.life.return_code
    families.release(by, family.dossier_id, family.on, ReleaseKind.END_OF_SENTENCE, kind, code, family.now)
    family.is_inside = family.is_moving = False
    steps_done(family)
    family.supports_again()
    trajectory.resume(by, family.plan_id, family.now)


def steps_done(family: Family) -> None:
    """Do what her plan asks for in these days."""
    steps = PlanStep.for_action(family.by, family.on).filter(dossier_id=family.dossier_id)
    soon = family.in_days(_SOON)
    due = steps.filter(due_on__lte=soon, done_on__isnull=True, overtaken_on__isnull=True)
    for step in list(due.values_list("id", flat=True)):
        trajectory.do_step(family.by, step, family.now)


def worried(family: Family, dice: Dice) -> Tale:
    """Tell of a worry: it is noticed, and somebody looks at it."""
    while family.is_moving:
        yield family.in_days(1)
    if not family.is_open:
        return
    kind = dice.pick(known.NEEDS)
    is_unsafe = kind is NeedKind.CHILD_SAFETY
    urgency = Urgency.UNSAFE if is_unsafe else dice.choice((Urgency.TALK, Urgency.HELP))
    signal = handover.raise_signal(family.by, family.dossier_id, kind, urgency, _WORDS[kind], family.now).id
    yield family.in_days(dice.randrange(1, 4))
    if family.is_open:
        yield from _kept_safe(family, signal) if is_unsafe else _weighed(family, kind, signal, dice)


def _weighed(family: Family, kind: NeedKind, signal: UUID, dice: Dice) -> Tale:
    """Tell of a worry that is talked over, and perhaps handed to an organisation that helps."""
    goes = kind in family.stage.providers.keys() - family.handed and dice.falls(known.HANDED)
    decision = Decision.HANDOVER if goes else Decision.ADVICE
    handover.triage(family.by, signal, decision, "Ik bespreek het met haar.", family.now)
    yield family.in_days(dice.randrange(1, 6))
    handover.discuss(family.by, signal, True, "Zij wil graag hulp.", family.now)
    if goes:
        family.handed.add(kind)
        yield from _handed(family, kind, signal, dice)
    handover.close_signal(family.by, signal, family.now)


def _handed(family: Family, kind: NeedKind, signal: UUID, dice: Dice) -> Tale:
    provider = family.stage.providers[kind]
    new = NewHandover(provider, "Samen de post doen en een regeling maken.", _WORKER, signal)
    by = family.by
    row = handover.prepare_handover(by, family.dossier_id, new, family.now).id
    handover.consent_handover(by, row, Answer(place=family.place), family.now)
    handover.send(by, row, _HANDED, _WORKER, family.now)
    yield family.in_days(dice.randrange(4, 16))
    if dice.falls(_TURNED_DOWN):
        handover.decline(family.by, row, Who.PROVIDER, Ground.FULL, family.now)
        return
    first_on = family.in_days(dice.randrange(3, 20))
    handover.accept(family.by, row, first_on, _WORKER, family.now)
    yield first_on
    handover.first_contact(family.by, row, first_on, family.now)
    yield family.in_days(_CHECKED_AFTER)
    handover.confirm(family.by, row, "Er is een regeling met alle schuldeisers.", family.now)


def _kept_safe(family: Family, signal: UUID) -> Tale:
    """Tell of the reporting code: two people decide, never a volunteer alone."""
    by = family.by
    handover.triage(by, signal, Decision.SAFETY, "", family.now)
    case = SafetyCase.for_action(by, family.on).get_or_404(signal_id=signal).id
    for step in _CODE:
        handover.take_step(by, case, step, family.now)
        yield family.in_days(1)
    handover.propose_conclusion(by, case, Conclusion.OTHER_HELP, "", family.now)
    yield family.in_days(2)
    second = family.stage.second(family.side)
    handover.confirm_conclusion(second, case, True, family.now)
    yield family.in_days(14)
    handover.close_case(by, case, "Er is hulp in het gezin.", family.now)
