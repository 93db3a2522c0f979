"""What the journal alone tells: what happened, act after act, without a look at the rows."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from gib.care.aftercare.domain import State as Asked
from gib.core.kernel.dates import Period


@dataclass
class Span:
    """Something that began and may have ended; `facts` are the codes that it is counted by."""

    whose: Any
    from_on: date | None = None
    to_on: date | None = None
    facts: dict[str, Any] = field(default_factory=dict)

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
        #: Dossier or volunteer -> team.
        self.teams: dict[Any, int] = {}

    def read(self, rows: Iterable[Any]) -> "Ledger":
        """Read acts in the order of each chain."""
        for row in rows:
            if tell := TOLD.get(row.name):
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
    held_on = _day(told["held_on"])
    book.span("talk", row, row.id).from_on = held_on
    first, sent = (book.span(kind, row, told["referral_id"]) for kind in ("first_talk", "referral"))
    if first.from_on is None and sent.from_on is not None:
        first.from_on, first.facts["days"] = held_on, (held_on - sent.from_on).days


def _contact(book: Ledger, row: Any, told: dict[str, Any]) -> None:
    _done("contact_id")(book, row, told)
    span = book.span("contact", row, told["contact_id"])
    span.from_on, span.facts["minutes"] = _day(told["held_on"]), told.get("minutes", 0)


def _attended(book: Ledger, row: Any, told: dict[str, Any]) -> None:
    day = _day(told["held_on"]) if told["outcome"] == "present" else None
    book.active[row.dossier_id, told["attendance_id"]] = day


def _child_moved(book: Ledger, row: Any, told: dict[str, Any]) -> None:
    if told["to"] == "inside":
        book.active[row.dossier_id, told["meeting_child_id"]] = row.on


def _child_put_back(book: Ledger, row: Any, told: dict[str, Any]) -> None:
    """Take back that a child was inside, unless that is where it stands again."""
    if told["to"] != "inside":
        book.active[row.dossier_id, told["meeting_child_id"]] = None


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
    span.facts |= {"product": told["product"], "state": told["state"]}


def _asked(state: str, *facts: str) -> Tell:
    """Note what came of a request; without a state the act names it."""

    def tell(book: Ledger, row: Any, told: dict[str, Any]) -> None:
        span = book.span("request", row, told["request_id"])
        span.facts |= {"municipality": told["municipality"], "state": state or told["state"]}
        span.facts |= {name: told[name] for name in facts}
        if state in (Asked.SUBMITTED, Asked.COVERED):
            span.from_on = row.on
            span.facts["is_sent"] = state == Asked.SUBMITTED

    return tell


def _questioned(book: Ledger, row: Any, told: dict[str, Any]) -> None:
    facts = book.span("request", row, told["request_id"]).facts
    facts |= {"state": Asked.SUBMITTED if told["is_answer"] else Asked.QUESTION}
    if told["is_answer"]:
        facts["due_on"] = told["due_on"]


def _granted(book: Ledger, row: Any, told: dict[str, Any]) -> None:
    book.span("request", row, told["request_id"]).facts |= {"state": Asked.GRANTED, "ground": ""}


def _team(book: Ledger, row: Any, told: dict[str, Any]) -> None:
    book.teams[row.dossier_id] = told["team_id"]


def _registered(book: Ledger, row: Any, told: dict[str, Any]) -> None:
    _begins("volunteer", "volunteer_id", on="since_on")(book, row, told)
    book.teams[told["volunteer_id"]] = told["team_id"]


def _wished(book: Ledger, row: Any, told: dict[str, Any]) -> None:
    _part(book, row, told)
    book.span("part", row, told["participation_id"]).facts["wished_on"] = row.on


def _volunteer_moved(book: Ledger, row: Any, told: dict[str, Any]) -> None:
    """Who was turned down never was a volunteer: a figure stays the same when she is forgotten."""
    if told["state"] == "rejected":
        _volunteer_gone(book, row, told)
    elif told["state"] == "left":
        book.spans["volunteer"][told["volunteer_id"]].to_on = row.on


def _volunteer_gone(book: Ledger, row: Any, told: dict[str, Any]) -> None:
    book.spans["volunteer"].pop(told["volunteer_id"], None)


def _taken_back(book: Ledger, row: Any, told: dict[str, Any]) -> None:
    book.forget(row)


def _reopened(book: Ledger, row: Any, told: dict[str, Any]) -> None:
    book.span("trajectory", row, told["trajectory_id"]).to_on = None


_PART_EVENTS: Final = ("Started", "Continued", "Completed", "Stopped", "EndedBy", "Corrected")
#: Act -> what it tells the book.
TOLD: Final[dict[str, Tell]] = {
    "intake.TalkHeld": _talk,
    "products.VisitHeld": _contact,
    "products.VisitLogged": _contact,
    "products.Attended": _attended,
    "moeder_kind_bezoeken.ChildMoved": _child_moved,
    "moeder_kind_bezoeken.ChildPutBack": _child_put_back,
    "trajectory.ReviewHeld": _review,
    "families.ChildAdded": _begins("child", "child_id"),
    "families.ChildTurnedAdult": _ends("child", "child_id"),
    "families.DossierTakenBack": _taken_back,
    "families.DossierOpened": _team,
    "families.TeamChanged": _team,
    "volunteers.VolunteerRegistered": _registered,
    "volunteers.VolunteerMoved": _volunteer_moved,
    "volunteers.VolunteerTakenBack": _volunteer_gone,
    "volunteers.VolunteerForgotten": _volunteer_gone,
    "referral.Submitted": _begins("referral", "referral_id", "channel"),
    "trajectory.Agreed": _begins("trajectory", "trajectory_id"),
    "trajectory.Closed": _ends("trajectory", "trajectory_id", "reason", "municipality"),
    "trajectory.Reopened": _reopened,
    "products.Introduced": _begins("match", "match_id", "volunteer_id", on="met_on"),
    "products.MatchEnded": _ends("match", "match_id"),
    "products.Wished": _wished,
    "aftercare.FundingSubmitted": _asked(Asked.SUBMITTED, "due_on"),
    "aftercare.CoveredByAgreement": _asked(Asked.COVERED),
    "aftercare.FundingQuestioned": _questioned,
    "aftercare.FundingGranted": _granted,
    "aftercare.FundingRejected": _asked(Asked.REJECTED, "ground"),
    "aftercare.FundingNotAnswered": _asked(Asked.NO_ANSWER),
    "aftercare.AlternativeFound": _asked(Asked.GRANTED_ALTERNATIVE),
    "aftercare.LetGo": _asked(Asked.LET_GO),
    "aftercare.FundingSuperseded": _asked(Asked.SUPERSEDED),
    "aftercare.FundingWithdrawn": _asked(Asked.WITHDRAWN),
    "aftercare.FundingSettled": _asked(""),
    **dict.fromkeys((f"products.{name}" for name in _PART_EVENTS), _part),
}
