"""The case as the mother sees it, to read with her or to print for her."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from gib.core.access.guard import Request, lendable, requires
from gib.core.access.tables import P
from gib.core.access.together import begin
from gib.people.families.presenting import papers
from gib.portal import timeline
from gib.portal.views.dossier import opened


@lendable("hers")
@require_safe
@requires(P.SEE_DOSSIER)
def hers(request: Request, dossier_id: UUID) -> HttpResponse:
    """Show the phases, her goals, what she said yes to and what happened, in words that speak to her."""
    actor, now = request.actor, request.now
    context, (line, asked) = opened(
        request,
        dossier_id,
        "tijdlijn",
        begin(timeline.read, actor, dossier_id, now, "", request.GET.get("ouder", "")),
        begin(papers, actor, dossier_id, now.on),
    )
    back = reverse("portal:dossier", args=[dossier_id])
    context |= {"page": line, "papers": [paper.row for paper in asked], "back": back}
    return render(request, "portal/hers.html", context)
