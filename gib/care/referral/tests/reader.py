"""Who reads, in tests of pages: the actor comes along with the client instead of with a session."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db import connections
from django.http import HttpRequest, HttpResponseBase
from django.template import engines
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from gib.care.referral.builders import TUESDAY
from gib.core.access.actor import Actor
from gib.core.kernel.clock import Now
from gib.core.ui import words

UNDEFINED = "!!undefined %s!!"


def known_reader(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Set the reader that the client names."""

    def middleware(request: Any) -> HttpResponseBase:
        request.actor = request.META["gib.actor"]
        request.actor_name = "H. Voorbeeld" if request.actor else ""
        request.now, request.banner = request.META["gib.now"], None
        words.set_today(request.now.on)
        return get_response(request)

    return middleware


def visitor(actor: Actor | None, now: Now = TUESDAY) -> Client:
    """Give a browser in which this person is signed in."""
    return Client(**{"gib.actor": actor, "gib.now": now})


class Page:
    """What a list of the start page looks at: who reads, and the day that its words are of."""

    META: dict[str, str] = {}

    def __init__(self, actor: Actor, now: Now) -> None:
        self.actor, self.now = actor, now
        words.set_today(now.on)


@contextmanager
def pages() -> Iterator[None]:
    """Let pages be read by named readers; a template variable that does not exist leaves a mark."""
    ours = f"{__name__}.known_reader"
    middleware = [
        ours if "accounts.middleware" in name else name
        for name in settings.MIDDLEWARE
        if "allauth" not in name
    ]
    engine = engines["django"].engine
    before, engine.string_if_invalid = engine.string_if_invalid, UNDEFINED
    with override_settings(MIDDLEWARE=middleware):
        yield
    engine.string_if_invalid = before


def text_of(response: Any) -> str:
    """Give the page as one line of text, and refuse undefined variables and a page without one heading."""
    html = " ".join(response.content.decode().split())
    assert "!!undefined" not in html, html[html.index("!!undefined") - 200 :][:400]
    assert html.count("<h1") == 1 or not html
    return html


@contextmanager
def counting() -> Iterator[list[str]]:
    """Count what is read inside, over all stores; the context of row security is no question."""
    found: list[str] = []
    counts = [CaptureQueriesContext(connections[alias]) for alias in ("default", "keys")]
    with counts[0], counts[1]:
        yield found
    asked = [query["sql"] for count in counts for query in count.captured_queries]
    found += [sql for sql in asked if sql.startswith("SELECT") and "set_config" not in sql]


def queries(client: Client, url: str) -> int:
    """Count the questions of one page."""
    with counting() as asked:
        text_of(client.get(url))
    return len(asked)


def hidden(response: Any) -> dict[str, str]:
    """Give the hidden values of the form of a page, as a browser would send them."""
    form = response.context["form"]
    values = {field.html_name: field.value() for field in form.hidden_fields()}
    return {name: "" if value is None else str(value) for name, value in values.items()}
