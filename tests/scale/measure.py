"""Measures the ten busiest pages at two sizes of each engine, all of it interleaved in one process."""

import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from functools import partial
from typing import Any, Final
from urllib.parse import urljoin

from django.db import connections
from django.test import Client
from django.urls import reverse

from gib.core.access.tables import Role
from gib.core.journal.models import Reading, ReadingSubject
from gib.core.kernel.clock import real_now
from gib.people.accounts.models import Appointment
from tests.scale import switches, verdicts
from tests.scale.floors import LIST, floors, owner
from tests.scale.houses import House
from tests.scale.plans import Watched, watched
from tests.scale.timing import Costs, Work, interleaved, ratio
from tests.scale.verdicts import Counted, Timed, Verdict
from tests.world.base import as_house, enter

#: Blocks of PostgreSQL that a page may touch.
BLOCKS: Final = 200
#: The floor that a page is held to.
_TEMPLATE: Final = "template only"
_OLDER: Final = re.compile(r'href="([^"]+)" rel="next"')
_LOG: Final = "portal:readings"
_BATCH: Final = 1_000
Spent = Mapping[str, Costs]


class Bench:
    """One engine: the house as large as the programme, and one as large as the nation."""

    def __init__(self, small: House, large: House, looks: int) -> None:
        self.small, self.large = small, large
        self.engine = large.engine
        self.windows = self._windows(looks)
        self._around = ExitStack()
        self.floors = self._floors()

    def close(self) -> None:
        """Let go of what was opened for the floors and for the owner of the tables."""
        self._around.close()
        self.large.close()

    def _floors(self) -> dict[str, Callable[[], Any]]:
        with self.large.inside():
            return floors(self.large, self._around.enter_context(owner()))

    def _named(self, *words: object) -> str:
        return " ".join(map(str, (f"{self.engine}:", *words)))

    def works(self) -> dict[str, Work]:
        """Give everything that is measured, by name."""
        here = self.large.inside
        found = {self._named("floor", name): Work(do, (here,)) for name, do in self.floors.items()}
        for kind, opens in self.windows.items():
            for place, do in enumerate(opens):
                found[self._named("window", kind, place)] = Work(do, (here,))
        for name, page in self.large.pages.items():
            found[self._named("large", name)] = Work(page.open, (here,))
            found[self._named("unsealed", name)] = Work(page.open, (here, switches.unsealed))
            as_owner = (self.large.inside_as_owner, switches.unguarded)
            found[self._named("unguarded", name)] = Work(page.open, as_owner)
        for name, page in self.small.pages.items():
            found[self._named("small", name)] = Work(page.open, (self.small.inside,))
        return found

    def learn(self) -> None:
        """Open every page once while it is remembered what its sealed values say."""
        with self.large.inside(), switches.learning():
            for page in self.large.pages.values():
                page.open()

    def timed(self, spent: Spent) -> Iterator[Timed]:
        """Compare what was spent with its gates."""

        def of(*words: object) -> Costs:
            return spent[self._named(*words)]

        names = list(self.large.pages)
        floor = of("floor", _TEMPLATE)
        yield self._beside("list page / its template only", [of("large", LIST)], [floor], verdicts.LIST)
        for name in names:
            told = f"{name}, {self.large.scale} times as large / once"
            yield self._beside(told, [of("large", name)], [of("small", name)], verdicts.GROWTH)
        for kind, opens in self.windows.items():
            for place in range(1, len(opens)):
                told = f"window {place + 1} of {len(opens)} of {kind} / the first"
                pair = of("window", kind, place), of("window", kind, 0)
                yield self._beside(told, [pair[0]], [pair[1]], verdicts.WINDOW)
        gates = (("unsealed", "encryption", verdicts.ENCRYPTION), ("unguarded", "net", verdicts.NET))
        for switch, word, gate in gates:
            for label, those in (("list page", [LIST]), ("ten pages together", names)):
                sides = [[of(side, name) for name in those] for side in ("large", switch)]
                yield self._beside(f"{label} / the same without {word}", sides[0], sides[1], gate)

    def _beside(self, told: str, above: list[Costs], below: list[Costs], gate: verdicts.Gate) -> Timed:
        return Timed(self._named(told), ratio(above, below), gate)

    def told(self, spent: Spent) -> Iterator[str]:
        """Write what each floor and page costs, and how many times the raw SQL a page is."""
        for name, costs in spent.items():
            if name.startswith(f"{self.engine}:") and " uns" not in name and " ung" not in name:
                yield f"{name:<66} {costs.told()}"
        raw = spent[self._named("floor prepared raw SQL of the rows")]
        found = ratio([spent[self._named("large", LIST)]], [raw])
        yield f"{self._named('list page / prepared raw SQL of its rows'):<66} {found.told():>22}"

    def counted(self, looked: Mapping[str, Watched]) -> Iterator[Counted]:
        """Hold blocks and scans of each page beside the most that they may be."""
        for name, seen in looked.items():
            if self.engine == "sqlite":
                whole = sorted({scan.split()[0] for scan in seen.scans})
                told = f"{name}, scans of large tables {', '.join(whole)}"
                yield Counted(self._named(told), len(seen.scans), 0)
            else:
                yield Counted(self._named(f"{name}, blocks touched"), seen.blocks, BLOCKS)

    def looked(self) -> dict[str, Watched]:
        """Open each page of the large house and watch what the engine does for it."""
        found = {}
        with self.large.inside():
            for name, page in self.large.pages.items():
                with watched() as found[name]:
                    page.open()
        return found

    def _windows(self, looks: int) -> dict[str, list[Callable[[], Any]]]:
        """Give the windows of long lists: the first, and full ones at several depths."""
        with self.large.inside():
            page = self.large.pages[LIST]
            deep = _leafed(page.client, page.url)
            log = _deep_log(looks)
        return {LIST: deep, _LOG: log}


