"""The door of every page: a view names the permission it needs, or says that it is public."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect

from gib.core.access.actor import Actor
from gib.core.access.tables import P
from gib.core.kernel.clock import Now

Args = ParamSpec("Args")


class Request(HttpRequest):
    """A request whose reader is known: the middleware of the accounts sets both."""

    actor: Actor
    now: Now


View = Callable[Concatenate[Request, Args], HttpResponse]
RULE = "gib_rule"
LENDABLE = "gib_lendable"
Marked = TypeVar("Marked", bound=Callable[..., HttpResponseBase])


def requires(*permissions: P) -> Callable[[View[Args]], Callable[..., HttpResponseBase]]:
    """Let a view be entered by roles that have one of these permissions.

    A visitor who is not signed in goes to the sign-in page; a wrong role gets 403.
    """

    def marked(view: View[Args]) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            actor: Actor | None = getattr(request, "actor", None)
            if actor is None:
                return redirect(f"/inloggen/?next={request.path}")
            if not any(actor.may(permission) for permission in permissions):
                raise PermissionDenied(" ".join(permissions))
            return view(cast(Request, request), *args, **kwargs)

        setattr(guarded, RULE, frozenset(permissions))
        return guarded

    return marked


def public(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Let anybody enter; the only other marker there is."""
    setattr(view, RULE, frozenset())
    return view


def lendable(screen: str) -> Callable[[Marked], Marked]:
    """Let a page be shown by a screen that its reader has lent to the mother whom the page is about.

    It says nothing about who may enter. Its address must name the rows that it is about, since a screen is
    lent for these alone.

    Args:
        screen: the name that pages share which open together, such as a form and its thanks.
    """

    def marked(view: Marked) -> Marked:
        setattr(view, LENDABLE, screen)
        return view

    return marked
