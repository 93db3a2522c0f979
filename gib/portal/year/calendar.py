"""What the prisons have on their calendars: information meetings, mornings and courses, year after year."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import Any, Final

from gib.care.products import actions as products
from gib.care.products.actions.meetings import NewMeeting
from gib.care.products.domain.contact import Reason
from gib.care.products.domain.meeting import Speaker
from gib.care.products.ik_jij_wij import actions as courses
from gib.people.partners.domain import Product
from gib.portal.year.dice import Dice
from gib.portal.year.play import Play, Tale
from gib.portal.year.stage import Side

GOOSE, MORNING, COURSE = Product.MOEDER_DE_GANS, Product.MOEDER_KIND_BEZOEKEN, Product.IK_JIJ_WIJ
#: Product -> days between two meetings, the hour and the room. Ten meetings and twelve mornings a year and
#: prison; two may fall on one day.
_RHYTHM: Final = {
    GOOSE: (36, time(10), "Ontmoetingsruimte"),
    MORNING: (30, time(9, 30), "Bezoekzaal"),
}
_COURSE_EVERY, _COURSE_WEEKS = 122, 8
_PLANNED_BEFORE: Final = 45
_CALLED_OFF: Final = {GOOSE: 0.05, MORNING: 0.06}
_SPEAKERS: Final = (Speaker.YOUTH_CARE, Speaker.DEBT_HELP, Speaker.EXPERIENCED_MOTHER)
_STRANGERS: Final = 4


@dataclass
class Meeting:
    """A meeting to come: who of the mothers is on its list tells on the day itself what happens there."""

    pk: int
    on: date
    guests: list[Callable[[], object]] = field(default_factory=list)


@dataclass(frozen=True)
class Course:
    """A course to come: its first and its last day."""

    pk: int
    first_on: date
    last_on: date


def fill(side: Side, play: Play, dice: Dice, since: date) -> None:
    """Let a prison plan its meetings and courses from a day on, each one weeks before."""
    for product in _RHYTHM:
        side.ahead[product] = []
        play.begin_on(since + timedelta(days=dice.randrange(20)), _meetings(side, play, dice, product))
    side.ahead[COURSE] = []
    play.begin_on(since + timedelta(days=dice.randrange(60)), _courses(side, play))


def next_of(side: Side, product: Product, on: date) -> Any:
    """Give the first meeting or course of a product that begins after a day, if it is planned already."""
    begins = "first_on" if product is COURSE else "on"
    return next((each for each in side.ahead[product] if getattr(each, begins) > on), None)


def _workday(on: date) -> date:
    """Give the day itself, or the Monday after a weekend."""
    return on + timedelta(days=7 - on.weekday() if on.weekday() > 4 else 0)


def _meetings(side: Side, play: Play, dice: Dice, product: Product) -> Tale:
    every, at, room = _RHYTHM[product]
    while True:
        on = _workday(play.on + timedelta(days=_PLANNED_BEFORE))
        speakers = _SPEAKERS if product is GOOSE else ()
        new = NewMeeting(product=product, planned_on=on, planned_time=at, room=room, speakers=speakers)
        row = products.plan_meeting(side.coordinator, side.team.pk, new, play.now)
        meeting = Meeting(row.pk, on)
        side.ahead[product].append(meeting)
        called_off = dice.falls(_CALLED_OFF[product])
        play.begin_on(
            on - timedelta(days=2 if called_off else 0), _takes_place(side, play, meeting, called_off, dice)
        )
        yield play.on + timedelta(days=every)


def _takes_place(side: Side, play: Play, meeting: Meeting, called_off: bool, dice: Dice) -> Tale:
    for planned in side.ahead.values():
        if meeting in planned:
            planned.remove(meeting)
    if called_off:
        products.cancel_meeting(side.coordinator, meeting.pk, Reason.STAFF_SHORTAGE, play.now)
        return
    if play.on == play.last_on:
        # The day of the demonstration itself: who comes is still to be told.
        return
    for come in meeting.guests:
        come()
    products.hold_meeting(side.coordinator, meeting.pk, dice.randrange(_STRANGERS), play.now)
    yield from ()


def _courses(side: Side, play: Play) -> Tale:
    while True:
        first_on = _workday(play.on + timedelta(days=_PLANNED_BEFORE))
        new = courses.NewCourse(first_on=first_on, at=time(13, 30), room="Lokaal 2")
        row = courses.plan_course(side.coordinator, side.team.pk, new, play.now)
        course = Course(row.pk, row.from_on, row.to_on)
        side.ahead[COURSE].append(course)
        play.begin_on(row.to_on + timedelta(days=1), _closes(side, play, course))
        yield play.on + timedelta(days=_COURSE_EVERY)


def _closes(side: Side, play: Play, course: Course) -> Tale:
    side.ahead[COURSE].remove(course)
    courses.close_course(side.coordinator, course.pk, play.now)
    yield from ()
