"""Wrong and impossible values for each kind of field, and what the house must say of them."""

from collections.abc import Collection, Iterator
from typing import Any, Final

from django import forms

from gib.core.ui.forms import LocalDateField
from tests.operations.desk import INVALID, Sheet, errors, form_of, problems
from tests.operations.papers import papers

LONG: Final = "z" * 60_000
#: What a browser does not fill in a second time, and what nobody should print.
UNKEPT: Final = ("file", "password")
_DAYS: Final = ("31-02-2011", "32-13-2011", "1-1-0001", "31-12-9999", "-1", "morgen")
_NUMBERS: Final = ("9" * 30, "NaN", "1e400", "drie")
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
    "<script>alert('x')</script>' OR 1=1 --",
    "\U0001f33b\U0001f469\u200d\U0001f467 \u202e\u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627",
    "voor\x00na",
)


def impossible(sheet: Sheet) -> Iterator[dict[str, list[str]]]:
    """Give what cannot be, a value for each field at a time, until every field had all of its own."""
    kinds = {name: kind for name, kind in sheet.kinds.items() if sheet.paper.field(name)}
    values = {name: _values(kind) for name, kind in kinds.items() if name not in ("words_reason", "version")}
    for turn in range(max(map(len, values.values()), default=0)):
        yield {name: [own[turn]] for name, own in values.items() if turn < len(own)}


def _values(kind: Any) -> list[str]:
    values = next((values for of, values in IMPOSSIBLE if isinstance(kind, of)), ())
    least, most = (getattr(kind, name, None) for name in ("min_value", "max_value"))
    values += () if least is None else (str(least - 1),)
    values += () if most is None else (str(most + 1),)
    # Nothing chosen is an answer when a field may stay empty.
    return [value for value in values if value or kind.required]


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


def faults(sheet: Sheet, answer: Any, sent: dict[str, Any], wrong: Collection[str]) -> list[str]:
    """Name what is wrong with how a refusal is told: no sentence, or something filled in that is gone.

    Args:
        wrong: the fields that hold what cannot be; a choice that does not exist cannot be shown again.
    """
    if answer.status_code != INVALID:
        return [f"status {answer.status_code}"]
    if form_of(answer) is None:
        # A draft is kept without a page.
        return [] if not answer.content else ["no form"]
    html = answer.content.decode(errors="replace")
    found = [] if any(problems(answer)) and "is bewaard" in html else ["no sentence"]
    shown = next((each.given for each in papers(sheet.paper.page, html) if each.url == sheet.paper.url), {})
    for here in sheet.paper.seen:
        if here.kind in UNKEPT or (here.name in wrong and not here.is_typed):
            continue
        before, now = (_plain(values.get(here.name, [])) for values in (sent, shown))
        found += [f"{here.name} is lost: {str(before)[:40]} became {str(now)[:40]}"] if before != now else []
    return found


def _plain(values: Any) -> list[str]:
    return sorted(filter(None, ("".join(str(value).split()) for value in values)))


def unmarked(answer: Any, name: str) -> bool:
    """Tell whether nothing is said of a field that was wrong."""
    return not {name, "__all__"} & {*errors(answer)}
