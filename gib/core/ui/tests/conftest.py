"""Tools of these tests: undefined variables show up, and a request as a page gets it."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.messages.storage.fallback import FallbackStorage
from django.http import HttpRequest
from django.template import Context, Template, engines
from django.test import RequestFactory
from django_cotton.compiler_regex import CottonCompiler

UNDEFINED = "!!undefined %s!!"


@pytest.fixture(autouse=True)
def strict_templates() -> Iterator[None]:
    """Print a mark for every variable that does not exist."""
    engine = engines["django"].engine
    before, engine.string_if_invalid = engine.string_if_invalid, UNDEFINED
    yield
    engine.string_if_invalid = before


@pytest.fixture
def draw() -> Callable[..., str]:
    """Draw a piece of template, and refuse undefined variables."""

    def drawn(source: str, **context: Any) -> str:
        html = Template(CottonCompiler().process(source)).render(Context(context))
        assert "!!undefined" not in html, html
        return " ".join(html.split())

    return drawn


@pytest.fixture
def make_request(rf: RequestFactory) -> Callable[..., HttpRequest]:
    """Make a request with the parts a page looks at."""

    def made(method: str = "get", path: str = "/", data: Any = None, **extra: Any) -> HttpRequest:
        request = getattr(rf, method)(path, data or {}, **extra)
        request.session = {}
        request._messages = FallbackStorage(request)
        return request

    return made
