"""What people do about expenses, each refusal included, against the tables of law 8.3 and 8.4."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection

from gib.core.access import rls
from gib.core.access.rows import NotShown
from gib.core.kernel.rules import RuleBroken
from gib.people.partners import actions as reference
from gib.people.partners.actions import RateFacts
from gib.people.partners.domain import RateKind
from gib.people.volunteers.actions import expenses as actions
from gib.people.volunteers.actions.expenses import NewClaim
from gib.people.volunteers.domain.allowances import Mode
from gib.people.volunteers.domain.expenses import ClaimState
from gib.people.volunteers.models import Claim, ClaimYear, Payee, Payment
from gib.people.volunteers.models import expenses as tables
from gib.people.volunteers.tests.days import at
from gib.people.volunteers.tests.purse import (
    HER_ACCOUNT,
    NOW,
    OURS,
    RIDE,
    House,
    made,
    told,
)

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def house(seen: Any) -> House:
    return made()


class TestClaiming:
    """She asks back what a day cost her."""

    def test_a_ride_is_counted_and_lies_sealed(self, house: House) -> None:
        row = actions.claim(house.herself, RIDE, NOW)
        assert (row.state, row.cents, row.rate_cents) == (ClaimState.SUBMITTED, 808, 19)
        seen = Claim.visible_to(house.coordinator, NOW.on).get_or_404(pk=row.id)
        assert (seen.route, seen.cents) == (RIDE.route, 808)
        with rls.system("test"), connection.cursor() as cursor:
            cursor.execute(f"SELECT route {rls.MARK} FROM volunteers_claim")
            assert b"Nieuwersluis" not in bytes(cursor.fetchone()[0])
        assert told() == ["ClaimSubmitted"]

    @pytest.mark.requirement("DEC-05")
    @pytest.mark.parametrize(
        ("on", "wanted"), [(date(2022, 12, 31), 190), (date(2023, 1, 1), 210), (date(2024, 1, 1), 230)]
    )
    def test_the_day_of_the_ride_decides(self, house: House, on: date, wanted: int) -> None:
        row = actions.claim(house.herself, replace(RIDE, on=on, km_tenths=100), at(on))
        assert row.cents == wanted

    @pytest.mark.requirement("DEC-05")
    def test_the_own_rate_goes_first(self, house: House) -> None:
        facts = RateFacts(
            kind=RateKind.OWN, cents=25, valid_from=date(2011, 1, 4), source="Besluit", note="Veel file"
        )
        reference.set_rate(house.leader, facts, NOW)
        rides = [replace(RIDE, on=on, km_tenths=100) for on in (date(2011, 1, 3), date(2011, 1, 4))]
        assert [actions.claim(house.herself, ride, NOW).cents for ride in rides] == [190, 250]

    @pytest.mark.parametrize(
        ("changes", "code"),
        [
            ({"km_tenths": 0}, "claim_empty"),
            ({"route": ""}, "claim_route_missing"),
            ({"cost_cents": 350}, "claim_what_missing"),
            ({"minutes": 60}, "claim_hours"),
            ({"cost_cents": 350, "what": "Parkeren", "is_waived": True}, "claim_waive_travel"),
            ({"on": date(2011, 1, 12)}, "claim_in_future"),
            ({"on": date(2010, 10, 10)}, "claim_too_late"),
            ({"on": date(2005, 12, 31)}, "claim_too_late"),
        ],
    )
    def test_what_is_refused_leaves_nothing(self, house: House, changes: dict[str, Any], code: str) -> None:
        with pytest.raises(RuleBroken, match=f"^{code}$"):
            actions.claim(house.herself, replace(RIDE, **changes), NOW)
        with rls.system("test"):
            assert not Claim.for_house("test", NOW.on).exists()
        assert told() == []

    def test_a_visit_is_claimed_once(self, house: House) -> None:
        visit = replace(RIDE, activity_id=uuid4())
        row = actions.claim(house.herself, visit, NOW)
        with pytest.raises(RuleBroken, match="claim_twice"):
            actions.claim(house.herself, visit, NOW)
        assert actions.claim(house.other, visit, NOW).activity_id == row.activity_id
        assert tables.claimed(house.herself, [visit.activity_id or uuid4(), uuid4()], NOW.on) == {
            visit.activity_id
        }

    def test_the_last_ride_to_the_same_family_comes_first(self, house: House) -> None:
        one, two = uuid4(), uuid4()
        assert tables.last_ride(house.herself, [one], NOW.on) is None
        for day, km, activity in ((3, 300, one), (5, 120, two)):
            told = replace(RIDE, on=date(2011, 1, day), km_tenths=km, activity_id=activity)
            actions.claim(house.herself, told, NOW)
        assert tables.last_ride(house.herself, [one], NOW.on).km_tenths == 300
        assert tables.last_ride(house.herself, [uuid4()], NOW.on).km_tenths == 120

    def test_a_ride_that_was_wrong_is_not_the_last(self, house: House) -> None:
        row = actions.claim(house.herself, RIDE, NOW)
        actions.decline_claim(house.coordinator, row.id, ClaimState.RETURNED, "Te ver", NOW)
        assert tables.last_ride(house.herself, [], NOW.on) is None

    def test_what_came_back_is_handed_in_again(self, house: House) -> None:
        row = actions.claim(house.herself, RIDE, NOW)
        with pytest.raises(RuleBroken, match="illegal_move"):
            actions.claim_again(house.herself, row.id, RIDE, NOW)
        actions.decline_claim(house.coordinator, row.id, ClaimState.RETURNED, "Is dit heen en terug?", NOW)
        again = actions.claim_again(house.herself, row.id, replace(RIDE, km_tenths=213), NOW)
        assert (again.state, again.cents) == (ClaimState.SUBMITTED, 405)
        assert told() == ["ClaimSubmitted", "ClaimMoved", "ClaimSubmitted"]

    @pytest.mark.requirement("VOL-04")
    def test_no_field_says_that_somebody_has_a_benefit(self) -> None:
        models: list[Any] = [Claim, ClaimYear, Payee, Payment]
        names = {field.name for model in models for field in model._meta.get_fields()}
        assert not {name for name in names if "benefit" in name or "uitkering" in name}


class TestDeciding:
    """Somebody else approves, sends back or refuses."""

    @pytest.mark.requirement("DEC-04")
    def test_costs_have_no_limit_once_they_are_proven(self, house: House) -> None:
        costs = NewClaim(on=NOW.on, cost_cents=40_000, what="Treinkaartjes")
        row = actions.claim(house.herself, costs, NOW)
        with pytest.raises(RuleBroken, match="claim_no_proof"):
            actions.approve(house.coordinator, row.id, False, NOW)
        done = actions.approve(house.coordinator, row.id, True, NOW)
        assert (done.state, done.approved_by) == (ClaimState.APPROVED, house.coordinator.user_id)
        assert done.receipt_seen_on == NOW.on

    @pytest.mark.requirement("DEC-07")
    def test_nobody_decides_on_her_own(self, house: House) -> None:
        row = actions.claim(house.herself, RIDE, NOW)
        self_seated = replace(house.coordinator, user_id=house.herself.user_id)
        acts: list[Callable[[], object]] = [
            lambda: actions.approve(self_seated, row.id, False, NOW),
            lambda: actions.decline_claim(self_seated, row.id, ClaimState.REFUSED, "Nee", NOW),
        ]
        for perform in acts:
            with pytest.raises(RuleBroken, match="claim_own"):
                perform()
        assert house.row(row.id).state == ClaimState.SUBMITTED

    def test_a_reason_is_read_by_her_alone_and_her_team(self, house: House) -> None:
        row = actions.claim(house.herself, RIDE, NOW)
        actions.decline_claim(house.coordinator, row.id, ClaimState.REFUSED, "Dit was geen bezoek.", NOW)
        assert Claim.visible_to(house.herself, NOW.on).get_or_404(pk=row.id).reason == "Dit was geen bezoek."
        shown = Claim.visible_to(house.leader, NOW.on).get_or_404(pk=row.id)
        assert shown.cents == 808
        for field in ("reason", "route", "what"):
            with pytest.raises(NotShown):
                getattr(shown, field)

    @pytest.mark.requirement("DEC-02")
    def test_the_way_of_paying_is_fixed_by_the_first_yes(self, house: House) -> None:
        year = actions.choose_mode(house.coordinator, house.volunteer_id, 2011, Mode.ALLOWANCE, NOW)
        assert actions.choose_mode(house.coordinator, house.volunteer_id, 2011, Mode.COSTS, NOW).id == year.id
        house.paid()
        with pytest.raises(RuleBroken, match="mode_fixed"):
            actions.choose_mode(house.coordinator, house.volunteer_id, 2011, Mode.ALLOWANCE, NOW)
        actions.choose_mode(house.coordinator, house.volunteer_id, 2011, Mode.COSTS, NOW)
        actions.choose_mode(house.coordinator, house.volunteer_id, 2012, Mode.ALLOWANCE, NOW)

    @pytest.mark.requirement("DEC-09")
    def test_what_is_given_away_is_never_paid_and_counts_as_a_gift(self, house: House) -> None:
        now = at(date(2024, 5, 20))
        row = house.approved(replace(RIDE, on=date(2024, 5, 1), km_tenths=1000, is_waived=True), now)
        assert (row.state, row.waived_on) == (ClaimState.WAIVED, now.on)
        with pytest.raises(RuleBroken, match="nothing_to_pay"):
            actions.give_account(house.herself, HER_ACCOUNT, now)
            actions.pay_out(house.leader, OURS, now)
        rides = tables.waived_in(house.volunteer_id, house.herself, 2024, now.on)
        assert [(ride.on, ride.km_tenths) for ride in rides] == [(date(2024, 5, 1), 1000)]


class TestAllowance:
    """In a year of allowance all that is paid counts, to the cent."""

    def test_time_is_worth_what_the_year_says(self, house: House) -> None:
        house.on_allowance()
        row = actions.claim(house.herself, NewClaim(on=NOW.on, minutes=90), NOW)
        assert (row.hour_cents, row.cents) == (450, 675)

    @pytest.mark.requirement("DEC-03")
    @pytest.mark.parametrize(("cents", "code"), [(21_000, ""), (21_001, "allowance_month_full")])
    def test_the_first_cent_over_the_month_stops(self, house: House, cents: int, code: str) -> None:
        now = at(date(2024, 5, 20))
        house.on_allowance(2024, now=now)
        row = actions.claim(house.herself, NewClaim(on=now.on, cost_cents=cents, what="Reis"), now)
        if not code:
            assert actions.approve(house.coordinator, row.id, True, now).state == ClaimState.APPROVED
            return
        with pytest.raises(RuleBroken, match=code):
            actions.approve(house.coordinator, row.id, True, now)

    @pytest.mark.requirement("DEC-03")
    def test_ten_full_months_fill_the_year(self, house: House) -> None:
        house.on_allowance(2024, now=at(date(2024, 1, 1)))
        for month in range(1, 11):
            house.approved(
                NewClaim(on=date(2024, month, 3), cost_cents=21_000, what="Reis"), at(date(2024, month, 9))
            )
        now = at(date(2024, 11, 9))
        row = actions.claim(house.herself, NewClaim(on=now.on, cost_cents=1, what="Reis"), now)
        with pytest.raises(RuleBroken, match="allowance_year_full"):
            actions.approve(house.coordinator, row.id, True, now)

    @pytest.mark.requirement("DEC-06")
    def test_she_says_first_what_others_pay(self, house: House) -> None:
        now = at(date(2024, 5, 20))
        house.on_allowance(2024, None, now)
        row = actions.claim(house.herself, NewClaim(on=now.on, cost_cents=15_001, what="Reis"), now)
        with pytest.raises(RuleBroken, match="elsewhere_missing"):
            actions.approve(house.coordinator, row.id, True, now)
        actions.declare_elsewhere(house.herself, 2024, 195_000, now)
        with pytest.raises(RuleBroken, match="allowance_year_full"):
            actions.approve(house.coordinator, row.id, True, now)
        actions.declare_elsewhere(house.herself, 2024, 194_999, now)
        assert actions.approve(house.coordinator, row.id, True, now).state == ClaimState.APPROVED

    @pytest.mark.requirement("DEC-01")
    def test_a_year_that_nobody_stands_for_is_looked_at(self, house: House) -> None:
        now = at(date(2026, 2, 20))
        house.on_allowance(2026, now=now)
        row = house.approved(NewClaim(on=date(2026, 1, 3), cost_cents=21_000, what="Reis"), now)
        assert row.state == ClaimState.APPROVED
        above = house.approved(NewClaim(on=date(2026, 2, 3), cost_cents=21_500, what="Reis"), now)
        assert above.state == ClaimState.REVIEW
        with pytest.raises(RuleBroken, match="claim_own"):
            same = replace(house.leader, user_id=house.coordinator.user_id)
            actions.accept_reviewed(same, above.id, now)
        done = actions.accept_reviewed(house.leader, above.id, now)
        assert (done.state, done.reviewed_by) == (ClaimState.APPROVED, house.leader.user_id)

    @pytest.mark.requirement("DEC-01")
    def test_once_somebody_stands_for_it_it_stops_by_itself(self, house: House) -> None:
        now = at(date(2026, 2, 20))
        house.on_allowance(2026, now=now)
        house.confirms(now.on, now)
        row = actions.claim(house.herself, NewClaim(on=now.on, cost_cents=22_001, what="Reis"), now)
        with pytest.raises(RuleBroken, match="allowance_month_full"):
            actions.approve(house.coordinator, row.id, True, now)

    def test_in_2010_all_is_looked_at_until_somebody_stands_for_it(self, house: House) -> None:
        house.on_allowance(2010)
        claim = NewClaim(on=date(2010, 12, 1), minutes=60)
        assert house.approved(claim).state == ClaimState.REVIEW
        house.confirms(date(2010, 12, 1))
        assert house.approved(claim).state == ClaimState.APPROVED
