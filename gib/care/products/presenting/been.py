"""Of whom a volunteer may tell that she was there: visits that wait for an account, and families."""

from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db.models import F
from django.urls import reverse

from gib.care.products import words
from gib.care.products.domain.contact import AHEAD, State, Theme
from gib.care.products.forms import HOURS
from gib.care.products.models import Contact, Match
from gib.care.products.presenting import names
from gib.core.ui.words import day, hours

#: How many visits of earlier days are offered.
_MOST: Final = 6
#: How long a visit was, in minutes, as the form offers it.
_LENGTHS: Final = [int(minutes) for minutes, _hours in HOURS]
_UNTOLD: Final = sorted(AHEAD | {State.HELD})


@dataclass(frozen=True)
class Told:
    """Somebody to tell about: her first name, what it is or when it was, and the address of the form."""

    match_id: UUID
    name: str
    about: str
    url: str


@dataclass(frozen=True)
class Been:
    """What she may choose from: visits of today, of before, and families for a visit without a plan."""

    today: list[Told]
    before: list[Told]
    families: list[Told]

    @property
    def choices(self) -> list[tuple[str, str]]:
        """Give the families as choices of a form; two of one name are told apart by the product."""
        return [(str(each.match_id), f"{each.name} · {each.about}") for each in self.families]


def been(request: Any) -> Been:
    """Gather of whom a volunteer may tell."""
    on = request.now.on
    met: Any = Match.visible_to(request.actor, on).filter(from_on__isnull=False).order_by("from_on", "id")
    matches = list(met)
    visits: Any = Contact.visible_to(request.actor, on).filter(state__in=_UNTOLD, planned_on__lte=on)
    rows = list(visits.order_by("-planned_on", F("planned_time").asc(nulls_last=True))[:_MOST])
    called = names.mothers(request, {row.dossier_id for row in (*matches, *rows)})
    return Been(
        today=[_visit(row, called) for row in rows if row.planned_on == on],
        before=[_visit(row, called) for row in rows if row.planned_on < on],
        families=[_family(row, called) for row in matches],
    )


def _family(row: Any, called: dict[UUID, str]) -> Told:
    name = called.get(row.dossier_id, "")
    return Told(row.id, name, row.brand, reverse("products:visit_log", args=[row.id]))


def _visit(row: Any, called: dict[UUID, str]) -> Told:
    url = f"{reverse('products:visit_log', args=[row.match_id])}?bezoek={row.id}"
    hour = f" {row.planned_time:%H:%M}" if row.planned_time else ""
    return Told(row.match_id, called.get(row.dossier_id, ""), f"{day(row.planned_on)}{hour}", url)


@dataclass(frozen=True)
class LastTime:
    """What may be taken over from the visit before: its length and its subjects, never her words."""

    minutes: int
    themes: list[str]
    url: str

    @property
    def words(self) -> str:
        """Say what would be taken over."""
        about = [str(words.THEMES[Theme(each)]) for each in self.themes]
        return ", ".join([hours(self.minutes), *about])

    @property
    def copied(self) -> dict[str, Any]:
        """Give what the form then begins with."""
        return {"minutes": self.minutes, "themes": self.themes}


def last_time(request: Any, match_id: UUID) -> LastTime | None:
    """Give the visit before of this match, when its length is one of the form; of nobody else."""
    rows: Any = Contact.visible_to(request.actor, request.now.on)
    told = rows.filter(match_id=match_id, state=State.LOGGED, minutes__in=_LENGTHS)
    row = next(iter(told.order_by("-held_on", "-id")[:1]), None)
    if row is None:
        return None
    asked = request.GET.copy()
    asked["zoals"] = "vorige"
    return LastTime(row.minutes, [each for each in row.themes.split(",") if each], f"?{asked.urlencode()}")
