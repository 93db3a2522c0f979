"""What people do with a referral: write, send, ask, take on, decline, attach, plan the talk, and end it."""

from dataclasses import fields, replace
from datetime import date, time
from typing import Any, Final
from uuid import UUID

from gib.care.referral import domain
from gib.care.referral.domain import FLOW, Answers, DeclineReason, EndReason, Overtaking, State
from gib.care.referral.models import Referral, not_before, team_for
from gib.core.access import rls
from gib.core.access.actor import Actor, house
from gib.core.access.tables import P, Scope
from gib.core.journal.acts import act, carry_out
from gib.core.journal.outbox import notify
from gib.core.kernel.clock import Now
from gib.core.kernel.events import Event
from gib.core.kernel.ids import new_id
from gib.core.kernel.rules import RuleBroken
from gib.core.kernel.stamps import NO_STAMP, Stamp, check_stamp
from gib.people.families import actions as families
from gib.people.families.domain.codes import Confidence, Source
from gib.people.families.models import (
    Dossier,
    current_place,
    latest_expectation,
    open_episode,
    participant_of,
)
from gib.people.partners.domain import Regime

_PURPOSE: Final = "referral"


@act(P.REFER)
def draft(
    actor: Actor, answers: Answers, referral_id: UUID | None = None, stamp: Stamp = NO_STAMP, *, now: Now
) -> Referral:
    """Keep what a referrer wrote so far, sealed; the first time this opens the dossier.

    Args:
        referral_id: the draft, or the returned referral, that is written on.
        stamp: of the page on which she writes; two windows do not write over each other.

    Raises:
        RuleBroken: 'team_missing' when no team serves the institution; 'newer_version'.
        Http404: the referral is not hers to write.
    """
    if referral_id is None:
        return _begin(actor, answers, now)
    row = _own(actor, referral_id, now)
    check_stamp(row.version, row.token, stamp)
    known = row.answers()
    asked_elsewhere = {name: getattr(known, name) for name in ("channel", "prison", "referrer_name")}
    told = replace(answers, **asked_elsewhere)
    if told != known:
        row.fill(told)
        row.token = stamp.token
        carry_out(actor, now, rows=[row])
    return row


def _begin(actor: Actor, answers: Answers, now: Now, dossier_id: UUID | None = None) -> Referral:
    team = team_for(actor, answers.prison, now.on)
    if dossier_id is None:
        dossier_id = families.open_dossier(house(_PURPOSE), _family(answers, team), now).id
    row = Referral(
        id=new_id(),
        dossier_id=dossier_id,
        team=team,
        channel=answers.channel,
        referrer_id=actor.user_id,
        partner_id=actor.partner_id,
        begun_at=now.at,
    )
    row.fill(answers)
    begun = domain.DraftBegun(dossier_id=dossier_id, referral_id=row.id, channel=answers.channel)
    carry_out(actor, now, rows=[row], events=[begun])
    party = actor.party(Scope.SUBMITTED)
    families.involve(house(_PURPOSE), dossier_id, Scope.SUBMITTED, party, row.id, now)
    return row


def _family(answers: Answers, team: Any) -> families.NewFamily:
    return families.NewFamily(
        team_id=team.id,
        first_name=answers.first_name,
        last_name=answers.last_name,
        born_on=answers.born_on,
        birth_year=answers.birth_year,
        prison_code=team.prison_id,
        unit=answers.unit,
    )


def _own(actor: Actor, referral_id: UUID, now: Now) -> Referral:
    mine = {"referrer_id": actor.user_id, "state__in": domain.WRITABLE}
    row: Referral = (
        Referral.for_action(actor, now.on).select_related("team").get_or_404(pk=referral_id, **mine)
    )
    return row


