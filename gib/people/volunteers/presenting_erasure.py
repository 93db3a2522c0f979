"""How erasing a volunteer is laid out: whose term is over, and until when one is kept."""

from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from gib.core.access.guard import Request
from gib.core.ui.tables import Cell, make
from gib.core.ui.words import day
from gib.people.volunteers.domain.erasure import kept_until
from gib.people.volunteers.models.erasure import due, kept_years
from gib.people.volunteers.presenting import name_of, page_of, seen


def overview(request: Request) -> dict[str, Any]:
    """Give who left longer ago than the term, the longest ago first."""
    years = kept_years(request.now.on)
    lines: list[list[Cell | str | int]] = [
        [
            Cell(name_of(row), reverse("volunteers:erase", args=[row.id])),
            day(row.left_on),
            day(kept_until(row.left_on, years)),
        ]
        for row in due(request.actor, request.now.on)
    ]
    heads = [_("Naam"), _("Vertrokken op"), _("Bewaard tot en met")]
    return {"table": make(_("De bewaartermijn is voorbij"), heads, lines)}


def one(request: Request, volunteer_id: UUID) -> dict[str, Any]:
    """Give one volunteer, and the last day on which she is kept.

    Raises:
        Http404: she does not exist for this reader.
    """
    row = seen(request, volunteer_id)
    until = kept_until(row.left_on, kept_years(request.now.on)) if row.left_on else None
    return {"lead": name_of(row), "until": until, "back": page_of(volunteer_id)}
