"""Every code of the engine has a sentence of its own that tells its values, and none that breaks."""

from collections.abc import Mapping

import pytest

from gib.core.kernel.rules import CATALOGUE
from gib.engines.matching import wording
from gib.engines.matching.rules import RULES

#: Code -> what the engine gives with it, and words that must be read.
TOLD: Mapping[str, tuple[Mapping[str, object], str]] = {
    "match_requirement": ({"value": "vog_84"}, "vog_84"),
    "match_training": ({"value": "training_moedermaatjes"}, "training_moedermaatjes"),
    "match_permit": ({"value": "NSL"}, "geen toegang"),
    "match_travel": ({"value": "80"}, "langer"),
    "match_area": ({"value": "3512"}, "3512"),
    "match_language": ({}, "geen taal"),
    "match_capacity": ({}, "geen plek"),
    "match_away": ({}, "afwezig"),
    "match_veto": ({}, "wil deze koppeling niet"),
    "match_no_click": ({}, "klikte niet"),
    "match_known": ({}, "kent de familie"),
    "match_unsafe": ({}, "niet veilig"),
    "match_postcode": ({}, "postcodegebied"),
    "match_village": ({}, "hetzelfde dorp"),
    "match_gender": ({"value": "woman"}, "iemand anders"),
    "match_car": ({}, "auto"),
    "match_dayparts": ({}, "dagdeel"),
    "match_lapses": ({"value": "vog_84", "on": "2012-09-17"}, "2012-09-17"),
    "mend_match_requirement": ({"value": "agreement"}, "agreement"),
    "mend_match_training": ({"value": "training_ik_jij_wij"}, "training_ik_jij_wij"),
    "mend_match_permit": ({"value": "TPL"}, "TPL"),
    "mend_match_travel": ({"value": "75"}, "75 minuten"),
    "mend_match_area": ({"value": "3512"}, "3512"),
    "mend_match_language": ({"value": "pap"}, "pap"),
    "mend_match_capacity": ({"value": "2"}, "2 moeders"),
    "mend_match_away": ({"value": "2011-02-01"}, "2011-02-01"),
    "mend_match_veto": ({}, "toch wil"),
    "mend_match_gender": ({}, "haar wens"),
    "mend_match_car": ({}, "een auto heeft"),
    "mend_match_dayparts": ({"value": "mon_morning"}, "mon_morning"),
    "points_waiting": ({"days": 12}, "12 dagen"),
    "points_release": ({"days": 30}, "30 dagen"),
    "points_travel": ({"minutes": 25, "limit": 60}, "25 minuten; 60"),
    "points_continuity": ({}, "kennen elkaar"),
    "points_children": ({"groups": "0-3"}, "0-3 jaar"),
    "points_interests": ({"themes": "reading"}, "reading"),
    "points_waiting_one": ({}, "1 dag."),
    "points_release_one": ({}, "morgen vrij"),
    "points_load_one": ({"matches": 0}, "0 van ten hoogste 1 moeder."),
    "match_places_left_one": ({}, "1 plek"),
    "match_mothers_left_one": ({}, "1 aanvraag"),
    "points_load": ({"matches": 1, "capacity": 2}, "1 van ten hoogste 2"),
    "match_nobody_waits": ({}, "Er wacht niemand"),
    "match_nobody_helps": ({}, "nog geen vrijwilliger"),
    "match_nobody_fits": ({}, "Voor niemand"),
    "match_places_left": ({"places": 3}, "3 plekken"),
    "match_mothers_left": ({"mothers": 4}, "4 aanvragen"),
}
#: A rule whose single change no coordinator can bring about: who knows whom, where somebody lives, safety.
NEVER = {"match_known", "match_no_click", "match_unsafe", "match_postcode", "match_village"}


def codes(prefix: str) -> set[str]:
    """Give the codes of the engine with a sentence that begin in one way."""
    return {code for code in CATALOGUE if code.startswith(prefix)}


@pytest.mark.parametrize(("code", "values", "words"), [(code, *told) for code, told in TOLD.items()])
def test_a_code_is_said_with_its_values(code: str, values: Mapping[str, object], words: str) -> None:
    said = wording.sentence(code, values)
    assert words in said
    assert said.endswith(".")
    assert "{" not in said


@pytest.mark.parametrize("code", [code for code, (values, _words) in TOLD.items() if "{" in CATALOGUE[code]])
def test_a_code_without_its_values_says_nothing(code: str) -> None:
    assert wording.sentence(code, {}) == ""


@pytest.mark.parametrize(
    ("code", "values", "one", "two"),
    [
        ("points_waiting", {"days": 0}, "1 dag.", "2 dagen."),
        ("points_release", {"days": 0}, "morgen vrij", "over 2 dagen vrij"),
        ("points_load", {"capacity": 0, "matches": 0}, "ten hoogste 1 moeder.", "ten hoogste 2 moeders."),
        ("match_places_left", {"places": 0}, "blijft 1 plek", "blijven 2 plekken"),
        ("match_mothers_left", {"mothers": 0}, "Voor 1 aanvraag", "Voor 2 aanvragen"),
    ],
)
def test_what_counts_just_one_is_said_in_the_singular(
    code: str, values: dict[str, object], one: str, two: str
) -> None:
    counted = next(iter(values))
    assert one in wording.sentence(code, values | {counted: 1})
    assert one in wording.sentence(code, values | {counted: "1"}), (
        "an answer in JSON holds its values as text"
    )
    assert two in wording.sentence(code, values | {counted: 2})


def test_an_unknown_code_says_nothing() -> None:
    assert wording.sentence("match_something_else", {"value": "x"}) == ""


def test_every_rule_and_every_change_has_its_sentence() -> None:
    rules = {rule.code for rule in RULES}
    assert rules <= TOLD.keys()
    assert codes("mend_match_") == {f"mend_{code}" for code in rules - NEVER}
    assert codes("mend_match_") | codes("points_") <= TOLD.keys()
