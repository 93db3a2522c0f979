"""Pages of a trajectory: propose and move it, her goals and marks, the steps of her plan, reviews."""

from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gib.care.trajectory import actions, forms, words
from gib.care.trajectory.models import Goal, PlanStep, Trajectory
from gib.core.access.guard import Request, requires
from gib.core.access.tables import P
from gib.core.kernel.rules import RuleBroken
from gib.core.ui.forms import sentence
from gib.core.ui.posting import answer
from gib.core.ui.words import short_name
from gib.people.families.models import Dossier, Participant

_MOVES: Final[dict[str, Callable[..., Any]]] = {
    "akkoord": actions.agree,
    "binnen": actions.start_inside,
    "thuis": actions.start_outside,
    "afbouwen": actions.taper,
    "hervatten": actions.resume,
    "heropenen": actions.reopen,
}
_PRESSES: Final[dict[str, Callable[..., Any]]] = {"klaar": actions.do_step, "herstel": actions.undo_step}


def _plan(request: Request, trajectory_id: UUID) -> Any:
    return Trajectory.visible_to(request.actor, request.now.on).get_or_404(pk=trajectory_id)


def _ask(
    request: Request, form: Any, dossier_id: UUID, title: str, perform: Callable[[Any], Any], **more: str
) -> HttpResponse:
    """Show a form of one act under the name of the mother; when it is done, go back to her plan."""

    def go(command: Any) -> str:
        perform(command)
        return plan_of(dossier_id)

    return ask(request, form, dossier_id, title, go, **more)


def ask(
    request: Request,
    form: Any,
    dossier_id: UUID,
    title: str,
    go: Callable[[Any], str],
    page: str = "trajectory/form.html",
    **more: Any,
) -> HttpResponse:
    """Show a form under the name of the mother; the act says where to go when it is done."""
    mother = Participant.visible_to(request.actor, request.now.on).get_or_404(dossier_id=dossier_id)
    who = short_name(f"{mother.first_name} {mother.last_name}")
    return answer(request, form, page, go, {"title": title, "back": plan_of(dossier_id), "who": who} | more)


def plan_of(dossier_id: UUID) -> str:
    """Give the address of her plan."""
    return reverse("portal:dossier_tab", args=[dossier_id, "plan"])


@requires(P.PLAN_TRAJECTORY)
def propose(request: Request, dossier_id: UUID) -> HttpResponse:
    """Propose a trajectory; her wishes of the intake become the first goals."""
    Dossier.visible_to(request.actor, request.now.on).get_or_404(pk=dossier_id)
    lead = _("Haar wensen uit de intake worden haar doelen. U kunt ze daarna samen aanvullen.")
    return _ask(
        request,
        forms.ConfirmForm(request.POST or None),
        dossier_id,
        _("Stel een traject voor"),
        lambda _none: actions.propose(request.actor, dossier_id, request.now),
        lead=lead,
        button=_("Stel voor"),
    )


@requires(P.PLAN_TRAJECTORY)
def move(request: Request, trajectory_id: UUID, to: str) -> HttpResponse:
    """Move a trajectory one stage, after a yes."""
    row = _plan(request, trajectory_id)
    if to not in _MOVES:
        raise Http404
    _state, title, lead = words.MOVES[to]
    return _ask(
        request,
        forms.ConfirmForm(request.POST or None),
        row.dossier_id,
        str(title),
        lambda _none: _MOVES[to](request.actor, trajectory_id, request.now),
        lead=str(lead),
        button=str(title),
    )


@requires(P.PLAN_TRAJECTORY)
def pause(request: Request, trajectory_id: UUID) -> HttpResponse:
    """Let help rest, with a reason."""
    row = _plan(request, trajectory_id)
    return _ask(
        request,
        forms.PauseForm(request.POST or None),
        row.dossier_id,
        _("Zet even stil"),
        lambda reason: actions.pause(request.actor, trajectory_id, reason, request.now),
        lead=_("Het traject blijft open."),
        button=_("Zet stil"),
    )


@requires(P.PLAN_TRAJECTORY)
def close(request: Request, trajectory_id: UUID) -> HttpResponse:
    """Close a trajectory, with a reason."""
    row = _plan(request, trajectory_id)
    return _ask(
        request,
        forms.CloseForm(request.POST or None),
        row.dossier_id,
        _("Sluit het traject"),
        lambda reason: actions.close(request.actor, trajectory_id, reason, None, request.now),
        lead=_("Alle onderdelen en afspraken stoppen mee."),
        button=_("Sluit"),
    )


