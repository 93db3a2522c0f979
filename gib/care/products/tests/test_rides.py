"""Transport of a visit morning on the database: homes, cars, seats, and what happens when a car falls out."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time
from typing import Any
from uuid import UUID

import pytest
from bs4 import BeautifulSoup
from django.http import Http404

from gib.care.products import actions, builders
from gib.care.products.domain.contact import Reason
from gib.care.products.domain.match import Why
from gib.care.products.models import GroupMeeting, Participation
from gib.care.products.moeder_kind_bezoeken import actions as mornings
from gib.care.products.moeder_kind_bezoeken.actions import NewRide
from gib.care.products.moeder_kind_bezoeken.domain import CancelReason, State
from gib.care.products.moeder_kind_bezoeken.domain.rides import AtHome, Car, RideEnd
from gib.care.products.moeder_kind_bezoeken.models import MeetingChild, Ride
from gib.care.products.tests.conftest import NOW, broken, later, refused
from gib.care.products.tests.test_mornings import FINE
from gib.care.trajectory import builders as trajectories
from gib.core.access import rls
from gib.core.access.actor import Actor, house
from gib.core.access.tables import Role
from gib.core.journal.models import Happening, Message
from gib.engines.mornings.problem import Seat
from gib.people.accounts import builders as accounts
from gib.people.accounts.domain import Seat as Appointed
from gib.people.families import builders as family
from gib.people.partners.domain import Product
from gib.people.partners.models import VisitingRule
from gib.people.volunteers import actions as volunteers
from gib.people.volunteers.domain import State as Helper
from gib.people.volunteers.models import Completion, PrisonPermit, Volunteer

pytestmark = pytest.mark.django_db(databases=["default", "keys", "log"])
FETCHED = AtHome(
    is_fetched=True, place="Zonnepad 1, 3511 AB Utrecht", pick_up_from=time(9), pick_up_until=time(9, 15)
)


@pytest.fixture
def part(coordinator: Actor) -> Participation:
    VisitingRule.objects.create(prison_id="NSL", kind="parent_child", valid_from=date(2009, 7, 1))
    inside = trajectories.inside(coordinator, NOW)
    return builders.planned(coordinator, inside.dossier_id, Product.MOEDER_KIND_BEZOEKEN, NOW)


@pytest.fixture
def morning(coordinator: Actor) -> GroupMeeting:
    return builders.a_meeting(coordinator, NOW, Product.MOEDER_KIND_BEZOEKEN, days=7)


@pytest.fixture
def driver(coordinator: Actor) -> Volunteer:
    return builders.a_volunteer(coordinator, NOW, Product.MOEDER_KIND_BEZOEKEN)


def invited(actor: Actor, morning: GroupMeeting, part: Participation, number: int = 0) -> MeetingChild:
    """Give a child whose gate is open and who is expected."""
    child = family.with_open_gate(actor, family.with_child(actor, part.dossier_id, NOW, number), NOW)
    row = mornings.apply(actor, morning.pk, part.id, child.id, time(13), NOW)
    mornings.weigh_gate(actor, row.id, FINE, NOW)
    mornings.invite_child(actor, row.id, NOW)
    return mornings.confirm_child(actor, row.id, NOW)


def fetched(actor: Actor, morning: GroupMeeting, part: Participation, number: int = 0) -> MeetingChild:
    row = invited(actor, morning, part, number)
    return mornings.agree_pick_up(actor, row.id, FETCHED, NOW)


def a_ride(actor: Actor, morning: GroupMeeting, driver: Volunteer, *seats: int) -> Ride:
    new = NewRide(volunteer_id=driver.id, car=Car(*(seats or (2,))))
    return mornings.plan_ride(actor, morning.pk, new, NOW)


def vog_until(driver: Volunteer, last_on: date) -> None:
    """Let the certificates of conduct of a volunteer hold until a day."""
    with rls.system("test", NOW.on):
        papers = Completion.for_house("test", NOW.on).filter(volunteer_id=driver.id)
        assert papers.filter(requirement__startswith="vog").update(to_on=last_on)


def words_of(response: Any) -> str:
    """Give the words between the landmarks of a page, as somebody reads them."""
    main = BeautifulSoup(response.content.decode(), "html.parser").main
    return " ".join(main.get_text(" ").split()) if main else ""


def kept(actor: Actor, row: MeetingChild) -> Any:
    return MeetingChild.visible_to(actor, NOW.on).get_or_404(pk=row.id)


def test_from_the_door_to_a_seat(
    coordinator: Actor,
    part: Participation,
    morning: GroupMeeting,
    driver: Volunteer,
    told: Callable[[UUID], list[str]],
) -> None:
    row = fetched(coordinator, morning, part)
    ride = a_ride(coordinator, morning, driver, 2, 1)
    assert mornings.seat_child(coordinator, row.id, ride.id, NOW).ride == ride
    found = kept(coordinator, row)
    assert (found.pick_up_place, found.pick_up_from, found.ride_id) == (FETCHED.place, time(9), ride.id)
    assert mornings.unseat_child(coordinator, row.id, NOW).ride is None
    assert told(part.dossier_id)[-3:] == [
        "moeder_kind_bezoeken.PickUpAgreed",
        "moeder_kind_bezoeken.ChildSeated",
        "moeder_kind_bezoeken.ChildUnseated",
    ]
    with broken("not_in_car"):
        mornings.unseat_child(coordinator, row.id, NOW)


def test_the_journal_says_neither_where_nor_when(
    coordinator: Actor, part: Participation, morning: GroupMeeting
) -> None:
    fetched(coordinator, morning, part)
    told = Happening.for_house("test", NOW.on).get(name="moeder_kind_bezoeken.PickUpAgreed")
    assert set(told.payload) == {"meeting_child_id", "is_fetched"}


def test_a_child_sits_in_one_car_and_a_car_holds_its_seats(
    coordinator: Actor, part: Participation, morning: GroupMeeting, driver: Volunteer
) -> None:
    first, second = (fetched(coordinator, morning, part, number) for number in (0, 1))
    ride = a_ride(coordinator, morning, driver, 1)
    other = builders.a_volunteer(coordinator, NOW, Product.MOEDER_KIND_BEZOEKEN, given_name="Bea")
    next_one = a_ride(coordinator, morning, other, 2)
    mornings.seat_child(coordinator, first.id, ride.id, NOW)
    with refused("child_in_car", MeetingChild, Ride):
        mornings.seat_child(coordinator, first.id, next_one.id, NOW)
    with refused("child_in_car", MeetingChild, Ride):
        mornings.agree_pick_up(coordinator, first.id, AtHome(is_fetched=False), NOW)
    with refused("car_full", MeetingChild, Ride):
        mornings.seat_child(coordinator, second.id, ride.id, NOW)
    mornings.cancel_child(coordinator, first.id, CancelReason.CHILD, NOW)
    assert mornings.seat_child(coordinator, second.id, ride.id, NOW).ride == ride


def test_a_baby_needs_a_baby_seat(
    coordinator: Actor, part: Participation, morning: GroupMeeting, driver: Volunteer
) -> None:
    row = invited(coordinator, morning, part)
    mornings.agree_pick_up(coordinator, row.id, replace(FETCHED, seat=Seat.BABY), NOW)
    ride = a_ride(coordinator, morning, driver, 2, 1, 0)
    with refused("child_seats_full", MeetingChild, Ride):
        mornings.seat_child(coordinator, row.id, ride.id, NOW)


def test_what_cannot_be_of_a_ride(
    coordinator: Actor, part: Participation, morning: GroupMeeting, driver: Volunteer
) -> None:
    for seats, code in (((0,), "no_seats"), ((9,), "no_seats"), ((1, 1, 1), "more_child_seats")):
        with refused(code, Ride):
            a_ride(coordinator, morning, driver, *seats)
    geese = builders.a_meeting(coordinator, NOW)
    with refused("wrong_product", Ride):
        a_ride(coordinator, geese, driver)
    a_ride(coordinator, morning, driver)
    with refused("driver_taken", Ride):
        a_ride(coordinator, morning, driver)


def test_a_journey_beyond_the_norm_is_refused(
    coordinator: Actor, part: Participation, morning: GroupMeeting
) -> None:
    row = invited(coordinator, morning, part)
    with refused("ride_too_long", MeetingChild):
        mornings.agree_pick_up(coordinator, row.id, replace(FETCHED, pick_up_from=time(8, 59)), NOW)
    with refused("pick_up_unknown", MeetingChild):
        mornings.agree_pick_up(coordinator, row.id, replace(FETCHED, place=""), NOW)


def test_no_ride_after_a_cancellation(
    coordinator: Actor, part: Participation, morning: GroupMeeting, driver: Volunteer
) -> None:
    row = fetched(coordinator, morning, part)
    other = builders.a_volunteer(coordinator, NOW, Product.MOEDER_KIND_BEZOEKEN, given_name="Bea")
    ride, gone = a_ride(coordinator, morning, driver), a_ride(coordinator, morning, other)
    mornings.cancel_ride(coordinator, gone.id, RideEnd.CAR, NOW)
    with refused("ride_over", MeetingChild, Ride):
        mornings.seat_child(coordinator, row.id, gone.id, NOW)
    with refused("ride_over", Ride):
        mornings.cancel_ride(coordinator, gone.id, RideEnd.CAR, NOW)
    actions.cancel_meeting(coordinator, morning.pk, Reason.LOCKDOWN, NOW)
    with refused("meeting_over", MeetingChild, Ride):
        mornings.seat_child(coordinator, row.id, ride.id, NOW)
    with refused("meeting_over", Ride):
        a_ride(coordinator, morning, other)


def test_a_cancelled_ride_leaves_its_children_without_a_car_and_is_told(
    coordinator: Actor, part: Participation, morning: GroupMeeting, driver: Volunteer
) -> None:
    deputy, _actor = accounts.person("Dina Deput", Appointed(Role.DEPUTY, team_id=part.team_id))
    rows = [fetched(coordinator, morning, part, number) for number in (0, 1)]
    ride = a_ride(coordinator, morning, driver)
    for row in rows:
        mornings.seat_child(coordinator, row.id, ride.id, NOW)
    off = mornings.cancel_ride(coordinator, ride.id, RideEnd.DRIVER, later(1))
    assert (off.cancelled_on, off.reason) == (later(1).on, RideEnd.DRIVER)
    assert [kept(coordinator, row).ride_id for row in rows] == [None, None]
    assert {kept(coordinator, row).state for row in rows} == {State.CONFIRMED}
    heard = Message.objects.filter(occasion="ride_cancelled")
    assert deputy.id in {row.recipient_id for row in heard}
    assert coordinator.user_id not in {row.recipient_id for row in heard}
    told = Happening.for_house("test", NOW.on).get(name="moeder_kind_bezoeken.RideCancelled")
    assert (told.payload["children"], told.dossier_id) == (2, None)
    assert a_ride(coordinator, morning, driver).id != ride.id


def test_papers_that_do_not_hold_that_day_keep_a_driver_away(
    coordinator: Actor, part: Participation, morning: GroupMeeting, driver: Volunteer
) -> None:
    """Invariant 3: when she is planned, when a child gets a seat, and at the door."""
    row = fetched(coordinator, morning, part)
    ride = a_ride(coordinator, morning, driver)
    vog_until(driver, later(6).on)
    with refused("volunteer_not_allowed", MeetingChild, Ride):
        mornings.seat_child(coordinator, row.id, ride.id, NOW)
    vog_until(driver, later(7).on)
    mornings.seat_child(coordinator, row.id, ride.id, NOW)
    vog_until(driver, later(6).on)
    with refused("volunteer_not_allowed", MeetingChild, Ride):
        mornings.pick_up(coordinator, row.id, later(7))


@pytest.mark.parametrize("lack", ["training", "state", "permit"])
def test_only_a_trained_available_volunteer_with_access_drives(
    coordinator: Actor, morning: GroupMeeting, lack: str
) -> None:
    product = Product.BEZOEKMOEDERS if lack == "training" else Product.MOEDER_KIND_BEZOEKEN
    who = builders.a_volunteer(coordinator, NOW, product)
    if lack == "state":
        volunteers.move(coordinator, who.id, Helper.SUSPENDED, NOW)
    if lack == "permit":
        open_gate = PrisonPermit.for_action(coordinator, NOW.on).get(volunteer_id=who.id)
        volunteers.end_permit(coordinator, open_gate.id, later(6).on, NOW)
    with refused("volunteer_not_allowed", Ride):
        a_ride(coordinator, morning, who)


def test_who_is_never_asked_for_a_mother_does_not_drive_her_children(
    coordinator: Actor, part: Participation, morning: GroupMeeting, driver: Volunteer
) -> None:
    row = fetched(coordinator, morning, part)
    ride = a_ride(coordinator, morning, driver)
    actions.exclude(coordinator, part.dossier_id, driver.id, next(iter(Why)), NOW)
    with refused("volunteer_excluded", MeetingChild, Ride):
        mornings.seat_child(coordinator, row.id, ride.id, NOW)


def test_a_child_without_an_agreement_at_home_gets_no_seat(
    coordinator: Actor, part: Participation, morning: GroupMeeting, driver: Volunteer
) -> None:
    row, ride = invited(coordinator, morning, part), a_ride(coordinator, morning, driver)
    with refused("pick_up_unknown", MeetingChild):
        mornings.seat_child(coordinator, row.id, ride.id, NOW)
    mornings.agree_pick_up(coordinator, row.id, AtHome(is_fetched=False), NOW)
    with refused("pick_up_unknown", MeetingChild):
        mornings.seat_child(coordinator, row.id, ride.id, NOW)


def test_a_child_under_way_keeps_its_car(
    coordinator: Actor, part: Participation, morning: GroupMeeting, driver: Volunteer
) -> None:
    row, ride = fetched(coordinator, morning, part), a_ride(coordinator, morning, driver)
    mornings.seat_child(coordinator, row.id, ride.id, NOW)
    mornings.pick_up(coordinator, row.id, later(7))
    for act in (
        lambda: mornings.unseat_child(coordinator, row.id, later(7)),
        lambda: mornings.cancel_ride(coordinator, ride.id, RideEnd.CAR, later(7)),
        lambda: mornings.agree_pick_up(coordinator, row.id, FETCHED, later(7)),
        lambda: mornings.remind_home(coordinator, row.id, later(7)),
    ):
        with broken("child_on_its_way"):
            act()


def test_a_full_room_invites_nobody_more(
    coordinator: Actor, part: Participation, morning: GroupMeeting
) -> None:
    """The rule of the prison says three."""
    VisitingRule.objects.filter(prison_id="NSL").update(max_children=3)
    for number in range(3):
        invited(coordinator, morning, part, number)
    with broken("room_full"):
        invited(coordinator, morning, part, 3)


def test_strangers_find_no_ride_and_no_driver(
    coordinator: Actor, stranger: Actor, part: Participation, morning: GroupMeeting, driver: Volunteer
) -> None:
    row, ride = fetched(coordinator, morning, part), a_ride(coordinator, morning, driver)
    theirs = builders.a_meeting(stranger, NOW, Product.MOEDER_KIND_BEZOEKEN)
    for act in (
        lambda: mornings.cancel_ride(stranger, ride.id, RideEnd.CAR, NOW),
        lambda: mornings.seat_child(stranger, row.id, ride.id, NOW),
        lambda: mornings.plan_ride(stranger, theirs.pk, NewRide(volunteer_id=driver.id, car=Car(2)), NOW),
        lambda: mornings.plan_ride(stranger, morning.pk, NewRide(volunteer_id=driver.id, car=Car(2)), NOW),
    ):
        with pytest.raises(Http404):
            act()


def test_a_seat_is_in_a_car_of_the_same_morning(
    coordinator: Actor, part: Participation, morning: GroupMeeting, driver: Volunteer
) -> None:
    other = builders.a_meeting(coordinator, NOW, Product.MOEDER_KIND_BEZOEKEN, days=14)
    row, ride = fetched(coordinator, morning, part), a_ride(coordinator, other, driver)
    with pytest.raises(Http404):
        mornings.seat_child(coordinator, row.id, ride.id, NOW)


def test_three_days_before_whoever_answers_is_told_once_to_remind_the_homes(
    coordinator: Actor, part: Participation, morning: GroupMeeting
) -> None:
    accounts.person("Dina Deput", Appointed(Role.DEPUTY, team_id=part.team_id))
    row = invited(coordinator, morning, part)
    told = Message.objects.filter(occasion="visit_checklist")
    assert mornings.send_checklists(house("tick"), later(3)) == 0
    assert [mornings.send_checklists(house("tick"), later(days)) for days in (4, 5)] == [1, 1]
    assert told.count() == len({each.recipient_id for each in told}) >= 1
    assert all(str(row.id) not in each.effect_key for each in told)
    assert mornings.remind_home(coordinator, row.id, later(5)).reminded_on == later(5).on
    assert mornings.send_checklists(house("tick"), later(6)) == 0
    actions.cancel_meeting(coordinator, morning.pk, Reason.LOCKDOWN, later(6))
    with broken("meeting_over"):
        mornings.remind_home(coordinator, row.id, later(6))
