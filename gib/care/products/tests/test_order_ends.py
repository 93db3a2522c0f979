"""An order on contact that ends between planning a visit morning and its day: no list has the child."""

from datetime import date, time

import pytest
from django.urls import reverse

from gib.care.products import builders
from gib.care.products.models import GroupMeeting
from gib.care.products.moeder_kind_bezoeken import actions as mornings
from gib.care.products.moeder_kind_bezoeken import words
from gib.care.products.moeder_kind_bezoeken.domain import Criterion, Gate
from gib.care.products.moeder_kind_bezoeken.domain.rides import AtHome, Car
from gib.care.products.moeder_kind_bezoeken.models import MeetingChild, gate_of
from gib.care.products.moeder_kind_bezoeken.presenting import papers
from gib.care.products.tests.conftest import NOW, day, later, refused
from gib.care.products.tests.test_exceptions import a_part, expected
from gib.care.products.tests.test_views import request
from gib.care.referral.tests.reader import text_of, visitor
from gib.core.access.actor import Actor
from gib.people.families import actions as families
from gib.people.families.actions import NewRestriction
from gib.people.families.domain.codes import About, Issuer, RestrictionKind
from gib.people.families.models import ContactRestriction
from gib.people.partners.domain import Product
from gib.people.partners.models import VisitingRule

pytestmark = pytest.mark.django_db(databases=["default", "keys", "log"])
DAY = 7
LEAVES = AtHome(is_fetched=True, place="Bij oma", pick_up_from=time(9), pick_up_until=time(9, 20))


@pytest.fixture
def morning(coordinator: Actor) -> GroupMeeting:
    VisitingRule.objects.create(prison_id="NSL", kind="parent_child", valid_from=date(2009, 7, 1))
    return builders.a_meeting(coordinator, NOW, Product.MOEDER_KIND_BEZOEKEN, days=DAY)


def seated(actor: Actor, morning: GroupMeeting, number: int = 0) -> MeetingChild:
    """Give a child that is expected, with a seat in a car."""
    row = expected(actor, a_part(actor), morning, number)
    driver = builders.a_volunteer(actor, NOW)
    new = mornings.NewRide(volunteer_id=driver.id, car=Car(seats=4))
    car = mornings.plan_ride(actor, morning.pk, new, NOW)
    mornings.agree_pick_up(actor, row.id, LEAVES, NOW)
    return mornings.seat_child(actor, row.id, car.id, NOW)


def ordered(actor: Actor, row: MeetingChild, until: int | None, kind: RestrictionKind) -> ContactRestriction:
    """Note what was decided on contact with a child, verified, until a day from today."""
    order = NewRestriction(
        kind=kind,
        about=About.MOTHER,
        issuer=Issuer.COURT,
        from_on=NOW.on,
        to_on=None if until is None else day(until),
        proof_seen_on=NOW.on,
        verified_on=NOW.on,
    )
    return families.record_restriction(actor, row.child_id, order, NOW)


def on_lists(actor: Actor, morning: GroupMeeting, row: MeetingChild) -> list[bool]:
    """Tell for the gate, the driver, the sheet to sign and the letters whether the child stands there."""
    look = request(actor)
    name = row.child.first_name
    told = (
        papers.gate_list(look, morning)["children"],
        papers.ride_list(look, morning, row.ride_id)["children"] if row.ride_id else [],
        papers.sign_list(look, morning)["children"],
        [(letter.names,) for letter in papers.letters(look, morning)],
    )
    return [any(name in str(line) for line in lines) for lines in told]


@pytest.mark.requirement("CON-05")
@pytest.mark.parametrize(
    ("kind", "until", "comes"),
    [
        (RestrictionKind.SUPERVISED, None, True),
        (RestrictionKind.SUPERVISED, DAY, True),
        (RestrictionKind.SUPERVISED, DAY - 1, False),
        (RestrictionKind.SUPERVISED, 0, False),
        (RestrictionKind.NONE, DAY - 1, False),
        (RestrictionKind.BAN, DAY - 1, False),
        (RestrictionKind.BAN, None, False),
    ],
)
def test_what_holds_on_the_day_decides_and_not_what_holds_today(
    house: Actor, morning: GroupMeeting, kind: RestrictionKind, until: int | None, comes: bool
) -> None:
    row = seated(house, morning)
    assert on_lists(house, morning, row) == [True] * 4
    ordered(house, row, until, kind)
    assert on_lists(house, morning, row) == [comes] * 4
    if not comes:
        with refused("child_not_allowed", MeetingChild):
            mornings.pick_up(house, row.id, later(DAY))


def test_the_page_of_the_morning_says_which_order_and_that_it_ends_before(
    house: Actor, morning: GroupMeeting
) -> None:
    row = seated(house, morning)
    url = reverse("products:morning", args=[morning.pk])
    assert "die dag:" not in text_of(visitor(house).get(url))
    ordered(house, row, DAY - 1, RestrictionKind.SUPERVISED)
    page = text_of(visitor(house).get(url))
    assert "Mag niet" in page
    assert "contact mag en is nagekeken (die dag: het besluit is verlopen, vraag of het nog geldt)" in page
    day_page = text_of(visitor(house).get(reverse("products:morning_day", args=[morning.pk])))
    assert "Mag niet" in day_page


def test_an_order_that_takes_its_place_puts_the_child_back(house: Actor, morning: GroupMeeting) -> None:
    """A longer order beside it is not enough: of the first one somebody says that it is over."""
    row = seated(house, morning)
    first = ordered(house, row, DAY - 1, RestrictionKind.SUPERVISED)
    ordered(house, row, DAY + 30, RestrictionKind.SUPERVISED)
    assert on_lists(house, morning, row) == [False] * 4
    families.end_restriction(house, first.id, NOW.on, NOW)
    assert gate_of(row).contact_why == "contact_supervised"
    assert on_lists(house, morning, row) == [True] * 4


def test_only_what_is_said_of_contact_has_a_reason_beside_it() -> None:
    gate = Gate(contact_why="contact_ban")
    assert words.lacks(gate, Criterion.WISH) == str(words.CRITERIA[Criterion.WISH])
    assert "verboden" in words.lacks(gate, Criterion.CONTACT)
    assert words.lacks(Gate(), Criterion.CONTACT) == str(words.CRITERIA[Criterion.CONTACT])
