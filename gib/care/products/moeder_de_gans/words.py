"""How the codes of an information meeting read on the screen, and how its states look."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gib.care.products.domain.meeting import SpeakerState
from gib.care.products.moeder_de_gans.domain import Question
from gib.care.products.words import Words
from gib.core.ui.states import register

register(
    {
        "speaker.asked": ("busy", "wait", _("Gevraagd")),
        "speaker.confirmed": ("good", "check", _("Komt")),
        "speaker.declined": ("rest", "cross", _("Komt niet")),
        "speaker.came": ("good", "check", _("Was er")),
        "speaker.absent": ("warn", "flag", _("Kwam niet")),
    }
)

#: Part of an address -> the state it leads to, and what the button says.
STEPS: Final[Mapping[str, tuple[SpeakerState, str | Promise]]] = {
    "komt": (SpeakerState.CONFIRMED, _("Komt")),
    "komt-niet": (SpeakerState.DECLINED, _("Komt niet")),
    "was-er": (SpeakerState.CAME, _("Was er")),
    "kwam-niet": (SpeakerState.ABSENT, _("Kwam niet")),
}

QUESTIONS: Final[Words] = {
    Question.ASKED: _("Waar vroegen zij naar?"),
    Question.STRESS_BEFORE: _("Hoe gespannen was u voor de bijeenkomst?"),
    Question.STRESS_AFTER: _("Hoe gespannen bent u nu?"),
    Question.LEARNED: _("Heeft u iets nieuws gehoord?"),
    Question.KNOWS_WHOM: _("Weet u nu aan wie u iets kunt vragen?"),
}

MARKS: Final[Words] = {
    "1": _("1, rustig"),
    "2": "2",
    "3": "3",
    "4": "4",
    "5": _("5, heel gespannen"),
    "yes": _("Ja"),
    "no": _("Nee"),
}
