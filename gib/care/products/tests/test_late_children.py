"""A child that is not home in time: everybody who answers for its team hears it once."""

from datetime import date, datetime, timedelta

import pytest

from gib.care.products import builders
from gib.care.products.moeder_kind_bezoeken import actions as mornings
from gib.care.products.moeder_kind_bezoeken.models import MeetingChild
from gib.care.products.tests.conftest import NOW, later
from gib.care.products.tests.test_mornings import HOME, confirmed
from gib.care.trajectory import builders as trajectories
from gib.core.access.actor import Actor, house
from gib.core.access.tables import Role
from gib.core.journal.models import Message
from gib.core.kernel.clock import Now
from gib.people.accounts import builders as accounts
from gib.people.accounts.domain import Seat
from gib.people.families import builders as family
from gib.people.partners.domain import Product
from gib.people.partners.models import VisitingRule

pytestmark = pytest.mark.django_db(databases=["default", "keys", "log"])
THE_DAY = later(7)


@pytest.fixture
def child(coordinator: Actor) -> MeetingChild:
    VisitingRule.objects.create(prison_id="NSL", kind="parent_child", valid_from=date(2009, 7, 1))
    plan = trajectories.inside(coordinator, NOW)
    part = builders.planned(coordinator, plan.dossier_id, Product.MOEDER_KIND_BEZOEKEN, NOW)
    morning = builders.a_meeting(coordinator, NOW, Product.MOEDER_KIND_BEZOEKEN, days=7)
    her = family.with_open_gate(coordinator, family.with_child(coordinator, part.dossier_id, NOW), NOW)
    return confirmed(coordinator, morning, part, her)


def late_at(moment: datetime) -> int:
    return mornings.warn_of_late_children(house("tick"), Now(moment, moment.date()))


def test_a_late_child_is_told_once_to_each_who_answers(coordinator: Actor, child: MeetingChild) -> None:
    """Invariant 5; a child that was not fetched or is home alarms nobody."""
    deputy, _actor = accounts.person("Dina Deput", Seat(Role.DEPUTY, team_id=child.team_id))
    first, _other = accounts.person("Cor Dinator", Seat(Role.COORDINATOR, team_id=child.team_id))
    late = child.planned_back + timedelta(minutes=60)
    assert late_at(late) == 0
    mornings.pick_up(coordinator, child.id, THE_DAY)
    assert late_at(late - timedelta(minutes=1)) == 0
    told = Message.objects.filter(occasion="child_not_home")
    assert not told.exists()
    # Nobody looked for two days; then each minute.
    assert [late_at(late + timedelta(minutes=minutes)) for minutes in (2880, 2881)] == [1, 1]
    assert {row.recipient_id for row in told.all()} >= {deputy.id, first.id}
    assert told.count() == len({row.recipient_id for row in told.all()})
    mornings.bring_back(coordinator, child.id, HOME, THE_DAY)
    assert late_at(late) == 0
