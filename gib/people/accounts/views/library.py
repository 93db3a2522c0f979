"""The pages of the sign-in library that we use, each with its rule."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from gib.core.access.guard import public, requires
from gib.core.access.tables import P
from gib.core.ui.posting import INVALID
from gib.people.accounts import sessions
from gib.people.accounts.adapters import now
from gib.people.accounts.models.keys import keyring

View = Callable[..., HttpResponse]


def _house(view: View) -> View:
    """Answer 422 where the library shows a form again with errors."""

    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if request.method == "POST" and response.status_code == 200:
            response.status_code = INVALID
        return response

    return shown


def _proving(view: View) -> View:
    """Let a session in when a second factor was made in it: it was asked for the password just before."""

    @wraps(view)
    def made(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST" or not request.user.is_authenticated:
            return view(request, *args, **kwargs)
        before = keyring(request.user, now().on).count
        response = view(request, *args, **kwargs)
        if keyring(request.user, now().on).count > before:
            sessions.prove(request.session)
        return response

    return made


def _not_the_last(view: View) -> View:
    """Keep the last key: a password alone must never be enough."""

    @wraps(view)
    def kept(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated and keyring(request.user, now().on).count < 2:
            messages.warning(request, _("Dit is uw enige sleutel. Voeg eerst een andere toe."))
            return redirect("mfa_index")
        return view(request, *args, **kwargs)

    return kept


def _with_password(view: View) -> View:
    """Send who has no password to her keys."""

    @wraps(view)
    def changed(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        return view(request, *args, **kwargs) if request.user.has_usable_password() else redirect("mfa_index")

    return changed


def _leaving(view: View) -> View:
    """Empty the browser after signing out: a prison computer is shared (T6)."""

    @wraps(view)
    def left(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if request.method == "POST":
            response["Clear-Site-Data"] = '"cache", "cookies", "storage"'
        return response

    return left


sign_in: Final = public(_house(account.login))
sign_out: Final = public(_leaving(account.logout))
password_again: Final = public(_house(account.reauthenticate))
change_password: Final = requires(P.ENTER)(_with_password(_house(account.password_change)))
second_factor: Final = public(_house(mfa.authenticate))
second_factor_again: Final = public(_house(mfa.reauthenticate))
add_app: Final = public(_proving(_house(totp.activate_totp)))
remove_app: Final = requires(P.ENTER)(_house(totp.deactivate_totp))
add_key: Final = public(_proving(_house(webauthn.add_webauthn)))
remove_key: Final = requires(P.ENTER)(_not_the_last(_house(webauthn.remove_webauthn)))
key_again: Final = public(_house(webauthn.reauthenticate_webauthn))
sign_in_with_key: Final = public(webauthn.login_webauthn)
