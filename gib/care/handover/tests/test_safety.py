"""The reporting code, and that nobody else hears of it, on the database."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404

from gib.care.handover import actions, builders
from gib.care.handover.actions import NewStep
from gib.care.handover.builders import STEPS
from gib.care.handover.domain import (
    CodeStep,
    Conclusion,
    Decision,
    NeedKind,
    NoTalk,
    SafetyState,
    SignalState,
    Urgency,
)
from gib.care.handover.models import NeedSignal, SafetyCase, SafetyStep
from gib.care.handover.tests.asking import broken
from gib.care.handover.tests.conftest import NOW, Cast, later
from gib.core.access import rls
from gib.core.access.actor import Actor
from gib.core.access.tables import Role
from gib.core.journal.models import Happening
from gib.people.families.domain.codes import Place
from gib.people.families.domain.consent import Answer

pytestmark = pytest.mark.django_db(databases=["default", "keys", "log"])
Told = Callable[[UUID], list[str]]
YES = Answer(place=Place.PRISON)


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
        actions.propose_conclusion(people.coordinator, row.id, Conclusion.REPORT, "", NOW)


@pytest.mark.requirement("MLD-04")
def test_the_latest_weighing_counts(people: Cast) -> None:
    row = builders.weighed(people.coordinator, people.dossier_id, NOW)
    worse = replace(STEPS[3], answers=(True, True))
    actions.take_step(people.coordinator, row.id, worse, NOW)
    with broken("safety_reason"):
        actions.propose_conclusion(people.coordinator, row.id, Conclusion.OTHER_HELP, "", NOW)
    done = actions.propose_conclusion(
        people.coordinator, row.id, Conclusion.OTHER_HELP, "Er loopt al hulp.", NOW
    )
    assert (done.state, done.conclusion, done.reason) == (
        SafetyState.PROPOSED,
        Conclusion.OTHER_HELP,
        "Er loopt al hulp.",
    )


def test_two_persons_decide(people: Cast) -> None:
    row = builders.proposed(people.coordinator, people.dossier_id, NOW)
    with broken("safety_second_person"):
        actions.confirm_conclusion(people.coordinator, row.id, True, NOW)
    done = actions.confirm_conclusion(people.deputy, row.id, True, NOW)
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
    back = actions.confirm_conclusion(people.deputy, row.id, False, NOW)
    assert (back.state, back.conclusion, back.proposed_by) == (SafetyState.OPEN, "", None)
    again = actions.propose_conclusion(people.deputy, row.id, Conclusion.REPORT, "", NOW)
    assert actions.confirm_conclusion(people.coordinator, again.id, True, NOW).state == SafetyState.DECIDED


def test_nobody_sends_back_her_own_proposal(people: Cast) -> None:
    row = builders.proposed(people.coordinator, people.dossier_id, NOW)
    with broken("safety_second_person"):
        actions.confirm_conclusion(people.coordinator, row.id, False, NOW)


def test_steps_rest_while_a_decision_waits(people: Cast) -> None:
    row = builders.proposed(people.coordinator, people.dossier_id, NOW)
    with broken("illegal_move"):
        actions.take_step(people.coordinator, row.id, STEPS[0], NOW)
    with broken("illegal_move"):
        actions.close_case(people.coordinator, row.id, "Klaar.", NOW)


def test_a_case_closes_with_its_outcome(people: Cast) -> None:
    row = builders.proposed(people.coordinator, people.dossier_id, NOW)
    actions.confirm_conclusion(people.deputy, row.id, True, NOW)
    with broken("safety_note"):
        actions.close_case(people.coordinator, row.id, " ", NOW)


def test_the_signal_closes_after_the_case(people: Cast) -> None:
    row = builders.proposed(people.coordinator, people.dossier_id, NOW)
    with broken("signal_safety_open"):
        actions.close_signal(people.coordinator, row.signal_id, NOW)
    actions.confirm_conclusion(people.deputy, row.id, True, NOW)
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
        lambda: actions.propose_conclusion(actor, row.id, Conclusion.REPORT, "", NOW),
        lambda: actions.confirm_conclusion(actor, row.id, True, NOW),
        lambda: actions.close_case(actor, row.id, "x", NOW),
    ):
        with pytest.raises((Http404, PermissionDenied)):
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
    actions.confirm_conclusion(people.deputy, row.id, True, NOW)
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
