"""How long mothers wait for a volunteer, by region and language: on a page with a picture, and as a file."""

from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gib.core.access.guard import Request, requires
from gib.core.access.tables import P
from gib.core.sheets.answers import told_as
from gib.core.ui import charts
from gib.core.ui.tables import Column, Table, make
from gib.insight.reporting import sheet
from gib.insight.reporting.domain import By, newest_year
from gib.insight.reporting.models import first_day
from gib.insight.reporting.views.common import known_year, years
from gib.insight.reporting.waiting import Line, lines_of
from gib.insight.reporting.words import WAITS, WAITS_BY
from gib.people.partners.domain import BRANDS, Product


@requires(P.SEE_FIGURES, P.SEE_TEAM_FIGURES)
@require_safe
def newest(request: Request) -> HttpResponse:
    """Show the last year that is over, or else the one that runs."""
    first_on = first_day(request.now.on)
    return _page(request, newest_year(first_on, request.now.on), first_on)


@requires(P.SEE_FIGURES, P.SEE_TEAM_FIGURES)
@require_safe
def year(request: Request, year: int) -> HttpResponse:
    """Show who began to wait in a year, and what came of it.

    Raises:
        Http404: there are no figures of this year.
    """
    return _page(request, year, first_day(request.now.on))


def _counted(request: Request, year: int, first_on: date | None) -> list[Line]:
    with known_year():
        return lines_of(request.actor, year, first_on, request.now.on)


def _page(request: Request, year: int, first_on: date | None) -> HttpResponse:
    lines = _counted(request, year, first_on)
    known = list(dict.fromkeys(line.product for line in lines))
    product = request.GET.get("onderdeel", known[0] if known else "")
    here = [line for line in lines if line.product == product]
    context = {
        "year": year,
        "brand": BRANDS[Product(product)] if here else "",
        "years": years("reporting:waiting_year", year, first_on or request.now.on, request.now.on),
        "chips": _chips(known, product),
        "whole": _table(_("Allemaal"), here, By.ALL),
        "groups": [
            (*words, _table(str(words[0]), here, by), _chart(str(words[0]), here, by))
            for by, words in WAITS_BY.items()
        ],
        "words": list(WAITS.values()),
        "has_own": request.actor.may(P.SEE_TEAM_FIGURES),
        "may_match": request.actor.may(P.MATCH),
    }
    return render(request, "reporting/waiting.html", context)


def _chips(known: list[str], product: str) -> list[dict[str, object]]:
    return [
        {"label": BRANDS[Product(one)], "url": f"?onderdeel={one}", "is_current": one == product}
        for one in known
    ]


def _table(label: str, lines: list[Line], by: By) -> Table:
    heads = [
        Column(str(sheet.WAIT_HEADINGS["name"])),
        *(Column(str(words[0]), is_number=True) for words in WAITS.values()),
    ]
    rows = [[line.name, *(getattr(line, name) for name in WAITS)] for line in lines if line.by is by]
    return make(label, heads, rows)


def _chart(title: str, lines: list[Line], by: By) -> charts.Chart | None:
    """Draw for each row how many of a hundred found a volunteer, where that is told."""
    parts = [
        charts.Part(line.name, int(line.rate[:-1]))
        for line in lines
        if line.by is by and line.rate.endswith("%")
    ]
    return charts.bars(f"{title}, {WAITS['rate'][0]}", parts) if parts else None


@requires(P.SEE_FIGURES, P.SEE_TEAM_FIGURES)
@require_safe
def export(request: Request, year: int, kind: str) -> HttpResponse:
    """Give the waits of a year as a file, of every product.

    Raises:
        Http404: there is no such kind of file, or no such year.
    """
    lines = _counted(request, year, first_day(request.now.on))
    ways = {by: str(words[0]) for by, words in WAITS_BY.items()}
    rows = [
        vars(line) | {"product": BRANDS[Product(line.product)], "by": ways.get(line.by, line.name)}
        for line in lines
    ]
    return told_as(kind, sheet.waiting(), rows, f"wachten-{year}")
