"""Old and new cohorts: which policy a volunteer keeps, and how people who came with a list stood."""

from datetime import date, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from gib.core.access.actor import Actor
from gib.core.access.tables import Role
from gib.core.kernel.clock import now_on
from gib.core.kernel.ids import new_id
from gib.core.kernel.rules import RuleBroken
from gib.core.sheets.tests.reports import codes, row
from gib.people.accounts import builders as accounts
from gib.people.partners.builders import two_teams
from gib.people.partners.domain import Product
from gib.people.volunteers import actions, builders
from gib.people.volunteers.domain import (
    Papers,
    Requirement,
    Stand,
    State,
    Status,
    missing,
    policy_for,
    state_on,
    status_of,
)
from gib.people.volunteers.models import (
    Completion,
    Exemption,
    PrisonPermit,
    Volunteer,
    VolunteerStand,
    papers_by,
    papers_of,
    reasons_not_to_plan,
)
from gib.people.volunteers.sheet import TEMPLATE, apply
from gib.people.volunteers.tests.days import at

pytestmark = pytest.mark.django_db(databases="__all__")
DAY = timedelta(days=1)
HEADINGS = "Naam;Stand;Sinds;VOG;Overeenkomst;Gedragscode;Basistraining;Meldcode"


@pytest.fixture
def coordinator() -> Actor:
    return Actor(new_id(), Role.COORDINATOR, frozenset({two_teams()[0].pk}))


def began(coordinator: Actor, on: date) -> Volunteer:
    """Give somebody who began on a day with everything in order."""
    volunteer = builders.interested(coordinator, at(on))
    for state in (State.INTERVIEW, State.SCREENING, State.TRAINING):
        actions.move(coordinator, volunteer.id, state, at(on))
    for requirement in Requirement:
        if requirement in (*policy_wants(on), Requirement.TRAINING_MOEDERMAATJES):
            actions.record_completion(coordinator, volunteer.id, requirement, on, None, at(on))
    return actions.move(coordinator, volunteer.id, State.AVAILABLE, at(on))


def policy_wants(on: date) -> tuple[Requirement, ...]:
    """List what everybody who begins on a day needs before she starts."""
    return missing(Papers(on), on)


def renewed(coordinator: Actor, volunteer: Volunteer, on: date, *papers: Requirement) -> None:
    """See some papers anew."""
    for paper in papers:
        actions.record_completion(coordinator, volunteer.id, paper, on, None, at(on))


@pytest.mark.parametrize(
    ("first", "lacks"),
    [(date(2013, 6, 30), ()), (date(2013, 7, 1), ("reporting_code",))],
)
def test_who_began_a_day_earlier_keeps_the_module_for_good(
    coordinator: Actor, as_house: Any, first: date, lacks: tuple[str, ...]
) -> None:
    volunteer = began(coordinator, first)
    late = date(2016, 7, 15)
    renewed(coordinator, volunteer, date(2016, 6, 1), Requirement.VOG_84, Requirement.VOG_85)
    assert reasons_not_to_plan(volunteer, Product.MOEDERMAATJES, "", late) == lacks
    row = Completion.for_house("test", late).get(
        volunteer_id=volunteer.id, requirement=Requirement.REPORTING_CODE
    )
    assert (row.to_on is None) is (lacks == ())


def test_the_module_is_in_order_again_from_the_day_it_was_done_again(
    coordinator: Actor, as_house: Any
) -> None:
    volunteer = began(coordinator, date(2013, 7, 1))
    again = date(2016, 8, 1)
    renewed(coordinator, volunteer, date(2016, 6, 1), Requirement.VOG_84, Requirement.VOG_85)
    renewed(coordinator, volunteer, again, Requirement.REPORTING_CODE)
    told = [
        reasons_not_to_plan(volunteer, Product.MOEDERMAATJES, "", day)
        for day in (date(2016, 6, 30), date(2016, 7, 1), again - DAY, again)
    ]
    assert told == [(), ("reporting_code",), ("reporting_code",), ()]


def test_nobody_is_called_available_before_what_her_own_policy_asks(
    coordinator: Actor, as_house: Any
) -> None:
    first, now = date(2013, 7, 1), at(date(2016, 9, 1))
    volunteer = began(coordinator, first)
    renewed(coordinator, volunteer, date(2016, 6, 1), Requirement.VOG_84, Requirement.VOG_85)
    actions.move(coordinator, volunteer.id, State.ON_LEAVE, now)
    with pytest.raises(RuleBroken) as refusal:
        actions.move(coordinator, volunteer.id, State.AVAILABLE, now)
    assert refusal.value.facts == {"missing": "module meldcode"}


