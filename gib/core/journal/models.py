"""Rows that are only ever added: acts, readings, deliveries and messages."""

from typing import ClassVar
from uuid import UUID

from django.db import models

from gib.core.access.rows import ScopedModel
from gib.core.access.tables import Kind
from gib.core.kernel.ids import new_id


class Happening(ScopedModel):
    """One act: when, by whom, in which dossier, with ids and codes, linked to the one before it.

    The hash covers this row and the hash of the row before it in the chain of the same dossier;
    acts outside a dossier share the chain of the empty id.
    """

    dossier_id = models.UUIDField(null=True)
    chain_id = models.UUIDField()
    position = models.PositiveIntegerField()
    at = models.DateTimeField(db_index=True)
    on = models.DateField(db_index=True)
    actor_id = models.UUIDField()
    role = models.CharField(max_length=20)
    name = models.CharField(max_length=64, db_index=True)
    payload = models.JSONField()
    before = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["chain_id", "position"], name="happening_one_chain")]
        # How much of what happened in a dossier is counted in the index alone.
        indexes = [
            models.Index(fields=["dossier_id", "-position"], name="happening_by_dossier"),
            models.Index(fields=["dossier_id", "name"]),
        ]

    class Access:
        kind = Kind.HAPPENING
        groups: ClassVar[dict[str, tuple[str, ...]]] = {
            "all": ("at", "on", "actor_id", "role", "name", "payload", "position")
        }


class ChainHead(models.Model):
    """The last link of each chain; locking this row keeps two acts from taking one place."""

    chain_id = models.UUIDField(primary_key=True)
    position = models.PositiveIntegerField(default=0)
    hash = models.CharField(max_length=64, default="")


class Delivery(models.Model):
    """One handler that must hear of one act; it stays until the handler has succeeded."""

    happening_id = models.UUIDField()
    handler = models.CharField(max_length=120)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=200, blank=True)
    due_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["happening_id", "handler"], name="delivery_once_per_handler")
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=models.Q(done_at__isnull=True), name="delivery_open")
        ]

    @classmethod
    def waiting(cls) -> "models.QuerySet[Delivery]":
        """Give what is not done yet, soonest due first."""
        return cls.objects.filter(done_at__isnull=True).order_by("due_at")


class Message(models.Model):
    """A notice without content that waits to be sent: "there is something for you, sign in"."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    recipient_id = models.UUIDField()
    occasion = models.CharField(max_length=40)
    effect_key = models.CharField(max_length=120, unique=True)
    due_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=200, blank=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["due_at"], condition=models.Q(sent_at__isnull=True), name="message_open")
        ]


class Reading(models.Model):
    """One look: when, who, in which role, from which page and why. No content, no names."""

    at = models.DateTimeField(db_index=True)
    user_id = models.UUIDField(db_index=True)
    role = models.CharField(max_length=20)
    session = models.CharField(max_length=64, blank=True)
    action = models.CharField(max_length=20)
    purpose = models.CharField(max_length=80)
    outcome = models.PositiveSmallIntegerField()
    scanned = models.PositiveIntegerField(default=0)
    emergency_id = models.UUIDField(null=True)

    @classmethod
    def newest(cls, box_id: UUID | None = None, before: int | None = None) -> "models.QuerySet[Reading]":
        """Give looks, newest first: all, or those in which one box was open; `before` is a key."""
        looks = cls.objects.order_by("-pk").prefetch_related("subjects")
        if box_id is not None:
            looks = looks.filter(pk__in=ReadingSubject.objects.filter(box_id=box_id).values("reading_id"))
        return looks if before is None else looks.filter(pk__lt=before)


class ReadingSubject(models.Model):
    """Whose data were shown in one look, and of which tables."""

    reading = models.ForeignKey(Reading, on_delete=models.PROTECT, related_name="subjects")
    box_id = models.UUIDField(db_index=True)
    tables = models.JSONField()


class ReadingSeal(models.Model):
    """A block of the reading log, chained to the block before it with a key of the vault."""

    first_id = models.BigIntegerField()
    last_id = models.BigIntegerField(unique=True)
    at = models.DateTimeField()
    before = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)
