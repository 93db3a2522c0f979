"""Who was asked to pay for the women of a year: per municipality, on a page and as a file."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gib.core.access.guard import Request, requires
from gib.core.access.tables import P
from gib.core.sheets.answers import told_as
from gib.core.ui.tables import Cell, Column, Table, make
from gib.insight.reporting import sheet
from gib.insight.reporting.domain import GAP, Figure
from gib.insight.reporting.models import first_day
from gib.insight.reporting.municipal import MOST, Town, towns_of
from gib.insight.reporting.views.common import known_year
from gib.insight.reporting.words import FIGURES


def _counted(request: Request, year: int) -> tuple[list[Town], Town]:
    on = request.now.on
    with known_year():
        return towns_of(request.actor, year, first_day(on), on)


@requires(P.SEE_FIGURES, P.SEE_TEAM_FIGURES)
@require_safe
def overview(request: Request, year: int) -> HttpResponse:
    """Show per municipality what was asked in a year and what came of it.

    Raises:
        Http404: there are no figures of this year.
    """
    towns, together = _counted(request, year)
    shows_all = "alle" in request.GET
    context = {
        "year": year,
        "count": len(towns),
        "chips": _chips(len(towns), shows_all) if len(towns) > MOST else [],
        "table": _table(year, towns if shows_all else towns[:MOST], together),
        "words": [FIGURES[figure] for figure in GAP],
        "has_own": request.actor.may(P.SEE_TEAM_FIGURES),
    }
    return render(request, "reporting/gap.html", context)


def _chips(number: int, shows_all: bool) -> list[dict[str, object]]:
    most = {"label": _("Waar het meest is gevraagd"), "url": "?", "count": MOST, "is_current": not shows_all}
    return [most, {"label": _("Alle"), "url": "?alle", "count": number, "is_current": shows_all}]


def _table(year: int, towns: list[Town], together: Town) -> Table:
    heads = [
        Column(_("Gemeente")),
        *(Column(str(FIGURES[figure][0]), is_number=True) for figure in GAP),
    ]
    foot = [_("Alle gemeenten samen"), *together.numbers.values()]
    return make(_("Wie betaalt, per gemeente"), heads, [_row(year, town) for town in towns], foot)


def _row(year: int, town: Town) -> list[Cell | str | int]:
    return [
        town.name,
        *(Cell(told, _behind(year, figure, town)) for figure, told in town.numbers.items()),
    ]


def _behind(year: int, figure: Figure, town: Town) -> str:
    """Give where the rows of a number stand, for who may see them."""
    if figure not in town.leads:
        return ""
    return f"{reverse('reporting:rows', args=[year, figure])}?{urlencode({'gemeente': town.code})}"


@requires(P.SEE_FIGURES, P.SEE_TEAM_FIGURES)
@require_safe
def export(request: Request, year: int, kind: str) -> HttpResponse:
    """Give every municipality of a year as a file, and all of them together.

    Raises:
        Http404: there is no such kind of file, or no such year.
    """
    towns, together = _counted(request, year)
    rows = [{"code": town.code, "name": town.name} | _values(town) for town in towns]
    rows.append({"code": "", "name": _("Alle gemeenten samen")} | _values(together))
    return told_as(kind, sheet.municipal(), rows, f"wie-betaalt-{year}")


def _values(town: Town) -> dict[str, str]:
    return {str(figure): told for figure, told in town.numbers.items()}
