"""The pages of consent and detention, walked from the question to the answer."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client

from gib.core.access.actor import Actor
from gib.core.kernel.ids import new_id
from gib.people.families import actions, builders
from gib.people.families.actions import CaregiverFacts
from gib.people.families.domain.codes import Purpose
from gib.people.families.models import (
    Caregiver,
    Child,
    Consent,
    Dossier,
    Placement,
    domicile_of,
    latest_expectation,
    open_episode,
    rows_of,
)
from gib.people.families.tests.conftest import NOW, TODAY, later
from gib.people.families.tests.reader import hidden, pages, text_of, visitor
from gib.people.partners.builders import a_paying_and_a_refusing_municipality

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
    assert "ook deze partij ja zeggen: de moeder." in missing
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
