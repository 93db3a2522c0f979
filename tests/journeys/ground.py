"""The houses that are looked at: one with a row in every table, and one in which nothing has happened yet.

Runs by itself, on the data of a house; it prints the addresses of every role.
"""

import json
import re
import sys
from collections import defaultdict
from datetime import timedelta
from types import SimpleNamespace
from typing import Final

from allauth.mfa.models import Authenticator
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.urls import reverse

from gib.core.access.actor import Actor, house
from gib.core.access.tables import Role
from gib.core.journal.sessions import reading
from gib.people.accounts import builders as accounts
from gib.people.accounts.models import Appointment, Installation
from gib.people.families.models import Emergency
from gib.people.partners import builders as places
from gib.people.partners.models import Team
from gib.people.volunteers import builders as volunteers
from gib.people.volunteers.actions import move
from gib.people.volunteers.domain import State
from gib.people.volunteers.models import Volunteer
from gib.portal.demo import world
from gib.portal.demo.people import TODAY, days_ago
from tests.access.crawl import Ground, Route, address, routes
from tests.access.oracle import ACTS_ONLY, ALLOWED
from tests.world.base import ROLES, seats
from tests.world.more import furnish, give_keys

#: Addresses that show no page: they send on, or hand over a file.
NO_PAGE: Final = {"portal:start", "portal:plan_intake", "aftercare:export", "imports:empty"}
#: A role that nobody has -> at whose desk it begins.
DESK: Final = {Role.EMERGENCY: Role.COORDINATOR}
ROUTES: Final = [
    route for route in routes() if route.name in ALLOWED and route.name not in ACTS_ONLY | NO_PAGE
]


def full() -> None:
    """Build the demonstration and more, and print what everybody may open."""
    people = world.build()
    with reading(house("test"), "test", "job"):
        ground = Ground(furnish(people))
        tell({role: _kinds(ground, seats(role)[0].actor()) for role in ROLES} | _hurried(ground))


def _hurried(ground: Ground) -> dict[Role, dict[str, list[str]]]:
    """Give the pages of a dossier that is open in an emergency."""
    by = seats(Role.COORDINATOR)[0]
    look = Emergency.visible_to(by.actor(), TODAY).filter(user_id=by.user_id).latest("began_at")
    return {Role.EMERGENCY: _kinds(ground, Actor(by.user_id, Role.EMERGENCY, emergency_id=look.id))}


def keys() -> None:
    """Give the project leader two keys, one of them just shown, and print where she takes them away."""
    user = seats(Role.PROJECT_LEADER)[0].user
    give_keys(user)
    for row in Session.objects.all():
        session = SessionStore(row.session_key)
        if session.get(SESSION_KEY) == str(user.pk):
            session[HASH_SESSION_KEY] = user.get_session_auth_hash()
            session.save()
            accounts.step_up(SimpleNamespace(session=session))
    key = Authenticator.objects.get(user=user, type=Authenticator.Type.WEBAUTHN)
    pages = [
        reverse("account_change_password"),
        reverse("mfa_deactivate_totp"),
        reverse("mfa_remove_webauthn", args=[key.pk]),
    ]
    sys.stdout.write(json.dumps(pages))


def no_keys() -> None:
    """Take the keys of the project leader away again: who steps in at the demonstration has none."""
    user = seats(Role.PROJECT_LEADER)[0].user
    Authenticator.objects.filter(user=user).delete()
    user.set_unusable_password()
    user.save()
    sys.stdout.write("null")


def tomorrow() -> None:
    """Let the demonstration be one day further, for a server that is opened after this."""
    accounts.mark_as_demo(TODAY + timedelta(days=1), Installation.current().story)
    sys.stdout.write("null")


def volunteers_in() -> None:
    """Let every volunteer of the demonstration sign in under her own name, to meet her at her phone."""
    with reading(house("test"), "test", "job"):
        known = set(Appointment.objects.values_list("volunteer_id", flat=True))
        for row in Volunteer.for_house("test", TODAY).exclude(pk__in=known - {None}):
            name = f"{row.given_name} {row.family_name}"
            accounts.volunteer_user(Team.objects.get(pk=row.team_id), row.id, name)
    sys.stdout.write("null")


def bare() -> None:
    """Give everybody a desk on which nothing lies."""
    world.load_register()
    accounts.mark_as_demo(TODAY)
    with reading(house("test"), "test", "job"):
        team = places.two_teams()[0]
        coordinator = accounts.coordinator(team)[1]
        accounts.deputy(team, TODAY)
        accounts.referrer(places.two_prison_desks()[0], team)
        accounts.municipality_desk(places.a_desk("0363"))
        accounts.safety_house_desk(places.a_safety_house())
        accounts.project_leader()
        accounts.technical_admin()
        accounts.privacy_officer()
        helper = volunteers.interested(coordinator, days_ago(2), "Nieuwkomer", "Proeflezer")
        # Her first talk was planned, so that nobody waits for one.
        move(coordinator, helper.id, State.INTERVIEW, days_ago(2))
        accounts.volunteer_user(team, helper.id)
        tell({role: {} for role in ROLES})


def _kinds(ground: Ground, actor: Actor) -> dict[str, list[str]]:
    """Give each kind of page that a person may open, with a few addresses of it."""
    found: dict[str, list[str]] = defaultdict(list)
    for route in ROUTES:
        if actor.role in ALLOWED[route.name]:
            for kwargs in ground.own(route, actor):
                found[_kind(route, kwargs)].append(address(route, kwargs))
    return found


def _kind(route: Route, kwargs: dict[str, object]) -> str:
    words = [str(value) for value in kwargs.values() if re.fullmatch(r"[a-z_-]+", str(value))]
    return " ".join([route.name, *words])


def tell(kinds: dict[Role, dict[str, list[str]]]) -> None:
    """Print, per role, whom to step into and what to open."""
    people = {
        role: {"seat": seats(DESK.get(role, role))[0].pk, "kinds": pages} for role, pages in kinds.items()
    }
    sys.stdout.write(json.dumps(people))
