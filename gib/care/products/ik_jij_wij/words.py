"""How the codes of a course read on the screen."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gib.care.products.ik_jij_wij.domain import Item, Moment
from gib.care.products.words import Words

#: What she gives a mark to; it is about herself, so it says "ik".
ITEMS: Final[Words] = {
    Item.STRENGTHS: _("Ik weet waar ik goed in ben."),
    Item.CHOICES: _("Ik kan zelf kiezen wat ik doe."),
    Item.CHANCES: _("Ik zie kansen en ik gebruik ze."),
    Item.CALM: _("Ik blijf rustig als het moeilijk is."),
    Item.PARENTING: _("Ik weet hoe ik mijn kind kan helpen."),
    Item.HELP: _("Ik weet aan wie ik hulp kan vragen."),
}

#: Part of an address -> the moment, and what stands above it.
MOMENTS: Final[Mapping[str, tuple[Moment, str | Promise]]] = {
    "vooraf": (Moment.BEFORE, _("Vragen vooraf")),
    "achteraf": (Moment.AFTER, _("Vragen achteraf")),
}
