"""The plan, her part in products, the matches and the visits."""

from datetime import date, time, timedelta
from typing import Any

from gib.care.intake.domain import LIFE_AREAS
from gib.care.products import actions as products
from gib.care.products.actions.contacts import Log
from gib.care.products.domain.contact import Cancelled, Kind, Reason, Theme
from gib.care.products.domain.contact import State as Contact
from gib.care.products.domain.match import EndReason, Why
from gib.care.products.domain.participation import Cause, StopReason
from gib.care.products.domain.talks import Going, MatchTalkKind, NewTalk, NextStep, TalkedWith, Wish
from gib.care.products.moedermaatjes import actions as homes
from gib.care.products.moedermaatjes.domain import Faring
from gib.care.trajectory import actions as trajectory
from gib.care.trajectory.domain import CloseReason, NewStep, PauseReason, Phase, Scores
from gib.care.trajectory.domain.network import Person, Ring, Tie
from gib.care.trajectory.domain.outreach import Attempt, Outcome, Rung
from gib.core.access.actor import house
from gib.people.partners.domain import Product
from tests.chain.walk import Nothing, Row, Walk, deed

DOSSIER, PLAN, STEP = "families_dossier", "trajectory_trajectory", "trajectory_planstep"
REVIEW, MAP, PERSON = "trajectory_review", "trajectory_networkmap", "trajectory_networkperson"
PART, MATCH, CONTACT = "products_participation", "products_match", "products_contact"
OPEN = ("agreed", "active_inside", "active_outside", "tapering", "paused")
ASKED = ("proposed", "volunteer_agreed", "mother_agreed", "agreed")
LIVE = ("introduction", "trial", "running", "ending")
AHEAD = ("planned", "confirmed", "cleared")


@deed("plan", DOSSIER)
def propose_plan(walk: Walk, row: Row) -> Any:
    return trajectory.propose(walk.by(row), row["id"], walk.now)


@deed("plan", PLAN, "proposed")
def agree(walk: Walk, row: Row) -> Any:
    return trajectory.agree(walk.by(row), row["id"], walk.now)


@deed("plan", PLAN, "agreed")
def start_inside(walk: Walk, row: Row) -> Any:
    return trajectory.start_inside(walk.by(row), row["id"], walk.now)


@deed("plan", PLAN, "agreed", "active_inside", "tapering")
def start_outside(walk: Walk, row: Row) -> Any:
    return trajectory.start_outside(walk.by(row), row["id"], walk.now)


@deed("plan", PLAN, "active_outside")
def taper(walk: Walk, row: Row) -> Any:
    return trajectory.taper(walk.by(row), row["id"], walk.now)


@deed("plan", PLAN, "agreed", "active_inside", "active_outside", "tapering")
def pause(walk: Walk, row: Row) -> Any:
    return trajectory.pause(walk.by(row), row["id"], walk.pick(list(PauseReason)), walk.now)


@deed("plan", PLAN, "paused")
def resume(walk: Walk, row: Row) -> Any:
    return trajectory.resume(walk.by(row), row["id"], walk.now)


@deed("plan", PLAN, *OPEN, "proposed")
def close(walk: Walk, row: Row) -> Any:
    """Close it for any reason; let go without a trail is refused."""
    reason = walk.pick(list(CloseReason))
    return trajectory.close(walk.by(row), row["id"], reason, None, walk.now)


@deed("plan", PLAN, *OPEN, "proposed")
def try_to_reach(walk: Walk, row: Row) -> Any:
    """Try the next rung, or any other; who is inside, or does not want it, is not visited at home."""
    attempt = Attempt(
        walk.pick(list(Rung)), walk.pick(list(Outcome)), walk.now.on, "Gebeld, de bel doet het niet."
    )
    return trajectory.try_to_reach(walk.by(row), row["id"], attempt, walk.now)


@deed("plan", PLAN, "closed")
def reopen(walk: Walk, row: Row) -> Any:
    return trajectory.reopen(walk.by(row), row["id"], walk.now)


