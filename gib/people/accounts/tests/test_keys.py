"""Making, losing and showing keys; without JavaScript everything but the passkey."""

import re
from uuid import uuid4

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from gib.core.journal.models import Message
from gib.people.accounts import builders, hidden, sessions
from gib.people.accounts.forms.library import AddKey
from gib.people.accounts.models import RecoveryCode
from gib.people.accounts.models.keys import keyring, with_second_factor
from gib.people.accounts.tests.keys import PASSWORD, SECRET, give_app, give_password, shown_by_app
from gib.people.partners import builders as places

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def fresh(carla):
    """A session with a password only, as after a letter."""
    give_password(carla[0])
    client = Client()
    client.post("/inloggen/", {"login": carla[0].username, "password": PASSWORD})
    return client


def secret_on(page):
    return re.search(r">([A-Z2-7]{32})<", page.content.decode())[1]


def say_password_again(client, where):
    return client.post("/inloggen/opnieuw/", {"password": PASSWORD, "next": where})


@pytest.mark.requirement("SEC-01")
def test_an_app_is_added_without_javascript_and_opens_the_gate(fresh, carla):
    where = "/tweede-sleutel/app/"
    assert fresh.get(where)["Location"].startswith("/inloggen/opnieuw/")
    assert "Nog een keer uw wachtwoord" in fresh.get("/inloggen/opnieuw/").content.decode()
    assert say_password_again(fresh, where)["Location"] == where
    page = fresh.get(where)
    assert "<svg" in page.content.decode()
    secret = secret_on(page)
    assert secret not in str(dict(fresh.session))
    wrong = fresh.post(where, {"code": "000000"})
    assert wrong.status_code == 422
    assert secret_on(wrong) == secret
    assert fresh.post(where, {"code": shown_by_app(secret)})["Location"] == "/tweede-sleutel/"
    assert fresh.get("/dossier/").content == b"dossier"
    assert "App met codes" in fresh.get("/tweede-sleutel/").content.decode()


def test_the_code_that_added_an_app_does_not_sign_in_as_well(fresh, carla):
    say_password_again(fresh, "/tweede-sleutel/app/")
    code = shown_by_app(secret_on(fresh.get("/tweede-sleutel/app/")))
    fresh.post("/tweede-sleutel/app/", {"code": code})
    other = Client()
    other.post("/inloggen/", {"login": carla[0].username, "password": PASSWORD})
    assert other.post("/inloggen/code/", {"code": code}).status_code == 422


def test_a_wrong_password_adds_nothing(fresh):
    answer = fresh.post("/inloggen/opnieuw/", {"password": "een heel ander wachtwoord"})
    assert answer.status_code == 422
    assert "Het wachtwoord klopt niet." in answer.content.decode()
    assert fresh.get("/tweede-sleutel/app/").status_code == 302


def test_an_app_that_is_there_does_not_let_another_session_in(fresh, carla):
    say_password_again(fresh, "/")
    give_app(carla[0])
    assert fresh.post("/tweede-sleutel/app/", {"code": "000000"})["Location"] == "/tweede-sleutel/app/weg/"
    assert not sessions.is_proved(fresh.session)


def test_a_change_of_keys_is_told_to_the_user(fresh, carla, django_capture_on_commit_callbacks):
    say_password_again(fresh, "/tweede-sleutel/app/")
    secret = secret_on(fresh.get("/tweede-sleutel/app/"))
    with django_capture_on_commit_callbacks(execute=True):
        fresh.post("/tweede-sleutel/app/", {"code": shown_by_app(secret)})
    assert Message.objects.get().recipient_id == carla[0].pk


@pytest.fixture
def proved(fresh, carla):
    """A session after password and app, that has just said its password again."""
    give_app(carla[0])
    sessions_of_client = fresh.session
    sessions.prove(sessions_of_client)
    sessions_of_client.save()
    say_password_again(fresh, "/")
    return fresh


def test_the_last_key_stays(proved, carla):
    page = proved.post("/tweede-sleutel/app/weg/")
    assert page.status_code == 422
    assert "Dit is uw enige sleutel" in page.content.decode()
    key = a_key(carla[0])
    Authenticator.objects.filter(type="totp").delete()
    assert proved.post(f"/tweede-sleutel/sleutel/{key.pk}/weg/")["Location"] == "/tweede-sleutel/"
    assert Authenticator.objects.get() == key


