"""What people fill in about reference data; each form gives one frozen command, the filters give none."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gib.core.ui.forms import HouseForm, LineField, LocalDateField, PartsField, Pick
from gib.people.partners import wording
from gib.people.partners.actions import (
    AllowanceFacts,
    ClosureFacts,
    DeskFacts,
    ProviderFacts,
    RateFacts,
    RuleFacts,
    TermFacts,
)
from gib.people.partners.domain import Closing, PartnerKind, RateKind

_ANY: Final = ("", gettext_lazy("Alle"))
_LARGEST_FILE: Final = 1024 * 1024


def _choices(words: Any, *first: Any) -> list[Any]:
    return [*first, *((str(key), label) for key, label in words.items())]


def _offer(form: forms.Form, name: str, first: Any, words: Iterable[tuple[str, str]]) -> None:
    cast(forms.ChoiceField, form.fields[name]).choices = [first, *words]


class DayFilter(forms.Form):
    """Filters of a list: they stand in the address, so they name nobody."""

    op = LocalDateField(required=False, label=gettext_lazy("Op dag"))

    def wanted(self, today: date) -> tuple[date, dict[str, str]]:
        """Give the day and the other filters that can be read; what cannot be read does not count."""
        found = self.cleaned_data if self.is_valid() else getattr(self, "cleaned_data", {})
        words = {name: str(value) for name, value in found.items() if name != "op" and value}
        return found.get("op") or today, words


class MunicipalityFilter(DayFilter):
    """By part of the name, by province and by day."""

    naam = forms.CharField(required=False, max_length=60, label=gettext_lazy("Naam"))
    provincie = forms.ChoiceField(required=False, label=gettext_lazy("Provincie"))
    field_order = ("naam", "provincie", "op")

    def __init__(self, provinces: list[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "provincie", _ANY, [(name, name) for name in provinces])


class ProviderFilter(DayFilter):
    """By sort of help, by municipality and by day."""

    soort = forms.ChoiceField(
        required=False, label=gettext_lazy("Soort hulp"), choices=_choices(wording.CARE_KINDS, _ANY)
    )
    gemeente = forms.ChoiceField(required=False, label=gettext_lazy("Gemeente"))
    field_order = ("soort", "gemeente", "op")

    def __init__(self, places: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "gemeente", _ANY, places)


class ProviderForm(HouseForm):
    """A care provider: what it does, where, and how it is reached."""

    name = LineField(limit=80, label=gettext_lazy("Naam van de organisatie"))
    kind = forms.ChoiceField(label=gettext_lazy("Soort hulp"), choices=_choices(wording.CARE_KINDS))
    municipality = forms.ChoiceField(
        required=False,
        label=gettext_lazy("Gemeente"),
        help_text=gettext_lazy("Kies een gemeente of een regio. Laat beide leeg voor heel Nederland."),
    )
    safety_house = forms.ChoiceField(required=False, label=gettext_lazy("Regio van een Veiligheidshuis"))
    phone = LineField(limit=20, required=False, label=gettext_lazy("Telefoon"))
    website = forms.URLField(
        required=False, max_length=200, assume_scheme="https", label=gettext_lazy("Website")
    )

    def __init__(
        self, places: list[tuple[str, str]], houses: list[tuple[str, str]], *args: Any, **kwargs: Any
    ):
        super().__init__(*args, **kwargs)
        nowhere = ("", gettext_lazy("Geen keuze"))
        _offer(self, "municipality", nowhere, places)
        _offer(self, "safety_house", nowhere, houses)

    def clean(self) -> dict[str, Any]:
        """Refuse a municipality and a region at once."""
        cleaned = super().clean()
        if cleaned.get("municipality") and cleaned.get("safety_house"):
            self.add_error("safety_house", _("Kies een gemeente of een regio, niet allebei."))
        return cleaned

    def to_command(self) -> ProviderFacts:
        """Give the facts of the provider."""
        data = self.cleaned_data
        return ProviderFacts(
            name=data["name"],
            kind=data["kind"],
            municipality_id=data["municipality"] or None,
            safety_house_id=int(data["safety_house"]) if data["safety_house"] else None,
            phone=data["phone"],
            website=data["website"],
            version=data["version"],
        )


class EndForm(HouseForm):
    """From which day something is no longer there."""

    rule_fields = {"fact_over": "ends_on", "ends_too_early": "ends_on"}
    ends_on = LocalDateField(
        label=gettext_lazy("Vanaf welke dag niet meer?"), help_text=gettext_lazy("Bijvoorbeeld 01-07-2011")
    )

    def to_command(self) -> date:
        """Give the first day it is no longer there."""
        on: date = self.cleaned_data["ends_on"]
        return on


class ClosureForm(HouseForm):
    """On which days a prison is closed, and why."""

    rule_fields = {"period_backwards": "to_on", "closure_over": "to_on", "closure_overlaps": "from_on"}
    from_on = LocalDateField(label=gettext_lazy("Eerste dag dicht"))
    to_on = LocalDateField(label=gettext_lazy("Laatste dag dicht"))
    why = forms.ChoiceField(label=gettext_lazy("Waarom"), choices=_choices(wording.CLOSINGS))

    def to_command(self) -> ClosureFacts:
        """Give the days and the reason."""
        data = self.cleaned_data
        return ClosureFacts(from_on=data["from_on"], to_on=data["to_on"], why=Closing(data["why"]))


class UnitForm(HouseForm):
    """The name of a unit, as people in the prison say it."""

    rule_fields = {"name_taken": "name"}
    name = LineField(limit=40, label=gettext_lazy("Naam van de afdeling"))

    def to_command(self) -> str:
        """Give the name."""
        return str(self.cleaned_data["name"])


class TeamForm(HouseForm):
    """A team: at which prison, how it is called and from which day."""

    rule_fields = {"name_taken": "name"}
    prison = forms.ChoiceField(label=gettext_lazy("Bij welke inrichting?"))
    name = LineField(limit=60, label=gettext_lazy("Naam van het team"))
    valid_from = LocalDateField(label=gettext_lazy("Vanaf welke dag?"))

    def __init__(self, prisons: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "prison", ("", gettext_lazy("Kies")), prisons)

    def to_command(self) -> tuple[str, str, date]:
        """Give the prison, the name and the first day."""
        data = self.cleaned_data
        return data["prison"], data["name"], data["valid_from"]


class DeskForm(HouseForm):
    """An organisation whose people may sign in: what it is and where."""

    rule_fields = {"desk_there": "kind"}
    kind = forms.ChoiceField(
        label=gettext_lazy("Wat voor organisatie?"),
        widget=forms.RadioSelect,
        choices=[
            (PartnerKind.MUNICIPALITY, gettext_lazy("Gemeente")),
            (PartnerKind.SAFETY_HOUSE, gettext_lazy("Veiligheidshuis")),
            (PartnerKind.PRISON, gettext_lazy("Inrichting")),
        ],
    )
    municipality = forms.ChoiceField(required=False, label=gettext_lazy("Welke gemeente?"))
    safety_house = forms.ChoiceField(required=False, label=gettext_lazy("Welk Veiligheidshuis?"))
    prison = forms.ChoiceField(required=False, label=gettext_lazy("Welke inrichting?"))
    name = LineField(
        limit=80,
        required=False,
        label=gettext_lazy("Naam van de afdeling of het loket"),
        help_text=gettext_lazy("Leeg? Dan noemen wij de organisatie."),
    )
    valid_from = LocalDateField(label=gettext_lazy("Vanaf welke dag?"))

    def __init__(self, places: dict[PartnerKind, list[tuple[str, str]]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind, offered in places.items():
            _offer(self, str(kind), ("", gettext_lazy("Kies")), offered)

    def clean(self) -> dict[str, Any]:
        """Ask for the place that goes with the kind."""
        cleaned = super().clean()
        kind = cleaned.get("kind")
        if kind and not cleaned.get(kind):
            self.add_error(kind, _("Kies welke."))
        return cleaned

    def to_command(self) -> DeskFacts:
        """Give the facts of the desk; only the place of its own kind counts."""
        data = self.cleaned_data
        kind = PartnerKind(data["kind"])
        return DeskFacts(kind=kind, place=data[kind], name=data["name"], valid_from=data["valid_from"])


def _count(label: Any, most: int, **options: Any) -> forms.IntegerField:
    return forms.IntegerField(min_value=0, max_value=most, label=label, **options)


class RuleForm(HouseForm):
    """A visiting rule of a prison."""

    kind = forms.ChoiceField(label=gettext_lazy("Soort bezoek"), choices=_choices(wording.VISIT_KINDS))
    regime = forms.ChoiceField(
        required=False,
        label=gettext_lazy("Regime"),
        choices=_choices(wording.REGIMES, ("", gettext_lazy("Elk regime"))),
    )
    weekday = forms.TypedChoiceField(
        required=False,
        coerce=int,
        empty_value=None,
        label=gettext_lazy("Dag van de week"),
        choices=_choices(dict(enumerate(wording.WEEKDAYS)), ("", gettext_lazy("Niet bekend"))),
    )
    start = forms.TimeField(required=False, label=gettext_lazy("Begint om"))
    end = forms.TimeField(required=False, label=gettext_lazy("Eindigt om"))
    max_adults = _count(gettext_lazy("Hoogste aantal volwassenen"), 20, initial=3)
    max_children = _count(gettext_lazy("Hoogste aantal kinderen"), 20, required=False)
    accompany_age = _count(gettext_lazy("Onder welke leeftijd moet er een volwassene mee?"), 18, initial=12)
    id_age = _count(gettext_lazy("Vanaf welke leeftijd een identiteitsbewijs?"), 18, initial=14)
    notice_days = _count(gettext_lazy("Zoveel dagen van tevoren aanmelden"), 90, initial=7)
    valid_from = LocalDateField(label=gettext_lazy("Geldt vanaf"))
    source = LineField(limit=200, label=gettext_lazy("Waar staat dit?"))

    def clean(self) -> dict[str, Any]:
        """Refuse hours that run backwards."""
        cleaned = super().clean()
        start, end = cleaned.get("start"), cleaned.get("end")
        if start and end and end <= start:
            self.add_error("end", _("Het einde ligt niet na het begin."))
        return cleaned

    def to_command(self) -> RuleFacts:
        """Give the facts of the rule."""
        names = RuleFacts.__dataclass_fields__
        return RuleFacts(**{name: self.cleaned_data[name] for name in names})


class TermForm(HouseForm):
    """Another value of a term, from a day on."""

    rule_fields = {"term_too_early": "valid_from"}
    value = _count(gettext_lazy("Nieuwe waarde"), 10000)
    valid_from = LocalDateField(label=gettext_lazy("Geldt vanaf"))
    source = LineField(
        limit=200,
        label=gettext_lazy("Waar staat dit?"),
        help_text=gettext_lazy("Bijvoorbeeld een wet en een artikel."),
    )

    def to_command(self) -> TermFacts:
        """Give the new value."""
        data = self.cleaned_data
        return TermFacts(value=data["value"], valid_from=data["valid_from"], source=data["source"])


def _money(label: Any, most: int, **options: Any) -> PartsField:
    return PartsField(decimals=2, most=most, label=label, help_text=gettext_lazy("In euro's."), **options)


class AllowanceForm(HouseForm):
    """What volunteers may receive from a year on."""

    rule_fields = {"tariff_too_early": "year", "month_over_year": "month_cents"}
    year = forms.IntegerField(min_value=2010, max_value=2100, label=gettext_lazy("Welk jaar?"))
    month_cents = _money(gettext_lazy("Hoogste bedrag per maand"), 9_999)
    year_cents = _money(gettext_lazy("Hoogste bedrag per jaar"), 99_999)
    hour_cents = _money(gettext_lazy("Per uur"), 99, required=False)
    young_hour_cents = _money(gettext_lazy("Per uur voor wie jonger is"), 99, required=False)
    adult_age = _count(gettext_lazy("Vanaf welke leeftijd geldt het hogere bedrag?"), 30, required=False)
    source = LineField(limit=200, label=gettext_lazy("Waar staat dit?"))

    def to_command(self) -> AllowanceFacts:
        """Give the amounts, in cents."""
        return AllowanceFacts(
            **{name: self.cleaned_data[name] for name in AllowanceFacts.__dataclass_fields__}
        )


class RateForm(HouseForm):
    """What a kilometre is worth from a day on."""

    rule_fields = {"tariff_too_early": "valid_from", "rate_needs_note": "note"}
    kind = forms.ChoiceField(
        label=gettext_lazy("Welk bedrag?"), widget=Pick, choices=_choices(wording.RATE_KINDS)
    )
    cents = _count(gettext_lazy("Hoeveel cent per kilometer?"), 99)
    valid_from = LocalDateField(label=gettext_lazy("Geldt vanaf"))
    source = LineField(limit=200, label=gettext_lazy("Waar staat dit?"))
    note = LineField(
        limit=200,
        required=False,
        label=gettext_lazy("Waarom meer dan onbelast?"),
        help_text=gettext_lazy("Alleen nodig als ons bedrag hoger is."),
    )

    def to_command(self) -> RateFacts:
        """Give the rate."""
        told = {name: self.cleaned_data[name] for name in RateFacts.__dataclass_fields__}
        return RateFacts(**told | {"kind": RateKind(told["kind"])})


class ConfirmForm(HouseForm):
    """A yes, and nothing else."""

    def to_command(self) -> None:
        """Give nothing: the address says what it is about."""


class RegisterForm(HouseForm):
    """A new register as a file."""

    rule_fields = dict.fromkeys(
        (
            *("register_unreadable", "register_code_twice", "code_missing"),
            *("successors_missing", "successor_unknown", "update_unchanged"),
        ),
        "file",
    )
    file = forms.FileField(
        label=gettext_lazy("Bestand"),
        help_text=gettext_lazy(
            "Een CSV met de kolommen code, name, province, from, until, successors, lat, lon, mark."
        ),
    )

    def clean_file(self) -> str:
        """Read the text of the file.

        Raises:
            ValidationError: it is too large or no text.
        """
        file = self.cleaned_data["file"]
        if file.size > _LARGEST_FILE:
            raise ValidationError(_("Dit bestand is te groot. Een register past in 1 MB."), code="too_large")
        try:
            return str(file.read().decode("utf-8-sig"))
        except UnicodeDecodeError as error:
            raise ValidationError(_("Dit bestand is geen tekst."), code="no_text") from error

    def to_command(self) -> str:
        """Give the text of the file."""
        return str(self.cleaned_data["file"])
