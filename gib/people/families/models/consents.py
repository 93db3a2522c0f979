"""Consent per purpose and recipient, and what was shared under it."""

from typing import Any, ClassVar, Self

from django.db import models

from gib.core.access.rows import ScopedQuerySet
from gib.core.access.tables import Kind
from gib.people.families.domain.codes import Place, Purpose
from gib.people.families.domain.consent import State
from gib.people.families.models.checks import one_of, together
from gib.people.families.models.custody import Custody
from gib.people.families.models.dossier import CaseRow
from gib.people.families.models.people import Child


class Consents(ScopedQuerySet):
    """Questions to mothers, with their answers."""

    def supports(self) -> Self:
        """Keep every yes to support, the one that ends last at the end, with what tells how it stands."""
        rows = self.filter(purpose=str(Purpose.SUPPORT), state=str(State.GIVEN))
        known = ("dossier", "team", "state", "staff_absent", "expires_on")
        return rows.only(*known).order_by("expires_on", "id")


class Consent(CaseRow):
    """One question to the mother, or about one child, and its answer (CON-01)."""

    purpose = models.CharField(max_length=20)
    recipient = models.CharField(max_length=40, blank=True)
    child = models.ForeignKey(Child, on_delete=models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=10, default=str(State.ASKED))
    text_version = models.CharField(max_length=40)
    text_hash = models.CharField(max_length=64)
    language = models.CharField(max_length=8, default="nl")
    place = models.CharField(max_length=10, blank=True)
    staff_absent = models.BooleanField(null=True)
    given_by = models.CharField(max_length=60, blank=True)
    custody = models.ForeignKey(Custody, on_delete=models.PROTECT, null=True, related_name="+")
    taken_by = models.UUIDField(null=True)
    asked_on = models.DateField()
    given_on = models.DateField(null=True)
    refused_on = models.DateField(null=True)
    withdrawn_on = models.DateField(null=True)
    expires_on = models.DateField(null=True)

    objects: ClassVar[Any] = Consents.as_manager()

    class Meta:
        constraints = [
            one_of("state", State),
            one_of("purpose", Purpose),
            one_of("place", Place, empty=True),
            together("given_on", "state", [State.GIVEN, State.WITHDRAWN]),
            together("expires_on", "state", [State.GIVEN, State.WITHDRAWN]),
            together("withdrawn_on", "state", [State.WITHDRAWN]),
            together("refused_on", "state", [State.REFUSED]),
        ]
        indexes = [
            # How every yes to support stands is found without the rows, which lie far apart.
            models.Index(
                fields=["team", "expires_on"],
                include=["id", "dossier", "state", "staff_absent"],
                condition=models.Q(purpose=str(Purpose.SUPPORT), state=str(State.GIVEN)),
                name="consent_support_by_team",
            ),
            models.Index(
                fields=["team", "withdrawn_on"],
                condition=models.Q(withdrawn_on__isnull=False),
                name="consent_withdrawn_by_team",
            ),
        ]

    class Access:
        kind = Kind.CONSENT
        groups: ClassVar[dict[str, tuple[str, ...]]] = {
            "consent": (
                *("purpose", "recipient", "child", "child_id", "state", "text_version", "text_hash"),
                *("language", "place", "staff_absent", "given_by", "custody_id", "taken_by"),
                *("asked_on", "given_on", "refused_on", "withdrawn_on", "expires_on", "is_claim"),
            )
        }
        erased: ClassVar[dict[str, object]] = {"place": "", "given_by": "", "taken_by": None}

    @property
    def is_claim(self) -> bool:
        """Tell whether only a list says so: nobody knows whether prison staff were absent."""
        return self.state == State.GIVEN and self.staff_absent is None


class Disclosure(CaseRow):
    """What went to somebody outside under a consent: to whom, when, and the row that was sent."""

    purpose = models.CharField(max_length=20)
    recipient = models.CharField(max_length=40)
    shared_on = models.DateField()
    source_id = models.UUIDField()

    class Meta:
        constraints = [one_of("purpose", Purpose)]

    class Access:
        kind = Kind.CONSENT
        groups: ClassVar[dict[str, tuple[str, ...]]] = {
            "consent": ("purpose", "recipient", "shared_on", "source_id")
        }
