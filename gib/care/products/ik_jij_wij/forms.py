"""What is filled in about a course."""

from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from gib.care.products.ik_jij_wij.actions import NewCourse
from gib.care.products.ik_jij_wij.domain import PASS_AT, PLACES, SESSIONS
from gib.core.ui.forms import HouseForm, LineField, LocalDateField


class CourseForm(HouseForm):
    """A weekly series."""

    rule_fields: ClassVar[dict[str, str]] = {"visit_in_past": "first_on", "course_numbers": "sessions"}

    first_on = LocalDateField(label=_("Eerste les"))
    at = forms.TimeField(label=_("Tijd"), help_text=_("Bijvoorbeeld 14:00"))
    room = LineField(label=_("Zaal"), required=False, limit=60)
    sessions = forms.IntegerField(label=_("Aantal lessen"), initial=SESSIONS, min_value=1, max_value=20)
    pass_at = forms.IntegerField(
        label=_("Lessen nodig om af te ronden"), initial=PASS_AT, min_value=1, max_value=20
    )
    places = forms.IntegerField(label=_("Plekken"), initial=PLACES, min_value=1, max_value=20)

    def to_command(self) -> NewCourse:
        """Give the course."""
        names = ("first_on", "at", "room", "sessions", "pass_at", "places")
        return NewCourse(**{name: self.cleaned_data[name] for name in names})


class EnrolForm(HouseForm):
    """Which mother joins."""

    chosen = forms.ChoiceField(label=_("Wie doet mee"))

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["chosen"]
        field.choices = choices

    def to_command(self) -> UUID:
        """Give the id of her part in the product."""
        return UUID(self.cleaned_data["chosen"])
