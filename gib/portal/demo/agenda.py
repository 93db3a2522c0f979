"""What a prison has on its calendar in the demonstration: meetings, visit mornings and a course."""

from dataclasses import dataclass
from datetime import time, timedelta
from typing import Final
from uuid import UUID

from gib.care.products import actions as products
from gib.care.products.actions.meetings import NewMeeting
from gib.care.products.domain.contact import Reason, Theme
from gib.care.products.domain.meeting import Speaker, SpeakerState
from gib.care.products.ik_jij_wij import actions as courses
from gib.care.products.ik_jij_wij.models import CourseSession
from gib.care.products.models import MeetingSpeaker
from gib.care.products.moeder_de_gans import actions as gatherings
from gib.care.products.moeder_de_gans.domain import Question, Tally
from gib.core.access.actor import Actor
from gib.people.partners import actions as places
from gib.people.partners.domain import Closing, Product
from gib.people.partners.models import Team
from gib.portal.demo.days import TODAY, days_ago

#: Days before the business day: a meeting that was held, one that was called off, one to come.
HELD, CALLED_OFF, NEXT = 28, 7, -14
#: Visit mornings: one behind us, one today, one to come.
BEHIND, NOW, AHEAD = 20, 0, -15
_PLANNED, _UNKNOWN_WOMEN = 100, 4
_SESSIONS_BEHIND: Final = 35
_THEMES: Final = (Theme.CHILDREN, Theme.MONEY, Theme.HOUSING)
#: What the women of the meeting of December asked about, and what their slips said.
_ASKED: Final[Tally] = {
    Question.ASKED: {Theme.CHILDREN: 5, Theme.MONEY: 7, Theme.HOUSING: 4, Theme.RELEASE: 2}
}
_SLIPS: Final[Tally] = {
    Question.STRESS_BEFORE: {"3": 1, "4": 3},
    Question.STRESS_AFTER: {"2": 3, "3": 1},
    Question.LEARNED: {"yes": 4, "no": 0},
    Question.KNOWS_WHOM: {"yes": 3, "no": 1},
}
#: In so many days the prison is closed, for three days.
_SHUT: Final = 45
_SHUT_DAYS: Final = 3


@dataclass(frozen=True)
class Agenda:
    """The meetings of one prison by the days before the business day, and its running course."""

    gatherings: dict[int, int]
    mornings: dict[int, int]
    course: int


def plan(coordinator: Actor, team: Team) -> Agenda:
    """Plan the winter of a prison, long before."""
    now = days_ago(_PLANNED)

    def meeting(product: Product, days: int, at: time, *speakers: Speaker) -> int:
        on = TODAY - timedelta(days=days)
        themes = _THEMES if product is Product.MOEDER_DE_GANS else ()
        new = NewMeeting(
            product=product,
            planned_on=on,
            planned_time=at,
            room="Ontmoetingsruimte",
            themes=themes,
            speakers=speakers,
        )
        return int(products.plan_meeting(coordinator, team.pk, new, now).pk)

    speakers = (Speaker.YOUTH_CARE, Speaker.DEBT_HELP, Speaker.EXPERIENCED_MOTHER)
    first_on = TODAY - timedelta(days=_SESSIONS_BEHIND)
    new = courses.NewCourse(first_on=first_on, at=time(13, 30), room="Lokaal 2")
    return Agenda(
        gatherings={
            days: meeting(Product.MOEDER_DE_GANS, days, time(10), *speakers)
            for days in (HELD, CALLED_OFF, NEXT)
        },
        mornings={
            days: meeting(Product.MOEDER_KIND_BEZOEKEN, days, time(9, 30)) for days in (BEHIND, NOW, AHEAD)
        },
        course=courses.plan_course(coordinator, team.pk, new, now).pk,
    )


def close(coordinator: Actor, agenda: Agenda, trainer: UUID | None) -> None:
    """Count who came to what is behind us, once every story has told it, and say who gives the course."""
    _held(coordinator, agenda.gatherings[HELD])
    products.hold_meeting(coordinator, agenda.mornings[BEHIND], 0, days_ago(BEHIND, 17))
    shut = TODAY + timedelta(days=_SHUT)
    there = Team.objects.get(pk=min(coordinator.team_ids)).prison_id
    facts = places.ClosureFacts(
        from_on=shut, to_on=shut + timedelta(days=_SHUT_DAYS - 1), why=Closing.STAFF_SHORTAGE
    )
    places.close_prison(coordinator, there, facts, days_ago(1))
    products.cancel_meeting(
        coordinator, agenda.gatherings[CALLED_OFF], Reason.STAFF_SHORTAGE, days_ago(CALLED_OFF + 1)
    )
    _next(coordinator, agenda.gatherings[NEXT])
    if trainer:
        courses.add_trainer(coordinator, agenda.course, trainer, days_ago(5))
    last = CourseSession.objects.filter(course_id=agenda.course).latest("number")
    products.cancel_meeting(coordinator, last.meeting_id, Reason.LOCKDOWN, days_ago(1))


def _held(coordinator: Actor, meeting_id: int) -> None:
    """Tell which speakers came to the meeting of December, and what women asked and said."""
    answered, evening = days_ago(HELD + 10), days_ago(HELD, 17)
    states = (SpeakerState.CONFIRMED, SpeakerState.CONFIRMED, SpeakerState.DECLINED)
    speakers = list(MeetingSpeaker.of(coordinator).filter(meeting_id=meeting_id))
    for speaker, state in zip(speakers, states, strict=True):
        gatherings.note_speaker(coordinator, speaker.pk, state, answered)
    gatherings.note_speaker(coordinator, speakers[0].pk, SpeakerState.CAME, evening)
    gatherings.note_speaker(coordinator, speakers[1].pk, SpeakerState.ABSENT, evening)
    products.hold_meeting(coordinator, meeting_id, _UNKNOWN_WOMEN, evening)
    gatherings.tally(coordinator, meeting_id, _ASKED, evening)
    gatherings.tally(coordinator, meeting_id, _SLIPS, evening)


def _next(coordinator: Actor, meeting_id: int) -> None:
    """Let one speaker of the meeting to come say yes, and the prison name women whom nobody knows yet."""
    speakers = MeetingSpeaker.of(coordinator).filter(meeting_id=meeting_id)
    gatherings.note_speaker(coordinator, speakers[0].pk, SpeakerState.CONFIRMED, days_ago(3))
    gatherings.take_list(coordinator, meeting_id, [], _UNKNOWN_WOMEN, days_ago(2))
