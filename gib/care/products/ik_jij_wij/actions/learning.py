"""What one mother makes of a course: sessions caught up on, her own plan, her marks, finishing at home."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from gib.care.products.domain.meeting import Presence
from gib.care.products.domain.participation import State
from gib.care.products.ik_jij_wij import domain
from gib.care.products.ik_jij_wij.actions.courses import weigh_again
from gib.care.products.ik_jij_wij.domain import Item, Leaving, Moment
from gib.care.products.ik_jij_wij.models import CourseScores, Enrolment, PersonalPlan
from gib.care.products.models import Attendance, Participation
from gib.care.trajectory.actions import remind
from gib.care.trajectory.domain import Drill
from gib.core.access.actor import Actor
from gib.core.access.tables import P
from gib.core.journal.acts import act, carry_out
from gib.core.kernel.clock import Now
from gib.core.kernel.rules import RuleBroken
from gib.core.kernel.stamps import check_version
from gib.people.partners.domain import Product

#: Where a part stands in which she learns or has learned something.
_BEGUN = (
    *(State.RUNNING, State.COMPLETED, State.PARTLY_COMPLETED),
    *(State.ENDED_BY_RELEASE, State.ENDED_BY_TRANSFER),
)


@dataclass(frozen=True, kw_only=True)
class Words:
    """Her own plan in her words, each part of which may stay empty; `version` is of the page it came from."""

    me: str = ""
    you: str = ""
    we: str = ""
    version: int | None = None


def _part(actor: Actor, participation_id: UUID, now: Now) -> Participation:
    """Give her part in a course that has begun.

    Raises:
        RuleBroken: 'wrong_product' for another product or one that did not begin.
    """
    part: Participation = Participation.for_action(actor, now.on).get_or_404(pk=participation_id)
    if part.product != Product.IK_JIJ_WIJ or part.state not in _BEGUN:
        raise RuleBroken("wrong_product")
    return part


@act(P.RUN_PRODUCT)
def catch_up(actor: Actor, attendance_id: UUID, done_on: date, now: Now) -> Attendance:
    """Note that she caught up on a session that she missed, with her coach, later or at home.

    When her course had ended, how it ended is looked at again.

    Raises:
        RuleBroken: 'wrong_product', 'nothing_missed', 'caught_up_early', 'visit_in_future'.
    """
    rows = Attendance.for_action(actor, now.on).select_related("meeting")
    row: Attendance = rows.get_or_404(pk=attendance_id)
    if row.meeting.product != Product.IK_JIJ_WIJ:
        raise RuleBroken("wrong_product")
    session_on = row.meeting.planned_on
    domain.check_catch_up(Presence(row.presence), row.caught_up_on, session_on, done_on, now.on)
    row.caught_up_on = done_on
    event = domain.CaughtUp(dossier_id=row.dossier_id, attendance_id=row.id, done_on=done_on)
    carry_out(actor, now, rows=[row], events=[event])
    ended = Enrolment.for_action(actor, now.on).filter(
        participation_id=row.participation_id, to_on__isnull=False
    )
    last: Enrolment | None = ended.select_related("participation", "course").order_by("-from_on").first()
    if last is not None:
        weigh_again(actor, last, now)
    return row


@act(P.RUN_PRODUCT)
def write_plan(actor: Actor, participation_id: UUID, words: Words, now: Now) -> PersonalPlan:
    """Write down her own plan as she says it; written again, the new words stand.

    Raises:
        RuleBroken: 'wrong_product', 'newer_version' when it was changed elsewhere meanwhile.
    """
    part = _part(actor, participation_id, now)
    plans = PersonalPlan.for_action(actor, now.on).filter(participation_id=part.id)
    known: PersonalPlan | None = plans.first()
    row = known or PersonalPlan(dossier_id=part.dossier_id, team_id=part.team_id, participation=part)
    if known is not None:
        check_version(known.version, words.version)
    row.me, row.you, row.we, row.written_on = words.me, words.you, words.we, now.on
    event = domain.PlanWritten(dossier_id=part.dossier_id, plan_id=row.id)
    carry_out(actor, now, rows=[row], events=[event])
    return row


@act(P.RUN_PRODUCT)
def note_scores(
    actor: Actor, participation_id: UUID, moment: Moment, scores: Mapping[Item, int | None], now: Now
) -> CourseScores:
    """Write down the marks she gave herself, 0 to 5; filled in again, the new marks stand.

    Raises:
        RuleBroken: 'wrong_product', 'nothing_answered', 'mark_out_of_range'.
    """
    part = _part(actor, participation_id, now)
    domain.check_scores(scores)
    rows = CourseScores.for_action(actor, now.on).filter(participation_id=part.id, moment=moment)
    known: CourseScores | None = rows.first()
    facts = {"dossier_id": part.dossier_id, "team_id": part.team_id}
    row = known or CourseScores(**facts, participation=part, moment=moment)
    for item in Item:
        setattr(row, item, scores.get(item))
    row.filled_on = now.on
    event = domain.Scored(dossier_id=part.dossier_id, scores_id=row.id, moment=moment)
    carry_out(actor, now, rows=[row], events=[event])
    return row


@act(P.RUN_PRODUCT)
def finish_at_home(actor: Actor, left: Iterable[Enrolment], now: Now) -> int:
    """Put a step in the plan of who was free before her course was completed: it goes on at home.

    Returns: for how many courses.
    """
    early = [row for row in left if row.reason == Leaving.RELEASE and not _is_done(actor, row, now)]
    for row in early:
        remind(actor, row.dossier_id, Drill.COURSE_HOME, now.on, now)
        event = domain.GoesOnAtHome(dossier_id=row.dossier_id, participation_id=row.participation_id)
        carry_out(actor, now, events=[event])
    return len(early)


def _is_done(actor: Actor, row: Enrolment, now: Now) -> bool:
    part: Participation = Participation.for_action(actor, now.on).get_or_404(pk=row.participation_id)
    return part.state == State.COMPLETED
