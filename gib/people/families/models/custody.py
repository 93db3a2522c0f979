"""Who has legal authority over a child, and what limits contact: papers seen, with dates."""

from typing import ClassVar

from django.db import models

from gib.core.access.tables import Kind
from gib.core.vault.fields import SealedText
from gib.people.families.domain.codes import About, CustodyKind, Issuer, RestrictionKind
from gib.people.families.models.checks import in_order, one_of
from gib.people.families.models.dossier import CaseRow
from gib.people.families.models.people import Caregiver, Child


class Custody(CaseRow):
    """An episode of authority over a child; on a day without one, who has it is unknown."""

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    holder = models.ForeignKey(Caregiver, on_delete=models.PROTECT, null=True, related_name="+")
    holder_name = SealedText(max_length=80)
    from_on = models.DateField()
    to_on = models.DateField(null=True)
    proof_seen_on = models.DateField(null=True)

    class Meta:
        constraints = [
            one_of("kind", CustodyKind),
            in_order(),
            models.UniqueConstraint(
                fields=["child"], condition=models.Q(to_on__isnull=True), name="custody_one_open"
            ),
        ]

    class Access:
        kind = Kind.CUSTODY
        groups: ClassVar[dict[str, tuple[str, ...]]] = {
            "custody": ("child", "child_id", "kind", "from_on", "to_on", "proof_seen_on"),
            "holder": ("holder", "holder_id", "holder_name"),
        }


class ContactRestriction(CaseRow):
    """An order on contact. `to_on` is its own last day; `ended_on` the last day before it was lifted."""

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    about = models.CharField(max_length=10, default=str(About.MOTHER))
    issuer = models.CharField(max_length=20)
    person = SealedText(max_length=80)
    from_on = models.DateField()
    to_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    proof_seen_on = models.DateField(null=True)
    verified_on = models.DateField(null=True)

    class Meta:
        constraints = [
            one_of("kind", RestrictionKind),
            one_of("about", About),
            one_of("issuer", Issuer),
            in_order(),
        ]

    class Access:
        kind = Kind.CUSTODY
        groups: ClassVar[dict[str, tuple[str, ...]]] = {
            "custody": (
                *("child", "child_id", "kind", "about", "issuer"),
                *("from_on", "to_on", "ended_on", "proof_seen_on", "verified_on"),
            ),
            "holder": ("person",),
        }
