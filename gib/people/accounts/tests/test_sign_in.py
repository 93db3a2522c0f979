"""Signing in: password, app, codes on paper, haste and the same answer for everybody."""

import re
from datetime import UTC, datetime, timedelta
from unittest.mock import patch

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth.hashers import identify_hasher
from django.db import connections
from django.test import Client

from gib.core.access import rls
from gib.core.journal.models import Happening, Message
from gib.people.accounts import builders, sessions
from gib.people.accounts.hashers import Argon2Hasher
from gib.people.accounts.models import Attempts, RecoveryCode
from gib.people.accounts.tests.keys import PASSWORD, SECRET, give_app, give_password, shown_by_app
from gib.people.partners import builders as places

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def ready(carla):
    """A coordinator with a password and an app."""
    give_password(carla[0])
    give_app(carla[0])
    return carla[0]


def guess(client, name, password, **more):
    return client.post("/inloggen/", {"login": name, "password": password, **more})


@pytest.mark.requirement("SEC-01")
def test_a_password_alone_opens_nothing(client, ready):
    answer = guess(client, ready.username, PASSWORD)
    assert answer["Location"] == "/inloggen/code/"
    assert "_auth_user_id" not in client.session
    assert client.get("/dossier/")["Location"] == "/inloggen/?next=/dossier/"


@pytest.mark.requirement("SEC-01")
def test_password_and_app_lead_to_where_one_wanted_to_go(client, ready):
    assert guess(client, ready.username.upper(), PASSWORD, next="/dossier/").status_code == 302
    assert "Nog één stap" in client.get("/inloggen/code/").content.decode()
    answer = client.post("/inloggen/code/", {"code": shown_by_app()})
    assert answer["Location"] == "/dossier/"
    assert client.get("/dossier/").content == b"dossier"
    assert sessions.is_proved(client.session)
    assert UserSession.objects.get().user == ready


@pytest.mark.parametrize("where", ["https://elders.example/", "//elders.example/", "javascript:alert(1)"])
def test_nobody_is_sent_elsewhere_after_signing_in(client, ready, where):
    guess(client, ready.username, PASSWORD, next=where)
    assert client.post("/inloggen/code/", {"code": shown_by_app()})["Location"] == "/"


def test_a_wrong_code_is_refused_with_the_form(client, ready):
    guess(client, ready.username, PASSWORD)
    answer = client.post("/inloggen/code/", {"code": "000000"})
    assert answer.status_code == 422
    assert "Deze code of sleutel klopt niet." in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_a_code_of_the_app_works_once_in_the_whole_time_it_is_good(ready):
    code = shown_by_app(steps=1)
    first, second = Client(), Client()
    for client, status in ((first, 302), (second, 422)):
        guess(client, ready.username, PASSWORD)
        assert client.post("/inloggen/code/", {"code": code}).status_code == status


def test_the_secret_of_an_app_lies_sealed(ready):
    stored = Authenticator.objects.get(user=ready).data["secret"]
    assert SECRET not in stored
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT data FROM mfa_authenticator")
        assert SECRET not in str(cursor.fetchall())


def test_a_code_on_paper_works_once(client, ready):
    codes = RecoveryCode.renew(ready.pk)
    guess(client, ready.username, PASSWORD)
    assert client.post("/inloggen/code/", {"code": codes[3].lower()})["Location"] == "/"
    assert RecoveryCode.left(ready.pk) == 9
    other = Client()
    guess(other, ready.username, PASSWORD)
    assert other.post("/inloggen/code/", {"code": codes[3]}).status_code == 422


def test_codes_on_paper_are_long_and_only_their_hashes_stay(ready):
    codes = RecoveryCode.renew(ready.pk)
    rows = list(RecoveryCode.objects.values_list("digest", "salt"))
    assert len(set(codes)) == len(rows) == 10
    assert all(re.fullmatch("[A-Z2-7]{20}", code) for code in codes)
    assert not any(code in str(rows) for code in codes)
    assert RecoveryCode.renew(ready.pk) != codes
    assert RecoveryCode.left(ready.pk) == 10


