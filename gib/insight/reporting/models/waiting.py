"""Who began to wait for a volunteer, where they go home and what they speak: in codes, without a name."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from gib.care.products.domain.participation import MATCHED
from gib.care.products.domain.participation import State as Part
from gib.care.products.domain.waiting import WaitEnd, waits_of
from gib.care.products.models import Match, Participation
from gib.core.access import rls
from gib.core.access.together import ask
from gib.core.kernel.dates import Period
from gib.people.families.models import Domicile, Participant
from gib.people.families.models.readers import on_day

_PURPOSE: Final = "figures"
#: Whom more volunteers can speak to: who speaks Dutch counts with it, whatever else she speaks.
_DUTCH: Final = "nl"


@dataclass(frozen=True)
class Waited:
    """One time that a mother waited; region and language are empty where nobody knows them."""

    team_id: int
    product: str
    region: str
    language: str
    end: WaitEnd
    days: int


def waited(days: Period, on: date) -> list[Waited]:
    """Give, as the house, each wait for a volunteer that began on one of the days, as it stands today."""
    parts = _parts(on)
    with rls.system(_PURPOSE, on):
        matches = Match.for_house(_PURPOSE, on).filter(from_on__lte=on, product__in=sorted(MATCHED))
        rows, met = ask([parts, matches.order_by().values_list("participation_id", "from_on", "to_on")])
    spans: dict[Any, list[tuple[date, date | None]]] = defaultdict(list)
    for part_id, from_on, to_on in met:
        spans[part_id].append((from_on, to_on))
    return [
        Waited(team_id, product, region or "", _language(languages or ""), wait.end, wait.days(on))
        for part_id, team_id, product, planned_on, ended_on, region, languages in rows
        for wait in waits_of(planned_on, spans[part_id], ended_on)
        if wait.from_on in days
    ]


def _parts(on: date) -> Any:
    """Give the parts for which a volunteer was looked for: those that were planned with her."""
    own = {"dossier_id": OuterRef("dossier_id")}
    lives = Domicile.objects.filter(on_day(on), **own).values("municipality__province")[:1]
    hers = Participant.objects.filter(**own)
    goes, speaks = (
        Subquery(hers.values(name)[:1]) for name in ("return_municipality__province", "languages")
    )
    going = Q(state__in=[Part.PLANNED, Part.RUNNING]) | Q(started_on__isnull=False)
    rows = Participation.for_house(_PURPOSE, on).filter(product__in=sorted(MATCHED))
    found = rows.filter(Q(planned_on__isnull=False) | going).annotate(
        asked_on=Coalesce("planned_on", "wished_on"), region=Coalesce(Subquery(lives), goes), speaks=speaks
    )
    names = ("id", "team_id", "product", "asked_on", "ended_on", "region", "speaks")
    return found.order_by().values_list(*names)


def _language(codes: str) -> str:
    known = [code for code in codes.split(",") if code]
    return _DUTCH if _DUTCH in known else next(iter(known), "")
