"""Every role at every address of this slice, against a table written by hand."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from gib.core.access.tables import APPOINTED, Role
from gib.core.kernel.clock import real_now
from gib.people.accounts import builders
from gib.people.partners import builders as places

pytestmark = pytest.mark.django_db(databases="__all__")

ALL = frozenset(APPOINTED)
NOBODY = frozenset()
INVITING = frozenset({Role.PROJECT_LEADER, Role.COORDINATOR})
ADMIN = frozenset({Role.TECHNICAL_ADMIN})
#: Address -> who gets its page with 200; anybody else who is signed in gets 403 where it has a rule.
PAGES = {
    "/sessies/": (ALL, "rule"),
    "/toegang/": (INVITING, "rule"),
    "/toegang/uitnodigen/": (INVITING, "rule"),
    "/accounts/": (ADMIN, "rule"),
    "/tweede-sleutel/": (ALL, "public"),
    "/rol/": (ALL, "public"),
    "/uitnodiging/": (ALL, "public"),
    "/uitloggen/": (ALL, "public"),
}
#: Address of an act -> who may try it; what she then finds is another question.
ACTS = {
    "/toegang/1/bevestigen/": INVITING,
    "/toegang/1/beeindigen/": INVITING,
    f"/toegang/{uuid4()}/nieuw-begin/": INVITING,
    f"/toegang/{uuid4()}/intrekken/": INVITING,
    f"/toegang/{uuid4()}/opnieuw/": INVITING,
    "/accounts/1/beeindigen/": ADMIN,
    f"/accounts/{uuid4()}/afmelden/": ADMIN,
    "/accounts/1/bevestigen/": ADMIN,
}


def in_role(role):
    """Make somebody of a role."""
    team, desk = places.two_teams()[0], places.two_prison_desks()[0]
    makers = {
        Role.PROJECT_LEADER: builders.project_leader,
        Role.COORDINATOR: lambda: builders.coordinator(team),
        Role.DEPUTY: lambda: builders.deputy(team, real_now().on + timedelta(days=7)),
        Role.VOLUNTEER: lambda: builders.volunteer_user(team, uuid4()),
        Role.REFERRER: lambda: builders.referrer(desk),
        Role.MUNICIPALITY: lambda: builders.municipality_desk(
            places.a_paying_and_a_refusing_municipality()[0]
        ),
        Role.SAFETY_HOUSE: lambda: builders.safety_house_desk(places.a_safety_house()),
        Role.TECHNICAL_ADMIN: builders.technical_admin,
        Role.PRIVACY_OFFICER: builders.privacy_officer,
    }
    return makers[role]()


@pytest.mark.parametrize("role", sorted(ALL))
def test_each_builder_makes_its_role(role):
    user, actor = in_role(role)
    assert (actor.role, actor.user_id) == (role, user.pk)
    assert user.appointments.get().actor() == actor


@pytest.mark.requirement("SEC-02")
@pytest.mark.parametrize("role", sorted(ALL))
def test_a_role_sees_its_pages_and_no_others(role, enter):
    client = enter(in_role(role)[0])
    found = {path: client.get(path).status_code for path in PAGES}
    assert found == {path: 200 if role in roles else 403 for path, (roles, _) in PAGES.items()}


@pytest.mark.requirement("SEC-02")
@pytest.mark.parametrize("role", sorted(ALL))
def test_a_role_may_try_its_acts_and_no_others(role, enter):
    """What is tried on nobody is not found; what may not be tried is forbidden."""
    client = enter(in_role(role)[0])
    strange = in_role(Role.PROJECT_LEADER)[0].appointments.get().pk + 1000
    paths = {path.replace("/1/", f"/{strange}/"): roles for path, roles in ACTS.items()}
    found = {path: client.post(path, {"token": str(uuid4())}).status_code for path in paths}
    assert found == {path: 404 if role in roles else 403 for path, roles in paths.items()}


def test_a_visitor_sees_the_door_only(db):
    client = Client()
    for path in (*PAGES, *ACTS):
        answer = client.get(path)
        if path == "/uitnodiging/":
            assert answer.status_code == 200
        elif path in ACTS:
            assert answer.status_code == 405
            assert client.post(path)["Location"] == f"/inloggen/?next={path}"
        else:
            assert answer["Location"].startswith("/inloggen/"), path


@pytest.mark.parametrize("path", ["/sessies/", "/toegang/", "/accounts/", "/toegang/uitnodigen/"])
def test_a_reader_without_a_second_factor_is_sent_to_make_one(client, carla, path):
    client.force_login(carla[0], backend=builders.BACKEND)
    session = client.session
    builders.sessions.begin(session, proved=False)
    session.save()
    assert client.get(path)["Location"] == "/tweede-sleutel/"
    assert client.post(path).status_code in (302, 405)
