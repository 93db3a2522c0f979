"""Consent over the years of a child and of a yes: birthdays, lost authority, freezing and proof."""

import hashlib
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from gib.core.access.actor import Actor
from gib.core.kernel.clock import Now
from gib.core.kernel.dates import add_months
from gib.core.kernel.ids import new_id
from gib.people.families import actions, builders
from gib.people.families.actions import Answer, ChildFacts, NewConsent, NewCustody
from gib.people.families.domain.codes import CustodyKind, Party, Place, Purpose
from gib.people.families.domain.consent import Validity
from gib.people.families.models import (
    Child,
    Consent,
    Dossier,
    children_of,
    consent_holds,
    decision_for,
    gate_facts,
    rows_of,
    standing,
    terms_on,
)
from gib.people.families.tests.conftest import NOW, TODAY, broken, last_payload, later, names_of
from gib.people.families.tests.remains import changed, traces
from gib.people.families.wording import FOLDER, exact_bytes, latest, wording

DAY = timedelta(days=1)
MOTHER = frozenset({Party.MOTHER})
BOTH = frozenset({Party.MOTHER, Party.OTHER_PARENT})
VISIT = Purpose.CHILD_VISIT


def at(on: date) -> Now:
    return Now(datetime(on.year, on.month, on.day, 9, tzinfo=UTC), on)


def born(years: int, days: int) -> date:
    """Give the birth of a child that is so many years and days old today."""
    return add_months(TODAY, -12 * years) - days * DAY


def child_of(coordinator: Actor, dossier: Dossier, born_on: date, kind: str = "mother_alone") -> Child:
    child = builders.with_child(coordinator, dossier.id, NOW, born_on=born_on)
    held = NewCustody(kind=CustodyKind(kind), from_on=TODAY, holder_name="P. Eenhoorn")
    actions.record_custody(coordinator, child.id, held, NOW)
    return child


def said(actor: Actor, child: Child, parties: frozenset[Party], now: Now = NOW) -> Consent:
    return builders.with_consent(actor, child.dossier_id, VISIT, now, child_id=child.id, given_by=parties)


def holds(child: Child, on: date = TODAY) -> bool:
    return consent_holds(child.dossier_id, VISIT, "", on, child.id)


@pytest.mark.requirement("CON-05")
@pytest.mark.parametrize(
    ("born_on", "kind", "needed"),
    [
        (born(12, -1), "mother_alone", "mother"),
        (born(12, 0), "mother_alone", "child mother"),
        (born(12, -1), "shared", "mother other_parent"),
        (born(12, 0), "shared", "child mother other_parent"),
        (born(12, -1), "institution", "institution"),
        (born(16, -1), "institution", "child institution"),
        (born(16, -1), "shared", "child mother other_parent"),
        (born(16, 0), "shared", "child"),
        (born(16, 0), "institution", "child"),
    ],
)
def test_exactly_who_decides_must_say_yes(
    coordinator: Actor, dossier: Dossier, born_on: date, kind: str, needed: str
) -> None:
    child = child_of(coordinator, dossier, born_on, kind)
    parties = frozenset(Party(each) for each in needed.split())
    assert decision_for(child, TODAY).needed == parties
    for missing in parties:
        with broken("decider_missing"):
            said_short = frozenset(set(Party) - {missing})
            question = NewConsent(purpose=VISIT, child_id=child.id)
            open_now = rows_of(Consent, dossier.id).filter(state="asked").first()
            asked = open_now or actions.ask_consent(coordinator, dossier.id, question, NOW)
            answer = Answer(place=Place.HOME, given_by=said_short)
            actions.give_consent(coordinator, asked.id, answer, NOW)
    asked = rows_of(Consent, dossier.id).get()
    actions.give_consent(coordinator, asked.id, Answer(place=Place.HOME, given_by=parties), NOW)
    assert holds(child)


@pytest.mark.requirement("CON-05")
@pytest.mark.parametrize(("years", "before"), [(12, MOTHER), (16, MOTHER | {Party.CHILD})])
def test_a_yes_ends_on_the_birthday_that_changes_who_decides(
    coordinator: Actor, dossier: Dossier, years: int, before: frozenset[Party]
) -> None:
    child = child_of(coordinator, dossier, born(years, -5))
    said(coordinator, child, before)
    birthday = TODAY + 5 * DAY
    assert holds(child, birthday - DAY)
    assert holds(child, birthday) is (Party.CHILD in before)
    if years == 12:
        said(coordinator, child, before | {Party.CHILD}, at(birthday))
        assert holds(child, birthday)


