"""The answer says all there is to say, is the same each time, and speaks when there is nothing to match."""

import json
import subprocess
import sys
from argparse import Namespace
from collections.abc import Callable
from dataclasses import astuple, replace
from pathlib import Path
from typing import Any

import pytest

from gib.core.kernel.reading import plain
from gib.engines import matching as engine
from gib.engines.matching.answer import Answer, answer
from gib.engines.matching.command import run, schemas
from gib.engines.matching.explain import insert, price
from gib.engines.matching.market import match
from gib.engines.matching.problem import Exclusion, Pending, Problem, Why
from gib.engines.matching.rules import RULES
from gib.engines.matching.score import COMPONENTS
from gib.engines.matching.tests.validator import violations
from gib.engines.matching.tests.worlds import DEPARTMENT, GIB, Size, drawn
from gib.engines.matching.tiers import Tiers
from gib.engines.matching.wording import sentence

CROWD = Size(30, 25, areas=20, prisons=2, kilometres=50, busy=50)


def written(problem: Problem) -> str:
    return json.dumps(plain(answer(match(problem))))


def test_the_same_problem_gives_the_same_answer_byte_for_byte() -> None:
    problem = drawn(CROWD, 3)
    turned = replace(
        problem,
        waiting=problem.waiting[::-1],
        volunteers=problem.volunteers[::-1],
        places=problem.places[::-1],
        exclusions=problem.exclusions[::-1],
    )
    assert written(problem) == written(problem) == written(turned)
    assert written(problem) != written(drawn(CROWD, 4))


@pytest.mark.requirement("AI-02")
def test_every_pair_of_the_answer_has_its_reasons_and_its_points_add_up() -> None:
    found = answer(match(drawn(CROWD, 3)))
    assert found.reached.served == len(found.pairs) > 5
    for pair in found.pairs:
        for offer in (pair.chosen, *pair.alternatives):
            assert [part.code for part in offer.reasons] == [part.code for part in COMPONENTS]
            assert sum(part.points for part in offer.reasons) == offer.score
            assert all(bool(part.sentence) == (part.points > 0) for part in offer.reasons)
        assert len(pair.alternatives) <= 5
        assert pair.chosen.volunteer not in {other.volunteer for other in pair.alternatives}
    assert sum(pair.chosen.score for pair in found.pairs) == found.reached.points
    assert found.proof.objective == found.proof.bound
    assert any(offer.warnings for pair in found.pairs for offer in pair.alternatives)


def test_every_pair_of_mother_and_volunteer_is_possible_or_refused_with_a_rule() -> None:
    problem = drawn(CROWD, 3)
    found = answer(match(problem))
    world, volunteers = plain(problem), {one.id: plain(one) for one in problem.volunteers}
    demands = {one.id: plain(one) for one in problem.waiting}
    refused = {(one.demand, one.volunteer): {rule.code for rule in one.rules} for one in found.refused}
    for name, demand in demands.items():
        for other, volunteer in volunteers.items():
            codes = {code for code, _value in violations(world, demand, volunteer)}
            assert refused.get((name, other), set()) == codes
    assert answer(match(problem), is_brief=True) == replace(found, refused=())
    for one in found.without:
        counted = [codes for (name, _other), codes in refused.items() if name == one.demand]
        assert one.counts == {code: sum(code in codes for codes in counted) for code in one.counts}


EMPTY: dict[str, tuple[Callable[[Problem], Problem], list[str]]] = {
    "nobody waits": (
        lambda problem: replace(problem, waiting=(), pending=(), exclusions=()),
        ["match_nobody_waits", "match_places_left"],
    ),
    "nobody helps": (
        lambda problem: replace(problem, volunteers=(), pending=(), exclusions=()),
        ["match_nobody_helps", "match_mothers_left"],
    ),
    "nobody at all": (
        lambda problem: replace(problem, waiting=(), volunteers=(), pending=(), exclusions=()),
        ["match_nobody_waits", "match_nobody_helps"],
    ),
    "nobody fits": (
        lambda problem: replace(
            problem, volunteers=tuple(replace(one, languages=()) for one in problem.volunteers)
        ),
        ["match_nobody_fits", "match_places_left", "match_mothers_left"],
    ),
    "more places than people": (
        lambda problem: replace(problem, waiting=problem.waiting[:3], pending=(), exclusions=()),
        ["match_places_left"],
    ),
}


