"""How one number is written for who is outside a team, beside its parts or beside that of the own team."""

from collections import defaultdict
from collections.abc import Sequence

import pytest

from gib.engines.disclosure import HIDDEN, SPREAD, Divided, beside, together


def whole(count: int, ways: Sequence[Sequence[int]], *, is_final: bool = True) -> str:
    """Write a total beside its parts."""
    named = {str(way): {str(at): part for at, part in enumerate(parts)} for way, parts in enumerate(ways)}
    return together({"": Divided(count, named, is_final)})[""].total


@pytest.mark.parametrize("number", range(5, 12))
def test_many_small_numbers_beside_each_other_tell_none_of_them(number: int) -> None:
    """As municipalities do: here all of them are hidden, so only their sum counts."""
    sums: dict[str, set[int]] = defaultdict(set)
    for total in range(number, 9 * number + 1):
        parts = [total // number + (at < total % number) for at in range(number)]
        sums[whole(total, [parts], is_final=False)].add(total)
    for found in sums.values():
        lowest, highest = max(1, min(found) - 9 * (number - 1)), min(9, max(found) - number + 1)
        assert highest - lowest + 1 >= SPREAD


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
