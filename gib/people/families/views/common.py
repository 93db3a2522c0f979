"""What the pages of a dossier share: the way back, and the other version beside one's own."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse

from gib.core.access.guard import Request
from gib.core.kernel.rules import RuleBroken
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


def with_theirs(form: HouseForm, act: Callable[[], object]) -> None:
    """Perform a correction; when somebody else was first, lay her version beside this one.

    Raises:
        RuleBroken: as the act does; 'newer_version' with what is stored now, by label.
    """
    try:
        act()
    except RuleBroken as broken:
        if broken.code == "newer_version":
            broken.facts["theirs"] = stored(form)
        raise


def stored(form: HouseForm) -> Mapping[str, str]:
    """Give what a form would show without being filled in, by label."""
    return {
        str(bound.label): str(bound.field.prepare_value(bound.initial) if bound.initial is not None else "")
        for bound in form.visible_fields()
    }
