"""What the portal itself puts on the start page: cases that wait for another team."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from gib.core.ui.slots import Task
from gib.core.ui.words import day, short_name
from gib.people.families.models import Participant
from gib.people.partners.models import legal_value
from gib.portal import domain
from gib.portal.models import open_transfers


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
