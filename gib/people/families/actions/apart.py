"""Keeping two mothers apart in groups, and no longer."""

from uuid import UUID

from gib.core.access.actor import Actor
from gib.core.access.tables import P
from gib.core.journal.acts import act, carry_out
from gib.core.kernel.clock import Now
from gib.core.kernel.dates import Period
from gib.core.kernel.rules import RuleBroken
from gib.people.families import domain
from gib.people.families.domain.episodes import check_end
from gib.people.families.models import Dossier, Separation, apart_from


@act(P.EDIT_FAMILY)
def keep_apart(actor: Actor, dossier_id: UUID, other_id: UUID, now: Now) -> Separation:
    """Keep two mothers apart from today: nobody can put both on the list of one group.

    Why is not asked and not stored; both dossiers must exist for who does it.

    Raises:
        RuleBroken: 'no_change' when they are kept apart already.
        Http404: one of the two does not exist for this actor, or both are the same.

    Source: domain page 1.2, exceptions.
    """
    rows = Dossier.for_action(actor, now.on)
    pair = rows.get_or_404(pk=dossier_id), rows.exclude(pk=dossier_id).get_or_404(pk=other_id)
    if other_id in apart_from(dossier_id, now.on):
        raise RuleBroken("no_change")
    first, other = sorted(pair, key=lambda row: row.id)
    row = Separation(dossier=first, team_id=first.team_id, other=other, from_on=now.on, set_by=actor.user_id)
    events = [domain.KeptApart(dossier_id=each.id, separation_id=row.id) for each in pair]
    carry_out(actor, now, rows=[row], events=events)
    return row


@act(P.EDIT_FAMILY)
def end_apart(actor: Actor, separation_id: UUID, now: Now) -> Separation:
    """Let two mothers come together in a group again, from tomorrow.

    Raises:
        RuleBroken: 'episode_closed'.
    """
    row: Separation = Separation.for_action(actor, now.on).get_or_404(pk=separation_id)
    check_end(Period(row.from_on, row.to_on), now.on)
    row.to_on = now.on
    events = [
        domain.ApartEnded(dossier_id=each, separation_id=row.id) for each in (row.dossier_id, row.other_id)
    ]
    carry_out(actor, now, rows=[row], events=events)
    return row
