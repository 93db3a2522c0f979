"""The figures counted from the rows; all questions of one report are one statement."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from typing import Any, Final

from django.db.models import CharField, Count, F, Min, Q, Value
from django.db.models.functions import Cast

from gib.care.intake.models import Talk
from gib.care.products.domain.contact import TOOK_PLACE
from gib.care.products.domain.meeting import Presence
from gib.care.products.models import Attendance, Contact, Match, Participation
from gib.care.products.moeder_kind_bezoeken.models import MeetingChild
from gib.care.referral.models import Referral
from gib.care.trajectory.domain import CloseReason
from gib.care.trajectory.models import Review, Trajectory
from gib.core.access import rls
from gib.core.access.together import ask
from gib.core.journal.models import Happening
from gib.core.kernel.dates import Period
from gib.insight.reporting.domain import Figure, Group, Report
from gib.people.families.models import Child, Participant
from gib.people.volunteers.models import Volunteer

_PURPOSE: Final = "figures"
#: Gives the rows of a table that are counted: of the house, or of some teams.
Rows = Callable[[Any], Any]


def first_day(on: date) -> date | None:
    """Give the first day of which the journal tells, as the house."""
    with rls.system(_PURPOSE, on):
        found: date | None = Happening.for_house(_PURPOSE, on).aggregate(first=Min("on"))["first"]
    return found


def count(days: Period, on: date, team_ids: frozenset[int] | None = None) -> Report:
    """Count every figure over some days, as the house: numbers only.

    Args:
        team_ids: whose mothers and volunteers count; None for the nation.
    """
    rows = _rows(on, team_ids)
    with rls.system(_PURPOSE, on):
        asked = list(_questions(rows, days))
        found = ask([question for _group, question in asked])
    whole = {(Group.YEAR, str(figure)): 0 for figure in Figure}
    return whole | {
        (group, key): number
        for (group, _question), answers in zip(asked, found, strict=True)
        for key, number in answers
    }


def _rows(on: date, team_ids: frozenset[int] | None) -> Rows:
    def rows(model: Any) -> Any:
        found = model.for_house(_PURPOSE, on).order_by()
        return found if team_ids is None else found.filter(team_id__in=sorted(team_ids))

    return rows


def _within(name: str, days: Period) -> Q:
    return Q(**{f"{name}__gte": days.from_on, f"{name}__lte": days.to_on})


def _during(first: str, last: str, days: Period) -> Q:
    """Keep what was there on at least one of the days."""
    return Q(**{f"{first}__lte": days.to_on}) & (
        Q(**{f"{last}__isnull": True}) | Q(**{f"{last}__gte": days.from_on})
    )


def activity(rows: Rows, days: Period) -> Q:
    """Keep dossiers in which something was done with her: talk, contact, meeting, morning or review."""
    held = (
        rows(Talk).filter(_within("held_on", days)),
        rows(Contact).filter(_within("held_on", days), state__in=sorted(TOOK_PLACE)),
        rows(Attendance).filter(_within("meeting__planned_on", days), presence=Presence.PRESENT),
        rows(MeetingChild).filter(_within("meeting__planned_on", days), inside_at__isnull=False),
        rows(Review).filter(_within("held_on", days)),
    )
    found = Q()
    for each in held:
        found |= Q(dossier_id__in=each.values("dossier_id"))
    return found


def listed(figure: Figure, rows: Rows, days: Period) -> Any:
    """Give the rows of which a figure of the whole year tells the number."""
    matches = rows(Match).filter(_during("from_on", "to_on", days), from_on__isnull=False)
    roll = rows(Volunteer).filter(_during("since_on", "left_on", days))
    active = partial(activity, rows, days)
    kept = {
        Figure.MOTHERS: lambda: rows(Participant).filter(active()),
        Figure.CHILDREN: lambda: rows(Child).filter(active(), _during("known_on", "adult_noted_on", days)),
        Figure.VOLUNTEERS: lambda: roll,
        Figure.ACTIVE_VOLUNTEERS: lambda: roll.filter(pk__in=matches.values("volunteer_id")),
        Figure.REFERRALS: lambda: rows(Referral).filter(_within("submitted_on", days)),
        Figure.TALKS: lambda: rows(Talk).filter(_within("held_on", days)),
        Figure.TRAJECTORIES: lambda: rows(Trajectory).filter(_within("agreed_on", days)),
        Figure.MATCHES: lambda: rows(Match).filter(_within("from_on", days)),
        Figure.CONTACTS: lambda: rows(Contact).filter(_within("held_on", days), state__in=sorted(TOOK_PLACE)),
        Figure.CLOSED: lambda: rows(Trajectory).filter(_within("closed_on", days)),
        Figure.LET_GO: lambda: rows(Trajectory).filter(
            _within("closed_on", days), close_reason=CloseReason.NOT_FUNDED
        ),
    }
    return kept[figure]()


def _questions(rows: Rows, days: Period) -> Iterator[tuple[Group, Any]]:
    for figure in Figure:
        found = listed(figure, rows, days).annotate(key=Value(str(figure), CharField()))
        yield Group.YEAR, found.values_list("key").annotate(number=Count("pk"))
    parts = rows(Participation).filter(started_on__isnull=False)
    yield Group.PRODUCT, _by("product", parts.filter(_during("started_on", "ended_on", days)))
    yield Group.CHANNEL, _by("channel", listed(Figure.REFERRALS, rows, days))
    yield Group.CLOSED, _by("close_reason", listed(Figure.CLOSED, rows, days))
    ended = parts.filter(_within("ended_on", days))
    yield Group.PART, _by("state", ended)


def _by(name: str, rows: Any) -> Any:
    """Count dossiers by a code, each once."""
    keyed = rows.annotate(key=Cast(F(name), CharField()))
    return keyed.values_list("key").annotate(number=Count("dossier_id", distinct=True))
