"""Rows of money and of conferences as words for a page."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from gib.care.aftercare.domain import FLOW, Form, Ground, State, is_silent
from gib.care.aftercare.models import Agreement
from gib.care.aftercare.wording import ALTERNATIVE_WORDS, FORM_WORDS, GROUND_WORDS, NEXT
from gib.core.ui.words import day


def euros(cents: int | None) -> str:
    """Write an amount the Dutch way: 4800 euro is "€ 4.800"; empty when there is none."""
    if cents is None:
        return ""
    whole, rest = divmod(cents, 100)
    return f"€ {whole:,}".replace(",", ".") + (f",{rest:02d}" if rest else "")


def state_of(row: Any, on: date) -> str:
    """Give the key of the state as people see it: a silent municipality is told as such."""
    return "funding.silent" if is_silent(row.state, row.due_on, on) else f"funding.{row.state}"


def told_of(row: Any) -> str:
    """Tell in a line what came back on a request."""
    parts = [
        _("%(hours)s uur") % {"hours": row.hours} if row.hours else "",
        euros(row.amount_cents),
        str(GROUND_WORDS[Ground(row.ground)]) if row.ground else "",
    ]
    return ", ".join(part for part in parts if part)


def period(from_on: date | None, to_on: date | None) -> str:
    """Write a period, open at its end when it has none."""
    if from_on is None:
        return ""
    if to_on is None:
        return _("vanaf %(from)s") % {"from": day(from_on)}
    return _("%(from)s tot en met %(to)s") % {"from": day(from_on), "to": day(to_on)}


def steps_of(row: Any, on: date) -> list[tuple[str, Any]]:
    """Give what a coordinator can do next with a request: address and words; silence only after the term."""
    steps = NEXT.get(State(row.state), ())
    late = is_silent(row.state, row.due_on, on)
    return [(name, word) for name, word in steps if name != "no_answer" or late]


def agreed(row: Agreement, used: int) -> str:
    """Tell what an agreement pays for; how many it pays is a number of women, and stays with their teams."""
    form = Form(row.form)
    if form is Form.PLACES:
        told = (
            _("%(places)s plaatsen, vol")
            if used >= (row.places or 0)
            else _("%(places)s plaatsen, nog plaats")
        )
        return told % {"places": row.places}
    amount = euros(row.price_cents if form is Form.PRICE else row.cap_cents)
    return f"{FORM_WORDS[form]}: {amount}"


def payer(code: str, names: dict[str, str]) -> str:
    """Name who pays: the municipality, or another payer."""
    kind, _sep, rest = code.partition(":")
    if kind == "municipality":
        return names.get(rest, rest)
    return next((str(word) for one, word in ALTERNATIVE_WORDS.items() if one == kind), kind)


def is_open(row: Any) -> bool:
    """Tell whether something can still follow on a request."""
    return not FLOW.is_final(row.state)
