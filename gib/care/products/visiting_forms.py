"""A day and an hour for a visit inside: the hours of the prison stand in the form, to choose from."""

from datetime import date
from typing import Any, ClassVar, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gib.care.products.domain.visiting import Moment
from gib.care.products.models.visiting import Offer
from gib.care.products.visiting_words import moment_told, week_told
from gib.core.ui.forms import HouseForm, Pick

#: Between the day and the hour of a choice, as it is sent.
_BETWEEN: Final = " "
_NOT_KNOWN: Final = gettext_lazy(
    "De bezoektijden van deze inrichting zijn hier niet bekend. Vraag eerst na of bezoek dan kan."
)


class VisitingForm(HouseForm):
    """A form with a day and an hour; what is chosen from the hours of the prison goes before them.

    `day_field` and `hour_field` name the two fields that a choice fills.
    """

    day_field: ClassVar[str] = "on"
    hour_field: ClassVar[str] = "at"

    slot = forms.ChoiceField(label=gettext_lazy("Bezoektijden"), required=False, widget=Pick)

    def __init__(self, data: Any = None, *, offer: Offer | None, **kwargs: Any) -> None:
        super().__init__(self._filled(data), **kwargs)
        if offer is not None and offer.hours.rules:
            self._offer(offer)
            return
        del self.fields["slot"]
        if offer is not None:
            hour = self.fields[self.hour_field]
            hour.help_text = f"{str(hour.help_text).removesuffix('.')}. {_NOT_KNOWN}"

    def _filled(self, data: Any) -> Any:
        """Let a choice fill the fields of day and hour."""
        on, _between, at = (data or {}).get("slot", "").partition(_BETWEEN)
        if not at:
            return data
        filled = data.copy()
        filled[self.day_field], filled[self.hour_field] = on, at
        return filled

    def _offer(self, offer: Offer) -> None:
        slot: Any = self.fields["slot"]
        wanted = max(self._wanted() or offer.on, offer.on)
        slot.choices = [*map(_choice, offer.moments(wanted)), ("", _("Een andere tijd"))]
        told = week_told(offer.hours.week_of(wanted))
        slot.help_text = _("Bezoek kan op: %(hours)s.") % {"hours": told} if told else ""

    def _wanted(self) -> date | None:
        """Give the day that was filled in, from which on hours are offered."""
        try:
            found: date | None = self.fields[self.day_field].clean(self[self.day_field].value())
        except ValidationError:
            return None
        return found


def _choice(moment: Moment) -> tuple[str, str]:
    return f"{moment.on}{_BETWEEN}{moment.at:%H:%M}", moment_told(moment)
