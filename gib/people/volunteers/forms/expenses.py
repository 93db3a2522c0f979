"""Forms about expenses: what a volunteer asks back, and what others decide about it."""

from collections.abc import Iterable
from typing import Any, Final
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy

from gib.core.kernel.rules import RuleBroken
from gib.core.ui.forms import HouseForm, LineField, LocalDateField, NoteField, PartsField, Pick, sentence
from gib.people.volunteers.actions.expenses import NewClaim
from gib.people.volunteers.domain.allowances import Mode
from gib.people.volunteers.domain.transfers import Account, parse_iban

MODES: Final = {
    Mode.COSTS: gettext_lazy("Kosten met bewijs"),
    Mode.ALLOWANCE: gettext_lazy("Vaste vergoeding"),
}
_MINUTES: Final = 24 * 60


class ClaimForm(HouseForm):
    """What a day cost: kilometres first, all else when it is needed."""

    rule_fields = {
        "claim_empty": "km_tenths",
        "claim_route_missing": "route",
        "claim_what_missing": "what",
        "claim_in_future": "on",
        "claim_too_late": "on",
        "claim_hours": "minutes",
        "hourly_unsettled": "minutes",
        "claim_waive_travel": "is_waived",
    }
    km_tenths = PartsField(
        decimals=1, most=999, required=False, label=gettext_lazy("Hoeveel kilometer, heen en terug?")
    )
    route = LineField(
        limit=200,
        required=False,
        label=gettext_lazy("Van waar naar waar?"),
        help_text=gettext_lazy("Schrijf plaatsen, geen namen van mensen."),
    )
    on = LocalDateField(past=True, label=gettext_lazy("Welke dag?"), help_text="")
    cost_cents = PartsField(
        decimals=2,
        most=9_999,
        required=False,
        label=gettext_lazy("Wat betaalde je nog meer?"),
        help_text=gettext_lazy("In euro's. Laat de bon aan je coördinator zien."),
    )
    what = LineField(limit=200, required=False, label=gettext_lazy("Waarvoor?"))
    minutes = forms.IntegerField(
        min_value=0, max_value=_MINUTES, required=False, label=gettext_lazy("Hoeveel minuten hielp je?")
    )
    is_waived = forms.BooleanField(
        required=False, label=gettext_lazy("Ik wil dit reisgeld niet. Ik geef het aan Gezin in Balans.")
    )

    def __init__(
        self, *args: Any, mode: Mode = Mode.COSTS, activity_id: UUID | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.activity_id = activity_id
        if mode is Mode.COSTS:
            del self.fields["minutes"]

    @property
    def has_more(self) -> bool:
        """Tell whether more than a ride is filled in, or wrong there."""
        return any(field.value() or field.errors for field in self.more)

    @property
    def more(self) -> list[Any]:
        """The fields that most rides do without."""
        return [self[name] for name in ("cost_cents", "what", "minutes", "is_waived") if name in self.fields]

    def to_command(self) -> NewClaim:
        """Give the claim."""
        told = self.cleaned_data
        return NewClaim(
            on=told["on"],
            km_tenths=told["km_tenths"] or 0,
            route=told["route"],
            cost_cents=told["cost_cents"] or 0,
            what=told["what"],
            minutes=told.get("minutes") or 0,
            is_waived=told["is_waived"],
            activity_id=self.activity_id,
        )


class IbanField(LineField):
    """An account number, with or without spaces."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(limit=42, **kwargs)

    def to_python(self, value: Any) -> str:
        """Read the number.

        Raises:
            ValidationError: the check digits or the form are wrong.
        """
        text = super().to_python(value)
        try:
            return parse_iban(text) if text else ""
        except RuleBroken as broken:
            raise forms.ValidationError(sentence(broken), code=broken.code) from broken


class AccountForm(HouseForm):
    """Whose account it is, and its number."""

    holder = LineField(limit=70, label=gettext_lazy("Naam bij de rekening"))
    iban = IbanField(label=gettext_lazy("Rekeningnummer (IBAN)"))

    def to_command(self) -> Account:
        """Give the account."""
        return Account(self.cleaned_data["holder"], self.cleaned_data["iban"])


class ElsewhereForm(HouseForm):
    """What somebody receives from other organisations in a year."""

    year = forms.TypedChoiceField(label=gettext_lazy("Welk jaar?"), coerce=int, widget=Pick)
    cents = PartsField(
        decimals=2,
        most=99_999,
        label=gettext_lazy("Hoeveel krijg je van andere organisaties?"),
        help_text=gettext_lazy("In euro's, over het hele jaar. Krijg je niets? Vul dan 0 in."),
    )

    def __init__(self, years: Iterable[int], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, years)

    def to_command(self) -> tuple[int, int]:
        """Give the year and the amount in cents."""
        return self.cleaned_data["year"], self.cleaned_data["cents"]


class ModeForm(HouseForm):
    """How a volunteer is paid in a year."""

    rule_fields = {"mode_fixed": "mode"}
    year = forms.TypedChoiceField(label=gettext_lazy("Welk jaar?"), coerce=int, widget=Pick)
    mode = forms.TypedChoiceField(
        label=gettext_lazy("Wat krijgt zij?"),
        choices=[(str(mode), word) for mode, word in MODES.items()],
        coerce=Mode,
        widget=Pick,
        help_text=gettext_lazy(
            "Kosten met bewijs hebben geen maximum. Een vaste vergoeding telt met al het andere mee tot het"
            " hoogste bedrag van de maand en het jaar."
        ),
    )

    def __init__(self, years: Iterable[int], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, years)

    def to_command(self) -> tuple[int, Mode]:
        """Give the year and the way of paying."""
        return self.cleaned_data["year"], self.cleaned_data["mode"]


def _offer(form: forms.Form, years: Iterable[int]) -> None:
    field: Any = form.fields["year"]
    field.choices = [(str(year), str(year)) for year in years]


class ApproveForm(HouseForm):
    """A yes to a claim; of costs somebody has seen the receipt."""

    rule_fields = {"claim_no_proof": "is_receipt_seen"}
    is_receipt_seen = forms.BooleanField(required=False, label=gettext_lazy("Ik heb de bon gezien."))

    def __init__(self, *args: Any, has_costs: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_costs:
            del self.fields["is_receipt_seen"]

    def to_command(self) -> bool:
        """Tell whether the receipt was seen."""
        return bool(self.cleaned_data.get("is_receipt_seen"))


class ReasonForm(HouseForm):
    """Why a claim goes back, is refused or is put right."""

    reason = NoteField(
        limit=400,
        rows=3,
        label=gettext_lazy("Waarom?"),
        help_text=gettext_lazy("De vrijwilliger leest dit. Noem geen moeder."),
    )

    def to_command(self) -> str:
        """Give the reason."""
        return str(self.cleaned_data["reason"])
