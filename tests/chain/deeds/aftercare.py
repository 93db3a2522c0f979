"""Who pays after release: agreements, requests and their answers, letting go, and conferences."""

from datetime import timedelta
from typing import Any

from gib.care.aftercare import actions
from gib.care.aftercare.actions import Grant, NewAgreement, NewConference, NewItem, NewPoint
from gib.care.aftercare.builders import EXTRACT, SHARED
from gib.care.aftercare.domain import Alternative, Form, Ground, ShareGround, State
from gib.core.access.actor import Actor
from tests.chain.deeds.family import HOMES
from tests.chain.rows import INVOLVED
from tests.chain.walk import Row, Walk, deed

REQUEST, PLAN, ITEM = "aftercare_fundingrequest", "trajectory_trajectory", "aftercare_conferenceitem"
ENDED = ("let_go", "superseded", "withdrawn", "granted_alternative", "settled", "reclaimed")
OPEN = tuple(str(state) for state in State if state not in ENDED)


def _desks(walk: Walk, row: Row) -> list[Actor]:
    """Give the desk of the municipality, when it sees the request."""
    sees = any(each["to_on"] is None for each in walk.all(INVOLVED, source_id=row["id"]))
    return [walk.town.cast.desks[row["municipality_id"]]] if sees and walk.stranger is None else []


def _desk(walk: Walk, row: Row) -> Actor:
    """Give who answers: the desk of the municipality, or the coordinator who heard it."""
    by: Actor = walk.pick([walk.by(row), *_desks(walk, row)])
    return by


@deed("fund", PLAN, "proposed", "agreed", "active_inside", "active_outside", "paused")
def draft_request(walk: Walk, row: Row) -> Any:
    return actions.draft_request(walk.by(row), row["dossier_id"], walk.now)


@deed("fund", REQUEST, "draft")
def submit_request(walk: Walk, row: Row) -> Any:
    extract = walk.pick([EXTRACT, EXTRACT, EXTRACT | {"children": "2"}])
    return actions.submit_request(walk.by(row), row["id"], extract, "", walk.now)


@deed("fund", REQUEST, "draft")
def cover_by_agreement(walk: Walk, row: Row) -> Any:
    agreement = walk.some("aftercare_agreement", municipality_id=row["municipality_id"])
    return actions.cover_by_agreement(walk.by(row), row["id"], agreement["id"], walk.now)


@deed("fund", REQUEST, "submitted")
def ask_question(walk: Walk, row: Row) -> Any:
    return actions.ask_question(walk.one(_desks(walk, row)), row["id"], "Hoeveel uur?", walk.now)


@deed("fund", REQUEST, "question")
def answer_question(walk: Walk, row: Row) -> Any:
    return actions.answer_question(walk.by(row), row["id"], "Vier per week.", walk.now)


@deed("fund", REQUEST, "submitted", "rejected", "no_answer")
def grant(walk: Walk, row: Row) -> Any:
    from_on = walk.day(0, 10)
    yes = Grant(from_on, from_on + timedelta(days=walk.pick([30, 400])), hours=walk.pick([260, 100, None]))
    return actions.grant(_desk(walk, row), row["id"], yes, walk.now)


@deed("fund", REQUEST, "submitted", "no_answer")
def reject(walk: Walk, row: Row) -> Any:
    return actions.reject(_desk(walk, row), row["id"], walk.pick(list(Ground)), walk.now)


@deed("fund", REQUEST, "submitted")
def record_no_answer(walk: Walk, row: Row) -> Any:
    """Call a silence a silence, mostly when the term has passed."""
    due = row["due_on"]
    if due and due >= walk.on and walk.stranger is None and not walk.chance(4):
        walk.let_days_pass((due - walk.on).days + 1)
    return actions.record_no_answer(walk.by(row), row["id"], walk.now)


@deed("fund", REQUEST, "rejected", "no_answer")
def find_alternative(walk: Walk, row: Row) -> Any:
    who = walk.pick(list(Alternative))
    return actions.find_alternative(walk.by(row), row["id"], who, walk.on, walk.day(100, 120), walk.now)


@deed("fund", REQUEST, "rejected", "no_answer")
def let_go(walk: Walk, row: Row) -> Any:
    return actions.let_go(walk.by(row), row["id"], walk.now)


@deed("fund", REQUEST, *OPEN)
def supersede(walk: Walk, row: Row) -> Any:
    return actions.supersede(walk.by(row), row["id"], walk.now)


@deed("fund", REQUEST, *OPEN)
def withdraw_request(walk: Walk, row: Row) -> Any:
    return actions.withdraw(walk.by(row), row["id"], walk.now)


@deed("fund", REQUEST, "covered", "granted")
def report(walk: Walk, row: Row) -> Any:
    return actions.settle(walk.by(row), row["id"], State.REPORTED, walk.now)


@deed("fund", REQUEST, "reported")
def settle(walk: Walk, row: Row) -> Any:
    return actions.settle(walk.by(row), row["id"], walk.pick([State.SETTLED, State.RECLAIMED]), walk.now)


@deed("partners")
def record_agreement(walk: Walk, row: Row) -> Any:
    code = walk.pick(HOMES)
    new = NewAgreement(code, Form.PLACES, walk.day(0, 5), walk.day(30, 60), places=walk.pick([1, 3, None]))
    return actions.record_agreement(walk.town.leader, new, walk.now)


@deed("partners", "aftercare_agreement")
def end_agreement(walk: Walk, row: Row) -> Any:
    return actions.end_agreement(walk.town.leader, row["id"], walk.day(-3, 20), walk.now)


# ---- conferences


@deed("partners")
def hold_conference(walk: Walk, row: Row) -> Any:
    partner = walk.town.cast.safety_house.partner_id or 0
    by = walk.pick(list(walk.town.coordinators.values()))
    return actions.hold_conference(by, NewConference(partner, walk.day(-3, 9)), walk.now)


@deed("partners", "aftercare_caseconference")
def share_item(walk: Walk, row: Row) -> Any:
    mother = walk.some("families_dossier", team_id=row["team_id"])
    ground = walk.pick([ShareGround.CONSENT, *ShareGround])
    new = NewItem(mother["id"], SHARED, ground, ground_note=walk.pick(["", "Overleg met de commissie"]))
    return actions.share_item(walk.by(row), row["id"], new, walk.now)


@deed("partners", ITEM)
def note_decision(walk: Walk, row: Row) -> Any:
    return actions.note_decision(walk.by(row), row["id"], "De gemeente belt haar op.", walk.now)


@deed("partners", ITEM)
def add_point(walk: Walk, row: Row) -> Any:
    new = NewPoint("consulent nazorg", "Een plek zoeken", walk.day(-1, 9))
    return actions.add_point(walk.by(row), row["id"], new, walk.now)


@deed("partners", "aftercare_actionpoint")
def finish_point(walk: Walk, row: Row) -> Any:
    return actions.finish_point(walk.by(row), row["id"], "Er is een plek.", walk.now)
