"""What people do about volunteers, refusals included."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.http import Http404

from gib.core.access import rls
from gib.core.access.actor import Actor
from gib.core.access.rows import NotShown
from gib.core.access.tables import Role
from gib.core.journal.models import Happening
from gib.core.kernel.clock import Now
from gib.core.kernel.rules import RuleBroken
from gib.people.partners.builders import two_teams
from gib.people.partners.domain import Product
from gib.people.volunteers import actions, builders
from gib.people.volunteers.domain import BASE, LeaveReason, Requirement, State
from gib.people.volunteers.models import Completion, PrisonPermit, Volunteer, reasons_not_to_plan

pytestmark = pytest.mark.django_db(databases="__all__")
NOW = Now(datetime(2011, 1, 11, 9, tzinfo=UTC), date(2011, 1, 11))
FACTS = actions.NewVolunteer(
    "Truus", "Voorbeeld", date(1960, 5, 4), postcode="3511 AB", languages=("nl", "pap")
)


@pytest.fixture
def coordinator() -> Actor:
    return Actor(uuid4(), Role.COORDINATOR, frozenset({two_teams()[0].pk}))


@pytest.fixture
def stranger() -> Actor:
    return Actor(uuid4(), Role.COORDINATOR, frozenset({two_teams()[1].pk}))


def _names() -> list[str]:
    with rls.system("test"):
        return list(Happening.for_house("test", NOW.on).order_by("position").values_list("name", flat=True))


def test_a_volunteer_is_written_in_sealed(coordinator: Actor, as_house: Any) -> None:
    volunteer = builders.interested(coordinator, NOW)
    row = Volunteer.visible_to(coordinator, NOW.on).get_or_404(pk=volunteer.id)
    assert (row.given_name, row.state, row.pc4) == ("Truus", State.INTERESTED, "3511")
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT given_name {rls.MARK} FROM volunteers_volunteer")
        assert b"Truus" not in bytes(cursor.fetchone()[0])
    assert _names() == ["volunteers.VolunteerRegistered"]


def test_a_volunteer_is_written_in_for_the_own_team_only(coordinator: Actor, stranger: Actor) -> None:
    with pytest.raises(RuleBroken, match="not_found"):
        actions.register(coordinator, min(stranger.team_ids), FACTS, NOW)
    assert _names() == []


@pytest.mark.parametrize(
    ("born", "refused"), [(date(1993, 1, 12), True), (date(1993, 1, 11), False), (None, False)]
)
def test_a_volunteer_is_an_adult(coordinator: Actor, born: date | None, refused: bool) -> None:
    facts = replace(FACTS, born_on=born)
    if refused:
        with pytest.raises(RuleBroken, match="volunteer_age"):
            actions.register(coordinator, min(coordinator.team_ids), facts, NOW)
    else:
        assert actions.register(coordinator, min(coordinator.team_ids), facts, NOW).id


def test_a_coordinator_elsewhere_finds_nobody(coordinator: Actor, stranger: Actor) -> None:
    volunteer = builders.interested(coordinator, NOW)
    for act in (
        lambda: actions.correct(stranger, volunteer.id, FACTS, NOW),
        lambda: actions.move(stranger, volunteer.id, State.INTERVIEW, NOW),
        lambda: actions.leave(stranger, volunteer.id, LeaveReason.TIME, NOW),
        lambda: actions.record_completion(stranger, volunteer.id, Requirement.AGREEMENT, NOW.on, None, NOW),
        lambda: actions.grant_permit(stranger, volunteer.id, "NSL", NOW.on, None, NOW),
    ):
        with pytest.raises(Http404):
            act()
    assert _names() == ["volunteers.VolunteerRegistered"]


def test_a_correction_keeps_the_newest(coordinator: Actor, as_house: Any) -> None:
    volunteer = builders.interested(coordinator, NOW)
    actions.correct(coordinator, volunteer.id, replace(FACTS, given_name="Geertruida"), NOW)
    row = Volunteer.visible_to(coordinator, NOW.on).get_or_404(pk=volunteer.id)
    assert (row.given_name, row.languages, row.version) == ("Geertruida", "nl,pap", 1)


def test_she_becomes_available_with_everything_seen(coordinator: Actor) -> None:
    volunteer = builders.interested(coordinator, NOW)
    for state in (State.INTERVIEW, State.SCREENING, State.TRAINING):
        actions.move(coordinator, volunteer.id, state, NOW)
    with pytest.raises(RuleBroken) as refusal:
        actions.move(coordinator, volunteer.id, State.AVAILABLE, NOW)
    assert refusal.value.code == "volunteer_papers_missing"
    for requirement in BASE:
        actions.record_completion(coordinator, volunteer.id, requirement, NOW.on, None, NOW)
    assert actions.move(coordinator, volunteer.id, State.AVAILABLE, NOW).state == State.AVAILABLE


def test_a_step_that_does_not_exist_is_refused(coordinator: Actor) -> None:
    volunteer = builders.interested(coordinator, NOW)
    with pytest.raises(RuleBroken, match="illegal_move"):
        actions.move(coordinator, volunteer.id, State.TRAINING, NOW)


@pytest.mark.requirement("VOG-03")
def test_a_paper_leaves_who_saw_it_when_and_nothing_else(coordinator: Actor, as_house: Any) -> None:
    volunteer = builders.interested(coordinator, NOW)
    actions.record_completion(
        coordinator, volunteer.id, Requirement.VOG_84, NOW.on - timedelta(days=3), None, NOW
    )
    row = Completion.visible_to(coordinator, NOW.on).get()
    assert (row.seen_by, row.seen_on, row.to_on) == (coordinator.user_id, NOW.on, date(2014, 1, 7))
    fields = {field.name for field in Completion._meta.fields}
    assert fields == {"id", "volunteer", "team", "requirement", "from_on", "to_on", "seen_by", "seen_on"}


@pytest.mark.parametrize(
    ("seen", "until", "code"),
    [(1, None, "completion_in_future"), (-5, -6, "completion_expired")],
)
def test_impossible_days_of_a_paper_are_refused(
    coordinator: Actor, seen: int, until: int | None, code: str
) -> None:
    volunteer = builders.interested(coordinator, NOW)
    until_on = None if until is None else NOW.on + timedelta(days=until)
    with pytest.raises(RuleBroken, match=code):
        actions.record_completion(
            coordinator, volunteer.id, Requirement.VOG_84, NOW.on + timedelta(days=seen), until_on, NOW
        )


def test_a_permit_needs_a_vog_and_its_own_days(coordinator: Actor, as_house: Any) -> None:
    volunteer = builders.interested(coordinator, NOW)
    with pytest.raises(RuleBroken, match="permit_needs_vog"):
        actions.grant_permit(coordinator, volunteer.id, "NSL", NOW.on, None, NOW)
    actions.record_completion(coordinator, volunteer.id, Requirement.VOG_85, NOW.on, None, NOW)
    with pytest.raises(RuleBroken, match="period_backwards"):
        actions.grant_permit(coordinator, volunteer.id, "NSL", NOW.on, NOW.on - timedelta(days=1), NOW)
    permit = actions.grant_permit(coordinator, volunteer.id, "NSL", NOW.on, None, NOW)
    with pytest.raises(RuleBroken, match="permit_overlaps"):
        actions.grant_permit(coordinator, volunteer.id, "NSL", NOW.on, None, NOW)
    with pytest.raises(RuleBroken, match="period_backwards"):
        actions.end_permit(coordinator, permit.id, NOW.on - timedelta(days=1), NOW)
    assert actions.end_permit(coordinator, permit.id, NOW.on, NOW).to_on == NOW.on
    assert PrisonPermit.visible_to(coordinator, NOW.on).get().to_on == NOW.on


def test_a_planner_hears_every_reason(coordinator: Actor, as_house: Any) -> None:
    volunteer = builders.available(coordinator, NOW, Product.BEZOEKMOEDERS, prison="NSL")
    assert reasons_not_to_plan(volunteer, Product.BEZOEKMOEDERS, "NSL", NOW.on) == ()
    assert reasons_not_to_plan(volunteer, Product.BEZOEKMOEDERS, "TPL", NOW.on) == ("permit",)
    assert reasons_not_to_plan(volunteer, Product.IK_JIJ_WIJ, "NSL", NOW.on) == ("training_ik_jij_wij",)
    late = date(2015, 1, 1)
    assert set(reasons_not_to_plan(volunteer, Product.BEZOEKMOEDERS, "NSL", late)) == {"vog_84", "vog_85"}


def test_a_goodbye_has_a_reason_and_an_end(coordinator: Actor) -> None:
    volunteer = builders.available(coordinator, NOW)
    left = actions.leave(coordinator, volunteer.id, LeaveReason.MOVED, NOW)
    assert (left.state, left.left_reason, left.left_on) == (State.LEAVING, LeaveReason.MOVED, None)
    with pytest.raises(RuleBroken, match="illegal_move"):
        actions.leave(coordinator, volunteer.id, LeaveReason.MOVED, NOW)
    assert actions.move(coordinator, volunteer.id, State.LEFT, NOW).left_on == NOW.on


def test_a_volunteer_sees_herself_and_no_other(coordinator: Actor, as_house: Any) -> None:
    me = builders.interested(coordinator, NOW)
    builders.interested(coordinator, NOW, "Bea", "Verzonnen")
    actor = Actor(uuid4(), Role.VOLUNTEER, volunteer_id=me.id)
    assert [row.id for row in Volunteer.visible_to(actor, NOW.on)] == [me.id]
    with pytest.raises(NotShown):
        str(Volunteer.visible_to(actor, NOW.on).get().nothing)
