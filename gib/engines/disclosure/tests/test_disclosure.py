"""What an outsider can find out of the numbers that she is shown: tried in every way, by a patient reader."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from itertools import product

import pytest

from gib.engines.disclosure import HIDDEN, SPREAD, beside, guarded, whole

Writes = Callable[[Sequence[int]], str]


def final(parts: Sequence[int]) -> str:
    return whole(sum(parts), [parts])


def growing(parts: Sequence[int]) -> str:
    return whole(sum(parts), [parts], is_final=False)


def careless(parts: Sequence[int]) -> str:
    """Write a total without looking at its parts."""
    return whole(sum(parts), [])


def rounding(parts: Sequence[int]) -> str:
    """Round a total as every part is rounded, and no more."""
    return guarded(sum(parts))


def least_known(write: Writes, number: int, top: int) -> int:
    """Give the smallest number of values that any hidden part may still have, over all that can be shown.

    The reader knows every rule, and lays all that she is shown side by side; parts go up to `top`, and
    what is shown of the greatest of them is left out, since there her list of possible worlds is cut short.
    """
    worlds: dict[tuple[str, ...], list[tuple[int, ...]]] = defaultdict(list)
    for parts in product(range(top + 1), repeat=number):
        worlds[*map(guarded, parts), write(parts)].append(parts)
    return min(
        len({parts[at] for parts in found})
        for texts, found in worlds.items()
        if not any(text.isdigit() and int(text) > top - 2 for text in texts[:-1])
        for at in range(number)
        if texts[at] == "<10"
    )


@pytest.mark.parametrize("write", [final, growing])
@pytest.mark.parametrize(("number", "top"), [(1, 40), (2, 40), (3, 23), (4, 12)])
def test_no_hidden_number_is_found_by_taking_others_from_a_total(
    write: Writes, number: int, top: int
) -> None:
    """Invariant 13, also by differencing."""
    assert least_known(write, number, top) >= SPREAD


@pytest.mark.parametrize("number", range(5, 12))
def test_nor_where_many_small_numbers_stand_beside_each_other(number: int) -> None:
    """As municipalities do: here all of them are hidden, so only their sum counts."""
    sums: dict[str, set[int]] = defaultdict(set)
    for total in range(number, 9 * number + 1):
        parts = [total // number + (at < total % number) for at in range(number)]
        sums[whole(total, [parts], is_final=False)].add(total)
    for found in sums.values():
        lowest, highest = max(1, min(found) - 9 * (number - 1)), min(9, max(found) - number + 1)
        assert highest - lowest + 1 >= SPREAD


def test_a_total_that_is_careless_or_only_rounded_tells_on_its_parts() -> None:
    """The negative controls."""
    assert least_known(careless, 2, 40) == 1
    assert least_known(rounding, 2, 40) == 1


@pytest.mark.parametrize(("count", "text"), [(0, "0"), (7, "<10"), (10, "10"), (512, "512"), (1004, "1004")])
def test_a_total_that_gives_nothing_away_is_exact(count: int, text: str) -> None:
    assert whole(count, []) == text


def test_a_total_of_a_year_that_runs_is_rounded() -> None:
    """Two days beside each other would tell who came between."""
    assert whole(512, [], is_final=False) == "510"
    assert beside(512, 40, is_final=False) == "510"


@pytest.mark.parametrize(
    ("ways", "text"),
    [
        ([(40, 30, 20)], "90"),
        ([(41, 30, 20)], "91"),
        ([(40, 3)], "45"),
        ([(41, 30, 20), (80, 11)], "91"),
        ([(41, 30, 20), (85, 6)], "90"),
        ([(9, 9)], "15"),
        ([(1, 1)], "<10"),
        ([(1,) * 8], "10"),
        ([(0, 0)], "0"),
        ([(10, 1)], "15"),
    ],
)
def test_a_total_beside_its_parts(ways: list[tuple[int, ...]], text: str) -> None:
    assert whole(sum(ways[0]), ways) == text


@pytest.mark.parametrize(
    ("nation", "own", "text"),
    [
        *((0, 0, "0"), (1, 0, "<10"), (9, 9, "<10"), (10, 10, "10"), (512, 0, "512")),
        *((11, 6, HIDDEN), (30, 6, "30"), (11, 11, "11"), (9, 4, "<10"), (19, 10, HIDDEN), (20, 10, "20")),
    ],
)
def test_what_is_left_for_other_teams_is_not_told_either(nation: int, own: int, text: str) -> None:
    assert beside(nation, own) == text
