"""Walking every address: the routes of the house, and whose rows fill their places."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.urls import URLPattern, get_resolver, reverse

from gib.care.aftercare.models import ActionPoint, Agreement, CaseConference, ConferenceItem, FundingRequest
from gib.care.handover.models import Handover, NeedSignal, SafetyCase
from gib.care.intake.domain import Section
from gib.care.intake.models import Intake
from gib.care.products.domain.match import ONE_AT_A_TIME
from gib.care.products.domain.participation import MATCHED
from gib.care.products.ik_jij_wij import words as lessons
from gib.care.products.ik_jij_wij.models import CourseGroup, CourseTrainer, Enrolment
from gib.care.products.models import (
    Attendance,
    Contact,
    Exclusion,
    GroupMeeting,
    Match,
    MeetingSpeaker,
    Participation,
    StandIn,
    VisitSeries,
)
from gib.care.products.moeder_de_gans import words as gatherings
from gib.care.products.moeder_kind_bezoeken import views as mornings
from gib.care.products.moeder_kind_bezoeken.models import MeetingChild, Ride
from gib.care.products.views import contacts, matches, parts
from gib.care.referral.models import Referral
from gib.care.trajectory import views as plans
from gib.care.trajectory.models import Goal, NetworkPerson, PlanStep, Review, Trajectory
from gib.core.access.actor import Actor
from gib.core.access.guard import RULE
from gib.core.sheets.models import Upload
from gib.core.ui.slots import TABS
from gib.insight.reporting.domain import Figure
from gib.people.families.domain.codes import Purpose
from gib.people.families.models import (
    Caregiver,
    Child,
    Consent,
    ContactRestriction,
    Dossier,
    Emergency,
    Separation,
)
from gib.people.partners.domain import Product
from gib.people.partners.models import (
    CareProvider,
    LegalParameter,
    Partner,
    PrisonClosure,
    PrisonUnit,
    RegisterProposal,
    Team,
    VisitingRule,
)
from gib.people.volunteers.models import (
    Absence,
    Claim,
    CoachingTalk,
    Exemption,
    Payout,
    Trainee,
    TrainingGroup,
    TrainingSession,
    VogRequest,
    Volunteer,
)
from gib.people.volunteers.views import claims
from gib.people.volunteers.wording import VERBS
from gib.portal.demo.people import TODAY
from gib.portal.models import ErasureRequest, LegalHold
from tests.world.base import as_house, rows_of

#: Places of an address that a row fills, and its table; the last one in an address is the row itself.
SUBJECTS: Final[dict[str, Any]] = {
    "dossier_id": Dossier,
    "child_id": Child,
    "restriction_id": ContactRestriction,
    "caregiver_id": Caregiver,
    "consent_id": Consent,
    "referral_id": Referral,
    "intake_id": Intake,
    "trajectory_id": Trajectory,
    "goal_id": Goal,
    "step_id": PlanStep,
    "review_id": Review,
    "person_id": NetworkPerson,
    "part_id": Participation,
    "match_id": Match,
    "stand_in_id": StandIn,
    "separation_id": Separation,
    "exclusion_id": Exclusion,
    "contact_id": Contact,
    "series_id": VisitSeries,
    "meeting_id": GroupMeeting,
    "course_id": CourseGroup,
    "speaker_id": MeetingSpeaker,
    "row_id": MeetingChild,
    "ride_id": Ride,
    "attendance_id": Attendance,
    "enrolment_id": Enrolment,
    "trainer_id": CourseTrainer,
    "request_id": FundingRequest,
    "agreement_id": Agreement,
    "conference_id": CaseConference,
    "item_id": ConferenceItem,
    "point_id": ActionPoint,
    "signal_id": NeedSignal,
    "case_id": SafetyCase,
    "handover_id": Handover,
    "upload_id": Upload,
    "volunteer_id": Volunteer,
    "claim_id": Claim,
    "payout_id": Payout,
    "absence_id": Absence,
    "training_id": TrainingGroup,
    "session_id": TrainingSession,
    "trainee_id": Trainee,
    "talk_id": CoachingTalk,
    "vog_id": VogRequest,
    "exemption_id": Exemption,
    "emergency_id": Emergency,
    "provider_id": CareProvider,
    "rule_id": VisitingRule,
    "team_id": Team,
    "partner_id": Partner,
    "unit_id": PrisonUnit,
    "closure_id": PrisonClosure,
    "erasure_id": ErasureRequest,
    "hold_id": LegalHold,
}
#: Tables without an owner: whoever may enter sees all of them.
SHARED: Final = (Agreement, CareProvider, VisitingRule, Team, Partner, PrisonClosure, PrisonUnit, Payout)
#: Products whose meetings have a page of their own.
MEETINGS: Final = {
    **dict.fromkeys(("morning", "day_list", "morning_day"), Product.MOEDER_KIND_BEZOEKEN),
    **dict.fromkeys(
        ("sign_list", "morning_letters", "ride_add", "morning_plan"), Product.MOEDER_KIND_BEZOEKEN
    ),
    **dict.fromkeys(("programme", "speaker_add", "take_list", "flyer"), Product.MOEDER_DE_GANS),
    "course_of": Product.IK_JIJ_WIJ,
    **dict.fromkeys(("meeting_questions", "meeting_poll", "invitations"), Product.MOEDER_DE_GANS),
}
NOWHERE: Final = UUID(int=404)
#: Words that fill the other places.
WORDS: Final[dict[str, tuple[Any, ...]]] = {
    "portal:feed token": ("0" * 43,),
    "portal:dossier_tab name": TABS,
    "intake:section name": tuple(map(str, Section)),
    "intake:keep name": (Section.NEEDS, Section.HELPERS),
    "volunteers:step to": tuple(map(str, VERBS)),
    "volunteers:claim_decline to": tuple(claims.DECLINES),
    "trajectory:step_press to": tuple(plans._PRESSES),
    "trajectory:move to": tuple(plans._MOVES),
    "products:part_step to": tuple(parts._STEPS),
    "products:match_step to": tuple(matches._STEPS),
    "products:visit_step to": tuple(contacts._STEPS),
    "products:session_replace number": (1, 99),
    "products:course_scores moment": tuple(lessons.MOMENTS),
    "products:speaker_step to": tuple(gatherings.STEPS),
    "products:child_step to": tuple(mornings._STEPS),
    "product": tuple(map(str, Product)),
    "purpose": (Purpose.HOME_VISIT, Purpose.PHOTO),
    "partners:municipality code": ("0363",),
    "aftercare:municipality code": ("0363", "0917"),
    "partners:term_change key": ("child_age",),
    "partners:confirm fact": ("termijn",),
    "partners:register_proposal proposal_id": (99999,),
    "accounts:letter pk": (NOWHERE,),
    "mfa_remove_webauthn pk": (99999,),
    "year": (2010, 2011),
    "reporting:rows name": tuple(map(str, Figure)),
    "code": ("NSL", "TPL"),
    "form": ("csv", "xlsx"),
    "kind": ("csv", "xlsx"),
    "key": ("volunteers", "referrals", "agreements", "participants"),
    "accounts:act_on key": (str(NOWHERE),),
    "accounts:act_on what": ("beeindigen",),
    "accounts:manage key": (str(NOWHERE),),
    "accounts:manage what": ("beeindigen",),
}
MOST: Final = 5


@dataclass(frozen=True)
class Route:
    """One address: its name, its pattern, its view and the places to fill."""

    name: str
    pattern: str
    view: Callable[..., Any]

    @property
    def places(self) -> tuple[str, ...]:
        """The places to fill, in order."""
        return tuple(re.findall(r"<(?:\w+:)?(\w+)>", self.pattern))

    @property
    def subject(self) -> str:
        """The place of the row that the page is about, if any."""
        return next((place for place in reversed(self.places) if place in SUBJECTS), "")

    @property
    def has_rule(self) -> bool:
        """Tell whether the view says who may enter."""
        return hasattr(self.view, RULE)


def routes(resolver: Any = None) -> list[Route]:
    """List every address of the house, or of another table of addresses."""
    return list(_routes(resolver or get_resolver(), "", ""))


def _routes(resolver: Any, before: str, names: str) -> Iterator[Route]:
    for pattern in resolver.url_patterns:
        path = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield Route(f"{names}{pattern.name}", path, pattern.callback)
        else:
            inner = f"{names}{pattern.namespace}:" if pattern.namespace else names
            yield from _routes(pattern, path, inner)


class Ground:
    """Which rows of the world are whose, and which of them to visit."""

    def __init__(self, first: list[UUID]) -> None:
        """Keep the dossiers to visit before all others."""
        self._seen: dict[Any, set[Any]] = {}
        self.first = {dossier: at for at, dossier in enumerate(first)}
        term = LegalParameter.objects.filter(confirmed_on__isnull=True).first()
        #: Rows that one page alone is about.
        self.lone = {
            ("partners:confirm", "key"): str(term.pk) if term else None,
            ("partners:register_proposal", "proposal_id"): _last(RegisterProposal.objects),
            ("mfa_remove_webauthn", "pk"): _last(
                Authenticator.objects.filter(type=Authenticator.Type.WEBAUTHN)
            ),
        }
        with as_house():
            self.all = {name: list(rows_of(model)) for name, model in SUBJECTS.items()}

    def own(self, route: Route, actor: Actor) -> list[dict[str, Any]]:
        """Fill the places of an address with rows that exist for this actor."""
        if not route.subject:
            return list(self._worded(route, {}))
        mine = self.ids(route.subject, actor)
        return self._filled(route, lambda row: row.pk in mine, actor)

    def strange(self, route: Route, actor: Actor) -> list[dict[str, Any]]:
        """Fill them with rows of others, and with what exists nowhere."""
        if not route.subject:
            return []
        mine = self.ids(route.subject, actor)
        others = self._filled(route, lambda row: row.pk not in mine, actor)[: MOST // 2]
        places = [place for place in route.places if place in SUBJECTS]
        ghost = {place: NOWHERE if isinstance(self._sample(place), UUID) else 99999 for place in places}
        return [*others, *list(self._worded(route, ghost))[:1]]

    def ids(self, place: str, actor: Actor) -> set[Any]:
        """Give the keys that exist for an actor."""
        model, rows = SUBJECTS[place], self.all[place]
        if model in SHARED:
            return {row.pk for row in rows}
        if hasattr(model, "visible_to"):
            return self._visible(model, actor)
        return {row.pk for row in rows if _team_of(row) in actor.team_ids}

    def _visible(self, model: Any, actor: Actor) -> set[Any]:
        key = (model, actor.user_id, actor.role)
        if key not in self._seen:
            self._seen[key] = {row.id for row in model.visible_to(actor, TODAY)}
        return self._seen[key]

    def _words(self, route: Route, place: str) -> tuple[Any, ...]:
        if (found := self.lone.get((route.name, place))) is not None:
            return (found,)
        return WORDS.get(f"{route.name} {place}") or WORDS[place]

    def _sample(self, place: str) -> Any:
        return self.all[place][0].pk

    def _filled(self, route: Route, test: Callable[[Any], bool], actor: Actor) -> list[dict[str, Any]]:
        rows = [row for row in self.all[route.subject] if test(row) and self._fits(route, row)]
        rows.sort(key=lambda row: (not _made_by(row, actor), self._rank(row), str(row.pk)))
        chosen = _spread(rows)
        found = [kwargs for row in chosen for kwargs in self._worded(route, self._keys(route, row))]
        return found[: 3 * MOST]

    def _fits(self, route: Route, row: Any) -> bool:
        """Tell whether a page can be about a row: a meeting of its product."""
        wanted = MEETINGS.get(route.name.partition(":")[2])
        return wanted is None or row.product == wanted

    def _rank(self, row: Any) -> int:
        return self.first.get(getattr(row, "dossier_id", None), 99)

    def _keys(self, route: Route, row: Any) -> dict[str, Any]:
        keys = {route.subject: row.pk}
        for place in route.places:
            if place in SUBJECTS and place not in keys:
                keys[place] = getattr(row, place, None) or self._of_dossier(place, row)
        return keys

    def _waits(self, row: Any) -> bool:
        """Tell whether a part waits for a volunteer, or is visited inside: then there is one to choose."""
        if isinstance(row, Match):
            return row.is_live and row.product == Product.BEZOEKMOEDERS
        asked = {each.participation_id for each in self.all["match_id"] if each.state in ONE_AT_A_TIME}
        if not isinstance(row, Participation):
            return True
        return row.product in MATCHED and row.state in ("planned", "running") and row.pk not in asked

    def _of_dossier(self, place: str, row: Any) -> Any:
        both = (row, self.all[place][0])
        link = "dossier_id" if all(hasattr(one, "dossier_id") for one in both) else "team_id"
        found = [other for other in self.all[place] if getattr(other, link) == getattr(row, link)]
        return next(filter(self._waits, found), found[0]).pk

    def _worded(self, route: Route, keys: dict[str, Any]) -> Iterator[dict[str, Any]]:
        places = [place for place in route.places if place not in SUBJECTS]
        words = [self._words(route, place) for place in places]
        for first in words[0] if words else [""]:
            rest = {place: known[0] for place, known in zip(places[1:], words[1:], strict=True)}
            yield {**keys, **({places[0]: first} if places else {}), **rest}


def _team_of(row: Any) -> int:
    """Give the team that plans a row, or the meeting or course that it belongs to."""
    whole = next((getattr(row, name) for name in ("meeting", "course") if hasattr(row, name)), row)
    return int(whole.team_id)


def _last(rows: Any) -> Any:
    return rows.order_by("pk").values_list("pk", flat=True).last()


def _made_by(row: Any, actor: Actor) -> bool:
    """Tell whether this actor wrote the row: some pages are only for who did."""
    return actor.user_id in (getattr(row, "referrer_id", None), getattr(row, "made_by_id", None))


def _spread(rows: list[Any]) -> list[Any]:
    """Take a row of each state that there is; of rows without a state a few."""
    if rows and not hasattr(rows[0], "state"):
        return rows[:MOST]
    states: dict[Any, Any] = {}
    for row in rows:
        states.setdefault(row.state, row)
    return list(states.values())


def address(route: Route, kwargs: dict[str, Any]) -> str:
    """Write an address."""
    return reverse(route.name, kwargs=kwargs)
