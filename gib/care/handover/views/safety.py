"""The reporting code: one page per case, for the team alone."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gib.care.handover import actions, forms
from gib.care.handover.domain import Conclusion, SafetyState
from gib.care.handover.models import NeedSignal, SafetyCase, SafetyStep
from gib.care.handover.views.needs import tab_of
from gib.care.handover.wording import CONCLUSION_WORDS, NO_TALK_WORDS, STEP_WORDS, TALK_WORDS
from gib.core.access.guard import Request, requires
from gib.core.access.tables import P
from gib.core.ui.forms import HouseForm
from gib.core.ui.posting import answer
from gib.core.ui.words import day


def _page(case_id: UUID) -> str:
    return reverse("handover:case", args=[case_id])


@requires(P.HANDLE_SIGNAL)
@require_safe
def case(request: Request, case_id: UUID) -> HttpResponse:
    """Show a case with its steps, its decision, and what must follow."""
    actor, on = request.actor, request.now.on
    row = SafetyCase.visible_to(actor, on).get_or_404(pk=case_id)
    signal = NeedSignal.visible_to(actor, on).get_or_404(pk=row.signal_id)
    steps = SafetyStep.visible_to(actor, on).filter(case_id=case_id).order_by("position")
    is_done = row.state == SafetyState.CLOSED and signal.closed_on is None
    context = {
        "row": row,
        "words": signal.words,
        "state": f"safety.{row.state}",
        "conclusion": CONCLUSION_WORDS[Conclusion(row.conclusion)] if row.conclusion else "",
        "is_own": row.proposed_by == actor.user_id,
        "may_step": row.state == SafetyState.OPEN,
        "may_second": row.state == SafetyState.PROPOSED,
        "may_close": row.state == SafetyState.DECIDED,
        "signal_id": row.signal_id if is_done else None,
        "steps": [_step(step) for step in steps.unlocked()],
        "back": tab_of(row.dossier_id),
    }
    return render(request, "handover/case.html", context)


def _step(step: Any) -> dict[str, Any]:
    talk = TALK_WORDS.get(step.talked_with) or NO_TALK_WORDS.get(step.no_talk, "")
    return {"title": STEP_WORDS[step.step], "when": day(step.done_on), "note": step.note, "talk": talk}


def _act(
    request: Request, case_id: UUID, title: str, form: HouseForm, perform: Callable[[Any], Any], **more: Any
) -> HttpResponse:
    SafetyCase.visible_to(request.actor, request.now.on).get_or_404(pk=case_id)

    def done(command: Any) -> str:
        perform(command)
        return _page(case_id)

    context = {"title": title, "back": _page(case_id)}
    return answer(request, form, "handover/form.html", done, context | more)


@requires(P.HANDLE_SIGNAL)
def step(request: Request, case_id: UUID) -> HttpResponse:
    """Record a step."""

    def perform(told: actions.NewStep) -> None:
        actions.take_step(request.actor, case_id, told, request.now)

    notice = _("Een stap verandert u later niet meer. U kunt hem wel opnieuw doen.")
    form = forms.CodeStepForm(request.POST or None)
    return _act(request, case_id, _("Stap van de meldcode"), form, perform, notice=notice)


@requires(P.HANDLE_SIGNAL)
def propose(request: Request, case_id: UUID) -> HttpResponse:
    """Propose what to decide."""

    def perform(command: tuple[Conclusion, str]) -> None:
        actions.propose_conclusion(request.actor, case_id, *command, request.now)

    notice = _("Een tweede persoon moet dit besluit bevestigen.")
    return _act(
        request,
        case_id,
        _("Stel een besluit voor"),
        forms.ConclusionForm(request.POST or None),
        perform,
        notice=notice,
    )


@requires(P.HANDLE_SIGNAL)
def second(request: Request, case_id: UUID) -> HttpResponse:
    """Agree as the second person, or send it back."""

    def perform(agrees: bool) -> None:
        actions.confirm_conclusion(request.actor, case_id, agrees, request.now)

    return _act(request, case_id, _("Tweede persoon"), forms.SecondForm(request.POST or None), perform)


@requires(P.HANDLE_SIGNAL)
def close(request: Request, case_id: UUID) -> HttpResponse:
    """Close a case with what came of it."""

    def perform(outcome: str) -> None:
        actions.close_case(request.actor, case_id, outcome, request.now)

    form = forms.TextForm(request.POST or None, label=_("Wat kwam eruit?"), sees=forms.SAFETY_SEES)
    return _act(request, case_id, _("Sluit de meldcode"), form, perform)
