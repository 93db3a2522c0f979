"""What may be told outside a team: small numbers are hidden, parts rounded, no page tells more than that."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

#: The least number of people that is told outside a team.
LEAST: Final = 10
#: What is told is told in steps of so many.
STEP: Final = 5
#: Stands for a number that would tell, with other numbers beside it, how many there are.
HIDDEN: Final = "–"
#: A hidden number may be one of at least so many, whatever stands beside it: as many as are written as ten.
SPREAD: Final = 3
#: The least and the greatest that a number may be.
Span = tuple[int, int]


@dataclass(frozen=True)
class Divided:
    """A number and each way in which the reader sees it divided.

    Args:
        total: None where no total is told.
        ways: way -> part -> how many, the noughts too that are written. A part that is divided elsewhere on
            the page is given as its key there; no number is part of two others.
        is_final: a number that still grows is rounded, so that two days beside each other tell nothing.
    """

    total: int | None
    ways: Mapping[str, Mapping[str, int | str]] = field(default_factory=dict)
    is_final: bool = True


@dataclass(frozen=True)
class Told:
    """A divided number as it is written; `least` is the least that the total may be."""

    total: str
    least: int
    ways: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class _View:
    """How one number of a page is written, and what that tells of it.

    Args:
        span: what the total may be, by its own text and by every way.
        hides: whether a number from one to nine is among it and its parts.
    """

    text: str
    span: Span
    hides: bool


def rounded(count: int) -> int:
    """Give a number in steps of five, halfway up; from ten it is never less than ten."""
    return (count + STEP // 2) // STEP * STEP


def guarded(count: int) -> str:
    """Write a number of women or children for who is outside the team.

    From one to nine it tells only that there are some; what is more is rounded to five, so that nobody finds
    a small number by taking others from a total. Source: security page D13b; invariant 13.
    """
    return f"<{LEAST}" if _is_small(count) else str(rounded(count))


def beside(count: int, own: int, *, is_final: bool = True) -> str:
    """Write a number of the nation for somebody who knows that of her own team.

    Args:
        is_final: a number that still grows is rounded, so that two days beside each other tell nothing.

    What is left for the others must not be small either. Source: invariant 13, also by differencing.
    """
    if count >= LEAST and 0 < count - own < LEAST:
        return HIDDEN
    return str(count) if is_final and count >= LEAST else guarded(count)


def together(page: Mapping[str, Divided]) -> Mapping[str, Told]:
    """Write all numbers of a page for a reader of no team, so that none of them tells a small one.

    Parts are guarded. A total is exact when none of its parts is hidden, else it is rounded, in steps that
    each hold at least three of the totals that fit with every way in which it is divided. Where the ways
    beside each other leave fewer than three, neither it nor a part is told. All of this follows from how the
    parts are written and never from what is hidden, so that the choice itself tells nothing: a hidden number
    may be one of at least three. Source: invariant 13, also by differencing; ADR 29.
    """
    views: dict[str, _View] = {}
    for key in page:
        _look(key, page, views)
    shut = _shut(page, views)
    return {
        key: _closed(number) if key in shut else _told(number, views[key], views)
        for key, number in page.items()
    }


def _shut(page: Mapping[str, Divided], views: Mapping[str, _View]) -> set[str]:
    """Give the numbers of which the ways beside each other tell too much, with all that they are part of."""
    inner = {part for number in page.values() for part in _inner(number)}
    shut: set[str] = set()
    for key in page.keys() - inner:
        spans = _narrowed(key, views[key].span, page, views)
        if any(views[each].hides and not _is_wide(span) for each, span in spans.items()):
            shut |= spans.keys()
    return shut


def _is_small(count: int | str | None) -> bool:
    return isinstance(count, int) and 0 < count < LEAST


def _parts(number: Divided) -> list[int | str]:
    return [part for way in number.ways.values() for part in way.values()]


def _inner(number: Divided) -> list[str]:
    """Name the parts that are divided elsewhere on the page."""
    return [part for part in _parts(number) if isinstance(part, str)]


def _look(key: str, page: Mapping[str, Divided], views: dict[str, _View]) -> _View:
    """Write a number after those that are parts of it."""
    if key not in views:
        number = page[key]
        inner = [_look(part, page, views) for part in _inner(number)]
        hides = any(each.hides for each in inner) or any(map(_is_small, (number.total, *_parts(number))))
        views[key] = _view(number, views, hides)
    return views[key]


def _view(number: Divided, views: Mapping[str, _View], hides: bool) -> _View:
    """Write a total: as it is or rounded where nothing is hidden, else in a step that is wide enough."""
    total, sums = number.total, [_sum(way, views) for way in number.ways.values()]
    if total is None:
        return _View("", _overlap(*sums), hides)
    if not hides:
        is_exact = number.is_final and total >= LEAST
        text, span = (str(total), (total, total)) if is_exact else (guarded(total), _bounds(total))
        return _View(text, span if is_exact else _overlap(span, *sums), hides)
    return _stepped(total, sums)


def _stepped(total: int, sums: Sequence[Span]) -> _View:
    """Write a total with something hidden under it; one that does not fit with its parts has no span."""
    if not sums:
        return _View(guarded(total), _bounds(total), hides=True)
    steps = _steps(*_overlap(*sums))
    found = (_View(text, span, hides=True) for text, span in steps if span[0] <= total <= span[1])
    return next(found, _View(HIDDEN, (1, 0), hides=True))


def _bounds(count: int) -> Span:
    """Give the least and the greatest number that is written as this one."""
    if count < LEAST:
        return (1, LEAST - 1) if count else (0, 0)
    return max(LEAST, rounded(count) - STEP // 2), rounded(count) + STEP // 2


def _of(part: int | str, views: Mapping[str, _View]) -> Span:
    return views[part].span if isinstance(part, str) else _bounds(part)


def _sum(way: Mapping[str, int | str], views: Mapping[str, _View]) -> Span:
    """Give the least and the greatest total that fits with how the parts of one way are written."""
    spans = [_of(part, views) for part in way.values()]
    return sum(low for low, _high in spans), sum(high for _low, high in spans)


def _overlap(*spans: Span) -> Span:
    return max(low for low, _high in spans), min(high for _low, high in spans)


def _steps(low: int, high: int) -> list[tuple[str, Span]]:
    """Cut the totals that can be into steps that are written alike; a short one at an end joins the next."""
    found: list[tuple[str, Span]] = []
    while low <= high:
        most = min(_bounds(low)[1], high)
        found.append((guarded(low), (low, most)))
        low = most + 1
    for end in (0, -1):
        if len(found) > 1 and not _is_wide(found[end][1]):
            spans = (found.pop(end)[1], found[end][1])
            found[end] = found[end][0], (min(spans)[0], max(spans)[1])
    return found


def _is_wide(span: Span) -> bool:
    return span[1] - span[0] + 1 >= SPREAD


def _narrowed(
    key: str, span: Span, page: Mapping[str, Divided], views: Mapping[str, _View]
) -> dict[str, Span]:
    """Give what a number may be, and each divided number that is part of it, by all that stands around it."""
    found = {key: span}
    for way in page[key].ways.values():
        low, high = _sum(way, views)
        for part in way.values():
            if isinstance(part, str):
                own = views[part].span
                left = span[0] - (high - own[1]), span[1] - (low - own[0])
                found |= _narrowed(part, _overlap(own, left), page, views)
    return found


def _told(number: Divided, view: _View, views: Mapping[str, _View]) -> Told:
    ways = {
        name: {key: views[part].text if isinstance(part, str) else guarded(part) for key, part in way.items()}
        for name, way in number.ways.items()
    }
    return Told(view.text, view.span[0], ways)


def _closed(number: Divided) -> Told:
    """Write a number of which nothing is told."""
    ways = {name: dict.fromkeys(way, HIDDEN) for name, way in number.ways.items()}
    return Told("" if number.total is None else HIDDEN, 0, ways)


def added(parts: Iterable[str]) -> str:
    """Add numbers up as they are written, so that the sum tells no more than they do.

    A hidden one counts as five; with one that is not told there is no sum.
    """
    texts = [text for text in parts if text != "0"]
    if HIDDEN in texts:
        return HIDDEN
    small = f"<{LEAST}"
    if texts == [small]:
        return small
    return str(sum(STEP if text == small else int(text) for text in texts))
