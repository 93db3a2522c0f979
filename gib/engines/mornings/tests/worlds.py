"""Mornings drawn at random, always the same for the same seed: small ones with trouble, and large ones."""

import random
from dataclasses import dataclass
from datetime import date, time, timedelta
from math import hypot

from gib.engines.mornings.problem import (
    Apart,
    Child,
    Driver,
    Escort,
    Family,
    Home,
    Prison,
    Problem,
    Round,
    Seat,
    Where,
    policy_on,
)

ON = date(2011, 1, 29)


@dataclass(frozen=True)
class Size:
    """How large a morning is, and of a hundred facts how many are in the way."""

    families: int
    drivers: int
    rounds: int = 1
    trouble: int = 10
    kilometres: int = 40
    homes: int = 2


class World:
    """Draws one problem."""

    def __init__(self, size: Size, seed: int) -> None:
        self.size = size
        self.random = random.Random(f"morning {seed}")
        self.children = self.doors = 0

    def trouble(self) -> bool:
        """Tell whether this fact is in the way."""
        return self.random.randrange(100) < self.size.trouble

    def problem(self) -> Problem:
        """Draw a morning."""
        families = tuple(self.family(at) for at in range(self.size.families))
        drivers = tuple(self.driver(at, families) for at in range(self.size.drivers))
        rounds = tuple(self.round(at) for at in range(self.size.rounds))
        names = [one.place for family in families for one in family.homes]
        places = ("pi", *sorted({*names, *(one.place for one in drivers)}))
        pick, count = self.random, self.size.families
        return Problem(
            on=ON,
            policy=policy_on(ON),
            prison=Prison("pi", 12, pick.choice((2, 3, 4))),
            places=places,
            minutes=self.minutes(len(places)),
            rounds=rounds,
            families=families,
            drivers=drivers,
            escorts=tuple(
                Escort(f"e{at}", () if not self.trouble() else (pick.choice(rounds).id,))
                for at in range(pick.randint(0, 1 + count // 3))
            ),
            apart=self.apart(families),
        )

    def minutes(self, number: int) -> tuple[tuple[int, ...], ...]:
        """Draw roads: not the same both ways, and now and then a detour is quicker."""
        pick, reach = self.random, self.size.kilometres
        points = [(reach / 2, reach / 2)] + [
            (pick.uniform(0, reach), pick.uniform(0, reach)) for _ in range(number - 1)
        ]
        return tuple(
            tuple(
                0
                if one == other
                else round(hypot(one[0] - other[0], one[1] - other[1]) * 1.2) + pick.randint(2, 9)
                for other in points
            )
            for one in points
        )

    def round(self, at: int) -> Round:
        """Draw a round, each two and a half hours after the one before."""
        pick, families = (
            self.random,
            max(1, self.size.families * 4 // (5 * self.size.rounds) + self.random.randint(0, 2)),
        )
        starts = 570 + 150 * at
        clock = [time(*divmod(starts + gap, 60)) for gap in (-45, pick.choice((-15, -10)), 0, 90)]
        return Round(f"r{at}", *clock, families, families * 2, pick.randint(families // 3, families + 2))

    def child(self) -> Child:
        """Draw a child."""
        pick, age = self.random, self.random.randrange(17)
        self.children += 1
        seat = Seat.BABY if age < 3 else Seat.BOOSTER if age < 8 else Seat.PLAIN
        birthday = ON + timedelta(days=pick.randrange(-60, 60)) if pick.random() < 0.5 else None
        return Child(f"c{self.children}", age, seat, pick.choice((45, 60, 75, 90)), birthday)

    def home(self) -> Home:
        """Draw a home with its children."""
        pick = self.random
        self.doors += 1
        early = pick.choice((420, 450, 480, 495))
        window = (early, early + pick.choice((20, 45, 90))) if self.trouble() else None
        return Home(
            f"h{self.doors}",
            f"p{self.doors}",
            tuple(self.child() for _ in range(pick.choice((1, 1, 1, 2, 2, 3)))),
            adults=int(pick.random() < 0.15),
            pick_up_from=time(*divmod(window[0], 60)) if window else None,
            pick_up_until=time(*divmod(window[1], 60)) if window else None,
            home_by=time(*divmod(780 + 150 * self.size.rounds - 150, 60)) if self.trouble() else None,
            own_transport=pick.random() < 0.1,
        )

    def family(self, at: int) -> Family:
        """Draw a family."""
        pick = self.random
        homes = tuple(self.home() for _ in range(pick.randint(1, self.size.homes) if self.trouble() else 1))
        return Family(
            f"f{at:02}",
            ON - timedelta(days=pick.randrange(200)),
            homes,
            release_on=pick.choice((None, None, ON + timedelta(days=pick.randrange(200)))),
            rounds=(f"r{pick.randrange(self.size.rounds)}",) if self.trouble() else (),
            together=pick.random() < 0.3,
        )

    def driver(self, at: int, families: tuple[Family, ...]) -> Driver:
        """Draw a driver."""
        pick = self.random
        start = pick.choice((390, 420, 450, 480))
        return Driver(
            f"d{at:02}",
            f"q{at}",
            time(*divmod(start, 60)),
            time(*divmod(pick.choice((750, 800, 900)) + 150 * (self.size.rounds - 1), 60)),
            seats=pick.choice((3, 3, 4, 4, 6)),
            boosters=pick.randint(1, 3),
            babies=pick.randint(0, 2),
            most_minutes=pick.choice((100, 150, 200, 300)),
            avoids=(pick.choice(families).id,) if families and self.trouble() else (),
            escort=pick.random() < 0.4,
        )

    def apart(self, families: tuple[Family, ...]) -> tuple[Apart, ...]:
        """Draw families that may not meet."""
        pick, found = self.random, {}
        for _ in range(len(families) * self.size.trouble // 25):
            pair = tuple(sorted(one.id for one in pick.sample(families, 2))) if len(families) > 1 else ()
            if pair:
                found[pair] = Apart(*pair, pick.choice(tuple(Where)))
        return tuple(found.values())


def drawn(size: Size, seed: int = 0) -> Problem:
    """Draw a morning."""
    return World(size, seed).problem()
