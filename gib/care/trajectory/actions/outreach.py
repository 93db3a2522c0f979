"""Trying to reach a mother of whom nobody hears anything, and what ends that."""

from datetime import date
from uuid import UUID

from gib.care.trajectory import domain
from gib.care.trajectory.domain.outreach import (
    Attempt,
    Found,
    Outcome,
    OutreachEnded,
    OutreachTried,
    check_attempt,
)
from gib.care.trajectory.models import (
    Outreach,
    OutreachAttempt,
    Trajectory,
    add_to,
    open_outreach,
    running_search,
    search_for,
)
from gib.core.access.actor import Actor
from gib.core.access.tables import P
from gib.core.journal.acts import act, carry_out
from gib.core.kernel.clock import Now
from gib.core.kernel.events import Event
from gib.people.families.domain.codes import Purpose
from gib.people.families.models import consent_holds


@act(P.PLAN_TRAJECTORY)
def try_to_reach(actor: Actor, trajectory_id: UUID, attempt: Attempt, now: Now) -> OutreachAttempt:
    """Note an attempt to reach her; the first begins the search, and who is reached ends it.

    Raises:
        RuleBroken: 'trajectory_not_open', 'attempt_in_future', 'attempt_before_last', 'rung_too_early',
        'attempt_without_why', 'home_visit_missing'.

    Source: domain page 1.6, exceptions.
    """
    plan: Trajectory = Trajectory.for_action(actor, now.on).get_or_404(pk=trajectory_id)
    domain.check_open(plan.state)
    may_visit = consent_holds(plan.dossier_id, Purpose.HOME_VISIT, "", now.on)
    check_attempt(attempt, search_for(plan.dossier_id, plan.id), now.on, may_visit=may_visit)
    search = open_outreach(plan.dossier_id, plan.id)
    search = search or add_to(plan, Outreach, trajectory=plan, from_on=attempt.tried_on)
    row: OutreachAttempt = add_to(plan, OutreachAttempt, outreach=search, **vars(attempt))
    facts = {name: told for name, told in vars(attempt).items() if name != "note"}
    events: list[Event] = [OutreachTried(dossier_id=plan.dossier_id, outreach_id=search.id, **facts)]
    if attempt.outcome is Outcome.REACHED:
        events.append(found_again(search, Found.REACHED, attempt.tried_on))
    carry_out(actor, now, rows=[search, row], events=events)
    return row


def found_again(search: Outreach, found: Found, on: date) -> OutreachEnded:
    """End a search on a row that an act saves, and tell of it."""
    search.to_on, search.found = max(on, search.from_on), found
    return OutreachEnded(dossier_id=search.dossier_id, outreach_id=search.id, found=found)


@act(P.PLAN_TRAJECTORY)
def end_outreach(actor: Actor, dossier_id: UUID, found: Found, on: date, now: Now) -> Outreach | None:
    """End the search for her because something else tells where she is; without a search nothing changes.

    Args:
        on: the day of the visit or the detention; one from before the search ends nothing.

    Returns: the search that ended, if any.
    """
    search = running_search(dossier_id)
    if search is None or on < search.from_on:
        return None
    event = found_again(search, found, on)
    carry_out(actor, now, rows=[search], events=[event])
    return search
