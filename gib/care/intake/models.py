"""Intakes: their talks, sections, her marks, her words, and what she said to each product."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, ClassVar, Self
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from gib.care.intake import domain
from gib.care.intake.domain import Area, Cause, Choice, State, Why
from gib.care.referral.models import Referral
from gib.core.access.actor import Actor
from gib.core.access.rows import ScopedQuerySet
from gib.core.access.tables import Kind
from gib.core.access.together import Steps, in_steps
from gib.core.vault.fields import SealedText
from gib.people.families.models import CaseRow, rows_of
from gib.people.families.models.checks import one_of
from gib.people.partners.domain import Product

Groups = dict[str, tuple[str, ...]]


class Intakes(ScopedQuerySet):
    """Intakes of one reader."""

    def running(self) -> Self:
        """Keep those that go on."""
        return self.filter(state__in=domain.FLOW.open_states)


class Intake(CaseRow):
    """Coordinator and mother together, in one or more talks."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, default=str(domain.FLOW.start))
    begun_on = models.DateField()
    completed_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    cause = models.CharField(max_length=16, blank=True)

    objects: ClassVar[Any] = Intakes.as_manager()

    class Meta:
        constraints = [
            one_of("state", State),
            one_of("cause", Cause, empty=True),
            models.UniqueConstraint(
                fields=["referral"],
                condition=Q(state__in=sorted(domain.FLOW.open_states)),
                name="intake_one_running",
            ),
        ]

    class Access:
        kind = Kind.INTAKE
        groups: ClassVar[Groups] = {
            "status": ("state", "begun_on", "completed_on", "ended_on", "cause", "referral_id"),
        }


class Talks(ScopedQuerySet):
    """Talks of one reader."""

    def open(self) -> Self:
        """Keep the talks that are still to be held, the first one first."""
        rows = self.filter(held_on__isnull=True, dropped_on__isnull=True)
        return rows.order_by("planned_on", F("planned_time").asc(nulls_last=True))

    def on_day(self, on: date) -> Self:
        """Keep the open talks of one day."""
        return self.open().filter(planned_on=on)


class Talk(CaseRow):
    """One talk of an intake: planned, and then held or not."""

    intake = models.ForeignKey(Intake, on_delete=models.PROTECT, related_name="+")
    planned_on = models.DateField()
    planned_time = models.TimeField(null=True)
    place = SealedText(max_length=80)
    held_on = models.DateField(null=True)
    dropped_on = models.DateField(null=True)
    cause = models.CharField(max_length=16, blank=True)

    objects: ClassVar[Any] = Talks.as_manager()

    class Meta:
        indexes = [models.Index(fields=["team", "planned_on"])]
        constraints = [
            one_of("cause", Cause, empty=True),
            models.CheckConstraint(
                condition=Q(held_on__isnull=True) | Q(dropped_on__isnull=True), name="talk_settled_once"
            ),
            models.UniqueConstraint(
                fields=["intake"],
                condition=Q(held_on__isnull=True, dropped_on__isnull=True),
                name="talk_one_open",
            ),
        ]

    class Access:
        kind = Kind.INTAKE
        annotated = ("name",)
        groups: ClassVar[Groups] = {
            "talk": (
                *("intake_id", "planned_on", "planned_time", "place"),
                *("held_on", "dropped_on", "cause", "name"),
            )
        }


class SectionRow(CaseRow):
    """One section as it was saved last; its version guards what belongs to it."""

    intake = models.ForeignKey(Intake, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=12)
    text = SealedText(max_length=4000)
    words_reason = SealedText(max_length=300)
    saved_on = models.DateField()
    token = models.UUIDField(null=True)

    class Meta:
        constraints = [
            one_of("name", domain.Section),
            models.UniqueConstraint(fields=["intake", "name"], name="section_once"),
        ]

    class Access:
        kind = Kind.INTAKE
        groups: ClassVar[Groups] = {"section": ("intake_id", "name", "text", "words_reason", "saved_on")}


class Need(CaseRow):
    """Her own mark for one area, and her words; the mark is never ours."""

    intake = models.ForeignKey(Intake, on_delete=models.PROTECT, related_name="+")
    area = models.CharField(max_length=16)
    mark = models.PositiveSmallIntegerField(null=True)
    note = SealedText(max_length=1000)

    class Meta:
        constraints = [
            one_of("area", Area),
            models.UniqueConstraint(fields=["intake", "area"], name="need_once"),
            models.CheckConstraint(
                condition=Q(mark__isnull=True) | Q(mark__lte=domain.HIGHEST_MARK), name="need_mark"
            ),
        ]

    class Access:
        kind = Kind.INTAKE
        groups: ClassVar[Groups] = {"need": ("intake", "intake_id", "area", "mark", "note")}


