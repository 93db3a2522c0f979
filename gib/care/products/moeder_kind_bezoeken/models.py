"""Each child of a visit morning, and the gate that is looked at anew for the day of the visit."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q

from gib.care.products.models import GroupMeeting, Participation
from gib.care.products.moeder_kind_bezoeken.domain import (
    AWAY,
    LISTED,
    CancelReason,
    Gate,
    State,
    accompanied,
    identified,
)
from gib.core.access.rows import ScopedQuerySet
from gib.core.access.tables import Kind
from gib.core.kernel.dates import ZONE
from gib.core.vault.fields import SealedText
from gib.people.families.domain import children as young
from gib.people.families.models import CaseRow, Child, gates_of
from gib.people.families.models.checks import one_of
from gib.people.partners.models import VisitingRule

RULE_KIND = "parent_child"


class MeetingChildRows(ScopedQuerySet):
    """Children of visit mornings by where they stand."""

    def away(self) -> "MeetingChildRows":
        """Keep children that were fetched and are not home."""
        return self.filter(state__in=sorted(AWAY))

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
    back_time = models.TimeField()
    picked_up_at = models.DateTimeField(null=True)
    inside_at = models.DateTimeField(null=True)
    returned_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=16, blank=True)
    observation = SealedText(max_length=2000)

    objects: ClassVar[Any] = MeetingChildRows.as_manager()

    class Meta:
        constraints = [
            one_of("state", State),
            one_of("reason", CancelReason, empty=True),
            models.UniqueConstraint(
                fields=["meeting", "child"],
                condition=~Q(state__in=[State.CANCELLED, State.OVERTAKEN]),
                name="meetingchild_once",
            ),
        ]
        indexes = [models.Index(fields=["team", "state"])]

    class Access:
        kind = Kind.PARTICIPATION
        groups: ClassVar[dict[str, tuple[str, ...]]] = {
            "dates": ("meeting", "meeting_id", "child", "child_id", "state", "back_time"),
            "gate": ("has_escort", "identity_seen_on", "child_wants", "approved_on", "planned_back"),
            "day": ("picked_up_at", "inside_at", "returned_at", "reason", "participation_id", "observation"),
        }

    @property
    def planned_back(self) -> datetime:
        """The moment at which the child should be home."""
        return datetime.combine(self.meeting.planned_on, self.back_time, ZONE)


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
    passed = {fact.criterion: fact.gate is young.Gate.OPEN for fact in facts}
    ages = young.ages_on(row.child.born_on, row.child.birth_year, on)
    return Gate(
        minor=passed.get(young.Criterion.AGE),
        custody=passed.get(young.Criterion.CUSTODY),
        contact=passed.get(young.Criterion.CONTACT),
        accompanied=accompanied(ages, rule.accompany_age if rule else None, row.has_escort),
        identity=identified(ages, rule.id_age if rule else None, row.identity_seen_on is not None),
        wish=row.child_wants,
        director=row.approved_on is not None,
    )


def has_ready_child(children: Iterable[Child], on: date) -> bool:
    """Tell whether custody, contact and age of at least one child are in order on a day."""
    found = gates_of(children, on).values()
    return any(all(fact.gate is young.Gate.OPEN for fact in facts) for facts in found)
