"""A command that dies at any statement is finished by running it again; nothing is lost or done twice."""

import pytest

from tests.upkeep.site import Site

KEYS = 23


@pytest.mark.requirement("SEC-04")
def test_a_rotation_that_dies_is_finished_and_every_key_opens(place: Site) -> None:
    there = place.does("fill", str(KEYS))
    assert place.does("dies", "rotate") > 3
    assert place.does("opens_all") == [there, there, 2]
    told = place.gib("keys", "rotate")
    assert f"master key 3: {there} keys wrapped again" in told.stdout
    assert place.does("opens_all") == [there, there, 3]


def test_a_tick_that_dies_is_finished_and_leaves_nothing(place: Site) -> None:
    left = place.does("leave_work")
    assert place.does("dies", "tick") > 3
    held = place.does("held", left["box"])
    assert held == {"default": True, "log": True, "keys": True, "file": held["file"], "key": False}
    assert len(list((place.data / "mail").glob("*"))) == 1
    # Looking changes nothing, whenever it dies.
    assert place.does("dies", "verify") > 3
    assert place.gib("verify").stdout.split() == ["whole"]
