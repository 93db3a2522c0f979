"""Coming in with a letter, one's own keys and codes, one's sessions, and the choice of a role."""

from collections.abc import Callable
from functools import partial, wraps
from typing import Any, cast

from allauth.account.adapter import get_adapter
from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from gib.core.access.guard import Request, public, requires
from gib.core.access.tables import P
from gib.core.ui.posting import answer
from gib.people.accounts import actions, sessions
from gib.people.accounts.domain import grouped
from gib.people.accounts.forms.own import Welcome, WelcomeForm
from gib.people.accounts.models import User
from gib.people.accounts.models.keys import keyring, sessions_of
from gib.people.accounts.words import ROLE_WORDS, device

View = Callable[..., HttpResponse]
#: The library asks for password or key once more before keys are changed.
_asked_again: Callable[[View], View] = reauthentication_required(app="allauth.mfa")


def signed_in(view: View) -> View:
    """Open a page to whoever is signed in, also before the second factor: it shows only what is hers."""

    @wraps(view)
    def known(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return view(request, *args, **kwargs) if request.user.is_authenticated else redirect("account_login")

    return cast(View, public(known))


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@public
def welcome(request: Any) -> HttpResponse:
    """Come in with the code of a letter and the code that was read out."""
    form = WelcomeForm(
        request.POST or None, address=get_adapter(request).get_client_ip(request), now=request.now
    )
    return answer(request, form, "accounts/welcome.html", partial(_come_in, request))


def _come_in(request: Any, given: Welcome) -> str:
    actor = actions.gatekeeper("invitation", given.user_id)
    user = actions.accept(actor, given.invitation_id, given.password, now=request.now)
    perform_login(request, Login(user=user))
    # The password was chosen a moment ago: it need not be asked again before keys are made.
    record_authentication(request, user, method="password", reauthenticated=True)
    return reverse("mfa_index")


@require_safe
@signed_in
def keys(request: Any) -> HttpResponse:
    """Show one's own keys, and the first time how to make one."""
    context = {
        "ring": keyring(request.user, request.now.on),
        "is_proved": sessions.is_proved(request.session),
    }
    return render(request, "accounts/keys.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def codes(request: Any) -> HttpResponse:
    """Make a new list of one-time codes, and show it this once."""
    ring = keyring(request.user, request.now.on)
    if not ring.may_have_codes:
        raise Http404
    if request.method == "POST":
        return _new_codes(request)
    fresh = [grouped(code) for code in sessions.take_codes(request.session)]
    return render(request, "accounts/codes.html", {"ring": ring, "fresh": fresh})


@_asked_again
def _new_codes(request: Any) -> HttpResponse:
    is_first = keyring(request.user, request.now.on).count == 0
    sessions.keep_codes(request.session, actions.renew_codes(request.user.pk))
    if is_first:
        sessions.prove(request.session)
    actions.tell_of_change(request.user.pk, "codes", request.now)
    return redirect("accounts:codes")


@require_http_methods(["GET", "HEAD", "POST"])
@requires(P.ENTER)
def own_sessions(request: Request) -> HttpResponse:
    """Show where one is signed in, and end one of these, or all others."""
    user, here = cast(User, request.user), request.session.session_key
    if request.method == "POST":
        only = request.POST.get("sessie", "")
        number = int(only) if only.isdecimal() else None
        ended = actions.end_sessions(user.pk, only=number, but_key=here)
        messages.success(request, _("%(number)d keer afgemeld.") % {"number": ended})
        return redirect("accounts:sessions")
    rows = [
        (row.pk, device(row.user_agent), row.created_at, row.session_key == here) for row in sessions_of(user)
    ]
    return render(request, "accounts/sessions.html", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def choose_role(request: Any) -> HttpResponse:
    """Choose in which of one's appointments to work now."""
    held = request.user.seats_on(request.now.on)
    if request.method == "POST":
        chosen = next((seat for seat in held if str(seat.pk) == request.POST.get("aanstelling")), None)
        if chosen is None:
            raise Http404
        sessions.choose_seat(request.session, chosen.pk)
        return redirect(_back(request))
    rows = [(seat.pk, ROLE_WORDS[seat.actor().role], str(seat.team or seat.partner or "")) for seat in held]
    return render(request, "accounts/choose_role.html", {"rows": rows, "next": request.GET.get("next", "")})


def _back(request: HttpRequest) -> str:
    asked = request.POST.get("next", "")
    return (
        asked if asked.startswith("/") and url_has_allowed_host_and_scheme(asked, allowed_hosts=None) else "/"
    )


@require_safe
@public
def to_keys(request: HttpRequest) -> HttpResponse:
    """Lead the library's list of keys to ours."""
    return redirect("mfa_index")
