"""The child process that opens a workbook: little memory, little time, no files, nothing but text out."""

import json
import resource
import sys
from typing import Final

from gib.core.kernel.rules import RuleBroken
from gib.core.sheets.sniffing import Kind
from gib.core.sheets.workbook import read_workbook

MEMORY: Final = 1024 * 1024 * 1024
SECONDS: Final = 20


def main(kind: str) -> None:
    """Read a workbook from standard input and write its cells, or the code of its refusal, as JSON."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        answer: dict[str, object] = {"book": read_workbook(sys.stdin.buffer.read(), Kind(kind)).to_json()}
    except RuleBroken as broken:
        answer = {"refused": broken.code, "facts": broken.facts}
    except MemoryError:
        answer = {"refused": "sheet_too_heavy", "facts": {}}
    sys.stdout.write(json.dumps(answer, ensure_ascii=True))


if __name__ == "__main__":
    main(sys.argv[1])
