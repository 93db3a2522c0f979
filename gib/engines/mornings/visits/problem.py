"""What a calendar of fortnightly visits is made from: pairs, the hours of prisons, and who is away when."""

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from gib.core.kernel.reading import at_least, some


class Weekday(StrEnum):
    """A day of the week."""

    MON = "mon"
    TUE = "tue"
    WED = "wed"
    THU = "thu"
    FRI = "fri"
    SAT = "sat"
    SUN = "sun"


@dataclass(frozen=True, slots=True)
class Slot:
    """An hour of each week at which a prison receives so many visits at a time, by its rule."""

    id: str
    prison: str
    weekday: Weekday
    starts_at: time
    ends_at: time
    capacity: int = at_least(0)


@dataclass(frozen=True, slots=True)
class Away:
    """Days on which somebody is away, or a prison is closed; without end it holds on."""

    id: str
    from_on: date
    to_on: date | None = None


@dataclass(frozen=True, slots=True)
class Rhythm:
    """The hour at which a pair meets, in the first or the second week of each fortnight."""

    slot: str
    week: int = at_least(1)


@dataclass(frozen=True, slots=True)
class Pair:
    """A mother and her volunteer; `slots` are the hours at which both can, `rhythm` is what they do now."""

    id: str
    mother: str
    volunteer: str
    slots: tuple[str, ...] = some()
    rhythm: Rhythm | None = None


@dataclass(frozen=True, slots=True)
class Calendar:
    """All that is known of some fortnights from a Monday on; `away` names mothers, volunteers and prisons."""

    from_on: date
    fortnights: int = at_least(1)
    slots: tuple[Slot, ...] = some()
    pairs: tuple[Pair, ...] = ()
    away: tuple[Away, ...] = ()
