"""Her own scores at a review: she gives them herself, sees them then and now, and takes them along."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gib.care.trajectory import actions, forms, papers
from gib.care.trajectory.domain import Scores
from gib.care.trajectory.models import AreaScore, Review, Trajectory
from gib.care.trajectory.presenting_scores import latest, own_of
from gib.care.trajectory.views import ask, plan_of
from gib.core.access.guard import Request, lendable, requires
from gib.core.access.tables import P
from gib.core.sheets.answers import as_file
from gib.people.families.models import Participant


@lendable("scores")
@requires(P.PLAN_TRAJECTORY)
def scores(request: Request, trajectory_id: UUID, review_id: UUID) -> HttpResponse:
    """Let her say with scores how it goes; she holds the screen herself."""
    rows = Review.visible_to(request.actor, request.now.on)
    row: Any = rows.get_or_404(pk=review_id, trajectory_id=trajectory_id)
    kept = list(AreaScore.visible_to(request.actor, request.now.on).filter(review_id=row.id))
    last = latest(kept).get(row.id, {})
    shown = {area: "" if score is None else str(score) for area, score in last.items()}
    version = max((each.number for each in kept), default=0)

    def go(given: Scores) -> str:
        actions.give_scores(request.actor, review_id, given, request.now)
        return reverse("trajectory:then_and_now", args=[trajectory_id])

    form = forms.ScoresForm(request.POST or None, initial=shown | {"version": version})
    return ask(request, form, row.dossier_id, _("Hoe gaat het met u?"), go, "trajectory/scores_form.html")


def _mother(request: Request, trajectory_id: UUID) -> Any:
    """Give the mother of a plan that exists for the reader."""
    plan: Any = Trajectory.visible_to(request.actor, request.now.on).get_or_404(pk=trajectory_id)
    return Participant.visible_to(request.actor, request.now.on).get_or_404(dossier_id=plan.dossier_id)


@lendable("scores")
@requires(P.PLAN_TRAJECTORY)
@require_safe
def then_and_now(request: Request, trajectory_id: UUID) -> HttpResponse:
    """Show her what she said, the first and the last time."""
    mother = _mother(request, trajectory_id)
    own = own_of(request.actor, mother.dossier_id, request.now.on)
    context = {
        "own": own,
        "who": mother.first_name,
        "trajectory_id": trajectory_id,
        "back": plan_of(mother.dossier_id),
    }
    return render(request, "trajectory/then_and_now.html", context)


@requires(P.PLAN_TRAJECTORY)
@require_safe
def paper(request: Request, trajectory_id: UUID) -> HttpResponse:
    """Print what she said, for her to keep.

    Raises:
        Http404: she gave no scores.
    """
    mother = _mother(request, trajectory_id)
    own = own_of(request.actor, mother.dossier_id, request.now.on)
    if not own.moments:
        raise Http404
    printed = papers.then_and_now(mother.first_name, own.moments, request.now.at)
    return as_file(printed, "toen-en-nu.pdf")


@requires(P.PLAN_TRAJECTORY)
@require_safe
def blank(request: Request) -> HttpResponse:
    """Print the questions for her to fill in by hand."""
    return as_file(papers.blank(request.now.at), "cijferblad.pdf")