@pytest.mark.requirement("CON-05")
def test_lost_authority_revokes_from_its_first_day_and_not_before(
    coordinator: Actor, dossier: Dossier
) -> None:
    child = child_of(coordinator, dossier, born(9, 0))
    said(coordinator, child, MOTHER)
    lost_on = TODAY + 10 * DAY
    guardian = NewCustody(kind=CustodyKind.INSTITUTION, from_on=lost_on, holder_name="Voogdij Fabel")
    actions.record_custody(coordinator, child.id, guardian, at(lost_on))
    assert (holds(child, lost_on - DAY), holds(child, lost_on)) == (True, False)
    said(coordinator, child, frozenset({Party.INSTITUTION}), at(lost_on))
    assert holds(child, lost_on)
    other = NewCustody(kind=CustodyKind.INSTITUTION, from_on=lost_on + DAY, holder_name="Voogdij Sprook")
    actions.record_custody(coordinator, child.id, other, at(lost_on + DAY))
    assert not holds(child, lost_on + DAY)


@pytest.mark.requirement("CON-05")
def test_authority_that_ran_out_is_unknown_and_asks_again(coordinator: Actor, dossier: Dossier) -> None:
    child = builders.with_child(coordinator, dossier.id, NOW)
    until = TODAY + 20 * DAY
    held = NewCustody(kind=CustodyKind.MOTHER_ALONE, from_on=TODAY, to_on=until)
    actions.record_custody(coordinator, child.id, held, NOW)
    said(coordinator, child, MOTHER)
    assert (holds(child, until), holds(child, until + DAY)) == (True, False)
    facts = {fact.criterion: fact for fact in gate_facts(child, until + DAY)}
    assert (facts["custody"].gate, facts["custody"].reason) == ("unknown", "decider_unknown")
    with broken("decider_unknown"):
        said(coordinator, child, MOTHER, at(until + DAY))


@pytest.mark.requirement("CON-05")
def test_a_corrected_birth_changes_who_decides_at_once(coordinator: Actor, dossier: Dossier) -> None:
    child = child_of(coordinator, dossier, born(9, 0))
    said(coordinator, child, MOTHER)
    older = ChildFacts(first_name="Merel", born_on=born(13, 0))
    actions.correct_child(coordinator, child.id, older, NOW)
    assert not holds(children_of(dossier.id)[0])


@pytest.mark.requirement("CON-05")
def test_one_childs_yes_is_not_anothers(coordinator: Actor, dossier: Dossier) -> None:
    one, other = (child_of(coordinator, dossier, born(age, 0)) for age in (8, 9))
    said(coordinator, one, MOTHER)
    assert (holds(one), holds(other)) == (True, False)
    actions.withdraw_consent(coordinator, rows_of(Consent, dossier.id).get().id, NOW)
    assert not holds(one)


@pytest.mark.requirement("CON-04")
@pytest.mark.parametrize("purpose", [Purpose.SUPPORT, Purpose.HOME_VISIT, Purpose.PHOTO])
@pytest.mark.parametrize(
    ("days", "how", "counts"),
    [
        (364, Validity.HOLDS, True),
        (365, Validity.RENEW, True),
        (394, Validity.RENEW, True),
        (395, Validity.FROZEN, False),
    ],
)
def test_day_365_warns_and_day_395_freezes(
    coordinator: Actor, dossier: Dossier, purpose: Purpose, days: int, how: Validity, counts: bool
) -> None:
    row = builders.with_consent(coordinator, dossier.id, purpose, NOW)
    on = later(days).on
    assert standing(row, on, terms_on(on)) is how
    assert consent_holds(dossier.id, purpose, "", on) is counts


@pytest.mark.requirement("CON-04")
def test_a_yes_of_the_day_before_leap_day_ends_on_a_day_that_exists(
    coordinator: Actor, dossier: Dossier
) -> None:
    leap = at(date(2012, 2, 29))
    row = builders.with_consent(coordinator, dossier.id, Purpose.SUPPORT, leap)
    assert row.expires_on == date(2013, 2, 28)


@pytest.mark.requirement("CON-04")
def test_a_yes_counts_from_the_day_it_was_said_and_not_written(coordinator: Actor, dossier: Dossier) -> None:
    question = NewConsent(purpose=Purpose.SUPPORT)
    asked = actions.ask_consent(coordinator, dossier.id, question, NOW)
    answer = Answer(place=Place.LETTER, given_on=TODAY - 100 * DAY)
    row = actions.give_consent(coordinator, asked.id, answer, NOW)
    assert (row.given_on, row.expires_on) == (date(2010, 10, 3), date(2011, 10, 3))


