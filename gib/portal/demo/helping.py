"""The life of the volunteers of the demonstration: when they can and what they like."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Final
from uuid import UUID

from gib.core.access.actor import Actor
from gib.engines.matching.problem import AgeGroup, Daypart, Gender
from gib.people.volunteers.actions import availability
from gib.people.volunteers.domain.availability import AbsenceKind, Away, Interest, RatherNot, Wishes
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


def live(coordinator: Actor, helpers: Mapping[str, UUID]) -> None:
    """Let the volunteers of one team tell their time and wishes; one is away soon and one has leave."""
    ids = list(helpers.values())
    _tell(coordinator, ids)
    now = days_ago(3)
    soon = Away(TODAY + timedelta(days=24), TODAY + timedelta(days=38))
    availability.tell_absence(coordinator, ids[0], soon, now)
    leave = Away(TODAY - timedelta(days=2), None, AbsenceKind.LEAVE)
    availability.tell_absence(coordinator, ids[-1], leave, now)


def _tell(coordinator: Actor, ids: Iterable[UUID]) -> None:
    now = days_ago(60)
    for number, volunteer_id in enumerate(ids):
        week, wishes = _WEEKS[number % len(_WEEKS)], _WISHES[number % len(_WISHES)]
        availability.tell_week(coordinator, volunteer_id, week, None, now)
        availability.tell_wishes(coordinator, volunteer_id, wishes, now)
