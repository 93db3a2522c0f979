"""Forms about talks with volunteers."""

from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy

from gib.core.ui.forms import HouseForm, LocalDateField, NoteField, Pick, Toggles
from gib.people.volunteers.choices import TALKS
from gib.people.volunteers.domain.coaching import Talk, TalkKind
from gib.people.volunteers.models.coaching import NOTE_LIMIT


class TalkForm(HouseForm):
    """With whom, which kind, and on which day."""

    weighed = ("note",)
    sees: ClassVar[dict[str, Any]] = {"note": gettext_lazy("De vrijwilliger en haar coördinator lezen dit.")}
    rule_fields = {
        "coaching_nobody": "who",
        "coaching_gone": "who",
        "coaching_planned": "who",
        "coaching_in_past": "on",
        "coaching_ahead": "on",
    }

    kind = forms.ChoiceField(
        choices=[(str(code), word) for code, word in TALKS.items()],
        initial=TalkKind.COACHING,
        widget=Pick,
        label=gettext_lazy("Wat voor gesprek?"),
    )
    on = LocalDateField(label=gettext_lazy("Welke dag?"))
    who = forms.MultipleChoiceField(required=False, widget=Toggles, label=gettext_lazy("Met wie?"))
    note = NoteField(
        limit=NOTE_LIMIT,
        rows=2,
        required=False,
        label=gettext_lazy("Afspraak in één zin"),
        help_text=gettext_lazy("Niets over een gezin. Dat hoort in het dossier."),
    )

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["who"]
        field.choices = people

    def to_command(self) -> Talk:
        """Give the talk."""
        told = self.cleaned_data
        return Talk(TalkKind(told["kind"]), tuple(map(UUID, told["who"])), told["on"], told["note"])