def a_key(user):
    return Authenticator.objects.create(
        user=user, type="webauthn", data={"name": "Sleutel 1", "credential": {}}
    )


def test_one_of_two_keys_may_go(proved, carla):
    key = a_key(carla[0])
    assert "Sleutel weghalen?" in proved.get(f"/tweede-sleutel/sleutel/{key.pk}/weg/").content.decode()
    proved.post(f"/tweede-sleutel/sleutel/{key.pk}/weg/", {"next": "/tweede-sleutel/"})
    assert keyring(carla[0], builders.SINCE).keys == []
    a_key(carla[0])
    assert "App weghalen?" in proved.get("/tweede-sleutel/app/weg/").content.decode()
    assert proved.post("/tweede-sleutel/app/weg/")["Location"] == "/tweede-sleutel/"
    assert not keyring(carla[0], builders.SINCE).has_app


def test_the_key_of_another_is_not_found(proved, carla, leader):
    a_key(carla[0])
    assert proved.post(f"/tweede-sleutel/sleutel/{a_key(leader[0]).pk}/weg/").status_code == 404


def test_codes_on_paper_are_shown_once(proved, carla):
    assert "Tien codes op papier" in proved.get("/tweede-sleutel/codes/").content.decode()
    assert proved.post("/tweede-sleutel/codes/")["Location"] == "/tweede-sleutel/codes/"
    assert not re.search(r"[A-Z2-7]{20}", str(dict(proved.session)).replace("gib.codes", ""))
    page = proved.get("/tweede-sleutel/codes/").content.decode()
    codes = re.findall(r"(?:[A-Z2-7]{4}-){4}[A-Z2-7]{4}", page)
    assert len(set(codes)) == 10
    again = proved.get("/tweede-sleutel/codes/").content.decode()
    assert codes[0] not in again
    assert "nog 10 codes" in again
    other = Client()
    other.post("/inloggen/", {"login": carla[0].username, "password": PASSWORD})
    assert other.post("/inloggen/code/", {"code": codes[0]})["Location"] == "/"


def test_new_codes_ask_the_password_again(enter, carla):
    give_app(carla[0])
    give_password(carla[0])
    client = enter(carla[0])
    assert client.post("/tweede-sleutel/codes/")["Location"].startswith("/inloggen/opnieuw/")
    assert RecoveryCode.left(carla[0].pk) is None


def test_paper_alone_is_for_prison_workers(fresh, teams):
    assert fresh.get("/tweede-sleutel/codes/").status_code == 404
    user, _ = builders.referrer(places.two_prison_desks()[0], teams[0])
    give_password(user)
    client = Client()
    client.post("/inloggen/", {"login": user.username, "password": PASSWORD})
    assert client.get("/")["Location"] == "/tweede-sleutel/"
    say_password_again(client, "/tweede-sleutel/codes/")
    client.post("/tweede-sleutel/codes/")
    assert client.get("/").content == b"rol referrer"
    assert with_second_factor([user.pk, uuid4()]) == {user.pk}


def test_the_password_again_may_be_the_app_instead(proved):
    page = proved.get("/inloggen/opnieuw/code/").content.decode()
    assert "Nog een keer uw code" in page
    answer = proved.post(
        "/inloggen/opnieuw/code/", {"code": shown_by_app(), "next": "/tweede-sleutel/app/weg/"}
    )
    assert answer["Location"] == "/tweede-sleutel/app/weg/"


def test_the_password_again_may_be_a_code_on_paper(proved, carla):
    code = RecoveryCode.renew(carla[0].pk)[0]
    answer = proved.post("/inloggen/opnieuw/code/", {"code": code, "next": "/tweede-sleutel/"})
    assert answer["Location"] == "/tweede-sleutel/"


NEW = "twaalf gele fietsen in de sneeuw"


