"""Meetings for groups, the way of a child to a visit morning, and courses."""

from datetime import time
from typing import Any

from gib.care.products import actions as products
from gib.care.products.actions.meetings import NewMeeting
from gib.care.products.domain.contact import Reason, Theme
from gib.care.products.domain.meeting import OUTCOMES, Speaker, SpeakerState
from gib.care.products.ik_jij_wij import actions as courses
from gib.care.products.ik_jij_wij.domain import Item, Leaving, Moment
from gib.care.products.moeder_de_gans import actions as goose
from gib.care.products.moeder_de_gans.domain import Question
from gib.care.products.moeder_kind_bezoeken import actions as mornings
from gib.care.products.moeder_kind_bezoeken.actions import GateAnswers, HandBack, NewRide
from gib.care.products.moeder_kind_bezoeken.domain import CancelReason
from gib.care.products.moeder_kind_bezoeken.domain.rides import AtHome, Car, RideEnd
from gib.engines.mornings.problem import Seat
from gib.people.families import actions as families
from gib.people.partners.domain import Product
from tests.chain.walk import Nothing, Row, Walk, deed

MEETING, ATTENDANCE, GOING = "products_groupmeeting", "products_attendance", "products_meetingchild"
PART, RIDE = "products_participation", "products_ride"
TRAINED = "training_moeder_kind_bezoeken"
GROUPS = (Product.MOEDER_DE_GANS, Product.MOEDER_KIND_BEZOEKEN)
BEFORE = ("applied", "gate_open", "gate_blocked", "invited", "confirmed")


@deed("meet")
def plan_meeting(walk: Walk, row: Row) -> Any:
    team = walk.pick(sorted(walk.town.coordinators))
    product = walk.pick([*GROUPS, Product.MOEDER_KIND_BEZOEKEN])
    room, minutes = walk.pick(["Zaal 1", "Zaal 2", ""]), walk.pick([120, 120, 120, 721])
    new = NewMeeting(
        product=product, planned_on=walk.day(-1, 8), planned_time=time(14), room=room, minutes=minutes
    )
    return products.plan_meeting(walk.town.coordinators[team], team, new, walk.now)


@deed("meet", MEETING, "planned")
def invite(walk: Walk, row: Row) -> Any:
    mother = walk.some("families_dossier", team_id=row["team_id"])
    return products.invite(walk.by(row), row["id"], mother["id"], walk.now)


@deed("meet", ATTENDANCE, "invited", column="presence")
def take_off(walk: Walk, row: Row) -> Any:
    return products.take_off(walk.by(row), row["id"], walk.now)


@deed("meet", "families_dossier")
def keep_apart(walk: Walk, row: Row) -> Any:
    others = [each for each in walk.all("families_dossier", team_id=row["team_id"]) if each != row]
    return families.keep_apart(walk.by(row), row["id"], walk.one(others)["id"], walk.now)


@deed("meet", "families_separation")
def end_apart(walk: Walk, row: Row) -> Any:
    """Let two come together again, by who sees both."""
    if walk.rows["families_dossier"][row["other_id"]]["team_id"] != walk.team_of(row):
        raise Nothing
    return families.end_apart(walk.by(row), row["id"], walk.now)


@deed("meet", ATTENDANCE, "invited", column="presence")
def note_presence(walk: Walk, row: Row) -> Any:
    return products.note_presence(walk.by(row), row["id"], walk.pick(OUTCOMES), walk.now)


@deed("meet", ATTENDANCE, "present", "excused", "prevented", "refused", column="presence")
def note_again(walk: Walk, row: Row) -> Any:
    """Correct whether she came."""
    return products.note_presence(walk.by(row), row["id"], walk.pick(OUTCOMES), walk.now, wants_talk=True)


@deed("meet", ATTENDANCE, "invited", "present", "excused", column="presence")
def note_goose(walk: Walk, row: Row) -> Any:
    """Note who came to the one meeting that is a product by itself, or put that right."""
    if walk.rows[MEETING][row["meeting_id"]]["product"] != Product.MOEDER_DE_GANS:
        raise Nothing
    return goose.note_attendance(walk.by(row), row["id"], walk.pick(OUTCOMES), walk.chance(2), walk.now)


@deed("meet", MEETING, "planned")
def hold_meeting(walk: Walk, row: Row) -> Any:
    return products.hold_meeting(walk.by(row), row["id"], walk.pick([0, 4, -1]), walk.now)


@deed("meet", MEETING, "planned")
def cancel_meeting(walk: Walk, row: Row) -> Any:
    return products.cancel_meeting(walk.by(row), row["id"], walk.pick(list(Reason)), walk.now)


@deed("meet", MEETING, "planned")
def ask_speaker(walk: Walk, row: Row) -> Any:
    return goose.ask_speaker(walk.by(row), row["id"], walk.pick(list(Speaker)), None, walk.now)


