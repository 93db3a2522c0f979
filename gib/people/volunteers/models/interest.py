"""What somebody told on the public page, the first talk with her, and which team is nearest."""

from datetime import date
from typing import ClassVar, Final

from django.db import models
from django.db.models import Q

from gib.core.access.tables import Kind
from gib.people.partners.models import Postcode, Team, legal_values
from gib.people.volunteers.domain.interest import KEPT_WEEKS, Conclusion, Heard, Spot, nearest
from gib.people.volunteers.models.volunteer import VolunteerRow

_AREA: Final = 4


class Enquiry(VolunteerRow):
    """That she came by herself: what she would like, how she heard of us, and to which text she agreed."""

    told_on = models.DateField()
    products = models.CharField(max_length=120, blank=True)
    heard = models.CharField(max_length=12)
    consent_version = models.CharField(max_length=12)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(heard__in=sorted(Heard)), name="enquiry_heard"),
            models.UniqueConstraint(fields=["volunteer"], name="enquiry_once"),
        ]

    class Access:
        kind = Kind.VOLUNTEER
        own = "volunteer_id"
        dossier = ""
        groups: ClassVar[dict[str, tuple[str, ...]]] = {
            "status": ("volunteer_id", "told_on", "products", "heard", "consent_version")
        }


class Interview(VolunteerRow):
    """The first talk: planned, then held with a yes or a no, and never with a reason."""

    version = models.PositiveIntegerField(default=0)
    planned_on = models.DateField()
    held_on = models.DateField(null=True)
    conclusion = models.CharField(max_length=3, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(held_on__isnull=True, conclusion="")
                | Q(held_on__isnull=False, conclusion__in=sorted(Conclusion)),
                name="interview_conclusion",
            ),
            models.UniqueConstraint(fields=["volunteer"], name="interview_once"),
        ]
        indexes = [models.Index(fields=["team", "planned_on"])]

    class Access:
        kind = Kind.VOLUNTEER
        own = "volunteer_id"
        dossier = ""
        groups: ClassVar[dict[str, tuple[str, ...]]] = {
            "status": ("volunteer_id", "planned_on", "held_on", "conclusion")
        }


def desks(on: date) -> list[Team]:
    """Give the teams of a day with their prisons, one per prison, by the name of the prison."""
    found: dict[str, Team] = {}
    for team in Team.objects.valid(on).select_related("prison").order_by("prison__name", "pk"):
        found.setdefault(team.prison_id, team)
    return list(found.values())


def team_near(area: str, on: date) -> Team | None:
    """Give the team of the prison nearest to a postcode area; none when the area is not known here."""
    home = Postcode.objects.filter(digits=area[:_AREA]).order_by("pk").first()
    teams = {team.prison_id: team for team in desks(on)}
    if home is None or not teams:
        return None
    spots = [Spot(code, team.prison.latitude, team.prison.longitude) for code, team in teams.items()]
    return teams[nearest(Spot(area, home.latitude, home.longitude), spots)]


def kept_weeks(on: date) -> int:
    """Give for how many weeks who was rejected is kept, as it holds on a day."""
    return legal_values(on).get("volunteer_rejected", KEPT_WEEKS)
