"""How reference data are said on the screen: the Dutch words of kinds, marks, units and terms."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gib.core.ui import states
from gib.people.partners.domain import CareKind, Closing, Confirmable, Mark, RateKind, Regime, VisitKind

Word = str | Promise

CARE_KINDS: Final[Mapping[str, Word]] = {
    CareKind.DEBT_COUNSELLING: _("Schuldhulp"),
    CareKind.YOUTH_CARE: _("Jeugdzorg"),
    CareKind.MENTAL_HEALTH: _("Geestelijke gezondheidszorg"),
    CareKind.HOUSING: _("Wonen"),
    CareKind.INCOME: _("Werk en inkomen"),
    CareKind.ADDICTION_CARE: _("Verslavingszorg"),
    CareKind.FAMILY_SUPPORT: _("Hulp bij opvoeden"),
    CareKind.OTHER: _("Andere hulp"),
}

VISIT_KINDS: Final[Mapping[str, Word]] = {
    VisitKind.REGULAR: _("Gewoon bezoek"),
    VisitKind.PARENT_CHILD: _("Ouder-kindbezoek"),
    VisitKind.UNSUPERVISED: _("Bezoek zonder toezicht"),
}

#: Why a prison lets nobody in.
CLOSINGS: Final[Mapping[str, Word]] = {
    Closing.LOCKDOWN: _("Alles dicht"),
    Closing.STAFF_SHORTAGE: _("Te weinig personeel"),
    Closing.CELL_SEARCH: _("Celdoorzoeking"),
    Closing.OTHER: _("Iets anders"),
}

REGIMES: Final[Mapping[str, Word]] = {
    Regime.REMAND: _("Huis van bewaring"),
    Regime.SENTENCE: _("Gevangenis"),
    Regime.LOW_SECURITY: _("Halfopen"),
    Regime.OPEN: _("Open"),
    Regime.REPEAT_OFFENDER: _("Inrichting voor veelplegers (ISD)"),
    Regime.PSYCHIATRIC: _("Psychiatrische zorg (PPC)"),
    Regime.PENITENTIARY_PROGRAMME: _("Penitentiair programma"),
    Regime.ELECTRONIC: _("Elektronisch toezicht"),
}

MARKS: Final[Mapping[str, Word]] = {
    Mark.READ: _("Gelezen in de bron"),
    Mark.SECONDARY: _("Van iemand anders gehoord of gelezen"),
    Mark.KNOWLEDGE: _("Algemene kennis, nog na te kijken"),
    Mark.INFERRED: _("Afgeleid uit andere gegevens"),
    Mark.ASSUMED: _("Aangenomen"),
}

WEEKDAYS: Final = (
    *(_("Maandag"), _("Dinsdag"), _("Woensdag"), _("Donderdag"), _("Vrijdag")),
    *(_("Zaterdag"), _("Zondag")),
)

CONFIRMED: Final[Mapping[Confirmable, Word]] = {
    Confirmable.REGION: _("de regio van deze gemeente"),
    Confirmable.PRISON: _("deze inrichting"),
    Confirmable.RULE: _("deze bezoekregel"),
    Confirmable.CHANGE: _("deze wijziging van het register"),
    Confirmable.TERM: _("deze termijn"),
    Confirmable.ALLOWANCE: _("dit bedrag voor vrijwilligers"),
    Confirmable.RATE: _("dit bedrag per kilometer"),
}

RATE_KINDS: Final[Mapping[str, Word]] = {
    RateKind.FISCAL: _("Onbelast, voor werknemers"),
    RateKind.OWN: _("Van onszelf"),
}

UNITS: Final[Mapping[str, Word]] = {
    "workdays": _("werkdagen"),
    "days": _("dagen"),
    "weeks": _("weken"),
    "months": _("maanden"),
    "years": _("jaar"),
    "hours": _("uur"),
    "minutes": _("minuten"),
    "contacts": _("contacten"),
    "sessions": _("bijeenkomsten"),
}

#: What each term is about, for people.
TERMS: Final[Mapping[str, Word]] = {
    "first_talk_days": _("Eerste gesprek na een aanmelding"),
    "urgent_days": _("Aanmelding is dringend: zo kort voor de vrijlating"),
    "soon_days": _("Aanmelding moet snel: zo kort voor de vrijlating"),
    "accept_referral": _("Antwoord aan wie aanmeldt"),
    "funding_silence": _("Gemeente antwoordt op een aanvraag"),
    "triage": _("Antwoord op een signaal"),
    "handover_check": _("Nakijken of de hulp begon"),
    "consent_renewal": _("Toestemming opnieuw vragen"),
    "consent_grace": _("Van waarschuwing tot stilzetten van een toestemming"),
    "consent_child_heard": _("Kind en gezag beslissen samen"),
    "consent_child_alone": _("Een kind beslist zelf"),
    "child_age": _("Een kind wordt volwassen"),
    "release_near_weeks": _("Voorbereiden van de vrijlating"),
    "reopen_months": _("Traject heropenen in plaats van opnieuw beginnen"),
    "review_due_weeks": _("Evaluatie van een traject kan"),
    "review_overdue_weeks": _("Evaluatie van een traject is te laat"),
    "stalled_days": _("Een traject ligt stil"),
    "cover_warning_days": _("Waarschuwen voordat de betaling stopt"),
    "outreach_days": _("Zo lang proberen een moeder te bereiken"),
    "volunteer_rejected": _("Gegevens van wie geen vrijwilliger werd"),
    "volunteer_left": _("Gegevens van een vrijwilliger die wegging"),
    "coaching_rhythm": _("Tijd tussen twee gesprekken met een vrijwilliger"),
    "claim_months": _("Onkosten declareren na een bezoek"),
    "vog_validity": _("Geldigheid van een VOG"),
    "sight_after_end": _("Meelezen na het einde van een match"),
    "log_days": _("Verslag van een bezoek"),
    "match_wait_days": _("Wachten op een vrijwilliger"),
    "moedermaatje_warning_days": _("Waarschuwen vóór het einde van de hulp thuis"),
    "home_visit_days": _("Tijd tussen twee bezoeken thuis, tot het loslaten"),
    "check_call_months": _("Nabellen na het afscheid van de hulp thuis"),
    "check_call_again_days": _("Opnieuw nabellen als zij niet opnam"),
    "check_call_lapse_days": _("Zo lang blijft nabellen staan"),
    "silent_days": _("Geen contact in een match"),
    "unreachable_days": _("Een moeder is niet te bereiken"),
    "visit_rhythm_days": _("Tijd tussen twee bezoeken"),
    "visit_minutes": _("Duur van een bezoek als niemand iets anders zegt"),
    "series_ahead_days": _("Zo ver vooruit staan bezoeken van een reeks in de agenda"),
    "clearance_notice_days": _("Bezoek doorgeven als een inrichting geen eigen regel heeft"),
    "clearance_lead_days": _("Herinneren voordat een bezoek doorgegeven moet zijn"),
    "moeder_de_gans_weeks": _("Van wens tot Moeder de Gans"),
    "midterm_weeks": _("Van kennismaking tot gesprek halverwege, bij Bezoekmoeders"),
    "moedermaatje_hours_a_week": _("Uren van een moedermaatje per week"),
    "moedermaatje_months": _("Duur van hulp door een moedermaatje"),
    "trial_contacts": _("Contacten op proef"),
    "course_sessions": _("Bijeenkomsten van Ik-Jij-Wij"),
    "course_pass": _("Bijeenkomsten voor een getuigschrift"),
    "return_alarm_minutes": _("Een kind is niet terug op de afgesproken tijd"),
    "ride_minutes": _("Langste reis van een kind naar een bezoek"),
    "checklist_days": _("Thuis vragen wat een kind naar een bezoek meeneemt"),
    "transfer_accept": _("Antwoord van de nieuwe coördinator"),
    "handover_silence": _("Geen antwoord op een overdracht aan hulp"),
    "landing": _("Contact na de vrijlating"),
    "attestation": _("Toegang opnieuw bevestigen"),
    "dossier_retention": _("Bewaren van een dossier na het einde"),
    "referral_destroy": _("Aanmelding zonder vervolg wissen"),
}

states.register(
    {
        "partners.confirmed": ("good", "check", _("Bevestigd")),
        "partners.read": ("good", "book", _("Uit bron")),
        "partners.unconfirmed": ("warn", "warn", _("Niet bevestigd")),
        "partners.current": ("good", "check", _("Bestaat")),
        "partners.later": ("busy", "calendar", _("Komt nog")),
        "partners.over": ("rest", "info", _("Voorbij")),
    }
)
