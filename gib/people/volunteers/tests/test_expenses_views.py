"""Pages about expenses: they work, for her, her team and who pays, and for nobody else."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from gib.core.access import rls
from gib.core.kernel.money import euros
from gib.people.volunteers import statements
from gib.people.volunteers.actions import expenses as actions
from gib.people.volunteers.actions.expenses import NewClaim
from gib.people.volunteers.domain.allowances import Mode
from gib.people.volunteers.domain.expenses import ClaimState, Ride
from gib.people.volunteers.models import Claim, ClaimYear
from gib.people.volunteers.tests.counter import (
    GOOD,
    IBAN,
    NOW,
    OFFICE,
    OWN,
    RIDE,
    TODAY,
    House,
    about,
    made,
    text,
    url,
)
from gib.people.volunteers.tests.test_views import page, sent

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def house(seen: Any) -> House:
    return made()


class TestWhoMayLook:
    """Five questions for each page."""

    @pytest.mark.parametrize("name", OWN)
    def test_her_own_pages_are_hers(self, house: House, name: str) -> None:
        assert len(page(house.herself.get(url(name))).find_all("h1")) == 1
        for client in (house.team, house.leader, house.deputy):
            assert client.get(url(name)).status_code == 403

    @pytest.mark.parametrize("name", OFFICE)
    def test_a_claim_is_for_her_team(self, house: House, name: str) -> None:
        row = house.claim()
        for client in (house.team, house.deputy):
            assert len(page(client.get(about(name, row.id))).find_all("h1")) == 1
        assert house.stranger.get(about(name, row.id)).status_code == 404
        assert house.stranger.post(about(name, row.id), {"reason": "Nee"}).status_code == 404
        assert house.herself.get(about(name, row.id)).status_code == 403
        assert house.team.get(about(name, uuid4())).status_code == 404

    @pytest.mark.parametrize("name", ["payout", "payout_made", "payout_file"])
    def test_paying_is_for_the_project_leader(self, house: House, name: str) -> None:
        made = house.paid()
        where = url(name, *([made.id] if name != "payout" else []))
        assert house.leader.get(where).status_code == 200
        for client in (house.team, house.deputy, house.herself):
            assert client.get(where).status_code == 403
        if name != "payout":
            assert house.leader.get(url(name, uuid4())).status_code == 404

    def test_another_volunteer_finds_nothing(self, house: House) -> None:
        row = house.claim()
        actions.decline_claim(house.coordinator, row.id, ClaimState.RETURNED, "Kijk nog eens", NOW)
        assert house.herself.get(url("claim_change", row.id)).status_code == 200
        assert house.other.get(url("claim_change", row.id)).status_code == 404
        assert "€ 8,08" not in text(house.other.get(url("own_claims")))

    def test_what_is_read_takes_nothing(self, house: House) -> None:
        made = house.paid()
        assert house.herself.post(url("own_claims")).status_code == 405
        assert house.herself.post(url("waived", 2011)).status_code == 405
        assert house.team.post(url("claims")).status_code == 405
        for name in ("payout_made", "payout_file"):
            assert house.leader.post(url(name, made.id)).status_code == 405

    def test_a_step_without_a_word_does_not_exist(self, house: House) -> None:
        assert house.team.get(url("claim_decline", house.claim().id, "weg")).status_code == 404

    def test_the_way_of_paying_is_for_her_team(self, house: House) -> None:
        where = url("claim_mode", house.volunteer_id)
        assert house.team.get(where).status_code == 200
        assert house.stranger.get(where).status_code == 404
        assert house.herself.get(where).status_code == 403


class TestHerself:
    """She claims, and sees what came of it."""

    def test_a_claim_is_handed_in(self, house: House) -> None:
        answer = sent(house.herself, url("claim_add"), **GOOD)
        assert (answer.status_code, answer.url) == (302, url("own_claims"))
        shown = text(house.herself.get(url("own_claims")))
        assert "di 4 jan, € 8,08 Ingediend" in shown and "42,5 km · Utrecht - Nieuwersluis" in shown

    def test_the_next_one_begins_with_the_same_way(self, house: House) -> None:
        house.claim()
        form = page(house.herself.get(url("claim_add")))
        assert form.find("input", {"name": "km_tenths"})["value"] == "42,5"
        assert form.find("input", {"name": "route"})["value"] == RIDE.route
        assert form.find("input", {"name": "on"})["value"] == "11-01-2011"
        assert not form.find("details").has_attr("open")

    @pytest.mark.parametrize(
        ("changes", "said"),
        [
            ({"km_tenths": ""}, "Vul kilometers of een bedrag in."),
            ({"route": ""}, "Schrijf van waar naar waar je reed."),
            ({"cost_cents": "3,50"}, "Schrijf waarvoor je betaalde."),
            ({"cost_cents": "3,50", "what": "Bus", "is_waived": "on"}, "Alleen reisgeld kun je weggeven."),
            ({"on": "1-9-2010"}, "Dit is te lang geleden."),
        ],
    )
    def test_what_is_wrong_is_said_beside_it(self, house: House, changes: dict[str, str], said: str) -> None:
        answer = sent(house.herself, url("claim_add"), **(GOOD | changes))
        assert answer.status_code == 422 and said in text(answer)
        assert house.states() == []
        if "cost_cents" in changes:
            assert page(answer).find("details").has_attr("open")

    def test_what_came_back_says_why_and_is_handed_in_again(self, house: House) -> None:
        row = house.claim()
        actions.decline_claim(house.coordinator, row.id, ClaimState.RETURNED, "Dit is te ver.", NOW)
        assert "Dit is te ver." in text(house.herself.get(url("own_claims")))
        assert "Dit is te ver." in text(house.herself.get(url("claim_change", row.id)))
        answer = sent(house.herself, url("claim_change", row.id), **(GOOD | {"km_tenths": "21"}))
        assert (answer.status_code, house.states()) == (302, [ClaimState.SUBMITTED])

    def test_her_account_is_kept_and_shown_in_part(self, house: House) -> None:
        assert "Wij weten je rekening nog niet" in text(house.herself.get(url("own_claims")))
        answer = sent(house.herself, url("account"), holder="T. Voorbeeld", iban="nl13 test 0123 4567 89")
        assert answer.status_code == 302
        for where in ("own_claims", "account"):
            shown = house.herself.get(url(where)).content.decode()
            assert IBAN not in shown and "NL.. .... 6789" in shown
        wrong = sent(house.herself, url("account"), holder="T.", iban="NL14TEST0123456789")
        assert wrong.status_code == 422 and "geen geldig rekeningnummer" in text(wrong)

    @pytest.mark.requirement("DEC-06")
    def test_with_an_allowance_she_sees_what_fits_and_says_what_others_pay(self, house: House) -> None:
        actions.choose_mode(house.coordinator, house.volunteer_id, 2011, Mode.ALLOWANCE, NOW)
        shown = text(house.herself.get(url("own_claims")))
        assert "Krijg je ook geld van een andere organisatie?" in shown
        assert page(house.herself.get(url("claim_add"))).find("input", {"name": "minutes"})
        assert sent(house.herself, url("elsewhere"), year="2011", cents="100").status_code == 302
        with rls.system("test"):
            assert ClaimYear.for_house("test", TODAY).get().elsewhere_cents == 10_000
        assert "Dit jaar kan er nog bij" in text(house.herself.get(url("own_claims")))

    @pytest.mark.requirement("VOL-04")
    def test_a_general_hint_stands_there_for_everybody(self, house: House) -> None:
        for client in (house.herself, house.other):
            assert "Krijg je een uitkering?" in text(client.get(url("own_claims")))

    @pytest.mark.requirement("DEC-09")
    def test_what_she_gave_away_is_printed(self, house: House) -> None:
        assert house.herself.get(url("waived", 2011)).status_code == 404
        row = house.claim(NewClaim(on=RIDE.on, km_tenths=1000, route="Utrecht", is_waived=True))
        actions.approve(house.coordinator, row.id, False, NOW)
        assert "Opgave 2011 (PDF)" in text(house.herself.get(url("own_claims")))
        answer = house.herself.get(url("waived", 2011))
        assert answer["Content-Type"] == "application/pdf" and answer.content.startswith(b"%PDF")
        assert "no-store" in answer["Cache-Control"]
        assert "Truus" not in answer["Content-Disposition"]
        assert house.other.get(url("waived", 2011)).status_code == 404

    @pytest.mark.requirement("DEC-09")
    def test_the_statement_counts_at_the_rate_of_its_year(self, house: House) -> None:
        rides = [Ride(date(2024, 5, 1), 600), Ride(date(2024, 6, 1), 400)]
        told = statements.told("Truus Voorbeeld \U0001f33b", 2024, rides, NOW.at)
        assert told["rows"] == [["23 cent per kilometer", "100", euros(2300)]]
        assert told["total"] == ["Samen", "100", euros(2300)]
        assert told["facts"][0] == ["Vrijwilliger", "Truus Voorbeeld ?"]


class TestTheOffice:
    """Her team approves, sends back or refuses; the project leader looks and pays."""

    def test_a_claim_is_approved_from_the_list(self, house: House) -> None:
        row = house.claim()
        shown = page(house.team.get(url("claims")))
        assert "Truus V. € 8,08 Ingediend" in text(house.team.get(url("claims")))
        assert shown.find("a", {"href": url("claim", row.id)})
        assert sent(house.team, url("claim", row.id)).status_code == 302
        assert house.states() == [ClaimState.APPROVED]
        assert "Hier wacht niets" in text(house.team.get(url("claims")))
        assert "Truus V." in text(house.team.get(url("claims") + "?stand=approved"))

    @pytest.mark.requirement("DEC-04")
    def test_costs_ask_whether_the_receipt_was_seen(self, house: House) -> None:
        row = house.claim(NewClaim(on=TODAY, cost_cents=350, what="Parkeren"))
        refused = sent(house.team, url("claim", row.id))
        assert refused.status_code == 422 and "Bekijk eerst de bon." in text(refused)
        assert sent(house.team, url("claim", row.id), is_receipt_seen="on").status_code == 302

    @pytest.mark.parametrize(("to", "state"), [("terug", "returned"), ("afwijzen", "refused")])
    def test_a_no_has_a_reason(self, house: House, to: str, state: str) -> None:
        row = house.claim()
        where = url("claim_decline", row.id, to)
        assert sent(house.team, where).status_code == 422
        assert sent(house.team, where, reason="Deze rit klopt niet.").status_code == 302
        assert house.states() == [state]

    @pytest.mark.requirement("DEC-07")
    def test_her_own_claim_is_for_somebody_else(self, house: House) -> None:
        house.paid()
        with rls.system("test"):
            paid = Claim.for_house("test", TODAY).get()
        answer = sent(house.team, url("claim_counter", paid.id), reason="Dubbel")
        assert answer.status_code == 302
        refused = sent(house.team, answer.url)
        assert refused.status_code == 422 and "eigen declaratie" in text(refused)
        assert "Dit is een tegenboeking." in text(house.deputy.get(answer.url))
        assert sent(house.deputy, answer.url).status_code == 302

    @pytest.mark.requirement("DEC-02")
    def test_the_way_of_paying_is_chosen_until_something_is_granted(self, house: House) -> None:
        where = url("claim_mode", house.volunteer_id)
        assert sent(house.team, where, year="2011", mode="allowance").status_code == 302
        assert sent(house.team, where, year="2011", mode="costs").status_code == 302
        house.approved()
        refused = sent(house.team, where, year="2011", mode="allowance")
        assert refused.status_code == 422 and "Anders vergoeden kan pas volgend jaar" in text(refused)

    @pytest.mark.requirement("DEC-01")
    def test_an_amount_that_is_not_sure_is_for_the_project_leader(self, house: House) -> None:
        actions.choose_mode(house.coordinator, house.volunteer_id, 2011, Mode.ALLOWANCE, NOW)
        actions.declare_elsewhere(house.actor, 2011, 0, NOW)
        row = house.claim(NewClaim(on=TODAY, minutes=90))
        assert sent(house.team, url("claim", row.id)).status_code == 302
        assert house.states() == [ClaimState.REVIEW]
        assert "€ 6,75 Nakijken" in text(house.leader.get(url("claims")))
        shown = text(house.leader.get(url("claim", row.id)))
        assert "Dit bedrag is nog niet zeker." in shown
        assert sent(house.leader, url("claim", row.id)).status_code == 302
        assert house.states() == [ClaimState.APPROVED]

    def test_the_leader_reads_amounts_and_no_words(self, house: House) -> None:
        row = house.claim(NewClaim(on=TODAY, cost_cents=350, what="Bloemen", route="Utrecht", km_tenths=10))
        shown = text(house.leader.get(url("claim", row.id)))
        assert "€ 3,69" in shown
        assert not [word for word in ("Bloemen", "Utrecht", "Truus") if word in shown]
