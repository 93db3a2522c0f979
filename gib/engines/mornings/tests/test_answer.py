"""The answer says why somebody has no place, what to relax first, and each code has its sentence."""

import json
from argparse import Namespace
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from gib.core.kernel.reading import plain
from gib.core.kernel.rules import CATALOGUE
from gib.engines.mornings import answer, problem_of, wording
from gib.engines.mornings.answer import Answer
from gib.engines.mornings.command import run, schemas
from gib.engines.mornings.reasons import RULES
from gib.engines.mornings.relaxing import LIFTS
from gib.engines.mornings.tests.test_checking import both, put
from gib.engines.mornings.tests.test_rules import Raw, morning
from gib.engines.mornings.tests.worlds import Size, drawn

#: Code -> what the engine gives with it, and words that must be read.
TOLD: Mapping[str, tuple[Mapping[str, object], str]] = {
    "morning_driver": ({}, "geen chauffeur"),
    "morning_homes": ({}, "niet meer adressen"),
    "morning_seats": ({}, "plekken in een auto"),
    "morning_child_seats": ({}, "kinderzitjes"),
    "morning_escorts": ({}, "begeleiders"),
    "morning_families": ({}, "families in de ronde"),
    "morning_children": ({}, "meer kinderen in de zaal"),
    "morning_adults": ({}, "meer volwassenen in de zaal"),
    "morning_driver_time": ({}, "genoeg tijd"),
    "morning_window": ({}, "de tijden"),
    "morning_round": ({}, "een ronde"),
    "morning_together": ({}, "Broers en zussen"),
    "morning_avoids": ({}, "rijdt deze familie niet"),
    "morning_journey": ({}, "te lang in de auto"),
    "morning_apart": ({}, "niet tegenkomen"),
    "morning_no_round": ({}, "geen ronde"),
    "morning_no_time": ({}, "rekentijd"),
    "mend_morning_driver": ({"families": 3}, "chauffeurs"),
    "mend_morning_seats": ({"families": 3}, "grotere auto"),
    "mend_morning_child_seats": ({"families": 3}, "kinderzitjes"),
    "mend_morning_escorts": ({"families": 3}, "begeleiders"),
    "mend_morning_families": ({"families": 3}, "meer families per ronde"),
    "mend_morning_children": ({"families": 3}, "meer kinderen per ronde"),
    "mend_morning_adults": ({"families": 3}, "meer volwassenen per ronde"),
    "mend_morning_driver_time": ({"families": 3}, "meer tijd"),
    "mend_morning_window": ({"families": 3}, "ruimere tijden"),
    "mend_morning_round": ({"families": 3}, "andere ronde"),
    "mend_morning_together": ({"families": 3}, "apart mogen reizen"),
    "mend_morning_avoids": ({"families": 3}, "wie zij niet rijden"),
    "mend_morning_journey": ({"families": 3}, "langere reis"),
    "morning_nobody": ({}, "geen familie"),
    "morning_everybody": ({}, "hebben een plek"),
    "morning_left": ({"families": 2}, "zonder plek deze ochtend: 2"),
    "morning_nothing": ({}, "niemand"),
    "morning_proven": ({}, "Beter kan niet"),
    "morning_unproven": ({}, "nog beter"),
}

Change = Callable[[Raw], object]


def all_(name: str, **more: object) -> Change:
    """Change every row of a list."""
    return lambda raw: [row.update(more) for row in raw[name]]


def homes(**more: object) -> Change:
    """Change every home."""
    return lambda raw: [home.update(more) for family in raw["families"] for home in family["homes"]]


def children(**more: object) -> Change:
    """Change every child."""
    return lambda raw: [
        child.update(more)
        for family in raw["families"]
        for home in family["homes"]
        for child in home["children"]
    ]


def merged(raw: Raw) -> None:
    """Make one family of four homes, whose children must sit together, in small cars."""
    for family in raw["families"][1:]:
        raw["families"][0]["homes"] += family["homes"]
    raw["families"] = [raw["families"][0] | {"together": True}]
    all_("drivers", boosters=2)(raw)


