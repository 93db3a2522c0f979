"""What a visit morning asks of a coordinator in the days before: homes to remind, children without a car."""

from collections import defaultdict
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gib.care.products.domain.meeting import State as Meeting
from gib.care.products.models import norm
from gib.care.products.moeder_kind_bezoeken.domain import BEFORE, LISTED
from gib.care.products.moeder_kind_bezoeken.models import MeetingChild
from gib.care.products.moeder_kind_bezoeken.presenting.rides import is_unserved
from gib.core.access.together import Steps, in_steps
from gib.core.ui.slots import Task
from gib.core.ui.words import day

#: How far ahead a child without a car is told of, in days.
_AHEAD_DAYS = 7


@in_steps
def mornings_near(request: Any) -> Steps[list[Task]]:
    """List the mornings of this week whose homes must be reminded or whose children have no car.

    An identity card is forgotten once: three days before, whoever cares for a child is told what goes along.
    Source: domain page 1.4, exceptions.
    """
    on = request.now.on
    rows = MeetingChild.of_team(request.actor, on).filter(
        state__in=sorted(BEFORE & LISTED),
        # Whoever comes from another team opens its morning there; and few mornings are found before the many
        # children of all.
        meeting__team__in=sorted(request.actor.team_ids),
        meeting__state=Meeting.PLANNED,
        meeting__planned_on__range=(on, on + timedelta(days=_AHEAD_DAYS)),
    )
    found = yield rows.select_related("meeting").order_by("meeting__planned_on", "id")
    soon = on + timedelta(days=norm("checklist_days", on)) if found else on
    mornings: dict[int, list[Any]] = defaultdict(list)
    for row in found:
        mornings[row.meeting_id].append(row)
    told = [
        (mine[0].meeting, _why(mine, is_near=mine[0].meeting.planned_on <= soon))
        for mine in mornings.values()
    ]
    return [_task(meeting, why) for meeting, why in told if why]


def _why(rows: list[Any], *, is_near: bool) -> str:
    """Say what is still to do for one morning; empty when nothing is."""
    homes = sum(row.reminded_on is None for row in rows) if is_near else 0
    without = sum(map(is_unserved, rows))
    said = (
        (
            homes,
            ngettext(
                "Bel %(number)d huis over identiteitsbewijs en jas.",
                "Bel %(number)d huizen over identiteitsbewijs en jas.",
                homes,
            ),
        ),
        (
            without,
            ngettext(
                "%(number)d kind heeft geen vervoer.", "%(number)d kinderen hebben geen vervoer.", without
            ),
        ),
    )
    return " ".join(words % {"number": number} for number, words in said if number)


def _task(meeting: Any, why: str) -> Task:
    return Task(
        who=_("Bezoekochtend %(day)s") % {"day": day(meeting.planned_on)},
        why=why,
        url=reverse("products:morning", args=[meeting.pk]),
        button=_("Bekijk"),
        tone="warn",
        rank=20,
    )
