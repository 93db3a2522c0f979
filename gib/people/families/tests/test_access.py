"""Who sees which row and which field of a family: each role against the table of access."""

from collections.abc import Callable

import pytest

from gib.core.access import rls
from gib.core.access.actor import Actor, house
from gib.core.access.rows import NotShown, protected_models
from gib.core.access.tables import Role, Scope
from gib.core.kernel.ids import new_id
from gib.core.vault.reads import ReadSet
from gib.people.families import actions, builders
from gib.people.families.domain.codes import Purpose
from gib.people.families.models import (
    Caregiver,
    Child,
    Consent,
    ContactRestriction,
    Custody,
    DetentionEpisode,
    Dossier,
    DuplicateMark,
    ExpectedRelease,
    Participant,
    Placement,
    Residence,
)
from gib.people.families.tests.conftest import NOW, TODAY, later

OURS = [model for model in protected_models() if model.__module__.startswith("gib.people.families")]
PAPERS = [Custody, ContactRestriction, Consent]
OF_THE_TEAM = {Role.COORDINATOR, Role.DEPUTY}


@pytest.fixture
def family(coordinator: Actor, dossier: Dossier) -> Dossier:
    child = builders.with_child(coordinator, dossier.id, NOW, residence="with_family")
    builders.with_open_gate(coordinator, child, NOW)
    oma = actions.CaregiverFacts(name="Oma Eenhoorn")
    actions.add_caregiver(coordinator, dossier.id, oma, NOW)
    actions.expect_release(coordinator, dossier.id, TODAY.replace(year=2012), "prison", "likely", NOW)
    return dossier


@pytest.fixture
def matched(coordinator: Actor, family: Dossier) -> Actor:
    volunteer = Actor(new_id(), Role.VOLUNTEER, volunteer_id=new_id())
    party = volunteer.party(Scope.MATCHED)
    actions.involve(house("test"), family.id, Scope.MATCHED, party, new_id(), NOW)
    return volunteer


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SYSTEM])
def test_only_the_team_sees_a_family_without_being_involved(
    role: Role, family: Dossier, actor_of: Callable[[Role], Actor]
) -> None:
    actor = actor_of(role)
    for model in (Dossier, Participant, Child, Residence, Caregiver, *PAPERS, Placement, ExpectedRelease):
        assert model.visible_to(actor, TODAY).exists() is (role in OF_THE_TEAM), model


def test_another_team_sees_nothing_of_any_table(stranger: Actor, family: Dossier) -> None:
    assert len(OURS) >= 14
    assert not any(model.visible_to(stranger, TODAY).exists() for model in OURS)


def test_a_volunteer_sees_what_the_task_needs(matched: Actor) -> None:
    mother = Participant.visible_to(matched, TODAY).get()
    assert (mother.first_name, mother.phone, mother.languages) == ("Madelief", "", "nl")
    for hidden in ("last_name", "born_on", "birth_year", "address", "origin", "return_kind"):
        with pytest.raises(NotShown):
            getattr(mother, hidden)
    child = Child.visible_to(matched, TODAY).get()
    assert (child.first_name, child.birth_year) == ("Merel", TODAY.year - 9)
    with pytest.raises(NotShown):
        _ = child.born_on
    stay = Residence.visible_to(matched, TODAY).get()
    assert stay.kind == "with_family"
    with pytest.raises(NotShown):
        _ = stay.caregiver_id


def test_a_volunteer_sees_place_and_dates_of_detention(matched: Actor) -> None:
    assert Placement.visible_to(matched, TODAY).get().prison_id == "NSL"
    assert ExpectedRelease.visible_to(matched, TODAY).get().expected_on.year == 2012
    episode = DetentionEpisode.visible_to(matched, TODAY).get()
    assert episode.from_on == TODAY
    with pytest.raises(NotShown):
        _ = episode.release_kind


@pytest.mark.parametrize("model", [*PAPERS, DuplicateMark], ids=lambda model: model.__name__)
def test_a_volunteer_never_sees_papers(matched: Actor, model: type) -> None:
    rows = model.visible_to(matched, TODAY)
    assert not rows.exists() or not {"mark"} <= rows.get()._fields


def test_the_name_of_a_caregiver_stays_with_the_coordinator(matched: Actor) -> None:
    with pytest.raises(NotShown):
        _ = Caregiver.visible_to(matched, TODAY).get().name


def test_sight_ends_with_the_episode(coordinator: Actor, family: Dossier) -> None:
    volunteer = Actor(new_id(), Role.VOLUNTEER, volunteer_id=new_id())
    source = new_id()
    actions.involve(house("test"), family.id, Scope.MATCHED, volunteer.party(Scope.MATCHED), source, NOW)
    actions.end_involvement(house("test"), source, later(14).on, NOW)
    assert Participant.visible_to(volunteer, later(14).on).exists()
    assert not Participant.visible_to(volunteer, later(15).on).exists()


def test_a_mark_shows_itself_to_nobody(coordinator: Actor, family: Dossier) -> None:
    with pytest.raises(NotShown):
        _ = DuplicateMark.visible_to(coordinator, TODAY).get().mark


def test_reading_names_the_dossier_and_its_tables(family: Dossier, coordinator: Actor, seen: ReadSet) -> None:
    seen.boxes.clear()
    mother = Participant.visible_to(coordinator, TODAY).get()
    assert seen.boxes == {}
    assert mother.first_name
    assert seen.boxes == {family.id: {"families_participant"}}


def test_a_read_without_a_scope_is_caught(family: Dossier) -> None:
    with pytest.raises(rls.UnscopedRead):
        Participant.objects.filter(dossier_id=family.id).exists()


def test_the_consent_of_a_family_is_seen_by_its_team(coordinator: Actor, family: Dossier) -> None:
    row = Consent.visible_to(coordinator, TODAY).get()
    assert (row.purpose, row.state) == (Purpose.CHILD_VISIT, "given")
