"""How looks at people read: what was looked at, by whom, and in an emergency why."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gib.core.access.tables import Role
from gib.core.journal.models import Reading
from gib.core.ui.tables import Cell, Table, make
from gib.core.ui.words import day
from gib.people.families.domain.emergency import EmergencyCategory, Finding, is_late
from gib.portal.timeline import ROLE_WORDS

Word = str | Promise

ACTIONS: Final = {
    "read": gettext_lazy("gelezen"),
    "write": gettext_lazy("gewijzigd"),
    "scan": gettext_lazy("gezocht"),
    "export": gettext_lazy("uitgevoerd"),
    "job": gettext_lazy("taak"),
}
CATEGORIES: Final[Mapping[str, Word]] = {
    EmergencyCategory.CHILD_SAFETY: gettext_lazy("Veiligheid van een kind"),
    EmergencyCategory.MOTHER_SAFETY: gettext_lazy("Veiligheid van de moeder"),
    EmergencyCategory.HEALTH: gettext_lazy("Gezondheid"),
    EmergencyCategory.ABSENCE: gettext_lazy("Haar coördinator is er niet"),
    EmergencyCategory.OTHER: gettext_lazy("Iets anders"),
}
VERDICTS: Final[Mapping[str, Word]] = {
    Finding.NEEDED: gettext_lazy("Het was nodig"),
    Finding.DOUBTFUL: gettext_lazy("Er is een gesprek nodig"),
    Finding.NOT_NEEDED: gettext_lazy("Het was niet nodig"),
}
#: Beginning of the name of a page or task -> what was looked at; the longest that fits counts.
PLACES: Final[Mapping[str, Word]] = {
    "portal:dossier": gettext_lazy("Dossier, tijdlijn"),
    "portal:dossier_tab plan": gettext_lazy("Dossier, tabblad Plan"),
    "portal:dossier_tab kinderen": gettext_lazy("Dossier, tabblad Kinderen"),
    "portal:dossier_tab mensen": gettext_lazy("Dossier, tabblad Mensen"),
    "portal:dossier_tab afspraken": gettext_lazy("Dossier, tabblad Afspraken"),
    "portal:dossier_tab signalen": gettext_lazy("Dossier, tabblad Signalen en hulp"),
    "portal:dossier_tab financiering": gettext_lazy("Dossier, tabblad Financiering"),
    "portal:dossier_tab papieren": gettext_lazy("Dossier, tabblad Papieren"),
    "portal:dossier_seen": gettext_lazy("Wie dit dossier zag"),
    "portal:readings": gettext_lazy("Wie keek waar"),
    "portal:emergency": gettext_lazy("Noodtoegang"),
    "portal:transfer": gettext_lazy("Overdragen aan een ander team"),
    "portal:plan_intake": gettext_lazy("Intake plannen"),
    "portal:today": gettext_lazy("Vandaag"),
    "portal:phone": gettext_lazy("Mijn dag"),
    "portal:search": gettext_lazy("Zoeken"),
    "portal:": gettext_lazy("Startpagina's en organisatie"),
    "families:mothers": gettext_lazy("Lijst van moeders"),
    "families:mother": gettext_lazy("Gegevens van de moeder"),
    "families:": gettext_lazy("Dossier, gezin en detentie"),
    "families:child": gettext_lazy("Gegevens van een kind"),
    "families:purposes": gettext_lazy("Toestemming"),
    "families:ask": gettext_lazy("Toestemming"),
    "families:paper": gettext_lazy("Toestemming"),
    "families:give": gettext_lazy("Toestemming"),
    "families:refuse": gettext_lazy("Toestemming"),
    "families:withdraw": gettext_lazy("Toestemming"),
    "volunteers:": gettext_lazy("Vrijwilligers"),
    "referral:": gettext_lazy("Aanmelding"),
    "intake:": gettext_lazy("Intake"),
    "trajectory:": gettext_lazy("Plan"),
    "products:match": gettext_lazy("Koppeling"),
    "products:visit": gettext_lazy("Bezoek"),
    "products:": gettext_lazy("Bezoeken en groepen"),
    "aftercare:": gettext_lazy("Nazorg en financiering"),
    "handover:": gettext_lazy("Signalen en hulp"),
    "reporting:": gettext_lazy("Cijfers"),
    "partners:": gettext_lazy("Naslag"),
    "accounts:": gettext_lazy("Toegang en accounts"),
    "account_": gettext_lazy("Aanmelden en wachtwoord"),
    "mfa_": gettext_lazy("Sleutels om aan te melden"),
    "imports:export": gettext_lazy("Lijsten meenemen"),
    "imports:": gettext_lazy("Lijsten inlezen"),
    "ui:": gettext_lazy("Hulp en instellingen"),
    "live": gettext_lazy("Controle van het systeem"),
    "ready": gettext_lazy("Controle van het systeem"),
}


def place(purpose: str) -> str:
    """Say what was looked at; what is no page is the purpose of a task, as it was given."""
    fits = [beginning for beginning in PLACES if purpose.startswith(beginning)]
    return str(PLACES[max(fits, key=len)]) if fits else purpose


def moment(at: datetime) -> str:
    """Say a moment in local time."""
    local = timezone.localtime(at)
    return f"{day(local)} {local:%H:%M}"


def log_of(looks: Iterable[Reading], names: Mapping[UUID, str]) -> Table:
    """Draw looks as a table, with neutral names and no content."""
    columns = [_("Wanneer"), _("Wie"), _("Rol"), _("Wat"), _("Pagina"), _("Aantal")]
    rows = [
        [
            day(look.at),
            names.get(look.user_id, _("het systeem")),
            str(ROLE_WORDS[Role(look.role)]),
            str(ACTIONS.get(look.action, look.action)),
            place(look.purpose),
            str(len(look.subjects.all()) or look.scanned),
        ]
        for look in looks
    ]
    return make(_("Inzage"), columns, rows)


def facts_of(look: Any, names: Mapping[UUID, str]) -> list[tuple[str, str]]:
    """Say who looked, why and from when to when."""
    return [
        (_("Wie"), names.get(look.user_id, "")),
        (_("Rol"), str(ROLE_WORDS[Role(look.role)])),
        (_("Dossier"), look.number),
        (_("Waarom"), str(CATEGORIES[look.category])),
        (_("Van"), moment(look.began_at)),
        (_("Tot"), moment(look.over_at)),
    ]


def table_of(
    label: str, looks: Iterable[Any], names: Mapping[UUID, str], at: datetime, with_links: bool
) -> Table:
    """Draw emergencies as a table: when, who, as what, why, which dossier and how it stands."""
    columns = [_("Wanneer"), _("Wie"), _("Rol"), _("Waarom"), _("Dossier"), _("Stand")]
    rows: list[list[Cell | str | int]] = [
        [
            Cell(
                moment(look.began_at),
                url=reverse("portal:emergency_review", args=[look.id]) if with_links else "",
            ),
            names.get(look.user_id, ""),
            str(ROLE_WORDS[Role(look.role)]),
            str(CATEGORIES[look.category]),
            look.number,
            standing(look, at),
        ]
        for look in looks
    ]
    return make(label, columns, rows)


def standing(look: Any, at: datetime) -> str:
    """Say how an emergency stands at a moment."""
    if look.reviewed_at:
        return str(VERDICTS[look.finding])
    if look.over_at > at:
        return _("loopt nog")
    return _("te laat") if is_late(look.began_at, at) else _("wacht op een oordeel")
