"""The benchmark of pages, small: it measures what it says, and what is too slow or reads much is found."""

import os
import time
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from threading import Barrier
from typing import Any, ClassVar
from unittest.mock import patch

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import TransactionTestCase

from gib.core.journal.models import Happening
from gib.portal.demo import world
from gib.portal.demo.days import TODAY
from gib.portal.year.copies import multiply
from gib.portal.year.tests.lives import quiet
from tests.scale import verdicts
from tests.scale.floors import LIST
from tests.scale.houses import House
from tests.scale.measure import BLOCKS, Bench, measured
from tests.scale.pages import BUSIEST
from tests.scale.timing import Costs, Ratio, ratio
from tests.scale.verdicts import Counted, Gate, Timed, judged
from tests.services import kept
from tests.world.base import as_house

TIMES, ROUNDS, LOOKS = 2, 3, 160
SLOW = "referral:list"


def _idle(milliseconds: int) -> None:
    """Use the processor for a while."""
    end = time.process_time() + milliseconds / 1_000
    while time.process_time() < end:
        pass


def _scan() -> None:
    """Ask what no page may ask: by a column without an index."""
    with as_house():
        list(Happening.for_house("test", TODAY).filter(position__gt=1_000_000))


def _slowed(page: Any, do: Any) -> Any:
    """Let a page do something more each time that it is opened."""

    class Slowed:
        client, url = page.client, page.url

        @staticmethod
        def open() -> bytes:
            do()
            return page.open()

    return Slowed


class TestBench(TransactionTestCase):
    """The small world, twice, and measured as the nation is."""

    databases = "__all__"

    def test_pages_are_measured_and_what_is_too_much_is_found(self) -> None:
        cache.clear()
        world.build()
        multiply(TIMES, quiet)
        house = House.here(TIMES)
        house.know_sizes(multiplied=100)
        bench = Bench(replace(house), replace(house), LOOKS)
        bench.large.pages[SLOW] = _slowed(bench.large.pages[SLOW], lambda: (_idle(100), _scan()))
        self.addCleanup(bench.close)
        lines, found, _load = measured([bench], ROUNDS)
        self._says_everything(bench, lines, found)
        self._finds_what_is_slow(found)

    def _says_everything(self, bench: Bench, lines: list[str], found: list[Any]) -> None:
        told = {each.name.removeprefix(f"{bench.engine}: ") for each in found}
        assert {f"{name}, {TIMES} times as large / once" for name in BUSIEST} <= told
        assert {"list page / its template only", "window 3 of 3 of portal:readings / the first"} <= told
        assert {f"list page / the same without {word}" for word in ("encryption", "net")} <= told
        counted = [each for each in found if isinstance(each, Counted)]
        assert len(counted) == len(BUSIEST)
        if bench.engine == "sqlite":
            assert [each.name for each in counted if each.fails and SLOW not in each.name] == []
        assert any("select 1" in line for line in lines) and any("raw SQL" in line for line in lines)
        # Nothing costs nothing, and a page is more than its template, which is more than its bytes.
        assert all(each.ratio.low > 0 for each in found if isinstance(each, Timed))
        assert next(each for each in found if "template" in each.name).ratio.value > 1

    def _finds_what_is_slow(self, found: list[Any]) -> None:
        slow = [each for each in found if each.name.split(": ", 1)[1].startswith(SLOW)]
        grown, reads = (next(each for each in slow if isinstance(each, kind)) for kind in (Timed, Counted))
        assert grown.ratio.low > verdicts.GROWTH.most and grown.fails
        lines, status = judged(found, load=0.1)
        assert status == 1 and grown.name in lines[-1]
        if connection.vendor == "sqlite":
            assert reads.number == 1 and "journal_happening" in reads.name and reads.fails
        else:
            others = [each.number for each in found if isinstance(each, Counted) and each is not reads]
            assert reads.number > min(others)
        busy, status = judged([grown], load=1_000)
        assert status == 0 and "Times are not judged" in busy[-1]


def test_a_ratio_is_known_as_well_as_its_rounds_agree() -> None:
    steady, twice = Costs(cpu=[10.0, 10.1, 9.9] * 9), Costs(cpu=[20.0, 20.1, 19.9] * 9)
    assert ratio([twice], [steady]).value == pytest.approx(2, abs=0.05)
    assert ratio([twice], [steady]).low == pytest.approx(2, abs=0.05)
    wild = Costs(cpu=[10.0, 30.0, 20.0] * 9)
    found = ratio([wild], [steady])
    assert found.low < found.value < found.high and found.high - found.low > 0.3
    assert ratio([twice, steady], [steady, steady]).value == pytest.approx(1.5, abs=0.05)


