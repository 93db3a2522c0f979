"""Consent as people record it: asking, answering, withdrawing, and what was shared before."""

from datetime import timedelta

import pytest
from django.http import Http404

from gib.core.access.actor import Actor, house
from gib.core.access.tables import Scope
from gib.core.kernel.ids import new_id
from gib.people.families import actions, builders, wording
from gib.people.families.actions import Answer, NewConsent, NewCustody
from gib.people.families.domain.codes import CustodyKind, Party, Place, Purpose
from gib.people.families.models import (
    Child,
    Consent,
    Disclosure,
    Dossier,
    Involvement,
    consent_holds,
    previous_recipients,
    rows_of,
)
from gib.people.families.tests.conftest import NOW, TODAY, broken, last_payload, later, names_of
from gib.people.partners.builders import a_paying_and_a_refusing_municipality, a_safety_house

DAY = timedelta(days=1)
AMSTERDAM, HEERLEN = "0363", "0917"


def ask(actor: Actor, dossier: Dossier, purpose: Purpose = Purpose.SUPPORT, **more: object) -> Consent:
    return actions.ask_consent(actor, dossier.id, NewConsent(purpose=purpose, **more), NOW)


@pytest.mark.requirement("CON-01")
def test_a_yes_keeps_the_text_the_place_and_who_took_it(coordinator: Actor, dossier: Dossier) -> None:
    asked = ask(coordinator, dossier, language="en")
    given = actions.give_consent(coordinator, asked.id, Answer(place=Place.PRISON), NOW)
    text = wording.wording("support-1", "en")
    assert (given.text_version, given.text_hash, given.language) == (text.version, text.digest, "en")
    assert (given.place, given.staff_absent, given.given_by) == ("prison", True, "mother")
    assert (given.taken_by, given.given_on) == (coordinator.user_id, TODAY)
    assert given.expires_on == TODAY.replace(year=2012)
    assert names_of(dossier.id) == ["DossierOpened", "ConsentAsked", "ConsentGiven"]


def test_asking_is_not_having(coordinator: Actor, dossier: Dossier) -> None:
    asked = ask(coordinator, dossier)
    assert not consent_holds(dossier.id, "support", "", TODAY)
    with broken("consent_already_asked"):
        ask(coordinator, dossier)
    actions.refuse_consent(coordinator, asked.id, NOW)
    assert not consent_holds(dossier.id, "support", "", TODAY)
    with broken("illegal_move"):
        actions.give_consent(coordinator, asked.id, Answer(place=Place.HOME), NOW)
    assert ask(coordinator, dossier).state == "asked"


@pytest.mark.requirement("CON-01")
def test_a_consent_is_for_one_recipient(coordinator: Actor, dossier: Dossier) -> None:
    builders.with_consent(coordinator, dossier.id, Purpose.MUNICIPALITY, NOW, AMSTERDAM)
    assert consent_holds(dossier.id, "municipality", AMSTERDAM, TODAY)
    assert not consent_holds(dossier.id, "municipality", HEERLEN, TODAY)
    assert not consent_holds(dossier.id, "municipality", "", TODAY)
    assert not consent_holds(dossier.id, "safety_house", AMSTERDAM, TODAY)
    with broken("purpose_unknown"):
        consent_holds(dossier.id, "curiosity", "", TODAY)


def test_a_recipient_does_not_count_inside_the_house(coordinator: Actor, dossier: Dossier) -> None:
    builders.with_consent(coordinator, dossier.id, Purpose.SUPPORT, NOW, "gib")
    assert consent_holds(dossier.id, "support", "", TODAY)
    assert consent_holds(dossier.id, "support", "humanitas", TODAY)


@pytest.mark.requirement("CON-04")
def test_a_consent_freezes_thirty_days_after_its_year(coordinator: Actor, dossier: Dossier) -> None:
    builders.with_consent(coordinator, dossier.id, Purpose.SUPPORT, NOW)
    for days, holds in ((364, True), (365, True), (394, True), (395, False)):
        assert consent_holds(dossier.id, "support", "", TODAY + days * DAY) is holds
    renewed = later(395)
    builders.with_consent(coordinator, dossier.id, Purpose.SUPPORT, renewed)
    assert consent_holds(dossier.id, "support", "", renewed.on)


