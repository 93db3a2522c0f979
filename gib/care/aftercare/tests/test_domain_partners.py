"""The rules about agreements, coverage and sharing, without a database."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gib.care.aftercare import domain
from gib.care.aftercare.domain import (
    Agreed,
    Form,
    ShareGround,
    State,
)
from gib.care.aftercare.domain import conferences as sharing
from gib.care.aftercare.domain.coverage import Standing, radius, standing_of
from gib.care.aftercare.tests.asking import broken
from gib.core.kernel.dates import Period
from gib.core.kernel.rules import RuleBroken
from gib.engines.disclosure import LEAST, guarded

TODAY = date(2011, 1, 11)
YEAR = Period(date(2011, 1, 1), date(2011, 12, 31))
NEXT_YEAR = Period(date(2012, 1, 1), date(2012, 12, 31))
STATES = list(State)


def places(number: int | None = 10, period: Period = YEAR, used: int = 0) -> Agreed:
    return Agreed(Form.PLACES, period, places=number, used=used)


# ---- agreements


@pytest.mark.parametrize(
    ("agreed", "what"),
    [
        (Agreed(Form.PLACES, YEAR), "plaatsen"),
        (Agreed(Form.PLACES, YEAR, places=0), "plaatsen"),
        (Agreed(Form.PLACES, YEAR, price_cents=100), "plaatsen"),
        (Agreed(Form.PRICE, YEAR), "prijs"),
        (Agreed(Form.PRICE, YEAR, places=3), "prijs"),
        (Agreed(Form.CAP, YEAR, price_cents=100), "bedrag"),
    ],
)
def test_an_agreement_has_the_amount_of_its_form(agreed: Agreed, what: str) -> None:
    with pytest.raises(RuleBroken) as refusal:
        domain.check_agreement(agreed, [])
    assert refusal.value.code == "agreement_amount"
    assert what in str(refusal.value.facts["what"])


@pytest.mark.parametrize(
    "agreed",
    [
        places(),
        Agreed(Form.PRICE, YEAR, price_cents=480000),
        Agreed(Form.CAP, YEAR, cap_cents=2400000),
    ],
)
def test_an_agreement_with_its_amount_stands(agreed: Agreed) -> None:
    domain.check_agreement(agreed, [])


def test_the_same_form_in_the_same_days_is_refused() -> None:
    with broken("agreement_overlaps"):
        domain.check_agreement(places(), [places(5, Period(date(2011, 12, 31)))])


def test_another_form_or_another_year_stands_beside_it() -> None:
    price = Agreed(Form.PRICE, YEAR, price_cents=480000)
    domain.check_agreement(places(), [price, places(5, NEXT_YEAR)])


@pytest.mark.parametrize(
    ("agreed", "room"),
    [
        (places(10, used=0), 10),
        (places(10, used=10), 0),
        (places(10, used=12), 0),
        (Agreed(Form.PRICE, YEAR, price_cents=480000, used=99), None),
        (Agreed(Form.CAP, YEAR, cap_cents=1000000, price_cents=480000, used=1), 1),
        (Agreed(Form.CAP, YEAR, cap_cents=1000000, price_cents=480000, used=2), 0),
        (Agreed(Form.CAP, YEAR, cap_cents=1000000), None),
    ],
)
def test_room_follows_from_the_form(agreed: Agreed, room: int | None) -> None:
    assert agreed.room == room


def test_a_full_agreement_pays_nobody_more() -> None:
    domain.check_room(places(2, used=1))
    with broken("agreement_full"):
        domain.check_room(places(2, used=2))


@given(st.integers(1, 30), st.integers(0, 40))
def test_places_are_never_given_out_twice(number: int, used: int) -> None:
    agreed = places(number, used=used)
    assert agreed.room == max(number - used, 0)


# ---- coverage


@pytest.mark.parametrize(
    ("agreement", "waits", "demand", "standing"),
    [
        (True, True, True, Standing.PAID),
        (True, False, False, Standing.PAID),
        (False, True, True, Standing.TALK),
        (False, True, False, Standing.TALK),
        (False, False, True, Standing.NONE),
        (False, False, False, Standing.IDLE),
    ],
)
def test_a_municipality_stands_in_one_of_four(
    agreement: bool, waits: bool, demand: bool, standing: Standing
) -> None:
    assert standing_of(agreement, waits, demand) is standing


@pytest.mark.parametrize(
    ("count", "written"),
    [(0, "0"), (1, "<10"), (9, "<10"), (10, "10"), (12, "10"), (13, "15"), (512, "510")],
)
def test_small_numbers_are_not_told_and_others_are_rounded(count: int, written: str) -> None:
    assert guarded(count) == written


@given(st.integers(1, LEAST - 1), st.integers(1, LEAST - 1))
def test_the_map_tells_no_more_than_the_table(one: int, other: int) -> None:
    assert guarded(one) == guarded(other)
    assert radius(one) == radius(other)


@given(st.integers(0, 5000))
def test_a_number_is_written_as_the_nearest_step_of_five(count: int) -> None:
    written = guarded(count)
    assert written == "<10" if 0 < count < LEAST else abs(int(written) - count) <= 2
    assert written == "<10" or int(written) % 5 == 0


@given(st.integers(LEAST, 5000), st.integers(LEAST, 5000))
def test_a_bigger_number_has_a_bigger_circle(one: int, other: int) -> None:
    assert (radius(one) < radius(other)) <= (one < other)
    assert radius(0) < radius(1)


# ---- conferences


@pytest.mark.requirement("ZVH-04")
@pytest.mark.parametrize(
    ("ground", "note"),
    [
        ("WGS", ""),
        ("wgs", "omdat het mag"),
        ("public_task", "op grond van de WGS"),
        ("consent", "Wet gegevensverwerking door samenwerkingsverbanden"),
    ],
)
def test_the_wgs_is_no_ground_of_ours(ground: str, note: str) -> None:
    with broken("conference_wgs"):
        sharing.check_ground(ground, note)


@pytest.mark.parametrize("ground", ["", "because", "gerechtvaardigd"])
def test_an_unknown_ground_is_refused(ground: str) -> None:
    with broken("conference_ground"):
        sharing.check_ground(ground, "uitleg")


@pytest.mark.parametrize("ground", sorted(set(ShareGround) - {ShareGround.CONSENT}))
def test_another_ground_than_consent_is_explained(ground: str) -> None:
    with broken("conference_ground_note"):
        sharing.check_ground(ground, " ")
    assert sharing.check_ground(ground, "Het kind is in gevaar.") == ground


def test_consent_explains_itself() -> None:
    assert sharing.check_ground("consent", "") is ShareGround.CONSENT


def test_no_ground_is_called_after_the_law_that_is_not_ours() -> None:
    assert not [ground for ground in ShareGround if "wgs" in ground]


@pytest.mark.requirement("ZVH-02")
@pytest.mark.parametrize(
    ("extract", "reasons", "code"),
    [
        ({}, {}, "conference_extract_empty"),
        ({"name": " "}, {}, "conference_extract_empty"),
        ({"name": "M.S.", "more": "zwanger"}, {}, "conference_field_reason"),
        ({"name": "M.S.", "more": "zwanger"}, {"more": " "}, "conference_field_reason"),
        ({"more": "zwanger", "wish": "huis"}, {"more": "nodig"}, "conference_field_reason"),
    ],
)
def test_each_extra_field_has_its_own_reason(
    extract: dict[str, str], reasons: dict[str, str], code: str
) -> None:
    with broken(code):
        sharing.check_shared(extract, reasons)


def test_the_minimum_and_a_reasoned_extra_may_be_shared() -> None:
    sharing.check_shared(dict.fromkeys(domain.MINIMUM_SHARED, "x"), {})
    sharing.check_shared({"name": "M.S.", "more": "zwanger"}, {"more": "Voor de plaats in het huis."})


@pytest.mark.parametrize(("days", "fits"), [(-1, True), (0, True), (1, False)])
def test_nothing_is_shared_after_the_day(days: int, fits: bool) -> None:
    on = TODAY + timedelta(days=days)
    if fits:
        sharing.check_not_over(TODAY, on)
    else:
        with broken("conference_over"):
            sharing.check_not_over(TODAY, on)
