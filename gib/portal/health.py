"""Whether the house lives, and whether it can serve: two answers without data."""

from collections.abc import Callable

from django.db import DatabaseError, connections
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from gib.core.access.guard import public


@public
def live(request: HttpRequest) -> HttpResponse:
    """Answer that the process runs."""
    return HttpResponse("leeft", content_type="text/plain")


@public
def ready(request: HttpRequest) -> HttpResponse:
    """Answer 200 when every store answers, 503 otherwise."""
    try:
        for connection in connections.all():
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("wacht", status=503, content_type="text/plain", headers={"Retry-After": "5"})
    return HttpResponse("gereed", content_type="text/plain")


_ANSWERS = {"/gezond/live": live, "/gezond/ready": ready}


def before_all(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Answer both before anything asks a store who is there: a house without its stores lives."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        return _ANSWERS.get(request.path, get_response)(request)

    return middleware
