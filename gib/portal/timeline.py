"""The timeline of a dossier: each journal row as a sentence, newest first, grouped by month."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any, Final
from uuid import UUID

from django.db.models import Count, Q
from django.utils import formats
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gib.care.products.models import Contact
from gib.core.access.actor import Actor
from gib.core.access.rows import ScopedQuerySet
from gib.core.access.tables import Role
from gib.core.access.together import Steps, in_steps
from gib.core.journal.models import Happening
from gib.core.kernel.clock import Now
from gib.core.kernel.events import EVENTS
from gib.core.ui.words import day

SIZE: Final = 25

#: Filter of the timeline -> beginnings of the names of its events, its icon, its tone, its word.
SUBJECTS: Final[dict[str, tuple[tuple[str, ...], str, str, str | Promise]]] = {
    "gezin": (("families.",), "family", "rest", gettext_lazy("Gezin")),
    "aanmelding": (("referral.", "intake."), "letter", "good", gettext_lazy("Aanmelding")),
    "plan": (("trajectory.",), "flag", "own", gettext_lazy("Plan")),
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
        gettext_lazy("Bezoek"),
    ),
    "geld": (("aftercare.",), "euro", "busy", gettext_lazy("Geld")),
    "hulp": (("handover.",), "relay", "warn", gettext_lazy("Hulp")),
}

ROLE_WORDS: Final = {
    Role.PROJECT_LEADER: gettext_lazy("projectleider"),
    Role.COORDINATOR: gettext_lazy("coördinator"),
    Role.DEPUTY: gettext_lazy("vervanger"),
    Role.VOLUNTEER: gettext_lazy("vrijwilliger"),
    Role.REFERRER: gettext_lazy("medewerker van de P.I."),
    Role.MUNICIPALITY: gettext_lazy("gemeente"),
    Role.SAFETY_HOUSE: gettext_lazy("Veiligheidshuis"),
    Role.TECHNICAL_ADMIN: gettext_lazy("technisch beheerder"),
    Role.PRIVACY_OFFICER: gettext_lazy("privacyfunctionaris"),
    Role.EMERGENCY: gettext_lazy("noodtoegang"),
    Role.SYSTEM: gettext_lazy("het systeem"),
}


@dataclass(frozen=True)
class Line:
    """One line: the newest act of a day and subject, its text, and what else happened then."""

    title: str
    on: date
    when: str
    text: str
    more: str
    icon: str
    tone: str


@dataclass(frozen=True)
class Month:
    """The lines of one month, newest first."""

    name: str
    lines: list[Line]


@dataclass(frozen=True)
class Page:
    """One page: its months, where the older one begins (nothing at the end), and how many per subject."""

    months: list[Month]
    older: str
    total: int
    counts: Mapping[str, int]


@in_steps
def read(actor: Actor, dossier_id: UUID, now: Now, subject: str = "", before: str = "") -> Steps[Page]:
    """Give a page of the timeline of one dossier.

    Args:
        subject: a key of `SUBJECTS`; anything else shows all.
        before: the cursor of a page, as `older` of the page before it.
    """
    rows: Any = Happening.visible_to(actor, now.on).among("dossier_id", [dossier_id])
    per_name = rows.order_by("name").values_list("name").annotate(number=Count("*"))
    numbers, found = yield per_name, _turned(rows, subject, before)
    counts = _counts(dict(numbers))
    contacts = yield _told(actor, found[:SIZE], now).opening()
    notes = {str(contact.id): contact.note for contact in contacts if contact.note}
    days = groupby(found[:SIZE], key=lambda row: (row.on, _look(row.name)))
    lines = [_line(on, look, list(group), notes) for (on, look), group in days]
    months = [Month(name, list(group)) for name, group in groupby(lines, key=_month)]
    older = str(found[SIZE - 1].position) if len(found) > SIZE else ""
    return Page(months, older, counts[subject if subject in SUBJECTS else ""], counts)


def _turned(rows: ScopedQuerySet, subject: str, before: str) -> ScopedQuerySet:
    """Ask for the acts of one page, and one more."""
    if subject in SUBJECTS:
        rows = rows.filter(_named(SUBJECTS[subject][0]))
    if before.isdecimal():
        rows = rows.filter(position__lt=int(before))
    return rows.order_by("-position")[: SIZE + 1]


def _counts(per_name: dict[str, int]) -> dict[str, int]:
    """Count the acts per subject; the empty subject is all of them."""
    counts = {
        subject: sum(number for name, number in per_name.items() if name.startswith(names))
        for subject, (names, *_look) in SUBJECTS.items()
    }
    return counts | {"": sum(per_name.values())}


def _told(actor: Actor, rows: list[Any], now: Now) -> ScopedQuerySet:
    """Ask for the contacts of which these rows tell."""
    ids = {row.payload["contact_id"] for row in rows if row.payload.get("contact_id")}
    return Contact.visible_to(actor, now.on).filter(pk__in=ids)


def _named(beginnings: Iterable[str]) -> Q:
    wanted = Q()
    for beginning in beginnings:
        wanted |= Q(name__startswith=beginning)
    return wanted


def _month(line: Line) -> str:
    return str(formats.date_format(line.on, "F Y")).capitalize()


def _look(name: str) -> tuple[str, str]:
    looks = ((icon, tone) for names, icon, tone, _word in SUBJECTS.values() if name.startswith(names))
    return next(looks, ("info", "rest"))


def _title(row: Any) -> str:
    event = EVENTS.get(row.name)
    return _(event.sentence) if event and event.sentence else str(row.name)


def _line(on: date, look: tuple[str, str], rows: list[Any], notes: dict[str, str]) -> Line:
    texts = [notes.pop(key) for row in rows if (key := row.payload.get("contact_id", "")) in notes]
    titles = dict.fromkeys(_title(row) for row in rows)
    first, *others = titles
    who = str(ROLE_WORDS[Role(rows[0].role)])
    return Line(first, on, f"{day(on)}, {who}", " ".join(texts), " ".join(others), *look)
