"""The pages and papers of transport: forms, lists with no word too many, letters, and who may open them."""

from dataclasses import replace
from datetime import date, time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gib.care.products import builders
from gib.care.products.models import GroupMeeting, Participation
from gib.care.products.moeder_kind_bezoeken import actions as mornings
from gib.care.products.moeder_kind_bezoeken import papers
from gib.care.products.moeder_kind_bezoeken.domain.rides import AtHome
from gib.care.products.moeder_kind_bezoeken.models import MeetingChild, Ride
from gib.care.products.moeder_kind_bezoeken.presenting import papers as lists
from gib.care.products.tests.conftest import NOW, later
from gib.care.products.tests.test_rides import FETCHED, a_ride, fetched, invited, kept, vog_until, words_of
from gib.care.products.tests.test_views import at, done, request, send
from gib.care.referral.tests.reader import visitor
from gib.care.trajectory import builders as trajectories
from gib.core.access.actor import Actor
from gib.core.access.tables import Role
from gib.people.families import builders as family
from gib.people.partners.domain import Product
from gib.people.partners.models import VisitingRule
from gib.people.volunteers.models import Volunteer

pytestmark = pytest.mark.django_db(databases=["default", "keys", "log"])
HOME = {
    "how": "auto",
    "place": "Zonnepad 1",
    "pick_up_from": "9:00",
    "pick_up_until": "9:15",
    "seat": "plain",
}


@pytest.fixture
def part(house: Actor) -> Participation:
    VisitingRule.objects.create(prison_id="NSL", kind="parent_child", valid_from=date(2009, 7, 1))
    plan = trajectories.inside(house, NOW)
    return builders.planned(house, plan.dossier_id, Product.MOEDER_KIND_BEZOEKEN, NOW)


@pytest.fixture
def morning(house: Actor) -> GroupMeeting:
    return builders.a_meeting(house, NOW, Product.MOEDER_KIND_BEZOEKEN, days=7)


@pytest.fixture
def driver(house: Actor) -> Volunteer:
    return builders.a_volunteer(house, NOW, Product.MOEDER_KIND_BEZOEKEN, family_name="Lindeboom")


def asked(house: Actor, url: str) -> int:
    """Count what a page or a paper asks of the stores."""
    client = visitor(house)
    with CaptureQueriesContext(connection) as found:
        assert client.get(url).status_code == 200
    return len([query for query in found.captured_queries if "SAVEPOINT" not in query["sql"]])


def seated(
    house: Actor, morning: GroupMeeting, part: Participation, ride: Ride, number: int = 0
) -> MeetingChild:
    row = fetched(house, morning, part, number)
    return mornings.seat_child(house, row.id, ride.id, NOW)


def test_transport_by_hand(
    house: Actor, morning: GroupMeeting, part: Participation, driver: Volunteer
) -> None:
    row, here = invited(house, morning, part), at("morning", morning.pk)
    assert "Geen vervoer" in words_of(visitor(house).get(here))
    assert done(house, at("child_home", row.id), **HOME) == here
    car = {"driver": str(driver.id), "seats": "2", "boosters": "1", "babies": "0"}
    assert done(house, at("ride_add", morning.pk), **car) == here
    ride = Ride.for_action(house, NOW.on).get()
    assert done(house, at("child_seat", row.id), ride=str(ride.id)) == here
    page = words_of(visitor(house).get(here))
    assert "1 van 2 plekken bezet, 1 zitverhoger" in page
    assert "Met Truus L., ophalen 09:00 - 09:15" in page
    assert "Geen vervoer" not in page
    assert "Zonnepad" not in page
    assert done(house, at("child_step", row.id, "uit-de-auto")) == here
    done(house, at("child_seat", row.id), ride=str(ride.id))
    assert done(house, at("ride_cancel", ride.id), reason="driver") == here
    assert "Nog geen vervoer Merel" in words_of(visitor(house).get(here))


