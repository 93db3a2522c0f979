"""Pages of reference data: municipalities, prisons, care providers, terms and sources."""

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from gib.core.access.guard import Request, requires
from gib.core.access.tables import P
from gib.core.ui.posting import answer
from gib.people.partners import actions, forms, models, pages, tariff_pages, wording
from gib.people.partners.actions.closures import is_there
from gib.people.partners.actions.load import rows_of
from gib.people.partners.domain import Confirmable
from gib.people.partners.models import lists

_MOST = 100


def _may_edit(request: Request) -> bool:
    return request.actor.may(P.EDIT_REFERENCE)


@require_GET
@requires(P.READ_REFERENCE)
def municipalities(request: Request) -> HttpResponse:
    """List the municipalities of a day: by letter, or by name and province."""
    form = forms.MunicipalityFilter(lists.provinces(), request.GET or None)
    on, words = form.wanted(request.now.on)
    name, province = words.get("naam", ""), words.get("provincie", "")
    letter = "" if name or province else request.GET.get("letter", "A")[:1]
    rows = lists.municipalities(on, name, province, letter)
    context = {
        "form": form,
        "on": on,
        "count": rows.count(),
        "total": lists.municipalities(on).count(),
        "most": _MOST,
        "table": pages.municipality_table(rows[:_MOST]),
        "letters": pages.letters(lists.initials(on), letter, request.GET.get("op", "")),
        "planned": lists.waiting_changes(),
        "may_edit": _may_edit(request),
    }
    return render(request, "partners/municipalities.html", context)


@require_GET
@requires(P.READ_REFERENCE)
def municipality(request: Request, code: str) -> HttpResponse:
    """Show one municipality: its history, its region, and help nearby."""
    row, may_edit = get_object_or_404(models.Municipality, pk=code), _may_edit(request)
    before, after = lists.kin(code)
    context = {
        "row": row,
        "state": pages.standing(row, request.now.on).state,
        "facts": pages.municipality_facts(row),
        "before": pages.kin_table(pages.BEFORE, before),
        "after": pages.kin_table(pages.AFTER, after),
        "planned": lists.waiting_changes(code),
        "regions": pages.region_table(models.regions_of(code, request.now.on), may_edit),
        "providers": pages.provider_table(models.providers(request.now.on, municipality=code), may_edit),
        "may_edit": may_edit,
    }
    return render(request, "partners/municipality.html", context)


@require_http_methods(["GET", "POST"])
@requires(P.EDIT_REFERENCE)
def register_update(request: Request) -> HttpResponse:
    """Bring in a new register, to see what it would change."""

    def perform(text: str) -> str:
        proposal = actions.propose_update(request.actor, text, request.now)
        return reverse("partners:register_proposal", args=[proposal.pk])

    form = forms.RegisterForm(request.POST or None, request.FILES or None)
    context = {"proposals": lists.latest_proposals()}
    return answer(request, form, "partners/register_update.html", perform, context)


@require_http_methods(["GET", "POST"])
@requires(P.EDIT_REFERENCE)
def register_proposal(request: Request, proposal_id: int) -> HttpResponse:
    """See what a new register changes, and approve it."""
    proposal = get_object_or_404(models.RegisterProposal, pk=proposal_id)

    def perform(_command: None) -> str:
        actions.approve_update(request.actor, proposal_id, request.now)
        return reverse("partners:register_proposal", args=[proposal_id])

    names, diff = actions.told(proposal)
    context = {"proposal": proposal, "table": pages.diff_table(diff, names)}
    form = forms.ConfirmForm(request.POST or None)
    return answer(request, form, "partners/register_proposal.html", perform, context)


@require_GET
@requires(P.READ_REFERENCE)
def prisons(request: Request) -> HttpResponse:
    """List the women's prisons, those of today and those of before."""
    context = {"table": pages.prison_table(models.prisons(), request.now.on)}
    return render(request, "partners/prisons.html", context)


@require_GET
@requires(P.READ_REFERENCE)
def prison(request: Request, code: str) -> HttpResponse:
    """Show one prison with its units, teams and visiting rules."""
    row, on, may_edit = get_object_or_404(models.Prison, pk=code), request.now.on, _may_edit(request)
    may_close = is_there(request.actor, code)
    context = {
        "row": row,
        "facts": pages.prison_facts(row, on),
        "trust": pages.trust(row).state,
        "confirm": pages.confirming(Confirmable.PRISON, row, may_edit).url,
        "rules": pages.rule_table(models.rules_of(code, on), may_edit),
        "closures": pages.closure_table(models.closures_of(code, on), may_close),
        "may_close": may_close,
        "units": pages.unit_table(models.units_of(code, on), may_edit),
        "may_edit": may_edit,
    }
    return render(request, "partners/prison.html", context)


