"""The matching board: who waits, who suits her and why, and asking both."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gib.care.products import actions, forms
from gib.care.products.domain.match import Override
from gib.care.products.presenting import board as presenting
from gib.core.access.guard import Request, requires
from gib.core.access.tables import P
from gib.core.ui.posting import answer


@require_safe
@requires(P.MATCH)
def board(request: Request) -> HttpResponse:
    """Show who waits, and for one of them the best volunteers with reasons."""
    everybody = request.GET.get("waarom") == "allen"
    context = presenting.board_page(request, request.GET.get("voor", ""), everybody)
    if context is None:
        raise Http404
    return render(request, "products/board.html", context)


@require_safe
@requires(P.MATCH)
def plan_for_all(request: Request) -> HttpResponse:
    """Show the best plan for all who wait at once, with its proof; it asks nobody."""
    return render(request, "products/board_plan.html", presenting.plan_page(request))


@requires(P.MATCH)
def choose(request: Request, part_id: UUID, volunteer_id: UUID) -> HttpResponse:
    """Ask both, after the price of the choice was read; outside the first three with a reason."""
    context = presenting.choice_page(request, part_id, volunteer_id)
    if context is None:
        raise Http404
    form = forms.ChoiceForm(request.POST or None, asks_reason=context["asks_reason"])

    def propose(reason: Override | None) -> str:
        row = actions.propose_chosen(request.actor, part_id, volunteer_id, reason, request.now)
        return reverse("products:match", args=[row.id])

    return answer(
        request, form, "products/board_choose.html", propose, context | {"title": _("Vraag beiden")}
    )
