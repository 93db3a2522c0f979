"""What a trajectory puts on the page of a dossier and on the start page of a coordinator."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Max, Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from gib.care.trajectory import domain, presenting, words
from gib.care.trajectory.domain import ACTIVE, Drill, ReviewDue, State
from gib.care.trajectory.domain.network import is_asked
from gib.care.trajectory.domain.outreach import Search, next_rung, rung_due
from gib.care.trajectory.models import (
    NetworkMap,
    Outreach,
    OutreachAttempt,
    PlanStep,
    Review,
    Trajectory,
    search_of,
)
from gib.care.trajectory.presenting_network import told_of
from gib.care.trajectory.presenting_scores import Talk, own_of
from gib.core.access.tables import P
from gib.core.access.together import Steps, abreast, asking, begin, in_steps
from gib.core.ui.slots import Task
from gib.core.ui.words import day
from gib.people.families import slots as families
from gib.people.families.naming import names_of

_MOST = 30


@in_steps
def plan_tab(request: Any, dossier_id: UUID) -> Steps[SafeString]:
    """Show her goals and her own scores, the steps by phase, and where the trajectory stands."""
    actor, on = request.actor, request.now.on
    maps = NetworkMap.visible_to(actor, on).filter(dossier_id=dossier_id)
    parts = [begin(each, actor, dossier_id, on) for each in (presenting.plan_of, own_of)]
    plan, own, drawn = yield from abreast([*parts, asking(maps)])
    talk = plan and own.talk_of(plan.row.id)
    context = {
        "plan": plan,
        "own": own,
        "talk": talk,
        "network_told": told_of(drawn),
        "network_asked": plan and _asks_network(plan, talk, drawn),
        "dossier_id": dossier_id,
        "may_edit": actor.may(P.PLAN_TRAJECTORY),
    }
    return render_to_string("trajectory/plan_tab.html", context, request)


def _asks_network(plan: presenting.Plan, talk: Talk | None, drawn: list[Any]) -> bool:
    answered_on = drawn[-1].drawn_on if drawn else None
    return is_asked(State(plan.row.state), answered_on, talk.on if talk else None)


@in_steps
def goals(request: Any, dossier_id: UUID) -> Steps[SafeString | None]:
    """Show her goals alone, for the top of the timeline."""
    plan = yield from begin(presenting.plan_of, request.actor, dossier_id, request.now.on)
    if plan is None or not plan.goals:
        return None
    return render_to_string("trajectory/goals.html", {"plan": plan, "may_edit": False}, request)


def _names(request: Any, rows: list[Any]) -> Steps[dict[UUID, str]]:
    return begin(names_of, request.actor, request.now.on, {row.dossier_id for row in rows})


def _task(row: Any, names: dict[UUID, str], why: str, **facts: Any) -> Task:
    url = reverse("portal:dossier_tab", args=[row.dossier_id, "plan"])
    told = {"who": names.get(row.dossier_id, ""), "why": why, "url": url, "button": _("Open")}
    return Task(**told | facts, dossier_id=row.dossier_id)


def _pressed(request: Any) -> Q:
    """Find the step that was ticked on the start page a moment ago, so that it can be taken back."""
    try:
        step_id = UUID(request.GET.get("klaar", ""))
    except ValueError:
        return Q(pk__in=[])
    return Q(pk=step_id, done_on=request.now.on)


@in_steps
def steps_due(request: Any) -> Steps[list[Task]]:
    """List the steps that are due today or late: those of a release first."""
    on = request.now.on
    # Who lost her volunteer hears it before the last day: such a step is there at once.
    due = Q(done_on__isnull=True, overtaken_on__isnull=True) & (Q(due_on__lte=on) | Q(drill=Drill.REMATCH))
    found = yield PlanStep.of_team(request.actor, on).filter(due | _pressed(request))[:_MOST].opening()
    names = yield from _names(request, found)
    return [
        _task(
            row,
            names,
            words.what(row),
            tone="stop" if row.drill_on else "busy",
            badge="today" if row.due_on == on else day(row.due_on),
            rank=5 if row.drill_on else 55,
            finish=reverse("trajectory:step_press", args=[row.id, "herstel" if row.done_on else "klaar"]),
            is_done=row.done_on is not None,
        )
        for row in found
    ]


@in_steps
def reviews_overdue(request: Any) -> Steps[list[Task]]:
    """List the mothers with whom the plan was not discussed for too long."""
    actor, on = request.actor, request.now.on
    plans: Any = Trajectory.of_team(actor, on)
    every = yield plans.going()
    rows = [row for row in every if row.state in ACTIVE]
    among: Any = Review.of_team(actor, on).filter(trajectory_id__in=[row.id for row in rows])
    last = yield among.order_by().values_list("trajectory_id").annotate(last=Max("held_on"))
    since = _discussed(rows, dict(last))
    late = [row for row in rows if domain.review_due(since[row.id], on) is ReviewDue.OVERDUE][:_MOST]
    names = yield from _names(request, late)
    told = _("Het plan is sinds %(day)s niet samen besproken.")
    return [_task(row, names, told % {"day": day(since[row.id])}, tone="warn", rank=65) for row in late]


def sought(request: Any) -> Any:
    """Ask for the mothers for whom we look; two lists ask it as one question."""
    return Outreach.of_team(request.actor, request.now.on).filter(to_on__isnull=True)


@in_steps
def outreach_due(request: Any) -> Steps[list[Task]]:
    """List the mothers who cannot be reached, from the day on which the next attempt is made."""
    on = request.now.on
    attempts = OutreachAttempt.of_team(request.actor, on)
    rows, tried = yield sought(request), attempts.found_by("outreach_id", sought(request).values("id"))
    said = [(row, _said(search_of(row, tried), on)) for row in rows]
    found = [(row, why) for row, why in said if why][:_MOST]
    names = yield from _names(request, [row for row, _why in found])
    facts: dict[str, Any] = {"tone": "warn", "badge": "trajectory.sought", "rank": 50}
    return [_task(row, names, why, **facts, url=ladder_of(row)) for row, why in found]


def ladder_of(row: Any) -> str:
    """Give the address where attempts to reach her are noted, by a row of her trajectory."""
    return reverse("trajectory:outreach", args=[row.trajectory_id])


def _said(search: Search, on: date) -> str:
    """Say what comes now in a search; empty when the next step is not due yet."""
    rung, due_on = next_rung(search.tried), rung_due(search)
    if rung is None:
        return _("Alles is geprobeerd. Besluit samen hoe het verder gaat.")
    if due_on is None or due_on > on:
        return ""
    return _("Nog niet bereikt. Nu: %(step)s.") % {"step": words.RUNGS[rung]}


def _discussed(rows: list[Any], last: dict[UUID, Any]) -> dict[UUID, Any]:
    """Give when each plan was last discussed, or else agreed."""
    return {row.id: last.get(row.id) or row.agreed_on for row in rows}


@in_steps
def renewals(request: Any) -> Steps[list[Task]]:
    """List the mothers whose consent for support ends, but for those whose trajectory is closed."""
    plans: Any = Trajectory.of_team(request.actor, request.now.on)
    closed, going, given = yield (
        plans.closed_days(),
        plans.going(),
        families.supported(request),
    )
    done = {dossier_id for dossier_id, *_why in closed} - {row.dossier_id for row in going}
    tasks: list[Task] = yield from begin(families.renewals, request, done, given)
    return tasks
