"""The figures counted from the rows; all questions of one report are one statement."""

from collections.abc import Callable, Collection, Iterator
from datetime import date
from functools import partial
from typing import Any, Final

from django.db.models import CharField, Count, F, Func, IntegerField, Min, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Cast, Coalesce

from gib.care.aftercare.models import FundingRequest
from gib.care.aftercare.models.coverage import asked_last, outcomes, since
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
from gib.insight.reporting.domain import COUNTED, GAP, Cells, Figure, Group, Report, Total, report_of
from gib.people.families.models import Child, Participant
from gib.people.partners.models import Team
from gib.people.volunteers.domain import State
from gib.people.volunteers.models import Volunteer

_PURPOSE: Final = "figures"
#: Gives the rows of a table that are counted: of the house, or those that a reader may see.
Rows = Callable[[Any], Any]
#: The group that an answer counts by, or the figures of which it gives the numbers in this order.
Keys = Group | tuple[str, ...]


class Days(Func):
    """How many days the first day lies after the second."""

    output_field = IntegerField()
    template = "(%(expressions)s)"
    arg_joiner = " - "

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """SQLite keeps a day as text."""
        days = [Func(each, function="julianday") for each in self.get_source_expressions()]
        return Func(*days, template="CAST(%(expressions)s AS INTEGER)", arg_joiner=" - ").as_sql(
            compiler, connection, **context
        )


#: Figure -> what is added up beside how many there are; children with their mothers, so that who was seen is
#: looked up once.
_ADDED: Final[dict[Figure, str]] = {
    Figure.MOTHERS: Figure.CHILDREN,
    Figure.CONTACTS: Total.MINUTES,
    Figure.FIRST_TALKS: Total.TALK_DAYS,
    Figure.STARTS: Total.START_DAYS,
}


def first_day(on: date) -> date | None:
    """Give the first day of which the journal tells, as the house."""
    with rls.system(_PURPOSE, on):
        found: date | None = Happening.for_house(_PURPOSE, on).aggregate(first=Min("on"))["first"]
    return found


def team_places() -> dict[int, str]:
    """Give the code of the prison of each team, those of erased dossiers included."""
    return dict(Team.objects.values_list("pk", "prison_id"))


def count(days: Period, on: date, team_ids: Collection[int] | None = None) -> Report:
    """Count every figure over some days, as the house: numbers only.

    Args:
        team_ids: whose mothers and volunteers count; None for the nation.
    """
    return report_of(cells(days, on), team_ids)


def cells(days: Period, on: date) -> Cells:
    """Count every figure over some days per team, as the house: a mother is of one team at a time."""
    rows = partial(_rows, on)
    with rls.system(_PURPOSE, on):
        asked: list[tuple[Keys, Any]] = [*_whole(rows, days, on), *_groups(rows, days, on)]
        found = ask([question for _keys, question in asked])
    counted: dict[tuple[str, str, int], int] = {}
    for (keys, _question), answers in zip(asked, found, strict=True):
        for row in answers:
            counted |= _read(keys, row)
    return counted


def _read(keys: Keys, row: Any) -> dict[tuple[str, str, int], int]:
    """Read a row of an answer: team and one number per key, or team, key and number of a group."""
    if isinstance(keys, Group):
        team_id, key, number = row
        return {(keys, key, team_id): number}
    team_id, *numbers = row
    return {(Group.YEAR, key, team_id): number for key, number in zip(keys, numbers, strict=True)}


def gap(days: Period, on: date) -> Cells:
    """Count who was asked to pay over some days per municipality and team, as the house."""
    rows = partial(_rows, on)
    with rls.system(_PURPOSE, on):
        asked = [_by(placed(figure), listed(figure, rows, days, on), "pk") for figure in GAP]
        found = ask(asked)
    return {
        (figure, code, team_id): number
        for figure, answers in zip(GAP, found, strict=True)
        for team_id, code, number in answers
    }


def placed(figure: Figure) -> str:
    """Give the column that tells at which municipality a row of a figure counts."""
    columns = {Figure.LET_GO: "let_go_municipality_id", Figure.CONCERNED: "code"}
    return columns.get(figure, "municipality_id")


def _rows(on: date, model: Any) -> Any:
    return model.for_house(_PURPOSE, on).order_by()


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


def matched(rows: Rows, days: Period) -> Any:
    """Give the volunteers who were matched to a mother, of whichever team she is."""
    kept = rows(Match).filter(_during("from_on", "to_on", days), from_on__isnull=False)
    return kept.values("volunteer_id")


