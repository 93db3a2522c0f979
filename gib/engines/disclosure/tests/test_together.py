"""A patient reader of a whole page: lays all numbers together, knows the rules, tries all worlds."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import product
from random import Random

import pytest

from gib.engines.disclosure import HIDDEN, LEAST, SPREAD, Divided, guarded, together

Parts = tuple[int, ...]
#: The parts of each way in which a number is divided.
World = tuple[Parts, ...]
Writes = Callable[[World], tuple[str, ...]]


def way(parts: Sequence[int]) -> dict[str, int]:
    return {str(at): part for at, part in enumerate(parts)}


def page_of(world: World, *, is_final: bool = True) -> dict[str, Divided]:
    """Make a page of one number that is divided in several ways."""
    ways = {str(at): way(parts) for at, parts in enumerate(world)}
    return {"all": Divided(sum(world[0]), ways, is_final)}


def careful(world: World) -> tuple[str, ...]:
    """Write a page as the house does: every part of every way, and the total."""
    told = together(page_of(world))["all"]
    return (*(text for one in told.ways.values() for text in one.values()), told.total)


def growing(world: World) -> tuple[str, ...]:
    told = together(page_of(world, is_final=False))["all"]
    return (*(text for one in told.ways.values() for text in one.values()), told.total)


def nested(world: World) -> tuple[str, ...]:
    """Write two numbers, of which the second is the last part of the first way of the other."""
    first, second, within = world
    parts = {**way(first), "within": "within"}
    total = sum(first) + sum(within)
    told = together(
        {
            "within": Divided(sum(within), {"": way(within)}, is_final=False),
            "all": Divided(total, {"first": parts, "second": way(second)}),
        }
    )
    texts = (*told["all"].ways.values(), told["within"].ways[""])
    shown = {name: text for one in texts for name, text in one.items() if name == "within"}
    assert shown["within"] == told["within"].total
    first_texts = [text for name, text in told["all"].ways["first"].items() if name != "within"]
    others = (told["all"].ways["second"], told["within"].ways[""])
    return (
        *(*first_texts, *(text for one in others for text in one.values())),
        *(told["all"].total, told["within"].total),
    )


def naive(world: World) -> tuple[str, ...]:
    """Hide small parts and tell the total."""
    return (*(guarded(part) for parts in world for part in parts), str(sum(world[0])))


def apart(world: World) -> tuple[str, ...]:
    """Protect every way by itself, as if the reader saw no other."""
    texts = tuple(guarded(part) for parts in world for part in parts)
    return (*texts, *(careful((parts,))[-1] for parts in world))


def same_sums(tops: Sequence[tuple[int, int]]) -> Iterator[World]:
    """Give every world of ways with one sum; a way is so many parts up to so much."""
    by_sum: list[dict[int, list[Parts]]] = []
    for number, top in tops:
        found: dict[int, list[Parts]] = defaultdict(list)
        for parts in product(range(top + 1), repeat=number):
            found[sum(parts)].append(parts)
        by_sum.append(found)
    for total, first in by_sum[0].items():
        yield from product(first, *(found.get(total, ()) for found in by_sum[1:]))


def inside(first: int, second: int, within: int, top: int) -> Iterator[World]:
    """Give every world of a way with a divided part in it, and a second way with the same sum."""
    seconds: dict[int, list[Parts]] = defaultdict(list)
    for parts in product(range(top + 1), repeat=second):
        seconds[sum(parts)].append(parts)
    for one in product(range(top + 1), repeat=first):
        for inner in product(range(top + 1), repeat=within):
            for other in seconds[sum(one) + sum(inner)]:
                yield one, other, inner


def guesses(writes: Writes, worlds: Iterable[World], top: int) -> int:
    """Give the smallest number of values that any hidden number may still have, over all pages there are.

    Pages that show the greatest number of a part are left out: there the list of worlds is cut short.
    """
    pages: dict[tuple[str, ...], list[Parts]] = defaultdict(list)
    for world in worlds:
        pages[writes(world)].append(tuple(part for parts in world for part in parts))
    return min(
        len({parts[at] for parts in found})
        for texts, found in pages.items()
        if not any(text.isdigit() and int(text) > top - 2 for text in texts[: len(found[0])])
        for at in range(len(found[0]))
        if any(0 < parts[at] < LEAST for parts in found)
    )


SHAPES = [
    *([(1, 40)], [(2, 40)], [(3, 23)], [(4, 12)], [(1, 28), (2, 28)], [(1, 26), (3, 14)]),
    *([(2, 20), (2, 20)], [(2, 17), (3, 13)], [(1, 28), (2, 28), (1, 28)], [(1, 17), (2, 17), (2, 17)]),
]


@pytest.mark.parametrize("writes", [careful, growing])
@pytest.mark.parametrize("tops", SHAPES)
def test_no_hidden_number_is_found_however_the_page_is_added_and_taken(
    writes: Writes, tops: list[tuple[int, int]]
) -> None:
    """Invariant 13, across divisions: every table of this shape, against a reader who knows the rules."""
    assert guesses(writes, same_sums(tops), min(top for _number, top in tops)) >= SPREAD


@pytest.mark.parametrize("numbers", [(1, 1, 1), (1, 1, 2), (1, 2, 1), (2, 1, 1), (1, 2, 2)])
def test_nor_where_a_part_is_divided_elsewhere(numbers: tuple[int, int, int]) -> None:
    top = 13 if sum(numbers) > 4 else 17
    assert guesses(nested, inside(*numbers, top), top) >= SPREAD


@pytest.mark.parametrize("tops", [[(2, 40)], [(1, 28), (2, 28)]])
def test_who_hides_small_parts_only_is_found_out(tops: list[tuple[int, int]]) -> None:
    """The negative control: the total less what stands beside it."""
    assert guesses(naive, same_sums(tops), tops[0][1]) == 1


def test_who_protects_each_way_by_itself_is_found_out() -> None:
    """The other one: [12] beside [1, 1, 10] is written so that both of the ones are certain."""
    assert guesses(apart, same_sums([(2, 40)]), 40) >= SPREAD
    assert guesses(apart, same_sums([(1, 26), (3, 14)]), 14) == 1


class Reader:
    """Tells of one page what each hidden number may be; of the engine she only knows what it answers."""

    def __init__(self, world: World) -> None:
        self.world, self.shown = world, careful(world)
        self.classes = [[self._alike(part) for part in parts] for parts in world]
        sums = [self._sums(classes) for classes in self.classes]
        self.totals = {total for total in set.intersection(*sums) if self._reads_the_same(total)}

    def _alike(self, part: int) -> range:
        """Give the numbers that are written as this one, by trying."""
        alike = [one for one in range(max(0, part - 9), part + 10) if guarded(one) == guarded(part)]
        return range(alike[0], alike[-1] + 1)

    def _sums(self, classes: Sequence[range]) -> set[int]:
        found = {0}
        for each in classes:
            found = {one + part for one in found for part in each}
        return found

    def _reads_the_same(self, total: int) -> bool:
        """Build a world with this total, and look whether its page is the same."""
        return careful(tuple(self._spread(classes, total) for classes in self.classes)) == self.shown

    def _spread(self, classes: Sequence[range], total: int) -> Parts:
        parts, left = [], total - sum(each.start for each in classes)
        for each in classes:
            more = min(left, each.stop - 1 - each.start)
            parts.append(each.start + more)
            left -= more
        return tuple(parts)

    def guesses(self) -> list[int]:
        """Give for each hidden number how many values it may have."""
        found = []
        for parts, classes in zip(self.world, self.classes, strict=True):
            for at, part in enumerate(parts):
                if 0 < part < LEAST:
                    others = self._sums([*classes[:at], *classes[at + 1 :]])
                    fits = {one for one in classes[at] if any(total - one in others for total in self.totals)}
                    found.append(len(fits))
        return found


def random_world(dice: Random) -> World:
    """Divide one number in two or three ways, into few and many, small and large parts."""
    total = dice.choice([dice.randint(1, 30), dice.randint(1, 120), dice.randint(30, 600)])
    return tuple(random_parts(dice, total, dice.randint(1, 8)) for _ in range(dice.randint(2, 3)))


def random_parts(dice: Random, total: int, number: int) -> Parts:
    cuts = sorted(dice.randint(0, total) for _ in range(number - 1))
    return tuple(last - first for first, last in zip([0, *cuts], [*cuts, total], strict=True))


def test_on_many_pages_every_hidden_number_may_be_one_of_three() -> None:
    dice, closed, told = Random(13), 0, 0
    for _ in range(1500):
        world = random_world(dice)
        shown = careful(world)
        if HIDDEN in shown:
            closed += 1
            assert set(shown) == {HIDDEN}
            continue
        found = Reader(world).guesses()
        told += len(found)
        assert min(found, default=SPREAD) >= SPREAD, world
    assert told > 3000
    assert 0 < closed < 75, closed


def test_a_reader_finds_what_a_careless_page_tells() -> None:
    """The control of the reader: with the ways apart she finds some number on some of the same pages."""
    found = [
        guess for world in (((12,), (1, 1, 10)), ((9,), (1,) * 9)) for guess in Careless(world).guesses()
    ]
    assert 1 in found


class Careless(Reader):
    """The same reader, of a page on which every way is protected by itself."""

    def _reads_the_same(self, total: int) -> bool:
        spread = tuple(self._spread(classes, total) for classes in self.classes)
        return apart(spread) == apart(self.world)


@pytest.mark.parametrize(
    ("world", "texts"),
    [
        (((40, 30), (45, 25)), ("40", "30", "45", "25", "70")),
        (((41, 30), (42, 29)), ("40", "30", "40", "30", "71")),
        (((41, 30), (66, 5)), ("40", "30", "65", "<10", "70")),
        (((12,), (1, 1, 10)), ("–",) * 5),
        (((18,), (9, 9)), ("–",) * 4),
        (((9,), (1,) * 9), ("–",) * 11),
        (((3, 4), (5, 2)), ("<10", "<10", "<10", "<10", "<10")),
        (((0, 0), (0,)), ("0", "0", "0", "0")),
    ],
)
def test_a_page_beside_what_is_on_it(world: World, texts: tuple[str, ...]) -> None:
    assert careful(world) == texts


def test_numbers_of_a_page_that_share_nothing_are_written_each_for_itself() -> None:
    """Also where one of them is shut."""
    alone = {
        "one": Divided(12, {"a": way((12,)), "b": way((1, 1, 10))}),
        "other": Divided(33, {"a": way((33,))}),
    }
    told = together(alone)
    assert (told["one"].total, told["other"].total) == (HIDDEN, "33")
    assert set(told["one"].ways["b"].values()) == {HIDDEN}
    assert together({"other": alone["other"]})["other"] == told["other"]


def test_a_division_without_a_total_is_guarded_part_by_part() -> None:
    told = together({"": Divided(None, {"product": {"one": 3, "two": 12, "three": 0}})})[""]
    assert (told.total, dict(told.ways["product"])) == ("", {"one": "<10", "two": "10", "three": "0"})


def test_a_part_that_is_divided_reads_the_same_in_both_places() -> None:
    """Eleven women, ten of one municipality and one of another, are fifteen wherever they are told."""
    page: Mapping[str, Divided] = {
        "closed": Divided(71, {"reason": {"goals_met": 60, "not_funded": "let_go"}}),
        "let_go": Divided(11, {"town": way((10, 1))}, is_final=False),
    }
    told = together(page)
    assert told["closed"].ways["reason"]["not_funded"] == told["let_go"].total == "15"
    assert told["let_go"].least == 11


def test_ways_that_do_not_add_up_are_not_told_where_something_is_hidden() -> None:
    assert set(careful(((40, 3), (12, 13)))) == {HIDDEN}
    assert careful(((40, 30), (12, 13)))[-1] == "70"


def test_the_least_of_a_total_tells_whether_it_is_enough_to_rest_on() -> None:
    totals = {total: together({"": Divided(total)})[""].least for total in (0, 9, 10, 43)}
    assert totals == {0: 0, 9: 1, 10: 10, 43: 43}
