"""Wrong and impossible values for each kind of field, and what the house must say of them."""

from collections.abc import Iterator
from typing import Any, Final

from django import forms
from django.utils.html import escape

from gib.core.ui.forms import LocalDateField
from tests.operations.desk import INVALID, Sheet, form_of, problems, wrong

LONG: Final = "z" * 60_000
_DAYS: Final = ("31-02-2011", "32-13-2011", "1-1-0001", "31-12-9999", "-1", "morgen")
_NUMBERS: Final = ("-1", "9" * 30, "NaN", "1e400", "drie")
#: Values that no field of a kind takes; the first kind that fits counts.
IMPOSSIBLE: Final[tuple[tuple[type[forms.Field], tuple[str, ...]], ...]] = (
    (LocalDateField, _DAYS),
    (forms.ChoiceField, ("bestaat-niet", "00000000-0000-0000-0000-000000000404", "")),
    (forms.DecimalField, _NUMBERS),
    (forms.IntegerField, _NUMBERS),
    (forms.TimeField, ("25:61", "straks")),
    (forms.URLField, ("javascript:alert(1)", "zomaar")),
    (forms.UUIDField, ("geen", "")),
    (forms.CharField, (LONG,)),
)
#: Texts that are odd and may be meant: taken as they are, or refused with a reason; never a fault.
ODD: Final = (
    "<script>alert('x')</script>",
    "Zon \U0001f33b\U0001f469\u200d\U0001f467 bloem",
    "\u202e\u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627",
    "voor\x00na",
    "' OR 1=1 --",
)


def impossible(sheet: Sheet) -> Iterator[tuple[str, str]]:
    """Give the fields of a form, each with a value that cannot be."""
    for name, kind in sheet.kinds.items():
        if sheet.paper.field(name) is None or name in ("words_reason", "version"):
            continue
        values = next((values for of, values in IMPOSSIBLE if isinstance(kind, of)), ())
        for value in values:
            # Nothing chosen is an answer when a field may stay empty.
            if value or kind.required:
                yield name, value


def typed(sheet: Sheet) -> list[str]:
    """Name the fields in which something is written in words."""
    return [
        name
        for name, kind in sheet.kinds.items()
        if (here := sheet.paper.field(name)) and here.is_typed and type(kind).__name__ != "LocalDateField"
    ]


def required(sheet: Sheet) -> list[str]:
    """Name the fields that must be filled in, less the ticks: of a tick nothing is sent anyway."""
    return [
        name
        for name, kind in sheet.kinds.items()
        if kind.required and sheet.paper.field(name) and name != "token"
    ]


def faults(sheet: Sheet, answer: Any, sent: dict[str, Any]) -> list[str]:
    """Name what is wrong with how a refusal is told: no sentence, or something typed that is gone."""
    if answer.status_code != INVALID:
        return [f"status {answer.status_code}"]
    if form_of(answer) is None:
        # A draft is kept without a page.
        return [] if not answer.content else ["no form"]
    html = answer.content.decode(errors="replace")
    found = [] if any(problems(answer)) and "is bewaard" in html else ["no sentence"]
    names = [each.name for each in sheet.paper.fields if each.is_typed]
    written = [(name, str(value).strip()) for name in names for value in sent.get(name, ())]
    lost = [(name, value) for name, value in written if escape(value[:300]) not in html]
    return found + [f"{name} is lost: {value[:30]!r}" for name, value in lost]


def unmarked(answer: Any, name: str) -> bool:
    """Tell whether nothing is said of a field that was wrong."""
    return name not in wrong(answer) and "__all__" not in wrong(answer)
