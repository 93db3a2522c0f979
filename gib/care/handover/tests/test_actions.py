"""What people do with needs, the reporting code and handovers, refusals included, on the database."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.http import Http404

from gib.care.aftercare import builders as money
from gib.care.handover import actions, builders, reactions
from gib.care.handover.actions import NewHandover, NewStep
from gib.care.handover.builders import EXTRACT, STEPS, WORDS, WORKER
from gib.care.handover.domain import (
    CodeStep,
    Decision,
    Ground,
    NeedKind,
    NoTalk,
    SafetyState,
    Side,
    SignalState,
    Source,
    State,
    Urgency,
    Verdict,
)
from gib.care.handover.models import Handover, NeedSignal, SafetyCase, SafetyStep, let_go_without_offer
from gib.care.handover.tests.conftest import NOW, Cast, later
from gib.care.products import actions as products
from gib.care.products.domain.match import EndReason
from gib.core.access import rls
from gib.core.access.actor import Actor
from gib.core.access.rows import NotShown
from gib.core.access.tables import Role
from gib.core.journal.models import Happening
from gib.core.kernel.rules import RuleBroken
from gib.people.families import actions as families
from gib.people.families import builders as mothers
from gib.people.families.domain.codes import Place, Purpose
from gib.people.families.domain.consent import Answer
from gib.people.families.models import Consent, Disclosure
from gib.people.partners.models import CareProvider

pytestmark = pytest.mark.django_db(databases=["default", "keys", "log"])
Told = Callable[[UUID], list[str]]
YES = Answer(place=Place.PRISON)


def broken(code: str) -> AbstractContextManager[object]:
    return pytest.raises(RuleBroken, match=f"^{code}$")


# ---- raising a signal


def test_a_volunteer_raises_a_signal_of_her_own_mother(people: Cast, told: Told) -> None:
    row = builders.raised(people.volunteer, people.dossier_id, NOW)
    assert (row.state, row.source, row.raised_on) == (SignalState.RAISED, Source.VOLUNTEER, NOW.on)
    assert row.raised_by_volunteer_id == people.volunteer.volunteer_id
    assert row.team_id in people.coordinator.team_ids
    assert told(people.dossier_id) == ["SignalRaised"]


def test_a_coordinator_raises_what_she_sees_or_what_the_mother_asks(people: Cast) -> None:
    own = builders.raised(people.coordinator, people.dossier_id, NOW)
    hers = actions.raise_signal(
        people.coordinator, people.dossier_id, NeedKind.INCOME, Urgency.TALK, WORDS, NOW, by_mother=True
    )
    assert (own.source, hers.source) == (Source.COORDINATOR, Source.MOTHER)
    assert own.raised_by_volunteer_id is None


@pytest.mark.parametrize("who", ["other_volunteer", "stranger"])
def test_who_is_not_with_her_raises_nothing(people: Cast, who: str) -> None:
    with pytest.raises(Http404):
        builders.raised(getattr(people, who), people.dossier_id, NOW)


def test_after_the_end_of_a_match_a_volunteer_raises_no_more(people: Cast) -> None:
    products.end_match(people.coordinator, people.match_id, EndReason.BY_VOLUNTEER, NOW)
    with pytest.raises(Http404):
        builders.raised(people.volunteer, people.dossier_id, NOW)


@pytest.mark.parametrize("words", ["", "  "])
def test_a_signal_has_words(people: Cast, words: str) -> None:
    with broken("signal_words"):
        actions.raise_signal(people.volunteer, people.dossier_id, NeedKind.DEBT, Urgency.TALK, words, NOW)


def test_the_words_lie_sealed(people: Cast) -> None:
    builders.raised(people.volunteer, people.dossier_id, NOW)
    with rls.system("test"), connection.cursor() as cursor:
        cursor.execute(f"SELECT words {rls.MARK} FROM handover_needsignal")
        assert b"enveloppen" not in bytes(cursor.fetchone()[0])


# ---- what a volunteer sees


def test_a_volunteer_sees_her_own_words_and_a_status(people: Cast) -> None:
    row = builders.raised(people.volunteer, people.dossier_id, NOW)
    shown = NeedSignal.visible_to(people.volunteer, NOW.on).get()
    assert (shown.words, shown.status) == (WORDS, "received")
    actions.triage(people.coordinator, row.id, Decision.WATCH, "Dank je.", NOW)
    shown = NeedSignal.visible_to(people.volunteer, NOW.on).get()
    assert (shown.status, shown.reply) == ("taken_up", "Dank je.")
    for field in ("decision", "state", "triaged_by", "discussed", "wants_help", "is_quiet"):
        with pytest.raises(NotShown):
            getattr(shown, field)


def test_a_volunteer_sees_no_signal_of_others(people: Cast) -> None:
    builders.raised(people.coordinator, people.dossier_id, NOW)
    assert not NeedSignal.visible_to(people.volunteer, NOW.on).exists()
    builders.raised(people.volunteer, people.dossier_id, NOW)
    assert not NeedSignal.visible_to(people.other_volunteer, NOW.on).exists()


@pytest.mark.parametrize(("days", "is_there"), [(0, True), (14, True), (15, False)])
def test_her_signals_go_with_her_match(people: Cast, days: int, is_there: bool) -> None:
    """Invariant 11: what she wrote stays in sight for two weeks after the end."""
    builders.raised(people.volunteer, people.dossier_id, NOW)
    products.end_match(people.coordinator, people.match_id, EndReason.BY_VOLUNTEER, NOW)
    on = later(NOW, days).on
    assert NeedSignal.visible_to(people.volunteer, on).exists() is is_there
    assert NeedSignal.visible_to(people.coordinator, on).exists()


# ---- weighing and talking


@pytest.mark.parametrize("decision", list(Decision))
def test_a_signal_is_weighed(people: Cast, decision: Decision) -> None:
    row = builders.triaged(people.coordinator, people.dossier_id, NOW, decision)
    assert (row.state, row.decision) == (SignalState.TRIAGED, decision)
    assert (row.triaged_on, row.triaged_by) == (NOW.on, people.coordinator.user_id)
    cases = SafetyCase.visible_to(people.coordinator, NOW.on)
    assert cases.exists() is (decision is Decision.SAFETY)


@pytest.mark.parametrize(
    ("kind", "urgency"), [(NeedKind.CHILD_SAFETY, Urgency.TALK), (NeedKind.HOUSING, Urgency.UNSAFE)]
)
def test_what_is_about_safety_is_not_waved_away(people: Cast, kind: NeedKind, urgency: Urgency) -> None:
    row = builders.raised(people.coordinator, people.dossier_id, NOW, kind, urgency)
    with broken("signal_must_be_safety"):
        actions.triage(people.coordinator, row.id, Decision.NO_ACTION, "", NOW)
    assert not SafetyCase.visible_to(people.coordinator, NOW.on).exists()


def test_a_signal_is_weighed_once(people: Cast) -> None:
    row = builders.triaged(people.coordinator, people.dossier_id, NOW)
    with broken("illegal_move"):
        actions.triage(people.coordinator, row.id, Decision.WATCH, "", NOW)


def test_a_signal_is_talked_over_with_her(people: Cast, told: Told) -> None:
    row = builders.discussed(people.coordinator, people.dossier_id, NOW)
    assert (row.state, row.wants_help, row.discussed_on) == (SignalState.DISCUSSED, True, NOW.on)
    assert told(people.dossier_id) == ["SignalRaised", "SignalTriaged", "SignalDiscussed"]


def test_nothing_is_talked_over_that_nobody_weighed(people: Cast) -> None:
    row = builders.raised(people.coordinator, people.dossier_id, NOW)
    with broken("illegal_move"):
        actions.discuss(people.coordinator, row.id, True, "", NOW)


def test_safety_is_talked_over_inside_the_code(people: Cast) -> None:
    row = builders.triaged(people.coordinator, people.dossier_id, NOW, Decision.SAFETY)
    with broken("signal_is_safety"):
        actions.discuss(people.coordinator, row.id, True, "", NOW)


@pytest.mark.parametrize("decision", [Decision.NO_ACTION, Decision.WATCH, Decision.ADVICE])
def test_what_needs_nothing_more_is_closed(people: Cast, decision: Decision) -> None:
    row = builders.triaged(people.coordinator, people.dossier_id, NOW, decision)
    done = actions.close_signal(people.coordinator, row.id, NOW)
    assert (done.state, done.closed_on) == (SignalState.CLOSED, NOW.on)


def test_a_handover_that_was_decided_is_made_before_closing(people: Cast) -> None:
    row = builders.discussed(people.coordinator, people.dossier_id, NOW)
    with broken("signal_no_handover"):
        actions.close_signal(people.coordinator, row.id, NOW)
    new = NewHandover(builders.provider().pk, "Orde in de papieren.", signal_id=row.id)
    actions.prepare_handover(people.coordinator, people.dossier_id, new, NOW)
    assert actions.close_signal(people.coordinator, row.id, NOW).state == SignalState.CLOSED


def test_who_does_not_want_help_is_left_in_peace(people: Cast) -> None:
    row = builders.discussed(people.coordinator, people.dossier_id, NOW, wants_help=False)
    new = NewHandover(builders.provider().pk, "Orde in de papieren.", signal_id=row.id)
    with broken("handover_not_discussed"):
        actions.prepare_handover(people.coordinator, people.dossier_id, new, NOW)
    assert actions.close_signal(people.coordinator, row.id, NOW).state == SignalState.CLOSED


@pytest.mark.parametrize("who", ["stranger", "volunteer", "other_volunteer"])
def test_others_do_not_handle_a_signal(people: Cast, who: str) -> None:
    row = builders.raised(people.coordinator, people.dossier_id, NOW)
    actor = getattr(people, who)
    for act in (
        lambda: actions.triage(actor, row.id, Decision.WATCH, "", NOW),
        lambda: actions.discuss(actor, row.id, True, "", NOW),
        lambda: actions.close_signal(actor, row.id, NOW),
    ):
        with pytest.raises(Http404):
            act()


def test_another_team_begins_no_handover(people: Cast) -> None:
    new = NewHandover(builders.provider().pk, "x", discussed_on=NOW.on)
    with pytest.raises(Http404):
        actions.prepare_handover(people.stranger, people.dossier_id, new, NOW)
    with pytest.raises(Http404):
        actions.refuse_offer(people.stranger, people.dossier_id, NOW)


# ---- the reporting code


def case_of(people: Cast, made: Any) -> SafetyCase:
    with rls.system("test"):
        found: SafetyCase = SafetyCase.for_house("test", NOW.on).get_or_404(pk=made.id)
        return found


@pytest.mark.requirement("MLD-03")
def test_steps_are_signed_numbered_and_may_repeat(people: Cast) -> None:
    row = builders.unsafe(people.coordinator, people.dossier_id, NOW)
    actions.take_step(people.coordinator, row.id, STEPS[0], NOW)
    actions.take_step(people.deputy, row.id, STEPS[1], NOW)
    again = actions.take_step(people.deputy, row.id, STEPS[0], later(NOW, 1))
    assert (again.position, again.done_by, again.done_on) == (3, people.deputy.user_id, later(NOW, 1).on)
    steps = SafetyStep.visible_to(people.coordinator, NOW.on).order_by("position")
    assert [step.step for step in steps] == [CodeStep.MAP, CodeStep.ADVICE, CodeStep.MAP]


@pytest.mark.parametrize(
    ("step", "code"),
    [
        (NewStep(CodeStep.MAP, " "), "safety_note"),
        (NewStep(CodeStep.TALK, "x"), "safety_talk"),
        (NewStep(CodeStep.WEIGH, "x"), "safety_questions"),
        (NewStep(CodeStep.WEIGH, "x", answers=(False, True)), "safety_questions"),
    ],
)
def test_a_step_that_tells_nothing_is_refused(people: Cast, step: NewStep, code: str) -> None:
    row = builders.unsafe(people.coordinator, people.dossier_id, NOW)
    with broken(code):
        actions.take_step(people.coordinator, row.id, step, NOW)
    assert not SafetyStep.visible_to(people.coordinator, NOW.on).exists()


@pytest.mark.requirement("MLD-05")
@pytest.mark.parametrize("reason", list(NoTalk))
def test_no_talk_has_a_coded_reason(people: Cast, reason: NoTalk) -> None:
    row = builders.unsafe(people.coordinator, people.dossier_id, NOW)
    step = NewStep(CodeStep.TALK, "Niet gesproken.", no_talk=reason)
    assert actions.take_step(people.coordinator, row.id, step, NOW).no_talk == reason


@pytest.mark.parametrize("number", range(4))
def test_a_decision_needs_every_step(people: Cast, number: int) -> None:
    row = builders.unsafe(people.coordinator, people.dossier_id, NOW)
    for at, step in enumerate(STEPS):
        if at != number:
            actions.take_step(people.coordinator, row.id, step, NOW)
    with broken(f"safety_step_{STEPS[number].step}"):
        actions.propose_verdict(people.coordinator, row.id, Verdict.REPORT, "", NOW)


@pytest.mark.requirement("MLD-04")
def test_the_latest_weighing_counts(people: Cast) -> None:
    row = builders.weighed(people.coordinator, people.dossier_id, NOW)
    worse = replace(STEPS[3], answers=(True, True))
    actions.take_step(people.coordinator, row.id, worse, NOW)
    with broken("safety_reason"):
        actions.propose_verdict(people.coordinator, row.id, Verdict.OTHER_HELP, "", NOW)
    done = actions.propose_verdict(people.coordinator, row.id, Verdict.OTHER_HELP, "Er loopt al hulp.", NOW)
    assert (done.state, done.verdict, done.reason) == (
        SafetyState.PROPOSED,
        Verdict.OTHER_HELP,
        "Er loopt al hulp.",
    )


def test_two_persons_decide(people: Cast) -> None:
    row = builders.proposed(people.coordinator, people.dossier_id, NOW)
    with broken("safety_second_person"):
        actions.confirm_verdict(people.coordinator, row.id, True, NOW)
    done = actions.confirm_verdict(people.deputy, row.id, True, NOW)
    assert (done.state, done.decided_by) == (SafetyState.DECIDED, people.deputy.user_id)
    closed = actions.close_case(people.coordinator, row.id, "Er is hulp in huis.", NOW)
    assert (closed.state, closed.outcome, closed.closed_on) == (
        SafetyState.CLOSED,
        "Er is hulp in huis.",
        NOW.on,
    )


def test_the_database_itself_wants_two_persons(people: Cast) -> None:
    row = case_of(people, builders.proposed(people.coordinator, people.dossier_id, NOW))
    row.decided_by, row.decided_on, row.state = row.proposed_by, NOW.on, SafetyState.DECIDED
    with rls.system("test"), pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_the_second_person_may_send_it_back(people: Cast) -> None:
    row = builders.proposed(people.coordinator, people.dossier_id, NOW)
    back = actions.confirm_verdict(people.deputy, row.id, False, NOW)
    assert (back.state, back.verdict, back.proposed_by) == (SafetyState.OPEN, "", None)
    again = actions.propose_verdict(people.deputy, row.id, Verdict.REPORT, "", NOW)
    assert actions.confirm_verdict(people.coordinator, again.id, True, NOW).state == SafetyState.DECIDED


def test_nobody_sends_back_her_own_proposal(people: Cast) -> None:
    row = builders.proposed(people.coordinator, people.dossier_id, NOW)
    with broken("safety_second_person"):
        actions.confirm_verdict(people.coordinator, row.id, False, NOW)


def test_steps_rest_while_a_decision_waits(people: Cast) -> None:
    row = builders.proposed(people.coordinator, people.dossier_id, NOW)
    with broken("illegal_move"):
        actions.take_step(people.coordinator, row.id, STEPS[0], NOW)
    with broken("illegal_move"):
        actions.close_case(people.coordinator, row.id, "Klaar.", NOW)


def test_a_case_closes_with_its_outcome(people: Cast) -> None:
    row = builders.proposed(people.coordinator, people.dossier_id, NOW)
    actions.confirm_verdict(people.deputy, row.id, True, NOW)
    with broken("safety_note"):
        actions.close_case(people.coordinator, row.id, " ", NOW)


def test_the_signal_closes_after_the_case(people: Cast) -> None:
    row = builders.proposed(people.coordinator, people.dossier_id, NOW)
    with broken("signal_safety_open"):
        actions.close_signal(people.coordinator, row.signal_id, NOW)
    actions.confirm_verdict(people.deputy, row.id, True, NOW)
    actions.close_case(people.deputy, row.id, "Er is hulp in huis.", NOW)
    assert actions.close_signal(people.coordinator, row.signal_id, NOW).state == SignalState.CLOSED


@pytest.mark.requirement("MLD-02")
@pytest.mark.parametrize("who", ["stranger", "volunteer", "other_volunteer"])
def test_the_reporting_code_is_closed_to_others(people: Cast, who: str) -> None:
    row = builders.proposed(people.coordinator, people.dossier_id, NOW)
    actor = getattr(people, who)
    assert not SafetyCase.visible_to(actor, NOW.on).exists()
    assert not SafetyStep.visible_to(actor, NOW.on).exists()
    for act in (
        lambda: actions.take_step(actor, row.id, STEPS[0], NOW),
        lambda: actions.propose_verdict(actor, row.id, Verdict.REPORT, "", NOW),
        lambda: actions.confirm_verdict(actor, row.id, True, NOW),
        lambda: actions.close_case(actor, row.id, "x", NOW),
    ):
        with pytest.raises(Http404):
            act()


# ---- invariant 19: safety is told to nobody


@pytest.mark.requirement("MLD-08")
@pytest.mark.parametrize("role", sorted(set(Role) - {Role.COORDINATOR, Role.DEPUTY, Role.SYSTEM}))
def test_no_other_role_finds_a_case(people: Cast, role: Role) -> None:
    builders.proposed(people.coordinator, people.dossier_id, NOW)
    actor = Actor(uuid4(), role, people.coordinator.team_ids, people.volunteer.volunteer_id, 1)
    assert not SafetyCase.visible_to(actor, NOW.on).exists()
    assert not SafetyStep.visible_to(actor, NOW.on).exists()


def test_every_act_about_safety_is_recorded_without_a_sentence(people: Cast, told: Told) -> None:
    row = builders.proposed(people.coordinator, people.dossier_id, NOW)
    actions.confirm_verdict(people.deputy, row.id, True, NOW)
    actions.close_case(people.coordinator, row.id, "Er is hulp in huis.", NOW)
    actions.close_signal(people.coordinator, row.signal_id, NOW)
    assert set(told(people.dossier_id)) == {"SafetyNoted"}


def test_a_usual_signal_goes_quiet_when_it_turns_out_to_be_about_safety(people: Cast, told: Told) -> None:
    builders.triaged(people.coordinator, people.dossier_id, NOW, Decision.SAFETY)
    assert told(people.dossier_id) == ["SignalRaised", "SafetyNoted"]


def test_what_she_and_exports_read_holds_no_safety(people: Cast, as_house: Any) -> None:
    builders.triaged(people.coordinator, people.dossier_id, NOW, Decision.SAFETY)
    builders.raised(people.coordinator, people.dossier_id, NOW, NeedKind.CHILD_SAFETY, Urgency.TALK)
    builders.raised(people.coordinator, people.dossier_id, NOW, NeedKind.OTHER, Urgency.UNSAFE)
    usual = builders.raised(people.coordinator, people.dossier_id, NOW)
    rows: Any = NeedSignal.for_house("test", NOW.on)
    assert [row.id for row in rows.told_to_her()] == [usual.id]


def test_her_volunteer_learns_nothing_of_a_decision_about_safety(people: Cast) -> None:
    usual = builders.raised(people.volunteer, people.dossier_id, NOW)
    grave = builders.raised(people.volunteer, people.dossier_id, NOW, NeedKind.CHILD_SAFETY, Urgency.UNSAFE)
    actions.triage(people.coordinator, usual.id, Decision.WATCH, "", NOW)
    actions.triage(people.coordinator, grave.id, Decision.SAFETY, "", NOW)
    shown = NeedSignal.visible_to(people.volunteer, NOW.on)
    assert {row.status for row in shown} == {"taken_up"}


def test_no_event_holds_a_word_of_a_signal(people: Cast) -> None:
    builders.raised(people.volunteer, people.dossier_id, NOW)
    builders.unsafe(people.coordinator, people.dossier_id, NOW)
    with rls.system("test"):
        payloads = [str(row.payload) for row in Happening.for_house("test", NOW.on)]
    assert not [text for text in payloads if "enveloppen" in text]


# ---- handing over


def test_a_handover_is_a_loop_until_help_goes_on(people: Cast, told: Told) -> None:
    row = builders.confirmed(people.coordinator, people.dossier_id, NOW)
    assert row.is_settled
    assert row.checked_on == later(NOW, 28).on
    assert told(people.dossier_id)[3:] == [
        "HandoverPrepared",
        "HandoverConsented",
        "HandoverSent",
        "HandoverAccepted",
        "HelpBegun",
        "HandoverConfirmed",
    ]


@pytest.mark.parametrize("state", [SignalState.RAISED, SignalState.TRIAGED])
def test_nothing_is_handed_over_that_was_not_talked_over(people: Cast, state: SignalState) -> None:
    begin = builders.raised if state is SignalState.RAISED else builders.triaged
    signal = begin(people.coordinator, people.dossier_id, NOW)
    new = NewHandover(builders.provider().pk, "Orde.", signal_id=signal.id)
    with broken("handover_not_discussed"):
        actions.prepare_handover(people.coordinator, people.dossier_id, new, NOW)


def test_about_safety_help_may_begin_without_the_talk(people: Cast) -> None:
    signal = builders.triaged(people.coordinator, people.dossier_id, NOW, Decision.SAFETY)
    new = NewHandover(builders.provider().pk, "Hulp in huis.", signal_id=signal.id)
    row = actions.prepare_handover(people.coordinator, people.dossier_id, new, NOW)
    assert row.state == State.PREPARED
    with broken("handover_consent"):
        actions.consent_handover(people.coordinator, row.id, None, NOW)


@pytest.mark.parametrize(
    ("days", "code"), [(None, "handover_not_discussed"), (1, "handover_in_future"), (0, ""), (-30, "")]
)
def test_without_a_signal_the_day_of_the_talk_is_told(people: Cast, days: int | None, code: str) -> None:
    discussed_on = None if days is None else NOW.on + timedelta(days=days)
    new = NewHandover(builders.provider().pk, "Hulp.", discussed_on=discussed_on)
    if code:
        with broken(code):
            actions.prepare_handover(people.coordinator, people.dossier_id, new, NOW)
    else:
        row = actions.prepare_handover(people.coordinator, people.dossier_id, new, NOW)
        assert row.discussed_on == discussed_on


def test_a_provider_that_is_gone_receives_nobody(people: Cast) -> None:
    gone = builders.provider()
    CareProvider.objects.filter(pk=gone.pk).update(valid_to=NOW.on)
    new = NewHandover(gone.pk, "Hulp.", discussed_on=NOW.on)
    with broken("handover_provider"):
        actions.prepare_handover(people.coordinator, people.dossier_id, new, NOW)


def test_one_handover_at_a_time_per_organisation(people: Cast) -> None:
    row = builders.prepared(people.coordinator, people.dossier_id, NOW)
    new = NewHandover(row.provider_id or 0, "Nog eens.", discussed_on=NOW.on)
    with broken("handover_open"):
        actions.prepare_handover(people.coordinator, people.dossier_id, new, NOW)
    actions.decline(people.coordinator, row.id, Side.PROVIDER, Ground.FULL, NOW)
    assert actions.prepare_handover(people.coordinator, people.dossier_id, new, NOW).state == State.PREPARED


def test_a_signal_of_another_dossier_does_not_count(people: Cast) -> None:
    other = mothers.a_dossier(people.coordinator, NOW, 4)
    signal = builders.discussed(people.coordinator, other.id, NOW)
    new = NewHandover(builders.provider().pk, "Hulp.", signal_id=signal.id)
    with pytest.raises(Http404):
        actions.prepare_handover(people.coordinator, people.dossier_id, new, NOW)


def test_her_yes_is_for_this_organisation(people: Cast, as_house: Any) -> None:
    row = builders.consented(people.coordinator, people.dossier_id, NOW)
    consent = Consent.for_house("test", NOW.on).get_or_404(purpose=Purpose.CARE_PROVIDER)
    assert (consent.recipient, consent.state) == (str(row.provider_id), "given")
    assert row.consented_on == NOW.on


def test_a_yes_that_holds_already_is_not_asked_again(people: Cast) -> None:
    row = builders.prepared(people.coordinator, people.dossier_id, NOW)
    mothers.with_consent(
        people.coordinator, people.dossier_id, Purpose.CARE_PROVIDER, NOW, recipient=str(row.provider_id)
    )
    assert actions.consent_handover(people.coordinator, row.id, None, NOW).state == State.CONSENTED


def test_a_yes_beside_prison_staff_is_no_yes(people: Cast) -> None:
    row = builders.prepared(people.coordinator, people.dossier_id, NOW)
    with broken("staff_present"):
        actions.consent_handover(people.coordinator, row.id, replace(YES, staff_absent=False), NOW)


def test_nothing_is_sent_that_she_did_not_allow(people: Cast) -> None:
    row = builders.prepared(people.coordinator, people.dossier_id, NOW)
    with broken("illegal_move"):
        actions.send(people.coordinator, row.id, EXTRACT, WORKER, NOW)


def test_what_is_sent_is_frozen_and_listed(people: Cast, as_house: Any) -> None:
    row = builders.sent(people.coordinator, people.dossier_id, NOW)
    kept = Handover.for_house("test", NOW.on).get_or_404(pk=row.id)
    assert (kept.extract, kept.worker, kept.sent_on) == (EXTRACT, WORKER, NOW.on)
    listed = Disclosure.for_house("test", NOW.on).get_or_404(source_id=row.id)
    assert (listed.purpose, listed.recipient) == (Purpose.CARE_PROVIDER, str(row.provider_id))


@pytest.mark.parametrize(
    ("extract", "worker", "code"),
    [(EXTRACT, " ", "handover_no_worker"), ({}, WORKER, "handover_extract_empty")],
)
def test_a_warm_handover_has_content_and_a_person(
    people: Cast, extract: dict[str, str], worker: str, code: str
) -> None:
    row = builders.consented(people.coordinator, people.dossier_id, NOW)
    with broken(code):
        actions.send(people.coordinator, row.id, extract, worker, NOW)


def consent_of(people: Cast) -> Consent:
    with rls.system("test"):
        found: Consent = Consent.for_house("test", NOW.on).get_or_404(purpose=Purpose.CARE_PROVIDER)
        return found


@pytest.mark.requirement("CON-02")
def test_withdrawn_consent_blocks_sending(people: Cast, told: Told) -> None:
    """Invariant 9: before any handler ran, the act itself refuses."""
    row = builders.consented(people.coordinator, people.dossier_id, NOW)
    families.withdraw_consent(people.coordinator, consent_of(people).id, NOW)
    with broken("handover_consent"):
        actions.send(people.coordinator, row.id, EXTRACT, WORKER, NOW)
    payload = {"purpose": str(Purpose.CARE_PROVIDER), "recipient": str(row.provider_id)}
    reactions.consent_withdrawn(people.dossier_id, payload, NOW)
    assert told(people.dossier_id)[-1] == "HandoverDeclined"


@pytest.mark.parametrize(
    ("purpose", "recipient"), [(Purpose.MUNICIPALITY, ""), (Purpose.CARE_PROVIDER, "999999")]
)
def test_another_consent_leaves_a_handover(people: Cast, purpose: Purpose, recipient: str) -> None:
    row = builders.consented(people.coordinator, people.dossier_id, NOW)
    payload = {"purpose": str(purpose), "recipient": recipient}
    reactions.consent_withdrawn(people.dossier_id, payload, NOW)
    assert actions.send(people.coordinator, row.id, EXTRACT, WORKER, NOW).state == State.SENT


def test_who_is_received_knows_when_and_by_whom(people: Cast) -> None:
    row = builders.sent(people.coordinator, people.dossier_id, NOW)
    with broken("handover_no_worker"):
        actions.accept(people.coordinator, row.id, NOW.on, "", NOW)
    with broken("handover_appointment_past"):
        actions.accept(people.coordinator, row.id, NOW.on - timedelta(days=1), WORKER, NOW)
    done = actions.accept(people.coordinator, row.id, NOW.on + timedelta(days=7), "De heer Eenhoorn", NOW)
    assert (done.worker, done.first_appointment_on) == ("De heer Eenhoorn", NOW.on + timedelta(days=7))


def test_a_waiting_list_has_weeks_and_an_end(people: Cast) -> None:
    row = builders.sent(people.coordinator, people.dossier_id, NOW)
    with broken("handover_weeks"):
        actions.waiting_list(people.coordinator, row.id, 0, NOW)
    waits = actions.waiting_list(people.coordinator, row.id, 6, NOW)
    assert (waits.state, waits.wait_weeks) == (State.WAITING_LIST, 6)
    assert waits.silent_after(2) == NOW.on + timedelta(weeks=6)
    assert actions.accept(people.coordinator, row.id, NOW.on, WORKER, NOW).state == State.ACCEPTED


def test_a_first_talk_has_happened(people: Cast) -> None:
    row = builders.accepted(people.coordinator, people.dossier_id, NOW)
    with broken("handover_in_future"):
        actions.first_contact(people.coordinator, row.id, NOW.on + timedelta(days=1), NOW)
    assert actions.first_contact(people.coordinator, row.id, NOW.on, NOW).state == State.FIRST_CONTACT


@pytest.mark.parametrize(("days", "fits"), [(0, False), (27, False), (28, True), (90, True)])
def test_help_is_confirmed_four_weeks_later(people: Cast, days: int, fits: bool) -> None:
    row = builders.begun(people.coordinator, people.dossier_id, NOW)
    if fits:
        assert actions.confirm(people.coordinator, row.id, "", later(NOW, days)).is_settled
    else:
        with broken("handover_check_early"):
            actions.confirm(people.coordinator, row.id, "", later(NOW, days))


@pytest.mark.parametrize("begin", [builders.prepared, builders.sent, builders.accepted, builders.begun])
@pytest.mark.parametrize("side", list(Side))
def test_either_side_may_say_no_at_any_time(people: Cast, begin: Any, side: Side) -> None:
    row = begin(people.coordinator, people.dossier_id, NOW)
    done = actions.decline(people.coordinator, row.id, side, Ground.OTHER, NOW)
    assert (done.state, done.ended_by, done.ended_on) == (State.DECLINED, side, NOW.on)


def test_what_came_back_is_told(people: Cast, told: Told) -> None:
    row = builders.accepted(people.coordinator, people.dossier_id, NOW)
    done = actions.return_(people.coordinator, row.id, Ground.NO_SHOW, NOW)
    assert (done.state, done.ground, done.ended_by) == (State.RETURNED, Ground.NO_SHOW, Side.PROVIDER)
    assert told(people.dossier_id)[-1] == "HandoverReturned"
    with broken("illegal_move"):
        actions.accept(people.coordinator, row.id, NOW.on, WORKER, NOW)


@pytest.mark.parametrize("who", ["stranger", "volunteer"])
def test_others_find_no_handover(people: Cast, who: str) -> None:
    row = builders.sent(people.coordinator, people.dossier_id, NOW)
    actor = getattr(people, who)
    assert not Handover.visible_to(actor, NOW.on).exists()
    for act in (
        lambda: actions.consent_handover(actor, row.id, YES, NOW),
        lambda: actions.send(actor, row.id, EXTRACT, WORKER, NOW),
        lambda: actions.accept(actor, row.id, NOW.on, WORKER, NOW),
        lambda: actions.waiting_list(actor, row.id, 3, NOW),
        lambda: actions.first_contact(actor, row.id, NOW.on, NOW),
        lambda: actions.confirm(actor, row.id, "", NOW),
        lambda: actions.decline(actor, row.id, Side.MOTHER, Ground.OTHER, NOW),
        lambda: actions.return_(actor, row.id, Ground.OTHER, NOW),
    ):
        with pytest.raises(Http404):
            act()


# ---- after letting go


@pytest.mark.requirement("FIN-06")
def test_after_letting_go_other_help_is_offered(people: Cast) -> None:
    row = money.let_go(people.coordinator, NOW, 5)
    waiting = let_go_without_offer(people.coordinator, NOW.on)
    assert [plan.dossier_id for plan in waiting] == [row.dossier_id]
    assert not let_go_without_offer(people.stranger, NOW.on).exists()
    new = NewHandover(builders.provider().pk, "Hulp thuis.", discussed_on=NOW.on)
    actions.prepare_handover(people.coordinator, row.dossier_id, new, NOW)
    assert not let_go_without_offer(people.coordinator, NOW.on).exists()


def test_help_from_before_is_no_offer(people: Cast) -> None:
    row = money.rejected(people.coordinator, NOW, 5)
    builders.prepared(people.coordinator, row.dossier_id, NOW)
    money.actions.let_go(people.coordinator, row.id, later(NOW, 2))
    assert let_go_without_offer(people.coordinator, later(NOW, 2).on).exists()


def test_she_may_want_no_other_help(people: Cast, told: Told) -> None:
    row = money.let_go(people.coordinator, NOW, 5)
    done = actions.refuse_offer(people.coordinator, row.dossier_id, NOW)
    assert (done.state, done.ended_by, done.provider_id) == (State.DECLINED, Side.MOTHER, None)
    assert told(row.dossier_id) == ["HandoverDeclined"]
    assert not let_go_without_offer(people.coordinator, NOW.on).exists()
    with broken("handover_not_let_go"):
        actions.refuse_offer(people.coordinator, row.dossier_id, NOW)


def test_who_was_not_let_go_cannot_refuse_an_offer(people: Cast) -> None:
    with broken("handover_not_let_go"):
        actions.refuse_offer(people.coordinator, people.dossier_id, NOW)
