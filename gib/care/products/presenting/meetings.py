"""Group meetings of a team, and one meeting with who is invited and who came."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse

from gib.care.products.domain.meeting import Presence, State
from gib.care.products.domain.participation import State as Part
from gib.care.products.models import Attendance, GroupMeeting, Participation
from gib.care.products.presenting import names
from gib.core.ui.forms import ActForm
from gib.core.ui.words import day
from gib.people.partners.domain import Product

_MOST = 60


@dataclass(frozen=True)
class Guest:
    """A mother on the list of a meeting."""

    id: UUID
    name: str
    state: str
    wants_talk: bool
    url: str
    off: str
    talk: str


def meetings(request: Any) -> dict[str, Any]:
    """Give the meetings of the team: those to come, those that nobody closed, and the last ones."""
    rows = list(GroupMeeting.of(request.actor).select_related("prison")[:_MOST])
    groups: dict[str, list[Any]] = {"late": [], "ahead": [], "past": []}
    for row in rows:
        shown = (row, day(row.planned_on), f"meeting.{row.state}", _page(row))
        groups[_group(row, request.now.on)].append(shown)
    late, ahead = groups["late"][::-1], groups["ahead"][::-1]
    return {"late": late, "ahead": ahead, "past": groups["past"], "number": len(late) + len(ahead)}


def _group(row: GroupMeeting, on: date) -> str:
    """Tell whether a meeting is to come, is past, or is past without anybody having closed it."""
    if row.state != State.PLANNED:
        return "past"
    return "late" if row.planned_on < on else "ahead"


def _page(row: GroupMeeting) -> str:
    """Give the address of a meeting: a visit morning has one of its own."""
    name = "morning" if row.product == Product.MOEDER_KIND_BEZOEKEN else "meeting"
    return reverse(f"products:{name}", args=[row.pk])


def meeting_page(request: Any, row: GroupMeeting) -> dict[str, Any]:
    """Gather what the page of a meeting shows."""
    rows = list(Attendance.visible_to(request.actor, request.now.on).filter(meeting_id=row.pk))
    known = names.mothers(request, [each.dossier_id for each in rows])
    guests = [_guest(row, each, known.get(each.dossier_id, "")) for each in rows]
    came = sum(each.presence == Presence.PRESENT for each in rows)
    return {
        "row": row,
        "when": day(row.planned_on),
        "state": f"meeting.{row.state}",
        "is_lesson": row.product == Product.IK_JIJ_WIJ,
        "has_programme": row.product == Product.MOEDER_DE_GANS,
        "guests": sorted(guests, key=lambda guest: guest.name),
        "number": len(guests),
        "came": came,
        "is_planned": row.state == State.PLANNED,
        "is_day": row.planned_on <= request.now.on and row.state != State.CANCELLED,
        "has_letters": any(each.presence == Presence.INVITED for each in rows),
        "listed_on": day(row.listed_on) if row.listed_on else "",
        "form": ActForm(),
    }


def _guest(row: GroupMeeting, guest: Any, name: str) -> Guest:
    page = "session_presence" if row.product == Product.IK_JIJ_WIJ else "presence"
    is_expected = row.state == State.PLANNED and guest.presence == Presence.INVITED
    return Guest(
        id=guest.id,
        name=name,
        state=f"presence.{guest.presence}",
        wants_talk=guest.wants_talk,
        url=reverse(f"products:{page}", args=[guest.id]),
        off=reverse("products:meeting_off", args=[guest.id]) if is_expected else "",
        talk=reverse("products:follow_up", args=[guest.id]) if guest.followed_on is None else "",
    )


def may_come(request: Any, row: GroupMeeting) -> list[tuple[str, str]]:
    """List the mothers whose part in the product is planned and who are not on the list yet."""
    actor, on = request.actor, request.now.on
    parts = Participation.visible_to(actor, on).filter(
        product=row.product, state__in=[Part.PLANNED, Part.RUNNING], prison_id=row.prison_id
    )
    invited = {each.dossier_id for each in Attendance.visible_to(actor, on).filter(meeting_id=row.pk)}
    ids = [part.dossier_id for part in parts if part.dossier_id not in invited]
    known = names.mothers(request, ids)
    return sorted(((str(each), known.get(each, "")) for each in ids), key=lambda pair: pair[1])
