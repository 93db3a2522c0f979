"""The proposal for the cars of a morning, by hand: what it says, what is taken over or refused."""

from collections.abc import Callable
from datetime import date, time
from typing import Any

import pytest
from bs4 import BeautifulSoup

from gib.care.products import actions, builders
from gib.care.products.domain.match import Why
from gib.care.products.models import GroupMeeting, Participation
from gib.care.products.moeder_kind_bezoeken import actions as mornings
from gib.care.products.moeder_kind_bezoeken.domain.rides import AtHome, RideEnd
from gib.care.products.moeder_kind_bezoeken.models import MeetingChild, Ride
from gib.care.products.tests.conftest import NOW, refused
from gib.care.products.tests.test_rides import FETCHED, a_ride, fetched, invited, vog_until, words_of
from gib.care.products.tests.test_views import at, done, send
from gib.care.referral.tests.reader import queries, visitor
from gib.care.trajectory import builders as trajectories
from gib.core.access import rls
from gib.core.access.actor import Actor
from gib.core.journal.models import Happening
from gib.people.families import builders as family
from gib.people.partners.domain import Product
from gib.people.partners.models import Postcode, VisitingRule
from gib.people.volunteers.models import Volunteer

pytestmark = pytest.mark.django_db(databases=["default", "keys", "log"])


@pytest.fixture
def part(house: Actor) -> Participation:
    VisitingRule.objects.create(prison_id="NSL", kind="parent_child", valid_from=date(2009, 7, 1))
    for digits in ("3511", "3431"):
        if not Postcode.objects.filter(digits=digits).exists():
            Postcode.objects.create(digits=digits, place="Zonstad", latitude=52.06, longitude=5.1)
    plan = trajectories.inside(house, NOW)
    return builders.planned(house, plan.dossier_id, Product.MOEDER_KIND_BEZOEKEN, NOW)


@pytest.fixture
def morning(house: Actor) -> GroupMeeting:
    return builders.a_meeting(house, NOW, Product.MOEDER_KIND_BEZOEKEN, days=7)


def driving(house: Actor, morning: GroupMeeting, name: str, *seats: int, area: str = "3431") -> Ride:
    """Let a volunteer of some postcode area drive."""
    driver = builders.a_volunteer(house, NOW, Product.MOEDER_KIND_BEZOEKEN, family_name=name)
    with rls.system("test", NOW.on):
        assert Volunteer.for_house("test", NOW.on).filter(pk=driver.id).update(pc4=area)
    return a_ride(house, morning, driver, *seats)


def page(house: Actor, morning: GroupMeeting) -> Any:
    answer = visitor(house).get(at("morning_plan", morning.pk))
    assert answer.status_code == 200
    return answer


def proposed(answer: Any) -> dict[str, str]:
    """Give what the form of the page would send."""
    html = BeautifulSoup(answer.content.decode(), "html.parser")
    chosen = {}
    for select in html.select("main select"):
        option = select.select_one("option[selected]") or select.select_one("option")
        assert option is not None
        chosen[str(select["name"])] = str(option["value"])
    return chosen


def seats(house: Actor, morning: GroupMeeting) -> list[Any]:
    rows = MeetingChild.for_action(house, NOW.on).filter(meeting_id=morning.pk)
    return sorted((row.ride_id for row in rows), key=str)


def test_a_proposal_is_looked_at_and_taken_over(
    house: Actor, morning: GroupMeeting, part: Participation
) -> None:
    for number in range(2):
        fetched(house, morning, part, number)
    assert "Maak voorstel" not in words_of(visitor(house).get(at("morning", morning.pk)))
    ride = driving(house, morning, "Lindeboom", 2)
    driving(house, morning, "Esdoorn", 1)
    assert "Maak voorstel" in words_of(visitor(house).get(at("morning", morning.pk)))
    answer = page(house, morning)
    told = words_of(answer)
    assert "Kinderen met een plek: 2 van 2." in told
    assert "Beter kan niet: dat is nagerekend. Er verandert iets voor 2 kinderen." in told
    assert "Truus L. Heen" in told
    assert "Merel, Spreeuw" in told or "Merel, Vink" in told
    assert "Zonnepad" not in told
    chosen = proposed(answer)
    assert [*chosen.values()] == [str(ride.id)] * 2
    assert seats(house, morning) == [None, None]
    assert done(house, at("morning_plan", morning.pk), **chosen) == at("morning", morning.pk)
    assert seats(house, morning) == [ride.id, ride.id]
    assert "Er verandert niets: zo is het nu al." in words_of(page(house, morning))