@pytest.mark.parametrize("name", EMPTY)
def test_an_answer_speaks_when_there_is_little_to_match(name: str) -> None:
    change, codes = EMPTY[name]
    found = answer(match(change(drawn(CROWD, 3))))
    assert [note.code for note in found.notes if note.code in codes] == codes
    assert all(note.sentence for note in found.notes)


def test_every_code_has_its_sentence() -> None:
    values = dict.fromkeys(
        ("value", "days", "minutes", "limit", "groups", "themes", "matches", "capacity", "on"), "7"
    )
    mended = {one.change.code for one in _changes()}
    assert {*(rule.code for rule in RULES), "match_lapses"} > mended
    told = [*(rule.code for rule in RULES), "match_lapses", *(f"mend_{code}" for code in mended)]
    for code in (*told, *(f"points_{part.code}" for part in COMPONENTS)):
        text = sentence(code, values)
        assert text.endswith("."), code
        assert len(text.split()) <= 15
    assert sentence("points_children", {}) == ""


def _changes() -> list[Any]:
    pool = engine.Pool(drawn(replace(CROWD, trouble=8), 1))
    found = [one for demand in pool.problem.waiting for one in engine.refused(pool, demand) if one.change]
    assert len(found) > 50
    return found


def test_open_proposals_stay_when_nothing_is_lost_by_it() -> None:
    """Two volunteers who are alike: whoever was asked stays asked."""
    problem = drawn(CROWD, 3)
    best = match(problem)
    demand, volunteer = next(
        (best.market.demands[at], problem.volunteers[0])
        for at, mate in enumerate(best.plan.mate)
        if mate >= 0
    )
    chosen = next(
        one
        for one in problem.volunteers
        if one.id == best.name(best.plan.mate[best.market.number_of[demand.id]])
    )
    for twin in (f"{chosen.id}a", "a"):
        twins = (*problem.volunteers, replace(chosen, id=twin))
        asked = replace(problem, volunteers=twins, pending=(Pending(demand.id, twin),))
        found = match(asked)
        assert found.name(found.plan.mate[found.market.number_of[demand.id]]) == twin
        assert found.reached.kept == 1
    assert volunteer.id


def test_a_mother_who_waits_for_two_products_is_two_demands() -> None:
    problem = drawn(GIB, 2)
    found = match(problem)
    served = {found.market.demands[at].mother for at, mate in enumerate(found.plan.mate) if mate >= 0}
    assert found.reached.served > len(served)
    assert max(len(held) for held in found.plan.holders) > 1


@pytest.mark.parametrize("seed", range(3))
def test_a_mother_who_comes_gets_whom_she_would_have_got(seed: int) -> None:
    problem = drawn(DEPARTMENT, seed)
    late, early = problem.waiting[:40], problem.waiting[40:]
    names = {one.mother for one in early}
    known = tuple(one for one in problem.exclusions if one.mother in names)
    asked = tuple(one for one in problem.pending if one.demand not in {demand.id for demand in late})
    growing = match(replace(problem, waiting=early, exclusions=known, pending=asked))
    for at, demand in enumerate(late):
        hers = tuple(one for one in problem.exclusions if one.mother == demand.mother)
        insert(growing, demand, hers)
        if at % 8 == 7:
            now = replace(problem, waiting=(*early, *late[: at + 1]), pending=asked)
            known = tuple(
                one for one in problem.exclusions if one.mother in {one.mother for one in now.waiting}
            )
            anew = match(replace(now, exclusions=known))
            assert growing.reached == anew.reached


def test_a_plan_that_has_doubled_must_be_solved_anew() -> None:
    problem = drawn(CROWD, 5)
    growing = match(problem)
    for at in range(len(problem.waiting) + 2):
        insert(growing, replace(problem.waiting[0], id=f"x{at}", mother=f"x{at}"))
    with pytest.raises(OverflowError):
        insert(growing, replace(problem.waiting[0], id="y", mother="y"))


def test_an_exclusion_that_comes_with_her_counts() -> None:
    problem = drawn(replace(CROWD, busy=0), 5)
    first = match(problem)
    demand = next(first.market.demands[at] for at, mate in enumerate(first.plan.mate) if mate >= 0)
    rest = replace(
        problem,
        waiting=tuple(one for one in problem.waiting if one.mother != demand.mother),
        exclusions=tuple(one for one in problem.exclusions if one.mother != demand.mother),
        pending=(),
    )
    free, bound = match(rest), match(rest)
    chosen = insert(free, demand)
    assert chosen
    assert insert(bound, demand, (Exclusion(chosen, demand.mother, Why.UNSAFE),)) != chosen


