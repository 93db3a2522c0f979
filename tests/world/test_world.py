"""The demonstration world is whole: every state, every delivery, every link, every figure."""

from collections import Counter
from importlib import import_module
from pkgutil import walk_packages
from typing import Any

import gib.care
import gib.people
import gib.portal
from gib.care.aftercare.domain import requests as funding
from gib.care.aftercare.models import FundingRequest
from gib.care.handover import domain as handover
from gib.care.handover.models import Handover, NeedSignal, SafetyCase
from gib.care.intake import domain as intake
from gib.care.intake.models import Intake
from gib.care.products.domain import contact, match, meeting, participation
from gib.care.products.models import (
    Attendance,
    Contact,
    GroupMeeting,
    Match,
    MeetingSpeaker,
    Participation,
)
from gib.care.products.moeder_kind_bezoeken import domain as mornings
from gib.care.products.moeder_kind_bezoeken.models import MeetingChild
from gib.care.referral import domain as referral
from gib.care.referral.models import Referral
from gib.care.trajectory.domain import stages as trajectory
from gib.care.trajectory.models import Trajectory
from gib.core.access.tables import Role
from gib.core.journal import chain
from gib.core.journal.models import Delivery, Happening
from gib.core.kernel.events import EVENTS
from gib.core.kernel.flow import Flow
from gib.people.accounts.models import Appointment
from gib.people.families.domain import consent
from gib.people.families.models import Consent, Dossier, Participant
from gib.people.partners.models import Municipality, Prison, Team
from gib.people.volunteers import domain as volunteers
from gib.people.volunteers.domain import expenses
from gib.people.volunteers.models import Claim, Volunteer
from gib.portal import domain as portal
from gib.portal.demo import world
from gib.portal.demo.people import TODAY
from gib.portal.models import ErasureRequest, Transfer
from tests.world.base import ROLES, WorldCase, as_house, rows_of, seats

#: The table and column that each flow moves.
MOVES: dict[str, tuple[Any, str, Flow[Any]]] = {
    "referral": (Referral, "state", referral.FLOW),
    "intake": (Intake, "state", intake.FLOW),
    "trajectory": (Trajectory, "state", trajectory.FLOW),
    "participation": (Participation, "state", participation.FLOW),
    "match": (Match, "state", match.FLOW),
    "contact": (Contact, "state", contact.FLOW),
    "meeting": (GroupMeeting, "state", meeting.FLOW),
    "speaker": (MeetingSpeaker, "state", meeting.SPEAKERS),
    "presence": (Attendance, "presence", meeting.PRESENCE),
    "morning": (MeetingChild, "state", mornings.FLOW),
    "funding": (FundingRequest, "state", funding.FLOW),
    "signal": (NeedSignal, "state", handover.SIGNAL_FLOW),
    "safety": (SafetyCase, "state", handover.SAFETY_FLOW),
    "handover": (Handover, "state", handover.FLOW),
    "consent": (Consent, "state", consent.FLOW),
    "volunteer": (Volunteer, "state", volunteers.FLOW),
    "claim": (Claim, "state", expenses.CLAIM_FLOW),
    "transfer": (Transfer, "state", portal.TRANSFER_FLOW),
    "erasure": (ErasureRequest, "state", portal.ERASURE_FLOW),
}


def flows() -> set[int]:
    """Find every flow that people, care or the portal declare."""
    found = set()
    for package in (gib.people, gib.care, gib.portal):
        for module in walk_packages(package.__path__, f"{package.__name__}."):
            if ".domain" in module.name and ".tests" not in module.name:
                values = vars(import_module(module.name)).values()
                found |= {id(value) for value in values if isinstance(value, Flow)}
    return found


#: States that nobody in the world is in today, and why a demonstration does without.
NOT_SHOWN: dict[str, dict[str, str]] = {
    "morning": {"applied": "the gate is looked at in the same act, so no child rests in it"},
    "erasure": {"carried_out": "of a dossier that was erased nothing is shown, also here"},
}


