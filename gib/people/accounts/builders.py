"""People with access, for stories, tests and the demonstration."""

from datetime import date
from typing import Any, Final
from uuid import UUID

from allauth.account.internal.flows.login import record_authentication
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest

from gib.core.access.actor import Actor
from gib.core.access.tables import Role
from gib.core.kernel.clock import now_on
from gib.people.accounts import lending, sessions
from gib.people.accounts.actions import new_user
from gib.people.accounts.domain import Seat
from gib.people.accounts.models import Appointment, Installation, User, business_day, forget_installation
from gib.people.partners.models import Partner, Team

SINCE: Final = date(2007, 1, 1)
BACKEND: Final = "gib.people.accounts.backends.HouseBackend"


def person(
    name: str, seat: Seat, from_on: date = SINCE, attested_on: date | None = None
) -> tuple[User, Actor]:
    """Make a user with an appointment that was confirmed today, as if the letter had been used."""
    user = new_user(name)
    user.save()
    return user, seated(user, seat, from_on, attested_on)


def seated(user: User, seat: Seat, from_on: date = SINCE, attested_on: date | None = None) -> Actor:
    """Give a user a further appointment."""
    row = Appointment.of_seat(user.id, seat, from_on)
    row.attested_on = attested_on or now_on(business_day()).on
    row.save()
    return row.actor()


def project_leader(name: str = "Petra Proef") -> tuple[User, Actor]:
    """Make a project leader."""
    return person(name, Seat(Role.PROJECT_LEADER))


def coordinator(team: Team, name: str = "Carla Voorbeeld") -> tuple[User, Actor]:
    """Make the coordinator of a team."""
    return person(name, Seat(Role.COORDINATOR, team_id=team.pk))


def deputy(team: Team, to_on: date, name: str = "Dina Voorbeeld") -> tuple[User, Actor]:
    """Make somebody who stands in for a coordinator until a day."""
    return person(name, Seat(Role.DEPUTY, team_id=team.pk, to_on=to_on))


def volunteer_user(team: Team, volunteer_id: UUID, name: str = "Vera Verzonnen") -> tuple[User, Actor]:
    """Make the account of a volunteer."""
    return person(name, Seat(Role.VOLUNTEER, team_id=team.pk, volunteer_id=volunteer_id))


def referrer(prison: Partner, team: Team | None = None, name: str = "Rik Verzonnen") -> tuple[User, Actor]:
    """Make a worker of a prison who refers mothers to the team there."""
    team = team or Team.objects.filter(prison=prison.prison).first()
    return person(name, Seat(Role.REFERRER, team_id=team.pk if team else None, partner_id=prison.pk))


def municipality_desk(partner: Partner, name: str = "Gemma Verzonnen") -> tuple[User, Actor]:
    """Make somebody at the aftercare desk of a municipality."""
    return person(name, Seat(Role.MUNICIPALITY, partner_id=partner.pk))


def safety_house_desk(partner: Partner, name: str = "Saar Verzonnen") -> tuple[User, Actor]:
    """Make somebody of a safety house."""
    return person(name, Seat(Role.SAFETY_HOUSE, partner_id=partner.pk))


def technical_admin(name: str = "Teun Verzonnen") -> tuple[User, Actor]:
    """Make a technical administrator."""
    return person(name, Seat(Role.TECHNICAL_ADMIN))


def privacy_officer(name: str = "Pien Verzonnen") -> tuple[User, Actor]:
    """Make a privacy officer."""
    return person(name, Seat(Role.PRIVACY_OFFICER))


def sign_in(client: Any, user: User) -> None:
    """Give a test client a session of this user, with the second factor shown."""
    client.force_login(user, backend=BACKEND)
    session = client.session
    sessions.begin(session, proved=True)
    session.save()


def step_up(client: Any) -> None:
    """Let a test client have shown its second factor just now."""
    request = HttpRequest()
    request.session = client.session
    user = User.objects.get(pk=request.session[SESSION_KEY])
    record_authentication(request, user, method="mfa", type="totp", reauthenticated=True)
    request.session.save()


def lend(client: Any, page: str, back: str = "/") -> None:
    """Let a test client have lent its screen for a page, now."""
    request = HttpRequest()
    request.session = client.session
    lending.lend(request, page, back)
    request.session.save()


def mark_as_demo(business_on: date | None = None, story: str = "") -> None:
    """Mark this database as a demonstration, perhaps with a day of its own.

    Args:
        story: which story it tells, once that was told to its end; without it the next start begins anew.
    """
    facts = {"is_demo": True, "business_on": business_on, "story": story}
    Installation.objects.update_or_create(only=True, defaults=facts)
    forget_installation()