#: What is wrong with a whole morning, why a family hears it, and what to relax first.
NOTHING: Mapping[str, tuple[Change, str, list[str]]] = {
    "no driver": (put("drivers", []), "morning_driver", ["mend_morning_driver"]),
    "no child seats": (all_("drivers", boosters=0), "morning_child_seats", ["mend_morning_driver"]),
    "no escorts": (
        both(put("escorts", []), all_("drivers", escort=False)),
        "morning_escorts",
        ["mend_morning_escorts"],
    ),
    "no room for families": (all_("rounds", families=0), "morning_families", ["mend_morning_families"]),
    "no room for children": (all_("rounds", children=0), "morning_children", ["mend_morning_children"]),
    "no room for adults": (all_("rounds", adults=0), "morning_adults", ["mend_morning_adults"]),
    "drivers who come too late": (
        all_("drivers", from_at="09:00"),
        "morning_driver_time",
        ["mend_morning_driver"],
    ),
    "windows that are too late": (homes(pick_up_from="09:20"), "morning_window", ["mend_morning_window"]),
    "journeys that are too long": (children(most_minutes=20), "morning_journey", ["mend_morning_journey"]),
    "rounds that are cancelled": (
        put("changes", [{"kind": "round_cancelled", "id": "r1"}]),
        "morning_round",
        ["mend_morning_round"],
    ),
    "drivers who drive nobody": (
        all_("drivers", avoids=["f1", "f2", "f3", "f4"]),
        "morning_avoids",
        ["mend_morning_driver"],
    ),
    "siblings who need one large car": (merged, "morning_together", ["mend_morning_together"]),
    "two rules at once": (
        both(all_("rounds", families=0), put("drivers", [])),
        "morning_families",
        ["mend_morning_driver", "mend_morning_families"],
    ),
}


def asked(*changes: Change) -> Answer:
    """Answer the morning of the rules with changes."""
    raw = morning()
    both(*changes)(raw)
    return answer(problem_of(raw))


def codes(got: Answer) -> dict[str, list[str]]:
    """Give the reasons per family."""
    return {one.family: [told.code for told in one.reasons] for one in got.without}


@pytest.mark.parametrize("name", NOTHING)
def test_a_morning_on_which_nobody_can_come_says_why_and_what_to_relax_first(name: str) -> None:
    change, code, relaxed = NOTHING[name]
    got = asked(change)
    assert {family: code in found for family, found in codes(got).items()} == dict.fromkeys(codes(got), True)
    assert [told.code for told in got.relax_first] == relaxed
    assert int(got.relax_first[0].values["families"]) >= 1
    assert [note.code for note in got.notes] == ["morning_nothing", "morning_proven"]


#: Why one family stays behind where others come.
LEFT: Mapping[str, tuple[Change, dict[str, list[str]]]] = {
    "a full room": (put("rounds[0].families", 3), {"f4": ["morning_families"]}),
    "a full car": (
        lambda raw: raw["drivers"].pop(0),
        {"f3": ["morning_child_seats"], "f4": ["morning_child_seats"]},
    ),
    "two who may not meet": (
        put("apart", [{"family": "f3", "other": "f4"}]),
        {"f4": ["morning_apart"]},
    ),
    "a driver who is in the other round": (
        both(
            put("families[3].rounds", ["r2"]),
            put("prison.children_per_escort", 4),
            put("drivers[0].boosters", 3),
            all_("drivers", until_at="14:00"),
            lambda raw: raw["drivers"].pop(1),
        ),
        {"f4": ["morning_driver"]},
    ),
    "the fewest escorts": (
        put("prison.children_per_escort", 1),
        {"f3": ["morning_escorts"], "f4": ["morning_escorts"]},
    ),
}


@pytest.mark.parametrize("name", LEFT)
def test_who_stays_behind_hears_the_fewest_rules_in_the_way(name: str) -> None:
    change, wanted = LEFT[name]
    got = asked(change)
    assert codes(got) == wanted
    assert got.relax_first == ()
    assert [note.code for note in got.notes] == ["morning_left", "morning_proven"]


