"""The matching board: who waits, the five best volunteers for one of them, who not, and the plan for all."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from math import hypot
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from gib.care.products import board_words as words
from gib.care.products.domain.match import FREE_CHOICE
from gib.care.products.models.pool import problem_of_team, rank_of
from gib.care.products.presenting import names
from gib.core.access.together import begin, gather
from gib.core.ui.charts import Chart, Path, Rect, Text
from gib.core.ui.tables import Table, make
from gib.engines.matching import Market, Pool, market_of, match, nearly, price, refused, top, why_not
from gib.engines.matching.changes import bound
from gib.engines.matching.explain import Candidate, Refused
from gib.engines.matching.problem import Absence, Demand, Place
from gib.engines.matching.score import days_waiting, is_urgent
from gib.people.families.words import languages
from gib.people.partners.domain import BRANDS, Product
from gib.people.partners.models import Municipality, Prison

#: Between the first and the sixth candidate a reader sees the difference; more is a list to search in.
_NEARLY = 5
_WIDE, _HIGH, _EDGE = 420, 240, 48
#: Kilometres at which a ring may be drawn, and how many rings at most.
_RINGS, _FEW = (1, 2, 5, 10, 25, 50, 100, 200), 2


@dataclass(frozen=True)
class Card:
    """A mother who waits, as the left side shows her."""

    id: str
    name: str
    lead: str
    asks: str
    days: int
    is_urgent: bool
    is_chosen: bool


@dataclass(frozen=True)
class Offered:
    """A volunteer who may help her, with what speaks for her and what to watch."""

    rank: int
    id: str
    name: str
    score: int
    good: list[str]
    warn: list[str]


class Board:
    """The board of the reader's teams on one day, solved once."""

    def __init__(self, request: Any) -> None:
        self.request = request
        self.problem = problem_of_team(request.actor, request.now.on)
        self.market: Market = market_of(self.problem)
        self.pool = self.market.pool
        self.order = sorted(self.problem.waiting, key=lambda one: (one.since_on, one.id))
        self._places = {row.pk: row.place for row in Prison.objects.all()}
        wanted = [one.home[2:] for one in self.order]
        self._towns = {row.pk: row.name for row in Municipality.objects.filter(pk__in=wanted)}

    def demand(self, part_id: str) -> Demand | None:
        """Give the mother whom somebody chose, or who waits longest."""
        chosen = [one for one in self.order if one.id == part_id]
        return next(iter(chosen or ([] if part_id else self.order)), None)

    def names(self, volunteers: Iterable[str]) -> tuple[Mapping[str, str], Mapping[str, str]]:
        """Read the names of who waits and of the volunteers who are shown, and of nobody else."""
        mothers, helpers = gather(
            [
                begin(names.mothers, self.request, [UUID(one.mother) for one in self.order]),
                begin(names.volunteers, self.request, [UUID(one) for one in volunteers]),
            ]
        )
        return {str(k): v for k, v in mothers.items()}, {str(k): v for k, v in helpers.items()}

    def where(self, demand: Demand) -> str:
        """Say where help is given: the prison, or the municipality of her home."""
        known = self._places.get(demand.prison) or self._towns.get(demand.home[2:])
        return str(known or _("gemeente niet bekend"))

    def lead(self, demand: Demand) -> str:
        """Say what she waits for, where, and what she speaks."""
        spoken = languages(",".join(demand.languages))
        return f"{BRANDS[Product(demand.product)]} · {self.where(demand)} · {spoken}"

    def cards(self, mothers: Mapping[str, str], chosen: Demand | None) -> list[Card]:
        """Give the left side, who waits longest on top."""
        return [
            Card(
                one.id,
                mothers.get(one.mother, ""),
                self.lead(one),
                asks(one),
                days_waiting(self.pool, one),
                is_urgent(self.pool, one),
                one is chosen,
            )
            for one in self.order
        ]


def asks(demand: Demand) -> str:
    """Say what she asks of a volunteer."""
    return words.asks(demand.dayparts, demand.gender, demand.needs_car, demand.wishes)


def board_of(part_id: Any) -> str:
    """Give the address of the board with one mother chosen."""
    return f"{reverse('products:board')}?voor={part_id}"


