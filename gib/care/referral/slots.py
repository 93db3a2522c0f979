"""What a referral puts on the start page of a coordinator."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from gib.care.referral import domain, words
from gib.care.referral.domain import Urgency
from gib.care.referral.models import Referral, is_late, terms_on
from gib.core.access.together import Steps, abreast, asking, begin, in_steps
from gib.core.ui.slots import Task
from gib.core.ui.words import short_name
from gib.people.families.models.lists import releases

_TONES = {Urgency.NOW: "stop", Urgency.SOON: "warn", Urgency.UNKNOWN: "rest", Urgency.LATER: "rest"}
_RANKS = {Urgency.NOW: 10, Urgency.SOON: 30, Urgency.UNKNOWN: 40, Urgency.LATER: 60}


@in_steps
def waiting(request: Any) -> Steps[list[Task]]:
    """List the referrals that wait for the coordinator and are not late, with their age and days left."""
    tasks = yield from _open(request)
    return [task for row, late, task in tasks if row.state in domain.WAITING and not late]


@in_steps
def overdue(request: Any) -> Steps[list[Task]]:
    """List the referrals in which the first talk should have been held by now."""
    tasks = yield from _open(request)
    return [task for _row, late, task in tasks if late]


def _open(request: Any) -> Steps[list[tuple[Any, bool, Task]]]:
    """Give each referral before the first talk, whether it is late, and its task: most pressing first."""
    actor, on = request.actor, request.now.on
    rows: Any = Referral.of_team(actor, on)
    found, (_inside, leaves) = yield from abreast(
        [asking(rows.before_talk().opening()), begin(releases, actor, on)]
    )
    terms = terms_on(on)
    known = [(row, leaves.get(row.dossier_id)) for row in found]
    known.sort(key=lambda each: domain.queue_place(each[1], each[0].submitted_on, on, terms))
    return [(row, is_late(row, on, terms), _task(row, leaves_on, on, terms)) for row, leaves_on in known]


def _task(row: Any, leaves_on: date | None, on: date, terms: dict[str, int]) -> Task:
    urgency = domain.urgency(leaves_on, on, terms)
    late = is_late(row, on, terms)
    return Task(
        who=short_name(row.name),
        why=words.why(row, leaves_on, on),
        url=reverse("referral:detail", args=[row.id]),
        button=_("Bekijk"),
        tone="warn" if late and _TONES[urgency] == "rest" else _TONES[urgency],
        badge=words.age(row.submitted_on, on),
        rank=_RANKS[urgency] - 5 * late,
        dossier_id=row.dossier_id,
    )
