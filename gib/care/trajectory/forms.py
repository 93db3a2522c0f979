"""What a coordinator fills in about goals, steps, reviews, pauses and the end of a trajectory."""

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from gib.care.intake.domain import HIGHEST_MARK
from gib.care.trajectory import words
from gib.care.trajectory.domain import EDITION, CloseReason, NewStep, PauseReason, Phase, Scores
from gib.care.trajectory.domain.network import Person, Ring, Tie
from gib.care.trajectory.domain.outreach import Attempt, Outcome, Rung
from gib.core.ui.forms import HouseForm, LineField, LocalDateField, NoteField, Pick, Scale

_SEES = _("U, uw vervanger en zij zelf lezen dit.")


@dataclass(frozen=True)
class ReviewTold:
    """What was said in a review, and on which day."""

    held_on: date
    note: str


class ConfirmForm(HouseForm):
    """A step that needs nothing but a yes."""

    def to_command(self) -> None:
        """Give nothing: the page itself says what is done."""


class GoalForm(HouseForm):
    """A goal in her own words."""

    sees: ClassVar[dict[str, Any]] = {"words": _("U, uw vervanger, haar vrijwilliger en zij zelf lezen dit.")}
    weighed: ClassVar[tuple[str, ...]] = ("words",)

    words = LineField(label=_("Wat wil zij?"), help_text=_("In haar eigen woorden."), limit=300)

    def to_command(self) -> str:
        """Give the words."""
        return str(self.cleaned_data["words"])


class MarkForm(HouseForm):
    """Her own mark for a goal."""

    rule_fields: ClassVar[dict[str, str]] = {"mark_out_of_range": "mark", "goal_closed": "mark"}

    mark = forms.TypedChoiceField(
        label=_("Welk cijfer geeft zij zelf?"),
        help_text=_("0 is helemaal niet, 5 is gelukt."),
        choices=[(mark, str(mark)) for mark in range(6)],
        coerce=int,
        widget=Pick,
    )

    def to_command(self) -> int:
        """Give the mark."""
        return int(self.cleaned_data["mark"])


