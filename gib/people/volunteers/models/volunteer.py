"""Volunteers, each with her states and their days; sealed in a box of their own."""

from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from gib.core.access import rls
from gib.core.access.actor import Actor
from gib.core.access.rows import ScopedModel
from gib.core.access.tables import Kind, Role
from gib.core.access.together import Known
from gib.core.journal.models import Happening
from gib.core.vault.fields import SealedDate, SealedText
from gib.people.accounts.models import Appointment, Invitation
from gib.people.partners.models import Team
from gib.people.volunteers.domain import WRITING_IN, LeaveReason, Stand, State, VolunteerRegistered


class Volunteer(ScopedModel):
    """Somebody who helps; who it is lies sealed, the postcode area and languages lie clear for matching."""

    BOX: ClassVar[str] = "id"

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=12, default=State.INTERESTED)
    since_on = models.DateField()
    left_on = models.DateField(null=True)
    left_reason = models.CharField(max_length=12, blank=True)
    given_name = SealedText(max_length=60)
    family_name = SealedText(max_length=80)
    born_on = SealedDate()
    phone = SealedText(max_length=20)
    email = SealedText(max_length=254)
    street = SealedText(max_length=120)
    postcode = SealedText(max_length=7)
    pc4 = models.CharField(max_length=4, blank=True)
    languages = models.CharField(max_length=60, default="nl")
    has_car = models.BooleanField(default=False)
    most_matches = models.PositiveSmallIntegerField(default=1)
    most_minutes = models.PositiveSmallIntegerField(default=60)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[str(state) for state in State]), name="volunteer_state"
            ),
            models.CheckConstraint(
                condition=Q(left_reason__in=["", *map(str, LeaveReason)]), name="volunteer_left_reason"
            ),
        ]
        indexes = [
            models.Index(fields=["team", "state", "id"], include=["since_on"], name="volunteer_by_state"),
            # Who is with us and how she is called, as sealed as in the row: one walk for a whole page.
            models.Index(
                fields=["team"],
                include=["id", "state", "since_on", "given_name", "family_name"],
                name="volunteer_names_by_team",
            ),
        ]

    class Access:
        kind = Kind.VOLUNTEER
        own = "id"
        dossier = ""
        groups: ClassVar[dict[str, tuple[str, ...]]] = {
            "identity": ("given_name", "family_name", "born_on"),
            "contact": ("phone", "email", "street", "postcode"),
            "status": ("state", "since_on", "left_on", "left_reason", "team"),
            "preferences": ("pc4", "languages", "has_car", "most_matches", "most_minutes"),
        }
        erased: ClassVar[dict[str, object]] = {
            "pc4": "",
            "languages": "",
            "has_car": False,
            "most_matches": 0,
            "most_minutes": 0,
            "left_reason": "",
        }

    @property
    def volunteer_id(self) -> UUID:
        """The volunteer of a volunteer is herself."""
        return self.id


class VolunteerRow(ScopedModel):
    """A row that belongs to a volunteer, in her box."""

    BOX: ClassVar[str] = "volunteer_id"

    volunteer = models.ForeignKey(Volunteer, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class VolunteerStand(VolunteerRow):
    """A state of a volunteer with its days, so that how she stood can be told of any day."""

    state = models.CharField(max_length=12)
    from_on = models.DateField()
    to_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[str(state) for state in State]), name="volunteerstand_state"
            ),
            models.CheckConstraint(
                condition=Q(to_on__isnull=True) | Q(to_on__gte=F("from_on")), name="volunteerstand_dates"
            ),
            models.UniqueConstraint(
                fields=["volunteer"], condition=Q(to_on__isnull=True), name="volunteerstand_one_open"
            ),
        ]

    class Access:
        kind = Kind.VOLUNTEER
        own = "volunteer_id"
        dossier = ""
        groups: ClassVar[dict[str, tuple[str, ...]]] = {
            "status": ("state", "from_on", "to_on", "volunteer", "volunteer_id")
        }

    def fact(self) -> Stand:
        """Give the plain fact, for the rules."""
        return Stand(State(self.state), self.from_on, self.to_on)


def with_us(actor: Actor, on: date) -> models.QuerySet[Any]:
    """Ask who comes, is met or helps in the teams of the actor, for `since_in` to tell apart.

    Parts of one page that ask this share one walk, and read names only of whom they show.
    """
    states = [State.INTERESTED, State.INTERVIEW, State.AVAILABLE]
    return Volunteer.of_team(actor, on).filter(state__in=states).values_list("id", "state", "since_on")


def named(actor: Actor, on: date, ids: Iterable[UUID | None]) -> Known:
    """Ask for the names of volunteers; all parts of a page ask it as one question."""
    wanted = frozenset(filter(None, ids))
    return Known(Volunteer, actor, on, "id", wanted, ("team", "given_name", "family_name"))


def since_in(state: State, found: Iterable[tuple[UUID, str, date]]) -> dict[UUID, date]:
    """Give who of them is in a state, and since which day."""
    return {one: since for one, here, since in found if here == state}


def is_in_use(volunteer: Volunteer, on: date) -> bool:
    """Tell whether a person did anything about a volunteer beside the act that wrote her in.

    The journal knows it for every later stage; only an act of one moment with her registration is her own.
    """
    if any(rows.objects.filter(volunteer_id=volunteer.id).exists() for rows in (Appointment, Invitation)):
        return True
    with rls.system("in_use", on):
        about = Happening.for_house("in_use", on).filter(payload__volunteer_id=str(volunteer.id))
        began = about.filter(name=VolunteerRegistered.event_name()).values("at")[:1]
        own = [kind.event_name() for kind in WRITING_IN]
        return bool(about.exclude(role=Role.SYSTEM).exclude(name__in=own, at=began).exists())
