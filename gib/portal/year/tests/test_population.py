"""The women, mothers, children and volunteers of the year, before any of them has a name."""

from collections import Counter
from datetime import date
from unittest.mock import patch

import pytest

from gib.people.partners.domain import Product
from gib.portal.year import names, population
from gib.portal.year import parameters as known
from gib.portal.year.dice import Dice
from gib.portal.year.roll import roll

SEED = 2010


def shares(seed: int = SEED) -> tuple[float, float, float]:
    """Give the share that stays less than 30 days, at most 90 days, and the children a year."""
    found = list(population.entrants(seed))
    years = found[-1].entered_on.year - found[0].entered_on.year + 1
    return (
        sum(each.stay < 30 for each in found) / len(found),
        sum(each.stay <= 90 for each in found) / len(found),
        sum(each.children for each in found) / years,
    )


@pytest.mark.parametrize("seed", [SEED, 1, 2])
def test_stays_and_children_are_those_of_the_source(seed: int) -> None:
    month, quarter, children = shares(seed)
    assert month == pytest.approx(0.60, abs=0.02)
    assert quarter == pytest.approx(0.80, abs=0.02)
    assert children == pytest.approx(4_118, rel=0.05)


def test_other_parameters_are_noticed() -> None:
    with patch.object(known, "STAY_MU", 3.2):
        assert shares()[0] < 0.58
    with patch.object(known, "CHILDREN_RATE", 1.9):
        assert shares()[2] > 4_118 * 1.05


def test_mothers_and_children_come_out_exactly() -> None:
    taken = population.lives(SEED)
    assert len(taken) == known.MOTHERS == 512
    assert Counter(len(life.kids) for life in taken) == known.CHILDREN
    assert sum(len(life.kids) for life in taken) == 1_004
    assert all(population.is_active(life) for life in taken)


def test_the_days_of_a_life_follow_each_other() -> None:
    for life in population.lives(SEED):
        assert life.entered_on < life.referred_on < life.talk_on < life.released_on
        assert life.entered_on >= known.OPENED.get(life.prison, known.FIRST_ON)
        assert life.born_on < date(life.entered_on.year - 17, 1, 1)
        assert life.transfer_to != life.prison
        assert all(30 <= kid.age_days < 18 * 365 + 1 for kid in life.kids)


def test_the_same_seed_gives_the_same_lives() -> None:
    assert population.lives(SEED, 40) == population.lives(SEED, 40) != population.lives(1, 40)


def test_each_life_is_thrown_by_itself() -> None:
    once, twice = Dice(SEED, "life", 7), Dice(SEED, "life", 7)
    once.random()
    assert Dice(SEED, "life", 7).random() == twice.random() != Dice(SEED, "life", 8).random()


def test_who_is_referred_without_a_talk_is_the_rest_of_the_referrals() -> None:
    taken = population.lives(SEED)
    others = population.unheard(SEED, taken)
    referred = sum(life.referred_on.year == known.YEAR for life in taken)
    assert referred / (referred + len(others)) == pytest.approx(known.CONVERTED, abs=0.005)
    assert {life.referred_on.year for life in others} <= {known.YEAR, known.YEAR + 1}


def test_the_roll_of_the_year_is_exact() -> None:
    first, last = date(known.YEAR, 1, 1), date(known.YEAR, 12, 31)
    turns = [turn for turn in roll(SEED) if turn.suits]
    there = [turn for turn in turns if turn.since_on <= last and (turn.left_on or last) >= first]
    assert len(there) == known.VOLUNTEERS == 184
    assert len(turns) > len(there)
    assert all(turn.since_on >= known.OPENED.get(turn.prison, known.FIRST_ON) for turn in turns)
    assert {turn.prison for turn in there} == set(known.PRISONS)
    turned_down = [turn for turn in roll(SEED) if not turn.suits]
    assert len(turned_down) >= 5
    assert all(turn.since_on.year == known.YEAR for turn in turned_down)
    assert len({turn.number for turn in roll(SEED)}) == len(turns) + len(turned_down)


def test_a_face_falls_by_its_weight() -> None:
    dice = Dice("weights")
    thrown = Counter(dice.pick({"a": 3, "b": 1}) for _ in range(4_000))
    assert thrown["a"] / 4_000 == pytest.approx(0.75, abs=0.03)
    days = sorted(Dice("days", number).days(6, 20) for number in range(2_000))
    assert days[len(days) // 2] == pytest.approx(6, abs=1)
    assert days[9 * len(days) // 10] == pytest.approx(20, abs=3)


def test_two_mothers_do_not_share_both_names() -> None:
    pairs = {names.of(names.MOTHERS, names.FAMILIES, number) for number in range(known.MOTHERS)}
    assert len(pairs) == known.MOTHERS


def test_every_product_is_wanted_by_some() -> None:
    wanted = Counter(product for life in population.lives(SEED) for product in life.wants)
    assert set(wanted) == set(Product)
    assert min(wanted.values()) > known.MOTHERS / 5