@pytest.mark.parametrize(
    ("old", "new", "again", "words"),
    [
        ("iets heel anders hier", NEW, NEW, "dat u nu hebt, klopt niet"),
        (PASSWORD, "te kort", "te kort", "15 tot 128 tekens"),
        (PASSWORD, "humanitas-nieuwersluis", "humanitas-nieuwersluis", "een woord van ons werk"),
        (PASSWORD, "passwordpassword", "passwordpassword", ""),
        (PASSWORD, NEW, "iets heel anders hier", ""),
        (PASSWORD, "x" * 129, "x" * 129, "15 tot 128 tekens"),
    ],
)
def test_a_new_password_is_weighed(proved, carla, old, new, again, words):
    answer = proved.post("/inloggen/wachtwoord/", {"oldpassword": old, "password1": new, "password2": again})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    carla[0].refresh_from_db(fields=["password"])
    assert carla[0].check_password(PASSWORD)


@pytest.mark.parametrize("new", [NEW, "x7" * 32, "éééééééé wachten duurt lang"])
def test_a_new_password_signs_out_everywhere(proved, carla, new):
    assert "Wachtwoord van nu" in proved.get("/inloggen/wachtwoord/").content.decode()
    proved.post("/inloggen/wachtwoord/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    carla[0].refresh_from_db(fields=["password"])
    assert carla[0].check_password(new)
    assert proved.get("/")["Location"].startswith("/inloggen/")


def test_who_has_no_password_has_none_to_change(enter, carla):
    assert enter(carla[0]).get("/inloggen/wachtwoord/")["Location"] == "/tweede-sleutel/"


def test_a_key_gets_a_number_and_no_name(proved, carla):
    page = proved.get("/tweede-sleutel/sleutel/").content.decode()
    assert 'name="name"' not in page
    assert "data-options=" in page
    assert "GIB" in page
    assert "Carla" not in page
    assert AddKey(user=carla[0]).initial["name"] == "Sleutel 1"
    assert proved.post("/tweede-sleutel/sleutel/", {"credential": "{}"}).status_code == 422


def test_who_has_no_password_must_make_a_key_that_works_alone(carla):
    assert AddKey(user=carla[0]).fields["passwordless"].disabled
    give_password(carla[0])
    assert not AddKey(user=carla[0]).fields["passwordless"].disabled


def test_sealed_secrets_cannot_be_moved_or_changed(db):
    sealed = hidden.seal(SECRET)
    assert hidden.unseal(sealed) == SECRET
    assert hidden.seal(SECRET) != sealed
    with pytest.raises(hidden.crypto.Unreadable):
        hidden.unseal(sealed[:-8] + "AAAAAAA=")


def test_sessions_are_listed_and_ended(proved, carla):
    other = Client(HTTP_USER_AGENT="Mozilla/5.0 (Windows NT 10.0) Firefox/140.0")
    other.post("/inloggen/", {"login": carla[0].username, "password": PASSWORD})
    other.post("/inloggen/code/", {"code": shown_by_app()})
    page = proved.get("/sessies/").content.decode()
    assert "Firefox · Windows" in page
    assert "onbekend apparaat" in page
    number = re.search(r'name="sessie" value="(\d+)"', page)[1]
    assert proved.post("/sessies/", {"sessie": number})["Location"] == "/sessies/"
    assert other.get("/").status_code == 302
    assert "1 keer afgemeld" in proved.get("/sessies/").content.decode()
    assert proved.get("/").status_code == 200


def test_all_other_sessions_end_at_once_and_nobody_elses(proved, carla, enter, leader):
    bystander = enter(leader[0])
    proved.post("/sessies/")
    assert proved.get("/").status_code == 200
    assert bystander.get("/").status_code == 200
    assert proved.delete("/sessies/").status_code == 405


def test_a_fourth_session_ends_the_first(carla):
    give_password(carla[0])
    codes = RecoveryCode.renew(carla[0].pk)
    give_app(carla[0])
    clients = [Client() for _ in range(4)]
    for client, code in zip(clients, codes, strict=False):
        client.post("/inloggen/", {"login": carla[0].username, "password": PASSWORD})
        client.post("/inloggen/code/", {"code": code})
    assert [client.get("/").status_code for client in clients] == [302, 200, 200, 200]


def test_the_list_of_keys_of_the_library_leads_to_ours(proved):
    assert proved.get("/tweede-sleutel/sleutels/")["Location"] == "/tweede-sleutel/"
    assert Client().get("/tweede-sleutel/")["Location"] == "/inloggen/"
