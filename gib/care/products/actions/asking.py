"""What a mother asks of a volunteer: written down, and changed as long as one may be sought for her."""

from dataclasses import asdict
from uuid import UUID

from gib.care.products.actions.participations import about, load
from gib.care.products.domain.asking import Asked, VolunteerAsked, check_asked
from gib.care.products.domain.participation import State
from gib.care.products.models import Participation
from gib.core.access.actor import Actor
from gib.core.access.tables import P
from gib.core.journal.acts import act, carry_out
from gib.core.kernel.clock import Now
from gib.core.kernel.stamps import check_version
from gib.people.partners.domain import Product
from gib.people.volunteers.domain.availability import in_order


@act(P.RUN_PRODUCT)
def note_asked(actor: Actor, participation_id: UUID, asked: Asked, now: Now) -> Participation:
    """Write down what she asks of a volunteer for one product; what is empty takes back what she asked.

    A volunteer who was asked before stays asked: it counts for whom the board proposes from now on.

    Raises:
        RuleBroken: 'product_without_match', 'part_over', 'gender_not_asked', 'newer_version' when it was
        changed elsewhere meanwhile.
    """
    row = load(actor, participation_id, now)
    check_asked(Product(row.product), State(row.state), asked)
    check_version(row.version, asked.version)
    row.asked_dayparts = ",".join(in_order(asked.dayparts))
    row.asked_gender = asked.gender or ""
    row.asked_car = asked.needs_car
    row.asked_interests = ",".join(asked.interests)
    facts = asdict(asked)
    del facts["version"]
    carry_out(actor, now, rows=[row], events=[VolunteerAsked(**about(row), **facts)])
    return row