def test_people_choose_otherwise(house: Actor, morning: GroupMeeting, part: Participation) -> None:
    row = fetched(house, morning, part)
    small, large = (driving(house, morning, name, number) for name, number in (("Els", 1), ("Iep", 4)))
    name = f"child_{row.id}"
    for ride in (small, large):
        done(house, at("morning_plan", morning.pk), **{name: str(ride.id)})
        assert seats(house, morning) == [ride.id]
        assert proposed(page(house, morning)) == {name: str(ride.id)}
    done(house, at("morning_plan", morning.pk), **{name: "geen"})
    assert seats(house, morning) == [None]


def test_taking_over_what_is_there_already_tells_nothing(
    house: Actor, morning: GroupMeeting, part: Participation
) -> None:
    row = fetched(house, morning, part)
    ride = driving(house, morning, "Lindeboom")
    assert mornings.seat_children(house, morning.pk, {row.id: ride.id}, NOW) == 1
    with rls.system("test", NOW.on):
        before = Happening.for_house("test", NOW.on).count()
        assert mornings.seat_children(house, morning.pk, {row.id: ride.id}, NOW) == 0
        assert Happening.for_house("test", NOW.on).count() == before


def test_two_children_change_places(house: Actor, morning: GroupMeeting, part: Participation) -> None:
    rows = [fetched(house, morning, part, number) for number in range(2)]
    rides = [driving(house, morning, name, 1) for name in ("Els", "Iep")]
    for order in (rides, rides[::-1]):
        chosen = {row.id: ride.id for row, ride in zip(rows, order, strict=True)}
        assert mornings.seat_children(house, morning.pk, chosen, NOW) == 2


def test_all_are_seated_or_none(house: Actor, morning: GroupMeeting, part: Participation) -> None:
    rows = [fetched(house, morning, part, number) for number in range(2)]
    ride = driving(house, morning, "Lindeboom", 1)
    with refused("car_full"):
        mornings.seat_children(house, morning.pk, {row.id: ride.id for row in rows}, NOW)
    assert seats(house, morning) == [None, None]


def test_a_car_that_is_too_full_is_said_at_the_child(
    house: Actor, morning: GroupMeeting, part: Participation
) -> None:
    rows = [fetched(house, morning, part, number) for number in range(2)]
    ride = driving(house, morning, "Lindeboom", 1)
    answer = send(house, at("morning_plan", morning.pk), **{f"child_{row.id}": str(ride.id) for row in rows})
    assert answer.status_code == 422
    html = BeautifulSoup(answer.content.decode(), "html.parser")
    assert [select["aria-invalid"] for select in html.select("select[aria-invalid]")] == ["true"]
    assert "Deze auto is vol." in words_of(answer)
    assert [*proposed(answer).values()] == [str(ride.id)] * 2


@pytest.mark.parametrize("value", ["", "0", "00000000-0000-0000-0000-000000000404"])
def test_a_car_that_is_no_choice_is_refused(
    house: Actor, morning: GroupMeeting, part: Participation, value: str
) -> None:
    row = fetched(house, morning, part)
    driving(house, morning, "Lindeboom", 1)
    answer = send(house, at("morning_plan", morning.pk), **{f"child_{row.id}": value})
    assert answer.status_code == 422
    assert seats(house, morning) == [None]


def driver_not_for_her(house: Actor, row: MeetingChild, ride: Ride) -> None:
    actions.exclude(house, row.dossier_id, ride.volunteer_id, Why.UNSAFE, NOW)


def no_papers(house: Actor, row: MeetingChild, ride: Ride) -> None:
    vog_until(ride.volunteer, NOW.on)


def called_off(house: Actor, row: MeetingChild, ride: Ride) -> None:
    mornings.cancel_ride(house, ride.id, RideEnd.CAR, NOW)


