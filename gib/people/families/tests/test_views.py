"""The pages of families: works, stranger 404, wrong permission 403, wrong method 405, bad input 422."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client
from django.utils import translation

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
    Consent,
    ContactRestriction,
    Custody,
    Dossier,
    Placement,
    Residence,
    children_of,
    domicile_of,
    latest_expectation,
    open_episode,
    participant_of,
    rows_of,
)
from gib.people.families.tests.conftest import NOW, TODAY, later, names_of
from gib.people.families.tests.reader import hidden, pages, queries, text_of, visitor
from gib.people.partners.builders import a_paying_and_a_refusing_municipality

DAY = timedelta(days=1)


def written(day: object) -> str:
    return f"{day:%d-%m-%Y}"


@pytest.fixture(autouse=True)
def _pages(stores: None) -> Iterator[None]:
    with pages(), translation.override("nl"):
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
    inside = text_of(desk.get("/moeders/?waar=binnen&volgorde=vrij"))
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


# Consent


def test_consent_is_asked_read_and_given(desk: Client, dossier: Dossier) -> None:
    assert "Hulp van Gezin in Balans" in text_of(desk.get(at(dossier, "toestemming/vragen/")))
    paper = done(desk, at(dossier, "toestemming/vragen/support/"), language="en")
    page = text_of(desk.get(paper))
    assert "We help mothers in prison" in page
    assert 'lang="en"' in page
    assert "nog niet goedgekeurd" in page
    with_staff = refused(desk, f"{paper}ja/", place="prison")
    assert "zonder medewerkers" in with_staff
    done(desk, f"{paper}ja/", place="prison", staff_absent="on")
    assert "Ja gezegd" in text_of(desk.get(paper))
    assert "Dit kan niet vanuit deze stand" in refused(desk, f"{paper}nee/")


def test_consent_for_a_municipality_begins_with_where_she_goes(
    desk: Client, coordinator: Actor, dossier: Dossier
) -> None:
    actions.set_return(coordinator, dossier.id, "known", "0363", NOW)
    url = at(dossier, "toestemming/vragen/municipality/")
    assert '<option value="0363" selected>' in text_of(desk.get(url))
    assert "Vul dit nog in" in refused(desk, url, language="nl")
    done(desk, url, language="nl", recipient="0363")
    assert rows_of(Consent, dossier.id).get().recipient == "0363"


def test_consent_for_a_child_names_who_said_yes(
    desk: Client, coordinator: Actor, child: Child, dossier: Dossier
) -> None:
    builders.with_open_gate(coordinator, child, NOW)
    url = at(dossier, "toestemming/vragen/child_visit/")
    paper = done(desk, url, language="nl", child_id=str(child.id))
    missing = refused(desk, f"{paper}ja/", place="home", staff_absent="on", given_by=["child"])
    assert "ook deze partij" in missing
    done(desk, f"{paper}ja/", place="home", staff_absent="on", given_by=["mother"])
    photo = text_of(desk.get(at(dossier, "toestemming/vragen/photo/")))
    assert "De moeder zelf" in photo


def test_a_no_is_recorded_without_more(desk: Client, dossier: Dossier) -> None:
    paper = done(desk, at(dossier, "toestemming/vragen/photo/"), language="nl")
    done(desk, f"{paper}nee/")
    assert rows_of(Consent, dossier.id).get().state == "refused"
    assert "Nee gezegd" in text_of(desk.get(paper))


@pytest.mark.requirement("CON-02")
def test_withdrawing_is_one_page_and_tells_who_received(
    desk: Client, coordinator: Actor, dossier: Dossier
) -> None:
    a_paying_and_a_refusing_municipality()
    given = builders.with_consent(coordinator, dossier.id, Purpose.MUNICIPALITY, NOW, "0363")
    url = at(dossier, f"toestemming/{given.id}/intrekken/")
    assert "Er is nog niets gedeeld" in text_of(desk.get(url))
    actions.note_disclosure(coordinator, dossier.id, "municipality", "0363", new_id(), NOW)
    assert "Amsterdam" in text_of(desk.get(url))
    done(desk, url)
    assert rows_of(Consent, dossier.id).get().state == "withdrawn"
    assert "Ingetrokken" in text_of(desk.get(at(dossier, f"toestemming/{given.id}/")))


def test_withdrawing_support_warns_that_all_ends(desk: Client, coordinator: Actor, dossier: Dossier) -> None:
    given = builders.with_consent(coordinator, dossier.id, Purpose.SUPPORT, NOW)
    page = text_of(desk.get(at(dossier, f"toestemming/{given.id}/intrekken/")))
    assert "alle andere toestemming" in page


# Detention


def test_detention_is_followed_from_entry_to_release_and_back(desk: Client, dossier: Dossier) -> None:
    base = at(dossier, "detentie/")
    day = written(TODAY + 30 * DAY)
    done(desk, f"{base}verwachte-datum/", expected_on=day, source="prison", confidence="likely")
    assert latest_expectation(dossier.id).expected_on == TODAY + 30 * DAY
    again = refused(desk, f"{base}verwachte-datum/", expected_on=day, source="prison", confidence="likely")
    assert "niets gewijzigd" in again
    moved = {"prison": "TPL", "unit": "B", "regime": "sentence", "from_on": written(TODAY)}
    done(desk, f"{base}overplaatsing/", **moved)
    assert rows_of(Placement, dossier.id).get().prison_id == "TPL"
    free = {"released_on": written(TODAY), "kind": "immediate", "return_kind": "known"}
    assert "Kies de gemeente" in refused(desk, f"{base}vrij/", **free)
    done(desk, f"{base}vrij/", **free, municipality="0363")
    assert open_episode(dossier.id) is None
    page = text_of(desk.get(base))
    assert "onverwacht vrijgelaten" in page
    assert "weer vast" in page
    done(desk, f"{base}terugkeer/", return_kind="no_fixed_address")
    assert domicile_of(dossier.id, TODAY).kind == "no_fixed_address"
    tomorrow = visitor(desk.defaults["gib.actor"], later(1))
    back = {"prison": "ZWO", "regime": "remand", "from_on": written(TODAY + DAY)}
    done(tomorrow, f"{base}weer-vast/", **back)
    assert open_episode(dossier.id).from_on == TODAY + DAY


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
    ids = {"child": child.id, "order": order.id, "oma": oma.id, "consent": consent.id}

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
