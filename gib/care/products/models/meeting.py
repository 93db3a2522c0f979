"""Group meetings in a prison, and which mothers came."""

from typing import ClassVar

from django.db import models

from gib.care.products.domain.contact import Reason
from gib.care.products.domain.meeting import PLACES, Presence, Speaker, SpeakerState, State
from gib.care.products.models.participation import Participation
from gib.core.access.actor import Actor
from gib.core.access.tables import Kind
from gib.people.families.models import CaseRow
from gib.people.families.models.checks import one_of
from gib.people.partners.domain import BRANDS, INSIDE, Product


class MeetingRows(models.QuerySet["GroupMeeting", "GroupMeeting"]):
    """Meetings; they name nobody, but each team plans its own."""

    def of(self, actor: Actor) -> "MeetingRows":
        """Keep the meetings of the teams of this actor."""
        return self.filter(team_id__in=sorted(actor.team_ids))

    def planned(self) -> "MeetingRows":
        """Keep what is still to come."""
        return self.filter(state=State.PLANNED)


class GroupMeeting(models.Model):
    """An information meeting, a visit morning or a course session; belongs to a team, not to a dossier."""

    team = models.ForeignKey("partners.Team", on_delete=models.PROTECT, related_name="+")
    prison = models.ForeignKey("partners.Prison", on_delete=models.PROTECT, related_name="+")
    product = models.CharField(max_length=24)
    state = models.CharField(max_length=12, default=State.PLANNED)
    planned_on = models.DateField()
    planned_time = models.TimeField()
    minutes = models.PositiveSmallIntegerField(default=120)
    room = models.CharField(max_length=60, blank=True)
    places = models.PositiveSmallIntegerField(default=PLACES)
    themes = models.CharField(max_length=160, blank=True)
    listed_on = models.DateField(null=True)
    expected_count = models.PositiveSmallIntegerField(default=0)
    unknown_count = models.PositiveSmallIntegerField(default=0)
    reason = models.CharField(max_length=16, blank=True)
    version = models.PositiveIntegerField(default=0)

    objects = MeetingRows.as_manager()

    class Meta:
        ordering = ["-planned_on", "-planned_time"]
        constraints = [
            one_of("state", State),
            one_of("product", INSIDE),
            one_of("reason", Reason, empty=True),
        ]
        indexes = [models.Index(fields=["team", "state", "planned_on"])]

    @classmethod
    def of(cls, actor: Actor) -> MeetingRows:
        """Give the meetings of the teams of this actor."""
        return cls.objects.of(actor)

    def __str__(self) -> str:
        return f"{self.brand} {self.planned_on:%d-%m-%Y}"

    @property
    def brand(self) -> str:
        """The name of the product as people know it."""
        return BRANDS[Product(self.product)]


class MeetingSpeaker(models.Model):
    """An organisation that was asked to tell something at a meeting; never the name of a person."""

    meeting = models.ForeignKey(GroupMeeting, on_delete=models.PROTECT, related_name="speakers")
    kind = models.CharField(max_length=20)
    provider = models.ForeignKey(
        "partners.CareProvider", on_delete=models.PROTECT, null=True, related_name="+"
    )
    state = models.CharField(max_length=12, default=SpeakerState.ASKED)
    asked_on = models.DateField()
    answered_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["pk"]
        constraints = [one_of("kind", Speaker), one_of("state", SpeakerState)]

    @classmethod
    def of(cls, actor: Actor) -> models.QuerySet["MeetingSpeaker"]:
        """Give the speakers at meetings of the teams of this actor."""
        rows = cls.objects.filter(meeting__team_id__in=sorted(actor.team_ids))
        return rows.select_related("provider")

    def __str__(self) -> str:
        return str(self.provider or self.kind)


class Attendance(CaseRow):
    """One mother at one meeting: invited, whether she came, and what followed from it."""

    meeting = models.ForeignKey(GroupMeeting, on_delete=models.PROTECT, related_name="+")
    participation = models.ForeignKey(Participation, on_delete=models.PROTECT, null=True, related_name="+")
    presence = models.CharField(max_length=12, default=Presence.INVITED)
    wants_talk = models.BooleanField(default=False)
    noted_on = models.DateField(null=True)
    followed_on = models.DateField(null=True)
    caught_up_on = models.DateField(null=True)

    class Meta:
        constraints = [
            one_of("presence", Presence),
            models.UniqueConstraint(fields=["dossier", "meeting"], name="attendance_once"),
        ]

    class Access:
        kind = Kind.PARTICIPATION
        groups: ClassVar[dict[str, tuple[str, ...]]] = {
            "dates": ("meeting", "meeting_id"),
            "presence": (
                *("presence", "wants_talk", "noted_on", "participation_id", "followed_on"),
                "caught_up_on",
            ),
        }
