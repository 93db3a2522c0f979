"""Answering: by the desk of the municipality itself, or by the coordinator who heard it."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from gib.care.aftercare import domain
from gib.care.aftercare.actions.requests import load
from gib.care.aftercare.domain import FLOW, Alternative, Ground, State
from gib.care.aftercare.models import FundingRequest, silence_weeks
from gib.care.trajectory import actions as trajectory
from gib.core.access.actor import Actor, house
from gib.core.access.tables import P
from gib.core.journal.acts import act, carry_out
from gib.core.kernel.clock import Now
from gib.core.kernel.dates import Period
from gib.people.families import actions as families


@dataclass(frozen=True)
class Grant:
    """A yes: from when to when, hours or an amount in euro cents, and under which conditions."""

    from_on: date
    to_on: date | None
    hours: int | None = None
    amount_cents: int | None = None
    conditions: str = ""


def _facts(row: FundingRequest) -> dict[str, Any]:
    return {"dossier_id": row.dossier_id, "request_id": row.id, "municipality": row.municipality_id}


@act(P.ANSWER_FUNDING)
def ask_question(actor: Actor, request_id: UUID, question: str, now: Now) -> FundingRequest:
    """Let a municipality ask what it still wants to know; its term waits until the answer.

    Raises:
        RuleBroken: 'illegal_move'.
    """
    row = load(actor, request_id, now)
    row.state, row.question = FLOW.move(row.state, State.QUESTION), question
    event = domain.FundingQuestioned(**_facts(row), is_answer=False)
    carry_out(actor, now, rows=[row], events=[event])
    return row


@act(P.REQUEST_FUNDING)
def answer_question(actor: Actor, request_id: UUID, reply: str, now: Now) -> FundingRequest:
    """Answer the question of a municipality; the term begins again today.

    Raises:
        RuleBroken: 'illegal_move'.
    """
    row = load(actor, request_id, now)
    domain.check_stands(row.state, State.QUESTION)
    row.state, row.reply = FLOW.move(row.state, State.SUBMITTED), reply
    row.due_on = domain.term_of(now.on, silence_weeks(now.on))
    event = domain.FundingQuestioned(**_facts(row), is_answer=True, due_on=row.due_on)
    carry_out(actor, now, rows=[row], events=[event])
    return row


@act(P.ANSWER_FUNDING, P.REQUEST_FUNDING)
def grant(actor: Actor, request_id: UUID, yes: Grant, now: Now) -> FundingRequest:
    """Record that the municipality pays; the trajectory is covered in the same act.

    Raises:
        RuleBroken: 'illegal_move', 'funding_grant_empty', 'period_backwards', 'cover_overlaps'.
    """
    row = load(actor, request_id, now)
    row.state = FLOW.move(row.state, State.GRANTED)
    domain.check_grant(yes.hours, yes.amount_cents)
    row.from_on, row.to_on = yes.from_on, Period(yes.from_on, yes.to_on).to_on
    row.hours, row.amount_cents, row.conditions = yes.hours, yes.amount_cents, yes.conditions
    row.answered_on, row.ground = now.on, ""
    event = domain.FundingGranted(
        **_facts(row),
        hours=yes.hours or 0,
        amount_cents=yes.amount_cents or 0,
    )
    carry_out(actor, now, rows=[row], events=[event])
    _cover(row, f"municipality:{row.municipality_id}", now)
    return row


def _trail(row: FundingRequest, now: Now) -> None:
    """Hand down as the house that this request failed."""
    trajectory.note_trail(house("funding"), row.trajectory_id, row.id, now)


def _cover(row: FundingRequest, payer: str, now: Now) -> None:
    """Hand the cover down as the house: the desk that says yes does not see the dossier."""
    acting = house("funding")
    trajectory.end_trail(acting, row.id, now)
    trajectory.record_cover(acting, row.dossier_id, payer, row.from_on or now.on, row.to_on, str(row.id), now)


@act(P.ANSWER_FUNDING, P.REQUEST_FUNDING)
def reject(actor: Actor, request_id: UUID, ground: Ground, now: Now) -> FundingRequest:
    """Record that the municipality does not pay, and why.

    Raises:
        RuleBroken: 'illegal_move'.
    """
    row = load(actor, request_id, now)
    row.state, row.ground, row.answered_on = FLOW.move(row.state, State.REJECTED), ground, now.on
    event = domain.FundingRejected(**_facts(row), ground=ground)
    carry_out(actor, now, rows=[row], events=[event])
    _trail(row, now)
    return row


@act(P.REQUEST_FUNDING)
def record_no_answer(actor: Actor, request_id: UUID, now: Now) -> FundingRequest:
    """Record that a municipality gave no answer; only a person may, and only after the term.

    Raises:
        RuleBroken: 'illegal_move', 'funding_too_early'.
    """
    row = load(actor, request_id, now)
    row.state = FLOW.move(row.state, State.NO_ANSWER)
    domain.check_silent(row.due_on or now.on, now.on)
    row.answered_on = now.on
    event = domain.FundingNotAnswered(**_facts(row), weeks=silence_weeks(now.on))
    carry_out(actor, now, rows=[row], events=[event])
    _trail(row, now)
    return row


@act(P.REQUEST_FUNDING)
def find_alternative(
    actor: Actor, request_id: UUID, alternative: Alternative, from_on: date, to_on: date | None, now: Now
) -> FundingRequest:
    """Record that somebody else pays: a fund, another scheme or she herself; the desk sees it no more.

    Raises:
        RuleBroken: 'illegal_move', 'period_backwards', 'cover_overlaps'.
    """
    row = load(actor, request_id, now)
    row.state = FLOW.move(row.state, State.GRANTED_ALTERNATIVE)
    row.alternative, row.from_on, row.to_on = alternative, from_on, Period(from_on, to_on).to_on
    row.ended_on = now.on
    event = domain.AlternativeFound(**_facts(row), alternative=alternative)
    carry_out(actor, now, rows=[row], events=[event])
    families.end_involvement(actor, row.id, now.on, now)
    _cover(row, str(alternative), now)
    return row
