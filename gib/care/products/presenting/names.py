"""The names of people on a page, as far as its reader may see them."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from gib.core.ui.words import short_name
from gib.people.families.models import Participant
from gib.people.volunteers.models import Volunteer


def mothers(request: Any, dossier_ids: Iterable[UUID]) -> dict[UUID, str]:
    """Give the short names of mothers whom this reader may see; a volunteer reads first names."""
    rows = Participant.visible_to(request.actor, request.now.on).filter(dossier_id__in=set(dossier_ids))
    return {
        row.dossier_id: short_name(f"{row.first_name} {row.last_name}")
        if row.shows("identity")
        else str(row.first_name)
        for row in rows.unlocked()
    }


def volunteers(request: Any, ids: Iterable[UUID | None]) -> dict[UUID, str]:
    """Give the short names of volunteers whom this reader may see."""
    rows = Volunteer.visible_to(request.actor, request.now.on).filter(pk__in={each for each in ids if each})
    return {row.id: short_name(f"{row.given_name} {row.family_name}") for row in rows.unlocked()}
