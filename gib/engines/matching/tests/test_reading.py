"""A problem file that cannot be right is refused, and each fault is named by where it stands."""

import copy
import json
import random
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from datetime import date
from typing import Any, get_args, get_type_hints

import pytest

from gib.core.kernel.reading import ProblemRefused, plain
from gib.engines.matching import problem as facts
from gib.engines.matching.checking import check, load, problem_of
from gib.engines.matching.command import schemas
from gib.engines.matching.problem import POLICIES, Problem, policy_on
from gib.engines.matching.tests.worlds import SMALL, Size, drawn

Raw = dict[str, Any]


@pytest.fixture
def raw() -> Raw:
    found: Raw = plain(drawn(replace(SMALL, waiting=6, volunteers=5, trouble=10, areas=16), 4))
    return copy.deepcopy(found)


def put(path: str, value: object) -> Callable[[Raw], None]:
    """Set one value in a problem; the path is written as in a fault."""

    def change(raw: Raw) -> None:
        *before, last = [
            int(part) if part.isdigit() else part
            for part in path.replace("[", ".").replace("]", "").split(".")
        ]
        here: Any = raw
        for part in before:
            here = here[part]
        here[last] = value

    return change


def twice(name: str, at: int, other: int) -> Callable[[Raw], None]:
    return lambda raw: raw[name].__setitem__(at, raw[name][other])


