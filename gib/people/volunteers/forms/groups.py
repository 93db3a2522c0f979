"""Forms about trainings."""

import re
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

from gib.core.ui.forms import HouseForm, LineField, LocalDateField, Pick, Toggles
from gib.people.volunteers.choices import TRAINERS
from gib.people.volunteers.domain import Requirement
from gib.people.volunteers.domain.groups import TAUGHT, NewTraining, Trainer
from gib.people.volunteers.wording import REQUIREMENTS


class DaysField(forms.CharField):
    """Several days on one line, apart by commas."""

    def to_python(self, value: Any) -> Any:
        """Read the days.

        Raises:
            ValidationError: one of them is no day.
        """
        one = LocalDateField()
        return tuple(one.to_python(part) for part in re.split(r"[,;\s]+", value or "") if part)

    def validate(self, value: Any) -> None:
        """Ask for at least one day."""
        if not value:
            raise ValidationError(self.error_messages["required"], code="required")


class TrainingForm(HouseForm):
    """What is taught, on which days, and where."""

    requirement = forms.ChoiceField(
        choices=[(code, REQUIREMENTS[Requirement(code)]) for code in TAUGHT],
        label=gettext_lazy("Welke training?"),
    )
    days = DaysField(
        label=gettext_lazy("Dagen"),
        help_text=gettext_lazy("Bijvoorbeeld 12-3-2011, 19-3-2011"),
        widget=forms.TextInput,
    )
    at = forms.TimeField(
        label=gettext_lazy("Hoe laat?"), widget=forms.TimeInput(attrs={"class": "w-s"}, format="%H:%M")
    )
    room = LineField(limit=60, label=gettext_lazy("Waar?"))
    trainer = forms.ChoiceField(
        choices=[(str(code), word) for code, word in TRAINERS.items()],
        initial=Trainer.COORDINATOR,
        widget=Pick,
        label=gettext_lazy("Wie geeft de training?"),
    )
    places = forms.IntegerField(
        min_value=1, max_value=40, initial=12, label=gettext_lazy("Hoeveel plaatsen?")
    )
    rule_fields = {"training_days_wrong": "days"}

    def to_command(self) -> NewTraining:
        """Give the training."""
        told = self.cleaned_data
        days: tuple[date, ...] = told["days"]
        return NewTraining(
            told["requirement"], days, told["at"], told["room"], Trainer(told["trainer"]), told["places"]
        )


class JoinForm(HouseForm):
    """Who joins."""

    who = forms.ChoiceField(label=gettext_lazy("Wie doet mee?"))
    rule_fields = {"trainee_known": "who", "trainee_gone": "who"}

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["who"]
        field.choices = people

    def to_command(self) -> UUID:
        """Give the volunteer."""
        return UUID(self.cleaned_data["who"])


class TickForm(HouseForm):
    """Which of the people in a group: who came, or who passed."""

    who = forms.MultipleChoiceField(required=False, widget=Toggles, label=gettext_lazy("Wie?"))
    rule_fields = {"trainee_never_came": "who"}

    def __init__(self, *args: Any, people: list[tuple[str, str]], label: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["who"]
        field.choices, field.label = people, label

    def to_command(self) -> frozenset[UUID]:
        """Give who was ticked."""
        return frozenset(map(UUID, self.cleaned_data["who"]))