class StepForm(HouseForm):
    """A step of her plan: on a day, some weeks before release, or without either."""

    sees: ClassVar[dict[str, Any]] = {"what": _SEES}
    weighed: ClassVar[tuple[str, ...]] = ("what",)

    what = LineField(label=_("Wat is de stap?"), limit=300)
    phase = forms.ChoiceField(label=_("Wanneer in haar weg"), choices=[*words.PHASES.items()], widget=Pick)
    goal = forms.ChoiceField(label=_("Bij welk doel"), required=False)
    due_on = LocalDateField(label=_("Klaar op"), required=False)
    weeks = forms.IntegerField(
        label=_("Of: zoveel weken vóór haar vrijlating"),
        help_text=_("Ná de vrijlating schrijft u met een min: -2. De stap schuift mee."),
        required=False,
        min_value=-60,
        max_value=60,
    )

    def __init__(self, *args: Any, goals: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["goal"]
        field.choices = [("", _("Geen")), *goals]

    def clean(self) -> dict[str, Any]:
        """Refuse a step with two ways to find its day."""
        told = super().clean()
        if told.get("due_on") and told.get("weeks") is not None:
            self.add_error("weeks", _("Kies een dag of een aantal weken, niet allebei."))
        return told

    def to_command(self) -> NewStep:
        """Give the step."""
        told = self.cleaned_data
        return NewStep(
            phase=Phase(told["phase"]),
            what=told["what"],
            due_on=told["due_on"],
            weeks_before_release=told["weeks"],
            goal_id=told["goal"] or None,
        )


class ReviewForm(HouseForm):
    """A talk with her about how the plan goes."""

    sees: ClassVar[dict[str, Any]] = {"note": _SEES}
    weighed: ClassVar[tuple[str, ...]] = ("note",)
    rule_fields: ClassVar[dict[str, str]] = {"review_in_future": "held_on"}

    held_on = LocalDateField(label=_("Op welke dag"), past=True)
    note = NoteField(label=_("Wat spraken u en zij samen af?"), required=False)

    def to_command(self) -> ReviewTold:
        """Give the day and what was said."""
        return ReviewTold(self.cleaned_data["held_on"], self.cleaned_data["note"])


class ScoresForm(HouseForm):
    """How it goes with her, by the list of today: a number for each question, or none."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [*((str(score), str(score)) for score in range(HIGHEST_MARK + 1)), ("", _("Sla over"))]
        for area, question in words.QUESTIONS[EDITION].items():
            self.fields[area] = forms.TypedChoiceField(
                label=str(question.asks),
                help_text=question.ends,
                choices=choices,
                coerce=int,
                empty_value=None,
                widget=Scale,
                required=False,
            )

    def to_command(self) -> Scores:
        """Give her scores, each of which may be open."""
        told = self.cleaned_data
        given = {area: told[area] for area in words.QUESTIONS[EDITION]}
        return Scores(given=given, version=told["version"])


class PersonForm(HouseForm):
    """Somebody around her: what that person is to her, how near, and a name if she wants one."""

    sees: ClassVar[dict[str, Any]] = {"name": _("U, uw coördinator en haar vervanger zien dit.")}
    weighed: ClassVar[tuple[str, ...]] = ("name",)

    name = LineField(
        label=_("Hoe noemt u deze persoon?"),
        help_text=_("Een voornaam of een koosnaam is genoeg."),
        limit=60,
        required=False,
    )
    role = forms.ChoiceField(label=_("Wie is dit voor u?"), choices=[("", _("Kies")), *words.TIES.items()])
    ring = forms.ChoiceField(label=_("Waar staat deze persoon?"), choices=[*words.RINGS.items()], widget=Pick)

    def to_command(self) -> Person:
        """Give the person."""
        told = self.cleaned_data
        return Person(
            role=Tie(told["role"]), ring=Ring(told["ring"]), name=told["name"], version=told["version"]
        )


class AttemptForm(HouseForm):
    """An attempt to reach her, and what came of it."""

    sees: ClassVar[dict[str, Any]] = {"note": _SEES}
    weighed: ClassVar[tuple[str, ...]] = ("note",)
    rule_fields: ClassVar[dict[str, str]] = {
        **{"rung_too_early": "rung", "home_visit_missing": "outcome", "attempt_without_why": "note"},
        **{"attempt_in_future": "tried_on", "attempt_before_last": "tried_on"},
    }

    rung = forms.ChoiceField(
        label=_("Wat is er gedaan?"), choices=[*words.RUNGS.items()], widget=forms.RadioSelect
    )
    tried_on = LocalDateField(label=_("Op welke dag"), past=True)
    outcome = forms.ChoiceField(label=_("En toen?"), choices=[*words.OUTCOMES.items()], widget=Pick)
    note = NoteField(
        label=_("Wat moet u nog weten?"),
        help_text=_("Kon het niet? Schrijf op waarom."),
        required=False,
        limit=1000,
        rows=3,
    )

    def to_command(self) -> Attempt:
        """Give the attempt."""
        told = self.cleaned_data
        return Attempt(Rung(told["rung"]), Outcome(told["outcome"]), told["tried_on"], told["note"])


class PauseForm(HouseForm):
    """Why help rests."""

    reason = forms.ChoiceField(label=_("Waarom"), choices=[*words.PAUSE_REASONS.items()], widget=Pick)

    def to_command(self) -> PauseReason:
        """Give the reason."""
        return PauseReason(self.cleaned_data["reason"])


class CloseForm(HouseForm):
    """Why a trajectory ends; letting go for want of money is done with the request that failed."""

    rule_fields: ClassVar[dict[str, str]] = {"outreach_missing": "reason", "outreach_too_short": "reason"}

    reason = forms.ChoiceField(
        label=_("Waarom"),
        help_text=_("Losgelaten omdat niemand betaalt, legt u vast bij de financiering."),
        choices=[
            (code, word) for code, word in words.CLOSE_REASONS.items() if code != CloseReason.NOT_FUNDED
        ],
        widget=forms.RadioSelect,
    )

    def to_command(self) -> CloseReason:
        """Give the reason."""
        return CloseReason(self.cleaned_data["reason"])
