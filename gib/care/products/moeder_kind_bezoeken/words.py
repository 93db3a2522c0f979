"""How the gate and the way of a child read on the screen."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gib.care.products.moeder_kind_bezoeken.domain import CancelReason, Criterion, Gate, State
from gib.care.products.moeder_kind_bezoeken.domain.rides import RideEnd
from gib.care.products.words import Words
from gib.core.ui.states import register
from gib.engines.mornings.problem import Seat
from gib.people.families.words import REASONS

register(
    {
        "child.applied": ("rest", "letter", _("Gevraagd")),
        "child.gate_open": ("good", "gate", _("Mag mee")),
        "child.gate_blocked": ("stop", "stop", _("Mag niet")),
        "child.invited": ("busy", "letter", _("Uitgenodigd")),
        "child.confirmed": ("good", "check", _("Komt")),
        "child.picked_up": ("busy", "car", _("Onderweg")),
        "child.inside": ("good", "family", _("Binnen")),
        "child.refused_at_gate": ("warn", "gate", _("Poort dicht")),
        "child.returned": ("good", "home", _("Weer thuis")),
        "child.cancelled": ("rest", "cross", _("Komt niet")),
        "child.overtaken": ("rest", "undo", _("Ingehaald")),
        "child.alarm": ("stop", "flag", _("Niet thuis")),
        "child.unserved": ("warn", "car", _("Geen vervoer")),
        "child.unsigned": ("warn", "letter", _("Niet getekend")),
        "child.not_reminded": ("warn", "letter", _("Herinner thuis")),
        "ride.planned": ("good", "car", _("Rijdt")),
        "ride.cancelled": ("rest", "cross", _("Afgezegd")),
        "ride.papers": ("stop", "stop", _("Rijdt niet")),
    }
)

CRITERIA: Final[Words] = {
    Criterion.MINOR: _("onder de 18"),
    Criterion.CUSTODY: _("wie beslist, zegt ja"),
    Criterion.CONTACT: _("contact mag en is nagekeken"),
    Criterion.AGE_RULE: _("iemand gaat mee, zoals de inrichting vraagt"),
    Criterion.IDENTITY: _("identiteitsbewijs gezien"),
    Criterion.WISH: _("het kind wil zelf"),
    Criterion.DIRECTOR: _("de directeur vindt het goed"),
}


def lacks(gate: Gate, criterion: Criterion) -> str:
    """Say which condition of a gate is not met, and of contact what holds on the day of the visit."""
    what = str(CRITERIA[criterion])
    if criterion is not Criterion.CONTACT or gate.contact_why not in REASONS:
        return what
    return gettext("%(what)s (die dag: %(why)s)") % {"what": what, "why": REASONS[gate.contact_why]}


CANCELS: Final[Words] = {
    CancelReason.CHILD: _("Het kind wil niet"),
    CancelReason.CAREGIVER: _("De verzorger kan niet of wil niet"),
    CancelReason.MOTHER: _("De moeder kan niet of wil niet"),
    CancelReason.PRISON: _("De inrichting zegt af"),
    CancelReason.TRANSPORT: _("Er is geen vervoer"),
    CancelReason.OTHER: _("Iets anders"),
}

#: The next step of a child: state -> (slug, verb).
NEXT: Final[Mapping[State, tuple[tuple[str, str | Promise], ...]]] = {
    State.GATE_OPEN: (("uitnodigen", _("Nodig uit")),),
    State.INVITED: (("komt", _("Komt")),),
    State.CONFIRMED: (("opgehaald", _("Opgehaald")), ("binnen", _("Is binnen"))),
    State.PICKED_UP: (("binnen", _("Is binnen")), ("geweigerd", _("Niet binnengelaten"))),
    State.INSIDE: (("thuis", _("Weer thuis")),),
    State.REFUSED_AT_GATE: (("thuis", _("Weer thuis")),),
}

SEATS: Final[Words] = {
    Seat.PLAIN: _("Gewone plek"),
    Seat.BOOSTER: _("Zitverhoger"),
    Seat.BABY: _("Babystoel"),
}

RIDE_ENDS: Final[Words] = {
    RideEnd.DRIVER: _("De chauffeur kan niet"),
    RideEnd.CAR: _("Er is iets met de auto"),
    RideEnd.NOT_NEEDED: _("De rit is niet meer nodig"),
    RideEnd.OTHER: _("Iets anders"),
}
