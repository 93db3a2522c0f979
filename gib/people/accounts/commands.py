"""What an operator does about access from a shell: letting in the first project leader."""

import argparse

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.urls import reverse
from rich.console import Console

from gib.core.access.actor import house
from gib.core.access.tables import Role
from gib.core.journal.sessions import reading
from gib.core.kernel.clock import now_on
from gib.core.kernel.rules import RuleBroken
from gib.people.accounts import actions
from gib.people.accounts.domain import INVITATION_HOURS, Invitee, Seat, check_operator_lets_in, grouped
from gib.people.accounts.models import Appointment, business_day


def appoint(given: argparse.Namespace) -> int:
    """Let in a project leader: print her letter, and the code that she hears by another way.

    Raises:
        RuleBroken: 'invitee_name', 'invitee_email', 'leader_there' unless another one is asked for.
    """
    now = now_on(business_day())
    there = Appointment.objects.current(now.on).filter(role=Role.PROJECT_LEADER).exists()
    check_operator_lets_in(given.name, is_there=there and not given.another)
    _check_email(given.email)
    operator = house("appoint")
    with reading(operator, "appoint"):
        invitee = Invitee(given.name.strip(), given.email, Seat(Role.PROJECT_LEADER))
        letter = actions.invite(operator, invitee, now=now)
    screen = Console(soft_wrap=True, highlight=False)
    screen.print(f"address:       {settings.SITE_URL}{reverse('accounts:welcome')}")
    screen.print(f"user name:     {letter.username}")
    screen.print(f"letter code:   {grouped(letter.code)}")
    screen.print(f"code to say:   {letter.spoken}  (by phone or in person, never with the letter)")
    screen.print(
        f"Both are shown once and work for {INVITATION_HOURS} hours. Lost or late: gib appoint again."
    )
    return 0


def _check_email(email: str) -> None:
    try:
        validate_email(email or "none@example.org")
    except ValidationError as error:
        raise RuleBroken("invitee_email") from error
