"""Intakes for stories, made by performing the actions."""

from datetime import date, time, timedelta

from gib.care.intake import actions
from gib.care.intake.domain import Area, Choice, Needs, Products, Said, Talked, Why, Wishes
from gib.care.intake.models import Intake
from gib.care.referral import builders as referrals
from gib.care.referral.builders import TUESDAY, Cast, later
from gib.core.access.actor import Actor
from gib.core.kernel.clock import Now
from gib.people.families.domain.codes import Place
from gib.people.families.domain.consent import Answer
from gib.people.partners.domain import Product

WISHES = ("Noor mag mij niet vergeten", "Een huis voor ons drie")


def planned(people: Cast, now: Now = TUESDAY, on: date | None = None) -> Intake:
    """Give an intake with a talk planned, three days ahead unless told otherwise."""
    row = referrals.referred(people.mmd, now)
    planned_on = on or now.on + timedelta(days=3)
    return actions.plan(people.coordinator, row.id, planned_on, time(10, 30), "spreekkamer 2", now)


def held(people: Cast, now: Now = TUESDAY) -> Intake:
    """Give an intake with its first talk held today."""
    intake = planned(people, now, on=now.on)
    actions.hold(people.coordinator, intake.id, now.on, now)
    return intake


def told(coordinator: Actor, intake: Intake, now: Now = TUESDAY) -> None:
    """Write down what she wants, how she is, what she was offered, and that she says yes."""
    said = {
        Area.MONEY: Said(mark=1, note="Ik weet niet hoeveel ik moet betalen"),
        Area.UPBRINGING: Said(mark=3),
    }
    actions.save_needs(coordinator, intake.id, Needs(said=said), now)
    actions.save_wishes(coordinator, intake.id, Wishes(words=WISHES), now)
    talked = {
        Product.BEZOEKMOEDERS: Talked(choice=Choice.WANTED),
        Product.IK_JIJ_WIJ: Talked(choice=Choice.DECLINED, why=Why.TOO_MUCH),
    }
    actions.save_products(coordinator, intake.id, Products(talked=talked), now)
    actions.take_consent(coordinator, intake.id, Answer(place=Place.PRISON), "nl", now)


def complete(people: Cast, now: Now = TUESDAY) -> Intake:
    """Give a complete intake."""
    intake = held(people, now)
    told(people.coordinator, intake, now)
    return actions.complete(people.coordinator, intake.id, now)


__all__ = ["WISHES", "complete", "held", "later", "planned", "told"]
