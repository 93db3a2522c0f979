"""Two mothers who are kept apart: set, seen by who sees both, ended and forgotten."""

from typing import Any

import pytest
from django.http import Http404

from gib.core.access import rls
from gib.core.access.actor import Actor
from gib.core.kernel.ids import new_id
from gib.people.families import actions, builders, slots
from gib.people.families.models import Dossier, Separation, apart_from
from gib.people.families.tests.conftest import NOW, broken, last_payload, later, names_of
from gib.people.families.tests.reader import hidden, pages, text_of, visitor
from gib.people.families.tests.test_slots import request_of
from gib.people.partners.models import Team

pytestmark = pytest.mark.usefixtures("stores")


@pytest.fixture
def other(coordinator: Actor, dossier: Dossier) -> Dossier:
    return builders.a_dossier(coordinator, NOW, 1)


@pytest.fixture
def pair(coordinator: Actor, dossier: Dossier, other: Dossier) -> Separation:
    return actions.keep_apart(coordinator, dossier.id, other.id, NOW)


def seen_by(actor: Actor) -> list[Any]:
    return [row.id for row in Separation.visible_to(actor, NOW.on)]


def test_a_pair_has_two_sides_and_one_row(pair: Separation, dossier: Dossier, other: Dossier) -> None:
    assert apart_from(dossier.id, NOW.on) == {other.id}
    assert apart_from(other.id, NOW.on) == {dossier.id}
    assert apart_from(dossier.id, later(-1).on) == set()
    assert (pair.from_on, pair.to_on) == (NOW.on, None)
    for each in (dossier, other):
        assert names_of(each.id)[-1] == "KeptApart"
        assert last_payload(each.id) == {"separation_id": str(pair.id)}


def test_the_same_pair_from_the_other_side_is_no_change(
    coordinator: Actor, pair: Separation, dossier: Dossier, other: Dossier
) -> None:
    with broken("no_change"):
        actions.keep_apart(coordinator, other.id, dossier.id, NOW)


def test_both_must_exist_for_who_does_it(coordinator: Actor, stranger: Actor, dossier: Dossier) -> None:
    elsewhere = builders.a_dossier(stranger, NOW, 2)
    for actor, one, two in (
        (coordinator, dossier.id, elsewhere.id),
        (coordinator, elsewhere.id, dossier.id),
        (stranger, dossier.id, elsewhere.id),
        (coordinator, dossier.id, dossier.id),
        (coordinator, dossier.id, new_id()),
    ):
        with pytest.raises(Http404):
            actions.keep_apart(actor, one, two, NOW)


def test_it_ends_from_tomorrow_and_may_begin_again(
    coordinator: Actor, pair: Separation, dossier: Dossier, other: Dossier
) -> None:
    actions.end_apart(coordinator, pair.id, later(2))
    assert apart_from(dossier.id, later(2).on) == {other.id}
    assert apart_from(dossier.id, later(3).on) == set()
    assert [names_of(each.id)[-1] for each in (dossier, other)] == ["ApartEnded"] * 2
    with broken("episode_closed"):
        actions.end_apart(coordinator, pair.id, later(3))
    assert actions.keep_apart(coordinator, dossier.id, other.id, later(3)).id != pair.id


def test_who_sees_one_of_the_two_does_not_learn_of_it(
    coordinator: Actor, stranger: Actor, pair: Separation, other: Dossier, teams: tuple[Team, Team]
) -> None:
    assert seen_by(coordinator) == [pair.id]
    actions.hand_to_team(coordinator, other.id, teams[1].pk, NOW)
    assert seen_by(coordinator) == seen_by(stranger) == []
    with pytest.raises(Http404):
        actions.end_apart(coordinator, pair.id, NOW)


@pytest.mark.parametrize("erased", ["dossier", "other"])
def test_an_erasure_forgets_it_on_both_sides(
    coordinator: Actor, pair: Separation, erased: str, request: pytest.FixtureRequest
) -> None:
    actions.erase_dossier(coordinator, request.getfixturevalue(erased).id, NOW)
    with rls.system("test"):
        assert not Separation.for_house("test", NOW.on).exists()


def test_the_tab_and_its_two_acts(coordinator: Actor, dossier: Dossier, other: Dossier) -> None:
    desk, url = visitor(coordinator), f"/moeders/{dossier.id}/apart/erbij/"
    with pages():
        page = text_of(desk.get(url))
        assert f'value="{other.id}"' in page
        assert f'value="{dossier.id}"' not in page
        answer = desk.post(url, hidden(desk.get(url)) | {"other": other.id})
        assert answer.url.endswith("/mensen/")
        row = Separation.visible_to(coordinator, NOW.on).get()
        assert "Er is niets gewijzigd" in text_of(desk.post(url, hidden(desk.get(url)) | {"other": other.id}))
        for each, name in ((dossier, "Jasmijn F."), (other, "Madelief S.")):
            end = f"/moeders/{each.id}/apart/{row.id}/niet-meer/"
            tab = str(slots.people_tab(request_of(coordinator), each.id))
            assert name in tab
            assert end in tab
        desk.post(end, hidden(desk.get(end)))
        assert apart_from(dossier.id, later(1).on) == set()
        assert "Zij mag met iedereen" in str(slots.people_tab(request_of(coordinator, later(1)), dossier.id))
