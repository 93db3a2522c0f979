"""How the times and wishes of volunteers are said on screen."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from gib.core.ui import states
from gib.engines.matching.problem import AgeGroup, Gender
from gib.people.partners.domain import Product
from gib.people.volunteers.domain.availability import AbsenceKind, Interest, RatherNot
from gib.people.volunteers.domain.coaching import TalkKind
from gib.people.volunteers.domain.groups import Trainer
from gib.people.volunteers.domain.interest import Conclusion, Heard

states.register(
    {
        "absence.away": ("rest", "wait", _("Weg")),
        "absence.leave": ("rest", "wait", _("Met verlof")),
    }
)

#: The days of the week by the first letters of their codes, in the order of the codes.
DAYS: Final = {
    "mon": _("maandag"),
    "tue": _("dinsdag"),
    "wed": _("woensdag"),
    "thu": _("donderdag"),
    "fri": _("vrijdag"),
    "sat": _("zaterdag"),
    "sun": _("zondag"),
}
PARTS: Final = {"morning": _("ochtend"), "afternoon": _("middag"), "evening": _("avond")}

INTERESTS: Final = {
    Interest.READING: _("Voorlezen"),
    Interest.MUSIC: _("Muziek maken"),
    Interest.CRAFTS: _("Knutselen"),
    Interest.COOKING: _("Koken"),
    Interest.SPORT: _("Sporten"),
    Interest.OUTDOORS: _("Naar buiten gaan"),
    Interest.GAMES: _("Spelletjes doen"),
    Interest.TALKING: _("Praten en luisteren"),
    Interest.PAPERWORK: _("Post en papieren"),
    Interest.LANGUAGE: _("Nederlands oefenen"),
}
AGES: Final = {
    AgeGroup.BABY: _("0 tot en met 3 jaar"),
    AgeGroup.CHILD: _("4 tot en met 11 jaar"),
    AgeGroup.TEENAGER: _("12 tot en met 17 jaar"),
}
RATHER_NOT: Final = {
    RatherNot.PETS: _("Huisdieren"),
    RatherNot.SMOKING: _("Roken in huis"),
    RatherNot.STAIRS: _("Veel trappen"),
}
ABSENCES: Final = {AbsenceKind.AWAY: _("Een paar dagen weg"), AbsenceKind.LEAVE: _("Langer met verlof")}
GENDERS: Final = {Gender.WOMAN: _("Vrouw"), Gender.MAN: _("Man"), Gender.OTHER: _("Anders")}
MONTHS: Final = {
    0: _("Dat weet ik nog niet"),
    6: _("Een half jaar"),
    12: _("Een jaar"),
    24: _("Twee jaar of langer"),
}

TRAINERS: Final = {
    Trainer.COORDINATOR: _("De coördinator"),
    Trainer.COLLEAGUE: _("Een collega van ons"),
    Trainer.PARTNER: _("Iemand van een andere organisatie"),
}

states.register(
    {
        "training.running": ("busy", "calendar", _("Loopt")),
        "training.over": ("warn", "warn", _("Nog afronden")),
        "training.closed": ("good", "check", _("Afgerond")),
        "trainee.": ("busy", "book", _("Doet mee")),
        "trainee.passed": ("good", "check", _("Geslaagd")),
        "trainee.not_passed": ("rest", "cross", _("Niet geslaagd")),
        "trainee.stopped": ("rest", "exit", _("Gestopt")),
    }
)

TALKS: Final = {TalkKind.COACHING: _("Coachgesprek"), TalkKind.PEER_SUPERVISION: _("Intervisie")}

states.register(
    {
        "talk.planned": ("busy", "calendar", _("Gepland")),
        "talk.missed": ("warn", "warn", _("Nog invullen")),
        "talk.held": ("good", "check", _("Gehad")),
        "talk.cancelled": ("rest", "cross", _("Niet doorgegaan")),
    }
)

HEARD: Final = {
    Heard.FRIEND: _("Van iemand die ik ken"),
    Heard.INTERNET: _("Op internet"),
    Heard.NEWSPAPER: _("In de krant"),
    Heard.MEETING: _("Op een bijeenkomst"),
    Heard.OTHER: _("Anders"),
}
CONCLUSIONS: Final = {Conclusion.YES: _("Ja, wij gaan verder"), Conclusion.NO: _("Nee, wij gaan niet verder")}
#: What each product asks of a volunteer, in words for somebody who knows nothing of us yet.
WORK: Final = {
    Product.MOEDER_DE_GANS: _("Voorlezen: je helpt moeders om een verhaal voor hun kind te maken"),
    Product.BEZOEKMOEDERS: _("Op bezoek: je praat eens in de twee weken met één moeder in de gevangenis"),
    Product.MOEDER_KIND_BEZOEKEN: _("Kinderen: je helpt als kinderen bij hun moeder op bezoek komen"),
    Product.IK_JIJ_WIJ: _("Cursus: je helpt bij een cursus voor een groep moeders"),
    Product.MOEDERMAATJES: _("Thuis: je helpt een moeder en haar kinderen als zij weer vrij is"),
}
#: The text of version `CONSENT_VERSION`.
CONSENT: Final = _(
    "Ik vind het goed dat Gezin in Balans deze gegevens bewaart om met mij kennis te maken. Ga ik niet"
    " verder, dan worden ze na vier weken gewist."
)

states.register(
    {
        "screening.ready": ("rest", "letter", _("Nog aanvragen")),
        "screening.requested": ("busy", "wait", _("Aangevraagd")),
        "screening.issued": ("warn", "eye", _("Nog bekijken")),
        "screening.seen": ("good", "check", _("Gezien")),
        "screening.excluded": ("stop", "stop", _("Niet gratis")),
    }
)
