"""What the pages say of a fact, and what the forms take, without a browser."""

from datetime import date, time
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from gib.core.kernel.rules import RuleBroken
from gib.core.ui import words
from gib.core.ui.states import STATES
from gib.core.ui.tables import Cell
from gib.people.partners import forms, pages, wording
from gib.people.partners.actions import ProviderFacts, RuleFacts, TermFacts
from gib.people.partners.domain import Confirmable, Mark, Regime, VisitKind
from gib.people.partners.domain.register import RegisterDiff
from gib.people.partners.models import (
    AllowanceTariff,
    CareProvider,
    KilometreRate,
    LegalParameter,
    Municipality,
    PlannedChange,
    Prison,
    SafetyRegion,
    VisitingRule,
)

DAY = date(2011, 1, 11)
TOKEN = "7d444840-9dc0-11d1-b245-5ffdce74fad2"


@pytest.fixture(autouse=True)
def that_day() -> None:
    words.set_today(DAY)


def text(cell: Any) -> str:
    return cell.text if isinstance(cell, Cell) else str(cell)


@pytest.mark.parametrize(
    ("start", "end", "said", "state"),
    [
        (None, None, "altijd", "current"),
        (DAY, None, "vanaf di 11 jan", "current"),
        (None, DAY, "tot di 11 jan", "over"),
        (date(2010, 1, 1), date(2012, 1, 1), "vanaf vr 1 jan 2010 tot zo 1 jan 2012", "current"),
        (date(2011, 1, 12), None, "vanaf wo 12 jan", "later"),
        (date(2009, 1, 1), date(2010, 1, 1), "vanaf do 1 jan 2009 tot vr 1 jan 2010", "over"),
    ],
)
def test_a_fact_says_its_days_and_how_it_stands(start: Any, end: Any, said: str, state: str) -> None:
    row = Municipality(code="0001", name="Proefdorp", valid_from=start, valid_to=end)
    assert pages.days(row) == said
    assert pages.standing(row, DAY).state == f"partners.{state}"


@pytest.mark.parametrize(
    ("mark", "confirmed", "state"),
    [
        *((mark, DAY, "confirmed") for mark in Mark),
        *((mark, None, "read" if mark == Mark.READ else "unconfirmed") for mark in Mark),
    ],
)
def test_a_fact_says_whether_somebody_stands_for_it(mark: Mark, confirmed: date | None, state: str) -> None:
    row = Prison(code="XXX", mark=mark, confirmed_on=confirmed)
    assert pages.trust(row).state == f"partners.{state}" in STATES
    offered = pages.confirming(Confirmable.PRISON, row, True).url
    assert bool(offered) is (state == "unconfirmed")
    assert pages.confirming(Confirmable.PRISON, row, False) == Cell()


def test_letters_are_links_that_keep_the_day() -> None:
    chips = pages.letters("'AZ", "a", "01-01-2010")
    assert [chip.is_current for chip in chips] == [False, True, False]
    assert chips[0].url == "?letter=%27&op=01-01-2010"
    assert pages.letters("A", "", "")[0].url == "?letter=A"


def test_a_rule_is_said_in_full_or_as_far_as_it_is_known() -> None:
    prison = Prison(code="XXX", name="P.I. Proefdorp")
    bare = VisitingRule(pk=1, prison=prison, kind=VisitKind.REGULAR)
    assert [text(cell) for cell in pages.rule_table([bare], False).rows[0][:7]] == [
        *("Gewoon bezoek", "niet bekend", "3 volwassenen"),
        *("onder 12 jaar", "vanaf 14 jaar", "7 dagen eerder", "altijd"),
    ]
    full = VisitingRule(
        pk=2,
        prison=prison,
        kind=VisitKind.PARENT_CHILD,
        regime=Regime.OPEN,
        weekday=2,
        start=time(9, 30),
        end=time(11),
        max_children=0,
    )
    said = [text(cell) for cell in pages.rule_table([full], True).rows[0]]
    assert said[:3] == ["Ouder-kindbezoek, Open", "Woensdag 09:30-11:00", "3 volwassenen, 0 kinderen"]
    assert said[-2:] == ["Bevestig", "Beëindig"]
    full.end = None
    assert text(pages.rule_table([full], True).rows[0][1]) == "Woensdag"


