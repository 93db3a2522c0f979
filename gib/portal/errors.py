"""What a visitor sees when a page does not exist, may not be seen, or fails."""

import sys
from secrets import token_hex

import structlog
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from gib.core.access.guard import public

LOG = structlog.get_logger()


@public
def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that this role may not enter here, and who can give access."""
    return HttpResponse(render_to_string("ui/403.html", request=request), status=403)


@public
def missing(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that this does not exist, in the same words as for what one may not know of."""
    return HttpResponse(render_to_string("ui/404.html", request=request), status=404)


@public
def broken(request: HttpRequest) -> HttpResponse:
    """Answer a fault without touching the database: 503 when it is away, 500 otherwise.

    The reference number on the page stands in the server log beside the kind of fault; neither
    holds data of anybody.
    """
    error = sys.exc_info()[1]
    away = isinstance(error, OperationalError | InterfaceError)
    reference = f"F-{token_hex(3).upper()}"
    LOG.error("page failed", reference=reference, error=type(error).__name__, view=_view(request))
    status, template = (503, "ui/503.html") if away else (500, "ui/500.html")
    answer = HttpResponse(render_to_string(template, {"reference": reference}), status=status)
    if away:
        answer["Retry-After"] = "30"
    return answer


def _view(request: HttpRequest) -> str:
    return request.resolver_match.view_name if request.resolver_match else ""
