"""What families give the dossier page and the start page."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.http import Http404

from gib.core.access.actor import Actor
from gib.core.access.tables import Role
from gib.people.families import actions, builders, slots, words
from gib.people.families.actions import CaregiverFacts, NewCustody, NewRestriction
from gib.people.families.domain.codes import CustodyKind, Issuer, Purpose, RestrictionKind
from gib.people.families.models import Dossier
from gib.people.families.tests.conftest import NOW, TODAY, later
from gib.people.families.tests.reader import fragment, pages, request_of

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _pages(stores: None) -> Iterator[None]:
    with pages():
        yield


def facts(actor: Actor, dossier: Dossier, days: int = 0) -> dict[str, tuple[str, str, str]]:
    found = slots.identity_facts(request_of(actor, later(days)), dossier.id).facts
    return {str(fact.label): (fact.text, fact.note, fact.state) for fact in found}


# Identity


def test_the_bar_tells_who_where_until_when(coordinator: Actor) -> None:
    told = {"unit": "C2", "expected_on": TODAY + 49 * DAY, "languages": "nl,ar", "needs_interpreter": True}
    dossier = builders.a_dossier(coordinator, NOW, **told)
    builders.with_child(coordinator, dossier.id, NOW)
    identity = slots.identity_facts(request_of(coordinator), dossier.id)
    assert identity.name == "Madelief Sprookstra"
    assert identity.about == f"30 jaar · 1 kind · dossier {dossier.number}"
    shown = facts(coordinator, dossier)
    assert shown["P.I."] == ("Nieuwersluis", "afdeling C2", "")
    assert shown["Vrij, verwacht"][1] == "nog 49 dagen"
    assert shown["Taal"] == ("Nederlands, Arabisch", "met tolk", "")
    assert shown["Toestemming"] == ("", "", "families.none")


def test_the_bar_does_not_say_that_she_has_no_children(coordinator: Actor, dossier: Dossier) -> None:
    about = slots.identity_facts(request_of(coordinator), dossier.id).about
    assert "nog geen kinderen bekend" in about
    assert "0 kinderen" not in about


def test_the_bar_follows_consent_through_its_year(coordinator: Actor, dossier: Dossier) -> None:
    builders.with_consent(coordinator, dossier.id, Purpose.SUPPORT, NOW)
    states = [facts(coordinator, dossier, days)["Toestemming"][2] for days in (0, 365, 395)]
    assert states == ["families.holds", "families.renew", "families.frozen"]


def test_the_bar_tells_where_she_lives_once_she_is_free(coordinator: Actor, dossier: Dossier) -> None:
    builders.released(coordinator, dossier.id, NOW)
    assert facts(coordinator, dossier)["Vrij"][0] == "Amsterdam"
    actions.set_return(coordinator, dossier.id, "no_fixed_address", None, later(1))
    assert facts(coordinator, dossier, 1)["Vrij"][0] == "geen vast adres"


def test_the_bar_exists_for_the_team_only(stranger: Actor, dossier: Dossier) -> None:
    with pytest.raises(Http404):
        slots.identity_facts(request_of(stranger), dossier.id)


# Tabs


def test_the_tab_of_children_tells_what_is_allowed_and_why_not(coordinator: Actor, dossier: Dossier) -> None:
    oma = actions.add_caregiver(coordinator, dossier.id, CaregiverFacts(name="Oma Eenhoorn"), NOW)
    child = builders.with_child(coordinator, dossier.id, NOW, residence="with_family", caregiver_id=oma.id)
    builders.with_open_gate(coordinator, child, NOW)
    other = builders.with_child(coordinator, dossier.id, NOW, 1, born_on=date(1993, 6, 1))
    builders.with_ban(coordinator, other.id, NOW, to_on=TODAY + 9 * DAY)
    held = NewCustody(
        kind=CustodyKind.INSTITUTION, from_on=TODAY, to_on=TODAY + DAY, holder_name="B. Eenhoorn"
    )
    actions.record_custody(coordinator, other.id, held, NOW)
    page = fragment(slots.children_tab(request_of(coordinator), dossier.id))
    for part in (
        "bij familie, Oma Eenhoorn",
        "de moeder alleen",
        "Mag niet",
        "contact is verboden",
        "volgens de rechter",
        "B. Eenhoorn",
        "Wordt 18 op",
        "papier nog niet gezien",
        f"/kinderen/{child.id}/gezag/",
    ):
        assert part in page


def test_without_children_the_tab_invites(coordinator: Actor, dossier: Dossier) -> None:
    request = request_of(coordinator)
    assert "Nog geen kinderen bekend" in fragment(slots.children_tab(request, dossier.id))
    assert slots.children_card(request, dossier.id) is None


def test_the_card_of_children_is_short(coordinator: Actor, dossier: Dossier) -> None:
    child = builders.with_child(coordinator, dossier.id, NOW)
    card = fragment(slots.children_card(request_of(coordinator), dossier.id))
    assert "Bezoek mag nog niet: nog niet gevraagd." in card
    builders.with_open_gate(coordinator, child, NOW)
    card = fragment(slots.children_card(request_of(coordinator), dossier.id))
    assert "Bezoek mag." in card


def test_an_adult_child_stays_on_the_tab_and_leaves_the_visits(coordinator: Actor, dossier: Dossier) -> None:
    builders.with_child(coordinator, dossier.id, NOW, born_on=date(1993, 1, 12))
    page = fragment(slots.children_tab(request_of(coordinator, later(1)), dossier.id))
    assert "18 jaar of ouder" in page
    assert "Wordt 18" not in page


def test_the_tab_of_people_holds_the_mother_and_her_network(coordinator: Actor, dossier: Dossier) -> None:
    request = request_of(coordinator)
    assert "Nog niemand" in fragment(slots.people_tab(request, dossier.id))
    oma = actions.add_caregiver(coordinator, dossier.id, CaregiverFacts(name="Oma Eenhoorn"), NOW)
    actions.set_return(coordinator, dossier.id, "known", "0363", NOW)
    page = fragment(slots.people_tab(request, dossier.id))
    for part in ("Oma Eenhoorn", "Amsterdam", "niet bekend", f"/mensen/{oma.id}/niet-meer/"):
        assert part in page


def test_the_tab_of_papers_offers_the_next_step(coordinator: Actor, dossier: Dossier) -> None:
    request = request_of(coordinator)
    assert "Nog niets gevraagd" in fragment(slots.papers_tab(request, dossier.id))
    builders.with_consent(coordinator, dossier.id, Purpose.MUNICIPALITY, NOW, "0363")
    question = actions.NewConsent(purpose=Purpose.SUPPORT)
    asked = actions.ask_consent(coordinator, dossier.id, question, NOW)
    page = fragment(slots.papers_tab(request, dossier.id))
    assert page.index("Hulp van Gezin in Balans") < page.index("Vraag aan een gemeente")
    for part in ("Amsterdam", f"{asked.id}/ja/", "intrekken", "opnieuw vragen vanaf"):
        assert part in page


def test_detention_is_a_line_of_days_and_places(coordinator: Actor, dossier: Dossier) -> None:
    for expected_on in (TODAY + 30 * DAY, TODAY + 13 * DAY, None):
        actions.expect_release(coordinator, dossier.id, expected_on, "lawyer", "guess", NOW)
    block = fragment(slots.detention_block(request_of(coordinator), dossier.id))
    for part in ("weer onbekend", "17 dagen eerder", "eerste opgave", "haar advocaat", "Nieuwersluis"):
        assert part in block
    assert "weer vast" not in block


def test_who_may_not_change_sees_no_buttons(dossier: Dossier, coordinator: Actor) -> None:
    builders.with_child(coordinator, dossier.id, NOW)
    reader = Actor(coordinator.user_id, Role.SYSTEM)
    for show in (slots.children_tab, slots.people_tab, slots.papers_tab, slots.detention_block):
        assert 'class="btn' not in fragment(show(request_of(reader), dossier.id))


# Tasks


def test_a_consent_that_ends_is_a_task_until_it_is_renewed(coordinator: Actor, dossier: Dossier) -> None:
    builders.with_consent(coordinator, dossier.id, Purpose.SUPPORT, NOW)
    assert slots.renewals(request_of(coordinator, later(300))) == []
    soon = slots.renewals(request_of(coordinator, later(340)))
    assert [(task.who, task.tone, task.dossier_id) for task in soon] == [("Madelief S.", "warn", dossier.id)]
    assert slots.renewals(request_of(coordinator, later(366)))[0].tone == "stop"
    builders.with_consent(coordinator, dossier.id, Purpose.SUPPORT, later(340))
    assert slots.renewals(request_of(coordinator, later(341))) == []


def test_a_day_that_passed_asks_whether_she_is_free(
    coordinator: Actor, stranger: Actor, dossier: Dossier
) -> None:
    actions.expect_release(coordinator, dossier.id, TODAY + DAY, "prison", "likely", NOW)
    assert slots.passed_dates(request_of(coordinator, later(1))) == []
    tasks = slots.passed_dates(request_of(coordinator, later(2)))
    assert [task.url for task in tasks] == [f"/moeders/{dossier.id}/detentie/"]
    assert slots.passed_dates(request_of(stranger, later(2))) == []
    builders.released(coordinator, dossier.id, later(2))
    assert slots.passed_dates(request_of(coordinator, later(3))) == []


def test_a_withdrawal_asks_whether_to_erase(coordinator: Actor, dossier: Dossier) -> None:
    given = builders.with_consent(coordinator, dossier.id, Purpose.SUPPORT, NOW)
    assert slots.withdrawn(request_of(coordinator)) == []
    actions.withdraw_consent(coordinator, given.id, NOW)
    assert [task.dossier_id for task in slots.withdrawn(request_of(coordinator))] == [dossier.id]
    assert slots.withdrawn(request_of(coordinator, later(40))) == []
    builders.with_consent(coordinator, dossier.id, Purpose.SUPPORT, later(1))
    assert slots.withdrawn(request_of(coordinator, later(1))) == []


# Words


@pytest.mark.parametrize(
    ("old_on", "new_on", "told"),
    [
        (TODAY, None, "weer onbekend"),
        (None, TODAY, "nu bekend"),
        (TODAY, TODAY + DAY, "1 dag later"),
        (TODAY, TODAY - 2 * DAY, "2 dagen eerder"),
        (TODAY, TODAY, "dezelfde dag, andere bron"),
    ],
)
def test_a_shift_is_told_in_days(old_on: date | None, new_on: date | None, told: str) -> None:
    assert words.shift(old_on, new_on) == told


@pytest.mark.parametrize(
    ("days", "told"), [(2, "nog 2 dagen"), (1, "nog 1 dag"), (0, "vandaag"), (-1, "deze dag is voorbij")]
)
def test_a_day_is_told_by_its_distance(days: int, told: str) -> None:
    assert words.days_to(TODAY + days * DAY, TODAY) == told


@pytest.mark.parametrize(
    ("ages", "told"), [(None, "leeftijd niet bekend"), ((9, 9), "9 jaar"), ((9, 10), "9 of 10 jaar")]
)
def test_an_age_may_be_known_within_bounds(ages: tuple[int, int] | None, told: str) -> None:
    assert words.years(ages) == told


def test_a_lifted_order_shows_its_last_day(coordinator: Actor, dossier: Dossier) -> None:
    child = builders.with_child(coordinator, dossier.id, NOW)
    told = NewRestriction(kind=RestrictionKind.SUPERVISED, issuer=Issuer.YOUTH_CARE, from_on=TODAY)
    row = actions.record_restriction(coordinator, child.id, told, NOW)
    assert "beeindigen" in fragment(slots.children_tab(request_of(coordinator), dossier.id))
    actions.end_restriction(coordinator, row.id, TODAY, NOW)
    page = fragment(slots.children_tab(request_of(coordinator), dossier.id))
    assert "beeindigen" not in page
    assert "volgens jeugdzorg" in page
