"""What the pages of a dossier share: whose they are, and the way back."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse

from gib.core.access.guard import Request
from gib.core.ui.forms import HouseForm
from gib.core.ui.posting import answer
from gib.people.families.models import Dossier


def of_dossier(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let a page exist only for who may see its dossier; to a stranger it is 404."""

    @wraps(view)
    def found(request: Request, dossier_id: UUID, **rest: Any) -> HttpResponse:
        Dossier.visible_to(request.actor, request.now.on).get_or_404(pk=dossier_id)
        return view(request, dossier_id, **rest)

    return found


def tab(dossier_id: UUID, name: str) -> str:
    """Give the address of a tab of the dossier."""
    return reverse("portal:dossier_tab", args=[dossier_id, name])


def ask(
    request: Request,
    form: HouseForm,
    title: str,
    back: str,
    perform: Callable[[Any], object],
    **more: Any,
) -> HttpResponse:
    """Show a form of a dossier, or perform its act and go back to the tab it came from."""

    def act(command: Any) -> str:
        perform(command)
        return back

    template = more.pop("template", "families/form.html")
    context = {"title": title, "back": back, "about": "", "button": "", **more}
    return answer(request, form, template, act, context)
