"""Letting people in, confirming them, ending their access, and giving them a new start."""

from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db.models import Q
from django.http import Http404

from gib.core.access.actor import NOBODY, Actor
from gib.core.access.tables import P, Role
from gib.core.journal import outbox
from gib.core.journal.acts import act, carry_out
from gib.core.kernel.clock import Now
from gib.core.kernel.rules import RuleBroken
from gib.core.vault import boxes
from gib.core.vault.models import BoxKind
from gib.people.accounts import domain
from gib.people.accounts.domain import Invitee, Letter, Seat, Standing
from gib.people.accounts.models import Appointment, Invitation, RecoveryCode, User

Found = TypeVar("Found")


def gatekeeper(purpose: str, user_id: UUID | None = None) -> Actor:
    """Make the actor of what happens at the door, before anybody has an appointment."""
    return Actor(user_id or NOBODY, Role.SYSTEM, purpose=purpose)


def _or_404(found: Found | None) -> Found:
    if found is None:
        raise Http404
    return found


def new_user(name: str, email: str = "") -> User:
    """Make a user with a box of her own, a neutral name and no password; the caller saves her."""
    username = domain.new_username()
    while User.objects.filter(username=username).exists():
        username = domain.new_username()
    user = User(username=username, display_name=name, email=email)
    user.set_unusable_password()
    boxes.make(user.id, BoxKind.STAFF)
    return user


@act(P.INVITE, P.INVITE_VOLUNTEER)
def invite(actor: Actor, invitee: Invitee, now: Now, *, user: User | None = None) -> Letter:
    """Let somebody in: a neutral account, a letter, and a code to read out.

    Args:
        user: the account that she had before; it gets the name and the address of today.

    Raises:
        RuleBroken: 'may_not_let_in', 'appointment_incomplete'.
    """
    seat = invitee.seat
    domain.check_may_let_in(actor, seat.role, seat.team_id)
    domain.check_seat(seat)
    user = user or new_user(invitee.name, invitee.email)
    user.display_name, user.email = invitee.name, invitee.email
    row, letter = Invitation.written(user, seat, actor, now)
    carry_out(actor, now, rows=[user, row], events=[_invited(user.id, seat)])
    return letter


def _invited(user_id: UUID, seat: Seat | None) -> domain.Invited:
    if seat is None:
        return domain.Invited(user_id=user_id)
    return domain.Invited(
        user_id=user_id,
        role=seat.role,
        team_id=seat.team_id,
        partner_id=seat.partner_id,
        volunteer_id=seat.volunteer_id,
    )


def _own_invitation(actor: Actor, invitation_id: UUID, now: Now) -> Invitation:
    own = Q(made_by=actor.user_id) | Q(role=Role.VOLUNTEER, team__in=sorted(actor.team_ids))
    rows = Invitation.objects.filter(own, pk=invitation_id)
    row = _or_404(rows.select_for_update(of=("self",)).select_related("user").first())
    if row.used_at or row.withdrawn_at:
        raise RuleBroken("invitation_closed")
    return row


@act(P.INVITE, P.INVITE_VOLUNTEER)
def withdraw(actor: Actor, invitation_id: UUID, now: Now) -> Invitation:
    """Take back an invitation that nobody used.

    Raises:
        RuleBroken: 'invitation_closed' when it was used or withdrawn.
    """
    row = _own_invitation(actor, invitation_id, now)
    row.withdrawn_at = now.at
    carry_out(actor, now, rows=[row], events=[domain.InvitationWithdrawn(user_id=row.user_id)])
    return row


@act(P.INVITE)
def write_again(actor: Actor, invitation_id: UUID, now: Now) -> Letter:
    """Replace a letter that was lost or came too late by a new one.

    Raises:
        RuleBroken: 'invitation_closed' when it was used or withdrawn.
    """
    row = _own_invitation(actor, invitation_id, now)
    row.withdrawn_at = now.at
    fresh, letter = Invitation.written(row.user, row.seat, actor, now)
    carry_out(actor, now, rows=[row, fresh], events=[_invited(row.user_id, row.seat)])
    return letter


