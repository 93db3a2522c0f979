"""The names of mothers in a list, as far as its reader may see them."""

from collections.abc import Iterable
from datetime import date
from typing import Final
from uuid import UUID

from gib.core.access.actor import Actor
from gib.core.access.together import Known, Steps, in_steps
from gib.core.ui.words import short_name
from gib.people.families.models import Participant

#: What is read of a mother to name her: an index holds it.
_NAMED: Final = ("dossier", "team", "first_name", "last_name")


@in_steps
def names_of(actor: Actor, on: date, dossier_ids: Iterable[UUID]) -> Steps[dict[UUID, str]]:
    """Give first name and initial by dossier; a volunteer reads first names."""
    found = yield Known(Participant, actor, on, "dossier_id", frozenset(dossier_ids), _NAMED)
    return {
        row.dossier_id: short_name(f"{row.first_name} {row.last_name}")
        if row.shows("identity")
        else str(row.first_name)
        for row in found
    }