def brought(actor: Actor, cells: str, on: date) -> Volunteer:
    """Bring somebody in with a list on a day."""
    values = row(TEMPLATE, f"{HEADINGS}\nTruus Duinroos;{cells}", actor, on)
    found: Volunteer = Volunteer.for_house("test", on).get(pk=apply([values], actor, at(on))[0])
    return found


def stood(volunteer: Volunteer, on: date) -> State | None:
    """Tell in which state somebody stood on a day."""
    rows = VolunteerStand.for_house("test", on).filter(volunteer_id=volunteer.id).order_by("from_on")
    return state_on([Stand(State(each.state), each.from_on, each.to_on) for each in rows], on)


@pytest.mark.usefixtures("as_house")
class TestLists:
    """People who were here before the house was."""

    def test_somebody_at_work_stood_so_since_the_day_in_the_list(self, coordinator: Actor) -> None:
        on = date(2011, 1, 11)
        volunteer = brought(coordinator, "actief;1-9-2008;1-3-2010;1-3-2010;ja;3-4-10;x", on)
        assert [stood(volunteer, day) for day in (date(2008, 8, 31), date(2008, 9, 1), on)] == [
            None,
            State.AVAILABLE,
            State.AVAILABLE,
        ]

    def test_without_a_day_she_stands_so_from_the_day_of_the_list(self, coordinator: Actor) -> None:
        on = date(2011, 1, 11)
        volunteer = brought(coordinator, "in training;;1-3-2010;;;;", on)
        assert [stood(volunteer, day) for day in (on - DAY, on)] == [None, State.TRAINING]

    def test_her_policy_is_that_of_the_day_in_the_list(self, coordinator: Actor) -> None:
        on = date(2014, 1, 11)
        old = brought(coordinator, "actief;1-9-2008;1-3-2013;1-3-2013;ja;3-4-10;1-3-2009", on)
        assert policy_for(old.since_on, on).number == "2007"
        assert status_of(State(old.state), papers_of(old, on), on) is Status.ONBOARDED

    def test_a_new_one_whose_module_has_lapsed_is_refused_as_available(self, coordinator: Actor) -> None:
        on = date(2018, 1, 11)
        for since, faults in (("1-9-2013", [("volunteer_papers_missing", "Stand")]), ("1-6-2013", [])):
            cells = f"Truus Duinroos;actief;{since};1-3-2017;1-3-2017;ja;3-4-17;1-3-2014"
            assert codes(TEMPLATE, f"{HEADINGS}\n{cells}", coordinator, on) == faults


def test_papers_are_put_with_whom_they_belong(coordinator: Actor, as_house: Any) -> None:
    on = date(2011, 1, 11)
    one, other = (began(coordinator, on) for _turn in range(2))
    actions.grant_permit(coordinator, one.id, "NSL", on, None, at(on))
    actions.exempt(coordinator, other.id, Requirement.COACHING, on + 9 * DAY, at(on))
    kinds = [kind.for_house("test", on) for kind in (Completion, Exemption, PrisonPermit)]
    found = papers_by({one.id: one.since_on, other.id: other.since_on}, *kinds)
    for volunteer in (one, other):
        alone = papers_of(volunteer, on)
        assert set(found[volunteer.id].completed) == set(alone.completed)
        assert found[volunteer.id].permits == alone.permits
    assert [permit.prison for permit in found[one.id].permits] == ["NSL"]
    assert found[other.id].permits == []
    assert [each.requirement for each in found[other.id].completed if each.is_exempt] == [
        Requirement.COACHING
    ]


def test_a_coordinator_and_she_herself_read_since_when_something_is_too_late(seen: Any) -> None:
    on = date(2013, 12, 2)
    accounts.mark_as_demo(on)
    team = two_teams()[0]
    user, coordinator = accounts.coordinator(team)
    volunteer = began(coordinator, date(2010, 11, 30))
    browsers = (user, accounts.volunteer_user(team, volunteer.id)[0])
    pages = (reverse("volunteers:volunteer", args=[volunteer.id]), reverse("volunteers:own"))
    assert now_on(on).on == on
    for who, url in zip(browsers, pages, strict=True):
        client = Client(headers={"accept-language": "nl"})
        accounts.sign_in(client, who)
        told = BeautifulSoup(client.get(url).content, "html.parser").get_text(" ", strip=True)
        assert "VOG (zorg voor minderjarigen) Te laat" in told
        assert "te laat sinds za 30 nov" in told
        assert "overeenkomst In orde" in told
