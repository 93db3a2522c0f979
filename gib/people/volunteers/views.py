"""Pages about volunteers: the list, one volunteer, and what is seen, granted and decided about her."""

from typing import Any, Final
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from gib.core.access.guard import Request, requires
from gib.core.access.tables import P
from gib.core.ui.posting import answer
from gib.core.ui.tables import Cell, make
from gib.core.ui.words import day
from gib.people.volunteers import actions, domain, wording
from gib.people.volunteers.domain import FLOW, WORDS, Requirement, State
from gib.people.volunteers.forms import CompletionForm, LeaveForm, PermitForm, StepForm, VolunteerForm
from gib.people.volunteers.models import Completion, PrisonPermit, Volunteer

SIZE: Final = 50
SOON: Final = 90


def _page_of(volunteer_id: UUID) -> str:
    return reverse("volunteers:volunteer", args=[volunteer_id])


def _held(completions: Any) -> list[domain.Completed]:
    return [domain.Completed(Requirement(row.requirement), row.from_on, row.to_on) for row in completions]


def _state_key(state: str, lacks: Any) -> str:
    return "volunteer.not_ready" if state == State.AVAILABLE and lacks else f"volunteer.{state}"


@requires(P.MANAGE_VOLUNTEER)
def volunteers(request: Request) -> HttpResponse:
    """List the volunteers of the own team, with what is missing; filtered by state."""
    state = request.GET.get("stand", "")
    rows = Volunteer.visible_to(request.actor, request.now.on)
    rows = (
        rows.filter(state=state)
        if state in set(State)
        else rows.exclude(state__in=[State.LEFT, State.REJECTED])
    )
    start = request.GET.get("na", "")
    rows = rows.filter(pk__gt=start) if start else rows
    found = list(rows.order_by("pk")[: SIZE + 1].unlocked())
    shown = found[:SIZE]
    table = _table(request, shown)
    chips = [{"label": _("Nu bij ons"), "url": "?", "is_current": not state}]
    chips += [
        {
            "label": str(wording.states.find(f"volunteer.{one}").word),
            "url": f"?stand={one}",
            "is_current": one == state,
        }
        for one in State
    ]
    older = f"?stand={state}&na={shown[-1].id}" if len(found) > SIZE else ""
    context = {"table": table, "count": len(shown), "chips": chips, "older": older}
    return render(request, "volunteers/volunteers.html", context)


def _table(request: Request, shown: list[Any]) -> Any:
    actor, on = request.actor, request.now.on
    ids = [row.id for row in shown]
    completions: dict[UUID, list[domain.Completed]] = {}
    for row in Completion.visible_to(actor, on).filter(volunteer_id__in=ids):
        completions.setdefault(row.volunteer_id, []).extend(_held([row]))
    lines: list[list[Cell | str | int]] = []
    for row in shown:
        held = completions.get(row.id, [])
        lacks = domain.missing(held, domain.BASE, on)
        soon = domain.lapsing(held, on, SOON)
        lines.append(
            [
                Cell(f"{row.given_name} {row.family_name[:1]}.", _page_of(row.id)),
                Cell(state=_state_key(row.state, lacks)),
                ", ".join(WORDS[lack] for lack in lacks) or _("niets"),
                f"{WORDS[soon[0][0]]}, {day(soon[0][1])}" if soon else "",
            ]
        )
    return make(_("Vrijwilligers"), [_("Naam"), _("Stand"), _("Ontbreekt"), _("Loopt af")], lines)


@requires(P.MANAGE_VOLUNTEER)
def volunteer(request: Request, volunteer_id: UUID) -> HttpResponse:
    """Show one volunteer with everything that must be in order, and the steps that can be taken."""
    return render(request, "volunteers/volunteer.html", _context(request, volunteer_id))


def _context(request: Request, volunteer_id: UUID) -> dict[str, Any]:
    actor, on = request.actor, request.now.on
    row = Volunteer.visible_to(actor, on).get_or_404(pk=volunteer_id)
    completions = list(
        Completion.visible_to(actor, on).filter(volunteer_id=volunteer_id).order_by("-from_on")
    )
    permits = PrisonPermit.visible_to(actor, on).filter(volunteer_id=volunteer_id).select_related("prison")
    held = _held(completions)
    lacks = domain.missing(held, domain.BASE, on)
    steps = [to for to in FLOW.steps.get(State(row.state), ()) if to in wording.VERBS]
    return {
        "volunteer": row,
        "state": _state_key(row.state, lacks),
        "lacks": [WORDS[lack] for lack in lacks],
        "papers": make(
            _("Papieren en trainingen"),
            [_("Wat"), _("Vanaf"), _("Tot en met"), _("Gezien op")],
            [
                [WORDS[Requirement(c.requirement)], day(c.from_on), day(c.to_on), day(c.seen_on)]
                for c in completions
            ],
        ),
        "permits": make(
            _("Toegang tot inrichtingen"),
            [_("Inrichting"), _("Vanaf"), _("Tot en met")],
            [[str(p.prison), day(p.from_on), day(p.to_on)] for p in permits],
        ),
        "steps": [(str(to), wording.VERBS[to]) for to in sorted(steps)],
        "may_leave": FLOW.may_move(row.state, State.LEAVING),
    }