class TestTheWorld(WorldCase):
    """What a visitor of the demonstration can count on."""

    def test_every_flow_of_the_chain_has_its_table_here(self) -> None:
        assert {id(flow) for _model, _name, flow in MOVES.values()} == flows()

    def test_every_state_of_the_chain_is_reached_or_has_a_reason(self) -> None:
        missing, stale = {}, {}
        for subject, (model, name, flow) in MOVES.items():
            with as_house():
                reached = {str(getattr(row, name)) for row in rows_of(model)}
            excused = set(NOT_SHOWN.get(subject, {}))
            missing[subject] = sorted({str(state) for state in type(flow.start)} - reached - excused)
            stale[subject] = sorted(reached & excused)
        assert {subject: states for subject, states in missing.items() if states} == {}
        assert {subject: states for subject, states in stale.items() if states} == {}

    def test_two_teams_share_two_dozen_families(self) -> None:
        with as_house():
            per_team = Counter(dossier.team_id for dossier in rows_of(Dossier))
        assert sum(per_team.values()) >= 24
        assert len(per_team) == Team.objects.count() == 2
        assert min(per_team.values()) >= 8

    def test_every_role_has_somebody(self) -> None:
        assert {role for role in ROLES if not seats(role)} == set()
        assert {role for role, _label in world.doors()} == set(ROLES)

    def test_every_mother_is_visible_to_one_coordinator(self) -> None:
        with as_house():
            dossiers = {row.id for row in rows_of(Dossier)}
        seen = Counter(
            row.id for seat in seats(Role.COORDINATOR) for row in Dossier.visible_to(seat.actor(), TODAY)
        )
        with as_house():
            handed = {row.dossier_id for row in rows_of(Transfer) if row.state == "proposed"}
        assert set(seen) == dossiers
        assert {dossier for dossier, times in seen.items() if times != 1} == handed

    def test_everything_that_was_woken_has_happened(self) -> None:
        waiting = Delivery.objects.filter(done_at__isnull=True)
        assert [(row.handler, row.last_error) for row in waiting] == []
        assert Delivery.objects.filter(last_error__gt="").count() == 0
        assert Delivery.objects.count() > 20

    def test_the_chain_of_every_dossier_is_whole(self) -> None:
        with as_house():
            assert list(chain.faults()) == []
            told = {row.dossier_id for row in rows_of(Happening)} - {None}
            assert told == {row.id for row in rows_of(Dossier)}

    def test_a_changed_link_is_noticed(self) -> None:
        """The negative control of the chain."""
        with as_house():
            row = next(iter(rows_of(Happening)))
            Happening._base_manager.filter(pk=row.pk).update(role=Role.VOLUNTEER)
            assert len(list(chain.faults())) == 1

    def test_every_event_of_the_world_is_known_and_tells_the_mother_something(self) -> None:
        with as_house():
            names = {row.name for row in rows_of(Happening) if row.dossier_id}
        assert names <= set(EVENTS)
        # Invariant 19: what happens in the reporting code is told to nobody.
        assert {name for name in names if not EVENTS[name].sentence} == {"handover.SafetyNoted"}

    def test_nobody_of_the_world_has_a_password(self) -> None:
        assert [
            seat.user.username for seat in Appointment.objects.all() if seat.user.has_usable_password()
        ] == []

    def test_no_name_of_the_world_is_a_word_of_the_reference_data(self) -> None:
        with as_house():
            names = {name for row in rows_of(Participant) for name in (row.first_name, row.last_name)}
            names |= {name for row in rows_of(Volunteer) for name in (row.given_name, row.family_name)}
        words = set(Municipality.objects.values_list("name", flat=True))
        words |= set(Prison.objects.values_list("name", flat=True)) | set(
            Prison.objects.values_list("place", flat=True)
        )
        assert {name for name in names for word in words if name and name in word} == set()

    def test_days_of_the_world_do_not_lie_ahead(self) -> None:
        with as_house():
            late = [row.name for row in rows_of(Happening) if row.on > TODAY]
        assert late == []
