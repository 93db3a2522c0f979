"""Made-up problems of any size: a country of areas and prisons, who waits there, and who could help."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from gib.engines.matching.problem import (
    Absence,
    AgeGroup,
    Completed,
    Daypart,
    Demand,
    Exclusion,
    Gender,
    Pending,
    Permit,
    Place,
    Problem,
    Travel,
    Volunteer,
    Why,
    policy_on,
)

T = TypeVar("T")
ON = date(2011, 1, 11)
LANGUAGES = ("nl", "en", "pap", "ar", "tr", "es", "pl", "srn")
THEMES = ("money", "school", "housing", "cooking", "sport", "papers", "music", "garden", "faith", "health")
INSIDE = ("moeder_de_gans", "bezoekmoeders", "moeder_kind_bezoeken", "ik_jij_wij")


@dataclass(frozen=True)
class Size:
    """How large a problem is; of a hundred facts `trouble` stand in the way, of places `busy` are taken."""

    waiting: int
    volunteers: int
    areas: int = 40
    prisons: int = 3
    kilometres: int = 60
    trouble: int = 3
    days: int = 200
    pending: int = 3
    busy: int = 30


class World:
    """Draws a problem from a seed: the same seed and size give the same problem."""

    def __init__(self, size: Size, seed: int) -> None:
        self.size, self.random = size, random.Random(f"{size} {seed}")
        self.policy = policy_on(ON)
        self.towns = [(self._metres(), self._metres()) for _ in range(max(1, size.areas // 30))]
        self.areas = [self._place(f"{1000 + at}") for at in range(size.areas)]
        self.prisons = [self._place(f"pi-{at}") for at in range(size.prisons)]

    def _metres(self) -> int:
        return self.random.randrange(self.size.kilometres * 1000)

    def _place(self, code: str) -> Place:
        x, y = self.random.choice(self.towns)
        village = self.random.choice(
            ("", "", "", "", f"dorp-{self.random.randrange(1 + self.size.areas // 6)}")
        )
        spread = min(12_000, self.size.kilometres * 150)
        return Place(
            code, x + int(self.random.gauss(0, spread)), y + int(self.random.gauss(0, spread)), village
        )

    def _trouble(self) -> bool:
        return self.random.randrange(100) < self.size.trouble

    def _some(self, values: Sequence[T], most: int) -> tuple[T, ...]:
        return tuple(self.random.sample(list(values), self.random.randint(0, min(most, len(values)))))

    def problem(self) -> Problem:
        """Draw everybody and everything between them."""
        volunteers = tuple(self.volunteer(at) for at in range(self.size.volunteers))
        waiting = tuple(self.demand(at, volunteers) for at in range(self.size.waiting))
        return Problem(
            ON,
            self.policy,
            waiting,
            volunteers,
            (*self.areas, *self.prisons),
            self._travel(),
            self._exclusions(waiting, volunteers),
            self._pending(waiting, volunteers),
        )

    def volunteer(self, at: int) -> Volunteer:
        """Draw somebody who helps: most papers are in order, some are not."""
        pick = self.random
        trainings = [terms.training for terms in self.policy.products if pick.random() < 0.55]
        codes = dict.fromkeys([*self.policy.products[0].requirements, *trainings])
        capacity = pick.choice((1, 1, 1, 2, 2, 3, 4))
        return Volunteer(
            id=f"v{at:05}",
            home=pick.choice(self.areas).code,
            near=(self.areas[at * 7 % len(self.areas)].code,) if at % 4 == 0 else (),
            languages=tuple(dict.fromkeys(("nl", *self._some(LANGUAGES, 2))[self._trouble() :])),
            capacity=0 if self._trouble() else capacity,
            matches=sum(pick.randrange(100) < self.size.busy for _ in range(capacity)),
            most_minutes=pick.choice((30, 45, 60, 60, 75)),
            dayparts=tuple(pick.sample(list(Daypart), pick.randint(0 if self._trouble() else 4, 12))),
            gender=pick.choice((Gender.WOMAN, Gender.WOMAN, Gender.MAN, Gender.OTHER, None)),
            has_car=pick.random() < 0.6,
            requirements=tuple(self._paper(code) for code in codes if not self._trouble()),
            permits=tuple(
                self._permit(prison.code) for prison in self.prisons if pick.random() < self._near()
            ),
            absences=self._absences(),
            experience=self._some(tuple(AgeGroup), 3),
            interests=self._some(THEMES, 4),
            avoids=tuple(area.code for area in self._some(self.areas, 3 if pick.random() < 0.4 else 0)),
        )

    def _near(self) -> float:
        return min(0.6, 2.5 / max(1, self.size.prisons))

    def _period(self) -> tuple[date, date | None]:
        start = ON - timedelta(days=self.random.randrange(900))
        if self._trouble():
            return start - timedelta(days=900), ON - timedelta(days=self.random.randint(0, 40))
        return start, self.random.choice((None, ON + timedelta(days=self.random.randrange(900))))

    def _paper(self, code: str) -> Completed:
        return Completed(code, *self._period())

    def _permit(self, prison: str) -> Permit:
        return Permit(prison, *self._period())

    def _absences(self) -> tuple[Absence, ...]:
        if not self._trouble():
            return ()
        first = ON - timedelta(days=self.random.randint(-3, 20))
        last = first + timedelta(days=self.random.randrange(60))
        return Absence(first, last), Absence(
            last + timedelta(days=1), self.random.choice((None, last + timedelta(days=9)))
        )

    def demand(self, at: int, volunteers: Sequence[Volunteer]) -> Demand:
        """Draw a mother who waits for one product; two in seven wait for a second one as well."""
        pick, mother = self.random, f"m{at if at % 7 > 1 else at - at % 7:05}"
        product = (
            ("moedermaatjes", "bezoekmoeders")[at % 7]
            if at % 7 < 2
            else pick.choice((*INSIDE, *["moedermaatjes"] * 4))
        )
        start_on = ON + timedelta(days=pick.choice((0, 0, 0, 7, 30)))
        return Demand(
            id=f"d{at:05}",
            mother=mother,
            product=product,
            since_on=ON - timedelta(days=pick.randrange(self.size.days)),
            languages=("nl", *self._some(LANGUAGES[1:], 2))[pick.choice((0, 0, 0, 1)) :] or ("nl",),
            prison=pick.choice(self.prisons).code if product in INSIDE else "",
            home=pick.choice(self.areas).code,
            near=tuple(area.code for area in self._some(self.areas, 1)),
            start_on=pick.choice((None, start_on)),
            until_on=pick.choice((None, start_on + timedelta(days=pick.randrange(400)))),
            release_on=pick.choice((None, ON + timedelta(days=pick.randint(-90, 400)))),
            dayparts=self._some(tuple(Daypart), 6),
            gender=pick.choice((None, None, None, None, Gender.WOMAN)),
            needs_car=pick.random() < 0.05,
            child_ages=tuple(pick.randrange(18) for _ in range(pick.randint(0, 3))),
            wishes=self._some(THEMES, 3),
            visited_by=pick.choice(volunteers).id if volunteers and pick.random() < 0.2 else "",
        )

    def _travel(self) -> tuple[Travel, ...]:
        homes = [area.code for area in self.areas]
        roads = {(self.random.choice(homes), self.random.choice(homes)) for _ in range(self.size.areas // 8)}
        return tuple(Travel(*road, self.random.randint(0, 90)) for road in sorted(roads))

    def _exclusions(
        self, waiting: Sequence[Demand], volunteers: Sequence[Volunteer]
    ) -> tuple[Exclusion, ...]:
        number = len(waiting) * self.size.trouble // 4 if volunteers else 0
        pick = self.random
        drawn = [(pick.choice(volunteers).id, pick.choice(waiting).mother) for _ in range(number)]
        return tuple(Exclusion(*pair, pick.choice(tuple(Why))) for pair in dict.fromkeys(drawn))

    def _pending(self, waiting: Sequence[Demand], volunteers: Sequence[Volunteer]) -> tuple[Pending, ...]:
        asked = self.random.sample(list(waiting), min(self.size.pending, len(waiting))) if volunteers else []
        return tuple(Pending(demand.id, self.random.choice(volunteers).id) for demand in asked)


def drawn(size: Size, seed: int = 0) -> Problem:
    """Draw a problem."""
    return World(size, seed).problem()


SMALL = Size(5, 4, areas=6, prisons=1, kilometres=25, trouble=2, days=90, pending=2)
GIB = Size(150, 180, areas=160, prisons=5, kilometres=120, busy=65)
DEPARTMENT = Size(390, 112, areas=60, prisons=2, kilometres=60, busy=20)
REGION = Size(3_500, 1_000, areas=400, prisons=10, kilometres=110)
NATION = Size(35_000, 10_000, areas=4_000, prisons=50, kilometres=520, days=700, pending=500, busy=10)
