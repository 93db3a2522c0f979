"""What volunteers may receive: the rows of law 8.3 and 8.4, and how somebody writes others."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any, Final

import pytest
from django.test import Client
from django.urls import reverse

from gib.core.access.tables import Role
from gib.core.kernel.clock import Now
from gib.core.kernel.rules import RuleBroken
from gib.people.partners import actions
from gib.people.partners.actions import AllowanceFacts, RateFacts
from gib.people.partners.domain import Confirmable, Mark, RateKind
from gib.people.partners.domain.terms import check_own_rate
from gib.people.partners.models import AllowanceTariff, KilometreRate, rate_rows
from gib.people.partners.tests.conftest import actor_of

pytestmark = [pytest.mark.django_db(databases="__all__"), pytest.mark.usefixtures("loaded")]
LEADER: Final = actor_of(Role.PROJECT_LEADER)
YEAR: Final = AllowanceFacts(
    year=2026,
    month_cents=22_000,
    year_cents=220_000,
    hour_cents=575,
    young_hour_cents=340,
    adult_age=21,
    source="Besluit 2026",
)
RATE: Final = RateFacts(kind=RateKind.OWN, cents=19, valid_from=date(2011, 2, 1), source="Besluit 2011")


def amounts(on: date) -> tuple[int, int, bool]:
    row = AllowanceTariff.objects.valid(on).get()
    return row.month_cents, row.year_cents, row.is_confirmed


@pytest.mark.requirement("DEC-01")
def test_the_table_says_each_year_and_how_sure_it_is() -> None:
    said = {year: amounts(date(year, 12, 31)) for year in range(2010, 2027)}
    assert said[2010] == said[2018] == (15_000, 150_000, False)
    assert said[2019] == (17_000, 170_000, True) and said[2020] == (17_000, 170_000, False)
    assert [said[year][0] for year in range(2021, 2027)] == [18_000, 18_000, 19_000, 21_000, 21_000, 22_000]
    assert not said[2026][2] and AllowanceTariff.objects.valid(date(2026, 1, 1)).get().mark == Mark.INFERRED
    assert all(row.source for row in AllowanceTariff.objects.all())


@pytest.mark.requirement("DEC-05")
def test_a_kilometre_has_one_fiscal_rate_each_day() -> None:
    days = (date(2010, 1, 1), date(2022, 12, 31), date(2023, 1, 1), date(2024, 1, 1), date(2026, 6, 1))
    assert [rate_rows(RateKind.FISCAL, on).get().cents for on in days] == [19, 19, 21, 23, 23]
    assert not rate_rows(RateKind.OWN).exists()


@pytest.mark.requirement("DEC-01")
class TestYears:
    """Somebody writes the amounts of a year and stands for them."""

    def test_what_was_guessed_is_put_right(self, now: Now) -> None:
        row = actions.set_allowance(LEADER, replace(YEAR, month_cents=21_500), now)
        assert amounts(date(2026, 3, 1)) == (21_500, 220_000, True)
        assert (row.confirmed_by, row.source, row.hour_cents) == (LEADER.user_id, "Besluit 2026", 575)
        assert AllowanceTariff.objects.count() == 9

    def test_a_later_year_ends_the_one_before(self, now: Now) -> None:
        actions.set_allowance(LEADER, replace(YEAR, year=2027), now)
        assert amounts(date(2026, 12, 31))[0] == 22_000
        assert amounts(date(2031, 1, 1))[2]

    def test_a_year_that_somebody_stands_for_stays(self, now: Now) -> None:
        actions.set_allowance(LEADER, YEAR, now)
        for year in (2026, 2025, 2010):
            with pytest.raises(RuleBroken, match="tariff_too_early"):
                actions.set_allowance(LEADER, replace(YEAR, year=year), now)

    def test_a_month_is_less_than_a_year(self, now: Now) -> None:
        with pytest.raises(RuleBroken, match="month_over_year"):
            actions.set_allowance(LEADER, replace(YEAR, month_cents=220_001), now)

    def test_somebody_stands_for_a_year_as_it_is(self, now: Now) -> None:
        row = AllowanceTariff.objects.valid(date(2010, 5, 1)).get()
        actions.confirm(LEADER, Confirmable.ALLOWANCE, str(row.pk), now)
        assert amounts(date(2010, 5, 1)) == (15_000, 150_000, True)


@pytest.mark.requirement("DEC-05")
class TestRates:
    """An own rate goes before the fiscal one, from a day on."""

    def test_an_own_rate_begins_and_the_next_ends_it(self, now: Now) -> None:
        actions.set_rate(LEADER, RATE, now)
        actions.set_rate(LEADER, replace(RATE, cents=17, valid_from=date(2011, 7, 1)), now)
        days = (date(2011, 1, 31), date(2011, 2, 1), date(2011, 6, 30), date(2011, 7, 1))
        rows = [rate_rows(RateKind.OWN, on).first() for on in days]
        assert [row and row.cents for row in rows] == [None, 19, 19, 17]

    def test_more_than_untaxed_asks_for_a_reason(self, now: Now) -> None:
        with pytest.raises(RuleBroken) as refused:
            actions.set_rate(LEADER, replace(RATE, cents=20), now)
        assert (refused.value.code, refused.value.facts) == ("rate_needs_note", {"fiscal": 19})
        row = actions.set_rate(LEADER, replace(RATE, cents=20, note="Dure ritten"), now)
        assert row.note == "Dure ritten"
        check_own_rate(19, 19, "")

    def test_the_fiscal_rate_may_rise_by_itself(self, now: Now) -> None:
        facts = replace(RATE, kind=RateKind.FISCAL, cents=25, valid_from=date(2027, 1, 1))
        actions.set_rate(LEADER, facts, now)
        assert rate_rows(RateKind.FISCAL, date(2027, 1, 1)).get().cents == 25
        with pytest.raises(RuleBroken, match="tariff_too_early"):
            actions.set_rate(LEADER, replace(facts, valid_from=date(2026, 12, 31)), now)
        assert KilometreRate.objects.count() == 5


def test_who_may_read_and_who_may_write(visit: Callable[[Role | None], Client]) -> None:
    for role, status in ((Role.PROJECT_LEADER, 200), (Role.DEPUTY, 403)):
        client = visit(role)
        shown = client.get(reverse("partners:tariffs"))
        assert shown.status_code == 200 and "2010 tot en met 2016" in shown.content.decode()
        assert ("Nieuw jaar" in shown.content.decode()) is (status == 200)
        for page in ("allowance_set", "rate_set"):
            assert client.get(reverse(f"partners:{page}")).status_code == status
        assert client.post(reverse("partners:tariffs")).status_code == 405
    assert visit(Role.VOLUNTEER).get(reverse("partners:tariffs")).status_code == 403


def test_a_year_and_a_rate_are_written(visit: Callable[[Role | None], Client]) -> None:
    client = visit(Role.PROJECT_LEADER)
    year = {
        **{"year": "2026", "month_cents": "219,50", "year_cents": "2195", "hour_cents": "5.75"},
        **{"source": "Besluit", "token": "7d444840-9dc0-11d1-b245-5ffdce74fad2"},
    }
    answer: Any = client.post(reverse("partners:allowance_set"), year)
    assert (answer.status_code, amounts(date(2026, 5, 5))) == (302, (21_950, 219_500, True))
    rate = {"kind": "own", "cents": "25", "valid_from": "1-2-2011", "source": "Besluit"}
    token = {"token": "7d444840-9dc0-11d1-b245-5ffdce74fad3"}
    refused: Any = client.post(reverse("partners:rate_set"), rate | token)
    assert refused.status_code == 422 and "onbelaste bedrag van 19 cent" in refused.content.decode()
    taken = client.post(reverse("partners:rate_set"), rate | token | {"note": "Veel file"})
    assert (taken.status_code, rate_rows(RateKind.OWN).get().cents) == (302, 25)
