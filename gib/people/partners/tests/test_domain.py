"""The rules of reference data, without a database."""

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gib.core.kernel.events import EVENTS
from gib.core.kernel.rules import CATALOGUE, RuleBroken
from gib.people.partners import wording
from gib.people.partners.actions.load import DATA, rows_of
from gib.people.partners.domain import (
    BRANDS,
    INSIDE,
    CareKind,
    Confirmable,
    Mark,
    Product,
    Regime,
    RegisterUpdated,
    VisitKind,
    areas_in,
    on_map,
    parse_oin,
    parse_postcode,
    resolve,
    resolve_one,
)
from gib.people.partners.domain.files import read_postcodes, read_register
from gib.people.partners.domain.maps import border_paths
from gib.people.partners.domain.register import (
    MunicipalityFact,
    RegisterDiff,
    check_register,
    compare,
    overlapping,
)
from gib.people.partners.domain.terms import check_end, check_terms

BEFORE, DAY, AFTER = date(2010, 12, 31), date(2011, 1, 1), date(2012, 1, 1)


def place(code: str, start: date | None = None, end: date | None = None, *heirs: str) -> MunicipalityFact:
    return MunicipalityFact(code, f"Proefdorp {code}", start, end, heirs)


def book(*facts: MunicipalityFact) -> dict[str, MunicipalityFact]:
    return {fact.code: fact for fact in facts}


MERGED = book(place("0001", None, DAY, "0003"), place("0002", None, DAY, "0003"), place("0003", DAY))


def test_products_have_brands_and_all_but_one_are_inside() -> None:
    assert set(BRANDS) == set(Product) and len(Product) == 5
    assert set(Product) - INSIDE == {Product.MOEDERMAATJES}


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        (wording.CARE_KINDS, CareKind),
        (wording.VISIT_KINDS, VisitKind),
        (wording.REGIMES, Regime),
        (wording.MARKS, Mark),
        (wording.CONFIRMED, Confirmable),
    ],
)
def test_every_code_has_a_word(words: Any, codes: Any) -> None:
    assert set(words) == set(codes) and all(str(word) for word in words.values())


def test_every_term_and_unit_has_a_word() -> None:
    rows = list(rows_of("terms.csv"))
    assert {row["key"] for row in rows} == set(wording.TERMS)
    assert {row["unit"] for row in rows} <= set(wording.UNITS)


@pytest.mark.parametrize("on", [BEFORE, DAY])
def test_a_fact_holds_from_its_first_day_until_the_day_before_its_end(on: date) -> None:
    assert place("0001", None, DAY).is_valid_on(on) is (on == BEFORE)
    assert place("0001", DAY).is_valid_on(on) is (on == DAY)


@pytest.mark.requirement("REF-02")
def test_an_old_code_leads_to_the_new_one_from_the_day_itself() -> None:
    assert resolve(MERGED, "0001", BEFORE) == ("0001",)
    assert resolve(MERGED, "0001", DAY) == ("0003",)
    assert resolve(MERGED, "0003", BEFORE) == ()


def test_two_ways_to_one_municipality_give_it_once() -> None:
    split = book(
        place("0001", None, DAY, "0002", "0003"),
        place("0002", None, AFTER, "0004"),
        place("0003", None, AFTER, "0004"),
        place("0004", AFTER),
    )
    assert resolve(split, "0001", DAY) == ("0002", "0003")
    assert resolve_one(split, "0001", AFTER) == "0004"


@pytest.mark.parametrize(("code", "on"), [("9999", DAY), ("0003", BEFORE)])
def test_a_code_that_is_not_there_is_unknown(code: str, on: date) -> None:
    with pytest.raises(RuleBroken) as broken:
        resolve_one(MERGED, code, on)
    assert broken.value.code == "municipality_unknown"
    assert f"{on:%d-%m-%Y}" in CATALOGUE["municipality_unknown"].format(**broken.value.facts)


def test_a_split_asks() -> None:
    split = book(place("0001", None, DAY, "0002", "0003"), place("0002"), place("0003"))
    with pytest.raises(RuleBroken, match="municipality_split"):
        resolve_one(split, "0001", DAY)


