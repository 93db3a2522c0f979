"""Pages of the figures: a year on a page and as a file, and the rows behind a figure for the team."""

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gib.core.access.guard import Request, requires
from gib.core.access.tables import P
from gib.core.sheets.answers import told_as
from gib.core.ui.tables import Cell, Column, Table, make
from gib.core.ui.words import day
from gib.insight.reporting import behind, sheet
from gib.insight.reporting.domain import GAP, WORKED_OUT, Figure, Group, newest_year
from gib.insight.reporting.models import first_day
from gib.insight.reporting.presenting import Line, Year, lines_of
from gib.insight.reporting.views.common import known_year, years
from gib.insight.reporting.words import FIGURES, GROUPS, PER_PRISON
from gib.people.partners.models import Municipality

_NUMBERS = ("own", "nation", "before")
#: Groups of figures that each have a meaning of their own; what another group counts stands above it, once.
_TOLD_APART = (Group.YEAR, Group.GAP)


@requires(P.SEE_FIGURES, P.SEE_TEAM_FIGURES)
@require_safe
def newest(request: Request) -> HttpResponse:
    """Show the last year that is over, or else the one that runs."""
    on, first_on = request.now.on, first_day(request.now.on)
    return _page(request, newest_year(first_on, on), first_on)


def _counted(request: Request, year: int, first_on: date | None) -> tuple[Year, list[Line]]:
    with known_year():
        return lines_of(request.actor, year, first_on, request.now.on)


@requires(P.SEE_FIGURES, P.SEE_TEAM_FIGURES)
@require_safe
def year(request: Request, year: int) -> HttpResponse:
    """Show a year: every figure with what it counts, and by product, channel and reason.

    Raises:
        Http404: there are no figures of this year.
    """
    return _page(request, year, first_day(request.now.on))


def _page(request: Request, year: int, first_on: date | None) -> HttpResponse:
    counted, lines = _counted(request, year, first_on)
    groups = [(group, *words, _table(str(words[0]), year, group, lines)) for group, words in GROUPS.items()]
    context = {
        "year": year,
        "runs_until": day(request.now.on) if year == request.now.on.year else "",
        "years": years("reporting:year", year, first_on or request.now.on, request.now.on),
        "table": _table(_("Het hele jaar"), year, Group.YEAR, lines),
        "groups": [each for each in groups if each[3].rows and each[0] is not Group.PRISON],
        "prisons": _prisons(counted),
        "prison_words": GROUPS[Group.PRISON],
        "has_own": request.actor.may(P.SEE_TEAM_FIGURES),
    }
    return render(request, "reporting/year.html", context)


def _table(label: str, year: int, group: Group, lines: list[Line]) -> Table:
    """Write the lines of a group."""
    here = [line for line in lines if line.group is group]
    names = _columns(group, here)
    heads = [Column(str(sheet.HEADINGS[name]), is_number=name in _NUMBERS) for name in ("name", *names)]
    return make(label, heads, [_row(year, line, names) for line in here])


def _columns(group: Group, lines: list[Line]) -> list[str]:
    """Give the columns of a group; one that is empty everywhere is left out."""
    columns = (*_NUMBERS, "meaning") if group in _TOLD_APART else _NUMBERS
    return [name for name in columns if any(getattr(line, name) for line in lines)]


def _row(year: int, line: Line, names: list[str]) -> list[Cell | str | int]:
    leads = line.own and line.group in _TOLD_APART
    url = reverse("reporting:rows", args=[year, line.key]) if leads else ""
    return [Cell(line.name, url), *(getattr(line, name) for name in names)]


def _prisons(counted: Year) -> Table:
    """Lay the prisons beside each other, for who sees them apart."""
    heads = [
        Column(str(sheet.HEADINGS["name"])),
        *(Column(place.name, is_number=True) for place in counted.places),
    ]
    rows = [
        [str(FIGURES[one][0]), *(counted.told_at(place, one) for place in counted.places)]
        for one in PER_PRISON
    ]
    return make(str(GROUPS[Group.PRISON][0]), heads, rows if counted.places else [])


@requires(P.SEE_FIGURES, P.SEE_TEAM_FIGURES)
@require_safe
def export(request: Request, year: int, kind: str) -> HttpResponse:
    """Give the figures of a year as a file.

    Raises:
        Http404: there is no such kind of file, or no such year.
    """
    _year, lines = _counted(request, year, first_day(request.now.on))
    titles = {group: str(title) for group, (title, _meaning) in GROUPS.items()}
    rows = [vars(line) | {"group": titles.get(line.group, _("Het hele jaar"))} for line in lines]
    template = sheet.template(request.actor.may(P.SEE_TEAM_FIGURES))
    return told_as(kind, template, rows, f"cijfers-{year}")


@requires(P.SEE_TEAM_FIGURES)
@require_safe
def rows(request: Request, year: int, name: str) -> HttpResponse:
    """Show who and what stands behind a figure, of the own team: of a year, or of one municipality in it.

    Raises:
        Http404: there is no such figure, year or municipality.
    """
    if name not in set(Figure):
        raise Http404
    figure, town = Figure(name), _town(request, Figure(name))
    title, meaning = FIGURES[figure]
    with known_year():
        found = behind.found(request.actor, figure, year, request.now.on, town.code if town else "")
    context: dict[str, Any] = {
        "year": year,
        "title": title,
        "town": town,
        "meaning": meaning,
        "count": len(found),
        "table": _behind(str(title), figure, found),
        "is_gap": figure in GAP,
    }
    return render(request, "reporting/rows.html", context)


def _town(request: Request, figure: Figure) -> Municipality | None:
    code = request.GET.get("gemeente", "")
    return get_object_or_404(Municipality, pk=code) if code and figure in GAP else None


def _behind(title: str, figure: Figure, found: list[behind.Behind]) -> Table:
    heads: list[Column | str] = [_("Wie"), _("Dag")]
    if figure in WORKED_OUT:
        heads.append(Column(_("Minuten") if figure is Figure.HOURS else _("Dagen"), is_number=True))
    rows: list[list[Cell | str | int]] = [[Cell(each.name, each.url), each.day, each.adds] for each in found]
    return make(title, heads, [row[: len(heads)] for row in rows])
