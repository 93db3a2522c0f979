"""Pages on days on which a prison is closed."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gib.core.access.guard import Request, requires
from gib.core.access.tables import P
from gib.core.ui.posting import answer
from gib.core.ui.words import day
from gib.people.partners import actions, forms, models
from gib.people.partners.actions.closures import check_there


@require_http_methods(["GET", "POST"])
@requires(P.EDIT_REFERENCE, P.RUN_PRODUCT)
def add(request: Request, code: str) -> HttpResponse:
    """Note that a prison is closed on some days."""
    row = get_object_or_404(models.Prison, pk=code)
    check_there(request.actor, code)
    first = {"from_on": request.now.on, "to_on": request.now.on}

    def perform(facts: actions.ClosureFacts) -> str:
        actions.close_prison(request.actor, code, facts, request.now)
        return reverse("partners:prison", args=[code])

    form = forms.ClosureForm(request.POST or None, initial=first)
    return answer(request, form, "partners/closure.html", perform, {"row": row})


@require_http_methods(["GET", "POST"])
@requires(P.EDIT_REFERENCE, P.RUN_PRODUCT)
def end(request: Request, closure_id: int) -> HttpResponse:
    """Note that a prison is open again sooner."""
    row: Any = get_object_or_404(models.PrisonClosure, pk=closure_id)
    check_there(request.actor, row.prison_id)
    back = reverse("partners:prison", args=[row.prison_id])

    def perform(opens_on: date) -> str:
        actions.open_prison(request.actor, closure_id, opens_on, request.now)
        return back

    context = {"name": _("Dicht vanaf %(day)s") % {"day": day(row.valid_from)}, "back": back}
    return answer(request, forms.EndForm(request.POST or None), "partners/end.html", perform, context)
