"""The mother, her children, and the people around them."""

from typing import ClassVar

from django.db import models

from gib.core.access.tables import Kind
from gib.core.vault.fields import SealedDate, SealedText
from gib.people.families.domain.codes import Relation, ResidenceKind, ReturnKind
from gib.people.families.models.checks import in_order, one_of
from gib.people.families.models.dossier import CaseRow
from gib.people.partners.models import Municipality

Groups = dict[str, tuple[str, ...]]


class Participant(CaseRow):
    """The mother. `return_kind` and `return_municipality` say where she goes, or went, as last known."""

    first_name = SealedText(max_length=60)
    last_name = SealedText(max_length=80)
    born_on = SealedDate()
    phone = SealedText(max_length=20)
    address = SealedText(max_length=200)
    birth_year = models.PositiveSmallIntegerField(null=True)
    languages = models.CharField(max_length=40, default="nl")
    needs_interpreter = models.BooleanField(default=False)
    origin = models.ForeignKey(Municipality, on_delete=models.PROTECT, null=True, related_name="+")
    return_kind = models.CharField(max_length=20, default=str(ReturnKind.UNKNOWN))
    return_municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dossier"], name="participant_one_per_dossier"),
            one_of("return_kind", ReturnKind),
        ]
        indexes = [
            models.Index(
                fields=["team", "dossier"],
                include=["return_kind", "return_municipality"],
                name="participant_by_team",
            ),
            # Names of a list lie here as sealed as in the row: one walk finds those of a whole page.
            models.Index(
                fields=["team"],
                include=["id", "dossier", "first_name", "last_name"],
                name="participant_names_by_team",
            ),
        ]

    class Access:
        kind = Kind.FAMILY
        groups: ClassVar[Groups] = {
            "first_name": ("first_name",),
            "identity": ("last_name", "born_on", "birth_year"),
            "phone": ("phone",),
            "address": ("address",),
            "language": ("languages", "needs_interpreter"),
            "returns": (
                "origin",
                "origin_id",
                "return_kind",
                "return_municipality",
                "return_municipality_id",
            ),
        }
        erased: ClassVar[dict[str, object]] = {"languages": "", "needs_interpreter": False}


class Child(CaseRow):
    """A child of the mother; it can become known at any time, since children are often kept silent."""

    first_name = SealedText(max_length=60)
    born_on = SealedDate()
    birth_year = models.PositiveSmallIntegerField(null=True)
    known_on = models.DateField()
    adult_noted_on = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["team", "dossier"], name="child_by_team")]

    class Access:
        kind = Kind.FAMILY
        groups: ClassVar[Groups] = {
            "children_needed": ("first_name", "birth_year"),
            "child": ("born_on", "known_on", "adult_noted_on"),
        }


class Caregiver(CaseRow):
    """Somebody in the family or network: name, role and how to reach, and no more (PRV-09)."""

    name = SealedText(max_length=80)
    phone = SealedText(max_length=20)
    relation = models.CharField(max_length=20)
    from_on = models.DateField()
    to_on = models.DateField(null=True)

    class Meta:
        constraints = [one_of("relation", Relation), in_order()]

    class Access:
        kind = Kind.FAMILY
        groups: ClassVar[Groups] = {"network": ("name", "phone", "relation", "from_on", "to_on")}


class Residence(CaseRow):
    """An episode in which a child stays somewhere; a child has one at a time."""

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    caregiver = models.ForeignKey(Caregiver, on_delete=models.PROTECT, null=True, related_name="+")
    from_on = models.DateField()
    to_on = models.DateField(null=True)

    class Meta:
        constraints = [
            one_of("kind", ResidenceKind),
            in_order(),
            models.UniqueConstraint(
                fields=["child"], condition=models.Q(to_on__isnull=True), name="residence_one_open"
            ),
        ]

    class Access:
        kind = Kind.FAMILY
        groups: ClassVar[Groups] = {
            "children_needed": ("child", "child_id", "kind", "from_on", "to_on"),
            "network": ("caregiver", "caregiver_id"),
        }


class Domicile(CaseRow):
    """Where the mother really lives after release, as episodes (FIN-05): a municipality, or why none."""

    kind = models.CharField(max_length=20)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, null=True, related_name="+")
    from_on = models.DateField()
    to_on = models.DateField(null=True)

    class Meta:
        constraints = [
            one_of("kind", ReturnKind),
            in_order(),
            models.UniqueConstraint(
                fields=["dossier"], condition=models.Q(to_on__isnull=True), name="domicile_one_open"
            ),
        ]
        indexes = [
            models.Index(
                fields=["team", "dossier"],
                include=["municipality", "from_on", "to_on"],
                name="domicile_by_team",
            )
        ]

    class Access:
        kind = Kind.FAMILY
        groups: ClassVar[Groups] = {
            "returns": ("kind", "municipality", "municipality_id", "from_on", "to_on")
        }
