"""The phone page of a volunteer: what is next, how it went, and whether she worries."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.db.models import Sum
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from gib.care.handover.domain import Urgency
from gib.care.products.domain.match import State as MatchState
from gib.care.products.domain.match import sight_ends
from gib.care.products.models import Contact, Match
from gib.care.products.presenting.home import phases_of
from gib.care.products.presenting.standins import Standing, questions
from gib.core.access.guard import Request, requires
from gib.core.access.tables import P
from gib.core.sheets.answers import as_file
from gib.core.ui.words import day, hours
from gib.people.families.models import Participant
from gib.people.volunteers.models import Claim
from gib.people.volunteers.presenting_expenses import kilometres
from gib.portal import papers

#: Level -> tone, icon, what it says, what happens next.
WORRIES: Final = (
    (
        Urgency.TALK,
        "busy",
        "speech",
        gettext_lazy("Ik wil erover praten"),
        gettext_lazy("Je coördinator belt je deze week"),
    ),
    (
        Urgency.HELP,
        "warn",
        "flag",
        gettext_lazy("Er is hulp nodig"),
        gettext_lazy("Binnen 2 werkdagen antwoord"),
    ),
    (
        Urgency.UNSAFE,
        "stop",
        "stop",
        gettext_lazy("Een kind is niet veilig"),
        gettext_lazy("Vandaag nog. Bij direct gevaar: bel 112"),
    ),
)


@dataclass(frozen=True)
class Worry:
    """One level of worry as a link."""

    url: str
    tone: str
    icon: str
    title: str
    then: str


@dataclass(frozen=True)
class Family:
    """One mother of this volunteer, with what she can do now."""

    name: str
    brand: str
    phase: str
    log_url: str
    match_url: str
    worries: list[Worry]


@require_safe
@requires(P.SEE_OWN_MATCHES)
def phone(request: Request) -> HttpResponse:
    """Show the next appointment, one's families, open questions and this month's hours."""
    actor, on = request.actor, request.now.on
    rows: Any = Match.visible_to(actor, on)
    matches = list(rows.in_sight(on).order_by("from_on"))
    met = [row for row in matches if row.from_on is not None]
    asked, standing = questions(request)
    names = names_of(request, {row.dossier_id for row in (*met, *standing)})
    phases = phases_of(request, met)
    context = {
        "families": _families(met, names, phases),
        "parted": _parted(met, names),
        "asked": [*(_asked(row) for row in matches if row.from_on is None), *asked],
        "standing": _standing_in(standing, names),
        "next": _next(request, names),
        "month": _month(request),
    }
    return render(request, "portal/phone.html", context)


@require_safe
@requires(P.SEE_OWN_MATCHES, P.MANAGE_VOLUNTEER)
def card(request: Request) -> HttpResponse:
    """Give a sheet of cards that lead to telling about a visit, the same for everybody."""
    sheet = papers.cards(f"{settings.SITE_URL}{reverse('products:been')}", request.now.at)
    return as_file(sheet, "kaartjes.pdf")


def _parted(met: list[Any], names: dict[UUID, str]) -> list[tuple[Family, date]]:
    """Give those with whom it ended, each with the last day to tell of her."""
    return [(_family(row, names, {}), sight_ends(row.to_on)) for row in met if row.to_on]


def names_of(request: Request, dossier_ids: set[UUID]) -> dict[UUID, str]:
    """Give the first names of the mothers whom this volunteer has met."""
    rows = Participant.visible_to(request.actor, request.now.on).filter(dossier_id__in=dossier_ids)
    return {row.dossier_id: row.first_name for row in rows.unlocked()}


def _family(row: Any, names: dict[UUID, str], phases: dict[UUID, str]) -> Family:
    return Family(
        name=names.get(row.dossier_id, ""),
        brand=row.brand,
        phase=phases.get(row.id, ""),
        log_url=reverse("products:visit_log", args=[row.id]),
        match_url=reverse("products:match", args=[row.id]),
        worries=_worries(row.dossier_id),
    )


def _worries(dossier_id: UUID) -> list[Worry]:
    page = reverse("handover:worry", args=[dossier_id])
    return [
        Worry(f"{page}?hoe={level}", tone, icon, str(title), str(then))
        for level, tone, icon, title, then in WORRIES
    ]


def _families(met: list[Any], names: dict[UUID, str], phases: dict[UUID, str]) -> list[Family]:
    return [_family(row, names, phases) for row in met if row.state != MatchState.ENDED]


def _standing_in(rows: list[Standing], names: dict[UUID, str]) -> list[tuple[str, Standing, list[Worry]]]:
    """Give whom she visits for another; who that is shows around those days only."""
    called = [(names.get(row.dossier_id, ""), row) for row in rows]
    return [(name, row, _worries(row.dossier_id) if name else []) for name, row in called]


def _asked(row: Any) -> tuple[str, str]:
    return row.brand, reverse("products:match", args=[row.id])


def _next(request: Request, names: dict[UUID, str]) -> dict[str, str] | None:
    contacts: Any = Contact.visible_to(request.actor, request.now.on)
    ahead = contacts.ahead().filter(planned_on__gte=request.now.on).order_by("planned_on", "planned_time")
    row = next(iter(ahead[:1].unlocked()), None)
    if row is None:
        return None
    return {
        "who": names.get(row.dossier_id, ""),
        "when": f"{day(row.planned_on)} {row.planned_time:%H:%M}"
        if row.planned_time
        else day(row.planned_on),
        "where": row.place or str(row.prison or ""),
        "log_url": f"{reverse('products:visit_log', args=[row.match_id])}?bezoek={row.id}",
        "off_url": reverse("products:visit_cancel", args=[row.id]),
    }


def _month(request: Request) -> list[tuple[str, str]]:
    on = request.now.on
    held = Contact.visible_to(request.actor, on).filter(held_on__gte=date(on.year, on.month, 1))
    minutes = held.aggregate(sum=Sum("minutes"))["sum"] or 0
    rides = Claim.visible_to(request.actor, on).filter(on__gte=date(on.year, on.month, 1))
    tenths = rides.aggregate(sum=Sum("km_tenths"))["sum"] or 0
    return [
        (_("Bezoeken"), str(held.count())),
        (_("Uren"), hours(minutes)),
        (_("Gedeclareerde kilometers"), kilometres(tenths)),
    ]
