"""Teams, seats and desks as finished text, for the project leader."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from gib.core.access.tables import Role
from gib.core.ui.tables import Cell, Table, make
from gib.core.ui.words import day
from gib.core.vault import boxes
from gib.people.accounts.models import Appointment
from gib.people.accounts.words import ROLE_WORDS, STANDING_WORDS
from gib.people.partners.domain import PartnerKind
from gib.people.partners.models import Partner, Prison, Team
from gib.people.partners.models.lists import house_choices
from gib.people.partners.models.lists import place_choices as municipality_choices
from gib.people.partners.pages import days

_SEATS = (Role.COORDINATOR, Role.DEPUTY)


def prison_choices(on: date) -> list[tuple[str, str]]:
    """Offer the prisons of a day."""
    return [(row.code, row.name) for row in Prison.objects.valid(on)]


def place_choices(on: date) -> dict[PartnerKind, list[tuple[str, str]]]:
    """Offer, per kind of organisation, the places that it can be of."""
    return {
        PartnerKind.MUNICIPALITY: municipality_choices(on),
        PartnerKind.SAFETY_HOUSE: house_choices(),
        PartnerKind.PRISON: prison_choices(on),
    }


def team_table(on: date) -> Table:
    """List the teams that are there or will be, with the prison they sit in."""
    rows = Team.objects.exclude(valid_to__lte=on).select_related("prison")
    found = [
        [row.name, row.prison.name, days(row), Cell(_("Beëindig"), reverse("portal:team_end", args=[row.pk]))]
        for row in rows
    ]
    return make(_("Teams"), [_("Team"), _("Inrichting"), _("Geldt"), _("Stoppen")], found)


def seat_table(on: date) -> Table:
    """List who coordinates each team and who stands in, now, before and later, newest first."""
    rows = (
        Appointment.objects.filter(role__in=_SEATS).select_related("team", "user").order_by("-from_on", "-pk")
    )
    found = list(rows)
    boxes.unlock(row.user_id for row in found)
    columns = [_("Naam"), _("Team"), _("Rol"), _("Van"), _("Tot en met"), _("Stand")]
    return make(_("Coördinatoren en vervangers"), columns, [_seat(row, on) for row in found])


def _seat(row: Any, on: date) -> list[str]:
    return [
        row.user.display_name,
        str(row.team),
        str(ROLE_WORDS[Role(row.role)]),
        day(row.from_on),
        day(row.to_on) if row.to_on else "",
        str(STANDING_WORDS[row.standing(on)]),
    ]


def desk_table(on: date) -> Table:
    """List the organisations whose people sign in."""
    rows: Iterable[Any] = Partner.objects.exclude(valid_to__lte=on)
    found = [
        [row.name, days(row), Cell(_("Beëindig"), reverse("portal:desk_end", args=[row.pk]))] for row in rows
    ]
    return make(_("Organisaties"), [_("Organisatie"), _("Geldt"), _("Stoppen")], found)
