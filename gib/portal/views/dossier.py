"""The dossier: identity bar, phase bar, tabs and timeline; the slices fill its places."""

from typing import Any, Final
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from gib.core.access.guard import Request, requires
from gib.core.access.tables import P
from gib.core.ui.slots import FRAGMENTS, RAIL, TABS
from gib.core.vault import reads
from gib.people.families import slots as families
from gib.people.families.models import Dossier
from gib.portal import phases, timeline

TITLES: Final = {
    "tijdlijn": _("Tijdlijn"),
    "plan": _("Plan"),
    "kinderen": _("Kinderen"),
    "mensen": _("Mensen"),
    "afspraken": _("Afspraken"),
    "signalen": _("Signalen en hulp"),
    "financiering": _("Financiering"),
    "papieren": _("Papieren"),
}


def fragments(request: Request, place: str, name: str, dossier_id: UUID) -> list[Any]:
    """Give what the slices show at one place of a dossier; who has nothing to say leaves no hole."""
    found = (fragment(request, dossier_id) for fragment in FRAGMENTS.get((place, name), []))
    return [part for part in found if part]


def frame(request: Request, dossier_id: UUID, tab: str) -> dict[str, Any]:
    """Give what every tab of a dossier shows around its own part.

    Raises:
        Http404: the dossier does not exist for this reader.
    """
    Dossier.visible_to(request.actor, request.now.on).get_or_404(pk=dossier_id)
    return {
        "dossier_id": dossier_id,
        "identity": families.identity_facts(request, dossier_id),
        "phases": phases.of(request.actor, dossier_id, request.now),
        "tabs": [
            {
                "label": TITLES[name],
                "url": reverse("portal:dossier_tab", args=[dossier_id, name]),
                "is_current": name == tab,
            }
            for name in TABS
        ],
        "title": TITLES[tab],
        "may_log": request.actor.may(P.SEE_DOSSIER),
        "may_transfer": request.actor.may(P.TRANSFER),
        "may_erase": request.actor.may(P.ASK_ERASURE),
        "rail": [part for name in RAIL for part in fragments(request, "rail", name, dossier_id)],
    }


def _chips(here: str, page: timeline.Page, subject: str) -> list[dict[str, Any]]:
    words = {"": _("Alles")} | {key: look[-1] for key, look in timeline.SUBJECTS.items()}
    shown = subject if subject in timeline.SUBJECTS else ""
    return [
        {
            "label": word,
            "count": page.counts[key],
            "url": f"{here}?toon={key}" if key else here,
            "is_current": key == shown,
        }
        for key, word in words.items()
    ]


@require_safe
@requires(P.SEE_DOSSIER, P.SEE_IN_EMERGENCY)
def dossier(request: Request, dossier_id: UUID) -> HttpResponse:
    """Show the timeline of a dossier with its goals above it."""
    subject, before = request.GET.get("toon", ""), request.GET.get("ouder", "")
    page = timeline.read(request.actor, dossier_id, request.now, subject, before)
    here = reverse("portal:dossier", args=[dossier_id])
    context = frame(request, dossier_id, "tijdlijn") | {"page": page, "chips": _chips(here, page, subject)}
    context["parts"] = fragments(request, "tab", "tijdlijn", dossier_id)
    if page.older:
        context["older"] = f"{here}?toon={subject}&ouder={page.older}"
    return render(request, "portal/dossier.html", context)


@require_safe
@requires(P.SEE_DOSSIER, P.SEE_IN_EMERGENCY)
def tab(request: Request, dossier_id: UUID, name: str) -> HttpResponse:
    """Show one of the other tabs.

    Raises:
        Http404: there is no such tab.
    """
    if name == "tijdlijn":
        return redirect("portal:dossier", dossier_id)
    if name not in TABS:
        raise Http404
    reads.required().purpose = f"portal:dossier_tab {name}"
    context = frame(request, dossier_id, name)
    context["parts"] = fragments(request, "tab", name, dossier_id)
    return render(request, "portal/dossier_tab.html", context)
