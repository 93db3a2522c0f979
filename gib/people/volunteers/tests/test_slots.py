"""What the start page hears of volunteers: papers that lapse, in time and without repeats."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest

from gib.core.access.actor import Actor
from gib.core.access.tables import Role
from gib.core.kernel.clock import Now
from gib.core.ui.slots import Task
from gib.people.partners.builders import two_teams
from gib.people.volunteers import actions, builders, slots
from gib.people.volunteers.domain import Requirement, State

pytestmark = pytest.mark.django_db(databases="__all__")
NOW = Now(datetime(2011, 1, 11, 9, tzinfo=UTC), date(2011, 1, 11))
#: The builder sees everything half a year before; a VOG then holds for three years.
SEEN = NOW.on - timedelta(days=180)
LAST = date(SEEN.year + 3, SEEN.month, SEEN.day) - timedelta(days=1)


@pytest.fixture
def coordinator(seen: Any) -> Actor:
    return Actor(uuid4(), Role.COORDINATOR, frozenset({two_teams()[0].pk}))


def tasks(actor: Actor, on: date) -> list[Task]:
    now = replace(NOW, on=on)
    return slots.lapsing(SimpleNamespace(actor=actor, now=now))


def test_papers_in_order_are_no_task(coordinator: Actor) -> None:
    builders.available(coordinator, NOW)
    assert tasks(coordinator, NOW.on) == []


@pytest.mark.parametrize(
    ("days", "tone", "said"),
    [(-31, "", ""), (-30, "warn", "loopt af"), (0, "warn", "loopt af"), (1, "stop", "is verlopen")],
)
def test_a_paper_is_a_task_from_thirty_days_before(
    coordinator: Actor, days: int, tone: str, said: str
) -> None:
    volunteer = builders.available(coordinator, NOW)
    found = tasks(coordinator, LAST + timedelta(days=days))
    assert [task.tone for task in found] == ([tone] if tone else [])
    for task in found:
        assert said in task.why
        assert task.who == "Truus V., vrijwilliger"
        assert task.url.endswith(f"/vrijwilligers/{volunteer.id}/")
        assert (task.badge, task.dossier_id) == ("VOG", None)


def test_what_lapsed_comes_before_what_will_lapse(coordinator: Actor) -> None:
    builders.available(coordinator, NOW)
    late, soon = (tasks(coordinator, LAST + timedelta(days=days))[0] for days in (1, -1))
    assert late.rank < soon.rank


def test_a_renewed_paper_is_no_task(coordinator: Actor) -> None:
    volunteer = builders.available(coordinator, NOW)
    on = LAST - timedelta(days=5)
    later = replace(NOW, on=on)
    for paper in (Requirement.VOG_84, Requirement.VOG_85):
        actions.record_completion(coordinator, volunteer.id, paper, on, None, later)
    assert tasks(coordinator, on) == []


def test_who_does_not_work_now_is_no_task(coordinator: Actor) -> None:
    volunteer = builders.available(coordinator, NOW)
    builders.interested(coordinator, NOW, "Loes")
    actions.move(coordinator, volunteer.id, State.ON_LEAVE, NOW)
    assert tasks(coordinator, LAST + timedelta(days=9)) == []


def test_the_volunteers_of_another_team_are_no_task(coordinator: Actor) -> None:
    builders.available(coordinator, NOW)
    stranger = Actor(uuid4(), Role.COORDINATOR, frozenset({two_teams()[1].pk}))
    assert tasks(stranger, LAST) == []
    assert len(tasks(coordinator, LAST)) == 1