@deed("meet", "products_meetingspeaker")
def note_speaker(walk: Walk, row: Row) -> Any:
    by = walk.by(walk.rows[MEETING][row["meeting_id"]])
    return goose.note_speaker(by, row["id"], walk.pick(list(SpeakerState)), walk.now)


@deed("meet", MEETING, "planned")
def take_list(walk: Walk, row: Row) -> Any:
    """Take the list of the prison, on which mostly stands somebody whom we know."""
    mother = walk.some("families_dossier", team_id=row["team_id"])
    return goose.take_list(walk.by(row), row["id"], [mother["id"]], walk.pick([0, 3, -1]), walk.now)


@deed("meet", MEETING, "planned", "held")
def tally(walk: Walk, row: Row) -> Any:
    told = walk.pick([{Question.ASKED: {Theme.MONEY: 3}}, {Question.LEARNED: {"yes": walk.pick([0, 1])}}])
    return goose.tally(walk.by(row), row["id"], told, walk.now)


@deed("meet", ATTENDANCE, "present", column="presence")
def follow_up(walk: Walk, row: Row) -> Any:
    return goose.follow_up(walk.by(row), row["id"], walk.now)


# ---- a child and a morning


@deed("morning", PART, "planned")
def begin_mornings(walk: Walk, row: Row) -> Any:
    return mornings.begin(walk.by(row), row["id"], walk.now)


@deed("morning", MEETING, "planned")
def apply(walk: Walk, row: Row) -> Any:
    """Put a child on the list, mostly one whose mother takes part."""
    own = {"product": Product.MOEDER_KIND_BEZOEKEN, "team_id": row["team_id"]}
    parts = [each for each in walk.all(PART, **own) if each["state"] in ("planned", "running")]
    part = walk.one(parts)
    child = walk.some("families_child", dossier_id=part["dossier_id"])
    return mornings.apply(walk.by(row), row["id"], part["id"], child["id"], time(17), walk.now)


@deed("morning", GOING, *BEFORE)
def weigh_gate(walk: Walk, row: Row) -> Any:
    fine = not walk.chance(5)
    answers = GateAnswers(
        has_escort=fine,
        identity_seen=fine,
        child_wants=walk.pick([True, True, True, True, False, None]),
        is_approved=fine,
    )
    return mornings.weigh_gate(walk.by(row), row["id"], answers, walk.now)


@deed("morning", GOING, "gate_open")
def invite_child(walk: Walk, row: Row) -> Any:
    return mornings.invite_child(walk.by(row), row["id"], walk.now)


@deed("morning", GOING, "invited")
def confirm_child(walk: Walk, row: Row) -> Any:
    return mornings.confirm_child(walk.by(row), row["id"], walk.now)


def _wait_for(walk: Walk, row: Row) -> None:
    """Let the day of a morning come, when it is near."""
    meeting = walk.rows[MEETING][row["meeting_id"]]
    if meeting["planned_on"] > walk.on and walk.stranger is None:
        walk.let_days_pass((meeting["planned_on"] - walk.on).days)


@deed("morning", GOING, "confirmed")
def pick_up(walk: Walk, row: Row) -> Any:
    _wait_for(walk, row)
    return mornings.pick_up(walk.by(row), row["id"], walk.now)


@deed("morning", GOING, "confirmed", "picked_up")
def enter(walk: Walk, row: Row) -> Any:
    _wait_for(walk, row)
    return mornings.enter(walk.by(row), row["id"], walk.now)


@deed("morning", GOING, "picked_up")
def refuse_at_gate(walk: Walk, row: Row) -> Any:
    return mornings.refuse_at_gate(walk.by(row), row["id"], walk.now)


@deed("morning", GOING, "picked_up", "inside", "refused_at_gate")
def bring_back(walk: Walk, row: Row) -> Any:
    handed = HandBack(to="oma", is_signed=walk.chance(2), observation="Zij lachten samen.")
    return mornings.bring_back(walk.by(row), row["id"], handed, walk.now)


@deed("morning", GOING, *BEFORE)
def cancel_child(walk: Walk, row: Row) -> Any:
    return mornings.cancel_child(walk.by(row), row["id"], walk.pick(list(CancelReason)), walk.now)


@deed("ride", GOING, *BEFORE)
def agree_pick_up(walk: Walk, row: Row) -> Any:
    home = AtHome(
        is_fetched=not walk.chance(4),
        place="Zonnepad 1",
        pick_up_from=walk.pick([time(13), time(13), time(13, 15), time(12)]),
        pick_up_until=time(13, 30),
        seat=walk.pick(list(Seat)),
    )
    return mornings.agree_pick_up(walk.by(row), row["id"], home, walk.now)