def board_page(request: Any, part_id: str, everybody: bool) -> dict[str, Any] | None:
    """Gather the board for one mother; None when she does not wait in the reader's teams."""
    board = Board(request)
    demand = board.demand(part_id)
    if demand is None:
        return None if part_id else {"cards": [], "number": 0}
    found = top(board.pool, demand)
    others = refused(board.pool, demand) if everybody else nearly(board.pool, demand, _NEARLY)
    mothers, helpers = board.names([*_ids(found.candidates), *_ids(others)])
    offers = [offered(board.pool, demand, rank, one, helpers) for rank, one in enumerate(found.candidates, 1)]
    able = len(board.market.graph.targets[board.market.number_of[demand.id]])
    return {
        "cards": board.cards(mothers, demand),
        "number": len(board.order),
        "demand": demand,
        "name": mothers.get(demand.mother, ""),
        "lead": board.lead(demand),
        "asks": asks(demand),
        "is_home": not demand.prison,
        "look": words.unknown_area(demand),
        "offers": offers,
        "kept": kept_away(board.pool, others, helpers),
        "weighing": words.weighing(board.problem.policy),
        "kept_number": len(board.pool.volunteers) - able,
        "everybody": everybody,
        "map": map_of(board, demand, offers),
        "here": board_of(demand.id),
    }


def _ids(found: Iterable[Candidate | Refused]) -> list[str]:
    return [one.volunteer for one in found]


def offered(pool: Pool, demand: Demand, rank: int, one: Candidate, helpers: Mapping[str, str]) -> Offered:
    """Say what speaks for a volunteer who may help, and what to watch."""
    volunteer = pool.volunteers[pool.place_of[one.volunteer]]
    good = words.met(demand, volunteer)
    good += [words.said(f"points_{part.code}", part.values) for part in one.reasons if part.points]
    warn = [words.said(part.code, {"value": part.value, "on": part.on}) for part in one.lapses]
    warn += words.unknown_area(demand, volunteer) if demand.near else []
    return Offered(rank, one.volunteer, helpers.get(one.volunteer, ""), one.score, good, warn)


def kept_away(pool: Pool, others: Iterable[Refused], helpers: Mapping[str, str]) -> Table | None:
    """Set who may not in a table: every rule against her, and the one change that would make it possible."""
    rows = [
        [
            helpers.get(one.volunteer, ""),
            " ".join(_rules(pool, one)),
            words.mend(one.change.code, one.change.value) if one.change else "",
        ]
        for one in others
    ]
    heads = [_("Vrijwilliger"), _("Reden"), _("Wat kan dit veranderen")]
    return make(_("Waarom niet"), heads, rows) if rows else None


def _rules(pool: Pool, one: Refused) -> list[str]:
    row = pool.volunteers[pool.place_of[one.volunteer]]
    is_available = Absence(pool.problem.on) not in row.absences
    return [words.refusal(fault.code, fault.value, is_available) for fault in one.faults]


def map_of(board: Any, demand: Demand, offers: list[Offered]) -> Chart | None:
    """Draw the middles of areas, hers or the prison and those of volunteers, with rings of how far away."""
    places = board.pool.places
    here = places.get(demand.prison or demand.home)
    spots = [(one, places[one.id]) for one in offers if one.id in places]
    if here is None or not spots:
        return None
    areas = [place for _one, place in spots]
    put, scale = _scale([here, *areas])
    rings = [_ring(put(here), km, scale) for km in ring_sizes(here, areas)]
    return _drawing(board.where(demand), put(here), rings, spots, put)


def _drawing(
    middle: str,
    at: tuple[int, int],
    rings: list[tuple[Path, Text]],
    spots: list[tuple[Offered, Place]],
    put: Callable[[Place], tuple[int, int]],
) -> Chart:
    label = _("Kaartje van %(place)s met %(number)d vrijwilligers eromheen") % {
        "place": middle,
        "number": len(spots),
    }
    paths, rects, texts = zip(*(_spot(one, at, put(place)) for one, place in spots), strict=True)
    return Chart(
        f"0 0 {_WIDE} {_HIGH}",
        label,
        (*(path for path, _text in rings), *paths),
        rects,
        (*(text for _path, text in rings), Text(at[0], at[1] - 12, middle, "halo mid"), *texts),
        (at,),
    )


