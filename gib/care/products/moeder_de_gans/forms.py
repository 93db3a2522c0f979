"""What is filled in about an information meeting."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from gib.care.products import words as shared
from gib.care.products.domain.meeting import Speaker
from gib.care.products.moeder_de_gans import words
from gib.care.products.moeder_de_gans.domain import ANSWERS, POLL, Question, Tally
from gib.core.ui.forms import HouseField, HouseForm

Choices = list[tuple[str, str]]


@dataclass(frozen=True)
class ListTold:
    """Which women the prison named: those we know, and how many others."""

    known: tuple[UUID, ...]
    others: int


class SpeakerForm(HouseForm):
    """Who is asked to tell something: a kind of organisation, and which one when we know it."""

    kind = forms.ChoiceField(label=_("Wat voor organisatie"), choices=[*shared.SPEAKERS.items()])
    provider = forms.ChoiceField(
        label=_("Welke organisatie"),
        help_text=_("Alleen de organisatie. De naam van de spreker schrijven wij niet op."),
        required=False,
    )

    def __init__(self, *args: Any, providers: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["provider"]
        field.choices = [("", _("Een andere")), *providers]

    def to_command(self) -> tuple[Speaker, int | None]:
        """Give the kind, and the number of the organisation."""
        chosen = self.cleaned_data["provider"]
        return Speaker(self.cleaned_data["kind"]), int(chosen) if chosen else None


class ListForm(HouseForm):
    """The list of the prison: who we know is ticked, and the others are counted."""

    rule_fields: ClassVar[dict[str, str]] = {"meeting_full": "others", "kept_apart": "known"}

    known = forms.MultipleChoiceField(
        label=_("Wie op de lijst kennen wij?"),
        help_text=_("Zij krijgen een uitnodiging."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    others = forms.IntegerField(
        label=_("Hoeveel andere vrouwen staan erop?"),
        help_text=_("Alleen een aantal. Schrijf geen namen op."),
        initial=0,
        min_value=0,
        max_value=99,
    )

    def __init__(self, *args: Any, women: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["known"]
        field.choices = women

    def to_command(self) -> ListTold:
        """Give the list."""
        told = self.cleaned_data
        return ListTold(tuple(map(UUID, told["known"])), told["others"])


def _number(label: Any, kept: int) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=99, initial=kept, required=False)


class TallyForm(HouseForm):
    """How often each answer was given; what is left empty was never given."""

    asked: ClassVar[tuple[Question, ...]] = ()
    rule_fields: ClassVar[dict[str, str]] = {}

    def __init__(self, *args: Any, kept: Tally, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in self.asked:
            names: Any = shared.THEMES if question is Question.ASKED else words.MARKS
            for answer in ANSWERS[question]:
                number = _number(names[answer], kept.get(question, {}).get(answer, 0))
                self.fields[f"{question}_{answer}"] = number

    @property
    def groups(self) -> Iterable[tuple[Any, list[HouseField]]]:
        """The questions, each with the fields of its answers."""
        for question in self.asked:
            fields: Any = [self[f"{question}_{answer}"] for answer in ANSWERS[question]]
            yield words.QUESTIONS[question], fields

    def to_command(self) -> Tally:
        """Give the numbers by question and answer."""
        told = self.cleaned_data
        return {
            question: {answer: told[f"{question}_{answer}"] or 0 for answer in ANSWERS[question]}
            for question in self.asked
        }


class QuestionsForm(TallyForm):
    """How often women asked about each subject."""

    asked = (Question.ASKED,)


class PollForm(TallyForm):
    """What the slips say that women filled in on the way out."""

    asked = POLL
