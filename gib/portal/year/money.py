"""Who pays for help at home: an agreement, a yes, a no, silence, somebody else, or letting her go."""

from datetime import date, timedelta
from typing import Final
from uuid import UUID

from gib.care.aftercare import actions as aftercare
from gib.care.aftercare.actions import Grant
from gib.care.aftercare.domain import FLOW, Alternative, State
from gib.care.aftercare.models import Agreement, FundingRequest, valid_agreements
from gib.care.aftercare.models.requests import paid_by
from gib.care.handover import actions as handover
from gib.care.handover.actions import NewHandover
from gib.care.handover.domain import NeedKind
from gib.core.access import rls
from gib.core.access.actor import Actor
from gib.people.families import actions as families
from gib.people.families.builders import with_consent
from gib.people.families.domain.codes import Purpose, ReturnKind
from gib.people.partners.domain import BRANDS, Product
from gib.portal.year import parameters as known
from gib.portal.year.dice import Dice
from gib.portal.year.family import Family
from gib.portal.year.play import Tale

HOME: Final = Product.MOEDERMAATJES
_EXTRACT: Final = {"product": BRANDS[HOME], "hours": "4 uur per week, 15 maanden"}
_HOURS, _CENTS, _DAYS = 260, 420_000, 457
#: Of the requests: the municipality asks something first; somebody else pays after a no; taken back.
_ASKS, _OTHER_PAYS, _TAKEN_BACK = 0.12, 0.12, 0.03
_SILENT_AFTER: Final = 4
_WANTS_NONE: Final = 0.6
_LETS_GO_AFTER: Final = 10


def return_known(family: Family) -> None:
    """Write down where she is expected to go."""
    code = family.life.expected_code
    kind = ReturnKind.KNOWN if code else family.life.return_kind
    if code or kind not in (ReturnKind.UNKNOWN, ReturnKind.KNOWN):
        families.set_return(family.by, family.dossier_id, kind, code, family.now)


def asked(family: Family, code: str) -> Tale:
    """Tell of one request: cover by an agreement, or a question to the municipality and its answer."""
    dice = family.dice("money", code)
    family.lives_in(code)
    if HOME not in family.parts:
        family.wants(HOME)
    with_consent(family.by, family.dossier_id, Purpose.MUNICIPALITY, family.now, code)
    row = aftercare.draft_request(family.by, family.dossier_id, family.now).id
    if code in family.stage.agreements and _covered(family, row, code):
        return
    aftercare.submit_request(family.by, row, _EXTRACT, "", family.now)
    yield family.in_days(_SILENT_AFTER)
    if dice.falls(_ASKS) and code in family.stage.desks and _stands(family, row, State.SUBMITTED):
        aftercare.ask_question(_desk(family, code), row, "Is er al een adres bekend?", family.now)
        yield family.in_days(3)
        if _stands(family, row, State.QUESTION):
            aftercare.answer_question(family.by, row, "Ja, dat staat vast.", family.now)
    yield from _answered(family, row, code, dice)


def _covered(family: Family, row: UUID, code: str) -> bool:
    """Let the agreement pay, when it has room for this half of the year."""
    agreement = valid_agreements(code, family.on).get()
    if not _has_room(family, agreement):
        return False
    aftercare.cover_by_agreement(family.by, row, agreement.id, family.now)
    family.is_covered = True
    return True


def _has_room(family: Family, agreement: Agreement) -> bool:
    """Tell whether a place is free among those of her half."""
    if agreement.places is None:
        return True
    teams = [side.team.pk for side in family.stage.sides.values()]
    with rls.system("year", family.on):
        paid = paid_by(agreement, family.on).filter(team_id__in=teams)
        return int(paid.count()) < family.stage.share(agreement.places)


def _desk(family: Family, code: str) -> Actor:
    """Give who answers: the desk itself, or the coordinator who heard it by telephone."""
    return family.stage.desks.get(code, family.by)


def _state(family: Family, row: UUID) -> State:
    return State(FundingRequest.for_action(family.by, family.on).get_or_404(pk=row).state)


def _stands(family: Family, row: UUID, state: State) -> bool:
    return family.is_open and _state(family, row) is state


def _answered(family: Family, row: UUID, code: str, dice: Dice) -> Tale:
    answer = dice.pick(known.ANSWERS)
    due_on = FundingRequest.for_action(family.by, family.on).get_or_404(pk=row).due_on or family.on
    yield due_on + timedelta(days=_SILENT_AFTER) if answer == "silent" else _day(family, due_on, dice)
    if not _stands(family, row, State.SUBMITTED):
        return
    if dice.falls(_TAKEN_BACK):
        aftercare.withdraw(family.by, row, family.now)
        return
    if answer == "granted":
        until = family.in_days(_DAYS)
        yes = Grant(from_on=family.on, to_on=until, hours=_HOURS, amount_cents=_CENTS)
        aftercare.grant(_desk(family, code), row, yes, family.now)
        family.is_covered = True
        return
    if answer == "rejected":
        aftercare.reject(_desk(family, code), row, dice.pick(known.GROUNDS), family.now)
    else:
        aftercare.record_no_answer(family.by, row, family.now)
    yield from _not_paid(family, row, dice)


def _day(family: Family, due_on: date, dice: Dice) -> date:
    """Throw the day of an answer; a question of its own makes the term longer, so it stays within it."""
    return min(family.in_days(dice.days(*known.ANSWER_DAYS)), due_on)


def _not_paid(family: Family, row: UUID, dice: Dice) -> Tale:
    """Look for somebody else who pays, or let her go once she is free."""
    yield family.in_days(_LETS_GO_AFTER)
    if not (family.is_open and FLOW.may_move(_state(family, row), State.LET_GO)):
        return
    if dice.falls(_OTHER_PAYS):
        who = dice.choice((Alternative.FUND, Alternative.OTHER_SCHEME))
        until = family.in_days(_DAYS)
        aftercare.find_alternative(family.by, row, who, family.on, until, family.now)
        family.is_covered = True
        return
    while family.is_inside:
        yield family.in_days(_LETS_GO_AFTER)
    if family.is_open and FLOW.may_move(_state(family, row), State.LET_GO):
        aftercare.let_go(family.by, row, family.now)
        family.is_done()
        yield family.in_days(dice.randrange(2, 20))
        _offers(family, dice)


def _offers(family: Family, dice: Dice) -> None:
    """Offer other help to a mother who had to be let go: she takes it or does not want it."""
    if dice.falls(_WANTS_NONE) or NeedKind.HOUSING in family.handed:
        handover.refuse_offer(family.by, family.dossier_id, family.now)
        return
    provider = family.stage.providers[NeedKind.HOUSING]
    what = "Wij zoeken samen wie nu met haar meeloopt."
    new = NewHandover(provider, what, "Mevrouw Spaarpot", discussed_on=family.on)
    handover.prepare_handover(family.by, family.dossier_id, new, family.now)
