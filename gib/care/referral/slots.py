"""What a referral puts on the start page of a coordinator."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from gib.care.referral import domain, words
from gib.care.referral.domain import Urgency
from gib.care.referral.models import Referral, is_late, queue, terms_on
from gib.core.access.together import Steps, in_steps
from gib.core.ui.slots import Task
from gib.core.ui.words import short_name

_TONES = {Urgency.NOW: "stop", Urgency.SOON: "warn", Urgency.UNKNOWN: "rest", Urgency.LATER: "rest"}
_RANKS = {Urgency.NOW: 10, Urgency.SOON: 30, Urgency.UNKNOWN: 40, Urgency.LATER: 60}


@in_steps
def waiting(request: Any) -> Steps[list[Task]]:
    """List the referrals that wait for the coordinator and are not late, with their age and days left."""
    rows, terms = yield from _open(request)
    found = [row for row in rows if row.state in domain.WAITING and not is_late(row, request.now.on, terms)]
    return [_task(row, request.now.on, terms) for row in found]


@in_steps
def overdue(request: Any) -> Steps[list[Task]]:
    """List the referrals in which the first talk should have been held by now."""
    rows, terms = yield from _open(request)
    return [_task(row, request.now.on, terms) for row in rows if is_late(row, request.now.on, terms)]


def _open(request: Any) -> Steps[tuple[list[Any], dict[str, int]]]:
    on = request.now.on
    rows: Any = Referral.visible_to(request.actor, on)
    found = yield rows.before_talk().with_release().opening()
    terms = terms_on(on)
    return queue(found, on, terms), terms


def _task(row: Any, on: date, terms: dict[str, int]) -> Task:
    urgency = domain.urgency(row.leaves_on, on, terms)
    late = is_late(row, on, terms)
    return Task(
        who=short_name(row.name),
        why=words.why(row),
        url=reverse("referral:detail", args=[row.id]),
        button=_("Bekijk"),
        tone="warn" if late and _TONES[urgency] == "rest" else _TONES[urgency],
        badge=words.age(row.submitted_on),
        rank=_RANKS[urgency] - 5 * late,
        dossier_id=row.dossier_id,
    )
