"""Pages of an intake: a task list of sections, each a plain form, and the talks around it."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from gib.care.intake import actions, domain, forms, words
from gib.care.intake.domain import Section
from gib.care.intake.models import Intake, Need, ProductTalk, SectionRow, Talk, Wish, parts
from gib.care.referral import links
from gib.care.referral.models import Referral
from gib.core.access.guard import Request, requires
from gib.core.access.tables import P
from gib.core.ui.forms import ActForm, HouseForm
from gib.core.ui.posting import answer, kept
from gib.people.families.domain.codes import Purpose
from gib.people.families.models import Participant, consent_holds
from gib.people.partners.domain import BRANDS, Product

#: What saves each section; the sections that are one text share one act.
_SAVES: Final[Mapping[Section, Callable[..., Any]]] = {
    Section.WHO: actions.save_who,
    Section.NEEDS: actions.save_needs,
    Section.BASELINE: actions.save_baseline,
    Section.WISHES: actions.save_wishes,
    Section.PRODUCTS: actions.save_products,
}
_MOST_TALKS: Final = 20


def _intake(request: Request, intake_id: UUID) -> Any:
    return Intake.visible_to(request.actor, request.now.on).get_or_404(pk=intake_id)


def _parts(request: Request, model: Any, intake_id: UUID) -> Any:
    return parts(model, request.actor, request.now.on, intake_id)


def _mother(request: Request, intake: Any) -> Any:
    return Participant.visible_to(request.actor, request.now.on).get_or_404(dossier_id=intake.dossier_id)


def _context(request: Request, intake: Any, **more: Any) -> dict[str, Any]:
    mother = _mother(request, intake)
    return {"intake": intake, "name": f"{mother.first_name} {mother.last_name}", **more}


@requires(P.HOLD_INTAKE)
def plan(request: Request, referral_id: UUID) -> HttpResponse:
    """Plan the first talk after a referral."""
    rows: Any = Referral.visible_to(request.actor, request.now.on)
    row = rows.sent().get_or_404(pk=referral_id)

    def perform(new: domain.NewTalk) -> str:
        when = (new.planned_on, new.planned_time, new.place)
        intake = actions.plan(request.actor, referral_id, *when, request.now)
        return reverse("intake:overview", args=[intake.id])

    context = {"name": row.name, "back": reverse("referral:detail", args=[referral_id])}
    return answer(request, forms.TalkForm(request.POST or None), "intake/plan.html", perform, context)


@requires(P.HOLD_INTAKE)
@require_safe
def overview(request: Request, intake_id: UUID) -> HttpResponse:
    """Show the sections as a task list, the talks, her consent, and what is still needed."""
    return render(request, "intake/overview.html", _overview(request, intake_id, ActForm()))


def _overview(request: Request, intake_id: UUID, form: HouseForm) -> dict[str, Any]:
    intake = _intake(request, intake_id)
    written = {row.name for row in _parts(request, SectionRow, intake_id)}
    talks = list(_parts(request, Talk, intake_id).order_by("-planned_on")[:_MOST_TALKS])
    return _context(
        request,
        intake,
        form=form,
        sections=[(name, title, name in written) for name, title in words.SECTIONS.items()],
        talks=talks,
        open_talk=next((talk for talk in talks if not (talk.held_on or talk.dropped_on)), None),
        is_open=not domain.FLOW.is_final(intake.state),
        may_complete=domain.FLOW.may_move(intake.state, domain.State.COMPLETED),
        has_consent=consent_holds(intake.dossier_id, Purpose.SUPPORT, "", request.now.on),
        dossier=links.page("portal:dossier", intake.dossier_id),
    )


def _known(name: str) -> Section:
    """Read the name of a section.

    Raises:
        Http404: there is no such section.
    """
    if name not in set(Section):
        raise Http404
    return Section(name)


def _written(request: Request, intake: Any, name: Section) -> dict[str, Any]:
    """Give what is kept of a section, as the first values of its form."""
    row = _parts(request, SectionRow, intake.id).filter(name=name).first()
    first = {"version": row.version if row else 0, "text": row.text if row else ""}
    read = _VALUES.get(name)
    return first | (read(request, intake) if read else {})


def _who(request: Request, intake: Any) -> dict[str, Any]:
    mother = _mother(request, intake)
    return {"languages": mother.languages.split(","), "needs_interpreter": mother.needs_interpreter}


def _needs(request: Request, intake: Any) -> dict[str, Any]:
    rows = list(_parts(request, Need, intake.id))
    return {f"mark_{row.area}": row.mark for row in rows} | {f"note_{row.area}": row.note for row in rows}


def _wishes(request: Request, intake: Any) -> dict[str, Any]:
    return {f"wish_{row.order}": row.words for row in _parts(request, Wish, intake.id)}


def _products(request: Request, intake: Any) -> dict[str, Any]:
    rows = list(_parts(request, ProductTalk, intake.id))
    choices = {f"choice_{row.product}": row.choice for row in rows}
    return choices | {f"why_{row.product}": row.why for row in rows}


_VALUES: Final[Mapping[Section, Callable[[Request, Any], dict[str, Any]]]] = {
    Section.WHO: _who,
    Section.NEEDS: _needs,
    Section.BASELINE: _needs,
    Section.WISHES: _wishes,
    Section.PRODUCTS: _products,
}


def _save(request: Request, intake_id: UUID, name: Section, command: Any) -> None:
    save = _SAVES.get(name) or partial(_save_note, name)
    save(request.actor, intake_id, command, request.now)


def _save_note(name: Section, actor: Any, intake_id: UUID, note: Any, now: Any) -> None:
    actions.save_note(actor, intake_id, name, note, now)


@requires(P.HOLD_INTAKE)
def section(request: Request, intake_id: UUID, name: str) -> HttpResponse:
    """Write one section; over a newer version both are shown."""
    here, intake = _known(name), _intake(request, intake_id)
    form = forms.FORMS[here](request.POST or None, initial=_written(request, intake, here))

    def perform(command: Any) -> str:
        _save(request, intake_id, here, command)
        return reverse("intake:overview", args=[intake_id])

    children = links.page("portal:dossier_tab", intake.dossier_id, "kinderen")
    extra = {"title": words.SECTIONS[here], "section": here, "children": children}
    return answer(request, form, "intake/section.html", perform, _context(request, intake, **extra))


@requires(P.HOLD_INTAKE)
@require_POST
def keep(request: Request, intake_id: UUID, name: str) -> HttpResponse:
    """Keep what is being written, without leaving the page; the page itself works without this."""
    here, intake = _known(name), _intake(request, intake_id)
    form = forms.FORMS[here](request.POST, initial=_written(request, intake, here))
    return kept(form, lambda command: _save(request, intake_id, here, command))


def _act(
    request: Request, intake_id: UUID, form: HouseForm, page: str, do: Callable[..., Any]
) -> HttpResponse:
    """Answer the form of one act on an intake, and go back to it."""

    def perform(command: Any) -> str:
        do(request.actor, intake_id, command, request.now)
        return reverse("intake:overview", args=[intake_id])

    context = _context(request, _intake(request, intake_id))
    return answer(request, form, f"intake/{page}.html", perform, context)


@requires(P.HOLD_INTAKE)
def talk(request: Request, intake_id: UUID) -> HttpResponse:
    """Plan the next talk, or move the one that is planned."""
    return _act(request, intake_id, forms.TalkForm(request.POST or None), "talk", actions.plan_talk)


@requires(P.HOLD_INTAKE)
def hold(request: Request, intake_id: UUID) -> HttpResponse:
    """Note that the planned talk was held."""
    form = forms.HeldForm(request.POST or None, initial={"held_on": request.now.on})
    return _act(request, intake_id, form, "hold", actions.hold)


@requires(P.HOLD_INTAKE)
def drop(request: Request, intake_id: UUID) -> HttpResponse:
    """Note that the planned talk did not go on."""
    return _act(request, intake_id, forms.CauseForm(request.POST or None), "drop", actions.drop_talk)


@requires(P.HOLD_INTAKE)
def consent(request: Request, intake_id: UUID) -> HttpResponse:
    """Read the text with her and write down her yes or no."""
    form = forms.ConsentForm(request.POST or None)

    def take(actor: Any, key: UUID, told: Any, now: Any) -> None:
        said, language = told
        actions.take_consent(actor, key, said, language, now)

    return _act(request, intake_id, form, "consent", take)


@requires(P.HOLD_INTAKE)
def cancel(request: Request, intake_id: UUID) -> HttpResponse:
    """End an intake that does not go on."""
    return _act(request, intake_id, forms.CauseForm(request.POST or None), "cancel", actions.cancel)


@requires(P.HOLD_INTAKE)
def refuse(request: Request, intake_id: UUID) -> HttpResponse:
    """Note that she does not want this now, and until when she wants rest."""
    return _act(request, intake_id, forms.RefuseForm(request.POST or None), "refuse", actions.refuse)


@requires(P.HOLD_INTAKE)
@require_POST
def complete(request: Request, intake_id: UUID) -> HttpResponse:
    """Finish the intake."""
    form = ActForm(request.POST)

    def perform(_nothing: None) -> str:
        actions.complete(request.actor, intake_id, request.now)
        return reverse("intake:overview", args=[intake_id])

    return answer(request, form, "intake/overview.html", perform, _overview(request, intake_id, form))


@requires(P.HOLD_INTAKE)
@require_safe
def paper(request: Request, intake_id: UUID) -> HttpResponse:
    """Give the whole intake on paper, to read together or to fill in by hand."""
    intake = _intake(request, intake_id)
    kept = {row.name: row.text for row in _parts(request, SectionRow, intake_id)}
    needs = {row.area: row for row in _parts(request, Need, intake_id)}
    talked = {row.product: row for row in _parts(request, ProductTalk, intake_id)}
    context = _context(
        request,
        intake,
        texts=[(words.SECTIONS[name], kept.get(name, "")) for name in _TEXTS],
        needs=[(title, needs.get(area)) for area, title in words.AREAS.items()],
        wishes=[row.words for row in _parts(request, Wish, intake_id)],
        products=[(BRANDS[product], _choice(talked.get(product))) for product in Product],
    )
    return render(request, "intake/paper.html", context)


_TEXTS: Final = (Section.WHO, Section.CHILDREN, Section.HELPERS, Section.AGREEMENTS)


def _choice(row: Any) -> str:
    if row is None:
        return ""
    return " · ".join(str(word) for word in (words.CHOICES[row.choice], words.WHYS.get(row.why, "")) if word)
