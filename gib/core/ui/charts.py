"""Small charts as shapes: computed here, drawn by one component, readable as a sentence."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, sin
from typing import Final

from django.utils.translation import gettext as _

BAR: Final = 18
STEP: Final = 28
START: Final = 126
LENGTH: Final = 224
TOP_MARK: Final = 5
_CHAR: Final = 7.0
_CENTRE: Final = 200.0
_RING_STEP: Final = 44.0
_FREE: Final = 0.5
_NAME: Final = 12
_SCALE_START: Final = 178.0
_SCALE_STEP: Final = 40.0
_FLOW_WIDTH: Final = 92
_NARROW: Final = 400
_FLOW_BAR: Final = 26
_FLOW_HEIGHT: Final = 90


@dataclass(frozen=True)
class Text:
    """A word in a chart; `css` names its look."""

    x: float
    y: float
    text: str
    css: str = ""
    on: str = ""


@dataclass(frozen=True)
class Rect:
    """A bar in a tone."""

    x: float
    y: float
    width: float
    height: float
    tone: str


@dataclass(frozen=True)
class Path:
    """A line or an area; `css` names its look."""

    d: str
    css: str


@dataclass(frozen=True)
class Chart:
    """A drawing with the sentence that says the same."""

    box: str
    label: str
    paths: tuple[Path, ...] = ()
    rects: tuple[Rect, ...] = ()
    texts: tuple[Text, ...] = ()
    dots: tuple[tuple[float, float], ...] = ()
    width: int = 0
    height: int = 0

    @property
    def is_wide(self) -> bool:
        """Tell whether a phone must scroll it to keep its words readable."""
        return float(self.box.split()[2]) > _NARROW


@dataclass(frozen=True)
class Part:
    """A named count, in a tone."""

    name: str
    count: int
    tone: str = "own"


def told(title: str, parts: Sequence[Part]) -> str:
    """Say a row of counts as a sentence."""
    return f"{title}: " + ", ".join(f"{part.name} {part.count}" for part in parts)


def bars(title: str, parts: Sequence[Part]) -> Chart:
    """Draw one bar per count, longest at full length, with the number beside it."""
    most = max((part.count for part in parts), default=0) or 1
    rects, texts = [], []
    for index, part in enumerate(parts):
        y, length = 2 + STEP * index, round(LENGTH * part.count / most, 1)
        rects.append(Rect(START, y, length, BAR, part.tone))
        texts += [
            Text(START - 8, y + 13, part.name, "end"),
            Text(START + length + 6, y + 13, str(part.count)),
        ]
    height = STEP * len(parts) + 2
    axis = Path(f"M{START} 0V{height}", "axis")
    return Chart(f"0 0 390 {height}", told(title, parts), (axis,), tuple(rects), tuple(texts))


def stacked(title: str, rows: Sequence[tuple[str, Sequence[Part]]]) -> Chart:
    """Draw one bar of parts per row; the number stands in the part, or is left to the sentence."""
    most = max((sum(part.count for part in parts) for _name, parts in rows), default=0) or 1
    rects, texts = [], []
    for index, (name, parts) in enumerate(rows):
        y, x = 2.0 + 32 * index, float(START)
        texts.append(Text(START - 8, y + 14, name, "end"))
        for part in parts:
            width = round((LENGTH + 30) * part.count / most, 1)
            rects.append(Rect(round(x, 1), y, max(width - 1.5, 0), 20, part.tone))
            if width > len(str(part.count)) * _CHAR + 4:
                texts.append(Text(round(x + width / 2, 1), y + 14, str(part.count), "mid", part.tone))
            x += width
    label = "; ".join([title, *(told(name, parts) for name, parts in rows)])
    return Chart(f"0 0 390 {32 * len(rows)}", label, (), tuple(rects), tuple(texts))


def flow(title: str, parts: Sequence[Part]) -> Chart:
    """Draw how many come from each phase into the next."""
    most, base = max((part.count for part in parts), default=0) or 1, 95.0
    tops = [round(base - _FLOW_HEIGHT * part.count / most, 1) for part in parts]
    rects, texts, paths = [], [], []
    for index, (part, top) in enumerate(zip(parts, tops, strict=True)):
        x = _FLOW_WIDTH * index
        rects.append(Rect(x, top, _FLOW_BAR, round(base - top, 1), part.tone))
        texts += [Text(x, 112, part.name), Text(x, top - 6, str(part.count), "halo")]
        if index + 1 < len(parts):
            paths.append(Path(_ribbon(x + _FLOW_BAR, top, x + _FLOW_WIDTH, tops[index + 1], base), "ribbon"))
    width = _FLOW_WIDTH * len(parts) - 12
    return Chart(f"0 -14 {width} 132", told(title, parts), tuple(paths), tuple(rects), tuple(texts))


def _ribbon(x: float, y: float, to_x: float, to_y: float, base: float) -> str:
    middle = (x + to_x) / 2
    return f"M{x} {y}C{middle} {y} {middle} {to_y} {to_x} {to_y}V{base}H{x}z"


@dataclass(frozen=True)
class Shift:
    """One of her own scores from 0 to 5 at two moments; empty where she left it open."""

    name: str
    then: int | None
    now: int | None


def shifts(label: str, rows: Sequence[Shift]) -> Chart:
    """Draw her scores then and now, each on a line from 0 to 5: then is a ring, now is a full dot."""
    places = [_SCALE_START + _SCALE_STEP * mark for mark in range(TOP_MARK + 1)]
    texts = [Text(x, 12, str(mark), "mid muted") for mark, x in enumerate(places)]
    paths: list[Path] = []
    for index, row in enumerate(rows):
        y = 36 + 30 * index
        texts.append(Text(_SCALE_START - 14, y + 4, row.name, "end"))
        paths.append(Path(f"M{places[0]} {y}H{places[-1]}", "axis"))
        paths += _shift(row, places, y)
    height = 30 * len(rows) + 22
    return Chart(f"0 0 390 {height}", label, tuple(paths), texts=tuple(texts))


def _shift(row: Shift, places: Sequence[float], y: float) -> list[Path]:
    then, now = (None if mark is None else places[mark] for mark in (row.then, row.now))
    found = []
    if then is not None and now is not None:
        found.append(Path(f"M{then} {y}H{now}", "thread"))
    if then is not None:
        found.append(Path(circle(then, y, 8), "then"))
    if now is not None:
        found.append(Path(circle(now, y, 5), "now"))
    return found


def circle(x: float, y: float, radius: float) -> str:
    """Write a circle as the path of a line."""
    return f"M{x - radius} {y}a{radius} {radius} 0 1 0 {2 * radius} 0a{radius} {radius} 0 1 0 {-2 * radius} 0"


def rings(label: str, middle: str, around: Sequence[tuple[str, Sequence[str]]]) -> Chart:
    """Draw who stands around somebody: a circle per ring, from the middle outwards, with its people on it.

    The last ring is dashed, and its people are rings instead of dots: they are there as their work.
    """
    paths: list[Path] = []
    texts = [Text(_CENTRE, _CENTRE + 4, middle, "mid halo")]
    for index, (name, people) in enumerate(around):
        radius, is_last = _RING_STEP * (index + 1), index + 1 == len(around)
        paths.append(Path(circle(_CENTRE, _CENTRE, radius), "ring" if is_last else "orbit"))
        texts.append(Text(_CENTRE, _CENTRE - radius + 4, name, "mid halo muted"))
        for place, who in enumerate(people):
            # Every other ring a little turned, so that names of two rings do not cover each other.
            x, y = _on_ring(radius, place + (0.25, 0.75)[index % 2], len(people))
            paths.append(Path(circle(x, y, 6), "then" if is_last else "now"))
            texts.append(Text(x, y + 19, _short(who), "mid halo"))
    return Chart(f"0 0 {2 * _CENTRE:g} {2 * _CENTRE + 10:g}", label, tuple(paths), texts=tuple(texts))


def _on_ring(radius: float, place: float, among: int) -> tuple[float, float]:
    """Give a place on a ring; the top is left free for the name of the ring."""
    turn = _FREE + (2 * pi - 2 * _FREE) * place / among
    return round(_CENTRE + radius * sin(turn), 1), round(_CENTRE - radius * cos(turn), 1)


def _short(name: str) -> str:
    return name if len(name) <= _NAME else f"{name[: _NAME - 1]}…"


def spark(marks: Sequence[int]) -> Chart:
    """Draw her own marks from 0 to 5, oldest first, as a thread that ends in a knot."""
    points = [(4 + 22 * index, 34 - 6 * min(mark, TOP_MARK)) for index, mark in enumerate(marks)]
    width = 22 * max(len(points) - 1, 1) + 12
    line = "M" + "L".join(f"{x} {y}" for x, y in points) if points else "M0 0"
    label = _("Cijfers %(marks)s") % {"marks": ", ".join(map(str, marks))}
    paths = (Path(f"M0 37H{width}", "axis"), Path(line, "thread"))
    return Chart(f"0 0 {width} 40", label, paths, dots=tuple(points[-1:]), width=width, height=40)
