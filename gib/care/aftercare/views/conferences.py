"""Case conferences: the team prepares and notes, the safety house reads what was shared with it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gib.care.aftercare import actions, forms
from gib.care.aftercare.domain import MINIMUM_SHARED
from gib.care.aftercare.models import ActionPoint, ConferenceItem, conferences_of, uncovered
from gib.care.aftercare.models.lists import houses
from gib.care.aftercare.wording import SHARE_WORDS, lines
from gib.core.access.guard import Request, requires
from gib.core.access.tables import P
from gib.core.ui.forms import HouseForm
from gib.core.ui.posting import answer
from gib.core.ui.tables import Cell, make
from gib.core.ui.words import day, initials
from gib.people.families.models import Dossier, Participant
from gib.people.families.naming import names_of
from gib.people.partners.domain import BRANDS, Product

SIZE = 50


def _meeting(request: Request, conference_id: UUID) -> Any:
    row = conferences_of(request.actor).filter(pk=conference_id).first()
    if row is None:
        raise Http404
    return row


def _page(conference_id: UUID) -> str:
    return reverse("aftercare:conference", args=[conference_id])


@requires(P.CONFER)
@require_safe
def overview(request: Request) -> HttpResponse:
    """List the conferences of the team, newest first."""
    found = list(conferences_of(request.actor)[:SIZE])
    cells: list[list[Cell | str | int]] = [
        [Cell(day(row.held_on), _page(row.pk)), row.partner.name, row.covenant, ", ".join(row.functions)]
        for row in found
    ]
    heads = [_("Dag"), _("Veiligheidshuis"), _("Convenant"), _("Aan tafel")]
    context = {"table": make(_("Overleg"), heads, cells), "count": len(found)}
    return render(request, "aftercare/conferences.html", context)


@requires(P.CONFER)
def new(request: Request) -> HttpResponse:
    """Plan a conference."""
    form = forms.ConferenceForm(request.POST or None, partners=houses(request.now.on))

    def perform(told: actions.NewConference) -> str:
        return _page(actions.hold_conference(request.actor, told, request.now).pk)

    context = {"title": _("Nieuw overleg"), "back": reverse("aftercare:conferences")}
    return answer(request, form, "aftercare/form.html", perform, context)


@requires(P.CONFER)
@require_safe
def detail(request: Request, conference_id: UUID) -> HttpResponse:
    """Show the agenda of a conference with what was shared and agreed."""
    row = _meeting(request, conference_id)
    items = ConferenceItem.visible_to(request.actor, request.now.on).filter(conference_id=conference_id)
    shown = _items(request, items.order_by("shared_on", "id"))
    context = {
        "row": row,
        "day": day(row.held_on),
        "is_over": request.now.on > row.held_on,
        "items": shown,
        "choices": _choices(request, {item["row"].dossier_id for item in shown}),
    }
    return render(request, "aftercare/conference.html", context)


def _choices(request: Request, shared: set[UUID]) -> list[tuple[UUID, str]]:
    """Give the mothers of the team for whom nobody pays yet, less those on the agenda already."""
    actor, on = request.actor, request.now.on
    names = names_of(actor, on, {row.dossier_id for row in uncovered(actor, on)} - shared)
    return sorted(names.items(), key=lambda item: item[1])


def _items(request: Request, rows: Any) -> list[dict[str, Any]]:
    found = list(rows.unlocked())
    points: dict[UUID, list[Any]] = {}
    for point in ActionPoint.visible_to(request.actor, request.now.on).filter(
        item_id__in=[row.id for row in found]
    ):
        points.setdefault(point.item_id, []).append(point)
    return [
        {
            "row": row,
            "extract": lines(row.extract),
            "ground": SHARE_WORDS[row.ground],
            "points": points.get(row.id, []),
        }
        for row in found
    ]


@requires(P.CONFER)
def share(request: Request, conference_id: UUID, dossier_id: UUID) -> HttpResponse:
    """Show what is shared of a mother, let lines be struck, name the ground, and share."""
    _meeting(request, conference_id)
    form = forms.ItemForm(request.POST or None, extract=_minimum(request, dossier_id), dossier_id=dossier_id)

    def perform(item: actions.NewItem) -> str:
        actions.share_item(request.actor, conference_id, item, request.now)
        return _page(conference_id)

    context = {
        "title": _("Zet op de agenda"),
        "notice": _("Dit ziet het Veiligheidshuis tot 14 dagen na het overleg. Zij ziet het ook."),
        "back": _page(conference_id),
        "button": _("Deel dit"),
    }
    return answer(request, form, "aftercare/form.html", perform, context)


def _minimum(request: Request, dossier_id: UUID) -> dict[str, str]:
    """Give the minimum set that a conference gets to know (ZVH-02)."""
    actor, on = request.actor, request.now.on
    rows = Participant.visible_to(actor, on).select_related("return_municipality")
    mother = rows.get_or_404(dossier_id=dossier_id)
    team = Dossier.visible_to(actor, on).select_related("team").get_or_404(pk=dossier_id).team
    found = {
        "name": initials(f"{mother.first_name} {mother.last_name}"),
        "contact": _("coördinator van %(team)s") % {"team": team.name},
        "products": BRANDS[Product.MOEDERMAATJES],
        "municipality": str(mother.return_municipality or ""),
    }
    return {name: text for name, text in found.items() if text and name in MINIMUM_SHARED}


def _on_item(
    request: Request, item_id: UUID, title: str, form: HouseForm, perform: Callable[[Any], Any]
) -> HttpResponse:
    row = ConferenceItem.visible_to(request.actor, request.now.on).get_or_404(pk=item_id)

    def done(command: Any) -> str:
        perform(command)
        return _page(row.conference_id)

    context = {"title": title, "about": row.number, "back": _page(row.conference_id)}
    return answer(request, form, "aftercare/form.html", done, context)


@requires(P.CONFER)
def decide(request: Request, item_id: UUID) -> HttpResponse:
    """Note what was decided, in our own words."""
    form = forms.TextForm(request.POST or None, label=_("Wat is besloten?"), sees=forms.SENT_SEES)

    def perform(text: str) -> None:
        actions.note_decision(request.actor, item_id, text, request.now)

    return _on_item(request, item_id, _("Besluit"), form, perform)


@requires(P.CONFER)
def point(request: Request, item_id: UUID) -> HttpResponse:
    """Note an action point."""

    def perform(told: actions.NewPoint) -> None:
        actions.add_point(request.actor, item_id, told, request.now)

    return _on_item(request, item_id, _("Actiepunt"), forms.PointForm(request.POST or None), perform)


@requires(P.CONFER)
def finish(request: Request, point_id: UUID) -> HttpResponse:
    """Note that an action point was done."""
    row = ActionPoint.visible_to(request.actor, request.now.on).get_or_404(pk=point_id)
    form = forms.TextForm(request.POST or None, label=_("Wat kwam eruit?"), sees=forms.SENT_SEES, limit=1000)

    def perform(text: str) -> None:
        actions.finish_point(request.actor, point_id, text, request.now)

    return _on_item(request, row.item_id, _("Actiepunt klaar"), form, perform)


@requires(P.SEE_SHARED)
@require_safe
def shared(request: Request) -> HttpResponse:
    """Show a safety house what was shared with it, and what was agreed to do."""
    rows = ConferenceItem.visible_to(request.actor, request.now.on)
    found = _items(request, rows.select_related("conference").order_by("-shared_on", "id")[:SIZE])
    return render(request, "aftercare/shared.html", {"items": found})
