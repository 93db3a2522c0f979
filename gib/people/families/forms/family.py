"""Forms about the mother, her children and the people around them."""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from gib.core.ui.forms import HouseForm, LineField, LocalDateField, NoteField
from gib.people.families import words
from gib.people.families.actions import CaregiverFacts, ChildFacts, MotherFacts, NewCustody, NewRestriction
from gib.people.families.domain.codes import (
    About,
    CustodyKind,
    Issuer,
    Relation,
    ResidenceKind,
    RestrictionKind,
)
from gib.people.families.forms.common import NO_CHOICE, PHONE, birth_year, offer, pick
from gib.people.partners.models import Municipality


class MotherForm(HouseForm):
    """What is known about the mother."""

    rule_fields = {"born_in_future": "born_on"}

    first_name = LineField(limit=60, label=_("Roepnaam"))
    last_name = LineField(limit=80, label=_("Achternaam"))
    born_on = LocalDateField(past=True, required=False, label=_("Geboortedatum"))
    birth_year = birth_year()
    languages = forms.MultipleChoiceField(
        choices=words.choices(words.LANGUAGES), widget=forms.CheckboxSelectMultiple, label=_("Talen")
    )
    needs_interpreter = forms.BooleanField(required=False, label=_("Zij heeft een tolk nodig"))
    phone = LineField(limit=20, required=False, label=_("Telefoon"), validators=[PHONE])
    address = NoteField(
        limit=200,
        rows=2,
        required=False,
        label=_("Adres"),
        help_text=_("Met de postcode. Wie in dat gebied woont, vragen wij niet als vrijwilliger."),
    )
    origin_id = forms.ModelChoiceField(
        Municipality.objects.none(), required=False, label=_("Gemeente waar zij vandaan komt")
    )

    sees: ClassVar[Mapping[str, Any]] = {"address": _("Alleen u en wie u vervangt.")}

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "origin_id", Municipality, on)

    def to_command(self) -> MotherFacts:
        """Give what was filled in."""
        given = {name: self.cleaned_data[name] for name in MotherFacts.__dataclass_fields__}
        origin = given["origin_id"]
        languages = ",".join(given["languages"])
        return MotherFacts(**given | {"languages": languages, "origin_id": origin.pk if origin else None})


