"""A second person pays what was approved, and who may do what with money."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404

from gib.core.access import rls
from gib.core.kernel.rules import RuleBroken
from gib.people.volunteers.actions import expenses as actions
from gib.people.volunteers.domain.allowances import Mode
from gib.people.volunteers.domain.expenses import ClaimState
from gib.people.volunteers.domain.transfers import Account
from gib.people.volunteers.models import Claim, Payee, Payment, Payout
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
