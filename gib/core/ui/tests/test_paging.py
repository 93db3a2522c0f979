"""A long list in windows: every row once, in order, whatever is added meanwhile."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.http import HttpRequest, QueryDict

from gib.core.ui import paging
from gib.core.ui.models import Submission

pytestmark = pytest.mark.django_db
START = datetime(2010, 1, 1, 9, tzinfo=UTC)


@pytest.fixture
def rows() -> list[UUID]:
    """Ten rows, two on every moment; gives their keys, newest first."""
    made = [
        Submission(token=UUID(int=number), url="/", at=START + timedelta(hours=number // 2))
        for number in range(10)
    ]
    Submission.objects.bulk_create(made)
    return [row.pk for row in reversed(made)]


@pytest.fixture
def look(make_request: Callable[..., HttpRequest]) -> Callable[..., paging.Window]:
    def looked(address: str = "", size: int = 3) -> paging.Window:
        request = make_request()
        request.GET = QueryDict(address.lstrip("?"))
        return paging.window(request, Submission.objects.all(), "at", size)

    return looked


def keys(window: paging.Window) -> list[UUID]:
    return [row.pk for row in window.rows]


def test_going_back_in_time_shows_every_row_once(rows: list[UUID], look: Callable[..., Any]) -> None:
    window, seen = look(), []
    seen += keys(window)
    while window.older:
        window = look(window.older)
        seen += keys(window)
    assert seen == rows


def test_and_coming_back_shows_the_same(rows: list[UUID], look: Callable[..., Any]) -> None:
    last = look(look(look(look().older).older).older)
    assert keys(last) == rows[-1:]
    assert keys(look(last.newer)) == rows[6:9]
    assert keys(look(look(look(last.newer).newer).newer)) == rows[:3]


def test_the_first_window_has_nothing_newer_and_the_last_nothing_older(
    rows: list[UUID], look: Callable[..., Any]
) -> None:
    assert look().newer == ""
    assert look(size=10).older == ""
    assert look(look(look().older).newer).newer == ""


def test_a_row_that_arrives_meanwhile_moves_nothing(rows: list[UUID], look: Callable[..., Any]) -> None:
    older = look().older
    Submission.objects.create(token=UUID(int=99), url="/", at=START + timedelta(days=1))
    assert keys(look(older)) == rows[3:6]


def test_the_filter_of_the_address_is_kept(rows: list[UUID], look: Callable[..., Any]) -> None:
    assert look("?soort=bezoek&soort=bel").older.startswith("?soort=bezoek&soort=bel&ouder=2010-01-01T")


@pytest.mark.parametrize("address", ["?ouder=x", "?ouder=", "?nieuwer=2010-99-99~1", "?ouder=~"])
def test_an_address_that_cannot_be_read_shows_the_newest(
    rows: list[UUID], look: Callable[..., Any], address: str
) -> None:
    assert keys(look(address)) == rows[:3]


def test_an_empty_list_is_one_empty_window(look: Callable[..., Any]) -> None:
    assert look() == paging.Window([])