def test_who_waits_longer_or_is_nearly_free_comes_before_points() -> None:
    room = put("rounds[0].families", 1)
    assert asked(room, put("families[2].since_on", "2010-10-01")).rounds[0].families == ("f3",)
    assert asked(room, put("families[3].release_on", "2011-02-10")).rounds[0].families == ("f4",)
    near = put("families[1].homes[0].children[0].birthday_on", "2011-02-01")
    assert asked(room, near).rounds[0].families == ("f2",)
    assert asked(room, near, put("families[0].since_on", "2010-10-29")).rounds[0].families == ("f1",)


def test_times_are_as_late_as_they_can_be_and_add_up() -> None:
    got = asked(put("families", morning()["families"][:1]), lambda raw: raw["drivers"].pop(0))
    (trip,) = got.trips
    assert plain(trip) == {
        "driver": "d2",
        "round": "r1",
        "leaves_at": "08:45",
        "pick_ups": [{"home": "h1", "at": "09:05"}],
        "arrives_at": "09:30",
        "departs_at": "11:15",
        "drop_offs": [{"home": "h1", "at": "11:35"}],
        "home_at": "12:00",
        "minutes": 80,
    }
    assert got.rounds[0].escorts == ("e1",)
    assert (got.rounds[0].children, got.rounds[0].adults) == (1, 1)


def test_who_comes_by_own_transport_needs_no_driver() -> None:
    got = asked(put("drivers", []), homes(own_transport=True, adults=1))
    assert got.trips == ()
    assert got.rounds[0].families == ("f1", "f2", "f3")
    assert codes(got) == {"f4": ["morning_adults"]}


def test_nobody_and_no_round_are_answered_too() -> None:
    got = asked(put("families", []))
    assert [note.code for note in got.notes] == ["morning_nobody", "morning_proven"]
    gone = [{"kind": "round_cancelled", "id": name} for name in ("r1", "r2")]
    got = asked(put("changes", gone))
    assert codes(got) == {name: ["morning_no_round"] for name in ("f1", "f2", "f3", "f4")}
    assert (got.rounds, got.relax_first) == ((), ())
    ill = [{"kind": "child_ill", "id": "c1"}, {"kind": "family_transferred", "id": "f2"}]
    got = asked(put("changes", ill))
    assert got.excused == ("f1", "f2")
    assert [note.code for note in got.notes] == ["morning_everybody", "morning_proven"]


@pytest.mark.parametrize(("code", "values", "words"), [(code, *told) for code, told in TOLD.items()])
def test_a_code_is_said_with_its_values(code: str, values: Mapping[str, object], words: str) -> None:
    said = wording.sentence(code, values)
    assert words in said
    assert said.endswith(".")
    assert "{" not in said


def test_every_rule_has_its_sentence_and_an_unknown_one_says_nothing() -> None:
    assert set(RULES) <= TOLD.keys()
    assert {code for code in CATALOGUE if code.startswith("mend_morning_")} == {
        f"mend_{code}" for code in LIFTS
    }
    assert set(LIFTS) <= set(RULES)
    assert wording.sentence("morning_left", {}) == wording.sentence("morning_else", {}) == ""


def test_the_command_answers_or_refuses(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "problem.json"
    file.write_text(json.dumps(plain(drawn(Size(5, 3), 1))), "utf-8")
    assert run(Namespace(file=str(file), seconds=30.0)) == 0
    written = json.loads(capsys.readouterr().out)
    assert written["proof"]["is_best"] is True
    assert written.keys() <= schemas()["morning-answer.schema.json"]["$defs"]["Answer"]["properties"].keys()
    file.write_text("{", "utf-8")
    assert run(Namespace(file=str(file), seconds=30.0)) == 1
    assert run(Namespace(file=str(tmp_path / "none.json"), seconds=30.0)) == 1
    assert capsys.readouterr().err.startswith("$: is no JSON")