def test_what_cannot_be_is_said_at_its_field(
    house: Actor, morning: GroupMeeting, part: Participation, driver: Volunteer
) -> None:
    row = invited(house, morning, part)
    for changes, said in (
        ({"place": ""}, "Spreek eerst thuis af"),
        ({"pick_up_from": "9:30"}, "eerder dan de eerste"),
        ({"pick_up_until": "10:30"}, "al begonnen"),
        ({"pick_up_from": "8:00"}, "150 minuten"),
        ({"seat": "dak"}, "Waarop zit het kind?"),
    ):
        answer = send(house, at("child_home", row.id), **(HOME | changes))
        assert answer.status_code == 422
        assert said in words_of(answer)
    for seats, said in (("0", "1 tot en met 8 kinderen"), ("-3", "1 tot en met 8 kinderen")):
        answer = send(
            house,
            at("ride_add", morning.pk),
            driver=str(driver.id),
            seats=seats,
            boosters="0",
            babies="0",
        )
        assert answer.status_code == 422
        assert said in words_of(answer)


def test_what_was_agreed_last_time_is_filled_in(
    house: Actor, morning: GroupMeeting, part: Participation
) -> None:
    row = fetched(house, morning, part)
    next_one = builders.a_meeting(house, NOW, Product.MOEDER_KIND_BEZOEKEN, days=35)
    again = mornings.apply(house, next_one.pk, part.id, row.child_id, time(13), NOW)
    assert 'value="Zonnepad 1, 3511 AB Utrecht"' in (
        visitor(house).get(at("child_home", again.id)).content.decode()
    )


def test_only_who_may_drive_that_day_is_a_choice(
    house: Actor, morning: GroupMeeting, driver: Volunteer
) -> None:
    untrained = builders.a_volunteer(house, NOW, Product.BEZOEKMOEDERS, given_name="Bea")
    page = words_of(visitor(house).get(at("ride_add", morning.pk)))
    assert "Truus L." in page
    assert "Bea" not in page
    refused = send(
        house, at("ride_add", morning.pk), driver=str(untrained.id), seats="2", boosters="0", babies="0"
    )
    assert refused.status_code == 422
    a_ride(house, morning, driver)
    assert "Truus L." not in words_of(visitor(house).get(at("ride_add", morning.pk)))


def test_the_list_of_a_driver_holds_her_children_and_no_more(
    house: Actor, morning: GroupMeeting, part: Participation, driver: Volunteer
) -> None:
    ride = a_ride(house, morning, driver)
    seated(house, morning, part, ride)
    fetched(house, morning, part, 1)
    page = words_of(visitor(house).get(at("ride_list", ride.id)))
    for told in ("Merel", "Zonnepad 1, 3511 AB Utrecht", "09:00 - 09:15", "Gewone plek", "13:00"):
        assert told in page
    for other in ("Vink", "Madelief", "Nieuwenhuis"):
        assert other not in page


def test_a_driver_whose_papers_lapse_and_a_child_that_may_not_come_are_on_no_list(
    house: Actor, morning: GroupMeeting, part: Participation, driver: Volunteer
) -> None:
    """Invariants 3 and 4: looked at anew each time that a list is made."""
    ride = a_ride(house, morning, driver)
    row = seated(house, morning, part, ride)
    names = ("day_list", morning.pk), ("sign_list", morning.pk), ("ride_list", ride.id)
    for name, key in names:
        assert "Merel" in words_of(visitor(house).get(at(name, key))), name
    assert "Truus Lindeboom" in words_of(visitor(house).get(at("day_list", morning.pk)))
    vog_until(driver, later(6).on)
    page = words_of(visitor(house).get(at("ride_list", ride.id)))
    assert "Mag die dag niet rijden" in page
    assert "Merel" not in page
    assert "Zonnepad" not in page
    assert "Truus Lindeboom" not in words_of(visitor(house).get(at("day_list", morning.pk)))
    assert "Rijdt niet" in words_of(visitor(house).get(at("morning", morning.pk)))
    family.with_ban(house, row.child_id, later(1))
    for name, key in names:
        assert "Merel" not in words_of(visitor(house, later(1)).get(at(name, key))), name


def test_the_sheet_to_sign_has_a_line_for_each_child(
    house: Actor, morning: GroupMeeting, part: Participation, driver: Volunteer
) -> None:
    seated(house, morning, part, a_ride(house, morning, driver))
    page = words_of(visitor(house).get(at("sign_list", morning.pk)))
    assert "13:00 Merel Truus L." in page
    assert "Handtekening" in page


