"""The page on which a volunteer is let in on her own file."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gib.core.access.guard import Request, requires
from gib.core.access.tables import P
from gib.core.ui.forms import ActForm
from gib.core.ui.posting import answer
from gib.people.accounts import sessions
from gib.people.volunteers.actions import access as actions
from gib.people.volunteers.presenting_access import PAGE, access_page, one


@requires(P.INVITE_VOLUNTEER)
def access(request: Request, volunteer_id: UUID) -> HttpResponse:
    """Show whether a volunteer can sign in, and write her a letter."""
    context = one(request, volunteer_id)

    def perform(_command: None) -> str:
        letter = actions.invite(request.actor, volunteer_id, request.now)
        sessions.keep_letter(request.session, letter, access_page(volunteer_id))
        return reverse("accounts:letter", args=[letter.invitation_id])

    return answer(request, ActForm(request.POST or None), PAGE, perform, context)


@require_POST
@requires(P.INVITE_VOLUNTEER)
def access_withdraw(request: Request, volunteer_id: UUID) -> HttpResponse:
    """Take back a letter."""
    context = one(request, volunteer_id)

    def perform(_command: None) -> str:
        actions.withdraw(request.actor, volunteer_id, request.now)
        return access_page(volunteer_id)

    return answer(request, ActForm(request.POST), PAGE, perform, context)


@requires(P.INVITE_VOLUNTEER)
def access_end(request: Request, volunteer_id: UUID) -> HttpResponse:
    """Ask for and end the access of a volunteer."""
    context = one(request, volunteer_id)

    def perform(_command: None) -> str:
        actions.end(request.actor, volunteer_id, request.now)
        return access_page(volunteer_id)

    context |= {
        "title": _("Eindig haar toegang"),
        "lead": _("%(name)s kan zich daarna niet meer aanmelden, ook niet om een verslag te schrijven.")
        % {"name": context["name"]},
        "back": access_page(volunteer_id),
    }
    return answer(request, ActForm(request.POST or None), "volunteers/form.html", perform, context)
