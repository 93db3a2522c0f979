"""Letting a volunteer in on her own file, and ending that."""

from uuid import UUID

from gib.core.access.actor import Actor
from gib.core.access.tables import P, Role
from gib.core.journal.acts import act
from gib.core.kernel.clock import Now
from gib.core.kernel.rules import RuleBroken
from gib.people.accounts import actions as accounts
from gib.people.accounts.domain import LONGEST_NAME, Invitee, Letter, Seat
from gib.people.accounts.models import Appointment, Invitation
from gib.people.volunteers.actions.volunteers import load
from gib.people.volunteers.domain import State
from gib.people.volunteers.domain.access import HELD, check_may_invite
from gib.people.volunteers.models.access import access_of


@act(P.INVITE_VOLUNTEER)
def invite(actor: Actor, volunteer_id: UUID, now: Now) -> Letter:
    """Invite a volunteer for exactly her file, or once more; a letter that is out stops working.

    Who had an account before gets no second one.

    Raises:
        RuleBroken: 'volunteer_gone' after she left; 'account_there' when she is in already.
    """
    volunteer = load(actor, volunteer_id, now)
    known = access_of(volunteer, now)
    check_may_invite(State(volunteer.state), known.entry)
    if known.letter:
        accounts.withdraw(actor, known.letter.id, now)
    invitee = Invitee(
        f"{volunteer.given_name} {volunteer.family_name}"[:LONGEST_NAME],
        volunteer.email,
        Seat(Role.VOLUNTEER, team_id=volunteer.team_id, volunteer_id=volunteer.id),
    )
    return accounts.invite(actor, invitee, now=now, user=known.user)


@act(P.INVITE_VOLUNTEER)
def withdraw(actor: Actor, volunteer_id: UUID, now: Now) -> Invitation:
    """Take back the letter of a volunteer.

    Raises:
        RuleBroken: 'letter_not_there' when none is out.
    """
    letter = access_of(load(actor, volunteer_id, now), now).letter
    if letter is None:
        raise RuleBroken("letter_not_there")
    return accounts.withdraw(actor, letter.id, now)


@act(P.INVITE_VOLUNTEER)
def end(actor: Actor, volunteer_id: UUID, now: Now) -> Appointment:
    """End the access of a volunteer at once, on all her devices.

    Raises:
        RuleBroken: 'account_not_there' when she has none.
    """
    known = access_of(load(actor, volunteer_id, now), now)
    if known.seat is None or known.entry not in HELD:
        raise RuleBroken("account_not_there")
    accounts.end_sessions(known.seat.user_id)
    return accounts.end_appointment(actor, known.seat.pk, now)
