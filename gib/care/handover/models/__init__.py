"""Needs, cases of the reporting code, and handovers to regular help."""

from gib.care.handover.models.handovers import (
    Handover,
    handovers_of,
    let_go_by_us,
    let_go_without_offer,
    needs_for_us,
    norm,
    underway,
)
from gib.care.handover.models.needs import NeedSignal, due_of, triage_days
from gib.care.handover.models.safety import SafetyCase, SafetyStep, has_open_suspicion

__all__ = [
    "Handover",
    "NeedSignal",
    "SafetyCase",
    "SafetyStep",
    "due_of",
    "handovers_of",
    "has_open_suspicion",
    "let_go_by_us",
    "let_go_without_offer",
    "needs_for_us",
    "norm",
    "triage_days",
    "underway",
]
