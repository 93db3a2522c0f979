"""Who pays where: women on their way home without cover, and per municipality what was asked and answered."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from gib.care.aftercare.domain import GIVEN, USES, State
from gib.care.aftercare.domain.coverage import Standing, standing_of
from gib.care.aftercare.models.agreements import Agreement
from gib.care.aftercare.models.requests import FundingRequest
from gib.care.trajectory.models import Cover, Trajectory
from gib.core.access import rls
from gib.core.access.actor import Actor
from gib.core.access.together import Steps, abreast, asking, begin, in_steps
from gib.core.kernel.dates import add_months
from gib.people.families.models import Child, DetentionEpisode, Domicile, ExpectedRelease, Participant
from gib.people.families.models.lists import releases, returns
from gib.people.families.models.readers import on_day
from gib.people.partners.models import Municipality

HORIZON: Final = 90
MONTHS: Final = 12


@dataclass(frozen=True)
class Returning:
    """A woman who is home, or will be within the horizon; `leaves_on` is empty when she is home.

    `returns` says where she went or goes, as last known; without a municipality there, `code` is empty.
    """

    dossier_id: UUID
    code: str | None
    leaves_on: date | None
    returns: str


@dataclass(frozen=True)
class Counted:
    """One municipality in numbers; `women` are home or soon home without cover."""

    code: str
    name: str
    latitude: float | None
    longitude: float | None
    standing: Standing
    women: int = 0
    asked: int = 0
    granted: int = 0
    refused: int = 0
    silent: int = 0
    let_go: int = 0
    children: int = 0


def _returning(on: date) -> Any:
    """Give, as the house, the open trajectories of women who are home or soon home, with where they go."""
    own = {"dossier_id": OuterRef("dossier_id")}
    homes = Domicile.objects.filter(on_day(on), **own).values("municipality_id")[:1]
    goes = Participant.objects.filter(**own).values("return_municipality_id")[:1]
    inside = DetentionEpisode.objects.filter(to_on__isnull=True, **own)
    expected = ExpectedRelease.objects.filter(episode__to_on__isnull=True, **own).order_by("-position")
    covers = _goes_on(Cover.objects, on).filter(**own)
    rows: Any = Trajectory.for_house("coverage", on)
    rows = rows.open().annotate(
        code=Coalesce(Subquery(homes), Subquery(goes)),
        leaves_on=Subquery(expected.values("expected_on")[:1]),
        is_inside=Exists(inside),
        is_covered=Exists(covers),
    )
    return rows.filter(Q(is_inside=False) | Q(leaves_on__lte=on + timedelta(days=HORIZON)))


def _goes_on(covers: Any, on: date) -> Any:
    """Keep covers that did not end before a day."""
    return covers.filter(Q(to_on__isnull=True) | Q(to_on__gte=on))


@in_steps
def uncovered(actor: Actor, on: date) -> Steps[list[Returning]]:
    """Give the women of an actor's teams for whom nobody pays, who leave first first; home before all.

    `_returning` says the same of the whole house in one question; here each table is walked by team.
    """
    plans: Any = Trajectory.of_team(actor, on)
    homes = Domicile.of_team(actor, on).filter(on_day(on), municipality__isnull=False)
    hers, (detained, last), going, paid, lives = yield from abreast(
        [
            asking(returns(actor, on)),
            begin(releases, actor, on),
            asking(plans.going()),
            asking(_goes_on(Cover.of_team(actor, on), on).values_list("dossier_id", flat=True)),
            asking(homes.values_list("dossier_id", "municipality_id")),
        ]
    )
    unpaid = {row.dossier_id for row in going} - set(paid)
    codes, by = dict(lives), on + timedelta(days=HORIZON)
    found = [
        Returning(each, codes.get(each, goes_to), last.get(each), kind)
        for each, kind, goes_to in hers
        if each in unpaid and (each not in detained or (last.get(each) or date.max) <= by)
    ]
    return sorted(found, key=lambda row: (row.leaves_on or date.min, row.dossier_id))


def coverage(on: date) -> list[Counted]:
    """Count per municipality over the last twelve months, as the house: numbers only, nobody's names.

    Requests count by the day they were sent; a child counts once, where her mother asked last. All
    municipalities of the day are there, by name.
    """
    first_on = add_months(on, -MONTHS)
    with rls.system("coverage", on):
        numbers = _asked(on, first_on)
        for code, children in _children(on, first_on).items():
            numbers.setdefault(code, {})["children"] = children
        for code, women in _demand(on).items():
            numbers.setdefault(code, {})["women"] = women
    paying = set(_valid(on).values_list("municipality_id", flat=True))
    rows = Municipality.objects.valid(on).order_by("name", "code")
    return [_counted(row, numbers.get(row.code, {}), row.code in paying) for row in rows]


def _counted(row: Municipality, numbers: dict[str, int], is_paying: bool) -> Counted:
    waits = numbers.pop("waits", 0)
    standing = standing_of(is_paying, waits > 0, any(numbers.values()))
    return Counted(row.code, row.name, row.latitude, row.longitude, standing, **numbers)


def _valid(on: date) -> Any:
    return Agreement.objects.filter(Q(to_on__isnull=True) | Q(to_on__gte=on), from_on__lte=on)


def since(first_on: date, rows: Any) -> Any:
    """Keep requests of a day or later: the day they were sent, or covered without being sent; `dealt_on`."""
    dealt = rows.exclude(state=State.DRAFT).annotate(dealt_on=Coalesce("submitted_on", "answered_on"))
    return dealt.filter(dealt_on__gte=first_on)


def outcomes(on: date) -> dict[str, Q]:
    """Give what may have come of a request by a day, as conditions on its row; it can be more than one."""
    ended = [State.LET_GO, State.GRANTED_ALTERNATIVE]
    late = Q(state=State.SUBMITTED, due_on__lt=on)
    return {
        "asked": Q(submitted_on__isnull=False),
        "granted": Q(state__in=sorted(GIVEN | USES)),
        "refused": ~Q(ground=""),
        "silent": late | Q(state=State.NO_ANSWER) | Q(state__in=ended, ground=""),
    }


def _asked(on: date, first_on: date) -> dict[str, dict[str, int]]:
    kinds = outcomes(on) | {
        "let_go": Q(state=State.LET_GO),
        "waits": Q(state__in=[State.SUBMITTED, State.QUESTION]),
    }
    counts: Any = {name: Count("dossier_id", filter=kind, distinct=True) for name, kind in kinds.items()}
    rows = since(first_on, FundingRequest.for_house("coverage", on)).order_by()
    return {row.pop("municipality_id"): row for row in rows.values("municipality_id").annotate(**counts)}


def asked_last(rows: Any) -> Subquery:
    """Give where was asked last for the mother of a row, among requests with the day they were dealt with."""
    own = rows.filter(dossier_id=OuterRef("dossier_id")).order_by("-dealt_on", "-id")
    return Subquery(own.values("municipality_id")[:1])


def _children(on: date, first_on: date) -> dict[str, int]:
    latest = asked_last(since(first_on, FundingRequest.objects.all()))
    rows = Child.for_house("coverage", on).annotate(code=latest).filter(code__isnull=False)
    return dict(rows.order_by().values_list("code").annotate(number=Count("id")))


def _demand(on: date) -> dict[str, int]:
    rows = _returning(on).filter(is_covered=False, code__isnull=False)
    return dict(rows.order_by().values_list("code").annotate(number=Count("id")))
