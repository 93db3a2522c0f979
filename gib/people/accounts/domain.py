"""Who may let whom in, how long access holds, and how long one waits after a wrong guess."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from secrets import choice
from typing import ClassVar, Final
from uuid import UUID

from gib.core.access.actor import Actor
from gib.core.access.tables import APPOINTED, Role
from gib.core.kernel.events import Event
from gib.core.kernel.rules import RuleBroken, declare
from gib.people.partners.domain import PartnerKind

ATTEST_DAYS: Final = 90
INVITATION_HOURS: Final = 72
SESSION_HOURS: Final = 8
MOST_SESSIONS: Final = 3
ALARM_FAILURES: Final = 10
IDLE_MINUTES: Final = 15
#: A prison worker often shares a computer.
SHARED_IDLE_MINUTES: Final = 10
CODE_COUNT: Final = 10
#: 20 characters of base32 are 100 bits: enough behind Argon2.
CODE_LENGTH: Final = 20
#: 24 characters are 120 bits: enough behind one SHA-256, which lets a letter be found by its code.
LETTER_LENGTH: Final = 24
SPOKEN_LENGTH: Final = 6
LONGEST_NAME: Final = 80

_BASE32: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_NAME: Final = "23456789bcdfghjkmnpqrstvwxz"
_MISREAD: Final = str.maketrans({"0": "O", "1": "I", "8": "B", " ": "", "-": ""})

#: Who lets in whom. Nobody lets in the project leader or the house: the operator does, from a shell.
LETS_IN: Final[Mapping[Role, frozenset[Role]]] = {
    Role.PROJECT_LEADER: frozenset(
        {
            Role.COORDINATOR,
            Role.DEPUTY,
            Role.MUNICIPALITY,
            Role.SAFETY_HOUSE,
            Role.PRIVACY_OFFICER,
            Role.TECHNICAL_ADMIN,
        }
    ),
    Role.COORDINATOR: frozenset({Role.VOLUNTEER, Role.REFERRER, Role.DEPUTY}),
    Role.DEPUTY: frozenset({Role.VOLUNTEER}),
    Role.SYSTEM: frozenset(APPOINTED),
}
#: Who lets in for the own teams only.
OF_A_TEAM: Final = frozenset({Role.COORDINATOR, Role.DEPUTY})
#: What an appointment in a role is tied to; a file has a page of its own from which somebody is let in.
TIED_TO: Final[Mapping[Role, frozenset[str]]] = {
    Role.COORDINATOR: frozenset({"team"}),
    Role.DEPUTY: frozenset({"team", "end"}),
    Role.VOLUNTEER: frozenset({"team", "file"}),
    Role.REFERRER: frozenset({"team", "partner"}),
    Role.MUNICIPALITY: frozenset({"partner"}),
    Role.SAFETY_HOUSE: frozenset({"partner"}),
}

#: Which kind of organisation goes with a role.
PARTNER_KINDS: Final[Mapping[Role, PartnerKind]] = {
    Role.REFERRER: PartnerKind.PRISON,
    Role.MUNICIPALITY: PartnerKind.MUNICIPALITY,
    Role.SAFETY_HOUSE: PartnerKind.SAFETY_HOUSE,
}

declare(
    {
        "may_not_let_in": "U kunt deze rol geen toegang geven. Vraag het de projectleider.",
        "appointment_incomplete": "Bij deze rol hoort ook een team, organisatie of einddatum. Vul het aan.",
        "partner_does_not_fit": "Deze organisatie hoort niet bij deze rol of bij dit team.",
        "invitation_closed": "Deze code is gebruikt, verlopen of ingetrokken. Vraag een nieuwe brief.",
        "appointment_over": "Deze toegang is al geëindigd.",
        "invitee_name": "Schrijf de voor- en achternaam op, in hoogstens 80 tekens.",
        "invitee_email": "Dit is geen e-mailadres.",
        "leader_there": "Er is al een projectleider. Zet --another erbij als er nog een bij komt.",
        "user_unknown": "Deze gebruikersnaam kennen wij niet.",
    }
)


class Purpose(StrEnum):
    """What an invitation is for: a first appointment, or a new start for somebody who lost her keys."""

    APPOINT = "appoint"
    RESET = "reset"


class Standing(StrEnum):
    """How an appointment stands on a day; it follows from its dates."""

    CURRENT = "current"
    FUTURE = "future"
    ENDED = "ended"
    UNATTESTED = "unattested"


@dataclass(frozen=True)
class Seat:
    """A role with what it is tied to: a team, a partner, a volunteer, and perhaps a last day."""

    role: Role
    team_id: int | None = None
    partner_id: int | None = None
    volunteer_id: UUID | None = None
    to_on: date | None = None


@dataclass(frozen=True)
class Invitee:
    """Somebody to be let in, with the name and the address that stay sealed."""

    name: str
    email: str
    seat: Seat


@dataclass(frozen=True)
class Letter:
    """What an inviter gets once: the code for the letter and the code to read out."""

    invitation_id: UUID
    username: str
    code: str
    spoken: str


@dataclass(frozen=True)
class Patience:
    """How guesses are slowed: free guesses, then a wait in seconds that doubles up to the longest."""

    free: int
    first: int
    longest: int
    forget_hours: int


#: Five guesses in the first five minutes; an address shared by a whole prison gets more room.
PATIENCE: Final[Mapping[str, Patience]] = {
    "account": Patience(free=1, first=30, longest=900, forget_hours=24),
    "second": Patience(free=1, first=30, longest=900, forget_hours=24),
    "invitation": Patience(free=1, first=30, longest=900, forget_hours=72),
    "enquiry": Patience(free=5, first=60, longest=3600, forget_hours=1),
    "feed": Patience(free=20, first=2, longest=60, forget_hours=1),
    "address": Patience(free=20, first=2, longest=60, forget_hours=1),
}


def check_operator_lets_in(name: str, is_there: bool) -> None:
    """Refuse a letter from the shell that names nobody, or for a second project leader by mistake.

    Raises:
        RuleBroken: 'invitee_name', 'leader_there'.
    """
    if not 1 < len(name.strip()) <= LONGEST_NAME or not name.isprintable():
        raise RuleBroken("invitee_name")
    if is_there:
        raise RuleBroken("leader_there")


def wait_seconds(kind: str, failures: int) -> int:
    """Say how long the next guess must wait after so many wrong ones.

    Args:
        kind: a key of `PATIENCE`.
        failures: wrong guesses in a row, this one included.

    Returns: seconds; 0 while guesses are free. It never grows beyond the longest, so nobody is locked out.
    """
    rule = PATIENCE[kind]
    beyond = failures - rule.free
    return 0 if beyond <= 0 else min(rule.longest, rule.first * 2 ** min(beyond - 1, 16))


def standing(from_on: date, to_on: date | None, attested_on: date, on: date) -> Standing:
    """Say how an appointment stands on a day.

    It holds from its first day up to and including its last, as long as a coordinator has
    confirmed it in the last 90 days (SEC-08).
    """
    if on < from_on:
        return Standing.FUTURE
    if to_on is not None and to_on < on:
        return Standing.ENDED
    return Standing.UNATTESTED if on > attest_by(attested_on) else Standing.CURRENT


def attest_by(attested_on: date) -> date:
    """Give the last day on which an appointment holds without being confirmed again."""
    return attested_on + timedelta(days=ATTEST_DAYS)


def idle_minutes(role: Role | None) -> int:
    """Give how many minutes a session may stay silent."""
    return SHARED_IDLE_MINUTES if role is Role.REFERRER else IDLE_MINUTES


def check_may_let_in(actor: Actor, role: Role, team_id: int | None) -> None:
    """Refuse to let in a role, or a team, that is not this actor's to let in.

    A coordinator and her deputy do so for their own teams only.

    Raises:
        RuleBroken: 'may_not_let_in'.
    """
    is_own = actor.role not in OF_A_TEAM or team_id in actor.team_ids
    if role not in LETS_IN.get(actor.role, frozenset()) or not is_own:
        raise RuleBroken("may_not_let_in")


def check_seat(seat: Seat) -> None:
    """Refuse an appointment without what its role is tied to.

    Raises:
        RuleBroken: 'appointment_incomplete'.
    """
    given = {
        "team": seat.team_id,
        "partner": seat.partner_id,
        "end": seat.to_on,
        "file": seat.volunteer_id,
    }
    if any(given[need] is None for need in TIED_TO.get(seat.role, frozenset())):
        raise RuleBroken("appointment_incomplete")


def check_partner(role: Role, kind: str | None, is_of_team: bool) -> None:
    """Refuse an organisation of another kind than the role asks, or another prison than the team's.

    Args:
        kind: of the organisation; empty when none is given.
        is_of_team: the organisation is the prison of the team.

    Raises:
        RuleBroken: 'partner_does_not_fit'.
    """
    wanted = PARTNER_KINDS.get(role)
    is_elsewhere = wanted is PartnerKind.PRISON and not is_of_team
    if kind is not None and (kind != wanted or is_elsewhere):
        raise RuleBroken("partner_does_not_fit")


def check_open(
    used_at: datetime | None, withdrawn_at: datetime | None, expires_at: datetime, at: datetime
) -> None:
    """Refuse an invitation that was used, withdrawn, or made more than 72 hours ago.

    Raises:
        RuleBroken: 'invitation_closed'.
    """
    if used_at or withdrawn_at or at >= expires_at:
        raise RuleBroken("invitation_closed")


def new_code(length: int) -> str:
    """Make a random code of base32 characters."""
    return "".join(choice(_BASE32) for _ in range(length))


def new_username() -> str:
    """Make a user name that tells nothing about anybody, such as `gib-4k7p2`."""
    return "gib-" + "".join(choice(_NAME) for _ in range(5))


def grouped(code: str) -> str:
    """Write a code in groups of four, so that it can be copied from paper."""
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))


def ungrouped(typed: str) -> str:
    """Read a code as people type it: with spaces or dashes, small letters, a nought for an O."""
    return typed.strip().upper().translate(_MISREAD)


def near_end(standings: Iterable[Standing]) -> Standing:
    """Choose which standing to tell somebody who has no current appointment."""
    found = set(standings)
    return next((each for each in (Standing.UNATTESTED, Standing.FUTURE) if each in found), Standing.ENDED)


@dataclass(frozen=True, kw_only=True)
class _OfUser(Event):
    user_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class Invited(_OfUser):
    """Somebody was invited, or given a new start."""

    sentence: ClassVar[str] = "Iemand kreeg een uitnodiging."
    role: Role | None = None
    team_id: int | None = None
    partner_id: int | None = None
    volunteer_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class InvitationAccepted(_OfUser):
    """An invitation was used."""

    sentence: ClassVar[str] = "Iemand gebruikte de uitnodiging."


@dataclass(frozen=True, kw_only=True)
class InvitationWithdrawn(_OfUser):
    """An invitation was withdrawn before it was used."""

    sentence: ClassVar[str] = "Een uitnodiging werd ingetrokken."


@dataclass(frozen=True, kw_only=True)
class Appointed(_OfUser):
    """Somebody got a role from a day on."""

    sentence: ClassVar[str] = "Iemand kreeg toegang."
    role: Role
    team_id: int | None = None
    partner_id: int | None = None
    volunteer_id: UUID | None = None
    from_on: date
    to_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class AppointmentEnded(_OfUser):
    """An appointment ended, with its last day."""

    sentence: ClassVar[str] = "De toegang van iemand eindigde."
    role: Role
    to_on: date


@dataclass(frozen=True, kw_only=True)
class Attested(_OfUser):
    """A coordinator confirmed that somebody still needs access."""

    sentence: ClassVar[str] = "De toegang van iemand werd bevestigd."
    role: Role


@dataclass(frozen=True, kw_only=True)
class AccessReset(_OfUser):
    """All keys of a user were taken away, for a new start with a new letter."""

    sentence: ClassVar[str] = "De sleutels van iemand werden ingetrokken."


@dataclass(frozen=True, kw_only=True)
class SessionsEnded(_OfUser):
    """All sessions of a user were ended by somebody else."""

    sentence: ClassVar[str] = "Iemand werd overal afgemeld."


@dataclass(frozen=True, kw_only=True)
class SignInFailedOften(_OfUser):
    """Ten wrong guesses in a row; without a user when nobody has that name."""

    sentence: ClassVar[str] = "Iemand probeerde vaak aan te melden met een verkeerd wachtwoord."
    failures: int
