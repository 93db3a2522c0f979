"""Stories of meetings, courses and visit mornings: who came, who could not, and which child is on its way."""

from collections.abc import Callable
from datetime import time, timedelta
from typing import Final
from uuid import UUID

from gib.care.products import actions as products
from gib.care.products.domain.meeting import Presence
from gib.care.products.ik_jij_wij import actions as courses
from gib.care.products.ik_jij_wij.domain import Item, Moment
from gib.care.products.models import Attendance
from gib.care.products.moeder_de_gans import actions as gatherings
from gib.care.products.moeder_kind_bezoeken import actions as mornings
from gib.care.products.moeder_kind_bezoeken.actions import GateAnswers, HandBack, NewRide
from gib.care.products.moeder_kind_bezoeken.domain import CancelReason
from gib.care.products.moeder_kind_bezoeken.domain.rides import AtHome, Car
from gib.people.families import actions as families
from gib.people.families import builders
from gib.people.families.models import Child
from gib.people.partners.domain import Product
from gib.portal.demo import agenda
from gib.portal.demo.days import TODAY
from gib.portal.demo.people import Cast
from gib.portal.demo.story import Story

COURSE, GOOSE, MORNING = Product.IK_JIJ_WIJ, Product.MOEDER_DE_GANS, Product.MOEDER_KIND_BEZOEKEN
_HOME_AGAIN: Final = time(13)
_PLAN: Final = courses.Words(
    me="Ik wil een opleiding doen.", you="Wij lezen elke week samen.", we="Mijn zus past op als ik werk."
)
_BEFORE: Final = {Item.STRENGTHS: 2, Item.CHOICES: 1, Item.CALM: 1, Item.PARENTING: 3, Item.HELP: 2}
_AFTER: Final = {item: min(5, mark + 2) for item, mark in _BEFORE.items()}
_READY: Final = GateAnswers(has_escort=True, identity_seen=True, child_wants=True, is_approved=True)
_HANDED: Final = HandBack(to="oma", is_signed=True, observation="Zij speelden samen een bordspel.")
_DRIVERS: Final = ("Bea", "Loes")
_AT_THE_DOOR: Final = AtHome(
    is_fetched=True, place="Kleurplaatlaan 12, Utrecht", pick_up_from=time(8, 15), pick_up_until=time(8, 30)
)
_NOT_ASKED: Final = GateAnswers(has_escort=True, identity_seen=True, child_wants=True, is_approved=False)


def came_to_the_meeting(story: Story, cast: Cast, presence: Presence) -> None:
    """She was invited to the meeting of December, and is to the next one."""
    story.referred(80).accepted().with_children(5).heard("Weten bij wie ik moet zijn").planned().wants(GOOSE)
    meetings = story.side.agenda.gatherings
    row = products.invite(story.coordinator, meetings[agenda.HELD], story.dossier_id, story.now)
    story.after(story.at - agenda.HELD)
    gatherings.note_attendance(story.coordinator, row.id, presence, presence is Presence.PRESENT, story.now)
    for days in (agenda.CALLED_OFF, agenda.NEXT) if presence is not Presence.PRESENT else ():
        products.invite(story.coordinator, meetings[days], story.dossier_id, story.now)


def may_not_meet(story: Story, cast: Cast) -> None:
    """She and another mother were invited to one meeting; then it came out that they must be kept apart."""
    story.referred(70).accepted().with_children(4).heard("Rust om mij heen").planned().wants(GOOSE).after(5)
    by, meeting = story.coordinator, story.side.agenda.gatherings[agenda.NEXT]
    products.invite(by, meeting, story.dossier_id, story.now)
    others = Attendance.for_action(by, TODAY).filter(meeting_id=meeting).exclude(dossier_id=story.dossier_id)
    other = others.order_by("dossier__opened_on", "id")[0]
    story.after(2)
    families.keep_apart(by, story.dossier_id, other.dossier_id, story.now)


def whole_course(story: Story, cast: Cast) -> None:
    """She came to seven of eight sessions, and the course is closed."""
    story.referred(30).accepted().with_children(3, 7).heard("Leren kiezen").planned().wants(COURSE)
    new = courses.NewCourse(first_on=story.now.on + timedelta(days=1), at=time(10), room="Lokaal 1")
    course = courses.plan_course(story.coordinator, story.side.team.pk, new, story.now).pk
    story.enrolled(course)
    courses.note_scores(story.coordinator, story.parts[COURSE], Moment.BEFORE, _BEFORE, story.now)
    _attends(story, 8, excused=4)
    courses.note_scores(story.coordinator, story.parts[COURSE], Moment.AFTER, _AFTER, story.now)
    courses.write_plan(story.coordinator, story.parts[COURSE], _PLAN, story.now)
    courses.close_course(story.coordinator, course, story.now)


