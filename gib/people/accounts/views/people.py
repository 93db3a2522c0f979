"""Who has access: inviting, the letter, confirming, ending and a new start."""

from dataclasses import dataclass
from functools import partial
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gib.core.access.guard import Request, requires
from gib.core.access.tables import P
from gib.core.ui.forms import ActForm
from gib.core.ui.posting import answer
from gib.people.accounts import actions, readers, sessions
from gib.people.accounts.domain import Invitee, Letter, grouped
from gib.people.accounts.forms.own import InviteForm


@require_safe
@requires(P.INVITE)
def people(request: Request) -> HttpResponse:
    """Show whom this reader lets in, how long their access holds, and which letters are out."""
    return render(request, "accounts/people.html", _people(request) | {"form": ActForm()})


def _people(request: Request) -> dict[str, Any]:
    return {
        "rows": readers.kept_people(request.actor, request.now),
        "letters": readers.open_letters(request.actor, request.now),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@requires(P.INVITE)
def invite(request: Request) -> HttpResponse:
    """Let somebody in, or give somebody who is in already a further role."""
    form = InviteForm(request.POST or None, actor=request.actor, now=request.now)
    return answer(request, form, "accounts/invite.html", partial(_let_in, request, form))


def _let_in(request: Request, form: InviteForm, invitee: Invitee) -> str:
    if username := form.cleaned_data["username"]:
        actions.appoint(request.actor, username, invitee.seat, now=request.now)
        messages.success(request, _("De rol is erbij gezet."))
        return reverse("accounts:people")
    return _written(request, actions.invite(request.actor, invitee, now=request.now))


def _written(request: Request, letter: Letter) -> str:
    sessions.keep_letter(request.session, letter, reverse("accounts:people"))
    return reverse("accounts:letter", args=[letter.invitation_id])


@require_safe
@requires(P.INVITE, P.INVITE_VOLUNTEER)
def letter(request: Request, pk: UUID) -> HttpResponse:
    """Show the letter to print and, on screen only, the code to read out."""
    kept = sessions.kept_letter(request.session, pk)
    if kept is None:
        raise Http404
    shown = kept | {"code": grouped(kept["code"])}
    address = request.build_absolute_uri(reverse("accounts:welcome"))
    return render(request, "accounts/letter.html", {"letter": shown, "address": address})


@dataclass(frozen=True)
class _Act:
    """An act on one row of the page: what it calls, and what is said after it."""

    perform: Any
    said: Any
    writes_letter: bool = False


def _acts() -> dict[str, _Act]:
    return {
        "bevestigen": _Act(actions.attest, _("De toegang is bevestigd voor 90 dagen.")),
        "beeindigen": _Act(actions.end_appointment, _("De toegang is geëindigd.")),
        "intrekken": _Act(actions.withdraw, _("De brief is ingetrokken.")),
        "opnieuw": _Act(actions.write_again, "", writes_letter=True),
        "nieuw-begin": _Act(actions.reset_access, "", writes_letter=True),
    }


@require_POST
@requires(P.INVITE)
def act_on(request: Request, what: str, key: str) -> HttpResponse:
    """Confirm or end an appointment, withdraw or renew a letter, or give somebody a new start."""
    act = _acts()[what]

    def perform(_nothing: None) -> str:
        result = act.perform(request.actor, _key(key), now=request.now)
        if act.writes_letter:
            return _written(request, result)
        messages.success(request, act.said)
        return reverse("accounts:people")

    return answer(request, ActForm(request.POST), "accounts/people.html", perform, _people(request))


def _key(key: str) -> int | UUID:
    try:
        return int(key) if key.isdecimal() else UUID(key)
    except ValueError as error:
        raise Http404 from error


@require_safe
@requires(P.MANAGE_ACCOUNT)
def accounts(request: Request) -> HttpResponse:
    """Show every account to the technical administrator: neutral names and dates, nothing of anybody."""
    return render(request, "accounts/accounts.html", _accounts(request) | {"form": ActForm()})


def _accounts(request: Request) -> dict[str, Any]:
    heads = [_("Account"), _("Rol"), _("Van – tot"), _("Stand"), _("Laatst aangemeld"), _("Tweede sleutel")]
    heads += [_("Bevestigd tot"), _("Doen")]
    return {"rows": readers.all_accounts(request.now), "heads": heads, "yes_no": _("ja,nee")}


_ADMIN_ACTS: Final[dict[str, Any]] = {
    "beeindigen": actions.end_appointment,
    "afmelden": actions.kill_sessions,
    "bevestigen": actions.attest,
}


@require_POST
@requires(P.MANAGE_ACCOUNT)
def manage(request: Request, what: str, key: str) -> HttpResponse:
    """End an appointment, sign somebody out everywhere, or confirm the project leader."""

    def perform(_nothing: None) -> str:
        _ADMIN_ACTS[what](request.actor, _key(key), now=request.now)
        messages.success(request, _("Dat is gebeurd."))
        return reverse("accounts:accounts")

    return answer(request, ActForm(request.POST), "accounts/accounts.html", perform, _accounts(request))
