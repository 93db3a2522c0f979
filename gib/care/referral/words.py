"""How the codes of a referral read on the screen."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from gib.care.referral.domain import (
    Channel,
    Children,
    DeclineReason,
    EndReason,
    Overtaking,
    StatusWord,
    days_left,
)
from gib.core.ui import words
from gib.core.ui.states import register
from gib.people.families.domain.codes import Source

Word = str | Promise

#: Languages that mothers speak here, by their ISO code; a referrer picks one or leaves it empty.
LANGUAGES: Final[Mapping[str, Word]] = {
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

CHANNELS: Final[Mapping[str, Word]] = {
    Channel.MMD: gettext_lazy("de MMD"),
    Channel.TB: gettext_lazy("de TB"),
    Channel.SAFETY_HOUSE: gettext_lazy("een Veiligheidshuis"),
    Channel.SELF: gettext_lazy("de moeder zelf"),
    Channel.MOEDER_DE_GANS: gettext_lazy("Moeder de Gans"),
    Channel.OTHER: gettext_lazy("iemand anders"),
}
#: What a coordinator may choose when she writes a referral down herself.
OWN_CHANNELS: Final = (Channel.SELF, Channel.MOEDER_DE_GANS, Channel.OTHER)

SOURCES: Final[Mapping[str, Word]] = {
    Source.PRISON: gettext_lazy("de inrichting"),
    Source.MOTHER: gettext_lazy("zij zelf"),
    Source.LAWYER: gettext_lazy("haar advocaat"),
    Source.COURT: gettext_lazy("de rechtbank"),
    Source.OTHER: gettext_lazy("iemand anders"),
}

DECLINE_REASONS: Final[Mapping[str, Word]] = {
    DeclineReason.NO_CHILDREN: gettext_lazy("Zij heeft geen minderjarige kinderen"),
    DeclineReason.NOT_WILLING: gettext_lazy("Zij wil dit zelf niet"),
    DeclineReason.NO_CAPACITY: gettext_lazy("Wij hebben nu geen plaats"),
    DeclineReason.OUTSIDE_SCOPE: gettext_lazy("Dit past niet bij wat wij doen"),
    DeclineReason.ALREADY_KNOWN: gettext_lazy("Wij kennen haar al"),
}

END_REASONS: Final[Mapping[str, Word]] = {
    EndReason.INFORMATION_ONLY: gettext_lazy("Informatie was genoeg"),
    EndReason.MOTHER_REFUSES: gettext_lazy("Zij wil niet verder"),
    EndReason.RELEASED_FIRST: gettext_lazy("Zij was eerder vrij"),
}

REASONS: Final[Mapping[str, Word]] = {
    **DECLINE_REASONS,
    **END_REASONS,
    Overtaking.RELEASED: gettext_lazy("Zij was vrij vóór het gesprek"),
    Overtaking.TRANSFERRED: gettext_lazy("Zij is overgeplaatst vóór het gesprek"),
}

register(
    {
        f"referral_{StatusWord.DRAFT}": ("rest", "pen", gettext_lazy("Concept")),
        f"referral_{StatusWord.RECEIVED}": ("busy", "letter", gettext_lazy("Ontvangen")),
        f"referral_{StatusWord.ASKED}": ("warn", "speech", gettext_lazy("Aanvulling gevraagd")),
        f"referral_{StatusWord.PLANNED}": ("busy", "calendar", gettext_lazy("Gesprek gepland")),
        f"referral_{StatusWord.STARTED}": ("good", "check", gettext_lazy("Gestart")),
        f"referral_{StatusWord.NOT_STARTED}": ("rest", "info", gettext_lazy("Niet gestart")),
        "referral_submitted": ("busy", "wait", pgettext_lazy("referral", "Nieuw")),
        "referral_returned": ("warn", "speech", gettext_lazy("Vraag gesteld")),
        "referral_accepted": ("busy", "check", gettext_lazy("Aangenomen")),
        "referral_intake_planned": ("busy", "calendar", gettext_lazy("Intake gepland")),
        "referral_intake_done": ("good", "check", gettext_lazy("Intake klaar")),
        "referral_converted": ("good", "check", gettext_lazy("Traject")),
        "referral_declined": ("rest", "info", gettext_lazy("Niet aangenomen")),
        "referral_no_trajectory": ("rest", "info", gettext_lazy("Geen traject")),
        "referral_overtaken": ("rest", "undo", gettext_lazy("Ingehaald")),
    }
)


def status_key(word: StatusWord | str) -> str:
    """Name the state that a referrer sees."""
    return f"referral_{word}"


def children(code: str, count: int | None) -> str:
    """Write what is known of her children."""
    if count:
        return ngettext("%(count)d kind", "%(count)d kinderen", count) % {"count": count}
    return {Children.YES: _("kinderen, aantal onbekend")}.get(Children(code), "") if code else ""


def release(leaves_on: date | None, on: date) -> str:
    """Write when she is expected to leave, with the days that are left on a day."""
    left = days_left(leaves_on, on)
    if left is None:
        return _("Niemand weet nog wanneer zij vrijkomt.")
    if left < 0:
        return _("Zij zou al vrij zijn sinds %(day)s.") % {"day": words.day(leaves_on)}
    return _("Vrij %(near)s.") % {"near": words.near(left)}


def age(submitted_on: date | None, on: date) -> str:
    """Write how long a referral lies here on a day."""
    days = (on - submitted_on).days if submitted_on else 0
    return ngettext("%(days)d dag", "%(days)d dagen", days) % {"days": days}


def why(row: Any, leaves_on: date | None, on: date) -> str:
    """Say in one breath why a referral waits: by whom, where she is, her children and her days left."""
    told = [
        _("Aangemeld door %(channel)s, afdeling %(unit)s.")
        % {"channel": CHANNELS[row.channel], "unit": row.unit}
    ]
    if known := children(row.children, row.children_count):
        told.append(f"{known.capitalize()}.")
    return " ".join([*told, release(leaves_on, on)])


def answers(row: Any) -> list[tuple[str, str, str]]:
    """Give each answer as (name, label, text), in the order of the form and the paper."""
    born = row.born_on or row.birth_year
    expected = words.day(row.expected_on)
    if expected and row.expected_source:
        expected += f" ({SOURCES[row.expected_source]})"
    return [
        ("name", _("Naam"), f"{row.first_name} {row.last_name}"),
        ("birth", _("Geboortedatum"), f"{born:%d-%m-%Y}" if isinstance(born, date) else str(born or "")),
        ("unit", _("Afdeling"), row.unit),
        ("consent_seen_on", _("Zij zei ja op"), words.day(row.consent_seen_on)),
        ("children", _("Kinderen"), children(row.children, row.children_count) or _("weet ik niet")),
        ("expected_on", _("Vrij, verwacht"), expected),
        ("language", _("Taal"), str(LANGUAGES.get(row.language, row.language))),
        ("wish", _("Wat zij zelf wil"), row.wish),
        ("call_back", _("Terugbellen"), row.call_back),
        *([("referrer_name", _("Aangemeld door"), row.referrer_name)] if row.referrer_name else []),
    ]
