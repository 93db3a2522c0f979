"""The agreement by version, the certificate of conduct under the free scheme, and goodbye."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar, Final

from gib.core.kernel.rules import RuleBroken, declare
from gib.people.volunteers.domain.volunteer import State, VolunteerEvent

declare(
    {
        "agreement_version": "Deze versie van de overeenkomst gold nog niet op die dag.",
        "vog_facts": "Vul eerst haar geboortedatum en e-mailadres in. Zonder die twee kan niemand aanvragen.",
        "vog_running": "Voor haar loopt al een aanvraag.",
        "vog_excluded": "Zij valt niet onder de gratis regeling.",
        "vog_order": "Eerst aangevraagd, dan afgegeven, dan gezien. Kijk de dagen na.",
        "vog_over": "Deze aanvraag is al afgerond.",
        "goodbye_state": "Neem afscheid als is vastgelegd dat zij stopt.",
    }
)


class Topic(StrEnum):
    """What an agreement is about: nine topics that every one has, and five of our own.

    Source: law page 8.2.
    """

    TASKS = "tasks"
    PERIOD = "period"
    TIME = "time"
    GUIDANCE = "guidance"
    SAY = "say"
    EXPENSES = "expenses"
    INSURANCE = "insurance"
    CONFLICTS = "conflicts"
    CONFIDENTIALITY = "confidentiality"
    CONDUCT = "conduct"
    REPORTING_CODE = "reporting_code"
    CONTACT = "contact"
    HOUSE_RULES = "house_rules"
    PRIVACY = "privacy"


@dataclass(frozen=True)
class Version:
    """A text of the agreement, from a day on; a change of text is a new version."""

    number: str
    from_on: date


#: Every version, the oldest first.
VERSIONS: Final = (Version("2007-1", date(2007, 1, 1)),)


def version_on(on: date) -> Version | None:
    """Give the version that holds on a day; none before the first."""
    return max((one for one in VERSIONS if one.from_on <= on), key=lambda one: one.from_on, default=None)


def check_signed(number: str, signed_on: date) -> None:
    """Refuse a version that did not exist on the day of signing.

    Raises:
        RuleBroken: 'agreement_version'.
    """
    if not any(one.number == number and one.from_on <= signed_on for one in VERSIONS):
        raise RuleBroken("agreement_version")


class Vog(StrEnum):
    """How far a request under the free scheme is; derived from its days."""

    READY = "ready"
    REQUESTED = "requested"
    ISSUED = "issued"
    SEEN = "seen"
    EXCLUDED = "excluded"


@dataclass(frozen=True)
class VogDays:
    """The days of one request; `excluded_on` is when she turned out to fall outside the scheme."""

    requested_on: date | None = None
    issued_on: date | None = None
    seen_on: date | None = None
    excluded_on: date | None = None

    @property
    def stand(self) -> Vog:
        """Say how far it is."""
        if self.excluded_on:
            return Vog.EXCLUDED
        if self.seen_on:
            return Vog.SEEN
        if self.issued_on:
            return Vog.ISSUED
        return Vog.REQUESTED if self.requested_on else Vog.READY

    @property
    def is_open(self) -> bool:
        """Tell whether something must still happen."""
        return self.stand in (Vog.REQUESTED, Vog.ISSUED)


def check_request(known: list[VogDays], born_on: date | None, email: str) -> None:
    """Refuse a request beside one that runs, for who is excluded, or without what the scheme asks.

    Raises:
        RuleBroken: 'vog_excluded', 'vog_running', 'vog_facts'.
    """
    check_excluded(known)
    if any(one.is_open for one in known):
        raise RuleBroken("vog_running")
    if not (born_on and email):
        raise RuleBroken("vog_facts")


def check_excluded(known: list[VogDays]) -> None:
    """Refuse what makes no sense for somebody outside the scheme.

    Raises:
        RuleBroken: 'vog_excluded'.
    """
    if any(one.stand is Vog.EXCLUDED for one in known):
        raise RuleBroken("vog_excluded")


def check_next(days: VogDays, on: date) -> None:
    """Refuse a step of a request that is over, or that lies before the step before it.

    Raises:
        RuleBroken: 'vog_over', 'vog_order'.
    """
    if not days.is_open:
        raise RuleBroken("vog_over")
    before = days.issued_on or days.requested_on
    if before and on < before:
        raise RuleBroken("vog_order")


def check_goodbye(state: State) -> None:
    """Refuse a goodbye to somebody who is not leaving.

    Raises:
        RuleBroken: 'goodbye_state'.
    """
    if state is not State.LEAVING:
        raise RuleBroken("goodbye_state")


@dataclass(frozen=True, kw_only=True)
class AgreementSigned(VolunteerEvent):
    """An agreement was signed, by its version."""

    sentence: ClassVar[str] = "Een vrijwilliger tekende de overeenkomst."
    number: str
    signed_on: date


@dataclass(frozen=True, kw_only=True)
class VogMoved(VolunteerEvent):
    """A request for a certificate came a step further."""

    sentence: ClassVar[str] = "De aanvraag van een VOG kwam verder."
    stand: Vog


@dataclass(frozen=True, kw_only=True)
class GoodbyeSaid(VolunteerEvent):
    """We said goodbye to a volunteer; what ran for her ended."""

    sentence: ClassVar[str] = "Wij namen afscheid van een vrijwilliger."
    permits: int