@requires(P.PLAN_TRAJECTORY)
def goal_add(request: Request, trajectory_id: UUID) -> HttpResponse:
    """Write down a goal in her own words."""
    row = _plan(request, trajectory_id)
    return _ask(
        request,
        forms.GoalForm(request.POST or None),
        row.dossier_id,
        _("Nieuw doel"),
        lambda told: actions.add_goal(request.actor, trajectory_id, told, request.now),
    )


def _goal(request: Request, goal_id: UUID) -> Any:
    return Goal.visible_to(request.actor, request.now.on).get_or_404(pk=goal_id)


@requires(P.PLAN_TRAJECTORY)
def goal_mark(request: Request, goal_id: UUID) -> HttpResponse:
    """Note the mark that she gives her goal today."""
    goal = _goal(request, goal_id)
    return _ask(
        request,
        forms.MarkForm(request.POST or None),
        goal.dossier_id,
        _("Haar cijfer"),
        lambda mark: actions.mark_goal(request.actor, goal_id, mark, request.now),
        quote=goal.words,
    )


@requires(P.PLAN_TRAJECTORY)
def goal_close(request: Request, goal_id: UUID) -> HttpResponse:
    """Put a goal away."""
    goal = _goal(request, goal_id)
    return _ask(
        request,
        forms.ConfirmForm(request.POST or None),
        goal.dossier_id,
        _("Sluit het doel af"),
        lambda _none: actions.close_goal(request.actor, goal_id, request.now),
        quote=goal.words,
        button=_("Sluit af"),
    )


@requires(P.PLAN_TRAJECTORY)
def step_add(request: Request, trajectory_id: UUID) -> HttpResponse:
    """Add a step to her plan."""
    row = _plan(request, trajectory_id)
    rows = Goal.visible_to(request.actor, request.now.on)
    open_goals = rows.filter(trajectory_id=row.id, closed_on__isnull=True)
    goals = [(str(goal.id), goal.words) for goal in open_goals]
    return _ask(
        request,
        forms.StepForm(request.POST or None, goals=goals),
        row.dossier_id,
        _("Nieuwe stap"),
        lambda step: actions.add_step(request.actor, trajectory_id, step, request.now),
    )


@requires(P.PLAN_TRAJECTORY)
def step_tick(request: Request, step_id: UUID) -> HttpResponse:
    """Tick a step, or open it again when it was ticked by mistake."""
    step = PlanStep.visible_to(request.actor, request.now.on).get_or_404(pk=step_id)
    act, title = (
        (actions.undo_step, _("Zet weer open")) if step.done_on else (actions.do_step, _("Stap gedaan"))
    )
    return _ask(
        request,
        forms.ConfirmForm(request.POST or None),
        step.dossier_id,
        title,
        lambda _none: act(request.actor, step_id, request.now),
        quote=words.what(step),
        button=title,
    )


@require_POST
@requires(P.PLAN_TRAJECTORY)
def step_press(request: Request, step_id: UUID, to: str) -> HttpResponse:
    """Tick a step on the start page with one press, or take that back; either done twice is done once."""
    step = PlanStep.visible_to(request.actor, request.now.on).get_or_404(pk=step_id)
    if to not in _PRESSES:
        raise Http404
    try:
        if (step.done_on is None) == (to == "klaar"):
            _PRESSES[to](request.actor, step_id, request.now)
    except RuleBroken as broken:
        messages.error(request, sentence(broken))
    done = f"?klaar={step_id}" if to == "klaar" else ""
    return redirect(reverse("portal:today") + done)


@requires(P.PLAN_TRAJECTORY)
def review(request: Request, trajectory_id: UUID) -> HttpResponse:
    """Record a talk with her about the plan; then she is asked how it goes with her."""
    row = _plan(request, trajectory_id)

    def go(told: forms.ReviewTold) -> str:
        held = actions.hold_review(request.actor, trajectory_id, told.held_on, told.note, request.now)
        return reverse("trajectory:scores", args=[trajectory_id, held.id])

    return ask(
        request,
        forms.ReviewForm(request.POST or None, initial={"held_on": request.now.on}),
        row.dossier_id,
        _("Samen besproken"),
        go,
        lead=_("Vraag haar ook om een cijfer bij elk doel. Hierna zegt zij zelf hoe het gaat, als zij wil."),
    )
