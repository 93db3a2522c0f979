"""Which story a database tells: once, to its end, and never over what somebody uses."""

import gc
from unittest.mock import patch

import pytest
from django.db import connections
from django.test import TestCase

from gib.core.kernel.rules import RuleBroken
from gib.people.accounts.builders import mark_as_demo, project_leader
from gib.people.accounts.models import Installation
from gib.portal.commands import stores, stories
from gib.portal.demo.days import TODAY


class TestTelling(TestCase):
    """Which database a story is told on."""

    databases = "__all__"

    def test_a_story_is_told_once(self) -> None:
        told: list[int] = []
        stories.tell("a", lambda: told.append(1))
        stories.tell("a", lambda: told.append(2))
        assert told == [1]
        assert Installation.objects.get().story == "a"

    def test_another_story_is_refused(self) -> None:
        stories.tell("a", lambda: None)
        with pytest.raises(RuleBroken, match="told_already"):
            stories.tell("b", lambda: None)

    def test_what_somebody_uses_is_left_alone(self) -> None:
        project_leader()
        with pytest.raises(RuleBroken, match="not_a_demo"):
            stories.tell("a", lambda: pytest.fail("nothing may be told here"))

    def test_what_was_broken_off_begins_anew(self) -> None:
        mark_as_demo(TODAY)
        project_leader()
        cleared: list[str] = []
        with patch.object(stories, "call_command", lambda name, database, **_: cleared.append(database)):
            stories.tell("a", lambda: None)
        assert cleared == list(connections)

    def test_a_story_that_fails_is_not_told(self) -> None:
        with pytest.raises(ZeroDivisionError):
            stories.tell("a", lambda: 1 / 0)
        assert Installation.objects.get().story == ""

    def test_another_year_and_no_scale_are_refused(self) -> None:
        for number, scale, code in (
            (2009, 1, "year_not_told"),
            (2010, 0, "scale_outside"),
            (2010, 701, "scale_outside"),
        ):
            with pytest.raises(RuleBroken, match=code):
                stories.tell_year(number, 1, scale)

    def test_a_larger_scale_copies_what_was_told(self) -> None:
        asked: list[int] = []
        with (
            patch.object(stories.year, "build"),
            patch.object(stories, "multiply", lambda times, _: asked.append(times)),
        ):
            stories.tell_year(2010, 1)
            stories.tell_year(2010, 1, 3)
        assert asked == [3]


def test_memory_is_swept_seldom_only_while_a_story_is_told() -> None:
    usual = gc.get_threshold()
    with pytest.raises(ZeroDivisionError), stores.seldom_swept():
        assert gc.get_threshold()[0] > 100 * usual[0]
        raise ZeroDivisionError
    assert (gc.get_threshold(), gc.get_freeze_count()) == (usual, 0)