def test_what_overlaps_is_found_in_both_directions() -> None:
    assert overlapping(MERGED, "0003", BEFORE) == ("0001", "0002")
    assert overlapping(MERGED, "0001", DAY) == ("0003",)


@given(st.dates(date(2009, 1, 1), date(2013, 1, 1)), st.sampled_from(sorted(MERGED)))
def test_what_a_code_leads_to_exists_on_that_day(on: date, code: str) -> None:
    assert all(MERGED[found].is_valid_on(on) for found in resolve(MERGED, code, on))


@pytest.mark.requirement("REF-08")
def test_a_comparison_names_what_was_added_ended_renamed_and_moved() -> None:
    old = book(place("0001"), place("0002"), place("0003", DAY), place("0005", None, DAY, "0001"))
    new = book(
        place("0001", None, AFTER, "0004"),
        MunicipalityFact("0002", "Nieuwe naam", None, None),
        place("0003", BEFORE),
        place("0004", AFTER),
        place("0005", None, DAY, "0002"),
    )
    assert compare(old, new) == RegisterDiff(("0004",), ("0001",), ("0002",), ("0003", "0005"))
    assert compare(old, old).is_empty and not compare(old, new).is_empty
    reopened = compare(new, new | book(place("0001")))
    assert reopened.moved == ("0001",)


def test_a_municipality_never_disappears_from_the_register() -> None:
    with pytest.raises(RuleBroken) as broken:
        compare(MERGED, book(place("0001"), place("0003")))
    assert (broken.value.code, broken.value.facts) == ("code_missing", {"municipality": "0002"})


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (place("0001", None, DAY), "successors_missing"),
        (place("0001", None, DAY, "9999"), "successor_unknown"),
    ],
)
def test_an_end_leads_to_somewhere_that_exists(wrong: MunicipalityFact, code: str) -> None:
    with pytest.raises(RuleBroken, match=code):
        check_register(book(wrong))
    check_register(MERGED)


HEAD = "code,name,province,from,until,successors,lat,lon,mark"


def test_a_register_is_read_with_sorted_successors() -> None:
    row = read_register([HEAD, "0001,Proefdorp,Utrecht,2010-01-01,2011-01-01,0003+0002,52.1,5.2,V"])["0001"]
    assert row.fact == MunicipalityFact("0001", "Proefdorp", date(2010, 1, 1), DAY, ("0002", "0003"))
    assert (row.province, row.latitude, row.longitude, row.mark) == ("Utrecht", 52.1, 5.2, Mark.READ)


@pytest.mark.parametrize(
    "line",
    [
        "1,Proefdorp,Utrecht,,,,,,V",
        "0001,,Utrecht,,,,,,V",
        "0001,Proefdorp,Utrecht,1-1-2010,,,,,V",
        "0001,Proefdorp,Utrecht,,,,ver,,V",
        "0001,Proefdorp,Utrecht,,,,,,X",
        "0001,Proefdorp",
    ],
)
def test_a_line_that_cannot_be_read_is_named(line: str) -> None:
    with pytest.raises(RuleBroken) as broken:
        read_register([HEAD, "0009,Goed,Utrecht,,,,,,V", line])
    assert (broken.value.code, broken.value.facts) == ("register_unreadable", {"line": 3})


def test_another_table_is_no_register() -> None:
    for lines in ([], ["a,b"], [HEAD.replace("mark", "zeker")]):
        with pytest.raises(RuleBroken, match="register_unreadable"):
            read_register(lines)


def test_a_code_stands_in_a_register_once() -> None:
    with pytest.raises(RuleBroken, match="register_code_twice"):
        read_register([HEAD, *["0001,Proefdorp,Utrecht,,,,,,V"] * 2])


@pytest.mark.requirement("REF-05")
@pytest.mark.parametrize("text", ["1234AB", "1234 ab", " 1234 AB "])
def test_a_postcode_is_written_one_way(text: str) -> None:
    assert parse_postcode(text) == "1234 AB"


