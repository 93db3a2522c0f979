"""What the pages on erasing tell: which dossiers are due, what waits, what goes and what stays."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db.models import Count, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gib.care.trajectory.models import Trajectory
from gib.core.access import rls
from gib.core.access.actor import Actor
from gib.core.access.rows import ScopedQuerySet
from gib.core.access.tables import P
from gib.core.access.together import Steps, ask, in_steps
from gib.core.journal.models import Happening
from gib.core.ui.tables import Cell, Column, Table, make, ordering, sortable
from gib.core.ui.words import day
from gib.core.vault.fields import SealedField
from gib.people.accounts.models import usernames
from gib.people.families.actions import case_tables
from gib.people.families.models import Involvement, rows_of
from gib.people.partners.models import Team, legal_value
from gib.portal.domain import ErasureGround, ErasureState, HoldKind, last_kept_day
from gib.portal.dues import Due, DueKind
from gib.portal.models import ErasureRequest, LegalHold

GROUNDS: Final = {
    ErasureGround.HER_WISH: gettext_lazy("Zij vroeg het zelf"),
    ErasureGround.CONSENT: gettext_lazy("Zij trok haar toestemming in"),
    ErasureGround.TERM: gettext_lazy("De bewaartermijn is voorbij"),
}
HOLDS: Final = {
    HoldKind.COMPLAINT: gettext_lazy("Er loopt een klacht"),
    HoldKind.COURT: gettext_lazy("Er loopt een zaak bij de rechter"),
    HoldKind.SAFETY: gettext_lazy("Er is een vermoeden van onveiligheid"),
    HoldKind.ACCOUNTS: gettext_lazy("Nodig voor de verantwoording van geld"),
}
STATES: Final = {
    ErasureState.ASKED: gettext_lazy("Wacht op een tweede persoon"),
    ErasureState.CARRIED_OUT: gettext_lazy("Gewist"),
    ErasureState.REFUSED: gettext_lazy("Geweigerd"),
    ErasureState.WITHDRAWN: gettext_lazy("Ingetrokken"),
}
KINDS: Final = {
    DueKind.DOSSIER: (gettext_lazy("Dossier"), gettext_lazy("De hulp eindigde op %(day)s")),
    DueKind.REFERRAL: (gettext_lazy("Aanmelding"), gettext_lazy("De aanmelding stopte op %(day)s")),
    DueKind.VOLUNTEER: (gettext_lazy("Vrijwilliger"), gettext_lazy("Zij vertrok op %(day)s")),
}
#: In the address of the list -> what it shows.
CHOICES: Final = {
    "dossiers": (DueKind.DOSSIER, gettext_lazy("Dossiers")),
    "aanmeldingen": (DueKind.REFERRAL, gettext_lazy("Aanmeldingen")),
    "vrijwilligers": (DueKind.VOLUNTEER, gettext_lazy("Vrijwilligers")),
}


@dataclass(frozen=True)
class Preview:
    """What an erasure would do, in numbers: rows with words, people who see the case, acts in the journal."""

    rows: int
    involved: int
    acts: int


def preview(dossier_id: UUID, on: date) -> Preview:
    """Count what goes and what stays; nothing is opened."""
    with rls.system("erasure", on):
        sealed = [model for model in case_tables() if _has_words(model)]
        acts = Happening.for_house("erasure", on).filter(dossier_id=dossier_id)
        counted = ask([_number(rows) for rows in (*(rows_of(model, dossier_id) for model in sealed), acts)])
    *rows, told = (sum(found) for found in counted)
    involved = Involvement.current(dossier_id, on).values("party").distinct().count()
    return Preview(sum(rows), involved, told)


def _number(rows: Any) -> Any:
    """Ask how many rows of a dossier there are: no row, or one number."""
    numbers = rows.order_by().values("dossier_id").annotate(number=Count("pk"))
    return numbers.values_list("number", flat=True)


def _has_words(model: Any) -> bool:
    names = {field.name for field in model._meta.concrete_fields}
    return "dossier" in names and any(isinstance(field, SealedField) for field in model._meta.concrete_fields)


def table(actor: Actor, on: date) -> Table:
    """List the questions to erase that this actor may see, those that wait first; numbers, no names."""
    rows = list(
        ErasureRequest.visible_to(actor, on).select_related("team").order_by("answered_on", "-asked_on")
    )
    rows.sort(key=lambda row: row.state != ErasureState.ASKED)
    known = usernames({row.asked_by for row in rows} | {row.answered_by for row in rows if row.answered_by})
    columns = [
        _("Dossier"),
        _("Waarom"),
        _("Gevraagd op"),
        _("Door"),
        _("Stand"),
        _("Beslist op"),
        _("Door wie"),
    ]
    return make(_("Vragen om te wissen"), columns, [_line(row, known) for row in rows])


def _line(row: Any, known: dict[UUID, str]) -> list[Cell | str]:
    is_open = row.state == ErasureState.ASKED
    return [
        Cell(row.number, reverse("portal:erasure", args=[row.id]) if is_open else ""),
        str(GROUNDS[ErasureGround(row.ground)]),
        day(row.asked_on),
        known.get(row.asked_by, ""),
        str(STATES[ErasureState(row.state)]),
        day(row.answered_on) if row.answered_on else "",
        known.get(row.answered_by, ""),
    ]


def holds(actor: Actor, dossier_id: UUID, on: date) -> list[tuple[UUID, str, str, str]]:
    """Give the holds of a dossier that go on: id, kind, reason and last day."""
    rows = _holds(actor, dossier_id, on).unlocked()
    return [(row.id, str(HOLDS[HoldKind(row.kind)]), row.why, day(row.to_on)) for row in rows]


def stays(actor: Actor, dossier_id: UUID, on: date) -> list[tuple[str, str]]:
    """Give why a dossier must stay and until when, to who decides: without the words."""
    return [(str(HOLDS[HoldKind(row.kind)]), day(row.to_on)) for row in _holds(actor, dossier_id, on)]


def _holds(actor: Actor, dossier_id: UUID, on: date) -> ScopedQuerySet:
    rows = LegalHold.visible_to(actor, on)
    return rows.filter(dossier_id=dossier_id, to_on__gte=on).order_by("to_on")


@in_steps
def due(actor: Actor, on: date) -> Steps[dict[UUID, date]]:
    """Give the dossiers whose term is over, with the last day they should be kept, oldest first.

    A dossier counts from the end of its last trajectory. One that must stay, or that somebody asked about
    already, is left out.
    """
    if not actor.may(P.ASK_ERASURE):
        return {}
    years = legal_value("dossier_retention", on)
    latest = last_kept_day(on, -years)
    old = Trajectory.of_team(actor, on).filter(closed_on__lt=latest).order_by("closed_on")
    newer = Trajectory.of_team(actor, on).filter(Q(closed_on__isnull=True) | Q(closed_on__gte=latest))
    asked = ErasureRequest.of_team(actor, on).filter(state=ErasureState.ASKED)
    kept = LegalHold.of_team(actor, on).filter(to_on__gte=on)
    for other in (newer, asked, kept):
        old = old.exclude(dossier_id__in=other.values("dossier_id"))
    found = yield old
    return {row.dossier_id: last_kept_day(row.closed_on, years) for row in found}


def tabs(current: str) -> list[dict[str, Any]]:
    """Give the two pages on erasing: what is due, and what was asked."""
    words = {"portal:erasures_due": _("Aan de beurt"), "portal:erasures": _("Vragen en besluiten")}
    return [
        {"label": word, "url": reverse(name), "is_current": name == current} for name, word in words.items()
    ]


def due_chips(asked: str, found: list[Due]) -> list[dict[str, Any]]:
    """Give the filters of the list of what is due, each with its number."""
    every = {"label": _("Alle"), "url": "?", "is_current": not asked, "count": len(found)}
    return [every] + [
        {
            "label": word,
            "url": f"?soort={key}",
            "is_current": asked == key,
            "count": sum(each.kind is kind for each in found),
        }
        for key, (kind, word) in CHOICES.items()
    ]


def due_table(request: HttpRequest, actor: Actor, found: list[Due], on: date) -> Table:
    """Write what is due as a table that can be sorted; who may ask finds the page where she asks."""
    columns = [
        Column(_("Nummer")),
        Column(_("Bewaard tot en met"), "tot"),
        Column(_("Dagen over tijd"), is_number=True),
        Column(_("Wat"), "wat"),
        Column(_("Waarom")),
        Column(_("Team"), "team"),
        Column(_("Stand"), "stand"),
    ]
    teams = {team.pk: str(team) for team in Team.objects.filter(pk__in={each.team_id for each in found})}
    by, is_down = ordering(request, columns)
    keys: dict[str, Any] = {
        "wat": lambda each: str(KINDS[each.kind][0]),
        "team": lambda each: teams[each.team_id],
        "tot": lambda each: each.kept_on,
        "stand": lambda each: _stand(each).text,
    }
    rows = sorted(found, key=keys[by], reverse=is_down)
    lines = [_due_line(each, actor, teams[each.team_id], on) for each in rows]
    return make(_("Over de bewaartermijn"), sortable(request, columns), lines)


def _due_line(each: Due, actor: Actor, team: str, on: date) -> list[Cell | str | int]:
    what, why = KINDS[each.kind]
    route = "volunteers:erase" if each.kind is DueKind.VOLUNTEER else "portal:erase"
    return [
        Cell(each.number, reverse(route, args=[each.id]) if actor.may(P.ASK_ERASURE) else ""),
        day(each.kept_on),
        (on - each.kept_on).days,
        str(what),
        why % {"day": day(each.ended_on)},
        team,
        _stand(each),
    ]


def _stand(each: Due) -> Cell:
    """Say what keeps it here: it must stay, money waits, a question waits, or nobody did anything yet."""
    if each.hold:
        words = {"why": HOLDS[each.hold], "day": day(each.held_until)}
        return Cell(_("Moet blijven tot en met %(day)s. %(why)s.") % words)
    if each.is_owed:
        return Cell(_("Haar onkosten staan nog open"))
    if each.asked_id:
        return Cell(
            _("Gevraagd. Een tweede persoon beslist"), reverse("portal:erasure", args=[each.asked_id])
        )
    return Cell(_("Kan gewist worden") if each.kind is DueKind.VOLUNTEER else _("Nog niemand vroeg het"))
