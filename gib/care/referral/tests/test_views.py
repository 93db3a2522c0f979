"""The pages of a referral: what the referrer writes and follows, what the coordinator reads and decides."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from gib.care.referral import actions, builders
from gib.care.referral.builders import TUESDAY, Cast, answers
from gib.care.referral.domain import Channel, EndReason, State
from gib.care.referral.tests.kept import all_rows
from gib.care.referral.tests.reader import hidden, text_of, visitor
from gib.people.partners.models import Partner, PrisonUnit

pytestmark = pytest.mark.django_db(databases=["default", "keys", "log"])
WRITTEN = {
    "first_name": "Wendeline",
    "last_name": "Verzonnen",
    "birth": "14-08-1984",
    "unit": "B2",
    "consent_seen_on": "10-01-2011",
    "children": "2",
    "expected_on": "3-2-11",
    "expected_source": "prison",
    "language": "nl",
    "wish": "Ik wil weten hoe het met ze gaat.",
    "call_back": "toestel 17",
}


def write(browser: Any, changes: dict[str, Any] | None = None, act: str = "check", url: str = "") -> Any:
    url = url or reverse("referral:refer")
    page = browser.get(url)
    return browser.post(url, hidden(page) | WRITTEN | (changes or {}) | {"act": act})


def test_from_empty_form_to_number_in_three_pages(house: Cast) -> None:
    browser = visitor(house.mmd)
    sent = write(browser)
    (row,) = all_rows()
    assert sent.url == reverse("referral:check", args=[row.id])
    page = browser.get(sent.url)
    assert "Ik wil weten hoe het met ze gaat." in text_of(page)
    done = browser.post(sent.url, hidden(page))
    assert done.url == reverse("referral:receipt", args=[row.id])
    html = text_of(browser.get(done.url))
    assert row.code in html
    assert "Ontvangen" in html
    assert "Ik wil weten" not in html


def test_nine_answers_of_which_five_must_be_given(house: Cast) -> None:
    form = visitor(house.mmd).get("/aanmelden/").context["form"]
    asked = [field for field in form.visible_fields()]
    required = {field.name for field in asked if field.field.required}
    assert required == {"first_name", "last_name", "birth", "unit", "consent_seen_on", "children"}
    pairs = {"last_name", "expected_source"}
    assert len([field for field in asked if field.name not in pairs]) == 9


def test_an_error_keeps_every_field(house: Cast) -> None:
    answer = write(visitor(house.mmd), {"expected_on": "31-02-2011", "consent_seen_on": ""})
    html = text_of(answer)
    assert answer.status_code == 422
    assert "Deze dag bestaat niet. Vul een andere dag in, bijvoorbeeld 28-02-2011." in html
    kept = {**WRITTEN, "expected_on": "31-02-2011"}
    del kept["consent_seen_on"]
    for name, value in kept.items():
        assert str(answer.context["form"][name].value()) == value
    assert all_rows() == []


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"birth": "14-08-2084"}, "toekomst"),
        ({"birth": "2084"}, "toekomst"),
        ({"birth": "augustus"}, "kunnen wij niet lezen"),
        ({"birth": "1890"}, "Kijk het jaar na"),
        ({"expected_on": "01-01-2011"}, "is al voorbij"),
        ({"consent_seen_on": "12-01-2011"}, "toekomst"),
        ({"children": ""}, "Vul"),
    ],
)
def test_a_wrong_answer_gets_a_clear_sentence(house: Cast, changes: dict[str, str], sentence: str) -> None:
    answer = write(visitor(house.mmd), changes)
    assert answer.status_code == 422
    assert sentence in text_of(answer)


@pytest.mark.parametrize(
    ("birth", "born_on", "year"),
    [("14/8/84", date(1984, 8, 14), 1984), ("1984", None, 1984), ("1984-08-14", date(1984, 8, 14), 1984)],
)
def test_a_birth_is_read_as_people_write_it(house: Cast, birth: str, born_on: date, year: int) -> None:
    write(visitor(house.mmd), {"birth": birth})
    (row,) = all_rows()
    assert (row.born_on, row.birth_year) == (born_on, year)


@pytest.mark.parametrize(
    ("children", "kept"), [("3", ("number", 3)), ("yes", ("yes", None)), ("unknown", ("unknown", None))]
)
def test_children_may_be_a_number_yes_or_unknown(house: Cast, children: str, kept: tuple[str, int]) -> None:
    write(visitor(house.mmd), {"children": children})
    (row,) = all_rows()
    assert (row.children, row.children_count) == kept


@pytest.mark.requirement("BSN-02")
@pytest.mark.parametrize("field", ["wish", "call_back", "first_name", "last_name"])
def test_a_citizen_service_number_is_refused_in_every_text(house: Cast, field: str) -> None:
    answer = write(visitor(house.mmd), {field: "nummer 111222333"})
    assert answer.status_code == 422
    assert "burgerservicenummer" in text_of(answer)
    assert all_rows() == []


@pytest.mark.requirement("PRV-12")
def test_a_sensitive_word_asks_for_a_reason_and_keeps_it(house: Cast) -> None:
    browser = visitor(house.mmd)
    words = {"wish": "Na het delict wil ik rust."}
    answer = write(browser, words)
    assert answer.status_code == 422
    assert "Dit gaat over delict" in text_of(answer)
    sent = write(browser, words | {"words_reason": "haar eigen woorden"})
    assert sent.status_code == 302
    assert all_rows()[0].words_reason == "haar eigen woorden"


@pytest.mark.requirement("PRV-03")
def test_the_form_says_what_it_does_not_ask(house: Cast) -> None:
    html = text_of(visitor(house.mmd).get("/aanmelden/"))
    assert "Geen BSN, geen delict, geen diagnose." in html
    assert "Schrijf niets over het delict of over ziekte." in html


def test_a_half_form_is_kept_for_later_and_found_back(house: Cast) -> None:
    browser = visitor(house.mmd)
    page = browser.get("/aanmelden/")
    kept = browser.post("/aanmelden/", hidden(page) | {"first_name": "Wendeline", "act": "later"})
    assert kept.url == reverse("referral:mine")
    (row,) = all_rows()
    assert (row.state, row.first_name, row.birth_year) == (State.DRAFT, "Wendeline", None)
    assert "Concept" in text_of(browser.get(kept.url))
    again = browser.get(reverse("referral:write_on", args=[row.id]))
    assert again.context["form"]["first_name"].value() == "Wendeline"
    check = browser.get(reverse("referral:check", args=[row.id]))
    assert check.url == reverse("referral:write_on", args=[row.id])
    sent = write(browser, url=again.request["PATH_INFO"])
    assert sent.url == reverse("referral:check", args=[row.id])
    assert len(all_rows()) == 1


def test_what_is_being_written_is_kept_without_leaving_the_page(house: Cast) -> None:
    row = actions.draft(house.mmd, answers(wish=""), now=TUESDAY)
    browser, url = visitor(house.mmd), reverse("referral:keep", args=[row.id])
    page = browser.get(reverse("referral:write_on", args=[row.id]))
    assert f'data-draft="{url}"' in text_of(page)
    assert browser.post(url, hidden(page) | WRITTEN | {"wish": "rust"}).status_code == 204
    assert all_rows()[0].wish == "rust"
    assert browser.post(url, hidden(page) | {"birth": "x"}).status_code == 422
    assert browser.get(url).status_code == 405


def test_what_is_ticked_on_the_check_page_is_not_sent(house: Cast) -> None:
    row = actions.draft(house.mmd, answers(), now=TUESDAY)
    browser, url = visitor(house.mmd), reverse("referral:check", args=[row.id])
    page = browser.get(url)
    assert text_of(page).count("Niet meesturen") == 4
    browser.post(url, hidden(page) | {"struck": ["wish", "call_back"]})
    (sent,) = all_rows()
    assert (sent.state, sent.wish, sent.call_back, sent.language) == ("submitted", "", "", "nl")


def test_sending_twice_sends_once(house: Cast) -> None:
    browser = visitor(house.mmd)
    page = browser.get("/aanmelden/")
    filled = hidden(page) | WRITTEN | {"act": "check"}
    urls = {browser.post("/aanmelden/", filled).url for _ in range(2)}
    assert len(urls) == len(all_rows()) == 1
    url = urls.pop()
    told = hidden(browser.get(url))
    assert browser.post(url, told).status_code == 302
    assert browser.post(url, told).url == reverse("referral:receipt", args=[all_rows()[0].id])
    assert len(all_rows()) == 1


def test_one_more_keeps_the_unit(house: Cast) -> None:
    row = builders.referred(house.mmd)
    browser = visitor(house.mmd)
    html = text_of(browser.get(reverse("referral:receipt", args=[row.id])))
    assert f"/aanmelden/?na={row.id}" in html
    page = browser.get(f"/aanmelden/?na={row.id}")
    assert page.context["form"]["unit"].value() == "B2"
    assert not page.context["form"]["first_name"].value()
    stranger = visitor(house.other_mmd)
    assert stranger.get(f"/aanmelden/?na={row.id}").status_code == 404
    assert browser.get("/aanmelden/?na=zomaar").status_code == 404


def test_known_units_are_a_list(house: Cast) -> None:
    PrisonUnit.objects.create(prison_id="NSL", name="B2")
    page = visitor(house.mmd).get("/aanmelden/")
    assert '<option value="B2">' in text_of(page)


def test_a_question_is_shown_with_the_form_to_answer_it(house: Cast) -> None:
    row = builders.referred(house.mmd)
    desk, browser = visitor(house.coordinator), visitor(house.mmd)
    url = reverse("referral:ask", args=[row.id])
    text_of(desk.get(url))
    assert desk.post(url, hidden(desk.get(url)) | {"question": ""}).status_code == 422
    asked = desk.post(url, hidden(desk.get(url)) | {"question": "Welke afdeling?"})
    assert asked.url == reverse("referral:detail", args=[row.id])
    assert "Welke afdeling?" in text_of(desk.get(asked.url))
    assert "Welke afdeling?" in text_of(browser.get(reverse("referral:receipt", args=[row.id])))
    page = browser.get(reverse("referral:write_on", args=[row.id]))
    assert "Welke afdeling?" in text_of(page)
    assert page.context["form"]["birth"].value() == "14-08-1984"


@pytest.mark.requirement("DJI-02")
def test_the_receipt_tells_each_state_in_words(house: Cast) -> None:
    row = builders.planned(house)
    browser, url = visitor(house.mmd), reverse("referral:receipt", args=[row.id])
    assert "Het gesprek is op vr 14 jan." in text_of(browser.get(url))
    actions.mark_intake_done(house.coordinator, row.id, TUESDAY)
    actions.convert(house.coordinator, row.id, TUESDAY)
    assert "De hulp is gestart." in text_of(browser.get(url))
    ended = builders.accepted(house)
    refuses = EndReason.MOTHER_REFUSES
    actions.close_without_trajectory(house.coordinator, ended.id, refuses, now=TUESDAY)
    html = text_of(browser.get(reverse("referral:receipt", args=[ended.id])))
    assert "Er is geen hulp gestart." in html
    assert "Zij wil niet" not in html
    draft = actions.draft(house.mmd, answers(), now=TUESDAY)
    assert "nog niet verstuurd" in text_of(browser.get(reverse("referral:receipt", args=[draft.id])))


def test_the_paper_asks_the_same_in_the_same_order(house: Cast) -> None:
    browser = visitor(house.mmd)
    screen = [str(field.label) for field in browser.get("/aanmelden/").context["form"].visible_fields()]
    paper = text_of(browser.get("/aanmelden/papier/"))
    places = [paper.index(f"<dt>{label}") for label in screen]
    assert places == sorted(places)


def test_a_safety_house_chooses_an_institution(house: Cast) -> None:
    browser = visitor(house.safety_house)
    page = browser.get("/aanmelden/")
    assert "Inrichting" in text_of(page)
    assert write(browser, {"prison": ""}).status_code == 422
    assert write(browser, {"prison": "TPL"}).status_code == 302
    (row,) = all_rows()
    assert (row.channel, row.team.prison_id) == (Channel.SAFETY_HOUSE, "TPL")


def test_a_coordinator_says_how_the_mother_came(house: Cast) -> None:
    browser = visitor(house.coordinator)
    assert write(browser).status_code == 422
    assert write(browser, {"channel": "moeder_de_gans"}).status_code == 302
    assert all_rows()[0].channel == Channel.MOEDER_DE_GANS


def test_without_a_team_nothing_is_lost(house: Cast) -> None:
    Partner.objects.filter(pk=house.other_mmd.partner_id).update(prison_id="ZWO")
    answer = write(visitor(house.other_mmd))
    assert answer.status_code == 422
    assert "geen coördinator" in text_of(answer)
    assert answer.context["form"]["last_name"].value() == "Verzonnen"
