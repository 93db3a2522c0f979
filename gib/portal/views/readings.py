"""Who looked at what: for the privacy officer over everything, for a coordinator per dossier."""

from typing import Final
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from gib.core.access.guard import Request, requires
from gib.core.access.tables import P, Role
from gib.core.journal.models import Reading
from gib.core.ui.tables import Cell, make
from gib.core.ui.words import day
from gib.people.accounts.models import usernames
from gib.people.families.models import Dossier
from gib.portal.timeline import ROLE_WORDS

SIZE: Final = 50
ACTIONS: Final = {
    "read": gettext_lazy("gelezen"),
    "write": gettext_lazy("gewijzigd"),
    "scan": gettext_lazy("gezocht"),
    "export": gettext_lazy("uitgevoerd"),
    "job": gettext_lazy("taak"),
}


def _before(request: Request) -> int | None:
    text = request.GET.get("ouder", "")
    return int(text) if text.isdecimal() else None


def _rows(looks: list[Reading]) -> list[list[Cell | str | int]]:
    names = usernames(look.user_id for look in looks)
    return [
        [
            day(look.at),
            names.get(look.user_id, _("het systeem")),
            str(ROLE_WORDS[Role(look.role)]),
            str(ACTIONS.get(look.action, look.action)),
            look.purpose,
            str(len(look.subjects.all()) or look.scanned),
        ]
        for look in looks
    ]


@require_safe
@requires(P.SEE_READINGS)
def readings(request: Request) -> HttpResponse:
    """Show the newest looks, fifty a page, with neutral names and no content."""
    return _page(request, None, "portal/readings.html")


@require_safe
@requires(P.SEE_DOSSIER)
def dossier_seen(request: Request, dossier_id: UUID) -> HttpResponse:
    """Show who looked at one dossier (LOG-04), for whoever may see it.

    Raises:
        Http404: the dossier does not exist for this reader.
    """
    Dossier.visible_to(request.actor, request.now.on).get_or_404(pk=dossier_id)
    return _page(request, dossier_id, "portal/dossier_seen.html")


def _page(request: Request, dossier_id: UUID | None, template: str) -> HttpResponse:
    found = list(Reading.newest(dossier_id, _before(request))[: SIZE + 1])
    shown = found[:SIZE]
    columns = [_("Wanneer"), _("Wie"), _("Rol"), _("Wat"), _("Pagina"), _("Aantal")]
    older = f"?ouder={shown[-1].pk}" if len(found) > SIZE else ""
    table = make(_("Inzage"), columns, _rows(shown))
    return render(request, template, {"table": table, "older": older, "dossier_id": dossier_id})
