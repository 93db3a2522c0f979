"""What people do about money: agree, ask, answer, count the silence, find another payer, let go, confer."""

from gib.care.aftercare.actions.agreements import (
    NewAgreement,
    end_agreement,
    record_agreement,
    take_back_agreement,
)
from gib.care.aftercare.actions.answers import (
    Grant,
    answer_question,
    ask_question,
    find_alternative,
    grant,
    record_no_answer,
    reject,
)
from gib.care.aftercare.actions.conferences import (
    NewConference,
    NewItem,
    NewPoint,
    add_point,
    finish_point,
    hold_conference,
    note_decision,
    share_item,
)
from gib.care.aftercare.actions.endings import let_go, settle, supersede, withdraw
from gib.care.aftercare.actions.requests import cover_by_agreement, draft_request, submit_request

__all__ = [
    "Grant",
    "NewAgreement",
    "NewConference",
    "NewItem",
    "NewPoint",
    "add_point",
    "answer_question",
    "ask_question",
    "cover_by_agreement",
    "draft_request",
    "end_agreement",
    "find_alternative",
    "finish_point",
    "grant",
    "hold_conference",
    "let_go",
    "note_decision",
    "record_agreement",
    "record_no_answer",
    "reject",
    "settle",
    "share_item",
    "submit_request",
    "supersede",
    "take_back_agreement",
    "withdraw",
]
