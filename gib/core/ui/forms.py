"""Plain forms in one dress: label, hint, error, field; and the few fields this house adds to Django's."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar, Final, cast
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gib.core.kernel.dates import add_months, parse_date
from gib.core.kernel.ids import new_id
from gib.core.kernel.rules import CATALOGUE, RuleBroken
from gib.core.kernel.stamps import Stamp
from gib.core.ui import text_rules, words

MOST_BLOCKS: Final = 6
SHORT_LABEL: Final = 10
NOTE_LIMIT: Final = 4000
_AHEAD_MONTHS: Final = 600
_EARLIEST: Final = 1900
FILL_THIS: Final = gettext_lazy("Vul dit nog in.")
OPEN_AGAIN: Final = gettext_lazy("Laad deze pagina opnieuw en verstuur nog eens.")
TICK_THIS: Final = gettext_lazy("Zet hier een vinkje als dit klopt.")


def sentence(broken: RuleBroken) -> str:
    """Give the Dutch sentence of a broken rule, filled with its facts."""
    facts = {name: words.day(fact) if isinstance(fact, date) else fact for name, fact in broken.facts.items()}
    return _(CATALOGUE[broken.code]).format(**facts)


@dataclass(frozen=True)
class Option:
    """One choice of a group: its input, its word, and an icon when the group has pictures."""

    tag: SafeString
    label: str
    icon: str = ""


class HouseField(BoundField):
    """A field as the templates see it."""

    @property
    def sees(self) -> str:
        """Who reads what is written here; empty for most fields."""
        return str(getattr(self.form, "sees", {}).get(self.name, ""))

    @property
    def shape(self) -> str:
        """Say how the field is drawn: as blocks, as a list of ticks, as one tick or as an input."""
        if self.widget_type == "checkbox":
            return "tick"
        if self.widget_type in ("radioselect", "pick"):
            return "pick" if len(self._words) <= MOST_BLOCKS else "ticks"
        if self.widget_type in ("toggles", "scale"):
            return "pick"
        return "ticks" if getattr(self.field.widget, "choices", None) and self.use_fieldset else "input"

    @property
    def is_optional(self) -> bool:
        """Tell whether the label should say that it may stay empty."""
        return not self.field.required and self.shape != "tick" and self.widget_type != "scale"

    @property
    def has_long_words(self) -> bool:
        """Tell whether the blocks need width for their words."""
        return self.widget_type == "toggles" or any(len(word) > SHORT_LABEL for word in self._words)

    @property
    def _words(self) -> list[str]:
        return [str(label) for _value, label in getattr(self.field.widget, "choices", ())]

    @property
    def options(self) -> list[Option]:
        """The choices of a group."""
        icons = getattr(self.field.widget, "icons", {})
        return [
            Option(widget.tag(), widget.choice_label, icons.get(str(widget.data["value"]), ""))
            for widget in self.subwidgets
        ]

    @property
    def first_id(self) -> str:
        """Where the list of errors should send the reader."""
        return f"{self.auto_id}_0" if self.use_fieldset else str(self.id_for_label)

    @property
    def shown(self) -> str:
        """What is filled in, as words."""
        return self._worded(self.value())

    @property
    def kept(self) -> str:
        """What the form began with, as words."""
        return self._worded(self.field.prepare_value(self.initial))

    def _worded(self, value: Any) -> str:
        if isinstance(self.field, forms.BooleanField):
            return _("Ja") if value else _("Nee")
        names = {str(key): str(label) for key, label in getattr(self.field.widget, "choices", ())}
        values = value if isinstance(value, list) else [value or ""]
        return ", ".join(names.get(str(one), str(one)) for one in values)

    def told(self, error: str) -> str:
        """Say an error away from its field: with the label, unless that is hidden or a long promise."""
        return (
            error if self.is_hidden or self.shape == "tick" else f"{str(self.label).rstrip('?: ')}: {error}"
        )

    @property
    def aria_describedby(self) -> str | None:
        """The ids of the error, the hint and the line on who reads this, in that order."""
        if self.is_hidden or not self.auto_id:
            return None
        parts = {"error": self.errors, "helptext": self.help_text, "sees": self.sees}
        return " ".join(f"{self.auto_id}_{part}" for part, text in parts.items() if text) or None

    def build_widget_attrs(self, attrs: Any, widget: Any = None) -> dict[str, Any]:
        """Give inputs the look of the house; choices and ticks have their own."""
        built: dict[str, Any] = super().build_widget_attrs(attrs, widget)
        known = (widget or self.field.widget).attrs.get("class", "")
        if self.shape == "input" and not self.is_hidden:
            built["class"] = f"input {known}".strip()
        return built


class Renderer(TemplatesSetting):
    """Draws every form and field with the templates of the house."""

    form_template_name = "ui/forms/form.html"
    field_template_name = "ui/forms/field.html"
    bound_field_class = HouseField


class Pick(forms.RadioSelect):
    """Two to six choices as blocks, each with a picture when `icons` maps its value to one."""

    def __init__(self, icons: Mapping[str, str] | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.icons = dict(icons or {})


class Scale(forms.RadioSelect):
    """The numbers of a scale as large blocks, with one more to leave the question open."""


class Toggles(forms.CheckboxSelectMultiple):
    """Any number of choices as blocks to press: a tap puts one on or off."""


class LocalDateField(forms.Field):
    """A day as people write it: 27-3-81, 27/3/1981 or 1981-03-27.

    Args:
        past: refuse a day after today, as for a birth; two digits of a year then mean a year gone by.
    """

    widget = forms.TextInput

    def __init__(self, *, past: bool = False, **kwargs: Any) -> None:
        self.past = past
        kwargs.setdefault("help_text", gettext_lazy("Bijvoorbeeld 27-03-1991") if past else "")
        super().__init__(**kwargs)
        self.widget.attrs |= {"class": "w-s", "inputmode": "numeric", "autocomplete": "off"}

    def to_python(self, value: Any) -> date | None:
        """Read the day.

        Raises:
            ValidationError: it cannot be read, does not exist, lies before 1900 or more than fifty years
                ahead, or in the future where it may not.
        """
        if value in self.empty_values or isinstance(value, date):
            return value or None
        latest = words.today()
        try:
            on = parse_date(str(value), latest if self.past else add_months(latest, _AHEAD_MONTHS))
        except RuleBroken as broken:
            raise ValidationError(sentence(broken), code=broken.code) from broken
        self._check(on, latest)
        return on

    def _check(self, on: date, latest: date) -> None:
        if self.past and on > latest:
            raise ValidationError(_("Deze datum ligt in de toekomst. Kijk het jaar na."), code="future")
        if not _EARLIEST <= on.year <= latest.year + _AHEAD_MONTHS // 12:
            raise ValidationError(_("Dit jaar kan niet kloppen. Kijk het na."), code="year")

    def prepare_value(self, value: Any) -> Any:
        """Show a day the way it is written here."""
        return f"{value:%d-%m-%Y}" if isinstance(value, date) else value


class PartsField(forms.DecimalField):
    """A number with decimals as people write it, with a comma or a point; its value counts whole parts.

    Args:
        decimals: how many: with two, "3,50" becomes 350, as cents of euros are counted.
        most: the largest whole number.
    """

    def __init__(self, *, decimals: int, most: int, least: int = 0, **kwargs: Any) -> None:
        self.parts = 10**decimals
        digits = len(str(most)) + decimals
        super().__init__(
            min_value=least, max_value=most, decimal_places=decimals, max_digits=digits, **kwargs
        )
        self.widget = forms.TextInput(attrs={"class": "w-s", "inputmode": "decimal", "autocomplete": "off"})

    def to_python(self, value: Any) -> Any:
        """Read the number, whichever sign stands before the decimals."""
        return super().to_python(value.replace(",", ".") if isinstance(value, str) else value)

    def clean(self, value: Any) -> Any:
        """Give the number in whole parts, or nothing."""
        read: Decimal | None = super().clean(value)
        return None if read is None else int(read * self.parts)

    def prepare_value(self, value: Any) -> Any:
        """Show counted parts the way people write them; whole numbers without decimals."""
        if not isinstance(value, int):
            return value
        whole, rest = divmod(value, self.parts)
        return f"{whole},{rest:0{len(str(self.parts)) - 1}}" if rest else str(whole)


class NoteField(forms.CharField):
    """A text in somebody's own words: cleaned, limited, and without a citizen service number."""

    widget: type[forms.Widget] = forms.Textarea

    def __init__(self, *, limit: int = NOTE_LIMIT, rows: int = 4, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.limit = limit
        self.widget.attrs["rows"] = rows

    def to_python(self, value: Any) -> str:
        """Clean the text.

        Raises:
            ValidationError: it is too long or holds a citizen service number.
        """
        try:
            return text_rules.clean(str(super().to_python(value)), self.limit, str(self.label or ""))
        except RuleBroken as broken:
            raise ValidationError(sentence(broken), code=broken.code) from broken


class LineField(NoteField):
    """A short text on one line, such as a name."""

    widget = forms.TextInput

    def __init__(self, *, limit: int = 120, **kwargs: Any) -> None:
        super().__init__(limit=limit, **kwargs)
        self.widget.attrs.pop("rows", None)


class HouseForm(forms.Form):
    """The base of every form: a token against sending twice, rules as errors, texts that are weighed.

    `rule_fields` maps the code of a broken rule to the field it is about; `sees` maps a field to who reads
    it; `weighed` names the texts in which a sensitive word asks for a reason (`words_reason`).
    """

    rule_fields: ClassVar[Mapping[str, str]] = {}
    sees: ClassVar[Mapping[str, str]] = {}
    weighed: ClassVar[tuple[str, ...]] = ()
    error_css_class = "has-error"

    token = forms.UUIDField(
        widget=forms.HiddenInput,
        initial=new_id,
        error_messages={"required": OPEN_AGAIN, "invalid": OPEN_AGAIN},
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    words_reason = NoteField(
        limit=300,
        rows=2,
        required=False,
        label=gettext_lazy("Waarom is dit nodig?"),
        widget=forms.HiddenInput,
    )
    theirs: Mapping[str, str] | None = None

    def full_clean(self) -> None:
        """Check what was filled in; also fields that a form made for itself say it in our words."""
        for field in self.fields.values():
            if field.error_messages["required"] == forms.Field.default_error_messages["required"]:
                is_tick = isinstance(field, forms.BooleanField)
                field.error_messages["required"] = TICK_THIS if is_tick else FILL_THIS
        super().full_clean()

    def to_command(self) -> Any:
        """Give what was filled in as a frozen dataclass, for one action.

        Raises:
            NotImplementedError: the form of a slice says how.
        """
        raise NotImplementedError

    def clean(self) -> dict[str, Any]:
        """Ask for a reason when a weighed text names something sensitive."""
        cleaned = super().clean() or self.cleaned_data
        text = " ".join(str(cleaned.get(name, "")) for name in self.weighed)
        topics = text_rules.sensitive_topics(text)
        if topics and not cleaned.get("words_reason"):
            self._ask_reason(topics)
        return cleaned

    def _ask_reason(self, topics: list[str]) -> None:
        widget = forms.Textarea(attrs={"rows": 2})
        self.fields["words_reason"].widget = widget
        told = _("Dit gaat over %(topics)s. Is dat nodig? Schrijf waarom, of haal het weg.")
        self.add_error("words_reason", told % {"topics": ", ".join(_(topic) for topic in topics)})

    def refuse(self, broken: RuleBroken) -> None:
        """Turn a broken rule into an error of this form, and keep what somebody else wrote meanwhile."""
        field = self.rule_fields.get(broken.code)
        self.add_error(field if field in self.fields else None, sentence(broken))
        if broken.code == "newer_version":
            self.theirs = {str(field.label): field.kept for field in self.edited}
            # Choosing what is written here means: over the version that is shown beside it, and no newer one.
            data: Any = self.data
            self.data = data = data.copy()
            data[self.add_prefix("version")] = self["version"].initial

    @property
    def edited(self) -> list[HouseField]:
        """The fields in which something else is filled in than the form began with: than what is kept now."""
        seen = cast(Iterable[HouseField], self.visible_fields())
        return [field for field in seen if field.name in self.changed_data]

    @property
    def mine(self) -> list[tuple[str, str]]:
        """What was filled in here, to lay beside another version: only what differs there."""
        return [(str(field.label), field.shown) for field in self.edited]

    @property
    def problems(self) -> list[tuple[str, str]]:
        """Every error with the id of its field; an error of the whole form has no id."""
        found = [("", str(error)) for error in self.non_field_errors()]
        for bound in cast(Iterable[HouseField], self):
            place = "" if bound.is_hidden else bound.first_id
            found += [(place, bound.told(str(error))) for error in bound.errors]
        return found

    @property
    def stamp(self) -> Stamp:
        """From which page this comes, and why something sensitive is written down."""
        told = self.cleaned_data
        return Stamp(version=told["version"], token=told["token"], reason=told["words_reason"])

    @property
    def sent_token(self) -> UUID | None:
        """The token that came along, once the form is valid."""
        return self.cleaned_data.get("token")


class ActForm(HouseForm):
    """A button and nothing else; there may be many on a page, so it has no ids."""

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id=False)

    def to_command(self) -> None:
        """There is nothing to give."""
