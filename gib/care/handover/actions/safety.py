"""The reporting code: steps that are signed and kept, a proposal, and the second person."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from gib.care.handover import domain
from gib.care.handover.domain import SAFETY_FLOW, CodeStep, Conclusion, NoTalk, SafetyState
from gib.care.handover.domain import safety as rules
from gib.care.handover.models import SafetyCase, SafetyStep
from gib.core.access.actor import Actor
from gib.core.access.tables import P
from gib.core.journal.acts import act, carry_out
from gib.core.kernel.clock import Now
from gib.core.kernel.rules import RuleBroken


@dataclass(frozen=True)
class NewStep:
    """A step that was taken.

    A talk has `talked_with` (parent, child or both) or `no_talk`; a weighing has `answers`.
    """

    step: CodeStep
    note: str
    talked_with: str = ""
    no_talk: NoTalk | None = None
    answers: Sequence[bool] = ()


def _load(actor: Actor, case_id: UUID, now: Now) -> SafetyCase:
    row: SafetyCase = SafetyCase.for_action(actor, now.on).get_or_404(pk=case_id)
    return row


def _noted(actor: Actor, row: SafetyCase, what: str, now: Now, *more: Any) -> SafetyCase:
    event = domain.SafetyNoted(dossier_id=row.dossier_id, subject_id=row.id, what=what)
    carry_out(actor, now, rows=[row, *more], events=[event])
    return row


@act(P.HANDLE_SIGNAL)
def take_step(actor: Actor, case_id: UUID, new: NewStep, now: Now) -> SafetyStep:
    """Record a step; it is signed with it and never changes, a step that is done again is a new one.

    Raises:
        RuleBroken: 'illegal_move' when a decision was proposed, 'safety_note', 'safety_talk',
        'safety_questions'.
    """
    row = _load(actor, case_id, now)
    SAFETY_FLOW.move(row.state, SafetyState.PROPOSED)
    rules.check_step(new.step, new.note, new.talked_with, new.no_talk or "")
    if new.step is CodeStep.WEIGH:
        rules.weigh(new.answers)
    step = SafetyStep(
        dossier_id=row.dossier_id,
        team_id=row.team_id,
        case=row,
        position=SafetyStep.for_action(actor, now.on).filter(case_id=row.id).count() + 1,
        step=new.step,
        note=new.note,
        talked_with=new.talked_with,
        no_talk=new.no_talk or "",
        answers="".join("y" if answer else "n" for answer in new.answers),
        done_on=now.on,
        done_by=actor.user_id,
    )
    _noted(actor, row, f"step_{new.step}", now, step)
    return step


@act(P.HANDLE_SIGNAL)
def propose_conclusion(
    actor: Actor, case_id: UUID, conclusion: Conclusion, reason: str, now: Now
) -> SafetyCase:
    """Propose what to decide; a second person must agree before it counts.

    Raises:
        RuleBroken: 'illegal_move', 'safety_step_map', 'safety_step_advice', 'safety_step_talk',
        'safety_step_weigh', 'safety_reason'.
    """
    row = _load(actor, case_id, now)
    row.state = SAFETY_FLOW.move(row.state, SafetyState.PROPOSED)
    taken = list(SafetyStep.for_action(actor, now.on).filter(case_id=row.id).order_by("position"))
    rules.check_propose({step.step for step in taken}, _said(taken), conclusion, reason)
    row.conclusion, row.reason = conclusion, reason
    row.proposed_by, row.proposed_on = actor.user_id, now.on
    return _noted(actor, row, "proposed", now)


def _said(taken: Sequence[SafetyStep]) -> Conclusion | None:
    latest = [step.answers for step in taken if step.step == CodeStep.WEIGH][-1:]
    return rules.weigh([answer == "y" for answer in latest[0]]) if latest else None


@act(P.HANDLE_SIGNAL)
def confirm_conclusion(actor: Actor, case_id: UUID, agrees: bool, now: Now) -> SafetyCase:
    """Agree with a proposed decision as the second person, or send it back.

    Raises:
        RuleBroken: 'illegal_move', 'safety_second_person'.
    """
    row = _load(actor, case_id, now)
    row.state = SAFETY_FLOW.move(row.state, SafetyState.DECIDED if agrees else SafetyState.OPEN)
    rules.check_second(row.proposed_by, actor.user_id)
    if agrees:
        row.decided_by, row.decided_on = actor.user_id, now.on
    else:
        row.conclusion, row.proposed_by, row.proposed_on = "", None, None
    return _noted(actor, row, "decided" if agrees else "sent_back", now)


@act(P.HANDLE_SIGNAL)
def close_case(actor: Actor, case_id: UUID, outcome: str, now: Now) -> SafetyCase:
    """Close a case after the decision, with what came of it.

    Raises:
        RuleBroken: 'illegal_move', 'safety_note'.
    """
    row = _load(actor, case_id, now)
    row.state = SAFETY_FLOW.move(row.state, SafetyState.CLOSED)
    if not outcome.strip():
        raise RuleBroken("safety_note")
    row.outcome, row.closed_on = outcome, now.on
    return _noted(actor, row, "closed", now)
