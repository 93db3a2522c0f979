"""Her part in a product: she wishes, it is offered, planned and begins; or she says no."""

from datetime import date
from typing import Any
from uuid import UUID

from gib.care.products import domain
from gib.care.products.domain.participation import (
    FLOW,
    INSIDE,
    State,
    check_offer,
    check_plan,
    check_start,
    may_start,
)
from gib.care.products.models import Participation, facts_of
from gib.care.trajectory.models import open_trajectory
from gib.core.access.actor import Actor
from gib.core.access.tables import P
from gib.core.journal.acts import act, carry_out
from gib.core.kernel.clock import Now
from gib.core.kernel.rules import RuleBroken
from gib.people.families.models import Dossier, current_place
from gib.people.partners.domain import Product


def load(actor: Actor, participation_id: UUID, now: Now) -> Participation:
    """Give a part in a product to an act that changes it.

    Raises:
        Http404: it does not exist for this actor.
    """
    rows = Participation.for_action(actor, now.on).select_related("trajectory")
    row: Participation = rows.get_or_404(pk=participation_id)
    return row


def moved(
    actor: Actor,
    row: Participation,
    to: State,
    event: type[domain.ParticipationEvent],
    now: Now,
    **facts: Any,
) -> Participation:
    """Move a part in a product, save it and tell what happened; it ends today unless the row says when."""
    row.state = FLOW.move(row.state, to)
    if FLOW.is_final(to):
        row.ended_on = row.ended_on or now.on
    carry_out(actor, now, rows=[row], events=[event(**about(row), **facts)])
    return row


def about(row: Participation) -> dict[str, Any]:
    """Say how a part in a product stands, as each of its events tells."""
    names = ("dossier_id", "product", "state", "started_on", "ended_on")
    return {"participation_id": row.id} | {name: getattr(row, name) for name in names}


@act(P.RUN_PRODUCT)
def wish(actor: Actor, dossier_id: UUID, product: Product, now: Now) -> Participation:
    """Note that she wants a product.

    Raises:
        RuleBroken: 'trajectory_not_open', 'product_open'.
    """
    Dossier.for_action(actor, now.on).get_or_404(pk=dossier_id)
    plan_ = open_trajectory(dossier_id)
    if plan_ is None:
        raise RuleBroken("trajectory_not_open")
    rows: Any = Participation.for_action(actor, now.on)
    if rows.open().filter(trajectory_id=plan_.id, product=product).exists():
        raise RuleBroken("product_open")
    row = Participation(
        dossier_id=dossier_id, team_id=plan_.team_id, trajectory=plan_, product=product, wished_on=now.on
    )
    carry_out(actor, now, rows=[row], events=[domain.Wished(**about(row))])
    return row


@act(P.RUN_PRODUCT)
def offer(actor: Actor, participation_id: UUID, now: Now) -> Participation:
    """Offer her the product, unless she asked not to be asked yet.

    Raises:
        RuleBroken: 'asked_too_soon', 'illegal_move'.
    """
    row = load(actor, participation_id, now)
    earlier = Participation.for_action(actor, now.on).filter(dossier_id=row.dossier_id, product=row.product)
    declined = earlier.filter(state=State.DECLINED, ask_again_on__isnull=False)
    check_offer(max((each.ask_again_on for each in declined), default=None), now.on)
    row.offered_on = now.on
    return moved(actor, row, State.OFFERED, domain.Offered, now)


@act(P.RUN_PRODUCT)
def decline_offer(
    actor: Actor, participation_id: UUID, ask_again_on: date | None, now: Now, *, reason: str = ""
) -> Participation:
    """Note that she says no; it is a decision, never a drop-out.

    Args:
        ask_again_on: before this day, that she chose, nobody asks her again.
        reason: a code, when she gave one.

    Raises:
        RuleBroken: 'illegal_move'.
    """
    row = load(actor, participation_id, now)
    row.ask_again_on, row.end_reason = ask_again_on, reason
    return moved(actor, row, State.DECLINED, domain.Declined, now, ask_again_on=ask_again_on)


@act(P.RUN_PRODUCT)
def plan(actor: Actor, participation_id: UUID, now: Now) -> Participation:
    """Agree with her that it will happen.

    Raises:
        RuleBroken: 'trajectory_not_agreed', 'support_missing', 'goal_missing', 'not_inside',
        'release_unknown', 'illegal_move'.
    """
    row = load(actor, participation_id, now)
    check_plan(Product(row.product), facts_of(row, now.on))
    row.planned_on = now.on
    place = current_place(row.dossier_id, now.on) if Product(row.product) in INSIDE else None
    row.prison_id = place.prison_id if place else None
    return moved(actor, row, State.PLANNED, domain.Planned, now)


@act(P.RUN_PRODUCT)
def start(actor: Actor, participation_id: UUID, now: Now, *, child_ready: bool = False) -> Participation:
    """Begin it.

    Args:
        child_ready: whether a child of hers may come; the visit mornings tell.

    Raises:
        RuleBroken: 'no_match', 'no_child_ready', 'not_inside', 'not_released', 'not_covered',
        'trajectory_not_agreed', 'support_missing', 'release_unknown', 'illegal_move'.
    """
    row = load(actor, participation_id, now)
    check_start(Product(row.product), facts_of(row, now.on, child_ready))
    return _started(actor, row, now.on, now)


def _started(actor: Actor, row: Participation, began_on: date, now: Now) -> Participation:
    row.started_on = began_on
    return moved(actor, row, State.RUNNING, domain.Started, now)


@act
def begin_with(
    actor: Actor, participation_id: UUID, began_on: date, now: Now, *, child_ready: bool = False
) -> None:
    """Let a planned part begin together with the act that shows that it began: nobody presses for it twice.

    What a rule of starting forbids on that day, such as help at home that nobody pays for, stays planned; the
    next contact tries again, and whoever presses the button reads which rule it is.

    Args:
        began_on: the day on which what was told took place; told late, it counts from that day.
        child_ready: whether a child of hers was let in.

    Source: decision 39.
    """
    rows: Any = Participation.for_action(actor, now.on).filter(pk=participation_id, state=State.PLANNED)
    row: Participation | None = rows.select_related("trajectory").first()
    if row is not None and may_start(Product(row.product), facts_of(row, began_on, child_ready)):
        _started(actor, row, began_on, now)
