"""What volunteers give the start page: papers that lapse before somebody notices."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from gib.core.access.together import Steps, in_steps
from gib.core.ui.slots import Task
from gib.core.ui.words import day
from gib.people.volunteers import domain
from gib.people.volunteers.domain import Papers, State
from gib.people.volunteers.models import Exemption, named, papers_by, shutting, since_in, with_us
from gib.people.volunteers.wording import REQUIREMENTS

SOON = 30


@in_steps
def lapsing(request: Any) -> Steps[list[Task]]:
    """List the volunteers at work whose papers lapse within thirty days, or have lapsed."""
    actor, on = request.actor, request.now.on
    seen, waits, found = yield (
        shutting(actor, on),
        Exemption.of_team(actor, on),
        with_us(actor, on),
    )
    at_work = since_in(State.AVAILABLE, found)
    ids = {
        pk: papers
        for pk, papers in papers_by(at_work, seen, waits, ()).items()
        if domain.lapsing(papers, on, SOON) or domain.missing(papers, on)
    }
    rows = yield named(actor, on, ids)
    return [_task(row, ids[row.id], on) for row in rows]


def _task(row: Any, papers: Papers, on: Any) -> Task:
    lacks, soon = domain.missing(papers, on), domain.lapsing(papers, on, SOON)
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
        badge=_("VOG"),
        rank=20 if lacks else 60,
    )
