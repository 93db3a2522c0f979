"""The list of mothers: which, in which order, and what stands beside each name."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db.models import Count, DateField, Exists, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from gib.core.access.actor import Actor
from gib.core.access.rows import ScopedQuerySet
from gib.people.families.domain.codes import Purpose
from gib.people.families.domain.consent import State, Validity
from gib.people.families.models.consents import Consent
from gib.people.families.models.detention import DetentionEpisode, ExpectedRelease, Placement
from gib.people.families.models.dossier import Dossier
from gib.people.families.models.people import Child, Participant
from gib.people.families.models.trust import standing, terms_on

#: Stands for "unknown" when mothers are ordered by their expected release: after every known day.
NEVER: Final = date(9999, 12, 31)
_ORDERS: Final = {"open": "dossier__opened_on", "vrij": "leaves_on"}


@dataclass(frozen=True)
class Beside:
    """What stands beside a mother in a list."""

    opened_on: date | None = None
    place: str = ""
    is_inside: bool = False
    leaves_on: date | None = None
    children: int = 0
    consent: Validity = Validity.NONE


def mothers(actor: Actor, on: date, where: str = "") -> ScopedQuerySet:
    """Give the mothers this actor may see, erased ones left out.

    Args:
        where: "binnen" keeps who is detained, "vrij" who is not.
    """
    detentions: Any = DetentionEpisode.objects
    inside = detentions.filter(dossier_id=OuterRef("dossier_id"), to_on__isnull=True)
    expectations: Any = ExpectedRelease.objects
    latest = expectations.filter(dossier_id=OuterRef("dossier_id"), episode__to_on__isnull=True).order_by(
        "-position"
    )
    rows: ScopedQuerySet = Participant.visible_to(actor, on).filter(dossier__erased_on__isnull=True)
    rows = rows.annotate(
        leaves_on=Coalesce(
            Subquery(latest.values("expected_on")[:1]), Value(NEVER), output_field=DateField()
        ),
        is_inside=Exists(inside),
    )
    if where in ("binnen", "vrij"):
        rows = rows.filter(is_inside=where == "binnen")
    return rows


def numbers(actor: Actor, on: date) -> dict[str, int]:
    """Count the mothers of each filter of the list in one query; the empty filter is all of them."""
    inside = Count("dossier_id", filter=Q(is_inside=True))
    found = mothers(actor, on).aggregate(all=Count("dossier_id"), inside=inside)
    return {"": found["all"], "binnen": found["inside"], "vrij": found["all"] - found["inside"]}


def page_after(rows: ScopedQuerySet, by: str, is_down: bool, after: UUID | None, size: int) -> list[Any]:
    """Give one page and one row more, beginning after the last dossier of the page before.

    Args:
        by: "open" orders by the day the dossier was opened, "vrij" by the expected release.
    """
    column, sign, step = _ORDERS[by], "-" if is_down else "", "lt" if is_down else "gt"
    for day in rows.filter(dossier_id=after).values_list(column, flat=True) if after else ():
        rows = rows.filter(Q(**{f"{column}__{step}": day}) | Q(**{column: day, f"dossier_id__{step}": after}))
    return list(rows.order_by(f"{sign}{column}", f"{sign}dossier_id")[: size + 1].unlocked())


def beside(actor: Actor, on: date, dossier_ids: Iterable[UUID]) -> dict[UUID, Beside]:
    """Read what stands beside each name of a page."""
    ids = list(dossier_ids)
    places = _places(actor, on, ids)
    opened = {row.id: row.opened_on for row in Dossier.visible_to(actor, on).filter(pk__in=ids)}
    leaves = _expectations(actor, on, ids)
    children = Counter(
        Child.visible_to(actor, on).filter(dossier_id__in=ids).values_list("dossier_id", flat=True)
    )
    consents = _consents(actor, on, ids)
    return {
        each: Beside(
            opened_on=opened.get(each),
            place=places.get(each, ""),
            is_inside=each in places,
            leaves_on=leaves.get(each),
            children=children[each],
            consent=consents.get(each, Validity.NONE),
        )
        for each in ids
    }


def _places(actor: Actor, on: date, ids: list[UUID]) -> dict[UUID, str]:
    rows = (
        Placement.visible_to(actor, on)
        .filter(to_on__isnull=True, dossier_id__in=ids)
        .select_related("prison")
    )
    return {row.dossier_id: row.prison.place for row in rows}


def _expectations(actor: Actor, on: date, ids: list[UUID]) -> dict[UUID, date | None]:
    rows = ExpectedRelease.visible_to(actor, on).filter(dossier_id__in=ids, episode__to_on__isnull=True)
    return {row.dossier_id: row.expected_on for row in rows.order_by("position")}


def _consents(actor: Actor, on: date, ids: list[UUID]) -> dict[UUID, Validity]:
    rows = Consent.visible_to(actor, on).filter(
        dossier_id__in=ids, purpose=str(Purpose.SUPPORT), state=str(State.GIVEN)
    )
    terms = terms_on(on)
    return {row.dossier_id: standing(row, on, terms) for row in rows.order_by("expires_on")}
