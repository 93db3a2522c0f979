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
from gib.core.access.together import Steps, abreast, begin, gather
from gib.core.ui.slots import FRAGMENTS, RAIL, TABS
from gib.core.vault import reads
from gib.people.families import slots as families
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


def _fragments(request: Request, dossier_id: UUID, *places: tuple[str, str]) -> Steps[list[Any]]:
    """Give what the slices show at places of a dossier; who has nothing to say leaves no hole."""
    known = [fragment for place in places for fragment in FRAGMENTS.get(place, [])]
    found = yield from abreast([begin(fragment, request, dossier_id) for fragment in known])
    return [part for part in found if part]


def opened(request: Request, dossier_id: UUID, tab: str, *others: Steps[Any]) -> tuple[dict[str, Any], Any]:
    """Give a tab of a dossier with all that stands around it, and beside it what other parts make.

    Raises:
        Http404: the dossier does not exist for this reader.
    """
    identity, line, rail, parts, *made = gather(
        [
            begin(families.identity_facts, request, dossier_id),
            begin(phases.of, request.actor, dossier_id, request.now),
            _fragments(request, dossier_id, *(("rail", name) for name in RAIL)),
            _fragments(request, dossier_id, ("tab", tab)),
            *others,
        ]
    )
    return _frame(request, dossier_id, tab) | {
        "identity": identity,
        "phases": line,
        "rail": rail,
        "parts": parts,
    }, made


def _frame(request: Request, dossier_id: UUID, tab: str) -> dict[str, Any]:
    return {
        "dossier_id": dossier_id,
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
    line = begin(timeline.read, request.actor, dossier_id, request.now, subject, before)
    context, (page,) = opened(request, dossier_id, "tijdlijn", line)
    here = reverse("portal:dossier", args=[dossier_id])
    context |= {"page": page, "chips": _chips(here, page, subject)}
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
    context, _made = opened(request, dossier_id, name)
    return render(request, "portal/dossier_tab.html", context)
