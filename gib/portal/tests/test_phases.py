"""The phase bar follows from the facts and from nothing else."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gib.portal.phases import HANDED_OVER, HOME, INSIDE, INTAKE, NAMES, REFERRED, TOWARDS, Facts, place, whens

TODAY = date(2011, 1, 11)
DAY = date(2010, 12, 1)


@pytest.mark.parametrize(
    ("facts", "here"),
    [
        (Facts(), REFERRED),
        (Facts(referred_on=DAY), REFERRED),
        (Facts(referred_on=DAY, heard_on=DAY), INTAKE),
        (Facts(heard_on=DAY, started_on=DAY), INSIDE),
        (Facts(started_on=DAY, release_on=TODAY + timedelta(weeks=12, days=1)), INSIDE),
        (Facts(started_on=DAY, release_on=TODAY + timedelta(weeks=12)), TOWARDS),
        (Facts(started_on=DAY, release_on=DAY, is_released=True), HOME),
        (Facts(started_on=DAY, release_on=DAY, is_released=True, landed_on=TODAY), HANDED_OVER),
        (Facts(release_on=DAY, is_released=True), REFERRED),
    ],
)
def test_the_bar_stands_where_the_facts_are(facts: Facts, here: int) -> None:
    assert place(facts, TODAY) == here


DAYS = st.none() | st.dates(date(2009, 1, 1), date(2013, 1, 1))


@given(st.builds(Facts, DAYS, DAYS, DAYS, DAYS, st.booleans(), DAYS))
def test_any_facts_have_a_place_and_six_words(told: Facts) -> None:
    assert 0 <= place(told, TODAY) < len(NAMES) == len(whens(told))


@given(DAYS)
def test_a_release_that_moves_away_never_moves_the_bar_forward(release: date | None) -> None:
    near = Facts(started_on=DAY, release_on=TODAY)
    assert place(Facts(started_on=DAY, release_on=release), TODAY) <= place(near, TODAY)
