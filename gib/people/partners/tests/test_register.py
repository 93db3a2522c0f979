"""The register of municipalities as it is shipped: counts, traps, regions, prisons and terms."""

from datetime import date

import pytest

from gib.core.kernel.rules import RuleBroken
from gib.people.partners.actions.load import DATA, load_register, rows_of
from gib.people.partners.domain import Mark, resolve, resolve_one
from gib.people.partners.domain.register import MunicipalityFact, check_register, valid_codes
from gib.people.partners.models import (
    LegalParameter,
    Municipality,
    PlannedChange,
    Postcode,
    Prison,
    SafetyRegion,
    VisitingRule,
    legal_value,
    municipalities_of_postcode,
    prisons,
    regions_of,
    register,
    rules_of,
)

COUNTS = {
    **{2010: 431, 2011: 418, 2012: 415, 2013: 408, 2014: 403, 2015: 393, 2016: 390, 2017: 388},
    **{2018: 380, 2019: 355, 2020: 355, 2021: 352, 2022: 345, 2023: 342, 2024: 342, 2025: 342},
}
SPLITS = {
    "0053": ("1966", "1969"),
    "0055": ("0074", "0080", "1900", "1940"),
    "0140": ("0080", "1900", "1949"),
    "0788": ("0757", "0824", "0855", "0865"),
    "0993": ("0984", "1507"),
    "1671": ("0796", "0828"),
}
TODAY = date(2026, 1, 1)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


@pytest.fixture(scope="module")
def facts() -> dict[str, MunicipalityFact]:
    rows = rows_of("municipalities.csv")
    return {
        row["code"]: MunicipalityFact(
            row["code"],
            row["name"],
            _day(row["from"]),
            _day(row["until"]),
            tuple(code for code in row["successors"].split("+") if code),
        )
        for row in rows
    }


@pytest.fixture
def loaded(db: None) -> None:
    load_register()


@pytest.mark.requirement("REF-01")
@pytest.mark.parametrize("year", COUNTS)
def test_counts_per_first_of_january(year: int, facts: dict[str, MunicipalityFact]) -> None:
    assert len(valid_codes(facts.values(), date(year, 1, 1))) == COUNTS[year]


@pytest.mark.requirement("REF-02")
def test_all_134_ended_codes_lead_to_municipalities_of_today(facts: dict[str, MunicipalityFact]) -> None:
    ended = [code for code, fact in facts.items() if fact.valid_to]
    assert len(ended) == 134
    check_register(facts)
    now = valid_codes(facts.values(), TODAY)
    for code in ended:
        found = resolve(facts, code, TODAY)
        assert found and set(found) <= now, code
    assert {code: resolve(facts, code, TODAY) for code in ended if len(facts[code].successors) > 1} == SPLITS


@pytest.mark.requirement("REF-02")
@pytest.mark.parametrize("code", SPLITS)
def test_a_split_asks_and_names_the_candidates(code: str, facts: dict[str, MunicipalityFact]) -> None:
    with pytest.raises(RuleBroken) as broken:
        resolve_one(facts, code, TODAY)
    assert broken.value.code == "municipality_split"
    assert broken.value.facts["candidates"] == SPLITS[code]


@pytest.mark.requirement("REF-02")
def test_a_chain_is_followed_as_far_as_the_day(facts: dict[str, MunicipalityFact]) -> None:
    days = {date(2010, 12, 31): "0083", date(2011, 1, 1): "1908", date(2018, 1, 1): "1949", TODAY: "1949"}
    assert {on: resolve_one(facts, "0083", on) for on in days} == days


@pytest.mark.requirement("REF-03")
@pytest.mark.parametrize(
    ("old", "new", "on"),
    [
        ("0600", "0599", date(2010, 3, 18)),
        ("1921", "1940", date(2015, 7, 1)),
        ("0457", "0363", date(2022, 3, 24)),
    ],
)
def test_a_change_within_the_year_holds_from_its_day(
    old: str, new: str, on: date, facts: dict[str, MunicipalityFact]
) -> None:
    eve = date.fromordinal(on.toordinal() - 1)
    assert resolve_one(facts, old, eve) == old
    assert resolve_one(facts, old, on) == new
    assert old in valid_codes(facts.values(), eve) - valid_codes(facts.values(), on)


@pytest.mark.requirement("REF-06")
def test_two_municipalities_are_called_bergen(loaded: None) -> None:
    found = Municipality.objects.valid(TODAY).filter(name__startswith="Bergen (")
    assert {row.code: row.province for row in found} == {"0373": "Noord-Holland", "0893": "Limburg"}


