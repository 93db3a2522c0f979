"""Who and what stands behind a figure, for the team that may see them."""

from datetime import date
from typing import Any, Final, NamedTuple

from django.urls import reverse

from gib.core.access import rls
from gib.core.access.actor import Actor
from gib.core.ui.words import day
from gib.insight.reporting.domain import Figure, days_of, stands_on
from gib.insight.reporting.models import first_day, listed, matched, placed
from gib.people.families.naming import names_of

#: The day that stands beside a row, where it has one.
_DAYS: Final = {
    Figure.REFERRALS: "submitted_on",
    Figure.TALKS: "held_on",
    Figure.FIRST_TALKS: "talked_on",
    Figure.TRAJECTORIES: "agreed_on",
    Figure.STARTS: "started_on",
    Figure.MATCHES: "from_on",
    Figure.CONTACTS: "held_on",
    Figure.CLOSED: "closed_on",
    **dict.fromkeys((Figure.ASKED, Figure.GRANTED, Figure.REFUSED, Figure.SILENT), "dealt_on"),
    Figure.LET_GO: "closed_on",
}
#: What a worked-out figure adds up: minutes, or the days since this one.
_SINCE: Final = {Figure.TALK_WAIT: "submitted_on", Figure.START_WAIT: "wished_on"}
_VOLUNTEERS: Final = frozenset({Figure.VOLUNTEERS, Figure.ACTIVE_VOLUNTEERS})


class Behind(NamedTuple):
    """A row behind a figure: a name, where it leads, the day, and how much it adds where that is not one."""

    name: str
    url: str
    day: str = ""
    adds: str = ""


def found(actor: Actor, figure: Figure, year: int, on: date, code: str = "") -> list[Behind]:
    """Give the rows of a figure, of a whole year or of one municipality.

    Raises:
        RuleBroken: as `days_of`.
    """
    days = days_of(year, first_day(on), on)

    def rows(model: Any) -> Any:
        return model.objects.for_reader(actor, on).filter(team_id__in=sorted(actor.team_ids)).order_by()

    if figure is Figure.ACTIVE_VOLUNTEERS:
        kept = listed(Figure.VOLUNTEERS, rows, days, on).filter(pk__in=_matched(days, on))
    else:
        kept = listed(stands_on(figure), rows, days, on)
    if code:
        kept = kept.filter(**{placed(figure): code})
    if figure in _VOLUNTEERS:
        return sorted(_volunteer(row) for row in kept.unlocked())
    return _of_dossiers(actor, kept, figure, on)


def _matched(days: Any, on: date) -> list[Any]:
    """Give who is matched, as the house: the mother of a volunteer may be with another team by now."""
    with rls.system("figures", on):
        found = matched(lambda model: model.for_house("figures", on).order_by(), days)
        return list(found.values_list("volunteer_id", flat=True))


def _of_dossiers(actor: Actor, rows: Any, figure: Figure, on: date) -> list[Behind]:
    """Name the mother of each row; with a day they stand in its order, without one in that of the names."""
    name = _DAYS.get(stands_on(figure), "")
    adds = "minutes" if figure is Figure.HOURS else _SINCE.get(figure, "dossier_id")
    told = list(rows.order_by(name or "pk", "pk").values_list("dossier_id", name or "dossier_id", adds))
    names = names_of(actor, on, {dossier_id for dossier_id, _when, _adds in told})
    lines = [
        Behind(
            names.get(dossier_id, ""),
            reverse("portal:dossier", args=[dossier_id]),
            day(when) if name else "",
            _added(figure, when, adds),
        )
        for dossier_id, when, adds in told
    ]
    return lines if name else sorted(lines)


def _added(figure: Figure, when: Any, adds: Any) -> str:
    if figure is Figure.HOURS:
        return str(adds or 0)
    return str((when - adds).days) if figure in _SINCE else ""


def _volunteer(row: Any) -> Behind:
    return Behind(
        f"{row.given_name} {row.family_name}",
        reverse("volunteers:volunteer", args=[row.pk]),
        day(row.since_on),
    )
