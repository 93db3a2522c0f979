"""How talks with volunteers are laid out: those of one, and of a team, the longest ago first."""

from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gib.core.access.guard import Request
from gib.core.access.tables import P
from gib.core.ui.tables import Cell, Table, make
from gib.core.ui.words import day
from gib.people.volunteers.choices import TALKS
from gib.people.volunteers.domain import FLOW, State
from gib.people.volunteers.domain.coaching import TalkKind, quiet_days
from gib.people.volunteers.models import Volunteer
from gib.people.volunteers.models.coaching import WAITING, CoachingTalk, last_talks, rhythm_weeks
from gib.people.volunteers.presenting import name_of, seen


def talks_page(volunteer_id: UUID) -> str:
    """Give the address of the talks with a volunteer."""
    return reverse("volunteers:talks_of", args=[volunteer_id])


def stand(row: Any, on: date) -> str:
    """Say how a talk stands: planned, waiting to be written down, held or called off."""
    if row.cancelled_on is not None:
        return "talk.cancelled"
    if row.held_on is not None:
        return "talk.held"
    return "talk.missed" if row.planned_on < on else "talk.planned"


def lines_of(request: Request, volunteer_id: UUID) -> list[dict[str, Any]]:
    """Give the talks with one volunteer, the newest first."""
    rows = CoachingTalk.visible_to(request.actor, request.now.on).filter(volunteer_id=volunteer_id)
    newest = sorted(rows, key=lambda row: row.held_on or row.planned_on, reverse=True)
    return [
        {
            "id": row.id,
            "title": str(TALKS[TalkKind(row.kind)]),
            "when": day(row.held_on or row.planned_on),
            "state": stand(row, request.now.on),
            "note": row.note or "",
            "is_open": row.held_on is None and row.cancelled_on is None,
        }
        for row in newest
    ]


def quiet(request: Request, row: Any) -> int:
    """Give for how many days nobody talked with a volunteer at work, when too long; otherwise 0."""
    actor, on = request.actor, request.now.on
    if row.state != State.AVAILABLE:
        return 0
    last = last_talks(CoachingTalk.visible_to(actor, on).filter(volunteer_id=row.id)).get(row.id)
    return quiet_days(last, row.since_on, on, rhythm_weeks(on)) or 0


def talks_of(request: Request, volunteer_id: UUID) -> dict[str, Any]:
    """Give the page of the talks with one volunteer.

    Raises:
        Http404: she does not exist for this reader.
    """
    row = seen(request, volunteer_id)
    return {
        "volunteer": row,
        "name": name_of(row),
        "lines": lines_of(request, row.id),
        "quiet": quiet(request, row),
        "weeks": rhythm_weeks(request.now.on),
        "is_own": not request.actor.may(P.MANAGE_VOLUNTEER),
        "may_talk": not FLOW.is_final(State(row.state)),
    }


def people(request: Request) -> list[tuple[str, str]]:
    """Give the volunteers with whom can be talked, as choices by name."""
    gone = [state for state in State if FLOW.is_final(state)]
    rows = Volunteer.visible_to(request.actor, request.now.on).exclude(state__in=gone).unlocked()
    return sorted(((str(row.id), name_of(row)) for row in rows), key=lambda pair: pair[1])


def of_team(request: Request) -> dict[str, Any]:
    """Give the volunteers at work with their last talk and the next, longest ago first."""
    actor, on, weeks = request.actor, request.now.on, rhythm_weeks(request.now.on)
    rows = list(Volunteer.visible_to(actor, on).filter(state=State.AVAILABLE).unlocked())
    talks = CoachingTalk.visible_to(actor, on)
    last = last_talks(talks)
    waiting = talks.filter(WAITING).order_by("-planned_on").values_list("volunteer_id", "planned_on")
    planned = dict(waiting)
    rows.sort(key=lambda row: (last.get(row.id, date.min), row.since_on, str(row.id)))
    late = [quiet_days(last.get(row.id), row.since_on, on, weeks) for row in rows]
    lines: list[list[Cell | str | int]] = [
        [
            Cell(name_of(row), talks_page(row.id)),
            day(last.get(row.id)) or _("nog nooit"),
            day(planned.get(row.id)),
            _since(days),
        ]
        for row, days in zip(rows, late, strict=True)
    ]
    return {"table": _table(lines), "count": sum(days is not None for days in late), "weeks": weeks}


def _since(days: int | None) -> str:
    if days is None:
        return _("op tijd")
    return ngettext("al %(weeks)d week", "al %(weeks)d weken", days // 7) % {"weeks": days // 7}


def _table(lines: list[list[Cell | str | int]]) -> Table:
    heads = [_("Wie"), _("Laatste gesprek"), _("Gepland"), _("Ritme")]
    return make(_("Gesprekken"), heads, lines)
