"""Volunteers who are never asked for a mother: set, and lifted again."""

from uuid import UUID

from gib.care.products import domain
from gib.care.products.actions.matches import withdraw_match
from gib.care.products.domain.match import ASKED, State, Why, check_parted
from gib.care.products.models import Exclusion, Match, is_excluded
from gib.core.access.actor import Actor
from gib.core.access.tables import P
from gib.core.journal.acts import act, carry_out
from gib.core.kernel.clock import Now
from gib.core.kernel.dates import Period
from gib.core.kernel.rules import RuleBroken
from gib.people.families.domain.episodes import check_end
from gib.people.families.models import Dossier
from gib.people.volunteers.models import Volunteer


@act(P.MATCH)
def exclude(actor: Actor, dossier_id: UUID, volunteer_id: UUID, why: Why, now: Now) -> Exclusion:
    """Never ask a volunteer for a mother, from today; what she was asked for her is taken back.

    Raises:
        RuleBroken: 'no_change' when it stands already, 'match_live' while they see each other.
        Http404: the dossier does not exist for this actor, nor does a volunteer who was never asked for it.
    """
    dossier: Dossier = Dossier.for_action(actor, now.on).get_or_404(pk=dossier_id)
    matches = list(Match.for_action(actor, now.on).filter(dossier_id=dossier_id, volunteer_id=volunteer_id))
    if not matches:
        Volunteer.for_action(actor, now.on).get_or_404(pk=volunteer_id)
    if is_excluded(dossier_id, volunteer_id, now.on):
        raise RuleBroken("no_change")
    check_parted(State(match.state) for match in matches)
    for match in matches:
        if match.state in ASKED:
            withdraw_match(actor, match.id, now)
    row = Exclusion(
        dossier=dossier,
        team_id=dossier.team_id,
        volunteer_id=volunteer_id,
        why=why,
        from_on=now.on,
        set_by=actor.user_id,
    )
    event = domain.Excluded(dossier_id=dossier_id, exclusion_id=row.id, volunteer_id=volunteer_id, why=why)
    carry_out(actor, now, rows=[row], events=[event])
    return row


@act(P.MATCH)
def lift_exclusion(actor: Actor, exclusion_id: UUID, now: Now) -> Exclusion:
    """Let a volunteer be asked for a mother again, from tomorrow.

    Raises:
        RuleBroken: 'episode_closed'.
    """
    row: Exclusion = Exclusion.for_action(actor, now.on).get_or_404(pk=exclusion_id)
    check_end(Period(row.from_on, row.to_on), now.on)
    row.to_on = now.on
    event = domain.ExclusionLifted(
        dossier_id=row.dossier_id, exclusion_id=row.id, volunteer_id=row.volunteer_id
    )
    carry_out(actor, now, rows=[row], events=[event])
    return row
