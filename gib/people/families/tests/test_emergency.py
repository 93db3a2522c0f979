"""Emergency access: its rules and acts, and both lines that open one dossier to one person for a while."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from unittest.mock import patch
from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import Http404

from gib.core.access import rls, rows
from gib.core.access.actor import Actor
from gib.core.access.tables import P, Role
from gib.core.journal.models import Message, Reading
from gib.core.journal.sessions import reading
from gib.core.kernel.clock import Now
from gib.core.kernel.ids import new_id
from gib.core.vault.reads import ReadSet
from gib.people.accounts import builders as accounts
from gib.people.families import actions
from gib.people.families.domain import emergency as rules
from gib.people.families.domain.emergency import EmergencyCategory, Finding, Judgement, NewEmergency
from gib.people.families.models import Child, Dossier, Emergency, Participant, number_of, participant_of
from gib.people.families.tests.conftest import NOW, TODAY, broken, names_of
from gib.people.partners.models import Team

REASON = "De oppas belt: het kind is niet opgehaald."
BEGAN = datetime(2011, 1, 11, 9, 0, tzinfo=UTC)


def _at(**later: int) -> Now:
    return replace(NOW, at=NOW.at + timedelta(**later))


def _new(dossier: Dossier, reason: str = REASON) -> NewEmergency:
    return NewEmergency(number=number_of(dossier.id), category=EmergencyCategory.CHILD_SAFETY, reason=reason)


def _inside(look: Emergency) -> Actor:
    return Actor(look.user_id, Role.EMERGENCY, emergency_id=look.id)


@pytest.fixture
def clock() -> Iterator[Any]:
    """Hold the clock of the scope in Python at a moment of the story."""
    with patch.object(rows, "real_now") as held:
        held.return_value = NOW
        yield held


@pytest.fixture
def look(stranger: Actor, dossier: Dossier) -> Emergency:
    """A look that goes on now, by the clock of the machine as well: the database reads that one."""
    now = replace(NOW, at=datetime.now(UTC))
    return actions.open_emergency(stranger, _new(dossier), now)


class TestTheRules:
    """Who may look, until when, and when it is judged."""

    @pytest.mark.parametrize("reason", ["", "Nood", " " * 40, "te   kort   " + " " * 20, "x" * 19])
    def test_a_reason_says_something(self, reason: str) -> None:
        with broken("emergency_reason_short"):
            rules.check_open(reason, False, None, BEGAN)

    def test_twenty_signs_are_enough(self) -> None:
        rules.check_open("x" * 20, False, None, BEGAN)

    def test_the_own_team_needs_no_emergency(self) -> None:
        with broken("emergency_not_needed"):
            rules.check_open(REASON, True, None, BEGAN)

    def test_who_was_not_judged_in_72_hours_looks_no_more(self) -> None:
        edge = BEGAN + timedelta(hours=72)
        rules.check_open(REASON, False, BEGAN, edge - timedelta(seconds=1))
        with broken("emergency_unreviewed"):
            rules.check_open(REASON, False, BEGAN, edge)

    def test_an_hour_is_an_hour(self) -> None:
        assert rules.ends_at(BEGAN) - BEGAN == timedelta(hours=1)

    def test_a_look_is_judged_once_when_over_by_somebody_else(self) -> None:
        rules.check_review(is_over=True, is_reviewed=False, is_own=False)
        with broken("emergency_own"):
            rules.check_review(is_over=True, is_reviewed=False, is_own=True)
        with broken("emergency_reviewed"):
            rules.check_review(is_over=True, is_reviewed=True, is_own=False)
        with broken("emergency_running"):
            rules.check_review(is_over=False, is_reviewed=False, is_own=False)


@pytest.mark.requirement("SEC-03")
class TestOpening:
    """The act itself."""

    def test_it_is_told_to_the_mother_and_the_reason_lies_sealed(
        self, stranger: Actor, dossier: Dossier
    ) -> None:
        look = actions.open_emergency(stranger, _new(dossier), NOW)
        assert names_of(dossier.id)[-1] == "EmergencyOpened"
        assert (look.until_at - look.began_at, look.team_id) == (timedelta(hours=1), dossier.team_id)
        with connection.cursor() as cursor, rls.system("test"):
            cursor.execute(f"SELECT reason {rls.MARK} FROM families_emergency")
            assert REASON.encode() not in bytes(cursor.fetchone()[0])

    def test_the_number_is_read_as_people_type_it(self, stranger: Actor, dossier: Dossier) -> None:
        typed = f" {number_of(dossier.id).lower().replace('-', ' ')} "
        assert actions.open_emergency(stranger, replace(_new(dossier), number=typed), NOW).dossier == dossier

    @pytest.mark.parametrize("number", ["", "2222-2222", "Madelief", "' OR 1=1"])
    def test_another_number_opens_nothing(self, stranger: Actor, dossier: Dossier, number: str) -> None:
        with broken("emergency_unknown"):
            actions.open_emergency(stranger, replace(_new(dossier), number=number), NOW)
        assert not Message.objects.exists()

    def test_the_coordinator_of_the_team_needs_none(self, coordinator: Actor, dossier: Dossier) -> None:
        with broken("emergency_not_needed"):
            actions.open_emergency(coordinator, _new(dossier), NOW)

    @pytest.mark.parametrize("role", [role for role in Role if role is not Role.SYSTEM])
    def test_whoever_may_not_may_not(self, role: Role, actor_of: Any, dossier: Dossier) -> None:
        actor = replace(actor_of(role), team_ids=frozenset())
        if actor.may(P.OPEN_EMERGENCY):
            assert actions.open_emergency(actor, _new(dossier), NOW).role == role
        else:
            with pytest.raises(PermissionDenied):
                actions.open_emergency(actor, _new(dossier), NOW)

    def test_leader_officer_and_her_coordinator_hear_of_it_without_a_name(
        self, teams: tuple[Team, Team], stranger: Actor, dossier: Dossier
    ) -> None:
        told = [
            accounts.project_leader()[1],
            accounts.privacy_officer()[1],
            accounts.coordinator(teams[0])[1],
        ]
        accounts.coordinator(teams[1], "Marjan Fabeldal")
        look = actions.open_emergency(stranger, _new(dossier), NOW)
        rows = list(Message.objects.all())
        assert {row.recipient_id for row in rows} == {actor.user_id for actor in told}
        assert all(row.occasion == "emergency" and row.due_at == NOW.at for row in rows)
        assert all(str(dossier.id) not in row.effect_key and str(look.id) in row.effect_key for row in rows)

    def test_a_second_look_ends_the_first(self, stranger: Actor, dossier: Dossier) -> None:
        first = actions.open_emergency(stranger, _new(dossier), NOW)
        actions.open_emergency(stranger, _new(dossier), _at(minutes=5))
        with rls.system("test"):
            row = Emergency.for_house("test", TODAY).get(pk=first.id)
        assert row.over_at == _at(minutes=5).at
        assert names_of(dossier.id)[-2:] == ["EmergencyEnded", "EmergencyOpened"]

    def test_an_own_look_that_nobody_judged_blocks_the_next(
        self, stranger: Actor, coordinator: Actor, dossier: Dossier
    ) -> None:
        look = actions.open_emergency(stranger, _new(dossier), NOW)
        officer = Actor(new_id(), Role.PRIVACY_OFFICER)
        with broken("emergency_unreviewed"):
            actions.open_emergency(stranger, _new(dossier), _at(hours=72))
        leader = Actor(new_id(), Role.PROJECT_LEADER)
        actions.open_emergency(leader, _new(dossier), _at(hours=72))
        actions.review_emergency(officer, look.id, Judgement(finding=Finding.NEEDED), _at(hours=73))
        assert actions.open_emergency(stranger, _new(dossier), _at(hours=73)).began_at == _at(hours=73).at


@pytest.mark.requirement("SEC-03")
class TestWhatOpens:
    """One dossier, one person, one session, until a moment; in Python and in the database."""

    def test_exactly_the_dossier(
        self, look: Emergency, stranger: Actor, dossier: Dossier, coordinator: Actor
    ) -> None:
        other = actions.open_dossier(
            coordinator,
            actions.NewFamily(first_name="Ander", last_name="Verzonnen", team_id=dossier.team_id),
            NOW,
        )
        inside = _inside(look)
        assert [row.id for row in Dossier.visible_to(inside, TODAY)] == [dossier.id]
        assert Participant.visible_to(inside, TODAY).get().dossier_id != other.id
        assert not Dossier.visible_to(stranger, TODAY).exists()

    def test_nobody_else_and_no_other_look(self, look: Emergency) -> None:
        for actor in (
            replace(_inside(look), user_id=new_id()),
            replace(_inside(look), emergency_id=new_id()),
            replace(_inside(look), emergency_id=None),
        ):
            assert not Participant.visible_to(actor, TODAY).exists()

    def test_to_the_second_in_python(self, clock: Any, stranger: Actor, dossier: Dossier) -> None:
        look = actions.open_emergency(stranger, _new(dossier), NOW)
        sight = Participant.visible_to
        if connection.vendor == "postgresql":
            pytest.skip("the database follows the clock of the machine: see the next test")
        clock.return_value = _at(minutes=60, seconds=-1)
        assert sight(_inside(look), TODAY).exists()
        clock.return_value = _at(minutes=60)
        assert not sight(_inside(look), TODAY).exists()

    def test_to_the_second_in_the_database(self, look: Emergency) -> None:
        """Move the end instead of the clock; without the filter of Python on PostgreSQL."""
        for away, is_open in ((2, True), (0, False), (-1, False)):
            until = datetime.now(UTC) + timedelta(seconds=away)
            with rls.system("test"):
                Emergency.for_house("test", TODAY).update(until_at=until, began_at=until - timedelta(hours=1))
            assert Participant.visible_to(_inside(look), TODAY).exists() is is_open
            if connection.vendor == "postgresql":
                assert bool(self._seen_by_the_database(_inside(look))) is is_open

    def _seen_by_the_database(self, actor: Actor) -> list[Any]:
        with rls.acting_as(actor, TODAY), connection.cursor() as cursor:
            cursor.execute(f"SELECT id {rls.MARK} FROM families_participant")
            return list(cursor.fetchall())

    def test_ending_closes_at_once(self, look: Emergency, dossier: Dossier) -> None:
        inside = _inside(look)
        actions.end_emergency(inside, replace(NOW, at=datetime.now(UTC)))
        assert not Participant.visible_to(inside, TODAY).exists()
        assert names_of(dossier.id)[-1] == "EmergencyEnded"
        actions.end_emergency(inside, replace(NOW, at=datetime.now(UTC)))
        assert names_of(dossier.id).count("EmergencyEnded") == 1

    def test_nothing_can_be_changed(self, look: Emergency, dossier: Dossier) -> None:
        inside = _inside(look)
        with pytest.raises(PermissionDenied):
            Child.for_action(inside, TODAY)
        with pytest.raises(PermissionDenied):
            actions.erase_dossier(inside, dossier.id, NOW)

    def test_nor_in_the_database_past_the_code(self, look: Emergency, dossier: Dossier) -> None:
        if connection.vendor != "postgresql":
            pytest.skip("the second line is of PostgreSQL")
        with rls.acting_as(_inside(look), TODAY), connection.cursor() as cursor:
            cursor.execute("UPDATE families_participant SET birth_year = 1900")
            assert cursor.rowcount == 0
            cursor.execute("DELETE FROM families_participant")
            assert cursor.rowcount == 0

    def test_a_look_carries_the_emergency(self, look: Emergency, dossier: Dossier, seen: ReadSet) -> None:
        with reading(_inside(look), "test"), rls.acting_as(_inside(look), TODAY):
            assert participant_of(dossier.id).first_name == "Madelief"
        row = Reading.newest(dossier.id)[0]
        assert (row.emergency_id, row.role) == (look.id, Role.EMERGENCY)


class TestJudging:
    """What the privacy officer does afterwards."""

    @pytest.fixture
    def officer(self) -> Actor:
        return Actor(new_id(), Role.PRIVACY_OFFICER)

    def test_the_finding_is_kept_and_told(self, officer: Actor, stranger: Actor, dossier: Dossier) -> None:
        look = actions.open_emergency(stranger, _new(dossier), NOW)
        found = Judgement(finding=Finding.DOUBTFUL, remark="Zij belt eerst de vervanger.")
        row = actions.review_emergency(officer, look.id, found, _at(minutes=60))
        assert (row.reviewed_by, row.finding) == (officer.user_id, Finding.DOUBTFUL)
        assert names_of(dossier.id)[-1] == "EmergencyReviewed"
        with broken("emergency_reviewed"):
            actions.review_emergency(officer, look.id, found, _at(minutes=61))

    def test_not_while_it_goes_on(self, officer: Actor, stranger: Actor, dossier: Dossier) -> None:
        look = actions.open_emergency(stranger, _new(dossier), NOW)
        with broken("emergency_running"):
            actions.review_emergency(
                officer, look.id, Judgement(finding=Finding.NEEDED), _at(minutes=60, seconds=-1)
            )

    def test_not_ones_own(self, officer: Actor, stranger: Actor, dossier: Dossier) -> None:
        look = actions.open_emergency(stranger, _new(dossier), NOW)
        herself = replace(officer, user_id=stranger.user_id)
        with broken("emergency_own"):
            actions.review_emergency(herself, look.id, Judgement(finding=Finding.NEEDED), _at(hours=2))

    def test_the_officer_sees_the_look_and_nothing_of_the_dossier(
        self, officer: Actor, look: Emergency
    ) -> None:
        assert Emergency.visible_to(officer, TODAY).get().reason == REASON
        assert not Dossier.visible_to(officer, TODAY).exists()
        assert not Participant.visible_to(officer, TODAY).exists()

    def test_a_look_that_does_not_exist(self, officer: Actor, dossier: Dossier) -> None:
        with pytest.raises(Http404):
            actions.review_emergency(officer, UUID(int=9), Judgement(finding=Finding.NEEDED), NOW)
