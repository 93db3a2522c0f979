"""What people do with needs: raise, weigh, talk over, follow the reporting code, hand over, look again."""

from gib.care.handover.actions.handovers import (
    NewHandover,
    accept,
    confirm,
    consent_handover,
    decline,
    first_contact,
    prepare_handover,
    refuse_offer,
    return_,
    send,
    waiting_list,
)
from gib.care.handover.actions.needs import close_signal, discuss, raise_signal, triage
from gib.care.handover.actions.safety import (
    NewStep,
    close_case,
    confirm_conclusion,
    propose_conclusion,
    take_step,
)

__all__ = [
    "NewHandover",
    "NewStep",
    "accept",
    "close_case",
    "close_signal",
    "confirm",
    "confirm_conclusion",
    "consent_handover",
    "decline",
    "discuss",
    "first_contact",
    "prepare_handover",
    "propose_conclusion",
    "raise_signal",
    "refuse_offer",
    "return_",
    "send",
    "take_step",
    "triage",
    "waiting_list",
]
