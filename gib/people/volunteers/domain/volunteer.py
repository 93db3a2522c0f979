"""Volunteers: their states, what must be in order before they may work, and until when it holds."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import ClassVar, Final
from uuid import UUID

from gib.core.kernel.dates import add_months
from gib.core.kernel.events import Event
from gib.core.kernel.flow import Flow, steps
from gib.core.kernel.rules import RuleBroken, declare
from gib.people.partners.domain import INSIDE, Product

declare(
    {
        "volunteer_papers_missing": "Zij kan nog niet aan de slag: {missing} ontbreekt of is verlopen.",
        "completion_in_future": "Deze dag ligt in de toekomst. Leg alleen vast wat u al hebt gezien.",
        "completion_expired": "Dit was al verlopen op de dag dat u het zag.",
        "permit_overlaps": "Voor deze inrichting loopt al een toegang in deze periode.",
        "permit_needs_vog": "Zonder geldige VOG vraagt de inrichting geen toegang aan.",
        "volunteer_age": "Een vrijwilliger is ten minste 18 jaar.",
    }
)


class State(StrEnum):
    """What a person decided about a volunteer; whether she may work today is derived, never stored."""

    INTERESTED = "interested"
    INTERVIEW = "interview"
    SCREENING = "screening"
    TRAINING = "training"
    AVAILABLE = "available"
    ON_LEAVE = "on_leave"
    SUSPENDED = "suspended"
    LEAVING = "leaving"
    LEFT = "left"
    REJECTED = "rejected"


_STOPS: Final = (State.SUSPENDED, State.LEAVING, State.REJECTED)

FLOW: Final = Flow(
    State.INTERESTED,
    steps(
        {
            State.INTERESTED: (State.INTERVIEW, State.REJECTED, State.LEAVING),
            State.INTERVIEW: (State.SCREENING, State.REJECTED, State.LEAVING),
            State.SCREENING: (State.TRAINING, *_STOPS),
            State.TRAINING: (State.AVAILABLE, *_STOPS),
            State.AVAILABLE: (State.ON_LEAVE, State.SUSPENDED, State.LEAVING),
            State.ON_LEAVE: (State.AVAILABLE, State.SUSPENDED, State.LEAVING),
            State.SUSPENDED: (State.AVAILABLE, State.LEAVING),
            State.LEAVING: (State.LEFT,),
        }
    ),
)


class Requirement(StrEnum):
    """What must be in order: each with a day it was seen and a day until which it holds."""

    VOG_84 = "vog_84"
    VOG_85 = "vog_85"
    AGREEMENT = "agreement"
    CODE_OF_CONDUCT = "code_of_conduct"
    BASIC_TRAINING = "basic_training"
    REPORTING_CODE = "reporting_code"
    TRAINING_MOEDER_DE_GANS = "training_moeder_de_gans"
    TRAINING_BEZOEKMOEDERS = "training_bezoekmoeders"
    TRAINING_MOEDER_KIND_BEZOEKEN = "training_moeder_kind_bezoeken"
    TRAINING_IK_JIJ_WIJ = "training_ik_jij_wij"
    TRAINING_MOEDERMAATJES = "training_moedermaatjes"
    COACHING = "coaching"


WORDS: Final[Mapping[Requirement, str]] = {
    Requirement.VOG_84: "VOG (zorg voor minderjarigen)",
    Requirement.VOG_85: "VOG (zorg voor mensen die hulp nodig hebben)",
    Requirement.AGREEMENT: "overeenkomst",
    Requirement.CODE_OF_CONDUCT: "gedragscode",
    Requirement.BASIC_TRAINING: "basistraining",
    Requirement.REPORTING_CODE: "module meldcode",
    Requirement.TRAINING_MOEDER_DE_GANS: "training Moeder de Gans",
    Requirement.TRAINING_BEZOEKMOEDERS: "training Bezoekmoeders",
    Requirement.TRAINING_MOEDER_KIND_BEZOEKEN: "training Moeder-Kind Bezoeken",
    Requirement.TRAINING_IK_JIJ_WIJ: "training Ik-Jij-Wij",
    Requirement.TRAINING_MOEDERMAATJES: "training Moedermaatjes",
    Requirement.COACHING: "coachgesprek",
}

#: Needed by every volunteer before any contact. Source: domain 3, VOG-01, VOL-01, VOL-02.
BASE: Final = (
    Requirement.VOG_84,
    Requirement.VOG_85,
    Requirement.AGREEMENT,
    Requirement.CODE_OF_CONDUCT,
    Requirement.BASIC_TRAINING,
    Requirement.REPORTING_CODE,
)

TRAINING_FOR: Final[Mapping[Product, Requirement]] = {
    product: Requirement(f"training_{product}") for product in Product
}

#: Requirements that lapse, with the months they hold when nobody wrote another end; the rest holds on.
VALID_MONTHS: Final[Mapping[Requirement, int]] = {Requirement.VOG_84: 36, Requirement.VOG_85: 36}


@dataclass(frozen=True)
class Completed:
    """One requirement that was seen to be in order, from `from_on` up to and including `to_on`."""

    requirement: Requirement
    from_on: date
    to_on: date | None = None

    def holds_on(self, on: date) -> bool:
        """Tell whether it is in order on a day."""
        return self.from_on <= on and (self.to_on is None or on <= self.to_on)


@dataclass(frozen=True)
class Permit:
    """Access to one prison, from `from_on` up to and including `to_on`."""

    prison: str
    from_on: date
    to_on: date | None = None

    def holds_on(self, on: date) -> bool:
        """Tell whether the gate opens on a day."""
        return self.from_on <= on and (self.to_on is None or on <= self.to_on)


def required_for(product: Product) -> tuple[Requirement, ...]:
    """List what a volunteer needs for one product."""
    return (*BASE, TRAINING_FOR[product])


def missing(
    completions: Iterable[Completed], wanted: Iterable[Requirement], on: date
) -> tuple[Requirement, ...]:
    """List which of the wanted requirements are not in order on a day."""
    held = {row.requirement for row in completions if row.holds_on(on)}
    return tuple(requirement for requirement in wanted if requirement not in held)


def reasons_not_to_work(
    state: State,
    completions: Iterable[Completed],
    permits: Iterable[Permit],
    product: Product,
    prison: str,
    on: date,
) -> tuple[str, ...]:
    """List why a volunteer may not work for a product on a day; empty when she may.

    Returns codes: 'state', the names of missing requirements, and 'permit' for a product inside a
    prison whose gate is not open to her. Source: invariant 3, VOG-01, VOG-05.
    """
    reasons = [] if state is State.AVAILABLE else ["state"]
    reasons += [str(requirement) for requirement in missing(completions, required_for(product), on)]
    if product in INSIDE and not any(permit.prison == prison and permit.holds_on(on) for permit in permits):
        reasons.append("permit")
    return tuple(reasons)


def check_ready(completions: Iterable[Completed], on: date) -> None:
    """Refuse to call a volunteer available before the base is in order.

    Raises:
        RuleBroken: 'volunteer_papers_missing' with what is missing.
    """
    if lacks := missing(completions, BASE, on):
        raise RuleBroken("volunteer_papers_missing", missing=", ".join(WORDS[lack] for lack in lacks))


def valid_until(requirement: Requirement, seen_on: date, given: date | None) -> date | None:
    """Say until when a requirement holds: as written, else by its usual term, else without end.

    Raises:
        RuleBroken: 'completion_expired' when the given end lies before the day it was seen.
    """
    if given is not None:
        if given < seen_on:
            raise RuleBroken("completion_expired")
        return given
    months = VALID_MONTHS.get(requirement)
    return add_months(seen_on, months) - timedelta(days=1) if months else None


def check_seen(seen_on: date, on: date) -> None:
    """Refuse what somebody cannot have seen yet.

    Raises:
        RuleBroken: 'completion_in_future'.
    """
    if seen_on > on:
        raise RuleBroken("completion_in_future")


def check_permit(permits: Iterable[Permit], wanted: Permit) -> None:
    """Refuse a second permit for one prison in the same days.

    Raises:
        RuleBroken: 'permit_overlaps'.
    """
    for permit in permits:
        apart = (permit.to_on is not None and permit.to_on < wanted.from_on) or (
            wanted.to_on is not None and wanted.to_on < permit.from_on
        )
        if permit.prison == wanted.prison and not apart:
            raise RuleBroken("permit_overlaps")


def lapsing(completions: Iterable[Completed], on: date, days: int) -> tuple[tuple[Requirement, date], ...]:
    """List what lapses within a number of days and is not already renewed, soonest first. Source: VOG-02."""
    held = [row for row in completions if row.holds_on(on)]
    last: dict[Requirement, date] = {}
    for row in held:
        end = row.to_on or date.max
        last[row.requirement] = max(last.get(row.requirement, date.min), end)
    soon = [(requirement, end) for requirement, end in last.items() if end <= on + timedelta(days=days)]
    return tuple(sorted(soon, key=lambda pair: pair[1]))


class LeaveReason(StrEnum):
    """Why a volunteer stops."""

    OWN_WISH = "own_wish"
    MOVED = "moved"
    TIME = "time"
    ENDED_BY_US = "ended_by_us"
    DIED = "died"


@dataclass(frozen=True, kw_only=True)
class VolunteerEvent(Event):
    """A fact about one volunteer."""

    volunteer_id: UUID


@dataclass(frozen=True, kw_only=True)
class VolunteerRegistered(VolunteerEvent):
    """A volunteer was written in."""

    sentence: ClassVar[str] = "Er is een vrijwilliger ingeschreven."
    since_on: date
    team_id: int


@dataclass(frozen=True, kw_only=True)
class VolunteerTakenBack(VolunteerEvent):
    """A volunteer who came in with a sheet was taken back."""

    sentence: ClassVar[str] = "De inschrijving van een vrijwilliger is teruggedraaid."


@dataclass(frozen=True, kw_only=True)
class VolunteerMoved(VolunteerEvent):
    """A volunteer went to another state."""

    state: State
    sentence: ClassVar[str] = "De stand van een vrijwilliger is veranderd."


@dataclass(frozen=True, kw_only=True)
class VolunteerChanged(VolunteerEvent):
    """What is known of a volunteer was corrected."""

    sentence: ClassVar[str] = "De gegevens van een vrijwilliger zijn verbeterd."


@dataclass(frozen=True, kw_only=True)
class RequirementSeen(VolunteerEvent):
    """A requirement was seen to be in order."""

    requirement: Requirement
    to_on: date | None
    sentence: ClassVar[str] = "Van een vrijwilliger is een papier of training gezien."


@dataclass(frozen=True, kw_only=True)
class PermitGranted(VolunteerEvent):
    """A prison lets a volunteer in."""

    prison: str
    sentence: ClassVar[str] = "Een vrijwilliger kreeg toegang tot een inrichting."


@dataclass(frozen=True, kw_only=True)
class PermitEnded(VolunteerEvent):
    """A prison lets a volunteer in no longer."""

    prison: str
    sentence: ClassVar[str] = "De toegang van een vrijwilliger tot een inrichting is geëindigd."


#: What happens in the one act by which a sheet writes a volunteer in.
WRITING_IN: Final = (VolunteerRegistered, RequirementSeen, PermitGranted, VolunteerMoved)
