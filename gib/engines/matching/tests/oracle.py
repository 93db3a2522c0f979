"""The best plan by trying everything, points by plain sums, and what is done by hand: slow and simple."""

from typing import Any

from gib.engines.matching.tests.validator import Raw, by_code, day, travel, violations

Reached = tuple[int, int, int, int, int]


def best(problem: Raw) -> Reached:
    """Try every assignment of a small problem; goals are compared as a list, the most important first."""
    volunteers = {one["id"]: one for one in problem.get("volunteers", [])}
    free = {name: one["capacity"] - one.get("matches", 0) for name, one in volunteers.items()}
    rows = [
        [
            (name, value(problem, demand, one))
            for name, one in volunteers.items()
            if not violations(problem, demand, one)
        ]
        for demand in problem.get("waiting", [])
    ]
    return _try(rows, free)


def _try(rows: list[list[tuple[str, Reached]]], free: dict[str, int]) -> Reached:
    if not rows:
        return 0, 0, 0, 0, 0
    found = [_try(rows[1:], free)]
    for name, own in rows[0]:
        if free[name] > 0:
            rest = _try(rows[1:], free | {name: free[name] - 1})
            found.append(add(own, rest))
    return max(found)


def add(one: Reached, other: Reached) -> Reached:
    """Add two results, goal by goal."""
    first, second, third, fourth, fifth = (a + b for a, b in zip(one, other, strict=True))
    return first, second, third, fourth, fifth


def value(problem: Raw, demand: Raw, volunteer: Raw) -> Reached:
    """Tell what one pair adds to each goal."""
    asked = {"demand": demand["id"], "volunteer": volunteer["id"]} in problem.get("pending", [])
    points = sum(points_of(problem, demand, volunteer).values())
    return int(is_urgent(problem, demand)), 1, waited(problem, demand), points, int(asked)


def waited(problem: Raw, demand: Raw) -> int:
    """Count the days that she waits."""
    return (day(problem["on"]) - day(demand["since_on"])).days


def to_release(problem: Raw, demand: Raw) -> int | None:
    """Count the days until she is free; none when nobody knows."""
    return max(0, (day(demand["release_on"]) - day(problem["on"])).days) if demand.get("release_on") else None


def is_urgent(problem: Raw, demand: Raw) -> bool:
    """Tell whether she comes first."""
    days = to_release(problem, demand)
    soon = days is not None and days <= problem["policy"]["near_days"]
    return soon or waited(problem, demand) > problem["policy"]["norm_days"]


def points_of(problem: Raw, demand: Raw, volunteer: Raw) -> dict[str, int]:
    """Give the points of one pair by component."""
    policy: Any = problem["policy"]
    terms = next(one for one in policy["products"] if one["code"] == demand["product"])
    inside, days = terms["is_inside"], to_release(problem, demand)
    minutes = travel(problem, by_code(problem), volunteer["home"], demand["prison" if inside else "home"])
    limit, free = (
        volunteer.get("most_minutes", 60),
        max(0, volunteer["capacity"] - volunteer.get("matches", 0)),
    )
    ages = {"0-3" if age < 4 else "4-11" if age < 12 else "12-17" for age in demand.get("child_ages", [])}
    shares = {
        "waiting": (min(waited(problem, demand), 2 * policy["norm_days"]), 2 * policy["norm_days"]),
        "release": (0 if days is None else max(0, policy["near_days"] - days), policy["near_days"]),
        "travel": (0, 1) if minutes is None or minutes > limit or not limit else (limit - minutes, limit),
        "continuity": (int(not inside and demand.get("visited_by") == volunteer["id"]), 1),
        "children": (len(ages & set(volunteer.get("experience", []))), max(1, len(ages))),
        "interests": _shared(demand.get("wishes", []), volunteer.get("interests", [])),
        "load": (free, max(1, volunteer["capacity"])),
    }
    return {code: policy["weights"][code] * part // whole for code, (part, whole) in shares.items()}


def _shared(wishes: list[str], interests: list[str]) -> tuple[int, int]:
    return len(set(wishes) & set(interests)), max(1, len(set(wishes)))


def oldest_first(problem: Raw) -> Reached:
    """Give each mother the best volunteer who is still free, who waits longest first: as by hand."""
    free = {one["id"]: one["capacity"] - one.get("matches", 0) for one in problem["volunteers"]}
    reached: Reached = (0, 0, 0, 0, 0)
    for demand in sorted(problem["waiting"], key=lambda one: (one["since_on"], one["id"])):
        found = [
            (points, volunteer["id"], own)
            for volunteer in problem["volunteers"]
            if free[volunteer["id"]] > 0 and not violations(problem, demand, volunteer)
            for own in [value(problem, demand, volunteer)]
            for points in [own[3]]
        ]
        if found:
            _points, name, own = max(found, key=lambda row: (row[0], row[1]))
            free[name] -= 1
            reached = add(reached, own)
    return reached
