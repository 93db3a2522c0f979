"""Sheets of aftercare: agreements with municipalities in and out, and the list of the coverage page."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from gib.care.aftercare import actions
from gib.care.aftercare.domain import Agreed, Form, check_agreement
from gib.care.aftercare.models import Agreement, agreed_of
from gib.core.access.actor import Actor
from gib.core.access.tables import P
from gib.core.kernel.clock import Now
from gib.core.kernel.dates import Period
from gib.core.kernel.rules import RuleBroken
from gib.core.sheets.parsers import Context, choice, day, money, text, whole_number
from gib.core.sheets.template import Column, Template, Values
from gib.people.partners import sheet as partners

COLUMNS: Final = ("name", "standing", "women", "asked", "granted", "refused", "silent", "let_go", "children")

HEADINGS: Final = {
    "name": _("Gemeente"),
    "standing": _("Afspraak"),
    "women": _("Vrouwen zonder dekking"),
    "asked": _("Gevraagd"),
    "granted": _("Toegekend"),
    "refused": _("Geweigerd"),
    "silent": _("Zweeg"),
    "let_go": _("Losgelaten"),
    "children": _("Kinderen"),
}


def coverage_template() -> Template:
    """Give the columns of the coverage list, in the language of the reader."""
    columns = tuple(Column(key, str(HEADINGS[key])) for key in COLUMNS)
    return Template(key="dekking", title=_("Dekking per gemeente"), columns=columns)


_FORMS: Final = {"plaatsen": Form.PLACES, "prijs": Form.PRICE, "plafond": Form.CAP}
_OTHER_FORMS: Final = {
    **{"aantal plaatsen": Form.PLACES, "subsidie": Form.PLACES, "plekken": Form.PLACES},
    **{"prijs per traject": Form.PRICE, "per traject": Form.PRICE, "stuksprijs": Form.PRICE},
    **{"tarief": Form.PRICE, "maximum": Form.CAP, "budget": Form.CAP, "maximaal bedrag": Form.CAP},
}
_AMOUNTS: Final = {Form.PLACES: "places", Form.PRICE: "price_cents", Form.CAP: "cap_cents"}
#: Months ahead in which a year of two digits may lie.
_AHEAD: Final = 120
_KEPT: Final = ("form", "places", "price_cents", "cap_cents", "from_on", "to_on", "reference")

AGREEMENT_COLUMNS: Final = (
    Column(
        *("municipality", "Gemeente", partners.town(), ("gemeentenaam", "gem", "gemeentecode", "code")),
        required=True,
        example="Amsterdam",
    ),
    Column("form", "Vorm", choice(_FORMS, _OTHER_FORMS), ("soort", "soort afspraak", "vorm afspraak")),
    Column(
        "places", "Plaatsen", whole_number(1, 10_000), ("aantal plaatsen", "aantal", "plekken", "trajecten")
    ),
    Column(
        "price_cents", "Prijs per traject", money(), ("prijs", "tarief", "bedrag per traject", "stuksprijs")
    ),
    Column(
        "cap_cents", "Hoogste bedrag", money(), ("plafond", "maximum", "budget", "subsidiebedrag", "bedrag")
    ),
    Column(
        *("from_on", "Vanaf", day(_AHEAD), ("ingangsdatum", "begin", "begindatum", "van", "start", "per")),
        required=True,
        example="01-01-2011",
    ),
    Column("to_on", "Tot en met", day(_AHEAD), ("einde", "einddatum", "t/m", "tot", "eind", "loopt tot")),
    Column(
        "reference", "Kenmerk", text(40), ("referentie", "beschikking", "beschikkingsnummer", "ons kenmerk")
    ),
)


def form_of(values: Values) -> Form:
    """Give the form of an agreement: as written, or from the one amount that is there.

    Raises:
        RuleBroken: 'agreement_form'.
    """
    if "form" in values:
        return Form(values["form"])
    found = [form for form, column in _AMOUNTS.items() if column in values]
    if len(found) != 1:
        raise RuleBroken("agreement_form", column="form")
    return found[0]


def check_row(values: Values, context: Context) -> None:
    """Find what is wrong with one agreement: its form and amount, its days, its municipality on the first.

    Raises:
        RuleBroken: 'agreement_form', 'agreement_amount', 'period_backwards', 'town_ended', 'town_not_yet'.
    """
    form = form_of(values)
    try:
        check_agreement(_agreed(values), [])
    except RuleBroken as broken:
        column = "to_on" if broken.code == "period_backwards" else _AMOUNTS[form]
        raise RuleBroken(broken.code, **broken.facts | {"column": column}) from broken
    partners.check_town(values["municipality"], values["from_on"], "municipality")


def _agreed(values: Values) -> Agreed:
    amounts: dict[str, Any] = {column: values.get(column) for column in _AMOUNTS.values()}
    return Agreed(form=form_of(values), period=Period(values["from_on"], values.get("to_on")), **amounts)


def check_rows(rows: Sequence[Values], context: Context) -> Iterator[tuple[int, RuleBroken]]:
    """Find agreements that fall together with one that is there, or with an earlier row."""
    there, stored = known(rows, context), defaultdict(list)
    for row in _all():
        stored[row.municipality_id].append(agreed_of(row, 0))
    for at, values in enumerate(rows):
        if at in there:
            continue
        if _clashes(values, stored[values["municipality"].code]):
            yield at, RuleBroken("agreement_overlaps", column="from_on")
        elif _clashes(values, _of_town(values, rows[:at])):
            yield at, RuleBroken("agreement_twice", column="from_on")


def _of_town(values: Values, rows: Iterable[Values]) -> list[Agreed]:
    return [_agreed(row) for row in rows if row["municipality"] == values["municipality"]]


def _clashes(values: Values, others: Iterable[Agreed]) -> bool:
    try:
        check_agreement(_agreed(values), others)
    except RuleBroken:
        return True
    return False


def known(rows: Sequence[Values], context: Context) -> Mapping[int, Values]:
    """Find which agreements are there: the same municipality, form and first day."""
    stored = {_key(values): values for values in map(_values, _all())}
    found = {at: stored.get(_key(values)) for at, values in enumerate(rows)}
    return {at: values for at, values in found.items() if values is not None}


def _all() -> QuerySet[Agreement]:
    return Agreement.objects.select_related("municipality")


def _key(values: Values) -> tuple[Any, ...]:
    return values["municipality"].code, form_of(values), values["from_on"]


def _values(row: Agreement) -> Values:
    values = {key: getattr(row, key) for key in _KEPT}
    values |= {"municipality": partners.town_of(row.municipality), "form": Form(row.form)}
    return {key: value for key, value in values.items() if value not in (None, "")}


def apply(rows: Sequence[Values], actor: Actor, now: Now) -> list[UUID]:
    """Record each agreement, by the same act as on screen."""
    return [actions.record_agreement(actor, _new(values), now).id for values in rows]


def _new(values: Values) -> actions.NewAgreement:
    given = {key: values[key] for key in _KEPT if key in values}
    return actions.NewAgreement(
        **given | {"municipality": values["municipality"].code, "form": form_of(values)}
    )


def undo(ids: Sequence[UUID], actor: Actor, now: Now) -> None:
    """Take each agreement back.

    Raises:
        RuleBroken: 'sheet_in_use'.
    """
    for agreement_id in ids:
        actions.take_back_agreement(actor, agreement_id, now)


def export(actor: Actor, now: Now) -> Iterator[Values]:
    """Give every agreement: they are open facts about organisations."""
    yield from map(_values, _all())


AGREEMENTS: Final = Template(
    key="agreements",
    title=_("Afspraken met gemeenten"),
    columns=AGREEMENT_COLUMNS,
    identity=("municipality", "form", "from_on"),
    imports_with=P.MANAGE_AGREEMENT,
    exports_with=P.MANAGE_AGREEMENT,
    known=known,
    check_row=check_row,
    check_rows=check_rows,
    apply=apply,
    undo=undo,
    export=export,
    never=partners.NEVER,
)
