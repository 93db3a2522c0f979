"""The people of a demonstration; their names are invented, so reading them is not logged."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

from gib.core.access.tables import Role
from gib.core.kernel.clock import Now
from gib.core.vault import boxes, reads
from gib.people.accounts.domain import Standing
from gib.people.accounts.models import Appointment
from gib.people.accounts.words import ROLE_WORDS

#: How many of one role are shown before one asks for all of them.
FEW: Final = 6


@dataclass(frozen=True)
class Door:
    """One person to step into."""

    appointment_id: int
    name: str
    place: str


@dataclass(frozen=True)
class Group:
    """The people of one role; `more` counts those not shown."""

    role: str
    word: Any
    doors: list[Door]
    more: int


def people_by_role(now: Now, only: str = "") -> list[Group]:
    """Give the people with access today by role: the first few, or all of the one role asked for."""
    rows = (
        Appointment.objects.current(now.on).select_related("user", "team", "partner").order_by("role", "pk")
    )
    found = {role: list(group) for role, group in groupby(rows, key=lambda row: row.role)}
    shown = {role: found[role] if role == only else found[role][:FEW] for role in _wanted(found, only)}
    _open_names([row.user_id for group in shown.values() for row in group])
    return [
        Group(role, ROLE_WORDS[Role(role)], [_door(row) for row in group], len(found[role]) - len(group))
        for role, group in shown.items()
    ]


def _wanted(found: dict[str, Any], only: str) -> Iterator[str]:
    return (str(role) for role in Role if role in found and only in ("", role))


def _open_names(user_ids: list[Any]) -> None:
    reads.required().own.update(user_ids)
    boxes.unlock(user_ids)


def _door(row: Appointment) -> Door:
    return Door(row.pk, row.user.display_name, str(row.team or row.partner or ""))


def seat_of(appointment_id: str, now: Now) -> Appointment | None:
    """Give the appointment to step into, when it holds today."""
    rows = Appointment.objects.current(now.on).select_related("user")
    row: Appointment | None = rows.filter(pk=appointment_id).first() if appointment_id.isdecimal() else None
    return row if row and row.standing(now.on) is Standing.CURRENT else None
