"""Visits: plan, tell in a minute, call off; and accounts to read."""

from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from gib.care.products import actions, forms, presenting
from gib.care.products.domain.contact import Kind, State
from gib.care.products.models import Contact, Match
from gib.care.products.models.visiting import offer_of
from gib.care.products.planning_forms import MoveForm, VisitForm
from gib.care.products.views.common import ask, confirm, visits_of, when_of
from gib.core.access.guard import Request, requires
from gib.core.access.tables import P
from gib.core.ui.forms import ActForm
from gib.core.ui.posting import answer
from gib.people.families.models import Dossier

_STEPS: Final[dict[str, tuple[Callable[..., Any], str | Promise]]] = {
    "bevestigen": (actions.confirm_visit, gettext_lazy("Bevestig het bezoek")),
    "doorgeven": (actions.clear_visit, gettext_lazy("Inrichting weet ervan")),
    "gehouden": (actions.hold_visit, gettext_lazy("Het ging door")),
}
#: What a step says, where its name alone leaves room for doubt.
_MEANT: Final = {
    "doorgeven": gettext_lazy(
        "De inrichting weet wie er komt, op welke dag en hoe laat, en laat haar binnen."
    )
}


def _contact(request: Request, contact_id: UUID) -> Any:
    return Contact.visible_to(request.actor, request.now.on).get_or_404(pk=contact_id)


def _live(request: Request, match_id: UUID) -> Any:
    """Give a match of people who have met; before that there is nothing to plan or tell."""
    rows = Match.visible_to(request.actor, request.now.on).filter(from_on__isnull=False)
    return rows.get_or_404(pk=match_id)


def _proposed(request: Request) -> dict[str, str]:
    """Take over the day and hour that another page proposes."""
    return {name: request.GET[word] for name, word in (("on", "dag"), ("at", "tijd")) if word in request.GET}


@requires(P.LOG_CONTACT)
def plan(request: Request, match_id: UUID) -> HttpResponse:
    """Plan one visit."""
    match = _live(request, match_id)
    offer = offer_of(match, actions.USUAL[match.product], request.now.on)
    return ask(
        request,
        VisitForm(request.POST or None, initial=_proposed(request), offer=offer),
        _("Plan een bezoek"),
        lambda told: actions.plan_visit(
            request.actor, match_id, told.on, told.at, told.place, request.now, minutes=told.minutes
        ),
        visits_of(request, presenting.in_match(match)),
        about=match,
        lead=match.brand,
    )


def _last_time(request: Request, match_id: UUID) -> tuple[dict[str, Any], Any]:
    """Give what was taken over from the visit before, and else the visit that may be."""
    before = presenting.last_time(request, match_id)
    return (before.copied, None) if before and "zoals" in request.GET else ({}, before)


def _visit_told(request: Request, match_id: UUID) -> tuple[Any, Any]:
    """Give the visit that an account is named for, if any, and whose pages it belongs to.

    That is the match, or for who stands in the visit itself.
    """
    asked = request.GET.get("bezoek", "")
    row = _contact(request, UUID(asked)) if presenting.is_id(asked) else None
    if row and row.stand_in_id and row.match_id == match_id and not request.actor.may(P.SEE_DOSSIER):
        return row, row
    return row, _live(request, match_id)


@requires(P.LOG_CONTACT)
def log(request: Request, match_id: UUID) -> HttpResponse:
    """Tell how a visit went: how long, how it felt, save; a text is a choice."""
    row, about = _visit_told(request, match_id)
    held_on = (row.planned_on if row else None) or request.now.on
    copied, before = _last_time(request, match_id)
    form = forms.LogForm(request.POST or None, initial={"held_on": held_on, **copied})
    form.contact_id = row.id if row else None
    return ask(
        request,
        form,
        _("Ik ben geweest"),
        lambda told: actions.log_visit(request.actor, match_id, told, request.now),
        visits_of(request, about if about is row else presenting.in_match(about)),
        "products/log.html",
        about=about,
        lead=when_of(row) if about is row else about.brand,
        is_kept=True,
        is_told=bool(row and row.state == State.LOGGED),
        before=before,
    )


