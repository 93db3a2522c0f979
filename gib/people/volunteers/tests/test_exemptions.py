"""Exemptions and states as people decide them: what is written, what it opens, and when that ends."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404

from gib.core.access import rls
from gib.core.access.actor import Actor
from gib.core.access.tables import Role
from gib.core.journal.models import Happening
from gib.core.kernel.clock import Now
from gib.core.kernel.rules import RuleBroken
from gib.people.partners.builders import two_teams
from gib.people.partners.domain import Product
from gib.people.volunteers import actions, builders
from gib.people.volunteers.domain import BASE, Requirement, State
from gib.people.volunteers.models import Exemption, Volunteer, VolunteerStand, reasons_not_to_plan
from gib.people.volunteers.tests.days import at

pytestmark = pytest.mark.django_db(databases="__all__")
DAY = timedelta(days=1)
TODAY = date(2011, 1, 11)
PRODUCT = Product.MOEDERMAATJES


def on(days: int) -> Now:
    """Give the moment so many days from today."""
    return at(TODAY + days * DAY)


@pytest.fixture
def coordinator() -> Actor:
    return Actor(uuid4(), Role.COORDINATOR, frozenset({two_teams()[0].pk}))


@pytest.fixture
def half_ready(coordinator: Actor) -> Volunteer:
    """Give somebody with everything but her training for one product."""
    volunteer = builders.interested(coordinator, on(0))
    for state in (State.INTERVIEW, State.SCREENING, State.TRAINING):
        actions.move(coordinator, volunteer.id, state, on(0))
    for requirement in BASE:
        actions.record_completion(coordinator, volunteer.id, requirement, TODAY, None, on(0))
    return actions.move(coordinator, volunteer.id, State.AVAILABLE, on(0))


def reasons(volunteer: Volunteer, days: int) -> tuple[str, ...]:
    """List why she cannot be planned for the product, so many days from today."""
    return reasons_not_to_plan(volunteer, PRODUCT, "", TODAY + days * DAY)


def stands(volunteer: Volunteer) -> list[tuple[str, int, int | None]]:
    """List her states with their days, counted from today."""
    rows = VolunteerStand.for_house("test", TODAY).filter(volunteer_id=volunteer.id).order_by("from_on")
    return [(row.state, (row.from_on - TODAY).days, row.to_on and (row.to_on - TODAY).days) for row in rows]


def test_an_exemption_opens_planning_and_closes_it_on_the_day_after(
    coordinator: Actor, half_ready: Volunteer, as_house: Any
) -> None:
    training = Requirement.TRAINING_MOEDERMAATJES
    assert reasons(half_ready, 0) == (str(training),)
    row = actions.exempt(coordinator, half_ready.id, training, TODAY + 30 * DAY, on(0))
    assert (row.given_by, row.from_on) == (coordinator.user_id, TODAY)
    assert [reasons(half_ready, days) for days in (-1, 0, 30)] == [(*map(str, BASE), str(training)), (), ()]
    assert reasons(half_ready, 31) == (str(training),)


def test_an_exemption_may_end_earlier_but_only_once(
    coordinator: Actor, half_ready: Volunteer, as_house: Any
) -> None:
    training = Requirement.TRAINING_MOEDERMAATJES
    row = actions.exempt(coordinator, half_ready.id, training, TODAY + 30 * DAY, on(0))
    actions.end_exemption(coordinator, row.id, on(3))
    assert [reasons(half_ready, days) for days in (3, 4)] == [(), (str(training),)]
    with pytest.raises(RuleBroken, match="exemption_over"):
        actions.end_exemption(coordinator, row.id, on(4))
    told = Happening.for_house("test", TODAY).order_by("position").values_list("name", "payload")
    assert [name for name, _payload in told][-2:] == [
        "volunteers.RequirementWaived",
        "volunteers.WaiverEnded",
    ]
    assert dict(told)["volunteers.RequirementWaived"] == {
        "volunteer_id": str(half_ready.id),
        "requirement": str(training),
        "to_on": "2011-02-10",
    }


@pytest.mark.parametrize(
    ("requirement", "days", "code"),
    [
        (Requirement.VOG_84, 10, "never_exempted"),
        (Requirement.AGREEMENT, 10, "never_exempted"),
        (Requirement.COACHING, -1, "exemption_over"),
        (Requirement.COACHING, 400, "exemption_too_long"),
    ],
)
def test_what_cannot_wait_is_refused_and_leaves_nothing(
    coordinator: Actor, half_ready: Volunteer, as_house: Any, requirement: Requirement, days: int, code: str
) -> None:
    with pytest.raises(RuleBroken, match=code):
        actions.exempt(coordinator, half_ready.id, requirement, TODAY + days * DAY, on(0))
    assert not Exemption.for_house("test", TODAY).exists()


def test_another_team_exempts_nobody_here(coordinator: Actor, half_ready: Volunteer) -> None:
    stranger = Actor(uuid4(), Role.COORDINATOR, frozenset({99_999}))
    with pytest.raises(Http404):
        actions.exempt(stranger, half_ready.id, Requirement.COACHING, TODAY + DAY, on(0))
    row = actions.exempt(coordinator, half_ready.id, Requirement.COACHING, TODAY + DAY, on(0))
    with pytest.raises(Http404):
        actions.end_exemption(stranger, row.id, on(0))


def test_each_step_ends_the_state_before_it_and_steps_of_one_day_are_one(
    coordinator: Actor, as_house: Any
) -> None:
    volunteer = builders.interested(coordinator, on(0))
    actions.move(coordinator, volunteer.id, State.INTERVIEW, on(0))
    assert stands(volunteer) == [("interview", 0, None)]
    actions.move(coordinator, volunteer.id, State.SCREENING, on(7))
    actions.move(coordinator, volunteer.id, State.TRAINING, on(9))
    assert stands(volunteer) == [("interview", 0, 6), ("screening", 7, 8), ("training", 9, None)]
    assert Volunteer.for_house("test", TODAY).get(pk=volunteer.id).state == State.TRAINING


def test_a_volunteer_stands_in_one_state_at_a_time(coordinator: Actor, as_house: Any) -> None:
    volunteer = builders.interested(coordinator, on(0))
    other = VolunteerStand(
        volunteer_id=volunteer.id, team_id=volunteer.team_id, state=State.LEFT, from_on=TODAY
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        VolunteerStand.objects.bulk_create([other])


def test_who_is_taken_back_leaves_no_state_and_no_exemption(coordinator: Actor, as_house: Any) -> None:
    volunteer = builders.interested(coordinator, on(0))
    actions.take_back(coordinator, volunteer.id, on(0))
    with rls.system("test"):
        assert not VolunteerStand.for_house("test", TODAY).exists()
