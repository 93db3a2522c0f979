"""Places that lower slices fill with fragments and the portal shows: tabs, rail cards, start lists."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.utils.functional import Promise
from django.utils.safestring import SafeString


@dataclass(frozen=True)
class Task:
    """One row of a start page: who, why it is here, and one button.

    `tone` is a tone of the states table; `rank` sorts within a list, lowest first. `dossier_id` is
    empty for tasks about a volunteer or a partner. `finish` is where one press marks the row as done;
    on a row that was done a moment ago (`is_done`) it is where that is taken back. `pile` says in the plural
    what it is one of, when many of them may be folded together; empty for what must always be in sight.
    """

    who: str
    why: str
    url: str
    button: str
    tone: str = "rest"
    badge: str = ""
    rank: int = 50
    dossier_id: UUID | None = None
    finish: str = ""
    is_done: bool = False
    pile: str = ""


Fragment = Callable[[Any, UUID], SafeString | str | None]
TaskList = Callable[[Any], list[Task]]

TABS: Final = ("tijdlijn", "plan", "kinderen", "mensen", "afspraken", "signalen", "financiering", "papieren")
RAIL: Final = ("volgende", "vrijwilliger", "signaal", "financiering", "kinderen")
LISTS: Final = ("nu", "wacht", "dreigt")
#: The one list of the project leader, on her own first page.
LEAD: Final = "leiding"

FRAGMENTS: Final[dict[tuple[str, str], list[Fragment]]] = {}
TASK_LISTS: Final[dict[str, list[TaskList]]] = {}
#: Who fills a list with what may become many -> what these are, in the plural; others are never folded.
PILES: Final[dict[TaskList, str | Promise]] = {}


def fill(place: str, name: str, *fragments: Fragment) -> None:
    """Fill a tab or rail card of the dossier page; the portal's wiring calls this once per place.

    Raises:
        ValueError: the place is unknown or filled already.
    """
    known = {"tab": TABS, "rail": RAIL}[place]
    if name not in known or (place, name) in FRAGMENTS:
        raise ValueError(f"slot {place} {name} is unknown or filled twice")
    FRAGMENTS[place, name] = list(fragments)


def list_tasks(name: str, *sources: TaskList) -> None:
    """Fill a list of the start page; the portal's wiring calls this once per list.

    Raises:
        ValueError: the list is unknown or filled already.
    """
    if name not in (*LISTS, LEAD) or name in TASK_LISTS:
        raise ValueError(f"list {name} is unknown or filled twice")
    TASK_LISTS[name] = list(sources)