def test_of_two_who_use_a_code_one_succeeds(ready, now):
    code = RecoveryCode.renew(ready.pk)[0]
    assert [RecoveryCode.use(ready.pk, code, now.at) for _ in range(2)] == [True, False]
    assert not RecoveryCode.use(builders.project_leader()[0].pk, code, now.at)


def test_a_prison_worker_signs_in_with_paper_alone(client, teams):
    user, _ = builders.referrer(places.two_prison_desks()[0], teams[0])
    give_password(user)
    codes = RecoveryCode.renew(user.pk)
    assert guess(client, user.username, PASSWORD)["Location"] == "/inloggen/code/"
    client.post("/inloggen/code/", {"code": codes[0]})
    assert client.get("/").content == b"rol referrer"


def test_a_used_up_list_still_keeps_a_password_alone_out(client, teams, now):
    user, _ = builders.referrer(places.two_prison_desks()[0], teams[0])
    give_password(user)
    RecoveryCode.renew(user.pk)
    RecoveryCode.objects.update(used_at=now.at)
    assert guess(client, user.username, PASSWORD)["Location"] == "/inloggen/code/"


@pytest.mark.requirement("SEC-01")
def test_without_a_second_factor_one_only_gets_to_make_one(client, carla):
    give_password(carla[0])
    guess(client, carla[0].username, PASSWORD)
    for address in ("/", "/dossier/", "/sessies/", "/toegang/"):
        assert client.get(address)["Location"] == "/tweede-sleutel/"
    assert "tweede sleutel nodig" in client.get("/tweede-sleutel/").content.decode()


def test_who_made_a_second_factor_elsewhere_lets_no_older_session_in(carla):
    give_password(carla[0])
    thief = Client()
    guess(thief, carla[0].username, PASSWORD)
    give_app(carla[0])
    assert thief.get("/dossier/")["Location"] == "/tweede-sleutel/"


def test_one_answer_for_a_wrong_password_and_for_nobody(client, ready):
    known = guess(client, ready.username, "een heel verkeerd wachtwoord")
    unknown = guess(Client(REMOTE_ADDR="10.0.0.9"), "gib-niets", "een heel verkeerd wachtwoord")
    assert known.status_code == unknown.status_code == 422
    pages = [_without_token(answer).replace(ready.username, "gib-niets") for answer in (known, unknown)]
    assert pages[0] == pages[1]


def _without_token(answer):
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())


@pytest.mark.parametrize("which", ["known", "unknown", "without password"])
def test_the_same_work_is_done_for_a_name_that_does_not_exist(client, ready, leader, which):
    names = {"known": ready.username, "unknown": "gib-niets", "without password": leader[0].username}
    with (
        patch.object(Argon2Hasher, "verify", return_value=False) as compared,
        patch.object(Argon2Hasher, "encode", return_value="argon2$x") as encoded,
    ):
        guess(client, names[which], "een heel verkeerd wachtwoord")
    assert compared.call_count + encoded.call_count == 1


def test_passwords_are_hashed_with_nineteen_mebibytes(ready):
    hasher = identify_hasher(ready.password)
    assert isinstance(hasher, Argon2Hasher)
    assert "m=19456,t=2,p=1" in ready.password


def test_guesses_are_slowed_and_the_right_password_too(client, ready, time_machine):
    time_machine.move_to(datetime.now(UTC))
    for _ in range(2):
        assert guess(client, ready.username, "een heel verkeerd wachtwoord").status_code == 422
    answer = guess(client, ready.username, PASSWORD)
    assert re.search(r"Wacht \d+ seconden", answer.content.decode())
    assert "_auth_user_id" not in client.session
    time_machine.shift(31)
    assert guess(client, ready.username, PASSWORD).status_code == 302
    assert Attempts.failures_of("account", ready.username) == 0


