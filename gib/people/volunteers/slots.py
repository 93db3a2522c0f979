"""What volunteers give the start page: papers that lapse before somebody notices."""

from typing import Any
from uuid import UUID

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _

from gib.core.access.together import Steps, in_steps
from gib.core.ui.slots import Task
from gib.core.ui.words import day
from gib.people.volunteers import domain
from gib.people.volunteers.domain import Completed, Requirement, State
from gib.people.volunteers.models import Completion, Volunteer
from gib.people.volunteers.wording import REQUIREMENTS

SOON = 30


@in_steps
def lapsing(request: Any) -> Steps[list[Task]]:
    """List the volunteers at work whose papers lapse within thirty days, or have lapsed."""
    actor, on = request.actor, request.now.on
    held: dict[UUID, list[Completed]] = {}
    at_work = {"volunteer__state": State.AVAILABLE, "volunteer__team": F("team")}
    papers = yield Completion.of_team(actor, on).filter(**at_work)
    for row in papers:
        held.setdefault(row.volunteer_id, []).append(
            Completed(Requirement(row.requirement), row.from_on, row.to_on)
        )
    ids = {
        pk: facts
        for pk, facts in held.items()
        if domain.lapsing(facts, on, SOON) or domain.missing(facts, domain.BASE, on)
    }
    rows = yield Volunteer.visible_to(actor, on).filter(state=State.AVAILABLE, pk__in=list(ids)).opening()
    return [_task(row, ids[row.id], on) for row in rows]


def _task(row: Any, facts: list[Completed], on: Any) -> Task:
    lacks, soon = domain.missing(facts, domain.BASE, on), domain.lapsing(facts, on, SOON)
    why = (
        _("%(what)s is verlopen. Zij kan niet worden ingepland.") % {"what": REQUIREMENTS[lacks[0]]}
        if lacks
        else _("%(what)s loopt af op %(day)s.") % {"what": REQUIREMENTS[soon[0][0]], "day": day(soon[0][1])}
    )
    return Task(
        who=f"{row.given_name} {row.family_name[:1]}., " + _("vrijwilliger"),
        why=why,
        url=reverse("volunteers:volunteer", args=[row.id]),
        button=_("Vraag aan"),
        tone="stop" if lacks else "warn",
        badge="vog",
        rank=20 if lacks else 60,
    )
