"""What is said of a pair is true: each named rule is broken, each change would help, the points add up."""

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date, timedelta
from typing import Any

import pytest

from gib.core.kernel.reading import plain
from gib.engines.matching import rules
from gib.engines.matching.bits import at_least_of, bits_of, places_in
from gib.engines.matching.explain import nearly, refused, top
from gib.engines.matching.market import match
from gib.engines.matching.pool import Pool
from gib.engines.matching.problem import Absence, Completed, Demand, Permit, Problem, Volunteer, Weights
from gib.engines.matching.rules import RULES, faults_of, lapses, possible
from gib.engines.matching.score import COMPONENTS, reasons, scores
from gib.engines.matching.tests import oracle
from gib.engines.matching.tests.validator import violations
from gib.engines.matching.tests.worlds import ON, Size, drawn

CROWD = Size(60, 60, areas=24, prisons=2, kilometres=50, trouble=4)
#: Fourteen crowds of sixty by sixty: more than fifty thousand pairs.
PAIRS = 14


def raw_pairs(problem: Problem, pool: Pool) -> Iterator[tuple[Demand, int, dict[str, Any], dict[str, Any]]]:
    """Give each pair as the engine and as the validator knows it."""
    volunteers = [plain(one) for one in pool.volunteers]
    for demand in problem.waiting:
        raw = plain(demand)
        for at, volunteer in enumerate(volunteers):
            yield demand, at, raw, volunteer


@pytest.mark.parametrize("seed", range(PAIRS))
@pytest.mark.requirement("AI-02")
def test_every_rule_that_is_named_is_broken_and_no_other(seed: int) -> None:
    problem = drawn(CROWD, seed)
    pool, world = Pool(problem), plain(problem)
    for demand, at, raw, volunteer in raw_pairs(problem, pool):
        named = [(fault.code, fault.value) for fault in faults_of(pool, demand, at)]
        assert set(named) == violations(world, raw, volunteer)
        assert len(set(named)) == len(named)
        if not named:
            parts = {one.code: one.points for one in reasons(pool, demand, at)}
            assert parts == oracle.points_of(world, raw, volunteer)
            assert scores(pool, demand, [at]) == [sum(parts.values())]


@pytest.mark.parametrize("seed", range(PAIRS))
def test_every_change_that_is_told_would_make_the_pair_possible(seed: int) -> None:
    problem = drawn(CROWD, seed)
    pool, world, found = Pool(problem), plain(problem), Counter[str]()
    for demand in problem.waiting:
        for one in refused(pool, demand):
            found[one.change.code if one.change else "none"] += 1
            if one.change:
                assert len(one.faults) == 1
                pair = one.change.pair
                told = world | {"exclusions": plain(pair.exclusions)}
                assert violations(told, plain(pair.demand), plain(pair.volunteer)) == set()
    assert len(found) > 8
    assert found["none"] > 500


