"""What expenses give the start page: claims that wait for a yes."""

from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gib.core.access.together import Steps, in_steps
from gib.core.kernel.money import euros
from gib.core.ui.slots import Task
from gib.core.ui.words import day
from gib.people.volunteers.domain.expenses import ClaimState
from gib.people.volunteers.models import Claim

#: After so many days a claim should have had an answer.
LATE: Final = 14


@in_steps
def waiting(request: Any) -> Steps[list[Task]]:
    """Say in one row how many claims of the team wait for somebody else than who handed them in."""
    actor, on = request.actor, request.now.on
    asked = Claim.of_team(actor, on).filter(state=ClaimState.SUBMITTED)
    rows = yield asked.exclude(submitted_by=actor.user_id).order_by("submitted_on", "id")
    return [_task(rows, on)] if rows else []


def _task(rows: list[Any], on: Any) -> Task:
    number, oldest = len(rows), rows[0].submitted_on
    is_late = (on - oldest).days > LATE
    told = ngettext("%(number)d declaratie wacht", "%(number)d declaraties wachten", number)
    why = _("Samen %(sum)s. De oudste is van %(day)s.")
    return Task(
        who=told % {"number": number},
        why=why % {"sum": euros(sum(row.cents for row in rows)), "day": day(oldest)},
        url=reverse("volunteers:claims"),
        button=_("Bekijk"),
        tone="warn" if is_late else "busy",
        badge="waiting" if is_late else "asked",
        rank=70,
    )
