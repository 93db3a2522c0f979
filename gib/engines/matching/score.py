"""What speaks for a pair that may be: components with whole points that add up to its score."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from gib.engines.matching.pool import Pool, place_of_help
from gib.engines.matching.problem import AgeGroup, Demand

#: Points of the volunteer at a place in the pool, for one demand.
Points = Callable[[int], int]
#: What a component rests on, for its sentence: plain numbers and codes.
Values = Mapping[str, str | int]


@dataclass(frozen=True)
class Component:
    """One thing that counts: its points, between 0 and its weight, and the values its sentence tells."""

    code: str
    points: Callable[[Pool, Demand], Points]
    values: Callable[[Pool, Demand, int], Values]


@dataclass(frozen=True)
class Reason:
    """The points that one component gives to a pair, with what they rest on."""

    code: str
    points: int
    values: Values


def _always(points: int) -> Points:
    return lambda _at: points


def days_waiting(pool: Pool, demand: Demand) -> int:
    """Count the days that she has waited."""
    return (pool.problem.on - demand.since_on).days


def _waiting(pool: Pool, demand: Demand) -> Points:
    """Give all points to a mother who has waited twice the norm."""
    most = 2 * pool.policy.norm_days
    return _always(pool.policy.weights.waiting * min(days_waiting(pool, demand), most) // most)


def _days_to_release(pool: Pool, demand: Demand) -> int | None:
    return max(0, (demand.release_on - pool.problem.on).days) if demand.release_on else None


def _release(pool: Pool, demand: Demand) -> Points:
    """Give more points the sooner she is free; none beyond the days that count as near."""
    days, near = _days_to_release(pool, demand), pool.policy.near_days
    left = 0 if days is None else max(0, near - days)
    return _always(pool.policy.weights.release * left // near)


def _travel(pool: Pool, demand: Demand) -> Points:
    """Give more points the shorter the road is beside what the volunteer allows."""
    road, most = pool.roads.to(place_of_help(pool, demand)), pool.policy.weights.travel
    limits = pool.limits

    def points(at: int) -> int:
        minutes, limit = road(at), limits[at]
        return 0 if minutes is None or minutes >= limit else most * (limit - minutes) // limit

    return points


def _continuity(pool: Pool, demand: Demand) -> Points:
    """Give all points to who visited her inside, and comes to her home."""
    known = None if pool.terms[demand.product].is_inside else pool.place_of.get(demand.visited_by)
    most = pool.policy.weights.continuity
    return lambda at: most if at == known else 0


_OLDEST: Final = ((3, AgeGroup.BABY), (11, AgeGroup.CHILD), (17, AgeGroup.TEENAGER))


def age_group(age: int) -> AgeGroup:
    """Tell in which group a child of some years is; 0 to 17."""
    return next(group for oldest, group in _OLDEST if age <= oldest)


def _children(pool: Pool, demand: Demand) -> Points:
    """Give the share of her children's ages that the volunteer knows."""
    ages = {age_group(age) for age in demand.child_ages}
    return _share(pool.policy.weights.children, ages, pool.experience)


def _interests(pool: Pool, demand: Demand) -> Points:
    """Give the share of her wishes that the volunteer shares."""
    return _share(pool.policy.weights.interests, set(demand.wishes), pool.themes)


def _share(most: int, asked: set[str] | set[AgeGroup], known: list[frozenset[str]]) -> Points:
    if not asked:
        return _always(0)
    number = len(asked)
    return lambda at: most * len(asked & known[at]) // number


def _load(pool: Pool, _demand: Demand) -> Points:
    """Give more points to who has more of her places free."""
    most = pool.policy.weights.load
    table = [most * one.free // one.capacity if one.capacity else 0 for one in pool.volunteers]
    return table.__getitem__


def _waiting_values(pool: Pool, demand: Demand, _at: int) -> Values:
    return {"days": days_waiting(pool, demand)}


def _release_values(pool: Pool, demand: Demand, _at: int) -> Values:
    days = _days_to_release(pool, demand)
    return {} if days is None else {"days": days}


def _travel_values(pool: Pool, demand: Demand, at: int) -> Values:
    minutes = pool.roads.to(place_of_help(pool, demand))(at)
    limit = pool.volunteers[at].most_minutes
    return {"limit": limit} if minutes is None else {"minutes": minutes, "limit": limit}


def _children_values(pool: Pool, demand: Demand, at: int) -> Values:
    ages = {age_group(age) for age in demand.child_ages}
    return _told("groups", ages & pool.experience[at])


def _interests_values(pool: Pool, demand: Demand, at: int) -> Values:
    return _told("themes", pool.themes[at].intersection(demand.wishes))


def _told(name: str, shared: Iterable[str]) -> Values:
    text = ", ".join(sorted(shared))
    return {name: text} if text else {}


def _load_values(pool: Pool, _demand: Demand, at: int) -> Values:
    return {"matches": pool.volunteers[at].matches, "capacity": pool.volunteers[at].capacity}


#: All that counts: no weight is learned, and nothing tells who she is or what she did (AI-01, AI-04).
COMPONENTS: Final = (
    Component("waiting", _waiting, _waiting_values),
    Component("release", _release, _release_values),
    Component("travel", _travel, _travel_values),
    Component("continuity", _continuity, lambda _pool, _demand, _at: {}),
    Component("children", _children, _children_values),
    Component("interests", _interests, _interests_values),
    Component("load", _load, _load_values),
)


def scorer(pool: Pool, demand: Demand) -> Points:
    """Give the function that scores every volunteer for one demand."""
    parts = [component.points(pool, demand) for component in COMPONENTS]
    return lambda at: sum([points(at) for points in parts])


def reasons(pool: Pool, demand: Demand, at: int) -> list[Reason]:
    """Give the points of one pair by component; they add up to its score (AI-02)."""
    return [
        Reason(part.code, part.points(pool, demand)(at), part.values(pool, demand, at)) for part in COMPONENTS
    ]


def is_urgent(pool: Pool, demand: Demand) -> bool:
    """Tell whether she has waited past the norm, or is free soon: such mothers come first."""
    days = _days_to_release(pool, demand)
    return days_waiting(pool, demand) > pool.policy.norm_days or (
        days is not None and days <= pool.policy.near_days
    )
