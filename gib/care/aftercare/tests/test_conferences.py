"""Case conferences: what is shared, with whom, until when, and what was agreed."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from gib.care.aftercare import actions, builders
from gib.care.aftercare.actions import NewConference, NewItem, NewPoint
from gib.care.aftercare.models import ActionPoint, CaseConference, ConferenceItem, conferences_of
from gib.care.aftercare.tests.conftest import NOW, Cast, later
from gib.core.access.actor import Actor
from gib.core.access.rows import NotShown
from gib.core.access.tables import Role
from gib.core.kernel.rules import RuleBroken
from gib.people.families import actions as families
from gib.people.families import builders as mothers
from gib.people.families.domain.codes import Purpose
from gib.people.families.models import Disclosure

pytestmark = pytest.mark.django_db(databases=["default", "keys", "log"])
Told = Callable[[UUID], list[str]]
POINT = NewPoint("reclassering", "Belt de woningbouw.", NOW.on + timedelta(days=9))


def broken(code: str) -> AbstractContextManager[object]:
    return pytest.raises(RuleBroken, match=f"^{code}$")


@pytest.fixture
def mother(people: Cast) -> UUID:
    return builders.a_mother(people.coordinator, NOW)


@pytest.fixture
def item(people: Cast, mother: UUID) -> ConferenceItem:
    return builders.shared(people.coordinator, NOW, mother)


def recipient(meeting: CaseConference) -> str:
    return str(meeting.partner.safety_house_id)


# ---- the meeting


def test_a_conference_has_functions_and_no_names(people: Cast) -> None:
    row = builders.conference(people.coordinator, NOW)
    assert row.functions == ["voorzitter", "reclassering", "gemeente"]
    assert row.sight_until == row.held_on + timedelta(days=14)
    assert list(conferences_of(people.coordinator)) == [row]
    assert not conferences_of(people.stranger).exists()


@pytest.mark.parametrize("who", ["paying", "nobody"])
def test_a_conference_is_held_at_a_safety_house(people: Cast, who: str) -> None:
    partner_id = people.paying.partner_id if who == "paying" else 0
    with broken("conference_partner"):
        actions.hold_conference(people.coordinator, NewConference(partner_id or 0, NOW.on), NOW)


def test_who_has_no_team_holds_no_conference(people: Cast) -> None:
    new = NewConference(people.safety_house.partner_id or 0, NOW.on)
    with broken("not_found"):
        actions.hold_conference(Actor(uuid4(), Role.COORDINATOR), new, NOW)
    with pytest.raises(PermissionDenied):
        actions.hold_conference(people.leader, new, NOW)


# ---- sharing


@pytest.mark.requirement("ZVH-01")
def test_what_is_shared_is_frozen_and_listed(
    people: Cast, item: ConferenceItem, told: Told, as_house: Any
) -> None:
    kept = ConferenceItem.for_house("test", NOW.on).get_or_404(pk=item.id)
    assert kept.extract == builders.SHARED
    assert told(item.dossier_id) == ["CaseShared"]
    listed = Disclosure.for_house("test", NOW.on).get_or_404(source_id=item.id)
    assert (listed.purpose, listed.shared_on) == (Purpose.SAFETY_HOUSE, NOW.on)


@pytest.mark.requirement("ZVH-01")
def test_later_edits_do_not_change_what_was_shared(people: Cast, item: ConferenceItem) -> None:
    changed = families.MotherFacts(
        first_name="Roosmarijn",
        last_name="Sprookstra",
        born_on=None,
        birth_year=1981,
        languages=("nl",),
        needs_interpreter=False,
        phone="",
        address="",
        origin_id=None,
    )
    families.correct_participant(people.coordinator, item.dossier_id, changed, NOW)
    shown = ConferenceItem.visible_to(people.safety_house, NOW.on).get()
    assert shown.extract == builders.SHARED


def test_without_consent_or_ground_nothing_is_shared(people: Cast, mother: UUID) -> None:
    meeting = builders.conference(people.coordinator, NOW)
    for ground, note, code in (
        ("consent", "", "conference_consent"),
        ("wgs", "", "conference_wgs"),
        ("", "", "conference_ground"),
        ("vital_interest", "", "conference_ground_note"),
    ):
        new = NewItem(mother, builders.SHARED, ground, note)
        with broken(code):
            actions.share_item(people.coordinator, meeting.pk, new, NOW)
    assert not ConferenceItem.visible_to(people.safety_house, NOW.on).exists()


@pytest.mark.requirement("ZVH-05")
def test_another_ground_is_noted_and_listed_for_her(people: Cast, mother: UUID, as_house: Any) -> None:
    meeting = builders.conference(people.coordinator, NOW)
    new = NewItem(mother, builders.SHARED, "vital_interest", "Er is direct gevaar voor haar.")
    row = actions.share_item(people.coordinator, meeting.pk, new, NOW)
    assert row.ground_note == "Er is direct gevaar voor haar."
    assert (
        Disclosure.for_house("test", NOW.on).filter(source_id=row.id, recipient=recipient(meeting)).exists()
    )


@pytest.mark.requirement("ZVH-02")
def test_more_than_the_minimum_has_a_reason_per_field(people: Cast, mother: UUID) -> None:
    meeting = builders.conference(people.coordinator, NOW)
    mothers.with_consent(people.coordinator, mother, Purpose.SAFETY_HOUSE, NOW, recipient=recipient(meeting))
    more = {**builders.SHARED, "more": "Zij is zwanger."}
    new = NewItem(mother, more, "consent")
    with broken("conference_field_reason"):
        actions.share_item(people.coordinator, meeting.pk, new, NOW)
    reasoned = replace(new, reasons={"more": "Voor een plaats in het huis."})
    assert actions.share_item(people.coordinator, meeting.pk, reasoned, NOW).extract == more


def test_an_empty_item_is_refused(people: Cast, mother: UUID) -> None:
    meeting = builders.conference(people.coordinator, NOW)
    with broken("conference_extract_empty"):
        actions.share_item(people.coordinator, meeting.pk, NewItem(mother, {}, "consent"), NOW)


def test_a_case_is_on_the_agenda_once(people: Cast, item: ConferenceItem) -> None:
    new = NewItem(item.dossier_id, builders.SHARED, "consent")
    with broken("conference_shared"):
        actions.share_item(people.coordinator, item.conference_id, new, NOW)


def test_nothing_is_shared_after_the_conference(people: Cast, mother: UUID) -> None:
    meeting = builders.conference(people.coordinator, NOW)
    new = NewItem(mother, builders.SHARED, "consent")
    with broken("conference_over"):
        actions.share_item(people.coordinator, meeting.pk, new, later(NOW, 8))


def test_a_mother_of_another_team_is_not_shared(people: Cast, mother: UUID) -> None:
    meeting = builders.conference(people.stranger, NOW)
    new = NewItem(mother, builders.SHARED, "consent")
    with pytest.raises(Http404):
        actions.share_item(people.stranger, meeting.pk, new, NOW)
    with pytest.raises(Http404):
        actions.share_item(people.coordinator, meeting.pk, new, NOW)


# ---- who sees it, until when


def test_the_partner_sees_extract_and_agenda_only(people: Cast, item: ConferenceItem) -> None:
    shown = ConferenceItem.visible_to(people.safety_house, NOW.on).get()
    assert (shown.extract, shown.number) == (builders.SHARED, item.number)
    for field in ("ground_note", "reasons"):
        with pytest.raises(NotShown):
            getattr(shown, field)


@pytest.mark.parametrize(("days", "is_there"), [(0, True), (7, True), (21, True), (22, False), (365, False)])
def test_the_partner_sees_it_until_two_weeks_after(
    people: Cast, item: ConferenceItem, days: int, is_there: bool
) -> None:
    on = later(NOW, days).on
    assert ConferenceItem.visible_to(people.safety_house, on).exists() is is_there
    assert ConferenceItem.visible_to(people.coordinator, on).exists()


@pytest.mark.parametrize("who", ["other_house", "stranger", "paying", "volunteer", "referrer", "leader"])
def test_others_see_nothing_of_a_conference(people: Cast, item: ConferenceItem, who: str) -> None:
    actor = getattr(people, who)
    assert not ConferenceItem.visible_to(actor, NOW.on).exists()
    for act in (
        lambda: actions.note_decision(actor, item.id, "x", NOW),
        lambda: actions.add_point(actor, item.id, POINT, NOW),
    ):
        with pytest.raises((Http404, PermissionDenied)):
            act()


def test_a_partner_sees_only_meetings_to_which_it_was_invited(people: Cast, item: ConferenceItem) -> None:
    """Both houses are involved in one dossier; each sees its own meeting."""
    partner_id = people.other_house.partner_id or 0
    meeting = actions.hold_conference(
        people.coordinator, NewConference(partner_id, NOW.on + timedelta(days=3)), NOW
    )
    mothers.with_consent(
        people.coordinator, item.dossier_id, Purpose.SAFETY_HOUSE, NOW, recipient=recipient(meeting)
    )
    new = NewItem(item.dossier_id, {"name": "M.S."}, "consent")
    other = actions.share_item(people.coordinator, meeting.pk, new, NOW)
    assert [row.id for row in ConferenceItem.visible_to(people.safety_house, NOW.on)] == [item.id]
    assert [row.id for row in ConferenceItem.visible_to(people.other_house, NOW.on)] == [other.id]


def test_withdrawn_consent_ends_the_sight_at_once(people: Cast, mother: UUID) -> None:
    """Invariant 9."""
    meeting = builders.conference(people.coordinator, NOW)
    consent = mothers.with_consent(
        people.coordinator, mother, Purpose.SAFETY_HOUSE, NOW, recipient=recipient(meeting)
    )
    new = NewItem(mother, builders.SHARED, "consent")
    actions.share_item(people.coordinator, meeting.pk, new, NOW)
    families.withdraw_consent(people.coordinator, consent.id, later(NOW, 1))
    assert not ConferenceItem.visible_to(people.safety_house, later(NOW, 1).on).exists()
    again = builders.conference(people.coordinator, NOW)
    with broken("conference_consent"):
        actions.share_item(people.coordinator, again.pk, new, later(NOW, 1))


# ---- what was agreed


def test_a_decision_is_noted_in_our_own_words(people: Cast, item: ConferenceItem, told: Told) -> None:
    row = actions.note_decision(people.coordinator, item.id, "Het huis zoekt een plaats.", NOW)
    assert row.decision == "Het huis zoekt een plaats."
    assert told(item.dossier_id)[-1] == "CaseDecided"


def test_an_action_point_is_followed(people: Cast, item: ConferenceItem, told: Told) -> None:
    row = actions.add_point(people.coordinator, item.id, POINT, NOW)
    assert (row.owner, row.due_on, row.done_on) == (POINT.owner, POINT.due_on, None)
    shown = ActionPoint.visible_to(people.safety_house, NOW.on).get()
    assert shown.what == POINT.what
    done = actions.finish_point(people.coordinator, row.id, "Gebeld, plaats vanaf maart.", NOW)
    assert (done.done_on, done.outcome) == (NOW.on, "Gebeld, plaats vanaf maart.")
    with broken("conference_action_done"):
        actions.finish_point(people.coordinator, row.id, "Nog eens.", NOW)
    assert told(item.dossier_id)[-2:] == ["PointAdded", "PointFinished"]


def test_an_action_point_lies_ahead(people: Cast, item: ConferenceItem) -> None:
    with broken("conference_due_past"):
        actions.add_point(people.coordinator, item.id, replace(POINT, due_on=NOW.on - timedelta(days=1)), NOW)


@pytest.mark.parametrize(("days", "is_there"), [(21, True), (22, False)])
def test_points_go_out_of_sight_with_their_meeting(
    people: Cast, item: ConferenceItem, days: int, is_there: bool
) -> None:
    actions.add_point(people.coordinator, item.id, POINT, NOW)
    assert ActionPoint.visible_to(people.safety_house, later(NOW, days).on).exists() is is_there
    assert not ActionPoint.visible_to(people.other_house, NOW.on).exists()


@pytest.mark.requirement("ZVH-03")
def test_there_is_no_place_for_papers_of_others() -> None:
    names = {
        field.name for model in (CaseConference, ConferenceItem, ActionPoint) for field in model._meta.fields
    }
    assert not [name for name in names if "file" in name or "upload" in name or "minutes" in name]


def test_a_safety_house_without_partner_sees_nothing(people: Cast, item: ConferenceItem) -> None:
    nobody = Actor(uuid4(), Role.SAFETY_HOUSE)
    assert not ConferenceItem.visible_to(nobody, NOW.on).exists()
