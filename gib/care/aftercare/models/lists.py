"""Lists that pages show: agreements with their room, requests that need somebody, and partners to choose."""

from datetime import date
from typing import Any

from django.db.models import Count

from gib.care.aftercare.domain import USES, State, is_silent
from gib.care.aftercare.models.agreements import Agreement, valid_agreements
from gib.care.aftercare.models.conferences import CaseConference
from gib.care.aftercare.models.requests import FundingRequest
from gib.core.access import rls
from gib.core.access.actor import Actor
from gib.people.partners.domain import PartnerKind
from gib.people.partners.models import Municipality, Partner


def agreements(on: date, code: str = "") -> list[tuple[Agreement, int]]:
    """Give all agreements, or those of one municipality, each with how many trajectories it pays."""
    rows = Agreement.objects.select_related("municipality")
    rows = rows.filter(municipality_id=code) if code else rows
    with rls.system("agreement", on):
        counted = FundingRequest.for_house("agreement", on).filter(state__in=sorted(USES))
        used = dict(counted.order_by().values_list("agreement_id").annotate(number=Count("id")))
    return [(row, used.get(row.pk, 0)) for row in rows]


def may_pay(code: str, on: date) -> list[tuple[str, str]]:
    """Give the agreements of a municipality to choose from, by id and reference."""
    return [(str(row.pk), row.reference or str(row.from_on)) for row in valid_agreements(code, on)]


def underway(actor: Actor, on: date) -> Any:
    """Ask for the requests of the actor's teams that are not at an end; parts of a page ask it as one."""
    rows: Any = FundingRequest.of_team(actor, on)
    return rows.open().order_by("due_on", "id")


def needs_us(row: Any, on: date) -> bool:
    """Tell whether a request waits for the coordinator: silent, questioned, refused, or not sent yet."""
    if row.state != State.SUBMITTED:
        return row.state in (State.QUESTION, State.REJECTED, State.NO_ANSWER, State.DRAFT)
    return bool(row.is_urgent) or is_silent(row.state, row.due_on, on)


def houses(on: date) -> list[tuple[int, str]]:
    """Give the safety houses that sign in, to choose from."""
    rows = Partner.objects.valid(on).filter(kind=PartnerKind.SAFETY_HOUSE)
    return [(row.pk, row.name) for row in rows]


def municipality_choices(on: date) -> list[tuple[str, str]]:
    """Give the municipalities of a day, to choose from."""
    return list(Municipality.objects.valid(on).values_list("code", "name"))


def agreement_of(pk: Any) -> Agreement | None:
    """Give one agreement."""
    return Agreement.objects.select_related("municipality").filter(pk=pk).first()


def meeting_of(item: Any) -> CaseConference:
    """Give the conference of an item."""
    return CaseConference.objects.select_related("partner").get(pk=item.conference_id)
