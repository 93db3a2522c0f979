"""Stepping into a role of the demonstration, with one click and only there."""

from typing import Any

from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from django.contrib.auth import authenticate
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from gib.core.access.guard import public
from gib.people.accounts import demo, sessions
from gib.people.accounts.models.installation import is_open_house


@require_http_methods(["GET", "HEAD", "POST"])
@public
def doors(request: Any) -> HttpResponse:
    """Show the people of the demonstration by role, and step into one of them.

    Raises:
        Http404: this is no demonstration, or nobody asked for one.
    """
    if not is_open_house():
        raise Http404
    if request.method == "POST":
        return _step_in(request)
    groups = demo.people_by_role(request.now, request.GET.get("rol", ""))
    return render(request, "accounts/demo.html", {"groups": groups})


def _step_in(request: Any) -> HttpResponse:
    seat = demo.seat_of(request.POST.get("aanstelling", ""), request.now)
    user = authenticate(request, demo_username=seat.user.username) if seat else None
    if user is None or seat is None:
        raise Http404
    request.session.flush()
    perform_login(request, Login(user=user))
    # Nobody asks for a second factor here: these people do not exist.
    sessions.begin(request.session, proved=True)
    sessions.choose_seat(request.session, seat.pk)
    return redirect("/")
