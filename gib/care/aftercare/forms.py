"""Forms about money and case conferences."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from gib.care.aftercare.actions import Grant, NewAgreement, NewConference, NewItem, NewPoint
from gib.care.aftercare.domain import Alternative, Form, Ground, ShareGround
from gib.care.aftercare.wording import (
    ALTERNATIVE_WORDS,
    FIELD_WORDS,
    FORM_WORDS,
    GROUND_WORDS,
    SHARE_WORDS,
)
from gib.core.ui.forms import HouseForm, LineField, LocalDateField, NoteField, Pick

PARTNER_SEES = _("Uzelf, uw collega's bij dit loket en de coördinator van Gezin in Balans.")
TEAM_SEES = _("U en uw vervanger.")
SENT_SEES = _("De ontvanger. Zij ziet zelf ook wat u deelt.")


def _cents(euros: Decimal | None) -> int | None:
    return None if euros is None else int(euros * 100)


def _euros(label: Any) -> forms.DecimalField:
    return forms.DecimalField(
        min_value=0, max_digits=9, decimal_places=2, required=False, label=label, help_text=_("In euro's.")
    )


class StepForm(HouseForm):
    """A step that needs nothing but a yes."""

    def to_command(self) -> None:
        """Give nothing: the address says which step."""
        return


class AgreementForm(HouseForm):
    """What a municipality agreed to."""

    municipality = forms.ChoiceField(label=_("Gemeente"))
    form = forms.ChoiceField(choices=list(FORM_WORDS.items()), widget=Pick, label=_("Vorm"))
    places = forms.IntegerField(min_value=1, max_value=999, required=False, label=_("Hoeveel plaatsen?"))
    price = _euros(_("Prijs per traject"))
    cap = _euros(_("Hoogste bedrag"))
    from_on = LocalDateField(label=_("Vanaf"))
    to_on = LocalDateField(required=False, label=_("Tot en met"))
    reference = LineField(
        limit=40, required=False, label=_("Kenmerk"), help_text=_("Bijvoorbeeld SZ-2011-04.")
    )
    rule_fields = {
        "agreement_amount": "form",
        "agreement_overlaps": "from_on",
        "period_backwards": "to_on",
        "municipality_unknown": "municipality",
    }

    def __init__(self, *args: Any, municipalities: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["municipality"]
        field.choices = [("", _("Kies een gemeente")), *municipalities]

    def to_command(self) -> NewAgreement:
        """Give the new agreement."""
        told = self.cleaned_data
        return NewAgreement(
            municipality=told["municipality"],
            form=Form(told["form"]),
            from_on=told["from_on"],
            to_on=told["to_on"],
            places=told["places"],
            price_cents=_cents(told["price"]),
            cap_cents=_cents(told["cap"]),
            reference=told["reference"],
        )


class EndForm(HouseForm):
    """The last day of an agreement."""

    to_on = LocalDateField(label=_("Laatste dag"))
    rule_fields = {"period_backwards": "to_on"}

    def to_command(self) -> date:
        """Give the last day."""
        day: date = self.cleaned_data["to_on"]
        return day


class GrantForm(HouseForm):
    """A yes of a municipality."""

    from_on = LocalDateField(label=_("Vanaf"))
    to_on = LocalDateField(required=False, label=_("Tot en met"))
    hours = forms.IntegerField(min_value=1, max_value=2000, required=False, label=_("Hoeveel uren?"))
    amount = _euros(_("Welk bedrag?"))
    conditions = NoteField(limit=2000, required=False, label=_("Voorwaarden"))
    rule_fields = {"funding_grant_empty": "hours", "period_backwards": "to_on", "cover_overlaps": "from_on"}
    sees: ClassVar[Any] = {"conditions": PARTNER_SEES}

    def to_command(self) -> Grant:
        """Give the yes."""
        told = self.cleaned_data
        return Grant(
            from_on=told["from_on"],
            to_on=told["to_on"],
            hours=told["hours"],
            amount_cents=_cents(told["amount"]),
            conditions=told["conditions"],
        )


class RejectForm(HouseForm):
    """A no of a municipality."""

    ground = forms.ChoiceField(
        choices=list(GROUND_WORDS.items()), widget=forms.RadioSelect, label=_("Waarom niet?")
    )

    def to_command(self) -> Ground:
        """Give the ground."""
        return Ground(self.cleaned_data["ground"])


class TextForm(HouseForm):
    """One text: a question, an answer, a decision, an outcome."""

    text = NoteField(limit=2000)

    def __init__(
        self, *args: Any, label: Any, sees: Any, limit: int = 2000, required: bool = True, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["text"]
        field.label, field.limit, field.required = label, limit, required
        # Who reads it differs per page, not per class.
        vars(self)["sees"] = {"text": sees}

    def to_command(self) -> str:
        """Give the text."""
        return str(self.cleaned_data["text"])


class AlternativeForm(HouseForm):
    """Somebody else who pays."""

    alternative = forms.ChoiceField(
        choices=list(ALTERNATIVE_WORDS.items()), widget=Pick, label=_("Wie betaalt?")
    )
    from_on = LocalDateField(label=_("Vanaf"))
    to_on = LocalDateField(required=False, label=_("Tot en met"))
    rule_fields = {"period_backwards": "to_on", "cover_overlaps": "from_on"}

    def to_command(self) -> tuple[Alternative, date, date | None]:
        """Give who pays and on which days."""
        told = self.cleaned_data
        return Alternative(told["alternative"]), told["from_on"], told["to_on"]


class CoverForm(HouseForm):
    """The agreement that pays."""

    agreement = forms.ChoiceField(widget=forms.RadioSelect, label=_("Welke afspraak?"))
    rule_fields = {"agreement_full": "agreement", "agreement_not_valid": "agreement"}

    def __init__(self, *args: Any, agreements: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["agreement"]
        field.choices = agreements

    def to_command(self) -> UUID:
        """Give the agreement."""
        return UUID(self.cleaned_data["agreement"])


class ExtractForm(HouseForm):
    """What goes out: lines that are ticked stay, a line can be added with the reason for it."""

    keep = forms.MultipleChoiceField(
        widget=forms.CheckboxSelectMultiple,
        label=_("Dit gaat mee"),
        help_text=_("Haal het vinkje weg bij wat er niet bij hoort."),
    )
    more = NoteField(limit=500, rows=3, required=False, label=_("Nog iets"))
    reason = NoteField(limit=300, rows=2, required=False, label=_("Waarom moeten zij dat weten?"))
    rule_fields = {"funding_extract_reason": "reason", "conference_field_reason": "reason"}
    sees: ClassVar[Any] = {"more": SENT_SEES}

    def __init__(self, *args: Any, extract: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.extract = extract
        field: Any = self.fields["keep"]
        field.choices = [(name, f"{FIELD_WORDS[name]}: {text}") for name, text in extract.items()]
        field.initial = list(extract)

    def kept(self) -> dict[str, str]:
        """Give what stays, with the line that was added."""
        told = self.cleaned_data
        found = {name: self.extract[name] for name in self.extract if name in told["keep"]}
        return found | ({"more": told["more"]} if told["more"] else {})

    def to_command(self) -> Any:
        """Give what goes out and the reason for more than the minimum."""
        return self.kept(), self.cleaned_data["reason"]


class ItemForm(ExtractForm):
    """A case for a conference: what goes out, on which ground, and what is asked."""

    ground = forms.ChoiceField(
        choices=list(SHARE_WORDS.items()), widget=forms.RadioSelect, label=_("Waarom mag dit?")
    )
    ground_note = NoteField(limit=1000, rows=2, required=False, label=_("Leg de grond uit"))
    asks = NoteField(limit=1000, rows=3, label=_("Wat vragen wij het overleg?"))
    asks_funding = forms.BooleanField(required=False, label=_("Wij vragen ook om betaling"))
    rule_fields = {
        "conference_wgs": "ground_note",
        "conference_ground_note": "ground_note",
        "conference_consent": "ground",
        "conference_field_reason": "reason",
    }
    sees: ClassVar[Any] = {"more": SENT_SEES, "asks": SENT_SEES, "ground_note": TEAM_SEES}

    def __init__(self, *args: Any, dossier_id: UUID, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.dossier_id = dossier_id

    def to_command(self) -> NewItem:
        """Give the item."""
        told = self.cleaned_data
        return NewItem(
            dossier_id=self.dossier_id,
            extract=self.kept(),
            ground=ShareGround(told["ground"]),
            ground_note=told["ground_note"],
            reasons={"more": told["reason"]},
            asks=told["asks"],
            asks_funding=told["asks_funding"],
        )


class ConferenceForm(HouseForm):
    """A meeting at a safety house."""

    partner = forms.TypedChoiceField(coerce=int, label=_("Welk Veiligheidshuis?"))
    held_on = LocalDateField(label=_("Wanneer?"))
    covenant = LineField(limit=80, required=False, label=_("Convenant"))
    functions = NoteField(
        limit=1000,
        rows=4,
        required=False,
        label=_("Wie zitten aan tafel?"),
        help_text=_("Functies, geen namen. Een per regel."),
    )
    rule_fields = {"conference_partner": "partner"}

    def __init__(self, *args: Any, partners: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["partner"]
        field.choices = partners

    def to_command(self) -> NewConference:
        """Give the meeting."""
        told = self.cleaned_data
        functions = tuple(line.strip() for line in told["functions"].splitlines() if line.strip())
        return NewConference(told["partner"], told["held_on"], told["covenant"], functions)


class PointForm(HouseForm):
    """Something to do."""

    owner = LineField(limit=80, label=_("Wie doet het?"), help_text=_("Een functie, geen naam."))
    what = NoteField(limit=500, rows=2, label=_("Wat?"))
    due_on = LocalDateField(label=_("Wanneer klaar?"))
    is_ours = forms.BooleanField(required=False, label=_("Wij doen dit zelf"))
    rule_fields = {"conference_due_past": "due_on"}
    sees: ClassVar[Any] = {"what": SENT_SEES}

    def to_command(self) -> NewPoint:
        """Give the action point."""
        told = self.cleaned_data
        return NewPoint(told["owner"], told["what"], told["due_on"], told["is_ours"])
