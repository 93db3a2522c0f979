"""Visits and other contacts, planned and held, with their short accounts."""

from datetime import date, timedelta
from typing import Any, ClassVar, Final, Self

from django.db import models
from django.db.models import F, Q

from gib.care.products.domain.clearance import FAILED
from gib.care.products.domain.contact import AHEAD, TOOK_PLACE, Kind, Reason, State
from gib.care.products.models.match import Match
from gib.care.products.models.participation import Participation
from gib.care.products.models.standin import StandIn
from gib.core.access.actor import Actor
from gib.core.access.rows import ScopedQuerySet
from gib.core.access.tables import Kind as RowKind
from gib.core.access.tables import Role
from gib.core.vault.fields import SealedJson, SealedText
from gib.people.families.models import CaseRow
from gib.people.families.models.checks import one_of
from gib.people.partners.models import NOBODYS_UNTIL
from gib.people.volunteers.domain.access import SIGHT_DAYS

#: What is asked of a visit around its day, before anybody opens it.
NEAR: Final = ("state", "kind", "prison", "planned_time", "planned_minutes", "reason")


class ContactRows(ScopedQuerySet):
    """Contacts; a volunteer sees those of her own matches until two weeks after the end.

    Of a match that is not hers she sees the visits that she took over, until two weeks after the last day.
    """

    def narrowed(self, actor: Actor, on: date) -> Self:
        """Keep what exists for this actor; for a volunteer nothing of a match that ended longer ago."""
        return self.in_sight(on) if actor.role is Role.VOLUNTEER else self

    def in_sight(self, on: date) -> Self:
        """Keep contacts of matches that did not end longer than two weeks ago, and were not erased."""
        since = on - timedelta(days=SIGHT_DAYS)
        usual = Q(match__to_on__isnull=True) | Q(match__to_on__gte=since)
        hers = Q(usual, match__from_on__isnull=False, stand_in__isnull=True)
        return self.filter(hers | Q(stand_in__to_on__gte=since)).exclude(team__valid_to=NOBODYS_UNTIL)

    def ahead(self) -> Self:
        """Keep what is planned and has no outcome."""
        return self.filter(state__in=sorted(AHEAD))

    def near(self, on: date, until_on: date) -> Self:
        """Keep what is planned or failed on these days, with what tells of the day and nothing else."""
        rows = self.filter(state__in=sorted(AHEAD | FAILED), planned_on__range=(on, until_on))
        return rows.only("dossier", "team", "match", "volunteer", "planned_on", *NEAR)

    def took_place(self) -> Self:
        """Keep what was held."""
        return self.filter(state__in=sorted(TOOK_PLACE))

    def unread(self) -> Self:
        """Keep accounts of volunteers that no coordinator has read."""
        return self.filter(state=State.LOGGED, read_on__isnull=True, volunteer__isnull=False)


