"""Forms about needs, the reporting code and handovers."""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from gib.care.aftercare.forms import StepForm, TextForm
from gib.care.handover.actions import NewHandover, NewStep
from gib.care.handover.domain import CodeStep, Conclusion, Decision, Ground, NeedKind, NoTalk, Side, Urgency
from gib.care.handover.wording import (
    CONCLUSION_WORDS,
    DECISION_WORDS,
    FIELD_WORDS,
    GROUND_WORDS,
    KIND_WORDS,
    LEVEL_WORDS,
    NO_TALK_WORDS,
    QUESTIONS,
    SIDE_WORDS,
    STEP_WORDS,
    TALK_WORDS,
)
from gib.core.ui.forms import HouseForm, LineField, LocalDateField, NoteField, Pick
from gib.people.families.domain.codes import Place
from gib.people.families.domain.consent import Answer

__all__ = ["StepForm", "TextForm"]

TEAM_SEES = _("U en uw vervanger. De moeder mag het lezen.")
SAFETY_SEES = _("U en uw vervanger. Niemand anders, ook de moeder en de vrijwilliger niet.")
VOLUNTEER_SEES = _(
    "Je coördinator en haar vervanger. De moeder mag het lezen, behalve als het over veiligheid gaat."
)
SENT_SEES = _("De organisatie die haar helpt. Zij ziet zelf ook wat u deelt.")
PLACE_WORDS = {
    Place.PRISON: _("In de inrichting"),
    Place.HOME: _("Bij haar thuis"),
    Place.OFFICE: _("Op kantoor"),
    Place.PHONE: _("Telefoon"),
    Place.LETTER: _("Brief"),
}
_ICONS = {"talk": "speech", "help": "flag", "unsafe": "stop"}
_YES_NO = [("y", _("Ja")), ("n", _("Nee"))]


class WorryForm(HouseForm):
    """A worry of a volunteer, in three levels."""

    urgency = forms.ChoiceField(
        choices=list(LEVEL_WORDS.items()), widget=Pick(icons=_ICONS), label=_("Hoe erg is het?")
    )
    kind = forms.ChoiceField(choices=[("", _("Kies")), *KIND_WORDS.items()], label=_("Waar gaat het over?"))
    words = NoteField(limit=2000, label=_("Wat zag of hoorde je?"))
    rule_fields = {"signal_words": "words"}
    sees: ClassVar[Any] = {"words": VOLUNTEER_SEES}

    def to_command(self) -> tuple[NeedKind, Urgency, str, bool]:
        """Give what it is about, how urgent, the words, and whether she said it herself."""
        told = self.cleaned_data
        return NeedKind(told["kind"]), Urgency(told["urgency"]), told["words"], told.get("by_mother", False)


class SignalForm(WorryForm):
    """A need that the coordinator notices, or that the mother tells her."""

    by_mother = forms.BooleanField(required=False, label=_("Zij vroeg het zelf"))
    sees: ClassVar[Any] = {"words": TEAM_SEES}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label = _("Wat zag of hoorde u?")


class TriageForm(HouseForm):
    """What to do with a signal."""

    decision = forms.ChoiceField(
        choices=list(DECISION_WORDS.items()), widget=forms.RadioSelect, label=_("Wat doet u ermee?")
    )
    reply = NoteField(
        limit=1000,
        rows=3,
        required=False,
        label=_("Antwoord aan wie het meldde"),
        help_text=_("Schrijf hier niets over veiligheid of over een melding."),
    )
    rule_fields = {"signal_must_be_safety": "decision"}
    sees: ClassVar[Any] = {"reply": _("Wie dit meldde, u en uw vervanger.")}

    def to_command(self) -> tuple[Decision, str]:
        """Give the decision and the reply."""
        return Decision(self.cleaned_data["decision"]), self.cleaned_data["reply"]


