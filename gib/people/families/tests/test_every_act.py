"""The same questions for every act about a family: who may, what it leaves, and what stays when it fails."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.http import Http404

from gib.core.access import rls
from gib.core.access.actor import Actor
from gib.core.access.tables import MAY, P, Role
from gib.core.journal import chain
from gib.core.journal.models import Happening
from gib.core.kernel.events import EVENTS
from gib.core.kernel.ids import new_id
from gib.people.families import actions, builders
from gib.people.families.actions import CaregiverFacts, ChildFacts, NewCustody
from gib.people.families.domain.codes import CustodyKind, Purpose, ReleaseKind
from gib.people.families.tests.conftest import NOW, TODAY, later, names_of
from gib.people.families.tests.remains import changed, traces
from gib.people.families.tests.test_refusals import CERTAIN, Act, Family, ask, facts_of, give, place

#: Act -> what it does to the family of the story, and the names of what it records, oldest first.
ACTS: dict[str, tuple[Act, list[str]]] = {
    "correct": (
        lambda a, f: actions.correct_participant(a, f.id, facts_of(f, phone="0612345678"), NOW),
        ["ParticipantCorrected"],
    ),
    "add_child": (lambda a, f: builders.with_child(a, f.id, NOW, 1), ["ChildAdded"]),
    "correct_child": (
        lambda a, f: actions.correct_child(a, f.child.id, ChildFacts(first_name="X", version=0), NOW),
        ["ChildCorrected"],
    ),
    "add_caregiver": (
        lambda a, f: actions.add_caregiver(a, f.id, CaregiverFacts(name="Tante Rijm"), NOW),
        ["CaregiverAdded"],
    ),
    "end_caregiver": (lambda a, f: actions.end_caregiver(a, f.oma.id, NOW), ["CaregiverEnded"]),
    "residence": (
        lambda a, f: actions.record_residence(
            a, f.child.id, "elsewhere", None, TODAY + timedelta(days=1), later(1)
        ),
        ["ResidenceRecorded"],
    ),
    "custody": (
        lambda a, f: actions.record_custody(
            a,
            f.child.id,
            NewCustody(kind=CustodyKind.MOTHER_ALONE, from_on=TODAY + timedelta(days=1)),
            later(1),
        ),
        ["CustodyRecorded"],
    ),
    "lift": (lambda a, f: actions.end_restriction(a, f.order.id, TODAY, NOW), ["RestrictionEnded"]),
    "ask": (lambda a, f: ask(a, f, Purpose.HOME_VISIT), ["ConsentAsked"]),
    "give": (lambda a, f: give(a, f.photo), ["ConsentGiven"]),
    "refuse": (lambda a, f: actions.refuse_consent(a, f.photo.id, NOW), ["ConsentRefused"]),
    "withdraw": (lambda a, f: actions.withdraw_consent(a, f.given.id, NOW), ["ConsentWithdrawn"]),
    "expect": (lambda a, f: actions.expect_release(a, f.id, None, *CERTAIN, NOW), ["ReleaseExpected"]),
    "place": (lambda a, f: place(a, f, "TPL", TODAY), ["Placed"]),
    "free": (
        lambda a, f: actions.release(a, f.id, TODAY, ReleaseKind.IMMEDIATE, "abroad", None, NOW),
        ["Released"],
    ),
    "home": (lambda a, f: actions.set_return(a, f.id, "abroad", None, NOW), ["ReturnChanged"]),
}
OTHER_ROLES = [role for role in Role if P.EDIT_FAMILY not in MAY[role] and role is not Role.SYSTEM]


@pytest.fixture
def family(coordinator: Actor) -> Family:
    return Family(coordinator)


def _happenings(family: Family) -> list[Happening]:
    with rls.system("test"):
        rows = Happening.for_house("test", TODAY).filter(dossier_id=family.id)
        return list(rows.order_by("position"))


@pytest.mark.parametrize("name", ACTS)
def test_it_is_told_in_the_journal_of_the_case_without_a_word_of_anybody(
    coordinator: Actor, family: Family, name: str
) -> None:
    act, told = ACTS[name]
    before = len(_happenings(family))
    act(coordinator, family)
    fresh = _happenings(family)[before:]
    assert [row.name.removeprefix("families.") for row in fresh][: len(told)] == told
    for row in fresh:
        assert (row.actor_id, row.role) == (coordinator.user_id, Role.COORDINATOR)
        assert EVENTS[row.name].sentence.endswith((".", "?"))
    written = " ".join(str(row.payload) for row in fresh)
    for word in ("Madelief", "Sprookstra", "Merel", "Oma", "Eenhoorn", "Tante", "0612345678"):
        assert word not in written
    with rls.system("test"):
        assert list(chain.faults(family.id)) == []


@pytest.mark.parametrize("name", ACTS)
def test_when_the_journal_is_away_nothing_happened(
    coordinator: Actor, family: Family, name: str, monkeypatch: Any
) -> None:
    def away(*told: Any) -> None:
        raise DatabaseError("disk full")

    before = traces()
    monkeypatch.setattr(chain, "append", away)
    with pytest.raises(DatabaseError), transaction.atomic():
        ACTS[name][0](coordinator, family)
    assert changed(before) == []


@pytest.mark.parametrize("name", ACTS)
def test_no_other_role_may_or_leaves_anything(family: Family, name: str) -> None:
    before = traces()
    for role in OTHER_ROLES:
        nobody = Actor(new_id(), role, volunteer_id=new_id(), partner_id=1)
        with pytest.raises((Http404, PermissionDenied)), transaction.atomic():
            ACTS[name][0](nobody, family)
    assert changed(before) == []


@pytest.mark.parametrize("name", ACTS)
def test_a_deputy_may_do_what_the_coordinator_may(coordinator: Actor, family: Family, name: str) -> None:
    deputy = Actor(new_id(), Role.DEPUTY, coordinator.team_ids)
    before = len(names_of(family.id))
    ACTS[name][0](deputy, family)
    assert len(names_of(family.id)) > before


@pytest.mark.parametrize("name", ACTS)
def test_the_case_of_nobody_does_not_exist(coordinator: Actor, family: Family, name: str) -> None:
    """The same act with ids that belong to no row."""
    lost = Family.__new__(Family)
    lost.__dict__.update(family.__dict__)
    lost.id = new_id()
    for part in ("child", "oma", "order", "given", "asked", "photo"):
        copy = type(getattr(family, part))()
        copy.__dict__.update(getattr(family, part).__dict__)
        copy.id = new_id()
        setattr(lost, part, copy)
    before = traces()
    if name == "correct":
        known = facts_of(family)
        with pytest.raises(Http404):
            actions.correct_participant(coordinator, lost.id, known, NOW)
    else:
        with pytest.raises(Http404):
            ACTS[name][0](coordinator, lost)
    assert changed(before) == []
