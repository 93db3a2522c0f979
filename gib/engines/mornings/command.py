"""`gib plan-morning`: a problem in JSON in, the best plan with its proof and reasons out; without Django."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from gib.core.kernel.reading import ProblemRefused, plain, schema
from gib.engines.mornings.answer import Answer, answer
from gib.engines.mornings.checking import load
from gib.engines.mornings.problem import Problem


def run(given: argparse.Namespace) -> int:
    """Plan the morning of a problem file.

    Returns: 0 with an answer on the output, 1 when the problem is refused.
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
    problem = schema(Problem, "What gib plan-morning reads")
    # Without a policy that of the house counts, which only the reading of a file knows.
    problem["$defs"]["Problem"]["required"].remove("policy")
    return {
        "morning-problem.schema.json": problem,
        "morning-answer.schema.json": schema(Answer, "What gib plan-morning writes"),
    }
