"""How long a mother waits for a volunteer: since when, until when, and how it ended."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class WaitEnd(StrEnum):
    """What came of a wait: she met a volunteer, she waits on, or her part ended before that."""

    FOUND = "found"
    WAITING = "waiting"
    STOPPED = "stopped"


@dataclass(frozen=True)
class Wait:
    """One time that she waited; `to_on` is empty while she waits."""

    from_on: date
    to_on: date | None
    end: WaitEnd

    def days(self, on: date) -> int:
        """Give how many days it took, or has taken up to today."""
        return ((self.to_on or on) - self.from_on).days


def waits_since(planned_on: date, ended_on: Iterable[date]) -> date:
    """Give since when somebody without a volunteer waits for one.

    Args:
        planned_on: the day her part was planned with her: from then on one is looked for.
        ended_on: when her matches of this part ended; a no before they met leaves her where she was.
    """
    return max([planned_on, *ended_on])


def waits_of(
    planned_on: date, met: Iterable[tuple[date, date | None]], stopped_on: date | None
) -> list[Wait]:
    """Give each time that a mother waited for a volunteer in one part, oldest first.

    A proposal ends no wait: that happens on the day they meet.

    Args:
        met: for each volunteer she met, the day of that and the day on which their match ended.
        stopped_on: the day her part ended; None while it goes on.
    """
    found: list[Wait] = []
    ended: list[date] = []
    for from_on, to_on in sorted(met, key=lambda each: (each[0], each[1] or date.max)):
        since = waits_since(planned_on, ended)
        if since < from_on or not ended:
            found.append(Wait(min(since, from_on), from_on, WaitEnd.FOUND))
        if to_on is None:
            return found
        ended.append(to_on)
    return [*found, *_last(waits_since(planned_on, ended), stopped_on, is_first=not ended)]


def _last(since: date, stopped_on: date | None, *, is_first: bool) -> list[Wait]:
    """Give the wait of somebody who is with nobody now; none when her part ended with her match."""
    if stopped_on is None:
        return [Wait(since, None, WaitEnd.WAITING)]
    return [Wait(since, max(since, stopped_on), WaitEnd.STOPPED)] if is_first or since < stopped_on else []
