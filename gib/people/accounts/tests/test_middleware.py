"""The reader of a request: her appointment, her time, her name, and the gate before every case."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import URLPattern, get_resolver

from gib.core.access.guard import RULE
from gib.core.access.tables import Role
from gib.core.journal.models import Reading
from gib.people.accounts import actions, builders, sessions
from gib.people.accounts.domain import Seat
from gib.people.accounts.middleware import Reader
from gib.people.accounts.models import Installation
from gib.people.accounts.tests.keys import asked
from gib.people.partners import builders as places

pytestmark = pytest.mark.django_db(databases="__all__")


def routes(resolver=None):
    """Give every view of an URLconf with its address."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLPattern):
            yield entry
        else:
            yield from routes(entry)


def test_the_actor_comes_from_the_appointment(enter, teams):
    volunteer_id = uuid4()
    user, actor = builders.volunteer_user(teams[0], volunteer_id)
    answer = enter(user).get("/")
    assert answer.content == b"rol volunteer"
    assert answer.wsgi_request.actor == actor
    assert actor.volunteer_id == volunteer_id
    assert answer.wsgi_request.now.on == datetime.now(UTC).astimezone().date()


def test_a_partner_acts_for_its_organisation(enter, db):
    desk = places.a_paying_and_a_refusing_municipality()[0]
    user, actor = builders.municipality_desk(desk)
    assert enter(user).get("/").wsgi_request.actor == actor
    assert (actor.partner_id, actor.team_ids) == (desk.pk, frozenset())


def test_a_visitor_has_no_actor(client, db):
    answer = client.get("/inloggen/")
    assert answer.wsgi_request.actor is None
    assert "no-store" in answer["Cache-Control"]
    assert client.get("/")["Location"] == "/inloggen/?next=/"


def test_a_request_costs_three_queries_with_the_name(enter, carla):
    client = enter(carla[0])
    client.get("/")
    with asked() as main, asked("keys") as keys:
        assert client.get("/naam/").content == b"ik ben Carla Voorbeeld"
    assert (len(main), len(keys)) == (2, 1)


def test_reading_ones_own_name_is_not_logged(enter, carla):
    enter(carla[0]).get("/naam/")
    assert not Reading.objects.exists()


def test_nothing_of_a_signed_in_reader_stays_in_a_cache(enter, carla):
    assert "no-store" in enter(carla[0]).get("/")["Cache-Control"]


@pytest.mark.requirement("SEC-02")
def test_a_view_without_a_rule_is_refused(enter, carla):
    assert enter(carla[0]).get("/vergeten/").status_code == 403


@pytest.mark.requirement("SEC-05")
@pytest.mark.parametrize(("make", "minutes"), [("coordinator", 15), ("referrer", 10)])
def test_a_silent_session_ends(enter, teams, time_machine, make, minutes):
    time_machine.move_to(datetime.now(UTC), tick=False)
    place = teams[0] if make == "coordinator" else places.two_prison_desks()[0]
    client = enter(getattr(builders, make)(place)[0])
    time_machine.shift(minutes * 60 - 1)
    assert client.get("/").status_code == 200
    time_machine.shift(minutes * 60)
    assert client.get("/dossier/?blad=2")["Location"].startswith("/inloggen/?next=/dossier/")
    assert "_auth_user_id" not in client.session


@pytest.mark.requirement("SEC-05")
def test_a_busy_session_ends_after_eight_hours(enter, carla, time_machine):
    time_machine.move_to(datetime.now(UTC), tick=False)
    client = enter(carla[0])
    for _ in range(8 * 6 - 1):
        time_machine.shift(600)
        assert client.get("/").status_code == 200
    time_machine.shift(600)
    assert client.get("/").status_code == 302


def test_a_page_writes_the_session_at_most_once_a_minute(enter, carla, time_machine):
    time_machine.move_to(datetime.now(UTC), tick=False)
    client = enter(carla[0])
    time_machine.shift(61)
    client.get("/")
    time_machine.shift(30)
    with asked() as main:
        client.get("/")
    assert len(main) == 2


def test_a_session_without_clocks_never_began(client, carla):
    client.force_login(carla[0], backend=builders.BACKEND)
    assert client.get("/").status_code == 302


@pytest.mark.requirement("SEC-08")
def test_ended_access_is_noticed_at_the_next_request(enter, carla, teams, now):
    user, _ = builders.volunteer_user(teams[0], uuid4())
    client = enter(user)
    assert client.get("/").status_code == 200
    actions.end_appointment(carla[1], user.appointments.get().pk, now=now)
    answer = client.get("/")
    assert answer.status_code == 403
    assert "Uw toegang is geëindigd" in answer.content.decode()