@pytest.mark.parametrize(
    ("address", "areas"),
    [
        ("Sprookjeslaan 3, 3511 AB Utrecht", ("3511",)),
        ("Sprookjeslaan 3\n3511ab Utrecht", ("3511",)),
        ("nu 3511 AB, straks 1012 XY, en weer 3511AB", ("1012", "3511")),
        ("Sprookjeslaan 1200", ()),
        ("Sprookjeslaan 3511 AChter", ()),
        ("0511 AB, 123511 AB, sinds 2010", ()),
        ("", ()),
    ],
)
def test_an_address_tells_its_postcode_areas(address: str, areas: tuple[str, ...]) -> None:
    assert areas_in(address) == areas


@pytest.mark.requirement("REF-05")
@pytest.mark.parametrize(
    "text", ["1234SA", "1234 SD", "1234ss", "0999AA", "12345", "1234", "1234 ABC", "", "A234 BC"]
)
def test_a_postcode_that_cannot_be_is_refused(text: str) -> None:
    with pytest.raises(RuleBroken, match="postcode_invalid"):
        parse_postcode(text)


@pytest.mark.requirement("REF-05")
@given(st.from_regex(r"[1-9][0-9]{3}[A-Z]{2}", fullmatch=True))
def test_every_postcode_but_three_letters_is_possible(text: str) -> None:
    if text[4:] in ("SA", "SD", "SS"):
        with pytest.raises(RuleBroken):
            parse_postcode(text)
    else:
        assert parse_postcode(text) == f"{text[:4]} {text[4:]}"


@pytest.mark.requirement("API-04")
def test_an_oin_of_a_municipality_is_accepted() -> None:
    assert parse_oin(" 00000001002220647000 ") == "00000001002220647000"
    assert parse_oin("00000099002220647000", is_test=True) == "00000099002220647000"


@pytest.mark.requirement("API-04")
@pytest.mark.parametrize(
    "text",
    [
        "0000000100222064700",
        "000000010022206470000",
        "00000005002220647000",
        "00000099002220647000",
        "00000010002220647000",
        "0000000100222064700a",
        "0000000100222064700\u0661",
        "",
    ],
)
def test_an_oin_of_another_length_or_register_is_refused(text: str) -> None:
    with pytest.raises(RuleBroken, match="oin_invalid"):
        parse_oin(text)


def test_a_point_lies_on_the_map_where_it_should() -> None:
    assert on_map(53.6, 3.3) == (0, 0)
    assert on_map(50.7, 7.3) == (400, 480)
    assert on_map(52.15, 5.3, 200, 100) == (100, 50)
    for latitude, longitude in ((12.5, -69.9), (52.0, 8.0), (54.0, 5.0)):
        with pytest.raises(ValueError, match="outside the map"):
            on_map(latitude, longitude)


def test_every_municipality_and_prison_of_the_files_lies_on_the_map() -> None:
    rows = [row for name in ("municipalities.csv", "prisons.csv") for row in rows_of(name) if row["lat"]]
    assert len(rows) == 342 + 5
    for row in rows:
        across, down = on_map(float(row["lat"]), float(row["lon"]))
        assert 0 <= across <= 400 and 0 <= down <= 480


#: Two squares that share a side, of which the second has an island; differences of a grid of 0.1 degree.
TOPOLOGY = {
    "type": "Topology",
    "transform": {"scale": [0.1, 0.1], "translate": [4.3, 51.7]},
    "arcs": [
        [[10, 0], [0, 10]],
        [[10, 10], [-10, 0], [0, -10], [10, 0]],
        [[10, 10], [10, 0], [0, -10], [-10, 0]],
        [[25, 0], [1, 0], [0, 1], [-1, 0], [0, -1]],
    ],
    "objects": {
        "land": {"geometries": [{"type": "Polygon", "arcs": [[0, 1]]}]},
        "gm_features": {
            "geometries": [
                {"type": "Polygon", "arcs": [[0, 1]], "properties": {"code": "GM0001"}},
                {"type": "MultiPolygon", "arcs": [[[0, 2]], [[3]]], "properties": {"code": "GM0002"}},
                {"type": "Polygon", "arcs": [[-1, -3]], "properties": {"code": "GM0003"}},
            ]
        },
    },
}


