"""A volunteer who stops says goodbye to whom she knows, and tells of her last visits for two more weeks."""

from dataclasses import dataclass
from typing import Any

import pytest
from django.http import Http404
from django.test import Client
from django.urls import reverse

from gib.care.products import actions, builders, reactions
from gib.care.products.actions.contacts import Log
from gib.care.products.domain.contact import State
from gib.care.products.domain.match import EndReason
from gib.care.products.models import Contact, Match
from gib.care.products.tests.conftest import NOW, day, later, refused
from gib.core.access.actor import Actor
from gib.people.accounts import builders as accounts
from gib.people.partners.models import Team
from gib.people.volunteers import actions as volunteers
from gib.people.volunteers.actions.agreement import say_goodbye
from gib.people.volunteers.domain import LeaveReason
from gib.people.volunteers.domain import State as Helper

pytestmark = pytest.mark.django_db(databases=["default", "keys", "log"])
LAST, SIGHT = 10, 14


@dataclass
class Parting:
    """A match that runs, with a visit on the day before her last, and the volunteer herself."""

    coordinator: Actor
    user: Any
    herself: Actor
    match: Match
    visit: Contact

    def stops(self) -> None:
        volunteers.leave(self.coordinator, self.match.volunteer_id, LeaveReason.MOVED, later(2))

    def goes(self) -> None:
        self.stops()
        self.parts()

    def parts(self) -> None:
        say_goodbye(self.coordinator, self.match.volunteer_id, later(LAST))
        told = {"volunteer_id": str(self.match.volunteer_id), "state": str(Helper.LEFT)}
        reactions.on_volunteer_moved(None, told, later(LAST))

    def state(self, row: Contact) -> str:
        return str(Contact.for_action(self.coordinator, NOW.on).get(pk=row.id).state)

    def plans(self, days: int, told: int) -> Contact:
        return actions.plan_visit(self.herself, self.match.id, day(days), builders.AT, "", later(told))


@pytest.fixture
def parting(coordinator: Actor) -> Parting:
    _part, match = builders.visiting(coordinator, NOW)
    team = Team.objects.get(pk=min(coordinator.team_ids))
    user, herself = accounts.volunteer_user(team, match.volunteer_id)
    visit = actions.plan_visit(herself, match.id, day(LAST - 1), builders.AT, "", NOW)
    return Parting(coordinator, user, herself, match, visit)


@pytest.mark.parametrize("days", [3, LAST])
def test_who_is_leaving_plans_and_confirms_a_farewell_up_to_her_last_day(parting: Parting, days: int) -> None:
    parting.stops()
    farewell = parting.plans(days, 3)
    actions.confirm_visit(parting.herself, farewell.id, later(3))
    actions.clear_visit(parting.herself, farewell.id, later(3))
    assert parting.state(farewell) == State.CLEARED
    actions.hold_visit(parting.herself, farewell.id, later(days))
    assert parting.state(farewell) == State.HELD


def test_who_is_leaving_is_asked_for_nobody_new(parting: Parting) -> None:
    parting.stops()
    other, running = builders.visiting(parting.coordinator, NOW, 1)
    actions.end_match(parting.coordinator, running.id, EndReason.BY_MOTHER, later(3))
    with refused("volunteer_not_allowed"):
        actions.propose_match(parting.coordinator, other.id, parting.match.volunteer_id, later(3))


@pytest.mark.parametrize("state", [Helper.ON_LEAVE, Helper.SUSPENDED])
def test_who_rests_or_was_stopped_plans_nothing(parting: Parting, state: Helper) -> None:
    volunteers.move(parting.coordinator, parting.match.volunteer_id, state, later(2))
    with refused("volunteer_not_allowed"):
        parting.plans(5, 3)
    with refused("volunteer_not_allowed"):
        actions.confirm_visit(parting.herself, parting.visit.id, later(3))


@pytest.mark.requirement("PRV-11")
@pytest.mark.parametrize("after", [0, 1, SIGHT])
def test_a_visit_before_her_goodbye_is_told_until_two_weeks_after_it(parting: Parting, after: int) -> None:
    parting.goes()
    actions.hold_visit(parting.herself, parting.visit.id, later(LAST + after))
    assert parting.state(parting.visit) == State.HELD
    log = Log(held_on=day(LAST - 1), minutes=60, contact_id=parting.visit.id)
    actions.log_visit(parting.herself, parting.match.id, log, later(LAST + after))
    assert parting.state(parting.visit) == State.LOGGED


@pytest.mark.requirement("PRV-11")
def test_the_day_after_that_nothing_is_hers(parting: Parting) -> None:
    parting.goes()
    late = later(LAST + SIGHT + 1)
    with pytest.raises(Http404):
        actions.hold_visit(parting.herself, parting.visit.id, late)
    with pytest.raises(Http404):
        actions.log_visit(parting.herself, parting.match.id, Log(held_on=day(1), minutes=60), late)
    assert parting.state(parting.visit) == State.PLANNED


def test_a_farewell_on_her_last_day_is_told_the_day_after(parting: Parting) -> None:
    parting.stops()
    farewell, beyond = parting.plans(LAST, 3), parting.plans(LAST + 1, 3)
    parting.parts()
    assert parting.state(farewell) == parting.state(beyond) == State.OVERTAKEN
    actions.hold_visit(parting.herself, farewell.id, later(LAST + 1))
    assert parting.state(farewell) == State.HELD
    with refused("volunteer_not_allowed"):
        actions.hold_visit(parting.herself, beyond.id, later(LAST + 1))


def test_after_her_goodbye_nothing_is_planned_and_nothing_later_is_told(parting: Parting) -> None:
    parting.goes()
    with refused("match_not_live"):
        parting.plans(LAST + 2, LAST + 1)
    log = Log(held_on=day(LAST + 1), minutes=60)
    with refused("match_not_live"):
        actions.log_visit(parting.herself, parting.match.id, log, later(LAST + 1))


@pytest.mark.parametrize(("after", "status"), [(-1, 200), (0, 200), (1, 200), (SIGHT, 200), (SIGHT + 1, 403)])
def test_she_signs_in_until_her_last_sight_ends(parting: Parting, after: int, status: int) -> None:
    (parting.stops if after < 0 else parting.goes)()
    accounts.mark_as_demo(day(LAST + after))
    client = Client(headers={"accept-language": "nl"})
    accounts.sign_in(client, parting.user)
    for url in ("/mijn-gegevens/", reverse("products:visit_log", args=[parting.match.id])):
        assert client.get(url).status_code == status
