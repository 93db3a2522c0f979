"""A visit morning: each child with its gate, the list of the day, and the way there and home."""

from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from gib.care.products.models import Participation
from gib.care.products.moeder_kind_bezoeken import actions, forms, presenting
from gib.care.products.moeder_kind_bezoeken.models import MeetingChild
from gib.care.products.moeder_kind_bezoeken.presenting.running import day_page
from gib.care.products.moeder_kind_bezoeken.presenting.turns import may_apply
from gib.care.products.moeder_kind_bezoeken.views.rides import page_of
from gib.care.products.views.common import ask, confirm, plan_of
from gib.care.products.views.meetings import meeting_of
from gib.core.access.guard import Request, requires
from gib.core.access.tables import P
from gib.core.ui.forms import ActForm

_STEPS: Final[dict[str, tuple[Callable[..., Any], str | Promise]]] = {
    "uitnodigen": (actions.invite_child, gettext_lazy("Nodig het kind uit")),
    "komt": (actions.confirm_child, gettext_lazy("Het kind komt")),
    "opgehaald": (actions.pick_up, gettext_lazy("Opgehaald")),
    "binnen": (actions.enter, gettext_lazy("Is binnen")),
    "geweigerd": (actions.refuse_at_gate, gettext_lazy("Niet binnengelaten")),
    "terug": (actions.put_back, gettext_lazy("Zet de laatste stap terug")),
    "herinnerd": (actions.remind_home, gettext_lazy("Thuis is herinnerd")),
    "uit-de-auto": (actions.unseat_child, gettext_lazy("Haal het kind uit de auto")),
}


def _row(request: Request, row_id: UUID) -> Any:
    return MeetingChild.visible_to(request.actor, request.now.on).get_or_404(pk=row_id)


def _day(meeting_id: int) -> str:
    return reverse("products:morning_day", args=[meeting_id])


@requires(P.RUN_PRODUCT)
def begin(request: Request, part_id: UUID) -> HttpResponse:
    """Begin her visit mornings."""
    part = Participation.visible_to(request.actor, request.now.on).get_or_404(pk=part_id)
    return confirm(
        request,
        _("Start de bezoeken"),
        lambda _none: actions.begin(request.actor, part_id, request.now),
        plan_of(part.dossier_id),
        lead=part.brand,
    )


@requires(P.RUN_PRODUCT)
@require_safe
def morning(request: Request, meeting_id: int) -> HttpResponse:
    """Show a morning: each child with its gate and the reasons, for the coordinator."""
    row = meeting_of(request, meeting_id)
    return render(request, "products/morning.html", presenting.morning(request, row))


@requires(P.RUN_PRODUCT)
@require_safe
def day(request: Request, meeting_id: int) -> HttpResponse:
    """Show the day itself: where each child is, with one press for what comes next."""
    row = meeting_of(request, meeting_id)
    return render(request, "products/morning_day.html", day_page(request, row) | {"form": ActForm()})


@requires(P.RUN_PRODUCT)
def apply(request: Request, meeting_id: int) -> HttpResponse:
    """Put a child on the list."""
    row = meeting_of(request, meeting_id)
    form = forms.ApplyForm(request.POST or None, choices=may_apply(request, row))
    return ask(
        request,
        form,
        _("Zet een kind op de lijst"),
        lambda told: actions.apply(
            request.actor, row.pk, told.participation_id, told.child_id, told.back, request.now
        ),
        page_of(row.pk),
    )


@requires(P.RUN_PRODUCT)
def gate(request: Request, row_id: UUID) -> HttpResponse:
    """Note what is known and look at the gate again."""
    row = _row(request, row_id)
    return ask(
        request,
        forms.GateForm(request.POST or None, initial=presenting.answers(row)),
        _("Mag het kind mee?"),
        lambda told: actions.weigh_gate(request.actor, row_id, told, request.now),
        page_of(row.meeting_id),
        lead=_("Gezag en contact komen uit het dossier. Onbekend is nee."),
    )


@requires(P.RUN_PRODUCT)
def step(request: Request, row_id: UUID, to: str) -> HttpResponse:
    """Take a child one step further, after a yes."""
    row = _row(request, row_id)
    if to not in _STEPS:
        raise Http404
    act, title = _STEPS[to]
    return confirm(
        request,
        str(title),
        lambda _none: act(request.actor, row_id, request.now),
        _day(row.meeting_id) if to in presenting.DAY else page_of(row.meeting_id),
    )


@requires(P.RUN_PRODUCT)
def back_home(request: Request, row_id: UUID) -> HttpResponse:
    """Note that the child is back with who cares for it."""
    row = _row(request, row_id)
    return ask(
        request,
        forms.BackForm(request.POST or None),
        _("Weer thuis"),
        lambda told: actions.bring_back(request.actor, row_id, told, request.now),
        _day(row.meeting_id),
    )


@requires(P.RUN_PRODUCT)
def cancel(request: Request, row_id: UUID) -> HttpResponse:
    """Note that a child does not come."""
    row = _row(request, row_id)
    return ask(
        request,
        forms.CancelForm(request.POST or None),
        _("Het kind komt niet"),
        lambda reason: actions.cancel_child(request.actor, row_id, reason, request.now),
        page_of(row.meeting_id),
        lead=_("Een kind mag altijd nee zeggen, ook bij de poort."),
    )