class DiscussForm(HouseForm):
    """What she says of it herself."""

    wants_help = forms.ChoiceField(choices=_YES_NO, widget=Pick, label=_("Wil zij deze hulp?"))
    note = NoteField(limit=2000, rows=3, required=False, label=_("Wat zei zij?"))
    sees: ClassVar[Any] = {"note": TEAM_SEES}

    def to_command(self) -> tuple[bool, str]:
        """Give her answer and her words."""
        return self.cleaned_data["wants_help"] == "y", self.cleaned_data["note"]


class CodeStepForm(HouseForm):
    """One step of the reporting code; what does not belong to the step stays empty."""

    step = forms.ChoiceField(
        choices=list(STEP_WORDS.items()), widget=forms.RadioSelect, label=_("Welke stap?")
    )
    note = NoteField(limit=4000, label=_("Wat deed u en wat kwam eruit?"))
    talked_with = forms.ChoiceField(
        choices=[("", _("Niet gesproken")), *TALK_WORDS.items()], required=False, label=_("Met wie sprak u?")
    )
    no_talk = forms.ChoiceField(
        choices=[("", _("Er is gesproken")), *NO_TALK_WORDS.items()],
        required=False,
        label=_("Waarom geen gesprek?"),
    )
    rule_fields = {"safety_note": "note", "safety_talk": "talked_with"}
    sees: ClassVar[Any] = {"note": SAFETY_SEES}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number, question in enumerate(QUESTIONS):
            self.fields[f"answer_{number}"] = forms.ChoiceField(
                choices=[("", _("Niet gevraagd")), *_YES_NO], required=False, label=question
            )

    def to_command(self) -> NewStep:
        """Give the step."""
        told = self.cleaned_data
        answers = [told[f"answer_{number}"] for number in range(len(QUESTIONS))]
        step = CodeStep(told["step"])
        is_talk = step is CodeStep.TALK
        return NewStep(
            step=step,
            note=told["note"],
            talked_with=told["talked_with"] if is_talk else "",
            no_talk=NoTalk(told["no_talk"]) if is_talk and told["no_talk"] else None,
            answers=tuple(one == "y" for one in answers if one) if step is CodeStep.WEIGH else (),
        )


class ConclusionForm(HouseForm):
    """What to decide."""

    conclusion = forms.ChoiceField(
        choices=list(CONCLUSION_WORDS.items()), widget=forms.RadioSelect, label=_("Besluit")
    )
    reason = NoteField(limit=2000, rows=3, required=False, label=_("Waarom?"))
    rule_fields = {"safety_reason": "reason"}
    sees: ClassVar[Any] = {"reason": SAFETY_SEES}

    def to_command(self) -> tuple[Conclusion, str]:
        """Give the decision and its reason."""
        return Conclusion(self.cleaned_data["conclusion"]), self.cleaned_data["reason"]


class SecondForm(HouseForm):
    """The second person."""

    agrees = forms.ChoiceField(
        choices=[("y", _("Ik ben het eens")), ("n", _("Terug naar mijn collega"))],
        widget=Pick,
        label=_("Bent u het eens?"),
    )

    def to_command(self) -> bool:
        """Tell whether the second person agrees."""
        return bool(self.cleaned_data["agrees"] == "y")


