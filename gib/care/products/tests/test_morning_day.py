"""The day of a visit morning on one page: what is pressed, put back and signed, and what alarms."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from gib.care.products import builders
from gib.care.products.models import GroupMeeting, Participation
from gib.care.products.moeder_kind_bezoeken import actions as mornings
from gib.care.products.moeder_kind_bezoeken.actions import HandBack
from gib.care.products.moeder_kind_bezoeken.domain import State, return_alarm
from gib.care.products.moeder_kind_bezoeken.models import MeetingChild
from gib.care.products.tests.conftest import NOW, broken, later
from gib.care.products.tests.test_rides import invited, kept, words_of
from gib.care.products.tests.test_views import at, done, send
from gib.care.referral.tests.reader import queries, visitor
from gib.care.trajectory import builders as trajectories
from gib.core.access.actor import Actor
from gib.core.access.tables import Role
from gib.core.kernel.clock import Now
from gib.people.families import builders as family
from gib.people.partners.domain import Product
from gib.people.partners.models import VisitingRule

pytestmark = pytest.mark.django_db(databases=["default", "keys", "log"])
THE_DAY = later(7)
GRAN = HandBack(to="oma Bep", is_signed=True, observation="Zij zongen samen.")


@pytest.fixture
def part(house: Actor) -> Participation:
    VisitingRule.objects.create(prison_id="NSL", kind="parent_child", valid_from=date(2009, 7, 1))
    plan = trajectories.inside(house, NOW)
    return builders.planned(house, plan.dossier_id, Product.MOEDER_KIND_BEZOEKEN, NOW)


@pytest.fixture
def morning(house: Actor) -> GroupMeeting:
    return builders.a_meeting(house, NOW, Product.MOEDER_KIND_BEZOEKEN, days=7)


@pytest.fixture
def child(house: Actor, part: Participation, morning: GroupMeeting) -> MeetingChild:
    return invited(house, morning, part)


def page(house: Actor, morning: GroupMeeting, now: Now = THE_DAY) -> str:
    return words_of(visitor(house, now).get(at("morning_day", morning.pk)))


def test_a_morning_from_the_door_to_the_signature(
    house: Actor, morning: GroupMeeting, child: MeetingChild
) -> None:
    """Each press is a form of its own, without a script; it leads back to the page of the day."""
    day = at("morning_day", morning.pk)
    assert "1 nog thuis · 0 bij ons · 0 weer thuis" in page(house, morning)
    for slug, word in (("opgehaald", "Onderweg"), ("binnen", "Binnen")):
        url = at("child_step", child.id, slug)
        assert f'action="{url}"' in visitor(house, THE_DAY).get(day).content.decode()
        assert done(house, url, THE_DAY) == day
        assert word in page(house, morning)
    assert "0 nog thuis · 1 bij ons" in page(house, morning)
    nobody = send(house, at("child_back", child.id), THE_DAY, handed_to="", observation="")
    assert nobody.status_code == 422
    facts = {"handed_to": "oma Bep", "is_signed": "on", "observation": "Zij zongen samen."}
    assert done(house, at("child_back", child.id), THE_DAY, **facts) == day
    found = kept(house, child)
    assert (found.state, found.handed_to) == (State.RETURNED, "oma Bep")
    assert found.signed_at == found.returned_at == THE_DAY.at
    shown = page(house, morning)
    assert "Meegegeven aan oma Bep" in shown
    assert "Niet getekend" not in shown


def test_a_wrong_press_is_put_back_step_by_step(
    house: Actor, morning: GroupMeeting, child: MeetingChild
) -> None:
    mornings.pick_up(house, child.id, THE_DAY)
    mornings.enter(house, child.id, THE_DAY)
    mornings.bring_back(house, child.id, GRAN, THE_DAY)
    for state in (State.INSIDE, State.PICKED_UP, State.CONFIRMED):
        done(house, at("child_step", child.id, "terug"), THE_DAY)
        assert kept(house, child).state == state
    found = kept(house, child)
    assert [found.picked_up_at, found.inside_at, found.returned_at, found.signed_at] == [None] * 4
    assert (found.handed_to, found.observation) == ("", "")
    assert send(house, at("child_step", child.id, "terug"), THE_DAY).status_code == 422


def test_a_gate_that_stayed_shut_is_put_back_to_under_way(house: Actor, child: MeetingChild) -> None:
    mornings.pick_up(house, child.id, THE_DAY)
    assert mornings.refuse_at_gate(house, child.id, THE_DAY).refused_at == THE_DAY.at
    mornings.bring_back(house, child.id, GRAN, THE_DAY)
    assert mornings.put_back(house, child.id, THE_DAY).state == State.REFUSED_AT_GATE
    back = mornings.put_back(house, child.id, THE_DAY)
    assert (back.state, back.refused_at) == (State.PICKED_UP, None)


def test_a_child_put_back_from_home_alarms_again(
    house: Actor, morning: GroupMeeting, child: MeetingChild
) -> None:
    """Invariant 5: planned time plus 60 minutes, on the page of the day too."""
    mornings.pick_up(house, child.id, THE_DAY)
    late = Now(child.planned_back + timedelta(minutes=60), THE_DAY.on)
    assert "Niet thuis" in page(house, morning, late)
    assert "Niet thuis" not in page(house, morning, replace(late, at=late.at - timedelta(minutes=1)))
    mornings.bring_back(house, child.id, HandBack(to="oma"), late)
    shown = page(house, morning, late)
    assert "Niet thuis" not in shown
    assert "Niet getekend" in shown
    row = mornings.put_back(house, child.id, late)
    assert return_alarm(State(row.state), row.planned_back, late.at, 60)
    assert "Niet thuis" in page(house, morning, late)


def test_nobody_is_handed_a_child_without_a_name(house: Actor, child: MeetingChild) -> None:
    mornings.pick_up(house, child.id, THE_DAY)
    with broken("handed_to_nobody"):
        mornings.bring_back(house, child.id, HandBack(to=" "), THE_DAY)


def test_on_another_day_nobody_is_fetched_and_a_shut_gate_has_no_button(
    house: Actor, morning: GroupMeeting, child: MeetingChild
) -> None:
    url = at("child_step", child.id, "opgehaald")
    early = visitor(house).get(at("morning_day", morning.pk)).content.decode()
    assert url not in early
    assert "niet de dag van het bezoek" in early
    family.with_ban(house, child.child_id, later(1))
    shut = visitor(house, THE_DAY).get(at("morning_day", morning.pk)).content.decode()
    assert "Mag niet" in shut
    assert url not in shut


def test_the_page_names_no_mother_and_no_address(
    house: Actor, morning: GroupMeeting, child: MeetingChild
) -> None:
    """Others look along in a corridor."""
    shown = page(house, morning)
    assert "Merel" in shown
    assert "Madelief" not in shown
    assert "Zonnepad" not in shown


def test_strangers_and_other_roles(house: Actor, stranger: Actor, morning: GroupMeeting) -> None:
    url = at("morning_day", morning.pk)
    assert visitor(stranger).get(url).status_code == 404
    assert visitor(Actor(house.user_id, Role.VOLUNTEER)).get(url).status_code == 403
    assert visitor(house).post(url).status_code == 405


def test_the_number_of_queries_does_not_grow(
    house: Actor, morning: GroupMeeting, part: Participation
) -> None:
    invited(house, morning, part)
    url: Any = at("morning_day", morning.pk)
    few = queries(visitor(house), url)
    for number in range(1, 5):
        invited(house, morning, part, number)
    assert queries(visitor(house), url) == few <= 15
