"""What is filled in about a course."""

from datetime import date, time
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from gib.care.products.forms import ChooseForm
from gib.care.products.ik_jij_wij import words
from gib.care.products.ik_jij_wij.actions import NewCourse, Words
from gib.care.products.ik_jij_wij.domain import PASS_AT, PLACES, SESSIONS, Item
from gib.core.ui.forms import HouseForm, LineField, LocalDateField, NoteField, Pick


class CourseForm(HouseForm):
    """A weekly series."""

    rule_fields: ClassVar[dict[str, str]] = {
        "visit_in_past": "first_on",
        "course_numbers": "sessions",
        "room_taken": "room",
        "minutes_out_of_range": "minutes",
    }

    first_on = LocalDateField(label=_("Eerste les"))
    at = forms.TimeField(label=_("Tijd"), help_text=_("Bijvoorbeeld 14:00"))
    minutes = forms.IntegerField(
        label=_("Hoeveel minuten"), initial=120, min_value=5, max_value=720, required=False
    )
    room = LineField(label=_("Zaal"), required=False, limit=60)
    sessions = forms.IntegerField(label=_("Aantal lessen"), initial=SESSIONS, min_value=1, max_value=20)
    pass_at = forms.IntegerField(
        label=_("Lessen nodig om af te ronden"), initial=PASS_AT, min_value=1, max_value=20
    )
    places = forms.IntegerField(label=_("Plekken"), initial=PLACES, min_value=1, max_value=20)

    def to_command(self) -> NewCourse:
        """Give the course."""
        names = ("first_on", "at", "room", "sessions", "pass_at", "places")
        told = {name: self.cleaned_data[name] for name in names}
        return NewCourse(**told, minutes=self.cleaned_data["minutes"] or NewCourse.minutes)


class EnrolForm(ChooseForm):
    """Which mother joins, by her part in the product."""

    chosen = forms.ChoiceField(label=_("Wie doet mee"))


class TrainerForm(ChooseForm):
    """Which volunteer gives the course."""

    chosen = forms.ChoiceField(label=_("Welke vrijwilliger"))


class ReplaceForm(HouseForm):
    """The new day of a session that did not take place."""

    rule_fields: ClassVar[dict[str, str]] = {
        "visit_in_past": "on",
        "room_taken": "at",
        "trainer_busy": "at",
    }

    on = LocalDateField(label=_("Nieuwe dag"))
    at = forms.TimeField(label=_("Tijd"), help_text=_("Bijvoorbeeld 14:00"))

    def to_command(self) -> tuple[date, time]:
        """Give the day and the time."""
        return self.cleaned_data["on"], self.cleaned_data["at"]


class CatchUpForm(HouseForm):
    """The day on which she caught up on a session."""

    rule_fields: ClassVar[dict[str, str]] = {"visit_in_future": "done_on", "caught_up_early": "done_on"}

    done_on = LocalDateField(label=_("Op welke dag haalde zij dit in?"), past=True)

    def to_command(self) -> date:
        """Give the day."""
        found: date = self.cleaned_data["done_on"]
        return found


_READERS = _("De coördinator, haar vervanger en de moeder zelf lezen dit.")


class PlanForm(HouseForm):
    """Her own plan, as she says it."""

    weighed: ClassVar[tuple[str, ...]] = ("me", "you", "we")
    sees: ClassVar[dict[str, Any]] = {"me": _READERS}

    me = NoteField(
        label=_("Ik"), help_text=_("Wat kan ik, en wat wil ik?"), required=False, limit=1000, rows=3
    )
    you = NoteField(
        label=_("Jij"),
        help_text=_("Wat wil ik voor mijn kind, of voor een ander?"),
        required=False,
        limit=1000,
        rows=3,
    )
    we = NoteField(
        label=_("Wij"), help_text=_("Wie staan er om ons heen?"), required=False, limit=1000, rows=3
    )

    def to_command(self) -> Words:
        """Give the plan."""
        names = ("me", "you", "we", "version")
        return Words(**{name: self.cleaned_data[name] for name in names})


class ScoresForm(HouseForm):
    """The marks she gives herself; each may stay open."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        marks = [(str(mark), str(mark)) for mark in range(6)]
        said: Any = words.ITEMS
        for item in Item:
            self.fields[item] = forms.TypedChoiceField(
                label=said[item],
                choices=marks,
                coerce=int,
                empty_value=None,
                widget=Pick,
                required=False,
            )

    def to_command(self) -> dict[Item, int | None]:
        """Give the marks."""
        return {item: self.cleaned_data[item] for item in Item}
