"""What is filled in about products, matches, visits and group meetings."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from gib.care.products import board_words, words
from gib.care.products.actions.contacts import Log
from gib.care.products.actions.meetings import NewMeeting
from gib.care.products.domain.asking import Asked
from gib.care.products.domain.contact import Cancelled, Reason, Theme
from gib.care.products.domain.contact import State as Visit
from gib.care.products.domain.match import EndReason, Override, Why
from gib.care.products.domain.meeting import PLACES, Presence, Speaker
from gib.care.products.domain.participation import StopReason
from gib.core.ui.forms import HouseForm, LineField, LocalDateField, NoteField, Pick, Toggles
from gib.engines.matching.problem import Gender
from gib.people.partners.domain import BRANDS, Product
from gib.people.volunteers.choices import INTERESTS
from gib.people.volunteers.domain.availability import Interest
from gib.people.volunteers.forms.availability import DaypartsField

_FACES = {str(mood): f"f{mood}" for mood in range(1, 6)}
HOURS = [("30", "½"), ("60", "1"), ("90", "1½"), ("120", "2"), ("240", "4")]
_READERS = _("De coördinator, haar vervanger, de vrijwilliger en de moeder zelf lezen dit.")


@dataclass(frozen=True)
class OffTold:
    """Who called a visit off, and why."""

    side: Cancelled
    reason: Reason


@dataclass(frozen=True)
class MissedTold:
    """How a visit failed on the day itself, and why."""

    outcome: Visit
    reason: Reason


class ConfirmForm(HouseForm):
    """A step that needs nothing but a yes."""

    def to_command(self) -> None:
        """Give nothing: the page itself says what is done."""


class DeclineForm(HouseForm):
    """Her no, and the day before which she does not want to be asked."""

    ask_again_on = LocalDateField(
        label=_("Wanneer mogen wij het weer vragen?"),
        help_text=_("Zij kiest. Leeg is: wij vragen het niet vanzelf."),
        required=False,
    )

    def to_command(self) -> date | None:
        """Give the day."""
        found: date | None = self.cleaned_data["ask_again_on"]
        return found


class StopForm(HouseForm):
    """Why a product stops; she need not say."""

    reason = forms.ChoiceField(label=_("Waarom"), choices=[*words.STOPS.items()], widget=forms.RadioSelect)

    def to_command(self) -> StopReason:
        """Give the reason."""
        return StopReason(self.cleaned_data["reason"])


class AskedForm(HouseForm):
    """What she asks of a volunteer; what stays open keeps nobody away."""

    rule_fields: ClassVar[dict[str, str]] = {"gender_not_asked": "gender"}

    dayparts = DaypartsField(
        label=_("Wanneer kan zij?"),
        help_text=_("Druk niets in als het haar niet uitmaakt."),
        required=False,
    )
    gender = forms.ChoiceField(
        label=_("Een vrouw of een man?"),
        choices=[("", _("Maakt niet uit")), (Gender.WOMAN, _("Een vrouw")), (Gender.MAN, _("Een man"))],
        widget=Pick,
        required=False,
    )
    needs_car = forms.BooleanField(label=_("Er is een auto nodig"), required=False)
    interests = forms.MultipleChoiceField(
        label=_("Wat doet zij graag?"),
        help_text=_("Wie dat ook graag doet, staat hoger op het bord."),
        choices=[*INTERESTS.items()],
        widget=Toggles,
        required=False,
    )

    def to_command(self) -> Asked:
        """Give what she asks."""
        told = self.cleaned_data
        return Asked(
            dayparts=told["dayparts"],
            gender=Gender(told["gender"]) if told["gender"] else None,
            needs_car=told["needs_car"],
            interests=tuple(map(Interest, told["interests"])),
            version=told["version"],
        )


def asked_before(part: Any) -> dict[str, Any]:
    """Give what she asked before, to begin the form with."""
    return asdict(part.asked) | {"gender": part.asked.gender or "", "version": part.version}


class ChoiceForm(HouseForm):
    """Why a volunteer is chosen who is not among the first three."""

    rule_fields: ClassVar[dict[str, str]] = {"override_reason_missing": "reason"}

    reason = forms.ChoiceField(
        label=_("Waarom kiest u haar"),
        choices=[("", _("Kies een reden")), *board_words.OVERRIDES.items()],
        required=False,
    )

    def __init__(self, *args: Any, asks_reason: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks_reason:
            del self.fields["reason"]

    def to_command(self) -> Override | None:
        """Give the reason, when there is one."""
        reason = self.cleaned_data.get("reason")
        return Override(reason) if reason else None


class AnswerForm(HouseForm):
    """A yes or a no; a reason is not asked."""

    yes = forms.ChoiceField(
        label=_("Het antwoord"),
        help_text=_("Nee zeggen mag altijd. Een reden is niet nodig."),
        choices=[("ja", _("Ja")), ("nee", _("Nee"))],
        widget=Pick,
    )

    def to_command(self) -> bool:
        """Tell whether it is a yes."""
        return bool(self.cleaned_data["yes"] == "ja")


class EndForm(HouseForm):
    """Why a match ends."""

    reason = forms.ChoiceField(label=_("Waarom"), choices=[*words.MATCH_ENDS.items()], widget=Pick)

    def to_command(self) -> EndReason:
        """Give the reason."""
        return EndReason(self.cleaned_data["reason"])


class WhyForm(HouseForm):
    """Why a volunteer is never asked for her."""

    why = forms.ChoiceField(label=_("Waarom niet"), choices=[*words.WHYS.items()], widget=forms.RadioSelect)

    def to_command(self) -> Why:
        """Give the reason."""
        return Why(self.cleaned_data["why"])


class ExcludeForm(WhyForm):
    """Which volunteer is never asked for her, and why."""

    volunteer = forms.ChoiceField(label=_("Welke vrijwilliger"))
    field_order = ("volunteer", "why")

    def __init__(self, *args: Any, volunteers: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["volunteer"]
        field.choices = volunteers

    @property
    def chosen(self) -> UUID:
        """Her id."""
        return UUID(self.cleaned_data["volunteer"])


class LogForm(HouseForm):
    """A short account: how long, how it went, and what one wants to say."""

    sees: ClassVar[dict[str, Any]] = {"note": _READERS}
    weighed: ClassVar[tuple[str, ...]] = ("note", "next_question")
    rule_fields: ClassVar[dict[str, str]] = {
        "visit_in_future": "held_on",
        "before_match": "held_on",
        "minutes_out_of_range": "minutes",
    }

    minutes = forms.TypedChoiceField(label=_("Hoe lang, in uren"), choices=HOURS, coerce=int, widget=Pick)
    mood = forms.TypedChoiceField(
        label=_("Hoe ging het"),
        choices=[*words.MOODS.items()],
        coerce=int,
        empty_value=None,
        widget=Pick(_FACES),
        required=False,
    )
    note = NoteField(label=_("Nog iets kwijt?"), required=False, limit=1000)
    next_question = LineField(label=_("Haar vraag voor de volgende keer"), required=False, limit=400)
    themes = forms.MultipleChoiceField(
        label=_("Waar ging het over"),
        choices=[*words.THEMES.items()],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    held_on = LocalDateField(label=_("Welke dag"), past=True)

    contact_id: UUID | None = None

    def to_command(self) -> Log:
        """Give the account."""
        told = self.cleaned_data
        return Log(
            held_on=told["held_on"],
            minutes=told["minutes"],
            mood=told["mood"],
            note=told["note"],
            next_question=told["next_question"],
            themes=tuple(Theme(theme) for theme in told["themes"]),
            contact_id=self.contact_id,
        )


class BeenForm(LogForm):
    """An account that was written without saying of whom: she says it when there are several.

    Args:
        families: the value and the name of each match that she may tell about.
    """

    rule_fields: ClassVar[dict[str, str]] = {**LogForm.rule_fields, "match_not_live": "match"}

    match = forms.ChoiceField(label=_("Bij wie was je?"), widget=Pick)

    def __init__(self, data: Any, families: list[tuple[str, str]]) -> None:
        super().__init__(data)
        self.families = families
        field: Any = self.fields["match"]
        field.choices, field.required = families, len(families) > 1
        if not field.required:
            field.widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        """Refuse an account of somebody who visits nobody."""
        if not self.families:
            self.add_error(None, _("Er is nu niemand bij wie je op bezoek gaat. Bel je coördinator."))
        return super().clean()

    @property
    def match_id(self) -> UUID:
        """The match that it is about: the chosen one, or the only one."""
        return UUID(self.cleaned_data["match"] or self.families[0][0])


class OffForm(HouseForm):
    """Who called a visit off, and why."""

    side = forms.ChoiceField(label=_("Wie zei af"), choices=[*words.SIDES.items()], widget=Pick)
    reason = forms.ChoiceField(label=_("Waarom"), choices=[*words.REASONS.items()], initial=Reason.NOT_SAID)

    def to_command(self) -> OffTold:
        """Give the side and the reason."""
        return OffTold(Cancelled(self.cleaned_data["side"]), Reason(self.cleaned_data["reason"]))


class MissedForm(HouseForm):
    """How a visit failed on the day itself."""

    outcome = forms.ChoiceField(label=_("Wat gebeurde er"), choices=[*words.MISSED.items()], widget=Pick)
    reason = forms.ChoiceField(label=_("Waarom"), choices=[*words.REASONS.items()], initial=Reason.NOT_SAID)

    def to_command(self) -> MissedTold:
        """Give the outcome and the reason."""
        return MissedTold(Visit(self.cleaned_data["outcome"]), Reason(self.cleaned_data["reason"]))


class MeetingForm(HouseForm):
    """A group meeting: what, when, where and who tells something."""

    rule_fields: ClassVar[dict[str, str]] = {
        "visit_in_past": "on",
        "room_taken": "room",
        "minutes_out_of_range": "minutes",
    }

    product = forms.ChoiceField(
        label=_("Wat"),
        choices=[(each, BRANDS[each]) for each in (Product.MOEDER_DE_GANS, Product.MOEDER_KIND_BEZOEKEN)],
        widget=Pick,
    )
    on = LocalDateField(label=_("Dag"))
    at = forms.TimeField(label=_("Tijd"), help_text=_("Bijvoorbeeld 10:30"))
    minutes = forms.IntegerField(label=_("Hoeveel minuten"), initial=120, min_value=30, max_value=480)
    room = LineField(label=_("Zaal"), required=False, limit=60)
    places = forms.IntegerField(
        label=_("Plekken in de zaal"), initial=PLACES, min_value=1, max_value=200, required=False
    )
    themes = forms.MultipleChoiceField(
        label=_("Waar gaat het over"),
        choices=[*words.THEMES.items()],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    speakers = forms.MultipleChoiceField(
        label=_("Wie vertelt iets"),
        choices=[*words.SPEAKERS.items()],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def to_command(self) -> NewMeeting:
        """Give the meeting."""
        told = self.cleaned_data
        return NewMeeting(
            product=Product(told["product"]),
            planned_on=told["on"],
            planned_time=told["at"],
            minutes=told["minutes"],
            room=told["room"],
            places=told["places"] or PLACES,
            themes=tuple(Theme(each) for each in told["themes"]),
            speakers=tuple(Speaker(each) for each in told["speakers"]),
        )


class ChooseForm(HouseForm):
    """Which of those that this reader may see: a mother, unless a form says otherwise."""

    chosen = forms.ChoiceField(label=_("Wie"))

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["chosen"]
        field.choices = choices

    def to_command(self) -> UUID:
        """Give the id that was chosen."""
        return UUID(self.cleaned_data["chosen"])


class PresenceForm(HouseForm):
    """Whether she came, and whether she wants a talk afterwards."""

    presence = forms.ChoiceField(label=_("Was zij er?"), choices=[*words.PRESENCES.items()], widget=Pick)
    wants_talk = forms.BooleanField(label=_("Zij wil daarna een gesprek"), required=False)

    def to_command(self) -> tuple[Presence, bool]:
        """Give both answers."""
        return Presence(self.cleaned_data["presence"]), self.cleaned_data["wants_talk"]


class HeldForm(HouseForm):
    """How many women came who have no dossier."""

    rule_fields: ClassVar[dict[str, str]] = {"count_negative": "unknown"}

    unknown = forms.IntegerField(
        label=_("Hoeveel andere vrouwen waren er?"),
        help_text=_("Alleen een aantal. Schrijf geen namen op."),
        initial=0,
        min_value=0,
        max_value=99,
    )

    def to_command(self) -> int:
        """Give the number."""
        return int(self.cleaned_data["unknown"])


class ReasonForm(HouseForm):
    """Why a meeting does not take place."""

    reason = forms.ChoiceField(label=_("Waarom"), choices=[*words.REASONS.items()])

    def to_command(self) -> Reason:
        """Give the reason."""
        return Reason(self.cleaned_data["reason"])
