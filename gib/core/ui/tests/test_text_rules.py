"""What a free text may hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gib.core.kernel.rules import RuleBroken
from gib.core.ui import text_rules


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Zij wil een huis. \r\n", "Zij wil een huis."),
        ("een\r\ntwee", "een\ntwee"),
        ("cafe\u0301", "café"),
        ("a\u202eb\u0000c\u200b", "abc"),
        ("", ""),
    ],
)
def test_clean(typed: str, kept: str) -> None:
    assert text_rules.clean(typed, 100) == kept


def test_too_long() -> None:
    assert text_rules.clean("a" * 10, 10) == "a" * 10
    with pytest.raises(RuleBroken) as broken:
        text_rules.clean("a" * 11, 10)
    assert (broken.value.code, broken.value.facts) == ("text_too_long", {"length": 11, "limit": 10})


@pytest.mark.requirement("BSN-02")
@pytest.mark.parametrize("text", ["Zij is 111222333.", "nr 111.222.333", "1234 56 782", "BSN 12345672"])
def test_a_citizen_service_number_is_refused(text: str) -> None:
    with pytest.raises(RuleBroken, match="bsn_in_text"):
        text_rules.clean(text, 100)


@pytest.mark.requirement("BSN-02")
@pytest.mark.parametrize(
    "text", ["123456789", "0612345678", "20261123", "NL91 ABNA 0417 1643 00", "12345672"]
)
def test_other_numbers_pass(text: str) -> None:
    assert text_rules.clean(text, 100) == text


def test_the_label_counts_as_a_word_nearby() -> None:
    with pytest.raises(RuleBroken, match="bsn_in_text"):
        text_rules.clean("12345672", 100, label="Sofinummer")


@pytest.mark.requirement("PRV-12")
@pytest.mark.parametrize(
    ("text", "topics"),
    [
        ("Zij wil haar kinderen zien.", []),
        ("Zij is zwanger.", ["gezondheid"]),
        ("Haar medicijnen zijn op. Zij is Moslima.", ["gezondheid", "geloof"]),
        ("Haar delict was diefstal.", ["delict"]),
        ("Een Marokkaanse buurvrouw helpt.", ["afkomst"]),
        ("Het was donker en zij was moe.", []),
    ],
)
def test_sensitive_topics(text: str, topics: list[str]) -> None:
    assert text_rules.sensitive_topics(text) == topics


@given(st.text(alphabet=st.characters(exclude_categories=["Nd", "Cs"]), max_size=60))
def test_clean_is_settled_after_once(text: str) -> None:
    once = text_rules.clean(text, 1000)
    assert text_rules.clean(once, 1000) == once
