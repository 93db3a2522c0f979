"""A problem by id, as the inspector of plans reads it: without what its changes took away."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import combinations
from typing import NamedTuple

from gib.engines.mornings.problem import Child, Driver, Family, Home, Kind, Problem, Round, Where


class Broken(NamedTuple):
    """A rule that a plan breaks, and for whom."""

    code: str
    who: str


def broken(who: str, checks: Mapping[str, bool]) -> Iterator[Broken]:
    """Name the checks that found something wrong."""
    return (Broken(code, who) for code, is_wrong in checks.items() if is_wrong)


def twice(names: Sequence[str], code: str) -> Iterator[Broken]:
    """Name who stands in a list more than once."""
    return (Broken(code, one) for one, other in combinations(sorted(names), 2) if one == other)


class Facts:
    """The problem, by id."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.gone = {(one.kind, one.id) for one in problem.changes}

    @cached_property
    def families(self) -> dict[str, Family]:
        """Every family."""
        return {one.id: one for one in self.problem.families}

    @cached_property
    def drivers(self) -> dict[str, Driver]:
        """Every driver."""
        return {one.id: one for one in self.problem.drivers}

    @cached_property
    def rounds(self) -> dict[str, Round]:
        """Every round."""
        return {one.id: one for one in self.problem.rounds}

    @cached_property
    def family_of(self) -> dict[str, str]:
        """Home -> family."""
        return {home.id: one.id for one in self.problem.families for home in one.homes}

    @cached_property
    def homes(self) -> dict[str, Home]:
        """The homes from which a child can come."""
        all_ = (home for one in self.problem.families for home in one.homes)
        return {home.id: home for home in all_ if self.well(home)}

    def is_gone(self, kind: Kind, name: str) -> bool:
        """Tell whether a change took somebody or something away."""
        return (kind, name) in self.gone

    def well(self, home: Home) -> list[Child]:
        """Give the children of a home who are not ill."""
        return [child for child in home.children if not self.is_gone(Kind.CHILD_ILL, child.id)]

    def minutes(self, one: str, other: str) -> int:
        """Give the minutes between two places."""
        places = self.problem.places
        return self.problem.minutes[places.index(one)][places.index(other)]

    def limit(self, home: Home) -> int:
        """Give the longest that all children of a home may sit in a car."""
        return min(child.most_minutes for child in self.well(home))

    def young(self, home: Home) -> int:
        """Count the children of a home who need somebody beside them and bring nobody."""
        age = self.problem.prison.accompany_age
        return 0 if home.adults else sum(child.age < age for child in self.well(home))

    def apart(self, families: set[str], *where: Where) -> Iterator[Broken]:
        """Find two who may not meet."""
        for pair in self.problem.apart:
            if pair.where in where and {pair.family, pair.other} <= families:
                yield Broken("morning_apart", pair.family)
