"""The wiring board: which event wakes whom, and what still waits to be heard."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gib.core.access.guard import Request, requires
from gib.core.access.tables import P
from gib.core.journal.models import Delivery
from gib.core.journal.subscribe import HANDLERS, name_of
from gib.core.ui.tables import Cell, make


@require_safe
@requires(P.MANAGE_ACCOUNT)
def board(request: Request) -> HttpResponse:
    """Show every event with its handlers, and the deliveries that failed (ids and codes only)."""
    wires: list[list[Cell | str | int]] = [
        [event, name_of(handler)] for event in sorted(HANDLERS) for handler in HANDLERS[event]
    ]
    waiting: list[list[Cell | str | int]] = [
        [row.handler, row.attempts, row.last_error] for row in Delivery.waiting()[:100]
    ]
    context = {
        "wires": make(_("Bedrading"), [_("Gebeurtenis"), _("Wordt gehoord door")], wires),
        "waiting": make(_("Wacht nog"), [_("Bestemming"), _("Pogingen"), _("Fout")], waiting),
    }
    return render(request, "portal/board.html", context)
