"""Lists on screen: file, columns, dry run, in, and back, as a coordinator does it without JavaScript."""

from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from gib.core.journal.models import Message
from gib.core.sheets.tests import refused
from gib.people.accounts import builders as accounts
from gib.people.partners.builders import two_teams
from tests.input import house, lists
from tests.input.house import Screen

pytestmark = pytest.mark.django_db(databases="__all__", transaction=True)
#: The order in which a house fills: mothers name volunteers and agreements.
ORDER = ("volunteers", "agreements", "referrals", "participants")
TOLD = {
    "volunteers": (
        "Rij 8: Deze rij is een totaal en is overgeslagen.",
        "Rij 10: Deze rij staat los onder de tabel en is overgeslagen.",
        "Kolom BSN: Deze kolom mogen wij niet bewaren. De kolom is niet ingelezen.",
        "Het profiel van de VOG staat er niet bij. Wij gaan uit van 84 en 85.",
    ),
    "agreements": ("Rij 5: Deze rij is een totaal en is overgeslagen.",),
    "referrals": (
        "Rij 5: In deze rij staan nog een keer de koppen. De rij is overgeslagen.",
        "Kolom Delict: Deze kolom mogen wij niet bewaren. De kolom is niet ingelezen.",
    ),
    "participants": (),
}
#: What goes on living when a list comes in and goes back: the journal, the trail of the list, who is in.
TRAIL = {
    *("default.journal_happening", "default.journal_chainhead", "default.journal_delivery"),
    *("default.sheets_upload", "default.sheets_rememberedmapping", "default.ui_submission"),
    *("default.django_session", "log.journal_reading", "log.journal_readingsubject"),
    *("default.vault_tombstone", "log.vault_tombstone"),
    *("keys.vault_tombstone", "keys.vault_wrappedkey"),
}


def fill(screen: Screen, upto: str) -> None:
    """Let the lists come in that go before one."""
    for key in ORDER[: ORDER.index(upto)]:
        screen.let_in(key)


@pytest.mark.parametrize("key", ORDER)
def test_a_list_with_its_faults_goes_in(screen: Screen, key: str) -> None:
    fill(screen, key)
    name, make, rows = lists.FILES[key]
    upload = screen.bring(key, make(), name)
    shown = screen.page("check", upload)
    found = {kind: count for kind, count in upload.counts.items() if kind != "warnings"}
    assert found == {"rows": rows, "faults": 0, "new": rows, "same": 0, "changed": 0}
    assert [sentence for sentence in TOLD[key] if sentence not in shown] == []
    assert screen.step("apply", upload).status_code == 302
    assert f"{rows} rijen zijn ingelezen" in screen.page("result", upload)
    assert (len(mail.outbox), Message.objects.count()) == (0, 0)
    assert house.none_of(lists.SECRETS, house.dump()) == []


def test_the_same_lists_again_change_nothing(screen: Screen) -> None:
    for key in ORDER:
        screen.let_in(key)
    before, keys = house.stores(), house.keys()
    for key in ORDER:
        name, make, rows = lists.FILES[key]
        upload = screen.bring(key, make(), name)
        assert (key, upload.counts["same"], upload.counts["new"]) == (key, rows, 0), screen.page(
            "check", upload
        )
        assert screen.step("apply", upload).status_code == 422
        assert screen.step("discard", upload).status_code == 302
    assert house.changed(before, house.stores()) <= TRAIL
    assert house.keys() == keys


def test_lists_are_taken_back_and_leave_nobody(screen: Screen) -> None:
    screen.post(reverse("imports:list"))
    before, keys = house.counts(), house.keys()
    uploads = [screen.let_in(key) for key in ORDER]
    assert house.keys() > keys
    for upload in reversed(uploads):
        response = screen.step("undo", upload)
        assert response.status_code == 302, (upload.template, house.errors(response))
        assert "is weer weg" in screen.page("result", upload)
    assert house.changed(before, house.counts()) <= TRAIL
    assert house.keys() == keys
    assert house.none_of(lists.SECRETS, house.dump()) == []


@pytest.mark.parametrize("key", ["volunteers", "agreements"])
def test_what_is_in_use_is_not_taken_back(screen: Screen, key: str) -> None:
    uploads = {each: screen.let_in(each) for each in ORDER}
    before = house.counts()
    response = screen.step("undo", uploads[key])
    assert response.status_code == 422
    assert "Met een van deze rijen is al gewerkt" in response.content.decode()
    assert house.changed(before, house.counts()) <= TRAIL


@pytest.mark.parametrize("key", ["referrals", "participants"])
def test_one_faulty_cell_keeps_the_whole_list_out(screen: Screen, key: str) -> None:
    fill(screen, key)
    name, make, _rows = lists.FILES[key]
    before, keys = house.counts(), house.keys()
    faulty: Any = make
    upload = screen.bring(key, faulty(with_fault=True), name)
    assert upload.counts["faults"] == 1
    response = screen.step("apply", upload)
    assert response.status_code == 422
    assert "Er staan nog fouten in dit bestand: 1" in response.content.decode()
    assert house.changed(before, house.counts()) <= TRAIL
    assert house.keys() == keys


