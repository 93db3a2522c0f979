"""Who is involved in a dossier: episodes that later stages write with the act that is their ground."""

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q

from gib.core.access.actor import Actor
from gib.core.access.tables import Scope
from gib.core.journal.acts import act, carry_out
from gib.core.kernel.clock import Now
from gib.people.families.models import Involvement


@act
def involve(
    actor: Actor,
    dossier_id: UUID,
    kind: Scope,
    party: str,
    source_id: UUID,
    now: Now,
    *,
    from_on: date | None = None,
) -> Involvement:
    """Involve a user, volunteer or partner in a dossier, from today or a given day.

    Args:
        party: as `Actor.party` writes it: a user or volunteer id, or `partner:<number>`.
        source_id: the row that is the ground; one that already involves this party is left as it is.

    Returns: the episode.
    """
    known = Involvement.of_source(source_id).filter(
        dossier_id=dossier_id, kind=str(kind), party=party, to_on__isnull=True
    )
    if row := known.first():
        return row
    row = Involvement(
        dossier_id=dossier_id, kind=str(kind), party=party, source_id=source_id, from_on=from_on or now.on
    )
    carry_out(actor, now, rows=[row])
    return row


@act
def end_involvement(actor: Actor, source_id: UUID, to_on: date, now: Now) -> None:
    """End the episodes that one row is the ground of; `to_on` is the last day of sight.

    An episode that would end before it begins is taken away: it never gave sight of anything.
    """
    running = Involvement.of_source(source_id).filter(to_on__isnull=True)
    running.filter(from_on__gt=to_on).delete()
    running.update(to_on=to_on)


def shorten_involvement(source_id: UUID, to_on: date) -> None:
    """Let the episodes of one row end no later than a day, inside the act that is the reason.

    An episode that would end before it begins is taken away: it never gave sight of anything.
    """
    longer = Involvement.of_source(source_id).filter(Q(to_on__isnull=True) | Q(to_on__gt=to_on))
    longer.filter(from_on__gt=to_on).delete()
    longer.update(to_on=to_on)


def stop_sight(dossier_id: UUID, kind: Scope, parties: Iterable[str], now: Now) -> None:
    """End what these parties see of a dossier as from today, inside the act that is the reason."""
    yesterday = now.on - timedelta(days=1)
    running = Involvement.current(dossier_id, now.on).filter(kind=str(kind), party__in=list(parties))
    running.filter(from_on__gt=yesterday).delete()
    running.update(to_on=yesterday)