def test_borders_are_decoded_into_paths() -> None:
    paths = border_paths(TOPOLOGY)
    assert set(paths) == {"0001", "0002", "0003"}
    assert paths["0001"] == "M200 314l0 -165l-100 0l0 165l100 0z"
    assert paths["0002"].count("M") == paths["0002"].count("z") == 2
    assert paths["0003"].startswith("M200 149l0 165") and paths["0003"].endswith("z")


def test_every_path_comes_back_to_where_it_began() -> None:
    for path in border_paths(TOPOLOGY).values():
        for ring in path.split("z")[:-1]:
            steps = [step.split() for step in ring.split("l")[1:]]
            assert [sum(int(step[axis]) for step in steps) for axis in (0, 1)] == [0, 0]


def _without(name: str) -> dict[str, Any]:
    return {key: value for key, value in TOPOLOGY.items() if key != name}


@pytest.mark.parametrize(
    "file",
    [
        *({}, [], {"objects": {}}, TOPOLOGY | {"objects": {}}, TOPOLOGY | {"arcs": []}),
        *(
            _without("transform"),
            _without("arcs"),
            TOPOLOGY | {"transform": {"scale": [1, 1], "translate": [0, 0]}},
        ),
    ],
)
def test_a_file_without_borders_is_refused(file: Any) -> None:
    with pytest.raises(RuleBroken, match="borders_unreadable"):
        border_paths(json.loads(json.dumps(file)))


LINE = "NL\t1012\tProefdorp\tNoord-Holland\t07\tProefdorp\t0363\t\t\t52.37\t4.89\t6"


def test_postcodes_are_read_and_those_of_other_countries_left_out() -> None:
    rows = list(read_postcodes([LINE + "\n", LINE.replace("NL", "BE"), LINE.replace("0363", "")]))
    assert [(row.digits, row.municipality_code) for row in rows] == [("1012", "0363"), ("1012", "")]
    assert (rows[0].place, rows[0].latitude, rows[0].longitude) == ("Proefdorp", 52.37, 4.89)


@pytest.mark.parametrize("line", ["", "NL\t1012", LINE.replace("1012", "0012"), LINE.replace("52.37", "ver")])
def test_a_line_that_is_no_postcode_is_named(line: str) -> None:
    with pytest.raises(RuleBroken) as broken:
        list(read_postcodes([LINE, line]))
    assert (broken.value.code, broken.value.facts) == ("postcodes_unreadable", {"line": 2})


def test_a_fact_ends_after_it_began_and_only_once() -> None:
    check_end(None, None, DAY)
    check_end(BEFORE, AFTER, DAY)
    with pytest.raises(RuleBroken, match="fact_over"):
        check_end(None, DAY, DAY)
    with pytest.raises(RuleBroken, match="ends_too_early"):
        check_end(DAY, None, DAY)


@pytest.mark.requirement("CMP-02")
def test_production_refuses_terms_of_general_knowledge_that_nobody_stands_for() -> None:
    waiting = [("silence", "K"), ("triage", "A"), ("child_age", "K")]
    check_terms(waiting, is_production=False)
    check_terms([("triage", "A"), ("vog", "I")], is_production=True)
    with pytest.raises(RuleBroken) as broken:
        check_terms(waiting, is_production=True)
    assert broken.value.facts == {"keys": "child_age, silence"}


def test_an_event_of_the_register_carries_numbers() -> None:
    event = RegisterUpdated(proposal_id=1, added=2, ended=3, renamed=0, moved=0)
    assert event.event_name() == "partners.RegisterUpdated" in EVENTS
    assert event.payload() == {"proposal_id": 1, "added": 2, "ended": 3, "renamed": 0, "moved": 0}


def test_data_are_in_a_format_of_their_own() -> None:
    for path in DATA.iterdir():
        heading = path.read_text("utf-8").splitlines()[0]
        assert "cbs_code" not in heading and "women_from" not in heading