def test_a_rule_that_is_forgotten_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control: each rule matters for some pair, and the validator sees it."""
    for rule in RULES:
        monkeypatch.setattr(rules, "RULES", tuple(one for one in RULES if one is not rule))
        seen = {code for seed in range(5) for code in _let_through(drawn(replace(CROWD, trouble=6), seed))}
        assert seen == {rule.code}


def _let_through(problem: Problem) -> set[str]:
    pool, world = Pool(problem), plain(problem)
    able = {demand.id: possible(pool, demand) for demand in problem.waiting}
    return {
        code
        for demand, at, raw, volunteer in raw_pairs(problem, pool)
        if able[demand.id] >> at & 1
        for code, _value in violations(world, raw, volunteer)
    }


def test_a_hundred_thousand_proposals_break_no_rule() -> None:
    proposed, seed = 0, 0
    while proposed < 100_000:
        problem = drawn(Size(400, 600, areas=40, prisons=2, kilometres=50, trouble=2, busy=0), 100 + seed)
        matching, world, pick = match(problem), plain(problem) | {"travel": []}, random.Random(seed)
        roads = plain(problem)["travel"]
        volunteers = {one.id: plain(one) for one in problem.volunteers}
        given = Counter(matching.name(mate) for mate in matching.plan.mate if mate >= 0)
        for name, times in given.items():
            assert times <= volunteers[name]["capacity"] - volunteers[name].get("matches", 0)
        for number, demand in enumerate(matching.market.demands):
            raw, to = plain(demand), matching.market.graph.targets[number]
            chosen = pick.sample(to, min(len(to), 90)) + [matching.plan.mate[number]] * (
                matching.plan.mate[number] >= 0
            )
            told = world | {"travel": [road for road in roads if road["to_place"] == demand.home]}
            for at in chosen:
                assert violations(told, raw, volunteers[matching.name(at)]) == set()
            proposed += len(chosen)
        seed += 1
    assert seed < 12


def pair(**changes: Any) -> tuple[Problem, Demand, Volunteer]:
    """Give a mother and a volunteer between whom nothing stands, with what is changed of either."""
    policy = drawn(CROWD).policy
    terms = next(one for one in policy.products if one.code == "bezoekmoeders")
    papers = tuple(
        Completed(code, ON - timedelta(days=100)) for code in (*terms.requirements, terms.training)
    )
    demand = Demand("d1", "m1", "bezoekmoeders", ON, ("nl",), prison="pi-0")
    volunteer = Volunteer("v1", "1000", ("nl",), 1, requirements=papers, permits=(Permit("pi-0", ON),))
    hers = {name: value for name, value in changes.items() if name in {one.name for one in fields(Demand)}}
    own = {name: value for name, value in changes.items() if name not in hers}
    demand, volunteer = replace(demand, **hers), replace(volunteer, **own)
    return Problem(ON, policy, (demand,), (volunteer,)), demand, volunteer


def test_nothing_stands_between_the_two_of_the_example() -> None:
    problem, demand, _volunteer = pair()
    assert possible(Pool(problem), demand) == 1


@pytest.mark.requirement("VOG-01")
@pytest.mark.parametrize(("days", "faults"), [(0, []), (-1, ["vog_84"])])
def test_a_paper_holds_through_its_last_day(days: int, faults: list[str]) -> None:
    _problem, _demand, volunteer = pair()
    last = ON + timedelta(days=days)
    held = tuple(replace(one, to_on=last) if one.code == "vog_84" else one for one in volunteer.requirements)
    problem, demand, _volunteer = pair(requirements=held)
    assert [one.value for one in faults_of(Pool(problem), demand, 0)] == faults


@pytest.mark.requirement("VOG-02")
def test_a_paper_that_lapses_meanwhile_warns_and_forbids_nothing() -> None:
    _problem, _demand, volunteer = pair()
    until, last = ON + timedelta(days=90), ON + timedelta(days=30)
    held = tuple(replace(one, to_on=last) if one.code == "vog_85" else one for one in volunteer.requirements)
    problem, demand, _volunteer = pair(requirements=held, until_on=until)
    pool = Pool(problem)
    assert possible(pool, demand) == 1
    assert [(one.value, one.on) for one in lapses(pool, demand, 0)] == [("vog_85", last)]


@pytest.mark.parametrize(("gap", "warned"), [(1, []), (2, ["vog_85"])])
def test_a_paper_that_is_renewed_in_time_warns_of_nothing(gap: int, warned: list[str]) -> None:
    _problem, _demand, volunteer = pair()
    until, last = ON + timedelta(days=90), ON + timedelta(days=30)
    held = tuple(replace(one, to_on=last) if one.code == "vog_85" else one for one in volunteer.requirements)
    held = (*held, Completed("vog_85", last + timedelta(days=gap)))
    problem, demand, _volunteer = pair(requirements=held, until_on=until)
    assert [one.value for one in lapses(Pool(problem), demand, 0)] == warned


@pytest.mark.requirement("VOG-05")
def test_inside_a_permit_counts_and_the_road_does_not() -> None:
    problem, demand, _volunteer = pair(permits=(), most_minutes=0)
    assert [one.code for one in faults_of(Pool(problem), demand, 0)] == ["match_permit"]


def test_who_is_away_starts_on_the_first_day_that_she_is_back() -> None:
    weeks = [ON + timedelta(days=7 * at) for at in range(4)]
    leave = (Absence(weeks[1], weeks[2]), Absence(weeks[0], weeks[1] - timedelta(days=1)))
    problem, demand, _volunteer = pair(absences=leave)
    (one,) = refused(Pool(problem), demand)
    assert one.change is not None
    assert one.change.value == str(weeks[2] + timedelta(days=1))
    problem, demand, _volunteer = pair(absences=(Absence(date(2010, 1, 1)),))
    assert [one.change for one in refused(Pool(problem), demand)] == [None]


def test_counts_are_complete_and_what_nearly_fits_needs_one_change() -> None:
    problem = drawn(CROWD, 3)
    pool = Pool(problem)
    for demand in problem.waiting:
        pairs = [{fault.code for fault in faults_of(pool, demand, at)} for at in range(len(pool.volunteers))]
        counted = Counter(code for codes in pairs for code in codes)
        assert top(pool, demand).counts == counted
        close = nearly(pool, demand, 99)
        assert len(close) == sum(one.change is not None for one in refused(pool, demand))
        assert all(one.change for one in close)


def test_the_best_five_are_the_five_with_the_highest_score() -> None:
    problem = drawn(CROWD, 3)
    pool = Pool(problem)
    for demand in problem.waiting:
        able = list(places_in(possible(pool, demand)))
        scores = sorted((sum(one.points for one in reasons(pool, demand, at)) for at in able), reverse=True)
        assert [one.score for one in top(pool, demand).candidates] == scores[:5]


def test_each_rule_and_each_component_has_its_own_code() -> None:
    assert len({rule.code for rule in RULES}) == len(RULES) == 17
    assert [part.code for part in COMPONENTS] == [one.name for one in fields(Weights)]


@pytest.mark.parametrize("seed", range(20))
def test_sets_of_bits_are_sets(seed: int) -> None:
    pick = random.Random(seed)
    sets = [{at for at in range(70) if pick.random() < 0.4} for _ in range(pick.randint(0, 6))]
    bits = [bits_of(one) for one in sets]
    assert [set(places_in(one)) for one in bits] == sets
    for number in (1, 2, 3):
        many = {at for at in range(70) if sum(at in one for one in sets) >= number}
        assert set(places_in(at_least_of(bits, number))) == many
