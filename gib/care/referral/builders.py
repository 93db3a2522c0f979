"""Referrals for stories, made by performing the actions; all people are invented."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final
from uuid import UUID

from gib.care.referral import actions
from gib.care.referral.domain import Answers, Channel, Children
from gib.care.referral.models import Referral
from gib.core.access.actor import Actor
from gib.core.access.tables import Role
from gib.core.kernel.clock import Now
from gib.people.partners import builders as places

TUESDAY: Final = Now(datetime(2011, 1, 11, 9, tzinfo=UTC), date(2011, 1, 11))


@dataclass(frozen=True)
class Cast:
    """Who plays: of each role one, and a stranger from another prison."""

    coordinator: Actor
    stranger: Actor
    mmd: Actor
    other_mmd: Actor
    safety_house: Actor
    volunteer: Actor


def cast() -> Cast:
    """Give the people of a story about referrals, with their teams and organisations."""
    one, other = places.two_teams()
    desk, other_desk = places.two_prison_desks()
    return Cast(
        coordinator=Actor(UUID(int=101), Role.COORDINATOR, frozenset({one.pk})),
        stranger=Actor(UUID(int=102), Role.COORDINATOR, frozenset({other.pk})),
        mmd=Actor(UUID(int=103), Role.REFERRER, partner_id=desk.pk),
        other_mmd=Actor(UUID(int=104), Role.REFERRER, partner_id=other_desk.pk),
        safety_house=Actor(UUID(int=105), Role.SAFETY_HOUSE, partner_id=places.a_safety_house().pk),
        volunteer=Actor(UUID(int=106), Role.VOLUNTEER, volunteer_id=UUID(int=107)),
    )


def answers(now: Now = TUESDAY, **changes: Any) -> Answers:
    """Give the answers about a mother who is expected to leave in 23 days."""
    told: dict[str, Any] = {
        "first_name": "Wendeline",
        "last_name": "Verzonnen-van den Fictie",
        "born_on": date(1984, 8, 14),
        "unit": "B2",
        "consent_seen_on": now.on,
        "children": Children.NUMBER,
        "children_count": 2,
        "expected_on": now.on + timedelta(days=23),
        "expected_source": "prison",
        "language": "nl",
        "wish": "Ik wil weten hoe het met mijn kinderen gaat.",
        "call_back": "toestel 17",
        "channel": Channel.MMD,
    }
    return Answers(**told | changes)


def referred(referrer: Actor, now: Now = TUESDAY, **changes: Any) -> Referral:
    """Give a referral that was sent."""
    return actions.refer(referrer, answers(now, **changes), now)


def accepted(people: Cast, now: Now = TUESDAY, **changes: Any) -> Referral:
    """Give a referral that the coordinator took on."""
    return actions.accept(people.coordinator, referred(people.mmd, now, **changes).id, now)


def planned(people: Cast, now: Now = TUESDAY, **changes: Any) -> Referral:
    """Give a referral with a day for the first talk, three days ahead."""
    row = referred(people.mmd, now, **changes)
    planned_on = now.on + timedelta(days=3)
    return actions.plan_intake(people.coordinator, row.id, planned_on, time(10, 30), now)


def later(now: Now, days: int) -> Now:
    """Give the same hour some days later."""
    return Now(now.at + timedelta(days=days), now.on + timedelta(days=days))
