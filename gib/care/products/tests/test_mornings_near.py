"""The days before a morning on the start page: homes to remind, and children without a car."""

from datetime import date

import pytest

from gib.care.products import actions, builders
from gib.care.products.domain.contact import Reason
from gib.care.products.models import GroupMeeting, Participation
from gib.care.products.moeder_kind_bezoeken import actions as mornings
from gib.care.products.moeder_kind_bezoeken.domain import CancelReason
from gib.care.products.moeder_kind_bezoeken.domain.rides import AtHome, RideEnd
from gib.care.products.moeder_kind_bezoeken.tasks import mornings_near
from gib.care.products.tests.conftest import NOW, later
from gib.care.products.tests.test_rides import a_ride, fetched, invited
from gib.care.products.tests.test_views import at, done, request
from gib.care.trajectory import builders as trajectories
from gib.core.access.actor import Actor
from gib.core.ui.words import day as day_in_words
from gib.people.partners.domain import Product
from gib.people.partners.models import VisitingRule

pytestmark = pytest.mark.django_db(databases=["default", "keys", "log"])


@pytest.fixture
def part(house: Actor) -> Participation:
    VisitingRule.objects.create(prison_id="NSL", kind="parent_child", valid_from=date(2009, 7, 1))
    plan = trajectories.inside(house, NOW)
    return builders.planned(house, plan.dossier_id, Product.MOEDER_KIND_BEZOEKEN, NOW)


@pytest.fixture
def morning(house: Actor) -> GroupMeeting:
    return builders.a_meeting(house, NOW, Product.MOEDER_KIND_BEZOEKEN, days=10)


def told(house: Actor, days: int) -> list[str]:
    return [task.why for task in mornings_near(request(house, later(days)))]


def test_a_week_before_a_child_without_a_car_is_told(
    house: Actor, part: Participation, morning: GroupMeeting
) -> None:
    row = fetched(house, morning, part)
    assert told(house, 2) == []
    assert told(house, 3) == ["1 kind heeft geen vervoer."]
    driver = builders.a_volunteer(house, NOW, Product.MOEDER_KIND_BEZOEKEN)
    ride = a_ride(house, morning, driver)
    mornings.seat_child(house, row.id, ride.id, NOW)
    assert told(house, 3) == []
    mornings.cancel_ride(house, ride.id, RideEnd.DRIVER, NOW)
    assert told(house, 3) == ["1 kind heeft geen vervoer."]


def test_three_days_before_each_home_is_called_once(
    house: Actor, part: Participation, morning: GroupMeeting
) -> None:
    """A forgotten identity card must never happen."""
    rows = [invited(house, morning, part, number) for number in (0, 1)]
    for row in rows:
        mornings.agree_pick_up(house, row.id, AtHome(is_fetched=False), NOW)
    assert told(house, 6) == []
    assert told(house, 7) == ["Bel 2 huizen over identiteitsbewijs en jas."]
    done(house, at("child_step", rows[0].id, "herinnerd"), later(7))
    assert told(house, 7) == ["Bel 1 huis over identiteitsbewijs en jas."]
    mornings.cancel_child(house, rows[1].id, CancelReason.CHILD, later(7))
    assert told(house, 7) == []


def test_both_stand_in_one_row_that_leads_to_the_morning(
    house: Actor, part: Participation, morning: GroupMeeting
) -> None:
    invited(house, morning, part)
    (task,) = mornings_near(request(house, later(8)))
    assert task.who == f"Bezoekochtend {day_in_words(morning.planned_on)}"
    assert task.why == "Bel 1 huis over identiteitsbewijs en jas. 1 kind heeft geen vervoer."
    assert task.url == at("morning", morning.pk)


def test_a_morning_that_is_over_or_called_off_asks_nothing(
    house: Actor, part: Participation, morning: GroupMeeting
) -> None:
    invited(house, morning, part)
    assert told(house, 11) == []
    actions.cancel_meeting(house, morning.pk, Reason.LOCKDOWN, later(8))
    assert told(house, 8) == []


def test_another_team_is_not_told(
    house: Actor, stranger: Actor, part: Participation, morning: GroupMeeting
) -> None:
    invited(house, morning, part)
    assert told(stranger, 8) == []
