"""The rules of the reporting code, without a database."""

from datetime import date, timedelta
from itertools import product

import pytest

from gib.care.handover.domain import (
    CodeStep,
    Conclusion,
    NeedKind,
    Urgency,
    needs,
    safety,
    weigh,
)
from gib.care.handover.tests.asking import broken

TODAY = date(2011, 1, 11)  # a Tuesday
UNSAFE = [(kind, urgency) for kind in NeedKind for urgency in Urgency if needs.is_about_safety(kind, urgency)]
USUAL = [(kind, urgency) for kind in NeedKind for urgency in Urgency if (kind, urgency) not in UNSAFE]


def day(days: int) -> date:
    return TODAY + timedelta(days=days)


def _oracle(answers: tuple[bool, ...]) -> tuple[Conclusion, int]:
    """Say by hand what the national framework says, and how many questions it asks."""
    if not answers[0]:
        return Conclusion.NO_REPORT, 1
    if answers[1]:
        return Conclusion.REPORT, 2
    for at in (2, 3, 4):
        if not answers[at]:
            return Conclusion.REPORT, at + 1
    return Conclusion.OTHER_HELP, 5


@pytest.mark.requirement("MLD-04")
@pytest.mark.parametrize("answers", list(product((True, False), repeat=5)))
def test_all_ways_through_the_five_questions(answers: tuple[bool, ...]) -> None:
    conclusion, asked = _oracle(answers)
    assert weigh(answers[:asked]) is conclusion
    for wrong in {1, 2, 3, 4, 5} - {asked}:
        with broken("safety_questions"):
            weigh(answers[:wrong])


def test_no_answer_is_no_weighing() -> None:
    with broken("safety_questions"):
        weigh(())


@pytest.mark.requirement("MLD-05")
@pytest.mark.parametrize(
    ("step", "note", "talked", "reason", "code"),
    [
        (CodeStep.MAP, "", "", "", "safety_note"),
        (CodeStep.TALK, " ", "parent", "", "safety_note"),
        (CodeStep.TALK, "x", "", "", "safety_talk"),
        (CodeStep.TALK, "x", "parent", "unreachable", "safety_talk"),
        (CodeStep.TALK, "x", "child", "", ""),
        (CodeStep.TALK, "x", "", "unsafe_to_talk", ""),
        (CodeStep.ADVICE, "x", "", "", ""),
    ],
)
def test_a_step_tells_what_was_done(step: CodeStep, note: str, talked: str, reason: str, code: str) -> None:
    if code:
        with broken(code):
            safety.check_step(step, note, talked, reason)
    else:
        safety.check_step(step, note, talked, reason)


@pytest.mark.requirement("MLD-03")
@pytest.mark.parametrize(
    ("lacks", "code"),
    [
        (CodeStep.MAP, "safety_step_map"),
        (CodeStep.ADVICE, "safety_step_advice"),
        (CodeStep.TALK, "safety_step_talk"),
        (CodeStep.WEIGH, "safety_step_weigh"),
    ],
)
def test_a_decision_comes_after_all_steps(lacks: CodeStep, code: str) -> None:
    with broken(code):
        safety.check_propose(set(CodeStep) - {lacks}, Conclusion.OTHER_HELP, Conclusion.OTHER_HELP, "")


def test_the_first_step_that_lacks_is_named() -> None:
    with broken("safety_step_map"):
        safety.check_propose(set(), None, Conclusion.REPORT, "")


@pytest.mark.requirement("MLD-04")
@pytest.mark.parametrize("conclusion", [Conclusion.OTHER_HELP, Conclusion.NO_REPORT])
def test_not_reporting_against_the_weighing_needs_a_reason(conclusion: Conclusion) -> None:
    done = set(CodeStep)
    with broken("safety_reason"):
        safety.check_propose(done, Conclusion.REPORT, conclusion, " ")
    safety.check_propose(done, Conclusion.REPORT, conclusion, "Er loopt al een melding.")
    safety.check_propose(done, Conclusion.OTHER_HELP, conclusion, "")
    safety.check_propose(done, Conclusion.REPORT, Conclusion.REPORT, "")


def test_the_second_person_is_another() -> None:
    with broken("safety_second_person"):
        safety.check_second("a", "a")
    safety.check_second("a", "b")
