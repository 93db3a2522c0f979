"""Counts what a request opens, and writes it before the answer leaves."""

import hashlib
from collections.abc import Callable
from secrets import token_hex

import structlog
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string

from gib.core.journal import readings
from gib.core.kernel.clock import real_now
from gib.core.vault import reads

LOG = structlog.get_logger()
_ACTIONS = {"GET": "read", "HEAD": "read", "POST": "write"}


def reading_log(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Write the reading log of each request; when that fails, the answer is 503 without data."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        seen = reads.ReadSet(action=_ACTIONS.get(request.method or "", "write"))
        with reads.counting(seen):
            response = get_response(request)
        match = request.resolver_match
        seen.purpose = seen.purpose or (match.view_name if match else "")
        return response if _written(request, response, seen) else unavailable()

    return middleware


def _written(request: HttpRequest, response: HttpResponseBase, seen: reads.ReadSet) -> bool:
    actor = getattr(request, "actor", None)
    if seen.is_empty:
        return True
    if actor is None or response.streaming:
        LOG.error("sealed data without a reader", status=response.status_code)
        return False
    key = request.session.session_key or ""
    session = hashlib.sha256(key.encode()).hexdigest() if key else ""
    try:
        readings.write(seen, actor, real_now().at, session, response.status_code)
    except DatabaseError as error:
        LOG.error("reading log unavailable", error=type(error).__name__)
        return False
    return True


def unavailable() -> HttpResponse:
    """Answer that nothing can be shown now, without data, with a number that stands in the server log."""
    reference = f"F-{token_hex(3).upper()}"
    LOG.error("answer withheld", reference=reference)
    answer = render_to_string("ui/503.html", {"reference": reference})
    return HttpResponse(answer, status=503, headers={"Retry-After": "30"})