@requires(P.SEE_DOSSIER)
def talk(request: Request, dossier_id: UUID) -> HttpResponse:
    """Tell of a talk that the coordinator had with her."""
    Dossier.visible_to(request.actor, request.now.on).get_or_404(pk=dossier_id)
    about = presenting.in_dossier(dossier_id)
    return ask(
        request,
        forms.LogForm(request.POST or None, initial={"held_on": request.now.on}),
        _("Nieuw verslag"),
        lambda told: actions.log_talk(request.actor, dossier_id, told, request.now),
        visits_of(request, about),
        "products/log.html",
        about=about,
        is_told=False,
        before=None,
    )


@requires(P.LOG_CONTACT)
@require_safe
def contact(request: Request, contact_id: UUID) -> HttpResponse:
    """Show one visit with its account."""
    row = _contact(request, contact_id)
    context = presenting.contact_page(request, row)
    return render(request, "products/contact.html", context | {"form": ActForm()})


@requires(P.LOG_CONTACT)
def step(request: Request, contact_id: UUID, to: str) -> HttpResponse:
    """Take a visit one step further, after a yes."""
    row = _contact(request, contact_id)
    if to not in _STEPS:
        raise Http404
    act, title = _STEPS[to]
    return confirm(
        request,
        str(title),
        lambda _none: act(request.actor, contact_id, request.now),
        visits_of(request, row),
        about=row,
        lead=" · ".join(filter(None, (when_of(row), str(_MEANT.get(to, ""))))),
    )


@requires(P.LOG_CONTACT)
def move(request: Request, contact_id: UUID) -> HttpResponse:
    """Move a visit to another day or hour."""
    row = _contact(request, contact_id)
    when = {"on": row.planned_on, "at": row.planned_time}
    return ask(
        request,
        MoveForm(request.POST or None, initial=when, offer=offer_of(row, Kind(row.kind), request.now.on)),
        _("Verzet het bezoek"),
        lambda slot: actions.move_visit(request.actor, contact_id, slot, request.now),
        visits_of(request, row),
        about=row,
        lead=when_of(row),
    )


@requires(P.LOG_CONTACT)
def cancel(request: Request, contact_id: UUID) -> HttpResponse:
    """Call a visit off, with the side that did and a reason."""
    row = _contact(request, contact_id)
    return ask(
        request,
        forms.OffForm(request.POST or None),
        _("Het gaat niet door"),
        lambda told: actions.cancel_visit(request.actor, contact_id, told.reason, told.side, request.now),
        visits_of(request, row),
        about=row,
        lead=when_of(row),
        is_kept=True,
    )


@requires(P.LOG_CONTACT)
def missed(request: Request, contact_id: UUID) -> HttpResponse:
    """Tell that somebody did not come, or was not let in."""
    row = _contact(request, contact_id)
    return ask(
        request,
        forms.MissedForm(request.POST or None),
        _("Het bezoek mislukte"),
        lambda told: actions.miss_visit(request.actor, contact_id, told.outcome, told.reason, request.now),
        visits_of(request, row),
        about=row,
        lead=when_of(row),
        is_kept=True,
    )


@requires(P.SEE_DOSSIER)
@require_POST
def read(request: Request, contact_id: UUID) -> HttpResponse:
    """Note that the coordinator read an account, and go on to the next one."""

    def perform(_nothing: None) -> str:
        actions.read_log(request.actor, contact_id, request.now)
        return reverse("products:to_read")

    _contact(request, contact_id)
    context = presenting.unread(request)
    return answer(request, ActForm(request.POST), "products/to_read.html", perform, context)


@requires(P.SEE_DOSSIER)
@require_safe
def to_read(request: Request) -> HttpResponse:
    """List the accounts of volunteers that nobody has read."""
    return render(request, "products/to_read.html", presenting.unread(request) | {"form": ActForm()})
