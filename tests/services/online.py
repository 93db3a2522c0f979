"""A year in which mothers come one by one: decisions day by day, beside first come and beside hindsight."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate
from statistics import mean

from gib.engines.matching.bits import places_in
from gib.engines.matching.changes import bound
from gib.engines.matching.pool import Pool
from gib.engines.matching.rules import possible
from gib.engines.matching.score import scores
from gib.engines.matching.solver import Graph, Plan, solve
from gib.engines.matching.tests.worlds import Size, World

DAYS = 365
#: What it is worth that a mother is met at all, beside at most a thousand points for by whom.
MET = 1_000
#: Futures that are drawn for each set of prices, and the days that the prices are used.
FUTURES, REPRICE = 5, 5
#: Points that a mother must hope to gain before she is left to wait for a later place.
PATIENCE = 40
#: Days that a mother may come to wait from which on she is planned first, and what that is worth.
LONG, FIRST = 150, 1_000
SIZE = Size(512, 180, areas=160, prisons=5, kilometres=120, trouble=1, busy=0)


@dataclass(frozen=True)
class Mother:
    """A mother who comes on a day, goes after another, and what each volunteer would be worth to her."""

    comes: int
    leaves: int
    worth: dict[int, int]

    @property
    def most_days(self) -> int:
        """How many days she waits when nobody meets her."""
        return min(self.leaves, DAYS) - self.comes

    @property
    def first(self) -> int:
        """What it is worth beyond all else that she is met, since she would wait long otherwise."""
        return FIRST * (self.most_days > LONG)


@dataclass(frozen=True)
class Place:
    """A place with a volunteer that is free from a day on."""

    volunteer: int
    free: int


@dataclass
class Year:
    """One year: who comes, which places become free, and mothers of other years, to draw futures from."""

    mothers: list[Mother]
    places: list[Place]
    others: list[Mother]
    random: random.Random


@dataclass
class Outcome:
    """What a way of working came to: worth, and for each mother the place and the day, if she got one."""

    worth: int = 0
    met: dict[int, tuple[int, int]] = field(default_factory=dict)

    def waits(self, year: Year, *, only_met: bool) -> list[int]:
        """Give how long each mother waited: until she was met, else until she left."""
        return sorted(
            self.met[at][1] - one.comes if at in self.met else one.most_days
            for at, one in enumerate(year.mothers)
            if at in self.met or not only_met
        )


def year_of(seed: int) -> Year:
    """Draw a year from a seed."""
    pick, world = random.Random(seed), World(SIZE, seed)
    first = world.problem()
    pool = Pool(first)
    more = [world.demand(at, first.volunteers) for at in range(4 * SIZE.waiting)]
    drawn = []
    for demand in (*first.waiting, *more):
        able = list(places_in(possible(pool, demand)))
        points = scores(pool, demand, able)
        comes = pick.randrange(DAYS)
        worth = {at: MET + more for at, more in zip(able, points, strict=True)}
        drawn.append(Mother(comes, comes + pick.randint(60, 180), worth))
    number = SIZE.waiting
    slots = [at for at, one in enumerate(pool.volunteers) for _ in range(one.free)]
    places = [Place(at, 0 if pick.random() < 0.3 else pick.randrange(DAYS)) for at in slots]
    return Year(sorted(drawn[:number], key=lambda one: one.comes), places, drawn[number:], pick)


def graph_of(mothers: Sequence[Mother], places: Sequence[Place]) -> Graph:
    """Say who may have which place at all: it must become free before she leaves."""
    by: dict[int, list[int]] = {}
    for at, place in enumerate(places):
        by.setdefault(place.volunteer, []).append(at)
    targets, gains = [], []
    for one in mothers:
        pairs = [(at, worth) for name, worth in one.worth.items() for at in by.get(name, ())]
        kept = sorted((at, worth) for at, worth in pairs if places[at].free <= min(one.leaves, DAYS - 1))
        targets.append([at for at, _worth in kept])
        gains.append([worth for _at, worth in kept])
    return Graph([0] * len(mothers), targets, gains, [1] * len(places))


def hindsight(year: Year) -> int:
    """Give the most that anybody could have reached who knew the whole year."""
    return bound(solve(graph_of(year.mothers, year.places)))


def longest_first(year: Year) -> int:
    """Give the most that hindsight reaches when it must meet as many as it can of who would wait longest."""
    graph, pick = graph_of(year.mothers, year.places), [one.first for one in year.mothers]
    plan = solve(replace(graph, worth=[SIZE.waiting * SIZE.waiting * worth for worth in pick]))
    return Plan(graph, plan.mate).objective


def first_come(year: Year) -> Outcome:
    """Give each mother in turn the best volunteer who is free, who waits longest first."""
    found, taken = Outcome(), set[int]()
    for day in range(DAYS):
        for at in waiting(year, found, day):
            offers = [(worth, place) for place, worth in open_places(year, taken, year.mothers[at], day)]
            if offers:
                take(found, taken, at, max(offers), day)
    return found


def waiting(year: Year, found: Outcome, day: int) -> list[int]:
    """List who waits on a day, the longest first."""
    return [
        at for at, one in enumerate(year.mothers) if at not in found.met and one.comes <= day <= one.leaves
    ]


def open_places(year: Year, taken: set[int], mother: Mother, day: int) -> list[tuple[int, int]]:
    """List the places that are free for a mother on a day, with their worth."""
    return [
        (at, mother.worth[place.volunteer])
        for at, place in enumerate(year.places)
        if at not in taken and place.free <= day and place.volunteer in mother.worth
    ]


def take(found: Outcome, taken: set[int], mother: int, offer: tuple[int, int], day: int) -> None:
    """Meet a mother."""
    found.worth += offer[0]
    found.met[mother] = (offer[1], day)
    taken.add(offer[1])


def priced(year: Year, *, knows: bool = False) -> Outcome:
    """Decide each day for all who wait together, at the prices of what each place will be worth later.

    A mother gets a place when she gains more by it than she may hope for later, and more than who is still to
    come would gain. Who would come to wait longest when nobody met her is planned first; and she comes before
    all from the day on which she would have been met first come, first served, so that nobody waits longer
    than the longest would have waited then. One can know that each day, since first come looks at today.
    """
    found, taken, by_turn = Outcome(), set[int](), first_come(year)
    longest = longest_so_far(year, by_turn)
    for day in range(DAYS):
        if day % REPRICE == 0:
            prices = prices_on(year, found, taken, day, knows=knows)
        rows = []
        for at in waiting(year, found, day):
            due = is_due(year.mothers[at], by_turn.met.get(at), day, longest[day])
            rows.append((at, due, gains_of(year, taken, prices, year.mothers[at], day, due=due)))
        for at, to in chosen(year, rows):
            take(found, taken, at, (year.mothers[at].worth[year.places[to].volunteer], to), day)
    return found


def gains_of(
    year: Year, taken: set[int], prices: list[list[float]], mother: Mother, day: int, *, due: bool
) -> dict[int, int]:
    """Tell what a mother gains by each free place beyond what she may hope for; who is due may have any."""
    able = open_places(year, taken, mother, day)
    least = 0 if due or not able else hope(year, taken, prices, mother, day) - PATIENCE
    gains = {
        to: round(worth + mother.first - mean(price[to] for price in prices) - least) for to, worth in able
    }
    return {to: max(0, gain) for to, gain in gains.items() if due or gain >= 0}


def chosen(year: Year, rows: Sequence[tuple[int, bool, dict[int, int]]]) -> list[tuple[int, int]]:
    """Choose who gets which place: who is due first, then as much gain as there is."""
    places, above = len(year.places), len(rows) * (FIRST + 2 * MET)
    worth = [1 + above * due for _at, due, _gains in rows]
    targets = [sorted(gains) for _at, _due, gains in rows]
    offers = [[gains[to] for to in sorted(gains)] for _at, _due, gains in rows]
    plan = solve(Graph(worth, targets, offers, [1] * places))
    return [(at, to) for (at, _due, _gains), to in zip(rows, plan.mate, strict=True) if to >= 0]


def longest_so_far(year: Year, found: Outcome) -> list[int]:
    """Tell for each day how long anybody waited until then."""
    longest = [0] * DAYS
    for at, one in enumerate(year.mothers):
        until = found.met[at][1] if at in found.met else min(one.leaves, DAYS - 1)
        for day in range(one.comes, until + 1):
            longest[day] = max(longest[day], day - one.comes)
    return list(accumulate(longest, max))


def is_due(mother: Mother, turn: tuple[int, int] | None, day: int, longest: int) -> bool:
    """Tell whether a mother comes before all: her turn came, and she may come to wait longer than anybody."""
    return turn is not None and turn[1] <= day and mother.most_days > max(LONG, longest)


def hope(year: Year, taken: set[int], prices: list[list[float]], mother: Mother, day: int) -> float:
    """Tell what a mother may hope for when she waits for a place that becomes free before she leaves."""
    until = min(mother.leaves, DAYS)
    later = [
        (at, mother.worth[place.volunteer])
        for at, place in enumerate(year.places)
        if at not in taken and day < place.free <= until and place.volunteer in mother.worth
    ]
    return mean(max([0.0, *(mother.first + worth - price[at] for at, worth in later)]) for price in prices)


def prices_on(
    year: Year, found: Outcome, taken: set[int], day: int, *, knows: bool = False
) -> list[list[float]]:
    """Price each place by what it is worth in futures that are drawn, with who waits now in each of them.

    Who knows the future has only the one that comes: nobody does, so it tells what not knowing costs.
    """
    left = [at for at in range(len(year.places)) if at not in taken]
    places = [year.places[at] for at in left]
    here = [year.mothers[at] for at in waiting(year, found, day)]
    prices = []
    coming = [one for one in year.mothers if one.comes > day]
    for _ in range(1 if knows else FUTURES):
        mothers = [*here, *(coming if knows else future(year, day))]
        graph = graph_of(mothers, places)
        plan = solve(replace(graph, worth=[one.first for one in mothers]))
        prices.append([0.0] * len(year.places))
        for number, at in enumerate(left):
            prices[-1][at] = plan.price[number]
    return prices


def future(year: Year, day: int) -> list[Mother]:
    """Draw who may still come: as many of other years as the days that are left deserve."""
    number = len(year.mothers) * (DAYS - 1 - day) // DAYS
    drawn = year.random.sample(year.others, number)
    coming = []
    for one in drawn:
        comes = year.random.randrange(day + 1, DAYS)
        coming.append(Mother(comes, comes + one.leaves - one.comes, one.worth))
    return coming


def check(year: Year, found: Outcome) -> None:
    """Refuse an outcome that cannot have been: a place twice, too early, or for who may not have it."""
    used = [place for place, _day in found.met.values()]
    worth = 0
    assert len(used) == len(set(used))
    for at, (number, day) in found.met.items():
        mother, place = year.mothers[at], year.places[number]
        assert mother.comes <= day <= mother.leaves
        assert place.free <= day
        worth += mother.worth[place.volunteer]
    assert found.worth == worth


@dataclass(frozen=True)
class Row:
    """One year: what each way reached of hindsight, whom it met, and the waits of all and of who was met."""

    share: tuple[float, float, float, float]
    met: tuple[int, int]
    longest: tuple[int, int]
    longest_met: tuple[int, int]
    average: tuple[float, float]


def lived(seed: int) -> Row:
    """Live one year: first come, first served; by prices; and as if one knew who will come."""
    year = year_of(seed)
    best, ways = hindsight(year), (first_come(year), priced(year), priced(year, knows=True))
    for way in ways:
        check(year, way)
        assert way.worth <= best
    first, own, known = ways
    everybody = [way.waits(year, only_met=False) for way in (first, own)]
    met = [way.waits(year, only_met=True) for way in (first, own)]
    return Row(
        (first.worth / best, own.worth / best, known.worth / best, longest_first(year) / best),
        (len(first.met), len(own.met)),
        (everybody[0][-1], everybody[1][-1]),
        (met[0][-1], met[1][-1]),
        (mean(everybody[0]), mean(everybody[1])),
    )


def report(rows: Sequence[Row]) -> None:
    """Print all years together, and the worst of them."""
    shares, longer = [row.share[1] for row in rows], [row.longest[1] - row.longest[0] for row in rows]
    print(f"\n{len(rows)} years in which {SIZE.waiting} mothers come one by one; first come beside prices:")
    middle = [mean(column) for column in zip(*(row.share for row in rows), strict=True)]
    print(f"of hindsight {middle[0]:.3f} {middle[1]:.3f}, least {min(shares):.3f}")
    print(f"the same rules by somebody who knows who will come {middle[2]:.3f}")
    print(f"hindsight that meets first who would wait longest {middle[3]:.3f}")
    for name in ("met", "longest", "longest_met", "average"):
        pairs = [getattr(row, name) for row in rows]
        print(f"{name} {mean(pair[0] for pair in pairs):.1f} {mean(pair[1] for pair in pairs):.1f}")
    print(f"the longest wait is longer in {sum(more > 0 for more in longer)} years, most {max(longer)} days")