@act
def accept(actor: Actor, invitation_id: UUID, password: str, now: Now) -> User:
    """Use an invitation: the account gets its password, and its appointment from today.

    Args:
        password: already weighed; empty when a passkey comes in its place.

    Raises:
        RuleBroken: 'invitation_closed'.
    """
    rows = Invitation.objects.select_for_update(of=("self",)).select_related("user")
    row = _or_404(rows.filter(pk=invitation_id).first())
    domain.check_open(row.used_at, row.withdrawn_at, row.expires_at, now.at)
    row.used_at, user = now.at, row.user
    user.set_password(password or None)
    changed: list[Any] = [user, row]
    events: list[Any] = [domain.InvitationAccepted(user_id=user.id)]
    if row.seat:
        changed.append(Appointment.of_seat(user.id, row.seat, now.on))
        events.append(_appointed(changed[-1]))
    carry_out(actor, now, rows=changed, events=events)
    return user


def _appointed(row: Appointment) -> domain.Appointed:
    return domain.Appointed(
        user_id=row.user_id,
        role=row.actor().role,
        team_id=row.team_id,
        partner_id=row.partner_id,
        volunteer_id=row.volunteer_id,
        from_on=row.from_on,
        to_on=row.to_on,
    )


@act(P.INVITE)
def appoint(actor: Actor, username: str, seat: Seat, now: Now) -> Appointment:
    """Give somebody who already has an account a further role from today, such as deputy of a team.

    Raises:
        RuleBroken: 'may_not_let_in', 'appointment_incomplete', 'user_unknown'.
    """
    domain.check_may_let_in(actor, seat.role, seat.team_id)
    domain.check_seat(seat)
    user = User.objects.filter(username=username.strip().lower()).first()
    if user is None:
        raise RuleBroken("user_unknown")
    row = Appointment.of_seat(user.id, seat, now.on)
    carry_out(actor, now, rows=[row], events=[_appointed(row)])
    return row


@act(P.INVITE, P.MANAGE_ACCOUNT)
def end_appointment(actor: Actor, appointment_id: int, now: Now, *, to_on: date | None = None) -> Appointment:
    """End access; the first request after it finds nothing.

    Args:
        to_on: the last day, up to and including; without one it ends at once.

    Raises:
        RuleBroken: 'appointment_over'.
    """
    row: Appointment = _or_404(Appointment.objects.endable_by(actor).filter(pk=appointment_id).first())
    if row.standing(now.on) is Standing.ENDED:
        raise RuleBroken("appointment_over")
    row.ended_at = now.at if to_on is None else None
    row.to_on = max(to_on or now.on, row.from_on)
    event = domain.AppointmentEnded(user_id=row.user_id, role=row.actor().role, to_on=row.to_on)
    carry_out(actor, now, rows=[row], events=[event])
    return row


@act(P.INVITE, P.MANAGE_ACCOUNT)
def attest(actor: Actor, appointment_id: int, now: Now) -> Appointment:
    """Confirm that somebody still needs access, for another 90 days.

    Raises:
        RuleBroken: 'appointment_over'.
    """
    row: Appointment = _or_404(Appointment.objects.attestable_by(actor).filter(pk=appointment_id).first())
    if row.standing(now.on) is Standing.ENDED:
        raise RuleBroken("appointment_over")
    row.attested_on = now.on
    carry_out(actor, now, rows=[row], events=[domain.Attested(user_id=row.user_id, role=row.actor().role)])
    return row


def _kept_user(rows: Any, user_id: UUID) -> User:
    seat: Appointment = _or_404(rows.filter(user_id=user_id).select_related("user").first())
    return seat.user


