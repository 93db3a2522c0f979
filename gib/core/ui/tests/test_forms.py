"""Every field in one dress, and rules as errors."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from gib.core.kernel.rules import CATALOGUE, RuleBroken
from gib.core.ui import words
from gib.core.ui.forms import HouseForm, LineField, LocalDateField, NoteField, PartsField, Pick, sentence

LONG = [("a", "Twee keer per week"), ("b", "Een keer per week")]


class VisitForm(HouseForm):
    rule_fields = {"bsn_in_text": "note"}
    sees = {"note": "U en Truus lezen dit."}
    weighed = ("note",)

    name = LineField(label="Roepnaam", help_text="Zoals zij heet", limit=20)
    born_on = LocalDateField(label="Geboortedatum", past=True, required=False)
    note = NoteField(label="Verslag", required=False, limit=200)
    place = forms.ChoiceField(label="Plaats", choices=[("n", "Nieuwersluis"), ("t", "Ter Peel")])
    mood = forms.ChoiceField(
        label="Hoe ging het",
        choices=[("1", "Zwaar"), ("2", "Fijn")],
        widget=Pick({"1": "f1"}),
        required=False,
    )
    often = forms.ChoiceField(label="Hoe vaak", choices=LONG, widget=forms.RadioSelect, required=False)
    month = forms.ChoiceField(
        label="Maand", choices=[(n, str(n)) for n in range(12)], widget=forms.RadioSelect, required=False
    )
    share = forms.MultipleChoiceField(
        label="Delen", choices=LONG, widget=forms.CheckboxSelectMultiple, required=False
    )
    knows = forms.BooleanField(label="Zij weet dit.")

    def to_command(self) -> dict[str, Any]:
        return self.cleaned_data


@pytest.fixture(autouse=True)
def business_day() -> None:
    words.set_today(date(2011, 1, 11))


def sent(**changes: Any) -> VisitForm:
    data = QueryDict(mutable=True)
    data.update({"token": str(uuid4()), "name": "Mehret", "place": "n", "knows": "on"} | changes)
    return VisitForm(data)


def page_of(form: HouseForm) -> BeautifulSoup:
    html = str(form)
    assert "!!undefined" not in html
    return BeautifulSoup(html, "html5lib")


def test_the_order_is_label_hint_error_field_reader() -> None:
    form = sent(name="", note="BSN 111222333")
    field = page_of(form).find(id="id_name").find_parent(class_="field")
    assert [child.name for child in field.find_all(recursive=False)] == ["label", "p", "p", "input"]
    assert "has-error" in field["class"]
    note = page_of(form).find(id="id_note").find_parent(class_="field")
    assert [" ".join(child.get("class", [])) for child in note.find_all(recursive=False)] == [
        "",
        "error",
        "input",
        "sees",
    ]


def test_the_input_names_what_describes_it_and_each_id_exists() -> None:
    page = page_of(sent(name="", note="BSN 111222333"))
    assert page.find(id="id_name")["aria-describedby"] == "id_name_error id_name_helptext"
    assert page.find(id="id_note")["aria-describedby"] == "id_note_error id_note_sees"
    named = {part for tag in page.select("[aria-describedby]") for part in tag["aria-describedby"].split()}
    assert named
    assert {tag["id"] for tag in page.select("[id]")} >= named


def test_only_a_wrong_field_is_invalid() -> None:
    page = page_of(sent(name=""))
    assert [tag["name"] for tag in page.select("[aria-invalid]")] == ["name"]


def test_what_may_stay_empty_says_so_and_what_must_not_is_required() -> None:
    page = page_of(VisitForm())
    optional = {tag.find_parent(["label", "legend"]).contents[0].strip() for tag in page.select(".opt")}
    assert optional == {"Geboortedatum", "Verslag", "Hoe ging het", "Hoe vaak", "Maand", "Delen"}
    assert page.find(id="id_name").has_attr("required")
    assert not page.find(id="id_note").has_attr("required")


def test_two_to_six_choices_become_blocks_with_pictures_and_more_become_a_list() -> None:
    page = page_of(VisitForm())
    blocks = page.find("input", {"name": "mood"}).find_parent(class_="pick")
    assert [label.get_text(strip=True) for label in blocks.find_all("label")] == ["Zwaar", "Fijn"]
    assert "#i-f1" in blocks.find("use")["href"]
    assert "wide" in page.find("input", {"name": "often"}).find_parent(class_="pick")["class"]
    assert len(page.find("input", {"name": "month"}).find_parent("fieldset").select(".tick")) == 12


def test_ticks_have_a_label_of_their_own_and_groups_a_legend() -> None:
    page = page_of(VisitForm())
    for tick in page.select(".tick"):
        assert tick.find("label")["for"] == tick.find("input")["id"]
    assert (
        page.find("input", {"name": "share"}).find_parent("fieldset").legend.get_text(strip=True)
        == "Delenmag leeg"
    )


def test_every_visible_input_has_one_label() -> None:
    page = page_of(VisitForm())
    for field in page.select("input:not([type=hidden]), select, textarea"):
        labels = page.find_all("label", {"for": field["id"]}) or [field.find_parent("label")]
        assert len(labels) == 1


def test_the_token_is_new_on_every_page() -> None:
    tokens = {page_of(VisitForm()).find("input", {"name": "token"})["value"] for _ in range(3)}
    assert len(tokens) == 3


def test_the_summary_links_to_each_field_in_order() -> None:
    form = sent(name="", often="x", knows="")
    summary = page_of(form).find(class_="summary")
    assert [link["href"] for link in summary.find_all("a")] == ["#id_name", "#id_often_0", "#id_knows"]
    assert summary.h2.get_text() == "3 dingen kloppen nog niet"
    assert "Roepnaam: Vul dit nog in." in summary.get_text()
    assert summary["tabindex"] == "-1"
    page = page_of(form)
    assert all(page.find(id=link["href"][1:]) for link in summary.find_all("a"))


def test_one_error_is_one_thing() -> None:
    assert "Eén ding klopt nog niet" in page_of(sent(knows="")).find(class_="summary").get_text()


def test_a_valid_form_has_no_summary() -> None:
    form = sent()
    assert form.is_valid(), form.errors
    assert page_of(form).find(class_="summary") is None


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("27-03-1981", date(1981, 3, 27)),
        ("27/3/81", date(1981, 3, 27)),
        ("1-2-10", date(2010, 2, 1)),
        ("1-2-12", date(1912, 2, 1)),
        ("1981-03-27", date(1981, 3, 27)),
        (" 27.3.1981 ", date(1981, 3, 27)),
        ("", None),
        (date(2010, 1, 2), date(2010, 1, 2)),
    ],
)
def test_a_birth_as_people_write_it(typed: Any, day: date | None) -> None:
    assert LocalDateField(past=True, required=False).clean(typed) == day


def test_two_digits_of_a_plan_lie_ahead() -> None:
    assert LocalDateField().clean("1-2-12") == date(2012, 2, 1)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("31-02-1991", "Deze dag bestaat niet. Vul een andere dag in, bijvoorbeeld 28-02-1991."),
        ("morgen", "Deze datum kunnen wij niet lezen."),
        ("12-01-2011", "Deze datum ligt in de toekomst. Kijk het jaar na."),
    ],
)
def test_a_day_that_cannot_be(typed: str, told: str) -> None:
    with pytest.raises(ValidationError) as refused:
        LocalDateField(past=True).clean(typed)
    assert refused.value.messages[0].startswith(told)


def test_a_day_is_shown_as_it_is_written_here() -> None:
    page = page_of(VisitForm(initial={"born_on": date(1981, 3, 7)}))
    assert page.find(id="id_born_on")["value"] == "07-03-1981"
    assert not VisitForm({"born_on": "7-3-81"}, initial={"born_on": date(1981, 3, 7)})[
        "born_on"
    ]._has_changed()


def test_a_long_text_says_how_long() -> None:
    form = sent(note="a" * 201)
    assert form.errors["note"] == ["Deze tekst is te lang: 201 tekens. Er passen 200 tekens."]


@pytest.mark.requirement("BSN-02")
@pytest.mark.parametrize("field", ["name", "note"])
def test_no_field_takes_a_citizen_service_number(field: str) -> None:
    assert sent(**{field: "x 111222333"}).errors[field] == [CATALOGUE["bsn_in_text"]]


@pytest.mark.requirement("PRV-12")
def test_a_sensitive_word_asks_for_a_reason() -> None:
    form = sent(note="Zij is zwanger.")
    assert "gezondheid" in form.errors["words_reason"][0]
    assert page_of(form).find("textarea", {"name": "words_reason"}) is not None
    with_reason = sent(note="Zij is zwanger.", words_reason="Zij vroeg om een verloskundige.")
    assert with_reason.is_valid()
    assert with_reason.to_command()["words_reason"] == "Zij vroeg om een verloskundige."


def test_a_form_that_weighs_nothing_asks_nothing() -> None:
    assert sent(name="Diagnose").is_valid()


def test_a_broken_rule_lands_on_its_field_or_on_the_form() -> None:
    form = sent()
    form.is_valid()
    form.refuse(RuleBroken("bsn_in_text"))
    form.refuse(RuleBroken("illegal_move", now="a", to="b"))
    assert form.errors["note"] == [CATALOGUE["bsn_in_text"]]
    assert form.non_field_errors() == [CATALOGUE["illegal_move"]]
    assert form.problems == [
        ("", CATALOGUE["illegal_move"]),
        ("id_note", f"Verslag: {CATALOGUE['bsn_in_text']}"),
    ]


def test_the_facts_fill_the_sentence() -> None:
    assert sentence(RuleBroken("date_impossible", nearest=date(2011, 2, 28))).endswith(
        "bijvoorbeeld ma 28 feb."
    )


def test_two_versions_stand_side_by_side_and_the_next_save_knows_the_newer() -> None:
    form = sent(version="3")
    form.initial |= {"name": "Mehret T.", "place": "Ter Peel", "version": 4}
    form.is_valid()
    form.refuse(RuleBroken("newer_version"))
    page = page_of(form)
    kept = [tag.get_text() for tag in page.select("dd.kept")]
    assert kept == ["Mehret T.", "Ter Peel", "Nee", "Mehret", "Nieuwersluis", "Ja"]
    assert page.find("input", {"name": "version"})["value"] == "4"


def test_a_choice_is_shown_in_words() -> None:
    form = sent()
    form.data.setlist("share", ["a", "b"])
    assert form["share"].shown == "Twee keer per week, Een keer per week"
    assert form["note"].shown == ""


def test_a_form_must_say_what_it_commands() -> None:
    with pytest.raises(NotImplementedError):
        HouseForm().to_command()


def test_a_field_of_parts_stands_in_a_pair() -> None:
    class Period(HouseForm):
        days = forms.SplitDateTimeField(label="Van en tot", widget=forms.SplitDateTimeWidget)
        days.widget.use_fieldset = True

    assert page_of(Period()).find("fieldset").find(class_="pair") is not None


@pytest.mark.parametrize("token", ["", "geen-token"])
def test_a_form_without_its_token_asks_to_open_the_page_again(token: str) -> None:
    assert sent(token=token).problems == [("", "Laad deze pagina opnieuw en verstuur nog eens.")]


@pytest.mark.parametrize(
    ("typed", "cents"), [("3,50", 350), ("3.5", 350), ("12", 1200), ("0,01", 1), (" 7 ", 700), ("", None)]
)
def test_an_amount_is_counted_in_cents(typed: str, cents: int | None) -> None:
    assert PartsField(decimals=2, most=999, required=False).clean(typed) == cents


@pytest.mark.parametrize("typed", ["-1", "1000", "1,005", "drie", "NaN", "1e9", "1.000,50"])
def test_what_is_no_amount_is_refused(typed: str) -> None:
    with pytest.raises(ValidationError):
        PartsField(decimals=2, most=999).clean(typed)


def test_an_amount_is_shown_as_it_is_written_here() -> None:
    euros, kilometres = PartsField(decimals=2, most=999), PartsField(decimals=1, most=999)
    assert [euros.prepare_value(value) for value in (350, 1200, 5, "3,5", None)] == [
        *("3,50", "12", "0,05", "3,5"),
        None,
    ]
    assert [kilometres.prepare_value(value) for value in (425, 420)] == ["42,5", "42"]
