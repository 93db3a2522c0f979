"""The map of her network: drawn on a day, copied on the next, hers to refuse and to erase."""

from collections.abc import Callable
from typing import Any, Final
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404
from hypothesis import given
from hypothesis import strategies as st

from gib.care.trajectory import actions, builders, words
from gib.care.trajectory.domain import State, network
from gib.care.trajectory.domain.network import MOST_PEOPLE, Person, Placed, Ring, Tie
from gib.care.trajectory.models import NetworkMap, NetworkPerson, Trajectory, add_to
from gib.care.trajectory.tests.conftest import NOW, broken, day, later, refused, write
from gib.care.trajectory.tests.test_scores import OUTSIDE, payloads
from gib.core.access.actor import Actor
from gib.core.access.rows import Shown
from gib.core.access.tables import Role

pytestmark = pytest.mark.django_db(databases=["default", "keys", "log"])
SISTER: Final = Person(role=Tie.FAMILY, ring=Ring.FURTHER, name="Zus Zeester")
HELP: Final = Person(role=Tie.HELPER, ring=Ring.PROFESSIONAL)
TABLES: Final = (NetworkMap, NetworkPerson)
KEYS: Final = [UUID(int=number) for number in range(6)]
DRAWINGS: Final = st.dictionaries(st.sampled_from(KEYS), st.sampled_from(list(Ring))).map(
    lambda told: [Placed(thread, ring) for thread, ring in told.items()]
)


def drawn(actor: Actor, plan: Trajectory, *people: Person, days: int = 0) -> NetworkMap:
    row = actions.draw_network(actor, plan.id, later(days))
    for person in people:
        actions.place_person(actor, row.id, person, later(days))
    return row


def on_map(actor: Actor, drawing: NetworkMap) -> set[tuple[str, str, str]]:
    rows = NetworkPerson.for_action(actor, NOW.on).filter(map_id=drawing.id)
    return {(row.role, row.ring, row.name) for row in rows}


def only(actor: Actor, drawing: NetworkMap) -> NetworkPerson:
    row: NetworkPerson = NetworkPerson.for_action(actor, NOW.on).get(map_id=drawing.id)
    return row


# ---- rules, without the database


def test_every_ring_and_role_has_a_word() -> None:
    assert set(words.RINGS) == set(Ring)
    assert set(words.TIES) == set(Tie)


def test_two_drawings_are_told_apart() -> None:
    one, two, three = KEYS[:3]
    then = [Placed(one, Ring.HEART), Placed(two, Ring.NEAR)]
    now = [Placed(two, Ring.HEART), Placed(three, Ring.FURTHER)]
    found = network.changes(then, now)
    assert (found.came, found.went) == ((three,), (one,))
    assert found.moved == ((two, Ring.NEAR, Ring.HEART),)


@given(then=DRAWINGS, now=DRAWINGS)
def test_what_changed_leads_from_one_drawing_to_the_other(then: list[Placed], now: list[Placed]) -> None:
    found, told = network.changes(then, now), {each.thread: each.ring for each in then}
    after = {each.thread: each.ring for each in now}
    for thread in found.went:
        del told[thread]
    for thread, old, new in found.moved:
        assert told[thread] is old
        told[thread] = new
    assert told | {thread: after[thread] for thread in found.came} == after
    assert sum(network.sizes(now).values()) == len(now)


@given(drawing=DRAWINGS)
def test_a_drawing_beside_itself_has_no_changes(drawing: list[Placed]) -> None:
    assert network.changes(drawing, drawing) == network.Changes((), (), ())


def test_an_empty_ring_counts_none() -> None:
    assert network.sizes([Placed(KEYS[0], Ring.NEAR)]) == {
        **dict.fromkeys(Ring, 0),
        Ring.NEAR: 1,
    }


@pytest.mark.parametrize("state", State)
def test_she_is_asked_at_home_only_and_once_a_review(state: State) -> None:
    at_home = state in (State.ACTIVE_OUTSIDE, State.TAPERING)
    assert network.is_asked(state, None, None) is at_home
    assert network.is_asked(state, day(0), None) is False
    assert network.is_asked(state, day(0), day(0)) is False
    assert network.is_asked(state, day(0), day(90)) is at_home
    assert network.is_asked(state, day(90), day(90)) is False


def test_only_the_drawing_of_today_changes() -> None:
    network.check_drawing(day(0), day(0))
    for on in (day(1), day(-1)):
        with broken("map_of_another_day"):
            network.check_drawing(day(0), on)


