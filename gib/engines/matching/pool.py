"""All volunteers side by side, as sets of bits: one question is asked of all of them at once."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cached_property

from gib.core.kernel.dates import add_months
from gib.engines.matching.bits import bits_of
from gib.engines.matching.problem import Demand, Problem, ProductTerms, Volunteer, Why
from gib.engines.matching.roads import Roads


class Pool:
    """The volunteers of a problem in the order of their ids; bit `n` of a set is the one at place `n`."""

    def __init__(self, problem: Problem) -> None:
        self.problem, self.policy = problem, problem.policy
        self.volunteers = sorted(problem.volunteers, key=lambda one: one.id)
        self.place_of = {one.id: at for at, one in enumerate(self.volunteers)}
        self.everyone = (1 << len(self.volunteers)) - 1
        self.terms: dict[str, ProductTerms] = {one.code: one for one in self.policy.products}
        self.places = {one.code: one for one in problem.places}
        self._holding: dict[tuple[str, str, date], int] = {}
        self.roads = Roads(problem, self.volunteers)

    def by(self, values: Callable[[Volunteer], Iterable[str]]) -> dict[str, int]:
        """Group the volunteers: value -> the set of those who have it."""
        found: dict[str, list[int]] = defaultdict(list)
        for at, one in enumerate(self.volunteers):
            for value in values(one):
                found[value].append(at)
        return {value: bits_of(places) for value, places in found.items()}

    @cached_property
    def speakers(self) -> dict[str, int]:
        """Language -> who speaks it."""
        return self.by(lambda one: one.languages)

    @cached_property
    def free_in(self) -> dict[str, int]:
        """Part of the week -> who can meet then."""
        return self.by(lambda one: one.dayparts)

    @cached_property
    def genders(self) -> dict[str, int]:
        """Gender -> who says so of herself."""
        return self.by(lambda one: [one.gender] if one.gender else [])

    @cached_property
    def homes(self) -> dict[str, int]:
        """Postcode area -> who lives there."""
        return self.by(homes_of)

    @cached_property
    def villages(self) -> dict[str, int]:
        """Small settlement -> who lives there."""
        return self.by(lambda one: {village for home in homes_of(one) for village in self.village(home)})

    @cached_property
    def avoiders(self) -> dict[str, int]:
        """Postcode area -> who does not want to help there."""
        return self.by(lambda one: one.avoids)

    @cached_property
    def drivers(self) -> int:
        """Who has a car."""
        return self.by(lambda one: ["car"] if one.has_car else []).get("car", 0)

    @cached_property
    def with_room(self) -> int:
        """Who can take one more mother."""
        return self.by(lambda one: ["room"] if one.free else []).get("room", 0)

    @cached_property
    def themes(self) -> list[frozenset[str]]:
        """What each volunteer likes or knows of."""
        return [frozenset(one.interests) for one in self.volunteers]

    @cached_property
    def experience(self) -> list[frozenset[str]]:
        """With which ages of children each volunteer has experience."""
        return [frozenset(one.experience) for one in self.volunteers]

    @cached_property
    def ease(self) -> list[tuple[int, int]]:
        """How many of her places each volunteer has free, and how many there are; never of none."""
        return [(one.free, max(1, one.capacity)) for one in self.volunteers]

    @cached_property
    def limits(self) -> list[int]:
        """How many minutes each volunteer travels at most."""
        return [one.most_minutes for one in self.volunteers]

    @cached_property
    def asked(self) -> dict[str, str]:
        """Demand -> the volunteer of its open proposal."""
        return {one.demand: one.volunteer for one in self.problem.pending}

    @cached_property
    def excluded(self) -> dict[tuple[str, Why], int]:
        """Mother and reason -> who is not asked for her."""
        found: dict[tuple[str, Why], int] = defaultdict(int)
        for one in self.problem.exclusions:
            found[one.mother, one.why] |= 1 << self.place_of[one.volunteer]
        return found

    def village(self, place: str) -> list[str]:
        """Name the small settlement of a place, when it lies in one."""
        known = self.places.get(place)
        return [known.village] if known and known.village else []

    def start_of(self, demand: Demand) -> date:
        """Give the day on which help may start."""
        return demand.start_on or self.problem.on

    def end_of(self, demand: Demand) -> date:
        """Give the day on which help will have ended: as expected, else by the usual length."""
        return demand.until_on or add_months(self.start_of(demand), self.terms[demand.product].months)

    @cached_property
    def _periods(self) -> dict[tuple[str, str], list[tuple[date, date, int]]]:
        """Kind and code of a paper -> its periods, with whose it is."""
        found: dict[tuple[str, str], list[tuple[date, date, int]]] = defaultdict(list)
        for at, one in enumerate(self.volunteers):
            for kind, code, from_on, to_on in papers_of(one):
                found[kind, code].append((from_on, to_on or date.max, at))
        return found

    def holding(self, kind: str, code: str, on: date) -> int:
        """Tell who holds a paper on a day; `kind` is 'requirement', 'permit' or 'absence'."""
        key = (kind, code, on)
        if key not in self._holding:
            rows = self._periods.get((kind, code), ())
            self._holding[key] = bits_of(at for from_on, to_on, at in rows if from_on <= on <= to_on)
        return self._holding[key]


def place_of_help(pool: Pool, demand: Demand) -> str:
    """Name where help is given: her prison inside, her home outside."""
    return demand.prison if pool.terms[demand.product].is_inside else demand.home


def homes_of(volunteer: Volunteer) -> set[str]:
    """Name where a volunteer lives: her place, and the areas that it lies in."""
    return {volunteer.home, *volunteer.near}


def papers_of(volunteer: Volunteer) -> Iterator[tuple[str, str, date, date | None]]:
    """List the papers and absences of a volunteer with their days, as kind, code, from and to."""
    for done in volunteer.requirements:
        yield "requirement", done.code, done.from_on, done.to_on
    for permit in volunteer.permits:
        yield "permit", permit.prison, permit.from_on, permit.to_on
    for away in volunteer.absences:
        yield "absence", "", away.from_on, away.to_on