def _leafed(client: Client, url: str) -> list[Callable[[], Any]]:
    """Leaf through a list; the last window is shorter, and so left out when there are others."""
    found = [url]
    while (match := _OLDER.search(client.get(found[-1]).content.decode())) is not None:
        found.append(urljoin(url, match[1].replace("&amp;", "&")))
    return [partial(client.get, each) for each in found[: max(1, len(found) - 1)]]


def _deep_log(looks: int) -> list[Callable[[], Any]]:
    """Let there be a long reading log, and give its newest window, one halfway, and the oldest full one."""
    fill_log(looks)
    seat = Appointment.objects.filter(role=Role.PRIVACY_OFFICER).select_related("user").order_by("pk")[0]
    client, url = enter(seat), reverse(_LOG)
    keys = list(Reading.objects.order_by("pk").values_list("pk", flat=True))
    size = 51
    places = [f"{url}?ouder={keys[place]}" for place in (len(keys) // 2, size)]
    return [partial(client.get, each) for each in (url, *places)]


def fill_log(looks: int) -> None:
    """Add looks at somebody to the reading log until there are as many; the caller is in the house."""
    with as_house():
        boxes = list(ReadingSubject.objects.values_list("box_id", flat=True)[:_BATCH])
        users = list(Appointment.objects.values_list("user_id", flat=True)[:_BATCH])
    lacking = max(0, looks - Reading.objects.count())
    rows = [_look(users[place % len(users)]) for place in range(lacking)]
    made = Reading.objects.bulk_create(rows, batch_size=_BATCH)
    ReadingSubject.objects.bulk_create(
        [
            ReadingSubject(reading=row, box_id=boxes[place % len(boxes)], tables=["families_participant"])
            for place, row in enumerate(made)
        ],
        batch_size=_BATCH,
    )
    if connections["log"].vendor == "postgresql":
        # As the server does by itself once it has noticed that a table has grown.
        with connections["log"].cursor() as cursor:
            cursor.execute("DISCARD PLANS")


def _look(user: Any) -> Reading:
    facts = {"role": str(Role.COORDINATOR), "action": "read", "purpose": LIST, "outcome": 200}
    return Reading(at=real_now().at, user_id=user, **facts)


def measured(benches: Sequence[Bench], rounds: int) -> tuple[list[str], list[Verdict], float]:
    """Measure everything of all engines together.

    Returns: lines to read, what stands beside a gate, and the highest load that was seen.
    """
    loads = [os.getloadavg()[0]]
    counted = [each for bench in benches for each in bench.counted(bench.looked())]
    for bench in benches:
        bench.learn()
    spent = interleaved({name: work for bench in benches for name, work in bench.works().items()}, rounds)
    loads.append(os.getloadavg()[0])
    timed = [each for bench in benches for each in bench.timed(spent)]
    lines = [line for bench in benches for line in bench.told(spent)]
    return lines, [*timed, *counted], max(loads)