def half_a_course(story: Story, cast: Cast) -> None:
    """She was free halfway the course; a visit and a morning were overtaken by it."""
    story.referred(7).accepted().with_children(4, 9).heard("Mijn zoon ophalen van school").planned()
    story.returns_to("0344").wants(COURSE).wants(Product.BEZOEKMOEDERS).wants(MORNING)
    story.matched(Product.BEZOEKMOEDERS, "Fien").enrolled()
    _gates_open(story)
    mornings.begin(story.coordinator, story.parts[MORNING], story.now)
    _applied(story, _children(story)[0], agenda.NOW)
    _attends(story, 3, excused=2)
    missed = Attendance.for_action(story.coordinator, TODAY).get(
        participation_id=story.parts[COURSE], presence=Presence.EXCUSED
    )
    courses.catch_up(story.coordinator, missed.id, story.now.on, story.now)
    story.visit_planned(Product.BEZOEKMOEDERS, 1).after(2).released("0344")


def four_children_come(story: Story, cast: Cast) -> None:
    """Four children on three mornings: one behind us, one today, one to come."""
    story.referred(240).accepted().with_children(3, 6, 9, 11).heard("Mijn vier kinderen zien").planned()
    story.wants(MORNING)
    _gates_open(story)
    by, children = story.coordinator, _children(story)
    mornings.begin(by, story.parts[MORNING], story.now)
    first, second, third = children[:3]
    came = _on_the_way(story, first, agenda.BEHIND, upto=3)
    stayed = _applied(story, second, agenda.BEHIND)
    mornings.cancel_child(by, stayed, CancelReason.CHILD, story.now)
    waits = _applied(story, first, agenda.AHEAD, _READY)
    comes = _on_the_way(story, second, agenda.AHEAD, upto=1)
    _applied(story, third, agenda.AHEAD, _NOT_ASKED)
    today = [_on_the_way(story, child, agenda.NOW, upto=2) for child in children]
    mornings.agree_pick_up(by, waits, _AT_THE_DOOR, story.now)
    _driven(story, agenda.AHEAD, comes)
    _driven(story, agenda.NOW, *today)
    story.after(story.at - agenda.BEHIND)
    mornings.pick_up(by, came, story.now)
    mornings.enter(by, came, story.now)
    mornings.bring_back(by, came, _HANDED, story.now)
    story.after(story.at - agenda.NOW)
    for row in today[:3]:
        mornings.pick_up(by, row, story.now)
    mornings.enter(by, today[0], story.now)
    mornings.refuse_at_gate(by, today[1], story.now)


def driver(story: Story) -> UUID:
    """Give who drives for a team."""
    return next(story.side.helpers[name] for name in _DRIVERS if name in story.side.helpers)


def _driven(story: Story, days: int, *rows: UUID) -> None:
    """Agree at home when these children are fetched, and give them a place in one car."""
    new = NewRide(volunteer_id=driver(story), car=Car(seats=4, boosters=2))
    ride = mornings.plan_ride(story.coordinator, story.side.agenda.mornings[days], new, story.now)
    for row in rows:
        mornings.agree_pick_up(story.coordinator, row, _AT_THE_DOOR, story.now)
        mornings.seat_child(story.coordinator, row, ride.id, story.now)


def _gates_open(story: Story) -> None:
    for child in _children(story):
        builders.with_open_gate(story.coordinator, child, story.now)


def _children(story: Story) -> list[Child]:
    rows = Child.for_action(story.coordinator, TODAY).filter(dossier_id=story.dossier_id)
    return list(rows.order_by("birth_year"))[::-1]


def _applied(story: Story, child: Child, days: int, answers: GateAnswers | None = None) -> UUID:
    """Put a child on the list of a morning, with what is known for its gate."""
    meeting, part = story.side.agenda.mornings[days], story.parts[MORNING]
    row = mornings.apply(story.coordinator, meeting, part, child.id, _HOME_AGAIN, story.now)
    if answers:
        mornings.weigh_gate(story.coordinator, row.id, answers, story.now)
    return row.id


def _on_the_way(story: Story, child: Child, days: int, upto: int) -> UUID:
    """Invite a child whose gate is open, and let its caregiver say yes."""
    row = _applied(story, child, days, _READY)
    steps: tuple[Callable[..., object], ...] = (mornings.invite_child, mornings.confirm_child)
    for step in steps[:upto]:
        step(story.coordinator, row, story.now)
    return row


def _attends(story: Story, times: int, excused: int = 0) -> None:
    """Let her come to so many sessions, week after week; to one of them she could not."""
    rows = Attendance.for_action(story.coordinator, TODAY).filter(participation_id=story.parts[COURSE])
    for number, row in enumerate(rows.select_related("meeting").order_by("meeting__planned_on")[:times], 1):
        story.after((row.meeting.planned_on - story.now.on).days)
        presence = Presence.EXCUSED if number == excused else Presence.PRESENT
        products.note_presence(story.coordinator, row.id, presence, story.now)
