"""Events carry ids and codes, and rules have one sentence each."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

import pytest

from gib.core.kernel.events import EVENTS, Event
from gib.core.kernel.rules import CATALOGUE, RuleBroken, declare

ID = UUID(int=7)


class Colour(StrEnum):
    RED = "red"


@dataclass(frozen=True, kw_only=True)
class Painted(Event):
    sentence = "Er is geverfd."
    wall_id: UUID
    colour: Colour
    on: date
    layers: int = 1
    helpers: tuple[UUID, ...] = ()
    note: str = ""


def test_a_payload_is_plain_and_leaves_the_dossier_out() -> None:
    event = Painted(dossier_id=ID, wall_id=ID, colour=Colour.RED, on=date(2011, 1, 11), helpers=(ID,))
    assert event.payload() == {
        "wall_id": str(ID),
        "colour": "red",
        "on": "2011-01-11",
        "layers": 1,
        "helpers": [str(ID)],
        "note": "",
    }


@pytest.mark.parametrize("note", ["Kelly Voorbeeld", "x" * 65, 1.5, {"name": "x"}])
def test_free_text_and_structures_are_refused(note: object) -> None:
    event = Painted(wall_id=ID, colour=Colour.RED, on=date(2011, 1, 11), note=note)
    with pytest.raises(TypeError, match="ids and codes only"):
        event.payload()


def test_an_event_is_known_by_its_slice_and_name() -> None:
    assert EVENTS["tests.Painted"] is Painted


def test_a_code_has_one_sentence() -> None:
    declare({"test_only": "Dit mag niet."})
    declare({"test_only": "Dit mag niet."})
    with pytest.raises(ValueError, match="test_only"):
        declare({"test_only": "Dit mag wel."})
    del CATALOGUE["test_only"]


def test_a_broken_rule_keeps_its_facts() -> None:
    error = RuleBroken("not_found", days=3)
    assert (error.code, error.facts, str(error)) == ("not_found", {"days": 3}, "not_found")
