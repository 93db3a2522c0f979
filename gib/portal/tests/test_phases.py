"""The phase bar follows from the facts and from nothing else."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gib.care.handover import builders as handovers
from gib.care.trajectory import builders as trajectories
from gib.core.kernel.clock import Now
from gib.people.families import actions as families_acts
from gib.portal import phases
from gib.portal.phases import (
    HANDED_OVER,
    HOME,
    INSIDE,
    INTAKE,
    NAMES,
    REFERRED,
    TOWARDS,
    Facts,
    days,
    place,
    whens,
)
from gib.portal.tests.town import Town

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


@given(st.builds(Facts, DAYS, DAYS, DAYS, DAYS, st.booleans(), DAYS))
def test_no_knot_lies_before_the_one_on_its_left(told: Facts) -> None:
    known = [each for each in days(told) if each]
    assert known == sorted(known)
    assert [each is None for each in days(told)] == [
        each is None
        for each in (
            told.referred_on,
            told.heard_on,
            told.started_on,
            told.near_on,
            told.release_on,
            told.landed_on,
        )
    ]


def test_a_late_referral_comes_near_when_help_begins() -> None:
    told = Facts(referred_on=DAY, heard_on=DAY, started_on=DAY, release_on=DAY + timedelta(weeks=2))
    assert told.near_on is not None
    assert told.near_on < DAY
    assert days(told)[TOWARDS] == DAY


def test_who_was_free_before_help_began_skipped_two_knots() -> None:
    late = Facts(referred_on=TODAY, started_on=TODAY, release_on=DAY, is_released=True)
    assert [whens(late)[at] for at in (INSIDE, TOWARDS)] == ["overgeslagen", "overgeslagen"]
    assert "overgeslagen" not in whens(Facts(started_on=DAY, release_on=DAY, is_released=True))


@given(DAYS)
def test_a_release_that_moves_away_never_moves_the_bar_forward(release: date | None) -> None:
    near = Facts(started_on=DAY, release_on=TODAY)
    assert place(Facts(started_on=DAY, release_on=release), TODAY) <= place(near, TODAY)


@pytest.mark.django_db(databases="__all__")
class TestHandedOver:
    """Other help that began is help beside ours, until ours is over and she is free."""

    @staticmethod
    def here(town: Town, dossier_id: UUID, now: Now) -> list[str]:
        """Give the knots that are done or current, the last one being where she is."""
        found = phases.of(town.ours, dossier_id, now)
        return [one.name for one in found if one.is_done or one.is_current]

    def test_help_that_landed_while_she_is_inside_moves_nothing(self, town: Town) -> None:
        plan = trajectories.inside(town.ours, town.now, 5)
        handovers.confirmed(town.ours, plan.dossier_id, town.now)
        later = handovers.later(town.now, 90)
        assert self.here(town, plan.dossier_id, later)[-1] == "Binnen"
        families_acts.expect_release(
            town.ours, plan.dossier_id, later.on + timedelta(days=20), "prison", "likely", later
        )
        assert self.here(town, plan.dossier_id, later) == ["Aangemeld", "Intake", "Binnen", "Naar buiten"]

    def test_she_is_handed_over_when_she_is_free_and_our_help_is_over(self, town: Town) -> None:
        plan = trajectories.outside(town.ours, town.now, 5)
        handovers.confirmed(town.ours, plan.dossier_id, town.now)
        later = handovers.later(town.now, 90)
        assert self.here(town, plan.dossier_id, later)[-1] == "Thuis"
        trajectories.closed(town.ours, plan, later)
        assert self.here(town, plan.dossier_id, later)[-1] == "Overgedragen"
