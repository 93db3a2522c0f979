"""Lending the screen to a mother: nothing else opens until its owner shows that it is she."""

import time
from unittest.mock import patch

import pytest
from django.test import override_settings
from django.urls import reverse

from gib.core.access import rls
from gib.core.journal.models import Happening
from gib.core.kernel.clock import real_now
from gib.people.accounts import builders, sessions
from gib.people.accounts.lending import LOCKED, WAYS_BACK
from gib.people.accounts.models import RecoveryCode
from gib.people.accounts.tests.keys import PASSWORD, asked, give_app, give_password, shown_by_app
from gib.people.partners import builders as places

pytestmark = pytest.mark.django_db(databases="__all__")
PAGE, THANKS, BACK = "/moeder/7/vragen/3/", "/moeder/7/dank/", "/dossier/"
CODE = "/inloggen/opnieuw/code/"
NOW = real_now()


@pytest.fixture
def carla_there(carla, enter):
    """A coordinator with a password and an app, who has signed in with both."""
    give_password(carla[0])
    give_app(carla[0])
    return enter(carla[0])


@pytest.fixture
def lent(carla_there):
    """Her browser, in the hands of a mother."""
    builders.step_up(carla_there)
    assert give(carla_there)["Location"] == PAGE
    return carla_there


def give(client, page=PAGE, back=BACK):
    return client.post("/scherm/geven/", {"pad": page, "terug": back})


def happened():
    with rls.system("test"):
        return Happening.for_house("test", NOW.on).count()


def is_locked(answer):
    return answer.status_code == LOCKED and "Geef het scherm terug" in answer.content.decode()


def test_lending_leads_to_her_page_and_empties_what_the_browser_kept(carla_there):
    answer = give(carla_there)
    assert (answer.status_code, answer["Location"]) == (302, PAGE)
    assert answer["Clear-Site-Data"] == '"cache"'
    assert carla_there.get(PAGE).content == b"haar pagina 7 GET"


def test_what_she_sends_is_taken_and_the_screen_stays_lent(lent):
    assert lent.post(PAGE, {"cijfer": "4"}).content == b"haar pagina 7 POST"
    assert lent.get(THANKS).content == b"haar pagina 7 GET"
    assert is_locked(lent.get(BACK))


@pytest.mark.parametrize(
    "path",
    [
        *("/", "/dossier/", "/naam/", "/sessies/", "/rol/", "/toegang/", "/vergeten/", "/bestaat-niet/"),
        *("/moeder/8/vragen/3/", "/moeder/7/vragen/4/", "/moeder/8/dank/", "/moeder/7/kaart/", "/moeder/7/"),
        *("/inloggen/", "/inloggen/sleutel/", "/inloggen/opnieuw/", "/tweede-sleutel/", "/demo/", "/scherm/"),
    ],
)
def test_whatever_else_is_asked_for_is_answered_with_one_page(lent, path):
    answer = lent.get(path)
    assert is_locked(answer)
    assert "no-store" in answer["Cache-Control"]
    assert "haar pagina" not in answer.content.decode()
    if path != "/scherm/":
        assert is_locked(lent.post(path, {"next": "/dossier/"}))
        assert is_locked(lent.put(path))


def test_the_page_names_nobody_and_leads_to_her_page_back_and_out(lent):
    html = lent.get("/").content.decode()
    assert "Carla" not in html
    assert f'href="{PAGE}"' in html
    assert 'action="/scherm/"' in html
    assert 'action="/uitloggen/"' in html


def test_a_second_tab_of_the_session_is_lent_too_and_another_session_is_not(lent, carla, enter):
    other = enter(carla[0])
    assert other.get("/dossier/").content == b"dossier"
    fragment = lent.get("/dossier/", headers={"hx-request": "true", "hx-target": "main#inhoud"})
    assert is_locked(fragment)
    assert fragment["HX-Redirect"] == PAGE


def test_pressing_twice_on_lending_leads_to_her_page(lent):
    assert give(lent)["Location"] == PAGE
    assert is_locked(give(lent, "/moeder/8/vragen/1/"))


@pytest.mark.parametrize(
    "page", ["", "/dossier/", "/bestaat-niet/", "//elders.example/", "https://elders.example/"]
)
def test_what_is_no_page_to_lend_is_not_lent(carla_there, page):
    assert give(carla_there, page).status_code == 404
    assert carla_there.get("/dossier/").content == b"dossier"


@pytest.mark.parametrize("back", ["", "//elders.example/", "https://elders.example/", "/bestaat-niet/"])
def test_the_way_back_stays_in_the_house(carla_there, back):
    assert give(carla_there, back=back).status_code == 404
    assert carla_there.get("/dossier/").content == b"dossier"


