"""What several acts share: whose row it is, what differs, which version, and what follows what."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from gib.core.kernel.dates import Period
from gib.people.families.domain.episodes import last_day_before


def own(row: Any) -> dict[str, Any]:
    """Give the dossier and the team of a row, for another row of the same dossier."""
    return {"dossier_id": row.dossier_id, "team_id": row.team_id}


def changed(row: Any, facts: Mapping[str, Any]) -> list[str]:
    """Write what differs into a row.

    Returns: the names of the fields that were written.
    """
    names = [name for name, value in facts.items() if getattr(row, name) != value]
    for name in names:
        setattr(row, name, facts[name])
    return names


def periods(episodes: Iterable[Any]) -> list[Period]:
    """Give the days of episodes to the rules."""
    return [Period(row.from_on, row.to_on) for row in episodes]


def successors(episodes: Iterable[Any], new: Any, *corrected: str) -> list[Any]:
    """Let a new episode follow the ones that are there: the open one ends on the day before.

    Args:
        corrected: fields in which a second answer for the same first day corrects the open episode.

    Returns: the rows to save; the last is the episode that counts.

    Raises:
        RuleBroken: 'episode_overlaps'.
    """
    earlier = list(episodes)
    running = [row for row in earlier if row.to_on is None]
    if corrected and [row.from_on for row in running] == [new.from_on]:
        changed(running[0], {name: getattr(new, name) for name in corrected})
        return running
    ends_on: date | None = last_day_before(new.from_on, periods(earlier))
    for row in running:
        row.to_on = ends_on
    return [*running, new]
