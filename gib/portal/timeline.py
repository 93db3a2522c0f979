"""The timeline of a dossier: each journal row as a sentence, newest first, grouped by month."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any, Final
from uuid import UUID

from django.db.models import Q
from django.utils import formats
from django.utils.translation import gettext as _

from gib.core.access.actor import Actor
from gib.core.access.tables import Role
from gib.core.journal.models import Happening
from gib.core.kernel.clock import Now
from gib.core.kernel.events import EVENTS
from gib.core.ui.words import day

SIZE: Final = 25

#: Filter of the timeline -> beginnings of the names of its events, its icon, its tone, its word.
SUBJECTS: Final[dict[str, tuple[tuple[str, ...], str, str, str]]] = {
    "gezin": (("families.",), "family", "rest", "Gezin"),
    "aanmelding": (("referral.", "intake."), "letter", "good", "Aanmelding"),
    "plan": (("trajectory.",), "flag", "own", "Plan"),
    "bezoek": (
        (
            "products.",
            "moeder_de_gans.",
            "bezoekmoeders.",
            "moeder_kind_bezoeken.",
            "ik_jij_wij.",
            "moedermaatjes.",
        ),
        "visit",
        "own",
        "Bezoek",
    ),
    "geld": (("aftercare.",), "euro", "busy", "Geld"),
    "hulp": (("handover.",), "relay", "warn", "Hulp"),
}

ROLE_WORDS: Final = {
    Role.PROJECT_LEADER: "projectleider",
    Role.COORDINATOR: "coördinator",
    Role.DEPUTY: "vervanger",
    Role.VOLUNTEER: "vrijwilliger",
    Role.REFERRER: "medewerker van de P.I.",
    Role.MUNICIPALITY: "gemeente",
    Role.SAFETY_HOUSE: "Veiligheidshuis",
    Role.TECHNICAL_ADMIN: "technisch beheerder",
    Role.PRIVACY_OFFICER: "privacyfunctionaris",
    Role.SYSTEM: "het systeem",
}


@dataclass(frozen=True)
class Line:
    """One line of the timeline."""

    title: str
    on: date
    when: str
    who: str
    icon: str
    tone: str


@dataclass(frozen=True)
class Month:
    """The lines of one month, newest first."""

    name: str
    lines: list[Line]


@dataclass(frozen=True)
class Page:
    """One page: its months, and where the older one begins (nothing at the end)."""

    months: list[Month]
    older: str
    total: int


def read(actor: Actor, dossier_id: UUID, now: Now, subject: str = "", before: str = "") -> Page:
    """Give a page of the timeline of one dossier.

    Args:
        subject: a key of `SUBJECTS`; anything else shows all.
        before: the cursor of a page, as `older` of the page before it.
    """
    rows = Happening.visible_to(actor, now.on).filter(dossier_id=dossier_id)
    if subject in SUBJECTS:
        rows = rows.filter(_named(SUBJECTS[subject][0]))
    total = rows.count()
    if before.isdecimal():
        rows = rows.filter(position__lt=int(before))
    found = list(rows.order_by("-position")[: SIZE + 1])
    shown = [_line(row) for row in found[:SIZE]]
    months = [Month(name, list(lines)) for name, lines in groupby(shown, key=_month)]
    return Page(months, str(found[SIZE - 1].position) if len(found) > SIZE else "", total)


def _named(beginnings: Iterable[str]) -> Q:
    wanted = Q()
    for beginning in beginnings:
        wanted |= Q(name__startswith=beginning)
    return wanted


def _month(line: Line) -> str:
    return str(formats.date_format(line.on, "F Y")).capitalize()


def _line(row: Any) -> Line:
    icon, tone = next(
        ((icon, tone) for names, icon, tone, _word in SUBJECTS.values() if row.name.startswith(names)),
        ("info", "rest"),
    )
    event = EVENTS.get(row.name)
    title = _(event.sentence) if event and event.sentence else row.name
    return Line(title, row.on, day(row.on), _(ROLE_WORDS[Role(row.role)]), icon, tone)
