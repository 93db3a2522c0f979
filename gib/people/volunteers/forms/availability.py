"""Forms about the time and wishes of a volunteer; she fills them in herself, or her coordinator does."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

from gib.core.kernel.rules import RuleBroken
from gib.core.ui.forms import HouseForm, LineField, LocalDateField, Pick, Toggles, sentence
from gib.engines.matching.problem import AgeGroup, Daypart, Gender
from gib.people.volunteers.choices import (
    ABSENCES,
    AGES,
    DAYS,
    GENDERS,
    INTERESTS,
    MONTHS,
    PARTS,
    RATHER_NOT,
)
from gib.people.volunteers.domain.availability import (
    AbsenceKind,
    Away,
    Interest,
    RatherNot,
    Wishes,
    parse_areas,
)
from gib.people.volunteers.forms.volunteers import LANGUAGES


class WeekGrid(forms.Widget):
    """A week as seven rows of three parts to press."""

    template_name = "volunteers/week_grid.html"
    use_fieldset = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        """Give what was pressed."""
        return list(data.getlist(name))

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """Give a row per day."""
        pressed, first = set(map(str, value or ())), attrs.get("id", "") if attrs else ""
        parts = {code: f"{first}_{at}" for at, code in enumerate(Daypart)}
        rows = [
            (
                word,
                [
                    {"code": f"{day}_{part}", "word": said, "id": parts[Daypart(f"{day}_{part}")]}
                    | {"is_pressed": f"{day}_{part}" in pressed}
                    for part, said in PARTS.items()
                ],
            )
            for day, word in DAYS.items()
        ]
        return {"widget": {"name": name}, "rows": rows}


class DaypartsField(forms.Field):
    """Parts of the week."""

    widget = WeekGrid

    def to_python(self, value: Any) -> tuple[Daypart, ...]:
        """Read the parts.

        Raises:
            ValidationError: there is no such part of the week.
        """
        try:
            return tuple(map(Daypart, value or ()))
        except ValueError as error:
            raise ValidationError(gettext_lazy("Dit deel van de week kennen wij niet.")) from error


class WeekForm(HouseForm):
    """In which parts of the week she can."""

    dayparts = DaypartsField(required=False, label=gettext_lazy("De week"))
    from_on = LocalDateField(
        required=False, label=gettext_lazy("Vanaf"), help_text=gettext_lazy("Laat leeg voor vandaag.")
    )
    rule_fields = {"week_in_past": "from_on"}

    def to_command(self) -> tuple[tuple[Daypart, ...], date | None]:
        """Give the parts and the first day."""
        return self.cleaned_data["dayparts"], self.cleaned_data["from_on"]


def _toggles(words: Any, label: Any) -> Any:
    choices = [(str(code), word) for code, word in words.items()]
    return forms.MultipleChoiceField(choices=choices, required=False, widget=Toggles, label=label)


class AreasField(LineField):
    """Postcode areas of four digits, with a comma between two; no other words."""


class WishesForm(HouseForm):
    """What she likes, can and rather not does."""

    interests = _toggles(INTERESTS, gettext_lazy("Graag doen"))
    experience = _toggles(AGES, gettext_lazy("Ervaring met kinderen van"))
    rather_not = _toggles(RATHER_NOT, gettext_lazy("Liever niet"))
    languages = forms.MultipleChoiceField(choices=LANGUAGES, widget=Toggles, label=gettext_lazy("Talen"))
    most_matches = forms.TypedChoiceField(
        choices=[(number, str(number)) for number in range(1, 5)],
        coerce=int,
        widget=Pick,
        label=gettext_lazy("Hoeveel moeders tegelijk?"),
    )
    most_minutes = forms.IntegerField(
        min_value=10, max_value=240, label=gettext_lazy("Hoeveel minuten reizen, ten hoogste?")
    )
    has_car = forms.BooleanField(required=False, label=gettext_lazy("Er is een auto"))
    months = forms.TypedChoiceField(
        choices=list(MONTHS.items()), coerce=int, widget=Pick, label=gettext_lazy("Hoe lang ongeveer?")
    )
    gender = forms.ChoiceField(
        choices=[("", gettext_lazy("Zeg ik niet")), *((str(code), word) for code, word in GENDERS.items())],
        required=False,
        widget=Pick,
        label=gettext_lazy("Vrouw of man"),
        help_text=gettext_lazy("Dit telt alleen als een moeder erom vraagt."),
    )
    areas = AreasField(
        limit=80,
        required=False,
        label=gettext_lazy("Niet in deze postcodes"),
        help_text=gettext_lazy(
            "Vier cijfers, met een komma ertussen. De eigen buurt en het eigen dorp vragen wij nooit."
        ),
    )

    def clean_areas(self) -> tuple[str, ...]:
        """Read the areas.

        Raises:
            ValidationError: they are none, or too many.
        """
        try:
            return parse_areas(self.cleaned_data["areas"])
        except RuleBroken as broken:
            raise ValidationError(sentence(broken), code=broken.code) from broken

    def to_command(self) -> Wishes:
        """Give the wishes."""
        told = self.cleaned_data
        return Wishes(
            languages=tuple(told["languages"]),
            has_car=told["has_car"],
            most_matches=told["most_matches"],
            most_minutes=told["most_minutes"],
            interests=tuple(map(Interest, told["interests"])),
            experience=tuple(map(AgeGroup, told["experience"])),
            rather_not=tuple(map(RatherNot, told["rather_not"])),
            areas=told["areas"],
            months=told["months"],
            gender=Gender(told["gender"]) if told["gender"] else None,
            version=told["version"],
        )


class AbsenceForm(HouseForm):
    """Days on which she is not there."""

    kind = forms.ChoiceField(
        choices=[(str(code), word) for code, word in ABSENCES.items()],
        initial=AbsenceKind.AWAY,
        widget=Pick,
        label=gettext_lazy("Hoe lang?"),
    )
    from_on = LocalDateField(label=gettext_lazy("Vanaf"))
    to_on = LocalDateField(
        required=False,
        label=gettext_lazy("Tot en met"),
        help_text=gettext_lazy("Laat leeg als de laatste dag nog niet bekend is."),
    )
    rule_fields = {
        "period_backwards": "to_on",
        "absence_over": "to_on",
        "absence_overlaps": "from_on",
    }

    def to_command(self) -> Away:
        """Give the days."""
        given = self.cleaned_data
        return Away(given["from_on"], given["to_on"], AbsenceKind(given["kind"]))
