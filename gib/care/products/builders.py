"""Products, matches and visits for stories, made by performing the acts; all people are invented."""

from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any
from uuid import UUID

from gib.care.products import actions
from gib.care.products.actions.contacts import Log
from gib.care.products.actions.meetings import NewMeeting
from gib.care.products.models import Contact, GroupMeeting, Match, Participation, VisitSeries
from gib.care.trajectory import builders as trajectories
from gib.core.access.actor import Actor
from gib.core.kernel.clock import Now
from gib.people.families import builders as families
from gib.people.families.domain.codes import Purpose
from gib.people.partners.domain import Product
from gib.people.volunteers import builders as volunteers
from gib.people.volunteers.models import Volunteer

AT = time(10, 30)
PRISON = "NSL"


def after(now: Now, days: int) -> Now:
    """Give the same hour some days later."""
    return replace(now, at=now.at + timedelta(days=days), on=now.on + timedelta(days=days))


def a_volunteer(actor: Actor, now: Now, *products: Product, **facts: Any) -> Volunteer:
    """Give a volunteer with all papers for some products, known at the prison of the stories."""
    row = volunteers.available(actor, now, *(products or tuple(Product)), prison=PRISON, **facts)
    volunteers.identified(actor, row.id, now)
    return row


def wished(actor: Actor, dossier_id: UUID, product: Product, now: Now) -> Participation:
    """Let her wish a product."""
    return actions.wish(actor, dossier_id, product, now)


def planned(actor: Actor, dossier_id: UUID, product: Product, now: Now) -> Participation:
    """Let a product be wished, offered and planned."""
    part = wished(actor, dossier_id, product, now)
    actions.offer(actor, part.id, now)
    return actions.plan(actor, part.id, now)


def proposed(actor: Actor, part: Participation, volunteer: Volunteer, now: Now) -> Match:
    """Ask a volunteer for a mother."""
    return actions.propose_match(actor, part.id, volunteer.id, now)


def introduced(actor: Actor, part: Participation, volunteer: Volunteer, now: Now) -> Match:
    """Let both say yes and meet."""
    match = proposed(actor, part, volunteer, now)
    actions.mother_answers(actor, match.id, True, now)
    actions.volunteer_answers(actor, match.id, True, now)
    return actions.introduce(actor, match.id, now)


def visited(actor: Actor, match: Match, held_on: date, now: Now, **facts: Any) -> Contact:
    """Let a visit be held and told."""
    told: dict[str, Any] = {"held_on": held_on, "minutes": 90, "mood": 4}
    log = Log(**told | facts)
    return actions.log_visit(actor, match.id, log, now)


def running(actor: Actor, part: Participation, volunteer: Volunteer, now: Now) -> Match:
    """Let a match run: they met on this day, and three contacts followed within two days."""
    match = introduced(actor, part, volunteer, now)
    actions.start(actor, part.id, now)
    actions.start_trial(actor, match.id, now)
    for days in (0, 1, 2):
        visited(actor, match, after(now, days).on, after(now, days))
    return actions.run(actor, match.id, after(now, 2))


def in_series(actor: Actor, match: Match, now: Now, **facts: Any) -> VisitSeries:
    """Let visits of a match fall every two weeks at half past ten, from today."""
    told: dict[str, Any] = {"from_on": now.on, "at": AT, "minutes": 90, "every_days": 14}
    return actions.start_series(
        actor, match.id, actions.NewSeries(**told | {"place": "Spreekkamer"} | facts), now
    )


def visiting(actor: Actor, now: Now, number: int = 0) -> tuple[Participation, Match]:
    """Give a mother inside with a visiting mother: both just met, the product has begun."""
    plan = trajectories.inside(actor, now, number)
    part = planned(actor, plan.dossier_id, Product.BEZOEKMOEDERS, now)
    match = introduced(actor, part, a_volunteer(actor, now), now)
    return actions.start(actor, part.id, now), match


def at_home(actor: Actor, now: Now, number: int = 0) -> tuple[Participation, Match]:
    """Give a mother at home in Amsterdam with a maatje, whose help is paid for."""
    plan = trajectories.outside(actor, now, number)
    part = planned(actor, plan.dossier_id, Product.MOEDERMAATJES, now)
    match = introduced(actor, part, a_volunteer(actor, now), now)
    return actions.start(actor, part.id, now), match


def a_meeting(
    actor: Actor, now: Now, product: Product = Product.MOEDER_DE_GANS, days: int = 7
) -> GroupMeeting:
    """Plan a group meeting for the first team of a coordinator, a week from today, in a large room."""
    facts: dict[str, Any] = {"planned_time": AT, "room": f"Zaal {list(Product).index(product)}", "places": 60}
    new = NewMeeting(product=product, planned_on=after(now, days).on, **facts)
    return actions.plan_meeting(actor, min(actor.team_ids), new, now)


def consented_again(actor: Actor, dossier_id: UUID, now: Now) -> None:
    """Let her renew her consent, as a release asks."""
    families.with_consent(actor, dossier_id, Purpose.SUPPORT, now)
