"""The list of the coverage page as a sheet: exactly what the page shows."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from gib.core.sheets.template import Column, Template

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
