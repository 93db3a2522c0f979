"""The two tables of access, and the words in which they are written."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class Role(StrEnum):
    """What somebody is appointed as.

    EMERGENCY is nobody's appointment: it is what a session turns into while somebody looks into one dossier
    that is not hers. SYSTEM is the house itself, for jobs and commands with a purpose.
    """

    PROJECT_LEADER = "project_leader"
    COORDINATOR = "coordinator"
    DEPUTY = "deputy"
    VOLUNTEER = "volunteer"
    REFERRER = "referrer"
    MUNICIPALITY = "municipality"
    SAFETY_HOUSE = "safety_house"
    TECHNICAL_ADMIN = "technical_admin"
    PRIVACY_OFFICER = "privacy_officer"
    EMERGENCY = "emergency"
    SYSTEM = "system"


#: Roles in which people are appointed.
APPOINTED: Final = tuple(role for role in Role if role not in (Role.EMERGENCY, Role.SYSTEM))
#: Roles that change no protected row, in Python nor in the database.
READS_ONLY: Final = frozenset({Role.EMERGENCY})


class P(StrEnum):
    """Permissions: may this role do this at all?"""

    ENTER = "enter"
    SEE_TODAY = "see_today"
    SEE_AGENDA = "see_agenda"
    SEE_DOSSIER = "see_dossier"
    SEARCH = "search"
    REFER = "refer"
    SEE_OWN_REFERRALS = "see_own_referrals"
    HANDLE_REFERRAL = "handle_referral"
    HOLD_INTAKE = "hold_intake"
    EDIT_FAMILY = "edit_family"
    MOVE_DETENTION = "move_detention"
    RECORD_CONSENT = "record_consent"
    PLAN_TRAJECTORY = "plan_trajectory"
    RUN_PRODUCT = "run_product"
    MATCH = "match"
    SEE_OWN_MATCHES = "see_own_matches"
    ANSWER_MATCH = "answer_match"
    LOG_CONTACT = "log_contact"
    HANDLE_SIGNAL = "handle_signal"
    HAND_OVER = "hand_over"
    MANAGE_AGREEMENT = "manage_agreement"
    REQUEST_FUNDING = "request_funding"
    ANSWER_FUNDING = "answer_funding"
    LET_GO = "let_go"
    TRANSFER = "transfer"
    CONFER = "confer"
    SEE_SHARED = "see_shared"
    MANAGE_VOLUNTEER = "manage_volunteer"
    SEE_SELF = "see_self"
    EDIT_SELF = "edit_self"
    CLAIM = "claim"
    APPROVE_CLAIM = "approve_claim"
    PAY_CLAIM = "pay_claim"
    READ_REFERENCE = "read_reference"
    EDIT_REFERENCE = "edit_reference"
    IMPORT = "import"
    EXPORT = "export"
    SEE_FIGURES = "see_figures"
    SEE_TEAM_FIGURES = "see_team_figures"
    INVITE = "invite"
    INVITE_VOLUNTEER = "invite_volunteer"
    ORGANISE = "organise"
    ASK_ERASURE = "ask_erasure"
    ANSWER_ERASURE = "answer_erasure"
    MANAGE_ACCOUNT = "manage_account"
    SEE_READINGS = "see_readings"
    OPEN_EMERGENCY = "open_emergency"
    SEE_IN_EMERGENCY = "see_in_emergency"
    REVIEW_EMERGENCY = "review_emergency"


class Kind(StrEnum):
    """Kinds of rows: the first column of both tables."""

    FAMILY = "family"
    DETENTION = "detention"
    CUSTODY = "custody"
    APART = "apart"
    CONSENT = "consent"
    REFERRAL = "referral"
    INTAKE = "intake"
    TRAJECTORY = "trajectory"
    PARTICIPATION = "participation"
    MATCH = "match"
    CONTACT = "contact"
    FUNDING = "funding"
    CONFERENCE = "conference"
    SIGNAL = "signal"
    SAFETY = "safety"
    HANDOVER = "handover"
    VOLUNTEER = "volunteer"
    CLAIM = "claim"
    PAYEE = "payee"
    UPLOAD = "upload"
    HAPPENING = "happening"
    ERASURE = "erasure"
    EMERGENCY = "emergency"


class Scope(StrEnum):
    """Which rows: all, those of the own team, the own ones, or those of a dossier one is involved in."""

    ALL = "all"
    OWN_TEAM = "own_team"
    SELF = "self"
    DOSSIER = "dossier"
    SUBMITTED = "submitted"
    MATCHED = "matched"
    STANDING_IN = "standing_in"
    ADDRESSED = "addressed"
    INVITED = "invited"
    RECEIVING = "receiving"
    EMERGENCY = "emergency"


#: Scopes that follow from an episode of involvement in a dossier.
INVOLVED: Final = frozenset(
    {
        Scope.SUBMITTED,
        Scope.MATCHED,
        Scope.STANDING_IN,
        Scope.ADDRESSED,
        Scope.INVITED,
        Scope.RECEIVING,
    }
)

_CARE: Final = frozenset(
    {
        P.ENTER,
        P.SEE_TODAY,
        P.SEE_AGENDA,
        P.SEE_DOSSIER,
        P.SEARCH,
        P.REFER,
        P.HANDLE_REFERRAL,
        P.HOLD_INTAKE,
        P.EDIT_FAMILY,
        P.MOVE_DETENTION,
        P.RECORD_CONSENT,
        P.PLAN_TRAJECTORY,
        P.RUN_PRODUCT,
        P.MATCH,
        P.LOG_CONTACT,
        P.HANDLE_SIGNAL,
        P.HAND_OVER,
        P.REQUEST_FUNDING,
        P.LET_GO,
        P.TRANSFER,
        P.ASK_ERASURE,
        P.ANSWER_ERASURE,
        P.CONFER,
        P.MANAGE_VOLUNTEER,
        P.INVITE_VOLUNTEER,
        P.APPROVE_CLAIM,
        P.READ_REFERENCE,
        P.IMPORT,
        P.EXPORT,
        P.OPEN_EMERGENCY,
        P.SEE_TEAM_FIGURES,
    }
)

MAY: Final[Mapping[Role, frozenset[P]]] = {
    Role.PROJECT_LEADER: frozenset(
        {
            P.ENTER,
            P.SEE_FIGURES,
            P.READ_REFERENCE,
            P.EDIT_REFERENCE,
            P.MANAGE_AGREEMENT,
            P.INVITE,
            P.ORGANISE,
            P.PAY_CLAIM,
            P.ANSWER_ERASURE,
            P.EXPORT,
            P.IMPORT,
            P.OPEN_EMERGENCY,
        }
    ),
    Role.COORDINATOR: _CARE | {P.EDIT_REFERENCE, P.INVITE, P.MANAGE_AGREEMENT},
    Role.DEPUTY: _CARE,
    Role.VOLUNTEER: frozenset(
        {
            *(P.ENTER, P.SEE_AGENDA, P.SEE_OWN_MATCHES, P.ANSWER_MATCH),
            *(P.LOG_CONTACT, P.SEE_SELF, P.EDIT_SELF, P.CLAIM),
        }
    ),
    Role.REFERRER: frozenset({P.ENTER, P.REFER, P.SEE_OWN_REFERRALS}),
    Role.MUNICIPALITY: frozenset({P.ENTER, P.ANSWER_FUNDING}),
    Role.SAFETY_HOUSE: frozenset({P.ENTER, P.REFER, P.SEE_OWN_REFERRALS, P.SEE_SHARED}),
    Role.TECHNICAL_ADMIN: frozenset({P.ENTER, P.MANAGE_ACCOUNT}),
    Role.PRIVACY_OFFICER: frozenset({P.ENTER, P.SEE_READINGS, P.REVIEW_EMERGENCY}),
    Role.EMERGENCY: frozenset({P.ENTER, P.SEE_IN_EMERGENCY}),
    Role.SYSTEM: frozenset(),
}

_TEAM: Final = frozenset({Scope.OWN_TEAM})
_HANDED: Final = frozenset({Scope.OWN_TEAM, Scope.RECEIVING})

_COORDINATION: Final[Mapping[Kind, frozenset[Scope]]] = {
    Kind.FAMILY: _HANDED,
    Kind.DETENTION: _HANDED,
    Kind.CUSTODY: _HANDED,
    Kind.APART: _HANDED,
    Kind.CONSENT: _HANDED,
    Kind.REFERRAL: _HANDED,
    Kind.INTAKE: _HANDED,
    Kind.TRAJECTORY: _HANDED,
    Kind.PARTICIPATION: _HANDED,
    Kind.MATCH: _HANDED,
    Kind.CONTACT: _HANDED,
    Kind.FUNDING: _HANDED,
    Kind.CONFERENCE: _HANDED,
    Kind.SIGNAL: _HANDED,
    Kind.SAFETY: _TEAM,
    Kind.HANDOVER: _HANDED,
    Kind.VOLUNTEER: _TEAM,
    Kind.CLAIM: _TEAM,
    Kind.UPLOAD: frozenset({Scope.SELF}),
    Kind.HAPPENING: frozenset({Scope.DOSSIER}),
    Kind.ERASURE: _TEAM,
    Kind.EMERGENCY: frozenset({Scope.OWN_TEAM, Scope.SELF}),
}

_MATCHED: Final = frozenset({Scope.MATCHED})
#: Who takes over some visits knows who she is and where; not what she wants, nor what she takes part in.
_VISITING: Final = _MATCHED | {Scope.STANDING_IN}
_SUBMITTED: Final = frozenset({Scope.SUBMITTED})
_OWN_LOOK: Final = frozenset({Scope.SELF})
#: What is open in an emergency: the one dossier, without cases of the reporting code.
_IN_EMERGENCY: Final = frozenset(kind for kind, scopes in _COORDINATION.items() if scopes == _HANDED)

SEES: Final[Mapping[Role, Mapping[Kind, frozenset[Scope]]]] = {
    Role.COORDINATOR: _COORDINATION,
    Role.DEPUTY: _COORDINATION,
    Role.PROJECT_LEADER: {
        Kind.CLAIM: frozenset({Scope.ALL}),
        Kind.PAYEE: frozenset({Scope.ALL}),
        Kind.UPLOAD: frozenset({Scope.SELF}),
        Kind.ERASURE: frozenset({Scope.ALL}),
        Kind.EMERGENCY: _OWN_LOOK,
    },
    Role.VOLUNTEER: {
        Kind.FAMILY: _VISITING,
        Kind.DETENTION: _VISITING,
        Kind.TRAJECTORY: _MATCHED,
        Kind.PARTICIPATION: _MATCHED,
        Kind.MATCH: frozenset({Scope.SELF}),
        Kind.CONTACT: frozenset({Scope.SELF}),
        Kind.SIGNAL: frozenset({Scope.SELF}),
        Kind.VOLUNTEER: frozenset({Scope.SELF}),
        Kind.CLAIM: frozenset({Scope.SELF}),
        Kind.PAYEE: frozenset({Scope.SELF}),
    },
    Role.REFERRER: {Kind.REFERRAL: _SUBMITTED},
    Role.SAFETY_HOUSE: {
        Kind.REFERRAL: _SUBMITTED,
        Kind.CONFERENCE: frozenset({Scope.INVITED}),
    },
    Role.MUNICIPALITY: {Kind.FUNDING: frozenset({Scope.ADDRESSED})},
    Role.TECHNICAL_ADMIN: {},
    Role.PRIVACY_OFFICER: {Kind.EMERGENCY: frozenset({Scope.ALL})},
    Role.EMERGENCY: {
        **dict.fromkeys(_IN_EMERGENCY, frozenset({Scope.EMERGENCY})),
        Kind.HAPPENING: frozenset({Scope.DOSSIER}),
        Kind.EMERGENCY: _OWN_LOOK,
    },
    Role.SYSTEM: {kind: frozenset({Scope.ALL}) for kind in Kind},
}

_ALL: Final = frozenset({"*"})
#: Roles that are shown every field of a row that exists for them.
_WHOLE: Final = frozenset({Role.COORDINATOR, Role.DEPUTY, Role.EMERGENCY, Role.SYSTEM})

#: Which groups of fields of a row are shown to whom; "*" is every group of that kind.
SHOWS: Final[Mapping[Kind, Mapping[Role, frozenset[str]]]] = {
    kind: {role: _ALL for role, seen in SEES.items() if role in _WHOLE and kind in seen} | extra
    for kind, extra in {
        Kind.FAMILY: {
            Role.VOLUNTEER: frozenset({"first_name", "phone", "children_needed", "language"}),
        },
        Kind.DETENTION: {
            Role.VOLUNTEER: frozenset({"place", "dates"}),
        },
        Kind.CUSTODY: {},
        Kind.APART: {},
        Kind.CONSENT: {},
        Kind.REFERRAL: {
            Role.REFERRER: frozenset({"identity", "status"}),
            Role.SAFETY_HOUSE: frozenset({"identity", "status"}),
        },
        Kind.INTAKE: {},
        Kind.TRAJECTORY: {
            Role.VOLUNTEER: frozenset({"goals"}),
        },
        Kind.PARTICIPATION: {Role.VOLUNTEER: frozenset({"dates"})},
        Kind.MATCH: {Role.VOLUNTEER: frozenset({"own"})},
        Kind.CONTACT: {Role.VOLUNTEER: _ALL},
        Kind.FUNDING: {Role.MUNICIPALITY: frozenset({"request", "answer"})},
        Kind.CONFERENCE: {Role.SAFETY_HOUSE: frozenset({"extract", "agenda"})},
        Kind.SIGNAL: {Role.VOLUNTEER: frozenset({"own", "status"})},
        Kind.SAFETY: {},
        Kind.HANDOVER: {},
        Kind.VOLUNTEER: {Role.VOLUNTEER: frozenset({"identity", "contact", "status", "preferences"})},
        Kind.CLAIM: {Role.VOLUNTEER: _ALL, Role.PROJECT_LEADER: frozenset({"money"})},
        Kind.PAYEE: {Role.VOLUNTEER: _ALL, Role.PROJECT_LEADER: _ALL},
        Kind.UPLOAD: {Role.PROJECT_LEADER: _ALL},
        Kind.ERASURE: {Role.PROJECT_LEADER: frozenset({"request"})},
        Kind.HAPPENING: {},
        Kind.EMERGENCY: {
            Role.PRIVACY_OFFICER: _ALL,
            Role.PROJECT_LEADER: frozenset({"facts"}),
            Role.EMERGENCY: frozenset({"facts"}),
        },
    }.items()
}
