"""Long lists in windows: from a row onwards or back, never by page number, so nothing slips in between."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.http import HttpRequest

SIZE: Final = 25
OLDER: Final = "ouder"
NEWER: Final = "nieuwer"
_MARK: Final = "~"


@dataclass(frozen=True)
class Window:
    """Some rows, newest first, with the addresses of the rows around them; empty where there are none."""

    rows: Sequence[Any]
    newer: str = ""
    older: str = ""


def window(request: HttpRequest, rows: QuerySet[Any, Any], by: str, size: int = SIZE) -> Window:
    """Give the window this address asks for; an address that cannot be read means the newest.

    Args:
        request: its address may hold a row to start after (`ouder`) or before (`nieuwer`).
        rows: what may be seen, unordered.
        by: the field of a day or moment, newest first; ties are settled by key.
        size: rows in a window.
    """
    after, before = (_read(request.GET.get(name, "")) for name in (OLDER, NEWER))
    if before:
        found = list(rows.filter(_beyond(by, "gt", before)).order_by(by, "pk")[: size + 1])
        more, shown = len(found) > size, found[:size][::-1]
        return Window(
            shown, _link(request, NEWER, by, shown[:1] if more else []), _link(request, OLDER, by, shown[-1:])
        )
    part = rows.filter(_beyond(by, "lt", after)) if after else rows
    found = list(part.order_by(f"-{by}", "-pk")[: size + 1])
    more, shown = len(found) > size, found[:size]
    newer = _link(request, NEWER, by, shown[:1] if after else [])
    return Window(shown, newer, _link(request, OLDER, by, shown[-1:] if more else []))


def _beyond(by: str, way: str, edge: tuple[date | datetime, str]) -> Q:
    value, key = edge
    return Q(**{f"{by}__{way}": value}) | Q(**{by: value, f"pk__{way}": key})


def _read(written: str) -> tuple[date | datetime, str] | None:
    value, _mark, key = written.partition(_MARK)
    try:
        return (datetime if "T" in value else date).fromisoformat(value), key
    except ValueError:
        return None


def _link(request: HttpRequest, name: str, by: str, edge: Sequence[Any]) -> str:
    kept = [(other, value) for other, values in request.GET.lists() for value in values]
    kept = [(other, value) for other, value in kept if other not in (OLDER, NEWER)]
    return "".join(
        f"?{urlencode([*kept, (name, f'{getattr(row, by).isoformat()}{_MARK}{row.pk}')])}" for row in edge
    )
