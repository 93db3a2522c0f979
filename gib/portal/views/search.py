"""Searching by name within one's own scope: by POST, so that no name stands in an address."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gib.core.access.guard import Request, requires
from gib.core.access.tables import P
from gib.core.ui.forms import HouseForm, LineField
from gib.core.ui.tables import Cell, make
from gib.core.ui.words import short_name
from gib.people.families.models import Participant
from gib.people.volunteers.models import Volunteer
from gib.portal import search as finding


class SearchForm(HouseForm):
    """What somebody looks for."""

    text = LineField(
        limit=60,
        label=gettext_lazy("Naam of dossiernummer"),
        help_text=gettext_lazy(
            "Van een moeder, een kind of een vrijwilliger. De eerste letters zijn genoeg."
        ),
    )

    def to_command(self) -> str:
        """Give the text."""
        return str(self.cleaned_data["text"])


@requires(P.SEARCH)
def search(request: Request) -> HttpResponse:
    """Ask for a name, or show who was found; only who is shown counts as read."""
    form = SearchForm(request.POST or None)
    context: dict[str, Any] = {"form": form}
    status = 422 if form.is_bound and not form.is_valid() else 200
    if form.is_bound and form.is_valid():
        rows = found(request, form.to_command())
        context["table"] = make(_("Gevonden"), [_("Naam"), _("Soort")], rows)
        context["count"] = len(rows)
    return render(request, "portal/search.html", context, status=status)


def found(request: Request, text: str) -> list[list[Cell | str | int]]:
    """Give a row per mother and per volunteer that was found, with a link."""
    actor, now = request.actor, request.now
    ids = finding.dossiers(actor, text, now)
    mothers = Participant.visible_to(actor, now.on).filter(dossier_id__in=ids).unlocked()
    helpers = Volunteer.visible_to(actor, now.on).filter(pk__in=finding.volunteers(actor, text, now))
    return [
        *(
            _row(row.first_name, row.last_name, "portal:dossier", row.dossier_id, _("Moeder"))
            for row in mothers
        ),
        *(
            _row(row.given_name, row.family_name, "volunteers:volunteer", row.id, _("Vrijwilliger"))
            for row in helpers.unlocked()
        ),
    ]


def _row(first: str, last: str, url_name: str, pk: UUID, kind: str) -> list[Cell | str | int]:
    return [Cell(short_name(f"{first} {last}"), reverse(url_name, args=[pk])), kind]
