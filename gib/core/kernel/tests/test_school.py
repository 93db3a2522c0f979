"""School holidays: what is written out, what the library knows, and what nobody knows."""

from datetime import date, timedelta

import pytest

from gib.core.kernel.holidays import holiday_names
from gib.core.kernel.school import KNOWN_FROM, KNOWN_TO, is_known, school_holidays


@pytest.mark.parametrize(
    ("on", "told"),
    [
        (date(2012, 2, 17), {}),
        (date(2012, 2, 18), {"Voorjaarsvakantie": ("Midden", "Zuid")}),
        (date(2012, 2, 25), {"Voorjaarsvakantie": ("Noord", "Midden", "Zuid")}),
        (date(2012, 3, 4), {"Voorjaarsvakantie": ("Noord",)}),
        (date(2012, 8, 19), {"Zomervakantie": ("Noord", "Midden")}),
        (date(2013, 1, 6), {"Kerstvakantie": ("Noord", "Midden", "Zuid")}),
        (date(2013, 1, 7), {}),
        (date(2013, 10, 13), {"Herfstvakantie": ("Zuid",)}),
        (date(2014, 1, 5), {"Kerstvakantie": ("Noord", "Midden", "Zuid")}),
        (date(2014, 7, 7), {"Zomervakantie": ("Noord",)}),
        (date(2026, 2, 21), {"Voorjaarsvakantie": ("Noord", "Midden", "Zuid")}),
    ],
)
def test_a_day_has_the_holidays_of_its_regions(on: date, told: dict[str, tuple[str, ...]]) -> None:
    assert school_holidays(on) == told


def test_of_other_years_nothing_is_told_and_nothing_known() -> None:
    for on in (KNOWN_FROM - timedelta(days=1), KNOWN_TO + timedelta(days=1), date(2010, 7, 20)):
        assert not is_known(on)
        assert school_holidays(on) == {}
    assert is_known(KNOWN_FROM)
    assert is_known(KNOWN_TO)


def test_every_year_has_as_many_days_of_school_holiday_as_the_law_gives() -> None:
    """Six weeks of summer and four times one or two; each region some twelve weeks."""
    for year in range(2013, 2030):
        first = date(year, 1, 1)
        days = [school_holidays(first + timedelta(days=each)) for each in range(365)]
        for region in ("Noord", "Midden", "Zuid"):
            free = sum(any(region in where for where in told.values()) for told in days)
            assert 75 <= free <= 100, (year, region, free)
            summer = sum(region in told.get("Zomervakantie", ()) for told in days)
            assert summer == 44, (year, region, summer)


def test_english_names_are_told_for_every_year() -> None:
    for year in (2013, 2026):
        assert school_holidays(date(year, 7, 22), "en").keys() == {"Summer Break"}
    assert holiday_names(2011, "en")[date(2011, 4, 30)] == "Queen's Day"
    assert holiday_names(2011, "xx")[date(2011, 4, 30)] == "Koninginnedag"


