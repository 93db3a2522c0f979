"""Children and who is around them: adding, residence, custody, contact, gates, coming of age."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext

from gib.core.access import rls
from gib.core.access.actor import Actor, house
from gib.core.kernel.ids import new_id
from gib.core.vault.reads import ReadSet
from gib.people.families import actions, builders
from gib.people.families.actions import CaregiverFacts, ChildFacts, NewCustody, NewRestriction
from gib.people.families.domain.codes import (
    CustodyKind,
    Issuer,
    Party,
    Purpose,
    ResidenceKind,
    RestrictionKind,
)
from gib.people.families.models import (
    Caregiver,
    Child,
    Custody,
    Dossier,
    Residence,
    children_of,
    gate_facts,
    gates_of,
    rows_of,
)
from gib.people.families.tests.conftest import NOW, TODAY, broken, last_payload, later, names_of

DAY = timedelta(days=1)


@pytest.fixture
def child(coordinator: Actor, dossier: Dossier) -> Child:
    return builders.with_child(coordinator, dossier.id, NOW)


def gates(child: Child, on: date = TODAY) -> dict[str, str]:
    return {fact.criterion: fact.reason for fact in gate_facts(child, on)}


# Becoming known


def test_a_child_becomes_known_at_any_time(coordinator: Actor, dossier: Dossier) -> None:
    assert children_of(dossier.id) == []
    oma = actions.add_caregiver(coordinator, dossier.id, CaregiverFacts(name="Oma Eenhoorn"), NOW)
    facts = {"residence": ResidenceKind.WITH_FAMILY, "caregiver_id": oma.id}
    builders.with_child(coordinator, dossier.id, later(100), **facts)
    known = children_of(dossier.id)[0]
    assert (known.first_name, known.known_on) == ("Merel", later(100).on)
    stay = rows_of(Residence, dossier.id).get()
    assert (stay.kind, stay.caregiver_id, stay.child_id) == ("with_family", oma.id, known.id)
    assert names_of(dossier.id) == ["DossierOpened", "CaregiverAdded", "ChildAdded"]


def test_an_adult_and_an_unborn_child_are_refused(coordinator: Actor, dossier: Dossier) -> None:
    with broken("child_is_adult"):
        builders.with_child(coordinator, dossier.id, NOW, born_on=date(1993, 1, 11))
    with broken("born_in_future"):
        builders.with_child(coordinator, dossier.id, NOW, born_on=TODAY + DAY)
    assert builders.with_child(coordinator, dossier.id, NOW, born_on=date(1993, 1, 12)).birth_year == 1993


def test_a_correction_of_a_child_keeps_to_the_newest_version(coordinator: Actor, child: Child) -> None:
    facts = ChildFacts(first_name="Vink", birth_year=2003, version=0)
    changed = actions.correct_child(coordinator, child.id, facts, NOW)
    assert (changed.first_name, changed.born_on, changed.birth_year) == ("Vink", None, 2003)
    with broken("newer_version"):
        actions.correct_child(coordinator, child.id, facts, NOW)
    same = ChildFacts(first_name="Vink", birth_year=2003)
    actions.correct_child(coordinator, child.id, same, NOW)
    assert names_of(child.dossier_id).count("ChildCorrected") == 1
    with broken("child_is_adult"):
        actions.correct_child(coordinator, child.id, ChildFacts(first_name="Vink", birth_year=1980), NOW)


def test_somebody_leaves_the_network_once(coordinator: Actor, dossier: Dossier) -> None:
    oma = actions.add_caregiver(coordinator, dossier.id, CaregiverFacts(name="Oma Eenhoorn"), NOW)
    assert actions.end_caregiver(coordinator, oma.id, NOW).to_on == TODAY
    with broken("episode_closed"):
        actions.end_caregiver(coordinator, oma.id, NOW)
    assert last_payload(dossier.id) == {"caregiver_id": str(oma.id)}


# Residence and custody


def test_a_new_residence_closes_the_old_one(coordinator: Actor, child: Child) -> None:
    actions.record_residence(coordinator, child.id, "with_family", None, TODAY, NOW)
    actions.record_residence(coordinator, child.id, "foster_home", None, TODAY + 5 * DAY, later(5))
    stays = rows_of(Residence, child.dossier_id).order_by("from_on")
    assert [(each.kind, each.to_on) for each in stays] == [
        ("with_family", TODAY + 4 * DAY),
        ("foster_home", None),
    ]
    with broken("episode_overlaps"):
        actions.record_residence(coordinator, child.id, "elsewhere", None, TODAY + 5 * DAY, later(5))


def test_a_caregiver_of_another_dossier_is_a_stranger(coordinator: Actor, child: Child) -> None:
    other = builders.a_dossier(coordinator, NOW, 1)
    oma = actions.add_caregiver(coordinator, other.id, CaregiverFacts(name="Oma Eenhoorn"), NOW)
    with pytest.raises(Http404):
        actions.record_residence(coordinator, child.id, "with_family", oma.id, TODAY, NOW)
    custody = NewCustody(kind=CustodyKind.OTHER_PARENT, from_on=TODAY, holder_id=oma.id)
    with pytest.raises(Http404):
        actions.record_custody(coordinator, child.id, custody, NOW)


def test_custody_of_somebody_else_has_a_holder_and_one_episode_at_a_time(
    coordinator: Actor, child: Child
) -> None:
    mother = NewCustody(kind=CustodyKind.MOTHER_ALONE, from_on=TODAY, proof_seen_on=TODAY)
    actions.record_custody(coordinator, child.id, mother, NOW)
    body = NewCustody(kind=CustodyKind.INSTITUTION, from_on=TODAY + DAY, holder_name="Bureau Eenhoorn")
    actions.record_custody(coordinator, child.id, body, NOW)
    held = rows_of(Custody, child.dossier_id).order_by("from_on")
    assert [(each.kind, each.to_on) for each in held] == [("mother_alone", TODAY), ("institution", None)]
    with broken("custody_needs_holder"):
        no_name = NewCustody(kind=CustodyKind.OTHER_PARENT, from_on=TODAY + 9 * DAY)
        actions.record_custody(coordinator, child.id, no_name, NOW)
    with broken("period_backwards"):
        backwards = NewCustody(kind=CustodyKind.SHARED, from_on=TODAY, to_on=TODAY - DAY)
        actions.record_custody(coordinator, child.id, backwards, NOW)
    with broken("episode_overlaps"):
        actions.record_custody(coordinator, child.id, mother, NOW)


# Gates


def test_nothing_asked_is_nothing_allowed(child: Child) -> None:
    assert gates(child) == {
        "age": "minor",
        "contact": "contact_not_asked",
        "custody": "decider_unknown",
    }


def test_a_child_passes_when_everything_is_known_and_allowed(coordinator: Actor, child: Child) -> None:
    builders.with_open_gate(coordinator, child, NOW)
    facts = gate_facts(child, TODAY)
    assert {fact.gate for fact in facts} == {"open"}
    assert gates(child) == {"age": "minor", "contact": "contact_free", "custody": "consent_given"}


def test_a_ban_closes_the_gate_and_its_end_leaves_it_unknown(coordinator: Actor, child: Child) -> None:
    builders.with_open_gate(coordinator, child, NOW)
    builders.with_ban(coordinator, child.id, NOW, to_on=TODAY + 10 * DAY)
    assert gates(child)["contact"] == "contact_ban"
    assert gates(child, TODAY + 11 * DAY)["contact"] == "contact_expired"
    free = NewRestriction(kind=RestrictionKind.NONE, from_on=TODAY + 11 * DAY, verified_on=TODAY + 11 * DAY)
    actions.record_restriction(coordinator, child.id, free, later(11))
    assert gates(child, TODAY + 11 * DAY)["contact"] == "contact_free"


def test_a_lifted_order_no_longer_counts(coordinator: Actor, child: Child) -> None:
    told = NewRestriction(
        kind=RestrictionKind.WRITTEN_ONLY, issuer=Issuer.YOUTH_CARE, from_on=TODAY, verified_on=TODAY
    )
    row = actions.record_restriction(coordinator, child.id, told, NOW)
    free = NewRestriction(kind=RestrictionKind.NONE, from_on=TODAY, verified_on=TODAY)
    with broken("restriction_in_force"):
        actions.record_restriction(coordinator, child.id, free, NOW)
    with broken("period_backwards"):
        actions.end_restriction(coordinator, row.id, TODAY - DAY, NOW)
    actions.end_restriction(coordinator, row.id, TODAY, NOW)
    with broken("episode_closed"):
        actions.end_restriction(coordinator, row.id, TODAY, NOW)
    assert gates(child, TODAY + DAY)["contact"] == "contact_not_asked"
    assert names_of(child.dossier_id)[-2:] == ["RestrictionRecorded", "RestrictionEnded"]
    with broken("restriction_needs_issuer"):
        nobody = NewRestriction(kind=RestrictionKind.BAN, from_on=TODAY)
        actions.record_restriction(coordinator, child.id, nobody, NOW)


@pytest.mark.requirement("CON-05")
def test_loss_of_authority_closes_the_gate(coordinator: Actor, child: Child) -> None:
    builders.with_open_gate(coordinator, child, NOW)
    body = NewCustody(kind=CustodyKind.INSTITUTION, from_on=TODAY + DAY, holder_name="Bureau Eenhoorn")
    actions.record_custody(coordinator, child.id, body, NOW)
    assert gates(child, TODAY)["custody"] == "consent_given"
    assert gates(child, TODAY + DAY)["custody"] == "consent_missing"


def test_custody_that_ran_out_is_unknown(coordinator: Actor, child: Child) -> None:
    custody = NewCustody(kind=CustodyKind.MOTHER_ALONE, from_on=TODAY, to_on=TODAY + 5 * DAY)
    actions.record_custody(coordinator, child.id, custody, NOW)
    builders.with_consent(coordinator, child.dossier_id, Purpose.CHILD_VISIT, NOW, child_id=child.id)
    assert gates(child, TODAY + 5 * DAY)["custody"] == "consent_given"
    assert gates(child, TODAY + 6 * DAY)["custody"] == "decider_unknown"


def test_at_twelve_the_child_must_say_yes_too(coordinator: Actor, dossier: Dossier) -> None:
    child = builders.with_child(coordinator, dossier.id, NOW, born_on=date(1999, 1, 12))
    builders.with_open_gate(coordinator, child, NOW)
    assert gates(child, TODAY)["custody"] == "consent_given"
    assert gates(child, TODAY + DAY)["custody"] == "consent_missing"
    both = frozenset({Party.MOTHER, Party.CHILD})
    builders.with_consent(coordinator, dossier.id, "child_visit", later(1), child_id=child.id, given_by=both)
    assert gates(child, TODAY + DAY)["custody"] == "consent_given"


def test_two_children_of_one_mother_differ(coordinator: Actor, dossier: Dossier, child: Child) -> None:
    builders.with_open_gate(coordinator, child, NOW)
    other = builders.with_child(coordinator, dossier.id, NOW, 1)
    found = gates_of([child, other], TODAY)
    assert {fact.gate for fact in found[child.id]} == {"open"}
    assert {fact.gate for fact in found[other.id]} == {"open", "unknown"}


def test_gates_of_many_children_take_as_many_queries_as_of_one(
    coordinator: Actor, dossier: Dossier, child: Child
) -> None:
    many = [child, *(builders.with_child(coordinator, dossier.id, NOW, number) for number in range(1, 8))]
    gates_of(many, TODAY)
    with CaptureQueriesContext(connection) as one:
        gates_of([child], TODAY)
    with CaptureQueriesContext(connection) as all_of_them:
        gates_of(many, TODAY)
    assert len(one) == len(all_of_them) <= 4 + (connection.vendor == "postgresql") * 12


# Coming of age


@pytest.fixture
def nearly(coordinator: Actor, dossier: Dossier) -> Child:
    return builders.with_child(coordinator, dossier.id, NOW, born_on=date(1993, 1, 12))


def test_a_child_that_came_of_age_leaves_and_is_noted_once(
    coordinator: Actor, nearly: Child, child: Child, seen: ReadSet
) -> None:
    tomorrow = later(1)
    with rls.system("tick"):
        assert actions.children_turned_adult(TODAY) == []
        assert [each.id for each in actions.children_turned_adult(tomorrow.on)] == [nearly.id]
    assert gates(nearly, TODAY)["age"] == "minor"
    assert gates(nearly, tomorrow.on)["age"] == "adult"
    assert actions.note_adulthood(house("tick"), later(9)) == 1
    assert actions.note_adulthood(house("tick"), later(10)) == 0
    assert last_payload(nearly.dossier_id) == {"child_id": str(nearly.id), "purpose": "tick"}
    assert ("adulthood", 1) in seen.scans


def test_a_child_of_which_only_the_year_is_known_is_of_age_when_that_is_certain(
    coordinator: Actor, dossier: Dossier
) -> None:
    builders.with_child(coordinator, dossier.id, NOW, born_on=None, birth_year=1993)
    with rls.system("tick"):
        assert actions.children_turned_adult(date(2011, 12, 31)) == []
        assert len(actions.children_turned_adult(date(2012, 1, 1))) == 1


def test_a_stranger_touches_no_child(stranger: Actor, coordinator: Actor, child: Child) -> None:
    dossier_id: UUID = child.dossier_id
    oma = actions.add_caregiver(coordinator, dossier_id, CaregiverFacts(name="Oma Eenhoorn"), NOW)
    custody = NewCustody(kind=CustodyKind.SHARED, from_on=TODAY)
    free = NewRestriction(kind=RestrictionKind.NONE, from_on=TODAY)
    row = actions.record_restriction(coordinator, child.id, free, NOW)
    facts = ChildFacts(first_name="Vink")
    for attempt in (
        lambda: actions.add_child(stranger, dossier_id, facts, NOW),
        lambda: actions.correct_child(stranger, child.id, facts, NOW),
        lambda: actions.add_caregiver(stranger, dossier_id, CaregiverFacts(name="X"), NOW),
        lambda: actions.end_caregiver(stranger, oma.id, NOW),
        lambda: actions.record_residence(stranger, child.id, "elsewhere", None, TODAY, NOW),
        lambda: actions.record_custody(stranger, child.id, custody, NOW),
        lambda: actions.record_restriction(stranger, child.id, free, NOW),
        lambda: actions.end_restriction(stranger, row.id, TODAY, NOW),
        lambda: actions.correct_child(coordinator, new_id(), facts, NOW),
    ):
        with pytest.raises(Http404):
            attempt()
    assert rows_of(Caregiver, dossier_id).count() == 1
