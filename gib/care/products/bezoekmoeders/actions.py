"""Visits of a visiting mother: a series every two weeks, each visit with its own day and time."""

from datetime import date, time
from uuid import UUID

from gib.care.products.actions import plan_visit
from gib.care.products.bezoekmoeders.domain import series
from gib.care.products.models import Contact, norm
from gib.core.access.actor import Actor
from gib.core.access.tables import P
from gib.core.journal.acts import act
from gib.core.kernel.clock import Now


@act(P.MATCH)
def plan_series(
    actor: Actor, match_id: UUID, first_on: date, at: time, place: str, number: int, now: Now
) -> list[Contact]:
    """Plan a series of visits; one day on which the volunteer may not come stops the whole series.

    Raises:
        RuleBroken: 'series_length', and those of planning one visit.
    """
    days = series(first_on, number, norm("visit_rhythm_days", now.on))
    return [plan_visit(actor, match_id, day, at, place, now) for day in days]
