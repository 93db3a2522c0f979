"""A yes that only a list tells of: what it lets happen, for how long, and how it becomes her own."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from gib.core.access import rls
from gib.core.access.actor import Actor, house
from gib.people.families import actions, slots
from gib.people.families.actions import Answer, NewConsent
from gib.people.families.domain.codes import Place, Purpose
from gib.people.families.domain.consent import CLAIM_DAYS, Validity, check_claimed, claim_ends
from gib.people.families.models import Consent, Dossier, consent_holds, standing, terms_on
from gib.people.families.tests.conftest import NOW, TODAY, broken, later, names_of
from gib.people.families.tests.reader import hidden, pages, request_of, text_of, visitor

AMSTERDAM = "0363"


def claimed(dossier: Dossier, purpose: Purpose = Purpose.SUPPORT, recipient: str = "") -> Consent:
    """Let a sheet tell of a yes of last month."""
    with rls.system("test"):
        new = NewConsent(purpose=purpose, recipient=recipient)
        asked = actions.ask_consent(house("import"), dossier.id, new, NOW)
        said_on = TODAY - timedelta(days=30)
        return actions.claim_consent(house("import"), asked.id, Place.PRISON, said_on, NOW)


@pytest.mark.parametrize(
    ("given_on", "ends_on"),
    [
        (date(2011, 1, 11), date(2011, 2, 10)),
        (date(2010, 2, 1), date(2011, 2, 1)),
        (date(2010, 1, 20), date(2011, 1, 20)),
    ],
)
def test_the_word_of_a_list_counts_a_month_or_until_its_own_end(given_on: date, ends_on: date) -> None:
    assert claim_ends(given_on, 12, TODAY) == ends_on


def test_only_a_claim_that_was_said_is_one() -> None:
    check_claimed(TODAY, TODAY, True)
    with broken("consent_not_claimed"):
        check_claimed(TODAY, TODAY, False)
    with broken("day_in_future"):
        check_claimed(TODAY + timedelta(days=1), TODAY, True)


@pytest.mark.requirement("CON-01")
def test_a_list_says_nothing_of_staff_and_nobody_took_it(dossier: Dossier) -> None:
    row = claimed(dossier)
    assert (row.staff_absent, row.taken_by, row.is_claim) == (None, None, True)
    assert standing(row, TODAY, terms_on(TODAY)) is Validity.CLAIMED
    assert names_of(dossier.id)[-1] == "ConsentClaimed"


def test_it_lets_help_go_on_for_a_while(coordinator: Actor, dossier: Dossier) -> None:
    row = claimed(dossier)
    with rls.acting_as(coordinator, TODAY):
        assert consent_holds(dossier.id, Purpose.SUPPORT, "", TODAY)
        frozen = row.expires_on + timedelta(days=terms_on(TODAY).grace_days)
        assert row.expires_on == TODAY + timedelta(days=CLAIM_DAYS)
        assert not consent_holds(dossier.id, Purpose.SUPPORT, "", frozen)


@pytest.mark.requirement("CON-01")
def test_it_lets_nothing_go_outside_until_she_says_so_herself(coordinator: Actor, dossier: Dossier) -> None:
    row = claimed(dossier, Purpose.MUNICIPALITY, AMSTERDAM)
    with rls.acting_as(coordinator, TODAY):
        assert not consent_holds(dossier.id, Purpose.MUNICIPALITY, AMSTERDAM, TODAY)
        with broken("consent_missing"):
            actions.note_disclosure(coordinator, dossier.id, Purpose.MUNICIPALITY, AMSTERDAM, row.id, NOW)
        actions.confirm_consent(coordinator, row.id, Answer(place=Place.PRISON), NOW)
        assert consent_holds(dossier.id, Purpose.MUNICIPALITY, AMSTERDAM, TODAY)


def test_her_own_yes_takes_its_place(coordinator: Actor, dossier: Dossier) -> None:
    row = claimed(dossier)
    own = actions.confirm_consent(coordinator, row.id, Answer(place=Place.HOME), later(3))
    assert (own.staff_absent, own.taken_by, own.is_claim) == (True, coordinator.user_id, False)
    assert (own.given_on, own.expires_on) == (date(2011, 1, 14), date(2012, 1, 14))
    assert names_of(dossier.id)[-1] == "ConsentConfirmed"
    with broken("consent_not_claimed"):
        actions.confirm_consent(coordinator, row.id, Answer(place=Place.HOME), later(3))


def test_not_with_prison_staff_and_not_tomorrow(coordinator: Actor, dossier: Dossier) -> None:
    row = claimed(dossier)
    with broken("staff_present"):
        actions.confirm_consent(coordinator, row.id, Answer(place=Place.PRISON, staff_absent=False), NOW)
    tomorrow = Answer(place=Place.PRISON, given_on=TODAY + timedelta(days=1))
    with broken("day_in_future"):
        actions.confirm_consent(coordinator, row.id, tomorrow, NOW)


def test_a_no_withdraws_it(coordinator: Actor, dossier: Dossier) -> None:
    row = claimed(dossier)
    gone = actions.withdraw_consent(coordinator, row.id, NOW)
    assert not gone.is_claim
    with rls.acting_as(coordinator, TODAY):
        assert not consent_holds(dossier.id, Purpose.SUPPORT, "", TODAY)


def test_no_person_claims(coordinator: Actor, dossier: Dossier) -> None:
    asked = actions.ask_consent(coordinator, dossier.id, NewConsent(purpose=Purpose.SUPPORT), NOW)
    with pytest.raises(PermissionDenied):
        actions.claim_consent(coordinator, asked.id, Place.PRISON, TODAY, NOW)


def test_the_page_says_so_and_takes_her_own_yes(coordinator: Actor, dossier: Dossier) -> None:
    row = claimed(dossier)
    with pages():
        desk = visitor(coordinator)
        address = reverse("families:paper", args=[dossier.id, row.id])
        words = text_of(desk.get(address))
        assert "Niet nagevraagd" in words
        assert "onbekend: het staat alleen op een lijst" in words
        give = reverse("families:give", args=[dossier.id, row.id])
        answer = {"place": "prison", "staff_absent": "on", **hidden(desk.get(give))}
        assert desk.post(give, answer).status_code == 302
        after = text_of(desk.get(address))
    assert "Niet nagevraagd" not in after
    assert names_of(dossier.id)[-1] == "ConsentConfirmed"


def test_the_start_page_asks_to_ask_her(coordinator: Actor, dossier: Dossier) -> None:
    claimed(dossier)
    (task,) = slots.renewals(request_of(coordinator))
    assert task.why.startswith("Haar ja staat alleen op een lijst")
