"""What a coordinator decides about help at home."""

from datetime import date
from typing import Any
from uuid import UUID

from gib.care.products.actions.endings import complete
from gib.care.products.actions.participations import about
from gib.care.products.domain.participation import State
from gib.care.products.models import Participation
from gib.care.products.moedermaatjes.domain import (
    FINISHED,
    CheckCalled,
    Extended,
    FarewellSaid,
    Faring,
    check_call,
    check_extend,
    check_farewell,
    check_longer,
)
from gib.care.products.moedermaatjes.models import (
    CheckCall,
    Extension,
    Farewell,
    calls_of,
    last_day,
    next_call,
)
from gib.care.trajectory.domain import check_consent
from gib.care.trajectory.models import supports
from gib.core.access.actor import Actor
from gib.core.access.tables import P
from gib.core.journal.acts import act, carry_out
from gib.core.kernel.clock import Now
from gib.people.partners.domain import Product


@act(P.RUN_PRODUCT)
def extend(actor: Actor, participation_id: UUID, until_on: date, why: str, now: Now) -> Extension:
    """Decide that help at home lasts longer than its term.

    Args:
        until_on: the last day, later than the one that holds now.

    Raises:
        RuleBroken: 'not_at_home', 'extension_too_short'.

    Source: domain page 1.6: fifteen months, extension by decision.
    """
    part: Participation = Participation.for_action(actor, now.on).get_or_404(pk=participation_id)
    check_extend(Product(part.product), State(part.state))
    check_longer(until_on, last_day(part, now.on))
    facts = {"decided_on": now.on, "decided_by": actor.user_id, "until_on": until_on, "why": why}
    row: Extension = _beside(part, Extension, **facts)
    carry_out(actor, now, rows=[row], events=[Extended(**about(part), until_on=until_on)])
    return row


@act(P.RUN_PRODUCT)
def finish(
    actor: Actor, participation_id: UUID, held_on: date, note: str, now: Now, *, is_partly: bool = False
) -> Participation:
    """Round help at home off with the farewell of mother and maatje; its match ends as was agreed.

    Args:
        held_on: the day of the farewell, on which the help ended; three months after it she is called.

    Raises:
        RuleBroken: 'farewell_not_home', 'farewell_in_future', 'farewell_before_start'.

    Source: domain page 1.6, phase farewell.
    """
    part: Participation = Participation.for_action(actor, now.on).get_or_404(pk=participation_id)
    check_farewell(Product(part.product), State(part.state), part.started_on, held_on, now.on)
    row = _beside(part, Farewell, held_on=held_on, note=note)
    carry_out(actor, now, rows=[row], events=[FarewellSaid(**about(part), held_on=held_on)])
    return complete(actor, participation_id, now, is_partly=is_partly, farewell_on=held_on)


@act(P.RUN_PRODUCT)
def note_call(
    actor: Actor, participation_id: UUID, called_on: date, faring: Faring, note: str, now: Now
) -> CheckCall:
    """Note how she is doing some months after the farewell, or that she did not answer.

    Raises:
        RuleBroken: 'call_not_finished', 'call_done', 'call_in_future', 'call_too_early', 'support_missing'.

    Source: domain page 1.6, check call; CON-01.
    """
    part: Participation = Participation.for_action(actor, now.on).get_or_404(pk=participation_id)
    is_finished = part.product == Product.MOEDERMAATJES and State(part.state) in FINISHED
    due_on = next_call(part, calls_of(part), now.on) if is_finished else None
    check_call(is_finished, due_on, called_on, now.on)
    check_consent(supports(part.dossier_id, now.on))
    row: CheckCall = _beside(part, CheckCall, called_on=called_on, faring=faring, note=note)
    event = CheckCalled(**about(part), called_on=called_on, faring=faring)
    carry_out(actor, now, rows=[row], events=[event])
    return row


def _beside(part: Participation, model: type[Any], **facts: Any) -> Any:
    """Make a row that belongs to a part and its dossier, for an act to save."""
    return model(dossier_id=part.dossier_id, team_id=part.team_id, participation=part, **facts)