class Wish(CaseRow):
    """What she wants, in her own words, in her order."""

    intake = models.ForeignKey(Intake, on_delete=models.PROTECT, related_name="+")
    order = models.PositiveSmallIntegerField()
    words = SealedText(max_length=300)

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["intake", "order"], name="wish_once"),
            models.CheckConstraint(
                condition=Q(order__gte=1, order__lte=domain.MOST_WISHES), name="wish_order"
            ),
        ]

    class Access:
        kind = Kind.INTAKE
        groups: ClassVar[Groups] = {"wish": ("intake_id", "order", "words")}


class ProductTalk(CaseRow):
    """What she said to one product that was offered; kept for the trajectory."""

    intake = models.ForeignKey(Intake, on_delete=models.PROTECT, related_name="+")
    product = models.CharField(max_length=24)
    choice = models.CharField(max_length=8)
    why = models.CharField(max_length=12, blank=True)

    class Meta:
        constraints = [
            one_of("product", Product),
            one_of("choice", Choice),
            one_of("why", Why, empty=True),
            models.UniqueConstraint(fields=["intake", "product"], name="producttalk_once"),
            models.CheckConstraint(
                condition=~Q(choice=Choice.DECLINED) | ~Q(why=""), name="producttalk_declined_why"
            ),
        ]

    class Access:
        kind = Kind.INTAKE
        groups: ClassVar[Groups] = {"product": ("intake_id", "product", "choice", "why")}


def running_intake(dossier_id: UUID) -> Intake | None:
    """Give the intake of a dossier that goes on, if any."""
    found: Intake | None = rows_of(Intake, dossier_id).filter(state__in=domain.FLOW.open_states).first()
    return found


def last_complete(dossier_id: UUID) -> Intake | None:
    """Give the newest complete intake of a dossier."""
    rows = rows_of(Intake, dossier_id).filter(state=State.COMPLETED)
    found: Intake | None = rows.order_by("-completed_on", "-begun_on").first()
    return found


def is_complete(dossier_id: UUID) -> bool:
    """Tell a later stage whether an intake of this dossier is complete."""
    return last_complete(dossier_id) is not None


def wishes_of(dossier_id: UUID) -> list[str]:
    """Give her wishes of the newest complete intake, in her order, for the goals of her trajectory."""
    intake = last_complete(dossier_id)
    rows = rows_of(Wish, dossier_id).filter(intake=intake).order_by("order")
    return [row.words for row in rows] if intake else []


def needs_of(dossier_id: UUID) -> list[Need]:
    """Give her marks of the newest complete intake: the baseline."""
    intake = last_complete(dossier_id)
    return list(rows_of(Need, dossier_id).filter(intake=intake)) if intake else []


def products_of(dossier_id: UUID) -> list[ProductTalk]:
    """Give what she said to each product in the newest complete intake."""
    intake = last_complete(dossier_id)
    return list(rows_of(ProductTalk, dossier_id).filter(intake=intake)) if intake else []


def parts(model: type[CaseRow], actor: Actor, on: date, intake_id: UUID) -> Any:
    """Give the rows of one table that belong to an intake, as this reader may see them."""
    return model.visible_to(actor, on).filter(intake_id=intake_id)


def talks_today(actor: Actor, on: date) -> Any:
    """Give the open talks of the reader's teams on a day."""
    rows: Any = Talk.of_team(actor, on)
    return rows.on_day(on)


def talks_missed(actor: Actor, on: date, days: int = 60) -> Any:
    """Give the talks that were planned before today and never settled."""
    rows: Any = Talk.of_team(actor, on)
    since = on - timedelta(days=days)
    return rows.open().filter(planned_on__lt=on, planned_on__gte=since)


@in_steps
def names_of(actor: Actor, on: date, dossier_ids: set[UUID]) -> Steps[Mapping[UUID, str]]:
    """Give the names of mothers as their referrals wrote them, for a list of talks."""
    rows: Any = Referral.visible_to(actor, on)
    found = yield rows.sent().filter(dossier_id__in=dossier_ids).order_by("submitted_at").opening()
    return {row.dossier_id: row.name for row in found}
