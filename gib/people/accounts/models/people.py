"""Who may sign in, as what, and from when to when."""

from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar, Self
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from gib.core.access.actor import Actor
from gib.core.access.tables import APPOINTED, P, Role
from gib.core.vault.fields import SealedText
from gib.core.vault.models import SealedModel
from gib.people.accounts.domain import LETS_IN, OF_A_TEAM, Seat, Standing, attest_by, standing
from gib.people.partners.models import Partner, Team

ROLES = [str(role) for role in APPOINTED]


class UserManager(BaseUserManager["User"]):
    """Finds users by their neutral name."""

    def get_by_natural_key(self, username: str | None) -> "User":
        """Give the user of a neutral name."""
        return self.get(username=username)

    def with_appointments(self, user_id: UUID | str) -> "User | None":
        """Give a user and all her appointments in one query, for the reader of a request."""
        rows = list(Appointment.objects.filter(user_id=user_id).select_related("user").order_by("pk"))
        user = rows[0].user if rows else self.filter(pk=user_id).first()
        if user is not None:
            user.held = rows
        return user


class User(SealedModel, AbstractBaseUser):
    """Somebody who may sign in. The user name is neutral; who it is lies sealed in a box of its own."""

    BOX: ClassVar[str] = "id"
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    username = models.CharField(max_length=20, unique=True)
    display_name = SealedText(max_length=80)
    email = SealedText(max_length=254)
    phone = SealedText(max_length=20)
    language = models.CharField(max_length=8, default="nl")

    objects: ClassVar[UserManager] = UserManager()

    #: All appointments, when the user was loaded for a request.
    held: "list[Appointment] | None" = None

    def __str__(self) -> str:
        return self.username

    def seats(self) -> "list[Appointment]":
        """Give all appointments of this user, past and future ones too."""
        if self.held is None:
            self.held = list(self.appointments.order_by("pk"))
        return self.held

    def seats_on(self, on: date) -> "list[Appointment]":
        """Give the appointments that hold on a day."""
        return [seat for seat in self.seats() if seat.standing(on) is Standing.CURRENT]


class AppointmentQuerySet(models.QuerySet[Any, Any]):
    """Appointments by day and by who keeps them."""

    def current(self, on: date) -> Self:
        """Keep what holds on a day, confirmed or not."""
        rows = self.filter(Q(to_on__isnull=True) | Q(to_on__gte=on), from_on__lte=on)
        return rows.filter(ended_at__isnull=True)

    def kept_by(self, actor: Actor) -> Self:
        """Keep what this actor lets in and may take back; in a team only what is of the own teams."""
        rows = self.filter(role__in=sorted(LETS_IN.get(actor.role, frozenset())))
        return rows.filter(team__in=sorted(actor.team_ids)) if actor.role in OF_A_TEAM else rows

    def endable_by(self, actor: Actor) -> Self:
        """Keep what this actor may end: the technical administrator may end everything."""
        return self.all() if actor.may(P.MANAGE_ACCOUNT) else self.kept_by(actor)

    def attestable_by(self, actor: Actor) -> Self:
        """Keep what this actor confirms; for the project leader that is the administrator."""
        is_admin = actor.may(P.MANAGE_ACCOUNT)
        return self.filter(role=Role.PROJECT_LEADER) if is_admin else self.kept_by(actor)

    def keepers_of(self, user_id: UUID | None, on: date) -> set[UUID]:
        """Give the users to warn about this one: her coordinators, or else the project leaders."""
        teams = self.filter(user_id=user_id).current(on).values("team")
        current = Appointment.objects.current(on).exclude(user_id=user_id)
        found = set(current.filter(role=Role.COORDINATOR, team__in=teams).values_list("user_id", flat=True))
        return found or set(current.filter(role=Role.PROJECT_LEADER).values_list("user_id", flat=True))


class Appointment(models.Model):
    """A person in a role, for a team or a partner, on days; each change of role is another row.

    `to_on` is the last day, planned or past; `ended_at` is the moment at which somebody ended it at once.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="appointments")
    role = models.CharField(max_length=20)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, related_name="+")
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, null=True, related_name="+")
    volunteer_id = models.UUIDField(null=True, db_index=True)
    from_on = models.DateField()
    to_on = models.DateField(null=True)
    attested_on = models.DateField()
    ended_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = AppointmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(role__in=ROLES), name="appointment_role"),
            models.CheckConstraint(
                condition=Q(to_on__isnull=True) | Q(to_on__gte=F("from_on")), name="appointment_dates"
            ),
            models.UniqueConstraint(
                fields=["volunteer_id"], condition=Q(ended_at__isnull=True), name="appointment_of_one_file"
            ),
        ]

    @classmethod
    def of_seat(cls, user_id: UUID, seat: Seat, from_on: date) -> "Appointment":
        """Make the row of a seat; whoever appoints also confirms."""
        return cls(
            user_id=user_id,
            role=seat.role,
            team_id=seat.team_id,
            partner_id=seat.partner_id,
            volunteer_id=seat.volunteer_id,
            from_on=from_on,
            to_on=seat.to_on,
            attested_on=from_on,
        )

    def standing(self, on: date) -> Standing:
        """Say how this appointment stands on a day."""
        if self.ended_at is not None:
            return Standing.ENDED
        return standing(self.from_on, self.to_on, self.attested_on, on)

    @property
    def attest_by(self) -> date:
        """The last day on which this holds without being confirmed again."""
        return attest_by(self.attested_on)

    def actor(self) -> Actor:
        """Give whoever acts in this appointment."""
        teams: Iterable[int] = [self.team_id] if self.team_id else []
        return Actor(
            user_id=self.user_id,
            role=Role(self.role),
            team_ids=frozenset(teams),
            volunteer_id=self.volunteer_id,
            partner_id=self.partner_id,
        )


def usernames(user_ids: Iterable[UUID]) -> dict[UUID, str]:
    """Give the neutral names of users, for a list that must name nobody."""
    return dict(User.objects.filter(pk__in=set(user_ids)).values_list("pk", "username"))
