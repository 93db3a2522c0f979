"""Whose turn it is: whole points for waiting, a birthday and a release that are near."""

from collections.abc import Mapping
from datetime import date

from gib.engines.mornings.problem import Family, Policy


def waited(on: date, family: Family) -> int:
    """Count the days since the last visit or the request."""
    return (on - family.since_on).days


def to_release(on: date, family: Family) -> int | None:
    """Count the days until she is free; none when nobody knows."""
    return max(0, (family.release_on - on).days) if family.release_on else None


def is_urgent(policy: Policy, on: date, family: Family) -> bool:
    """Tell whether a family comes first: it waits longer than the norm, or its mother is nearly free."""
    days = to_release(on, family)
    return waited(on, family) > policy.norm_days or (days is not None and days <= policy.near_days)


def components(policy: Policy, on: date, family: Family) -> Mapping[str, int]:
    """Give the points of a family by component; each is whole and at most its weight."""
    days = to_release(on, family)
    birthdays = [
        abs((child.birthday_on - on).days)
        for home in family.homes
        for child in home.children
        if child.birthday_on
    ]
    near = max(0, policy.birthday_days - min(birthdays, default=policy.birthday_days))
    soon = 0 if days is None else max(0, policy.near_days - days)
    twice = 2 * policy.norm_days
    return {
        "waiting": policy.weights.waiting * min(waited(on, family), twice) // twice,
        "birthday": policy.weights.birthday * near // policy.birthday_days,
        "release": policy.weights.release * soon // policy.near_days,
    }


def points(policy: Policy, on: date, family: Family) -> int:
    """Give all points of a family together."""
    return sum(components(policy, on, family).values())