class CaregiverChoice(HouseForm):
    """A form in which somebody of the network can be chosen."""

    chooses = "caregiver_id"

    def __init__(self, *args: Any, network: Any = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [(str(row.id), f"{row.name}, {relation}") for row, relation in network]
        field: Any = self.fields[self.chooses]
        field.choices = [*NO_CHOICE, *known]

    def chosen(self) -> Any:
        """Give the id of who was chosen, or None."""
        return self.cleaned_data[self.chooses] or None


class ChildForm(CaregiverChoice):
    """A child; where it stays is asked only when it is new."""

    rule_fields = {"born_in_future": "born_on", "child_is_adult": "born_on"}

    first_name = LineField(limit=60, label=_("Roepnaam"))
    born_on = LocalDateField(past=True, required=False, label=_("Geboortedatum"))
    birth_year = birth_year()
    residence = forms.ChoiceField(
        choices=[*NO_CHOICE, *words.choices(words.RESIDENCES)],
        required=False,
        label=_("Waar is het kind nu?"),
    )
    caregiver_id = forms.ChoiceField(required=False, label=_("Wie zorgt er voor het kind?"))

    def __init__(self, *args: Any, is_new: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_new:
            del self.fields["residence"], self.fields["caregiver_id"]

    def to_command(self) -> ChildFacts:
        """Give what was filled in."""
        given = self.cleaned_data
        where = given.get("residence")
        return ChildFacts(
            first_name=given["first_name"],
            born_on=given["born_on"],
            birth_year=given["birth_year"],
            residence=ResidenceKind(where) if where else None,
            caregiver_id=self.chosen() if "caregiver_id" in self.fields else None,
            version=given["version"],
        )


class ResidenceForm(CaregiverChoice):
    """Where a child stays from a day on."""

    rule_fields = {"episode_overlaps": "from_on"}

    kind = pick(words.RESIDENCES, _("Waar is het kind?"))
    caregiver_id = forms.ChoiceField(required=False, label=_("Wie zorgt er voor het kind?"))
    from_on = LocalDateField(label=_("Vanaf welke dag?"))

    def to_command(self) -> tuple[str, Any, date]:
        """Give kind, caregiver and first day."""
        return self.cleaned_data["kind"], self.chosen(), self.cleaned_data["from_on"]


class CustodyForm(CaregiverChoice):
    """Who has authority over a child."""

    chooses = "holder_id"
    rule_fields = {
        "custody_needs_holder": "holder_name",
        "episode_overlaps": "from_on",
        "period_backwards": "to_on",
    }

    kind = pick(words.CUSTODIES, _("Wie heeft het gezag?"))
    holder_id = forms.ChoiceField(required=False, label=_("Iemand uit het netwerk"))
    holder_name = LineField(limit=80, required=False, label=_("Of een andere naam"))
    from_on = LocalDateField(label=_("Vanaf welke dag?"))
    to_on = LocalDateField(required=False, label=_("Tot en met"))
    proof_seen_on = LocalDateField(
        past=True,
        required=False,
        label=_("Papier gezien op"),
        help_text=_("Bijvoorbeeld het gezagsregister. Bewaar geen kopie."),
    )

    def to_command(self) -> NewCustody:
        """Give what was filled in."""
        given = self.cleaned_data
        names = ("holder_name", "from_on", "to_on", "proof_seen_on")
        facts = {name: given[name] for name in names}
        return NewCustody(kind=CustodyKind(given["kind"]), holder_id=self.chosen(), **facts)


class RestrictionForm(HouseForm):
    """An order on contact with a child, or that there is none."""

    rule_fields = {
        "restriction_needs_issuer": "issuer",
        "restriction_in_force": "kind",
        "period_backwards": "to_on",
    }

    kind = pick(words.RESTRICTIONS, _("Wat mag er?"))
    about = pick(words.ABOUTS, _("Met wie?"), initial=str(About.MOTHER))
    person = LineField(limit=80, required=False, label=_("Naam van die ander"))
    issuer = pick(words.ISSUERS, _("Wie besloot dat?"), initial=str(Issuer.NOBODY))
    from_on = LocalDateField(label=_("Vanaf welke dag?"))
    to_on = LocalDateField(required=False, label=_("Tot en met"))
    proof_seen_on = LocalDateField(past=True, required=False, label=_("Papier gezien op"), help_text="")
    verified = forms.BooleanField(required=False, label=_("Ik heb dit nagevraagd en het klopt."))

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on = on

    def to_command(self) -> NewRestriction:
        """Give what was filled in; what was verified is so today."""
        given = self.cleaned_data
        return NewRestriction(
            kind=RestrictionKind(given["kind"]),
            about=About(given["about"]),
            issuer=Issuer(given["issuer"]),
            person=given["person"],
            from_on=given["from_on"],
            to_on=given["to_on"],
            proof_seen_on=given["proof_seen_on"],
            verified_on=self.on if given["verified"] else None,
        )


class ApartForm(HouseForm):
    """From whom she is kept apart; why is not asked."""

    other = forms.ChoiceField(
        label=_("Van wie blijft zij apart?"),
        help_text=_("Zij komen dan nooit samen op een lijst. Waarom schrijven wij niet op."),
    )

    def __init__(self, *args: Any, others: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["other"]
        field.choices = others

    def to_command(self) -> UUID:
        """Give the other dossier."""
        return UUID(self.cleaned_data["other"])


class CaregiverForm(HouseForm):
    """Somebody in the family or network: a name, a role and how to reach, no more."""

    name = LineField(limit=80, label=_("Naam"))
    relation = forms.ChoiceField(
        choices=words.choices(words.RELATIONS), label=_("Wie is dit voor de kinderen?")
    )
    phone = LineField(limit=20, required=False, label=_("Telefoon"), validators=[PHONE])

    def to_command(self) -> CaregiverFacts:
        """Give what was filled in."""
        given = self.cleaned_data
        return CaregiverFacts(name=given["name"], phone=given["phone"], relation=Relation(given["relation"]))
