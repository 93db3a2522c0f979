"""Who looked at what: for the privacy officer over everything, for a coordinator per dossier."""

from typing import Final
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gib.core.access.guard import Request, requires
from gib.core.access.tables import P
from gib.core.journal.models import Reading
from gib.core.ui.tables import Table
from gib.core.vault import reads
from gib.people.accounts.models import usernames
from gib.people.families.models import Dossier, Emergency
from gib.portal import looks

SIZE: Final = 50
#: In whose box a look at the log of one dossier is counted, as what was looked at.
_LOG: Final = Reading._meta.db_table


def _before(request: Request) -> int | None:
    text = request.GET.get("ouder", "")
    return int(text) if text.isdecimal() else None


@require_safe
@requires(P.SEE_READINGS)
def readings(request: Request) -> HttpResponse:
    """Show the newest looks, fifty a page, with neutral names and no content; this is a look as well."""
    return _page(request, None, "portal/readings.html")


@require_safe
@requires(P.SEE_DOSSIER)
def dossier_seen(request: Request, dossier_id: UUID) -> HttpResponse:
    """Show who looked at one dossier (LOG-04), for whoever may see it; this is a look as well.

    Raises:
        Http404: the dossier does not exist for this reader.
    """
    Dossier.visible_to(request.actor, request.now.on).get_or_404(pk=dossier_id)
    reads.required().note(dossier_id, _LOG)
    return _page(request, dossier_id, "portal/dossier_seen.html")


def _page(request: Request, dossier_id: UUID | None, template: str) -> HttpResponse:
    found = list(Reading.newest(dossier_id, _before(request))[: SIZE + 1])
    shown = found[:SIZE]
    reads.required().scans.append(("log", len(shown)))
    older = f"?ouder={shown[-1].pk}" if len(found) > SIZE else ""
    table = looks.log_of(shown, usernames(look.user_id for look in shown))
    context = {"table": table, "older": older, "dossier_id": dossier_id}
    return render(request, template, context | {"emergencies": _emergencies(request, dossier_id)})


def _emergencies(request: Request, dossier_id: UUID | None) -> Table | None:
    """Give the looks in an emergency at one dossier, newest first."""
    if dossier_id is None:
        return None
    rows = Emergency.visible_to(request.actor, request.now.on).filter(dossier_id=dossier_id)
    seen = list(rows.order_by("-began_at")[:SIZE])
    names = usernames(look.user_id for look in seen)
    return looks.table_of(_("In een noodgeval"), seen, names, request.now.at, with_links=False)
