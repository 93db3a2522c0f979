"""What the life of volunteers gives the start page: who comes, first talks, and talks too long ago."""

from datetime import timedelta
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gib.core.access.together import Steps, in_steps
from gib.core.ui.slots import Task
from gib.people.volunteers.domain import State
from gib.people.volunteers.domain.coaching import quiet_days
from gib.people.volunteers.models import named, since_in, with_us
from gib.people.volunteers.models.coaching import CoachingTalk, rhythm_weeks
from gib.people.volunteers.models.interest import Interview
from gib.people.volunteers.presenting import name_of

#: How far back a talk is looked for: longer ago is long ago.
_BACK: Final = timedelta(days=400)
_MOST: Final = 30
#: Within a week she hears from us: so says the public page.
_SOON: Final = 7


@in_steps
def quiet(request: Any) -> Steps[list[Task]]:
    """Say in one row with how many volunteers at work nobody talked for longer than the rhythm.

    One row for all, since a coordinator plans such talks together.
    """
    actor, on = request.actor, request.now.on
    weeks = rhythm_weeks(on)
    held, found = yield (
        CoachingTalk.of_team(actor, on).filter(held_on__gt=on - _BACK).values_list("volunteer_id", "held_on"),
        with_us(actor, on),
    )
    last: dict[Any, Any] = {}
    for volunteer_id, day in held:
        last[volunteer_id] = max(last.get(volunteer_id, day), day)
    late = {
        one: days
        for one, since in since_in(State.AVAILABLE, found).items()
        if (days := quiet_days(last.get(one), since, on, weeks)) is not None
    }
    if not late:
        return []
    longest = max(late, key=lambda one: (late[one], str(one)))
    rows = yield named(actor, on, [longest])
    return [_quiet_task(name_of(row), len(late) - 1, late[longest], weeks) for row in rows]


def _quiet_task(name: str, others: int, days: int, weeks: int) -> Task:
    more = ngettext("%(name)s en %(others)d ander", "%(name)s en %(others)d anderen", others)
    return Task(
        who=more % {"name": name, "others": others} if others else name,
        why=_("Al %(days)d dagen geen gesprek. Het ritme is %(weeks)d weken.")
        % {"days": days, "weeks": weeks},
        url=reverse("volunteers:talks"),
        button=_("Plan"),
        tone="warn",
        badge=_("Vrijwilliger"),
        rank=65,
    )


@in_steps
def newcomers(request: Any) -> Steps[list[Task]]:
    """List who wants to volunteer and waits for a first talk, the longest first, with the age in days."""
    actor, on = request.actor, request.now.on
    new = since_in(State.INTERESTED, (yield with_us(actor, on)))
    first = sorted(new, key=lambda one: (new[one], one))[:_MOST]
    rows = {row.id: row for row in (yield named(actor, on, first))}
    return [_newcomer(rows[one], (on - new[one]).days) for one in first]


def _newcomer(row: Any, days: int) -> Task:
    waits = ngettext("Wacht %(days)d dag.", "Wacht %(days)d dagen.", days) % {"days": days}
    return Task(
        who=name_of(row),
        why=_("Wil vrijwilliger worden.") + (f" {waits}" if days else ""),
        url=reverse("volunteers:interview", args=[row.id]),
        button=_("Plan"),
        tone="warn" if days > _SOON else "busy",
        badge=_("Vrijwilliger"),
        rank=45,
    )


@in_steps
def interviews(request: Any) -> Steps[list[Task]]:
    """List the first talks of today, and those of which nobody said yet how they went."""
    actor, on = request.actor, request.now.on
    open_rows = Interview.of_team(actor, on).filter(held_on__isnull=True, planned_on__lte=on)
    held, found = yield (
        open_rows.order_by("planned_on").values_list("volunteer_id", "planned_on")[:_MOST],
        with_us(actor, on),
    )
    waits = since_in(State.INTERVIEW, found)
    planned = {one: day for one, day in held if one in waits}
    rows = yield named(actor, on, planned)
    return [_interview(row, planned[row.id] == on) for row in rows]


def _interview(row: Any, is_today: bool) -> Task:
    return Task(
        who=name_of(row),
        why=_("Kennismaking is vandaag.") if is_today else _("Kennismaking is geweest. Hoe ging het?"),
        url=reverse("volunteers:conclusion", args=[row.id]),
        button=_("Vul in"),
        tone="busy" if is_today else "warn",
        badge=_("Vrijwilliger"),
        rank=40,
    )
