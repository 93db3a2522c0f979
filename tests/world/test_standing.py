"""A world that stands is built once, is the same for whoever comes, and keeps nothing of what she did."""

from typing import Any

import pytest
from django.db import connection
from django.test import TestCase

from gib.core.vault.models import WrappedKey
from gib.people.accounts.models import Installation, User
from tests.operations.desk import undone
from tests.world.base import SMALL, WorldCase
from tests.world.more import FurnishedCase
from tests.world.standing import Standing

TIMES: list[str] = []


def counted(people: Any) -> str:
    """Add somebody, and count how often that is done."""
    TIMES.append("built")
    people.sides[0].helpers["Telraam"] = None
    return User.objects.create(username="telraam").username


COUNTED = Standing("counted", counted, SMALL)


def seen(given: Any) -> tuple[Any, ...]:
    """Give what may not change of a world: rows of two of its stores, and what its builders gave."""
    keys = (sorted(model.objects.values_list("pk", flat=True)) for model in (User, WrappedKey))
    return *keys, sorted(given[0].sides[0].helpers), given[1]


@pytest.mark.usefixtures("django_db_setup")
def test_it_is_built_once_and_the_next_finds_it_as_it_was(django_db_blocker: Any) -> None:
    found = []
    with django_db_blocker.unblock():
        for _turn in range(3):
            with COUNTED.entered() as given, undone():
                found.append(seen(given))
                User.objects.create(username="zilvermeeuw")
                WrappedKey.objects.all().delete()
                given[0].sides[0].helpers["Zilvermeeuw"] = None
    assert found[0] == found[1] == found[2]
    users, keys, helpers, name = found[0]
    assert len(users) > 10 < len(keys)
    assert "Telraam" in helpers and name == "telraam"
    assert TIMES == ["built"]


class TestTheWorldBelow(WorldCase):
    """What a world adds stands in that world only."""

    def test_it_has_nothing_of_those_above_it(self) -> None:
        assert not User.objects.filter(username="telraam").exists()
        assert not {"Telraam", "Proefneus"} & set(self.people.sides[0].helpers)
        assert User.objects.exists() and WrappedKey.objects.exists()


class TestTheFurnished(FurnishedCase):
    """A world on top of another has both."""

    def test_it_has_what_was_added_to_the_one_below(self) -> None:
        assert {"Proefneus", "Fien"} <= set(self.people.sides[0].helpers)
        assert len(self.first) == 2


class TestElsewhere(TestCase):
    """A test that asks for no world."""

    databases = "__all__"

    def test_it_has_none(self) -> None:
        assert not User.objects.exists()
        assert not WrappedKey.objects.exists()
        assert not Installation.objects.exists()
        assert connection.vendor == "sqlite" or "_small" not in connection.settings_dict["NAME"]