def test_a_yes_that_is_not_free_or_not_yet_said_is_refused(coordinator: Actor, dossier: Dossier) -> None:
    asked = ask(coordinator, dossier)
    with broken("staff_present"):
        actions.give_consent(coordinator, asked.id, Answer(place=Place.PRISON, staff_absent=False), NOW)
    with broken("day_in_future"):
        late = Answer(place=Place.LETTER, given_on=TODAY + DAY)
        actions.give_consent(coordinator, asked.id, late, NOW)
    early = Answer(place=Place.LETTER, given_on=TODAY - 9 * DAY)
    assert actions.give_consent(coordinator, asked.id, early, NOW).given_on == TODAY - 9 * DAY


def test_a_question_for_whom_or_in_which_language_must_exist(coordinator: Actor, dossier: Dossier) -> None:
    child = builders.with_child(coordinator, dossier.id, NOW)
    for purpose, more, code in (
        (Purpose.MUNICIPALITY, {}, "consent_needs_recipient"),
        (Purpose.CHILD_VISIT, {}, "consent_needs_child"),
        (Purpose.SUPPORT, {"child_id": child.id}, "consent_not_for_child"),
        (Purpose.SUPPORT, {"language": "xx"}, "consent_text_missing"),
    ):
        with broken(code):
            ask(coordinator, dossier, purpose, **more)
    other = builders.a_dossier(coordinator, NOW, 1)
    with pytest.raises(Http404):
        ask(coordinator, other, Purpose.PHOTO, child_id=child.id)


@pytest.mark.requirement("CON-05")
def test_shared_custody_needs_both_parents(coordinator: Actor, dossier: Dossier) -> None:
    child = builders.with_child(coordinator, dossier.id, NOW)
    asked = ask(coordinator, dossier, Purpose.CHILD_VISIT, child_id=child.id)
    mother = Answer(place=Place.PRISON)
    with broken("decider_unknown"):
        actions.give_consent(coordinator, asked.id, mother, NOW)
    custody = NewCustody(kind=CustodyKind.SHARED, from_on=TODAY)
    held = actions.record_custody(coordinator, child.id, custody, NOW)
    with broken("decider_missing"):
        actions.give_consent(coordinator, asked.id, mother, NOW)
    both = Answer(place=Place.LETTER, given_by=frozenset({Party.MOTHER, Party.OTHER_PARENT}))
    given = actions.give_consent(coordinator, asked.id, both, NOW)
    assert (given.given_by, given.custody_id) == ("mother other_parent", held.id)
    assert consent_holds(dossier.id, "child_visit", "", TODAY, child.id)
    assert not consent_holds(dossier.id, "child_visit", "", TODAY)
    assert not consent_holds(dossier.id, "child_visit", "", TODAY, new_id())


# Withdrawal


@pytest.mark.requirement("CON-02")
def test_withdrawal_stops_sharing_at_once_and_lists_who_received(
    coordinator: Actor, dossier: Dossier
) -> None:
    desk, other = a_paying_and_a_refusing_municipality()
    given = builders.with_consent(coordinator, dossier.id, Purpose.MUNICIPALITY, NOW, AMSTERDAM)
    source = new_id()
    actions.note_disclosure(coordinator, dossier.id, "municipality", AMSTERDAM, source, NOW)
    for partner in (desk, other):
        actions.involve(house("test"), dossier.id, Scope.ADDRESSED, f"partner:{partner.pk}", new_id(), NOW)
    now = later(2)
    withdrawn = actions.withdraw_consent(coordinator, given.id, now)
    assert (withdrawn.state, withdrawn.withdrawn_on) == ("withdrawn", now.on)
    assert not consent_holds(dossier.id, "municipality", AMSTERDAM, now.on)
    seeing = Involvement.current(dossier.id, now.on).values_list("party", flat=True)
    assert list(seeing) == [f"partner:{other.pk}"]
    assert last_payload(dossier.id)["previous_recipients"] == [AMSTERDAM]
    assert previous_recipients(dossier.id, "municipality", "") == (AMSTERDAM,)
    assert previous_recipients(dossier.id, "municipality", HEERLEN) == ()
    with broken("consent_missing"):
        actions.note_disclosure(coordinator, dossier.id, "municipality", AMSTERDAM, source, now)
    with broken("illegal_move"):
        actions.withdraw_consent(coordinator, given.id, now)


