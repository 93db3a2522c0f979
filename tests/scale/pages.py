"""The ten busiest pages, as the people of the first team open them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Q
from django.test import Client
from django.urls import reverse

from gib.core.access.tables import Role
from gib.core.ui.slots import TABS
from gib.people.accounts.models import Appointment
from gib.people.families.models import Dossier
from gib.people.partners.models import Team
from gib.portal.demo.days import TODAY
from gib.portal.year.copies_tables import originals
from tests.world.base import enter

#: Name of the page -> who opens it.
BUSIEST: Final = {
    "portal:today": Role.COORDINATOR,
    "families:mothers": Role.COORDINATOR,
    "referral:list": Role.COORDINATOR,
    "volunteers:volunteers": Role.COORDINATOR,
    "products:meetings": Role.COORDINATOR,
    "products:to_read": Role.COORDINATOR,
    "portal:dossier": Role.COORDINATOR,
    "portal:dossier_tab": Role.COORDINATOR,
    "portal:phone": Role.VOLUNTEER,
    "referral:mine": Role.REFERRER,
}


@dataclass(frozen=True)
class Page:
    """A page with somebody who may open it."""

    name: str
    url: str
    client: Client

    def open(self) -> bytes:
        """Open the page; it must show something."""
        answer = self.client.get(self.url)
        assert answer.status_code == 200, f"{self.name}: {answer.status_code}"
        return answer.content


def pages() -> Iterator[Page]:
    """Give the ten busiest pages of the first team of the original."""
    team = originals()[0]
    clients = {role: enter(_seat(team, role)) for role in set(BUSIEST.values())}
    for name, role in BUSIEST.items():
        yield Page(name, reverse(name, kwargs=_places(name, team)), clients[role])


def _seat(team: Team, role: Role) -> Appointment:
    """Give who has a role today: of this team, or of the next one where somebody is still there."""
    held = Appointment.objects.filter(Q(to_on__isnull=True) | Q(to_on__gte=TODAY), role=role)
    return held.filter(team_id__gte=team.pk).select_related("user").order_by("team_id", "pk")[0]


def _places(name: str, team: Team) -> dict[str, Any]:
    if name not in ("portal:dossier", "portal:dossier_tab"):
        return {}
    reader = _seat(team, Role.COORDINATOR).actor()
    case = Dossier.visible_to(reader, TODAY).filter(erased_on__isnull=True).order_by("opened_on", "pk")[0]
    return {"dossier_id": case.id} | ({"name": TABS[1]} if name == "portal:dossier_tab" else {})
