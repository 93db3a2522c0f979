"""`gib match`: a problem in JSON in, the best plan with its reasons and its proof out; without Django."""

import argparse
from importlib import import_module
from typing import Any, Final

from gib.core.kernel import problems
from gib.core.kernel.reading import Fault, ProblemRefused, schema
from gib.engines.matching.answer import Answer, PriceAnswer, answer, price_answer
from gib.engines.matching.checking import load
from gib.engines.matching.explain import price, why_not
from gib.engines.matching.market import Matching, Solver, match
from gib.engines.matching.problem import Problem
from gib.engines.matching.wording import sentence

#: Solvers by name; the second one needs a package that is not installed by default.
SOLVERS: Final = {"own": "gib.engines.matching.solver:solve", "or-tools": "gib.engines.matching.batch:solve"}


def run(given: argparse.Namespace) -> int:
    """Solve a problem file, or tell what one pair chosen by hand costs.

    Returns: 0 with an answer on the output, 1 when the problem or the pair is refused.
    """

    def found(text: str) -> Any:
        matching = match(load(text), _solver(given.solver))
        return _forced(matching, given.force) if given.force else answer(matching, is_brief=given.brief)

    return problems.run(found, given.file)


def _solver(name: str) -> Solver:
    module, _, function = SOLVERS[name].partition(":")
    try:
        found: Solver = getattr(import_module(module), function)
    except ModuleNotFoundError as error:
        raise ProblemRefused([Fault("--solver", f"{name} is not installed: {error.name}")]) from None
    return found


def _forced(matching: Matching, pair: str) -> Any:
    demand, _, volunteer = pair.partition("=")
    market = matching.market
    if demand not in market.number_of or volunteer not in market.pool.place_of:
        raise ProblemRefused([Fault("--force", "names no demand and volunteer of this problem, as 12=34")])
    found = price(matching, demand, volunteer)
    if found is None:
        faults = why_not(market, demand, volunteer).faults
        raise ProblemRefused([Fault("--force", sentence(one.code, {"value": one.value})) for one in faults])
    return price_answer(demand, volunteer, found)


def schemas() -> dict[str, dict[str, Any]]:
    """Give the JSON Schemas of the problem, the answer and the price of a pair, by the name of their file."""
    return {
        "matching-problem.schema.json": problems.without_policy(Problem, "What gib match reads"),
        "matching-answer.schema.json": schema(Answer, "What gib match writes"),
        "matching-price.schema.json": schema(PriceAnswer, "What gib match --force writes"),
    }
