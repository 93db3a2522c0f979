"""How the codes of a family read on the screen, and how its states look."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from gib.core.ui.states import register
from gib.people.families.domain.children import Contact, Criterion, Gate
from gib.people.families.domain.codes import (
    About,
    Confidence,
    CustodyKind,
    Issuer,
    Party,
    Place,
    Purpose,
    Relation,
    ReleaseKind,
    ResidenceKind,
    RestrictionKind,
    ReturnKind,
    Source,
)
from gib.people.families.domain.consent import Validity
from gib.people.partners.domain import Regime

Words = Mapping[str, str | Promise]

LANGUAGES: Final[Words] = {
    "nl": gettext_lazy("Nederlands"),
    "ar": gettext_lazy("Arabisch"),
    "bg": gettext_lazy("Bulgaars"),
    "zh": gettext_lazy("Chinees"),
    "de": gettext_lazy("Duits"),
    "en": gettext_lazy("Engels"),
    "fr": gettext_lazy("Frans"),
    "pap": gettext_lazy("Papiaments"),
    "pl": gettext_lazy("Pools"),
    "pt": gettext_lazy("Portugees"),
    "ro": gettext_lazy("Roemeens"),
    "ru": gettext_lazy("Russisch"),
    "so": gettext_lazy("Somalisch"),
    "es": gettext_lazy("Spaans"),
    "ti": gettext_lazy("Tigrinya"),
    "tr": gettext_lazy("Turks"),
}
RELATIONS: Final[Words] = {
    Relation.GRANDPARENT: gettext_lazy("opa of oma"),
    Relation.OTHER_PARENT: gettext_lazy("de andere ouder"),
    Relation.FAMILY: gettext_lazy("familie"),
    Relation.FOSTER: gettext_lazy("pleegouder"),
    Relation.FRIEND: gettext_lazy("vriend of vriendin"),
    Relation.NEIGHBOUR: gettext_lazy("buur"),
    Relation.INSTITUTION: gettext_lazy("een instelling"),
    Relation.OTHER: gettext_lazy("iemand anders"),
}
RESIDENCES: Final[Words] = {
    ResidenceKind.WITH_MOTHER: gettext_lazy("bij de moeder"),
    ResidenceKind.WITH_OTHER_PARENT: gettext_lazy("bij de andere ouder"),
    ResidenceKind.WITH_FAMILY: gettext_lazy("bij familie"),
    ResidenceKind.FOSTER_HOME: gettext_lazy("in een pleeggezin"),
    ResidenceKind.INSTITUTION: gettext_lazy("in een instelling"),
    ResidenceKind.ELSEWHERE: gettext_lazy("ergens anders"),
}
CUSTODIES: Final[Words] = {
    CustodyKind.MOTHER_ALONE: gettext_lazy("de moeder alleen"),
    CustodyKind.SHARED: gettext_lazy("beide ouders samen"),
    CustodyKind.OTHER_PARENT: gettext_lazy("de andere ouder alleen"),
    CustodyKind.INSTITUTION: gettext_lazy("een voogd of instelling"),
}
PARTIES: Final[Words] = {
    Party.MOTHER: gettext_lazy("de moeder"),
    Party.OTHER_PARENT: gettext_lazy("de andere ouder"),
    Party.INSTITUTION: gettext_lazy("de voogd of instelling"),
    Party.CHILD: gettext_lazy("het kind zelf"),
}
RESTRICTIONS: Final[Words] = {
    RestrictionKind.NONE: gettext_lazy("geen beperking"),
    RestrictionKind.SUPERVISED: gettext_lazy("alleen onder toezicht"),
    RestrictionKind.WRITTEN_ONLY: gettext_lazy("alleen schrijven"),
    RestrictionKind.BAN: gettext_lazy("geen contact"),
}
ABOUTS: Final[Words] = {
    About.MOTHER: gettext_lazy("met de moeder"),
    About.OTHER: gettext_lazy("met iemand anders"),
}
ISSUERS: Final[Words] = {
    Issuer.COURT: gettext_lazy("de rechter"),
    Issuer.YOUTH_CARE: gettext_lazy("jeugdzorg"),
    Issuer.PRISON: gettext_lazy("de inrichting"),
    Issuer.CUSTODY_HOLDER: gettext_lazy("wie het gezag heeft"),
    Issuer.NOBODY: gettext_lazy("niemand"),
}
REGIMES: Final[Words] = {
    Regime.REMAND: gettext_lazy("huis van bewaring"),
    Regime.SENTENCE: gettext_lazy("gevangenis"),
    Regime.LOW_SECURITY: gettext_lazy("beperkt beveiligd"),
    Regime.OPEN: gettext_lazy("zeer beperkt beveiligd"),
    Regime.REPEAT_OFFENDER: gettext_lazy("ISD"),
    Regime.PSYCHIATRIC: gettext_lazy("psychiatrisch centrum"),
    Regime.PENITENTIARY_PROGRAMME: gettext_lazy("penitentiair programma, thuis"),
    Regime.ELECTRONIC: gettext_lazy("elektronische detentie, thuis"),
}
RELEASES: Final[Words] = {
    ReleaseKind.END_OF_SENTENCE: gettext_lazy("einde van de straf"),
    ReleaseKind.CONDITIONAL: gettext_lazy("vrij met voorwaarden"),
    ReleaseKind.IMMEDIATE: gettext_lazy("onverwacht vrijgelaten"),
    ReleaseKind.SUSPENDED: gettext_lazy("voorlopig vrij"),
    ReleaseKind.DEPORTED: gettext_lazy("het land uitgezet"),
    ReleaseKind.DIED: gettext_lazy("overleden"),
    ReleaseKind.OTHER: gettext_lazy("anders"),
}
RETURNS: Final[Words] = {
    ReturnKind.KNOWN: gettext_lazy("een gemeente"),
    ReturnKind.UNKNOWN: gettext_lazy("nog niet bekend"),
    ReturnKind.ABROAD: gettext_lazy("het buitenland"),
    ReturnKind.NO_FIXED_ADDRESS: gettext_lazy("geen vast adres"),
}
SOURCES: Final[Words] = {
    Source.PRISON: gettext_lazy("de inrichting"),
    Source.MOTHER: gettext_lazy("zij zelf"),
    Source.LAWYER: gettext_lazy("haar advocaat"),
    Source.COURT: gettext_lazy("de rechter"),
    Source.OTHER: gettext_lazy("iemand anders"),
}
CONFIDENCES: Final[Words] = {
    Confidence.CERTAIN: gettext_lazy("zeker"),
    Confidence.LIKELY: gettext_lazy("waarschijnlijk"),
    Confidence.GUESS: gettext_lazy("een schatting"),
}
PURPOSES: Final[Words] = {
    Purpose.SUPPORT: gettext_lazy("Hulp van Gezin in Balans"),
    Purpose.REFERRAL_DATA: gettext_lazy("Aanmelding"),
    Purpose.MUNICIPALITY: gettext_lazy("Vraag aan een gemeente"),
    Purpose.CARE_PROVIDER: gettext_lazy("Hulp van een andere organisatie"),
    Purpose.SAFETY_HOUSE: gettext_lazy("Overleg in een Veiligheidshuis"),
    Purpose.HOME_VISIT: gettext_lazy("Bezoek thuis"),
    Purpose.PHOTO: gettext_lazy("Foto"),
    Purpose.CHILD_VISIT: gettext_lazy("Bezoek van een kind"),
}
PLACES: Final[Words] = {
    Place.PRISON: gettext_lazy("in de inrichting"),
    Place.HOME: gettext_lazy("thuis"),
    Place.OFFICE: gettext_lazy("op kantoor"),
    Place.PHONE: gettext_lazy("aan de telefoon"),
    Place.LETTER: gettext_lazy("per brief"),
}
CRITERIA: Final[Words] = {
    Criterion.AGE: gettext_lazy("Leeftijd"),
    Criterion.CONTACT: gettext_lazy("Contact"),
    Criterion.CUSTODY: gettext_lazy("Toestemming"),
}
REASONS: Final[Words] = {
    "minor": gettext_lazy("jonger dan 18"),
    "adult": gettext_lazy("18 jaar of ouder"),
    "age_unknown": gettext_lazy("geboortedatum niet bekend"),
    f"contact_{Contact.FREE}": gettext_lazy("geen beperking"),
    f"contact_{Contact.SUPERVISED}": gettext_lazy("mag onder toezicht"),
    f"contact_{Contact.WRITTEN_ONLY}": gettext_lazy("alleen schrijven mag"),
    f"contact_{Contact.BAN}": gettext_lazy("contact is verboden"),
    f"contact_{Contact.EXPIRED}": gettext_lazy("het besluit is verlopen, vraag of het nog geldt"),
    f"contact_{Contact.UNVERIFIED}": gettext_lazy("nog niet nagekeken"),
    f"contact_{Contact.NOT_ASKED}": gettext_lazy("nog niet gevraagd"),
    "consent_given": gettext_lazy("wie beslist, zei ja"),
    "consent_missing": gettext_lazy("wie beslist, zei nog geen ja"),
    "decider_unknown": gettext_lazy("wie beslist, is niet bekend"),
}
GATES: Final[Mapping[str, str]] = {
    Gate.OPEN: "open",
    Gate.CLOSED: "forbidden",
    Gate.UNKNOWN: "families.unknown",
}

register(
    {
        "families.unknown": ("warn", "warn", gettext_lazy("Onbekend")),
        "families.asked": ("busy", "wait", gettext_lazy("Gevraagd")),
        f"families.{Validity.HOLDS}": ("good", "lock", gettext_lazy("Gegeven")),
        f"families.{Validity.CLAIMED}": ("warn", "warn", gettext_lazy("Niet nagevraagd")),
        f"families.{Validity.RENEW}": ("warn", "clock", gettext_lazy("Vraag opnieuw")),
        f"families.{Validity.FROZEN}": ("stop", "stop", gettext_lazy("Verlopen")),
        f"families.{Validity.NONE}": ("warn", "warn", gettext_lazy("Geen")),
        "families.refused": ("rest", "cross", gettext_lazy("Nee gezegd")),
        "families.withdrawn": ("rest", "undo", gettext_lazy("Ingetrokken")),
        "families.inside": ("rest", "key", pgettext_lazy("place of a mother", "Binnen")),
        "families.outside": ("good", "home", pgettext_lazy("place of a mother", "Vrij")),
        "families.adult": ("rest", "info", gettext_lazy("18 jaar")),
    }
)


def choices(words: Words) -> list[tuple[str, str | Promise]]:
    """Give the choices of a form field, with a capital where a word starts small."""
    upper: Any = capfirst  # keeps a lazy word lazy, which its stub does not say
    return [(str(code), upper(word)) for code, word in words.items()]


def languages(codes: str) -> str:
    """Write the languages of a mother, as stored with commas."""
    known = [str(LANGUAGES.get(code, code)) for code in codes.split(",") if code]
    return ", ".join(known) or _("niet bekend")


def parties(codes: Iterable[str]) -> str:
    """Write who said or must say yes."""
    return ", ".join(str(PARTIES[code]) for code in codes)


def years(ages: tuple[int, int] | None) -> str:
    """Write an age that may be known only within bounds."""
    if ages is None:
        return _("leeftijd niet bekend")
    youngest, oldest = ages
    if youngest == oldest:
        return _("%(age)d jaar") % {"age": youngest}
    return _("%(youngest)d of %(oldest)d jaar") % {"youngest": youngest, "oldest": oldest}


def days_to(day: date, on: date) -> str:
    """Write how far a day lies ahead, or that it has passed."""
    away = (day - on).days
    if away < 0:
        return _("deze dag is voorbij")
    if away == 0:
        return _("vandaag")
    return ngettext("nog %(days)d dag", "nog %(days)d dagen", away) % {"days": away}


def shift(old_on: date | None, new_on: date | None) -> str:
    """Write how an expected day moved."""
    if new_on is None:
        return _("weer onbekend")
    if old_on is None:
        return _("nu bekend")
    moved = (new_on - old_on).days
    later = ngettext("%(days)d dag later", "%(days)d dagen later", moved) % {"days": moved}
    sooner = ngettext("%(days)d dag eerder", "%(days)d dagen eerder", -moved) % {"days": -moved}
    return later if moved > 0 else sooner if moved else _("dezelfde dag, andere bron")
