"""Finding somebody by name within one's own scope: decrypted in memory, one line in the reading log."""

from collections.abc import Iterable
from typing import Any, Final
from uuid import UUID

from gib.core.access.actor import Actor
from gib.core.access.tables import SEES, Kind
from gib.core.kernel.clock import Now
from gib.core.kernel.letters import plain
from gib.core.vault.scan import scan
from gib.people.families.models import Child, Participant, number_of
from gib.people.volunteers.models import Volunteer

MOST: Final = 50
_PARTICLES: Final = frozenset({"van", "der", "den", "de", "het", "ten", "ter", "te", "el", "al", "'t"})


def folded(text: str) -> list[str]:
    """Split a name into words without case, accents and particles such as "van der"."""
    words = "".join(sign if sign.isalnum() else " " for sign in plain(text)).split()
    return [word for word in words if word not in _PARTICLES] or words


def matches(wanted: list[str], names: Iterable[str]) -> bool:
    """Tell whether every wanted word begins some word of the names."""
    words = [word for name in names for word in folded(name)]
    return bool(wanted) and all(any(word.startswith(part) for word in words) for part in wanted)


def dossiers(actor: Actor, text: str, now: Now) -> list[UUID]:
    """Find dossiers by the name of the mother or of a child, or by their number.

    Returns: at most 50 dossier ids, without repeats, in a fixed order.
    """
    wanted = folded(text)
    if not wanted or Kind.FAMILY not in SEES[actor.role]:
        return []

    def test(row: Any) -> UUID | None:
        names = [row.first_name, getattr(row, "last_name", "")]
        hit = matches(wanted, names) or text.strip().upper() == number_of(row.dossier_id)
        return row.dossier_id if hit else None

    people = [row for model in (Participant, Child) for row in model.objects.for_reader(actor, now.on)]
    return sorted(set(scan("search", people, test)))[:MOST]


def volunteers(actor: Actor, text: str, now: Now) -> list[UUID]:
    """Find volunteers of the own team by name."""
    wanted = folded(text)
    if not wanted or Kind.VOLUNTEER not in SEES[actor.role]:
        return []
    rows = list(Volunteer.objects.for_reader(actor, now.on))
    found = scan(
        "search", rows, lambda row: row.id if matches(wanted, [row.given_name, row.family_name]) else None
    )
    return sorted(found)[:MOST]
