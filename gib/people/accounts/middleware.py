"""Who reads this request: the person, her appointment, the time, and the gate before every case."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth import logout
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control
from django.utils.functional import SimpleLazyObject
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from gib.core.access.guard import RULE
from gib.core.access.tables import Role
from gib.core.kernel.clock import now_on
from gib.core.ui import words
from gib.core.vault import reads
from gib.people.accounts import checks, sessions
from gib.people.accounts.domain import near_end
from gib.people.accounts.models import Appointment, Installation, User, business_day


class Reader:
    """Set the reader of each request, and let nobody through to a case without a second factor.

    `request.actor` is the actor of the current appointment or None; `request.now` is the moment and
    the business day; `request.actor_name` is her own name, opened only when a page prints it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        if problems := checks.problems():
            raise ImproperlyConfigured(" ".join(str(problem.msg) for problem in problems))
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponseBase:
        """Find out who reads, and keep what she reads out of every cache."""
        request.now = now_on(business_day())
        words.set_today(request.now.on)
        request.actor, request.actor_name, request.banner = None, "", _banner(request)
        is_known = request.user.is_authenticated
        if is_known:
            _enter(request, request.user)
        response = self.get_response(request)
        if is_known or request.user.is_authenticated:
            patch_cache_control(response, no_store=True, private=True)
        return response

    def process_view(self, request: Any, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Stop who is signed in but may not act yet; public pages stay open."""
        if not getattr(view, RULE, None) or request.actor or not request.user.is_authenticated:
            return None
        if not sessions.is_proved(request.session):
            return redirect("mfa_index")
        if request.user.seats_on(request.now.on):
            return redirect(f"/rol/?{urlencode({'next': request.get_full_path()})}")
        why = near_end(seat.standing(request.now.on) for seat in request.user.seats())
        return render(request, "accounts/no_access.html", {"why": why}, status=403)


def _banner(request: HttpRequest) -> str | None:
    if not Installation.current().is_demo:
        return None
    return _("Dit is een voorbeeld. Alle mensen zijn verzonnen.")


def _enter(request: Any, user: User) -> None:
    """Set who acts, or end a session that is over."""
    seat = _seat(request, user)
    if sessions.is_over(request.session, Role(seat.role) if seat else None):
        logout(request)
        return
    sessions.mark(request.session)
    own = {user.id}
    if seat and sessions.is_proved(request.session):
        request.actor = seat.actor()
        request.actor_name = SimpleLazyObject(lambda: user.display_name)
        own |= {seat.volunteer_id or user.id}
    if seen := reads.current():
        seen.own |= own


def _seat(request: Any, user: User) -> Appointment | None:
    """Give the current appointment: the only one, or the one that was chosen and still holds."""
    held = user.seats_on(request.now.on)
    if len(held) == 1:
        return held[0]
    chosen = sessions.chosen_seat(request.session)
    return next((seat for seat in held if seat.pk == chosen), None)
