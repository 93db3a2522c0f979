"""A year that is lived for the benchmark obeys its own rules, and an outcome that cannot be is refused."""

from collections.abc import Callable

import pytest

from tests.services import online
from tests.services.online import Outcome, Year, first_come, hindsight


@pytest.fixture(scope="module")
def year() -> Year:
    return online.year_of(3)


def outcome(year: Year) -> Outcome:
    return first_come(year)


def first(found: Outcome) -> int:
    return min(found.met)


SPOIL: dict[str, Callable[[Year, Outcome], object]] = {
    "more worth than was met": lambda year, found: setattr(found, "worth", found.worth + 1),
    "a place twice": lambda year, found: found.met.__setitem__(first(found), found.met[max(found.met)]),
    "before she came": lambda year, found: found.met.__setitem__(
        first(found), (found.met[first(found)][0], -1)
    ),
    "after the year": lambda year, found: found.met.__setitem__(
        first(found), (found.met[first(found)][0], 999)
    ),
}


def test_hindsight_is_never_below_who_comes_first(year: Year) -> None:
    found = outcome(year)
    online.check(year, found)
    assert 0.8 * hindsight(year) < found.worth < hindsight(year)
    assert len(found.met) > 200
    waits = found.waits(year, only_met=False)
    assert len(waits) == len(year.mothers) > len(found.waits(year, only_met=True)) == len(found.met)


@pytest.mark.parametrize("name", SPOIL)
def test_an_outcome_that_cannot_be_is_refused(name: str, year: Year) -> None:
    found = outcome(year)
    SPOIL[name](year, found)
    with pytest.raises(AssertionError):
        online.check(year, found)


def test_the_same_seed_is_the_same_year() -> None:
    assert online.year_of(4).mothers == online.year_of(4).mothers != online.year_of(5).mothers


@pytest.mark.parametrize("seed", [3, 9])
def test_nobody_waits_longer_than_the_longest_of_who_comes_first(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Few futures and old prices do as well for that: it follows from whom the plan meets first."""
    monkeypatch.setattr(online, "FUTURES", 1)
    monkeypatch.setattr(online, "REPRICE", 15)
    year = online.year_of(seed)
    by_hand, planned = first_come(year), online.priced(year)
    online.check(year, planned)
    assert by_hand.worth < 0.95 * hindsight(year) < planned.worth < hindsight(year)
    assert longest(year, planned) <= longest(year, by_hand)
    monkeypatch.setattr(online, "FIRST", 0)
    monkeypatch.setattr(online, "is_due", lambda *_facts: False)
    assert longest(year, online.priced(year)) > longest(year, by_hand)


def longest(year: Year, found: Outcome) -> int:
    return found.waits(year, only_met=False)[-1]


def test_meeting_the_longest_waits_first_costs_little_of_hindsight(year: Year) -> None:
    assert 0.98 * hindsight(year) < online.longest_first(year) < hindsight(year)