def test_a_difference_is_a_row_per_municipality_and_change() -> None:
    diff = RegisterDiff(added=("0001",), ended=("0002",), renamed=("0003",), moved=("0003", "0004"))
    table = pages.diff_table(diff, {"0001": "Proefdorp"})
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["Proefdorp", "0001", "Komt erbij"],
        ["0002", "0002", "Eindigt"],
        ["0003", "0003", "Krijgt een andere naam"],
        ["0003", "0003", "Krijgt een andere dag of opvolger"],
        ["0004", "0004", "Krijgt een andere dag of opvolger"],
    ]


def test_a_term_of_an_installation_itself_is_called_by_its_key() -> None:
    row = LegalParameter(key="own_term", value=3, unit="moons", source="besluit", mark=Mark.ASSUMED)
    said = [text(cell) for cell in pages.term_table("x", [row], False).rows[0]]
    assert said == ["own_term", "3 moons", "altijd", "besluit", "", ""]
    assert pages.term_name("triage") == "Antwoord op een signaal"


def test_a_provider_is_a_link_for_who_may_edit() -> None:
    row = CareProvider(pk=5, name="Voorbeeld", kind="housing", website="https://voorbeeld.example")
    mine, theirs = (pages.provider_table([row], may_edit).rows[0] for may_edit in (True, False))
    assert (mine[0].url, theirs[0].url) == ("/zorgaanbieders/5/wijzigen/", "")
    assert [cell.text for cell in mine[1:]] == ["Wonen", "Heel Nederland", "", "https://voorbeeld.example"]


@pytest.mark.django_db
@pytest.mark.parametrize("kind", Confirmable)
def test_every_kind_of_fact_is_told_before_it_is_confirmed(kind: Confirmable, loaded: None) -> None:
    models = {
        Confirmable.REGION: (SafetyRegion, "/gemeenten/"),
        Confirmable.CHANGE: (PlannedChange, "/gemeenten/1696/"),
        Confirmable.PRISON: (Prison, "/inrichtingen/"),
        Confirmable.RULE: (VisitingRule, "/inrichtingen/"),
        Confirmable.TERM: (LegalParameter, "/termijnen/"),
        Confirmable.ALLOWANCE: (AllowanceTariff, "/bedragen/"),
        Confirmable.RATE: (KilometreRate, "/bedragen/"),
    }
    model, page = models[kind]
    row = model.objects.unconfirmed().first()
    assert pages.page_of(kind, row).startswith(page)
    told = pages.fact_rows(kind, row)
    assert len(told) >= 5 and all(label and said for label, said in told)
    assert [label for label, _ in told[-2:]] == ["Bron", "Hoe zeker"]
    assert told[-1][1] == wording.MARKS[row.mark]


@pytest.mark.django_db
def test_a_planned_change_names_who_takes_over(loaded: None) -> None:
    row = PlannedChange.objects.get()
    assert ("Gaat op in", "Hilversum") in pages.fact_rows(Confirmable.CHANGE, row)
    row.successors = "0402+0363"
    assert row.successor_names == "Amsterdam, Hilversum"


@pytest.mark.parametrize(
    ("data", "wanted"),
    [
        ({}, (DAY, {})),
        ({"op": "1-1-2010", "naam": "berg"}, (date(2010, 1, 1), {"naam": "berg"})),
        ({"op": "ooit", "naam": "berg"}, (DAY, {"naam": "berg"})),
        ({"provincie": "Limburg"}, (DAY, {"provincie": "Limburg"})),
        ({"provincie": "Atlantis"}, (DAY, {})),
        ({"naam": "x" * 61, "op": "2010-01-01"}, (date(2010, 1, 1), {})),
    ],
)
def test_a_filter_gives_what_can_be_read(data: dict[str, str], wanted: Any) -> None:
    assert forms.MunicipalityFilter(["Limburg"], data or None).wanted(DAY) == wanted


def provider(**data: Any) -> forms.ProviderForm:
    given = {"token": TOKEN, "name": "Voorbeeld", "kind": "housing"} | data
    return forms.ProviderForm([("0363", "Amsterdam")], [("7", "Twente")], given, initial={"phone": "1"})


