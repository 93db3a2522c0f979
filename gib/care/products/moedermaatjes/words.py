"""How the codes of help at home read on the screen."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from gib.care.products.moedermaatjes.domain import Faring
from gib.care.products.words import Words

FARINGS: Final[Words] = {
    Faring.WELL: _("Het gaat goed"),
    Faring.MIXED: _("Het gaat wisselend"),
    Faring.HARD: _("Het gaat moeilijk"),
    Faring.NOT_REACHED: _("Zij nam niet op"),
}
