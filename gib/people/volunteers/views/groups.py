"""Pages about trainings: the list, one training, and what is planned, written down and decided about it."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from gib.core.access.guard import Request, requires
from gib.core.access.tables import P
from gib.core.ui.forms import ActForm
from gib.core.ui.posting import answer
from gib.core.ui.words import day
from gib.people.volunteers import presenting_groups as presenting
from gib.people.volunteers.actions import groups as actions
from gib.people.volunteers.domain.groups import NewTraining
from gib.people.volunteers.forms.groups import JoinForm, TickForm, TrainingForm
from gib.people.volunteers.models.groups import Trainee, TrainingPresence, came_of
from gib.people.volunteers.presenting_groups import training_page


@require_safe
@requires(P.MANAGE_VOLUNTEER)
def trainings(request: Request) -> HttpResponse:
    """List the trainings of the own team."""
    return render(request, "volunteers/trainings.html", presenting.trainings(request))


@requires(P.MANAGE_VOLUNTEER)
def training_add(request: Request) -> HttpResponse:
    """Plan a training."""

    def perform(new: NewTraining) -> str:
        row = actions.plan_training(request.actor, min(request.actor.team_ids, default=0), new, request.now)
        return training_page(row.pk)

    context = {"title": _("Nieuwe training"), "back": reverse("volunteers:trainings")}
    return answer(request, TrainingForm(request.POST or None), "volunteers/form.html", perform, context)


@require_safe
@requires(P.MANAGE_VOLUNTEER)
def training(request: Request, training_id: int) -> HttpResponse:
    """Show one training."""
    context = presenting.training(request, training_id)
    return render(request, "volunteers/training.html", context | {"form": ActForm()})


@requires(P.MANAGE_VOLUNTEER)
def training_join(request: Request, training_id: int) -> HttpResponse:
    """Let a volunteer join."""
    row = presenting.find(request, training_id)
    form = JoinForm(request.POST or None, people=presenting.may_join(request, row))

    def perform(volunteer_id: UUID) -> str:
        actions.join(request.actor, training_id, volunteer_id, request.now)
        return training_page(training_id)

    context = {"title": _("Schrijf in"), "lead": presenting.subject(row), "back": training_page(training_id)}
    return answer(request, form, "volunteers/form.html", perform, context)


@requires(P.MANAGE_VOLUNTEER)
def training_day(request: Request, session_id: int) -> HttpResponse:
    """Write down who came on one day."""
    session, row = presenting.find_day(request, session_id)
    known = TrainingPresence.visible_to(request.actor, request.now.on).filter(session_id=session.pk)
    form = TickForm(
        request.POST or None,
        people=presenting.inside(request, row),
        label=_("Wie was er?"),
        initial={"who": [str(one.trainee_id) for one in known]},
    )

    def perform(came: frozenset[UUID]) -> str:
        actions.note_day(request.actor, session_id, came, request.now)
        return training_page(row.pk)

    context = {
        "title": presenting.subject(row),
        "lead": day(session.planned_on),
        "back": training_page(row.pk),
    }
    return answer(request, form, "volunteers/form.html", perform, context)


@requires(P.MANAGE_VOLUNTEER)
def training_close(request: Request, training_id: int) -> HttpResponse:
    """Close a training: who passed?"""
    row = presenting.find(request, training_id)
    there = TrainingPresence.visible_to(request.actor, request.now.on).filter(session__training_id=row.pk)
    every = row.sessions.count()
    form = TickForm(
        request.POST or None,
        people=presenting.inside(request, row),
        label=_("Wie is geslaagd?"),
        initial={"who": [str(one) for one, days in came_of(there).items() if days == every]},
    )

    def perform(passed: frozenset[UUID]) -> str:
        actions.close(request.actor, training_id, passed, request.now)
        return training_page(training_id)

    context = {
        "title": _("Rond de training af"),
        "lead": _("Wie slaagt, heeft deze training meteen in orde. Wie er altijd was, staat al aan."),
        "back": training_page(training_id),
    }
    return answer(request, form, "volunteers/form.html", perform, context)


@require_POST
@requires(P.MANAGE_VOLUNTEER)
def training_stop(request: Request, trainee_id: UUID) -> HttpResponse:
    """Let a volunteer stop with a training."""
    row = Trainee.visible_to(request.actor, request.now.on).get_or_404(pk=trainee_id)

    def perform(_command: None) -> str:
        return training_page(actions.stop(request.actor, trainee_id, request.now).training_id)

    context = presenting.training(request, row.training_id)
    return answer(request, ActForm(request.POST), "volunteers/training.html", perform, context)
