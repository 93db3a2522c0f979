"""The names of mothers in a list, as far as its reader may see them."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from gib.core.access.actor import Actor
from gib.core.access.together import Known, Steps, in_steps
from gib.core.ui.words import short_name
from gib.people.families.models import Participant


@in_steps
def names_of(actor: Actor, on: date, dossier_ids: Iterable[UUID]) -> Steps[dict[UUID, str]]:
    """Give first name and initial by dossier; a volunteer reads first names."""
    found = yield Known(Participant, actor, on, "dossier_id", frozenset(dossier_ids))
    return {
        row.dossier_id: short_name(f"{row.first_name} {row.last_name}")
        if row.shows("identity")
        else str(row.first_name)
        for row in found
    }