def dealt(rows: Rows, days: Period) -> Any:
    """Give the requests that were sent to a municipality on one of the days, or covered by an agreement."""
    return since(days.from_on, rows(FundingRequest)).filter(dealt_on__lte=days.to_on)


def _concerned(rows: Rows, days: Period) -> Any:
    children = rows(Child).filter(_during("known_on", "adult_noted_on", days))
    return children.annotate(code=asked_last(dealt(rows, days))).filter(code__isnull=False)


def _children(rows: Rows, days: Period) -> Any:
    """Count the children of the mother of a row."""
    own = rows(Child).filter(_during("known_on", "adult_noted_on", days), dossier_id=OuterRef("dossier_id"))
    counted = own.values("dossier_id").annotate(number=Count("*")).values("number")
    return Coalesce(Subquery(counted, IntegerField()), 0)


def listed(figure: Figure, rows: Rows, days: Period, on: date) -> Any:
    """Give the rows of which a figure of the whole year tells the number, or out of which it is worked."""
    if figure in outcomes(on):
        return dealt(rows, days).filter(outcomes(on)[figure])
    within, active = partial(_within, days=days), partial(activity, rows, days)
    took_place = Q(state__in=sorted(TOOK_PLACE))
    kept: dict[Figure, Callable[[], Any]] = {
        Figure.MOTHERS: lambda: rows(Participant).filter(active()),
        Figure.CHILDREN: lambda: rows(Child).filter(active(), _during("known_on", "adult_noted_on", days)),
        Figure.VOLUNTEERS: lambda: rows(Volunteer).filter(
            _during("since_on", "left_on", days), ~Q(state=State.REJECTED)
        ),
        Figure.ACTIVE_VOLUNTEERS: lambda: rows(Volunteer).filter(
            _during("since_on", "left_on", days), pk__in=matched(rows, days)
        ),
        Figure.REFERRALS: lambda: rows(Referral).filter(within("submitted_on")),
        Figure.TALKS: lambda: rows(Talk).filter(within("held_on")),
        Figure.FIRST_TALKS: lambda: rows(Referral).filter(within("talked_on")),
        Figure.TRAJECTORIES: lambda: rows(Trajectory).filter(within("agreed_on")),
        Figure.STARTS: lambda: rows(Participation).filter(within("started_on")),
        Figure.MATCHES: lambda: rows(Match).filter(within("from_on")),
        Figure.CONTACTS: lambda: rows(Contact).filter(within("held_on"), took_place),
        Figure.CLOSED: lambda: rows(Trajectory).filter(within("closed_on")),
        Figure.LET_GO: lambda: rows(Trajectory).filter(
            within("closed_on"), close_reason=CloseReason.NOT_FUNDED
        ),
        Figure.CONCERNED: lambda: _concerned(rows, days),
    }
    return kept[figure]()


def _whole(rows: Rows, days: Period, on: date) -> Iterator[tuple[tuple[str, ...], Any]]:
    each = {
        Figure.MOTHERS: _children(rows, days),
        Figure.CONTACTS: Coalesce(F("minutes"), 0),
        Figure.FIRST_TALKS: Days("talked_on", "submitted_on"),
        Figure.STARTS: Days("started_on", "wished_on"),
    }
    for figure in COUNTED:
        found = listed(figure, rows, days, on)
        if figure in each:
            told = found.annotate(adds=each[figure]).values_list("team_id")
            yield (figure, _ADDED[figure]), told.annotate(number=Count("*"), total=Sum("adds"))
        elif figure not in _ADDED.values():
            yield (figure,), found.values_list("team_id").annotate(number=Count("*"))


def _groups(rows: Rows, days: Period, on: date) -> Iterator[tuple[Group, Any]]:
    parts = rows(Participation).filter(started_on__isnull=False)
    yield Group.PRODUCT, _by("product", parts.filter(_during("started_on", "ended_on", days)))
    yield Group.CHANNEL, _by("channel", listed(Figure.REFERRALS, rows, days, on))
    yield Group.CLOSED, _by("close_reason", listed(Figure.CLOSED, rows, days, on), "pk")
    yield Group.PART, _by("state", parts.filter(_within("ended_on", days)), "pk")


def _by(name: str, rows: Any, what: str = "dossier_id") -> Any:
    """Count dossiers, or other rows, by team and a code, each once."""
    keyed = rows.annotate(key=Cast(F(name), CharField()))
    return keyed.values_list("team_id", "key").annotate(number=Count(what, distinct=True))
