"""The rules of a referral, without a database."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from gib.care.referral import domain
from gib.care.referral.builders import answers
from gib.care.referral.domain import FLOW, Children, EndReason, State, StatusWord, Urgency
from gib.core.kernel.events import EVENTS
from gib.core.kernel.rules import CATALOGUE, RuleBroken

ON = date(2011, 1, 11)
DAYS = st.dates(date(2009, 1, 1), date(2013, 12, 31))


class Walk(RuleBasedStateMachine):
    """Any row of steps keeps to the table, and ends where nothing follows."""

    def __init__(self) -> None:
        super().__init__()
        self.state = FLOW.start
        self.passed = [self.state]

    @rule(to=st.sampled_from(State))
    def step(self, to: State) -> None:
        if FLOW.may_move(self.state, to):
            self.state = FLOW.move(self.state, to)
            self.passed.append(self.state)
        else:
            with pytest.raises(RuleBroken, match="illegal_move"):
                FLOW.move(self.state, to)

    @invariant()
    def nothing_is_done_with_a_draft(self) -> None:
        assert self.state is State.DRAFT or State.SUBMITTED in self.passed

    @invariant()
    def a_trajectory_follows_only_from_an_intake(self) -> None:
        assert self.state is not State.CONVERTED or State.INTAKE_DONE in self.passed

    @invariant()
    def a_final_state_has_a_last_word_for_the_referrer(self) -> None:
        if FLOW.is_final(self.state):
            assert domain.status_word(self.state) in (StatusWord.STARTED, StatusWord.NOT_STARTED)

    @invariant()
    def nobody_is_overtaken_after_the_talk(self) -> None:
        assert self.state is not State.OVERTAKEN or State.INTAKE_DONE not in self.passed


TestWalk = Walk.TestCase


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"first_name": ""}, "name_missing"),
        ({"last_name": ""}, "name_missing"),
        ({"born_on": None}, "birth_missing"),
        ({"born_on": date(2009, 1, 1)}, "birth_implausible"),
        ({"born_on": None, "birth_year": 1900}, "birth_implausible"),
        ({"unit": ""}, "unit_missing"),
        ({"consent_seen_on": ON + timedelta(days=1)}, "consent_in_future"),
        ({"children": None}, "children_unanswered"),
        ({"expected_on": ON - timedelta(days=1)}, "release_in_past"),
    ],
)
def test_a_referral_that_cannot_be_sent_says_why(changes: dict[str, object], code: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        domain.check_submit(replace(answers(), **changes), ON)
    assert refused.value.code == code


@pytest.mark.requirement("DJI-01")
def test_without_her_consent_seen_nothing_is_sent() -> None:
    with pytest.raises(RuleBroken, match="consent_not_seen"):
        domain.check_submit(answers(consent_seen_on=None), ON)


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"born_on": None, "birth_year": 1984},
        {"children": Children.UNKNOWN, "children_count": None},
        {"expected_on": None, "language": "", "wish": "", "call_back": ""},
        {"expected_on": ON, "consent_seen_on": ON},
    ],
)
def test_five_answers_are_enough(changes: dict[str, object]) -> None:
    domain.check_submit(replace(answers(), **changes), ON)
    assert replace(answers(), **changes).first_name == "Wendeline"


def test_what_is_struck_out_is_not_sent() -> None:
    sent = domain.without(answers(), ["expected_on", "wish"])
    assert (sent.expected_on, sent.expected_source, sent.wish) == (None, "", "")
    assert sent.call_back == "toestel 17"


@given(st.sets(st.sampled_from(["first_name", "last_name", "born_on", "unit", "children", "token"])))
def test_a_required_answer_cannot_be_struck_out(struck: set[str]) -> None:
    assert domain.without(answers(), struck) == answers()


@pytest.mark.parametrize("question", ["", "   ", "\n"])
def test_a_question_without_words_is_refused(question: str) -> None:
    with pytest.raises(RuleBroken, match="question_missing"):
        domain.check_question(question)


def test_a_question_with_words_passes() -> None:
    assert domain.check_question("Op welke afdeling zit zij nu?") is None


@pytest.mark.parametrize(
    ("planned_on", "not_before_on", "code"),
    [
        (ON - timedelta(days=1), None, "talk_in_past"),
        (ON, ON + timedelta(days=1), "not_before"),
    ],
)
def test_a_talk_on_a_wrong_day_is_refused(planned_on: date, not_before_on: date | None, code: str) -> None:
    with pytest.raises(RuleBroken, match=code):
        domain.check_plan(planned_on, not_before_on, ON)


def test_a_talk_on_the_day_she_asked_for_passes() -> None:
    assert domain.check_plan(ON, ON, ON) is None
    assert domain.check_plan(ON, None, ON) is None


@pytest.mark.parametrize("state", [state for state in State if state is not State.INTAKE_DONE])
@pytest.mark.parametrize("reason", [EndReason.INFORMATION_ONLY, EndReason.RELEASED_FIRST])
def test_most_reasons_to_stop_need_a_talk(state: State, reason: EndReason) -> None:
    with pytest.raises(RuleBroken, match="not_after_talk"):
        domain.check_end(state, reason)


@pytest.mark.parametrize("state", [State.ACCEPTED, State.INTAKE_PLANNED, State.INTAKE_DONE])
def test_a_mother_may_say_no_at_any_time(state: State) -> None:
    domain.check_end(state, EndReason.MOTHER_REFUSES)
    assert FLOW.may_move(state, State.NO_TRAJECTORY)


@pytest.mark.requirement("DJI-02")
@pytest.mark.parametrize(
    ("state", "word"),
    [
        (State.DRAFT, StatusWord.DRAFT),
        (State.SUBMITTED, StatusWord.RECEIVED),
        (State.RETURNED, StatusWord.ASKED),
        (State.ACCEPTED, StatusWord.RECEIVED),
        (State.INTAKE_PLANNED, StatusWord.PLANNED),
        (State.INTAKE_DONE, StatusWord.PLANNED),
        (State.CONVERTED, StatusWord.STARTED),
        (State.DECLINED, StatusWord.NOT_STARTED),
        (State.NO_TRAJECTORY, StatusWord.NOT_STARTED),
        (State.OVERTAKEN, StatusWord.NOT_STARTED),
    ],
)
def test_the_referrer_hears_a_word_and_no_reason(state: State, word: StatusWord) -> None:
    assert domain.status_word(state) is word


def test_a_referral_that_was_attached_counts_as_started() -> None:
    assert domain.status_word(State.DECLINED, is_attached=True) is StatusWord.STARTED


@pytest.mark.parametrize(
    ("days", "urgency"),
    [(-1, "now"), (0, "now"), (7, "now"), (8, "soon"), (28, "soon"), (29, "later"), (None, "unknown")],
)
def test_urgency_follows_from_the_days_left(days: int | None, urgency: str) -> None:
    expected_on = None if days is None else ON + timedelta(days=days)
    assert domain.urgency(expected_on, ON) == urgency
    assert domain.days_left(expected_on, ON) == days


@given(st.lists(st.tuples(st.none() | DAYS, DAYS), min_size=2, max_size=8))
def test_the_queue_is_by_days_left_and_then_by_age(rows: list[tuple[date | None, date]]) -> None:
    queue = sorted(rows, key=lambda row: domain.queue_place(*row, ON))
    known = [leaves_on for leaves_on, _ in queue if leaves_on]
    assert known == sorted(known)
    unknown = [since for leaves_on, since in queue if leaves_on is None]
    assert unknown == sorted(unknown)


def test_who_may_leave_any_day_goes_before_who_stays_long() -> None:
    later, unknown = ON + timedelta(days=60), None
    assert domain.queue_place(unknown, ON, ON) < domain.queue_place(later, ON, ON)
    assert domain.queue_place(ON + timedelta(days=20), ON, ON) < domain.queue_place(unknown, ON, ON)
    assert domain.queue_place(None, None, ON)[0] == list(Urgency).index(Urgency.UNKNOWN)


def test_the_clock_of_the_first_talk_counts_working_days() -> None:
    assert domain.talk_due_on(date(2011, 1, 6)) == date(2011, 1, 13)
    assert domain.talk_due_on(date(2011, 1, 6), 1) == date(2011, 1, 7)


@pytest.mark.parametrize(
    ("state", "days", "is_late"),
    [
        (State.SUBMITTED, 7, False),
        (State.SUBMITTED, 8, True),
        (State.ACCEPTED, 8, True),
        (State.INTAKE_PLANNED, 8, True),
        (State.RETURNED, 30, False),
        (State.INTAKE_DONE, 30, False),
        (State.DECLINED, 30, False),
    ],
)
def test_a_first_talk_is_late_after_five_working_days(state: State, days: int, is_late: bool) -> None:
    assert domain.is_overdue(state, ON, ON + timedelta(days=days), 5) is is_late


def test_a_draft_is_never_late() -> None:
    assert domain.is_overdue(State.DRAFT, None, ON, 5) is False
    assert domain.is_overdue(State.SUBMITTED, None, ON, 5) is False


def _own_events() -> list[type[domain.ReferralEvent]]:
    return [event for event in EVENTS.values() if issubclass(event, domain.ReferralEvent)]


def test_every_event_tells_her_something() -> None:
    told = [event for event in _own_events() if event is not domain.ReferralEvent]
    assert len(told) == 13
    assert all(event.sentence.endswith(".") and len(event.sentence.split()) <= 12 for event in told)


def test_events_carry_codes_and_no_names() -> None:
    event = domain.Submitted(referral_id=UUID(int=1), channel=domain.Channel.MMD, consent_seen_on=ON)
    assert event.payload() == {
        "referral_id": str(UUID(int=1)),
        "channel": "mmd",
        "consent_seen_on": "2011-01-11",
    }


@pytest.mark.requirement("PRV-03")
def test_there_is_no_answer_about_the_offence() -> None:
    names = " ".join(answers().__dataclass_fields__)
    assert not any(word in names for word in ("offence", "sentence", "crime", "verdict", "bsn"))


@pytest.mark.parametrize("code", ["name_missing", "consent_not_seen", "not_before", "team_missing"])
def test_every_refusal_has_a_short_sentence(code: str) -> None:
    assert all(len(part.split()) <= 20 for part in CATALOGUE[code].split("."))