@requires(P.MANAGE_VOLUNTEER)
def register(request: Request) -> HttpResponse:
    """Write in a volunteer."""
    form = VolunteerForm(request.POST or None)

    def perform(facts: actions.NewVolunteer) -> str:
        return _page_of(actions.register(request.actor, min(request.actor.team_ids), facts, request.now).id)

    return answer(request, form, "volunteers/form.html", perform, {"title": _("Vrijwilliger inschrijven")})


@requires(P.MANAGE_VOLUNTEER)
def correct(request: Request, volunteer_id: UUID) -> HttpResponse:
    """Correct what is known of a volunteer."""
    row = Volunteer.visible_to(request.actor, request.now.on).get_or_404(pk=volunteer_id)
    known = {name: getattr(row, name) for name in actions.NewVolunteer.__dataclass_fields__}
    form = VolunteerForm(request.POST or None, initial=known | {"languages": row.languages.split(",")})

    def perform(facts: actions.NewVolunteer) -> str:
        return _page_of(actions.correct(request.actor, volunteer_id, facts, request.now).id)

    context = {"title": _("Gegevens verbeteren"), "back": _page_of(volunteer_id)}
    return answer(request, form, "volunteers/form.html", perform, context)


@requires(P.MANAGE_VOLUNTEER)
def complete(request: Request, volunteer_id: UUID) -> HttpResponse:
    """Record that a requirement was seen."""
    Volunteer.visible_to(request.actor, request.now.on).get_or_404(pk=volunteer_id)

    def perform(command: Any) -> str:
        actions.record_completion(request.actor, volunteer_id, *command, request.now)
        return _page_of(volunteer_id)

    context = {"title": _("Gezien"), "back": _page_of(volunteer_id)}
    return answer(request, CompletionForm(request.POST or None), "volunteers/form.html", perform, context)


@requires(P.MANAGE_VOLUNTEER)
def permit(request: Request, volunteer_id: UUID) -> HttpResponse:
    """Record access to a prison."""
    Volunteer.visible_to(request.actor, request.now.on).get_or_404(pk=volunteer_id)
    form = PermitForm(request.POST or None, on=request.now.on)

    def perform(command: Any) -> str:
        actions.grant_permit(request.actor, volunteer_id, *command, request.now)
        return _page_of(volunteer_id)

    context = {"title": _("Toegang tot een inrichting"), "back": _page_of(volunteer_id)}
    return answer(request, form, "volunteers/form.html", perform, context)


@requires(P.MANAGE_VOLUNTEER)
def step(request: Request, volunteer_id: UUID, to: str) -> HttpResponse:
    """Ask for and take one step of a volunteer.

    Raises:
        Http404: there is no such step.
    """
    Volunteer.visible_to(request.actor, request.now.on).get_or_404(pk=volunteer_id)
    if to not in set(wording.VERBS):
        raise Http404
    form = StepForm(request.POST or None)

    def perform(_command: None) -> str:
        return _page_of(actions.move(request.actor, volunteer_id, State(to), request.now).id)

    context = {"title": wording.VERBS[State(to)], "back": _page_of(volunteer_id)}
    return answer(request, form, "volunteers/form.html", perform, context)


@requires(P.MANAGE_VOLUNTEER)
def leave(request: Request, volunteer_id: UUID) -> HttpResponse:
    """Begin the goodbye of a volunteer."""
    Volunteer.visible_to(request.actor, request.now.on).get_or_404(pk=volunteer_id)

    def perform(reason: domain.LeaveReason) -> str:
        return _page_of(actions.leave(request.actor, volunteer_id, reason, request.now).id)

    context = {"title": _("Zij stopt"), "back": _page_of(volunteer_id)}
    return answer(request, LeaveForm(request.POST or None), "volunteers/form.html", perform, context)


@requires(P.SEE_SELF)
def own(request: Request) -> HttpResponse:
    """Show a volunteer what is known of her and what must be in order.

    Raises:
        Http404: this account belongs to no volunteer.
    """
    if request.actor.volunteer_id is None:
        raise Http404
    return render(request, "volunteers/own.html", _context(request, request.actor.volunteer_id))
