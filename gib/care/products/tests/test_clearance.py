"""Days before a visit inside, the list of the prison; after one that failed, another day."""

from datetime import date, timedelta

import pytest

from gib.care.products import actions, builders
from gib.care.products.domain.clearance import Clearance, clearance_of, replacement_day
from gib.care.products.domain.contact import State
from gib.care.products.slots_visits import to_clear, to_replace
from gib.care.products.tests.conftest import NOW, day, later, write
from gib.care.products.tests.test_views import at, request
from gib.care.referral.tests.reader import text_of, visitor
from gib.core.access.actor import Actor
from gib.core.kernel.dates import Period
from gib.people.volunteers.models import PrisonPermit

pytestmark = pytest.mark.django_db(databases=["default", "keys", "log"])
TUESDAY = date(2011, 1, 25)


@pytest.mark.parametrize(
    ("days", "state", "has_permit", "wanted"),
    [
        (15, State.PLANNED, True, None),
        (14, State.PLANNED, True, Clearance.DUE),
        (7, State.CONFIRMED, True, Clearance.DUE),
        (6, State.PLANNED, True, Clearance.LATE),
        (6, State.CLEARED, True, None),
        (6, State.CLEARED, False, Clearance.NO_PERMIT),
        (15, State.PLANNED, False, None),
    ],
)
def test_what_is_missing_is_told_days_ahead(
    days: int, state: State, has_permit: bool, wanted: Clearance | None
) -> None:
    assert clearance_of(state, TUESDAY, has_permit, 7, 7, TUESDAY - timedelta(days=days)) is wanted


def test_another_day_is_a_week_later_or_the_first_that_is_free() -> None:
    week = TUESDAY + timedelta(days=7)
    assert replacement_day(TUESDAY, TUESDAY, []) == week
    assert replacement_day(TUESDAY, TUESDAY, [Period(week)]) == date(2011, 1, 26)
    assert replacement_day(TUESDAY, TUESDAY, [Period(TUESDAY)]) is None
    assert replacement_day(TUESDAY, TUESDAY + timedelta(days=30), []) is None
    assert replacement_day(date(2011, 6, 6), date(2011, 6, 6), []) == date(2011, 6, 7)


def test_today_asks_for_the_list_and_warns_of_a_permit(house: Actor, stranger: Actor) -> None:
    _part, match = builders.visiting(house, NOW)
    row = actions.plan_visit(house, match.id, day(10), builders.AT, "", NOW)
    actions.plan_visit(house, match.id, day(40), builders.AT, "", NOW)
    (task,) = to_clear(request(house))
    assert (task.url, task.tone) == (at("visit", row.id), "warn")
    assert "vr 21 jan" in task.why
    assert to_clear(request(house, later(5)))[0].tone == "stop"
    assert to_clear(request(stranger)) == []
    actions.clear_visit(house, row.id, NOW)
    assert to_clear(request(house)) == []
    for permit in PrisonPermit.for_action(house, NOW.on).filter(volunteer_id=match.volunteer_id):
        permit.to_on = day(9)
        write(permit)
    assert [each.badge for each in to_clear(request(house))] == ["visit.unsafe"]


def test_today_proposes_another_day_until_there_is_one(house: Actor, stranger: Actor) -> None:
    _part, match = builders.visiting(house, NOW)
    row = actions.plan_visit(house, match.id, day(3), builders.AT, "", NOW)
    assert to_replace(request(house)) == []
    actions.cancel_visit(house, row.id, "ill", "volunteer", NOW)
    (task,) = to_replace(request(house))
    assert "ziek. Voorstel: vr 21 jan 2011 10:30." in task.why
    assert to_replace(request(stranger)) == []
    form = visitor(house).get(task.url)
    assert "Plan een bezoek" in text_of(form)
    assert form.context["form"].initial == {"on": "2011-01-21", "at": "10:30"}
    actions.plan_visit(house, match.id, day(9), builders.AT, "", NOW)
    assert to_replace(request(house)) == []
