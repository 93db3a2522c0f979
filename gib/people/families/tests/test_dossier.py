"""The dossier as a whole: opening, correcting, duplicates, involvement, another team, erasure."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.http import Http404

from gib.core.access import rls
from gib.core.access.actor import Actor, house
from gib.core.access.rows import protected_models
from gib.core.access.tables import Scope
from gib.core.kernel.ids import new_id
from gib.core.kernel.rules import RuleBroken
from gib.core.vault.fields import SealedField
from gib.core.vault.models import Tombstone, WrappedKey
from gib.core.vault.reads import ReadSet
from gib.people.families import actions, builders
from gib.people.families.actions import MotherFacts
from gib.people.families.domain.codes import Purpose
from gib.people.families.models import (
    Child,
    DetentionEpisode,
    Dossier,
    DuplicateMark,
    ExpectedRelease,
    Involvement,
    Participant,
    Placement,
    current_place,
    latest_expectation,
    number_of,
    participant_of,
    rows_of,
)
from gib.people.families.models.marks import MARK_BOX, mark_of
from gib.people.families.tests.conftest import NOW, TODAY, broken, last_payload, later, names_of
from gib.people.partners.models import Team

FACTS = MotherFacts(
    first_name="Madelief",
    last_name="Sprookstra",
    born_on=builders.BORN_ON,
    birth_year=None,
    languages="nl",
    needs_interpreter=False,
    phone="",
    address="",
    origin_id=None,
)


def test_a_dossier_begins_with_the_mother_her_place_and_the_expected_day(coordinator: Actor) -> None:
    expected_on = TODAY + timedelta(days=90)
    told = builders.a_dossier(coordinator, NOW, unit="C2", expected_on=expected_on, origin_code="0363")
    mother = participant_of(told.id)
    assert (mother.first_name, mother.last_name, mother.birth_year) == ("Madelief", "Sprookstra", 1980)
    assert mother.origin_id == "0363"
    place = current_place(told.id, TODAY)
    assert place is not None
    assert (place.prison.place, place.unit, place.regime) == ("Nieuwersluis", "C2", "remand")
    last = latest_expectation(told.id)
    assert last is not None
    assert (last.expected_on, last.entered_on, last.position) == (expected_on, TODAY, 1)
    assert names_of(told.id) == ["DossierOpened"]
    assert WrappedKey.objects.filter(box_id=told.id, kind="dossier").exists()


def test_a_mother_who_refers_herself_has_no_detention(coordinator: Actor) -> None:
    told = builders.a_dossier(coordinator, NOW, prison_code=None, born_on=None, birth_year=1985)
    assert not rows_of(DetentionEpisode, told.id).exists()
    assert not rows_of(DuplicateMark, told.id).exists()
    assert participant_of(told.id).birth_year == 1985


def test_detention_without_a_known_place_is_kept_as_it_is(coordinator: Actor) -> None:
    since = TODAY - timedelta(days=40)
    told = builders.a_dossier(coordinator, NOW, prison_code=None, detained_from=since)
    assert rows_of(DetentionEpisode, told.id).get().from_on == since
    assert not rows_of(Placement, told.id).exists()
    assert not rows_of(ExpectedRelease, told.id).exists()


def test_nobody_is_born_tomorrow(coordinator: Actor) -> None:
    with broken("born_in_future"):
        builders.a_dossier(coordinator, NOW, born_on=TODAY + timedelta(days=1))


def test_the_number_of_a_dossier_tells_no_order(dossier: Dossier) -> None:
    assert dossier.number == number_of(dossier.id)
    assert len({number_of(new_id()) for _ in range(50)}) == 50
    assert not set(dossier.number) & set("AEIOU01")


# Correcting


def test_a_correction_names_the_fields_and_not_their_content(coordinator: Actor, dossier: Dossier) -> None:
    actions.correct_participant(coordinator, dossier.id, replace(FACTS, phone="0600000000"), NOW)
    assert participant_of(dossier.id).phone == "0600000000"
    assert last_payload(dossier.id) == {"fields": ["phone"]}


def test_a_correction_without_a_difference_changes_nothing(coordinator: Actor, dossier: Dossier) -> None:
    before = participant_of(dossier.id).version
    actions.correct_participant(coordinator, dossier.id, FACTS, NOW)
    assert names_of(dossier.id) == ["DossierOpened"]
    assert participant_of(dossier.id).version == before


def test_a_correction_of_an_older_version_is_refused(coordinator: Actor, dossier: Dossier) -> None:
    actions.correct_participant(coordinator, dossier.id, replace(FACTS, phone="1", version=0), NOW)
    with pytest.raises(RuleBroken, match="newer_version") as refused:
        actions.correct_participant(coordinator, dossier.id, replace(FACTS, phone="2", version=0), NOW)
    assert refused.value.facts["version"] == 1
    with broken("born_in_future"):
        actions.correct_participant(coordinator, dossier.id, replace(FACTS, birth_year=2012), NOW)


def test_a_stranger_corrects_nobody(stranger: Actor, dossier: Dossier) -> None:
    with pytest.raises(Http404):
        actions.correct_participant(stranger, dossier.id, FACTS, NOW)


# Duplicates


def test_a_known_mother_gives_the_team_to_ask_and_nothing_else(
    coordinator: Actor, stranger: Actor, dossier: Dossier, teams: tuple[Team, Team], seen: ReadSet
) -> None:
    asked = actions.possible_duplicate(stranger, "van der Sprookstra", builders.BORN_ON, NOW)
    assert asked == teams[0]
    assert ("duplicate_check", 1) in seen.scans
    assert dossier.id not in seen.boxes
    assert actions.possible_duplicate(stranger, "Sprookstra", date(1981, 5, 3), NOW) is None
    assert actions.possible_duplicate(coordinator, "Verzinsel", builders.BORN_ON, NOW) is None
    assert actions.possible_duplicate(coordinator, "Sprookstra", builders.BORN_ON, NOW, dossier.id) is None
    assert len(seen.scans) == 4


def test_a_mark_follows_a_correction_and_tells_nothing(coordinator: Actor, dossier: Dossier) -> None:
    actions.correct_participant(coordinator, dossier.id, replace(FACTS, last_name="Legendema"), NOW)
    assert rows_of(DuplicateMark, dossier.id).get().mark == mark_of("Legendema", builders.BORN_ON)
    actions.correct_participant(coordinator, dossier.id, replace(FACTS, born_on=None), NOW)
    assert not rows_of(DuplicateMark, dossier.id).exists()


def test_marks_need_the_key_of_their_own_box(dossier: Dossier, seen: ReadSet) -> None:
    one = mark_of("Sprookstra", builders.BORN_ON)
    assert one == mark_of("sprookstra", builders.BORN_ON)
    WrappedKey.objects.filter(box_id=MARK_BOX).delete()
    seen.keys.clear()
    assert mark_of("Sprookstra", builders.BORN_ON) != one


# Involvement


def test_involvement_is_an_episode_that_is_written_once(coordinator: Actor, dossier: Dossier) -> None:
    source, party = new_id(), str(new_id())
    one = actions.involve(house("test"), dossier.id, Scope.MATCHED, party, source, NOW)
    again = actions.involve(house("test"), dossier.id, Scope.MATCHED, party, source, later(3))
    assert one == again
    assert Involvement.current(dossier.id, TODAY).count() == 1
    actions.end_involvement(house("test"), source, TODAY + timedelta(days=14), later(2))
    assert Involvement.current(dossier.id, TODAY + timedelta(days=14)).count() == 1
    assert not Involvement.current(dossier.id, TODAY + timedelta(days=15)).exists()


def test_an_involvement_that_never_began_is_taken_away(coordinator: Actor, dossier: Dossier) -> None:
    source = new_id()
    begins = TODAY + timedelta(days=5)
    actions.involve(house("test"), dossier.id, Scope.INVITED, "partner:1", source, NOW, from_on=begins)
    actions.end_involvement(house("test"), source, TODAY, NOW)
    assert not Involvement.of_source(source).exists()


# Another team


def test_the_whole_dossier_goes_to_one_other_team(
    coordinator: Actor, stranger: Actor, dossier: Dossier, teams: tuple[Team, Team]
) -> None:
    child = builders.with_child(coordinator, dossier.id, NOW)
    builders.with_open_gate(coordinator, child, NOW)
    kept = builders.a_dossier(coordinator, NOW, 1)
    actions.hand_to_team(coordinator, dossier.id, teams[1].pk, NOW)
    for model in protected_models():
        columns = {field.name for field in model._meta.concrete_fields}
        if {"dossier", "team"} <= columns:
            assert set(rows_of(model, dossier.id).values_list("team_id", flat=True)) <= {teams[1].pk}
    assert not Participant.visible_to(coordinator, TODAY).filter(dossier_id=dossier.id).exists()
    assert Participant.visible_to(stranger, TODAY).get().dossier_id == dossier.id
    assert Participant.visible_to(coordinator, TODAY).get().dossier_id == kept.id
    assert last_payload(dossier.id) == {
        "old_team_id": teams[0].pk,
        "team_id": teams[1].pk,
    }


def test_a_dossier_is_handed_by_who_has_it_to_somebody_else(
    coordinator: Actor, stranger: Actor, dossier: Dossier, teams: tuple[Team, Team]
) -> None:
    with pytest.raises(Http404):
        actions.hand_to_team(stranger, dossier.id, teams[1].pk, NOW)
    with broken("no_change"):
        actions.hand_to_team(coordinator, dossier.id, teams[0].pk, NOW)


# Erasure


def test_erasure_leaves_figures_and_nothing_that_can_be_read(
    coordinator: Actor, dossier: Dossier, django_capture_on_commit_callbacks: Any
) -> None:
    child = builders.with_child(coordinator, dossier.id, NOW)
    builders.with_consent(coordinator, dossier.id, Purpose.SUPPORT, NOW)
    actions.involve(house("test"), dossier.id, Scope.MATCHED, "x", new_id(), NOW)
    with django_capture_on_commit_callbacks(execute=True):
        actions.erase_dossier(coordinator, dossier.id, NOW)
    assert Tombstone.objects.filter(box_id=dossier.id).exists()
    assert not WrappedKey.objects.filter(box_id=dossier.id).exists()
    for model in protected_models():
        sealed = [field.attname for field in model._meta.concrete_fields if isinstance(field, SealedField)]
        if sealed and "dossier" in {field.name for field in model._meta.concrete_fields}:
            assert all(not any(row) for row in rows_of(model, dossier.id).values_list(*sealed))
    mother = participant_of(dossier.id)
    assert (mother.first_name, mother.languages, mother.birth_year) == ("", "", 1980)
    assert rows_of(Child, dossier.id).get().birth_year == child.birth_year
    assert not rows_of(DuplicateMark, dossier.id).exists()
    assert not Involvement.current(dossier.id, TODAY).exists()
    assert names_of(dossier.id)[-1] == "DossierErased"


def test_erasure_happens_once_and_never_by_a_stranger(
    coordinator: Actor, stranger: Actor, dossier: Dossier
) -> None:
    with pytest.raises(Http404):
        actions.erase_dossier(stranger, dossier.id, NOW)
    actions.erase_dossier(coordinator, dossier.id, NOW)
    with pytest.raises(Http404):
        actions.erase_dossier(coordinator, dossier.id, NOW)
    with broken("no_change"):
        actions.erase_dossier(house("test"), dossier.id, NOW)
    with rls.system("test"):
        assert Dossier.for_house("test", TODAY).get(pk=dossier.id).erased_on == TODAY
