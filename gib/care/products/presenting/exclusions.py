"""Which volunteers are never asked for a mother, as her page shows it."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from gib.care.products import words
from gib.care.products.domain.match import Why
from gib.care.products.models import Exclusion
from gib.care.products.presenting import names
from gib.core.access.together import Steps, begin, in_steps
from gib.core.ui.words import day, short_name
from gib.people.accounts.models import usernames
from gib.people.families.models.readers import on_day
from gib.people.volunteers.domain import State as Standing
from gib.people.volunteers.models import Volunteer


@dataclass(frozen=True)
class ExclusionLine:
    """One volunteer who is not asked for her: who, why, since when and who set it."""

    id: UUID
    name: str
    why: str
    since: str
    by: str


@in_steps
def exclusions_of(request: Any, dossier_id: UUID, on: date) -> Steps[list[ExclusionLine]]:
    """List who is not asked for a mother today."""
    kept = Exclusion.visible_to(request.actor, on).filter(on_day(on), dossier_id=dossier_id)
    rows = yield kept.order_by("from_on", "id")
    helpers = yield from begin(names.volunteers, request, [row.volunteer_id for row in rows])
    known = usernames(row.set_by for row in rows)
    return [
        ExclusionLine(
            id=row.id,
            name=helpers.get(row.volunteer_id, ""),
            why=str(words.WHYS[Why(row.why)]),
            since=day(row.from_on),
            by=known.get(row.set_by, ""),
        )
        for row in rows
    ]


def helpers_of(request: Any) -> list[tuple[str, str]]:
    """List the volunteers of the team by name."""
    rows = Volunteer.visible_to(request.actor, request.now.on)
    rows = rows.exclude(state__in=[Standing.LEFT, Standing.REJECTED]).unlocked()
    known = [(str(row.id), short_name(f"{row.given_name} {row.family_name}")) for row in rows]
    return sorted(known, key=lambda pair: pair[1])