@deed("plan", PLAN, "proposed", *OPEN)
def add_goal(walk: Walk, row: Row) -> Any:
    return trajectory.add_goal(walk.by(row), row["id"], "Iedere dag bellen", walk.now)


@deed("plan", "trajectory_goal")
def mark_goal(walk: Walk, row: Row) -> Any:
    return trajectory.mark_goal(walk.by(row), row["id"], walk.pick([0, 3, 5, 6]), walk.now)


@deed("plan", "trajectory_goal")
def close_goal(walk: Walk, row: Row) -> Any:
    return trajectory.close_goal(walk.by(row), row["id"], walk.now)


@deed("plan", PLAN, *OPEN)
def add_step(walk: Walk, row: Row) -> Any:
    when: dict[str, Any] = walk.pick(
        [{"weeks_before_release": weeks} for weeks in (-2, 1, 4, 12)] + [{"due_on": walk.day(-5, 30)}]
    )
    step = NewStep(walk.pick(list(Phase)), "Een plek zoeken", **when)
    return trajectory.add_step(walk.by(row), row["id"], step, walk.now)


@deed("plan", STEP)
def do_step(walk: Walk, row: Row) -> Any:
    return trajectory.do_step(walk.by(row), row["id"], walk.now)


@deed("plan", STEP)
def undo_step(walk: Walk, row: Row) -> Any:
    return trajectory.undo_step(walk.by(row), row["id"], walk.now)


@deed("plan", PLAN, *OPEN)
def hold_review(walk: Walk, row: Row) -> Any:
    return trajectory.hold_review(walk.by(row), row["id"], walk.day(-3, 1), "Zij is tevreden.", walk.now)


@deed("plan", REVIEW)
def give_scores(walk: Walk, row: Row) -> Any:
    given = {area: walk.pick((None, 0, 3, 5)) for area in LIFE_AREAS}
    return trajectory.give_scores(walk.by(row), row["id"], Scores(given=given), walk.now)


@deed("plan", PLAN, *OPEN)
def draw_network(walk: Walk, row: Row) -> Any:
    return trajectory.draw_network(walk.by(row), row["id"], walk.now)


@deed("plan", PLAN, *OPEN)
def refuse_network(walk: Walk, row: Row) -> Any:
    return trajectory.refuse_network(walk.by(row), row["id"], walk.now)


@deed("plan", MAP)
def place_person(walk: Walk, row: Row) -> Any:
    return trajectory.place_person(walk.by(row), row["id"], _somebody(walk), walk.now)


@deed("plan", PERSON)
def change_person(walk: Walk, row: Row) -> Any:
    return trajectory.change_person(walk.by(row), row["id"], _somebody(walk), walk.now)


def _somebody(walk: Walk) -> Person:
    return Person(role=walk.pick([*Tie]), ring=walk.pick([*Ring]), name=walk.pick(("", "Zeester")))


# ---- her part in a product


@deed("part", PLAN, *OPEN)
def wish(walk: Walk, row: Row) -> Any:
    return products.wish(walk.by(row), row["dossier_id"], walk.pick(list(Product)), walk.now)


@deed("part", PART, "wished")
def offer(walk: Walk, row: Row) -> Any:
    return products.offer(walk.by(row), row["id"], walk.now)


@deed("part", PART, "offered")
def decline_offer(walk: Walk, row: Row) -> Any:
    return products.decline_offer(walk.by(row), row["id"], walk.pick([None, walk.day(1, 40)]), walk.now)


@deed("part", PART, "offered")
def plan_part(walk: Walk, row: Row) -> Any:
    return products.plan(walk.by(row), row["id"], walk.now)


@deed("part", PART, "planned")
def start_part(walk: Walk, row: Row) -> Any:
    return products.start(walk.by(row), row["id"], walk.now)


@deed("part", PART, "running")
def complete_part(walk: Walk, row: Row) -> Any:
    return products.complete(walk.by(row), row["id"], walk.now, is_partly=walk.chance(2))


@deed("help", PART, "running")
def finish(walk: Walk, row: Row) -> Any:
    """Say goodbye after help at home; of anything else that is refused."""
    told = walk.by(row), row["id"], walk.now.on, "Zij zwaaide ons uit.", walk.now
    return homes.finish(*told, is_partly=walk.chance(2))


