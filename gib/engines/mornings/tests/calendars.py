"""Calendars of visits drawn at random, always the same for the same seed."""

import random
from datetime import date, time, timedelta

from gib.engines.mornings.visits.problem import Away, Calendar, Pair, Rhythm, Slot, Weekday

MONDAY = date(2011, 1, 17)


def drawn(pairs: int, seed: int = 0, fortnights: int = 6, tight: float = 1.2) -> Calendar:
    """Draw a calendar of five prisons with eight hours a week; `tight` is room beside what is needed."""
    pick = random.Random(f"calendar {seed}")
    prisons = [f"pi-{at}" for at in range(max(1, min(5, pairs // 20)))]
    room = max(1, round(tight * pairs / (16 * len(prisons))))
    days = (Weekday.MON, Weekday.TUE, Weekday.THU, Weekday.SAT)
    slots = tuple(
        Slot(f"{prison}-{day}-{hour}", prison, day, time(hour), time(hour + 1), pick.randint(room, room + 1))
        for prison in prisons
        for day in days
        for hour in (10, 14)
    )
    rows = [_pair(pick, at, pick.choice(prisons), slots) for at in range(pairs)]
    away = [_away(pick, pick.choice(rows).volunteer, 21) for _ in range(pairs // 2)]
    closed = [_away(pick, prison, 1) for prison in prisons for _ in range(3)] if pairs else []
    return Calendar(MONDAY, fortnights, slots, tuple(rows), (*away, *closed) if rows else ())


def _pair(pick: random.Random, at: int, prison: str, slots: tuple[Slot, ...]) -> Pair:
    own = [slot.id for slot in slots if slot.prison == prison]
    able = tuple(sorted(pick.sample(own, pick.randint(1, 5))))
    rhythm = Rhythm(pick.choice(able), pick.randint(1, 2)) if pick.random() < 0.3 else None
    volunteer = f"v{at if pick.random() < 0.7 else max(0, at - 1):03}"
    return Pair(f"p{at:03}", f"m{at:03}", volunteer, able, rhythm)


def _away(pick: random.Random, name: str, days: int) -> Away:
    first = MONDAY + timedelta(days=pick.randrange(84))
    return Away(name, first, first + timedelta(days=pick.randrange(days)))
