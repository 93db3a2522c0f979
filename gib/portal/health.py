"""Whether the house lives, and whether it can serve: two answers without data."""

from django.db import DatabaseError, connections
from django.http import HttpRequest, HttpResponse

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
