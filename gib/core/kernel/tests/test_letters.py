"""Two ways of writing one name are one, whatever the keyboard."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gib.core.kernel.letters import plain


@pytest.mark.parametrize(
    ("written", "small"),
    [
        ("", ""),
        ("Noor", "noor"),
        ("ZOË", "zoe"),
        ("Zoe\u0308", "zoe"),
        ("Łucja", "lucja"),
        ("KAYI", "kayi"),
        ("kayı", "kayi"),
        ("İpek", "ipek"),
        ("Søren", "soren"),
        ("Đặng", "dang"),
        ("Straße", "strasse"),
        ("ﬁlm", "film"),
        ("①", "1"),
        ("𝑨", "a"),
        ("Ай", "аи"),
        ("d'Ancona", "d'ancona"),
    ],
)
def test_a_word_is_brought_down_to_what_people_type(written: str, small: str) -> None:
    assert plain(written) == small


@given(st.text())
def test_doing_it_twice_changes_nothing(text: str) -> None:
    assert plain(plain(text)) == plain(text)


@given(st.text())
def test_the_way_a_keyboard_composes_letters_makes_no_difference(text: str) -> None:
    forms = {plain(unicodedata.normalize(form, text)) for form in ("NFC", "NFD", "NFKC", "NFKD")}
    assert len(forms) == 1


@given(st.text(st.characters(codec="latin-1")))
def test_capitals_make_no_difference(text: str) -> None:
    assert plain(text.upper()) == plain(text.lower()) or "µ" in text


@given(st.text(), st.text())
def test_words_beside_each_other_stay_so(one: str, other: str) -> None:
    assert plain(f"{one} {other}") == f"{plain(one)} {plain(other)}"