@require_http_methods(["GET", "POST"])
@requires(P.EDIT_REFERENCE)
def unit_add(request: Request, code: str) -> HttpResponse:
    """Add a unit to a prison."""
    row = get_object_or_404(models.Prison, pk=code)

    def perform(name: str) -> str:
        actions.add_unit(request.actor, code, name, request.now)
        return reverse("partners:prison", args=[code])

    return answer(request, forms.UnitForm(request.POST or None), "partners/unit.html", perform, {"row": row})


@require_http_methods(["GET", "POST"])
@requires(P.EDIT_REFERENCE)
def unit_end(request: Request, unit_id: int) -> HttpResponse:
    """Let a unit of a prison end."""
    row = get_object_or_404(models.PrisonUnit, pk=unit_id)
    back = reverse("partners:prison", args=[row.prison_id])

    def perform(ends_on: date) -> str:
        actions.end_unit(request.actor, unit_id, ends_on, request.now)
        return back

    context = {"name": row.name, "back": back}
    return answer(request, forms.EndForm(request.POST or None), "partners/end.html", perform, context)


@require_http_methods(["GET", "POST"])
@requires(P.EDIT_REFERENCE)
def rule_add(request: Request, code: str) -> HttpResponse:
    """Write in a visiting rule of a prison."""
    row = get_object_or_404(models.Prison, pk=code)

    def perform(facts: actions.RuleFacts) -> str:
        actions.add_rule(request.actor, code, facts, request.now)
        return reverse("partners:prison", args=[code])

    form = forms.RuleForm(request.POST or None)
    return answer(request, form, "partners/rule.html", perform, {"row": row})


@require_http_methods(["GET", "POST"])
@requires(P.EDIT_REFERENCE)
def rule_end(request: Request, rule_id: int) -> HttpResponse:
    """Let a visiting rule end."""
    row = get_object_or_404(models.VisitingRule, pk=rule_id)
    back = reverse("partners:prison", args=[row.prison_id])

    def perform(ends_on: date) -> str:
        actions.end_rule(request.actor, rule_id, ends_on, request.now)
        return back

    context = {"name": wording.VISIT_KINDS[row.kind], "back": back}
    return answer(request, forms.EndForm(request.POST or None), "partners/end.html", perform, context)


@require_GET
@requires(P.READ_REFERENCE)
def providers(request: Request) -> HttpResponse:
    """List care providers by sort of help, place and day."""
    form = forms.ProviderFilter(lists.place_choices(request.now.on), request.GET or None)
    on, words = form.wanted(request.now.on)
    rows = models.providers(on, words.get("soort", ""), words.get("gemeente", ""))
    context = {
        "form": form,
        "table": pages.provider_table(rows[:_MOST], _may_edit(request)),
        "count": rows.count(),
        "may_edit": _may_edit(request),
    }
    return render(request, "partners/providers.html", context)


@require_http_methods(["GET", "POST"])
@requires(P.EDIT_REFERENCE)
def provider_add(request: Request) -> HttpResponse:
    """Write in a care provider."""

    def perform(facts: actions.ProviderFacts) -> str:
        actions.add_provider(request.actor, facts, request.now)
        return reverse("partners:providers")

    form = forms.ProviderForm(*_places(request), request.POST or None)
    return answer(request, form, "partners/provider.html", perform, {"row": None})


@require_http_methods(["GET", "POST"])
@requires(P.EDIT_REFERENCE)
def provider_change(request: Request, provider_id: int) -> HttpResponse:
    """Correct a care provider."""
    row = get_object_or_404(models.CareProvider, pk=provider_id)

    def perform(facts: actions.ProviderFacts) -> str:
        actions.change_provider(request.actor, provider_id, facts, request.now)
        return reverse("partners:providers")

    form = forms.ProviderForm(*_places(request), request.POST or None, initial=pages.provider_facts(row))
    return answer(request, form, "partners/provider.html", perform, {"row": row})


def _places(request: Request) -> tuple[list[Any], list[Any]]:
    return lists.place_choices(request.now.on), lists.house_choices()


