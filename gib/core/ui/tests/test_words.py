"""Days, hours and names as people read them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.http import HttpRequest, QueryDict
from django.template import Context, Template
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from gib.core.ui import words

TODAY = date(2011, 1, 11)


@pytest.fixture(autouse=True)
def day_of_the_demo() -> None:
    words.set_today(TODAY)


def test_a_day_is_written_in_the_language_of_the_page() -> None:
    written = []
    for language in ("nl", "en", "nl"):
        with translation.override(language):
            written.append(words.day(date(2011, 5, 4)))
    assert written == ["wo 4 mei", "wed 4 may", "wo 4 mei"]


@pytest.mark.parametrize("order", ["before", "after"])
def test_a_page_in_english_leaves_no_english_to_the_next_test(order: str) -> None:
    assert translation.get_language() == "nl", f"{order} the other of the two"
    translation.activate("en")


@pytest.mark.parametrize(
    ("value", "is_relative", "written"),
    [
        (date(2011, 2, 2), False, "wo 2 feb"),
        (date(2010, 12, 2), False, "do 2 dec 2010"),
        (date(2011, 3, 1), False, "di 1 mrt"),
        (TODAY, True, "vandaag"),
        (date(2011, 1, 12), True, "morgen"),
        (date(2011, 1, 10), True, "gisteren"),
        (date(2011, 1, 13), True, "over 2 dagen"),
        (date(2011, 1, 18), True, "over 7 dagen"),
        (date(2011, 1, 19), True, "wo 19 jan"),
        (date(2011, 1, 4), True, "7 dagen geleden"),
        (date(2011, 1, 3), True, "ma 3 jan"),
        (datetime(2011, 2, 2, 8, 30, tzinfo=UTC), False, "wo 2 feb 09:30"),
        (datetime(2010, 12, 31, 23, 15, tzinfo=UTC), False, "za 1 jan 00:15"),
        (datetime(2011, 1, 11, 8, 0, tzinfo=UTC), True, "vandaag 09:00"),
        (None, False, ""),
    ],
)
def test_day(value: date | None, is_relative: bool, written: str) -> None:
    assert words.day(value, is_relative) == written


def test_day_in_english() -> None:
    with translation.override("en"):
        assert words.day(date(2011, 2, 2)) == "wed 2 feb"


def test_today_is_the_clock_of_the_machine_without_a_business_day() -> None:
    words.set_today(None)
    assert abs((words.today() - datetime.now(UTC).date()).days) <= 1


@pytest.mark.parametrize(
    ("minutes", "written"),
    [
        (90, "1½ uur"),
        (15, "¼ uur"),
        (45, "¾ uur"),
        (120, "2 uur"),
        (0, "0 uur"),
        (7, "0 uur"),
        (8, "¼ uur"),
        (810, "13½ uur"),
        (timedelta(hours=1, minutes=50), "1¾ uur"),
        (None, ""),
    ],
)
def test_hours(minutes: int | timedelta | None, written: str) -> None:
    assert words.hours(minutes) == written


@pytest.mark.parametrize(
    ("name", "short", "letters"),
    [
        ("Samira Bouzid", "Samira B.", "S.B."),
        ("Wendy van den Berg", "Wendy B.", "W.B."),
        ("Wendeline Oosterhuis-van den Broek", "Wendeline O.", "W.O.B."),
        ("Truus", "Truus", "T."),
        ("anna de vries", "anna V.", "A."),
        ("", "", ""),
    ],
)
def test_names(name: str, short: str, letters: str) -> None:
    assert words.short_name(name) == short
    assert words.initials(name) == letters


@given(st.text(max_size=40))
def test_any_name_can_be_shortened(name: str) -> None:
    assert len(words.short_name(name).split()) <= 2
    assert " " not in words.initials(name)


@pytest.mark.parametrize(
    ("source", "written"),
    [
        ("{{ on|dag }}", "do 2 dec 2010"),
        ('{{ near|dag:"relatief" }}', "morgen"),
        ("{{ 90|uur }}", "1½ uur"),
        ("{{ name|initial }}", "Samira B."),
        ("{{ name|naam }}", '<span class="full">Samira Bouzid</span><span class="short">S.B.</span>'),
        ('{{ "error"|tone }} {{ "success"|tone }} {{ "x"|tone }}', "stop good rest"),
    ],
)
def test_filters(source: str, written: str) -> None:
    context = {"on": date(2010, 12, 2), "near": date(2011, 1, 12), "name": "Samira Bouzid"}
    assert Template(source).render(Context(context)) == written


def test_a_name_is_escaped() -> None:
    html = Template("{{ name|naam }}").render(Context({"name": "<b>Eva</b>"}))
    assert "<b>" not in html


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("{% query soort='bezoek' %}", "?stand=open&amp;voor=9&amp;soort=bezoek"),
        ("{% query stand=None %}", "?voor=9"),
        ("{% query voor='' stand='dicht' %}", "?stand=dicht"),
    ],
)
def test_query_keeps_the_other_parameters(source: str, expected: str) -> None:
    request = HttpRequest()
    request.GET = QueryDict("stand=open&voor=9")
    assert Template(source).render(Context({"request": request})) == expected
