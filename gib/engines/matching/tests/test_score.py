"""What each component gives at its edges, how roads are counted, and what comes first."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from gib.engines.matching.market import match
from gib.engines.matching.pool import Pool
from gib.engines.matching.problem import (
    AgeGroup,
    Completed,
    Demand,
    Permit,
    Place,
    Problem,
    Travel,
    Volunteer,
    policy_on,
)
from gib.engines.matching.rules import faults_of, possible
from gib.engines.matching.score import Reason, age_group, is_urgent, reasons, scores

ON = date(2011, 1, 11)
POLICY = policy_on(ON)
TERMS = {one.code: one for one in POLICY.products}
PAPERS = tuple(
    Completed(code, date(2010, 1, 1))
    for code in (*POLICY.products[0].requirements, *(one.training for one in POLICY.products))
)
#: Two areas and a prison on one straight line, ten and twenty kilometres from the volunteer.
PLACES = (Place("1000", 0, 0), Place("2000", 10_000, 0), Place("pi-0", 12_000, 16_000))


def ago(days: int) -> date:
    return ON - timedelta(days=days)


def demand(**more: Any) -> Demand:
    given = {"id": "d1", "mother": "m1", "product": "moedermaatjes", "since_on": ON, "languages": ("nl",)}
    return Demand(**given | {"home": "2000", "prison": "pi-0"} | more)


def volunteer(**more: Any) -> Volunteer:
    given = {"id": "v1", "home": "1000", "languages": ("nl",), "capacity": 2, "requirements": PAPERS}
    return Volunteer(**given | {"permits": (Permit("pi-0", date(2010, 1, 1)),)} | more)


def problem(asked: Demand, *able: Volunteer, **more: Any) -> Problem:
    return Problem(ON, POLICY, (asked,), able, **{"places": PLACES} | more)


def told(asked: Demand, able: Volunteer, **more: Any) -> dict[str, Reason]:
    pool = Pool(problem(asked, able, **more))
    assert possible(pool, asked) == 1
    found = {one.code: one for one in reasons(pool, asked, 0)}
    assert scores(pool, asked, [0]) == [sum(one.points for one in found.values())]
    return found


@pytest.mark.parametrize(("days", "points"), [(0, 0), (1, 1), (42, 75), (83, 148), (84, 150), (900, 150)])
def test_waiting_gives_all_points_at_twice_the_norm(days: int, points: int) -> None:
    found = told(demand(since_on=ago(days)), volunteer())["waiting"]
    assert (found.points, found.values) == (points, {"days": days})


@pytest.mark.parametrize(
    ("days", "points"), [(None, 0), (-30, 100), (0, 100), (42, 50), (83, 1), (84, 0), (400, 0)]
)
def test_a_release_gives_more_points_the_nearer_it_is(days: int | None, points: int) -> None:
    release_on = None if days is None else ago(-days)
    found = told(demand(release_on=release_on), volunteer())["release"]
    assert (found.points, found.values) == (points, {} if days is None else {"days": max(0, days)})


def test_a_road_takes_a_start_and_then_its_length() -> None:
    """Ten kilometres at 75 seconds each are twelve and a half minutes, after eight; halves are left out."""
    assert told(demand(), volunteer())["travel"] == Reason("travel", 200, {"minutes": 20, "limit": 60})


@pytest.mark.parametrize(("minutes", "forbidden"), [(19, True), (20, False), (21, False)])
def test_the_last_minute_that_she_travels_is_included(minutes: int, forbidden: bool) -> None:
    asked = demand()
    pool = Pool(problem(asked, volunteer(most_minutes=minutes)))
    assert [one.code for one in faults_of(pool, asked, 0)] == ["match_travel"] * forbidden


@pytest.mark.parametrize(("metres", "forbidden"), [(10_399, False), (10_400, True)])
def test_a_metre_more_can_be_a_minute_more(metres: int, forbidden: bool) -> None:
    """Thirteen minutes are 10.4 kilometres; only whole minutes count."""
    asked = demand()
    places = (Place("1000", 0, 0), Place("2000", metres, 0))
    pool = Pool(problem(asked, volunteer(most_minutes=20), places=places))
    assert bool(faults_of(pool, asked, 0)) is forbidden


def test_what_somebody_told_of_a_road_counts_before_its_length() -> None:
    asked, able = demand(), volunteer(most_minutes=30)
    far = (Travel("1000", "2000", 31),)
    assert faults_of(Pool(problem(asked, able, travel=far)), asked, 0)
    known = {"travel": (Travel("1000", "2000", 5),), "places": ()}
    assert told(asked, able, **known)["travel"].values == {"minutes": 5, "limit": 30}
    assert faults_of(Pool(problem(asked, able, travel=(Travel("2000", "1000", 5),), places=())), asked, 0)


def test_inside_an_unknown_road_gives_no_points_and_forbids_nothing() -> None:
    found = told(demand(product="bezoekmoeders"), volunteer(), places=())["travel"]
    assert (found.points, found.values) == (0, {"limit": 60})
    assert told(demand(product="bezoekmoeders"), volunteer())["travel"].values["minutes"] == 8 + 25


@pytest.mark.parametrize(
    ("product", "visited_by", "points"),
    [
        ("moedermaatjes", "v1", 150),
        ("moedermaatjes", "v2", 0),
        ("moedermaatjes", "", 0),
        ("bezoekmoeders", "v1", 0),
    ],
)
def test_who_visited_her_inside_is_preferred_at_home(product: str, visited_by: str, points: int) -> None:
    assert told(demand(product=product, visited_by=visited_by), volunteer())["continuity"].points == points


@pytest.mark.parametrize(
    ("ages", "groups", "points", "shared"),
    [
        ((), (AgeGroup.BABY,), 0, {}),
        ((2,), (), 0, {}),
        ((2, 3), (AgeGroup.BABY,), 100, {"groups": "0-3"}),
        ((2, 8), (AgeGroup.BABY,), 50, {"groups": "0-3"}),
        ((2, 8, 15), (AgeGroup.BABY, AgeGroup.TEENAGER), 66, {"groups": "0-3, 12-17"}),
    ],
)
def test_children_count_by_their_groups_of_ages(
    ages: tuple[int, ...], groups: tuple[AgeGroup, ...], points: int, shared: dict[str, str]
) -> None:
    found = told(demand(child_ages=ages), volunteer(experience=groups))["children"]
    assert (found.points, found.values) == (points, shared)


def test_a_birthday_changes_the_group() -> None:
    assert [age_group(age) for age in (0, 3, 4, 11, 12, 17)] == [
        *(AgeGroup.BABY, AgeGroup.BABY, AgeGroup.CHILD),
        *(AgeGroup.CHILD, AgeGroup.TEENAGER, AgeGroup.TEENAGER),
    ]


@pytest.mark.parametrize(
    ("wishes", "points", "shared"),
    [
        ((), 0, {}),
        (("sport",), 0, {}),
        (("music", "sport"), 75, {"themes": "music"}),
        (("music",), 150, {"themes": "music"}),
    ],
)
def test_shared_wishes_count_by_the_share_of_hers(
    wishes: tuple[str, ...], points: int, shared: dict[str, str]
) -> None:
    found = told(demand(wishes=wishes), volunteer(interests=("music", "cooking")))["interests"]
    assert (found.points, found.values) == (points, shared)


@pytest.mark.parametrize(("capacity", "matches", "points"), [(2, 0, 50), (2, 1, 25), (3, 2, 16), (1, 0, 50)])
def test_who_has_more_places_free_is_preferred(capacity: int, matches: int, points: int) -> None:
    assert told(demand(), volunteer(capacity=capacity, matches=matches))["load"].points == points


@pytest.mark.parametrize(
    ("waited", "free_in", "urgent"),
    [(42, None, False), (43, None, True), (0, 85, False), (0, 84, True), (0, 0, True), (0, -5, True)],
)
def test_past_the_norm_or_nearly_free_comes_first(waited: int, free_in: int | None, urgent: bool) -> None:
    asked = demand(since_on=ago(waited), release_on=None if free_in is None else ago(-free_in))
    assert is_urgent(Pool(problem(asked)), asked) is urgent


def one_place(first: Demand, second: Demand) -> str:
    """Let two mothers want the one place of a volunteer; gives who gets it."""
    asked = replace(
        problem(first, volunteer(capacity=1, experience=tuple(AgeGroup))), waiting=(first, second)
    )
    found = match(asked)
    assert found.reached.served == 1
    return next(one.id for one, mate in zip(found.market.demands, found.plan.mate, strict=True) if mate == 0)


def test_a_longer_wait_comes_before_any_number_of_points() -> None:
    good = demand(id="d1", child_ages=(2, 8, 15), visited_by="v1", since_on=ago(10))
    longer = demand(id="d2", mother="m2", home="2000", since_on=ago(11))
    assert one_place(good, longer) == "d2"
    assert one_place(good, replace(longer, since_on=ago(10))) == "d1"


def test_who_is_nearly_free_comes_before_a_longer_wait_below_the_norm() -> None:
    soon = demand(id="d1", release_on=ago(-20), since_on=ago(1))
    assert one_place(soon, demand(id="d2", mother="m2", since_on=ago(40))) == "d1"
    assert one_place(soon, demand(id="d2", mother="m2", since_on=ago(43))) == "d2"


def test_two_are_met_rather_than_the_one_who_waits_longest_with_her_best() -> None:
    """She who waits longest gets the other volunteer, since nobody else can help the second mother."""
    longest = demand(id="d1", since_on=ago(40), languages=("nl", "ar"), visited_by="v1")
    second = demand(id="d2", mother="m2", since_on=ago(2))
    able = volunteer(capacity=1), volunteer(id="v2", capacity=1, languages=("ar",))
    found = match(replace(problem(longest, *able), waiting=(longest, second)))
    assert [found.name(mate) for mate in found.plan.mate] == ["v2", "v1"]
