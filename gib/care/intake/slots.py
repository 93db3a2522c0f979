"""What an intake puts on the start page of a coordinator and on the page of a dossier."""

from datetime import date
from typing import Any
from uuid import UUID

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from gib.care.intake.models import Intake, Talk, names_of, talks_missed, talks_today
from gib.core.access.together import Steps, begin, in_steps
from gib.core.ui.slots import Task
from gib.core.ui.words import day, short_name


@in_steps
def today(request: Any) -> Steps[list[Task]]:
    """List the talks of today, by time."""
    rows = yield talks_today(request.actor, request.now.on).opening()
    names = yield from begin(names_of, request.actor, request.now.on, {row.dossier_id for row in rows})
    return [_task(row, names, _today_words(row), _("Open"), "busy") for row in rows]


@in_steps
def missed(request: Any) -> Steps[list[Task]]:
    """List the talks whose day has passed and of which nobody said how they went."""
    rows = yield talks_missed(request.actor, request.now.on).opening()
    names = yield from begin(names_of, request.actor, request.now.on, {row.dossier_id for row in rows})
    told = _("Het gesprek van %(day)s: ging het door?")
    return [
        _task(row, names, told % {"day": day(row.planned_on)}, _("Vul in"), "warn", row.planned_on)
        for row in rows
    ]


def _today_words(row: Any) -> str:
    told = _("Intake, samen met haar.")
    return f"{told} {row.place}." if row.place else told


def _task(row: Any, names: Any, why: str, button: str, tone: str, since: date | None = None) -> Task:
    who = short_name(names.get(row.dossier_id, ""))
    when = f"{row.planned_time:%H:%M} · " if row.planned_time and since is None else ""
    return Task(
        who=f"{when}{who}",
        why=why,
        url=reverse("intake:overview", args=[row.intake_id]),
        button=button,
        tone=tone,
        rank=45 if since else (row.planned_time.hour if row.planned_time else 24),
        dossier_id=row.dossier_id,
    )


@in_steps
def appointments(request: Any, dossier_id: UUID) -> Steps[SafeString | None]:
    """Show the intakes of a dossier with their talks, for its tab of appointments."""
    actor, on = request.actor, request.now.on
    rows, talks = yield (
        Intake.visible_to(actor, on).filter(dossier_id=dossier_id).order_by("-begun_on").opening(),
        Talk.visible_to(actor, on).filter(dossier_id=dossier_id).order_by("-planned_on").opening(),
    )
    if not rows:
        return None
    return render_to_string("intake/appointments.html", {"intakes": rows, "talks": talks}, request)
