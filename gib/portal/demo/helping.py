"""The life of the volunteers of the demonstration: when they can and what they like."""

from collections.abc import Iterable, Mapping
from datetime import date, time, timedelta
from typing import Final
from uuid import UUID

from gib.core.access.actor import Actor, house
from gib.engines.matching.problem import AgeGroup, Daypart, Gender
from gib.people.partners.domain import Product
from gib.people.partners.models import Team
from gib.people.volunteers import actions as volunteers
from gib.people.volunteers.actions import agreement, availability, coaching, groups, interest
from gib.people.volunteers.domain import Requirement
from gib.people.volunteers.domain.availability import AbsenceKind, Away, Interest, RatherNot, Wishes
from gib.people.volunteers.domain.coaching import Talk, TalkKind
from gib.people.volunteers.domain.groups import NewTraining, Trainer
from gib.people.volunteers.domain.interest import Conclusion, Heard, NewEnquiry
from gib.people.volunteers.models import Volunteer
from gib.portal.demo.days import TODAY, days_ago

_WEEKS: Final = (
    (Daypart.MON_MORNING, Daypart.TUE_AFTERNOON, Daypart.WED_AFTERNOON),
    (Daypart.TUE_MORNING, Daypart.THU_EVENING, Daypart.SAT_MORNING),
    (Daypart.WED_AFTERNOON, Daypart.FRI_MORNING, Daypart.FRI_AFTERNOON, Daypart.SUN_AFTERNOON),
)
_WISHES: Final = (
    Wishes(
        languages=("nl", "en"),
        most_matches=2,
        interests=(Interest.READING, Interest.COOKING, Interest.TALKING),
        experience=(AgeGroup.BABY, AgeGroup.CHILD),
        rather_not=(RatherNot.SMOKING,),
        months=24,
        gender=Gender.WOMAN,
    ),
    Wishes(
        has_car=True,
        most_minutes=45,
        interests=(Interest.OUTDOORS, Interest.SPORT),
        experience=(AgeGroup.TEENAGER,),
        rather_not=(RatherNot.PETS,),
        areas=("3512",),
        months=12,
    ),
    Wishes(languages=("nl", "tr"), interests=(Interest.PAPERWORK, Interest.LANGUAGE), months=6),
)


#: Who gave herself up on the public page, how many days ago, and in how many days the first talk is.
_ENQUIRIES: Final = (("Marjolein", 2, None), ("Saskia", 9, 0), ("Ria", 16, -4))
#: Last names of who came by the public page, and of who is screened: those of one team and of another.
_CAME: Final = (("Inktlint", "Zetbord", "Drukproef"), ("Inktrol", "Zetraam", "Drukvel"))
_SCREENED: Final = (("Zetsel", "Kantlijn", "Voetnoot"), ("Zethaak", "Witregel", "Bladwit"))


def live(coordinator: Actor, helpers: Mapping[str, UUID], team: Team) -> None:
    """Let the volunteers of one team tell their time and wishes, talk and learn.

    One is away soon, one has leave, and with one nobody talked for long.
    """
    ids = list(helpers.values())
    _tell(coordinator, ids)
    now = days_ago(3)
    soon = Away(TODAY + timedelta(days=24), TODAY + timedelta(days=38))
    availability.tell_absence(coordinator, ids[0], soon, now)
    leave = Away(TODAY - timedelta(days=2), None, AbsenceKind.LEAVE)
    availability.tell_absence(coordinator, ids[-1], leave, now)
    _talk(coordinator, ids)
    _learn(coordinator, ids)
    _come(coordinator, team)
    _screen(coordinator, team)
    until = TODAY + timedelta(days=40)
    volunteers.exempt(coordinator, ids[2], Requirement.PEER_SUPERVISION, until, days_ago(9))


def _tell(coordinator: Actor, ids: Iterable[UUID]) -> None:
    now = days_ago(60)
    for number, volunteer_id in enumerate(ids):
        week, wishes = _WEEKS[number % len(_WEEKS)], _WISHES[number % len(_WISHES)]
        availability.tell_week(coordinator, volunteer_id, week, None, now)
        availability.tell_wishes(coordinator, volunteer_id, wishes, now)


def _talk(coordinator: Actor, ids: list[UUID]) -> None:
    for volunteer_id in ids[:-1]:
        talk = Talk(
            TalkKind.COACHING, (volunteer_id,), days_ago(25).on, "Wij kijken samen naar haar reistijd."
        )
        coaching.hold_talk(coordinator, talk, days_ago(25))
    group = Talk(TalkKind.PEER_SUPERVISION, tuple(ids[:3]), TODAY + timedelta(days=9))
    coaching.plan_talk(coordinator, group, days_ago(3))
    coaching.plan_talk(coordinator, Talk(TalkKind.COACHING, (ids[0],), TODAY), days_ago(3))


def _learn(coordinator: Actor, ids: list[UUID]) -> None:
    """Let one training be over, one wait to be closed and one begin soon."""
    team = min(coordinator.team_ids)
    for first, length in ((70, 7), (12, 7), (-10, -7)):
        begun = days_ago(max(first, 0) + 5)
        days = (TODAY - timedelta(days=first), TODAY - timedelta(days=first - length))
        new = NewTraining("reporting_code", days, time(10), "Zaal 2", Trainer.COLLEAGUE, places=8)
        row = groups.plan_training(coordinator, team, new, begun)
        inside = [groups.join(coordinator, row.pk, one, begun).id for one in ids[1:4]]
        if first > 0:
            for session in row.sessions.all():
                groups.note_day(coordinator, session.pk, inside[:-1], days_ago(1))
        if first > 60:
            groups.close(coordinator, row.pk, inside[:-1], days_ago(1))


def _come(coordinator: Actor, team: Team) -> None:
    """Let three people give themselves up: one waits, one comes today, and of one we must still say how."""
    for (given, ago, talk), family in zip(_ENQUIRIES, _CAME[team.pk % 2], strict=True):
        told = NewEnquiry(
            given,
            family,
            "",
            f"{given.lower()}@voorbeeld.invalid",
            "3511",
            prison=team.prison.code,
            products=(Product.BEZOEKMOEDERS,),
            heard=Heard.INTERNET,
        )
        row: Volunteer = interest.enquire(house("demo"), told, days_ago(ago))
        if talk is not None:
            interest.plan_interview(coordinator, row.id, TODAY + timedelta(days=talk), days_ago(ago - 1))


def _screen(coordinator: Actor, team: Team) -> None:
    """Bring three to their screening: one is to be entered, of one it runs, of one it was issued."""
    named = zip(("Loek", "Trudy", "Emmy"), _SCREENED[team.pk % 2], strict=True)
    for at, (given, family) in enumerate(named):
        facts = volunteers.NewVolunteer(
            given, family, date(1970 + at, 3, 4), email=f"{given.lower()}@voorbeeld.invalid"
        )
        row = volunteers.register(coordinator, team.pk, facts, days_ago(40))
        interest.plan_interview(coordinator, row.id, days_ago(30).on, days_ago(35))
        interest.decide(coordinator, row.id, days_ago(30).on, Conclusion.YES, days_ago(30))
        if at:
            asked = agreement.request_vog(coordinator, row.id, days_ago(20))
        if at > 1:
            agreement.note_vog(coordinator, asked.id, days_ago(4).on, days_ago(4))
            agreement.sign(coordinator, row.id, "2007-1", days_ago(4).on, days_ago(4))