@pytest.mark.requirement("REF-04")
def test_a_planned_merger_has_no_effect(loaded: None) -> None:
    planned = PlannedChange.objects.get()
    assert (planned.municipality_id, planned.successors) == ("1696", "0402")
    assert (planned.ends_on, planned.is_confirmed) == (date(2027, 1, 1), False)
    assert resolve(register(), "1696", date(2027, 1, 2)) == ("1696",)
    assert Municipality.objects.valid(date(2027, 1, 2)).count() == 342


@pytest.mark.requirement("REF-01")
def test_loading_twice_changes_nothing_and_the_tables_equal_the_file(
    loaded: None, facts: dict[str, MunicipalityFact]
) -> None:
    assert load_register() is False
    assert register() == facts


@pytest.mark.requirement("ZVH-06")
def test_each_of_the_342_has_one_house_and_one_veilig_thuis_none_of_them_confirmed(loaded: None) -> None:
    now = set(Municipality.objects.valid(TODAY).values_list("code", flat=True))
    regions = list(SafetyRegion.objects.valid(TODAY))
    assert len(regions) == len(now) == 342
    assert {row.municipality_id for row in regions} == now
    assert all(row.house_id and row.veilig_thuis and not row.is_confirmed for row in regions)
    assert {row.mark for row in regions} == {Mark.SECONDARY, Mark.INFERRED, Mark.ASSUMED}


@pytest.mark.requirement("ZVH-06")
def test_the_region_of_an_ended_municipality_is_that_of_its_heirs(loaded: None) -> None:
    assert [row.house.name for row in regions_of("0003", date(2011, 1, 11))] == ["Groningen"]
    assert [row.house.name for row in regions_of("0363", TODAY)] == ["Amsterdam-Amstelland"]
    haaren = regions_of("0788", TODAY)
    assert {row.house.name for row in haaren} == {"Brabant Noordoost", "Midden-Brabant"}
    assert regions_of("9999", TODAY) == []


@pytest.mark.requirement("DJI-03")
def test_prisons_have_dates_and_marks(loaded: None) -> None:
    assert [row.code for row in prisons(TODAY).order_by("code")] == ["NSL", "TPL", "ZWO"]
    assert prisons(date(2010, 6, 1)).count() == 5
    assert prisons().count() == 5
    unsure = {row.code: row.mark for row in Prison.objects.unconfirmed()}
    assert unsure == {"BRE": "A", "HHW": "I"}
    assert Prison.objects.get(code="HHW").municipality.name == "Heerhugowaard"


@pytest.mark.requirement("DJI-03")
def test_visiting_rules_are_per_prison_and_not_confirmed(loaded: None) -> None:
    kinds = [(rule.kind, rule.accompany_age, rule.weekday) for rule in rules_of("NSL", TODAY)]
    assert kinds == [("parent_child", 12, None), ("regular", 12, None)]
    assert VisitingRule.objects.unconfirmed().count() == VisitingRule.objects.count() == 10
    assert rules_of("HHW", date(2014, 1, 1)) == []


@pytest.mark.requirement("CMP-02")
def test_terms_have_a_source_and_a_mark(loaded: None) -> None:
    assert legal_value("first_talk_days", date(2011, 1, 11)) == 5
    for term in LegalParameter.objects.all():
        assert term.source and term.unit and term.mark in set(Mark)
    with pytest.raises(RuleBroken, match="term_unknown"):
        legal_value("nothing", TODAY)


@pytest.mark.requirement("REF-07")
def test_every_data_file_has_a_row_with_source_and_licence() -> None:
    rows = {row["file"]: row for row in rows_of("LICENCES.csv")}
    assert set(rows) == {path.name for path in DATA.iterdir()}
    assert all(row["source"] and row["licence"] for row in rows.values())


@pytest.mark.requirement("REF-05")
def test_a_postcode_proposes_one_municipality_or_asks(loaded: None) -> None:
    for digits, code in (("1012", "0363"), ("5268", "0796"), ("5268", "0855"), ("3221", "")):
        Postcode.objects.create(
            digits=digits, place="Proefdorp", municipality_code=code, latitude=52.0, longitude=5.0
        )
    assert municipalities_of_postcode("1012 AB", TODAY) == ("0363",)
    assert municipalities_of_postcode("5268ab", TODAY) == ("0796", "0855")
    assert municipalities_of_postcode("3221 AB", TODAY) == ()
    assert municipalities_of_postcode("9999 AB", TODAY) == ()
    assert municipalities_of_postcode("1012AB", date(2011, 1, 11)) == ("0363", "0457")
    with pytest.raises(RuleBroken, match="postcode_invalid"):
        municipalities_of_postcode("0999AA", TODAY)