def test_only_what_surely_passes_its_gate_fails() -> None:
    gate = Gate(most=1.3, goal=1.1)
    sure, perhaps, good = (
        Timed(f"{low}", Ratio(value, low, high), gate)
        for value, low, high in ((1.5, 1.31, 1.7), (1.35, 1.29, 1.4), (1.05, 1.0, 1.1))
    )
    assert judged([perhaps, good], load=0.1)[1] == 0
    assert "perhaps too much" in perhaps.told() and "goal reached" in good.told()
    lines, status = judged([sure, perhaps], load=0.1)
    assert status == 1 and lines[-1] == "Above the gate: 1.31."


def test_a_busy_machine_judges_numbers_and_no_times() -> None:
    slow = Timed("slow", Ratio(9, 8, 10), Gate(1.3, 1.1))
    load = verdicts.BUSY * (os.cpu_count() or 1) + 0.1
    lines, status = judged([slow], load)
    assert status == 0 and "Times are not judged" in lines[-1]
    lines, status = judged([slow, Counted("blocks", BLOCKS + 1, BLOCKS)], load)
    assert status == 1 and lines[-1] == "Above the gate: blocks."


class TestKept:
    """What was built is used again, what was broken off is gone on with, what is old is made anew."""

    built: ClassVar[list[str]] = []

    def _building(self, words: list[str], env: dict[str, str], **_more: Any) -> None:
        scale, folder = words[-1], Path(env["GIB_DATA_DIR"])
        self.built.append(f"{scale} after {(folder / 'gib.sqlite3').exists()}")
        if scale == "3" and self.built.count("3 after True") == 1:
            raise KeyboardInterrupt
        for file, _end in kept.STORES.values():
            (folder / file).touch()

    def test_it_is_built_once(self, tmp_path: Path) -> None:
        self.built.clear()
        with patch.object(kept.subprocess, "run", self._building):
            with pytest.raises(KeyboardInterrupt), kept.places(["sqlite"], (1, 3), tmp_path):
                pass
            assert self.built == ["1 after False", "3 after True"]
            with kept.places(["sqlite"], (3, 1), tmp_path) as (found,):
                assert [place.scale for place in found] == [1, 3] and all(place.is_ready for place in found)
            assert self.built == ["1 after False", "3 after True", "3 after True"]
            with patch.object(kept.Place, "fingerprint", lambda place: "other tables"):
                assert not found[0].is_ready
                with kept.places(["sqlite"], (1,), tmp_path):
                    pass
        assert self.built[3:] == ["1 after False"]

    def test_the_larger_ones_are_built_at_once(self, tmp_path: Path) -> None:
        """Each waits until the other is at work, or in vain."""
        met = Barrier(2, timeout=30)

        def building(words: list[str], env: dict[str, str], **_more: Any) -> None:
            for file, _end in kept.STORES.values():
                (Path(env["GIB_DATA_DIR"]) / file).touch()
            if words[-1] == "3":
                met.wait()

        with (
            patch.object(kept.subprocess, "run", building),
            patch.object(kept.postgres, "kept", lambda *given: nullcontext({"port": 5432})),
            patch.object(kept, "_say"),
            kept.places(["sqlite", "postgres"], (1, 3), tmp_path) as found,
        ):
            names = [[place.folder.name for place in places] for places in found]
        assert names == [["sqlite-1", "sqlite-3"], ["postgres-1", "postgres-3"]]

    def test_all_sizes_share_their_keys(self, tmp_path: Path) -> None:
        one, many = (kept.Place(tmp_path, "postgres", scale, 5432).environment("gib_app") for scale in (1, 9))
        assert one["GIB_MASTER_KEY_FILE"] == many["GIB_MASTER_KEY_FILE"]
        assert one["GIB_DATA_DIR"] != many["GIB_DATA_DIR"]
        assert many["GIB_KEYS_DATABASE_URL"] == "postgres://gib_app@127.0.0.1:5432/gib_9_keys"
        assert LIST in BUSIEST
