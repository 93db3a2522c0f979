"""Places of the dossier and start page are filled once, by name."""

from collections.abc import Iterator

import pytest

from gib.core.ui import slots
from gib.core.ui.slots import Task


@pytest.fixture(autouse=True)
def empty_places(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(slots, "FRAGMENTS", {})
    monkeypatch.setattr(slots, "TASK_LISTS", {})
    yield


def test_a_place_holds_its_fragments_in_order() -> None:
    slots.fill("tab", "plan", *(first := (lambda actor, dossier: "een", lambda actor, dossier: None)))
    slots.fill("rail", "signaal", first[0])
    assert {("tab", "plan"): list(first), ("rail", "signaal"): [first[0]]} == slots.FRAGMENTS


@pytest.mark.parametrize(("place", "name"), [("tab", "volgende"), ("rail", "plan"), ("tab", "bestaat niet")])
def test_a_place_that_does_not_exist_cannot_be_filled(place: str, name: str) -> None:
    with pytest.raises(ValueError, match=f"slot {place} {name}"):
        slots.fill(place, name)


def test_a_place_is_filled_once() -> None:
    slots.fill("tab", "plan")
    with pytest.raises(ValueError, match="filled twice"):
        slots.fill("tab", "plan")


def test_a_list_of_tasks_has_its_sources() -> None:
    def waiting(actor: object) -> list[Task]:
        return [Task("Eva", "wacht", "/x/", "Open")]

    slots.list_tasks("wacht", waiting)
    assert {"wacht": [waiting]} == slots.TASK_LISTS
    assert waiting(None)[0].tone == "rest"


@pytest.mark.parametrize("name", ["later", ""])
def test_a_list_that_does_not_exist_cannot_be_filled(name: str) -> None:
    with pytest.raises(ValueError, match="unknown or filled twice"):
        slots.list_tasks(name)


def test_a_list_is_filled_once() -> None:
    slots.list_tasks("nu")
    with pytest.raises(ValueError, match="filled twice"):
        slots.list_tasks("nu")


def test_a_tab_and_a_card_may_share_a_name() -> None:
    slots.fill("tab", "kinderen")
    slots.fill("rail", "kinderen")
    assert set(slots.FRAGMENTS) == {("tab", "kinderen"), ("rail", "kinderen")}