@require_http_methods(["GET", "POST"])
@requires(P.EDIT_REFERENCE)
def provider_end(request: Request, provider_id: int) -> HttpResponse:
    """Let a care provider end."""
    row = get_object_or_404(models.CareProvider, pk=provider_id)
    back = reverse("partners:providers")

    def perform(ends_on: date) -> str:
        actions.end_provider(request.actor, provider_id, ends_on, request.now)
        return back

    context = {"name": row.name, "back": back}
    return answer(request, forms.EndForm(request.POST or None), "partners/end.html", perform, context)


@require_GET
@requires(P.READ_REFERENCE)
def terms(request: Request) -> HttpResponse:
    """List the terms of today: first those that nobody stands for."""
    rows, may_edit = list(models.terms(request.now.on)), _may_edit(request)
    waiting = [row for row in rows if not row.is_confirmed]
    context = {
        "waiting": pages.term_table(pages.UNCONFIRMED, waiting, may_edit),
        "settled": pages.term_table(pages.SETTLED, [row for row in rows if row.is_confirmed], may_edit),
    }
    return render(request, "partners/terms.html", context)


@require_http_methods(["GET", "POST"])
@requires(P.EDIT_REFERENCE)
def term_change(request: Request, key: str) -> HttpResponse:
    """Give a term another value from a day on."""
    rows = lists.history(key)
    if not rows:
        raise Http404

    def perform(facts: actions.TermFacts) -> str:
        actions.set_term(request.actor, key, facts, request.now)
        return reverse("partners:terms")

    context = {
        "name": pages.term_name(key),
        "unit": wording.UNITS.get(rows[-1].unit, rows[-1].unit),
        "table": pages.term_table(pages.HISTORY, rows, False),
    }
    return answer(request, forms.TermForm(request.POST or None), "partners/term.html", perform, context)


@require_GET
@requires(P.READ_REFERENCE)
def tariffs(request: Request) -> HttpResponse:
    """List what volunteers may receive and what a kilometre is worth, newest first."""
    may_edit = _may_edit(request)
    context = {
        "allowances": tariff_pages.allowance_table(may_edit),
        "rates": tariff_pages.rate_table(may_edit),
        "may_edit": may_edit,
    }
    return render(request, "partners/tariffs.html", context)


@require_http_methods(["GET", "POST"])
@requires(P.EDIT_REFERENCE)
def allowance_set(request: Request) -> HttpResponse:
    """Write what volunteers may receive from a year on."""

    def perform(facts: actions.AllowanceFacts) -> str:
        actions.set_allowance(request.actor, facts, request.now)
        return reverse("partners:tariffs")

    return answer(request, forms.AllowanceForm(request.POST or None), "partners/tariff.html", perform)


@require_http_methods(["GET", "POST"])
@requires(P.EDIT_REFERENCE)
def rate_set(request: Request) -> HttpResponse:
    """Write what a kilometre is worth from a day on."""

    def perform(facts: actions.RateFacts) -> str:
        actions.set_rate(request.actor, facts, request.now)
        return reverse("partners:tariffs")

    return answer(request, forms.RateForm(request.POST or None), "partners/tariff.html", perform)


@require_GET
@requires(P.ENTER)
def sources(request: Request) -> HttpResponse:
    """Name the sources and licences of all reference data (REF-07)."""
    context = {
        "table": pages.source_table(rows_of("LICENCES.csv")),
        "imported": lists.imported(),
        "postcodes": actions.POSTCODE_ATTRIBUTION,
        "borders": actions.BORDER_ATTRIBUTION,
    }
    return render(request, "partners/sources.html", context)


@require_http_methods(["GET", "POST"])
@requires(P.EDIT_REFERENCE)
def confirm(request: Request, fact: str, key: str) -> HttpResponse:
    """Stand for a fact of the reference data."""
    if fact not in set(Confirmable):
        raise Http404
    kind = Confirmable(fact)
    model = actions.CONFIRMABLE[kind]
    if not (key.isdecimal() or model._meta.pk.get_internal_type() == "CharField"):
        raise Http404
    row = get_object_or_404(model, pk=key)
    back = pages.page_of(kind, row)

    def perform(_command: None) -> str:
        actions.confirm(request.actor, kind, key, request.now)
        return back

    context = {
        "what": wording.CONFIRMED[kind],
        "facts": pages.fact_rows(kind, row),
        "back": back,
    }
    return answer(request, forms.ConfirmForm(request.POST or None), "partners/confirm.html", perform, context)
