"""Volunteers who are never asked for a mother: from her page, from a match, and until it is lifted."""

from collections.abc import Callable
from typing import Final
from uuid import UUID

import pytest
from django.http import Http404

from gib.care.products import actions, builders, slots
from gib.care.products.domain.match import ASKS_EXCLUSION, EndReason, State, Why
from gib.care.products.models import Exclusion, Match, is_excluded
from gib.care.products.presenting.board import board_of
from gib.care.products.tests.conftest import NOW, broken, later, refused, write
from gib.care.products.tests.test_views import at, done, herself, request, send, shown
from gib.care.referral.tests.reader import text_of, visitor
from gib.care.trajectory import builders as trajectories
from gib.core.access.actor import Actor
from gib.core.kernel.ids import new_id
from gib.people.families import actions as families
from gib.people.partners.domain import Product

pytestmark = pytest.mark.django_db(databases=["default", "keys", "log"])

#: What the board says of who is excluded.
VETO: Final = "Een van de twee wil deze koppeling niet."


def ended(actor: Actor, reason: EndReason) -> Match:
    _part, match = builders.visiting(actor, NOW)
    return actions.end_match(actor, match.id, reason, NOW)


def exclude(actor: Actor, match: Match, why: Why = Why.HER_WISH) -> Exclusion:
    return actions.exclude(actor, match.dossier_id, match.volunteer_id, why, NOW)


def test_she_is_not_asked_again(coordinator: Actor, told: Callable[..., list[str]]) -> None:
    match = ended(coordinator, EndReason.UNSAFE)
    row = exclude(coordinator, match, Why.UNSAFE)
    assert (row.from_on, row.to_on, row.set_by) == (NOW.on, None, coordinator.user_id)
    assert told(match.dossier_id)[-1] == "products.Excluded"
    with refused("volunteer_excluded", Exclusion):
        actions.propose_match(coordinator, match.participation_id, match.volunteer_id, NOW)
    with broken("no_change"):
        exclude(coordinator, match)


def test_it_is_about_one_mother_and_one_volunteer(coordinator: Actor) -> None:
    match = ended(coordinator, EndReason.OTHER_PERSON)
    exclude(coordinator, match)
    other = builders.planned(
        coordinator, trajectories.inside(coordinator, NOW, 1).dossier_id, Product.BEZOEKMOEDERS, NOW
    )
    helper = builders.a_volunteer(coordinator, NOW, given_name="Loes")
    assert builders.proposed(coordinator, other, helper, NOW).state == State.PROPOSED
    assert is_excluded(match.dossier_id, match.volunteer_id, NOW.on)
    assert not is_excluded(other.dossier_id, match.volunteer_id, NOW.on)
    assert not is_excluded(match.dossier_id, helper.id, NOW.on)


def test_what_she_was_asked_is_taken_back(coordinator: Actor) -> None:
    part = builders.planned(
        coordinator, trajectories.inside(coordinator, NOW).dossier_id, Product.BEZOEKMOEDERS, NOW
    )
    match = builders.proposed(coordinator, part, builders.a_volunteer(coordinator, NOW), NOW)
    exclude(coordinator, match, Why.SAME_STREET)
    assert Match.visible_to(coordinator, NOW.on).get(pk=match.id).state == State.WITHDRAWN


def test_an_exclusion_that_came_between_stops_the_introduction(coordinator: Actor) -> None:
    """The second look: were the question not taken back, they would still not meet."""
    match = ended(coordinator, EndReason.PLANNED)
    again = actions.propose_match(coordinator, match.participation_id, match.volunteer_id, NOW)
    actions.mother_answers(coordinator, again.id, True, NOW)
    actions.volunteer_answers(coordinator, again.id, True, NOW)
    row = Exclusion(
        dossier_id=match.dossier_id,
        team_id=match.team_id,
        volunteer_id=match.volunteer_id,
        why=Why.UNSAFE,
        from_on=NOW.on,
        set_by=new_id(),
    )
    write(row)
    with broken("volunteer_excluded"):
        actions.introduce(coordinator, again.id, NOW)


def test_who_sees_her_now_is_parted_first(coordinator: Actor) -> None:
    _part, match = builders.visiting(coordinator, NOW)
    with refused("match_live", Exclusion):
        exclude(coordinator, match)


