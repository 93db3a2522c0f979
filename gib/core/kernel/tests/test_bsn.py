"""The citizen service number is found however it is written, and nothing else is taken for one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.nl import bsn

from gib.core.kernel.bsn import find_bsn, refuse_bsn
from gib.core.kernel.rules import RuleBroken

FOUND = [
    "111222333",
    "111.222.333",
    "1234 56 782",
    "111-222-333",
    "haar nummer is 111222333.",
    "2 kinderen, 111222333",
    "111222333 2 kinderen",
    "bsn:111222333",
    "BSN 12345672",
    "sofi-nummer 12345672",
    "burger service nummer: 12345672",
]
PASSED = [
    "",
    "123456789",
    "12345672",
    "0612345678",
    "06-12345678",
    "+31 612345678",
    "0031 612345675",
    "NL91 ABNA 0417 1643 00",
    "NL91ABNA0417164300",
    "20261123",
    "27-03-1981 5",
    "KvK 12345672",
    "1112223334",
    "x111222333",
]


@pytest.mark.requirement("BSN-02")
@pytest.mark.parametrize("text", FOUND)
def test_a_citizen_service_number_is_refused(text: str) -> None:
    with pytest.raises(RuleBroken, match="bsn_in_text"):
        refuse_bsn(text)


@pytest.mark.requirement("BSN-02")
@pytest.mark.parametrize("text", PASSED)
def test_other_numbers_pass(text: str) -> None:
    refuse_bsn(text)
    assert find_bsn(text) == []


@pytest.mark.requirement("BSN-01")
def test_a_heading_counts_as_the_word_near_a_number_of_eight_digits() -> None:
    assert find_bsn("12345672", label="BSN moeder") == [(0, 8)]
    assert find_bsn("12345672", label="KvK") == []


@given(st.integers(100_000_000, 999_999_999).map(str), st.sampled_from(["", " ", ".", "-"]))
def test_nine_digits_are_found_exactly_when_they_pass_the_eleven_test(number: str, sign: str) -> None:
    written = sign.join((number[:3], number[3:6], number[6:]))
    assert bool(find_bsn(f"nummer {written} einde")) == bsn.is_valid(number)
