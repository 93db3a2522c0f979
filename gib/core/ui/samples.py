"""Invented content for the gallery: every component once, no real person anywhere."""

from datetime import date
from typing import Any, Final

from django import forms

from gib.core.kernel.ids import new_id
from gib.core.kernel.rules import RuleBroken
from gib.core.ui import charts, states, tables
from gib.core.ui.forms import HouseForm, LineField, LocalDateField, NoteField, Pick
from gib.core.ui.slots import Task

COLOURS: Final = (
    "page",
    "surface",
    "sunken",
    "linen",
    "line",
    "line-strong",
    "ink-soft",
    "ink",
    "accent",
    "accent-soft",
    "good",
    "busy",
    "warn",
    "stop",
    "rest",
)
_FACES: Final = {"1": "f1", "2": "f2", "3": "f3", "4": "f4", "5": "f5"}


class SampleForm(HouseForm):
    """Every kind of field once."""

    sees = {"wish": "U, Truus en Samira lezen dit."}
    weighed = ("wish",)

    first_name = LineField(label="Roepnaam", help_text="Zoals zij genoemd wil worden", limit=40)
    born_on = LocalDateField(label="Geboortedatum", past=True)
    prison = forms.ChoiceField(label="P.I.", choices=[("n", "Nieuwersluis"), ("t", "Ter Peel")])
    wish = NoteField(label="Wat wil zij zelf?", help_text="In haar woorden.", required=False, limit=400)
    duration = forms.ChoiceField(
        label="Hoe lang, in uren", choices=[("30", "½"), ("60", "1"), ("120", "2"), ("240", "4")], widget=Pick
    )
    mood = forms.ChoiceField(
        label="Hoe ging het",
        choices=[("1", "Zwaar"), ("2", "Stroef"), ("3", "Gewoon"), ("4", "Fijn"), ("5", "Heel fijn")],
        widget=Pick(_FACES),
        required=False,
    )
    share = forms.MultipleChoiceField(
        label="Toestemming voor",
        choices=[("wijk", "Delen met het wijkteam"), ("school", "Delen met school")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    knows = forms.BooleanField(label="Zij weet dit en wil het zelf.")

    def to_command(self) -> dict[str, Any]:
        """Give what was filled in; the gallery does nothing with it."""
        return self.cleaned_data


def wrong_form() -> SampleForm:
    """Make a form that was sent with mistakes, while somebody else saved another version."""
    data = {
        "token": str(new_id()),
        "first_name": "Mehret",
        "born_on": "31-02-1991",
        "prison": "n",
        "duration": "60",
        "wish": "Een huis.",
    }
    kept = data | {"wish": "Werk vinden.", "born_on": date(1991, 2, 3), "version": 2}
    form = SampleForm({f"fout-{name}": value for name, value in data.items()}, prefix="fout", initial=kept)
    form.is_valid()
    form.refuse(RuleBroken("newer_version"))
    return form


def everything() -> dict[str, Any]:
    """Give the content of the gallery page."""
    return {
        "colours": COLOURS,
        "states": [(key, state) for key, state in states.STATES.items()],
        "form": SampleForm(
            initial={"first_name": "Mehret", "duration": "60", "mood": "4", "share": ["wijk"]}
        ),
        "wrong": wrong_form(),
        "on": date(2010, 12, 2),
        **lists(),
        **drawings(),
    }


def lists() -> dict[str, Any]:
    """Give the rows, tabs and facts of the gallery."""
    return {
        **dossier(),
        "tasks": [
            Task(
                "Denise K.", "Signaal: de stroom gaat donderdag uit.", "#taak", "Beoordeel", "stop", "today"
            ),
            Task("Kelly J.", "Nog geen moedermaatje.", "#taak", "Zoek maatje", "warn", "27 dagen"),
            Task("Samira B.", "Gesprek over huis en papieren.", "#taak", "Open", "busy"),
        ],
        "counts": [(4, "nu", "#taak"), (7, "wacht op mij", "#taak")],
        "figures": [
            {"number": "512", "word": "moeders", "url": "#c1", "note": "met iets in 2010", "tone": "own"},
            {"number": "1.004", "word": "kinderen", "url": "#c1", "note": "", "tone": "own"},
            {"number": "9", "word": "niet gedekt", "url": "#c1", "note": "komende 90 dagen", "tone": "stop"},
        ],
        "facts": [("Naam", "Truus H."), ("Pas", "tot 30 jun 2012")],
        "tabs": [
            {"label": "Tijdlijn", "url": "#tab", "count": 0, "is_current": True},
            {"label": "Plan", "url": "#tab", "count": 3, "is_current": False},
            {"label": "Kinderen", "url": "#tab", "count": 2, "is_current": False},
        ],
        "steps": ["Voorgesteld", "Vrijwilliger zegt ja", "Moeder zegt ja", "Gestart"],
        "good": ["Spreekt Papiaments", "11 km, 25 minuten"],
        "warn": ["VOG loopt af vóór het einde"],
    }


def dossier() -> dict[str, Any]:
    """Give the head of a dossier."""
    return {
        "identity": [
            {"label": "P.I.", "text": "Nieuwersluis", "note": "afdeling C2", "state": ""},
            {"label": "Vrij, verwacht", "text": "wo 12 jan", "note": "nog 41 dagen", "state": ""},
            {"label": "Toestemming", "text": "", "note": "tot 24 feb", "state": "given"},
        ],
        "phases": [
            {"name": "Aangemeld", "when": "3 sep", "what": "door MMD", "is_done": True, "is_current": False},
            {"name": "Intake", "when": "10 sep", "what": "", "is_done": True, "is_current": False},
            {
                "name": "Binnen",
                "when": "sinds 10 sep",
                "what": "Bezoekmoeder",
                "is_done": False,
                "is_current": True,
            },
            {"name": "Naar buiten", "when": "vanaf 1 dec", "what": "", "is_done": False, "is_current": False},
            {"name": "Thuis", "when": "verwacht 12 jan", "what": "", "is_done": False, "is_current": False},
            {"name": "Overgedragen", "when": "nog niet", "what": "", "is_done": False, "is_current": False},
        ],
    }


def drawings() -> dict[str, Any]:
    """Give the table and the charts of the gallery."""
    columns = [
        tables.Column("Vrijwilliger", key="naam", url="?volgorde=-naam", sorted="ascending"),
        tables.Column("Stand"),
        tables.Column("Uren", key="uren", is_number=True, url="?volgorde=uren"),
    ]
    rows: list[list[tables.Cell | str | int]] = [
        [tables.Cell("Ineke S.", url="#tabel"), tables.Cell(state="deployable"), "13½"],
        [tables.Cell("Yvonne L.", url="#tabel"), tables.Cell(state="vog"), "9"],
    ]
    years = [("2008", (31, 12, 19)), ("2009", (38, 14, 14)), ("2010", (43, 11, 9))]
    names = (("ingekocht", "good"), ("in gesprek", "warn"), ("geen", "stop"))
    topics = {"Geld en schulden": 28, "Jeugdhulp": 20, "Psychische hulp": 17, "Wonen": 15, "Inkomen": 10}
    way = {"Aangemeld": 610, "Intake": 512, "Binnen": 486, "Naar buiten": 301, "Thuis": 117, "Over": 61}
    return {
        "table": tables.make("Uren per maand", columns, rows, ["Samen", "", "22½"], "Uren per maand"),
        "bars": charts.bars("Signalen per onderwerp", [charts.Part(*item) for item in topics.items()]),
        "stacked": charts.stacked(
            "Uitkomst per jaar",
            [
                (year, [charts.Part(name, n, tone) for (name, tone), n in zip(names, counts, strict=True)])
                for year, counts in years
            ],
        ),
        "flow": charts.flow("Moeders per fase", [charts.Part(*item) for item in way.items()]),
        "marks": [1, 2, 2, 3, 4],
    }
