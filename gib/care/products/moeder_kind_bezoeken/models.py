"""Each child of a visit morning, the gate that is looked at anew for the day, and the cars that drive."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from gib.care.products.models import GroupMeeting, Participation
from gib.care.products.moeder_kind_bezoeken.domain import (
    AWAY,
    LISTED,
    OFF,
    CancelReason,
    Gate,
    Moments,
    State,
    accompanied,
    identified,
)
from gib.care.products.moeder_kind_bezoeken.domain.rides import MOST_SEATS, Car, RideEnd, Times
from gib.core.access import rls
from gib.core.access.rows import ScopedQuerySet
from gib.core.access.tables import Kind
from gib.core.kernel.dates import ZONE
from gib.core.vault.fields import SealedText
from gib.engines.mornings.problem import Seat
from gib.people.families.domain import children as young
from gib.people.families.models import CaseRow, Child, gates_of
from gib.people.families.models.checks import one_of
from gib.people.partners.domain import Product
from gib.people.partners.models import VisitingRule
from gib.people.volunteers.domain import State as Helper
from gib.people.volunteers.domain import reasons_not_to_work
from gib.people.volunteers.models import Volunteer, papers_of_all
from gib.people.volunteers.models.volunteer import VolunteerRow

RULE_KIND = "parent_child"


class Ride(VolunteerRow):
    """A volunteer who drives once to a visit morning and home again; called off on a day, never erased."""

    version = models.PositiveIntegerField(default=0)
    meeting = models.ForeignKey(GroupMeeting, on_delete=models.PROTECT, related_name="+")
    seats = models.PositiveSmallIntegerField()
    boosters = models.PositiveSmallIntegerField(default=0)
    babies = models.PositiveSmallIntegerField(default=0)
    planned_on = models.DateField()
    cancelled_on = models.DateField(null=True)
    reason = models.CharField(max_length=12, blank=True)

    class Meta:
        constraints = [
            one_of("reason", RideEnd, empty=True),
            models.CheckConstraint(condition=Q(seats__gte=1, seats__lte=MOST_SEATS), name="ride_seats"),
            models.CheckConstraint(
                condition=Q(seats__gte=F("boosters") + F("babies")), name="ride_child_seats"
            ),
            models.UniqueConstraint(
                fields=["meeting", "volunteer"], condition=Q(cancelled_on__isnull=True), name="ride_once"
            ),
        ]

    class Access:
        kind = Kind.VOLUNTEER
        own = "volunteer_id"
        dossier = ""
        groups: ClassVar[dict[str, tuple[str, ...]]] = {
            "status": (
                *("volunteer", "volunteer_id", "meeting", "meeting_id", "seats", "boosters", "babies", "car"),
                *("planned_on", "cancelled_on", "reason"),
            )
        }

    @property
    def car(self) -> Car:
        """The seats of the car, for the rules."""
        return Car(self.seats, self.boosters, self.babies)


class MeetingChildRows(ScopedQuerySet):
    """Children of visit mornings by where they stand."""

    def away(self) -> "MeetingChildRows":
        """Keep children that were fetched and are not home."""
        return self.filter(state__in=sorted(AWAY))

    def coming(self) -> "MeetingChildRows":
        """Keep children that were not called off."""
        return self.exclude(state__in=sorted(OFF))

    def listed(self) -> "MeetingChildRows":
        """Keep children that are expected or came."""
        return self.filter(state__in=sorted(LISTED))


class MeetingChild(CaseRow):
    """One child and one visit morning."""

    meeting = models.ForeignKey(GroupMeeting, on_delete=models.PROTECT, related_name="+")
    participation = models.ForeignKey(Participation, on_delete=models.PROTECT, related_name="+")
    child = models.ForeignKey("families.Child", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=16, default=State.APPLIED)
    has_escort = models.BooleanField(default=False)
    identity_seen_on = models.DateField(null=True)
    child_wants = models.BooleanField(null=True)
    approved_on = models.DateField(null=True)
    reminded_on = models.DateField(null=True)
    back_time = models.TimeField()
    is_fetched = models.BooleanField(null=True)
    pick_up_place = SealedText(max_length=200)
    pick_up_from = models.TimeField(null=True)
    pick_up_until = models.TimeField(null=True)
    seat = models.CharField(max_length=8, default=Seat.PLAIN)
    ride = models.ForeignKey(Ride, on_delete=models.PROTECT, null=True, related_name="+")
    picked_up_at = models.DateTimeField(null=True)
    inside_at = models.DateTimeField(null=True)
    refused_at = models.DateTimeField(null=True)
    returned_at = models.DateTimeField(null=True)
    handed_to = SealedText(max_length=80)
    signed_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=16, blank=True)
    observation = SealedText(max_length=2000)

    objects: ClassVar[Any] = MeetingChildRows.as_manager()

    class Meta:
        constraints = [
            one_of("state", State),
            one_of("reason", CancelReason, empty=True),
            one_of("seat", Seat),
            models.UniqueConstraint(
                fields=["meeting", "child"],
                condition=~Q(state__in=[State.CANCELLED, State.OVERTAKEN]),
                name="meetingchild_once",
            ),
        ]
        indexes = [
            models.Index(fields=["team", "state"]),
            models.Index(fields=["team"], condition=Q(state__in=sorted(AWAY)), name="meetingchild_away"),
        ]

    class Access:
        kind = Kind.PARTICIPATION
        groups: ClassVar[dict[str, tuple[str, ...]]] = {
            "dates": ("meeting", "meeting_id", "child", "child_id", "state", "back_time"),
            "gate": (
                *("has_escort", "identity_seen_on", "child_wants", "approved_on", "planned_back"),
                "reminded_on",
            ),
            "way": (
                *("is_fetched", "pick_up_place", "pick_up_from", "pick_up_until", "seat", "ride_id"),
                "times",
            ),
            "day": (
                *("picked_up_at", "inside_at", "refused_at", "returned_at", "handed_to", "signed_at"),
                *("reason", "participation_id", "observation"),
            ),
        }

    @property
    def planned_back(self) -> datetime:
        """The moment at which the child should be home."""
        return datetime.combine(self.meeting.planned_on, self.back_time, ZONE)

    @property
    def times(self) -> Times:
        """Between which times the visit lasts, and when the child should be home."""
        return Times(self.meeting.planned_time, self.meeting.minutes, self.back_time)

    @property
    def moments(self) -> Moments:
        """When each step of the day was noted."""
        return Moments(self.picked_up_at, self.inside_at, self.refused_at)


def rule_of(prison_code: str, on: date) -> VisitingRule | None:
    """Give the rule of a prison for visit mornings on a day, or its general rule, if one is in force."""
    rules = VisitingRule.objects.valid(on).filter(prison_id=prison_code)
    found: VisitingRule | None = rules.filter(kind=RULE_KIND).first() or rules.filter(kind="regular").first()
    return found


def gate_of(row: MeetingChild) -> Gate:
    """Tell what is known about one child for the day of its visit morning."""
    return gates([row])[row.id]


def gates(rows: Iterable[MeetingChild]) -> dict[UUID, Gate]:
    """Tell the gate of many children of one visit morning, in a handful of queries."""
    found = list(rows)
    if not found:
        return {}
    meeting = found[0].meeting
    rule = rule_of(meeting.prison_id, meeting.planned_on)
    facts = gates_of([row.child for row in found], meeting.planned_on)
    return {row.id: _gate(row, facts[row.child_id], rule, meeting.planned_on) for row in found}


def _gate(row: MeetingChild, facts: Iterable[young.GateFact], rule: Any, on: date) -> Gate:
    told = {fact.criterion: fact for fact in facts}
    passed = {criterion: fact.gate is young.Gate.OPEN for criterion, fact in told.items()}
    ages = young.ages_on(row.child.born_on, row.child.birth_year, on)
    return Gate(
        minor=passed.get(young.Criterion.AGE),
        custody=passed.get(young.Criterion.CUSTODY),
        contact=passed.get(young.Criterion.CONTACT),
        accompanied=accompanied(ages, rule.accompany_age if rule else None, row.has_escort),
        identity=identified(ages, rule.id_age if rule else None, row.identity_seen_on is not None),
        wish=row.child_wants,
        director=row.approved_on is not None,
        contact_why=told[young.Criterion.CONTACT].reason if young.Criterion.CONTACT in told else "",
    )


def has_ready_child(children: Iterable[Child], on: date) -> bool:
    """Tell whether custody, contact and age of at least one child are in order on a day."""
    found = gates_of(children, on).values()
    return any(all(fact.gate is young.Gate.OPEN for fact in facts) for facts in found)


def most_children(meeting: GroupMeeting) -> int | None:
    """Give how many children the room of a morning holds, as the rule of the prison says on that day."""
    rule = rule_of(meeting.prison_id, meeting.planned_on)
    return rule.max_children if rule else None


def reasons_by_driver(volunteers: Sequence[Any], prison: str, on: date) -> dict[UUID, tuple[str, ...]]:
    """List per volunteer why she may not drive children to a prison on a day; empty when she may.

    All papers are read in one question, however many drivers. The house itself looks.

    Args:
        volunteers: rows or projections of volunteers that the caller found within its own scope.
    """
    with rls.system("readiness", on):
        papers = papers_of_all(volunteers, on)
    return {
        row.id: reasons_not_to_work(
            row.state == Helper.AVAILABLE, papers[row.id], Product.MOEDER_KIND_BEZOEKEN, prison, on
        )
        for row in volunteers
    }


def reasons_against_driver(volunteer_id: UUID, prison: str, on: date) -> tuple[str, ...]:
    """List why one volunteer may not drive children to a prison on a day; empty when she may."""
    with rls.system("readiness", on):
        found = list(Volunteer.for_house("readiness", on).filter(pk=volunteer_id))
    return reasons_by_driver(found, prison, on)[volunteer_id]


def seats_taken(rows: Iterable[Any]) -> dict[UUID, list[Seat]]:
    """Tell per ride on what the children sit who are in it."""
    found: dict[UUID, list[Seat]] = defaultdict(list)
    for row in rows:
        if row.ride_id:
            found[row.ride_id].append(Seat(row.seat))
    return found
