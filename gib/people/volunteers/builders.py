"""Volunteers for stories, made by performing the actions."""

from datetime import date, timedelta
from uuid import UUID

from gib.core.access.actor import Actor
from gib.core.kernel.clock import Now
from gib.people.partners.domain import Product
from gib.people.volunteers import actions
from gib.people.volunteers.actions.agreement import say_goodbye
from gib.people.volunteers.domain import BASE, TRAINING_FOR, LeaveReason, Requirement, State
from gib.people.volunteers.models import Volunteer


def interested(
    coordinator: Actor, now: Now, given_name: str = "Truus", family_name: str = "Voorbeeld"
) -> Volunteer:
    """Write in somebody for the first team of a coordinator."""
    facts = actions.NewVolunteer(
        given_name=given_name,
        family_name=family_name,
        born_on=date(1960, 5, 4),
        phone="+31612345678",
        postcode="3511 AB",
    )
    return actions.register(coordinator, min(coordinator.team_ids), facts, now)


def with_papers(
    coordinator: Actor, volunteer_id: UUID, now: Now, *products: Product, prison: str = "", months: int = 6
) -> None:
    """See everything in order for some products, since some months; with access to a prison when named."""
    seen_on = now.on - timedelta(days=30 * months)
    wanted: list[Requirement] = [*BASE, *(TRAINING_FOR[product] for product in products)]
    for requirement in wanted:
        actions.record_completion(coordinator, volunteer_id, requirement, seen_on, None, now)
    if prison:
        actions.grant_permit(coordinator, volunteer_id, prison, seen_on, None, now)


def identified(coordinator: Actor, volunteer_id: UUID, now: Now) -> None:
    """See an identity document that holds for another five years."""
    until = now.on + timedelta(days=5 * 365)
    actions.record_completion(coordinator, volunteer_id, Requirement.IDENTITY, now.on, until, now)


def available(
    coordinator: Actor,
    now: Now,
    *products: Product,
    prison: str = "",
    given_name: str = "Truus",
    family_name: str = "Voorbeeld",
) -> Volunteer:
    """Give a volunteer who may work for some products."""
    volunteer = interested(coordinator, now, given_name, family_name)
    for state in (State.INTERVIEW, State.SCREENING, State.TRAINING):
        actions.move(coordinator, volunteer.id, state, now)
    with_papers(coordinator, volunteer.id, now, *products, prison=prison)
    return actions.move(coordinator, volunteer.id, State.AVAILABLE, now)


def long_gone(coordinator: Actor, since: Now, left: Now) -> Volunteer:
    """Give a volunteer who was with us between two moments."""
    volunteer = available(coordinator, since, Product.BEZOEKMOEDERS, given_name="Roos", family_name="Klimop")
    actions.leave(coordinator, volunteer.id, LeaveReason.MOVED, left)
    say_goodbye(coordinator, volunteer.id, left)
    return volunteer
