"""The questions of an intake, section by section, and those about its talks."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gib.care.intake import domain, words
from gib.care.intake.domain import Area, Cause, Choice, Section, Why
from gib.care.referral.words import LANGUAGES
from gib.core.ui.forms import HouseForm, LineField, LocalDateField, NoteField, Pick
from gib.people.families.domain.codes import Place
from gib.people.families.domain.consent import Answer
from gib.people.families.wording import LANGUAGES as CONSENT_LANGUAGES
from gib.people.partners.domain import BRANDS, Product


class NotesForm(HouseForm):
    """One text of a section."""

    weighed: ClassVar[tuple[str, ...]] = ("text",)
    sees: ClassVar[dict[str, Any]] = {"text": gettext_lazy("U, uw vervanger en zij zelf lezen dit.")}

    text = NoteField(label=gettext_lazy("Wat vertelt zij?"), required=False, rows=6)

    def to_command(self) -> domain.Note:
        """Give the text."""
        return domain.Note(text=self.cleaned_data["text"], stamp=self.stamp)


class WhoForm(NotesForm):
    """How to speak with her."""

    field_order = ("languages", "needs_interpreter", "text")
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Welke talen spreekt zij?"),
        choices=[*LANGUAGES.items()],
        widget=forms.CheckboxSelectMultiple,
    )
    needs_interpreter = forms.BooleanField(label=gettext_lazy("Zij wil een tolk"), required=False)

    def to_command(self) -> domain.Who:  # type: ignore[override]  # a section of its own, with a text besides
        """Give languages, interpreter and text."""
        told = self.cleaned_data
        return domain.Who(
            languages=tuple(told["languages"]),
            needs_interpreter=told["needs_interpreter"],
            text=told["text"],
            stamp=self.stamp,
        )


def _marks() -> list[tuple[str, str]]:
    ends = {0: _("0, heel slecht"), domain.HIGHEST_MARK: _("5, goed")}
    marks = range(domain.HIGHEST_MARK + 1)
    return [("", _("Niet besproken")), *((str(mark), ends.get(mark, str(mark))) for mark in marks)]


class MarksForm(HouseForm):
    """Her own mark and her words for each area of one section."""

    areas: ClassVar[tuple[Area, ...]] = domain.LIFE_AREAS
    rule_fields: ClassVar[dict[str, str]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for area in self.areas:
            name = words.AREAS[area]
            self.fields[f"mark_{area}"] = forms.TypedChoiceField(
                label=_("%(area)s: haar cijfer") % {"area": name},
                choices=_marks,
                coerce=int,
                empty_value=None,
                required=False,
            )
            self.fields[f"note_{area}"] = NoteField(
                label=_("%(area)s: in haar woorden") % {"area": name}, limit=1000, rows=2, required=False
            )
        self.weighed = tuple(f"note_{area}" for area in self.areas)  # type: ignore[misc]  # per section

    def pairs(self) -> Iterable[tuple[Any, Any]]:
        """Give the two fields of each area, for the page."""
        return [(self[f"mark_{area}"], self[f"note_{area}"]) for area in self.areas]

    def to_command(self) -> domain.Needs:
        """Give what she said about each area."""
        told = self.cleaned_data
        said = {
            area: domain.Said(mark=told[f"mark_{area}"], note=told[f"note_{area}"]) for area in self.areas
        }
        return domain.Needs(said=said, stamp=self.stamp)


class BaselineForm(MarksForm):
    """Her own mark for each of the five basic conditions."""

    areas: ClassVar[tuple[Area, ...]] = domain.CONDITIONS


class WishesForm(HouseForm):
    """At most three wishes, in her words."""

    weighed: ClassVar[tuple[str, ...]] = ("wish_1", "wish_2", "wish_3")
    wish_1 = NoteField(label=gettext_lazy("Wat wil zij het liefst?"), limit=300, rows=2, required=False)
    wish_2 = NoteField(label=gettext_lazy("En daarna?"), limit=300, rows=2, required=False)
    wish_3 = NoteField(label=gettext_lazy("En nog iets?"), limit=300, rows=2, required=False)

    def to_command(self) -> domain.Wishes:
        """Give her wishes in their order."""
        return domain.Wishes(words=[self.cleaned_data[name] for name in self.weighed], stamp=self.stamp)


class ProductsForm(HouseForm):
    """What she says to each product."""

    rule_fields: ClassVar[dict[str, str]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        not_offered, no_reason = [("", _("Niet besproken"))], [("", _("Kies"))]
        for product in Product:
            self.fields[f"choice_{product}"] = forms.ChoiceField(
                label=BRANDS[product], choices=[*not_offered, *words.CHOICES.items()], required=False
            )
            self.fields[f"why_{product}"] = forms.ChoiceField(
                label=_("%(product)s: waarom niet?") % {"product": BRANDS[product]},
                choices=[*no_reason, *words.WHYS.items()],
                required=False,
            )

    def pairs(self) -> Iterable[tuple[Any, Any]]:
        """Give the two fields of each product, for the page."""
        return [(self[f"choice_{product}"], self[f"why_{product}"]) for product in Product]

    def clean(self) -> dict[str, Any]:
        """Ask why beside the product that she does not want."""
        told = super().clean()
        for product in Product:
            if told.get(f"choice_{product}") == Choice.DECLINED and not told.get(f"why_{product}"):
                self.add_error(f"why_{product}", _("Kies waarom, of kies dat zij het niet zegt."))
        return told

    def to_command(self) -> domain.Products:
        """Give what was offered and what she said."""
        told = self.cleaned_data
        talked = {
            product: domain.Talked(
                choice=Choice(told[f"choice_{product}"]),
                why=Why(told[f"why_{product}"]) if told[f"why_{product}"] else None,
            )
            for product in Product
            if told[f"choice_{product}"]
        }
        return domain.Products(talked=talked, stamp=self.stamp)


FORMS: dict[Section, type[HouseForm]] = {
    Section.WHO: WhoForm,
    Section.CHILDREN: NotesForm,
    Section.NEEDS: MarksForm,
    Section.BASELINE: BaselineForm,
    Section.WISHES: WishesForm,
    Section.HELPERS: NotesForm,
    Section.AGREEMENTS: NotesForm,
    Section.PRODUCTS: ProductsForm,
}


class TalkForm(HouseForm):
    """When and where a talk is."""

    rule_fields: ClassVar[dict[str, str]] = {"talk_in_past": "planned_on", "not_before": "planned_on"}

    planned_on = LocalDateField(label=gettext_lazy("Op welke dag?"))
    planned_time = forms.TimeField(
        label=gettext_lazy("Hoe laat?"), required=False, widget=forms.TimeInput(attrs={"type": "time"})
    )
    place = LineField(label=gettext_lazy("Waar?"), limit=80, required=False)

    def to_command(self) -> domain.NewTalk:
        """Give the talk."""
        told = self.cleaned_data
        return domain.NewTalk(
            planned_on=told["planned_on"], planned_time=told["planned_time"], place=told["place"]
        )


class HeldForm(HouseForm):
    """On which day a talk was held."""

    rule_fields: ClassVar[dict[str, str]] = {"talk_not_today": "held_on"}
    held_on = LocalDateField(label=gettext_lazy("Op welke dag was het gesprek?"), past=True)

    def to_command(self) -> Any:
        """Give the day."""
        return self.cleaned_data["held_on"]


class CauseForm(HouseForm):
    """Why a talk or an intake did not go on."""

    cause = forms.ChoiceField(
        label=gettext_lazy("Waarom ging het niet door?"), choices=[*words.CAUSES.items()], widget=Pick
    )

    def to_command(self) -> Cause:
        """Give the cause."""
        return Cause(self.cleaned_data["cause"])


class RefuseForm(HouseForm):
    """Until when she wants rest."""

    rule_fields: ClassVar[dict[str, str]] = {"not_before_in_past": "not_before_on"}
    not_before_on = LocalDateField(
        label=gettext_lazy("Tot wanneer wil zij rust?"),
        required=False,
        help_text=gettext_lazy("Tot die dag vraagt niemand haar opnieuw. Leeg mag ook."),
    )

    def to_command(self) -> Any:
        """Give the day, if she named one."""
        return self.cleaned_data["not_before_on"]


class ConsentForm(HouseForm):
    """Her yes or no to support, as she says it."""

    rule_fields: ClassVar[dict[str, str]] = {
        "staff_present": "staff_absent",
        "consent_already_asked": "language",
    }
    says = forms.ChoiceField(
        label=gettext_lazy("Wat zegt zij?"),
        choices=[("yes", gettext_lazy("Ja")), ("no", gettext_lazy("Nee"))],
        widget=Pick,
    )
    language = forms.ChoiceField(
        label=gettext_lazy("In welke taal las u de tekst voor?"),
        choices=[(code, LANGUAGES[code]) for code in CONSENT_LANGUAGES],
    )
    place = forms.ChoiceField(
        label=gettext_lazy("Waar was dat?"),
        choices=[
            (Place.PRISON, gettext_lazy("In de inrichting")),
            (Place.HOME, gettext_lazy("Thuis")),
            (Place.OFFICE, gettext_lazy("Op kantoor")),
            (Place.PHONE, gettext_lazy("Aan de telefoon")),
        ],
    )
    staff_absent = forms.BooleanField(
        label=gettext_lazy("Er was geen medewerker van de inrichting bij."), required=False
    )

    def to_command(self) -> tuple[Answer | None, str]:
        """Give her answer, empty for no, and the language."""
        told = self.cleaned_data
        answer = Answer(place=Place(told["place"]), staff_absent=told["staff_absent"])
        return (answer if told["says"] == "yes" else None), told["language"]
