"""Asking a second factor once more, before an act that reaches further than daily work."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from gib.core.access.guard import Request
from gib.people.accounts.models.installation import is_open_house

View = Callable[..., HttpResponse]
#: How long a second factor counts: to open the page, and, so that nothing typed is lost, to send it.
_SECONDS: Final = {"GET": 300, "HEAD": 300, "POST": 1200}


def stepped_up(view: View) -> View:
    """Let a page open only shortly after its reader showed a second factor in this session (D9, D13a).

    In an open demonstration nobody has one; there the form itself asks whether one is sure.
    """

    @wraps(view)
    def asked(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        if is_open_house() or _is_fresh(request):
            return view(request, *args, **kwargs)
        return redirect(door(request.user, request.get_full_path()))

    return asked


def _is_fresh(request: Request) -> bool:
    return time.time() - shown_at(request) < _SECONDS.get(request.method or "", 0)


def shown_at(request: Any) -> float:
    """Give when a second factor was last shown in this session, in seconds of the clock; 0 for never."""
    records = get_authentication_records(request, request.user)
    return float(max((record["at"] for record in records if record["method"] == "mfa"), default=0))


def door(user: Any, then: str) -> str:
    """Give the page that asks for what she has, a code or else a key, and leads on to another page."""
    has_app = Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.TOTP).exists()
    page = reverse("mfa_reauthenticate" if has_app else "mfa_reauthenticate_webauthn")
    return f"{page}?{urlencode({'next': then})}"
