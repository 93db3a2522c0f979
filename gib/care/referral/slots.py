"""What a referral puts on the start page of a coordinator."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from gib.care.referral import domain, words
from gib.care.referral.domain import Urgency
from gib.care.referral.models import Referral, is_late, queue, terms_on
from gib.core.ui.slots import Task
from gib.core.ui.words import short_name

_TONES = {Urgency.NOW: "stop", Urgency.SOON: "warn", Urgency.UNKNOWN: "rest", Urgency.LATER: "rest"}
_RANKS = {Urgency.NOW: 10, Urgency.SOON: 30, Urgency.UNKNOWN: 40, Urgency.LATER: 60}


def waiting(request: Any) -> list[Task]:
    """List the referrals that wait for the coordinator and are not late, with their age and days left."""
    return [
        _task(row, request)
        for row in _open(request)
        if row.state in domain.WAITING and not _late(row, request)
    ]


def overdue(request: Any) -> list[Task]:
    """List the referrals in which the first talk should have been held by now."""
    return [_task(row, request) for row in _open(request) if _late(row, request)]


def _open(request: Any) -> list[Any]:
    """Read the open referrals once for both lists of one page."""
    if not hasattr(request, "open_referrals"):
        rows: Any = Referral.visible_to(request.actor, request.now.on)
        request.terms = terms_on(request.now.on)
        request.open_referrals = queue(
            rows.before_talk().with_release().unlocked(), request.now.on, request.terms
        )
    found: list[Any] = request.open_referrals
    return found


def _late(row: Any, request: Any) -> bool:
    return is_late(row, request.now.on, request.terms)


def _task(row: Any, request: Any) -> Task:
    urgency = domain.urgency(row.leaves_on, request.now.on, request.terms)
    is_late = _late(row, request)
    return Task(
        who=short_name(row.name),
        why=words.why(row),
        url=reverse("referral:detail", args=[row.id]),
        button=_("Bekijk"),
        tone="warn" if is_late and _TONES[urgency] == "rest" else _TONES[urgency],
        badge=words.age(row.submitted_on),
        rank=_RANKS[urgency] - 5 * is_late,
        dossier_id=row.dossier_id,
    )
