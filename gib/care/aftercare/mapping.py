"""Coverage as it may be seen: guarded numbers, what stands out, and municipalities as circles on a map."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from django.utils.translation import gettext as _

from gib.care.aftercare.domain.coverage import Standing, radius
from gib.care.aftercare.models import Counted
from gib.engines.disclosure import Divided, guarded
from gib.engines.disclosure import together as protected
from gib.people.partners.domain.maps import on_map

NUMBERS: Final = ("women", "asked", "granted", "refused", "silent", "let_go", "children")
WIDTH, HEIGHT = 500, 588
#: Municipalities whose names are written on the map: where nobody pays yet.
_NAMED: Final = (Standing.NONE, Standing.TALK)
#: A letter and a line on the map, in pixels.
_LETTER, _LINE = 7.2, 14
#: The greatest number of names, and how many of them a phone shows.
_MOST, _FIRST = 16, 6


def shown(row: Counted) -> dict[str, str]:
    """Give the numbers of a municipality as they may be seen, by column of the list."""
    return {name: guarded(getattr(row, name)) for name in NUMBERS}


def together(rows: Sequence[Counted]) -> dict[str, str]:
    """Add all municipalities up, rounded as each of them is, so that no total tells one of them.

    Only all of them: the sum of those of one class would be a second way to divide the nation.
    """
    parts = {name: {row.code: getattr(row, name) for row in rows} for name in NUMBERS}
    told = protected(
        {name: Divided(sum(way.values()), {"": way}, is_final=False) for name, way in parts.items()}
    )
    return {name: told[name].total for name in NUMBERS}


def figures(rows: Sequence[Counted]) -> list[dict[str, str]]:
    """Give what stands out over all municipalities, each with where it leads."""
    numbers = together(rows)
    none, talk = (sum(row.standing is one for row in rows) for one in _NAMED)
    waits = _("%(number)s in gesprek") % {"number": talk}
    told = (
        ("stop", numbers["women"], _("vrouwen zonder dekking"), "#tabel", _("thuis, of binnen 90 dagen")),
        ("warn", str(none), _("gemeenten zonder afspraak"), "?stand=none", waits),
        ("busy", numbers["silent"], _("keer zweeg een gemeente"), "#tabel", _("na haar termijn")),
        ("rest", numbers["let_go"], _("vrouwen losgelaten"), "#tabel", _("elke keer met een aanvraag")),
    )
    names = ("tone", "number", "word", "url", "note")
    return [dict(zip(names, each, strict=True)) for each in told]


def circle(row: Counted) -> dict[str, Any] | None:
    """Place a municipality on the map; None when nobody knows where it lies or it lies overseas."""
    try:
        x, y = on_map(row.latitude or 0, row.longitude or 0, WIDTH, HEIGHT)
    except ValueError:
        return None
    size = radius(row.women)
    inner = round(size * 0.42, 1) if row.standing is Standing.TALK else 0
    return {"x": x, "y": y, "r": size, "in": inner, "css": row.standing, "name": row.name}


def mapped(rows: Iterable[Counted]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Place municipalities on the map: those with demand or an agreement, largest first, and the others."""
    known = [(row.standing is Standing.IDLE, one) for row in rows if (one := circle(row))]
    told = sorted((one for is_idle, one in known if not is_idle), key=lambda one: -one["r"])
    return told, [one for is_idle, one in known if is_idle]


def names(circles: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Write names beside circles where nobody pays yet, the largest first, where no name covers another."""
    taken: list[tuple[float, float, float, float]] = []
    found: list[dict[str, Any]] = []
    for one in circles:
        if one["css"] not in _NAMED or len(found) == _MOST:
            continue
        label = next((each for each in _around(one) if _is_free(each["box"], taken)), None)
        if label is not None:
            taken.append(label["box"])
            found.append(label | {"is_minor": len(found) >= _FIRST})
    return found


def _around(one: dict[str, Any]) -> Iterable[dict[str, Any]]:
    """Give the places for a name: right of its circle, left, or below."""
    wide, beside = len(one["name"]) * _LETTER, one["r"] + 5
    for css, x, y, left in (
        ("", one["x"] + beside, one["y"] + 4, one["x"] + beside),
        ("end", one["x"] - beside, one["y"] + 4, one["x"] - beside - wide),
        ("mid", one["x"], one["y"] + one["r"] + _LINE, one["x"] - wide / 2),
    ):
        box = (left, y - _LINE, left + wide, y)
        yield {"name": one["name"], "css": css, "x": round(x, 1), "y": round(y, 1), "box": box}


def _is_free(
    box: tuple[float, float, float, float], taken: Iterable[tuple[float, float, float, float]]
) -> bool:
    left, top, right, bottom = box
    if left < 0 or right > WIDTH:
        return False
    return not any(
        left < other[2] and other[0] < right and top < other[3] and other[1] < bottom for other in taken
    )