@act(P.INVITE)
def reset_access(actor: Actor, user_id: UUID, now: Now) -> Letter:
    """Give somebody who stands before you a new start: keys, codes and sessions go, a letter follows.

    This is the only way to replace a lost password; nothing goes by mail.
    """
    user = _kept_user(Appointment.objects.kept_by(actor).current(now.on), user_id)
    _take_keys(user, now)
    row, letter = Invitation.written(user, None, actor, now)
    carry_out(actor, now, rows=[user, row], events=[domain.AccessReset(user_id=user.id)])
    return letter


@act
def forget_file(actor: Actor, volunteer_id: UUID, now: Now) -> None:
    """Take away name, address and keys of whoever came in on a file that is erased; her neutral name stays.

    An account with another role that goes on stays as it is.
    """
    of_file = Q(appointments__volunteer_id=volunteer_id) | Q(invitations__volunteer_id=volunteer_id)
    for user in User.objects.filter(of_file).distinct():
        if any(seat.standing(now.on) is not Standing.ENDED for seat in user.seats()):
            continue
        _take_keys(user, now)
        carry_out(actor, now, rows=[user], events=[domain.AccessReset(user_id=user.id)])
        boxes.erase(user.id, now.at)


def _take_keys(user: User, now: Now) -> None:
    """Take password, keys, codes and sessions away, and let no letter that is out work."""
    user.set_unusable_password()
    Authenticator.objects.filter(user_id=user.id).delete()
    RecoveryCode.objects.filter(user_id=user.id).delete()
    end_sessions(user.id)
    open_letters = Invitation.objects.filter(user=user, used_at__isnull=True, withdrawn_at__isnull=True)
    open_letters.update(withdrawn_at=now.at)


@act(P.MANAGE_ACCOUNT)
def kill_sessions(actor: Actor, user_id: UUID, now: Now) -> int:
    """Sign somebody out everywhere.

    Returns: how many sessions ended.
    """
    user = _kept_user(Appointment.objects.endable_by(actor), user_id)
    carry_out(actor, now, events=[domain.SessionsEnded(user_id=user.id)])
    return end_sessions(user.id)


def end_sessions(user_id: UUID, only: int | None = None, but_key: str | None = None) -> int:
    """End the sessions of a user: all, one of them, or all but the one that asks.

    Returns: how many ended.
    """
    rows = UserSession.objects.filter(user_id=user_id).exclude(session_key=but_key or "")
    found = list(rows if only is None else rows.filter(pk=only))
    for session in found:
        session.end()
    return len(found)


def end_oldest_sessions(user_id: UUID) -> None:
    """Keep the newest three sessions of a user."""
    for session in UserSession.objects.filter(user_id=user_id).order_by("-created_at", "-pk")[
        domain.MOST_SESSIONS :
    ]:
        session.end()


def renew_codes(user_id: UUID) -> list[str]:
    """Replace the one-time codes of a user; the new ones are shown once."""
    return RecoveryCode.renew(user_id)


@act
def report_failures(actor: Actor, username: str, failures: int, now: Now) -> None:
    """Leave a trace of many wrong guesses and warn who keeps this user, not only her own mailbox."""
    user = User.objects.filter(username=username.strip().lower()).first()
    event = domain.SignInFailedOften(user_id=user.id if user else None, failures=failures)
    carry_out(actor, now, events=[event])
    if user:
        for keeper in sorted(Appointment.objects.keepers_of(user.id, now.on)):
            key = f"guesses:{user.id}:{keeper}:{now.at:%Y%m%d%H}"
            outbox.notify(keeper, "sign_in_failed", key, now)


def tell_of_change(user_id: UUID, what: str, now: Now) -> None:
    """Queue a notice that something changed in how somebody signs in."""
    outbox.notify(user_id, "sign_in_changed", f"{what[:40]}:{user_id}:{now.at:%Y%m%d%H%M}", now)
