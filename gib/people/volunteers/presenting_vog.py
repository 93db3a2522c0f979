"""The list for the free scheme: who is to be entered, with what the scheme asks, and what runs."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gib.core.access.guard import Request
from gib.core.sheets.template import Column, Template
from gib.core.ui.tables import make
from gib.core.ui.words import day
from gib.people.volunteers.domain import State
from gib.people.volunteers.domain.agreement import Vog
from gib.people.volunteers.models import Volunteer
from gib.people.volunteers.models.agreement import VogRequest, days_of
from gib.people.volunteers.presenting import name_of

#: What the scheme asks of every request, the same for all. Source: law page 8.1.
FUNCTION: Final = gettext_lazy("vrijwilliger bij moeders en kinderen")
ASPECTS: Final = "84, 85"
_HEADINGS: Final = {
    "name": gettext_lazy("Naam"),
    "born": gettext_lazy("Geboortedatum"),
    "mail": gettext_lazy("E-mail"),
    "function": gettext_lazy("Functie"),
    "aspects": gettext_lazy("Functieaspecten"),
}
#: Who is screened; the certificate of who works already is renewed by her requirements.
_SCREENED: Final = (State.SCREENING, State.TRAINING)


def template() -> Template:
    """Give the columns of the file, as the scheme asks them."""
    columns = tuple(Column(key, str(heading)) for key, heading in _HEADINGS.items())
    return Template(key="vog", title=gettext_lazy("VOG aanvragen"), columns=columns)


def entries(rows: Iterable[Any]) -> list[dict[str, str]]:
    """Give what is entered for each volunteer; an empty cell is still to be filled in here."""
    return [
        {
            "name": f"{row.given_name} {row.family_name}",
            "born": f"{row.born_on:%d-%m-%Y}" if row.born_on else "",
            "mail": row.email or "",
            "function": str(FUNCTION),
            "aspects": ASPECTS,
        }
        for row in rows
    ]


def screened(request: Request) -> tuple[list[Any], dict[UUID, list[Any]]]:
    """Give who is being screened, and the requests of each."""
    actor, on = request.actor, request.now.on
    rows = Volunteer.visible_to(actor, on).filter(state__in=_SCREENED).order_by("since_on", "id")
    people = list(rows.unlocked())
    known: dict[UUID, list[Any]] = defaultdict(list)
    for one in VogRequest.visible_to(actor, on).filter(volunteer_id__in=[row.id for row in people]):
        known[one.volunteer_id].append(one)
    return people, known


def waiting(request: Request) -> list[Any]:
    """Give who is still to be entered."""
    people, known = screened(request)
    return [row for row in people if not known[row.id]]


def overview(request: Request) -> dict[str, Any]:
    """Give the page: the list to enter, and what runs with its days."""
    people, known = screened(request)
    ready = [row for row in people if not known[row.id]]
    running = [_line(row, one) for row in people for one in known[row.id]]
    lines = [list(entry.values()) for entry in entries(ready)]
    return {
        "table": make(_("Nog aanvragen"), [str(word) for word in _HEADINGS.values()], lines),
        "ready": [(row.id, name_of(row), _is_full(row)) for row in ready],
        "running": running,
    }


def _is_full(row: Any) -> bool:
    return bool(row.born_on and row.email)


def _line(row: Any, request: Any) -> dict[str, Any]:
    days = days_of(request)
    told = {
        _("aangevraagd"): days.requested_on,
        _("afgegeven"): days.issued_on,
        _("gezien"): days.seen_on,
        _("niet gratis"): days.excluded_on,
    }
    return {
        "id": request.id,
        "volunteer_id": row.id,
        "name": name_of(row),
        "state": f"screening.{days.stand}",
        "days": ", ".join(f"{word} {day(on)}" for word, on in told.items() if on),
        "next": {Vog.REQUESTED: _("Afgegeven"), Vog.ISSUED: _("Gezien")}.get(days.stand, ""),
    }