@deed("ride", MEETING, "planned")
def plan_ride(walk: Walk, row: Row) -> Any:
    """Let somebody drive, mostly one who was trained for it."""
    trained = walk.all("volunteers_completion", requirement=TRAINED, team_id=row["team_id"])
    anybody = [each["id"] for each in walk.all("volunteers_volunteer", team_id=row["team_id"])]
    able = [each["volunteer_id"] for each in trained]
    driver = walk.one(anybody if walk.chance(5) else able)
    car = Car(walk.pick([1, 2, 4]), boosters=1)
    return mornings.plan_ride(walk.by(row), row["id"], NewRide(volunteer_id=driver, car=car), walk.now)


@deed("ride", GOING, *BEFORE)
def seat_child(walk: Walk, row: Row) -> Any:
    ride = walk.some(RIDE, meeting_id=row["meeting_id"])
    return mornings.seat_child(walk.by(row), row["id"], ride["id"], walk.now)


@deed("ride", GOING, *BEFORE)
def unseat_child(walk: Walk, row: Row) -> Any:
    return mornings.unseat_child(walk.by(row), row["id"], walk.now)


@deed("ride", RIDE)
def cancel_ride(walk: Walk, row: Row) -> Any:
    return mornings.cancel_ride(walk.by(row), row["id"], walk.pick(list(RideEnd)), walk.now)


@deed("ride", GOING, "invited", "confirmed")
def remind_home(walk: Walk, row: Row) -> Any:
    return mornings.remind_home(walk.by(row), row["id"], walk.now)


@deed("ride", GOING, "picked_up", "inside", "refused_at_gate", "returned")
def put_back(walk: Walk, row: Row) -> Any:
    return mornings.put_back(walk.by(row), row["id"], walk.now)


# ---- courses


@deed("course")
def plan_course(walk: Walk, row: Row) -> Any:
    team = walk.pick(sorted(walk.town.coordinators))
    lessons, needed = walk.pick([(2, 1), (3, 2), (1, 1), (1, 2)])
    minutes = walk.pick([120, 120, 120, 721])
    new = courses.NewCourse(
        first_on=walk.day(-1, 6), at=time(10), minutes=minutes, sessions=lessons, pass_at=needed, places=2
    )
    return courses.plan_course(walk.town.coordinators[team], team, new, walk.now)


@deed("course", PART, "planned", "running")
def enrol(walk: Walk, row: Row) -> Any:
    course = walk.some("products_coursegroup", team_id=walk.team_of(row))
    return courses.enrol(walk.by(row), course["id"], row["id"], walk.now)


@deed("course", "products_enrolment")
def leave_course(walk: Walk, row: Row) -> Any:
    if row["to_on"] is not None:
        raise Nothing
    return courses.leave_course(walk.by(row), row["id"], Leaving.OWN_WISH, walk.now)


@deed("course", "products_coursegroup")
def close_course(walk: Walk, row: Row) -> Any:
    return courses.close_course(walk.by(row), row["id"], walk.now)


@deed("course", "products_coursegroup")
def add_trainer(walk: Walk, row: Row) -> Any:
    helper = walk.some("volunteers_volunteer", team_id=row["team_id"])
    return courses.add_trainer(walk.by(row), row["id"], helper["id"], walk.now)


@deed("course", "products_coursetrainer")
def end_trainer(walk: Walk, row: Row) -> Any:
    if row["to_on"] is not None:
        raise Nothing
    by = walk.by(walk.rows["products_coursegroup"][row["course_id"]])
    return courses.end_trainer(by, row["id"], walk.now)


@deed("course", "products_coursesession")
def replace_session(walk: Walk, row: Row) -> Any:
    """Give a session another day, mostly one that was called off just now."""
    by = walk.by(walk.rows["products_coursegroup"][row["course_id"]])
    if walk.rows[MEETING][row["meeting_id"]]["state"] == "planned" and walk.chance(2):
        return products.cancel_meeting(by, row["meeting_id"], Reason.LOCKDOWN, walk.now)
    return courses.replace_session(by, row["course_id"], row["number"], walk.day(-1, 9), time(15), walk.now)


@deed("course", ATTENDANCE, "invited", "excused", "prevented", "refused", "overtaken", column="presence")
def catch_up(walk: Walk, row: Row) -> Any:
    return courses.catch_up(walk.by(row), row["id"], walk.day(-3, 1), walk.now)


@deed("course", PART, "running", "completed", "partly_completed", "ended_by_release")
def write_plan(walk: Walk, row: Row) -> Any:
    return courses.write_plan(walk.by(row), row["id"], courses.Words(me="Ik kan kiezen."), walk.now)


@deed("course", PART, "running", "completed", "partly_completed", "ended_by_release")
def note_scores(walk: Walk, row: Row) -> Any:
    scores = {Item.CALM: walk.pick([None, 3, 3, 6])}
    return courses.note_scores(walk.by(row), row["id"], walk.pick(list(Moment)), scores, walk.now)
