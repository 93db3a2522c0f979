"""Who comes on a visit morning, in which round, and who drives whom: the proven best plan and its reasons."""

from gib.core.kernel.reading import Fault, ProblemRefused
from gib.engines.mornings.answer import Answer, answer
from gib.engines.mornings.checking import check, load, problem_of
from gib.engines.mornings.inspecting import PlanBroken, violations
from gib.engines.mornings.problem import POLICIES, Problem, policy_on

__all__ = [
    "POLICIES",
    "Answer",
    "Fault",
    "PlanBroken",
    "Problem",
    "ProblemRefused",
    "answer",
    "check",
    "load",
    "policy_on",
    "problem_of",
    "violations",
]
