"""Trainings: plan one, let volunteers join, write down who came, and let them pass."""

from collections.abc import Collection
from uuid import UUID

from django.http import Http404

from gib.core.access.actor import Actor
from gib.core.access.tables import P
from gib.core.journal.acts import act, carry_out, remove
from gib.core.kernel.clock import Now
from gib.core.kernel.rules import RuleBroken
from gib.people.volunteers.actions import record_completion
from gib.people.volunteers.actions.volunteers import load
from gib.people.volunteers.domain import FLOW, Requirement, State
from gib.people.volunteers.domain import groups as domain
from gib.people.volunteers.domain.groups import NewTraining, Outcome
from gib.people.volunteers.models.groups import (
    Trainee,
    TrainingGroup,
    TrainingPresence,
    TrainingSession,
    came_of,
)


@act(P.MANAGE_VOLUNTEER)
def plan_training(actor: Actor, team_id: int, new: NewTraining, now: Now) -> TrainingGroup:
    """Plan a training with its days; it may lie in the past, to write it down later.

    Raises:
        RuleBroken: 'training_days_wrong'; 'not_found' for another team than the actor's own.
    """
    if team_id not in actor.team_ids:
        raise RuleBroken("not_found")
    domain.check_days(new.days)
    row = TrainingGroup(
        team_id=team_id,
        requirement=Requirement(new.requirement),
        from_on=min(new.days),
        to_on=max(new.days),
        at=new.at,
        room=new.room,
        trainer=new.trainer,
        places=new.places,
    )
    carry_out(actor, now, rows=[row])
    days = [TrainingSession(team_id=team_id, training=row, planned_on=on) for on in sorted(new.days)]
    event = domain.TrainingPlanned(training_id=row.pk, requirement=row.requirement)
    carry_out(actor, now, rows=days, events=[event])
    return row


def _training(actor: Actor, training_id: int) -> TrainingGroup:
    row = TrainingGroup.of(actor).select_for_update().filter(pk=training_id).first()
    if row is None:
        raise Http404
    return row


@act(P.MANAGE_VOLUNTEER)
def join(actor: Actor, training_id: int, volunteer_id: UUID, now: Now) -> Trainee:
    """Let a volunteer join a training.

    Raises:
        RuleBroken: 'trainee_gone', 'trainee_known', 'training_over', 'training_full'.
    """
    training = _training(actor, training_id)
    volunteer = load(actor, volunteer_id, now)
    rows = Trainee.for_action(actor, now.on).filter(training_id=training.pk, to_on__isnull=True)
    inside = {row.volunteer_id for row in rows}
    domain.check_join(
        len(inside),
        training.places,
        training.to_on,
        now.on,
        is_in=volunteer.id in inside,
        is_gone=FLOW.is_final(State(volunteer.state)),
    )
    row = Trainee(
        volunteer_id=volunteer.id, team_id=volunteer.team_id, training_id=training.pk, from_on=now.on
    )
    event = domain.TrainingJoined(volunteer_id=volunteer.id, training_id=training.pk)
    carry_out(actor, now, rows=[row], events=[event])
    return row


@act(P.MANAGE_VOLUNTEER)
def stop(actor: Actor, trainee_id: UUID, now: Now) -> Trainee:
    """Let a volunteer stop with a training.

    Raises:
        RuleBroken: 'trainee_left' when it ended for her before.
    """
    row: Trainee = Trainee.for_action(actor, now.on).get_or_404(pk=trainee_id)
    if row.to_on is not None:
        raise RuleBroken("trainee_left")
    row.to_on, row.outcome = now.on, Outcome.STOPPED
    event = domain.TrainingLeft(volunteer_id=row.volunteer_id, training_id=row.training_id)
    carry_out(actor, now, rows=[row], events=[event])
    return row


@act(P.MANAGE_VOLUNTEER)
def note_day(actor: Actor, session_id: int, came: Collection[UUID], now: Now) -> TrainingSession:
    """Write down who came on one day; a second time replaces the first.

    Args:
        came: the trainees who were there.

    Raises:
        RuleBroken: 'training_day_ahead'; 'training_over' when the training was closed.
    """
    session = TrainingSession.of(actor).select_for_update().filter(pk=session_id).first()
    if session is None:
        raise Http404
    domain.check_day(session.planned_on, now.on)
    if _training(actor, session.training_id).closed_on is not None:
        raise RuleBroken("training_over")
    remove(TrainingPresence.for_action(actor, now.on).filter(session_id=session.pk))
    trainees = Trainee.for_action(actor, now.on).filter(training_id=session.training_id, pk__in=list(came))
    rows = [
        TrainingPresence(
            volunteer_id=row.volunteer_id, team_id=row.team_id, trainee_id=row.id, session_id=session.pk
        )
        for row in trainees
    ]
    session.noted_on = now.on
    event = domain.TrainingNoted(session_id=session.pk, came=len(rows))
    carry_out(actor, now, rows=[session, *rows], events=[event])
    return session


def _put_in_order(actor: Actor, training: TrainingGroup, passed: list[Trainee], now: Now) -> None:
    subject = Requirement(training.requirement)
    for row in passed:
        record_completion(actor, row.volunteer_id, subject, training.to_on, None, now)


@act(P.MANAGE_VOLUNTEER)
def close(actor: Actor, training_id: int, passed: Collection[UUID], now: Now) -> TrainingGroup:
    """Close a training: who passed has what it teaches in order from its last day on, in the same act.

    Args:
        passed: the trainees who passed; the others in the group did not.

    Raises:
        RuleBroken: 'training_not_over', 'trainee_never_came'; 'training_over' when it was closed before.
    """
    training = _training(actor, training_id)
    if training.closed_on is not None:
        raise RuleBroken("training_over")
    rows = list(Trainee.for_action(actor, now.on).filter(training_id=training.pk, to_on__isnull=True))
    good = [row for row in rows if row.id in passed]
    there = TrainingPresence.for_action(actor, now.on).filter(trainee_id__in=[row.id for row in rows])
    domain.check_closing(training.to_on, now.on, [row.id for row in good], came_of(there))
    for row in rows:
        row.to_on, row.outcome = now.on, Outcome.PASSED if row in good else Outcome.NOT_PASSED
    _put_in_order(actor, training, good, now)
    training.closed_on = now.on
    event = domain.TrainingClosed(training_id=training.pk, passed=len(good))
    carry_out(actor, now, rows=[training, *rows], events=[event])
    return training
