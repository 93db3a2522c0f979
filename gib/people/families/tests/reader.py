"""Who reads, in tests of pages: the actor comes along with the client."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db import connections
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template import engines
from django.test import Client, RequestFactory, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import include, path

from gib.core.access.actor import Actor
from gib.core.access.guard import requires
from gib.core.access.tables import P
from gib.core.kernel.clock import Now
from gib.people.families.tests.conftest import NOW

UNDEFINED = "!!undefined %s!!"


@requires(P.SEE_DOSSIER)
def stand_in(request: HttpRequest, **kwargs: object) -> HttpResponse:
    """Stand in for the dossier page of the portal."""
    return HttpResponse("<h1>dossier</h1>")


_portal = (
    [
        path("moeders/<uuid:dossier_id>/", stand_in, name="dossier"),
        path("moeders/<uuid:dossier_id>/tab/<slug:name>/", stand_in, name="dossier_tab"),
        path("dossier/<uuid:dossier_id>/wissen/", stand_in, name="erase"),
    ],
    "portal",
)
urlpatterns = [
    path("", include("gib.core.ui.urls")),
    path("", include("gib.people.families.urls")),
    path("", include(_portal)),
]


def known_reader(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Set the reader that the client names."""

    def middleware(request: Any) -> HttpResponseBase:
        request.actor = request.META["gib.actor"]
        request.actor_name, request.banner = "H. Voorbeeldink", None
        request.now = request.META["gib.now"]
        return get_response(request)

    return middleware


def visitor(actor: Actor | None, now: Now = NOW) -> Client:
    """Give a browser in which this person is signed in."""
    return Client(**{"gib.actor": actor, "gib.now": now})


def request_of(actor: Actor, now: Now = NOW) -> Any:
    """Give a request of a reader, for a fragment that is no page."""
    request: Any = RequestFactory().get("/")
    request.actor, request.now, request.banner = actor, now, None
    return request


@contextmanager
def pages() -> Iterator[None]:
    """Let the pages of this slice be read by named readers."""
    ours = f"{__name__}.known_reader"
    middleware = [
        ours if "accounts.middleware" in name else name
        for name in settings.MIDDLEWARE
        if "allauth" not in name
    ]
    engine = engines["django"].engine
    before, engine.string_if_invalid = engine.string_if_invalid, UNDEFINED
    with override_settings(MIDDLEWARE=middleware, ROOT_URLCONF=__name__):
        yield
    engine.string_if_invalid = before


def text_of(response: Any) -> str:
    """Give a page as one line, and refuse undefined variables and a page without one heading."""
    html = " ".join(response.content.decode().split())
    assert "!!undefined" not in html, html[max(0, html.index("!!undefined") - 200) :][:400]
    assert html.count("<h1") == 1
    return html


def fragment(html: object) -> str:
    """Give a fragment as one line, and refuse undefined variables."""
    line = " ".join(str(html).split())
    assert "!!undefined" not in line, line[max(0, line.index("!!undefined") - 200) :][:400]
    return line


def queries(client: Client, url: str) -> int:
    """Count the queries of one page, over the main store and the keys."""
    with (
        CaptureQueriesContext(connections["default"]) as main,
        CaptureQueriesContext(connections["keys"]) as keys,
    ):
        text_of(client.get(url))
    return len(main) + len(keys)


def hidden(response: Any) -> dict[str, str]:
    """Give the hidden values of the form of a page, as a browser would send them."""
    form = response.context["form"]
    return {
        field.html_name: "" if field.value() is None else str(field.value()) for field in form.hidden_fields()
    }