def test_a_drawing_is_full_at_some_point() -> None:
    network.check_room(MOST_PEOPLE - 1)
    with broken("map_full"):
        network.check_room(MOST_PEOPLE)


# ---- acts


def test_a_first_drawing_is_empty_and_takes_people(coordinator: Actor) -> None:
    plan = builders.inside(coordinator, NOW)
    drawing = drawn(coordinator, plan, SISTER, HELP)
    assert on_map(coordinator, drawing) == {
        ("family", "further", "Zus Zeester"),
        ("helper", "professional", ""),
    }
    assert payloads("trajectory.NetworkDrawn") == [{"map_id": str(drawing.id), "people": 0}]
    assert [told["ring"] for told in payloads("trajectory.PersonPlaced")] == ["further", "professional"]
    assert "Zeester" not in str(payloads("trajectory.PersonPlaced"))


def test_drawing_twice_a_day_is_one_drawing(coordinator: Actor) -> None:
    plan = builders.inside(coordinator, NOW)
    assert drawn(coordinator, plan, SISTER).id == drawn(coordinator, plan).id
    assert len(payloads("trajectory.NetworkDrawn")) == 1


def test_the_next_drawing_is_a_copy_and_the_first_stays(coordinator: Actor) -> None:
    plan = builders.inside(coordinator, NOW)
    first = drawn(coordinator, plan, SISTER)
    second = drawn(coordinator, plan, days=90)
    assert on_map(coordinator, second) == on_map(coordinator, first)
    moved = Person(role=Tie.FAMILY, ring=Ring.HEART, name="Fien")
    actions.change_person(coordinator, only(coordinator, second).id, moved, later(90))
    assert on_map(coordinator, first) == {("family", "further", "Zus Zeester")}
    assert on_map(coordinator, second) == {("family", "heart", "Fien")}
    assert only(coordinator, first).thread == only(coordinator, second).thread
    assert [told["people"] for told in payloads("trajectory.NetworkDrawn")] == [0, 1]


def test_who_is_taken_off_stays_on_the_earlier_drawing(coordinator: Actor) -> None:
    plan = builders.inside(coordinator, NOW)
    first = drawn(coordinator, plan, SISTER)
    second = drawn(coordinator, plan, days=90)
    actions.take_person(coordinator, only(coordinator, second).id, later(90))
    assert on_map(coordinator, second) == set()
    assert len(on_map(coordinator, first)) == 1
    assert len(payloads("trajectory.PersonTaken")) == 1


def test_a_drawing_of_another_day_does_not_change(coordinator: Actor) -> None:
    plan = builders.inside(coordinator, NOW)
    drawing = drawn(coordinator, plan, SISTER)
    person = only(coordinator, drawing)
    for late in (
        lambda: actions.place_person(coordinator, drawing.id, HELP, later(1)),
        lambda: actions.change_person(coordinator, person.id, HELP, later(1)),
        lambda: actions.take_person(coordinator, person.id, later(1)),
    ):
        with refused("map_of_another_day", *TABLES):
            late()


def test_an_edit_of_an_older_version_is_refused(coordinator: Actor) -> None:
    person = only(coordinator, drawn(coordinator, builders.inside(coordinator, NOW), SISTER))
    actions.change_person(coordinator, person.id, HELP, NOW)
    old = Person(role=Tie.FRIEND, ring=Ring.NEAR, version=person.version)
    with refused("newer_version", *TABLES):
        actions.change_person(coordinator, person.id, old, NOW)


def test_a_full_drawing_takes_nobody_more(coordinator: Actor) -> None:
    drawing = drawn(coordinator, builders.inside(coordinator, NOW), *([HELP] * MOST_PEOPLE))
    with refused("map_full", *TABLES):
        actions.place_person(coordinator, drawing.id, HELP, NOW)


def test_she_may_refuse_and_change_her_mind(coordinator: Actor) -> None:
    plan = builders.inside(coordinator, NOW)
    said = actions.refuse_network(coordinator, plan.id, NOW)
    assert actions.refuse_network(coordinator, plan.id, NOW).id == said.id
    assert payloads("trajectory.NetworkRefused") == [{"map_id": str(said.id)}]
    with refused("no_map", *TABLES):
        actions.place_person(coordinator, said.id, SISTER, NOW)
    assert drawn(coordinator, plan, SISTER).is_refused is False


