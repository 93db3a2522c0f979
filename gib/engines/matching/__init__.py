"""Which volunteer for which mother: hard rules, points, the proven best plan for all, and its reasons."""

from gib.core.kernel.reading import Fault, ProblemRefused
from gib.engines.matching.answer import answer
from gib.engines.matching.checking import check, load, problem_of
from gib.engines.matching.explain import candidate, insert, nearly, price, refused, top, why_not
from gib.engines.matching.market import Market, Matching, market_of, match
from gib.engines.matching.pool import Pool
from gib.engines.matching.problem import POLICIES, Problem, policy_on

__all__ = [
    "POLICIES",
    "Fault",
    "Market",
    "Matching",
    "Pool",
    "Problem",
    "ProblemRefused",
    "answer",
    "candidate",
    "check",
    "insert",
    "load",
    "market_of",
    "match",
    "nearly",
    "policy_on",
    "price",
    "problem_of",
    "refused",
    "top",
    "why_not",
]