@pytest.mark.requirement("CON-04")
def test_release_ends_the_year_of_every_earlier_yes_once(coordinator: Actor, dossier: Dossier) -> None:
    old = builders.with_consent(coordinator, dossier.id, Purpose.SUPPORT, NOW)
    out = later(40)
    new = builders.with_consent(coordinator, dossier.id, Purpose.HOME_VISIT, out)
    builders.released(coordinator, dossier.id, out)
    kept = {row.id: row.expires_on for row in rows_of(Consent, dossier.id)}
    assert kept[old.id] == out.on
    assert kept[new.id] == add_months(out.on, 12)
    assert consent_holds(dossier.id, Purpose.SUPPORT, "", out.on + 29 * DAY)
    assert not consent_holds(dossier.id, Purpose.SUPPORT, "", out.on + 30 * DAY)


@pytest.mark.requirement("CON-02")
def test_withdrawing_takes_one_act_and_tells_each_purpose(coordinator: Actor, dossier: Dossier) -> None:
    for purpose in (Purpose.SUPPORT, Purpose.PHOTO):
        builders.with_consent(coordinator, dossier.id, purpose, NOW)
    shared = builders.with_consent(coordinator, dossier.id, Purpose.MUNICIPALITY, NOW, "0363")
    for recipient in ("0363", "0363"):
        actions.note_disclosure(coordinator, dossier.id, "municipality", recipient, new_id(), NOW)
    support = rows_of(Consent, dossier.id).get(purpose="support")
    actions.withdraw_consent(coordinator, support.id, later(3))
    assert {row.state for row in rows_of(Consent, dossier.id)} == {"withdrawn"}
    assert {row.withdrawn_on for row in rows_of(Consent, dossier.id)} == {later(3).on}
    assert names_of(dossier.id).count("ConsentWithdrawn") == 3
    before = traces()
    with broken("consent_missing"):
        actions.note_disclosure(coordinator, dossier.id, "municipality", "0363", new_id(), later(3))
    with broken("illegal_move"):
        actions.withdraw_consent(coordinator, shared.id, later(3))
    assert changed(before) == []


@pytest.mark.requirement("CON-02")
def test_a_withdrawal_names_each_recipient_once(coordinator: Actor, dossier: Dossier) -> None:
    row = builders.with_consent(coordinator, dossier.id, Purpose.MUNICIPALITY, NOW, "0363")
    builders.with_consent(coordinator, dossier.id, Purpose.MUNICIPALITY, NOW, "0917")
    for recipient in ("0363", "0363", "0917"):
        actions.note_disclosure(coordinator, dossier.id, "municipality", recipient, new_id(), NOW)
    actions.withdraw_consent(coordinator, row.id, NOW)
    assert last_payload(dossier.id)["previous_recipients"] == ["0363"]
    assert consent_holds(dossier.id, "municipality", "0917", TODAY)


@pytest.mark.requirement("CON-03")
def test_a_no_changes_nothing_else_and_may_become_a_yes(coordinator: Actor, dossier: Dossier) -> None:
    question = NewConsent(purpose=Purpose.PHOTO)
    asked = actions.ask_consent(coordinator, dossier.id, question, NOW)
    before = traces()
    actions.refuse_consent(coordinator, asked.id, NOW)
    assert set(changed(before)) <= {"families_consent", "journal_happening", "journal_chainhead"} | {
        table for table in before if table.startswith("journal_")
    }
    builders.with_consent(coordinator, dossier.id, Purpose.PHOTO, later(1))
    states = sorted(row.state for row in rows_of(Consent, dossier.id))
    assert states == ["given", "refused"]


@pytest.mark.requirement("CON-06")
@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("purpose", Purpose)
def test_the_text_of_a_kept_consent_is_the_file_byte_for_byte(
    coordinator: Actor, dossier: Dossier, purpose: Purpose, language: str
) -> None:
    child = builders.with_child(coordinator, dossier.id, NOW)
    question = NewConsent(
        purpose=purpose,
        recipient="0363",
        child_id=child.id if purpose is Purpose.CHILD_VISIT else None,
        language=language,
    )
    row = actions.ask_consent(coordinator, dossier.id, question, NOW)
    kept = rows_of(Consent, dossier.id).get(pk=row.id)
    file = (FOLDER / language / f"{kept.text_version}.toml").read_bytes()
    assert exact_bytes(kept.text_version, kept.language) == file
    assert kept.text_hash == hashlib.sha256(file).hexdigest()
    assert wording(kept.text_version, kept.language) == latest(purpose, language)


def test_a_text_without_a_reviewer_on_a_day_is_no_approved_text() -> None:
    text = latest(Purpose.SUPPORT, "nl")
    assert not replace(text, reviewer="", reviewed_on="").is_approved
    assert not replace(text, reviewer="A. Voorbeeld", reviewed_on="").is_approved
    assert replace(text, reviewer="A. Voorbeeld", reviewed_on="2026-01-01").is_approved
