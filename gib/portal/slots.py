"""What the portal itself puts on the start page: cases for another team, and dossiers to erase."""

from itertools import chain
from operator import attrgetter
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gib.core.access.together import Steps, begin, in_steps
from gib.core.ui.slots import Task
from gib.core.ui.words import day
from gib.people.families.naming import names_of
from gib.people.partners.models import legal_value
from gib.portal import domain, dues, erasures
from gib.portal.models import open_erasures, open_transfers


@in_steps
def transfers(request: Any) -> Steps[list[Task]]:
    """List the cases that another team should take over, and those that this team is asked for."""
    actor, on = request.actor, request.now.on
    found = yield open_transfers(actor, on)
    rows = sorted(chain(*found), key=attrgetter("proposed_on"))
    days = legal_value("transfer_accept", on) if rows else 0
    names = yield from begin(names_of, actor, on, [row.dossier_id for row in rows])
    return [_task(row, names.get(row.dossier_id, ""), days, request) for row in rows]


def _task(row: Any, name: str, days: int, request: Any) -> Task:
    is_ours = row.to_team_id in request.actor.team_ids
    late = domain.is_late(row.state, row.proposed_on, days, request.now.on)
    words = {"team": row.from_team if is_ours else row.to_team, "day": day(row.proposed_on)}
    why = (
        _("%(team)s vraagt u haar over te nemen, sinds %(day)s.")
        if is_ours
        else _("%(team)s heeft nog niet geantwoord, gevraagd op %(day)s.")
    )
    return Task(
        who=name,
        why=why % words,
        url=reverse("portal:transfer", args=[row.dossier_id]),
        button=_("Beslis") if is_ours else _("Bekijk"),
        tone="stop" if late else "busy",
        badge=_("Te laat") if late else "asked",
        rank=15 if late else 35,
        dossier_id=row.dossier_id,
    )


@in_steps
def erasures_waiting(request: Any) -> Steps[list[Task]]:
    """List the dossiers that a colleague asked to erase: a second person decides."""
    actor, on = request.actor, request.now.on
    rows = yield open_erasures(actor, on).exclude(asked_by=actor.user_id)
    names = yield from begin(names_of, actor, on, [row.dossier_id for row in rows])
    return [
        Task(
            who=names.get(row.dossier_id, ""),
            why=_("Een collega vroeg op %(day)s om haar dossier te wissen.") % {"day": day(row.asked_on)},
            url=reverse("portal:erasure", args=[row.id]),
            button=_("Beslis"),
            tone="busy",
            badge="asked",
            rank=40,
            dossier_id=row.dossier_id,
        )
        for row in rows
    ]


@in_steps
def erasures_due(request: Any) -> Steps[list[Task]]:
    """List the dossiers whose term is over (invariant 20)."""
    found = yield from begin(erasures.due, request.actor, request.now.on)
    names = yield from begin(names_of, request.actor, request.now.on, found)
    return [
        Task(
            who=names.get(dossier_id, ""),
            why=_("De bewaartermijn liep tot en met %(day)s. Moet het dossier gewist worden?")
            % {"day": day(until)},
            url=reverse("portal:erase", args=[dossier_id]),
            button=_("Bekijk"),
            tone="warn",
            badge="attention",
            rank=60,
            dossier_id=dossier_id,
        )
        for dossier_id, until in found.items()
    ]


@in_steps
def erasures_to_decide(request: Any) -> Steps[list[Task]]:
    """Tell the project leader in one row how many questions to erase wait for a second person."""
    rows = yield open_erasures(request.actor, request.now.on)
    if not rows:
        return []
    told = ngettext("%(number)d vraag om te wissen", "%(number)d vragen om te wissen", len(rows))
    return [
        Task(
            who=told % {"number": len(rows)},
            why=_("U of de vervanger beslist. De oudste is van %(day)s.") % {"day": day(rows[0].asked_on)},
            url=reverse("portal:erasures"),
            button=_("Beslis"),
            tone="busy",
            badge="asked",
            rank=40,
        )
    ]


def erasures_over(request: Any) -> list[Task]:
    """Tell the project leader in one row how much is past its term while nobody acted."""
    found = [each for each in dues.listed(request.actor, request.now.on) if each.is_free]
    if not found:
        return []
    number = len(found)
    told = ngettext("%(number)d is over de bewaartermijn", "%(number)d zijn over de bewaartermijn", number)
    return [
        Task(
            who=told % {"number": number},
            why=_("Dossiers, aanmeldingen en vrijwilligers. De oudste mocht blijven tot en met %(day)s.")
            % {"day": day(found[0].kept_on)},
            url=reverse("portal:erasures_due"),
            button=_("Bekijk"),
            tone="warn",
            badge="attention",
            rank=60,
        )
    ]
