"""A refused act leaves nothing behind: no row, no event, no key, nobody involved, not one byte."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.http import Http404

from gib.core.access.actor import Actor
from gib.core.kernel.ids import new_id
from gib.people.families import actions, builders
from gib.people.families.actions import (
    Answer,
    CaregiverFacts,
    ChildFacts,
    MotherFacts,
    NewConsent,
    NewCustody,
    NewRestriction,
)
from gib.people.families.domain.codes import (
    CustodyKind,
    Issuer,
    Party,
    Place,
    Purpose,
    ReleaseKind,
    RestrictionKind,
)
from gib.people.families.models import Child, Consent, Dossier, participant_of
from gib.people.families.tests.conftest import NOW, TODAY, later
from gib.people.families.tests.remains import changed, refused, traces

DAY = timedelta(days=1)
TOMORROW = TODAY + DAY
CERTAIN = ("prison", "likely")
RELEASE = ReleaseKind.IMMEDIATE
BAN = NewRestriction(kind=RestrictionKind.BAN, from_on=TODAY, issuer=Issuer.COURT)
INSTITUTION = NewCustody(kind=CustodyKind.INSTITUTION, from_on=TODAY)
Act = Callable[[Actor, "Family"], object]


class Family:
    """A mother with a child, somebody of her network, an order, and a consent asked and one given."""

    def __init__(self, actor: Actor) -> None:
        self.dossier: Dossier = builders.a_dossier(actor, NOW)
        self.id: UUID = self.dossier.id
        self.child: Child = builders.with_child(actor, self.id, NOW)
        self.oma = actions.add_caregiver(actor, self.id, CaregiverFacts(name="Oma Eenhoorn"), NOW)
        actions.record_custody(actor, self.child.id, NewCustody(kind=CustodyKind.SHARED, from_on=TODAY), NOW)
        self.order = actions.record_restriction(actor, self.child.id, BAN, NOW)
        actions.record_residence(actor, self.child.id, "with_family", None, TODAY, NOW)
        actions.expect_release(actor, self.id, TOMORROW, *CERTAIN, NOW)
        self.given: Consent = builders.with_consent(actor, self.id, Purpose.SUPPORT, NOW)
        question = NewConsent(purpose=Purpose.CHILD_VISIT, child_id=self.child.id)
        self.asked: Consent = actions.ask_consent(actor, self.id, question, NOW)
        self.photo = actions.ask_consent(actor, self.id, NewConsent(purpose=Purpose.PHOTO), NOW)


@pytest.fixture
def family(coordinator: Actor) -> Family:
    return Family(coordinator)


def facts_of(family: Family, **changes: Any) -> MotherFacts:
    mother = participant_of(family.id)
    known = {name: getattr(mother, name) for name in MotherFacts.__dataclass_fields__}
    return MotherFacts(**known | changes)


def yes(**more: Any) -> Answer:
    return Answer(place=Place.PRISON, **more)


def ask(actor: Actor, family: Family, purpose: Purpose, **more: Any) -> object:
    return actions.ask_consent(actor, family.id, NewConsent(purpose=purpose, **more), NOW)


def give(actor: Actor, row: Consent, **more: Any) -> object:
    return actions.give_consent(actor, row.id, yes(**more), NOW)


def restrict(actor: Actor, family: Family, **facts: Any) -> object:
    return actions.record_restriction(actor, family.child.id, NewRestriction(**facts), NOW)


def place(actor: Actor, family: Family, prison: str, from_on: date) -> object:
    return actions.place(actor, family.id, prison, "", "remand", from_on, NOW)


def free(actor: Actor, family: Family, on: date, kind: str = "unknown", town: str | None = None) -> object:
    return actions.release(actor, family.id, on, RELEASE, kind, town, NOW)


REFUSALS: list[tuple[str, Act]] = [
    ("born_in_future", lambda a, f: builders.a_dossier(a, NOW, 1, born_on=TOMORROW)),
    ("born_in_future", lambda a, f: builders.a_dossier(a, NOW, 1, born_on=None, birth_year=2012)),
    (
        "born_in_future",
        lambda a, f: actions.correct_participant(a, f.id, facts_of(f, born_on=TOMORROW), NOW),
    ),
    ("newer_version", lambda a, f: actions.correct_participant(a, f.id, facts_of(f, version=7), NOW)),
    ("no_change", lambda a, f: actions.hand_to_team(a, f.id, f.dossier.team_id, NOW)),
    ("child_is_adult", lambda a, f: builders.with_child(a, f.id, NOW, born_on=date(1993, 1, 11))),
    ("born_in_future", lambda a, f: builders.with_child(a, f.id, NOW, born_on=TOMORROW)),
    (
        "newer_version",
        lambda a, f: actions.correct_child(a, f.child.id, ChildFacts(first_name="Vink", version=4), NOW),
    ),
    (
        "child_is_adult",
        lambda a, f: actions.correct_child(a, f.child.id, ChildFacts(first_name="V", birth_year=1980), NOW),
    ),
    (
        "episode_overlaps",
        lambda a, f: actions.record_residence(a, f.child.id, "elsewhere", None, TODAY, NOW),
    ),
    ("custody_needs_holder", lambda a, f: actions.record_custody(a, f.child.id, INSTITUTION, NOW)),
    (
        "episode_overlaps",
        lambda a, f: actions.record_custody(
            a, f.child.id, NewCustody(kind=CustodyKind.SHARED, from_on=TODAY - DAY), NOW
        ),
    ),
    (
        "period_backwards",
        lambda a, f: actions.record_custody(
            a, f.child.id, NewCustody(kind=CustodyKind.SHARED, from_on=TOMORROW, to_on=TODAY), NOW
        ),
    ),
    ("restriction_needs_issuer", lambda a, f: restrict(a, f, kind=RestrictionKind.BAN, from_on=TODAY)),
    ("restriction_in_force", lambda a, f: restrict(a, f, kind=RestrictionKind.NONE, from_on=TODAY)),
    (
        "period_backwards",
        lambda a, f: restrict(
            a, f, kind=RestrictionKind.BAN, issuer=Issuer.COURT, from_on=TODAY, to_on=TODAY - DAY
        ),
    ),
    ("period_backwards", lambda a, f: actions.end_restriction(a, f.order.id, TODAY - DAY, NOW)),
    ("consent_already_asked", lambda a, f: ask(a, f, Purpose.CHILD_VISIT, child_id=f.child.id)),
    ("consent_needs_child", lambda a, f: ask(a, f, Purpose.CHILD_VISIT)),
    ("consent_not_for_child", lambda a, f: ask(a, f, Purpose.SUPPORT, child_id=f.child.id)),
    ("consent_needs_recipient", lambda a, f: ask(a, f, Purpose.MUNICIPALITY)),
    ("consent_text_missing", lambda a, f: ask(a, f, Purpose.HOME_VISIT, language="xx")),
    ("staff_present", lambda a, f: give(a, f.photo, staff_absent=False)),
    ("day_in_future", lambda a, f: give(a, f.photo, given_on=TOMORROW)),
    ("decider_missing", lambda a, f: give(a, f.asked)),
    ("decider_missing", lambda a, f: give(a, f.asked, given_by=frozenset({Party.OTHER_PARENT}))),
    ("illegal_move", lambda a, f: give(a, f.given)),
    ("illegal_move", lambda a, f: actions.refuse_consent(a, f.given.id, NOW)),
    ("illegal_move", lambda a, f: actions.withdraw_consent(a, f.asked.id, NOW)),
    (
        "consent_missing",
        lambda a, f: actions.note_disclosure(a, f.id, Purpose.MUNICIPALITY, "0363", new_id(), NOW),
    ),
    ("no_change", lambda a, f: actions.expect_release(a, f.id, TOMORROW, *CERTAIN, NOW)),
    ("expected_in_past", lambda a, f: actions.expect_release(a, f.id, TODAY - DAY, *CERTAIN, NOW)),
    ("no_change", lambda a, f: place(a, f, "NSL", TODAY)),
    ("place_unknown", lambda a, f: place(a, f, "XXX", TODAY)),
    ("day_in_future", lambda a, f: place(a, f, "TPL", TOMORROW)),
    ("before_detention", lambda a, f: place(a, f, "TPL", TODAY - DAY)),
    ("day_in_future", lambda a, f: free(a, f, TOMORROW)),
    ("before_detention", lambda a, f: free(a, f, TODAY - DAY)),
    ("municipality_missing", lambda a, f: free(a, f, TODAY, "known")),
    ("municipality_not_asked", lambda a, f: free(a, f, TODAY, "abroad", "0363")),
    ("municipality_unknown", lambda a, f: free(a, f, TODAY, "known", "1978")),
    ("no_change", lambda a, f: actions.set_return(a, f.id, "unknown", None, NOW)),
    ("municipality_missing", lambda a, f: actions.set_return(a, f.id, "known", None, NOW)),
    ("already_detained", lambda a, f: actions.detain_again(a, f.id, TODAY, "NSL", "", "remand", NOW)),
]


@pytest.mark.parametrize(
    ("code", "perform"), REFUSALS, ids=[f"{number}-{code}" for number, (code, _act) in enumerate(REFUSALS)]
)
def test_a_refused_act_leaves_nothing(coordinator: Actor, family: Family, code: str, perform: Act) -> None:
    with refused(code):
        perform(coordinator, family)


STRANGE: dict[str, Act] = {
    "correct": lambda a, f: actions.correct_participant(a, f.id, facts_of(f, phone="06"), NOW),
    "add_child": lambda a, f: builders.with_child(a, f.id, NOW, 1),
    "correct_child": lambda a, f: actions.correct_child(a, f.child.id, ChildFacts(first_name="X"), NOW),
    "add_caregiver": lambda a, f: actions.add_caregiver(a, f.id, CaregiverFacts(name="X"), NOW),
    "end_caregiver": lambda a, f: actions.end_caregiver(a, f.oma.id, NOW),
    "residence": lambda a, f: actions.record_residence(a, f.child.id, "elsewhere", None, TOMORROW, NOW),
    "custody": lambda a, f: actions.record_custody(
        a, f.child.id, NewCustody(kind=CustodyKind.MOTHER_ALONE, from_on=TOMORROW), NOW
    ),
    "order": lambda a, f: actions.record_restriction(a, f.child.id, BAN, NOW),
    "lift": lambda a, f: actions.end_restriction(a, f.order.id, TODAY, NOW),
    "ask": lambda a, f: ask(a, f, Purpose.HOME_VISIT),
    "give": lambda a, f: give(a, f.photo),
    "refuse": lambda a, f: actions.refuse_consent(a, f.photo.id, NOW),
    "withdraw": lambda a, f: actions.withdraw_consent(a, f.given.id, NOW),
    "expect": lambda a, f: actions.expect_release(a, f.id, None, *CERTAIN, NOW),
    "place": lambda a, f: place(a, f, "TPL", TODAY),
    "free": lambda a, f: free(a, f, TODAY),
    "home": lambda a, f: actions.set_return(a, f.id, "abroad", None, NOW),
    "again": lambda a, f: actions.detain_again(a, f.id, TODAY, "NSL", "", "remand", NOW),
    "hand": lambda a, f: actions.hand_to_team(a, f.id, min(a.team_ids), NOW),
    "erase": lambda a, f: actions.erase_dossier(a, f.id, NOW),
    "take_back": lambda a, f: actions.take_back_dossier(a, f.id, NOW),
}


@pytest.mark.parametrize("name", STRANGE)
def test_a_stranger_leaves_nothing(stranger: Actor, family: Family, name: str) -> None:
    before = traces()
    with pytest.raises(Http404):
        STRANGE[name](stranger, family)
    assert changed(before) == []


def test_a_caregiver_of_another_dossier_is_a_stranger(coordinator: Actor, family: Family) -> None:
    other = builders.a_dossier(coordinator, NOW, 1)
    opa = actions.add_caregiver(coordinator, other.id, CaregiverFacts(name="Opa Toverstaf"), NOW)
    before = traces()
    with pytest.raises(Http404):
        builders.with_child(coordinator, family.id, NOW, 1, residence="with_family", caregiver_id=opa.id)
    with pytest.raises(Http404):
        actions.record_residence(coordinator, family.child.id, "with_family", opa.id, TOMORROW, later(1))
    held = NewCustody(kind=CustodyKind.OTHER_PARENT, from_on=TOMORROW, holder_id=opa.id)
    with pytest.raises(Http404):
        actions.record_custody(coordinator, family.child.id, held, later(1))
    assert changed(before) == []


def test_a_child_of_another_dossier_is_asked_nothing(coordinator: Actor, family: Family) -> None:
    other = builders.a_dossier(coordinator, NOW, 1)
    before = traces()
    question = NewConsent(purpose=Purpose.PHOTO, child_id=family.child.id)
    with pytest.raises(Http404):
        actions.ask_consent(coordinator, other.id, question, NOW)
    assert changed(before) == []
