"""The rules about claims, one by one, and the payment file."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any, Final
from uuid import UUID, uuid4
from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given
from hypothesis import strategies as st
from stdnum import iban

from gib.core.kernel.rules import RuleBroken
from gib.people.volunteers.domain import expenses, transfers
from gib.people.volunteers.domain.allowances import Mode, Rate
from gib.people.volunteers.domain.expenses import CLAIM_FLOW, ClaimState, Due, LeftOut, Ride
from gib.people.volunteers.domain.transfers import Account, Transfer

GOOD: Final = {"km_tenths": 420, "route": "Utrecht - NSL", "cost_cents": 0, "what": "", "minutes": 0}
ONE, TWO, THREE = (UUID(int=at) for at in (1, 2, 3))
TODAY: Final = date(2011, 1, 11)
#: Made up: the check digits are right, the bank does not exist.
IBANS: Final = ("NL13TEST0123456789", "NL83TEST0123456790", "NL56TEST0123456791")


def claim(**changes: Any) -> None:
    expenses.check_claim(**{**GOOD, "mode": Mode.COSTS, **changes})


@pytest.mark.parametrize(
    ("perform", "code"),
    [
        (lambda: claim(km_tenths=0), "claim_empty"),
        (lambda: claim(route=""), "claim_route_missing"),
        (lambda: claim(cost_cents=350), "claim_what_missing"),
        (lambda: claim(minutes=60), "claim_hours"),
        (lambda: expenses.check_waived(350, 0), "claim_waive_travel"),
        (lambda: expenses.check_waived(0, 60), "claim_waive_travel"),
        (lambda: expenses.check_claim_day(date(2011, 1, 12), TODAY, 3), "claim_in_future"),
        (lambda: expenses.check_claim_day(date(2010, 10, 10), TODAY, 3), "claim_too_late"),
        (lambda: expenses.check_second(ONE, TWO, ONE), "claim_own"),
        (lambda: expenses.check_proof(1, False), "claim_no_proof"),
        (lambda: expenses.check_mode(True), "mode_fixed"),
        (lambda: expenses.check_elsewhere(None), "elsewhere_missing"),
        (lambda: expenses.check_counter(ClaimState.APPROVED, False), "claim_not_paid"),
        (lambda: expenses.check_counter(ClaimState.PAID, True), "claim_countered"),
        (lambda: transfers.parse_iban("NL14TEST0123456789"), "iban_invalid"),
        (lambda: transfers.parse_iban("zomaar"), "iban_invalid"),
    ],
)
def test_what_is_refused(perform: Callable[[], object], code: str) -> None:
    with pytest.raises(RuleBroken, match=f"^{code}$"):
        perform()


def test_what_is_taken() -> None:
    claim()
    claim(cost_cents=350, what="Parkeren")
    claim(mode=Mode.ALLOWANCE, minutes=90, km_tenths=0, route="")
    expenses.check_waived(0, 0)
    expenses.check_claim_day(date(2010, 10, 11), TODAY, 3)
    expenses.check_claim_day(TODAY, TODAY, 3)
    expenses.check_second(ONE, TWO, None)
    expenses.check_proof(350, True)
    expenses.check_proof(0, False)
    expenses.check_proof(-350, False)
    expenses.check_mode(False)
    expenses.check_counter(ClaimState.PAID, False)
    assert expenses.check_elsewhere(0) == 0


@pytest.mark.requirement("DEC-07")
def test_a_paid_claim_never_moves_again() -> None:
    for state in (ClaimState.PAID, ClaimState.REFUSED, ClaimState.WAIVED):
        assert CLAIM_FLOW.is_final(state)
        for to in ClaimState:
            with pytest.raises(RuleBroken, match="illegal_move"):
                CLAIM_FLOW.move(state, to)
    assert not CLAIM_FLOW.may_move(ClaimState.SUBMITTED, ClaimState.PAID)
    assert not CLAIM_FLOW.may_move(ClaimState.REVIEW, ClaimState.PAID)


def due(volunteer: UUID, cents: int, *approvers: UUID) -> Due[str]:
    return Due("claim", volunteer, cents, frozenset(approvers))


@pytest.mark.requirement("DEC-07")
class TestSortingOut:
    """Who pays is somebody else than who approved, and only what can be paid is."""

    def test_claims_of_one_volunteer_are_one_payment(self) -> None:
        rows = [due(ONE, 500, TWO), due(THREE, 100, TWO), due(ONE, -200, TWO)]
        ready, left = expenses.sort_out(rows, uuid4(), frozenset({ONE, THREE}))
        assert {who: sum(row.cents for row in rows) for who, rows in ready.items()} == {ONE: 300, THREE: 100}
        assert left == {}

    def test_what_is_left_out_says_why(self) -> None:
        rows = [due(ONE, 500, TWO), due(ONE, 500, THREE), due(TWO, 100, ONE)]
        ready, left = expenses.sort_out(rows, TWO, frozenset({ONE}))
        assert (list(ready), left) == ([ONE], {LeftOut.OWN_APPROVAL: 1, LeftOut.NO_ACCOUNT: 1})

    def test_who_owes_more_than_she_gets_waits(self) -> None:
        rows = [due(ONE, 500, TWO), due(ONE, -500, TWO)]
        assert expenses.sort_out(rows, THREE, frozenset({ONE})) == ({}, {LeftOut.NOTHING_LEFT: 2})


@pytest.mark.requirement("DEC-09")
def test_what_was_given_away_counts_at_the_rate_of_its_year() -> None:
    fiscal = (Rate(None, date(2024, 1, 1), 21), Rate(date(2024, 1, 1), None, 23))
    assert expenses.waived_lines([Ride(date(2024, 5, 1), 1000)], fiscal) == {23: (1000, 2300)}
    rides = [Ride(date(2023, 12, 31), 5), Ride(date(2024, 1, 1), 5), Ride(date(2024, 1, 2), 5)]
    assert expenses.waived_lines(rides, fiscal) == {21: (5, 11), 23: (10, 24)}


def test_a_number_says_nothing_and_is_always_the_same() -> None:
    number = expenses.number_of(UUID("6f9619ff-8b86-4011-b42d-00c04fc964ff"))
    assert number == expenses.number_of(UUID("6f9619ff-8b86-4011-b42d-00c04fc964ff"))
    assert len(number) == 9 and not set(number) & set("AEIOUY01L")


class TestAccounts:
    """Account numbers as people write them."""

    def test_the_numbers_of_these_tests_are_right(self) -> None:
        assert all(iban.is_valid(number) for number in IBANS)

    def test_a_number_is_read_and_shown_in_part(self) -> None:
        assert transfers.parse_iban("nl91 abna 0417 1643 00") == "NL91ABNA0417164300"
        assert transfers.masked("NL91ABNA0417164300") == "NL.. .... 4300"
        assert transfers.masked("") == ""

    def test_names_go_in_letters_that_a_bank_takes(self) -> None:
        assert transfers.for_bank("Zoë  Müller & Zn_é", 70) == "Zoe Muller Zn e"
        assert transfers.for_bank("a" * 90, 70) == "a" * 70


def find(root: Element, path: str) -> list[str]:
    places = "/".join(f"{{{transfers.NAMESPACE}}}{part}" for part in path.split("/"))
    return [each.text or "" for each in root.findall(places)]


#: In which order the scheme wants the parts, and which must be there: read from ISO 20022 pain.001.001.03.
ORDER: Final = {
    "Document": ["CstmrCdtTrfInitn"],
    "CstmrCdtTrfInitn": ["GrpHdr", "PmtInf"],
    "GrpHdr": ["MsgId", "CreDtTm", "NbOfTxs", "CtrlSum", "InitgPty"],
    "PmtInf": [
        *("PmtInfId", "PmtMtd", "BtchBookg", "NbOfTxs", "CtrlSum", "PmtTpInf", "ReqdExctnDt"),
        *("Dbtr", "DbtrAcct", "DbtrAgt", "ChrgBr", "CdtTrfTxInf"),
    ],
    "CdtTrfTxInf": ["PmtId", "Amt", "Cdtr", "CdtrAcct", "RmtInf"],
}


def faults(root: Element) -> list[str]:
    """Check a file as the scheme would: parts in order, sums that agree, texts that fit."""
    found = []
    for element in root.iter():
        name = element.tag.partition("}")[2]
        parts = list(dict.fromkeys(child.tag.partition("}")[2] for child in element))
        if name in ORDER and parts != ORDER[name]:
            found.append(f"{name}: {parts}")
    paid = [each for each in root.iter() if each.tag.endswith("}InstdAmt")]
    total = sum(int((each.text or "").replace(".", "")) for each in paid)
    for place in ("GrpHdr", "PmtInf"):
        sums = find(root, f"CstmrCdtTrfInitn/{place}/CtrlSum") + find(
            root, f"CstmrCdtTrfInitn/{place}/NbOfTxs"
        )
        if sums != [f"{total // 100}.{total % 100:02}", str(len(paid))]:
            found.append(f"{place}: {sums}")
    found += [f"{each.tag}: {each.text}" for each in paid if each.get("Ccy") != "EUR" or each.text == "0.00"]
    for each in root.iter():
        most = {"Nm": 70, "Ustrd": 140, "MsgId": 35, "PmtInfId": 35, "EndToEndId": 35}
        if not len(each.text or "") <= most.get(each.tag.partition("}")[2], 140):
            found.append(f"{each.tag} is too long")
    return found


LETTERS: Final = st.text(min_size=1, max_size=90)


@given(st.lists(st.tuples(LETTERS, st.integers(1, 10**9), LETTERS), min_size=1, max_size=5))
def test_a_payment_file_is_what_a_bank_expects(rows: list[tuple[str, int, str]]) -> None:
    payments = [
        Transfer(Account(f"X{name}", IBANS[0]), cents, f"7KQX-{at}", f"Onkosten {text}")
        for at, (name, cents, text) in enumerate(rows)
    ]
    at, on = datetime(2011, 1, 11, 9, tzinfo=UTC), date(2011, 1, 12)
    made = transfers.credit_transfer("7KQX-2MFB", at, on, Account("Stichting Zeewier", IBANS[1]), payments)
    root = fromstring(made)
    assert faults(root) == []
    head = "CstmrCdtTrfInitn/PmtInf"
    assert find(root, f"{head}/ReqdExctnDt") == ["2011-01-12"]
    assert find(root, f"{head}/DbtrAcct/Id/IBAN") == [IBANS[1]]
    assert find(root, f"{head}/CdtTrfTxInf/CdtrAcct/Id/IBAN") == [IBANS[0]] * len(rows)
    assert find(root, "CstmrCdtTrfInitn/GrpHdr/CreDtTm") == ["2011-01-11T09:00:00"]


def test_a_file_that_does_not_add_up_is_noticed() -> None:
    at, on = datetime(2011, 1, 11, 9, tzinfo=UTC), date(2011, 1, 12)
    payment = Transfer(Account("Truus Duinroos", IBANS[0]), 2300, "7KQX", "Onkosten")
    made = transfers.credit_transfer("7KQX", at, on, Account("Stichting Zeewier", IBANS[1]), [payment])
    assert faults(fromstring(made)) == []
    assert faults(fromstring(made.replace(b"<CtrlSum>23.00", b"<CtrlSum>23.01", 1))) != []
    assert faults(fromstring(made.replace(b'Ccy="EUR"', b'Ccy="USD"'))) != []
    moved = made.replace(b"<PmtMtd>TRF</PmtMtd>", b"").replace(b"</PmtInfId>", b"</PmtInfId>", 1)
    assert faults(fromstring(moved)) != []
