"""Emergency access on the screen: asking for it, while it goes on, and judging it afterwards."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from gib.core.access.guard import Request, requires
from gib.core.access.tables import P
from gib.core.journal.models import Reading
from gib.core.ui.forms import ActForm
from gib.core.ui.posting import answer
from gib.people.accounts.models import usernames
from gib.people.accounts.stepup import stepped_up
from gib.people.families import actions, middleware
from gib.people.families.domain.emergency import MINUTES, REVIEW_HOURS, NewEmergency
from gib.people.families.models import Emergency
from gib.portal import looks
from gib.portal.forms import EmergencyForm, JudgeForm

_SHOWN = 50


@requires(P.OPEN_EMERGENCY)
@stepped_up
def ask(request: Request) -> HttpResponse:
    """Ask to look into one dossier for an hour, by its number; nothing of it is shown before."""

    def perform(new: NewEmergency) -> str:
        look = actions.open_emergency(request.actor, new, request.now)
        middleware.begin(request.session, look.id)
        return reverse("portal:emergency_running")

    context = {"minutes": MINUTES, "hours": REVIEW_HOURS}
    return answer(request, EmergencyForm(request.POST or None), "portal/emergency_ask.html", perform, context)


@require_safe
@requires(P.SEE_IN_EMERGENCY)
def running(request: Any) -> HttpResponse:
    """Show which dossier is open and until when."""
    return render(request, "portal/emergency_running.html", {"look": request.emergency})


@require_POST
@requires(P.SEE_IN_EMERGENCY)
def stop(request: Any) -> HttpResponse:
    """Close the dossier before its hour is over; the look is the key: pressed twice, it is closed once."""

    def perform(_nothing: None) -> str:
        actions.end_emergency(request.actor, request.now)
        middleware.forget(request.session)
        messages.success(request, _("Uw noodtoegang is gestopt. Het dossier is weer dicht."))
        return reverse("portal:start")

    form, look = ActForm({"token": request.emergency.id}), request.emergency
    return answer(request, form, "portal/emergency_running.html", perform, {"look": look})


@require_safe
@requires(P.REVIEW_EMERGENCY)
def queue(request: Request) -> HttpResponse:
    """Show the looks that wait for a finding, oldest first, and those that had one."""
    rows = Emergency.visible_to(request.actor, request.now.on)
    waiting = list(rows.filter(reviewed_at__isnull=True).order_by("began_at"))
    judged = list(rows.filter(reviewed_at__isnull=False).order_by("-began_at")[:_SHOWN])
    names = usernames(look.user_id for look in [*waiting, *judged])
    context = {
        "waiting": looks.table_of(_("Te beoordelen"), waiting, names, request.now.at, with_links=True),
        "judged": looks.table_of(_("Beoordeeld"), judged, names, request.now.at, with_links=False),
        "hours": REVIEW_HOURS,
    }
    return render(request, "portal/emergency_queue.html", context)


@requires(P.REVIEW_EMERGENCY)
def review(request: Request, emergency_id: UUID) -> HttpResponse:
    """Judge one look: its reason, what was opened, and the finding.

    Raises:
        Http404: there is no such look.
    """
    rows = Emergency.visible_to(request.actor, request.now.on)
    look = rows.get_or_404(pk=emergency_id)
    rows.filter(pk=emergency_id).unlocked()
    opened = Reading.newest().filter(emergency_id=emergency_id)[:_SHOWN]
    context = {
        "look": look,
        "facts": looks.facts_of(look, usernames([look.user_id])),
        "opened": looks.log_of(list(opened), usernames([look.user_id])),
    }
    perform = partial(_judge, request, emergency_id)
    return answer(request, JudgeForm(request.POST or None), "portal/emergency_review.html", perform, context)


def _judge(request: Request, emergency_id: UUID, found: Any) -> str:
    actions.review_emergency(request.actor, emergency_id, found, request.now)
    return reverse("portal:emergency_queue")
