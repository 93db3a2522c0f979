"""The pages of families: works, stranger 404, wrong permission 403, wrong method 405, bad input 422."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client

from gib.core.access.actor import Actor
from gib.core.access.tables import Role
from gib.core.journal.models import Reading
from gib.core.kernel.ids import new_id
from gib.people.families import actions, builders
from gib.people.families.actions import CaregiverFacts
from gib.people.families.domain.codes import Purpose
from gib.people.families.models import (
    Caregiver,
    Child,
    ContactRestriction,
    Custody,
    Dossier,
    Residence,
    children_of,
    participant_of,
    rows_of,
)
from gib.people.families.tests.conftest import NOW, TODAY, names_of
from gib.people.families.tests.reader import hidden, pages, queries, text_of, visitor

DAY = timedelta(days=1)


def written(day: object) -> str:
    return f"{day:%d-%m-%Y}"


@pytest.fixture(autouse=True)
def _pages(stores: None) -> Iterator[None]:
    with pages():
        yield


@pytest.fixture
def desk(coordinator: Actor) -> Client:
    return visitor(coordinator)


@pytest.fixture
def child(coordinator: Actor, dossier: Dossier) -> Child:
    return builders.with_child(coordinator, dossier.id, NOW)


@pytest.fixture
def oma(coordinator: Actor, dossier: Dossier) -> Caregiver:
    return actions.add_caregiver(coordinator, dossier.id, CaregiverFacts(name="Oma Eenhoorn"), NOW)


def send(desk: Client, url: str, **data: object) -> object:
    page = desk.get(url)
    text_of(page)
    return desk.post(url, hidden(page) | data)


def done(desk: Client, url: str, **data: object) -> str:
    """Fill in a form, and expect that it leads away from it."""
    answer = send(desk, url, **data)
    assert answer.status_code == 302, text_of(answer)
    return str(answer.url)


def refused(desk: Client, url: str, **data: object) -> str:
    """Fill in a form, and expect it back with what is wrong."""
    answer = send(desk, url, **data)
    assert answer.status_code == 422
    return text_of(answer)


def at(dossier: Dossier, rest: str = "") -> str:
    return f"/moeders/{dossier.id}/{rest}"


# The list


def test_the_list_shows_first_names_with_an_initial(
    desk: Client, coordinator: Actor, dossier: Dossier, child: Child
) -> None:
    expected_on = TODAY + 30 * DAY
    actions.expect_release(coordinator, dossier.id, expected_on, "prison", "likely", NOW)
    page = text_of(desk.get("/moeders/"))
    for part in ("Madelief S.", "Nieuwersluis", "Nederlands", f"/moeders/{dossier.id}/", "10 feb"):
        assert part in page
    assert "Sprookstra" not in page
    assert "<title>Moeders" in page


def test_the_list_is_read_by_its_own_team_and_the_reading_is_kept(
    desk: Client, stranger: Actor, dossier: Dossier
) -> None:
    assert "Madelief" not in text_of(visitor(stranger).get("/moeders/"))
    assert not Reading.objects.exists()
    text_of(desk.get("/moeders/"))
    look = Reading.objects.get()
    assert look.purpose == "families:mothers"
    assert [subject.box_id for subject in look.subjects.all()] == [dossier.id]


def test_the_list_takes_as_many_queries_for_one_as_for_thirty(desk: Client, coordinator: Actor) -> None:
    builders.a_dossier(coordinator, NOW)
    text_of(desk.get("/moeders/"))
    one = queries(desk, "/moeders/")
    for number in range(1, 30):
        builders.a_dossier(coordinator, NOW, number)
    assert queries(desk, "/moeders/") == one <= 15


def test_the_list_can_be_filtered_sorted_and_leafed_through(
    desk: Client, coordinator: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = [builders.a_dossier(coordinator, NOW, number) for number in range(5)]
    builders.released(coordinator, told[0].id, NOW)
    erased = builders.a_dossier(coordinator, NOW, 9)
    actions.erase_dossier(coordinator, erased.id, NOW)
    for number, days in ((1, 50), (2, 20), (3, 90)):
        day = TODAY + days * DAY
        actions.expect_release(coordinator, told[number].id, day, "prison", "likely", NOW)
    monkeypatch.setattr("gib.people.families.views.mothers.SIZE", 2)
    inside = text_of(desk.get("/moeders/?waar=binnen"))
    assert '<span class="soft">4</span>' in inside
    assert inside.index("Hyacinta") < inside.index("Jasmijn")
    older = inside.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")
    second = text_of(desk.get(f"/moeders/{older}"))
    assert second.index("Camelia") < second.index("Azalea")
    assert 'rel="next"' not in second
    down = text_of(desk.get("/moeders/?volgorde=-vrij&waar=vrij"))
    assert "Madelief" in down
    assert "Jasmijn" not in down
    assert "Hier is niemand" not in text_of(desk.get("/moeders/?na=geen"))


def test_an_empty_list_says_what_to_do(desk: Client) -> None:
    assert "Hier is niemand" in text_of(desk.get("/moeders/"))


# The mother and her children


def test_the_mother_is_corrected_and_the_page_leads_back(desk: Client, dossier: Dossier) -> None:
    facts = {
        "first_name": "Madelief",
        "last_name": "Sagemans",
        "languages": ["nl", "pap"],
        "phone": "0600000000",
    }
    assert done(desk, at(dossier, "gegevens/"), **facts).endswith("/mensen/")
    mother = participant_of(dossier.id)
    assert (mother.last_name, mother.languages, mother.phone) == ("Sagemans", "nl,pap", "0600000000")


def test_an_edit_over_a_newer_version_shows_both(desk: Client, coordinator: Actor, dossier: Dossier) -> None:
    url = at(dossier, "gegevens/")
    page = desk.get(url)
    facts = {"first_name": "Madelief", "last_name": "Sagemans", "languages": ["nl"]}
    done(desk, url, **facts)
    answer = desk.post(url, hidden(page) | facts | {"last_name": "Legendema"})
    assert answer.status_code == 422
    html = text_of(answer)
    assert "Twee versies" in html
    assert "Sagemans" in html
    assert "Legendema" in html
    assert desk.post(url, hidden(answer) | facts | {"last_name": "Legendema"}).status_code == 302
    assert participant_of(dossier.id).last_name == "Legendema"


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("first_name", "", "Roepnaam: Vul dit nog in"),
        ("first_name", "Madelief 111222333", "burgerservicenummer"),
        ("born_on", "31-02-1980", "Deze dag bestaat niet"),
        ("born_on", "1-1-2020", "in de toekomst"),
        ("phone", "bel maar", "geen telefoonnummer"),
        ("languages", [], "Talen: "),
    ],
)
def test_bad_input_comes_back_with_a_sentence(
    desk: Client, dossier: Dossier, field: str, value: object, sentence: str
) -> None:
    facts = {"first_name": "Madelief", "last_name": "Sprookstra", "languages": ["nl"]}
    assert sentence in refused(desk, at(dossier, "gegevens/"), **facts | {field: value})
    assert names_of(dossier.id) == ["DossierOpened"]


def test_a_child_is_added_with_where_it_stays(desk: Client, dossier: Dossier, oma: Caregiver) -> None:
    told = {
        "first_name": "Merel",
        "born_on": "14-2-02",
        "residence": "with_family",
        "caregiver_id": str(oma.id),
    }
    assert done(desk, at(dossier, "kinderen/erbij/"), **told).endswith("/kinderen/")
    assert children_of(dossier.id)[0].first_name == "Merel"
    assert rows_of(Residence, dossier.id).get().caregiver_id == oma.id
    told = {"first_name": "Vink", "born_on": "14-2-1982"}
    assert "18 jaar of ouder" in refused(desk, at(dossier, "kinderen/erbij/"), **told)


def test_a_double_submit_adds_one_child(desk: Client, dossier: Dossier) -> None:
    url = at(dossier, "kinderen/erbij/")
    told = hidden(desk.get(url)) | {"first_name": "Merel"}
    assert [desk.post(url, told).status_code for _ in range(2)] == [302, 302]
    assert len(children_of(dossier.id)) == 1


def test_a_child_is_corrected(desk: Client, dossier: Dossier, child: Child) -> None:
    url = at(dossier, f"kinderen/{child.id}/gegevens/")
    assert "Waar is het kind nu" not in text_of(desk.get(url))
    done(desk, url, first_name="Vink", birth_year="2003")
    assert children_of(dossier.id)[0].first_name == "Vink"


def test_residence_custody_and_contact_are_recorded(
    desk: Client, dossier: Dossier, child: Child, oma: Caregiver
) -> None:
    base = f"kinderen/{child.id}/"
    stay = {"kind": "with_family", "caregiver_id": str(oma.id), "from_on": written(TODAY)}
    done(desk, at(dossier, f"{base}verblijf/"), **stay)
    assert "valt samen" in refused(desk, at(dossier, f"{base}verblijf/"), **stay)
    held = {"kind": "other_parent", "from_on": written(TODAY)}
    assert "wie het gezag heeft" in refused(desk, at(dossier, f"{base}gezag/"), **held)
    done(desk, at(dossier, f"{base}gezag/"), **held, holder_name="P. Eenhoorn")
    ban = {"kind": "ban", "about": "mother", "issuer": "nobody", "from_on": written(TODAY)}
    assert "Vul in wie" in refused(desk, at(dossier, f"{base}contact/"), **ban)
    done(desk, at(dossier, f"{base}contact/"), **ban | {"issuer": "court"}, verified="on")
    row = rows_of(ContactRestriction, dossier.id).get()
    assert (row.kind, row.verified_on) == ("ban", TODAY)
    assert rows_of(Custody, dossier.id).get().holder_name == "P. Eenhoorn"
    lift = at(dossier, f"beperking/{row.id}/beeindigen/")
    assert "einddatum" in refused(desk, lift, ended_on=written(TODAY - DAY))
    assert done(desk, lift, ended_on=written(TODAY)).endswith("/kinderen/")


def test_somebody_joins_and_leaves_the_network(desk: Client, dossier: Dossier) -> None:
    told = {"name": "Opa Eenhoorn", "relation": "grandparent"}
    done(desk, at(dossier, "mensen/erbij/"), **told)
    opa = rows_of(Caregiver, dossier.id).get()
    url = at(dossier, f"mensen/{opa.id}/niet-meer/")
    assert "Opa Eenhoorn" in text_of(desk.get(url))
    done(desk, url)
    assert rows_of(Caregiver, dossier.id).get().to_on == TODAY


# Who may not


PAGES = {
    "gegevens/": "edit",
    "kinderen/erbij/": "edit",
    "kinderen/{child}/gegevens/": "edit",
    "kinderen/{child}/verblijf/": "edit",
    "kinderen/{child}/gezag/": "edit",
    "kinderen/{child}/contact/": "edit",
    "beperking/{order}/beeindigen/": "edit",
    "mensen/erbij/": "edit",
    "mensen/{oma}/niet-meer/": "edit",
    "apart/erbij/": "edit",
    "apart/{pair}/niet-meer/": "edit",
    "toestemming/vragen/": "read",
    "toestemming/vragen/support/": "edit",
    "toestemming/{consent}/": "read",
    "toestemming/{consent}/ja/": "edit",
    "toestemming/{consent}/nee/": "edit",
    "toestemming/{consent}/intrekken/": "edit",
    "detentie/": "read",
    "detentie/verwachte-datum/": "edit",
    "detentie/overplaatsing/": "edit",
    "detentie/vrij/": "edit",
    "detentie/weer-vast/": "edit",
    "detentie/terugkeer/": "edit",
}


@pytest.fixture
def address(coordinator: Actor, dossier: Dossier, child: Child, oma: Caregiver) -> Callable[..., str]:
    builders.with_ban(coordinator, child.id, NOW)
    consent = builders.with_consent(coordinator, dossier.id, Purpose.SUPPORT, NOW)
    order = rows_of(ContactRestriction, dossier.id).get()
    other = builders.a_dossier(coordinator, NOW, 7)
    pair = actions.keep_apart(coordinator, dossier.id, other.id, NOW)
    ids = {"child": child.id, "order": order.id, "oma": oma.id, "consent": consent.id, "pair": pair.id}

    def make(page: str, of: UUID = dossier.id) -> str:
        return f"/moeders/{of}/{page.format(**ids)}"

    return make


def test_every_page_opens_for_the_team_and_for_nobody_else(
    desk: Client,
    stranger: Actor,
    coordinator: Actor,
    address: Callable[..., str],
    actor_of: Callable[[Role], Actor],
) -> None:
    other = builders.a_dossier(coordinator, NOW, 1)
    outsiders = [visitor(actor_of(role)) for role in (Role.VOLUNTEER, Role.REFERRER, Role.PROJECT_LEADER)]
    for page in PAGES:
        url = address(page)
        assert desk.get(url).status_code == 200, url
        assert visitor(stranger).get(url).status_code == 404, url
        assert [each.get(url).status_code for each in outsiders] == [403] * 3, url
        assert visitor(None).get(url).status_code == 302, url
        assert desk.get(address(page, new_id())).status_code == 404, url
        if "{" in page:
            assert desk.get(address(page, other.id)).status_code == 404, url


def test_a_page_to_read_takes_no_post(desk: Client, address: Callable[..., str]) -> None:
    readable = [address(page) for page, kind in PAGES.items() if kind == "read"]
    for url in [*readable, "/moeders/"]:
        assert desk.post(url).status_code == 405


def test_a_stranger_posts_nothing(stranger: Actor, dossier: Dossier, address: Callable[..., str]) -> None:
    for page, kind in PAGES.items():
        if kind == "edit":
            assert visitor(stranger).post(address(page), {"token": new_id()}).status_code == 404
    assert "ConsentWithdrawn" not in names_of(dossier.id)


def test_a_purpose_that_does_not_exist_is_no_page(desk: Client, dossier: Dossier) -> None:
    assert desk.get(at(dossier, "toestemming/vragen/nieuwsgierig/")).status_code == 404
