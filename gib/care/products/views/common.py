"""What the pages of products share: a page with one form, and where to go when it is done."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse

from gib.care.products.forms import ConfirmForm
from gib.core.access.guard import Request
from gib.core.access.tables import P
from gib.core.ui.forms import HouseForm
from gib.core.ui.posting import answer


def ask(
    request: Request,
    form: HouseForm,
    title: str,
    perform: Callable[[Any], Any],
    back: str,
    template: str = "products/form.html",
    **more: Any,
) -> HttpResponse:
    """Show a form of one act; when it is done, go to `back`."""

    def go(command: Any) -> str:
        perform(command)
        return back

    return answer(request, form, template, go, {"title": title, "back": back} | more)


def confirm(
    request: Request, title: str, perform: Callable[[Any], Any], back: str, lead: str = ""
) -> HttpResponse:
    """Ask for a yes before a step."""
    form = ConfirmForm(request.POST or None)
    return ask(request, form, title, perform, back, lead=lead, button=title)


def plan_of(dossier_id: UUID) -> str:
    """Give the address of her plan."""
    return reverse("portal:dossier_tab", args=[dossier_id, "plan"])


def visits_of(request: Request, row: Any) -> str:
    """Give the address of her appointments; a volunteer goes to the page of her match."""
    if request.actor.may(P.SEE_DOSSIER) or row.match_id is None:
        return reverse("portal:dossier_tab", args=[row.dossier_id, "afspraken"])
    return reverse("products:match", args=[row.match_id])
