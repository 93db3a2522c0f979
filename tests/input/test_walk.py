"""The people in the lists walk on: heard, planned, matched, visited, free, paid for or let go."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from gib.care.aftercare import actions as aftercare
from gib.care.aftercare import builders as money
from gib.care.aftercare.domain import Ground
from gib.care.aftercare.domain import State as Request
from gib.care.aftercare.models import Agreement
from gib.care.handover import builders as handovers
from gib.care.products.models import Match, Participation
from gib.care.referral.domain import StatusWord
from gib.care.referral.models import Referral, status_word
from gib.care.trajectory.domain import CloseReason
from gib.care.trajectory.domain import State as Plan
from gib.care.trajectory.models import Trajectory, is_covered, latest_trajectory
from gib.core.access import rls
from gib.core.journal import chain
from gib.people.families.domain.codes import Purpose
from gib.people.families.models import children_of, participant_of
from gib.people.partners.builders import PAYING, REFUSING, two_teams
from gib.people.partners.domain import Product
from gib.people.volunteers.models import Volunteer
from gib.portal.demo import agenda
from gib.portal.demo.people import Side
from gib.portal.demo.story import Story
from tests.input.house import TODAY, Screen
from tests.input.test_screen import ORDER

pytestmark = pytest.mark.django_db(databases="__all__", transaction=True)
VISITS, HOME = Product.BEZOEKMOEDERS, Product.MOEDERMAATJES


@pytest.fixture
def filled(screen: Screen) -> Iterator[Screen]:
    """A house into which all four lists came; the house itself looks."""
    for key in ORDER:
        screen.let_in(key)
    with rls.system("test", TODAY):
        yield screen


def story(screen: Screen, given_name: str) -> Story:
    """Begin the story of a mother whose referral stood in the list."""
    rows = [row for row in Referral.for_house("test", TODAY) if row.first_name == given_name]
    volunteers = {row.given_name: row.id for row in Volunteer.for_house("test", TODAY)}
    team = two_teams()[0]
    told = Story(Side(team, screen.actor, screen.actor, volunteers, agenda.plan(screen.actor, team)), 0, 0)
    told.referral_id, told.dossier_id = rows[0].id, rows[0].dossier_id
    return told


def one(model: Any, pk: UUID) -> Any:
    return model.for_house("test", TODAY).get(pk=pk)


def heard(told: Story) -> Story:
    """Bring her from the list to a plan that runs inside."""
    assert one(Referral, told.referral_id).state == "submitted"
    told.accepted().heard("Zelf weer voorlezen").planned()
    row = one(Referral, told.referral_id)
    assert status_word(row) is StatusWord.STARTED
    return told


def test_a_referral_becomes_help_at_home_that_the_agreement_pays(filled: Screen) -> None:
    told = heard(story(filled, "Saïda"))
    told.wants(VISITS).matched(VISITS, "Bea").visited(VISITS, 1)
    assert one(Match, told.matches[VISITS]).state == "trial"
    told.returns_to(PAYING).after(2).released(PAYING).consents(Purpose.SUPPORT)

    agreement = Agreement.objects.get(municipality_id=PAYING)
    request = aftercare.draft_request(filled.actor, told.dossier_id, told.now)
    aftercare.cover_by_agreement(filled.actor, request.id, agreement.id, told.now)
    assert is_covered(told.dossier_id, told.now.on)
    told.at_home().wants(HOME).matched(HOME, "Coba").visited(HOME, 1)
    assert one(Participation, told.parts[HOME]).state == "running"
    row = latest_trajectory(told.dossier_id)
    assert row is not None and row.state == Plan.ACTIVE_OUTSIDE
    assert list(chain.faults()) == []


def test_a_referral_whose_town_refuses_is_let_go_with_a_trail_and_handed_over(filled: Screen) -> None:
    told = heard(story(filled, "Ans"))
    told.returns_to(REFUSING).consents(Purpose.MUNICIPALITY, REFUSING)
    request = aftercare.draft_request(filled.actor, told.dossier_id, told.now)
    aftercare.submit_request(filled.actor, request.id, money.EXTRACT, "", told.now)
    told.after(2).released(REFUSING)
    aftercare.reject(filled.actor, request.id, Ground.NO_BUDGET, told.now)
    handover = handovers.confirmed(filled.actor, told.dossier_id, told.now)
    assert handover.state == "confirmed"
    assert aftercare.let_go(filled.actor, request.id, told.now).state == Request.LET_GO
    row = latest_trajectory(told.dossier_id)
    assert row is not None
    assert (row.close_reason, row.trail_id) == (CloseReason.NOT_FUNDED, request.id)
    assert list(chain.faults()) == []


def test_a_running_mother_stands_where_her_row_says(filled: Screen) -> None:
    plans = {participant_of(row.dossier_id).first_name: row for row in Trajectory.for_house("test", TODAY)}
    ria, gre = plans["Ria"], plans["Gré"]
    assert (ria.state, gre.state) == (Plan.ACTIVE_INSIDE, Plan.ACTIVE_OUTSIDE)
    kids = {child.first_name: child.birth_year for child in children_of(ria.dossier_id)}
    assert kids == {"Torteltje": 2007, "Goudvink": 2002}
    assert is_covered(gre.dossier_id, TODAY) and not is_covered(ria.dossier_id, TODAY)
    matches = {row.dossier_id: row for row in Match.for_house("test", TODAY)}
    assert matches[ria.dossier_id].from_on == TODAY.replace(year=2010, month=10, day=3)
    assert {row.state for row in matches.values()} == {"trial"}
    parts = {row.dossier_id: (row.product, row.state) for row in Participation.for_house("test", TODAY)}
    assert parts == {ria.dossier_id: (VISITS, "running"), gre.dossier_id: (HOME, "running")}


def test_a_running_mother_goes_on_from_there(filled: Screen) -> None:
    told = story(filled, "Ans")
    match = Match.for_house("test", TODAY).filter(product=HOME).get()
    told.dossier_id, told.matches = match.dossier_id, {HOME: match.id}
    told.visited(HOME, 3, every=7).settled(HOME)
    assert one(Match, match.id).state == "running"
    assert told.now.on == TODAY + timedelta(days=21)
