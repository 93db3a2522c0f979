"""What is filled in about a talk halfway or at the end."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from gib.care.products import talk_words as words
from gib.care.products.domain.talks import Going, MatchTalkKind, NewTalk, NextStep, TalkedWith, Wish
from gib.core.ui.forms import HouseForm, LocalDateField, NoteField, Pick


class _TalkForm(HouseForm):
    """When, with whom and how it goes."""

    rule_fields: ClassVar[dict[str, str]] = {"visit_in_future": "held_on", "before_match": "held_on"}
    kind: ClassVar[MatchTalkKind]

    held_on = LocalDateField(label=_("Op welke dag was het gesprek?"))
    talked_with = forms.ChoiceField(label=_("Met wie sprak u?"), choices=[*words.WITH.items()], widget=Pick)
    going = forms.ChoiceField(label=_("Hoe gaat het?"), choices=[*words.GOING.items()], widget=Pick)

    def told(self, **more: Any) -> NewTalk:
        """Give what every talk tells, with what this one adds."""
        said = self.cleaned_data
        return NewTalk(
            kind=self.kind,
            held_on=said["held_on"],
            talked_with=TalkedWith(said["talked_with"]),
            going=Going(said["going"]),
            note=said["note"],
            **more,
        )


def _note() -> NoteField:
    return NoteField(
        required=False,
        limit=2000,
        label=_("Wat wilt u onthouden?"),
        help_text=_("U en uw vervanger lezen dit. De vrijwilliger niet."),
    )


class MidtermForm(_TalkForm):
    """The talk halfway, and what was agreed."""

    kind = MatchTalkKind.MIDTERM

    next_step = forms.ChoiceField(label=_("Wat is afgesproken?"), choices=[*words.NEXT.items()], widget=Pick)
    note = _note()

    def to_command(self) -> NewTalk:
        """Give the talk."""
        return self.told(next_step=NextStep(self.cleaned_data["next_step"]))


class ClosingForm(_TalkForm):
    """The closing talk; when help at home follows, also whether the same person comes there."""

    kind = MatchTalkKind.CLOSING

    her_wish = forms.ChoiceField(
        label=_("Wil de moeder thuis dezelfde vrijwilliger?"), choices=[*words.HERS.items()], widget=Pick
    )
    volunteer_wish = forms.ChoiceField(
        label=_("Gaat de vrijwilliger mee naar huis?"), choices=[*words.THEIRS.items()], widget=Pick
    )
    note = _note()

    def __init__(self, *args: Any, asks_who_comes: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks_who_comes:
            del self.fields["her_wish"], self.fields["volunteer_wish"]

    def to_command(self) -> NewTalk:
        """Give the talk."""
        said = {
            name: Wish(self.cleaned_data[name])
            for name in ("her_wish", "volunteer_wish")
            if name in self.fields
        }
        return self.told(**said)
