"""What volunteers may receive and what a kilometre is worth, as tables of finished text."""

from typing import Any

from django.utils.translation import gettext as _

from gib.core.kernel.money import euros
from gib.core.ui.tables import Cell, Column, Table, make
from gib.people.partners import wording
from gib.people.partners.domain import Confirmable
from gib.people.partners.models import AllowanceTariff, KilometreRate
from gib.people.partners.pages import confirming, days, trust


def allowance_table(may_edit: bool) -> Table:
    """List the amounts for volunteers, newest first."""
    columns: list[Column | str] = [
        _("Jaar"),
        *(Column(label, is_number=True) for label in (_("Per maand"), _("Per jaar"), _("Per uur"))),
        *(_("Bron"), _("Hoe zeker"), _("Doen")),
    ]
    rows = AllowanceTariff.objects.order_by("-valid_from")
    return make(_("Bedragen voor vrijwilligers"), columns, [_allowance(row, may_edit) for row in rows])


def _allowance(row: Any, may_edit: bool) -> list[Cell | str | int]:
    return [
        _years(row),
        euros(row.month_cents),
        euros(row.year_cents),
        euros(row.hour_cents) if row.hour_cents else _("niet bekend"),
        row.source,
        trust(row),
        confirming(Confirmable.ALLOWANCE, row, may_edit),
    ]


def _years(row: Any) -> str:
    first, last = row.valid_from.year, row.valid_to.year - 1 if row.valid_to else None
    if last is None:
        return str(_("vanaf %s") % first)
    both = _("%(first)s tot en met %(last)s") % {"first": first, "last": last}
    return str(first) if first == last else str(both)


def rate_table(may_edit: bool) -> Table:
    """List what a kilometre is worth, newest first."""
    columns: list[Column | str] = [
        _("Soort"),
        Column(_("Per kilometer"), is_number=True),
        *(_("Geldt"), _("Bron"), _("Hoe zeker"), _("Doen")),
    ]
    rows = KilometreRate.objects.order_by("-valid_from", "kind")
    return make(_("Bedragen per kilometer"), columns, [_rate(row, may_edit) for row in rows])


def _rate(row: Any, may_edit: bool) -> list[Cell | str | int]:
    return [
        str(wording.RATE_KINDS[row.kind]),
        euros(row.cents),
        days(row),
        f"{row.source}: {row.note}" if row.note else row.source,
        trust(row),
        confirming(Confirmable.RATE, row, may_edit),
    ]
