"""Whose term is over among those who left, and which rows stay without her."""

from collections.abc import Iterable
from datetime import date
from typing import Final
from uuid import UUID

from gib.core.access.actor import Actor
from gib.core.access.rows import ScopedQuerySet
from gib.core.kernel.dates import add_months
from gib.people.partners.models import legal_values
from gib.people.volunteers.domain import State
from gib.people.volunteers.domain.erasure import KEPT_YEARS
from gib.people.volunteers.domain.expenses import ClaimState
from gib.people.volunteers.models.expenses import Claim, ClaimYear, Payment
from gib.people.volunteers.models.volunteer import Volunteer, VolunteerRow, VolunteerStand

#: What figures and the accounts need of a volunteer, as ids, days, codes and amounts; all else of her goes.
STAYS: Final[tuple[type[VolunteerRow], ...]] = (VolunteerStand, ClaimYear, Claim, Payment)


def kept_years(on: date) -> int:
    """Give for how many years who left is kept, as it holds on a day."""
    return legal_values(on).get("volunteer_left", KEPT_YEARS)


def due(actor: Actor, on: date) -> ScopedQuerySet:
    """Ask who of the actor's teams left longer ago than the term, the longest ago first."""
    return longer_gone(Volunteer.visible_to(actor, on), on)


def longer_gone(rows: ScopedQuerySet, on: date) -> ScopedQuerySet:
    """Keep the volunteers who left longer ago than the term, the longest ago first."""
    before = add_months(on, -12 * kept_years(on))
    return rows.filter(state=State.LEFT, left_on__lt=before).order_by("left_on")


def unsettled(volunteer_ids: Iterable[UUID], on: date) -> ScopedQuerySet:
    """Ask for the claims of volunteers that wait for an approval or for the bank."""
    waiting = (ClaimState.SUBMITTED, ClaimState.APPROVED)
    return Claim.for_house("erasure", on).filter(volunteer_id__in=list(volunteer_ids), state__in=waiting)


def open_claims(volunteer_id: UUID, on: date) -> int:
    """Count the claims of a volunteer that wait for an approval or for the bank."""
    return int(unsettled([volunteer_id], on).count())
