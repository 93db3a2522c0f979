"""Where a place lies on the map, and how a file of borders becomes paths."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby, pairwise
from typing import Any, Final

from gib.core.kernel.rules import RuleBroken, declare

declare(
    {
        "borders_unreadable": "Dit bestand bevat geen grenzen van gemeenten.",
    }
)

#: The rectangle of the map: west, south, east, north in degrees.
_BOX: Final = (3.3, 50.7, 7.3, 53.6)


def on_map(latitude: float, longitude: float, width: int = 400, height: int = 480) -> tuple[int, int]:
    """Place a point on the map of the Netherlands, in pixels from the top left.

    Raises:
        ValueError: the point lies outside the European Netherlands.
    """
    west, south, east, north = _BOX
    if not (west <= longitude <= east and south <= latitude <= north):
        raise ValueError("outside the map")
    across = (longitude - west) / (east - west)
    down = (north - latitude) / (north - south)
    return round(across * width), round(down * height)


def border_paths(topology: Mapping[str, Any]) -> dict[str, str]:
    """Turn a TopoJSON file into one SVG path per municipality code, in the pixels of `on_map`.

    Args:
        topology: the decoded file; its municipalities carry `properties.code` as "GM" and four digits.

    Raises:
        RuleBroken: 'borders_unreadable' when it holds no such municipalities.
    """
    try:
        arcs = _arcs(topology)
        paths = {shape["properties"]["code"][2:]: _path(shape, arcs) for shape in _municipal(topology)}
    except (AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
        raise RuleBroken("borders_unreadable") from error
    if not paths:
        raise RuleBroken("borders_unreadable")
    return paths


def _municipal(topology: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    shapes = [shape for group in topology["objects"].values() for shape in group["geometries"]]
    return [shape for shape in shapes if str(shape.get("properties", {}).get("code", "")).startswith("GM")]


def _arcs(topology: Mapping[str, Any]) -> list[list[tuple[int, int]]]:
    """Undo the differences and the scale of every arc."""
    (wide, high), (west, south) = topology["transform"]["scale"], topology["transform"]["translate"]
    found = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for across, up in arc:
            x, y = x + across, y + up
            points.append(on_map(south + y * high, west + x * wide))
        found.append(points)
    return found


def _path(shape: Mapping[str, Any], arcs: Sequence[Sequence[tuple[int, int]]]) -> str:
    polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
    return "".join(_ring(ring, arcs) for polygon in polygons for ring in polygon)


def _ring(numbers: Iterable[int], arcs: Sequence[Sequence[tuple[int, int]]]) -> str:
    """Join arcs; a negative number is an arc from its end. Points that share a pixel become one."""
    points = [point for number in numbers for point in (arcs[number] if number >= 0 else arcs[~number][::-1])]
    kept = [point for point, _same in groupby(points)]
    steps = "".join(f"l{x - left} {y - top}" for (left, top), (x, y) in pairwise(kept))
    return f"M{kept[0][0]} {kept[0][1]}{steps}z"
