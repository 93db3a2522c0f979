"""How the codes of help at home read on the screen."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gib.care.products.moedermaatjes.domain import Faring

Words = Mapping[str, str | Promise]

FARINGS: Final[Words] = {
    Faring.WELL: _("Het gaat goed"),
    Faring.MIXED: _("Het gaat wisselend"),
    Faring.HARD: _("Het gaat moeilijk"),
    Faring.NOT_REACHED: _("Zij nam niet op"),
}
