"""What speaks for a pair that may be: components with whole points that add up to its score."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from gib.engines.matching.pool import Pool, place_of_help
from gib.engines.matching.problem import AgeGroup, Demand

#: Points of the volunteers at some places in the pool, for one demand; asked of many at once for speed.
Points = Callable[[Pool, Demand, Sequence[int]], list[int]]
#: What a component rests on, for its sentence: plain numbers and codes.
Values = Mapping[str, str | int]


@dataclass(frozen=True)
class Component:
    """One thing that counts: its points, between 0 and its weight, and the values its sentence tells."""

    code: str
    points: Points
    values: Callable[[Pool, Demand, int], Values]


@dataclass(frozen=True)
class Reason:
    """The points that one component gives to a pair, with what they rest on."""

    code: str
    points: int
    values: Values


def days_waiting(pool: Pool, demand: Demand) -> int:
    """Count the days that she has waited."""
    return (pool.problem.on - demand.since_on).days


def _waiting(pool: Pool, demand: Demand, ats: Sequence[int]) -> list[int]:
    """Give all points to a mother who has waited twice the norm."""
    most = 2 * pool.policy.norm_days
    return [pool.policy.weights.waiting * min(days_waiting(pool, demand), most) // most] * len(ats)


def _days_to_release(pool: Pool, demand: Demand) -> int | None:
    return max(0, (demand.release_on - pool.problem.on).days) if demand.release_on else None


def _release(pool: Pool, demand: Demand, ats: Sequence[int]) -> list[int]:
    """Give more points the sooner she is free; none beyond the days that count as near."""
    days, near = _days_to_release(pool, demand), pool.policy.near_days
    left = 0 if days is None else max(0, near - days)
    return [pool.policy.weights.release * left // near] * len(ats)


def _travel(pool: Pool, demand: Demand, ats: Sequence[int]) -> list[int]:
    """Give more points the shorter the road is beside what the volunteer allows."""
    most, limits = pool.policy.weights.travel, pool.limits
    minutes = pool.roads.minutes(place_of_help(pool, demand), ats)
    return [
        0 if road is None or road >= (limit := limits[at]) else most * (limit - road) // limit
        for at, road in zip(ats, minutes, strict=True)
    ]


def _continuity(pool: Pool, demand: Demand, ats: Sequence[int]) -> list[int]:
    """Give all points to who visited her inside, and comes to her home."""
    known = None if pool.terms[demand.product].is_inside else pool.place_of.get(demand.visited_by)
    most = pool.policy.weights.continuity
    return [most if at == known else 0 for at in ats]


_OLDEST: Final = ((3, AgeGroup.BABY), (11, AgeGroup.CHILD), (17, AgeGroup.TEENAGER))


def age_group(age: int) -> AgeGroup:
    """Tell in which group a child of some years is; 0 to 17."""
    return next(group for oldest, group in _OLDEST if age <= oldest)


def _children(pool: Pool, demand: Demand, ats: Sequence[int]) -> list[int]:
    """Give the share of her children's ages that the volunteer knows."""
    ages = {age_group(age) for age in demand.child_ages}
    return _share(pool.policy.weights.children, ages, pool.experience, ats)


def _interests(pool: Pool, demand: Demand, ats: Sequence[int]) -> list[int]:
    """Give the share of her wishes that the volunteer shares."""
    return _share(pool.policy.weights.interests, set(demand.wishes), pool.themes, ats)


def _share(most: int, asked: Collection[str], known: list[frozenset[str]], ats: Sequence[int]) -> list[int]:
    if not asked:
        return [0] * len(ats)
    parts = [most * count // len(asked) for count in range(len(asked) + 1)]
    return [parts[len(known[at].intersection(asked))] for at in ats]


def _load(pool: Pool, _demand: Demand, ats: Sequence[int]) -> list[int]:
    """Give more points to who has more of her places free."""
    most, ease = pool.policy.weights.load, pool.ease
    return [most * ease[at][0] // ease[at][1] for at in ats]


def _waiting_values(pool: Pool, demand: Demand, _at: int) -> Values:
    return {"days": days_waiting(pool, demand)}


def _release_values(pool: Pool, demand: Demand, _at: int) -> Values:
    days = _days_to_release(pool, demand)
    return {} if days is None else {"days": days}


def _travel_values(pool: Pool, demand: Demand, at: int) -> Values:
    (minutes,) = pool.roads.minutes(place_of_help(pool, demand), [at])
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


def scores(pool: Pool, demand: Demand, ats: Sequence[int]) -> list[int]:
    """Score many volunteers for one demand."""
    parts = [component.points(pool, demand, ats) for component in COMPONENTS]
    return [sum(column) for column in zip(*parts, strict=True)]


def reasons(pool: Pool, demand: Demand, at: int) -> list[Reason]:
    """Give the points of one pair by component; they add up to its score (AI-02)."""
    return [
        Reason(part.code, part.points(pool, demand, [at])[0], part.values(pool, demand, at))
        for part in COMPONENTS
    ]


def is_urgent(pool: Pool, demand: Demand) -> bool:
    """Tell whether she has waited past the norm, or is free soon: such mothers come first."""
    days = _days_to_release(pool, demand)
    return days_waiting(pool, demand) > pool.policy.norm_days or (
        days is not None and days <= pool.policy.near_days
    )
