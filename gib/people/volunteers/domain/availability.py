"""When a volunteer can, how far she goes, and what she likes and rather not does: wishes in codes.

No wish is about origin, faith, offence or risk: such a thing has no place here (AI-04).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar, Final

from gib.core.kernel.rules import RuleBroken, declare
from gib.engines.matching.problem import AgeGroup, Daypart, Gender
from gib.people.volunteers.domain.volunteer import VolunteerEvent

declare(
    {
        "week_in_past": "Een nieuwe week kan vandaag of later ingaan.",
        "absence_overlaps": "In deze dagen staat al dat zij er niet is.",
        "absence_over": "Deze dagen zijn al voorbij.",
        "area_unknown": "Een gebied is vier cijfers, zoals 3511. Zet een komma tussen twee gebieden.",
        "areas_too_many": "Schrijf ten hoogste {most} gebieden op.",
    }
)

MOST_AREAS: Final = 10


class Interest(StrEnum):
    """What somebody likes to do with a mother or a child."""

    READING = "reading"
    MUSIC = "music"
    CRAFTS = "crafts"
    COOKING = "cooking"
    SPORT = "sport"
    OUTDOORS = "outdoors"
    GAMES = "games"
    TALKING = "talking"
    PAPERWORK = "paperwork"
    LANGUAGE = "language"


class RatherNot(StrEnum):
    """What a volunteer rather not meets in a home."""

    PETS = "pets"
    SMOKING = "smoking"
    STAIRS = "stairs"


class AbsenceKind(StrEnum):
    """Away for some days, or with leave for longer."""

    AWAY = "away"
    LEAVE = "leave"


@dataclass(frozen=True)
class Away:
    """Days on which she is not there, from `from_on` up to and including `to_on`; without end until told."""

    from_on: date
    to_on: date | None = None
    kind: AbsenceKind = AbsenceKind.AWAY

    def holds_on(self, on: date) -> bool:
        """Tell whether she is away on a day."""
        return self.from_on <= on and (self.to_on is None or on <= self.to_on)


@dataclass(frozen=True)
class Wishes:
    """What a volunteer likes, can and rather not does; `months` is how long she thinks to stay, 0 when open.

    `areas` are postcode areas of four digits where she does not want to help. Her own area and village are
    never asked: that is a rule for everybody.
    """

    languages: tuple[str, ...] = ("nl",)
    has_car: bool = False
    most_matches: int = 1
    most_minutes: int = 60
    interests: tuple[Interest, ...] = ()
    experience: tuple[AgeGroup, ...] = ()
    rather_not: tuple[RatherNot, ...] = ()
    areas: tuple[str, ...] = ()
    months: int = 0
    gender: Gender | None = None
    version: int | None = None


def in_order(dayparts: Iterable[Daypart]) -> tuple[Daypart, ...]:
    """Give parts of the week in the order of the week, each once."""
    wanted = set(dayparts)
    return tuple(part for part in Daypart if part in wanted)


def check_week(from_on: date, on: date) -> None:
    """Refuse a week that begins before today: what she could then is history.

    Raises:
        RuleBroken: 'week_in_past'.
    """
    if from_on < on:
        raise RuleBroken("week_in_past")


def check_absence(known: Iterable[Away], wanted: Away, on: date) -> None:
    """Refuse days that are over, run backwards, or were told before.

    Raises:
        RuleBroken: 'period_backwards', 'absence_over', 'absence_overlaps'.
    """
    end = wanted.to_on or date.max
    if end < wanted.from_on:
        raise RuleBroken("period_backwards")
    if end < on:
        raise RuleBroken("absence_over")
    if any(one.from_on <= end and wanted.from_on <= (one.to_on or date.max) for one in known):
        raise RuleBroken("absence_overlaps")


def parse_areas(text: str) -> tuple[str, ...]:
    """Read postcode areas of four digits, apart by commas or spaces.

    Raises:
        RuleBroken: 'area_unknown', 'areas_too_many'.
    """
    found = [part for part in re.split(r"[\s,;]+", text) if part]
    if not all(re.fullmatch(r"[1-9][0-9]{3}", part) for part in found):
        raise RuleBroken("area_unknown")
    if len(set(found)) > MOST_AREAS:
        raise RuleBroken("areas_too_many", most=MOST_AREAS)
    return tuple(sorted(set(found)))


@dataclass(frozen=True, kw_only=True)
class WeekTold(VolunteerEvent):
    """A volunteer said in which parts of the week she can."""

    from_on: date
    sentence: ClassVar[str] = "Een vrijwilliger gaf door wanneer zij kan."


@dataclass(frozen=True, kw_only=True)
class WishesTold(VolunteerEvent):
    """A volunteer said what she likes, can and rather not does."""

    sentence: ClassVar[str] = "Een vrijwilliger gaf door wat zij graag doet."


@dataclass(frozen=True, kw_only=True)
class AbsenceTold(VolunteerEvent):
    """A volunteer is away on days."""

    kind: AbsenceKind
    from_on: date
    to_on: date | None
    sentence: ClassVar[str] = "Een vrijwilliger gaf door dat zij er niet is."


@dataclass(frozen=True, kw_only=True)
class AbsenceEnded(VolunteerEvent):
    """A volunteer is back, or did not go."""

    sentence: ClassVar[str] = "Een vrijwilliger is er weer."
