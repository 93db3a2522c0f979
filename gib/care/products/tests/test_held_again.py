"""Who is helped at home and is held again: the help rests, nobody comes to her door, and it goes on later."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from gib.care.products import actions, builders, reactions, slots
from gib.care.products.actions.contacts import Log
from gib.care.products.domain.contact import AT_HOME, IN_PRISON, Kind
from gib.care.products.domain.contact import State as Visit
from gib.care.products.domain.participation import State, check_at_home
from gib.care.products.models import Contact, Match, Participation, rests_at_home
from gib.care.products.tests.conftest import NOW, broken, day, later, refused
from gib.care.products.tests.test_views import at, herself, request
from gib.care.referral.tests.reader import text_of, visitor
from gib.care.trajectory import actions as plans
from gib.care.trajectory import builders as trajectories
from gib.care.trajectory import reactions as plan_reactions
from gib.care.trajectory.domain import CloseReason
from gib.care.trajectory.models import Trajectory
from gib.core.access.actor import Actor
from gib.core.access.actor import house as the_house
from gib.people.families import actions as families
from gib.people.families import builders as family
from gib.people.partners.domain import Product

pytestmark = pytest.mark.django_db(databases=["default", "keys", "log"])
HELD, FREE = 5, 40
HOUSE = the_house("tick")
RESTS = "De hulp thuis rust, want zij zit weer vast."


def held_again(actor: Actor, part: Participation, days: int = HELD) -> None:
    """Let her be held again, and everybody hear of it."""
    families.detain_again(actor, part.dossier_id, day(days), "NSL", "", "remand", later(days))
    plan_reactions.on_detained_again(part.dossier_id, {"prison": "NSL"}, later(days))
    reactions.on_detained_again(part.dossier_id, {"prison": "NSL"}, later(days))


def ahead(actor: Actor, match: Match) -> int:
    rows = Contact.visible_to(actor, NOW.on).filter(match_id=match.id, state=Visit.PLANNED)
    return int(rows.filter(planned_on__gte=day(HELD)).count())


def plan_home(actor: Actor, match: Match, days: int, told: int, kind: Kind | None = None) -> Contact:
    return actions.plan_visit(actor, match.id, day(days), builders.AT, "", later(told), kind=kind)


def test_every_sort_of_contact_is_inside_at_home_or_anywhere() -> None:
    assert not AT_HOME & IN_PRISON
    assert set(Kind) - AT_HOME - IN_PRISON == {Kind.PHONE, Kind.TALK}
    check_at_home(False)
    with broken("home_rests"):
        check_at_home(True)


def test_nobody_comes_to_the_door_of_who_is_held_again(coordinator: Actor) -> None:
    """Each day the house plans what came within sight of a series: not while she is inside."""
    part, match = builders.at_home(coordinator, NOW)
    builders.in_series(coordinator, match, NOW, every_days=7, place="Bij haar thuis")
    assert ahead(coordinator, match) > 4
    held_again(coordinator, part)
    assert (ahead(coordinator, match), rests_at_home(part.id, day(HELD))) == (0, True)
    for days in (HELD, HELD + 1, HELD + 9):
        assert actions.plan_ahead(HOUSE, later(days)) == 0
    assert ahead(coordinator, match) == 0
    family.released(coordinator, part.dossier_id, later(FREE))
    builders.consented_again(coordinator, part.dossier_id, later(FREE))
    assert not rests_at_home(part.id, day(FREE + 1))
    assert actions.plan_ahead(HOUSE, later(FREE + 1)) > 4


@pytest.mark.parametrize("kind", sorted(AT_HOME))
def test_a_visit_at_home_is_refused_and_a_call_is_not(coordinator: Actor, kind: Kind) -> None:
    part, match = builders.at_home(coordinator, NOW)
    moved = plan_home(coordinator, match, HELD + 2, 0)
    held_again(coordinator, part)
    for actor in (coordinator, herself(match)):
        with refused("home_rests"):
            plan_home(actor, match, HELD + 3, HELD, kind)
    with refused("illegal_move"):
        actions.move_visit(coordinator, moved.id, actions.Slot(on=day(9), at=builders.AT), later(HELD))
    assert plan_home(coordinator, match, HELD + 3, HELD, Kind.PHONE).state == Visit.PLANNED
    assert not rests_at_home(uuid4(), day(HELD))


def test_before_her_first_release_a_visit_at_home_is_planned_ahead(coordinator: Actor) -> None:
    """Help that has not begun does not rest: the maatje and the mother agree on the first day at home."""
    plan = trajectories.inside(coordinator, NOW)
    part = builders.planned(coordinator, plan.dossier_id, Product.MOEDERMAATJES, NOW)
    match = builders.introduced(coordinator, part, builders.a_volunteer(coordinator, NOW), NOW)
    assert plan_home(coordinator, match, 20, 0).state == Visit.PLANNED


def test_what_was_before_is_told_and_the_part_stays(coordinator: Actor) -> None:
    part, match = builders.at_home(coordinator, NOW)
    held_again(coordinator, part)
    log = Log(held_on=day(HELD - 2), minutes=60)
    assert actions.log_visit(herself(match), match.id, log, later(HELD + 1)).state == Visit.LOGGED
    row = Participation.visible_to(coordinator, NOW.on).get_or_404(pk=part.id)
    assert (row.state, row.ended_on) == (State.RUNNING, None)


def test_coordinator_and_volunteer_read_that_the_help_rests(house: Actor) -> None:
    part, match = builders.at_home(house, NOW)
    plan = str(slots.parts(request(house, later(HELD)), part.dossier_id))
    assert "Rust nu" not in plan
    held_again(house, part)
    plan = str(slots.parts(request(house, later(HELD)), part.dossier_id))
    assert "Rust nu" in plan
    assert RESTS in plan
    assert "Ga hier verder" not in plan
    for actor in (house, herself(match)):
        page = text_of(visitor(actor, later(HELD)).get(at("match", match.id)))
        assert RESTS in page
        assert "Fase:" not in page
    browser = visitor(herself(match), later(HELD))
    url = reverse("products:visit_plan", args=[match.id])
    told = {"day": f"{day(HELD + 2):%d-%m-%Y}", "time": "10:30", "kind": "home_visit", "place": "Thuis"}
    answer = browser.post(url, told)
    assert answer.status_code == 422


def test_a_new_plan_follows_the_old_one_at_once_and_shows_it(house: Actor) -> None:
    part, match = builders.at_home(house, NOW)
    held_again(house, part)
    with broken("trajectory_open"):
        plans.propose(house, part.dossier_id, later(HELD))
    old = plans.close(house, part.trajectory_id, CloseReason.OWN_WISH, None, later(HELD + 1))
    reactions.on_closed(part.dossier_id, {"reason": "own_wish"}, later(HELD + 1))
    assert Match.visible_to(house, NOW.on).get_or_404(pk=match.id).to_on == day(HELD + 1)
    builders.consented_again(house, part.dossier_id, later(HELD + 1))
    new = trajectories.proposed_in(house, part.dossier_id, later(HELD + 2))
    assert new.previous_id == old.id
    rows = Trajectory.visible_to(house, NOW.on).filter(dossier_id=part.dossier_id)
    assert rows.count() == 2
    again = later(HELD + 2)
    plans.agree(house, new.id, again)
    assert plans.start_inside(house, new.id, again).started_on == again.on
    inside = builders.planned(house, part.dossier_id, Product.BEZOEKMOEDERS, again)
    assert inside.trajectory_id == new.id
    assert (again.on - NOW.on) == timedelta(days=HELD + 2)
