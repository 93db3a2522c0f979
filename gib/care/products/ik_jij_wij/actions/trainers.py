"""Who gives a course: a volunteer with all papers who is free at its hours."""

from uuid import UUID

from django.http import Http404

from gib.care.products.domain.match import check_ready
from gib.care.products.ik_jij_wij import domain
from gib.care.products.ik_jij_wij.actions.courses import course_of
from gib.care.products.ik_jij_wij.models import CourseTrainer, hours_of, taken_of
from gib.core.access.actor import Actor
from gib.core.access.tables import P
from gib.core.journal.acts import act, carry_out
from gib.core.kernel.clock import Now
from gib.core.kernel.rules import RuleBroken
from gib.people.partners.domain import Product
from gib.people.volunteers.models import Volunteer, reasons_not_to_plan


@act(P.RUN_PRODUCT)
def add_trainer(actor: Actor, course_id: int, volunteer_id: UUID, now: Now) -> CourseTrainer:
    """Let a volunteer give a course.

    Raises:
        RuleBroken: 'course_over', 'already_trainer', 'trainer_busy', 'volunteer_not_allowed' when her papers
        do not hold on the day of a session to come (VOG-01, invariant 3).
        Http404: course or volunteer are of another team.
    """
    course = course_of(actor, course_id)
    domain.check_open(course.closed_on)
    volunteer: Volunteer = Volunteer.for_action(actor, now.on).get_or_404(pk=volunteer_id)
    if CourseTrainer.objects.running().filter(course=course, volunteer=volunteer).exists():
        raise RuleBroken("already_trainer")
    hours = hours_of(course, now.on)
    for slot in hours:
        check_ready(reasons_not_to_plan(volunteer, Product.IK_JIJ_WIJ, course.prison_id, slot.on))
    domain.check_trainer_free(hours, taken_of(volunteer.id, now.on))
    row = CourseTrainer(course=course, volunteer=volunteer, from_on=now.on)
    event = domain.TrainerAdded(course_id=course.pk, volunteer_id=volunteer.id)
    carry_out(actor, now, rows=[row], events=[event])
    return row


@act(P.RUN_PRODUCT)
def end_trainer(actor: Actor, trainer_id: int, now: Now) -> CourseTrainer:
    """Note that a volunteer does not give a course any more.

    Raises:
        Http404: it is of another team, or ended before.
    """
    row = CourseTrainer.of(actor).filter(pk=trainer_id).first()
    if row is None:
        raise Http404
    return _ended(actor, row, now)


@act(P.RUN_PRODUCT)
def end_trainer_everywhere(actor: Actor, volunteer_id: UUID, now: Now) -> int:
    """Take a volunteer who left off the courses she gives, for the house.

    Returns: how many.
    """
    rows = CourseTrainer.objects.running().filter(volunteer_id=volunteer_id).select_related("course")
    return len([_ended(actor, row, now) for row in rows])


def _ended(actor: Actor, row: CourseTrainer, now: Now) -> CourseTrainer:
    row.to_on = max(now.on, row.from_on)
    event = domain.TrainerEnded(course_id=row.course_id, volunteer_id=row.volunteer_id)
    carry_out(actor, now, rows=[row], events=[event])
    return row