@deed("help", PART, "completed", "partly_completed")
def note_call(walk: Walk, row: Row) -> Any:
    """Call her after the farewell; before its day, or once too often, that is refused."""
    faring = walk.pick(list(Faring))
    return homes.note_call(walk.by(row), row["id"], walk.now.on, faring, "Zij klinkt opgewekt.", walk.now)


@deed("part", PART, "running")
def stop_part(walk: Walk, row: Row) -> Any:
    return products.stop(walk.by(row), row["id"], walk.pick(list(StopReason)), walk.now)


@deed("part", PART, "wished", "offered", "planned", "running")
def cancel_part(walk: Walk, row: Row) -> Any:
    return products.cancel(walk.by(row), row["id"], walk.pick(list(StopReason)), walk.now)


@deed("part", PART, "running")
def move_series(walk: Walk, row: Row) -> Any:
    return products.move_series(walk.by(row), row["id"], walk.now)


@deed("part", PLAN, "active_inside")
def prison_stops(walk: Walk, row: Row) -> Any:
    """Let the prison stop what takes place inside."""
    walk.stranger = None
    return products.end_for(house("prison"), row["dossier_id"], Cause.PRISON, walk.now)


@deed("part", PART, "planned", "running")
def prison_stops_one(walk: Walk, row: Row) -> Any:
    return products.end_by_prison(walk.by(row), row["id"], walk.now)


@deed("part", PART, "running")
def extend(walk: Walk, row: Row) -> Any:
    until = walk.on + timedelta(days=walk.pick([30, 500]))
    return homes.extend(walk.by(row), row["id"], until, "Zij is nog niet zover.", walk.now)


# ---- matches


@deed("match", PART, "planned", "running")
def propose_match(walk: Walk, row: Row) -> Any:
    volunteer = walk.some("volunteers_volunteer", team_id=walk.team_of(row))
    return products.propose_match(walk.by(row), row["id"], volunteer["id"], walk.now)


@deed("match", MATCH, *ASKED)
def volunteer_answers(walk: Walk, row: Row) -> Any:
    yes = not walk.chance(6)
    actor = walk.pick([walk.by(row), *walk.helper(row)])
    return products.volunteer_answers(actor, row["id"], yes, walk.now)


@deed("match", MATCH, *ASKED)
def mother_answers(walk: Walk, row: Row) -> Any:
    return products.mother_answers(walk.by(row), row["id"], not walk.chance(6), walk.now)


@deed("match", MATCH, *ASKED)
def withdraw_match(walk: Walk, row: Row) -> Any:
    return products.withdraw_match(walk.by(row), row["id"], walk.now)


@deed("match", MATCH, "agreed")
def introduce(walk: Walk, row: Row) -> Any:
    return products.introduce(walk.by(row), row["id"], walk.now)


@deed("match", MATCH, "introduction")
def start_trial(walk: Walk, row: Row) -> Any:
    return products.start_trial(walk.by(row), row["id"], walk.now)


@deed("match", MATCH, "trial")
def run_match(walk: Walk, row: Row) -> Any:
    return products.run(walk.by(row), row["id"], walk.now)


@deed("match", MATCH, "running")
def begin_ending(walk: Walk, row: Row) -> Any:
    return products.begin_ending(walk.by(row), row["id"], walk.now)


@deed("match", MATCH, *LIVE)
def end_match(walk: Walk, row: Row) -> Any:
    """Let a match end; when the volunteer stops, somebody looks for another."""
    reasons = [EndReason.PLANNED, EndReason.BY_VOLUNTEER, EndReason.BY_MOTHER, EndReason.OTHER_PERSON]
    return products.end_match(walk.by(row), row["id"], walk.pick(reasons), walk.now)


@deed("match", MATCH, *LIVE)
def talk_halfway(walk: Walk, row: Row) -> Any:
    """Talk over how it goes; of help at home there is no such talk."""
    step = walk.pick(list(NextStep))
    talk = NewTalk(MatchTalkKind.MIDTERM, walk.now.on, TalkedWith.BOTH, walk.pick(list(Going)), step)
    return products.hold_match_talk(walk.by(row), row["id"], talk, walk.now)


