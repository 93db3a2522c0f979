"""`gib plan-visits`: pairs and hours in JSON in, the best calendar with its proof out; without Django."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from gib.core.kernel.reading import ProblemRefused, plain, schema
from gib.engines.mornings.visits.answer import CalendarAnswer, answer
from gib.engines.mornings.visits.checking import load
from gib.engines.mornings.visits.problem import Calendar


def run(given: argparse.Namespace) -> int:
    """Plan the calendar of a file.

    Returns: 0 with an answer on the output, 1 when the file is refused.
    """
    try:
        found = answer(load(Path(given.file).read_text("utf-8")), given.seconds)
    except (ProblemRefused, OSError, UnicodeDecodeError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(json.dumps(plain(found), ensure_ascii=False, indent=1) + "\n")
    return 0


def schemas() -> dict[str, dict[str, Any]]:
    """Give the JSON Schemas of the problem and the answer, by the name of their file."""
    return {
        "visits-problem.schema.json": schema(Calendar, "What gib plan-visits reads"),
        "visits-answer.schema.json": schema(CalendarAnswer, "What gib plan-visits writes"),
    }
