"""How the codes of a trajectory read on the screen, and how its states look."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gib.care.intake.domain import Area
from gib.care.trajectory.domain import CloseReason, Drill, PauseReason, Phase, State
from gib.care.trajectory.domain.network import Ring, Tie
from gib.care.trajectory.domain.outreach import Found, Outcome, Rung
from gib.core.ui.states import register

Words = Mapping[str, str | Promise]

register(
    {
        "trajectory.proposed": ("busy", "wait", _("Voorgesteld")),
        "trajectory.agreed": ("good", "check", _("Afgesproken")),
        "trajectory.active_inside": ("good", "check", _("Loopt binnen")),
        "trajectory.active_outside": ("good", "home", _("Loopt thuis")),
        "trajectory.tapering": ("busy", "relay", _("Bouwt af")),
        "trajectory.paused": ("rest", "wait", _("Staat stil")),
        "trajectory.closed": ("rest", "check", _("Gesloten")),
        "trajectory.unfunded": ("stop", "euro", _("Niet gedekt")),
        "trajectory.stalled": ("warn", "clock", _("Ligt stil")),
        "trajectory.near": ("warn", "clock", _("Bijna vrij")),
        "trajectory.review_due": ("busy", "speech", _("Bespreken")),
        "trajectory.review_overdue": ("warn", "clock", _("Bespreking laat")),
        "trajectory.sought": ("warn", "clock", _("Niet bereikt")),
        "attempt.no_answer": ("rest", "wait", _("Geen antwoord")),
        "attempt.reached": ("good", "check", _("Bereikt")),
        "attempt.not_possible": ("rest", "undo", _("Kon niet")),
        "attempt.now": ("busy", "flag", _("Nu doen")),
        "attempt.ahead": ("rest", "wait", _("Later")),
        "trajectory.step_open": ("rest", "wait", _("Open")),
        "trajectory.step_late": ("warn", "clock", _("Te laat")),
        "trajectory.step_rushed": ("warn", "flag", _("Nu doen")),
        "trajectory.step_after": ("warn", "flag", _("Na vrijlating")),
        "trajectory.step_done": ("good", "check", _("Gedaan")),
        "trajectory.step_overtaken": ("rest", "undo", _("Ingehaald")),
    }
)

PHASES: Final[Words] = {
    Phase.INSIDE: _("Binnen"),
    Phase.TOWARDS_RELEASE: _("Naar buiten"),
    Phase.HOME: _("Thuis"),
}

#: The words of the steps that this house adds itself.
DRILLS: Final[Words] = {
    Drill.CALL: _("Bel haar vandaag. Hoe gaat het, en waar slaapt zij vannacht?"),
    Drill.FUNDING: _("Vraag de gemeente met spoed om dekking."),
    Drill.VOLUNTEER: _("Vertel de vrijwilliger dat zij vrij is."),
    Drill.ADDRESS: _("Schrijf haar adres en telefoonnummer op."),
    Drill.GOODBYE: _("Er was geen afscheid van de bezoekmoeder. Regel binnen drie dagen een contact."),
    Drill.REMATCH: _("Vertel haar dat deze vrijwilliger niet komt, en zoek een nieuwe."),
    Drill.COVER_ENDS: _("De betaling stopt. Draag haar warm over, of vraag verlenging."),
    Drill.CHILD_GROWN: _("Een kind is 18 geworden. Bespreek wat het zelf wil."),
    Drill.MEETING_TALK: _("Zij vroeg op een bijeenkomst om een gesprek. Spreek met haar."),
    Drill.COURSE_HOME: _("De cursus hield op door haar vrijlating. Spreek af hoe zij hem thuis afmaakt."),
    Drill.MONEY: _("Heeft zij geld voor de eerste weken? Regel anders vandaag een voorschot."),
    Drill.PAPERS: _("Heeft zij een geldig identiteitsbewijs? Vraag het anders nu met haar aan."),
    Drill.CHILDREN: _("Waar zijn haar kinderen, en wanneer ziet zij hen?"),
    Drill.HOME: _("Kan zij blijven waar zij nu woont, en staat zij daar ingeschreven?"),
    Drill.INCOME: _("Loopt haar inkomen: loon, uitkering en toeslagen?"),
    Drill.IDENTITY: _("Heeft zij haar papieren: identiteitsbewijs, bankpas en zorgverzekering?"),
    Drill.SCHOOL: _("Hoe gaat het met de kinderen thuis en op school? Wie helpt als het te veel is?"),
}

CLOSE_REASONS: Final[Words] = {
    CloseReason.GOALS_MET: _("Haar doelen zijn bereikt"),
    CloseReason.HANDED_OVER: _("Zij is overgedragen aan andere hulp"),
    CloseReason.OWN_WISH: _("Zij wil stoppen"),
    CloseReason.OUT_OF_REACH: _("Zij is niet meer te bereiken"),
    CloseReason.MOVED_AWAY: _("Zij is verhuisd"),
    CloseReason.NOT_FUNDED: _("Niemand betaalt: losgelaten"),
    CloseReason.ABROAD: _("Zij is in het buitenland"),
    CloseReason.PRISON_WITHOUT_GIB: _("Zij zit in een inrichting zonder ons"),
    CloseReason.SAFETY: _("Het is niet veilig"),
    CloseReason.DIED: _("Zij is overleden"),
}

PAUSE_REASONS: Final[Words] = {
    PauseReason.RE_DETENTION: _("Zij zit weer vast"),
    PauseReason.ILLNESS: _("Zij is ziek"),
    PauseReason.UNREACHABLE: _("Zij is niet te bereiken"),
    PauseReason.OTHER: _("Iets anders"),
}

#: What each rung asks of whom, the mildest first.
RUNGS: Final[Words] = {
    Rung.MESSAGE: _("Een bericht van haar vrijwilliger"),
    Rung.CALL: _("U belt haar zelf, op een ander uur"),
    Rung.LETTER: _("Een kaart of brief, zonder onze naam op de envelop"),
    Rung.VISIT: _("Samen met de vrijwilliger bij haar langs"),
    Rung.NAMED: _("Vraag wie zij zelf als contact noemde, of wie haar aanmeldde, als zij dat goedvindt"),
}

OUTCOMES: Final[Words] = {
    Outcome.NO_ANSWER: _("Geen antwoord"),
    Outcome.REACHED: _("Wij spraken haar"),
    Outcome.NOT_POSSIBLE: _("Het kon niet"),
}

#: Why a search ended.
FOUND: Final[Words] = {
    Found.REACHED: _("Wij spraken haar."),
    Found.CONTACT: _("Er was weer een bezoek."),
    Found.DETAINED: _("Zij zit weer vast."),
    Found.CLOSED: _("Het traject is gesloten."),
}

#: What a page asks before it moves a trajectory: the state it goes to, a title and what follows.
MOVES: Final[Mapping[str, tuple[State, str | Promise, str | Promise]]] = {
    "akkoord": (State.AGREED, _("Zij zegt ja"), _("Zij is het eens met haar doelen en met het plan.")),
    "binnen": (State.ACTIVE_INSIDE, _("Start binnen"), _("De hulp in de inrichting begint.")),
    "thuis": (State.ACTIVE_OUTSIDE, _("Start thuis"), _("Zij is vrij en de hulp thuis is gedekt.")),
    "afbouwen": (State.TAPERING, _("Bouw af"), _("De hulp wordt stap voor stap minder.")),
    "hervatten": (State.AGREED, _("Ga weer verder"), _("De hulp gaat verder waar zij nu is.")),
    "heropenen": (State.AGREED, _("Open opnieuw"), _("Hetzelfde traject begint weer, met dezelfde doelen.")),
}


@dataclass(frozen=True)
class Question:
    """What she is asked about an area of life: its short name, the question, and what 0 and 5 mean."""

    name: str | Promise
    asks: str | Promise
    worst: str | Promise
    best: str | Promise

    @property
    def ends(self) -> str:
        """Both ends of the scale in one line."""
        return gettext("0 is: %(worst)s. 5 is: %(best)s.") % {"worst": self.worst, "best": self.best}


#: The list by its edition, in the order in which it is asked. A new wording is a new edition.
QUESTIONS: Final[Mapping[int, Mapping[Area, Question]]] = {
    1: {
        Area.UPBRINGING: Question(
            _("Opvoeden"), _("Hoe gaat het opvoeden?"), _("het lukt mij niet"), _("het gaat goed")
        ),
        Area.RELATIONS: Question(
            _("Familie en vrienden"),
            _("Hoe gaat het met familie en vrienden?"),
            _("ik sta er alleen voor"),
            _("ik heb mensen om mij heen"),
        ),
        Area.HEALTH: Question(
            _("Gezondheid"), _("Hoe voelt u zich?"), _("ik voel mij heel slecht"), _("ik voel mij goed")
        ),
        Area.MONEY: Question(
            _("Geld en regelen"),
            _("Hoe gaat het met geld, post en papieren?"),
            _("ik zie er niet meer doorheen"),
            _("ik heb het op orde"),
        ),
        Area.DAY_ACTIVITIES: Question(
            _("Mijn dagen"), _("Hoe zijn uw dagen?"), _("leeg, of veel te vol"), _("zoals ik het wil")
        ),
        Area.HOUSING: Question(
            _("Wonen"), _("Hoe is het met een plek om te wonen?"), _("ik heb geen plek"), _("ik woon goed")
        ),
        Area.LANGUAGE: Question(
            _("Taal"),
            _("Hoe gaat het met lezen en praten in het Nederlands?"),
            _("ik begrijp bijna niets"),
            _("ik red mij goed"),
        ),
    }
}


#: How near somebody stands, as she says it; from the middle outwards.
RINGS: Final[Words] = {
    Ring.HEART: _("In mijn hart"),
    Ring.NEAR: _("Dichtbij"),
    Ring.FURTHER: _("Verder weg"),
    Ring.PROFESSIONAL: _("Helpt mij als werk"),
}

TIES: Final[Words] = {
    Tie.CHILD: _("kind"),
    Tie.PARTNER: _("partner"),
    Tie.PARENT: _("vader of moeder"),
    Tie.FAMILY: _("familie"),
    Tie.FRIEND: _("vriend of vriendin"),
    Tie.NEIGHBOUR: _("buur"),
    Tie.VOLUNTEER: _("vrijwilliger"),
    Tie.HELPER: _("hulpverlener"),
    Tie.OTHER: _("iemand anders"),
}


def called(person: Any) -> str:
    """Call somebody on the map as she does: by the name that she chose, or else by the role."""
    return str(person.name or TIES[Tie(person.role)])


def what(step: Any) -> str:
    """Give the words of a step: her own, or those of the house."""
    return str(DRILLS[step.drill]) if step.drill else str(step.what)
