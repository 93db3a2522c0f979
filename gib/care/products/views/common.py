"""What the pages of products share: a page with one form, and where to go when it is done."""

from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse

from gib.care.products.forms import ConfirmForm
from gib.care.products.presenting import names
from gib.core.access.guard import Request
from gib.core.access.tables import P
from gib.core.ui.forms import HouseForm
from gib.core.ui.posting import answer
from gib.core.ui.words import day

#: A form is sent and that is all, unless its view says that a telephone may keep it on a bad line.
_SENT: Final = {"is_kept": False}


def ask(
    request: Request,
    form: HouseForm,
    title: str,
    perform: Callable[[Any], Any],
    back: str,
    template: str = "products/form.html",
    about: Any = None,
    onward: Callable[[Any], str] | None = None,
    **more: Any,
) -> HttpResponse:
    """Show a form of one act under the name of the mother; when it is done, go to `back`.

    Args:
        about: a row of her dossier, when the reader may know whose it is.
        onward: where to go when it is done, by what was filled in; else to `back`.
    """

    def go(command: Any) -> str:
        perform(command)
        return onward(command) if onward else back

    lead = " · ".join(each for each in (_name(request, about), more.pop("lead", "")) if each)
    return answer(request, form, template, go, _SENT | {"title": title, "back": back, "lead": lead} | more)


def _name(request: Request, about: Any) -> str:
    return names.mothers(request, [about.dossier_id]).get(about.dossier_id, "") if about else ""


def confirm(
    request: Request,
    title: str,
    perform: Callable[[Any], Any],
    back: str,
    about: Any = None,
    lead: str = "",
) -> HttpResponse:
    """Ask for a yes before a step."""
    form = ConfirmForm(request.POST or None)
    return ask(request, form, title, perform, back, about=about, lead=lead, button=title)


def plan_of(dossier_id: UUID) -> str:
    """Give the address of her plan."""
    return reverse("portal:dossier_tab", args=[dossier_id, "plan"])


def people_of(dossier_id: UUID) -> str:
    """Give the address of who is around her."""
    return reverse("portal:dossier_tab", args=[dossier_id, "mensen"])


def when_of(row: Any) -> str:
    """Say when a visit is or was: the day, and the hour when there is one."""
    hour = f" {row.planned_time:%H:%M}" if row.planned_time else ""
    return f"{day(row.planned_on)}{hour}" if row.planned_on else day(row.held_on)


def visits_of(request: Request, row: Any) -> str:
    """Give the address of her appointments; a volunteer goes to the page of her match, or to her day."""
    if request.actor.may(P.SEE_DOSSIER) or row.match_id is None:
        return reverse("portal:dossier_tab", args=[row.dossier_id, "afspraken"])
    if getattr(row, "stand_in_id", None):
        return reverse("portal:phone")
    return reverse("products:match", args=[row.match_id])
