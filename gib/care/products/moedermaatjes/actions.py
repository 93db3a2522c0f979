"""What a coordinator decides about help at home."""

from datetime import date
from uuid import UUID

from gib.care.products.actions.participations import about
from gib.care.products.domain.participation import State
from gib.care.products.models import Participation
from gib.care.products.moedermaatjes.domain import Extended, check_extend, check_longer
from gib.care.products.moedermaatjes.models import Extension, last_day
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
    row = Extension(
        dossier_id=part.dossier_id,
        team_id=part.team_id,
        participation=part,
        decided_on=now.on,
        decided_by=actor.user_id,
        until_on=until_on,
        why=why,
    )
    carry_out(actor, now, rows=[row], events=[Extended(**about(part), until_on=until_on)])
    return row
