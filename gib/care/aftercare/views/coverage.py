"""Coverage per municipality: a map, a table and a file with the same numbers, and never a name."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gib.care.aftercare import mapping, presenting, sheet
from gib.care.aftercare.domain.coverage import Standing
from gib.care.aftercare.models import Counted, coverage
from gib.care.aftercare.models.lists import agreements
from gib.care.aftercare.wording import FORM_WORDS
from gib.core.access.guard import Request, requires
from gib.core.access.tables import P
from gib.core.sheets.answers import told_as
from gib.core.ui import states
from gib.core.ui.slots import LEAD, TASK_LISTS
from gib.core.ui.tables import Cell, Column, make
from gib.core.ui.words import day


def _word(standing: Standing) -> str:
    return str(states.find(f"coverage.{standing}").word)


def _chosen(request: Request, rows: list[Counted]) -> list[Counted]:
    stand = request.GET.get("stand", "")
    if stand in set(Standing):
        return [row for row in rows if row.standing == stand]
    return [row for row in rows if row.standing is not Standing.IDLE]


@requires(P.SEE_FIGURES)
@require_safe
def overview(request: Request) -> HttpResponse:
    """Show who pays where: classes, the map, and the table below it."""
    rows = coverage(request.now.on)
    chosen = _chosen(request, rows)
    circles, idle = mapping.mapped(rows)
    context = {
        "table": _table(chosen, mapping.together(rows)),
        "count": len(chosen),
        "chips": _chips(request, rows),
        "query": request.GET.urlencode(),
        "on": day(request.now.on),
        "figures": mapping.figures(rows),
        "circles": circles,
        "names": mapping.names(circles),
        "idle": _dots(idle),
        "land": _dots([*circles, *idle]),
        "told": ", ".join(f"{_word(one)}: {_number(rows, one)}" for one in Standing),
        "kinds": [(one, _word(one)) for one in Standing],
        "tasks": [task for source in TASK_LISTS.get(LEAD, []) for task in source(request)],
    }
    return render(request, "aftercare/coverage.html", context)


def _dots(places: list[dict[str, Any]]) -> str:
    return "".join(f"M{one['x']} {one['y']}h0" for one in places)


def _number(rows: list[Counted], standing: Standing) -> int:
    return sum(row.standing is standing for row in rows)


def _chips(request: Request, rows: list[Counted]) -> list[dict[str, Any]]:
    stand = request.GET.get("stand", "")
    shown = len(rows) - _number(rows, Standing.IDLE)
    chips = [{"label": _("Met vraag of afspraak"), "url": "?", "is_current": not stand, "count": shown}]
    return chips + [
        {
            "label": _word(one),
            "url": f"?stand={one}",
            "is_current": stand == one,
            "count": _number(rows, one),
        }
        for one in Standing
    ]


def _table(rows: list[Counted], together: dict[str, str]) -> Any:
    heads = [Column(str(sheet.HEADINGS[name]), is_number=name in sheet.COLUMNS[2:]) for name in sheet.COLUMNS]
    lines: list[list[Cell | str | int]] = [
        [
            Cell(row.name, reverse("aftercare:municipality", args=[row.code])),
            Cell(state=f"coverage.{row.standing}"),
            *mapping.shown(row).values(),
        ]
        for row in rows
    ]
    foot = [_("Alle gemeenten samen"), "", *together.values()]
    return make(_("Dekking per gemeente"), heads, lines, foot)


@requires(P.SEE_FIGURES)
@require_safe
def export(request: Request, kind: str) -> HttpResponse:
    """Give the table that is shown as a file.

    Raises:
        Http404: there is no such kind of file.
    """
    rows = [
        {"name": row.name, "standing": _word(row.standing), **mapping.shown(row)}
        for row in _chosen(request, coverage(request.now.on))
    ]
    return told_as(kind, sheet.coverage_template(), rows, f"dekking-{request.now.on}")


@requires(P.SEE_FIGURES, P.MANAGE_AGREEMENT)
@require_safe
def municipality(request: Request, code: str) -> HttpResponse:
    """Show one municipality: its numbers and its agreements.

    Raises:
        Http404: there is no such municipality today.
    """
    row = next((one for one in coverage(request.now.on) if one.code == code), None)
    if row is None:
        raise Http404
    found = agreements(request.now.on, code)
    numbers = mapping.shown(row)
    context = {
        "row": row,
        "state": f"coverage.{row.standing}",
        "numbers": [(sheet.HEADINGS[name], numbers[name]) for name in numbers],
        "agreements": agreement_table(found),
        "count": len(found),
    }
    return render(request, "aftercare/municipality.html", context)


def agreement_table(found: Any) -> Any:
    """Write agreements as a table."""
    lines: list[list[Cell | str | int]] = [
        [
            Cell(str(row.municipality), reverse("aftercare:municipality", args=[row.municipality_id])),
            str(FORM_WORDS[row.form]),
            presenting.agreed(row, used),
            presenting.period(row.from_on, row.to_on),
            row.reference,
            Cell(_("Beëindig"), reverse("aftercare:end_agreement", args=[row.pk])),
        ]
        for row, used in found
    ]
    heads = [_("Gemeente"), _("Vorm"), _("Ruimte"), _("Geldt"), _("Kenmerk"), _("Wijzig")]
    return make(_("Afspraken"), heads, lines)
