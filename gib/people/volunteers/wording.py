"""How states and reasons of volunteers are said on screen."""

from collections.abc import Iterable
from typing import Final

from django.utils.translation import gettext_lazy as _

from gib.core.ui import states
from gib.people.volunteers.domain import LeaveReason, Party, Requirement, State

states.register(
    {
        "volunteer.interested": ("rest", "speech", _("Belangstelling")),
        "volunteer.interview": ("busy", "speech", _("Gesprek")),
        "volunteer.screening": ("busy", "paper", _("Screening")),
        "volunteer.training": ("busy", "book", _("In training")),
        "volunteer.available": ("good", "check", _("Inzetbaar")),
        "volunteer.not_ready": ("stop", "stop", _("Niet inzetbaar")),
        "volunteer.on_leave": ("rest", "wait", _("Met verlof")),
        "volunteer.suspended": ("stop", "stop", _("Geschorst")),
        "volunteer.leaving": ("rest", "exit", _("Gaat weg")),
        "volunteer.left": ("rest", "exit", _("Gestopt")),
        "volunteer.rejected": ("rest", "cross", _("Niet verder")),
        "status.prospective": ("busy", "speech", _("Kandidaat")),
        "status.approved": ("busy", "check", _("Goedgekeurd")),
        "status.onboarded": ("good", "check", _("Alles geldig")),
        "status.expired": ("stop", "stop", _("Verlopen")),
        "status.paused": ("rest", "wait", _("Rust")),
        "status.ended": ("rest", "exit", _("Gestopt")),
        "status.refused": ("rest", "cross", _("Niet verder")),
        "need.in_order": ("good", "check", _("In orde")),
        "need.exempt": ("rest", "wait", _("Vrijgesteld")),
        "need.due": ("warn", "wait", _("Te doen")),
        "need.past_due": ("stop", "stop", _("Te laat")),
    }
)

#: What a volunteer needs, in the language of the reader; the domain says the same in Dutch.
REQUIREMENTS: Final = {
    Requirement.VOG_84: _("VOG (zorg voor minderjarigen)"),
    Requirement.VOG_85: _("VOG (zorg voor mensen die hulp nodig hebben)"),
    Requirement.AGREEMENT: _("overeenkomst"),
    Requirement.CODE_OF_CONDUCT: _("gedragscode"),
    Requirement.BASIC_TRAINING: _("basistraining"),
    Requirement.REPORTING_CODE: _("module meldcode"),
    Requirement.TRAINING_MOEDER_DE_GANS: _("training Moeder de Gans"),
    Requirement.TRAINING_BEZOEKMOEDERS: _("training Bezoekmoeders"),
    Requirement.TRAINING_MOEDER_KIND_BEZOEKEN: _("training Moeder-Kind Bezoeken"),
    Requirement.TRAINING_IK_JIJ_WIJ: _("training Ik-Jij-Wij"),
    Requirement.TRAINING_MOEDERMAATJES: _("training Moedermaatjes"),
    Requirement.COACHING: _("coachgesprek"),
    Requirement.PEER_SUPERVISION: _("intervisie"),
    Requirement.IDENTITY: _("identiteitsbewijs"),
}

#: Who must act.
PARTIES: Final = {
    Party.VOLUNTEER: _("vrijwilliger"),
    Party.COORDINATOR: _("coördinator"),
    Party.TRAINER: _("trainer"),
}
#: What a volunteer is called on her own page.
YOU: Final = _("jij zelf")

#: The verb of each step a coordinator can take.
VERBS: Final = {
    State.INTERVIEW: _("Plan gesprek"),
    State.SCREENING: _("Start screening"),
    State.TRAINING: _("Start training"),
    State.AVAILABLE: _("Maak inzetbaar"),
    State.ON_LEAVE: _("Zet op verlof"),
    State.SUSPENDED: _("Schors"),
    State.REJECTED: _("Gaat niet verder"),
    State.LEFT: _("Is weg"),
}

LEAVE_WORDS: Final = {
    LeaveReason.OWN_WISH: _("Zij wil stoppen"),
    LeaveReason.MOVED: _("Verhuisd"),
    LeaveReason.TIME: _("Geen tijd meer"),
    LeaveReason.ENDED_BY_US: _("Wij stoppen met haar"),
    LeaveReason.DIED: _("Overleden"),
}


def reasons(codes: Iterable[str]) -> list[str]:
    """Say why a volunteer cannot be planned, a sentence per code."""
    fixed = {
        "state": str(_("Zij is nu niet inzetbaar.")),
        "permit": str(_("Zij heeft geen toegang tot deze inrichting.")),
    }
    lacks = str(_("Ontbreekt of verlopen: {what}."))
    return [fixed.get(code) or lacks.format(what=REQUIREMENTS[Requirement(code)]) for code in codes]