@act(P.REFER)
def submit(actor: Actor, referral_id: UUID, struck: tuple[str, ...] = (), *, now: Now) -> Referral:
    """Send a draft, or a referral that came back with a question, to the coordinator.

    Args:
        struck: optional answers that the referrer leaves out after all; see `domain.OPTIONAL`.

    Raises:
        RuleBroken: as `domain.check_submit`.
        Http404: the referral is not hers to send.
    """
    row = _own(actor, referral_id, now)
    answers = domain.without(row.answers(), struck)
    domain.check_submit(answers, now.on)
    row.fill(answers)
    is_first = row.submitted_on is None
    event = _send(row, now)
    carry_out(actor, now, rows=[row], events=[event])
    if is_first or _is_still_there(row, now):
        _tell_place(house(_PURPOSE), row, now=now)
    _tell_family(house(_PURPOSE), row, answers, now=now)
    return row


def _send(row: Referral, now: Now) -> Event:
    is_first = row.submitted_on is None
    row.state, row.question = FLOW.move(row.state, State.SUBMITTED), ""
    if not is_first:
        return domain.Resubmitted(dossier_id=row.dossier_id, referral_id=row.id)
    row.submitted_on, row.submitted_at = now.on, now.at
    return domain.Submitted(
        dossier_id=row.dossier_id,
        referral_id=row.id,
        channel=domain.Channel(row.channel),
        consent_seen_on=row.consent_seen_on or now.on,
    )


@act(P.REFER)
def _tell_family(actor: Actor, row: Referral, answers: Answers, *, now: Now) -> None:
    """Give what is known now to the dossier, so that nobody has to ask her again; the house itself does."""
    mother = participant_of(row.dossier_id)
    written = {name: getattr(answers, name) for name in ("first_name", "last_name", "born_on", "birth_year")}
    if answers.born_on is None and mother.birth_year == answers.birth_year:
        # Who knows only the year says nothing against the day that we know.
        written["born_on"] = mother.born_on
    kept = {field.name: getattr(mother, field.name) for field in fields(families.MotherFacts)}
    facts = kept | written | {"languages": answers.language or mother.languages}
    families.correct_participant(actor, row.dossier_id, families.MotherFacts(**facts), now)
    _tell_release(actor, row.dossier_id, answers, now)


def _tell_release(actor: Actor, dossier_id: UUID, answers: Answers, now: Now) -> None:
    if answers.expected_on and latest_expectation(dossier_id) is None:
        source = answers.expected_source or Source.PRISON
        families.expect_release(actor, dossier_id, answers.expected_on, source, Confidence.LIKELY, now)


def _is_still_there(row: Referral, now: Now) -> bool:
    """Tell whether nobody heard of another place since she was referred, so that the referrer still knows."""
    # The house looks: who refers sees no placement herself.
    with rls.acting_as(house(_PURPOSE), now.on):
        here = current_place(row.dossier_id, now.on)
    if here is None or row.submitted_on is None:
        return False
    return here.prison_id == row.team.prison_id and here.from_on <= row.submitted_on


@act(P.REFER)
def _tell_place(actor: Actor, row: Referral, *, now: Now) -> None:
    prison, here = row.team.prison_id, current_place(row.dossier_id, now.on)
    if open_episode(row.dossier_id) is None:
        families.detain_again(actor, row.dossier_id, now.on, prison, row.unit, Regime.REMAND, now)
    elif here is None or (here.prison_id, here.unit) != (prison, row.unit):
        regime = here.regime if here else Regime.REMAND
        families.place(actor, row.dossier_id, prison, row.unit, regime, now.on, now)


@act(P.REFER)
def refer(actor: Actor, answers: Answers, now: Now) -> Referral:
    """Write and send in one act, for an import, a coordinator or a story.

    Raises:
        RuleBroken: as `draft` and `submit`.
    """
    return submit(actor, draft(actor, answers, now=now).id, now=now)


