"""What people do about expenses, each refusal included, against the tables of law 8.3 and 8.4."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any, Final
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.http import Http404

from gib.core.access import rls
from gib.core.access.actor import Actor
from gib.core.access.rows import NotShown
from gib.core.access.tables import Role
from gib.core.journal.models import Happening
from gib.core.kernel.clock import Now
from gib.core.kernel.rules import RuleBroken
from gib.people.partners import actions as reference
from gib.people.partners.actions import RateFacts
from gib.people.partners.builders import two_teams
from gib.people.partners.domain import Confirmable, RateKind
from gib.people.partners.models import AllowanceTariff
from gib.people.volunteers import builders
from gib.people.volunteers.actions import expenses as actions
from gib.people.volunteers.actions.expenses import NewClaim
from gib.people.volunteers.domain.allowances import Mode
from gib.people.volunteers.domain.expenses import ClaimState
from gib.people.volunteers.domain.transfers import Account
from gib.people.volunteers.models import Claim, ClaimYear, Payee, Payment, Payout
from gib.people.volunteers.models import expenses as tables

pytestmark = pytest.mark.django_db(databases="__all__")
NOW: Final = Now(datetime(2011, 1, 11, 9, tzinfo=UTC), date(2011, 1, 11))
RIDE: Final = NewClaim(on=date(2011, 1, 4), km_tenths=425, route="Utrecht - Nieuwersluis en terug")
HER_ACCOUNT: Final = Account("T. Voorbeeld", "NL13 TEST 0123 4567 89")
OURS: Final = Account("Stichting Zeewier", "NL83TEST0123456790")


@dataclass
class House:
    """Everybody who has to do with the money of one volunteer, and who has not."""

    coordinator: Actor
    deputy: Actor
    leader: Actor
    herself: Actor
    stranger: Actor
    other: Actor

    def approved(self, told: NewClaim = RIDE, now: Now = NOW) -> Claim:
        """Give a claim that the coordinator approved."""
        row = actions.claim(self.herself, told, now)
        return actions.approve(self.coordinator, row.id, bool(told.cost_cents), now)

    def paid(self, told: NewClaim = RIDE, now: Now = NOW) -> Claim:
        """Give a claim that was paid."""
        row = self.approved(told, now)
        actions.give_account(self.herself, HER_ACCOUNT, now)
        actions.pay_out(self.leader, OURS, now)
        return self.row(row.id)

    def row(self, claim_id: UUID) -> Claim:
        """Give a claim as it lies in the database."""
        with rls.system("test"):
            found: Claim = Claim.for_house("test", NOW.on).get(pk=claim_id)
            return found

    def on_allowance(self, year: int = 2011, elsewhere: int | None = 0, now: Now = NOW) -> None:
        """Let her have an allowance in a year, for which somebody stands."""
        actions.choose_mode(self.coordinator, self.volunteer_id, year, Mode.ALLOWANCE, now)
        if elsewhere is not None:
            actions.declare_elsewhere(self.herself, year, elsewhere, now)

    def confirms(self, on: date, now: Now = NOW) -> None:
        """Let the project leader stand for the amounts of a day."""
        row = AllowanceTariff.objects.valid(on).get()
        reference.confirm(self.leader, Confirmable.ALLOWANCE, str(row.pk), now)

    @property
    def volunteer_id(self) -> UUID:
        assert self.herself.volunteer_id
        return self.herself.volunteer_id


@pytest.fixture
def house(seen: Any) -> House:
    one, two = (frozenset({team.pk}) for team in two_teams())
    coordinator = Actor(uuid4(), Role.COORDINATOR, one)

    def volunteer(name: str) -> Actor:
        row = builders.interested(coordinator, NOW, name)
        return Actor(uuid4(), Role.VOLUNTEER, one, volunteer_id=row.id)

    return House(
        coordinator=coordinator,
        deputy=Actor(uuid4(), Role.DEPUTY, one),
        leader=Actor(uuid4(), Role.PROJECT_LEADER),
        herself=volunteer("Truus"),
        stranger=Actor(uuid4(), Role.COORDINATOR, two),
        other=volunteer("Loes"),
    )


def told() -> list[str]:
    """Give what the journal tells of money, oldest first."""
    with rls.system("test"):
        rows = Happening.for_house("test", NOW.on).order_by("position")
        names = [row.removeprefix("volunteers.") for row in rows.values_list("name", flat=True)]
    return [name for name in names if name[:5] in ("Claim", "Payee", "ModeC", "Elsew", "Payou")]


def at(on: date) -> Now:
    return Now(datetime(on.year, on.month, on.day, 9, tzinfo=UTC), on)


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


class TestPaying:
    """A second person pays, each volunteer once a run, and what is paid stays as it is."""

    def test_claims_of_one_volunteer_become_one_payment(self, house: House) -> None:
        ids = [house.approved(replace(RIDE, on=date(2011, 1, day))).id for day in (3, 4)]
        actions.give_account(house.herself, HER_ACCOUNT, NOW)
        run = actions.pay_out(house.leader, OURS, NOW)
        assert (run.cents, run.debtor_iban, run.paid_by) == (1616, OURS.iban, house.leader.user_id)
        with rls.system("test"):
            payment = Payment.for_house("test", NOW.on).get()
        assert (payment.cents, payment.iban) == (1616, "NL13TEST0123456789")
        assert {house.row(each).payment_id for each in ids} == {payment.id}
        assert told()[-4:] == ["PayeeRecorded", "PayoutMade", "ClaimMoved", "ClaimMoved"]

    def test_an_account_that_changed_later_changes_nothing_that_was_paid(self, house: House) -> None:
        house.paid()
        actions.give_account(house.herself, Account("T. Nieuw", "NL56TEST0123456791"), NOW)
        with rls.system("test"):
            assert Payment.for_house("test", NOW.on).get().iban == "NL13TEST0123456789"
            assert Payee.for_house("test", NOW.on).get().iban == "NL56TEST0123456791"

    @pytest.mark.requirement("DEC-07")
    def test_who_approved_does_not_pay(self, house: House) -> None:
        house.approved()
        actions.give_account(house.herself, HER_ACCOUNT, NOW)
        same = replace(house.leader, user_id=house.coordinator.user_id)
        with pytest.raises(RuleBroken, match="nothing_to_pay"):
            actions.pay_out(same, OURS, NOW)
        assert actions.pay_out(house.leader, OURS, NOW).cents == 808

    def test_without_an_account_nothing_is_paid(self, house: House) -> None:
        row = house.approved()
        with pytest.raises(RuleBroken, match="nothing_to_pay"):
            actions.pay_out(house.leader, OURS, NOW)
        with pytest.raises(RuleBroken, match="iban_invalid"):
            actions.give_account(house.herself, Account("T.", "NL14TEST0123456789"), NOW)
        actions.give_account(house.herself, HER_ACCOUNT, NOW)
        with pytest.raises(RuleBroken, match="iban_invalid"):
            actions.pay_out(house.leader, replace(OURS, iban="NL00"), NOW)
        assert house.row(row.id).state == ClaimState.APPROVED

    @pytest.mark.requirement("DEC-07")
    def test_a_paid_claim_is_locked_and_put_right_by_a_counter_entry(self, house: House) -> None:
        paid = house.paid()
        acts: list[Callable[[], object]] = [
            lambda: actions.claim_again(house.herself, paid.id, RIDE, NOW),
            lambda: actions.approve(house.deputy, paid.id, True, NOW),
            lambda: actions.decline_claim(house.deputy, paid.id, ClaimState.REFUSED, "Nee", NOW),
            lambda: actions.accept_reviewed(house.leader, paid.id, NOW),
        ]
        for perform in acts:
            with pytest.raises(RuleBroken, match="illegal_move"):
                perform()
        back = actions.counter(house.coordinator, paid.id, "Dubbel geteld", NOW)
        assert (back.cents, back.km_tenths, back.state) == (-808, -425, ClaimState.SUBMITTED)
        with pytest.raises(RuleBroken, match="claim_countered"):
            actions.counter(house.deputy, paid.id, "Nog eens", NOW)
        with pytest.raises(RuleBroken, match="claim_own"):
            actions.approve(house.coordinator, back.id, False, NOW)
        assert actions.approve(house.deputy, back.id, False, NOW).state == ClaimState.APPROVED
        with pytest.raises(RuleBroken, match="nothing_to_pay"):
            actions.pay_out(house.leader, OURS, NOW)
        house.approved(replace(RIDE, km_tenths=500))
        assert actions.pay_out(house.leader, OURS, NOW).cents == 950 - 808
        assert house.row(paid.id).cents == 808

    def test_only_what_was_paid_is_countered(self, house: House) -> None:
        with pytest.raises(RuleBroken, match="claim_not_paid"):
            actions.counter(house.coordinator, house.approved().id, "Fout", NOW)

    @pytest.mark.requirement("DEC-07")
    @pytest.mark.parametrize("change", [{"state": "approved"}, {"payment": None}, {"cents": -1}])
    def test_the_database_holds_the_lock_too(self, house: House, change: dict[str, Any]) -> None:
        paid = house.paid()
        with pytest.raises(IntegrityError), transaction.atomic(), rls.system("test"):
            Claim.for_house("test", NOW.on).filter(pk=paid.id).update(**change)


class TestWhoMay:
    """Strangers find nothing, and each role does its own part only."""

    def test_a_stranger_finds_nothing(self, house: House) -> None:
        row = house.paid()
        acts: list[Callable[[], object]] = [
            lambda: actions.approve(house.stranger, row.id, True, NOW),
            lambda: actions.decline_claim(house.stranger, row.id, ClaimState.REFUSED, "Nee", NOW),
            lambda: actions.counter(house.stranger, row.id, "Nee", NOW),
            lambda: actions.choose_mode(house.stranger, house.volunteer_id, 2011, Mode.ALLOWANCE, NOW),
            lambda: actions.claim_again(house.other, row.id, RIDE, NOW),
        ]
        for perform in acts:
            with pytest.raises(Http404):
                perform()
        for reader in (house.stranger, house.other):
            assert not Claim.visible_to(reader, NOW.on).exists()
            assert not Payee.visible_to(reader, NOW.on).exists()

    def test_an_account_is_seen_by_her_and_by_who_pays(self, house: House) -> None:
        house.paid()
        for reader, sees in ((house.herself, True), (house.leader, True), (house.coordinator, False)):
            assert Payee.visible_to(reader, NOW.on).exists() is sees
            assert Payment.visible_to(reader, NOW.on).exists() is sees

    def test_each_act_has_its_own_people(self, house: House) -> None:
        row = actions.claim(house.herself, RIDE, NOW)
        wrong: list[Callable[[], object]] = [
            lambda: actions.claim(house.coordinator, RIDE, NOW),
            lambda: actions.give_account(house.leader, HER_ACCOUNT, NOW),
            lambda: actions.declare_elsewhere(house.coordinator, 2011, 0, NOW),
            lambda: actions.choose_mode(house.herself, house.volunteer_id, 2011, Mode.COSTS, NOW),
            lambda: actions.approve(house.herself, row.id, True, NOW),
            lambda: actions.approve(house.leader, row.id, True, NOW),
            lambda: actions.accept_reviewed(house.coordinator, row.id, NOW),
            lambda: actions.counter(house.herself, row.id, "Nee", NOW),
            lambda: actions.pay_out(house.coordinator, OURS, NOW),
        ]
        for perform in wrong:
            with pytest.raises(PermissionDenied):
                perform()

    def test_our_own_account_is_remembered(self, house: House) -> None:
        house.paid()
        run = Payout.objects.get()
        assert (run.debtor_name, run.debtor_iban) == (OURS.holder, OURS.iban)