FAULTS = {
    "a name of one word": ("volunteers", "Naam\nTruus\n", "Schrijf de voornaam en de achternaam"),
    "another team": ("volunteers", "Naam;P.I.\nTruus Duinroos;Ter Peel\n", "Dit is niet uw team"),
    "no team at all": ("volunteers", "Naam;P.I.\nTruus Duinroos;Atlantis\n", "kennen wij niet. Kies uit"),
    "too young": ("volunteers", "Naam;Geboren\nTruus Duinroos;1-2-2000\n", "ten minste 18 jaar"),
    "papers lack": ("volunteers", "Naam;Stand\nTruus Duinroos;actief\n", "Zij kan nog niet aan de slag"),
    "no papers for a permit": ("volunteers", "Naam;Pas\nTruus Duinroos;Nieuwersluis\n", "Zonder geldige VOG"),
    "no consent": (
        "referrals",
        "Naam;Geboren;Afdeling;Toestemming\nTruus Duinroos;1980;B1;\n",
        "Hier moet iets staan",
    ),
    "consent to come": (
        "referrals",
        "Naam;Geboren;Afdeling;Toestemming\nTruus Duinroos;1980;B1;1-2-2011\n",
        "ligt in de toekomst",
    ),
    "two towns of one name": (
        "agreements",
        "Gemeente;Plaatsen;Vanaf\nBergen;3;1-1-2011\n",
        "Er is meer dan één gemeente met deze naam",
    ),
    "a town that ended": ("agreements", "Gemeente;Plaatsen;Vanaf\nMaarssen;3;1-2-2011\n", "Stichtse Vecht"),
    "no form": ("agreements", "Gemeente;Vanaf\nUtrecht;1-1-2011\n", "Vul de vorm in"),
    "twice in one file": (
        "agreements",
        "Gemeente;Plaatsen;Vanaf\nUtrecht;3;1-1-2011\nUtrecht;4;1-6-2011\n",
        "valt samen met die in een andere rij",
    ),
    "no day of yes": (
        "participants",
        "Naam;Afdeling;Status;Doel\nTruus Duinroos;B1;loopt;Voorlezen\n",
        "Zonder de dag van haar ja",
    ),
    "a yes that lapsed": (
        "participants",
        "Naam;Afdeling;Toestemming;Status;Doel\nTruus Duinroos;B1;1-2-2009;loopt;Voorlezen\n",
        "te oud en geldt niet meer",
    ),
    "no volunteer like that": (
        "participants",
        "Naam;Afdeling;Toestemming;Doel;Onderdelen;Vrijwilliger\n"
        "Truus Duinroos;B1;1-12-2010;Voorlezen;bezoekmoeders;Nergens Bekend\n",
        "Zij staat niet bij de vrijwilligers van dit team",
    ),
    "nobody pays": (
        "participants",
        "Naam;Woonplaats;Toestemming;Doel;Status\nTruus Duinroos;Heerlen;1-12-2010;Orde;loopt\n",
        "is geen afspraak die nu geldt",
    ),
    "no names of children": (
        "participants",
        "Naam;Afdeling;Kinderen\nTruus Duinroos;B1;2\n",
        "de naam, met leeftijd",
    ),
    "a grown child": (
        "participants",
        "Naam;Afdeling;Kinderen\nTruus Duinroos;B1;Kees 20\n",
        "18 jaar of ouder",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_told_beside_its_cell(screen: Screen, name: str) -> None:
    key, text, sentence = FAULTS[name]
    upload = screen.bring(key, text.encode(), "lijst.csv")
    assert upload.counts["faults"] >= 1, screen.page("check", upload)
    shown = screen.page("check", upload)
    assert sentence in shown
    assert "Rij " in shown


def test_columns_are_chosen_by_hand_and_remembered(screen: Screen) -> None:
    text = b"Dame;Rijdt zij;Vrije tekst\nTruus Duinroos;ja;iets\n"
    upload = screen.bring("volunteers", text, "lijst.csv", {0: "name", 1: "has_car"})
    assert (upload.counts["new"], upload.counts["faults"]) == (1, 0)
    screen.upload("volunteers", text, "lijst.csv")
    assert screen.latest().positions == {0: "name", 1: "has_car"}


@pytest.mark.parametrize("key", ORDER)
@pytest.mark.parametrize(
    "bad", ["a zip bomb", "a PDF called .xlsx", "half a zip", "nothing", "binary garbage"]
)
def test_what_is_no_list_is_refused_with_a_reason(screen: Screen, key: str, bad: str) -> None:
    before = house.counts()
    response = screen.upload(key, refused.REFUSED[bad][0], "lijst.xlsx")
    assert response.status_code == 422
    assert "Er is niets ingelezen" in response.content.decode()
    assert house.changed(before, house.counts()) <= {"default.django_session"}


def test_a_list_of_another_coordinator_does_not_exist(screen: Screen) -> None:
    upload = screen.let_in("volunteers")
    user, _actor = accounts.coordinator(two_teams()[1], "Corrie Voorbeeld")
    client = Client()
    accounts.sign_in(client, user)
    for name in ("apply", "undo", "discard"):
        assert client.post(reverse(f"imports:{name}", args=[upload.id])).status_code == 404
    assert client.get(reverse("imports:result", args=[upload.id])).status_code == 404


def test_a_project_leader_brings_agreements_and_nobody(screen: Screen) -> None:
    user, _actor = accounts.project_leader()
    client = Client(headers={"accept-language": "nl"})
    accounts.sign_in(client, user)
    shown = client.get(reverse("imports:list")).content.decode()
    assert 'value="agreements"' in shown
    assert not any(f'value="{key}"' in shown for key in ("volunteers", "referrals", "participants"))
    assert client.post(reverse("imports:export", args=["volunteers", "csv"])).status_code == 403


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_what_is_taken_along_comes_in_as_the_same(screen: Screen, form: str) -> None:
    for key in ORDER:
        screen.let_in(key)
    for key in ORDER:
        response = screen.post(reverse("imports:export", args=[key, form]))
        assert response.status_code == 200
        upload = screen.bring(key, response.content, f"{key}.{form}")
        assert (key, upload.counts["faults"], upload.counts["new"], upload.counts["changed"]) == (
            key,
            0,
            0,
            0,
        ), screen.page("check", upload)
