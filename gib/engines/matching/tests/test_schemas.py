"""The JSON Schemas say what the command reads and writes: held by a reader of schemas of its own."""

import copy
import json
import random
import re
from argparse import Namespace
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest

from gib.core.kernel.problems import with_policy
from gib.core.kernel.reading import ProblemRefused, plain, read
from gib.engines.matching.answer import answer, price_answer
from gib.engines.matching.command import run, schemas
from gib.engines.matching.explain import price
from gib.engines.matching.market import match
from gib.engines.matching.problem import Problem, policy_on
from gib.engines.matching.tests.test_answer import EMPTY
from gib.engines.matching.tests.test_reading import FAULTS
from gib.engines.matching.tests.worlds import SMALL, Size, drawn

Raw = dict[str, Any]
CROWD: Final = Size(30, 25, areas=20, prisons=2, kilometres=50, busy=50)
PROBLEM, ANSWER, PRICE = (
    schemas()[f"matching-{name}.schema.json"] for name in ("problem", "answer", "price")
)
#: What the schema language says of each kind here; a word that is not read fails the test.
READ: Final = {
    "object": {"type", "description", "properties", "required", "additionalProperties"},
    "array": {"type", "items", "minItems"},
    "integer": {"type", "minimum"},
    "string": {"type", "format", "pattern"},
    "boolean": {"type"},
    "null": {"type"},
}


def holds(schema: Raw, value: Any, root: Raw) -> bool:
    """Tell whether a value is as a schema says."""
    if "$ref" in schema:
        return holds(root["$defs"][schema["$ref"].removeprefix("#/$defs/")], value, root)
    if "anyOf" in schema:
        return any(holds(one, value, root) for one in schema["anyOf"])
    if "enum" in schema:
        return any(value == one for one in schema["enum"])
    assert schema.keys() <= READ[schema["type"]], schema
    return KINDS[schema["type"]](schema, value, root)


def _object(schema: Raw, value: Any, root: Raw) -> bool:
    if not isinstance(value, dict) or not {*schema.get("required", ())} <= value.keys():
        return False
    known, more = schema.get("properties", {}), schema["additionalProperties"]
    if more is False and not value.keys() <= known.keys():
        return False
    return all(holds(known.get(name, more), part, root) for name, part in value.items())


def _array(schema: Raw, value: Any, root: Raw) -> bool:
    is_long = isinstance(value, list) and len(value) >= schema.get("minItems", 0)
    return is_long and all(holds(schema["items"], one, root) for one in value)


def _integer(schema: Raw, value: Any, _root: Raw) -> bool:
    is_whole = isinstance(value, int) and not isinstance(value, bool)
    return is_whole and value >= schema.get("minimum", value)


def _string(schema: Raw, value: Any, _root: Raw) -> bool:
    if not isinstance(value, str) or not re.search(schema.get("pattern", ""), value):
        return False
    return schema.get("format") != "date" or _is_day(value)


def _is_day(text: str) -> bool:
    try:
        return str(date.fromisoformat(text)) == text
    except ValueError:
        return False


KINDS: Final[dict[str, Callable[[Raw, Any, Raw], bool]]] = {
    "object": _object,
    "array": _array,
    "integer": _integer,
    "string": _string,
    "boolean": lambda _schema, value, _root: isinstance(value, bool),
    "null": lambda _schema, value, _root: value is None,
}


def is_read(raw: Any) -> bool:
    """Tell whether the command reads a problem, before it asks whether its parts fit each other."""
    try:
        read(Problem, with_policy(raw, policy_on))
    except ProblemRefused:
        return False
    return True


@pytest.mark.parametrize("seed", range(20))
def test_every_problem_answer_and_price_is_as_its_schema_says(seed: int) -> None:
    problem = drawn(CROWD, seed)
    found = match(problem)
    assert holds(PROBLEM, plain(problem), PROBLEM)
    for is_brief in (False, True):
        assert holds(ANSWER, plain(answer(found, is_brief=is_brief)), ANSWER)
    market = found.market
    for number, targets in enumerate(market.graph.targets):
        for to in targets[:3]:
            pair = market.demands[number].id, market.pool.volunteers[to].id
            cost = price(found, *pair)
            assert cost is not None
            assert holds(PRICE, plain(price_answer(*pair, cost)), PRICE)


def test_what_the_command_writes_is_as_the_schema_says(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, found = tmp_path / "problem.json", match(drawn(CROWD, 3))
    file.write_text(json.dumps(plain(drawn(CROWD, 3))), "utf-8")
    at = next(at for at, targets in enumerate(found.market.graph.targets) if targets)
    pair = f"{found.market.demands[at].id}={found.name(found.market.graph.targets[at][0])}"
    for force, schema in (("", ANSWER), (pair, PRICE)):
        assert run(Namespace(file=str(file), brief=False, force=force, solver="own")) == 0
        assert holds(schema, json.loads(capsys.readouterr().out), schema)


@pytest.mark.parametrize("name", EMPTY)
def test_an_answer_without_anybody_to_match_is_as_the_schema_says(name: str) -> None:
    problem = EMPTY[name][0](drawn(CROWD, 3))
    assert holds(PROBLEM, plain(problem), PROBLEM)
    assert holds(ANSWER, plain(answer(match(problem))), ANSWER)


def test_without_a_policy_a_problem_is_still_as_the_schema_says() -> None:
    raw = plain(drawn(SMALL, 1))
    del raw["policy"]
    assert holds(PROBLEM, raw, PROBLEM)
    assert holds(PROBLEM, {"on": "2011-01-11"}, PROBLEM)
    assert not holds(PROBLEM, {}, PROBLEM)


@pytest.mark.parametrize("name", FAULTS)
def test_the_schema_refuses_a_fault_exactly_when_reading_does(name: str) -> None:
    """What only two places together show, such as an unknown id, is beyond a schema, and beyond reading."""
    crowd = replace(SMALL, waiting=6, volunteers=5, trouble=10, areas=16)
    raw: Raw = copy.deepcopy(plain(drawn(crowd, 4)))
    change, _told = FAULTS[name]
    change(raw)
    if name != "a day long ago":
        assert holds(PROBLEM, raw, PROBLEM) is is_read(raw)


def test_the_schema_takes_what_is_read_and_refuses_what_is_not() -> None:
    """A thousand problems, each with one value anywhere that is another, gone or new."""
    taken = {True: 0, False: 0}
    for seed in range(1000):
        raw = spoiled(seed)
        assert holds(PROBLEM, raw, PROBLEM) is is_read(raw), seed
        taken[is_read(raw)] += 1
    assert min(taken.values()) > 100


OTHER: Final = [None, -1, 0, 10**30, "", "x", "nl", "woman", "2011-13-01", "2011-01-12", [], {}, True, [[1]]]


def spoiled(seed: int) -> Raw:
    """Give a problem in which one value is another one, is gone, or has an unknown one beside it."""
    pick = random.Random(seed)
    raw: Raw = plain(drawn(SMALL, seed % 7))
    here: Any = raw
    while True:
        at = pick.choice([*here] if isinstance(here, dict) else range(len(here)))
        if not isinstance(here[at], dict | list) or not here[at] or pick.random() < 0.15:
            break
        here = here[at]
    deed = pick.randrange(4)
    if deed == 0:
        del here[at]
    elif deed == 1 and isinstance(here, dict):
        here["unheard_of"] = 1
    else:
        here[at] = pick.choice(OTHER)
    return raw
