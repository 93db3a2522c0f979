"""The figures rebuilt from the journal alone: what happened, act after act, without a look at the rows."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from gib.care.trajectory.domain import CloseReason
from gib.core.access import rls
from gib.core.journal.models import Happening
from gib.core.kernel.dates import Period
from gib.insight.reporting.domain import Figure, Group, Report

_PURPOSE: Final = "figures"


@dataclass
class Span:
    """Something that began and may have ended; `facts` are the codes that it is counted by."""

    whose: Any
    from_on: date | None = None
    to_on: date | None = None
    facts: dict[str, str] = field(default_factory=dict)

    def during(self, days: Period) -> bool:
        """Tell whether it was there on at least one of the days."""
        return self.from_on is not None and Period(self.from_on, self.to_on).overlaps(days)


class Ledger:
    """What the journal told so far, by the ids that it names."""

    def __init__(self) -> None:
        """Begin with an empty book."""
        #: (dossier, what) -> day; a day is taken back by None.
        self.active: dict[tuple[Any, Any], date | None] = {}
        self.spans: dict[str, dict[Any, Span]] = defaultdict(dict)

    def read(self, rows: Iterable[Any]) -> "Ledger":
        """Read acts in the order of each chain."""
        for row in rows:
            if tell := _TOLD.get(row.name):
                tell(self, row, row.payload)
        return self

    def span(self, kind: str, row: Any, key: Any) -> Span:
        """Give what is known under a key, or begin it: of a dossier, or of itself."""
        return self.spans[kind].setdefault(key, Span(row.dossier_id or key))

    def forget(self, row: Any) -> None:
        """Leave out a dossier that was taken back with its sheet."""
        self.active = {key: day for key, day in self.active.items() if key[0] != row.dossier_id}
        for kind, known in self.spans.items():
            self.spans[kind] = {key: each for key, each in known.items() if each.whose != row.dossier_id}


Tell = Callable[[Ledger, Any, dict[str, Any]], None]


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _done(key: str) -> Tell:
    """Note a day on which something was done with her."""

    def tell(book: Ledger, row: Any, told: dict[str, Any]) -> None:
        book.active[row.dossier_id, told[key]] = _day(told["held_on"])

    return tell


def _review(book: Ledger, row: Any, told: dict[str, Any]) -> None:
    book.active[row.dossier_id, row.id] = _day(told["held_on"])


def _talk(book: Ledger, row: Any, told: dict[str, Any]) -> None:
    _review(book, row, told)
    book.span("talk", row, row.id).from_on = _day(told["held_on"])


def _contact(book: Ledger, row: Any, told: dict[str, Any]) -> None:
    _done("contact_id")(book, row, told)
    book.span("contact", row, told["contact_id"]).from_on = _day(told["held_on"])


def _attended(book: Ledger, row: Any, told: dict[str, Any]) -> None:
    day = _day(told["held_on"]) if told["outcome"] == "present" else None
    book.active[row.dossier_id, told["attendance_id"]] = day


def _child_moved(book: Ledger, row: Any, told: dict[str, Any]) -> None:
    if told["to"] == "inside":
        book.active[row.dossier_id, told["meeting_child_id"]] = row.on


def _begins(kind: str, key: str, *facts: str, on: str = "") -> Tell:
    """Note that something began, on the day of the act or on a day that it names."""

    def tell(book: Ledger, row: Any, told: dict[str, Any]) -> None:
        span = book.span(kind, row, told[key])
        span.from_on, span.to_on = _day(told[on]) if on else row.on, None
        span.facts |= {name: told[name] for name in facts}

    return tell


def _ends(kind: str, key: str, *facts: str) -> Tell:
    """Note that something ended today."""

    def tell(book: Ledger, row: Any, told: dict[str, Any]) -> None:
        span = book.span(kind, row, told[key])
        span.to_on = row.on
        span.facts |= {name: told[name] for name in facts}

    return tell


def _part(book: Ledger, row: Any, told: dict[str, Any]) -> None:
    span = book.span("part", row, told["participation_id"])
    span.from_on, span.to_on = (told[name] and _day(told[name]) for name in ("started_on", "ended_on"))
    span.facts = {"product": told["product"], "state": told["state"]}


def _volunteer_moved(book: Ledger, row: Any, told: dict[str, Any]) -> None:
    if told["state"] in ("left", "rejected"):
        book.spans["volunteer"][told["volunteer_id"]].to_on = row.on


def _volunteer_gone(book: Ledger, row: Any, told: dict[str, Any]) -> None:
    book.spans["volunteer"].pop(told["volunteer_id"], None)


def _taken_back(book: Ledger, row: Any, told: dict[str, Any]) -> None:
    book.forget(row)


def _reopened(book: Ledger, row: Any, told: dict[str, Any]) -> None:
    book.span("trajectory", row, told["trajectory_id"]).to_on = None


_PART_EVENTS: Final = ("Started", "Continued", "Completed", "Stopped", "EndedBy", "Corrected")
_TOLD: Final[dict[str, Tell]] = {
    "intake.TalkHeld": _talk,
    "products.VisitHeld": _contact,
    "products.VisitLogged": _contact,
    "products.Attended": _attended,
    "moeder_kind_bezoeken.ChildMoved": _child_moved,
    "trajectory.ReviewHeld": _review,
    "families.ChildAdded": _begins("child", "child_id"),
    "families.ChildTurnedAdult": _ends("child", "child_id"),
    "families.DossierTakenBack": _taken_back,
    "volunteers.VolunteerRegistered": _begins("volunteer", "volunteer_id", on="since_on"),
    "volunteers.VolunteerMoved": _volunteer_moved,
    "volunteers.VolunteerTakenBack": _volunteer_gone,
    "referral.Submitted": _begins("referral", "referral_id", "channel"),
    "trajectory.Agreed": _begins("trajectory", "trajectory_id"),
    "trajectory.Closed": _ends("trajectory", "trajectory_id", "reason"),
    "trajectory.Reopened": _reopened,
    "products.Introduced": _begins("match", "match_id", "volunteer_id", on="met_on"),
    "products.MatchEnded": _ends("match", "match_id"),
    **dict.fromkeys((f"products.{name}" for name in _PART_EVENTS), _part),
}


#: Figure -> what it counts by the day on which that began.
_BEGUN: Final = {
    Figure.REFERRALS: "referral",
    Figure.TALKS: "talk",
    Figure.TRAJECTORIES: "trajectory",
    Figure.MATCHES: "match",
    Figure.CONTACTS: "contact",
}


def from_journal(days: Period, on: date) -> Report:
    """Count every figure over some days from the acts alone, as the house."""
    with rls.system(_PURPOSE, on):
        rows = Happening.for_house(_PURPOSE, on).filter(name__in=sorted(_TOLD))
        book = Ledger().read(rows.order_by("chain_id", "position").iterator())
    whole = {(Group.YEAR, str(figure)): number for figure, number in _whole(book, days)}
    return whole | {key: number for key, number in _groups(book, days).items() if number}


def _whole(book: Ledger, days: Period) -> Iterator[tuple[Figure, int]]:
    yield from _persons(book, days)
    closed = _ended(book, "trajectory", days)
    yield Figure.CLOSED, len(closed)
    yield Figure.LET_GO, sum(each.facts["reason"] == CloseReason.NOT_FUNDED for each in closed)
    for figure, kind in _BEGUN.items():
        yield figure, len(_begun(book, kind, days))


def _persons(book: Ledger, days: Period) -> Iterator[tuple[Figure, int]]:
    active = {dossier for (dossier, _what), day in book.active.items() if day is not None and day in days}
    roll = {each.whose for each in _there(book, "volunteer", days)}
    yield Figure.MOTHERS, len(active)
    yield Figure.CHILDREN, sum(each.whose in active for each in _there(book, "child", days))
    yield Figure.VOLUNTEERS, len(roll)
    matched = {each.facts["volunteer_id"] for each in _there(book, "match", days)}
    yield Figure.ACTIVE_VOLUNTEERS, len(roll & matched)


def _there(book: Ledger, kind: str, days: Period) -> list[Span]:
    return [each for each in book.spans[kind].values() if each.during(days)]


def _begun(book: Ledger, kind: str, days: Period) -> list[Span]:
    return [each for each in book.spans[kind].values() if each.from_on and each.from_on in days]


def _ended(book: Ledger, kind: str, days: Period) -> list[Span]:
    return [each for each in book.spans[kind].values() if each.to_on and each.to_on in days]


def _groups(book: Ledger, days: Period) -> Counter[tuple[Group, str]]:
    parts = _there(book, "part", days)
    ended = [each for each in _ended(book, "part", days) if each.from_on]
    counted = (
        (Group.PRODUCT, "product", parts),
        (Group.CHANNEL, "channel", _begun(book, "referral", days)),
        (Group.CLOSED, "reason", _ended(book, "trajectory", days)),
        (Group.PART, "state", ended),
    )
    seen = {(group, each.facts[name], each.whose) for group, name, spans in counted for each in spans}
    return Counter((group, key) for group, key, _dossier in seen)