@pytest.mark.parametrize("seed", range(3, 6))
def test_the_price_of_a_choice_names_what_is_lost_and_who(seed: int) -> None:
    matching = match(drawn(CROWD, seed))
    market, dear = matching.market, 0
    for number, demand in enumerate(market.demands):
        for to in market.graph.targets[number]:
            volunteer = market.pool.volunteers[to].id
            found = price(matching, demand.id, volunteer)
            assert found is not None
            assert found.cost >= found.at_least >= 0
            assert next((lost for lost in astuple(found.loss) if lost), 0) >= 0
            moved = {(one.demand, one.after) for one in found.moves}
            assert ((demand.id, volunteer) in moved) == (matching.plan.mate[number] != to)
            dear += found.cost > 0
    assert dear > 5
    assert matching.reached == match(drawn(CROWD, seed)).reached


def test_goals_are_compared_in_their_order() -> None:
    assert Tiers(1, 0, 0, 0, 0) > Tiers(0, 9, 9, 9, 9) > Tiers(0, 9, 9, 8, 99)
    market = match(drawn(CROWD, 3)).market
    scale = market.scale
    number = (3 << scale.urgent) + (5 << scale.served) + (70 << scale.days) + (900 << scale.points) + 2
    assert scale.read(number) == Tiers(3, 5, 70, 900, 2)
    assert scale.points < scale.days < scale.served < scale.urgent


def given(path: Path, **more: Any) -> Namespace:
    return Namespace(**{"file": str(path), "brief": False, "force": "", "solver": "own"} | more)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "problem.json"
    path.write_text(json.dumps(plain(drawn(CROWD, 3))), "utf-8")
    return path


def test_the_command_writes_what_the_function_gives(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(given(file)) == 0
    found = json.loads(capsys.readouterr().out)
    assert found == plain(answer(match(drawn(CROWD, 3))))
    assert set(found) == set(schemas()["matching-answer.schema.json"]["$defs"][Answer.__name__]["required"])
    assert run(given(file, brief=True)) == 0
    assert json.loads(capsys.readouterr().out) == found | {"refused": []}


def test_the_command_tells_what_a_choice_costs(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    matching = match(drawn(CROWD, 3))
    number = next(
        at for at, mate in enumerate(matching.plan.mate) if mate < 0 and matching.market.graph.targets[at]
    )
    demand = matching.market.demands[number].id
    volunteer = matching.name(matching.market.graph.targets[number][0])
    assert run(given(file, force=f"{demand}={volunteer}")) == 0
    told = json.loads(capsys.readouterr().out)
    assert {"demand": demand, "before": "", "after": volunteer} in told["moves"]


def test_the_command_refuses_a_choice_that_a_rule_forbids(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one = answer(match(drawn(CROWD, 3))).refused[0]
    assert run(given(file, force=f"{one.demand}={one.volunteer}")) == 1
    assert capsys.readouterr().err == "".join(f"--force: {rule.sentence}\n" for rule in one.rules)
    assert run(given(file, force="nobody=nobody")) == 1
    assert "names no demand and volunteer" in capsys.readouterr().err


def test_the_command_refuses_a_problem_with_the_path_of_its_fault(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    raw = json.loads(file.read_text("utf-8"))
    raw["volunteers"][3]["capacity"] = -1
    file.write_text(json.dumps(raw), "utf-8")
    assert run(given(file)) == 1
    assert capsys.readouterr() == ("", "$.volunteers[3].capacity: must be at least 0\n")
    assert run(given(file.with_name("nothing.json"))) == 1
    file.write_bytes(b"\xff\xfe")
    assert run(given(file)) == 1


def test_the_answer_does_not_hang_on_the_order_of_sets(file: Path) -> None:
    """Another start of Python orders its sets otherwise; the answer stays the same."""
    script = (
        "from argparse import Namespace; from gib.engines.matching.command import run;"
        f"run(Namespace(file={str(file)!r}, brief=False, force='', solver='own'))"
    )
    told = [
        subprocess.run(
            [sys.executable, "-c", script], env={"PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2")
    ]
    assert told[0] == told[1] != b""
