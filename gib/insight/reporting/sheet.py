"""The lists of figures as they go along."""

from django.utils.translation import gettext_lazy as _

from gib.core.sheets.template import Column, Template
from gib.insight.reporting.domain import GAP
from gib.insight.reporting.words import FIGURES, WAITS

HEADINGS = {
    "group": _("Groep"),
    "name": _("Cijfer"),
    "own": _("Uw team"),
    "nation": _("Landelijk"),
    "before": _("Jaar ervoor"),
    "meaning": _("Wat het telt"),
}
WAIT_HEADINGS = {
    "product": _("Onderdeel"),
    "by": _("Verdeeld naar"),
    "name": _("Wie"),
    **{key: name for key, (name, _meaning) in WAITS.items()},
}


def template(has_own: bool) -> Template:
    """Give the columns of the list, in the language of the reader."""
    columns = tuple(Column(key, str(word)) for key, word in HEADINGS.items() if has_own or key != "own")
    return Template(key="cijfers", title=_("Cijfers"), columns=columns)


def municipal() -> Template:
    """Give the columns of the list of municipalities, in the language of the reader."""
    figures = (Column(str(figure), str(FIGURES[figure][0])) for figure in GAP)
    columns = (Column("code", str(_("Code"))), Column("name", str(_("Gemeente"))), *figures)
    return Template(key="wie-betaalt", title=_("Wie betaalt, per gemeente"), columns=columns)


def waiting() -> Template:
    """Give the columns of the list of who waited, in the language of the reader."""
    columns = tuple(Column(key, str(word)) for key, word in WAIT_HEADINGS.items())
    return Template(key="wachten", title=_("Wachten op een vrijwilliger"), columns=columns)
