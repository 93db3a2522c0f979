"""The list of figures as it goes along."""

from django.utils.translation import gettext_lazy as _

from gib.core.sheets.template import Column, Template

HEADINGS = {
    "group": _("Groep"),
    "name": _("Cijfer"),
    "own": _("Uw team"),
    "nation": _("Landelijk"),
    "before": _("Jaar ervoor"),
    "meaning": _("Wat het telt"),
}


def template(has_own: bool) -> Template:
    """Give the columns of the list, in the language of the reader."""
    columns = tuple(Column(key, str(word)) for key, word in HEADINGS.items() if has_own or key != "own")
    return Template(key="cijfers", title=_("Cijfers"), columns=columns)