def test_withdrawal_on_the_same_day_takes_the_sight_of_a_safety_house_away(
    coordinator: Actor, dossier: Dossier
) -> None:
    table = a_safety_house()
    code = str(table.safety_house_id)
    given = builders.with_consent(coordinator, dossier.id, Purpose.SAFETY_HOUSE, NOW, code)
    actions.involve(house("test"), dossier.id, Scope.INVITED, f"partner:{table.pk}", new_id(), NOW)
    actions.withdraw_consent(coordinator, given.id, NOW)
    assert not Involvement.current(dossier.id, TODAY).exists()


def test_an_earlier_yes_for_the_same_falls_with_it(coordinator: Actor, dossier: Dossier) -> None:
    builders.with_consent(coordinator, dossier.id, Purpose.PHOTO, NOW)
    newest = builders.with_consent(coordinator, dossier.id, Purpose.PHOTO, later(300))
    builders.with_consent(coordinator, dossier.id, Purpose.SUPPORT, later(300))
    actions.withdraw_consent(coordinator, newest.id, later(301))
    assert not consent_holds(dossier.id, "photo", "", later(301).on)
    assert consent_holds(dossier.id, "support", "", later(301).on)


def test_without_support_every_other_consent_ends(coordinator: Actor, dossier: Dossier) -> None:
    support = builders.with_consent(coordinator, dossier.id, Purpose.SUPPORT, NOW)
    builders.with_consent(coordinator, dossier.id, Purpose.MUNICIPALITY, NOW, AMSTERDAM)
    actions.withdraw_consent(coordinator, support.id, NOW)
    assert set(rows_of(Consent, dossier.id).values_list("state", flat=True)) == {"withdrawn"}
    assert names_of(dossier.id).count("ConsentWithdrawn") == 2


def test_what_is_not_given_cannot_be_withdrawn(coordinator: Actor, dossier: Dossier) -> None:
    asked = ask(coordinator, dossier)
    with broken("illegal_move"):
        actions.withdraw_consent(coordinator, asked.id, NOW)


def test_sharing_is_noted_with_the_row_that_was_sent(coordinator: Actor, dossier: Dossier) -> None:
    builders.with_consent(coordinator, dossier.id, Purpose.CARE_PROVIDER, NOW, "7")
    source = new_id()
    actions.note_disclosure(coordinator, dossier.id, "care_provider", "7", source, NOW)
    row = rows_of(Disclosure, dossier.id).get()
    assert (row.recipient, row.shared_on, row.source_id) == ("7", TODAY, source)
    assert last_payload(dossier.id)["source_id"] == str(source)


def test_a_stranger_asks_and_answers_nothing(coordinator: Actor, stranger: Actor, dossier: Dossier) -> None:
    asked = ask(coordinator, dossier)
    for attempt in (
        lambda: ask(stranger, dossier),
        lambda: actions.give_consent(stranger, asked.id, Answer(place=Place.HOME), NOW),
        lambda: actions.refuse_consent(stranger, asked.id, NOW),
        lambda: actions.withdraw_consent(stranger, asked.id, NOW),
        lambda: actions.give_consent(coordinator, new_id(), Answer(place=Place.HOME), NOW),
    ):
        with pytest.raises(Http404):
            attempt()


def test_a_photo_may_be_about_the_mother_or_one_child(coordinator: Actor, dossier: Dossier) -> None:
    child: Child = builders.with_child(coordinator, dossier.id, NOW)
    builders.with_open_gate(coordinator, child, NOW)
    builders.with_consent(coordinator, dossier.id, Purpose.PHOTO, NOW)
    assert consent_holds(dossier.id, "photo", "", TODAY)
    assert not consent_holds(dossier.id, "photo", "", TODAY, child.id)
