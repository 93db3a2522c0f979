"""The agreement, the certificate of conduct under the free scheme, and goodbye."""

from datetime import date
from uuid import UUID

from django.db.models import Q

from gib.core.access.actor import Actor
from gib.core.access.tables import P
from gib.core.journal.acts import act, carry_out
from gib.core.kernel.clock import Now
from gib.people.volunteers.actions import end_permit, move, record_completion
from gib.people.volunteers.actions.coaching import cancel_talk
from gib.people.volunteers.actions.groups import stop
from gib.people.volunteers.actions.volunteers import load
from gib.people.volunteers.domain import Requirement, State, check_seen
from gib.people.volunteers.domain import agreement as domain
from gib.people.volunteers.models import PrisonPermit, Volunteer
from gib.people.volunteers.models.agreement import SignedAgreement, VogRequest, days_of
from gib.people.volunteers.models.coaching import WAITING, CoachingTalk
from gib.people.volunteers.models.groups import Trainee


@act(P.MANAGE_VOLUNTEER)
def sign(actor: Actor, volunteer_id: UUID, number: str, signed_on: date, now: Now) -> SignedAgreement:
    """Write down that the agreement was signed: in the same act it is seen to be in order.

    Args:
        number: the version that stands on the paper.

    Raises:
        RuleBroken: 'agreement_version'; 'completion_in_future' for a day that must still come.
    """
    domain.check_signed(number, signed_on)
    volunteer = load(actor, volunteer_id, now)
    record_completion(actor, volunteer.id, Requirement.AGREEMENT, signed_on, None, now)
    row = SignedAgreement(
        volunteer_id=volunteer.id,
        team_id=volunteer.team_id,
        number=number,
        signed_on=signed_on,
        seen_by=actor.user_id,
    )
    event = domain.AgreementSigned(volunteer_id=volunteer.id, number=number, signed_on=signed_on)
    carry_out(actor, now, rows=[row], events=[event])
    return row


def _requests(actor: Actor, volunteer: Volunteer, now: Now) -> list[VogRequest]:
    return list(VogRequest.for_action(actor, now.on).filter(volunteer_id=volunteer.id))


def _moved(actor: Actor, row: VogRequest, now: Now) -> VogRequest:
    event = domain.VogMoved(volunteer_id=row.volunteer_id, stand=days_of(row).stand)
    carry_out(actor, now, rows=[row], events=[event])
    return row


@act(P.MANAGE_VOLUNTEER)
def request_vog(actor: Actor, volunteer_id: UUID, now: Now) -> VogRequest:
    """Write down that her certificate was asked for under the free scheme, today.

    Raises:
        RuleBroken: 'vog_excluded', 'vog_running', 'vog_facts'.
    """
    volunteer = load(actor, volunteer_id, now)
    known = [days_of(row) for row in _requests(actor, volunteer, now)]
    domain.check_request(known, volunteer.born_on, volunteer.email or "")
    row = VogRequest(volunteer_id=volunteer.id, team_id=volunteer.team_id, requested_on=now.on)
    return _moved(actor, row, now)


@act(P.MANAGE_VOLUNTEER)
def note_vog(actor: Actor, request_id: UUID, on: date, now: Now) -> VogRequest:
    """Write down the next step of a request: first the day of issue, then the day it was seen.

    When it is seen, both aspects are in order from the day of issue, in the same act.

    Raises:
        RuleBroken: 'vog_over', 'vog_order'; 'completion_in_future' for a day that must still come.
    """
    row: VogRequest = VogRequest.for_action(actor, now.on).get_or_404(pk=request_id)
    domain.check_next(days_of(row), on)
    check_seen(on, now.on)
    if row.issued_on is None:
        row.issued_on = on
        return _moved(actor, row, now)
    row.seen_on = on
    for aspect in (Requirement.VOG_84, Requirement.VOG_85):
        record_completion(actor, row.volunteer_id, aspect, row.issued_on, None, now)
    return _moved(actor, row, now)


@act(P.MANAGE_VOLUNTEER)
def exclude_vog(actor: Actor, volunteer_id: UUID, now: Now) -> VogRequest:
    """Write down that she falls outside the free scheme; a request that ran ends.

    Raises:
        RuleBroken: 'vog_excluded' when that was known.
    """
    volunteer = load(actor, volunteer_id, now)
    known = _requests(actor, volunteer, now)
    domain.check_excluded([days_of(row) for row in known])
    running = next((row for row in known if days_of(row).is_open), None)
    row = running or VogRequest(volunteer_id=volunteer.id, team_id=volunteer.team_id)
    row.excluded_on = now.on
    return _moved(actor, row, now)


@act(P.MANAGE_VOLUNTEER)
def say_goodbye(actor: Actor, volunteer_id: UUID, now: Now) -> Volunteer:
    """Say goodbye: she is gone from today, and no gate opens for her any more.

    What was planned with her is called off. What she saw of a family ends by itself after her last match, and
    her account with it: until then she tells of her last visits.

    Raises:
        RuleBroken: 'goodbye_state' when she is not leaving.
    """
    volunteer = load(actor, volunteer_id, now)
    domain.check_goodbye(State(volunteer.state))
    open_ends = Q(to_on__isnull=True) | Q(to_on__gt=now.on)
    permits = list(PrisonPermit.for_action(actor, now.on).filter(open_ends, volunteer_id=volunteer.id))
    for permit in permits:
        end_permit(actor, permit.id, max(now.on, permit.from_on), now)
    for talk in CoachingTalk.for_action(actor, now.on).filter(WAITING, volunteer_id=volunteer.id):
        cancel_talk(actor, talk.id, now)
    for trainee in Trainee.for_action(actor, now.on).filter(to_on__isnull=True, volunteer_id=volunteer.id):
        stop(actor, trainee.id, now)
    event = domain.GoodbyeSaid(volunteer_id=volunteer.id, permits=len(permits))
    carry_out(actor, now, events=[event])
    return move(actor, volunteer.id, State.LEFT, now)
