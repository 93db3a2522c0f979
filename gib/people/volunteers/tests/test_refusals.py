"""Every act about a volunteer: what it leaves, and that a refusal leaves nothing at all."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.http import Http404

from gib.core.access import rls
from gib.core.access.actor import Actor, house
from gib.core.access.tables import Role
from gib.core.journal.acts import carry_out
from gib.core.journal.models import Happening
from gib.core.kernel.clock import Now
from gib.core.kernel.rules import RuleBroken
from gib.core.vault import boxes
from gib.core.vault.models import Tombstone, WrappedKey
from gib.people.partners.builders import two_teams
from gib.people.volunteers import actions, builders
from gib.people.volunteers.domain import BASE, LeaveReason, Requirement, State
from gib.people.volunteers.models import Completion, PrisonPermit, Volunteer, is_in_use

pytestmark = pytest.mark.django_db(databases="__all__")
NOW = Now(datetime(2011, 1, 11, 9, tzinfo=UTC), date(2011, 1, 11))
FACTS = actions.NewVolunteer("Truus", "Voorbeeld", date(1960, 5, 4), "+31612345678", postcode="3511 AB")


def _later(days: int) -> Now:
    return Now(NOW.at + timedelta(days=days), NOW.on + timedelta(days=days))


@dataclass
class House:
    """Two coordinators and one volunteer of the first."""

    ours: Actor
    theirs: Actor
    id: UUID

    def row(self) -> Any:
        """Give the volunteer as she lies in the database."""
        with rls.system("test"):
            return Volunteer.for_house("test", NOW.on).get(pk=self.id)

    def everything(self) -> list[Any]:
        """Give all that is stored about volunteers, to see that a refusal changed nothing."""
        with rls.system("test"):
            rows: list[Any] = []
            for model in (Volunteer, Completion, PrisonPermit, Happening):
                found = model.for_house("test", NOW.on).order_by("pk")
                rows += list(found.values_list(*(field.attname for field in model._meta.concrete_fields)))
            return rows


@pytest.fixture
def house_of(seen: Any) -> House:
    one, other = two_teams()
    ours = Actor(uuid4(), Role.COORDINATOR, frozenset({one.pk}))
    theirs = Actor(uuid4(), Role.COORDINATOR, frozenset({other.pk}))
    return House(ours, theirs, builders.interested(ours, NOW).id)


def _last(of: House) -> Any:
    with rls.system("test"):
        return Happening.for_house("test", NOW.on).order_by("-position")[0]


def _seen(of: House, requirement: Requirement, on: date = NOW.on, to_on: date | None = None) -> Completion:
    return actions.record_completion(of.ours, of.id, requirement, on, to_on, NOW)


def _vog(of: House) -> None:
    _seen(of, Requirement.VOG_85)


Act = Callable[[House, Actor], object]
ACTS: dict[str, Act] = {
    "correct": lambda of, actor: actions.correct(actor, of.id, FACTS, NOW),
    "move": lambda of, actor: actions.move(actor, of.id, State.INTERVIEW, NOW),
    "leave": lambda of, actor: actions.leave(actor, of.id, LeaveReason.TIME, NOW),
    "complete": lambda of, actor: actions.record_completion(
        actor, of.id, Requirement.VOG_85, NOW.on, None, NOW
    ),
    "permit": lambda of, actor: actions.grant_permit(actor, of.id, "NSL", NOW.on, None, NOW),
    "take_back": lambda of, actor: actions.take_back(actor, of.id, NOW),
}
EVENTS = {
    "correct": "VolunteerChanged",
    "move": "VolunteerMoved",
    "leave": "VolunteerMoved",
    "complete": "RequirementSeen",
    "permit": "PermitGranted",
    "take_back": "VolunteerTakenBack",
}


class TestEveryAct:
    """The same questions for each act."""

    @pytest.mark.parametrize("name", ACTS)
    def test_it_leaves_one_row_in_the_journal_with_ids_and_codes(self, house_of: House, name: str) -> None:
        if name == "permit":
            _vog(house_of)
        before = _last(house_of).position
        ACTS[name](house_of, house_of.ours)
        row = _last(house_of)
        assert (row.position, row.name) == (before + 1, f"volunteers.{EVENTS[name]}")
        assert row.payload["volunteer_id"] == str(house_of.id)
        assert (row.actor_id, row.on, row.dossier_id) == (house_of.ours.user_id, NOW.on, None)
        assert "Truus" not in str(row.payload)

    @pytest.mark.parametrize("name", ACTS)
    @pytest.mark.parametrize(
        "role", [None, Role.VOLUNTEER, Role.REFERRER, Role.PROJECT_LEADER, Role.TECHNICAL_ADMIN]
    )
    def test_a_stranger_finds_nobody_and_another_role_may_not(
        self, house_of: House, name: str, role: Role | None
    ) -> None:
        stranger = house_of.theirs if role is None else Actor(uuid4(), role, volunteer_id=uuid4())
        before = house_of.everything()
        with pytest.raises(Http404 if role is None else PermissionDenied):
            ACTS[name](house_of, stranger)
        assert house_of.everything() == before

    @pytest.mark.parametrize("name", ACTS)
    def test_nobody_does_not_exist(self, house_of: House, name: str) -> None:
        nobody = replace(house_of, id=uuid4())
        before = house_of.everything()
        with pytest.raises(Http404):
            ACTS[name](nobody, house_of.ours)
        assert house_of.everything() == before

    @pytest.mark.parametrize("name", ACTS)
    def test_when_the_journal_cannot_be_written_nothing_happened(
        self, house_of: House, name: str, monkeypatch: Any
    ) -> None:
        if name == "permit":
            _vog(house_of)
        before, keys = house_of.everything(), WrappedKey.objects.count()

        def away(*told: Any) -> None:
            raise DatabaseError("disk full")

        monkeypatch.setattr("gib.core.journal.chain.append", away)
        with pytest.raises(DatabaseError), transaction.atomic():
            ACTS[name](house_of, house_of.ours)
        assert house_of.everything() == before
        assert WrappedKey.objects.count() == keys


REFUSED: list[tuple[str, Act]] = [
    (
        "volunteer_age",
        lambda of, actor: actions.correct(actor, of.id, replace(FACTS, born_on=date(1993, 1, 12)), NOW),
    ),
    ("illegal_move", lambda of, actor: actions.move(actor, of.id, State.AVAILABLE, NOW)),
    ("illegal_move", lambda of, actor: actions.move(actor, of.id, State.INTERESTED, NOW)),
    ("illegal_move", lambda of, actor: actions.move(actor, of.id, State.LEFT, NOW)),
    (
        "completion_in_future",
        lambda of, actor: actions.record_completion(
            actor, of.id, Requirement.COACHING, NOW.on + timedelta(days=1), None, NOW
        ),
    ),
    (
        "completion_expired",
        lambda of, actor: actions.record_completion(
            actor, of.id, Requirement.COACHING, NOW.on, NOW.on - timedelta(days=1), NOW
        ),
    ),
    ("permit_needs_vog", lambda of, actor: actions.grant_permit(actor, of.id, "NSL", NOW.on, None, NOW)),
    (
        "period_backwards",
        lambda of, actor: actions.grant_permit(actor, of.id, "NSL", NOW.on, NOW.on - timedelta(days=1), NOW),
    ),
    (
        "volunteer_age",
        lambda of, actor: actions.register(
            actor, min(actor.team_ids), replace(FACTS, born_on=date(2011, 1, 1)), NOW
        ),
    ),
    (
        "completion_in_future",
        lambda of, actor: actions.register(
            actor, min(actor.team_ids), replace(FACTS, since_on=NOW.on + timedelta(days=1)), NOW
        ),
    ),
    ("not_found", lambda of, actor: actions.register(actor, min(of.theirs.team_ids), FACTS, NOW)),
    ("not_found", lambda of, actor: actions.register(actor, 99999, FACTS, NOW)),
]


@pytest.mark.parametrize(("code", "act"), REFUSED, ids=[code for code, _ in REFUSED])
def test_a_refusal_leaves_nothing(house_of: House, code: str, act: Act) -> None:
    before, keys = house_of.everything(), WrappedKey.objects.count()
    with pytest.raises(RuleBroken, match=f"^{code}$"):
        act(house_of, house_of.ours)
    assert house_of.everything() == before
    assert WrappedKey.objects.count() == keys


class TestWritingIn:
    """A new row, in a box of its own."""

    def test_two_of_one_name_have_two_keys(self, house_of: House) -> None:
        twin = builders.interested(house_of.ours, NOW)
        keys = {bytes(row.wrapped) for row in WrappedKey.objects.filter(pk__in=[twin.id, house_of.id])}
        assert len(keys) == 2

    def test_the_house_may_write_in_for_any_team(self, house_of: House) -> None:
        with rls.system("import"):
            row = actions.register(house("import"), min(house_of.theirs.team_ids), FACTS, NOW)
        assert row.team_id == min(house_of.theirs.team_ids)

    @pytest.mark.parametrize(("since", "kept"), [(None, NOW.on), (date(2007, 3, 1), date(2007, 3, 1))])
    def test_she_is_with_us_since_today_or_earlier(
        self, house_of: House, since: date | None, kept: date
    ) -> None:
        facts = replace(FACTS, since_on=since)
        assert actions.register(house_of.ours, min(house_of.ours.team_ids), facts, NOW).since_on == kept

    @pytest.mark.parametrize(("postcode", "area"), [("3511 AB", "3511"), ("", ""), ("1012XX", "1012")])
    def test_only_the_area_of_her_postcode_lies_open(self, house_of: House, postcode: str, area: str) -> None:
        row = actions.correct(house_of.ours, house_of.id, replace(FACTS, postcode=postcode), NOW)
        assert row.pc4 == area
        with connection.cursor() as cursor, rls.system("test"):
            cursor.execute(f"SELECT postcode {rls.MARK} FROM volunteers_volunteer")
            stored = cursor.fetchone()[0]
        assert stored is None or postcode.encode() not in bytes(stored)

    def test_the_longest_names_fit_and_longer_ones_do_not(self, house_of: House) -> None:
        long = replace(FACTS, given_name="é" * 60, family_name="ß" * 80, street="ø" * 120)
        assert actions.correct(house_of.ours, house_of.id, long, NOW).given_name == "é" * 60
        with pytest.raises(ValueError, match="at most 60"), transaction.atomic():
            actions.correct(house_of.ours, house_of.id, replace(FACTS, given_name="é" * 61), NOW)

    def test_a_correction_can_empty_what_was_known(self, house_of: House) -> None:
        actions.correct(house_of.ours, house_of.id, actions.NewVolunteer("Truus", "Voorbeeld"), NOW)
        row = house_of.row()
        assert (row.born_on, row.phone, row.postcode, row.pc4) == (None, "", "", "")


class TestPapers:
    """Papers and permits beside each other."""

    def test_the_same_paper_may_be_seen_again(self, house_of: House) -> None:
        for _ in range(2):
            _seen(house_of, Requirement.COACHING)
        with rls.system("test"):
            assert Completion.for_house("test", NOW.on).filter(volunteer_id=house_of.id).count() == 2

    @pytest.mark.parametrize("days", [0, 1, 400])
    def test_a_permit_that_begins_later_needs_a_vog_on_its_first_day(
        self, house_of: House, days: int
    ) -> None:
        _seen(house_of, Requirement.VOG_85, to_on=NOW.on + timedelta(days=30))
        from_on = NOW.on + timedelta(days=days)
        if days <= 30:
            assert actions.grant_permit(house_of.ours, house_of.id, "NSL", from_on, None, NOW).pk
        else:
            with pytest.raises(RuleBroken, match="permit_needs_vog"):
                actions.grant_permit(house_of.ours, house_of.id, "NSL", from_on, None, NOW)

    def test_a_permit_of_before_needs_the_vog_of_today(self, house_of: House) -> None:
        _vog(house_of)
        old = NOW.on - timedelta(days=300)
        assert actions.grant_permit(house_of.ours, house_of.id, "NSL", old, None, NOW).from_on == old

    def test_the_other_vog_opens_no_gate(self, house_of: House) -> None:
        _seen(house_of, Requirement.VOG_84)
        with pytest.raises(RuleBroken, match="permit_needs_vog"):
            actions.grant_permit(house_of.ours, house_of.id, "NSL", NOW.on, None, NOW)

    def test_after_an_end_a_new_permit_may_begin_the_next_day(self, house_of: House) -> None:
        _vog(house_of)
        permit = actions.grant_permit(house_of.ours, house_of.id, "NSL", NOW.on, None, NOW)
        actions.end_permit(house_of.ours, permit.id, NOW.on, NOW)
        assert _last(house_of).name == "volunteers.PermitEnded"
        with pytest.raises(RuleBroken, match="permit_overlaps"):
            actions.grant_permit(house_of.ours, house_of.id, "NSL", NOW.on, None, NOW)
        tomorrow = NOW.on + timedelta(days=1)
        assert actions.grant_permit(house_of.ours, house_of.id, "NSL", tomorrow, None, NOW).pk

    def test_two_prisons_are_two_permits(self, house_of: House) -> None:
        _vog(house_of)
        for code in ("NSL", "TPL"):
            actions.grant_permit(house_of.ours, house_of.id, code, NOW.on, None, NOW)
        with rls.system("test"):
            assert PrisonPermit.for_house("test", NOW.on).count() == 2

    def test_a_permit_of_another_team_cannot_be_ended(self, house_of: House) -> None:
        _vog(house_of)
        permit = actions.grant_permit(house_of.ours, house_of.id, "NSL", NOW.on, None, NOW)
        with pytest.raises(Http404):
            actions.end_permit(house_of.theirs, permit.id, NOW.on, NOW)


class TestStates:
    """Going on leave, being suspended and coming back."""

    @pytest.fixture
    def at_work(self, house_of: House) -> House:
        for state in (State.INTERVIEW, State.SCREENING, State.TRAINING):
            actions.move(house_of.ours, house_of.id, state, NOW)
        for requirement in BASE:
            _seen(house_of, requirement)
        actions.move(house_of.ours, house_of.id, State.AVAILABLE, NOW)
        return house_of

    @pytest.mark.parametrize("away", [State.ON_LEAVE, State.SUSPENDED])
    def test_coming_back_asks_for_papers_again(self, at_work: House, away: State) -> None:
        actions.move(at_work.ours, at_work.id, away, NOW)
        late = _later(4 * 366)
        with pytest.raises(RuleBroken) as refusal:
            actions.move(at_work.ours, at_work.id, State.AVAILABLE, late)
        assert "VOG" in str(refusal.value.facts["missing"])
        assert at_work.row().state == away
        assert actions.move(at_work.ours, at_work.id, State.AVAILABLE, NOW).state == State.AVAILABLE

    @pytest.mark.parametrize("reason", LeaveReason)
    def test_each_reason_to_stop_is_kept_until_she_left(self, at_work: House, reason: LeaveReason) -> None:
        actions.leave(at_work.ours, at_work.id, reason, NOW)
        actions.move(at_work.ours, at_work.id, State.LEFT, _later(3))
        row = at_work.row()
        assert (row.state, row.left_reason, row.left_on) == (State.LEFT, reason, _later(3).on)

    def test_who_was_rejected_has_a_last_day_and_no_reason(self, house_of: House) -> None:
        actions.move(house_of.ours, house_of.id, State.REJECTED, NOW)
        row = house_of.row()
        assert (row.left_on, row.left_reason) == (NOW.on, "")

    def test_two_people_moving_her_at_once_move_her_once(self, house_of: House) -> None:
        old = Volunteer.for_action(house_of.ours, NOW.on).get(pk=house_of.id)
        actions.move(house_of.ours, house_of.id, State.INTERVIEW, NOW)
        old.state = State.REJECTED
        with pytest.raises(RuleBroken, match="newer_version"):
            carry_out(house_of.ours, NOW, rows=[old])


class TestTakingBack:
    """A sheet that was undone."""

    def test_nothing_of_her_is_left_but_a_tombstone(
        self, house_of: House, django_capture_on_commit_callbacks: Any
    ) -> None:
        _vog(house_of)
        with django_capture_on_commit_callbacks(execute=True):
            actions.take_back(house_of.ours, house_of.id, NOW)
        with rls.system("test"):
            for model in (Volunteer, Completion, PrisonPermit):
                assert not model.for_house("test", NOW.on).exists(), model
        assert Tombstone.objects.get(pk=house_of.id).at == NOW.at
        with pytest.raises(boxes.Erased):
            boxes.key(house_of.id)

    @pytest.mark.parametrize("name", ["correct", "move", "leave"])
    def test_who_was_worked_with_stays(self, house_of: House, name: str) -> None:
        later = _later(1)
        acts: dict[str, Callable[[], object]] = {
            "correct": lambda: actions.correct(house_of.ours, house_of.id, FACTS, later),
            "move": lambda: actions.move(house_of.ours, house_of.id, State.INTERVIEW, later),
            "leave": lambda: actions.leave(house_of.ours, house_of.id, LeaveReason.TIME, later),
        }
        acts[name]()
        before = house_of.everything()
        with pytest.raises(RuleBroken, match="sheet_in_use"):
            actions.take_back(house_of.ours, house_of.id, later)
        assert house_of.everything() == before
        assert is_in_use(house_of.row(), NOW.on)


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("volunteers_volunteer", "state", "resting"),
        ("volunteers_volunteer", "left_reason", "bored"),
        ("volunteers_completion", "requirement", "rijbewijs"),
        ("volunteers_completion", "to_on", "2000-01-01"),
        ("volunteers_prisonpermit", "to_on", "2000-01-01"),
    ],
)
def test_the_database_refuses_an_impossible_row(house_of: House, table: str, column: str, value: str) -> None:
    _vog(house_of)
    actions.grant_permit(house_of.ours, house_of.id, "NSL", NOW.on, None, NOW)
    with (
        rls.system("test"),
        connection.cursor() as cursor,
        pytest.raises(IntegrityError),
        transaction.atomic(),
    ):
        cursor.execute(f"UPDATE {table} SET {column} = %s", [value])