#: Name, region, first and last day, as school calendars of these years print them.
PRINTED = [
    ("Voorjaarsvakantie", "Noord", "2012-02-25", "2012-03-04"),
    ("Voorjaarsvakantie", "Midden", "2012-02-18", "2012-02-26"),
    ("Voorjaarsvakantie", "Zuid", "2012-02-18", "2012-02-26"),
    ("Meivakantie", "Noord", "2012-04-28", "2012-05-06"),
    ("Meivakantie", "Midden", "2012-04-28", "2012-05-06"),
    ("Meivakantie", "Zuid", "2012-04-28", "2012-05-06"),
    ("Zomervakantie", "Noord", "2012-07-21", "2012-09-02"),
    ("Zomervakantie", "Midden", "2012-07-07", "2012-08-19"),
    ("Zomervakantie", "Zuid", "2012-06-30", "2012-08-12"),
    ("Herfstvakantie", "Noord", "2012-10-20", "2012-10-28"),
    ("Herfstvakantie", "Midden", "2012-10-13", "2012-10-21"),
    ("Herfstvakantie", "Zuid", "2012-10-13", "2012-10-21"),
    ("Kerstvakantie", "Noord", "2012-12-22", "2013-01-06"),
    ("Kerstvakantie", "Midden", "2012-12-22", "2013-01-06"),
    ("Kerstvakantie", "Zuid", "2012-12-22", "2013-01-06"),
    ("Voorjaarsvakantie", "Noord", "2013-02-16", "2013-02-24"),
    ("Voorjaarsvakantie", "Midden", "2013-02-16", "2013-02-24"),
    ("Voorjaarsvakantie", "Zuid", "2013-02-23", "2013-03-03"),
    ("Meivakantie", "Noord", "2013-04-27", "2013-05-05"),
    ("Meivakantie", "Midden", "2013-04-27", "2013-05-05"),
    ("Meivakantie", "Zuid", "2013-04-27", "2013-05-05"),
    ("Zomervakantie", "Noord", "2013-07-06", "2013-08-18"),
    ("Zomervakantie", "Midden", "2013-07-20", "2013-09-01"),
    ("Zomervakantie", "Zuid", "2013-06-29", "2013-08-11"),
    ("Herfstvakantie", "Noord", "2013-10-19", "2013-10-27"),
    ("Herfstvakantie", "Midden", "2013-10-19", "2013-10-27"),
    ("Herfstvakantie", "Zuid", "2013-10-12", "2013-10-20"),
    ("Kerstvakantie", "Noord", "2013-12-21", "2014-01-05"),
    ("Kerstvakantie", "Midden", "2013-12-21", "2014-01-05"),
    ("Kerstvakantie", "Zuid", "2013-12-21", "2014-01-05"),
    ("Voorjaarsvakantie", "Noord", "2014-02-22", "2014-03-02"),
    ("Voorjaarsvakantie", "Midden", "2014-02-15", "2014-02-23"),
    ("Voorjaarsvakantie", "Zuid", "2014-02-15", "2014-02-23"),
    ("Meivakantie", "Noord", "2014-04-26", "2014-05-05"),
    ("Meivakantie", "Midden", "2014-04-26", "2014-05-05"),
    ("Meivakantie", "Zuid", "2014-04-26", "2014-05-05"),
    ("Zomervakantie", "Noord", "2014-07-05", "2014-08-17"),
    ("Voorjaarsvakantie", "Noord", "2020-02-15", "2020-02-23"),
    ("Voorjaarsvakantie", "Midden", "2020-02-22", "2020-03-01"),
    ("Voorjaarsvakantie", "Zuid", "2020-02-22", "2020-03-01"),
    ("Meivakantie", "Noord", "2020-04-25", "2020-05-03"),
    ("Meivakantie", "Midden", "2020-04-25", "2020-05-03"),
    ("Meivakantie", "Zuid", "2020-04-25", "2020-05-03"),
    ("Zomervakantie", "Noord", "2020-07-04", "2020-08-16"),
    ("Zomervakantie", "Midden", "2020-07-18", "2020-08-30"),
    ("Zomervakantie", "Zuid", "2020-07-11", "2020-08-23"),
    ("Herfstvakantie", "Noord", "2020-10-10", "2020-10-18"),
    ("Herfstvakantie", "Midden", "2020-10-17", "2020-10-25"),
    ("Herfstvakantie", "Zuid", "2020-10-17", "2020-10-25"),
    ("Kerstvakantie", "Noord", "2020-12-19", "2021-01-03"),
    ("Kerstvakantie", "Midden", "2020-12-19", "2021-01-03"),
    ("Kerstvakantie", "Zuid", "2020-12-19", "2021-01-03"),
    ("Voorjaarsvakantie", "Noord", "2025-02-15", "2025-02-23"),
    ("Voorjaarsvakantie", "Midden", "2025-02-22", "2025-03-02"),
    ("Voorjaarsvakantie", "Zuid", "2025-02-22", "2025-03-02"),
    ("Meivakantie", "Noord", "2025-04-26", "2025-05-04"),
    ("Meivakantie", "Midden", "2025-04-26", "2025-05-04"),
    ("Meivakantie", "Zuid", "2025-04-26", "2025-05-04"),
    ("Zomervakantie", "Noord", "2025-07-12", "2025-08-24"),
    ("Zomervakantie", "Midden", "2025-07-19", "2025-08-31"),
    ("Zomervakantie", "Zuid", "2025-07-05", "2025-08-17"),
    ("Herfstvakantie", "Noord", "2025-10-18", "2025-10-26"),
    ("Herfstvakantie", "Midden", "2025-10-18", "2025-10-26"),
    ("Herfstvakantie", "Zuid", "2025-10-11", "2025-10-19"),
    ("Kerstvakantie", "Noord", "2025-12-20", "2026-01-04"),
    ("Kerstvakantie", "Midden", "2025-12-20", "2026-01-04"),
    ("Kerstvakantie", "Zuid", "2025-12-20", "2026-01-04"),
    ("Voorjaarsvakantie", "Noord", "2026-02-21", "2026-03-01"),
    ("Voorjaarsvakantie", "Midden", "2026-02-14", "2026-02-22"),
    ("Voorjaarsvakantie", "Zuid", "2026-02-14", "2026-02-22"),
    ("Meivakantie", "Noord", "2026-04-25", "2026-05-03"),
    ("Meivakantie", "Midden", "2026-04-25", "2026-05-03"),
    ("Meivakantie", "Zuid", "2026-04-25", "2026-05-03"),
    ("Zomervakantie", "Noord", "2026-07-04", "2026-08-16"),
    ("Zomervakantie", "Midden", "2026-07-18", "2026-08-30"),
    ("Zomervakantie", "Zuid", "2026-07-11", "2026-08-23"),
]


@pytest.mark.parametrize(("name", "region", "first", "last"), PRINTED)
def test_a_holiday_lasts_from_its_first_to_its_last_day(
    name: str, region: str, first: str, last: str
) -> None:
    begins, ends = date.fromisoformat(first), date.fromisoformat(last)
    for on in (begins, begins + (ends - begins) // 2, ends):
        assert region in school_holidays(on).get(name, ()), on
    for on in (begins - timedelta(days=1), ends + timedelta(days=1)):
        assert region not in school_holidays(on).get(name, ()), on
