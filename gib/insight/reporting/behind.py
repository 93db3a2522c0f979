"""Who and what stands behind a figure, for the team that may see them."""

from datetime import date
from typing import Any, Final

from django.urls import reverse

from gib.core.access.actor import Actor
from gib.core.ui.words import day
from gib.insight.reporting.domain import Figure, days_of
from gib.insight.reporting.models import first_day, listed
from gib.people.families.naming import names_of

#: The day that stands beside a row, where it has one.
_DAYS: Final = {
    Figure.REFERRALS: "submitted_on",
    Figure.TALKS: "held_on",
    Figure.TRAJECTORIES: "agreed_on",
    Figure.MATCHES: "from_on",
    Figure.CONTACTS: "held_on",
    Figure.CLOSED: "closed_on",
    Figure.LET_GO: "closed_on",
}
_VOLUNTEERS: Final = frozenset({Figure.VOLUNTEERS, Figure.ACTIVE_VOLUNTEERS})


def found(actor: Actor, figure: Figure, year: int, on: date) -> list[tuple[str, str, str]]:
    """Give the rows of a figure: a name, where it leads, and the day.

    Raises:
        RuleBroken: as `days_of`.
    """
    days = days_of(year, first_day(on), on)

    def rows(model: Any) -> Any:
        return model.objects.for_reader(actor, on).filter(team_id__in=sorted(actor.team_ids)).order_by()

    kept = listed(figure, rows, days)
    if figure in _VOLUNTEERS:
        return sorted(_volunteer(row) for row in kept.unlocked())
    return _of_dossiers(actor, kept, _DAYS.get(figure, ""), on)


def _of_dossiers(actor: Actor, rows: Any, name: str, on: date) -> list[tuple[str, str, str]]:
    """Name the mother of each row; with a day they stand in its order, without one in that of the names."""
    told = list(rows.order_by(name or "pk", "pk").values_list("dossier_id", name or "dossier_id"))
    names = names_of(actor, on, {dossier_id for dossier_id, _when in told})
    lines = [
        (names.get(dossier_id, ""), reverse("portal:dossier", args=[dossier_id]), day(when) if name else "")
        for dossier_id, when in told
    ]
    return lines if name else sorted(lines)


def _volunteer(row: Any) -> tuple[str, str, str]:
    return (
        f"{row.given_name} {row.family_name}",
        reverse("volunteers:volunteer", args=[row.pk]),
        day(row.since_on),
    )
