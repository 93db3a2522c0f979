"""What the tick forgets: who did not become a volunteer, four weeks after the no."""

import argparse
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.cache import cache

from gib.core.access import rls
from gib.core.kernel.clock import Now
from gib.people.accounts import builders as accounts
from gib.people.partners.builders import two_teams
from gib.people.volunteers import builders
from gib.people.volunteers.actions import interest
from gib.people.volunteers.domain.interest import Conclusion
from gib.people.volunteers.models import Volunteer
from gib.portal.commands import tick

pytestmark = pytest.mark.django_db(databases="__all__")
TODAY = date(2011, 1, 11)


@pytest.mark.requirement("VOL-03")
@pytest.mark.parametrize(("days", "left"), [(28, 1), (29, 0)])
def test_who_was_rejected_is_forgotten(
    seen: Any, monkeypatch: pytest.MonkeyPatch, days: int, left: int
) -> None:
    cache.clear()
    accounts.mark_as_demo(TODAY)
    now = Now(datetime(2011, 1, 11, 9, tzinfo=UTC), TODAY)
    by = accounts.coordinator(two_teams()[0])[1]
    row = builders.interested(by, now)
    interest.plan_interview(by, row.id, TODAY, now)
    interest.decide(by, row.id, TODAY, Conclusion.NO, now)
    monkeypatch.setattr(tick, "business_day", lambda: TODAY + timedelta(days=days))
    tick.run(argparse.Namespace())
    with rls.system("test"):
        assert Volunteer.for_house("test", TODAY).count() == left
