"""Each story of the demonstration ends where it says: what a visitor finds when she opens that dossier."""

from collections import Counter
from functools import partial
from typing import Any
from uuid import UUID

from django.test import RequestFactory

from gib.care.aftercare.models import FundingRequest
from gib.care.handover.models import Handover, NeedSignal, SafetyCase
from gib.care.intake.models import Intake
from gib.care.products import slots
from gib.care.products.models import Attendance, Contact, Exclusion, GroupMeeting, Match, Participation
from gib.care.products.moeder_kind_bezoeken.models import MeetingChild
from gib.care.referral.models import Referral
from gib.care.trajectory.models import Trajectory
from gib.core.journal.models import Happening
from gib.core.journal.sessions import reading
from gib.people.families.models import Consent, Dossier, ExpectedRelease, Separation
from gib.people.volunteers.models import Volunteer
from gib.portal.demo import world
from gib.portal.demo.days import TODAY, days_ago
from gib.portal.demo.people import Side
from gib.portal.demo.story import Story
from gib.portal.models import ErasureRequest, Transfer
from tests.world.base import WorldCase, as_house, rows_of

#: Story -> table -> states in which its rows end, in alphabetical order.
ENDS: dict[str, dict[Any, list[str]]] = {
    "_referred": {Referral: ["submitted"], Intake: [], Trajectory: []},
    "_returned": {Referral: ["returned"]},
    "_declined": {Referral: ["declined"], Trajectory: []},
    "_accepted": {Referral: ["accepted"], Intake: []},
    "_talk_today": {Referral: ["intake_planned"], Intake: ["planned"]},
    "_overtaken": {Referral: ["overtaken"], Intake: []},
    "_heard": {Referral: ["intake_done"], Intake: ["completed"], Trajectory: []},
    "_proposed": {Referral: ["converted"], Trajectory: ["proposed"]},
    "_wishing": {Trajectory: ["active_inside"], Participation: ["planned", "wished"]},
    "_waiting": {Participation: ["planned"], Match: []},
    "_silent_helper": {Match: ["trial"], Contact: []},
    "_covered": {FundingRequest: ["covered"], Participation: ["planned"]},
    "_asked_municipality": {FundingRequest: ["submitted"]},
    "_municipality_silent": {FundingRequest: ["submitted"]},
    "_rejected": {FundingRequest: ["rejected"], Trajectory: ["active_inside"]},
    "_let_go": {FundingRequest: ["let_go"], Trajectory: ["closed"]},
    "_no_answer": {FundingRequest: ["no_answer"]},
    "_goals_met": {Trajectory: ["closed"]},
    "_no_address": {Referral: ["converted"], Trajectory: ["active_inside"]},
    "whole_course": {Participation: ["completed"], Attendance: ["excused", *["present"] * 7]},
    "four_children_come": {
        MeetingChild: [
            *("cancelled", "confirmed", "gate_blocked", "gate_open"),
            *("inside", "invited", "picked_up", "refused_at_gate", "returned"),
        ],
        Participation: ["running"],
    },
    "may_not_meet": {Attendance: ["invited"], Participation: ["planned"]},
    "no_talk_yet": {Referral: ["intake_planned"], Intake: ["cancelled", "held"]},
    "not_now": {Referral: ["no_trajectory"], Intake: ["refused"], Trajectory: []},
    "free_before_the_talk": {Referral: ["overtaken"], Intake: ["overtaken"], Trajectory: []},
    "agreed_only": {Trajectory: ["agreed"], Consent: ["asked", "given", "refused", "withdrawn"]},
    "out_of_touch": {Trajectory: ["paused"]},
    "may_be_erased": {ErasureRequest: ["asked", "refused", "withdrawn"], Trajectory: ["closed"]},
    "long_ago": {ErasureRequest: [], Trajectory: ["closed"]},
    "nothing_came_of_it": {Referral: ["declined"], Trajectory: []},
    "not_sent_yet": {
        Referral: ["draft"],
        Intake: [],
        Happening: ["families.DossierOpened", "referral.DraftBegun"],
    },
    "asked_three_times": {
        Match: ["agreed", "mother_agreed", "volunteer_agreed"],
        Participation: ["offered", "planned", "planned", "planned"],
    },
    "meeting_each_other": {
        Match: ["introduction", "refused", "withdrawn"],
        Participation: ["declined", "planned"],
    },
    "saying_goodbye": {
        Match: ["ending"],
        Contact: ["cleared", "confirmed", "held", "logged", "logged", "logged"],
    },
    "stopped_inside": {
        Match: ["ended"],
        Contact: [
            *("cancelled_caregiver", "cancelled_mother", "cancelled_prison", "cancelled_volunteer"),
            *("no_show", "refused_at_gate"),
        ],
        Participation: ["ended_by_prison", "stopped_by_mother"],
    },
    "moved_to_the_other": {Transfer: ["proposed"], Participation: ["ended_by_transfer"]},
    "taken_over": {Transfer: ["accepted"]},
    "stays_here": {Transfer: ["declined", "withdrawn"]},
    "asked_back": {FundingRequest: ["question", "withdrawn"]},
    "goes_elsewhere": {FundingRequest: ["draft", "superseded"]},
    "somebody_else_pays": {FundingRequest: ["granted_alternative"]},
    "paid_three_times": {FundingRequest: ["reclaimed", "reported", "settled"], Trajectory: ["tapering"]},
    "worries": {NeedSignal: ["closed", "discussed", "raised", "triaged"], Handover: []},
    "on_the_way_to_help": {Handover: ["consented", "prepared", "sent", "waiting_list"]},
    "help_begins": {Handover: ["accepted", "confirmed", "first_contact"]},
    "help_did_not_begin": {Handover: ["declined", "returned"]},
}


