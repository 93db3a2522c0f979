"""Pages of a referral: the referrer writes, checks, sends and follows; the coordinator reads and decides."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from gib.care.referral import actions, domain, forms, links, words
from gib.care.referral.domain import Answers, Channel, Overtaking, State
from gib.care.referral.models import (
    Referral,
    is_late,
    known_here,
    own_writing,
    queue,
    teams_for,
    terms_on,
    units_of,
)
from gib.core.access.guard import Request, requires
from gib.core.access.tables import P, Role
from gib.core.kernel.rules import RuleBroken
from gib.core.ui.forms import ActForm
from gib.core.ui.posting import answer, kept
from gib.core.ui.tables import Cell, Column, make
from gib.core.ui.words import day, short_name
from gib.people.families.actions import possible_duplicate
from gib.people.families.models import number_of

#: By which way a mother comes in when staff of a partner refers her; a coordinator is asked.
_CHANNELS = {Role.REFERRER: Channel.MMD, Role.SAFETY_HOUSE: Channel.SAFETY_HOUSE}
#: The filters of the list: key -> states.
_SHOWN = {
    "wacht": domain.WAITING,
    "vraag": {State.RETURNED},
    "gepland": {State.INTAKE_PLANNED},
    "klaar": {State.INTAKE_DONE},
    "gesloten": {State.CONVERTED, State.DECLINED, State.NO_TRAJECTORY, State.OVERTAKEN},
}
_MOST_CLOSED = 100


def _rows(request: Request) -> Any:
    return Referral.visible_to(request.actor, request.now.on)


def _mine(request: Request) -> Any:
    return _rows(request).written_by(request.actor)


def _form(request: Request, unit: str = "") -> forms.ReferralForm:
    """Make an empty form for whoever writes: with a choice of institution only where there is one."""
    teams = teams_for(request.actor, request.now.on)
    prisons = list(dict.fromkeys((team.prison_id, team.prison.place) for team in teams))
    return forms.ReferralForm(
        request.POST or None,
        prisons=prisons,
        units=units_of(prisons[0][0], request.now.on) if len(prisons) == 1 else [],
        channel=_CHANNELS.get(request.actor.role),
        is_later=_is_later(request),
        initial={"unit": unit},
    )


def _form_of(request: Request, row: Referral, is_later: bool) -> forms.ReferralForm:
    """Make the form of what was begun: the institution and the channel stay as they were."""
    return forms.ReferralForm(
        request.POST or None,
        units=units_of(row.team.prison_id, request.now.on),
        channel=Channel(row.channel),
        is_later=is_later,
        initial=forms.ReferralForm.initial_of(row.answers()) | {"version": row.version},
    )


def _is_later(request: Request) -> bool:
    return request.POST.get("act") == "later"


def _write(request: Request, form: forms.ReferralForm, row: Referral | None = None) -> HttpResponse:
    """Show the questions; keep the answers for later, or go on to the check."""

    def keep(told: Answers) -> str:
        if not _is_later(request):
            domain.check_submit(told, request.now.on)
        key = row.id if row else None
        written = actions.draft(request.actor, told, key, form.stamp, now=request.now)
        if _is_later(request):
            return reverse("referral:mine")
        return reverse("referral:check", args=[written.id])

    days = terms_on(request.now.on)["first_talk_days"]
    return answer(request, form, "referral/write.html", keep, {"row": row, "days": days})


@requires(P.REFER)
def refer(request: Request) -> HttpResponse:
    """Ask the nine questions; after an earlier referral the unit is filled in already."""
    after = request.GET.get("na", "")
    unit = _mine(request).get_or_404(pk=after).unit if after else ""
    return _write(request, _form(request, unit=unit))


@requires(P.REFER)
def write_on(request: Request, referral_id: UUID) -> HttpResponse:
    """Go on with a draft, or with a referral that came back with a question."""
    row = own_writing(request.actor, request.now.on, referral_id)
    return _write(request, _form_of(request, row, _is_later(request)), row)


@requires(P.REFER)
@require_POST
def keep(request: Request, referral_id: UUID) -> HttpResponse:
    """Keep what is being written, without leaving the page; the page itself works without this."""
    row = own_writing(request.actor, request.now.on, referral_id)
    form = _form_of(request, row, is_later=True)
    return kept(form, lambda told: actions.draft(request.actor, told, row.id, form.stamp, now=request.now))


@requires(P.REFER)
def check(request: Request, referral_id: UUID) -> HttpResponse:
    """Show the answers once more, with a tick to leave an optional one out, and send."""
    row = own_writing(request.actor, request.now.on, referral_id)
    try:
        domain.check_submit(row.answers(), request.now.on)
    except RuleBroken:
        return redirect("referral:write_on", referral_id)

    def send(struck: tuple[str, ...]) -> str:
        actions.submit(request.actor, referral_id, struck, now=request.now)
        return reverse("referral:receipt", args=[referral_id])

    told = [
        (name, label, text, name in domain.OPTIONAL and bool(text))
        for name, label, text in words.answers(row)
    ]
    form = forms.CheckForm(request.POST or None)
    return answer(request, form, "referral/check.html", send, {"row": row, "told": told})


@requires(P.REFER)
@require_safe
def receipt(request: Request, referral_id: UUID) -> HttpResponse:
    """Show the number and how far it is, and no more than that."""
    row = _mine(request).get_or_404(pk=referral_id)
    context = {
        "row": row,
        "status": words.status_key(row.status),
        "days": terms_on(request.now.on)["first_talk_days"],
    }
    return render(request, "referral/receipt.html", context)


@requires(P.REFER)
@require_safe
def mine(request: Request) -> HttpResponse:
    """List what somebody referred, drafts included."""
    rows = list(_mine(request).unlocked())
    columns = [_("Naam"), _("Nummer"), _("Stand"), _("Verstuurd"), _("Gesprek")]
    lines = [
        [
            Cell(short_name(row.name) or _("Nog zonder naam"), url=reverse(_next(row), args=[row.id])),
            row.code,
            Cell(state=words.status_key(row.status)),
            day(row.submitted_on),
            day(row.intake_on),
        ]
        for row in rows
    ]
    table = make(_("Mijn aanmeldingen"), columns, lines)
    return render(request, "referral/mine.html", {"table": table, "number": len(rows)})


def _next(row: Any) -> str:
    return "referral:write_on" if row.state == State.DRAFT else "referral:receipt"


@requires(P.REFER)
@require_safe
def paper(request: Request) -> HttpResponse:
    """Give the same questions in the same order on one side of A4."""
    return render(request, "referral/paper.html", {"form": forms.ReferralForm(channel=Channel.MMD)})


@requires(P.HANDLE_REFERRAL)
@require_safe
def waiting(request: Request) -> HttpResponse:
    """List the referrals of the team by days left, with filters as links."""
    asked = request.GET.get("toon", "")
    asked = asked if asked in _SHOWN else "wacht"
    found = _rows(request).filter(state__in=_SHOWN[asked]).with_release().order_by("-submitted_at")
    terms = terms_on(request.now.on)
    rows = queue(found[:_MOST_CLOSED].unlocked(), request.now.on, terms)
    context = {
        "chips": _chips(request, asked),
        "number": len(rows),
        "table": _queue_table(request, rows, terms),
    }
    return render(request, "referral/list.html", context)


def _chips(request: Request, asked: str) -> list[dict[str, Any]]:
    """Give the filters with how many referrals lie behind each, in one query."""
    titles = {
        "wacht": _("Wacht op u"),
        "vraag": _("Vraag bij verwijzer"),
        "gepland": _("Intake gepland"),
        "klaar": _("Intake klaar"),
        "gesloten": _("Gesloten"),
    }
    counts = dict(_rows(request).order_by("state").values_list("state").annotate(number=Count("pk")))
    return [
        {
            "label": titles[key],
            "count": sum(counts.get(state, 0) for state in states),
            "url": f"?toon={key}",
            "is_current": key == asked,
        }
        for key, states in _SHOWN.items()
    ]


def _queue_table(request: Request, rows: list[Any], terms: Mapping[str, int]) -> Any:
    columns: list[Column | str] = [
        *(_("Moeder"), _("Aangemeld door"), _("Afdeling"), _("Vrij, verwacht")),
        *(Column(_("Dagen over"), is_number=True), _("Aangemeld op"), _("Stand")),
    ]
    return make(_("Aanmeldingen"), columns, [_queue_line(row, request, terms) for row in rows])


def _queue_line(row: Any, request: Request, terms: Mapping[str, int]) -> list[Any]:
    on = request.now.on
    left = domain.days_left(row.leaves_on, on)
    return [
        Cell(short_name(row.name), url=reverse("referral:detail", args=[row.id])),
        str(words.CHANNELS[row.channel]),
        row.unit,
        day(row.leaves_on) or _("onbekend"),
        "" if left is None else str(left),
        day(row.submitted_on),
        Cell(state="waiting" if is_late(row, on, terms) else f"referral_{row.state}"),
    ]


def _detail(request: Request, row: Any) -> dict[str, Any]:
    on = request.now.on
    return {
        "row": row,
        "facts": [(label, text or _("niet ingevuld")) for _name, label, text in words.answers(row)],
        "release": words.release(row.leaves_on, on),
        "late": is_late(row, on, terms_on(on)),
        "may": {to.value: domain.FLOW.may_move(row.state, to) for to in State},
        "may_overtake": row.talked_on is None and domain.FLOW.may_move(row.state, State.OVERTAKEN),
        "channel": words.CHANNELS[row.channel],
        "reason": words.REASONS.get(row.end_reason, ""),
        "known": [(dossier, number_of(dossier)) for dossier in known_here(request.actor, on, row)],
        "plan": links.page("portal:plan_intake", row.id),
        "dossier": links.page("portal:dossier", row.dossier_id),
    }


def _sent(request: Request, referral_id: UUID) -> Any:
    return _rows(request).sent().with_release().get_or_404(pk=referral_id)


@requires(P.HANDLE_REFERRAL)
@require_safe
def detail(request: Request, referral_id: UUID) -> HttpResponse:
    """Show one referral to the coordinator, with what she may do now and whether the mother is known."""
    row = _sent(request, referral_id)
    context = _detail(request, row)
    if not context["known"] and row.born_on:
        args = (request.actor, row.last_name, row.born_on, request.now, row.dossier_id)
        context["ask_team"] = possible_duplicate(*args)
    return render(request, "referral/detail.html", context | {"form": ActForm()})


@requires(P.HANDLE_REFERRAL)
@require_POST
def accept(request: Request, referral_id: UUID) -> HttpResponse:
    """Take a referral on."""

    def perform(_nothing: None) -> str:
        actions.accept(request.actor, referral_id, request.now)
        return reverse("referral:detail", args=[referral_id])

    context = _detail(request, _sent(request, referral_id))
    return answer(request, ActForm(request.POST), "referral/detail.html", perform, context)


@requires(P.HANDLE_REFERRAL)
def ask(request: Request, referral_id: UUID) -> HttpResponse:
    """Send a referral back with a question."""

    def perform(question: str) -> str:
        actions.return_to_referrer(request.actor, referral_id, question, request.now)
        return reverse("referral:detail", args=[referral_id])

    context = {"row": _sent(request, referral_id)}
    return answer(request, forms.QuestionForm(request.POST or None), "referral/ask.html", perform, context)


@requires(P.HANDLE_REFERRAL)
def decline(request: Request, referral_id: UUID) -> HttpResponse:
    """Do not take a referral on, with a reason that stays here."""

    def perform(reason: domain.DeclineReason) -> str:
        actions.decline(request.actor, referral_id, reason, request.now)
        return reverse("referral:detail", args=[referral_id])

    context = {"row": _sent(request, referral_id)}
    return answer(request, forms.DeclineForm(request.POST or None), "referral/decline.html", perform, context)


@requires(P.HANDLE_REFERRAL)
def end(request: Request, referral_id: UUID) -> HttpResponse:
    """End a referral from which no trajectory follows."""

    def perform(told: tuple[domain.EndReason, Any]) -> str:
        reason, not_before_on = told
        actions.close_without_trajectory(request.actor, referral_id, reason, not_before_on, now=request.now)
        return reverse("referral:detail", args=[referral_id])

    context = {"row": _sent(request, referral_id)}
    return answer(request, forms.EndForm(request.POST or None), "referral/end.html", perform, context)


@requires(P.HANDLE_REFERRAL)
@require_POST
def attach(request: Request, referral_id: UUID) -> HttpResponse:
    """Lay a referral in the dossier that she has already."""

    def perform(dossier_id: UUID) -> str:
        actions.attach(request.actor, referral_id, dossier_id, request.now)
        return reverse("referral:detail", args=[referral_id])

    context = _detail(request, _sent(request, referral_id))
    return answer(request, forms.AttachForm(request.POST), "referral/detail.html", perform, context)


@requires(P.HANDLE_REFERRAL)
@require_POST
def overtake(request: Request, referral_id: UUID) -> HttpResponse:
    """Note that she was transferred to a prison where we have no coordinator, before we spoke with her."""

    def perform(_nothing: None) -> str:
        actions.overtake(request.actor, referral_id, Overtaking.TRANSFERRED, request.now)
        return reverse("referral:detail", args=[referral_id])

    context = _detail(request, _sent(request, referral_id))
    return answer(request, ActForm(request.POST), "referral/detail.html", perform, context)
