"""How the codes of a talk about a match read on the screen."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from gib.care.products.domain.talks import Going, MatchTalkKind, NextStep, TalkedWith, Wish

KINDS: Final = {
    MatchTalkKind.MIDTERM: _("Gesprek halverwege"),
    MatchTalkKind.CLOSING: _("Slotgesprek"),
}
WITH: Final = {
    TalkedWith.BOTH: _("Met allebei"),
    TalkedWith.MOTHER: _("Met de moeder"),
    TalkedWith.VOLUNTEER: _("Met de vrijwilliger"),
}
GOING: Final = {
    Going.WELL: _("Het gaat goed"),
    Going.MIXED: _("Wisselend"),
    Going.HARD: _("Het gaat moeilijk"),
}
NEXT: Final = {
    NextStep.GO_ON: _("Zij gaan door"),
    NextStep.OTHER_PERSON: _("Een andere vrijwilliger"),
    NextStep.STOP: _("Zij stoppen"),
}
HERS: Final = {
    Wish.SAME: _("De moeder wil thuis dezelfde vrijwilliger"),
    Wish.OTHER: _("De moeder wil thuis een ander"),
    Wish.OPEN: _("De moeder weet het nog niet"),
}
THEIRS: Final = {
    Wish.SAME: _("De vrijwilliger gaat graag mee naar huis"),
    Wish.OTHER: _("De vrijwilliger gaat niet mee naar huis"),
    Wish.OPEN: _("De vrijwilliger weet het nog niet"),
}
