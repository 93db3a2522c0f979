"""How the codes of products, matches, visits and meetings read on the screen, and how their states look."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gib.care.products.domain.contact import Cancelled, Kind, Reason, Theme
from gib.care.products.domain.contact import State as Visit
from gib.care.products.domain.home import Phase
from gib.care.products.domain.match import EndReason, Why
from gib.care.products.domain.meeting import Presence, Speaker
from gib.care.products.domain.participation import State as Part
from gib.care.products.domain.participation import StopReason
from gib.care.products.domain.series import Gap
from gib.core.ui.states import register

Words = Mapping[str, str | Promise]
Step = tuple[str, str, str | Promise]

register(
    {
        "part.wished": ("rest", "heart", _("Gewenst")),
        "part.offered": ("busy", "wait", _("Aangeboden")),
        "part.declined": ("rest", "cross", _("Wil niet")),
        "part.planned": ("busy", "calendar", _("Gepland")),
        "part.running": ("good", "check", _("Loopt")),
        "part.completed": ("good", "check", _("Afgerond")),
        "part.partly_completed": ("good", "check", _("Deels afgerond")),
        "part.stopped_by_mother": ("rest", "exit", _("Zij stopte")),
        "part.ended_by_release": ("rest", "undo", _("Door vrijlating")),
        "part.ended_by_transfer": ("rest", "undo", _("Door overplaatsing")),
        "part.ended_by_prison": ("rest", "undo", _("Door inrichting")),
        "part.cancelled": ("rest", "cross", _("Afgezegd")),
        "part.paused": ("warn", "clock", _("Rust nu")),
        "part.unmatched": ("warn", "clock", _("Zoekt vrijwilliger")),
        "match.proposed": ("busy", "wait", _("Gevraagd")),
        "match.volunteer_agreed": ("busy", "rings", _("Vrijwilliger ja")),
        "match.mother_agreed": ("busy", "rings", _("Moeder ja")),
        "match.agreed": ("good", "rings", _("Allebei ja")),
        "match.introduction": ("busy", "rings", _("Kennismaking")),
        "match.trial": ("busy", "rings", _("Proef")),
        "match.running": ("good", "rings", _("Loopt")),
        "match.ending": ("rest", "relay", _("Rondt af")),
        "match.ended": ("rest", "check", _("Voorbij")),
        "match.refused": ("rest", "cross", _("Nee gezegd")),
        "match.withdrawn": ("rest", "undo", _("Ingetrokken")),
        "visit.planned": ("busy", "calendar", _("Gepland")),
        "visit.confirmed": ("good", "check", _("Bevestigd")),
        "visit.cleared": ("good", "gate", _("Staat klaar")),
        "visit.held": ("busy", "pen", _("Verslag open")),
        "visit.logged": ("good", "check", _("Gehouden")),
        "visit.cancelled_mother": ("rest", "cross", _("Zij annuleerde")),
        "visit.cancelled_volunteer": ("rest", "cross", _("Vrijwilliger annuleerde")),
        "visit.cancelled_prison": ("rest", "cross", _("Inrichting annuleerde")),
        "visit.cancelled_caregiver": ("rest", "cross", _("Verzorger annuleerde")),
        "visit.no_show": ("warn", "flag", _("Niet gekomen")),
        "visit.refused_at_gate": ("warn", "gate", _("Poort dicht")),
        "visit.overtaken": ("rest", "undo", _("Ingehaald")),
        "visit.waits": ("warn", "clock", _("Kan niet")),
        "visit.falls_away": ("rest", "cross", _("Valt weg")),
        "visit.log_overdue": ("warn", "clock", _("Verslag laat")),
        "visit.unsafe": ("stop", "stop", _("Mag niet")),
        "meeting.planned": ("busy", "calendar", _("Gepland")),
        "meeting.held": ("good", "check", _("Geweest")),
        "meeting.cancelled": ("rest", "cross", _("Afgezegd")),
        "presence.invited": ("busy", "letter", _("Uitgenodigd")),
        "presence.present": ("good", "check", _("Was er")),
        "presence.excused": ("rest", "cross", _("Afgemeld")),
        "presence.prevented": ("rest", "stop", _("Verhinderd")),
        "presence.refused": ("rest", "cross", _("Wilde niet")),
        "presence.overtaken": ("rest", "undo", _("Vervallen")),
    }
)

#: The steps for her part in a product: state -> (page, step on that page, verb), the most likely first.
STEPS: Final[Mapping[Part, tuple[Step, ...]]] = {
    Part.WISHED: (("part_step", "aanbieden", _("Bied aan")), ("part_cancel", "", _("Zeg af"))),
    Part.OFFERED: (
        ("part_step", "plannen", _("Plan")),
        ("part_decline", "", _("Wil niet")),
        ("part_cancel", "", _("Zeg af")),
    ),
    Part.PLANNED: (("part_step", "starten", _("Start")), ("part_cancel", "", _("Zeg af"))),
    Part.RUNNING: (
        ("part_step", "afronden", _("Rond af")),
        ("part_partly", "", _("Deels afgerond")),
        ("part_stop", "", _("Zij stopt")),
        ("part_cancel", "", _("Zeg af")),
    ),
}
#: The prison may stop what takes place inside.
PRISON_STOPS: Final[Step] = ("part_prison", "", _("Inrichting stopt dit"))
#: Where a volunteer is sought, she says what she asks of one.
ASKS: Final[Step] = ("part_asks", "", _("Wat vraagt zij?"))
#: Help at home may last longer.
EXTEND: Final[Step] = ("home_extend", "", _("Verleng"))
#: Help at home is rounded off with a farewell.
FAREWELL: Final[Step] = ("home_finish", "", _("Afscheid"))
#: Visit mornings begin on a page of their own, that looks at the children.
MORNINGS: Final[Step] = ("mornings_begin", "", _("Start"))

REASONS: Final[Words] = {
    Reason.NOT_SAID: _("Niet gezegd"),
    Reason.ILL: _("Ziek"),
    Reason.COURT: _("Rechtbank"),
    Reason.ISOLATION: _("Afzondering"),
    Reason.WORK: _("Werk"),
    Reason.TRANSPORT: _("Vervoer"),
    Reason.STAFF_SHORTAGE: _("Te weinig personeel"),
    Reason.LOCKDOWN: _("Alles dicht"),
    Reason.CELL_SEARCH: _("Celdoorzoeking"),
    Reason.MOVED: _("Overgeplaatst"),
    Reason.RELEASED: _("Vrijgelaten"),
    Reason.ID_MISSING: _("Geen geldig identiteitsbewijs"),
    Reason.PERMIT_EXPIRED: _("Pas verlopen"),
    Reason.DETECTION: _("Poortje ging af"),
    Reason.FORGOTTEN: _("Vergeten"),
    Reason.OTHER: _("Iets anders"),
}

SIDES: Final[Words] = {
    Cancelled.MOTHER: _("Moeder"),
    Cancelled.VOLUNTEER: _("Vrijwilliger"),
    Cancelled.PRISON: _("Inrichting"),
    Cancelled.CAREGIVER: _("Verzorger"),
}

#: Days between two visits of a series.
RHYTHMS: Final[Mapping[int, str | Promise]] = {
    7: _("Elke week"),
    14: _("Om de twee weken"),
    28: _("Om de vier weken"),
}
#: Why a day of a series is otherwise.
GAPS: Final[Words] = {
    Gap.MOVED: _("Verzet naar een andere dag of tijd"),
    Gap.HOLIDAY: _("Feestdag"),
    Gap.REGIME: _("Ander dagprogramma in de inrichting"),
    Gap.CLOSURE: _("De inrichting is dicht"),
    Gap.AWAY: _("De vrijwilliger is er niet"),
    Gap.OTHER: _("Iets anders"),
}

MISSED: Final[Words] = {
    Visit.NO_SHOW: _("Iemand kwam niet"),
    Visit.REFUSED_AT_GATE: _("Niet binnengelaten"),
}

KINDS: Final[Words] = {
    Kind.PRISON_VISIT: _("Bezoek in de inrichting"),
    Kind.HOME_VISIT: _("Bezoek thuis"),
    Kind.OUTSIDE: _("Samen op pad"),
    Kind.PHONE: _("Telefoon"),
    Kind.COACH_TALK: _("Coachgesprek"),
    Kind.TALK: _("Gesprek"),
}

THEMES: Final[Words] = {
    Theme.CHILDREN: _("Kinderen"),
    Theme.UPBRINGING: _("Opvoeden"),
    Theme.RELATIONS: _("Familie en vrienden"),
    Theme.HEALTH: _("Gezondheid"),
    Theme.MONEY: _("Geld"),
    Theme.HOUSING: _("Wonen"),
    Theme.WORK: _("Werk"),
    Theme.LANGUAGE: _("Taal"),
    Theme.PRISON_LIFE: _("Leven binnen"),
    Theme.RELEASE: _("Vrijlating"),
    Theme.ORDINARY: _("Gewone dingen"),
}

MOODS: Final[Words] = {
    "1": _("Zwaar"),
    "2": _("Stroef"),
    "3": _("Gewoon"),
    "4": _("Fijn"),
    "5": _("Heel fijn"),
}

STOPS: Final[Words] = {
    StopReason.NOT_SAID: _("Niet gezegd"),
    StopReason.NO_TIME: _("Geen tijd"),
    StopReason.NOT_FITTING: _("Het past niet"),
    StopReason.NOT_WELL: _("Zij voelt zich niet goed"),
    StopReason.NO_VOLUNTEER: _("Geen vrijwilliger"),
    StopReason.NO_PLACE: _("Geen plek"),
    StopReason.OUT_OF_REACH: _("Niet te bereiken"),
    StopReason.OTHER: _("Iets anders"),
}

MATCH_ENDS: Final[Words] = {
    EndReason.PLANNED: _("Zoals afgesproken"),
    EndReason.BY_MOTHER: _("De moeder wil stoppen"),
    EndReason.OTHER_PERSON: _("De moeder wil iemand anders"),
    EndReason.NO_CLICK: _("Het klikt niet tussen hen"),
    EndReason.BY_VOLUNTEER: _("De vrijwilliger stopt"),
    EndReason.BY_COORDINATOR: _("Ik vind het beter zo"),
    EndReason.UNSAFE: _("Het is niet veilig"),
}

#: Why a series of visits is over: after a release it is overtaken, and nobody failed.
SERIES_ENDS: Final[Words] = {
    **MATCH_ENDS,
    EndReason.RELEASE: _("Ingehaald door haar vrijlating"),
    EndReason.TRANSFER: _("Zij is overgeplaatst"),
    EndReason.TRAJECTORY_CLOSED: _("Haar traject is afgesloten"),
}

WHYS: Final[Words] = {
    Why.KNOWS_FAMILY: _("Zij kent de familie"),
    Why.SAME_STREET: _("Zij woont in dezelfde straat"),
    Why.HER_WISH: _("De moeder wil iemand anders"),
    Why.UNSAFE: _("Het is niet veilig"),
}

SPEAKERS: Final[Words] = {
    Speaker.YOUTH_CARE: _("Jeugdzorg"),
    Speaker.MUNICIPALITY: _("Gemeente"),
    Speaker.LAWYER: _("Advocaat"),
    Speaker.AFTERCARE: _("Nazorg"),
    Speaker.DEBT_HELP: _("Schuldhulp"),
    Speaker.MENTAL_HEALTH: _("GGZ"),
    Speaker.PRISON: _("Inrichting"),
    Speaker.EXPERIENCED_MOTHER: _("Ervaren moeder"),
}

PRESENCES: Final[Words] = {
    Presence.PRESENT: _("Was er"),
    Presence.EXCUSED: _("Afgemeld"),
    Presence.PREVENTED: _("Verhinderd"),
    Presence.REFUSED: _("Wilde niet"),
}

PHASES: Final[Words] = {
    Phase.LANDING: _("Landen"),
    Phase.STABILISE: _("Rust vinden"),
    Phase.BUILD: _("Opbouwen"),
    Phase.LET_GO: _("Loslaten"),
    Phase.FAREWELL: _("Afscheid"),
}

#: What belongs to each phase, for who coordinates and who visits alike.
PHASE_ASKS: Final[Words] = {
    Phase.LANDING: _("De eerste weken gaan over huis, geld, papieren en de kinderen."),
    Phase.STABILISE: _("Elke week een bezoek, en samen gewone dagen maken."),
    Phase.BUILD: _("Zij doet steeds meer zelf, met de mensen om haar heen."),
    Phase.LET_GO: _("Om de twee weken een bezoek, en samen naar het afscheid toe."),
    Phase.FAREWELL: _("Neem samen afscheid. Drie maanden later bellen wij haar nog eens."),
}

#: What keeps a volunteer from working: the codes of her slice in words.
AGAINST: Final[Words] = {
    "state": _("is nu niet inzetbaar"),
    "permit": _("geen toegang tot deze inrichting"),
    "vog_84": _("VOG voor zorg aan kinderen ontbreekt of is verlopen"),
    "vog_85": _("VOG voor zorg aan volwassenen ontbreekt of is verlopen"),
    "agreement": _("overeenkomst ontbreekt"),
    "code_of_conduct": _("gedragscode ontbreekt"),
    "basic_training": _("basistraining ontbreekt"),
    "reporting_code": _("module meldcode ontbreekt"),
}


def against(code: str) -> str:
    """Say one reason against a volunteer."""
    return str(AGAINST.get(code, _("training voor dit onderdeel ontbreekt")))