FAULTS: dict[str, tuple[Callable[[Raw], object], str]] = {
    "negative capacity": (put("volunteers[3].capacity", -1), "$.volunteers[3].capacity: must be at least 0"),
    "negative matches": (put("volunteers[0].matches", -2), "$.volunteers[0].matches: must be at least 0"),
    "a fraction": (put("volunteers[0].capacity", 1.5), "$.volunteers[0].capacity: must be a whole number"),
    "a truth for a number": (
        put("volunteers[0].capacity", True),
        "$.volunteers[0].capacity: must be a whole number",
    ),
    "a number for a truth": (
        put("volunteers[0].has_car", 1),
        "$.volunteers[0].has_car: must be true or false",
    ),
    "a number for a text": (put("waiting[1].mother", 7), "$.waiting[1].mother: must be a text"),
    "a text for a list": (put("waiting[1].languages", "nl"), "$.waiting[1].languages: must be a list"),
    "no language": (put("waiting[1].languages", []), "$.waiting[1].languages: must hold at least one item"),
    "a list for a volunteer": (put("volunteers[2]", []), "$.volunteers[2]: must be an object"),
    "a day that does not exist": (
        put("waiting[0].since_on", "2010-02-30"),
        "$.waiting[0].since_on: must be a day",
    ),
    "a day written otherwise": (
        put("waiting[0].since_on", "20100201"),
        "$.waiting[0].since_on: must be a day",
    ),
    "a day long ago": (put("waiting[0].since_on", "0001-01-01"), "$.waiting[0].since_on: must be a day"),
    "a day to come": (put("waiting[0].since_on", "2011-02-01"), "$.waiting[0].since_on: lies after the day"),
    "a start in the past": (
        put("waiting[0].start_on", "2011-01-10"),
        "$.waiting[0].start_on: lies before the day",
    ),
    "an end before the start": (
        put("waiting[0].until_on", "2011-01-10"),
        "$.waiting[0].until_on: lies before",
    ),
    "a paper that ends first": (
        put("volunteers[1].permits", [{"prison": "pi-0", "from_on": "2011-01-10", "to_on": "2011-01-09"}]),
        "$.volunteers[1].permits[0].to_on: lies before from_on",
    ),
    "an unknown part of the week": (
        put("waiting[0].dayparts", ["tuesday"]),
        "$.waiting[0].dayparts[0]: must be one of",
    ),
    "an unknown name": (put("waiting[0].colour", "blue"), "$.waiting[0].colour: is not known here"),
    "what she did": (put("waiting[0].offence", "x"), "$.waiting[0].offence: is not known here"),
    "where she comes from": (
        put("waiting[0].nationality", "x"),
        "$.waiting[0].nationality: is not known here",
    ),
    "a name that lacks": (lambda raw: raw["volunteers"][1].pop("home"), "$.volunteers[1].home: is required"),
    "no day": (lambda raw: raw.pop("on"), "$.on: is required"),
    "an unknown product": (put("waiting[2].product", "yoga"), "$.waiting[2].product: names no product"),
    "inside without a prison": (
        lambda raw: (put("waiting[2].product", "bezoekmoeders")(raw), put("waiting[2].prison", "")(raw)),
        "$.waiting[2].prison: is required for bezoekmoeders",
    ),
    "home without a home": (
        lambda raw: (put("waiting[2].product", "moedermaatjes")(raw), put("waiting[2].home", "")(raw)),
        "$.waiting[2].home: is required for moedermaatjes",
    ),
    "a child of thirty": (
        put("waiting[2].child_ages", [3, 30]),
        "$.waiting[2].child_ages[1]: must be at most 17",
    ),
    "an unborn child": (put("waiting[2].child_ages", [-1]), "$.waiting[2].child_ages[0]: must be at least 0"),
    "a volunteer twice": (twice("volunteers", 4, 1), "$.volunteers[4].id: is the same volunteer as number 1"),
    "a demand twice": (twice("waiting", 3, 0), "$.waiting[3].id: is the same demand as number 0"),
    "a mother twice in one product": (
        lambda raw: raw["waiting"].__setitem__(3, raw["waiting"][0] | {"id": "other"}),
        "$.waiting[3].mother: is the same mother and product as number 0",
    ),
    "a place twice": (twice("places", 2, 1), "$.places[2].code: is the same place as number 1"),
    "a road twice": (twice("travel", 1, 0), "$.travel[1].from_place: is the same road as number 0"),
    "a proposal for nobody": (put("pending[0].demand", "x"), "$.pending[0].demand: names no demand"),
    "a proposal of nobody": (put("pending[0].volunteer", "x"), "$.pending[0].volunteer: names no volunteer"),
    "a demand with two proposals": (
        twice("pending", 1, 0),
        "$.pending[1].demand: is the same demand as number 0",
    ),
    "an exclusion of nobody": (
        put("exclusions", [{"volunteer": "x", "mother": "y", "why": "unsafe"}]),
        "$.exclusions[0].mother: names no mother of this problem",
    ),
    "an exclusion by nobody": (
        put("exclusions", [{"volunteer": "x", "mother": "y", "why": "unsafe"}]),
        "$.exclusions[0].volunteer: names no volunteer of this problem",
    ),
    "a policy of tomorrow": (put("policy.from_on", "2011-01-12"), "$.policy.from_on: lies after the day"),
    "a weight below nothing": (
        put("policy.weights.travel", -1),
        "$.policy.weights.travel: must be at least 0",
    ),
    "a product twice": (
        lambda raw: raw["policy"]["products"].append(raw["policy"]["products"][0]),
        "$.policy.products[5].code: is the same product as number 0",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_named_by_its_path(name: str, raw: Raw) -> None:
    problem_of(copy.deepcopy(raw))
    change, told = FAULTS[name]
    change(raw)
    with pytest.raises(ProblemRefused) as refused:
        problem_of(raw)
    assert any(str(fault).startswith(told) for fault in refused.value.faults), str(refused.value)


def test_who_left_and_a_place_without_a_middle_are_no_unknown_ids(raw: Raw) -> None:
    """Her visitor of before may be gone; of a place that nobody drew, only the road is unknown."""
    raw["places"], raw["travel"] = [], []
    put("waiting[0].visited_by", "somebody of before")(raw)
    found = problem_of(raw)
    assert (found.places, found.waiting[0].visited_by) == ((), "somebody of before")


def test_all_faults_are_told_at_once(raw: Raw) -> None:
    for path in ("volunteers[0].capacity", "volunteers[3].capacity"):
        put(path, -1)(raw)
    with pytest.raises(ProblemRefused) as refused:
        problem_of(raw)
    assert [fault.path for fault in refused.value.faults] == [
        "$.volunteers[0].capacity",
        "$.volunteers[3].capacity",
    ]


@pytest.mark.parametrize("value", [None, 7, "text", [], True])
def test_what_is_no_object_is_no_problem(value: object) -> None:
    with pytest.raises(ProblemRefused, match=r"^\$: must be an object"):
        problem_of(value)


@pytest.mark.parametrize("text", ["", "{", '{"on": 1, "on": 2}', '{"on": 1.5}', "[" * 100_000, '{"on": NaN}'])
def test_what_is_no_json_is_no_problem(text: str) -> None:
    with pytest.raises(ProblemRefused, match=r"^\$"):
        load(text)


@pytest.mark.parametrize("seed", range(20))
def test_what_is_written_is_read_again(seed: int) -> None:
    problem = drawn(SMALL, seed)
    assert load(json.dumps(plain(problem))) == problem
    check(problem)


@pytest.mark.parametrize("seed", range(200))
def test_nothing_that_is_spoiled_breaks_the_reading(seed: int) -> None:
    """Any value anywhere is read or refused, never an error of another kind."""
    pick, raw = random.Random(seed), plain(drawn(SMALL, 1))
    here: Any = raw
    while isinstance(here, dict | list) and here:
        keys = list(here) if isinstance(here, dict) else range(len(here))
        at = pick.choice(list(keys))
        if not isinstance(here[at], dict | list) or pick.random() < 0.2:
            here[at] = pick.choice([None, -1, 10**30, "", "x", "2011-13-01", [], {}, True, [[1]], {"a": 1}])
            break
        here = here[at]
    try:
        problem_of(raw)
    except ProblemRefused as refused:
        assert all(fault.path.startswith("$") for fault in refused.faults)


def test_without_a_policy_that_of_the_house_counts(raw: Raw) -> None:
    del raw["policy"]
    assert problem_of(raw).policy == policy_on(date(2011, 1, 11)) == POLICIES[0]
    assert policy_on(date(2000, 1, 1)) == POLICIES[0]


#: What may be asked of and told about anybody: a name that is not here does not come in.
ALLOWED = {
    "Demand": "id mother product since_on languages prison home near start_on until_on release_on dayparts "
    "gender needs_car child_ages wishes visited_by",
    "Volunteer": "id home languages capacity near matches most_minutes dayparts gender has_car requirements "
    "permits absences experience interests avoids",
    "Weights": "waiting release travel continuity children interests load",
}


@pytest.mark.requirement("AI-01")
@pytest.mark.requirement("AI-04")
@pytest.mark.parametrize("name", ALLOWED)
def test_nothing_else_is_known_of_anybody(name: str) -> None:
    """No risk, no deed, no origin and no faith is an input; whoever adds a field must add it here too."""
    assert [one.name for one in fields(getattr(facts, name))] == ALLOWED[name].split()
    shape = schemas()["matching-problem.schema.json"]["$defs"][name]
    assert list(shape["properties"]) == ALLOWED[name].split()
    assert shape["additionalProperties"] is False


def test_the_schema_names_every_class_and_only_asks_what_is_needed() -> None:
    shapes = schemas()["matching-problem.schema.json"]["$defs"]
    assert set(shapes) == {one.__name__ for one in reached(Problem)}
    for kind in reached(Problem):
        hints = get_type_hints(kind)
        assert set(shapes[kind.__name__]["properties"]) == set(hints)
    assert shapes["Problem"]["required"] == ["on"]
    assert shapes["Volunteer"]["properties"]["capacity"] == {"type": "integer", "minimum": 0}
    assert shapes["Demand"]["properties"]["start_on"] == {
        "anyOf": [{"type": "string", "format": "date"}, {"type": "null"}]
    }


def reached(kind: Any) -> set[Any]:
    """Find every dataclass that a dataclass holds."""
    found = {kind}
    for hint in get_type_hints(kind).values():
        for part in (hint, *get_args(hint)):
            if is_dataclass(part):
                found |= reached(part)
    return found


def test_a_larger_problem_is_read_too() -> None:
    problem = drawn(Size(40, 40, trouble=8), 1)
    assert problem_of(plain(problem)) == problem
