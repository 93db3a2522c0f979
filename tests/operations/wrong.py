"""Odd texts that somebody may mean, and the fields in which one writes words."""

from typing import Final

from tests.operations.desk import Sheet

#: Texts that are odd and may be meant: taken as they are, or refused with a reason; never a fault.
ODD: Final = (
    "<script>alert('x')</script>",
    "Zon \U0001f33b\U0001f469\u200d\U0001f467 bloem",
    "\u202e\u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627",
    "voor\x00na",
    "' OR 1=1 --",
)


def typed(sheet: Sheet) -> list[str]:
    """Name the fields in which something is written in words."""
    return [
        name
        for name, kind in sheet.kinds.items()
        if (here := sheet.paper.field(name)) and here.is_typed and type(kind).__name__ != "LocalDateField"
    ]
