"""The timeline tells each act once, newest first, with the text of a visit, in pages."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from gib.core.access.actor import Actor
from gib.core.access.tables import Role
from gib.core.kernel.clock import Now
from gib.core.kernel.events import EVENTS
from gib.people.families import actions as families
from gib.people.families import builders
from gib.people.families.domain.codes import Confidence, Source
from gib.people.partners.builders import two_teams
from gib.portal import timeline

pytestmark = pytest.mark.django_db(databases="__all__")
NOW = Now(datetime(2011, 1, 11, 9, tzinfo=UTC), date(2011, 1, 11))


def later(days: int) -> Now:
    return Now(NOW.at + timedelta(days=days), NOW.on + timedelta(days=days))


@pytest.fixture
def coordinator() -> Actor:
    return Actor(uuid4(), Role.COORDINATOR, frozenset({two_teams()[0].pk}))


@pytest.fixture
def dossier(coordinator: Actor, seen: Any) -> UUID:
    return builders.a_dossier(coordinator, NOW).id


def _lines(page: timeline.Page) -> list[timeline.Line]:
    return [line for month in page.months for line in month.lines]


def test_acts_of_one_day_and_subject_are_one_line(coordinator: Actor, dossier: UUID) -> None:
    builders.with_child(coordinator, dossier, later(1), number=0)
    builders.with_child(coordinator, dossier, later(1), number=1)
    lines = _lines(timeline.read(coordinator, dossier, later(1)))
    assert [line.on for line in lines] == [later(1).on, NOW.on]
    assert lines[0].title == "Een kind is aan uw dossier toegevoegd."
    assert lines[0].more == "", "the same sentence is said once"
    assert "coördinator" in lines[0].when


def test_a_stranger_reads_nothing(dossier: UUID) -> None:
    stranger = Actor(uuid4(), Role.COORDINATOR, frozenset({two_teams()[1].pk}))
    page = timeline.read(stranger, dossier, NOW)
    assert (page.months, page.total) == ([], 0)


def test_pages_show_every_act_once(coordinator: Actor, dossier: UUID) -> None:
    for days in range(1, 60):
        expected = date(2011, 6, 1) + timedelta(days=days)
        families.expect_release(coordinator, dossier, expected, Source.PRISON, Confidence.LIKELY, later(days))
    shown: list[timeline.Line] = []
    cursor = ""
    while True:
        page = timeline.read(coordinator, dossier, later(60), "", cursor)
        shown += _lines(page)
        if not (cursor := page.older):
            break
    days_shown = [line.on for line in shown]
    assert days_shown == sorted(set(days_shown), reverse=True), "one act a day, and no day twice"
    assert set(days_shown) == {later(days).on for days in range(60)}
    assert page.total >= 60


def test_a_filter_keeps_its_subject_and_an_unknown_one_keeps_all(coordinator: Actor, dossier: UUID) -> None:
    everything = timeline.read(coordinator, dossier, NOW).total
    assert timeline.read(coordinator, dossier, NOW, "gezin").total == everything
    assert timeline.read(coordinator, dossier, NOW, "geld").total == 0
    assert timeline.read(coordinator, dossier, NOW, "onzin", "x").total == everything


def test_every_event_of_the_chain_belongs_to_a_subject() -> None:
    house = {"volunteers", "accounts", "partners", "imports", "portal", "core", "tests"}
    for name, event in EVENTS.items():
        if name.split(".")[0] not in house:
            assert timeline._look(name) != ("info", "rest"), name
            assert not event.sentence or event.sentence.endswith((".", "?")), name
