"""Agreements with municipalities: the list, a new one, and the end of one."""

from datetime import date
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gib.care.aftercare import actions, forms
from gib.care.aftercare.models.lists import agreement_of, agreements, municipality_choices
from gib.care.aftercare.views.coverage import agreement_table
from gib.core.access.guard import Request, requires
from gib.core.access.tables import P
from gib.core.ui.posting import answer


@requires(P.MANAGE_AGREEMENT)
@require_safe
def overview(request: Request) -> HttpResponse:
    """List the agreements; those of today first, or all."""
    show_all = request.GET.get("toon") == "alles"
    found = agreements(request.now.on)
    valid = [(row, used) for row, used in found if request.now.on in row.period]
    shown = found if show_all else valid
    chips = [
        {"label": _("Geldt nu"), "url": "?", "is_current": not show_all, "count": len(valid)},
        {"label": _("Alles"), "url": "?toon=alles", "is_current": show_all, "count": len(found)},
    ]
    context = {"table": agreement_table(shown), "count": len(shown), "chips": chips}
    return render(request, "aftercare/agreements.html", context)


@requires(P.MANAGE_AGREEMENT)
def record(request: Request) -> HttpResponse:
    """Record an agreement."""
    initial = {"municipality": request.GET.get("gemeente", "")}
    form = forms.AgreementForm(
        request.POST or None, municipalities=municipality_choices(request.now.on), initial=initial
    )

    def perform(new: actions.NewAgreement) -> str:
        actions.record_agreement(request.actor, new, request.now)
        return reverse("aftercare:agreements")

    context = {"title": _("Nieuwe afspraak"), "back": reverse("aftercare:agreements")}
    return answer(request, form, "aftercare/form.html", perform, context)


@requires(P.MANAGE_AGREEMENT)
def end(request: Request, agreement_id: UUID) -> HttpResponse:
    """Let an agreement end.

    Raises:
        Http404: there is no such agreement.
    """
    row = agreement_of(agreement_id)
    if row is None:
        raise Http404

    def perform(to_on: date) -> str:
        actions.end_agreement(request.actor, agreement_id, to_on, request.now)
        return reverse("aftercare:agreements")

    context = {
        "title": _("Afspraak beëindigen"),
        "about": str(row.municipality),
        "notice": _("Wie al hulp krijgt onder deze afspraak, houdt die."),
        "back": reverse("aftercare:agreements"),
    }
    form = forms.EndForm(request.POST or None, initial={"to_on": row.to_on})
    return answer(request, form, "aftercare/form.html", perform, context)
