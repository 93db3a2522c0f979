"""`gib plan-morning`: a problem in JSON in, the best plan with its proof and reasons out; without Django."""

import argparse
from typing import Any

from gib.core.kernel import problems
from gib.core.kernel.reading import schema
from gib.engines.mornings.answer import Answer, answer
from gib.engines.mornings.checking import load
from gib.engines.mornings.problem import Problem


def run(given: argparse.Namespace) -> int:
    """Plan the morning of a problem file.

    Returns: 0 with an answer on the output, 1 when the problem is refused.
    """
    return problems.run(lambda text: answer(load(text), given.seconds), given.file)


def schemas() -> dict[str, dict[str, Any]]:
    """Give the JSON Schemas of the problem and the answer, by the name of their file."""
    return {
        "morning-problem.schema.json": problems.without_policy(Problem, "What gib plan-morning reads"),
        "morning-answer.schema.json": schema(Answer, "What gib plan-morning writes"),
    }