class Contact(CaseRow):
    """One contact; a visit has a local day and time. Without a match it is a talk of the coordinator."""

    match = models.ForeignKey(Match, on_delete=models.PROTECT, null=True, related_name="+")
    participation = models.ForeignKey(Participation, on_delete=models.PROTECT, null=True, related_name="+")
    # Found by an index that has the day beside it.
    volunteer = models.ForeignKey(
        "volunteers.Volunteer", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    kind = models.CharField(max_length=16)
    state = models.CharField(max_length=24, default=State.PLANNED)
    prison = models.ForeignKey("partners.Prison", on_delete=models.PROTECT, null=True, related_name="+")
    planned_on = models.DateField(null=True)
    planned_time = models.TimeField(null=True)
    planned_minutes = models.PositiveSmallIntegerField(null=True)
    # Whose question made another volunteer visit than the one of the match.
    stand_in = models.ForeignKey(StandIn, on_delete=models.PROTECT, null=True, related_name="+")
    # Of a series: which of its days this visit stands for, also when it was moved.
    series = models.ForeignKey("products.VisitSeries", on_delete=models.PROTECT, null=True, related_name="+")
    due_on = models.DateField(null=True)
    place = SealedText(max_length=120)
    held_on = models.DateField(null=True)
    minutes = models.PositiveSmallIntegerField(null=True)
    mood = models.PositiveSmallIntegerField(null=True)
    themes = models.CharField(max_length=160, blank=True)
    note = SealedText(max_length=4000)
    next_question = SealedText(max_length=400)
    # Accounts beside the first, when one visit was told about twice: `domain.account` reads them.
    later = SealedJson()
    reason = models.CharField(max_length=16, blank=True)
    outcome_on = models.DateField(null=True)
    logged_on = models.DateField(null=True)
    read_on = models.DateField(null=True)

    objects: ClassVar[Any] = ContactRows.as_manager()

    class Meta:
        ordering = [F("planned_on").desc(nulls_last=True), F("planned_time").desc(nulls_last=True), "id"]
        constraints = [
            one_of("state", State),
            one_of("kind", Kind),
            one_of("reason", Reason, empty=True),
            models.CheckConstraint(
                condition=Q(mood__isnull=True) | Q(mood__gte=1, mood__lte=5), name="contact_mood"
            ),
            models.UniqueConstraint(
                fields=["series", "due_on"], condition=~Q(state=State.OVERTAKEN), name="contact_once_a_day"
            ),
        ]
        indexes = [
            models.Index(fields=["team", "state", "planned_on"]),
            models.Index(fields=["match", "held_on"]),
            models.Index(fields=["dossier", "planned_on"]),
            models.Index(fields=["volunteer", "held_on"], name="contact_by_volunteer"),
            models.Index(
                fields=["volunteer", "planned_on"],
                condition=Q(state__in=sorted(AHEAD)),
                name="contact_ahead_by_volunteer",
            ),
            models.Index(
                fields=["team", "planned_on"],
                condition=Q(state__in=sorted(AHEAD | {State.HELD})),
                name="contact_open_by_team",
            ),
            # What these three hold besides is what row-level security asks and what the start page shows: a
            # list is found without the contacts themselves, which lie as far apart as their days do.
            models.Index(
                fields=["team", "held_on"],
                include=["match", "dossier", "volunteer", "stand_in"],
                condition=Q(state=State.LOGGED, read_on__isnull=True, volunteer__isnull=False),
                name="contact_unread_by_team",
            ),
            models.Index(
                fields=["team", "planned_on"],
                include=["id", "dossier", "match", "volunteer", "stand_in", *NEAR],
                condition=Q(state__in=sorted(AHEAD | FAILED)),
                name="contact_near_by_team",
            ),
            models.Index(
                fields=["team", "held_on"],
                include=["match", "dossier", "volunteer", "stand_in", "state"],
                condition=Q(state__in=sorted(TOOK_PLACE)),
                name="contact_held_by_team",
            ),
            # The figures of a year read nothing else of a contact.
            models.Index(fields=["held_on", "state", "team", "dossier", "minutes"], name="contact_of_a_year"),
        ]

    class Access:
        kind = RowKind.CONTACT
        narrow: ClassVar[dict[Role, str]] = {
            Role.VOLUNTEER: (
                "(stand_in_id IS NULL AND"
                " match_id IN (SELECT id FROM products_match"
                " WHERE volunteer_id = {me} AND from_on IS NOT NULL))"
                " OR stand_in_id IN (SELECT id FROM products_standin WHERE volunteer_id = {me})"
            )
        }
        own = "volunteer_id"
        groups: ClassVar[dict[str, tuple[str, ...]]] = {
            "visit": (
                *("match_id", "participation_id", "volunteer_id", "kind", "state", "prison", "prison_id"),
                *("planned_on", "planned_time", "planned_minutes", "series_id", "due_on", "stand_in_id"),
                *("place", "held_on", "minutes", "reason", "outcome_on"),
            ),
            "log": ("mood", "themes", "note", "next_question", "later", "logged_on", "read_on"),
        }
