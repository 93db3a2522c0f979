"""What people note of what must be in order: seen, granted by a prison, or not needed for a while."""

from datetime import date
from uuid import UUID

from gib.core.access import rls
from gib.core.access.actor import Actor
from gib.core.access.tables import P
from gib.core.journal.acts import act, carry_out
from gib.core.kernel.clock import Now
from gib.core.kernel.rules import RuleBroken
from gib.people.volunteers import domain
from gib.people.volunteers.actions.volunteers import load
from gib.people.volunteers.domain import Permit, Requirement
from gib.people.volunteers.models import Completion, Exemption, PrisonPermit, Volunteer, papers_of


@act(P.MANAGE_VOLUNTEER)
def record_completion(
    actor: Actor, volunteer_id: UUID, requirement: Requirement, seen_on: date, to_on: date | None, now: Now
) -> Completion:
    """Record that a requirement was seen to be in order, on a day, by this actor.

    Args:
        to_on: the last day it holds; without one the term of her policy counts (a VOG 36 months).

    Raises:
        RuleBroken: 'completion_in_future', 'completion_expired', 'identity_end_missing'.
    """
    domain.check_seen(seen_on, now.on)
    row, event = completion(actor, load(actor, volunteer_id, now), requirement, seen_on, to_on, now)
    carry_out(actor, now, rows=[row], events=[event])
    return row


def completion(
    actor: Actor, volunteer: Volunteer, requirement: Requirement, seen_on: date, to_on: date | None, now: Now
) -> tuple[Completion, domain.RequirementSeen]:
    """Make the row and the event of a requirement seen to be in order, for an act to save.

    Raises:
        RuleBroken: 'completion_expired', 'identity_end_missing'.
    """
    row = Completion(
        volunteer_id=volunteer.id,
        team_id=volunteer.team_id,
        requirement=requirement,
        from_on=seen_on,
        to_on=domain.valid_until(requirement, seen_on, to_on, domain.policy_for(volunteer.since_on, now.on)),
        seen_by=actor.user_id,
        seen_on=now.on,
    )
    event = domain.RequirementSeen(volunteer_id=volunteer.id, requirement=requirement, to_on=row.to_on)
    return row, event


@act(P.MANAGE_VOLUNTEER)
def grant_permit(
    actor: Actor, volunteer_id: UUID, prison_code: str, from_on: date, to_on: date | None, now: Now
) -> PrisonPermit:
    """Record that a prison lets a volunteer in, on days.

    Raises:
        RuleBroken: 'permit_overlaps'; 'permit_needs_vog' without a valid VOG on the first day;
            'period_backwards'.
    """
    volunteer = load(actor, volunteer_id, now)
    wanted = Permit(prison_code, from_on, to_on)
    if to_on is not None and to_on < from_on:
        raise RuleBroken("period_backwards")
    with rls.system("facts", now.on):
        papers = papers_of(volunteer, now.on)
    domain.check_permit(papers.permits, wanted)
    if Requirement.VOG_85 in domain.missing(papers, max(from_on, now.on)):
        raise RuleBroken("permit_needs_vog")
    row = PrisonPermit(
        volunteer_id=volunteer.id,
        team_id=volunteer.team_id,
        prison_id=prison_code,
        from_on=from_on,
        to_on=to_on,
    )
    event = domain.PermitGranted(volunteer_id=volunteer.id, prison=prison_code)
    carry_out(actor, now, rows=[row], events=[event])
    return row


@act(P.MANAGE_VOLUNTEER)
def end_permit(actor: Actor, permit_id: UUID, to_on: date, now: Now) -> PrisonPermit:
    """Record that a prison lets a volunteer in no longer after a day.

    Raises:
        RuleBroken: 'period_backwards' when that day lies before the first.
    """
    row: PrisonPermit = PrisonPermit.for_action(actor, now.on).get_or_404(pk=permit_id)
    if to_on < row.from_on:
        raise RuleBroken("period_backwards")
    row.to_on = to_on
    event = domain.PermitEnded(volunteer_id=row.volunteer_id, prison=row.prison_id)
    carry_out(actor, now, rows=[row], events=[event])
    return row


@act(P.MANAGE_VOLUNTEER)
def exempt(actor: Actor, volunteer_id: UUID, requirement: Requirement, to_on: date, now: Now) -> Exemption:
    """Let a volunteer do without a requirement until a day; who decides so is written down.

    Raises:
        RuleBroken: 'never_exempted', 'exemption_over', 'exemption_too_long'.
    """
    volunteer = load(actor, volunteer_id, now)
    policy = domain.policy_for(volunteer.since_on, now.on)
    domain.check_exemption(requirement, policy, to_on, now.on)
    row = Exemption(
        volunteer_id=volunteer.id,
        team_id=volunteer.team_id,
        requirement=requirement,
        from_on=now.on,
        to_on=to_on,
        given_by=actor.user_id,
    )
    event = domain.RequirementWaived(volunteer_id=volunteer.id, requirement=requirement, to_on=to_on)
    carry_out(actor, now, rows=[row], events=[event])
    return row


@act(P.MANAGE_VOLUNTEER)
def end_exemption(actor: Actor, exemption_id: UUID, now: Now) -> Exemption:
    """Let an exemption end today, earlier than it was given.

    Raises:
        RuleBroken: 'exemption_over' when it has ended already.
    """
    row: Exemption = Exemption.for_action(actor, now.on).get_or_404(pk=exemption_id)
    if row.to_on <= now.on:
        raise RuleBroken("exemption_over")
    row.to_on = now.on
    event = domain.WaiverEnded(volunteer_id=row.volunteer_id, requirement=Requirement(row.requirement))
    carry_out(actor, now, rows=[row], events=[event])
    return row
