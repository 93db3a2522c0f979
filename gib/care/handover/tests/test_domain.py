"""The states, and the rules about signals and handovers, without a database."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from gib.care.handover import domain
from gib.care.handover.domain import (
    FLOW,
    SAFETY_FLOW,
    SIGNAL_FLOW,
    Decision,
    NeedKind,
    SafetyState,
    SignalState,
    State,
    Urgency,
    handovers,
    needs,
)
from gib.care.handover.tests.asking import broken
from gib.core.kernel.events import EVENTS
from gib.core.kernel.flow import Flow
from gib.core.kernel.rules import CATALOGUE, RuleBroken

TODAY = date(2011, 1, 11)  # a Tuesday
UNSAFE = [(kind, urgency) for kind in NeedKind for urgency in Urgency if needs.is_about_safety(kind, urgency)]
USUAL = [(kind, urgency) for kind in NeedKind for urgency in Urgency if (kind, urgency) not in UNSAFE]


def day(days: int) -> date:
    return TODAY + timedelta(days=days)


# ---- states


class Moves(RuleBasedStateMachine):
    """Any row of moves: what the table lacks is refused and changes nothing."""

    flow: Any = FLOW

    def __init__(self) -> None:
        super().__init__()
        self.path = [self.flow.start]

    @rule(number=st.integers(0, 20))
    def move(self, number: int) -> None:
        states = list(type(self.flow.start))
        before, to = self.path[-1], states[number % len(states)]
        try:
            self.path.append(self.flow.move(before, to))
        except RuleBroken as error:
            assert error.code == "illegal_move"
            assert not self.flow.may_move(before, to)

    @invariant()
    def the_end_is_the_end(self) -> None:
        assert not any(self.flow.is_final(state) for state in self.path[:-1])


class Handovers(Moves):
    """A handover."""

    @invariant()
    def nothing_is_sent_that_she_did_not_allow(self) -> None:
        if State.SENT in self.path:
            assert State.CONSENTED in self.path[: self.path.index(State.SENT)]

    @invariant()
    def help_is_confirmed_only_after_a_first_talk(self) -> None:
        if self.path[-1] is State.CONFIRMED:
            assert self.path[-2] is State.FIRST_CONTACT


class Signals(Moves):
    """A signal."""

    flow = SIGNAL_FLOW

    @invariant()
    def nothing_is_closed_that_nobody_weighed(self) -> None:
        if self.path[-1] is SignalState.CLOSED:
            assert SignalState.TRIAGED in self.path


class Cases(Moves):
    """A case of the reporting code."""

    flow = SAFETY_FLOW

    @invariant()
    def nothing_is_decided_that_was_not_proposed(self) -> None:
        if SafetyState.DECIDED in self.path:
            assert self.path[self.path.index(SafetyState.DECIDED) - 1] is SafetyState.PROPOSED


TestHandovers, TestSignals, TestCases = Handovers.TestCase, Signals.TestCase, Cases.TestCase


@pytest.mark.parametrize("flow", [FLOW, SIGNAL_FLOW, SAFETY_FLOW], ids=["handover", "signal", "case"])
def test_every_state_can_be_reached(flow: Flow[State]) -> None:
    reached, waiting = {flow.start}, [flow.start]
    while waiting:
        for to in flow.steps.get(waiting.pop(), frozenset()) - reached:
            reached.add(to)
            waiting.append(to)
    assert reached == set(type(flow.start))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (State.PREPARED, State.SENT),
        (State.PREPARED, State.CONFIRMED),
        (State.CONSENTED, State.ACCEPTED),
        (State.SENT, State.FIRST_CONTACT),
        (State.SENT, State.CONFIRMED),
        (State.ACCEPTED, State.CONFIRMED),
        (State.WAITING_LIST, State.FIRST_CONTACT),
        (State.CONFIRMED, State.RETURNED),
        (State.DECLINED, State.PREPARED),
        (State.RETURNED, State.SENT),
    ],
)
def test_a_handover_takes_no_shortcut(before: State, after: State) -> None:
    with broken("illegal_move"):
        FLOW.move(before, after)


# ---- signals


@pytest.mark.parametrize(("kind", "urgency"), UNSAFE)
def test_what_is_about_safety_has_one_way(kind: NeedKind, urgency: Urgency) -> None:
    for decision in set(Decision) - {Decision.SAFETY}:
        with broken("signal_must_be_safety"):
            needs.check_triage(kind, urgency, decision)
    needs.check_triage(kind, urgency, Decision.SAFETY)


@pytest.mark.parametrize(("kind", "urgency"), USUAL)
def test_the_rest_is_free_to_weigh(kind: NeedKind, urgency: Urgency) -> None:
    for decision in Decision:
        needs.check_triage(kind, urgency, decision)


def test_a_child_in_danger_and_any_unsafe_person_are_about_safety() -> None:
    assert (NeedKind.CHILD_SAFETY, Urgency.TALK) in UNSAFE
    assert (NeedKind.HOUSING, Urgency.UNSAFE) in UNSAFE
    assert (NeedKind.DEBT, Urgency.HELP) in USUAL


@pytest.mark.parametrize(
    ("kind", "urgency", "decision", "quiet"),
    [
        (NeedKind.DEBT, Urgency.HELP, "", False),
        (NeedKind.DEBT, Urgency.HELP, Decision.HANDOVER, False),
        (NeedKind.DEBT, Urgency.HELP, Decision.SAFETY, True),
        (NeedKind.CHILD_SAFETY, Urgency.TALK, "", True),
        (NeedKind.OTHER, Urgency.UNSAFE, "", True),
    ],
)
def test_what_is_about_safety_is_quiet(kind: NeedKind, urgency: Urgency, decision: str, quiet: bool) -> None:
    assert needs.is_quiet(kind, urgency, decision) is quiet


@pytest.mark.parametrize(
    ("raised_on", "due"),
    [
        (date(2011, 1, 11), date(2011, 1, 13)),
        (date(2011, 1, 13), date(2011, 1, 17)),
        (date(2011, 1, 14), date(2011, 1, 18)),
        (date(2011, 1, 15), date(2011, 1, 18)),
    ],
)
def test_a_need_is_weighed_within_two_working_days(raised_on: date, due: date) -> None:
    assert needs.triage_due(NeedKind.DEBT, Urgency.HELP, raised_on, 2) == due


@pytest.mark.parametrize(("kind", "urgency"), UNSAFE)
def test_safety_is_weighed_the_same_day(kind: NeedKind, urgency: Urgency) -> None:
    saturday = date(2011, 1, 15)
    assert needs.triage_due(kind, urgency, saturday, 2) == saturday


@pytest.mark.parametrize("words", ["", " ", "\n\t"])
def test_an_empty_signal_is_refused(words: str) -> None:
    with broken("signal_words"):
        needs.check_words(words)


def test_a_signal_with_words_stands() -> None:
    needs.check_words("Zij huilde.")


def test_the_talk_about_safety_is_held_in_the_code() -> None:
    with broken("signal_is_safety"):
        needs.check_discuss(Decision.SAFETY)
    for decision in set(Decision) - {Decision.SAFETY}:
        needs.check_discuss(decision)


@pytest.mark.parametrize(
    ("decision", "followed", "code"),
    [
        (Decision.HANDOVER, False, "signal_no_handover"),
        (Decision.SAFETY, False, "signal_safety_open"),
        (Decision.HANDOVER, True, ""),
        (Decision.SAFETY, True, ""),
        (Decision.WATCH, False, ""),
        (Decision.NO_ACTION, False, ""),
        (Decision.ADVICE, False, ""),
    ],
)
def test_a_signal_ends_when_its_decision_was_followed(decision: Decision, followed: bool, code: str) -> None:
    if code:
        with broken(code):
            needs.check_close(decision, followed)
    else:
        needs.check_close(decision, followed)


# ---- handovers


def test_a_handover_begins_with_her() -> None:
    with broken("handover_not_discussed"):
        handovers.check_discussed(False)
    handovers.check_discussed(True)


@pytest.mark.parametrize(
    ("consent", "worker", "extract", "code"),
    [
        (False, "x", {"who": "x"}, "handover_consent"),
        (True, " ", {"who": "x"}, "handover_no_worker"),
        (True, "x", {}, "handover_extract_empty"),
        (True, "x", {"who": " "}, "handover_extract_empty"),
        (True, "x", {"who": "x"}, ""),
    ],
)
def test_what_leaves_the_house_is_allowed_and_addressed(
    consent: bool, worker: str, extract: dict[str, str], code: str
) -> None:
    if code:
        with broken(code):
            handovers.check_send(consent, worker, extract)
    else:
        handovers.check_send(consent, worker, extract)


def test_a_first_appointment_lies_ahead() -> None:
    with broken("handover_appointment_past"):
        handovers.check_appointment(day(-1), TODAY)
    handovers.check_appointment(TODAY, TODAY)


def test_a_talk_that_is_to_come_has_not_happened() -> None:
    with broken("handover_in_future"):
        handovers.check_happened(day(1), TODAY)
    handovers.check_happened(TODAY, TODAY)


def test_a_waiting_list_has_a_length() -> None:
    with broken("handover_weeks"):
        handovers.check_weeks(0)
    handovers.check_weeks(1)


@given(st.integers(1, 26), st.integers(-30, 300))
def test_help_is_confirmed_from_the_day_of_the_check(weeks: int, days: int) -> None:
    if days >= 7 * weeks:
        handovers.check_confirm(TODAY, weeks, day(days))
    else:
        with broken("handover_check_early"):
            handovers.check_confirm(TODAY, weeks, day(days))


@pytest.mark.parametrize("state", list(State))
def test_only_who_waits_can_meet_silence(state: State) -> None:
    last = handovers.waits_until(state, TODAY, day(40), 2)
    expected = {State.SENT: day(14), State.WAITING_LIST: day(40)}
    assert last == expected.get(state)


# ---- words


@pytest.mark.requirement("MLD-08")
def test_only_the_reporting_code_is_told_to_nobody() -> None:
    own = {name: event for name, event in EVENTS.items() if event.__module__ == domain.__name__}
    assert all(name.startswith("handover.") for name in own)
    silent = {name for name, event in own.items() if not event.sentence}
    assert silent == {"handover.SafetyNoted", "handover.HandoverEvent"}


def test_no_sentence_for_her_names_a_volunteer_or_safety() -> None:
    own = [event for event in EVENTS.values() if event.__module__ == domain.__name__]
    told = " ".join(event.sentence.lower() for event in own)
    assert not [word for word in ("veilig", "meldcode", "melding", "vrijwilliger") if word in told]


@pytest.mark.parametrize("prefix", ["signal_", "safety_", "handover_"])
def test_every_code_has_a_sentence(prefix: str) -> None:
    found = [sentence for code, sentence in CATALOGUE.items() if code.startswith(prefix)]
    assert found
    assert all(sentence.endswith(".") for sentence in found)
