"""What people do about money: agree, ask, answer, count the silence, find another payer, let go."""

from gib.care.aftercare.actions.agreements import NewAgreement, end_agreement, record_agreement
from gib.care.aftercare.actions.answers import (
    Grant,
    answer_question,
    ask_question,
    find_alternative,
    grant,
    record_no_answer,
    reject,
)
from gib.care.aftercare.actions.endings import let_go, settle, supersede, withdraw
from gib.care.aftercare.actions.requests import cover_by_agreement, draft_request, submit_request

__all__ = [
    "Grant",
    "NewAgreement",
    "answer_question",
    "ask_question",
    "cover_by_agreement",
    "draft_request",
    "end_agreement",
    "find_alternative",
    "grant",
    "let_go",
    "record_agreement",
    "record_no_answer",
    "reject",
    "settle",
    "submit_request",
    "supersede",
    "withdraw",
]
