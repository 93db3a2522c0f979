"""The questions of a referral and of what the coordinator decides; nine answers, none about the offence."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from gib.care.referral import words
from gib.care.referral.domain import OPTIONAL, Answers, Channel, Children, DeclineReason, EndReason
from gib.core.ui.forms import HouseForm, LineField, LocalDateField, NoteField, Pick
from gib.core.ui.words import today

_MOST_CHILDREN = 9


class BirthField(LocalDateField):
    """A day of birth, or only the year of one."""

    def to_python(self, value: Any) -> Any:
        """Read a day or a year.

        Raises:
            ValidationError: as `LocalDateField`, or a year to come.
        """
        text = str(value or "").strip()
        if not re.fullmatch(r"\d{4}", text):
            return super().to_python(value)
        if int(text) > today().year:
            raise ValidationError(_("Dit jaar ligt in de toekomst. Kijk het na."), code="future")
        return int(text)


def _children() -> list[tuple[str, str]]:
    numbers = [
        (str(count), ngettext("%(count)d kind", "%(count)d kinderen", count) % {"count": count})
        for count in range(1, _MOST_CHILDREN + 1)
    ]
    unsure = [(str(Children.YES), _("Ja, ik weet niet hoeveel")), (str(Children.UNKNOWN), _("Weet ik niet"))]
    return [("", _("Kies")), *numbers, *unsure]


class ReferralForm(HouseForm):
    """Nine answers, five of them required; saving for later requires none."""

    weighed: ClassVar[tuple[str, ...]] = ("wish", "call_back")
    sees: ClassVar[dict[str, Any]] = {
        "wish": gettext_lazy("De coördinator, haar vervanger en de moeder zelf lezen dit.")
    }
    rule_fields: ClassVar[dict[str, str]] = {
        "name_missing": "first_name",
        "birth_missing": "birth",
        "birth_implausible": "birth",
        "unit_missing": "unit",
        "consent_not_seen": "consent_seen_on",
        "consent_in_future": "consent_seen_on",
        "children_unanswered": "children",
        "release_in_past": "expected_on",
        "expected_in_past": "expected_on",
        "team_missing": "prison",
    }

    channel = forms.ChoiceField(label=gettext_lazy("Hoe kwam zij bij ons?"), widget=Pick)
    prison = forms.ChoiceField(label=gettext_lazy("Inrichting"))
    first_name = LineField(label=gettext_lazy("Roepnaam"), limit=60)
    last_name = LineField(label=gettext_lazy("Achternaam"), limit=80)
    birth = BirthField(
        label=gettext_lazy("Geboortedatum"),
        past=True,
        help_text=gettext_lazy("Bijvoorbeeld 27-03-1991. Weet u de dag niet? Dan is het jaar genoeg."),
    )
    unit = LineField(label=gettext_lazy("Afdeling"), limit=20)
    consent_seen_on = LocalDateField(
        label=gettext_lazy("Op welke dag zei zij ja?"),
        past=True,
        help_text=gettext_lazy("Zij weet van deze aanmelding en wil het zelf. Bijvoorbeeld 11-01-2011."),
    )
    children = forms.ChoiceField(
        label=gettext_lazy("Kinderen, thuis of ergens anders"),
        choices=_children,
        help_text=gettext_lazy("Weet u het niet? Dat mag."),
    )
    expected_on = LocalDateField(
        label=gettext_lazy("Wanneer komt zij vrij, denkt u?"),
        required=False,
        help_text=gettext_lazy("Een schatting is genoeg. U kunt de datum later wijzigen."),
    )
    expected_source = forms.ChoiceField(
        label=gettext_lazy("Van wie weet u dat?"), required=False, choices=[*words.SOURCES.items()]
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Taal"),
        required=False,
        choices=[("", gettext_lazy("Weet ik niet")), *words.LANGUAGES.items()],
        help_text=gettext_lazy("Waarin praat zij het liefst?"),
    )
    wish = NoteField(
        label=gettext_lazy("Wat wil zij zelf?"),
        required=False,
        limit=1000,
        rows=3,
        help_text=gettext_lazy("In haar woorden. Schrijf niets over het delict of over ziekte."),
    )
    call_back = LineField(
        label=gettext_lazy("Hoe bereiken wij u?"),
        required=False,
        limit=120,
        help_text=gettext_lazy("Uw toestel of werkadres, als wij iets willen vragen."),
    )

    def __init__(
        self,
        *args: Any,
        prisons: Sequence[tuple[str, str]] = (),
        units: Sequence[str] = (),
        channel: Channel | None = None,
        is_later: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.way = channel
        self._choose("prison", [*prisons] if len(prisons) > 1 else [])
        self._choose("channel", [(code, words.CHANNELS[code]) for code in words.OWN_CHANNELS if not channel])
        if units:
            names = [("", _("Kies")), *((name, name) for name in units)]
            self.fields["unit"] = forms.ChoiceField(label=gettext_lazy("Afdeling"), choices=names)
        for field in self.fields.values() if is_later else ():
            field.required = False

    def _choose(self, name: str, choices: list[Any]) -> None:
        """Ask a choice only of who has one."""
        if choices:
            self.fields[name].choices = choices  # type: ignore[attr-defined]  # both are choice fields
        else:
            del self.fields[name]

    @staticmethod
    def initial_of(answers: Answers) -> dict[str, Any]:
        """Give what was written before, for the form."""
        written = vars(answers)
        children = str(answers.children_count or answers.children or "")
        return written | {"birth": answers.born_on or answers.birth_year, "children": children}

    def to_command(self) -> Answers:
        """Give the answers as they were written."""
        told = dict(self.cleaned_data)
        kept = {name: told[name] for name in told if name in Answers.__dataclass_fields__}
        kept |= _birth(told["birth"]) | _brood(told["children"])
        kept["expected_source"] = told["expected_source"] if told["expected_on"] else ""
        kept["channel"] = self.way or Channel(told.get("channel") or Channel.OTHER)
        return Answers(**kept)


def _birth(written: date | int | None) -> dict[str, Any]:
    """Give a day with its year, or only a year."""
    if isinstance(written, date):
        return {"born_on": written, "birth_year": written.year}
    return {"born_on": None, "birth_year": written}


def _brood(written: str) -> dict[str, Any]:
    """Give what is known of her children: a number, that there are some, or that nobody knows."""
    if written.isdigit():
        return {"children": Children.NUMBER, "children_count": int(written)}
    return {"children": Children(written) if written else None, "children_count": None}


class CheckForm(HouseForm):
    """What the referrer leaves out after all, before sending."""

    struck = forms.MultipleChoiceField(
        required=False,
        choices=[(name, name) for name in OPTIONAL],
        widget=forms.CheckboxSelectMultiple,
        label=gettext_lazy("Niet meesturen"),
    )

    def to_command(self) -> tuple[str, ...]:
        """Give the names of the answers to leave out."""
        return tuple(self.cleaned_data["struck"])


class QuestionForm(HouseForm):
    """A question to the referrer."""

    weighed: ClassVar[tuple[str, ...]] = ("question",)
    sees: ClassVar[dict[str, Any]] = {"question": gettext_lazy("De verwijzer leest dit.")}
    rule_fields: ClassVar[dict[str, str]] = {"question_missing": "question"}

    question = NoteField(label=gettext_lazy("Wat wilt u weten?"), limit=500, rows=3)

    def to_command(self) -> str:
        """Give the question."""
        return str(self.cleaned_data["question"])


class DeclineForm(HouseForm):
    """Why a referral is not taken on."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Waarom gaat dit niet door?"),
        choices=[*words.DECLINE_REASONS.items()],
        widget=Pick,
        help_text=gettext_lazy("De verwijzer ziet alleen: niet gestart."),
    )

    def to_command(self) -> DeclineReason:
        """Give the reason."""
        return DeclineReason(self.cleaned_data["reason"])


class EndForm(HouseForm):
    """Why no trajectory follows, and until when she wants rest."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Waarom stopt het hier?"), choices=[*words.END_REASONS.items()], widget=Pick
    )
    not_before_on = LocalDateField(
        label=gettext_lazy("Tot wanneer wil zij rust?"),
        required=False,
        help_text=gettext_lazy("Tot die dag vraagt niemand haar opnieuw."),
    )
    rule_fields: ClassVar[dict[str, str]] = {"not_after_talk": "reason"}

    def to_command(self) -> tuple[EndReason, date | None]:
        """Give the reason and the day."""
        return EndReason(self.cleaned_data["reason"]), self.cleaned_data["not_before_on"]


class AttachForm(HouseForm):
    """In which dossier this referral belongs."""

    dossier = forms.UUIDField(widget=forms.HiddenInput)

    def to_command(self) -> UUID:
        """Give the dossier."""
        found: UUID = self.cleaned_data["dossier"]
        return found