def test_each_home_gets_its_own_letter(
    house: Actor, morning: GroupMeeting, part: Participation, driver: Volunteer
) -> None:
    """Brothers and sisters who live with different people: no home reads of another one."""
    ride = a_ride(house, morning, driver, 3)
    rows = [seated(house, morning, part, ride, number) for number in (0, 1)]
    alone = invited(house, morning, part, 2)
    mornings.agree_pick_up(house, alone.id, AtHome(is_fetched=False), NOW)
    found = lists.letters(request(house), morning)
    assert (
        sorted(sorted(letter.names) for letter in found) == [["Merel"], ["Spreeuw"], ["Vink"]]
        or len(found) == 3
    )
    assert all(kept(house, row).pick_up_place not in str(letter) for row in rows for letter in found)
    answer = visitor(house).get(at("morning_letters", morning.pk))
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")


def test_a_letter_says_who_comes_when_and_what_goes_along(
    house: Actor, morning: GroupMeeting, part: Participation, driver: Volunteer
) -> None:
    seated(house, morning, part, a_ride(house, morning, driver))
    words = papers.letter_words(morning, lists.letters(request(house), morning))
    (letter,) = words["letters"]
    told = " ".join([letter["intro"], *letter["lines"], *words["things"]])
    for part_of_it in ("Merel", "10:30", "Truus L.", "09:00 - 09:15", "13:00", "identiteitsbewijs"):
        assert part_of_it in told
    assert "Madelief" not in str(words)
    assert "Zonnepad" not in str(words)


def test_strangers_and_other_roles(
    house: Actor, stranger: Actor, morning: GroupMeeting, part: Participation, driver: Volunteer
) -> None:
    ride = a_ride(house, morning, driver)
    row = seated(house, morning, part, ride)
    urls = [
        *(at(name, morning.pk) for name in ("ride_add", "sign_list", "morning_letters")),
        *(at(name, ride.id) for name in ("ride_list", "ride_cancel")),
        *(at(name, row.id) for name in ("child_home", "child_seat")),
    ]
    for url in urls:
        assert visitor(stranger).get(url).status_code == 404, url
        assert visitor(Actor(house.user_id, Role.VOLUNTEER)).get(url).status_code == 403, url
    for url in (at("sign_list", morning.pk), at("morning_letters", morning.pk), at("ride_list", ride.id)):
        assert visitor(house).post(url).status_code == 405


def test_pages_ask_no_more_for_more_children_and_drivers(
    house: Actor, morning: GroupMeeting, part: Participation, driver: Volunteer
) -> None:
    ride = a_ride(house, morning, driver, 8)
    row = seated(house, morning, part, ride)
    urls = [
        *(at(name, morning.pk) for name in ("morning", "morning_day", "day_list", "sign_list")),
        *(at(name, morning.pk) for name in ("morning_letters", "ride_add")),
        *(at("ride_list", ride.id), at("child_seat", row.id), at("child_home", row.id)),
    ]
    few = [asked(house, url) for url in urls]
    for number in range(1, 4):
        who = builders.a_volunteer(
            house, NOW, Product.MOEDER_KIND_BEZOEKEN, given_name=f"Vrijwilliger{number}"
        )
        seated(house, morning, part, a_ride(house, morning, who, 4), number)
    assert [asked(house, url) for url in urls] == few
    assert max(few) <= 15, dict(zip(urls, few, strict=True))


def test_an_agreement_is_replaced_by_a_newer_one(
    house: Actor, morning: GroupMeeting, part: Participation
) -> None:
    row = fetched(house, morning, part)
    mornings.agree_pick_up(house, row.id, replace(FETCHED, place="Maanpad 2"), NOW)
    assert kept(house, row).pick_up_place == "Maanpad 2"
    mornings.agree_pick_up(house, row.id, AtHome(is_fetched=False, place="Maanpad 2"), NOW)
    found = kept(house, row)
    assert (found.pick_up_place, found.pick_up_from, found.is_fetched) == ("", None, False)
