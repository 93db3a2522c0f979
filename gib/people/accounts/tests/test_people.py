"""The pages on who has access: the coordinator's, the administrator's, and the letter."""

import re
from uuid import uuid4

import pytest
from django.db import connections
from django.test import Client

from gib.core.access.tables import Role
from gib.core.journal.models import Reading, ReadingSubject
from gib.people.accounts import actions, builders
from gib.people.accounts.domain import Invitee, Seat
from gib.people.accounts.models import Attempts, Invitation, User
from gib.people.accounts.tests.keys import PASSWORD, asked
from gib.people.partners import builders as places

pytestmark = pytest.mark.django_db(databases="__all__")


def filled(page, **given):
    """Give what a form on a page would send, with some fields filled in."""
    token = re.search(r'name="token" value="([0-9a-f-]+)"', page.content.decode())[1]
    return {"token": token, **given}


def press(client, url):
    """Press a button of a page."""
    return client.post(url, {"token": str(uuid4())})


@pytest.fixture
def invited(enter, carla, teams):
    """A letter written on the page by the coordinator; gives her client and the letter's page."""
    client = enter(carla[0])
    form = filled(
        client.get("/toegang/uitnodigen/"),
        role="referrer",
        name="Vera Verzonnen",
        team=teams[0].pk,
        partner=places.two_prison_desks()[0].pk,
    )
    answer = client.post("/toegang/uitnodigen/", form)
    assert answer.status_code == 302, answer.content.decode()
    return client, client.get(answer["Location"])


def codes_on(page):
    text = page.content.decode()
    spoken = re.search(r">([A-Z2-7]{6})<", text)[1]
    return re.search(r"(?:[A-Z2-7]{4}-){5}[A-Z2-7]{4}", text)[0], spoken


def test_the_letter_holds_one_code_and_the_screen_the_other(invited):
    _, page = invited
    text = page.content.decode()
    screen, letter = text.split("<article", 1)
    code, spoken = codes_on(page)
    assert code in letter
    assert spoken in screen
    assert spoken not in letter
    assert "screen-only" in screen
    assert "http://testserver/uitnodiging/" in letter
    assert "Vera" not in letter


def test_a_letter_is_shown_in_the_session_that_made_it_only(invited, enter, leader, carla):
    client, page = invited
    where = page.wsgi_request.path
    assert client.get(where).status_code == 200
    assert enter(carla[0]).get(where).status_code == 404
    assert enter(leader[0]).get(where).status_code == 404
    assert codes_on(page)[0] not in str(dict(client.session))


def test_who_has_the_letter_and_hears_the_code_comes_in(invited):
    code, spoken = codes_on(invited[1])
    client = Client()
    form = filled(
        client.get("/uitnodiging/"), code=code.lower(), spoken=spoken, password=PASSWORD, again=PASSWORD
    )
    assert client.post("/uitnodiging/", form)["Location"] == "/tweede-sleutel/"
    assert client.get("/")["Location"] == "/tweede-sleutel/"
    assert client.get("/tweede-sleutel/app/").status_code == 200
    user = Invitation.objects.get().user
    assert user.check_password(PASSWORD)
    assert user.appointments.get().role == "referrer"
    again = Client()
    form = filled(again.get("/uitnodiging/"), code=code, spoken=spoken, password=PASSWORD, again=PASSWORD)
    answer = again.post("/uitnodiging/", form)
    assert answer.status_code == 422
    assert "gebruikt, verlopen of ingetrokken" in answer.content.decode()


def test_who_wants_no_password_goes_on_to_a_key(invited):
    code, spoken = codes_on(invited[1])
    client = Client()
    form = filled(client.get("/uitnodiging/"), code=code, spoken=spoken, only_key="on")
    assert client.post("/uitnodiging/", form)["Location"] == "/tweede-sleutel/"
    assert client.get("/tweede-sleutel/sleutel/").status_code == 200
    assert not Invitation.objects.get().user.has_usable_password()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"spoken": "AAAAAA"}, "Deze twee codes horen niet bij elkaar"),
        ({"code": "AAAA-BBBB"}, "Deze twee codes horen niet bij elkaar"),
        ({"password": "te kort", "again": "te kort"}, "15 tot 128 tekens"),
        ({"again": "iets heel anders"}, "De twee wachtwoorden zijn niet gelijk"),
        ({"password": "", "again": ""}, "15 tot 128 tekens"),
    ],
)
def test_a_letter_that_does_not_fit_opens_nothing(invited, change, words):
    code, spoken = codes_on(invited[1])
    client = Client()
    given = {"code": code, "spoken": spoken, "password": PASSWORD, "again": PASSWORD} | change
    answer = client.post("/uitnodiging/", filled(client.get("/uitnodiging/"), **given))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert PASSWORD not in answer.content.decode()
    assert "_auth_user_id" not in client.session