def test_a_name_that_nobody_has_is_slowed_alike(client, ready):
    pages = []
    for name in (ready.username, "gib-niets"):
        for _ in range(3):
            answer = guess(client, name, "een heel verkeerd wachtwoord")
        pages.append(re.findall(r"Wacht \d+ seconden", answer.content.decode()))
    assert pages[0]
    assert pages[0] == pages[1]


def test_codes_are_slowed_too(client, ready):
    guess(client, ready.username, PASSWORD)
    for _ in range(2):
        client.post("/inloggen/code/", {"code": "000000"})
    assert "Wacht" in client.post("/inloggen/code/", {"code": shown_by_app()}).content.decode()


def test_ten_wrong_guesses_warn_the_project_leader(client, ready, leader, time_machine):
    time_machine.move_to(datetime.now(UTC))
    for _ in range(10):
        guess(client, ready.username, "een heel verkeerd wachtwoord")
        time_machine.shift(901)
    assert Message.objects.get().recipient_id == leader[0].pk
    with rls.system("test"):
        names = [row.name for row in Happening.for_house("test", None)]
    assert names == ["accounts.SignInFailedOften"]


def test_what_was_typed_as_a_name_is_not_kept(client, db):
    guess(client, "mijn geheime wachtwoord", "x")
    assert "geheim" not in str(list(Attempts.objects.values_list("key", flat=True)))


def test_a_forged_address_does_not_start_the_count_anew(client, ready):
    for number in range(25):
        guess(Client(HTTP_X_FORWARDED_FOR=f"10.0.0.{number}"), f"gib-{number}", "verkeerd")
    assert Attempts.failures_of("address", "127.0.0.1") >= 20


def test_old_guesses_are_forgotten_and_old_rows_thrown_away(db, now):
    Attempts.begin("account", "gib-een", now.at)
    Attempts.begin("account", "gib-een", now.at)
    assert Attempts.begin("account", "gib-een", now.at + timedelta(hours=25)) == 0
    assert Attempts.failures_of("account", "gib-een") == 1
    Attempts.begin("account", "gib-twee", now.at + timedelta(days=6))
    assert Attempts.objects.count() == 1


def test_no_message_and_no_session_names_anybody(client, ready):
    guess(client, ready.username, PASSWORD)
    client.post("/inloggen/code/", {"code": shown_by_app()})
    assert "Carla" not in str(dict(client.session))
    assert "Carla" not in client.get("/tweede-sleutel/").content.decode()


def test_who_is_signed_in_needs_no_page_to_sign_in(enter, carla):
    assert enter(carla[0]).get("/inloggen/")["Location"] == "/"
    assert enter(carla[0]).get("/inloggen/code/")["Location"] == "/"


@pytest.mark.parametrize("address", ["/inloggen/code/", "/inloggen/opnieuw/", "/tweede-sleutel/app/"])
def test_a_stranger_is_led_to_the_door(client, db, address):
    assert client.get(address)["Location"].startswith("/inloggen/")


@pytest.mark.requirement("SEC-05")
def test_signing_out_empties_the_browser(enter, carla):
    client = enter(carla[0])
    assert "Afmelden?" in client.get("/uitloggen/").content.decode()
    answer = client.post("/uitloggen/")
    assert answer["Location"] == "/inloggen/"
    assert answer["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert "_auth_user_id" not in client.session


def test_the_page_to_sign_in_helps_and_refuses_nothing(client, db):
    page = client.get("/inloggen/").content.decode()
    assert 'autocomplete="current-password"' in page
    assert 'autocomplete="username"' in page
    assert "onpaste" not in page
    assert "<script" not in re.sub(r"<script src=", "", page)


def test_too_many_tries_with_a_passkey_get_a_page_of_ours(client, db):
    for _ in range(11):
        answer = client.post("/inloggen/sleutel/", {"credential": "{}"})
    assert answer.status_code == 429
    assert "Even wachten" in answer.content.decode()
