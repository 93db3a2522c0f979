"""What a visit cost the volunteer: asked back from the visit itself, with the way of last time."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from gib.care.products.models import Contact
from gib.core.access.guard import Request, requires
from gib.core.access.tables import P
from gib.core.ui.posting import answer
from gib.core.ui.words import day
from gib.people.volunteers import presenting_expenses as expenses
from gib.people.volunteers.actions.expenses import NewClaim, claim
from gib.people.volunteers.domain.allowances import Mode
from gib.people.volunteers.forms.expenses import ClaimForm


@requires(P.CLAIM)
def visit_claim(request: Request, contact_id: UUID) -> HttpResponse:
    """Claim what a visit cost: its day and the kilometres of last time stand ready."""
    rows = Contact.visible_to(request.actor, request.now.on)
    row = rows.filter(held_on__isnull=False).get_or_404(pk=contact_id)
    family = rows.filter(match_id=row.match_id).values_list("id", flat=True)
    mode = expenses.mode_now(request)
    known = {"on": row.held_on, "minutes": row.minutes if mode is Mode.ALLOWANCE else None}
    form = ClaimForm(
        request.POST or None,
        mode=mode,
        activity_id=row.id,
        initial=known | expenses.ride_before(request, family),
    )

    def perform(told: NewClaim) -> str:
        claim(request.actor, told, request.now)
        return reverse("volunteers:own_claims")

    context = {
        "title": _("Declareren"),
        "lead": _("Bezoek van %(day)s") % {"day": day(row.held_on)},
        "back": reverse("products:match", args=[row.match_id]),
    }
    return answer(request, form, "volunteers/claim_form.html", perform, context)