@pytest.mark.requirement("IDM-01")
def test_guessing_the_code_that_was_read_out_is_slowed(invited):
    code, spoken = codes_on(invited[1])
    client = Client()
    for heard in ("AAAAAA", "BBBBBB", spoken):
        given = {"code": code, "spoken": heard, "password": PASSWORD, "again": PASSWORD}
        answer = client.post("/uitnodiging/", filled(client.get("/uitnodiging/"), **given))
    assert "Wacht" in answer.content.decode()
    assert Invitation.objects.get().used_at is None


def test_a_deputy_with_an_account_gets_a_role_without_a_letter(enter, carla, teams, now):
    other, _ = builders.coordinator(teams[1], "Olga Voorbeeld")
    client = enter(carla[0])
    given = {"role": "deputy", "team": teams[0].pk, "to_on": "31-12-2030", "username": other.username}
    answer = client.post("/toegang/uitnodigen/", filled(client.get("/toegang/uitnodigen/"), **given))
    assert answer["Location"] == "/toegang/"
    assert "De rol is erbij gezet." in client.get("/toegang/").content.decode()
    assert other.appointments.filter(role="deputy").exists()


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"role": "referrer", "name": ""}, "Vul de naam in."),
        ({"role": "deputy", "name": "N"}, "een team, organisatie of einddatum"),
        ({"role": "coordinator", "name": "N"}, "coordinator"),
        ({"role": "volunteer", "name": "N"}, "role"),
        ({"role": "deputy", "username": "gib-niets", "to_on": "31-12-2030"}, "kennen wij niet"),
        ({"role": "referrer", "name": "N", "email": "geen adres"}, "e-mail"),
    ],
)
def test_an_invitation_that_is_not_complete_is_shown_again(enter, carla, teams, given, words):
    client = enter(carla[0])
    page = client.get("/toegang/uitnodigen/")
    answer = client.post("/toegang/uitnodigen/", filled(page, team=teams[0].pk, **given))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Invitation.objects.exists()


def test_a_coordinator_chooses_from_her_own_team_and_prison_only(enter, carla, teams):
    own, strange = places.two_prison_desks()
    client = enter(carla[0])
    page = client.get("/toegang/uitnodigen/")
    assert strange.name not in page.content.decode()
    given = {"role": "referrer", "name": "Rik Verzonnen"}
    for change in ({"team": teams[1].pk, "partner": own.pk}, {"team": teams[0].pk, "partner": strange.pk}):
        assert client.post("/toegang/uitnodigen/", filled(page, **given, **change)).status_code == 422
    answer = client.post("/toegang/uitnodigen/", filled(page, **given, team=teams[0].pk, partner=own.pk))
    assert answer.status_code == 302
    assert Invitation.objects.get().partner_id == own.pk


def test_a_project_leader_cannot_give_an_organisation_a_role_that_does_not_fit(enter, leader):
    desk = places.two_prison_desks()[0]
    client = enter(leader[0])
    page = client.get("/toegang/uitnodigen/")
    answer = client.post("/toegang/uitnodigen/", filled(page, role="municipality", name="N", partner=desk.pk))
    assert "hoort niet bij deze rol" in answer.content.decode()
    paying = places.a_paying_and_a_refusing_municipality()[0]
    assert client.post(
        "/toegang/uitnodigen/", filled(page, role="municipality", name="N", partner=paying.pk)
    )["Location"].startswith("/toegang/brief/")


@pytest.fixture
def vera(teams):
    return builders.volunteer_user(teams[0], uuid4())[0]


def test_the_page_names_own_people_only_and_reading_them_is_logged(enter, carla, vera, teams):
    builders.volunteer_user(teams[1], uuid4(), "Stella Vreemd")
    page = enter(carla[0]).get("/toegang/").content.decode()
    assert "Vera Verzonnen" in page
    assert "Stella Vreemd" not in page
    assert "1 persoon met toegang" in page
    assert Reading.objects.get().user_id == carla[0].pk
    assert ReadingSubject.objects.get().box_id == vera.pk


def test_the_page_costs_the_same_for_one_and_for_many(enter, carla, vera, teams):
    client = enter(carla[0])
    client.get("/toegang/")
    costs = []
    for number in range(2):
        with asked() as main, asked("keys") as keys:
            client.get("/toegang/")
        costs.append((len(main), len(keys)))
        for volunteer in range(10):
            builders.volunteer_user(teams[0], uuid4(), f"Vera {number}{volunteer}")
    assert costs[0] == costs[1]
    assert sum(costs[0]) <= 10


def test_guesses_at_an_account_are_shown_to_who_keeps_it(enter, carla, vera, now):
    client = enter(carla[0])
    assert "verkeerd wachtwoord" not in client.get("/toegang/").content.decode()
    Attempts.begin("account", vera.username, now.at)
    Attempts.objects.update(failures=10)
    assert "verkeerd wachtwoord" in client.get("/toegang/").content.decode()