@pytest.mark.parametrize(
    ("happens", "why"),
    [
        (driver_not_for_her, "Een chauffeur met plek rijdt deze familie niet."),
        (no_papers, "Er is geen chauffeur meer vrij voor deze kinderen."),
        (called_off, "Er is geen chauffeur meer vrij voor deze kinderen."),
    ],
)
def test_who_has_no_place_hears_why(
    house: Actor, morning: GroupMeeting, part: Participation, happens: Callable[..., None], why: str
) -> None:
    row = fetched(house, morning, part)
    ride = driving(house, morning, "Lindeboom", 1)
    happens(house, row, ride)
    answer = page(house, morning)
    assert f"Nog geen plek 1 Merel · Madelief S. {why}" in words_of(answer)
    assert "Kinderen met een plek: 0 van 1." in words_of(answer)
    assert at("child_home", row.id) in answer.content.decode()


def test_a_road_that_nobody_knows_gives_a_place_and_no_times(
    house: Actor, morning: GroupMeeting, part: Participation
) -> None:
    row = invited(house, morning, part)
    home = AtHome(is_fetched=True, place="Zonnepad 1", pick_up_from=time(9), pick_up_until=time(9, 15))
    mornings.agree_pick_up(house, row.id, home, NOW)
    ride = driving(house, morning, "Lindeboom")
    answer = page(house, morning)
    assert proposed(answer) == {f"child_{row.id}": str(ride.id)}
    told = words_of(answer)
    assert "kennen wij de postcode niet. Kijk zelf of de tijden kunnen. Heen Weg van huis Merel" in told


def test_who_comes_by_itself_needs_no_car_and_who_did_not_say_is_asked(
    house: Actor, morning: GroupMeeting, part: Participation
) -> None:
    brought, unknown = (invited(house, morning, part, number) for number in range(2))
    mornings.agree_pick_up(house, brought.id, AtHome(is_fetched=False), NOW)
    assert "Wij halen nog niemand op" in words_of(page(house, morning))
    fetched(house, morning, part, 2)
    driving(house, morning, "Lindeboom")
    told = words_of(page(house, morning))
    assert "Kinderen met een plek: 1 van 1." in told
    assert told.count("Spreek eerst thuis af hoe het kind komt.") == 1
    assert {f"child_{unknown.id}", f"child_{brought.id}"}.isdisjoint(proposed(page(house, morning)))


def test_a_child_that_may_not_come_keeps_no_more_than_its_seat(
    house: Actor, morning: GroupMeeting, part: Participation
) -> None:
    """Invariant 4: it is proposed nowhere; the car has no room for another until somebody takes it out."""
    row = fetched(house, morning, part)
    ride = driving(house, morning, "Lindeboom", 1)
    mornings.seat_child(house, row.id, ride.id, NOW)
    family.with_ban(house, row.child_id, NOW)
    known = mornings.GateAnswers(has_escort=True, identity_seen=True, child_wants=True, is_approved=True)
    mornings.weigh_gate(house, row.id, known, NOW)
    other = fetched(house, morning, part, 1)
    answer = page(house, morning)
    assert proposed(answer) == {f"child_{other.id}": "geen"}
    assert "Merel" not in words_of(answer)


def test_a_full_morning_asks_no_more_than_a_small_one(
    house: Actor, morning: GroupMeeting, part: Participation
) -> None:
    fetched(house, morning, part)
    driving(house, morning, "Lindeboom", 4)
    few = queries(visitor(house), at("morning_plan", morning.pk))
    for number in range(1, 4):
        fetched(house, morning, part, number)
    driving(house, morning, "Esdoorn", 4)
    assert queries(visitor(house), at("morning_plan", morning.pk)) == few <= 12


def test_the_words_of_an_address_are_not_on_the_page(
    house: Actor, morning: GroupMeeting, part: Participation
) -> None:
    row = fetched(house, morning, part)
    driving(house, morning, "Lindeboom")
    assert FETCHED.place == MeetingChild.for_action(house, NOW.on).get_or_404(pk=row.id).pick_up_place
    assert "3511" not in page(house, morning).content.decode()


def test_a_reader_of_english_reads_it_in_english(
    house: Actor, morning: GroupMeeting, part: Participation
) -> None:
    fetched(house, morning, part)
    driving(house, morning, "Lindeboom")
    answer = visitor(house).get(at("morning_plan", morning.pk), headers={"accept-language": "en"})
    assert "Children with a place: 1 of 1. Nothing is better: that has been proven." in words_of(answer)
    assert "Leaves home" in words_of(answer)