def test_the_form_of_a_provider_gives_its_facts() -> None:
    form = provider(municipality="0363", phone=" 2 ", version="3")
    assert form.is_valid()
    assert form.to_command() == ProviderFacts(
        name="Voorbeeld",
        kind="housing",
        municipality_id="0363",
        safety_house_id=None,
        phone="2",
        website="",
        version=3,
    )
    region = provider(safety_house="7")
    assert region.is_valid() and region.to_command().safety_house_id == 7


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"name": ""}, "name"),
        ({"kind": "magic"}, "kind"),
        ({"municipality": "9999"}, "municipality"),
        ({"municipality": "0363", "safety_house": "7"}, "safety_house"),
        ({"website": "javascript:alert(1)"}, "website"),
        ({"phone": "1" * 21}, "phone"),
    ],
)
def test_the_form_of_a_provider_says_which_field_is_wrong(data: dict[str, str], field: str) -> None:
    assert set(provider(**data).errors) == {field}


def test_an_overtaken_form_lays_both_versions_side_by_side() -> None:
    form = provider(phone="2", kind="income")
    form.initial |= {"kind": "housing", "version": 4}
    assert form.is_valid()
    form.refuse(RuleBroken("newer_version"))
    assert form.theirs["Telefoon"] == "1" and form.theirs["Soort hulp"] == "Wonen"
    assert dict(form.mine)["Telefoon"] == "2" and form["version"].value() == 4
    other = provider()
    assert other.is_valid()
    other.refuse(RuleBroken("fact_over"))
    assert other.theirs is None and other.non_field_errors()


RULE = {
    **{"token": TOKEN, "kind": "regular", "max_adults": "3", "accompany_age": "12", "id_age": "14"},
    **{"notice_days": "7", "valid_from": "1-1-2011", "source": "Huisregels"},
}


def test_the_form_of_a_rule_gives_its_facts() -> None:
    form = forms.RuleForm(RULE | {"weekday": "0", "start": "09:00", "end": "10:00", "regime": "open"})
    assert form.is_valid()
    assert form.to_command() == RuleFacts(
        kind="regular",
        regime="open",
        weekday=0,
        start=time(9),
        end=time(10),
        max_adults=3,
        max_children=None,
        accompany_age=12,
        id_age=14,
        notice_days=7,
        valid_from=date(2011, 1, 1),
        source="Huisregels",
    )
    unknown = forms.RuleForm(RULE)
    assert unknown.is_valid() and unknown.to_command().weekday is None


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"max_adults": "-1"}, "max_adults"),
        ({"id_age": "19"}, "id_age"),
        ({"weekday": "7"}, "weekday"),
        ({"start": "10:00", "end": "10:00"}, "end"),
        ({"start": "laat"}, "start"),
        ({"valid_from": "31-02-2011"}, "valid_from"),
        ({"source": ""}, "source"),
    ],
)
def test_the_form_of_a_rule_says_which_field_is_wrong(data: dict[str, str], field: str) -> None:
    assert set(forms.RuleForm(RULE | data).errors) == {field}


def test_the_forms_of_an_end_and_a_term_give_their_commands() -> None:
    end = forms.EndForm({"token": TOKEN, "ends_on": "1-2-11"})
    assert end.is_valid() and end.to_command() == date(2011, 2, 1)
    facts = {"token": TOKEN, "value": "3", "valid_from": "1-2-2011", "source": "Besluit"}
    term = forms.TermForm(facts)
    assert term.is_valid()
    assert term.to_command() == TermFacts(value=3, valid_from=date(2011, 2, 1), source="Besluit")
    yes = forms.ConfirmForm({"token": TOKEN})
    assert yes.is_valid() and yes.to_command() is None
    assert set(forms.TermForm({"token": TOKEN}).errors) == {"value", "valid_from", "source"}


@pytest.mark.parametrize("code", forms.RegisterForm.rule_fields)
def test_what_is_wrong_with_a_register_is_said_at_the_file(code: str) -> None:
    form = forms.RegisterForm({"token": TOKEN}, {"file": SimpleUploadedFile("r.csv", b"\xef\xbb\xbfcode")})
    assert form.is_valid() and form.to_command() == "code"
    form.refuse(RuleBroken(code, municipality="0001", successor="0002", line=3))
    assert list(form.errors) == ["file"]