def test_a_coordinator_confirms_ends_and_gives_a_new_start(enter, carla, vera):
    client, seat = enter(carla[0]), vera.appointments.get()
    assert press(client, f"/toegang/{seat.pk}/bevestigen/")["Location"] == "/toegang/"
    assert "bevestigd voor 90 dagen" in client.get("/toegang/").content.decode()
    letter = press(client, f"/toegang/{vera.pk}/nieuw-begin/")["Location"]
    assert vera.username in client.get(letter).content.decode()
    press(client, f"/toegang/{seat.pk}/beeindigen/")
    assert "Nog niemand" in client.get("/toegang/").content.decode()
    refused = press(client, f"/toegang/{seat.pk}/beeindigen/")
    assert refused.status_code == 422 and "al geëindigd" in refused.content.decode()


def test_a_letter_is_withdrawn_or_written_again(enter, carla, teams, now):
    seat = Seat(Role.VOLUNTEER, team_id=teams[0].pk, volunteer_id=uuid4())
    letter = actions.invite(carla[1], Invitee("Vera Verzonnen", "", seat), now=now)
    client = enter(carla[0])
    assert "Vera Verzonnen" in client.get("/toegang/").content.decode()
    fresh = press(client, f"/toegang/{letter.invitation_id}/opnieuw/")["Location"]
    assert letter.username in client.get(fresh).content.decode()
    pk = Invitation.objects.get(withdrawn_at__isnull=True).pk
    press(client, f"/toegang/{pk}/intrekken/")
    assert "De brief is ingetrokken." in client.get("/toegang/").content.decode()


@pytest.mark.parametrize("what", ["bevestigen", "beeindigen", "nieuw-begin", "intrekken", "opnieuw"])
def test_a_stranger_finds_nobody(enter, teams, vera, what):
    stranger, _ = builders.coordinator(teams[1], "Olga Voorbeeld")
    by_user = what in ("nieuw-begin", "intrekken", "opnieuw")
    key = vera.pk if by_user else vera.appointments.get().pk
    assert press(enter(stranger), f"/toegang/{key}/{what}/").status_code == 404
    assert press(enter(stranger), f"/toegang/abc-def/{what}/").status_code == 404


LETTER = "/toegang/brief/00000000-0000-4000-8000-000000000009/"


@pytest.mark.parametrize("address", ["/toegang/", "/toegang/uitnodigen/", LETTER])
def test_only_who_invites_sees_the_pages_on_access(enter, vera, address):
    assert enter(vera).get(address).status_code == 403
    assert Client().get(address)["Location"] == f"/inloggen/?next={address}"


@pytest.mark.parametrize(
    ("method", "address"),
    [
        ("get", "/toegang/1/bevestigen/"),
        ("post", "/toegang/"),
        ("put", "/toegang/uitnodigen/"),
        ("post", "/accounts/"),
    ],
)
def test_a_wrong_method_is_refused(enter, carla, leader, method, address):
    assert getattr(enter(carla[0]), method)(address).status_code == 405


@pytest.fixture
def admin(db):
    return builders.technical_admin()[0]


@pytest.mark.requirement("SEC-02")
def test_the_administrator_sees_accounts_and_no_people(enter, admin, carla, vera):
    page = enter(admin).get("/accounts/").content.decode()
    assert carla[0].username in page
    assert vera.username in page
    for name in ("Carla", "Vera", "Teun"):
        assert name not in page.replace("Aangemeld als Teun Verzonnen", "")
    assert not Reading.objects.exists()


def test_the_administrator_signs_out_and_ends(enter, admin, vera, leader):
    client, seat = enter(admin), vera.appointments.get()
    for address in (
        f"/accounts/{vera.pk}/afmelden/",
        f"/accounts/{seat.pk}/beeindigen/",
        f"/accounts/{leader[0].appointments.get().pk}/bevestigen/",
    ):
        assert press(client, address)["Location"] == "/accounts/"
    assert not vera.seats_on(builders.now_on(None).on)
    refused = press(client, f"/accounts/{seat.pk}/beeindigen/")
    assert refused.status_code == 422 and "al geëindigd" in refused.content.decode()
    assert press(client, f"/accounts/{seat.pk}/bevestigen/").status_code == 404
    assert client.get(f"/accounts/{seat.pk}/beeindigen/").status_code == 405


def test_only_the_administrator_manages_accounts(enter, carla, vera):
    assert enter(carla[0]).get("/accounts/").status_code == 403
    assert press(enter(carla[0]), f"/accounts/{vera.pk}/afmelden/").status_code == 403


def test_no_name_stands_readable_in_the_table_of_users(vera):
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT * FROM accounts_user")
        assert b"Vera" not in b"".join(
            bytes(str(value), "utf8") for row in cursor.fetchall() for value in row
        )
    assert User.objects.get(pk=vera.pk).username.startswith("gib-")