@act(P.REFER)
def take_back(actor: Actor, referral_id: UUID, now: Now) -> None:
    """Undo a referral that came in with a sheet, with the dossier that it opened.

    Raises:
        RuleBroken: 'sheet_in_use' when somebody worked with it meanwhile.
    """
    row = _load(actor, referral_id, now)
    families.take_back_dossier(actor, row.dossier_id, now=now, own=(domain.DraftBegun, domain.Submitted))


@act(P.REFER)
def refer_again(actor: Actor, dossier_id: UUID, answers: Answers, now: Now) -> Referral:
    """Refer a mother who has a dossier already, such as one who is detained again.

    Raises:
        RuleBroken: as `domain.check_submit`.
        Http404: the dossier does not exist for this coordinator.
    """
    Dossier.for_action(actor, now.on).get_or_404(pk=dossier_id)
    return submit(actor, _begin(actor, answers, now, dossier_id).id, now=now)


@act(P.HANDLE_REFERRAL)
def return_to_referrer(actor: Actor, referral_id: UUID, question: str, now: Now) -> Referral:
    """Ask the referrer something; she gets a notice without content and answers in the form.

    Raises:
        RuleBroken: 'question_missing', 'illegal_move'.
    """
    domain.check_question(question)
    row = _load(actor, referral_id, now)
    row.question = question
    _move(actor, row, State.RETURNED, domain.Returned, now)
    notify(row.referrer_id, "referral_question", f"referral:{row.id}:question:{row.version}", now)
    return row


@act(P.HANDLE_REFERRAL)
def accept(actor: Actor, referral_id: UUID, now: Now) -> Referral:
    """Take a referral on: the coordinator is going to speak with her.

    Raises:
        RuleBroken: 'illegal_move'.
    """
    row = _load(actor, referral_id, now, only=State.SUBMITTED)
    row.accepted_on = now.on
    return _move(actor, row, State.ACCEPTED, domain.Accepted, now)


@act(P.HANDLE_REFERRAL)
def decline(actor: Actor, referral_id: UUID, reason: DeclineReason, now: Now) -> Referral:
    """Do not take a referral on; the reason stays with the coordinator.

    Raises:
        RuleBroken: 'illegal_move'.
    """
    row = _load(actor, referral_id, now)
    return _end(actor, row, State.DECLINED, reason, domain.Declined, now)


@act(P.HANDLE_REFERRAL)
def attach(actor: Actor, referral_id: UUID, dossier_id: UUID, now: Now) -> Referral:
    """Lay a referral in the dossier that she has already: one mother, one dossier.

    The coordinator decides; both dossiers must exist for her.

    Raises:
        RuleBroken: 'illegal_move'.
        Http404: one of the two does not exist for this coordinator, or both are the same.
    """
    row = _load(actor, referral_id, now)
    known = Dossier.for_action(actor, now.on).exclude(pk=row.dossier_id).get_or_404(pk=dossier_id)
    row.attached_to = known
    _end(actor, row, State.DECLINED, DeclineReason.ALREADY_KNOWN, domain.Declined, now)
    carry_out(actor, now, events=[domain.Attached(dossier_id=known.id, referral_id=row.id)])
    return row


@act(P.HOLD_INTAKE)
def plan_intake(
    actor: Actor, referral_id: UUID, planned_on: date, planned_time: time | None, now: Now
) -> Referral:
    """Note the day of the first talk, also for a new day; a referral that was not yet taken on is taken on.

    Raises:
        RuleBroken: 'talk_in_past', 'not_before', 'illegal_move'.
    """
    row = _load(actor, referral_id, now)
    domain.check_plan(planned_on, not_before(row.dossier_id), now.on)
    if row.state == State.SUBMITTED:
        row = accept(actor, referral_id, now)
    row.intake_on, row.intake_time = planned_on, planned_time
    return _move(actor, row, State.INTAKE_PLANNED, domain.IntakePlanned, now, planned_on=planned_on)