class PrepareForm(HouseForm):
    """Where she can go, with what, and to whom."""

    provider = forms.TypedChoiceField(coerce=int, label=_("Welke organisatie?"))
    what = NoteField(limit=2000, rows=3, label=_("Wat is de vraag?"))
    worker = LineField(limit=80, required=False, label=_("Wie ontvangt haar?"))
    discussed_on = LocalDateField(past=True, label=_("Wanneer sprak u hierover met haar?"))
    rule_fields = {
        "handover_provider": "provider",
        "handover_open": "provider",
        "handover_in_future": "discussed_on",
    }
    sees: ClassVar[Any] = {"what": TEAM_SEES}

    def __init__(
        self, *args: Any, providers: list[tuple[int, str]], signal_id: UUID | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.signal_id = signal_id
        field: Any = self.fields["provider"]
        field.choices = [("", _("Kies een organisatie")), *providers]
        if signal_id:
            del self.fields["discussed_on"]

    def to_command(self) -> NewHandover:
        """Give the handover."""
        told = self.cleaned_data
        return NewHandover(
            told["provider"], told["what"], told["worker"], self.signal_id, told.get("discussed_on")
        )


class ConsentForm(HouseForm):
    """Her yes for one organisation."""

    place = forms.ChoiceField(choices=list(PLACE_WORDS.items()), label=_("Waar zei zij ja?"))
    staff_absent = forms.BooleanField(label=_("Er was geen medewerker van de inrichting bij"))
    rule_fields = {"staff_present": "staff_absent"}

    def to_command(self) -> Answer:
        """Give her answer."""
        return Answer(place=Place(self.cleaned_data["place"]), staff_absent=self.cleaned_data["staff_absent"])


class SendForm(HouseForm):
    """What goes out: lines that are ticked stay."""

    keep = forms.MultipleChoiceField(
        widget=forms.CheckboxSelectMultiple,
        label=_("Dit gaat mee"),
        help_text=_("Haal het vinkje weg bij wat er niet bij hoort."),
    )
    worker = LineField(limit=80, label=_("Wie ontvangt haar?"))
    rule_fields = {"handover_no_worker": "worker", "handover_extract_empty": "keep"}
    sees: ClassVar[Any] = {"worker": SENT_SEES}

    def __init__(self, *args: Any, extract: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.extract = extract
        field: Any = self.fields["keep"]
        field.choices = [(name, f"{FIELD_WORDS[name]}: {text}") for name, text in extract.items()]
        field.initial = list(extract)

    def to_command(self) -> tuple[dict[str, str], str]:
        """Give what goes out, and to whom."""
        kept = self.cleaned_data["keep"]
        return {name: text for name, text in self.extract.items() if name in kept}, self.cleaned_data[
            "worker"
        ]


class AcceptForm(HouseForm):
    """When it begins, and with whom."""

    first_appointment_on = LocalDateField(label=_("Wanneer is de eerste afspraak?"))
    worker = LineField(limit=80, label=_("Wie ontvangt haar?"))
    rule_fields = {"handover_appointment_past": "first_appointment_on", "handover_no_worker": "worker"}

    def to_command(self) -> tuple[date, str]:
        """Give the day and the person."""
        return self.cleaned_data["first_appointment_on"], self.cleaned_data["worker"]


class WaitForm(HouseForm):
    """How long she must wait."""

    weeks = forms.IntegerField(min_value=1, max_value=104, label=_("Hoeveel weken?"))

    def to_command(self) -> int:
        """Give the weeks."""
        return int(self.cleaned_data["weeks"])


class ContactForm(HouseForm):
    """When the first talk was."""

    held_on = LocalDateField(past=True, label=_("Wanneer was het eerste gesprek?"))

    def to_command(self) -> date:
        """Give the day."""
        day: date = self.cleaned_data["held_on"]
        return day


class ReturnForm(HouseForm):
    """Why help did not begin, or stopped."""

    ground = forms.ChoiceField(
        choices=list(GROUND_WORDS.items()), widget=forms.RadioSelect, label=_("Waarom?")
    )

    def to_command(self) -> Any:
        """Give the ground."""
        return Ground(self.cleaned_data["ground"])


class DeclineForm(ReturnForm):
    """Who says no, and why."""

    side = forms.ChoiceField(choices=list(SIDE_WORDS.items()), widget=Pick, label=_("Wie zegt nee?"))
    field_order = ["side", "ground"]

    def to_command(self) -> tuple[Side, Ground]:
        """Give who says no, and the ground."""
        return Side(self.cleaned_data["side"]), super().to_command()
