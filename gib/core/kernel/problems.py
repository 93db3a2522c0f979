"""What the engines do alike: the policy that holds on a day, a file with a problem in, an answer out."""

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Protocol, TypeVar

from gib.core.kernel.reading import ProblemRefused, plain, schema


class Dated(Protocol):
    """Terms that hold from a day on."""

    @property
    def from_on(self) -> date:
        """Give the first day."""


Terms = TypeVar("Terms", bound=Dated)


@dataclass(frozen=True)
class Told:
    """A code with its values and its Dutch sentence, which is empty where there is nothing to tell."""

    code: str
    values: Mapping[str, str]
    sentence: str


def in_force(versions: Sequence[Terms], on: date) -> Terms:
    """Give the version that holds on a day, of versions from old to new; the first counts before it too."""
    held = [version for version in versions if version.from_on <= on]
    return (held or versions)[-1 if held else 0]


def with_policy(raw: object, policy_on: Callable[[date], object]) -> object:
    """Add the policy of the house on the day of a problem in plain JSON values, when it names none."""
    if isinstance(raw, dict) and "policy" not in raw:
        return raw | {"policy": plain(policy_on(_day_of(raw.get("on"))))}
    return raw


def _day_of(raw: object) -> date:
    try:
        return date.fromisoformat(str(raw))
    except ValueError:
        return date.min


def without_policy(kind: type[Any], title: str) -> dict[str, Any]:
    """Describe a problem that may leave its policy out: which one counts only the reading of a file knows."""
    described = schema(kind, title)
    described["$defs"][kind.__name__]["required"].remove("policy")
    return described


def run(answer: Callable[[str], object], file: str) -> int:
    """Write the answer to the text of a problem file.

    Returns: 0 with an answer on the output, 1 when the problem is refused.
    """
    try:
        found = answer(Path(file).read_text("utf-8"))
    except (ProblemRefused, OSError, UnicodeDecodeError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(json.dumps(plain(found), ensure_ascii=False, indent=1) + "\n")
    return 0
