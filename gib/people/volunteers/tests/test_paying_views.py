"""Pages about paying: they work for who pays, and ask no more for a long list."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from defusedxml.ElementTree import fromstring

from gib.core.access import rls
from gib.core.access.actor import Actor
from gib.core.journal.models import Reading
from gib.core.kernel.clock import now_on
from gib.core.kernel.money import euros
from gib.core.ui import words
from gib.people.volunteers import slots_expenses
from gib.people.volunteers.actions import expenses as actions
from gib.people.volunteers.actions.expenses import NewClaim
from gib.people.volunteers.domain.expenses import number_of
from gib.people.volunteers.domain.transfers import Account
from gib.people.volunteers.models import Payee, Payout
from gib.people.volunteers.tests.counter import (
    IBAN,
    NOW,
    OURS,
    RIDE,
    TODAY,
    House,
    made,
    text,
    url,
)
from gib.people.volunteers.tests.test_expenses_domain import faults
from gib.people.volunteers.tests.test_views import page, questions, sent

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def house(seen: Any) -> House:
    return made()


class TestPaying:
    """One press pays all, and the bank gets a file."""

    @pytest.mark.requirement("DEC-08")
    def test_the_file_pays_what_was_approved_and_names_no_activity(self, house: House) -> None:
        visit = uuid4()
        row = house.approved(NewClaim(on=RIDE.on, km_tenths=425, route="Zilvermeeuw", activity_id=visit))
        actions.give_account(house.actor, Account("T. Voorbeeld", IBAN), NOW)
        assert "T. Voorbeeld NL.. .... 6789 1 € 8,08" in text(house.leader.get(url("payout")))
        answer = sent(house.leader, url("payout"), **OURS)
        assert answer.status_code == 302
        made = house.leader.get(answer.url)
        assert IBAN not in made.content.decode() and "€ 8,08" in text(made)
        file = house.leader.get(url("payout_file", Payout.objects.get().id))
        assert file["Content-Type"] == "application/xml"
        assert "no-store" in file["Cache-Control"] and file["X-Content-Type-Options"] == "nosniff"
        assert faults(fromstring(file.content)) == []
        words = file.content.decode()
        assert IBAN in words and '<InstdAmt Ccy="EUR">8.08' in words
        told = words + file["Content-Disposition"] + answer.url
        assert not [mark for mark in ("Zilvermeeuw", "Truus", str(visit), str(row.id)) if mark in told]

    def test_a_file_is_the_same_each_day_but_for_when_it_was_made(self, house: House) -> None:
        made = house.paid()
        files = [fromstring(house.leader.get(url("payout_file", made.id)).content) for _turn in range(2)]
        words = [[each.text for each in file.iter() if not each.tag.endswith("CreDtTm")] for file in files]
        assert words[0] == words[1]
        assert "2011-01-12" in words[0] and number_of(made.id) in words[0]

    def test_what_stays_behind_says_why(self, house: House) -> None:
        house.approved()
        shown = text(house.leader.get(url("payout")))
        assert "1 declaratie. De vrijwilliger heeft nog geen rekening opgegeven." in shown
        assert "Er is niets uit te betalen" in shown
        refused = house.leader.post(url("payout"), OURS | {"token": str(uuid4())})
        assert refused.status_code == 422 and "niets dat u kunt uitbetalen" in text(refused)

    def test_our_account_of_last_time_stands_ready(self, house: House) -> None:
        house.paid()
        house.approved()
        form = page(house.leader.get(url("payout")))
        assert form.find("input", {"name": "iban"})["value"] == "NL83TEST0123456790"
        assert "Eerder uitbetaald" in text(house.leader.get(url("payout")))

    def test_an_account_is_read_and_the_reading_is_written(self, house: House) -> None:
        house.approved()
        actions.give_account(house.actor, Account("T. Voorbeeld", IBAN), NOW)
        before = Reading.objects.count()
        house.leader.get(url("payout"))
        assert Reading.objects.count() == before + 1


class TestToday:
    """A coordinator hears on her start page what waits."""

    @dataclass
    class Asking:
        """What a slot reads of a request."""

        actor: Actor
        now: Any

    @pytest.fixture(autouse=True)
    def business_day(self) -> None:
        """Make the page of a day of the business, as the frame of a request does."""
        words.set_today(TODAY)

    def waiting(self, house: House) -> list[Any]:
        found: list[Any] = slots_expenses.waiting(self.Asking(house.coordinator, NOW))
        return found

    def test_one_row_for_all_that_waits(self, house: House) -> None:
        assert self.waiting(house) == []
        rows = [
            house.claim(NewClaim(on=TODAY - timedelta(days=at), km_tenths=100, route="Utrecht"))
            for at in (0, 1)
        ]
        task = self.waiting(house)[0]
        assert (task.who, task.tone, task.url) == ("2 declaraties wachten", "busy", url("claims"))
        assert task.why == f"Samen {euros(380)}. De oudste is van di 11 jan."
        for row in rows:
            actions.approve(house.coordinator, row.id, False, NOW)
        assert self.waiting(house) == []

    def test_what_waits_long_is_louder(self, house: House) -> None:
        actions.claim(
            house.actor,
            NewClaim(on=date(2010, 12, 1), km_tenths=100, route="Utrecht"),
            now_on(date(2010, 12, 20)),
        )
        assert self.waiting(house)[0].tone == "warn"


@pytest.mark.parametrize("name", ["own_claims", "claims", "payout"])
def test_a_long_list_asks_no_more_questions(house: House, name: str) -> None:
    client = {"own_claims": house.herself, "claims": house.team, "payout": house.leader}[name]
    actions.give_account(house.actor, Account("T. Voorbeeld", IBAN), NOW)

    def more(number: int) -> int:
        for _turn in range(number):
            house.approved() if name == "payout" else house.claim()
        return questions(client, url(name))

    first = more(1)
    assert more(12) == first <= 15


def test_nobody_but_her_has_an_account(house: House) -> None:
    house.paid()
    with rls.system("test"):
        assert Payee.for_house("test", TODAY).get().volunteer_id == house.volunteer_id
    assert BeautifulSoup(house.team.get(url("claims")).content, "html.parser").find("h1")