def test_a_code_that_was_shown_before_does_not_take_it_back_and_a_new_one_does(lent):
    assert is_locked(lent.get(BACK))
    asks = lent.post("/scherm/")["Location"]
    assert asks == f"{CODE}?next=%2Fdossier%2F"
    page = lent.get(asks).content.decode()
    assert "Dit mag alleen u." in page
    assert "<nav" not in page
    assert "/inloggen/opnieuw/?" not in page
    answer = lent.post(CODE, {"code": shown_by_app(), "next": BACK})
    assert answer["Location"] == BACK
    assert lent.get(BACK).content == b"dossier"
    assert sessions.lent(lent.session) is None
    assert lent.get("/scherm/")["Location"] == "/"
    assert lent.post("/scherm/")["Location"] == "/"


def test_who_takes_it_back_may_lend_it_again_and_is_asked_again(lent):
    lent.post(CODE, {"code": shown_by_app()})
    with patch("gib.people.accounts.lending.time.time", return_value=time.time() + 1):
        give(lent)
    assert is_locked(lent.get(BACK))


def test_a_code_on_paper_takes_it_back_once(lent, carla):
    code = RecoveryCode.renew(carla[0].pk)[0]
    assert lent.post(CODE, {"code": code, "next": BACK})["Location"] == BACK
    assert lent.get(BACK).content == b"dossier"


def test_a_password_is_not_enough(lent):
    assert is_locked(lent.post("/inloggen/opnieuw/", {"password": PASSWORD, "next": BACK}))
    assert is_locked(lent.post("/inloggen/", {"login": "gib-x", "password": PASSWORD}))
    assert is_locked(lent.get(BACK))


def test_who_guesses_waits_longer_and_longer(lent):
    said = [lent.post(CODE, {"code": f"00000{number}"}).content.decode() for number in range(4)]
    assert "Deze code of sleutel klopt niet." in said[0]
    assert "Te veel pogingen." in said[-1]
    assert "Te veel pogingen." in lent.post(CODE, {"code": shown_by_app()}).content.decode()
    assert is_locked(lent.get(BACK))


def test_signing_out_stays_possible_and_ends_it(lent, carla, enter):
    assert "Afmelden?" in lent.get("/uitloggen/").content.decode()
    assert lent.post("/uitloggen/")["Clear-Site-Data"]
    assert lent.get(PAGE)["Location"].startswith("/inloggen/")
    assert enter(carla[0]).get("/dossier/").content == b"dossier"


def test_it_ends_with_the_session(lent):
    with patch("gib.people.accounts.sessions.time.time", return_value=time.time() + 15 * 60 + 1):
        assert lent.get(PAGE)["Location"].startswith("/inloggen/")
    assert lent.get("/dossier/")["Location"].startswith("/inloggen/")


def test_who_has_a_key_is_asked_for_the_key(carla, enter):
    client = enter(carla[0])
    give(client)
    assert client.post("/scherm/")["Location"].startswith("/inloggen/opnieuw/sleutel/")


def test_in_an_open_demonstration_one_press_takes_it_back(carla, enter):
    builders.mark_as_demo()
    client = enter(carla[0])
    with override_settings(DEMO=True):
        give(client)
        assert is_locked(client.get("/demo/"))
        assert "heeft niemand een code" in client.get("/").content.decode()
        assert client.post("/scherm/")["Location"] == BACK
        assert client.get(BACK).content == b"dossier"


def test_a_demonstration_that_is_not_open_asks_for_a_code(lent):
    builders.mark_as_demo()
    assert lent.post("/scherm/")["Location"].startswith(CODE)
    assert is_locked(lent.get(BACK))


def test_nothing_is_written_but_in_the_session(lent):
    before = happened()
    lent.post("/scherm/")
    lent.post(CODE, {"code": shown_by_app()})
    give(lent)
    assert happened() == before


def test_a_lent_screen_asks_the_stores_little(lent):
    lent.get("/")
    with asked() as main, asked("keys") as keys:
        lent.get("/dossier/")
    assert len(main) <= 2
    assert keys == []


def test_another_role_lends_what_she_may_see_and_is_held_as_well(teams, enter):
    user, _actor = builders.referrer(places.two_prison_desks()[0], teams[0])
    client = enter(user)
    give(client)
    assert client.get(PAGE).status_code == 403
    assert is_locked(client.get("/"))


def test_every_way_back_is_an_address():
    assert all(
        reverse(name).startswith(("/scherm/", "/inloggen/opnieuw/", "/uitloggen/")) for name in WAYS_BACK
    )
