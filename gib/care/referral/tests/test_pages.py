"""The pages of a referral at their edges: empty lists, what stays filled in, twice the same, two at once."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from gib.care.referral import actions, builders, words
from gib.care.referral.builders import TUESDAY, Cast, answers
from gib.care.referral.domain import DeclineReason, State
from gib.care.referral.models import Referral
from gib.care.referral.tests.kept import all_rows, fresh, told
from gib.care.referral.tests.reader import hidden, queries, text_of, visitor
from gib.core.kernel.ids import new_id
from gib.people.families.tests.remains import changed, traces

pytestmark = pytest.mark.django_db(databases=["default", "keys", "log"])
DAY = timedelta(days=1)
ACTS = ["accept", "attach", "overtake", "ask", "decline", "end"]


def at(name: str, row: Referral) -> str:
    return reverse(f"referral:{name}", args=[row.id])


def post(browser: Any, page: str, url: str, **filled: Any) -> Any:
    return browser.post(url, hidden(browser.get(page)) | filled)


@pytest.mark.parametrize(("who", "url"), [("mmd", "/aanmelden/mijn/"), ("safety_house", "/aanmelden/mijn/")])
def test_who_referred_nobody_reads_what_to_do(house: Cast, who: str, url: str) -> None:
    html = text_of(visitor(getattr(house, who)).get(url))
    assert "/aanmelden/" in html
    assert "<td" not in html


@pytest.mark.parametrize("shown", ["wacht", "vraag", "gepland", "klaar", "gesloten"])
def test_each_filter_shows_its_own_states_and_is_marked(house: Cast, shown: str) -> None:
    rows = {
        "wacht": builders.referred(house.mmd, last_name="Wacht"),
        "vraag": builders.referred(house.mmd, last_name="Vraag"),
        "gepland": builders.planned(house, last_name="Gepland"),
        "klaar": builders.planned(house, last_name="Klaar"),
        "gesloten": builders.referred(house.mmd, last_name="Echtgesloten"),
    }
    actions.return_to_referrer(house.coordinator, rows["vraag"].id, "Waar?", TUESDAY)
    actions.mark_intake_done(house.coordinator, rows["klaar"].id, TUESDAY)
    actions.decline(house.coordinator, rows["gesloten"].id, DeclineReason.NO_CAPACITY, TUESDAY)
    html = text_of(visitor(house.coordinator).get(f"/aanmeldingen/?toon={shown}"))
    assert [name for name, row in rows.items() if at("detail", row) in html] == [shown]
    assert html.count('aria-current="') >= 1


@pytest.mark.parametrize("name", ACTS)
def test_an_act_on_nothing_or_on_a_draft_is_404(house: Cast, name: str) -> None:
    draft = actions.draft(house.mmd, answers(), now=TUESDAY)
    browser, before = visitor(house.coordinator), traces()
    for referral_id in (draft.id, new_id()):
        url = reverse(f"referral:{name}", args=[referral_id])
        assert browser.post(url, {"token": str(new_id())}).status_code == 404
    assert changed(before) == []


@pytest.mark.parametrize("name", ACTS)
def test_a_stranger_who_posts_changes_nothing(house: Cast, name: str) -> None:
    row = builders.referred(house.mmd)
    before = traces()
    filled = {"token": str(new_id()), "reason": "no_capacity", "question": "Waar?"}
    assert visitor(house.stranger).post(at(name, row), filled).status_code == 404
    assert visitor(house.mmd).post(at(name, row), filled).status_code == 403
    assert visitor(None).post(at(name, row), filled).status_code == 302
    assert changed(before) == []


@pytest.mark.parametrize(
    ("name", "filled", "field"),
    [
        ("ask", {"question": "Haar nummer is 111222333"}, "question"),
        ("end", {"reason": "information_only", "not_before_on": "1-6-2011"}, "not_before_on"),
        ("end", {"reason": "mother_refuses", "not_before_on": "31-2-2011"}, "not_before_on"),
        ("decline", {"reason": "zomaar"}, "reason"),
    ],
)
def test_what_is_refused_comes_back_as_it_was_filled_in(
    house: Cast, name: str, filled: dict[str, str], field: str
) -> None:
    row = builders.accepted(house) if name == "end" else builders.referred(house.mmd)
    browser, url = visitor(house.coordinator), at(name, row)
    before = traces()
    answer = post(browser, url, url, **filled)
    assert answer.status_code == 422
    text_of(answer)
    assert answer.context["form"][field].value() == filled[field]
    assert changed(before) == []


@pytest.mark.parametrize(
    ("name", "filled", "event"),
    [
        ("ask", {"question": "Welke afdeling?"}, "Returned"),
        ("decline", {"reason": "no_capacity"}, "Declined"),
        ("accept", {}, "Accepted"),
        ("overtake", {}, "Overtaken"),
    ],
)
def test_twice_the_same_button_is_one_act(house: Cast, name: str, filled: dict[str, str], event: str) -> None:
    row = builders.referred(house.mmd)
    browser = visitor(house.coordinator)
    page = at("detail" if name in ("accept", "overtake") else name, row)
    sent = hidden(browser.get(page)) | filled
    answers_ = [browser.post(at(name, row), sent) for _ in range(2)]
    assert [each.status_code for each in answers_] == [302, 302]
    assert told(row).count(event) == 1


def test_two_coordinators_with_one_page_open_do_not_both_decide(house: Cast) -> None:
    row = builders.referred(house.mmd)
    one, other = visitor(house.coordinator), visitor(house.coordinator)
    url = at("decline", row)
    pages = [hidden(browser.get(url)) for browser in (one, other)]
    assert one.post(url, pages[0] | {"reason": "no_capacity"}).status_code == 302
    late = other.post(url, pages[1] | {"reason": "no_children"})
    assert late.status_code == 422
    assert "Dit kan niet vanuit deze stand" in text_of(late)
    assert fresh(row).end_reason == "no_capacity"


def test_a_mother_is_laid_in_a_dossier_of_the_own_team_only(house: Cast) -> None:
    elsewhere = builders.referred(house.other_mmd)
    row = builders.referred(house.mmd)
    browser = visitor(house.coordinator)
    for dossier_id in (elsewhere.dossier_id, new_id(), row.dossier_id):
        sent = hidden(browser.get(at("detail", row))) | {"dossier": str(dossier_id)}
        assert browser.post(at("attach", row), sent).status_code == 404
    sent = hidden(browser.get(at("detail", row))) | {"dossier": "zomaar"}
    assert browser.post(at("attach", row), sent).status_code == 422
    assert fresh(row).state == State.SUBMITTED


@pytest.mark.parametrize("name", ["ask", "decline", "end", "detail"])
def test_a_page_asks_little_of_the_stores(house: Cast, name: str) -> None:
    row = builders.accepted(house) if name == "end" else builders.referred(house.mmd)
    assert queries(visitor(house.coordinator), at(name, row)) <= 15


def test_a_referral_asks_as_much_beside_one_known_mother_as_beside_thirty(house: Cast) -> None:
    row = builders.referred(house.mmd)
    builders.referred(house.mmd)
    browser = visitor(house.coordinator)
    one = queries(browser, at("detail", row))
    for _ in range(29):
        builders.referred(house.mmd)
    assert queries(browser, at("detail", row)) == one


@pytest.mark.parametrize("name", ["check", "write_on", "receipt"])
def test_the_pages_of_a_writer_ask_little(house: Cast, name: str) -> None:
    row = actions.draft(house.mmd, answers(), now=TUESDAY)
    assert queries(visitor(house.mmd), at(name, row)) <= 15


@pytest.mark.parametrize("struck", [[], ["wish"], ["wish", "language", "call_back", "expected_on"]])
def test_the_check_page_sends_what_was_not_ticked(house: Cast, struck: list[str]) -> None:
    row = actions.draft(house.mmd, answers(), now=TUESDAY)
    browser, url = visitor(house.mmd), at("check", row)
    post(browser, url, url, struck=struck)
    (sent,) = all_rows()
    kept = {name for name in ("wish", "language", "call_back", "expected_on") if getattr(sent, name)}
    assert kept == {"wish", "language", "call_back", "expected_on"} - set(struck)


def test_the_check_page_knows_only_the_optional_answers(house: Cast) -> None:
    row = actions.draft(house.mmd, answers(), now=TUESDAY)
    browser, url = visitor(house.mmd), at("check", row)
    assert post(browser, url, url, struck=["first_name"]).status_code == 422
    assert fresh(row).state == State.DRAFT


def test_a_sent_referral_has_no_page_to_write_or_send_again(house: Cast) -> None:
    row = builders.referred(house.mmd)
    browser = visitor(house.mmd)
    for name in ("write_on", "check"):
        assert browser.get(at(name, row)).status_code == 404
        assert browser.post(at(name, row), {"token": str(new_id())}).status_code == 404
    assert browser.post(at("keep", row), {}).status_code == 404


@pytest.mark.parametrize("reason", DeclineReason)
def test_the_coordinator_reads_why_it_ended(house: Cast, reason: DeclineReason) -> None:
    row = builders.referred(house.mmd)
    actions.decline(house.coordinator, row.id, reason, TUESDAY)
    html = text_of(visitor(house.coordinator).get(at("detail", row)))
    assert str(words.DECLINE_REASONS[reason]) in html
    assert at("accept", row) not in html
