"""How the codes of an intake read on the screen."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from gib.care.intake.domain import Area, Cause, Choice, Section, State, Why
from gib.core.ui.states import register

Word = str | Promise

SECTIONS: Final[Mapping[Section, Word]] = {
    Section.WHO: gettext_lazy("Wie zij is en welke taal zij spreekt"),
    Section.CHILDREN: gettext_lazy("Kinderen en wie voor hen zorgt"),
    Section.NEEDS: gettext_lazy("Hoe gaat het?"),
    Section.BASELINE: gettext_lazy("Wat geregeld moet zijn"),
    Section.WISHES: gettext_lazy("Wat zij wil"),
    Section.HELPERS: gettext_lazy("Wie haar al helpt"),
    Section.AGREEMENTS: gettext_lazy("Afspraken"),
    Section.PRODUCTS: gettext_lazy("Wat wij kunnen bieden"),
}

AREAS: Final[Mapping[Area, Word]] = {
    Area.UPBRINGING: gettext_lazy("Opvoeden"),
    Area.RELATIONS: gettext_lazy("Familie en vrienden"),
    Area.HEALTH: gettext_lazy("Gezondheid"),
    Area.MONEY: gettext_lazy("Geld en regelen"),
    Area.DAY_ACTIVITIES: gettext_lazy("Wat zij overdag doet"),
    Area.HOUSING: gettext_lazy("Wonen"),
    Area.LANGUAGE: gettext_lazy("Taal"),
    Area.PAPERS: gettext_lazy("Geldig identiteitsbewijs"),
    Area.INCOME: gettext_lazy("Inkomen of werk"),
    Area.SHELTER: gettext_lazy("Een plek om te wonen na vrijlating"),
    Area.DEBTS: gettext_lazy("Schulden"),
    Area.CARE: gettext_lazy("Zorg"),
}

CHOICES: Final[Mapping[Choice, Word]] = {
    Choice.WANTED: gettext_lazy("Wil zij"),
    Choice.LATER: gettext_lazy("Later"),
    Choice.DECLINED: gettext_lazy("Wil zij niet"),
}

WHYS: Final[Mapping[Why, Word]] = {
    Why.NO_NEED: gettext_lazy("Niet nodig"),
    Why.OWN_HELP: gettext_lazy("Zij heeft al hulp"),
    Why.TOO_MUCH: gettext_lazy("Nu te veel"),
    Why.NOT_FOR_ME: gettext_lazy("Past niet bij haar"),
    Why.NOT_SAID: gettext_lazy("Zij zegt het niet"),
}

CAUSES: Final[Mapping[Cause, Word]] = {
    Cause.PRISON: gettext_lazy("De inrichting kon niet"),
    Cause.MOTHER_UNWELL: gettext_lazy("Zij voelde zich niet goed"),
    Cause.COURT: gettext_lazy("Zij moest naar de rechtbank"),
    Cause.COORDINATOR: gettext_lazy("Ik kon niet"),
    Cause.INTERPRETER: gettext_lazy("Er was geen tolk"),
    Cause.OTHER: gettext_lazy("Iets anders"),
}

register(
    {
        f"intake_{State.PLANNED}": ("busy", "calendar", gettext_lazy("Gepland")),
        f"intake_{State.HELD}": ("busy", "speech", gettext_lazy("Bezig")),
        f"intake_{State.COMPLETED}": ("good", "check", gettext_lazy("Klaar")),
        f"intake_{State.CANCELLED}": ("rest", "info", gettext_lazy("Ging niet")),
        f"intake_{State.REFUSED}": ("rest", "info", gettext_lazy("Wil niet")),
        f"intake_{State.OVERTAKEN}": ("rest", "undo", gettext_lazy("Ingehaald")),
        "intake_written": ("good", "check", gettext_lazy("Ingevuld")),
        "intake_empty": ("rest", "pen", gettext_lazy("Nog leeg")),
        "intake_talk_held": ("good", "check", gettext_lazy("Gehouden")),
        "intake_talk_dropped": ("rest", "cross", gettext_lazy("Niet doorgegaan")),
    }
)
