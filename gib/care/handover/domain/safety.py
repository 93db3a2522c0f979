"""The reporting code: five steps, five questions in a fixed order, and a decision by two persons."""

from collections.abc import Collection, Sequence
from enum import StrEnum
from typing import Final

from gib.core.kernel.flow import Flow, steps
from gib.core.kernel.rules import RuleBroken, declare

declare(
    {
        "safety_step_map": "Leg eerst vast welke signalen er zijn.",
        "safety_step_advice": "Vraag eerst advies, en leg vast wat het was.",
        "safety_step_talk": "Leg eerst het gesprek vast, of waarom het niet kan.",
        "safety_step_weigh": "Beantwoord eerst de vijf vragen.",
        "safety_note": "Schrijf op wat u deed en wat daaruit kwam.",
        "safety_talk": "Leg vast met wie u sprak, of kies waarom een gesprek nu niet kan.",
        "safety_questions": "Beantwoord de vragen op volgorde, tot een vraag de uitkomst geeft.",
        "safety_second_person": "Een ander dan u moet dit besluit bevestigen. Vraag een collega.",
        "safety_reason": "De afweging zegt: melden. Schrijf op waarom u dat niet doet.",
    }
)


class SafetyState(StrEnum):
    """Where a case stands: being worked on, waiting for the second person, decided, closed."""

    OPEN = "open"
    PROPOSED = "proposed"
    DECIDED = "decided"
    CLOSED = "closed"


SAFETY_FLOW: Final = Flow(
    SafetyState.OPEN,
    steps(
        {
            SafetyState.OPEN: (SafetyState.PROPOSED,),
            SafetyState.PROPOSED: (SafetyState.OPEN, SafetyState.DECIDED),
            SafetyState.DECIDED: (SafetyState.CLOSED,),
        }
    ),
)


class CodeStep(StrEnum):
    """The steps before the decision, in the order of the reporting code; each may be done again."""

    MAP = "map"
    ADVICE = "advice"
    TALK = "talk"
    WEIGH = "weigh"


class NoTalk(StrEnum):
    """Why nobody talked with parent or child."""

    UNSAFE_TO_TALK = "unsafe_to_talk"
    CHILD_TOO_YOUNG = "child_too_young"
    UNREACHABLE = "unreachable"
    ADVISED_AGAINST = "advised_against"


class Conclusion(StrEnum):
    """What is decided, and what the five questions say."""

    REPORT = "report"
    OTHER_HELP = "other_help"
    NO_REPORT = "no_report"


#: Per question: the answer that ends the row, and what then follows. Source: MLD-04, national framework.
_ENDS: Final = (
    (False, Conclusion.NO_REPORT),
    (True, Conclusion.REPORT),
    (False, Conclusion.REPORT),
    (False, Conclusion.REPORT),
    (False, Conclusion.REPORT),
)


def weigh(answers: Sequence[bool]) -> Conclusion:
    """Give what the five questions say: is there a suspicion, is somebody unsafe now or always, can we
    arrange help that works, do they accept it, does it make them safe.

    Args:
        answers: in order; asking stops at the first answer that decides.

    Raises:
        RuleBroken: 'safety_questions' when answers are missing before the end, or given after it.
    """
    for at, (answer, (end, conclusion)) in enumerate(zip(answers, _ENDS, strict=False)):
        if answer is end:
            _check_last(at, answers)
            return conclusion
    _check_last(len(_ENDS) - 1, answers)
    return Conclusion.OTHER_HELP


def _check_last(at: int, answers: Sequence[bool]) -> None:
    if len(answers) != at + 1:
        raise RuleBroken("safety_questions")


def check_step(step: CodeStep, note: str, talked_with: str, no_talk: str) -> None:
    """Refuse a step that tells nothing, and a talk without a partner or a coded reason.

    Raises:
        RuleBroken: 'safety_note', 'safety_talk' (MLD-05).
    """
    if not note.strip():
        raise RuleBroken("safety_note")
    if step is CodeStep.TALK and bool(talked_with) == bool(no_talk):
        raise RuleBroken("safety_talk")


def check_propose(
    done: Collection[str], said: Conclusion | None, conclusion: Conclusion, reason: str
) -> None:
    """Let a decision be proposed after all steps; against the outcome of the questions only with a reason.

    Args:
        done: the steps that were taken at least once.
        said: what the latest weighing says.

    Raises:
        RuleBroken: 'safety_step_map', 'safety_step_advice', 'safety_step_talk', 'safety_step_weigh',
        'safety_reason'.
    """
    for step in CodeStep:
        if step not in done:
            raise RuleBroken(f"safety_step_{step}")
    if said is Conclusion.REPORT and conclusion is not Conclusion.REPORT and not reason.strip():
        raise RuleBroken("safety_reason")


def check_second(first: object, second: object) -> None:
    """Let another person than the first confirm or send back.

    Raises:
        RuleBroken: 'safety_second_person'.
    """
    if first == second:
        raise RuleBroken("safety_second_person")
