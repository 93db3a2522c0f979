"""From the public page to the first talk, and forgetting who did not go on."""

from datetime import date
from uuid import UUID

import structlog

from gib.core.access import rls
from gib.core.access.actor import Actor
from gib.core.access.tables import P, Role
from gib.core.journal.acts import act, carry_out, remove
from gib.core.journal.outbox import notify
from gib.core.kernel.clock import Now
from gib.core.kernel.rules import RuleBroken
from gib.core.vault import boxes
from gib.people.accounts import actions as accounts
from gib.people.accounts.models import Appointment
from gib.people.partners.models import Team
from gib.people.volunteers.actions import NewVolunteer, move, register
from gib.people.volunteers.actions.volunteers import load
from gib.people.volunteers.domain import State
from gib.people.volunteers.domain import interest as domain
from gib.people.volunteers.domain.interest import CONSENT_VERSION, Conclusion, NewEnquiry
from gib.people.volunteers.models import Volunteer
from gib.people.volunteers.models.interest import Enquiry, Interview, desks, kept_weeks, team_near
from gib.people.volunteers.models.volunteer import VolunteerRow

LOG = structlog.get_logger()


@act
def enquire(actor: Actor, told: NewEnquiry, now: Now) -> Volunteer:
    """Take in what somebody told on the public page, sealed from the first moment, for the nearest team.

    Her coordinator hears that something waits, without a word about whom.

    Raises:
        RuleBroken: 'enquiry_reach'; 'enquiry_place' when no team can be found by her postcode.
    """
    domain.check_reach(told.phone, told.email)
    team = _team_for(told, now.on)
    facts = NewVolunteer(
        told.given_name,
        told.family_name,
        phone=told.phone,
        email=told.email,
        languages=told.languages,
    )
    volunteer = register(actor, team.pk, facts, now)
    volunteer.pc4 = told.area
    row = Enquiry(
        volunteer_id=volunteer.id,
        team_id=team.pk,
        told_on=now.on,
        products=",".join(told.products),
        heard=told.heard,
        consent_version=CONSENT_VERSION,
    )
    event = domain.EnquiryReceived(volunteer_id=volunteer.id, heard=told.heard, consent=CONSENT_VERSION)
    carry_out(actor, now, rows=[volunteer, row], events=[event])
    for seat in Appointment.objects.current(now.on).filter(team=team, role=Role.COORDINATOR):
        notify(seat.user_id, "enquiry", f"enquiry:{row.id}:{seat.user_id}", now)
    return volunteer


def _team_for(told: NewEnquiry, on: date) -> Team:
    chosen = next((team for team in desks(on) if team.prison_id == told.prison), None)
    team = chosen or team_near(told.area, on)
    if team is None:
        raise RuleBroken("enquiry_place")
    return team


@act(P.MANAGE_VOLUNTEER)
def plan_interview(actor: Actor, volunteer_id: UUID, planned_on: date, now: Now) -> Interview:
    """Plan the first talk with somebody, or plan it on another day.

    Raises:
        RuleBroken: 'interview_in_past'; 'interview_state' when she is past the first talk.
    """
    domain.check_interview(planned_on, now.on)
    volunteer = load(actor, volunteer_id, now)
    if volunteer.state not in (State.INTERESTED, State.INTERVIEW):
        raise RuleBroken("interview_state")
    if volunteer.state == State.INTERESTED:
        move(actor, volunteer.id, State.INTERVIEW, now)
    row = _interview(actor, volunteer, planned_on, now)
    row.planned_on = planned_on
    event = domain.InterviewPlanned(volunteer_id=volunteer.id, on=planned_on)
    carry_out(actor, now, rows=[row], events=[event])
    return row


def _interview(actor: Actor, volunteer: Volunteer, on: date, now: Now) -> Interview:
    known = Interview.for_action(actor, now.on).filter(volunteer_id=volunteer.id).first()
    return known or Interview(volunteer_id=volunteer.id, team_id=volunteer.team_id, planned_on=on)


@act(P.MANAGE_VOLUNTEER)
def decide(actor: Actor, volunteer_id: UUID, held_on: date, conclusion: Conclusion, now: Now) -> Interview:
    """Say how the first talk went: with a yes her screening begins, with a no it ends here.

    Raises:
        RuleBroken: 'interview_ahead'; 'interview_state' when no first talk is going on.
    """
    domain.check_conclusion(held_on, now.on)
    volunteer = load(actor, volunteer_id, now)
    if volunteer.state != State.INTERVIEW:
        raise RuleBroken("interview_state")
    row = _interview(actor, volunteer, held_on, now)
    row.held_on, row.conclusion = held_on, conclusion
    move(actor, volunteer.id, State.SCREENING if conclusion is Conclusion.YES else State.REJECTED, now)
    event = domain.InterviewHeld(volunteer_id=volunteer.id, conclusion=conclusion)
    carry_out(actor, now, rows=[row], events=[event])
    return row


def forget_due(actor: Actor, now: Now) -> int:
    """Forget who was rejected longer ago than the term; the tick does so once a day (VOL-03).

    Returns: how many were forgotten. Somebody to whom another row points stays, and that is logged.
    """
    before = domain.forget_before(now.on, kept_weeks(now.on))
    with rls.system("retention", now.on):
        due = list(
            Volunteer.for_house("retention", now.on)
            .filter(state=State.REJECTED, left_on__lt=before)
            .values_list("pk", flat=True)
        )
    return sum(_forgotten(actor, volunteer_id, now) for volunteer_id in due)


def _forgotten(actor: Actor, volunteer_id: UUID, now: Now) -> bool:
    try:
        forget(actor, volunteer_id, now)
    except RuleBroken as broken:
        LOG.error("volunteer not forgotten", code=broken.code)
        return False
    return True


@act
def forget(actor: Actor, volunteer_id: UUID, now: Now) -> None:
    """Take away all that is known of somebody who did not go on, and destroy her key and that of her account.

    Raises:
        RuleBroken: 'sheet_in_use' when a row elsewhere points at her.
    """
    row: Volunteer = Volunteer.for_action(actor, now.on).get_or_404(pk=volunteer_id, state=State.REJECTED)
    carry_out(actor, now, events=[domain.VolunteerForgotten(volunteer_id=row.id)])
    accounts.forget_file(actor, row.id, now)
    own = [
        kind.for_action(actor, now.on).filter(volunteer_id=row.id) for kind in VolunteerRow.__subclasses__()
    ]
    remove(*own, Volunteer.for_action(actor, now.on).filter(pk=row.id))
    boxes.erase(row.id, now.at)
