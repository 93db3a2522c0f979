"""Erasing a volunteer who left."""

from typing import Any
from uuid import UUID

from gib.core.access import rls
from gib.core.access.actor import Actor, house
from gib.core.access.rows import ScopedModel
from gib.core.access.tables import P
from gib.core.journal.acts import act, carry_out, remove
from gib.core.kernel.clock import Now
from gib.core.vault import boxes
from gib.core.vault.fields import SealedField
from gib.people.accounts import actions as accounts
from gib.people.partners import actions as places
from gib.people.volunteers.actions.volunteers import load
from gib.people.volunteers.domain import State
from gib.people.volunteers.domain.erasure import VolunteerErased, check_erase
from gib.people.volunteers.models import Volunteer
from gib.people.volunteers.models.erasure import STAYS, kept_years, open_claims
from gib.people.volunteers.models.volunteer import VolunteerRow


@act(P.MANAGE_VOLUNTEER)
def erase(actor: Actor, volunteer_id: UUID, now: Now) -> None:
    """Destroy the key of a volunteer who left and that of her account, and take away what nobody needs.

    Her id stays, with the days on which she was here, and what was paid to her: figures count them, matches
    and visits of mothers point at them, and the accounts must show them. They lie with a team in which nobody
    sits, so nobody sees them more.

    Raises:
        RuleBroken: 'volunteer_kept' before the term is over; 'volunteer_owed' while a claim of hers waits.

    Source: VOL-03; ADR on the erasure of a volunteer.
    """
    row = load(actor, volunteer_id, now)
    left_on = row.left_on if row.state == State.LEFT else None
    with rls.acting_as(house("erasure"), now.on):
        check_erase(left_on, kept_years(now.on), now.on, open_claims(row.id, now.on))
    carry_out(actor, now, events=[VolunteerErased(volunteer_id=row.id)])
    with rls.acting_as(house("erasure"), now.on):
        accounts.forget_file(house("erasure"), row.id, now)
        goes = [kind for kind in VolunteerRow.__subclasses__() if kind not in STAYS]
        remove(*(_hers(kind, row.id, now) for kind in goes))
        nobodys = places.nobodys_team(row.team.prison_id)
        for kind in STAYS:
            _hers(kind, row.id, now).update(**_emptied(kind), team_id=nobodys.pk)
        own = Volunteer.for_house("erasure", now.on).filter(pk=row.id)
        own.update(**_emptied(Volunteer), team_id=nobodys.pk)
    boxes.erase(row.id, now.at)


def _hers(kind: type[VolunteerRow], volunteer_id: UUID, now: Now) -> Any:
    return kind.for_house("erasure", now.on).filter(volunteer_id=volunteer_id)


def _emptied(kind: type[ScopedModel]) -> dict[str, Any]:
    sealed = {field.attname: None for field in kind._meta.concrete_fields if isinstance(field, SealedField)}
    return sealed | getattr(kind.Access, "erased", {})
