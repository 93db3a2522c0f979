"""Pages about the agreement, the certificate of conduct and goodbye, with the papers that go with them."""

from datetime import date
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from gib.core.access.guard import Request, requires
from gib.core.access.tables import P
from gib.core.sheets.answers import as_file, told_as
from gib.core.ui.forms import ActForm
from gib.core.ui.posting import answer
from gib.people.volunteers import papers
from gib.people.volunteers import presenting_vog as vogs
from gib.people.volunteers.actions import agreement as actions
from gib.people.volunteers.domain import State
from gib.people.volunteers.domain.agreement import version_on
from gib.people.volunteers.forms import StepForm
from gib.people.volunteers.forms.agreement import DayForm, SignForm
from gib.people.volunteers.models.agreement import VogRequest
from gib.people.volunteers.presenting import name_of, page_of, seen


@requires(P.MANAGE_VOLUNTEER)
def agree(request: Request, volunteer_id: UUID) -> HttpResponse:
    """Print the agreement, and write down that it was signed."""
    row = seen(request, volunteer_id)

    def perform(command: tuple[str, date]) -> str:
        number, signed_on = command
        return page_of(actions.sign(request.actor, volunteer_id, number, signed_on, request.now).volunteer_id)

    context = {"volunteer": row, "lead": name_of(row)}
    return answer(request, SignForm(request.POST or None), "volunteers/agree.html", perform, context)


@require_safe
@requires(P.MANAGE_VOLUNTEER)
def agreement_paper(request: Request, volunteer_id: UUID) -> HttpResponse:
    """Give the agreement as a paper, in the version of today.

    Raises:
        Http404: no version holds today.
    """
    row, version = seen(request, volunteer_id), version_on(request.now.on)
    if version is None:
        raise Http404
    name = f"{row.given_name} {row.family_name}"
    paper = papers.agreement(name, version.number, request.now.on, request.now.at)
    return as_file(paper, f"overeenkomst-{version.number}.pdf")


@requires(P.MANAGE_VOLUNTEER)
def goodbye(request: Request, volunteer_id: UUID) -> HttpResponse:
    """Say goodbye."""
    row = seen(request, volunteer_id)

    def perform(_command: None) -> str:
        return page_of(actions.say_goodbye(request.actor, volunteer_id, request.now).id)

    context = {
        "title": _("Neem afscheid"),
        "lead": _(
            "%(name)s. Geen inrichting laat haar nog binnen en wat gepland was, vervalt. "
            "Zij kan zich nog 14 dagen aanmelden om haar laatste verslagen te schrijven."
        )
        % {"name": name_of(row)},
        "back": page_of(volunteer_id),
    }
    return answer(request, StepForm(request.POST or None), "volunteers/form.html", perform, context)


@require_safe
@requires(P.MANAGE_VOLUNTEER)
def thanks(request: Request, volunteer_id: UUID) -> HttpResponse:
    """Give the letter of thanks for who leaves or left.

    Raises:
        Http404: she is not leaving.
    """
    row = seen(request, volunteer_id)
    if row.state not in (State.LEAVING, State.LEFT):
        raise Http404
    paper = papers.goodbye(row.given_name, row.since_on, row.left_on or request.now.on, request.now.at)
    return as_file(paper, "bedankbrief.pdf")


@require_safe
@requires(P.MANAGE_VOLUNTEER)
def vog(request: Request) -> HttpResponse:
    """Show who is to be entered in the free scheme, and what runs."""
    return render(request, "volunteers/vog.html", vogs.overview(request) | {"form": ActForm()})


@require_safe
@requires(P.MANAGE_VOLUNTEER)
def vog_file(request: Request, kind: str) -> HttpResponse:
    """Give the list to enter as a file."""
    rows = vogs.entries(vogs.waiting(request))
    return told_as(kind, vogs.template(), rows, f"vog-{request.now.on}")


@require_POST
@requires(P.MANAGE_VOLUNTEER)
def vog_request(request: Request, volunteer_id: UUID) -> HttpResponse:
    """Write down that a certificate was asked for."""
    seen(request, volunteer_id)

    def perform(_command: None) -> str:
        actions.request_vog(request.actor, volunteer_id, request.now)
        return reverse("volunteers:vog")

    return answer(request, ActForm(request.POST), "volunteers/vog.html", perform, vogs.overview(request))


@require_POST
@requires(P.MANAGE_VOLUNTEER)
def vog_exclude(request: Request, volunteer_id: UUID) -> HttpResponse:
    """Write down that she falls outside the free scheme."""
    seen(request, volunteer_id)

    def perform(_command: None) -> str:
        actions.exclude_vog(request.actor, volunteer_id, request.now)
        return reverse("volunteers:vog")

    return answer(request, ActForm(request.POST), "volunteers/vog.html", perform, vogs.overview(request))


@requires(P.MANAGE_VOLUNTEER)
def vog_step(request: Request, vog_id: UUID) -> HttpResponse:
    """Write down that a certificate was issued, or seen."""
    row = VogRequest.visible_to(request.actor, request.now.on).get_or_404(pk=vog_id)

    def perform(on: date) -> str:
        actions.note_vog(request.actor, vog_id, on, request.now)
        return reverse("volunteers:vog")

    context = {
        "title": _("De VOG is gezien") if row.issued_on else _("De VOG is afgegeven"),
        "lead": name_of(seen(request, row.volunteer_id)),
        "back": reverse("volunteers:vog"),
    }
    form = DayForm(request.POST or None, initial={"on": request.now.on})
    return answer(request, form, "volunteers/form.html", perform, context)
