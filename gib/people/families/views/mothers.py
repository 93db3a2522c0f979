"""The list of mothers, and what is known about one of them."""

from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gib.core.access.guard import Request, requires
from gib.core.access.tables import P
from gib.core.ui.tables import Cell, Column, Table, make, ordering, sortable
from gib.core.ui.words import day, short_name
from gib.people.families import actions, words
from gib.people.families.forms.family import MotherForm
from gib.people.families.models import Participant
from gib.people.families.models.lists import Listed, beside, mothers, numbers, page_after, where_they_are
from gib.people.families.views.common import ask, of_dossier, tab

SIZE: Final = 50
#: Stands for a dossier in an address that is written once for all rows.
_ANY: Final = UUID(int=0)


@requires(P.SEE_DOSSIER)
@require_safe
def overview(request: Request) -> HttpResponse:
    """List the mothers of the reader: filter by where they are, sort, and leaf through."""
    columns = [
        Column(_("Naam")),
        Column(_("Kinderen"), is_number=True),
        Column(_("Waar")),
        Column(_("Vrij, verwacht"), "vrij"),
        Column(_("Taal")),
        Column(_("Toestemming")),
        Column(_("Aangemeld"), "open"),
    ]
    every = mothers(request.actor, request.now.on)
    counts = numbers(every)
    where = asked if (asked := request.GET.get("waar", "")) in counts else ""
    by, is_down = ordering(request, columns)
    found = page_after(where_they_are(every, where), by, is_down, _after(request), SIZE)
    shown = found[:SIZE]
    context = {
        "table": _table(request, sortable(request, columns), shown),
        "count": counts[where],
        "chips": _chips(where, counts),
        "older": _older(request, shown[-1].dossier_id) if len(found) > SIZE else "",
    }
    return render(request, "families/mothers.html", context)


def _after(request: Request) -> UUID | None:
    try:
        return UUID(request.GET.get("na", ""))
    except ValueError:
        return None


def _older(request: Request, last: UUID) -> str:
    kept = [(name, value) for name, value in request.GET.items() if name != "na"]
    return f"?{urlencode([*kept, ('na', str(last))])}"


def _chips(where: str, counts: dict[str, int]) -> list[dict[str, Any]]:
    labels = {"": _("Alle"), "binnen": _("Binnen"), "vrij": _("Vrij")}
    return [
        {
            "label": label,
            "count": counts[key],
            "url": f"?waar={key}" if key else "?",
            "is_current": key == where,
        }
        for key, label in labels.items()
    ]


def _table(request: Request, columns: list[Column], shown: list[Listed]) -> Table:
    known = beside(request.actor, request.now.on, [each.dossier_id for each in shown])
    before, after = reverse("portal:dossier", args=[_ANY]).split(str(_ANY))
    lines = []
    for each in shown:
        row, near = known[each.dossier_id]
        name = short_name(f"{row.first_name} {row.last_name}") or _("Nog zonder naam")
        line: list[Cell | str | int] = [
            Cell(name, url=f"{before}{row.dossier_id}{after}"),
            near.children,
            near.place or Cell(state="families.outside"),
            (day(each.leaves_on) or _("onbekend")) if near.place else "",
            words.languages(row.languages),
            Cell(state=f"families.{near.consent}"),
            day(each.opened_on),
        ]
        lines.append(line)
    return make(_("Moeders"), columns, lines)


@requires(P.EDIT_FAMILY)
@of_dossier
def correct(request: Request, dossier_id: UUID) -> HttpResponse:
    """Correct what is known about the mother."""
    mother = Participant.visible_to(request.actor, request.now.on).get_or_404(dossier_id=dossier_id)
    known = {name: getattr(mother, name) for name in actions.MotherFacts.__dataclass_fields__}
    initial = known | {"languages": mother.languages.split(",")}
    form = MotherForm(request.POST or None, initial=initial, on=request.now.on)

    def perform(facts: actions.MotherFacts) -> None:
        actions.correct_participant(request.actor, dossier_id, facts, request.now)

    return ask(request, form, _("Gegevens van de moeder"), tab(dossier_id, "mensen"), perform)