def test_she_may_have_all_of_it_erased_also_after_the_end(coordinator: Actor) -> None:
    plan = builders.inside(coordinator, NOW)
    drawn(coordinator, plan, SISTER)
    drawn(coordinator, plan, HELP, days=90)
    builders.closed(coordinator, plan, later(90))
    actions.erase_network(coordinator, plan.id, later(91))
    for table in TABLES:
        assert not table.for_action(coordinator, NOW.on).exists()
    assert payloads("trajectory.NetworkErased") == [{"trajectory_id": str(plan.id), "maps": 2}]
    with refused("no_map", *TABLES):
        actions.erase_network(coordinator, plan.id, later(91))


def test_a_closed_plan_is_not_drawn_for(coordinator: Actor) -> None:
    plan = builders.inside(coordinator, NOW)
    drawing = drawn(coordinator, plan, SISTER)
    builders.closed(coordinator, plan, NOW)
    for late in (
        lambda: actions.draw_network(coordinator, plan.id, later(1)),
        lambda: actions.refuse_network(coordinator, plan.id, later(1)),
        lambda: actions.place_person(coordinator, drawing.id, HELP, NOW),
    ):
        with refused("trajectory_not_open", *TABLES):
            late()


def test_the_drawing_of_an_earlier_plan_is_where_the_next_one_begins(coordinator: Actor) -> None:
    plan = builders.inside(coordinator, NOW)
    drawn(coordinator, plan, SISTER)
    builders.closed(coordinator, plan, NOW)
    again = actions.propose(coordinator, plan.dossier_id, later(200))
    drawing = drawn(coordinator, again, days=200)
    assert on_map(coordinator, drawing) == {("family", "further", "Zus Zeester")}


# ---- who


ACTS: Final[dict[str, Callable[[Actor, Any, Any, Any], Any]]] = {
    "draw": lambda by, plan, _drawing, _person: actions.draw_network(by, plan, NOW),
    "refuse": lambda by, plan, _drawing, _person: actions.refuse_network(by, plan, NOW),
    "erase": lambda by, plan, _drawing, _person: actions.erase_network(by, plan, NOW),
    "place": lambda by, _plan, drawing, _person: actions.place_person(by, drawing, HELP, NOW),
    "change": lambda by, _plan, _drawing, person: actions.change_person(by, person, HELP, NOW),
    "take": lambda by, _plan, _drawing, person: actions.take_person(by, person, NOW),
}


@pytest.mark.parametrize("name", ACTS)
def test_another_team_does_none_of_it(coordinator: Actor, stranger: Actor, name: str) -> None:
    plan = builders.inside(coordinator, NOW)
    drawing = drawn(coordinator, plan, SISTER)
    with pytest.raises(Http404):
        ACTS[name](stranger, plan.id, drawing.id, only(coordinator, drawing).id)


@pytest.mark.parametrize("role", OUTSIDE)
@pytest.mark.parametrize("name", ACTS)
def test_no_role_outside_the_team_does_any_of_it(name: str, role: Role) -> None:
    with pytest.raises(PermissionDenied):
        ACTS[name](Actor(UUID(int=77), role), uuid4(), uuid4(), uuid4())


@pytest.mark.parametrize("role", OUTSIDE)
def test_her_network_does_not_exist_outside_the_team(coordinator: Actor, stranger: Actor, role: Role) -> None:
    drawn(coordinator, builders.inside(coordinator, NOW), SISTER)
    for reader in (stranger, Actor(UUID(int=77), role)):
        for table in TABLES:
            assert not table.visible_to(reader, NOW.on).exists()


def test_her_volunteer_is_shown_nobody(coordinator: Actor) -> None:
    person = only(coordinator, drawn(coordinator, builders.inside(coordinator, NOW), SISTER))
    helper = Actor(UUID(int=79), Role.VOLUNTEER, volunteer_id=UUID(int=80))
    assert not Shown(person, helper).shows("network")
    deputy = Actor(UUID(int=78), Role.DEPUTY, coordinator.team_ids)
    assert NetworkPerson.visible_to(deputy, NOW.on).get().name == "Zus Zeester"


@pytest.mark.parametrize("facts", [{"ring": "moon"}, {"role": "enemy"}])
def test_the_database_holds_no_unknown_ring_or_role(coordinator: Actor, facts: dict[str, str]) -> None:
    plan = builders.inside(coordinator, NOW)
    drawing = drawn(coordinator, plan)
    told = {"map": drawing, "thread": uuid4(), "role": "friend", "ring": "near", "name": ""} | facts
    with pytest.raises(IntegrityError), transaction.atomic():
        write(add_to(plan, NetworkPerson, **told))
