"""What the portal itself puts on the start page: cases for another team, and dossiers to erase."""

from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from gib.core.ui.slots import Task
from gib.core.ui.words import day, short_name
from gib.people.families.models import Participant
from gib.people.partners.models import legal_value
from gib.portal import domain, erasures
from gib.portal.models import open_erasures, open_transfers


def transfers(request: Any) -> list[Task]:
    """List the cases that another team should take over, and those that this team is asked for."""
    actor, on = request.actor, request.now.on
    rows = open_transfers(actor, on)
    if not rows:
        return []
    days = legal_value("transfer_accept", on)
    mothers = Participant.visible_to(actor, on).filter(dossier_id__in=[row.dossier_id for row in rows])
    names = {row.dossier_id: short_name(f"{row.first_name} {row.last_name}") for row in mothers.unlocked()}
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


def _names(request: Any, dossier_ids: Any) -> dict[UUID, str]:
    rows = Participant.visible_to(request.actor, request.now.on).filter(dossier_id__in=list(dossier_ids))
    return {row.dossier_id: short_name(f"{row.first_name} {row.last_name}") for row in rows.unlocked()}


def erasures_waiting(request: Any) -> list[Task]:
    """List the dossiers that a colleague asked to erase: a second person decides."""
    rows = [
        row for row in open_erasures(request.actor, request.now.on) if row.asked_by != request.actor.user_id
    ]
    names = _names(request, [row.dossier_id for row in rows]) if rows else {}
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


def erasures_due(request: Any) -> list[Task]:
    """List the dossiers whose term is over (invariant 20)."""
    found = erasures.due(request.actor, request.now.on)
    names = _names(request, found) if found else {}
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
