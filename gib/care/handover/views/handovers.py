"""The way of a handover: every page is one act."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from gib.care.handover import actions, forms
from gib.care.handover.domain import Ground, Side
from gib.care.handover.models import Handover, NeedSignal
from gib.care.handover.models.handovers import choices_for
from gib.care.handover.views.needs import tab_of
from gib.core.access.guard import Request, requires
from gib.core.access.tables import P
from gib.core.ui.forms import HouseForm
from gib.core.ui.posting import answer
from gib.people.families.domain.consent import Answer
from gib.people.families.models import Dossier, Participant


@requires(P.HAND_OVER)
def prepare(request: Request, dossier_id: UUID, signal_id: UUID | None = None) -> HttpResponse:
    """Prepare a handover, for a signal or because she had to be let go."""
    actor, on = request.actor, request.now.on
    mother = Participant.visible_to(actor, on).get_or_404(dossier_id=dossier_id)
    if signal_id:
        NeedSignal.visible_to(actor, on).get_or_404(pk=signal_id, dossier_id=dossier_id)
    found = choices_for(mother.return_municipality_id or "", on)
    form = forms.PrepareForm(request.POST or None, providers=found, signal_id=signal_id)

    def perform(new: actions.NewHandover) -> str:
        actions.prepare_handover(actor, dossier_id, new, request.now)
        return tab_of(dossier_id)

    context = {"title": _("Bereid een overdracht voor"), "back": tab_of(dossier_id)}
    return answer(request, form, "handover/form.html", perform, context)


@requires(P.HAND_OVER)
def refuse(request: Request, dossier_id: UUID) -> HttpResponse:
    """Record that she wants no other help after she had to be let go."""
    Dossier.visible_to(request.actor, request.now.on).get_or_404(pk=dossier_id)

    def perform(_command: None) -> str:
        actions.refuse_offer(request.actor, dossier_id, request.now)
        return tab_of(dossier_id)

    context = {"title": _("Zij wil geen andere hulp"), "button": _("Leg vast"), "back": tab_of(dossier_id)}
    return answer(request, forms.StepForm(request.POST or None), "handover/form.html", perform, context)


def _row(request: Request, handover_id: UUID) -> Any:
    rows = Handover.visible_to(request.actor, request.now.on).select_related("provider")
    return rows.get_or_404(pk=handover_id)


def _act(
    request: Request,
    handover_id: UUID,
    title: str,
    form: HouseForm,
    perform: Callable[[Any], Any],
    **more: Any,
) -> HttpResponse:
    """Show the form of one act on a handover, and go back to the dossier once it was done."""
    row = _row(request, handover_id)

    def done(command: Any) -> str:
        perform(command)
        return tab_of(row.dossier_id)

    context = {"title": title, "about": str(row.provider or ""), "back": tab_of(row.dossier_id)}
    return answer(request, form, "handover/form.html", done, context | more)


@requires(P.HAND_OVER)
def consent(request: Request, handover_id: UUID) -> HttpResponse:
    """Record her yes for this organisation."""

    def perform(said: Answer) -> None:
        actions.consent_handover(request.actor, handover_id, said, request.now)

    notice = _("Vertel haar wat u deelt en met wie. Nee zeggen mag altijd.")
    form = forms.ConsentForm(request.POST or None)
    return _act(request, handover_id, _("Zij vindt het goed"), form, perform, notice=notice)


def _extract(request: Request, row: Any) -> dict[str, str]:
    """Give what an organisation needs to receive her."""
    rows = Participant.visible_to(request.actor, request.now.on).select_related("return_municipality")
    mother = rows.get_or_404(dossier_id=row.dossier_id)
    dossiers = Dossier.visible_to(request.actor, request.now.on).select_related("team")
    found = {
        "who": f"{mother.first_name} {mother.last_name}",
        "phone": mother.phone,
        "municipality": str(mother.return_municipality or ""),
        "question": row.what,
        "contact": _("coördinator van %(team)s") % {"team": dossiers.get_or_404(pk=row.dossier_id).team.name},
    }
    return {name: text for name, text in found.items() if text}


@requires(P.HAND_OVER)
def send(request: Request, handover_id: UUID) -> HttpResponse:
    """Show what goes out, let lines be struck, and send."""
    row = _row(request, handover_id)
    form = forms.SendForm(
        request.POST or None, extract=_extract(request, row), initial={"worker": row.worker}
    )

    def perform(command: tuple[dict[str, str], str]) -> None:
        actions.send(request.actor, handover_id, *command, request.now)

    notice = _("Dit ziet de organisatie, en niets anders. Wat u verstuurt, staat vast. Zij ziet het ook.")
    return _act(request, handover_id, _("Draag over"), form, perform, notice=notice, button=_("Verstuur"))


@requires(P.HAND_OVER)
def accept(request: Request, handover_id: UUID) -> HttpResponse:
    """Record that she can come, when and to whom."""
    form = forms.AcceptForm(request.POST or None, initial={"worker": _row(request, handover_id).worker})

    def perform(command: tuple[date, str]) -> None:
        actions.accept(request.actor, handover_id, *command, request.now)

    return _act(request, handover_id, _("Zij kan er terecht"), form, perform)


@requires(P.HAND_OVER)
def wait(request: Request, handover_id: UUID) -> HttpResponse:
    """Record a waiting list."""

    def perform(weeks: int) -> None:
        actions.waiting_list(request.actor, handover_id, weeks, request.now)

    return _act(request, handover_id, _("Wachtlijst"), forms.WaitForm(request.POST or None), perform)


@requires(P.HAND_OVER)
def contact(request: Request, handover_id: UUID) -> HttpResponse:
    """Record the first talk."""

    def perform(held_on: date) -> None:
        actions.first_contact(request.actor, handover_id, held_on, request.now)

    return _act(
        request, handover_id, _("Het eerste gesprek"), forms.ContactForm(request.POST or None), perform
    )


@requires(P.HAND_OVER)
def check(request: Request, handover_id: UUID) -> HttpResponse:
    """Record that help really goes on."""
    form = forms.TextForm(
        request.POST or None, label=_("Wat is er bereikt?"), sees=forms.TEAM_SEES, required=False
    )

    def perform(outcome: str) -> None:
        actions.confirm(request.actor, handover_id, outcome, request.now)

    return _act(request, handover_id, _("Loopt de hulp?"), form, perform, notice=_("Vraag het haar zelf."))


@requires(P.HAND_OVER)
def decline(request: Request, handover_id: UUID) -> HttpResponse:
    """Record a no."""

    def perform(command: tuple[Side, Ground]) -> None:
        actions.decline(request.actor, handover_id, *command, request.now)

    return _act(request, handover_id, _("Gaat niet door"), forms.DeclineForm(request.POST or None), perform)


@requires(P.HAND_OVER)
def return_(request: Request, handover_id: UUID) -> HttpResponse:
    """Record that it came back."""

    def perform(ground: Ground) -> None:
        actions.return_(request.actor, handover_id, ground, request.now)

    return _act(request, handover_id, _("Kwam terug"), forms.ReturnForm(request.POST or None), perform)
