"""The fortnightly visits of pairs: as many as possible, as few as possible off their rhythm, proven best."""

from gib.engines.mornings.visits.answer import CalendarAnswer, answer, violations
from gib.engines.mornings.visits.checking import check, load
from gib.engines.mornings.visits.problem import Calendar

__all__ = ["Calendar", "CalendarAnswer", "answer", "check", "load", "violations"]
