"""Reading a file of whatever kind into text cells, or refusing it with a reason."""

import json
import subprocess
import sys
from typing import Any, Final

from gib.core.kernel.rules import RuleBroken
from gib.core.sheets.delimited import read_csv
from gib.core.sheets.grids import Book
from gib.core.sheets.sniffing import Kind, kind_of

_SECONDS: Final = 30


def read(data: bytes) -> Book:
    """Read a sheet as an organisation keeps it: XLSX, ODS, XLS or CSV, recognised by content.

    Workbooks are opened in a child process under limits, because their reader may take it down.

    Raises:
        RuleBroken: a code of `refusals`; nothing was kept.
    """
    kind = kind_of(data)
    book = read_csv(data) if kind is Kind.CSV else _in_child(data, kind)
    if not any(grid.lines for grid in book.grids):
        raise RuleBroken("sheet_empty")
    return book


def _in_child(data: bytes, kind: Kind) -> Book:
    try:
        ended = subprocess.run(
            [sys.executable, "-m", "gib.core.sheets.child", kind],
            input=data,
            capture_output=True,
            timeout=_SECONDS,
            env={"PYTHONPATH": ":".join(filter(None, sys.path))},
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise RuleBroken("sheet_too_heavy") from error
    if ended.returncode:
        raise RuleBroken("sheet_too_heavy" if ended.returncode < 0 else "sheet_broken")
    answer: dict[str, Any] = json.loads(ended.stdout)
    if "refused" in answer:
        raise RuleBroken(answer["refused"], **answer["facts"])
    return Book.from_json(answer["book"])