def test_it_is_lifted_from_tomorrow(coordinator: Actor, told: Callable[..., list[str]]) -> None:
    match = ended(coordinator, EndReason.OTHER_PERSON)
    row = exclude(coordinator, match)
    actions.lift_exclusion(coordinator, row.id, NOW)
    assert told(match.dossier_id)[-1] == "products.ExclusionLifted"
    asked = match.participation_id, match.volunteer_id
    with broken("volunteer_excluded"):
        actions.propose_match(coordinator, *asked, NOW)
    with broken("episode_closed"):
        actions.lift_exclusion(coordinator, row.id, NOW)
    assert actions.propose_match(coordinator, *asked, later(1)).state == State.PROPOSED


def test_strangers_and_the_volunteer_herself_do_not_see_it(coordinator: Actor, stranger: Actor) -> None:
    match = ended(coordinator, EndReason.OTHER_PERSON)
    row = exclude(coordinator, match)
    assert not Exclusion.visible_to(stranger, NOW.on).exists()
    assert not Exclusion.visible_to(herself(match), NOW.on).exists()
    for perform in (
        lambda: actions.lift_exclusion(stranger, row.id, NOW),
        lambda: exclude(stranger, match),
        lambda: actions.exclude(coordinator, match.dossier_id, new_id(), Why.UNSAFE, NOW),
    ):
        with pytest.raises(Http404):
            perform()


@pytest.mark.parametrize("reason", [reason for reason in EndReason if reason not in ASKS_EXCLUSION][:4])
def test_other_ends_lead_back_to_the_match(house: Actor, reason: EndReason) -> None:
    _part, match = builders.visiting(house, NOW)
    assert done(house, at("match_end", match.id), reason=reason) == at("match", match.id)


@pytest.mark.parametrize("reason", ASKS_EXCLUSION)
def test_some_ends_of_a_match_ask_for_it(house: Actor, reason: EndReason) -> None:
    _part, match = builders.visiting(house, NOW)
    url = done(house, at("match_end", match.id), reason=reason)
    assert url == at("match_exclude", match.id)
    page = text_of(visitor(house).get(url))
    assert f'value="{ASKS_EXCLUSION[reason]}" checked' in page or "checked" in page
    assert done(house, url, why=ASKS_EXCLUSION[reason]) == at("match", match.id)
    assert is_excluded(match.dossier_id, match.volunteer_id, NOW.on)


def test_from_her_page_and_back(house: Actor) -> None:
    match = ended(house, EndReason.PLANNED)
    url, people = at("exclude", match.dossier_id), f"/moeders/{match.dossier_id}"
    assert "Iedere vrijwilliger mag" in shown(slots.exclusions(request(house), match.dossier_id))
    assert people in url
    done(house, url, volunteer=str(match.volunteer_id), why=Why.KNOWS_FAMILY)
    told = shown(slots.exclusions(request(house), match.dossier_id))
    row: Exclusion = Exclusion.for_action(house, NOW.on).get()
    for part in ("Truus V.", "Zij kent de familie", at("exclusion_lift", row.id)):
        assert part in told
    assert send(house, url, volunteer=str(match.volunteer_id), why=Why.UNSAFE).status_code == 422
    done(house, at("exclusion_lift", row.id))
    assert "Truus" not in shown(slots.exclusions(request(house, later(1)), match.dossier_id))


def test_the_board_says_it_stands_against_her(house: Actor) -> None:
    match = ended(house, EndReason.OTHER_PERSON)
    url = f"{board_of(match.participation_id)}&waarom=allen"
    assert VETO not in text_of(visitor(house).get(url))
    exclude(house, match)
    assert VETO in text_of(visitor(house).get(url))


def test_it_goes_with_her_to_another_team(coordinator: Actor, stranger: Actor) -> None:
    match = ended(coordinator, EndReason.UNSAFE)
    row = exclude(coordinator, match)
    families.hand_to_team(coordinator, match.dossier_id, min(stranger.team_ids), NOW)
    seen: list[UUID] = [each.id for each in Exclusion.visible_to(stranger, NOW.on)]
    assert seen == [row.id]
