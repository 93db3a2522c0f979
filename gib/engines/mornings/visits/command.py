"""`gib plan-visits`: pairs and hours in JSON in, the best calendar with its proof out; without Django."""

import argparse
from typing import Any

from gib.core.kernel import problems
from gib.core.kernel.reading import schema
from gib.engines.mornings.visits.answer import CalendarAnswer, answer
from gib.engines.mornings.visits.checking import load
from gib.engines.mornings.visits.problem import Calendar


def run(given: argparse.Namespace) -> int:
    """Plan the calendar of a file.

    Returns: 0 with an answer on the output, 1 when the file is refused.
    """
    return problems.run(lambda text: answer(load(text), given.seconds), given.file)


def schemas() -> dict[str, dict[str, Any]]:
    """Give the JSON Schemas of the problem and the answer, by the name of their file."""
    return {
        "visits-problem.schema.json": schema(Calendar, "What gib plan-visits reads"),
        "visits-answer.schema.json": schema(CalendarAnswer, "What gib plan-visits writes"),
    }