@act(P.HOLD_INTAKE)
def drop_intake(actor: Actor, referral_id: UUID, now: Now) -> Referral:
    """Take back the day of a talk that did not go on, so that the referral waits for another.

    Raises:
        RuleBroken: 'illegal_move'.
    """
    row = _load(actor, referral_id, now, only=State.INTAKE_PLANNED)
    row.intake_on = row.intake_time = None
    return _move(actor, row, State.ACCEPTED, domain.IntakeDropped, now)


@act(P.HOLD_INTAKE)
def note_talk(actor: Actor, referral_id: UUID, held_on: date, now: Now) -> Referral:
    """Note the day of the first talk, which stops the clock; the intake calls this and tells the journal."""
    row = _load(actor, referral_id, now)
    row.talked_on = row.talked_on or held_on
    carry_out(actor, now, rows=[row])
    return row


@act(P.HOLD_INTAKE)
def mark_intake_done(actor: Actor, referral_id: UUID, now: Now) -> Referral:
    """Note that the intake is complete; the intake calls this.

    Raises:
        RuleBroken: 'illegal_move'.
    """
    row = _load(actor, referral_id, now)
    row.intake_done_on = now.on
    return _move(actor, row, State.INTAKE_DONE, domain.IntakeDone, now)


@act(P.PLAN_TRAJECTORY)
def convert(actor: Actor, referral_id: UUID, now: Now) -> Referral:
    """Note that a trajectory followed; the trajectory calls this.

    Raises:
        RuleBroken: 'illegal_move'.
    """
    row = _load(actor, referral_id, now)
    row.ended_on = now.on
    return _move(actor, row, State.CONVERTED, domain.Converted, now)


@act(P.HANDLE_REFERRAL)
def close_without_trajectory(
    actor: Actor, referral_id: UUID, reason: EndReason, not_before_on: date | None = None, *, now: Now
) -> Referral:
    """End a referral from which no trajectory follows; a refusal is never a drop-out.

    Args:
        not_before_on: the day before which she does not want to be approached again.

    Raises:
        RuleBroken: 'not_after_talk', 'illegal_move'.
    """
    row = _load(actor, referral_id, now)
    domain.check_end(row.state, reason)
    row.not_before_on = not_before_on
    event = domain.EndedWithoutTrajectory
    return _end(actor, row, State.NO_TRAJECTORY, reason, event, now, not_before_on=not_before_on)


@act(P.HANDLE_REFERRAL)
def overtake(actor: Actor, referral_id: UUID, reason: Overtaking, now: Now) -> Referral:
    """Note that she left before anybody spoke with her: no drop-out, and nothing that we failed to do.

    Raises:
        RuleBroken: 'illegal_move', also when a talk was held.
    """
    row = _load(actor, referral_id, now)
    if row.talked_on is not None:
        raise RuleBroken("illegal_move")
    return _end(actor, row, State.OVERTAKEN, reason, domain.Overtaken, now)


def _load(actor: Actor, referral_id: UUID, now: Now, only: State | None = None) -> Referral:
    rows = Referral.for_action(actor, now.on).exclude(state=State.DRAFT)
    row: Referral = rows.get_or_404(pk=referral_id)
    if only not in (None, row.state):
        raise RuleBroken("illegal_move", now=row.state)
    return row


def _move(
    actor: Actor, row: Referral, to: State, event: type[domain.ReferralEvent], now: Now, **facts: Any
) -> Referral:
    row.state = FLOW.move(row.state, to)
    told = event(dossier_id=row.dossier_id, referral_id=row.id, **facts)
    carry_out(actor, now, rows=[row], events=[told])
    return row


def _end(
    actor: Actor,
    row: Referral,
    to: State,
    reason: DeclineReason | EndReason | Overtaking,
    event: type[domain.ReferralEvent],
    now: Now,
    **facts: Any,
) -> Referral:
    row.ended_on, row.end_reason = now.on, str(reason)
    return _move(actor, row, to, event, now, reason=reason, **facts)
