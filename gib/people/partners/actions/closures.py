"""Acts on days on which a prison is closed: told once, and everybody whom it touches hears of it."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404

from gib.core.access.actor import Actor
from gib.core.access.tables import P, Role
from gib.core.journal.acts import act, carry_out
from gib.core.kernel.clock import Now
from gib.core.kernel.dates import Period
from gib.people.partners.actions.facts import ending, stood_for
from gib.people.partners.domain import Closing, PrisonClosed, PrisonOpened
from gib.people.partners.domain.terms import check_closure
from gib.people.partners.models import Prison, PrisonClosure, Team, closures_of


@dataclass(frozen=True, kw_only=True)
class ClosureFacts:
    """Days on which a prison is closed, the last one included, and why."""

    from_on: date
    to_on: date
    why: Closing


@act(P.EDIT_REFERENCE, P.RUN_PRODUCT)
def close_prison(actor: Actor, prison_code: str, facts: ClosureFacts, now: Now) -> PrisonClosure:
    """Note that a prison lets no visitors in; what was planned there is called off by who hears the event.

    Raises:
        RuleBroken: 'period_backwards', 'closure_over', 'closure_overlaps'.
        Http404: there is no such prison, or no team of the actor is there.

    Source: domain page 1.9; issue of the products: a lockdown of a day cancels and tells everyone.
    """
    prison = get_object_or_404(Prison, pk=prison_code)
    check_there(actor, prison_code)
    days = Period(facts.from_on, facts.to_on)
    check_closure(days, [each.days for each in closures_of(prison_code, now.on)], now.on)
    row = PrisonClosure(
        prison=prison,
        why=facts.why,
        valid_from=facts.from_on,
        valid_to=facts.to_on + timedelta(days=1),
        **stood_for(actor, now),
    )
    carry_out(actor, now, rows=[row])
    event = PrisonClosed(closure_id=row.pk, prison=prison_code, **vars(facts))
    carry_out(actor, now, events=[event])
    return row


@act(P.EDIT_REFERENCE, P.RUN_PRODUCT)
def open_prison(actor: Actor, closure_id: int, opens_on: date, now: Now) -> Any:
    """Note that a prison is open again sooner; what was called off is not planned by itself.

    Args:
        opens_on: the first day on which visitors come in again.

    Raises:
        RuleBroken: 'fact_over', 'ends_too_early'.
        Http404: there is no such closure, or no team of the actor is there.
    """
    row: Any = ending(PrisonClosure, closure_id, opens_on)
    check_there(actor, row.prison_id)
    event = PrisonOpened(closure_id=row.pk, prison=row.prison_id, opens_on=opens_on)
    carry_out(actor, now, rows=[row], events=[event])
    return row


def check_there(actor: Actor, prison_code: str) -> None:
    """Let the project leader close any prison, and others the prison of their own team.

    Raises:
        Http404: no team of the actor is there.
    """
    if not is_there(actor, prison_code):
        raise Http404


def is_there(actor: Actor, prison_code: str) -> bool:
    """Tell whether somebody may say that a prison is closed."""
    there = Team.objects.filter(prison_id=prison_code, pk__in=sorted(actor.team_ids))
    return actor.role is Role.PROJECT_LEADER or there.exists()
