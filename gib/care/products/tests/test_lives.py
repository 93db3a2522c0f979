"""Each of the five products from her wish to its end, with every event in its order."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest

from gib.care.products import actions, builders, reactions
from gib.care.products.domain.home import Phase
from gib.care.products.domain.match import EndReason
from gib.care.products.domain.meeting import Presence
from gib.care.products.domain.participation import State
from gib.care.products.ik_jij_wij import actions as courses
from gib.care.products.models import Contact, Match
from gib.care.products.moeder_de_gans.actions import note_attendance
from gib.care.products.moeder_kind_bezoeken import actions as mornings
from gib.care.products.moeder_kind_bezoeken.models import MeetingChild
from gib.care.products.moedermaatjes import actions as homes
from gib.care.products.moedermaatjes.models import progress
from gib.care.products.tests.conftest import NOW, day, later
from gib.care.products.tests.test_exceptions import a_part, expected
from gib.care.products.tests.test_meetings import a_course, a_student, present, state_of
from gib.care.products.tests.test_mornings import HOME
from gib.care.trajectory import actions as trajectory
from gib.care.trajectory import builders as trajectories
from gib.care.trajectory.domain import CloseReason
from gib.core.access.actor import Actor
from gib.people.families import builders as family
from gib.people.partners.domain import Product
from gib.people.partners.models import VisitingRule

pytestmark = pytest.mark.django_db(databases=["default", "keys", "log"])
Told = Callable[[UUID], list[str]]


def since_start(names: list[str]) -> list[str]:
    """Keep what was told of products, without the slice of the name."""
    return [name.split(".")[1] for name in names if not name.startswith("trajectory.")]


def test_moeder_de_gans(coordinator: Actor, told: Told) -> None:
    plan = trajectories.inside(coordinator, NOW)
    part = builders.planned(coordinator, plan.dossier_id, Product.MOEDER_DE_GANS, NOW)
    meeting = builders.a_meeting(coordinator, NOW)
    guest = actions.invite(coordinator, meeting.pk, plan.dossier_id, NOW)
    note_attendance(coordinator, guest.id, Presence.PRESENT, True, later(7))
    actions.hold_meeting(coordinator, meeting.pk, 4, later(7))
    assert state_of(coordinator, part) == State.COMPLETED
    wanted = ["Wished", "Offered", "Planned", "Invited", "Attended", "Started", "Completed"]
    assert since_start(told(plan.dossier_id)) == wanted


def test_bezoekmoeders(coordinator: Actor) -> None:
    part, match = builders.visiting(coordinator, NOW)
    actions.start_trial(coordinator, match.id, NOW)
    builders.in_series(coordinator, match, NOW)
    rows = list(Contact.visible_to(coordinator, NOW.on).filter(match_id=match.id).order_by("planned_on"))
    for row in rows[:3]:
        now = later((row.planned_on - NOW.on).days)
        assert builders.visited(coordinator, match, now.on, now).id == row.id
    actions.run(coordinator, match.id, later(30))
    actions.begin_ending(coordinator, match.id, later(35))
    builders.visited(coordinator, match, day(42), later(42))
    actions.end_match(coordinator, match.id, EndReason.PLANNED, later(42))
    actions.complete(coordinator, part.id, later(42))
    assert state_of(coordinator, part) == State.COMPLETED
    states = [row.state for row in Contact.visible_to(coordinator, NOW.on).filter(match_id=match.id)]
    assert states[::-1] == ["logged"] * 4 + ["overtaken"] * 3


def test_moeder_kind_bezoeken(coordinator: Actor) -> None:
    VisitingRule.objects.create(prison_id="NSL", kind="parent_child", valid_from=date(2009, 7, 1))
    part = a_part(coordinator)
    morning = builders.a_meeting(coordinator, NOW, Product.MOEDER_KIND_BEZOEKEN, days=7)
    row = expected(coordinator, part, morning)
    assert mornings.begin(coordinator, part.id, NOW).state == State.RUNNING
    for act in (mornings.pick_up, mornings.enter):
        act(coordinator, row.id, later(7))
    mornings.bring_back(coordinator, row.id, HOME, later(7))
    actions.hold_meeting(coordinator, morning.pk, 0, later(7))
    family.released(coordinator, part.dossier_id, later(20))
    reactions.on_released(part.dossier_id, {"released_on": str(day(20))}, later(20))
    assert state_of(coordinator, part) == State.ENDED_BY_RELEASE
    kept = MeetingChild.visible_to(coordinator, NOW.on).get_or_404(pk=row.id)
    assert kept.state == "returned"


def test_ik_jij_wij(coordinator: Actor, told: Told) -> None:
    part, course = a_student(coordinator), a_course(coordinator)
    courses.enrol(coordinator, course.pk, part.id, NOW)
    present(coordinator, part, 7)
    courses.close_course(coordinator, course.pk, later(51))
    assert state_of(coordinator, part) == State.COMPLETED
    names = since_start(told(part.dossier_id))
    assert names[:5] == ["Wished", "Offered", "Planned", "Enrolled", "Started"]
    assert (names.count("Invited"), names.count("Attended")) == (8, 7)
    assert names[-2:] == ["LeftCourse", "Completed"]


def test_moedermaatjes(coordinator: Actor) -> None:
    part, match = builders.at_home(coordinator, NOW)
    for weeks in range(6):
        builders.visited(coordinator, match, day(weeks * 7), later(weeks * 7), minutes=240)
    found = progress(part, day(35))
    assert (found.phase, found.minutes, found.budget_hours) == (Phase.STABILISE, 6 * 240, 24)
    assert found.minutes == found.budget_hours * 60
    homes.finish(coordinator, part.id, day(38), "Zij bakte een taart.", later(38))
    plan = trajectory.close(coordinator, part.trajectory_id, CloseReason.GOALS_MET, None, later(40))
    reactions.on_closed(plan.dossier_id, {"reason": "goals_met"}, later(40))
    assert state_of(coordinator, part) == State.COMPLETED
    row = Match.visible_to(coordinator, NOW.on).get_or_404(pk=match.id)
    assert (row.to_on, row.end_reason) == (day(38), EndReason.PLANNED)