def name_of(tell: Any) -> str:
    """Name a story by its function."""
    return str((tell.func if isinstance(tell, partial) else tell).__name__)


def kept(story: Story, model: Any) -> list[Any]:
    """Give the rows of a table that belong to one story."""
    return [row for row in rows_of(model) if row.dossier_id == story.dossier_id]


def state_of(row: Any) -> str:
    """Give the state of a row, or whether she came."""
    return str(getattr(row, "state", "") or getattr(row, "presence", "") or row.name)


class TestStories(WorldCase):
    """Stories told once more, beside the world, in its first team."""

    told: dict[str, Story]

    @classmethod
    def setUpTestData(cls) -> None:
        """Build the world, and note which dossier belongs to which story."""
        super().setUpTestData()
        with as_house():
            opened = sorted(rows_of(Referral), key=lambda row: (row.dossier_id, row.pk))
            mothers = {row.dossier_id: row for row in opened}
        cls.told = {}
        names = [name_of(tell) for _days, tell in world.STORIES]
        for number, name in enumerate(names):
            if names.count(name) == 1:
                story = Story(cls.people.sides[number % 2], number, 0)
                story.dossier_id = cls._dossier(story, mothers)
                cls.told[name] = story

    @classmethod
    def _dossier(cls, story: Story, mothers: dict[UUID, Any]) -> UUID:
        """Find a mother by the names and the birthday that her number gives her."""
        wanted = story._told(None, 0)
        with as_house():
            found = [
                key
                for key, row in mothers.items()
                if (row.first_name, row.last_name, row.born_on)
                == (wanted.first_name, wanted.last_name, wanted.born_on)
            ]
        assert len(found) == 1, f"{len(found)} mothers are called so"
        return found[0]

    def test_every_story_ends_where_it_says(self) -> None:
        with as_house():
            ended = {
                name: {model: sorted(map(state_of, kept(self.told[name], model))) for model in tables}
                for name, tables in ENDS.items()
            }
        for name, tables in ENDS.items():
            assert ended[name] == tables, name

    def test_the_table_names_stories_that_are_told(self) -> None:
        assert set(ENDS) <= set(self.told)

    def test_a_case_of_the_reporting_code_rests_in_each_of_its_states(self) -> None:
        with as_house():
            assert Counter(row.state for row in rows_of(SafetyCase)) == {
                "open": 1,
                "proposed": 1,
                "decided": 1,
                "closed": 1,
            }

    def test_the_second_person_of_the_reporting_code_is_another(self) -> None:
        with as_house():
            for row in rows_of(SafetyCase):
                assert row.decided_by is None or row.decided_by != row.proposed_by

    def test_of_today_a_child_is_still_to_be_brought_home(self) -> None:
        with as_house():
            away = [
                row
                for row in rows_of(MeetingChild)
                if row.state in ("picked_up", "inside", "refused_at_gate")
            ]
            days = {row.pk: row.planned_on for row in GroupMeeting.objects.all()}
        assert {days[row.meeting_id] for row in away} == {TODAY}
        assert all(row.returned_at is None for row in away)

    def test_what_lies_ahead_lies_after_the_business_day(self) -> None:
        with as_house():
            ahead = [row for row in rows_of(Contact) if row.state in ("planned", "confirmed", "cleared")]
            assert ahead
            assert min(row.planned_on for row in ahead) >= TODAY

    def test_nothing_happened_after_the_business_day(self) -> None:
        with as_house():
            assert max(row.on for row in rows_of(Happening)) <= TODAY
            assert max(row.entered_on for row in rows_of(ExpectedRelease)) <= TODAY

    def test_every_volunteer_has_a_name_of_her_own(self) -> None:
        with as_house():
            names = Counter((row.given_name, row.family_name) for row in rows_of(Volunteer))
        assert max(names.values()) == 1

    def test_two_who_are_kept_apart_stand_on_one_list_and_today_says_so(self) -> None:
        story = self.told["may_not_meet"]
        with as_house():
            pair = next(row for row in rows_of(Separation))
        request: Any = RequestFactory().get("/")
        request.actor, request.now = story.coordinator, days_ago(0)
        with reading(story.coordinator, "test"):
            named = {task.dossier_id for task in slots.kept_apart(request)}
        assert named == {pair.dossier_id, pair.other_id}
        assert story.dossier_id in named

    def test_whom_she_did_not_want_is_never_asked_for_her_again(self) -> None:
        with as_house():
            kept_away = kept(self.told["stopped_inside"], Exclusion)
            matched = kept(self.told["stopped_inside"], Match)
        assert [row.why for row in kept_away] == ["her_wish"]
        assert [row.volunteer_id for row in kept_away] == [row.volunteer_id for row in matched]

    def test_a_dossier_that_was_handed_over_stands_in_one_team(self) -> None:
        moved = self.told["taken_over"]
        with as_house():
            row = next(row for row in rows_of(Dossier) if row.id == moved.dossier_id)
            teams = {each.team_id for each in kept(moved, Trajectory)} | {row.team_id}
        assert teams == {self._other(moved.side).team.pk}

    def _other(self, side: Side) -> Side:
        return next(one for one in self.people.sides if one is not side)


def test_days_before_the_business_day_are_counted_back() -> None:
    assert days_ago(0).on == TODAY
    assert days_ago(11).on.isoformat() == "2010-12-31"
    assert days_ago(-5, 17).at.isoformat() == "2011-01-16T17:00:00+00:00"
