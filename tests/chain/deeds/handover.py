"""Worries, the reporting code with its second person, and handing over to other help."""

from typing import Any

from gib.care.handover import actions
from gib.care.handover.actions import NewHandover
from gib.care.handover.builders import EXTRACT, STEPS, WORDS, WORKER
from gib.care.handover.domain import Conclusion, Decision, Ground, NeedKind, Side, Urgency
from gib.people.families.domain.codes import Place
from gib.people.families.domain.consent import Answer
from tests.chain.deeds.help import LIVE
from tests.chain.walk import Row, Walk, deed

DOSSIER, SIGNAL, CASE, HANDOVER = (
    *("families_dossier", "handover_needsignal"),
    *("handover_safetycase", "handover_handover"),
)


@deed("worry", DOSSIER)
def raise_signal(walk: Walk, row: Row) -> Any:
    kind, urgency = walk.pick(list(NeedKind)), walk.pick(list(Urgency))
    words = walk.pick([WORDS, WORDS, WORDS, " "])
    return actions.raise_signal(walk.by(row), row["id"], kind, urgency, words, walk.now)


@deed("worry", DOSSIER)
def raise_need(walk: Walk, row: Row) -> Any:
    """Let the mother tell of something herself."""
    urgency = walk.pick([Urgency.TALK, Urgency.HELP])
    return actions.raise_signal(
        walk.by(row), row["id"], NeedKind.DEBT, urgency, WORDS, walk.now, by_mother=True
    )


@deed("worry", "products_match", *LIVE)
def worry(walk: Walk, row: Row) -> Any:
    """Let the volunteer who visits her tell of something."""
    walk.stranger = None
    helper = walk.one(walk.helper(row) if row["state"] in LIVE else [])
    kind, urgency = walk.pick(list(NeedKind)), walk.pick(list(Urgency))
    return actions.raise_signal(helper, row["dossier_id"], kind, urgency, WORDS, walk.now)


@deed("worry", SIGNAL, "raised")
def triage(walk: Walk, row: Row) -> Any:
    unsafe = row["kind"] == NeedKind.CHILD_SAFETY or row["urgency"] == Urgency.UNSAFE
    usual = Decision.SAFETY if unsafe else Decision.HANDOVER
    decision = walk.pick([usual, usual, usual, *Decision])
    return actions.triage(walk.by(row), row["id"], decision, "Dank u.", walk.now)


@deed("worry", SIGNAL, "triaged")
def discuss(walk: Walk, row: Row) -> Any:
    return actions.discuss(walk.by(row), row["id"], not walk.chance(3), "Zij wil hulp.", walk.now)


@deed("worry", SIGNAL, "triaged", "discussed")
def close_signal(walk: Walk, row: Row) -> Any:
    return actions.close_signal(walk.by(row), row["id"], walk.now)


# ---- the reporting code


@deed("safety", CASE, "open")
def take_step(walk: Walk, row: Row) -> Any:
    return actions.take_step(walk.by(row), row["id"], walk.pick(STEPS), walk.now)


@deed("safety", CASE, "open")
def take_all_steps(walk: Walk, row: Row) -> Any:
    """Take the next step that was not taken, as people do."""
    taken = {each["step"] for each in walk.all("handover_safetystep", case_id=row["id"])}
    ahead = [step for step in STEPS if step.step not in taken]
    return actions.take_step(walk.by(row), row["id"], walk.one(ahead), walk.now)


@deed("safety", CASE, "open")
def propose_conclusion(walk: Walk, row: Row) -> Any:
    conclusion = walk.pick(list(Conclusion))
    return actions.propose_conclusion(walk.by(row), row["id"], conclusion, "", walk.now)


@deed("safety", CASE, "proposed")
def confirm_conclusion(walk: Walk, row: Row) -> Any:
    return actions.confirm_conclusion(walk.by(row), row["id"], not walk.chance(3), walk.now)


@deed("safety", CASE, "decided")
def close_case(walk: Walk, row: Row) -> Any:
    outcome = walk.pick(["Er is hulp in huis.", " "])
    return actions.close_case(walk.by(row), row["id"], outcome, walk.now)


# ---- handing over


@deed("hand_over", SIGNAL, "discussed", "triaged")
def prepare_handover(walk: Walk, row: Row) -> Any:
    provider = walk.some("partners_careprovider")
    new = NewHandover(provider["id"], "Orde in de papieren.", WORKER, row["id"])
    return actions.prepare_handover(walk.by(row), row["dossier_id"], new, walk.now)


@deed("hand_over", DOSSIER)
def offer_handover(walk: Walk, row: Row) -> Any:
    """Hand over what was talked over with her without a worry before."""
    provider = walk.some("partners_careprovider")
    new = NewHandover(
        provider["id"], "Een plek om te wonen.", discussed_on=walk.pick([None, walk.day(-2, 1)])
    )
    return actions.prepare_handover(walk.by(row), row["id"], new, walk.now)


@deed("hand_over", DOSSIER)
def refuse_offer(walk: Walk, row: Row) -> Any:
    return actions.refuse_offer(walk.by(row), row["id"], walk.now)


@deed("hand_over", HANDOVER, "prepared")
def consent_handover(walk: Walk, row: Row) -> Any:
    answer = walk.pick([Answer(place=Place.HOME), Answer(place=Place.HOME), None])
    return actions.consent_handover(walk.by(row), row["id"], answer, walk.now)


@deed("hand_over", HANDOVER, "consented")
def send(walk: Walk, row: Row) -> Any:
    return actions.send(walk.by(row), row["id"], EXTRACT, walk.pick([WORKER, WORKER, ""]), walk.now)


@deed("hand_over", HANDOVER, "sent", "waiting_list")
def accept_handover(walk: Walk, row: Row) -> Any:
    return actions.accept(walk.by(row), row["id"], walk.day(-1, 9), WORKER, walk.now)


@deed("hand_over", HANDOVER, "sent", "accepted")
def waiting_list(walk: Walk, row: Row) -> Any:
    return actions.waiting_list(walk.by(row), row["id"], walk.pick([0, 3, 6]), walk.now)


@deed("hand_over", HANDOVER, "accepted")
def first_contact(walk: Walk, row: Row) -> Any:
    return actions.first_contact(walk.by(row), row["id"], walk.day(-2, 1), walk.now)


@deed("hand_over", HANDOVER, "first_contact")
def confirm(walk: Walk, row: Row) -> Any:
    """Look whether help goes on, mostly four weeks later."""
    if walk.stranger is None and not walk.chance(4):
        walk.let_days_pass(28)
    return actions.confirm(walk.by(row), row["id"], "Er is een regeling.", walk.now)


@deed("hand_over", HANDOVER, "prepared", "consented", "sent", "waiting_list", "accepted", "first_contact")
def decline_handover(walk: Walk, row: Row) -> Any:
    side, ground = walk.pick(list(Side)), walk.pick(list(Ground))
    return actions.decline(walk.by(row), row["id"], side, ground, walk.now)


@deed("hand_over", HANDOVER, "sent", "waiting_list", "accepted", "first_contact")
def return_handover(walk: Walk, row: Row) -> Any:
    return actions.return_(walk.by(row), row["id"], walk.pick(list(Ground)), walk.now)
