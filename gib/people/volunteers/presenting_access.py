"""How the account of a volunteer is laid out: how it stands, since when, and what can be done."""

from typing import Any, Final
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from gib.core.access.guard import Request
from gib.people.volunteers.domain import State
from gib.people.volunteers.domain.access import HELD, Entry, may_invite
from gib.people.volunteers.models.access import access_of
from gib.people.volunteers.presenting import name_of, seen

PAGE: Final = "volunteers/access.html"
#: How it is said, and in which tone.
_SAID: Final = {
    Entry.NONE: (_("heeft geen account"), "rest"),
    Entry.INVITED: (_("er is een brief"), "busy"),
    Entry.LATE: (_("brief verlopen"), "warn"),
    Entry.IN: (_("heeft toegang"), "good"),
    Entry.UNATTESTED: (_("niet bevestigd"), "warn"),
    Entry.OVER: (_("toegang geëindigd"), "rest"),
}


def access_page(volunteer_id: UUID) -> str:
    """Give the address of the page on the account of a volunteer."""
    return reverse("volunteers:access", args=[volunteer_id])


def one(request: Request, volunteer_id: UUID) -> dict[str, Any]:
    """Give how the account of a volunteer stands, and which acts there are.

    Raises:
        Http404: she does not exist for this reader.
    """
    row = seen(request, volunteer_id)
    found = access_of(row, request.now)
    word, tone = _SAID[found.entry]
    return {
        "volunteer": row,
        "name": name_of(row),
        "access": found,
        "word": word,
        "tone": tone,
        "may_invite": may_invite(State(row.state), found.entry),
        "may_end": found.entry in HELD,
        "has_reach": bool(row.email),
    }