@deed("match", MATCH, "ending", "ended")
def talk_at_the_end(walk: Walk, row: Row) -> Any:
    """Close the visits, and hear who should come to her home."""
    wishes = {"her_wish": walk.pick([None, *Wish]), "volunteer_wish": walk.pick([None, *Wish])}
    talk = NewTalk(MatchTalkKind.CLOSING, walk.now.on, TalkedWith.MOTHER, walk.pick(list(Going)), **wishes)
    return products.hold_match_talk(walk.by(row), row["id"], talk, walk.now)


@deed("match", MATCH)
def exclude(walk: Walk, row: Row) -> Any:
    by, pair = walk.by(row), (row["dossier_id"], row["volunteer_id"])
    return products.exclude(by, *pair, walk.pick(list(Why)), walk.now)


@deed("match", "products_exclusion")
def lift_exclusion(walk: Walk, row: Row) -> Any:
    return products.lift_exclusion(walk.by(row), row["id"], walk.now)


# ---- visits


def _log(walk: Walk, day: date, **more: Any) -> Log:
    themes, minutes = (walk.pick(list(Theme)),), walk.pick([45, 90, 2])
    return Log(held_on=day, minutes=minutes, mood=walk.pick([None, 3]), note="Rustig.", themes=themes, **more)


@deed("visit", MATCH, *LIVE)
def plan_visit(walk: Walk, row: Row) -> Any:
    kind = walk.pick([None, None, *Kind])
    return products.plan_visit(
        walk.by(row), row["id"], walk.day(-1, 35), time(14), "Zaal 1", walk.now, kind=kind
    )


@deed("visit", CONTACT, "planned")
def confirm_visit(walk: Walk, row: Row) -> Any:
    return products.confirm_visit(walk.by(row), row["id"], walk.now)


@deed("visit", CONTACT, "planned", "confirmed")
def clear_visit(walk: Walk, row: Row) -> Any:
    return products.clear_visit(walk.by(row), row["id"], walk.now)


@deed("visit", CONTACT, *AHEAD)
def hold_visit(walk: Walk, row: Row) -> Any:
    return products.hold_visit(walk.by(row), row["id"], walk.now)


@deed("visit", MATCH, *LIVE)
def log_visit(walk: Walk, row: Row) -> Any:
    """Tell of a visit, planned or not, by the coordinator or the volunteer herself."""
    actor = walk.pick([walk.by(row), *walk.helper(row)])
    return products.log_visit(actor, row["id"], _log(walk, walk.day(-4, 1)), walk.now)


@deed("visit", CONTACT, "held", *AHEAD)
def log_planned(walk: Walk, row: Row) -> Any:
    if row["match_id"] is None:
        raise Nothing
    log = _log(walk, row["held_on"] or row["planned_on"] or walk.on, contact_id=row["id"])
    return products.log_visit(walk.by(row), row["match_id"], log, walk.now)


@deed("visit", DOSSIER)
def log_talk(walk: Walk, row: Row) -> Any:
    return products.log_talk(walk.by(row), row["id"], _log(walk, walk.day(-3, 1)), walk.now)


@deed("visit", CONTACT, "logged")
def read_log(walk: Walk, row: Row) -> Any:
    return products.read_log(walk.by(row), row["id"], walk.now)


@deed("visit", CONTACT, *AHEAD)
def cancel_visit(walk: Walk, row: Row) -> Any:
    reason, side = walk.pick(list(Reason)), walk.pick(list(Cancelled))
    return products.cancel_visit(walk.by(row), row["id"], reason, side, walk.now)


@deed("visit", CONTACT, *AHEAD)
def miss_visit(walk: Walk, row: Row) -> Any:
    outcome = walk.pick([Contact.NO_SHOW, Contact.REFUSED_AT_GATE])
    return products.miss_visit(walk.by(row), row["id"], outcome, walk.pick(list(Reason)), walk.now)
