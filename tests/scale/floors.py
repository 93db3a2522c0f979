"""What a page could cost at least: its bytes, its template alone, its list as prepared SQL, a bare view."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any, Final
from unittest.mock import patch

import psycopg
from django.core.handlers.base import BaseHandler
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template import Context
from django.template.base import Template
from django.test import RequestFactory, override_settings
from django.urls import path
from django.utils import translation

from tests.scale.houses import House
from tests.scale.pages import Page
from tests.services import postgres

#: The list that floors are measured for, and the table whose rows it shows.
LIST, _ROWS = "families:mothers", "families_participant"
_BYTES, _NOTHING = "/bytes", "/select-1"
_numbers = count()


class _Known:
    """The bytes of the page, for the view that only gives them back."""

    content = b""


def _bytes(request: HttpRequest) -> HttpResponse:
    return HttpResponse(_Known.content)


def _select_1(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return HttpResponse(str(cursor.fetchone()[0]))


urlpatterns: Final = [path("bytes", _bytes), path("select-1", _select_1)]


def floors(house: House, owner: Any) -> dict[str, Callable[[], Any]]:
    """Give what is measured beside the list of mothers of a house; the caller is in it.

    Args:
        owner: a connection of psycopg without row-level security, or the connection of files.
    """
    page = house.pages[LIST]
    _Known.content = page.open()
    handler = _bare()
    return {
        "prebuilt bytes": lambda: handler(_BYTES),
        "a view that asks select 1": lambda: handler(_NOTHING),
        "template only": template_only(page),
        "prepared raw SQL of the rows": prepared(asked_for_rows(page), owner),
    }


def _bare() -> Callable[[str], HttpResponse]:
    """Give the framework without any middleware."""
    handler, requests = BaseHandler(), RequestFactory()
    with override_settings(MIDDLEWARE=[]):
        handler.load_middleware()

    def answer(url: str) -> HttpResponse:
        request = requests.get(url)
        request.urlconf = __name__
        found: HttpResponse = handler.get_response(request)
        assert found.status_code == 200, f"{url}: {found.status_code}"
        return found

    return answer


def template_only(page: Page) -> Callable[[], str]:
    """Give the making of the same HTML from the same template, with all it prints ready.

    Raises:
        AssertionError: the HTML differs, or something is still asked of a store.
    """
    with _rendered() as seen:
        html = page.open().decode()
    template, context = seen[0]

    def render() -> str:
        with translation.override("nl"):
            made: str = template.render(Context(context))
        return made

    render()
    with connection.execute_wrapper(_refuse):
        assert render() == html, "the template alone makes other HTML"
    return render


def _refuse(execute: Any, sql: str, *rest: Any) -> Any:
    raise AssertionError(f"the template alone asks {sql}")


@contextmanager
def _rendered() -> Iterator[list[tuple[Template, dict[str, Any]]]]:
    """Note each template that is rendered, with all that it may print; the page itself comes first."""
    seen: list[tuple[Template, dict[str, Any]]] = []
    render = Template._render

    def noting(self: Template, context: Any) -> Any:
        seen.append((self, context.flatten()))
        return render(self, context)

    with patch.object(Template, "_render", noting):
        yield seen


def asked_for_rows(page: Page) -> tuple[str, Any]:
    """Give the statement that reads the rows of a list, with its values: the longest about their table."""
    asked: list[tuple[str, Any]] = []

    def note(execute: Any, sql: str, params: Any, many: bool, facts: Any) -> Any:
        asked.append((sql, params))
        return execute(sql, params, many, facts)

    with connection.execute_wrapper(note):
        page.open()
    return max((each for each in asked if f'"{_ROWS}"' in each[0]), key=lambda each: len(each[0]))


def prepared(statement: tuple[str, Any], owner: Any) -> Callable[[], Any]:
    """Give the asking of a statement that the engine has prepared, by its driver alone."""
    sql, params = statement
    if connection.vendor == "sqlite":
        # The driver keeps what it has prepared by the text.
        text = sql.replace("%s", "?")
        return lambda: owner.execute(text, params).fetchall()
    name = f"floor_{next(_numbers)}"
    with psycopg.ClientCursor(owner) as cursor:
        owner.execute(f"PREPARE {name} AS {cursor.mogrify(sql, params)}")
    return lambda: owner.execute(f"EXECUTE {name}").fetchall()


@contextmanager
def owner() -> Iterator[Any]:
    """Give a connection of the driver for prepared SQL: on PostgreSQL as who owns the tables."""
    connection.ensure_connection()
    if connection.vendor == "sqlite":
        yield connection.connection
        return
    facts = connection.settings_dict
    address = {"host": facts["HOST"], "port": facts["PORT"], "dbname": facts["NAME"]}
    with psycopg.connect(**address, user=postgres.OWNER, autocommit=True) as held:
        yield held
