"""Which figures there are, over which days they count, and how figures are worked out of what is counted."""

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import date
from enum import StrEnum
from typing import Final

from gib.core.kernel.dates import Period
from gib.core.kernel.rules import RuleBroken, declare


class Group(StrEnum):
    """What a figure is counted by; `year` is the whole, `gap` who was asked to pay."""

    YEAR = "year"
    GAP = "gap"
    PRISON = "prison"
    PRODUCT = "product"
    CHANNEL = "channel"
    CLOSED = "closed"
    PART = "part"


class Figure(StrEnum):
    """One figure of a whole year."""

    MOTHERS = "mothers"
    CHILDREN = "children"
    VOLUNTEERS = "volunteers"
    ACTIVE_VOLUNTEERS = "active_volunteers"
    REFERRALS = "referrals"
    TALKS = "talks"
    FIRST_TALKS = "first_talks"
    TALK_WAIT = "talk_wait_days"
    TRAJECTORIES = "trajectories"
    STARTS = "starts"
    START_WAIT = "start_wait_days"
    MATCHES = "matches"
    CONTACTS = "contacts"
    HOURS = "hours"
    CLOSED = "closed"
    ASKED = "asked"
    GRANTED = "granted"
    REFUSED = "refused"
    SILENT = "silent"
    LET_GO = "let_go"
    CONCERNED = "children_concerned"


class Total(StrEnum):
    """What is added up so that a figure can be worked out of it."""

    MINUTES = "minutes"
    TALK_DAYS = "talk_days"
    START_DAYS = "start_days"


class By(StrEnum):
    """What the waits for a volunteer are divided by; `all` is the whole."""

    ALL = "all"
    REGION = "region"
    LANGUAGE = "language"


#: The figures of who was asked to pay; they are counted per municipality too.
GAP: Final = (
    *(Figure.ASKED, Figure.GRANTED, Figure.REFUSED, Figure.SILENT),
    *(Figure.LET_GO, Figure.CONCERNED),
)
#: Figure -> what is added up for it, and the figure that tells over how many.
WORKED_OUT: Final[Mapping[Figure, tuple[Total, Figure]]] = {
    Figure.HOURS: (Total.MINUTES, Figure.CONTACTS),
    Figure.TALK_WAIT: (Total.TALK_DAYS, Figure.FIRST_TALKS),
    Figure.START_WAIT: (Total.START_DAYS, Figure.STARTS),
}
#: Figures that are counted as they are.
COUNTED: Final = tuple(figure for figure in Figure if figure not in WORKED_OUT)
#: Group or figure, key or municipality, and team -> how many; all of it adds up.
Cells = Mapping[tuple[str, str, int], int]
#: Group and key -> how many.
Report = Mapping[tuple[Group, str], int]

declare(
    {
        "year_outside": "Over {year} zijn hier geen gegevens. De eerste zijn van {first}.",
        "year_open": "{year} is nog niet voorbij. De cijfers kunnen nog veranderen.",
    }
)


def days_of(year: int, first_on: date | None, on: date) -> Period:
    """Give the days of a year over which figures count: up to today in the year that runs.

    Args:
        first_on: the first day of which anything is known here; None when nothing is.

    Raises:
        RuleBroken: 'year_outside' for a year before the first day or after today.
    """
    first_year = (first_on or on).year
    if not first_year <= year <= on.year:
        raise RuleBroken("year_outside", year=year, first=first_year)
    return Period(date(year, 1, 1), min(date(year, 12, 31), on))


def newest_year(first_on: date | None, on: date) -> int:
    """Give the last year that is over, or else the one that runs.

    Args:
        first_on: as for `days_of`.
    """
    return on.year - 1 if first_on is not None and first_on.year < on.year else on.year


def check_over(year: int, on: date) -> None:
    """Allow figures that do not change any more.

    Raises:
        RuleBroken: 'year_open' while the year runs.
    """
    if on <= date(year, 12, 31):
        raise RuleBroken("year_open", year=year)


def stands_on(figure: Figure) -> Figure:
    """Give the figure that tells of how many another one is made: itself, unless it is worked out."""
    return WORKED_OUT[figure][1] if figure in WORKED_OUT else figure


def report_of(cells: Cells, team_ids: Collection[int] | None = None) -> Report:
    """Add up the cells of some teams, or of all, and work out the figures that follow from them."""
    added: Counter[tuple[str, str]] = Counter()
    for (group, key, team_id), number in cells.items():
        if team_ids is None or team_id in team_ids:
            added[group, key] += number
    whole = {(Group.YEAR, str(figure)): _figure(figure, added) for figure in Figure}
    groups = {(Group(group), key): number for (group, key), number in added.items() if group != Group.YEAR}
    return whole | groups


def _figure(figure: Figure, added: Mapping[tuple[str, str], int]) -> int:
    if figure not in WORKED_OUT:
        return added[Group.YEAR, figure]
    total, counted = WORKED_OUT[figure]
    over = 60 if figure is Figure.HOURS else added[Group.YEAR, counted]
    return (2 * added[Group.YEAR, total] + over) // (2 * over) if over else 0


def by_key(cells: Cells, team_ids: Collection[int] | None = None) -> Mapping[str, Mapping[str, int]]:
    """Turn cells of municipalities around: municipality -> figure -> how many, for some teams or for all."""
    found: dict[str, Counter[str]] = {}
    for (figure, key, team_id), number in cells.items():
        if team_ids is None or team_id in team_ids:
            found.setdefault(key, Counter())[figure] += number
    return found


def in_places(cells: Cells, places: Mapping[int, str]) -> Mapping[tuple[str, str, str], int]:
    """Add up cells per place of a team, such as its prison; what is nothing is left out."""
    found: Counter[tuple[str, str, str]] = Counter()
    for (group, key, team_id), number in cells.items():
        found[group, key, places[team_id]] += number
    return {key: number for key, number in found.items() if number}
