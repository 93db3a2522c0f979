"""How trainings are laid out: the list, and one with its days and who is in it."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Q
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from gib.core.access.guard import Request
from gib.core.ui.tables import Cell, Column, Table, make
from gib.core.ui.words import day
from gib.people.volunteers.choices import TRAINERS
from gib.people.volunteers.domain import FLOW, Requirement, State
from gib.people.volunteers.domain.groups import Outcome, Trainer
from gib.people.volunteers.models import Volunteer
from gib.people.volunteers.models.groups import (
    Trainee,
    TrainingGroup,
    TrainingPresence,
    TrainingSession,
    trainings_of,
)
from gib.people.volunteers.presenting import name_of, page_of
from gib.people.volunteers.wording import REQUIREMENTS

_MOST = 50


def training_page(training_id: int) -> str:
    """Give the address of a training."""
    return reverse("volunteers:training", args=[training_id])


def subject(row: TrainingGroup) -> str:
    """Name what a training teaches."""
    word = str(REQUIREMENTS[Requirement(row.requirement)])
    return word[:1].upper() + word[1:]


def stand(row: TrainingGroup, on: date) -> str:
    """Say how a training stands: it runs, waits to be closed, or is closed."""
    if row.closed_on is not None:
        return "training.closed"
    return "training.over" if row.to_on < on else "training.running"


def trainings(request: Request) -> dict[str, Any]:
    """Give the trainings of the reader's teams, the newest first."""
    actor, on = request.actor, request.now.on
    rows = list(trainings_of(actor)[:_MOST])
    inside = Trainee.visible_to(actor, on).filter(training_id__in=[row.pk for row in rows])
    counted = inside.exclude(outcome=Outcome.STOPPED).values_list("training_id")
    taken = dict(counted.annotate(number=Count("pk")).order_by())
    lines: list[list[Cell | str | int]] = [
        [
            Cell(subject(row), training_page(row.pk)),
            Cell(state=stand(row, on)),
            day(row.from_on),
            day(row.to_on),
            _("%(taken)d van %(places)d") % {"taken": taken.get(row.pk, 0), "places": row.places},
        ]
        for row in rows
    ]
    heads = [_("Training"), _("Stand"), _("Eerste dag"), _("Laatste dag"), _("Doen mee")]
    return {"table": make(_("Trainingen"), heads, lines), "count": len(rows)}


def find(request: Request, training_id: int) -> TrainingGroup:
    """Give one training of the reader's teams.

    Raises:
        Http404: there is none.
    """
    row = trainings_of(request.actor).filter(pk=training_id).first()
    if row is None:
        raise Http404
    return row


def find_day(request: Request, session_id: int) -> tuple[TrainingSession, TrainingGroup]:
    """Give one day of a training of the reader's teams, with the training.

    Raises:
        Http404: there is none.
    """
    session = TrainingSession.of(request.actor).filter(pk=session_id).first()
    if session is None:
        raise Http404
    return session, find(request, session.training_id)


def trainees(request: Request, row: TrainingGroup) -> list[tuple[Any, str]]:
    """Give everybody who is or was in a training, with her name."""
    actor, on = request.actor, request.now.on
    rows = list(Trainee.visible_to(actor, on).filter(training_id=row.pk))
    people = Volunteer.visible_to(actor, on).filter(pk__in=[each.volunteer_id for each in rows]).unlocked()
    names = {person.id: name_of(person) for person in people}
    return sorted(((each, names.get(each.volunteer_id, "")) for each in rows), key=lambda pair: pair[1])


def inside(request: Request, row: TrainingGroup) -> list[tuple[str, str]]:
    """Give who is in a training now, as choices."""
    return [(str(each.id), name) for each, name in trainees(request, row) if each.to_on is None]


def training(request: Request, training_id: int) -> dict[str, Any]:
    """Give one training with its days and its people."""
    row, on = find(request, training_id), request.now.on
    sessions = list(row.sessions.all())
    people = trainees(request, row)
    return {
        "row": row,
        "title": subject(row),
        "state": stand(row, on),
        "facts": [
            (_("Waar"), row.room),
            (_("Hoe laat"), f"{row.at:%H:%M}"),
            (_("Trainer"), str(TRAINERS[Trainer(row.trainer)])),
            (_("Plaatsen"), str(row.places)),
        ],
        "days": _days(row, sessions, on),
        "table": _presence(people, sessions, _came(request, sessions)),
        "running": [(each, name) for each, name in people if each.to_on is None],
        "may_join": not row.closed_on and row.to_on >= on,
        "may_close": not row.closed_on and row.to_on <= on,
    }


def _days(
    row: TrainingGroup, sessions: list[TrainingSession], on: date
) -> list[tuple[TrainingSession, str, bool]]:
    is_open = row.closed_on is None
    return [(one, day(one.planned_on), is_open and one.planned_on <= on) for one in sessions]


def _came(request: Request, sessions: list[TrainingSession]) -> set[tuple[UUID, int]]:
    ids = [one.pk for one in sessions]
    there = TrainingPresence.visible_to(request.actor, request.now.on).filter(session_id__in=ids)
    return {(each.trainee_id, each.session_id) for each in there}


def _presence(
    people: list[tuple[Any, str]], sessions: list[TrainingSession], came: set[tuple[UUID, int]]
) -> Table:
    heads: list[Column | str] = [_("Wie"), _("Stand"), *(day(one.planned_on) for one in sessions)]
    lines: list[list[Cell | str | int]] = [
        [
            Cell(name, page_of(each.volunteer_id)),
            Cell(state=f"trainee.{each.outcome}"),
            *(_was_there(one, (each.id, one.pk) in came) for one in sessions),
        ]
        for each, name in people
    ]
    return make(_("Wie er was"), heads, lines)


def _was_there(session: TrainingSession, came: bool) -> str:
    if session.noted_on is None:
        return ""
    return _("was er") if came else _("was er niet")


def may_join(request: Request, row: TrainingGroup) -> list[tuple[str, str]]:
    """Give the volunteers who can still join, as choices."""
    actor, on = request.actor, request.now.on
    now_in = Trainee.visible_to(actor, on).filter(training_id=row.pk, to_on__isnull=True)
    gone = [state for state in State if FLOW.is_final(state)]
    people = (
        Volunteer.visible_to(actor, on)
        .filter(team_id=row.team_id)
        .exclude(Q(state__in=gone) | Q(pk__in=now_in.values("volunteer_id")))
    )
    return sorted(
        ((str(person.id), name_of(person)) for person in people.unlocked()), key=lambda pair: pair[1]
    )