@pytest.mark.requirement("SEC-08")
@pytest.mark.parametrize(
    ("from_days", "attested_days", "words"),
    [(-400, -91, "90 dagen niet bevestigd"), (5, 0, "begint later")],
)
def test_who_has_no_access_hears_why(enter, teams, now, from_days, attested_days, words):
    user, _ = builders.person(
        "Vera Verzonnen",
        Seat(Role.VOLUNTEER, team_id=teams[0].pk, volunteer_id=uuid4()),
        from_on=now.on + timedelta(days=from_days),
        attested_on=now.on + timedelta(days=attested_days),
    )
    answer = enter(user).get("/")
    assert (answer.status_code, words in answer.content.decode()) == (403, True)


def test_a_user_without_any_appointment_gets_a_page_and_no_fault(enter, db):
    user = actions.new_user("Niemand Verzonnen")
    user.save()
    assert enter(user).get("/").status_code == 403


def test_a_password_that_changes_ends_every_other_session(enter, carla):
    client = enter(carla[0])
    carla[0].set_password("paarden eten geen komkommersalade")
    carla[0].save(update_fields=["password"])
    assert client.get("/").status_code == 302


@pytest.fixture
def two_roles(carla, teams, now):
    builders.seated(carla[0], Seat(Role.DEPUTY, team_id=teams[1].pk, to_on=now.on + timedelta(days=7)))
    return carla[0]


def test_who_has_two_roles_chooses_one_and_can_change(enter, two_roles, teams):
    client = enter(two_roles)
    assert client.get("/dossier/?a=1")["Location"] == "/rol/?next=%2Fdossier%2F%3Fa%3D1"
    page = client.get("/rol/?next=/dossier/").content.decode()
    assert "vervanger" in page
    assert "coördinator" in page
    deputy = two_roles.appointments.get(role="deputy")
    answer = client.post("/rol/", {"aanstelling": deputy.pk, "next": "/dossier/"})
    assert answer["Location"] == "/dossier/"
    assert client.get("/").wsgi_request.actor.team_ids == {teams[1].pk}
    own = two_roles.appointments.get(role="coordinator")
    client.post("/rol/", {"aanstelling": own.pk, "next": "//elders.example"})
    assert client.get("/").content == b"rol coordinator"


def test_a_chosen_role_that_ends_is_left_at_once(enter, two_roles, now):
    client = enter(two_roles)
    deputy = two_roles.appointments.get(role="deputy")
    client.post("/rol/", {"aanstelling": deputy.pk})
    type(deputy).objects.filter(pk=deputy.pk).update(ended_at=now.at)
    assert client.get("/").content == b"rol coordinator"


def test_nobody_chooses_the_role_of_another(enter, two_roles, leader):
    strange = leader[0].appointments.get()
    client = enter(two_roles)
    for given in (strange.pk, "x", ""):
        assert client.post("/rol/", {"aanstelling": given}).status_code == 404
    assert Client().get("/rol/")["Location"] == "/inloggen/"
    assert client.put("/rol/").status_code == 405


def test_a_demonstration_says_so_and_keeps_its_own_day(client, db):
    assert client.get("/inloggen/").wsgi_request.banner is None
    builders.mark_as_demo(date(2011, 1, 11))
    answer = client.get("/inloggen/")
    assert answer.wsgi_request.now.on == date(2011, 1, 11)
    assert answer.wsgi_request.now.at.year >= 2026
    assert "voorbeeld" in answer.content.decode()
    assert Installation.current().is_demo


@pytest.mark.requirement("SEC-01")
def test_the_gate_stands_before_every_view_with_a_rule(carla, settings):
    """Over the whole house: whoever has not shown a second factor reaches public pages only."""
    settings.ROOT_URLCONF = "config.urls"
    request = RequestFactory().get("/")
    request.user, request.session = carla[0], {}
    request.actor, request.now = None, builders.now_on(None)
    gate = Reader(lambda request: HttpResponse())
    ruled = [route for route in routes() if getattr(route.callback, RULE, None)]
    assert ruled
    for route in ruled:
        answer = gate.process_view(request, route.callback, (), {})
        assert answer is not None, route
        assert answer["Location"] == "/tweede-sleutel/", route


def test_the_gate_leaves_public_pages_and_known_readers_alone(carla):
    request = RequestFactory().get("/")
    gate = Reader(lambda request: HttpResponse())
    request.user, request.session, request.actor = carla[0], {}, None
    public = next(route for route in routes() if route.name == "account_login")
    assert gate.process_view(request, public.callback, (), {}) is None
    request.actor = carla[1]
    ruled = next(route for route in routes() if route.name == "people")
    assert gate.process_view(request, ruled.callback, (), {}) is None


def test_every_address_of_this_slice_has_a_rule():
    own = [route for route in routes() if "vergeten" not in str(route.pattern)]
    assert all(hasattr(route.callback, RULE) for route in own)


def test_the_reader_of_a_session_is_proved_only_when_marked():
    session = {}
    assert not sessions.is_proved(session)
    sessions.begin(session, proved=False)
    assert not sessions.is_proved(session)
    sessions.prove(session)
    assert sessions.is_proved(session)


def test_permission_is_still_asked(enter, leader):
    answer = enter(leader[0]).get("/dossier/")
    assert answer.status_code == 403
