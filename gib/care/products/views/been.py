"""One address for "ik ben geweest": it stands on a card, names nobody, and finds out which visit it was."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from gib.care.products import actions
from gib.care.products.actions.contacts import Log
from gib.care.products.forms import BeenForm
from gib.care.products.presenting.been import Been
from gib.care.products.presenting.been import been as choice
from gib.core.access.guard import Request, requires
from gib.core.access.tables import P
from gib.core.ui.posting import answer


@requires(P.SEE_OWN_MATCHES)
def been(request: Request) -> HttpResponse:
    """Open the form of the only visit of today, or ask which it was; take an account that names nobody."""
    found = choice(request)
    if request.method == "POST":
        return _take(request, found)
    if len(found.today) == 1:
        return redirect(found.today[0].url)
    return render(request, "products/been.html", {"found": found})


def _take(request: Request, found: Been) -> HttpResponse:
    """Take the account of a telephone that knew no names: of the only match, or of whom she chooses."""
    form = BeenForm(request.POST, found.choices)

    def perform(told: Log) -> str:
        actions.log_visit(request.actor, form.match_id, told, request.now)
        return reverse("products:match", args=[form.match_id])

    context = {
        "title": _("Ik ben geweest"),
        "lead": "",
        "back": reverse("products:been"),
        "is_kept": True,
        "is_told": False,
        "before": None,
    }
    return answer(request, form, "products/log.html", perform, context)