def ring_sizes(here: Place, places: Iterable[Place]) -> list[int]:
    """Choose at how many kilometres rings are drawn: the largest ones that do not pass the farthest area."""
    reach = max(hypot(one.x - here.x, one.y - here.y) for one in places)
    return [km for km in _RINGS if 1000 * km <= reach][-_FEW:]


def _ring(at: tuple[int, int], km: int, scale: float) -> tuple[Path, Text]:
    """Draw one ring with its size, on the side where the drawing has most room for it."""
    (x, y), size = at, round(1000 * km * scale)
    beside = x + size if x < _WIDE / 2 else x - size
    return (
        Path(f"M{x - size} {y}a{size} {size} 0 1 0 {2 * size} 0a{size} {size} 0 1 0 {-2 * size} 0", "ring"),
        Text(beside, y - 4, _("%(km)d km") % {"km": km}, "halo mid soft"),
    )


def _spot(one: Offered, here: tuple[int, int], at: tuple[int, int]) -> tuple[Path, Rect, Text]:
    """Draw the road to one volunteer, her mark and her name; the first stands out."""
    (x, y), is_first = at, one.rank == 1
    return (
        Path(f"M{here[0]} {here[1]}L{x} {y}", "thread" if is_first else "axis"),
        Rect(x - 6, y - 6, 12, 12, "good" if is_first else "busy"),
        Text(x, y + 20, f"{one.rank} {one.name}", "halo mid"),
    )


def _scale(places: list[Place]) -> tuple[Callable[[Place], tuple[int, int]], float]:
    """Fit places in the drawing with one scale for both directions, north on top; with units per metre."""
    west, south = min(one.x for one in places), min(one.y for one in places)
    wide, high = max(one.x for one in places) - west, max(one.y for one in places) - south
    scale = min((_WIDE - 2 * _EDGE) / max(wide, 1), (_HIGH - 2 * _EDGE) / max(high, 1))
    left, below = (_WIDE - wide * scale) / 2, (_HIGH - high * scale) / 2

    def put(one: Place) -> tuple[int, int]:
        return round(left + (one.x - west) * scale), round(_HIGH - below - (one.y - south) * scale)

    return put, scale


@dataclass(frozen=True)
class Row:
    """A mother in the plan for all, with the volunteer that is best for all together."""

    card: Card
    volunteer: str
    url: str


def plan_page(request: Any) -> dict[str, Any]:
    """Gather the best plan for all who wait at once, with its proof."""
    board = Board(request)
    solved = match(board.problem)
    given = {
        one.id: solved.name(mate) for one, mate in zip(solved.market.demands, solved.plan.mate, strict=True)
    }
    mothers, helpers = board.names(one for one in given.values() if one)
    rows = [
        Row(card, helpers.get(given[card.id], ""), board_of(card.id)) for card in board.cards(mothers, None)
    ]
    best, reached = bound(solved.plan), solved.plan.objective
    return {
        "rows": rows,
        "served": sum(bool(row.volunteer) for row in rows),
        "weighing": words.weighing(board.problem.policy),
        "bound": words.grouped(best),
        "reached": words.grouped(reached),
        "gap": words.grouped(best - reached),
        "is_proven": best == reached,
    }


def choice_page(request: Any, part_id: UUID, volunteer_id: UUID) -> dict[str, Any] | None:
    """Gather what who chooses must know, her place and the price; None when the pair is not known."""
    board = Board(request)
    demand = board.demand(str(part_id))
    if demand is None or str(volunteer_id) not in board.pool.place_of:
        return None
    rank = rank_of(board.problem, part_id, volunteer_id)
    cost = price(match(board.problem), demand.id, str(volunteer_id))
    against = why_not(board.market, demand.id, str(volunteer_id))
    mothers, helpers = board.names([str(volunteer_id)])
    return {
        "rank": rank,
        "asks_reason": rank > FREE_CHOICE,
        "lead": f"{mothers.get(demand.mother, '')} · {board.lead(demand)}",
        "helper": helpers.get(str(volunteer_id), ""),
        "cost": words.cost(cost) if cost else [],
        "warn": words.unknown_area(demand, board.pool.volunteers[board.pool.place_of[str(volunteer_id)]]),
        "against": _rules(board.pool, against),
        "weighing": words.weighing(board.problem.policy),
        "back": f"{reverse('products:board')}?voor={demand.id}",
    }
