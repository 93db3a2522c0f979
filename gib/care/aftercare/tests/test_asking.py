"""Beginning a request, sending it, and the answers that come back, on the database."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from gib.care.aftercare import actions, builders
from gib.care.aftercare.actions import Grant
from gib.care.aftercare.domain import Alternative, Ground, State
from gib.care.aftercare.models import FundingRequest
from gib.care.aftercare.tests.asking import broken, covered, sight
from gib.care.aftercare.tests.conftest import NOW, Cast, later
from gib.people.families import actions as families
from gib.people.families import builders as mothers
from gib.people.families.domain.codes import Purpose, ReturnKind
from gib.people.families.models import Disclosure
from gib.people.partners.models import Partner

pytestmark = pytest.mark.django_db(databases=["default", "keys", "log"])
Told = Callable[[UUID], list[str]]
YES = Grant(NOW.on, NOW.on + timedelta(days=456), hours=260)


# ---- beginning


def test_a_request_begins_as_a_draft_at_her_municipality(people: Cast, told: Told) -> None:
    row = builders.drafted(people.coordinator, NOW)
    assert (row.state, row.municipality_id, row.drafted_on) == (State.DRAFT, builders.PAYING, NOW.on)
    assert row.partner_id == people.paying.partner_id
    assert not row.is_urgent
    assert told(row.dossier_id) == ["FundingDrafted"]


def test_a_request_of_a_free_mother_is_urgent(people: Cast) -> None:
    dossier_id = builders.a_mother(people.coordinator, NOW)
    mothers.released(people.coordinator, dossier_id, NOW, builders.PAYING)
    assert actions.draft_request(people.coordinator, dossier_id, NOW).is_urgent


@pytest.mark.parametrize("kind", [ReturnKind.UNKNOWN, ReturnKind.ABROAD, ReturnKind.NO_FIXED_ADDRESS])
def test_without_a_municipality_nobody_is_asked(people: Cast, kind: ReturnKind) -> None:
    dossier_id = builders.a_mother(people.coordinator, NOW)
    families.set_return(people.coordinator, dossier_id, kind, None, NOW)
    with broken("funding_no_municipality"):
        actions.draft_request(people.coordinator, dossier_id, NOW)


def test_without_a_plan_nobody_is_asked(people: Cast) -> None:
    dossier = mothers.a_dossier(people.coordinator, NOW)
    families.set_return(people.coordinator, dossier.id, ReturnKind.KNOWN, builders.PAYING, NOW)
    with broken("funding_no_trajectory"):
        actions.draft_request(people.coordinator, dossier.id, NOW)


def test_a_municipality_is_asked_once_at_a_time(people: Cast) -> None:
    row = builders.drafted(people.coordinator, NOW)
    with broken("funding_open"):
        actions.draft_request(people.coordinator, row.dossier_id, NOW)
    actions.withdraw(people.coordinator, row.id, NOW)
    assert actions.draft_request(people.coordinator, row.dossier_id, NOW).id != row.id


# ---- sending


def test_a_request_is_sent_with_a_frozen_extract(people: Cast, told: Told, as_house: Any) -> None:
    row = builders.submitted(people.coordinator, NOW)
    kept = FundingRequest.for_house("test", NOW.on).get_or_404(pk=row.id)
    assert (kept.state, kept.submitted_on) == (State.SUBMITTED, NOW.on)
    assert kept.due_on == NOW.on + timedelta(weeks=8)
    assert kept.extract == builders.EXTRACT
    assert told(row.dossier_id) == ["FundingDrafted", "FundingSubmitted"]


def test_what_was_sent_is_listed_for_her(people: Cast, as_house: Any) -> None:
    row = builders.submitted(people.coordinator, NOW)
    listed = Disclosure.for_house("test", NOW.on).get_or_404(source_id=row.id)
    assert (listed.purpose, listed.recipient) == (Purpose.MUNICIPALITY, builders.PAYING)


def test_without_consent_nothing_is_sent(people: Cast) -> None:
    row = builders.drafted(people.coordinator, NOW)
    with broken("funding_consent"):
        actions.submit_request(people.coordinator, row.id, builders.EXTRACT, "", NOW)
    assert sight(row) == []


def test_consent_for_another_municipality_does_not_help(people: Cast) -> None:
    row = builders.drafted(people.coordinator, NOW)
    mothers.with_consent(
        people.coordinator, row.dossier_id, Purpose.MUNICIPALITY, NOW, recipient=builders.REFUSING
    )
    with broken("funding_consent"):
        actions.submit_request(people.coordinator, row.id, builders.EXTRACT, "", NOW)


def test_a_municipality_without_a_desk_cannot_be_asked(people: Cast) -> None:
    Partner.objects.filter(pk=people.paying.partner_id).update(valid_to=NOW.on)
    dossier_id = builders.a_mother(people.coordinator, NOW)
    row = actions.draft_request(people.coordinator, dossier_id, NOW)
    with broken("funding_no_desk"):
        actions.submit_request(people.coordinator, row.id, builders.EXTRACT, "", NOW)


def test_more_than_the_minimum_goes_with_its_reason(people: Cast, as_house: Any) -> None:
    row = builders.drafted(people.coordinator, NOW)
    mothers.with_consent(
        people.coordinator, row.dossier_id, Purpose.MUNICIPALITY, NOW, recipient=builders.PAYING
    )
    more = {**builders.EXTRACT, "more": "Zij krijgt haar dochter terug."}
    with broken("funding_extract_reason"):
        actions.submit_request(people.coordinator, row.id, more, "", NOW)
    sent = actions.submit_request(people.coordinator, row.id, more, "De gemeente vroeg het.", NOW)
    assert sent.extract == {**more, "reason": "De gemeente vroeg het."}


def test_a_request_is_sent_once(people: Cast) -> None:
    row = builders.submitted(people.coordinator, NOW)
    with broken("illegal_move"):
        actions.submit_request(people.coordinator, row.id, builders.EXTRACT, "", NOW)


# ---- the answer


def test_the_desk_says_yes_and_she_is_covered(people: Cast, told: Told) -> None:
    row = builders.submitted(people.coordinator, NOW)
    done = actions.grant(people.paying, row.id, YES, NOW)
    assert (done.state, done.hours, done.answered_on) == (State.GRANTED, 260, NOW.on)
    assert covered(row.dossier_id)
    assert covered(row.dossier_id, 456)
    assert not covered(row.dossier_id, 457)
    assert told(row.dossier_id)[-1] == "FundingGranted"


@pytest.mark.parametrize(
    ("yes", "code"),
    [
        (Grant(NOW.on, None), "funding_grant_empty"),
        (Grant(NOW.on, None, hours=0, amount_cents=0), "funding_grant_empty"),
        (Grant(NOW.on, NOW.on - timedelta(days=1), hours=1), "period_backwards"),
    ],
)
def test_a_yes_without_content_covers_nobody(people: Cast, yes: Grant, code: str) -> None:
    row = builders.submitted(people.coordinator, NOW)
    with broken(code):
        actions.grant(people.paying, row.id, yes, NOW)
    assert not covered(row.dossier_id)


def test_the_desk_says_no_with_a_ground(people: Cast, told: Told) -> None:
    row = builders.submitted(people.coordinator, NOW, code=builders.REFUSING)
    done = actions.reject(people.refusing, row.id, Ground.NO_POLICY, NOW)
    assert (done.state, done.ground, done.answered_on) == (State.REJECTED, Ground.NO_POLICY, NOW.on)
    assert told(row.dossier_id)[-1] == "FundingRejected"


def test_a_question_waits_and_its_answer_begins_a_new_term(people: Cast) -> None:
    row = builders.submitted(people.coordinator, NOW)
    asked = actions.ask_question(people.paying, row.id, "Waar woont zij straks?", NOW)
    assert (asked.state, asked.question) == (State.QUESTION, "Waar woont zij straks?")
    replied = actions.answer_question(people.coordinator, row.id, "In de Bijlmer.", later(NOW, 41))
    assert (replied.state, replied.reply) == (State.SUBMITTED, "In de Bijlmer.")
    assert replied.due_on == later(NOW, 41).on + timedelta(weeks=8)


def test_what_was_sent_is_not_sent_again_while_the_desk_waits_for_an_answer(people: Cast) -> None:
    row = builders.submitted(people.coordinator, NOW)
    sent = dict(row.extract)
    actions.ask_question(people.paying, row.id, "Waar woont zij straks?", NOW)
    with broken("illegal_move"):
        actions.submit_request(people.coordinator, row.id, sent | {"hours": "1"}, "", later(NOW, 41))
    row = FundingRequest.visible_to(people.coordinator, NOW.on).get(pk=row.id)
    assert (row.state, row.submitted_on, row.extract) == (State.QUESTION, NOW.on, sent)


def test_a_draft_is_not_sent_by_an_answer(people: Cast) -> None:
    row = builders.drafted(people.coordinator, NOW)
    with broken("illegal_move"):
        actions.answer_question(people.coordinator, row.id, "In de Bijlmer.", NOW)


def test_silence_after_a_question_counts_from_the_answer(people: Cast) -> None:
    row = builders.submitted(people.coordinator, NOW)
    actions.ask_question(people.paying, row.id, "Waar woont zij straks?", NOW)
    with broken("illegal_move"):
        actions.record_no_answer(people.coordinator, row.id, later(NOW, 300))
    actions.answer_question(people.coordinator, row.id, "In de Bijlmer.", later(NOW, 41))
    with broken("funding_too_early"):
        actions.record_no_answer(people.coordinator, row.id, later(NOW, 41 + 56))
    assert actions.record_no_answer(people.coordinator, row.id, later(NOW, 41 + 57)).state == State.NO_ANSWER


@pytest.mark.parametrize(("days", "is_late"), [(1, False), (56, False), (57, True)])
def test_silence_is_recorded_only_after_the_term(people: Cast, days: int, is_late: bool) -> None:
    row = builders.submitted(people.coordinator, NOW)
    if is_late:
        done = actions.record_no_answer(people.coordinator, row.id, later(NOW, days))
        assert (done.state, done.answered_on) == (State.NO_ANSWER, later(NOW, days).on)
    else:
        with broken("funding_too_early"):
            actions.record_no_answer(people.coordinator, row.id, later(NOW, days))


def test_a_late_yes_still_counts(people: Cast) -> None:
    row = builders.unanswered(people.coordinator, NOW)
    assert actions.grant(people.refusing, row.id, YES, later(NOW, 70)).state == State.GRANTED
    assert covered(row.dossier_id)


@pytest.mark.parametrize("alternative", list(Alternative))
def test_somebody_else_pays(people: Cast, told: Told, alternative: Alternative) -> None:
    row = builders.rejected(people.coordinator, NOW)
    done = actions.find_alternative(people.coordinator, row.id, alternative, NOW.on, None, NOW)
    assert (done.state, done.alternative) == (State.GRANTED_ALTERNATIVE, alternative)
    assert covered(row.dossier_id, 1000)
    assert told(row.dossier_id)[-1] == "AlternativeFound"
