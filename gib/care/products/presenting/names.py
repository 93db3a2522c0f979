"""The names of people on a page, as far as its reader may see them."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from gib.core.access.together import Steps, begin, in_steps
from gib.core.ui.words import short_name
from gib.people.families.naming import names_of
from gib.people.volunteers.models import named


@in_steps
def mothers(request: Any, dossier_ids: Iterable[UUID]) -> Steps[dict[UUID, str]]:
    """Give the short names of mothers whom this reader may see; a volunteer reads first names."""
    found: dict[UUID, str] = yield from begin(names_of, request.actor, request.now.on, dossier_ids)
    return found


@in_steps
def volunteers(request: Any, ids: Iterable[UUID | None]) -> Steps[dict[UUID, str]]:
    """Give the short names of volunteers whom this reader may see."""
    found = yield named(request.actor, request.now.on, ids)
    return {row.id: short_name(f"{row.given_name} {row.family_name}") for row in found}
