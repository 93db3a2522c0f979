"""The calendar of whoever looks: a month, a week or a day, and the same without names for another program."""

from datetime import timedelta
from typing import Any, Final

from allauth.account.adapter import get_adapter
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from gib.core.access.guard import Request, public, requires
from gib.core.access.tables import P
from gib.core.kernel.dates import Period
from gib.core.papers.feed import Slot, ics
from gib.core.ui.agenda import Appointment
from gib.core.ui.posting import answer
from gib.people.accounts import sessions
from gib.people.accounts.models import Attempts
from gib.portal import actions, agenda
from gib.portal.forms import FeedForm
from gib.portal.models import CalendarFeed

#: How far a feed looks back and ahead.
_BACK: Final = timedelta(days=14)
_AHEAD: Final = timedelta(days=180)


@require_safe
@requires(P.SEE_AGENDA)
def calendar(request: Request) -> HttpResponse:
    """Show the appointments that exist for the reader, with the free days of the country and the schools."""
    return render(request, "portal/agenda.html", agenda.page(request, agenda.asked_of(request)))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(P.SEE_AGENDA)
def feed_own(request: Request) -> HttpResponse:
    """Make a secret address for the own calendar, or another one; it is shown this once."""

    def perform(_nothing: None) -> str:
        sessions.keep_feed(request.session, actions.make_feed(request.actor, request.now))
        return reverse("portal:feed_own")

    secret = sessions.take_feed(request.session) if request.method == "GET" else ""
    context = {
        "feed": CalendarFeed.of_actor(request.actor),
        "address": request.build_absolute_uri(reverse("portal:feed", args=[secret])) if secret else "",
    }
    return answer(request, FeedForm(request.POST or None), "portal/feed.html", perform, context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(P.SEE_AGENDA)
def feed_stop(request: Request) -> HttpResponse:
    """Stop the secret address."""

    def perform(_nothing: None) -> str:
        actions.end_feed(request.actor, request.now)
        return reverse("portal:feed_own")

    return answer(request, FeedForm(request.POST or None), "portal/feed_stop.html", perform)


@require_safe
@public
def feed(request: Any, token: str) -> HttpResponse:
    """Give when somebody is taken to whoever has the secret; never with whom, where or why.

    Raises:
        Http404: nobody has this secret, or the appointment it belongs to is over.
    """
    address = get_adapter(request).get_client_ip(request)
    if wait := Attempts.begin("feed", address, request.now.at):
        return HttpResponse(status=429, headers={"Retry-After": str(wait)})
    found = CalendarFeed.of_token(token, request.now)
    if found is None:
        raise Http404
    Attempts.give_back("feed", address)
    on = request.now.on
    rows = agenda.appointments(found.appointment.actor(), on, Period(on - _BACK, on + _AHEAD))
    body = ics((_slot(found, row) for row in rows), _("Afspraak"), request.now.at)
    headers = {"Cache-Control": "private, no-store", "Content-Disposition": 'inline; filename="agenda.ics"'}
    return HttpResponse(body, content_type="text/calendar; charset=utf-8", headers=headers)


def _slot(found: CalendarFeed, row: Appointment) -> Slot:
    """Name an appointment so that the same one keeps its name, and nobody can tell which it is."""
    name = salted_hmac("gib.feed", f"{found.id} {row.key}", algorithm="sha256").hexdigest()[:32]
    return Slot(f"{name}@agenda", row.on, row.at, row.minutes)
