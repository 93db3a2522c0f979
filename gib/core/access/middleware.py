"""Refuses every view that says nothing about who may enter."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from gib.core.access import rls
from gib.core.access.guard import RULE
from gib.core.access.once import holding

SAFE = frozenset({"GET", "HEAD"})


class Refuse:
    """Deny a view without a rule, and hold the row-security context during safe requests."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Let the request through, inside the reader's scope when it only reads."""
        actor, now = getattr(request, "actor", None), getattr(request, "now", None)
        if actor is None or now is None or request.method not in SAFE:
            return self.get_response(request)
        with rls.acting_as(actor, now.on), holding():
            return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        """Raise for a view without a rule.

        Raises:
            PermissionDenied: nobody decided who may enter.
        """
        if not hasattr(view, RULE):
            raise PermissionDenied("this view has no rule")
