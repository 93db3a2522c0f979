"""The case as the mother sees it, to read with her or to print for her."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gib.core.access.guard import Request, requires
from gib.core.access.tables import P
from gib.people.families.presenting import papers
from gib.portal import timeline
from gib.portal.views.dossier import fragments, frame


@require_safe
@requires(P.SEE_DOSSIER)
def hers(request: Request, dossier_id: UUID) -> HttpResponse:
    """Show the phases, her goals, what she said yes to and what happened, in words that speak to her."""
    context = frame(request, dossier_id, "tijdlijn") | {
        "parts": fragments(request, "tab", "tijdlijn", dossier_id),
        "papers": [paper.row for paper in papers(request.actor, dossier_id, request.now.on)],
        "page": timeline.read(request.actor, dossier_id, request.now, before=request.GET.get("ouder", "")),
    }
    return render(request, "portal/hers.html", context)
