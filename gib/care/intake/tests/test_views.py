"""The pages of an intake: talks, sections saved one by one, her yes, and the end."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from gib.care.intake import actions, builders, slots
from gib.care.intake.domain import Cause, NewTalk, Section, State, Wishes
from gib.care.intake.models import Intake, Need, ProductTalk, SectionRow, Talk, Wish
from gib.care.intake.tests.kept import fresh, part
from gib.care.referral import builders as referrals
from gib.care.referral.builders import TUESDAY, Cast, later
from gib.care.referral.tests.reader import Page, counting, hidden, queries, text_of, visitor
from gib.core.access import rls
from gib.people.families.models import consent_holds, participant_of

pytestmark = pytest.mark.django_db(databases=["default", "keys", "log"])

FILLED: dict[Section, dict[str, Any]] = {
    Section.WHO: {"languages": ["ar", "nl"], "needs_interpreter": "on", "text": "belt liever"},
    Section.CHILDREN: {"text": "twee kinderen, bij oma"},
    Section.NEEDS: {"mark_money": "1", "note_money": "te veel brieven", "mark_health": ""},
    Section.BASELINE: {"mark_debts": "0"},
    Section.WISHES: {"wish_1": "Noor mag mij niet vergeten", "wish_2": "Een huis"},
    Section.HELPERS: {"text": "de dominee komt elke week"},
    Section.AGREEMENTS: {"text": "wij bellen op maandag"},
    Section.PRODUCTS: {
        "choice_bezoekmoeders": "wanted",
        "choice_ik_jij_wij": "declined",
        "why_ik_jij_wij": "too_much",
    },
}


def at(name: str, intake: Intake, *more: str) -> str:
    return reverse(f"intake:{name}", args=[intake.id, *more])


def post(browser: Any, url: str, filled: dict[str, Any]) -> Any:
    page = browser.get(url)
    text_of(page)
    return browser.post(url, hidden(page) | filled)


def test_an_intake_is_planned_from_the_referral(house: Cast) -> None:
    row = referrals.referred(house.mmd)
    browser, url = visitor(house.coordinator), reverse("intake:plan", args=[row.id])
    wrong = post(browser, url, {"planned_on": "10-01-2011", "planned_time": "10:30"})
    assert wrong.status_code == 422
    assert "Deze dag is al voorbij" in text_of(wrong)
    done = post(browser, url, {"planned_on": "14-1-11", "planned_time": "10:30", "place": "zaal 1"})
    html = text_of(browser.get(done.url))
    assert "vr 14 jan 10:30, zaal 1" in html
    assert html.count("Nog leeg") == len(Section) + 1


@pytest.mark.parametrize("name", Section)
def test_each_section_is_saved_and_shown_again(house: Cast, name: Section) -> None:
    intake = builders.held(house)
    browser, url = visitor(house.coordinator), at("section", intake, name)
    assert post(browser, url, FILLED[name]).url == at("overview", intake)
    form = browser.get(url).context["form"]
    for field, value in FILLED[name].items():
        shown = form[field].value()
        assert shown == value or str(shown) == str(value) or (shown is True and value == "on") or not value
    assert text_of(browser.get(at("overview", intake))).count("Ingevuld") == 1


def test_sections_keep_what_was_filled_in(house: Cast) -> None:
    intake = builders.held(house)
    browser = visitor(house.coordinator)
    for name, filled in FILLED.items():
        post(browser, at("section", intake, name), filled)
    marks = {row.area: row.mark for row in part(Need, intake)}
    assert (len(marks), marks["money"], marks["health"], marks["debts"]) == (12, 1, None, 0)
    assert [row.words for row in part(Wish, intake)] == ["Noor mag mij niet vergeten", "Een huis"]
    assert {row.product: row.why for row in part(ProductTalk, intake)} == {
        "bezoekmoeders": "",
        "ik_jij_wij": "too_much",
    }
    with rls.system("test"):
        mother = participant_of(intake.dossier_id)
    assert (mother.languages, mother.needs_interpreter) == ("ar,nl", True)
    html = text_of(browser.get(at("paper", intake)))
    for words in ("Noor mag mij niet vergeten", "te veel brieven", "Wil zij niet · Nu te veel", "dominee"):
        assert words in html


def test_an_unknown_section_does_not_exist(house: Cast) -> None:
    intake = builders.held(house)
    assert visitor(house.coordinator).get(at("section", intake, "delict")).status_code == 404
    assert visitor(house.coordinator).post(at("keep", intake, "delict")).status_code == 404


def test_a_mark_is_a_choice_from_0_to_5_or_nothing(house: Cast) -> None:
    intake = builders.held(house)
    browser, url = visitor(house.coordinator), at("section", intake, Section.NEEDS)
    wrong = post(browser, url, {"mark_money": "6", "note_money": "brieven"})
    assert wrong.status_code == 422
    assert wrong.context["form"]["note_money"].value() == "brieven"
    assert "Zij geeft zelf een cijfer" in text_of(wrong)


def test_declining_asks_why_beside_the_product(house: Cast) -> None:
    intake = builders.held(house)
    browser, url = visitor(house.coordinator), at("section", intake, Section.PRODUCTS)
    wrong = post(browser, url, {"choice_ik_jij_wij": "declined"})
    assert (wrong.status_code, list(wrong.context["form"].errors)) == (422, ["why_ik_jij_wij"])


@pytest.mark.requirement("BSN-02")
def test_a_citizen_service_number_is_refused_and_the_rest_is_kept(house: Cast) -> None:
    intake = builders.held(house)
    browser, url = visitor(house.coordinator), at("section", intake, Section.WISHES)
    wrong = post(browser, url, {"wish_1": "een huis", "wish_2": "mijn nummer is 111222333"})
    assert wrong.status_code == 422
    assert wrong.context["form"]["wish_1"].value() == "een huis"
    assert part(Wish, intake) == []


@pytest.mark.requirement("PRV-12")
@pytest.mark.parametrize(
    ("name", "field"), [(Section.HELPERS, "text"), (Section.NEEDS, "note_health"), (Section.WISHES, "wish_3")]
)
def test_a_sensitive_word_asks_for_a_reason(house: Cast, name: Section, field: str) -> None:
    intake = builders.held(house)
    browser, url = visitor(house.coordinator), at("section", intake, name)
    words = {field: "zij slikt medicijnen"}
    asked = post(browser, url, words)
    assert asked.status_code == 422
    assert "Dit gaat over gezondheid" in text_of(asked)
    assert post(browser, url, words | {"words_reason": "voor de tolk"}).status_code == 302
    assert part(SectionRow, intake)[0].words_reason == "voor de tolk"


def test_over_a_newer_version_both_are_shown_and_mine_can_win(house: Cast) -> None:
    intake = builders.held(house)
    one, other, url = (
        visitor(house.coordinator),
        visitor(house.coordinator),
        at("section", intake, Section.HELPERS),
    )
    page, late_page = one.get(url), other.get(url)
    assert one.post(url, hidden(page) | {"text": "de dominee"}).status_code == 302
    refused = other.post(url, hidden(late_page) | {"text": "de buurvrouw"})
    html = text_of(refused)
    assert refused.status_code == 422
    for words in ("Twee versies", "de dominee", "de buurvrouw"):
        assert words in html
    assert part(SectionRow, intake)[0].text == "de dominee"
    mine = hidden(refused) | {"text": "de dominee en de buurvrouw"}
    assert other.post(url, mine).status_code == 302
    assert part(SectionRow, intake)[0].text == "de dominee en de buurvrouw"


def test_what_is_being_written_is_kept_and_can_then_be_saved(house: Cast) -> None:
    intake = builders.held(house)
    browser, url = visitor(house.coordinator), at("section", intake, Section.WISHES)
    page = browser.get(url)
    draft = at("keep", intake, Section.WISHES)
    assert f'data-draft="{draft}"' in text_of(page)
    for text in ("Een h", "Een huis"):
        assert browser.post(draft, hidden(page) | {"wish_1": text}).status_code == 204
    assert browser.post(url, hidden(page) | {"wish_1": "Een huis voor ons"}).status_code == 302
    assert [row.words for row in part(Wish, intake)] == ["Een huis voor ons"]
    assert browser.post(draft, hidden(page) | {"wish_1": "x" * 400}).status_code == 422
    other = hidden(page) | {"token": "00000000-0000-4000-8000-000000000009", "wish_1": "van een ander"}
    assert browser.post(draft, other).status_code == 409
    assert browser.get(draft).status_code == 405


def test_her_yes_is_written_down_in_the_talk(house: Cast) -> None:
    intake = builders.held(house)
    browser, url = visitor(house.coordinator), at("consent", intake)
    told = {"says": "yes", "language": "nl", "place": "prison"}
    beside = post(browser, url, told)
    assert beside.status_code == 422
    assert list(beside.context["form"].errors) == ["staff_absent"]
    assert post(browser, url, told | {"staff_absent": "on"}).url == at("overview", intake)
    with rls.system("test"):
        assert consent_holds(intake.dossier_id, "support", "", TUESDAY.on)
    assert "Gegeven" in text_of(browser.get(at("overview", intake)))


def test_her_no_is_written_down_too(house: Cast) -> None:
    intake = builders.held(house)
    browser = visitor(house.coordinator)
    told = {"says": "no", "language": "nl", "place": "prison"}
    assert post(browser, at("consent", intake), told).status_code == 302
    with rls.system("test"):
        assert not consent_holds(intake.dossier_id, "support", "", TUESDAY.on)


def test_from_talk_to_complete(house: Cast) -> None:
    intake = builders.planned(house, on=TUESDAY.on)
    browser = visitor(house.coordinator)
    assert "Rond de intake af" not in text_of(browser.get(at("overview", intake)))
    assert post(browser, at("hold", intake), {"held_on": "11-01-2011"}).status_code == 302
    page = browser.get(at("overview", intake))
    assert "Rond de intake af" in text_of(page)
    refused = browser.post(at("complete", intake), hidden(page))
    assert refused.status_code == 422
    assert "Zij gaf nog geen toestemming" in text_of(refused)
    builders.told(house.coordinator, intake)
    done = browser.post(at("complete", intake), hidden(browser.get(at("overview", intake))))
    assert (done.status_code, fresh(intake).state) == (302, State.COMPLETED)
    html = text_of(browser.get(at("overview", intake)))
    assert "Klaar" in html
    assert at("section", intake, Section.WISHES) not in html


def test_a_complete_intake_is_not_written_on(house: Cast) -> None:
    intake = builders.complete(house)
    browser, url = visitor(house.coordinator), at("section", intake, Section.WISHES)
    refused = browser.post(url, hidden(browser.get(url)) | {"wish_1": "iets anders"})
    assert refused.status_code == 422
    assert "al afgesloten" in text_of(refused)


def test_completing_twice_completes_once(house: Cast) -> None:
    intake = builders.held(house)
    builders.told(house.coordinator, intake)
    browser = visitor(house.coordinator)
    told = hidden(browser.get(at("overview", intake)))
    answers = [browser.post(at("complete", intake), told).status_code for _ in range(2)]
    assert answers == [302, 302]


def test_a_talk_is_planned_moved_and_dropped(house: Cast) -> None:
    intake = builders.planned(house)
    browser = visitor(house.coordinator)
    assert post(browser, at("talk", intake), {"planned_on": "18-1-2011"}).status_code == 302
    assert [talk.planned_on for talk in part(Talk, intake)] == [date(2011, 1, 18)]
    early = post(browser, at("hold", intake), {"held_on": "18-01-2011"})
    assert early.status_code == 422
    assert post(browser, at("drop", intake), {"cause": "prison"}).status_code == 302
    assert "Niet doorgegaan" in text_of(browser.get(at("overview", intake)))
    again = post(browser, at("drop", intake), {"cause": "prison"})
    assert "geen gesprek gepland" in text_of(again)


@pytest.mark.parametrize(
    ("name", "filled", "state"),
    [
        ("cancel", {"cause": "other"}, State.CANCELLED),
        ("refuse", {"not_before_on": "1-6-2011"}, State.REFUSED),
        ("refuse", {}, State.REFUSED),
    ],
)
def test_an_intake_ends(house: Cast, name: str, filled: dict[str, str], state: State) -> None:
    intake = builders.planned(house)
    browser = visitor(house.coordinator)
    assert post(browser, at(name, intake), filled).status_code == 302
    assert fresh(intake).state == state
    assert "Verzet het gesprek" not in text_of(browser.get(at("overview", intake)))


def test_rest_until_yesterday_is_refused_on_its_field(house: Cast) -> None:
    intake = builders.planned(house)
    wrong = post(visitor(house.coordinator), at("refuse", intake), {"not_before_on": "1-1-2011"})
    assert (wrong.status_code, list(wrong.context["form"].errors)) == (422, ["not_before_on"])


READS = ["overview", "paper", "talk", "hold", "drop", "consent", "cancel", "refuse"]


@pytest.mark.parametrize("name", READS)
def test_a_stranger_gets_404_and_another_role_403(house: Cast, name: str) -> None:
    intake = builders.held(house)
    assert visitor(house.coordinator).get(at(name, intake)).status_code == 200
    assert visitor(house.stranger).get(at(name, intake)).status_code == 404
    for actor in (house.mmd, house.volunteer, house.safety_house):
        assert visitor(actor).get(at(name, intake)).status_code == 403


@pytest.mark.parametrize("name", Section)
def test_a_section_does_not_exist_for_a_stranger(house: Cast, name: Section) -> None:
    intake = builders.held(house)
    stranger = visitor(house.stranger)
    assert stranger.get(at("section", intake, name)).status_code == 404
    own = hidden(visitor(house.coordinator).get(at("section", intake, name)))
    assert stranger.post(at("keep", intake, name), own | FILLED[name]).status_code == 404
    assert visitor(house.mmd).get(at("section", intake, name)).status_code == 403


def test_planning_and_completing_are_closed_to_others(house: Cast) -> None:
    row, intake = referrals.referred(house.mmd), builders.held(house)
    plan = reverse("intake:plan", args=[row.id])
    assert visitor(house.stranger).get(plan).status_code == 404
    assert visitor(house.mmd).get(plan).status_code == 403
    assert visitor(house.stranger).post(at("complete", intake)).status_code == 404
    assert visitor(house.coordinator).get(at("complete", intake)).status_code == 405
    assert visitor(house.coordinator).post(at("overview", intake)).status_code == 405


def test_pages_ask_as_much_with_much_as_with_little(house: Cast) -> None:
    intake = builders.planned(house, on=TUESDAY.on)
    browser = visitor(house.coordinator)
    pages = [at("overview", intake), at("paper", intake), at("section", intake, Section.NEEDS)]
    before = [queries(browser, url) for url in pages]
    actions.hold(house.coordinator, intake.id, TUESDAY.on, TUESDAY)
    builders.told(house.coordinator, intake)
    for days in range(1, 12):
        actions.plan_talk(house.coordinator, intake.id, NewTalk(planned_on=TUESDAY.on), TUESDAY)
        actions.drop_talk(house.coordinator, intake.id, Cause.OTHER, TUESDAY)
        assert days
    after = [queries(browser, url) for url in pages]
    assert after == before
    assert max(after) <= 15


def test_the_start_page_shows_the_talks_of_today_and_those_nobody_settled(house: Cast) -> None:
    builders.planned(house, on=TUESDAY.on)
    (task,) = slots.today(Page(house.coordinator, TUESDAY))
    assert (task.who, task.why) == ("10:30 · Wendeline V.", "Intake, samen met haar. spreekkamer 2.")
    assert slots.missed(Page(house.coordinator, TUESDAY)) == []
    tomorrow = Page(house.coordinator, later(TUESDAY, 1))
    assert slots.today(tomorrow) == []
    (late,) = slots.missed(tomorrow)
    assert (late.who, late.button, late.tone) == ("Wendeline V.", "Vul in", "warn")
    assert late.why == "Het gesprek van di 11 jan: ging het door?"
    assert slots.today(Page(house.stranger, TUESDAY)) == []


def test_the_start_page_asks_as_much_for_one_talk_as_for_many(house: Cast) -> None:
    builders.planned(house, on=TUESDAY.on)
    page = Page(house.coordinator, TUESDAY)
    with counting() as one:
        slots.today(page)
    for _ in range(10):
        builders.planned(house, on=TUESDAY.on)
    with counting() as many:
        assert len(slots.today(page)) == 11
    assert len(one) == len(many) <= 3


def test_the_dossier_shows_its_intakes(house: Cast, rf: Any) -> None:
    intake = builders.held(house)
    request = rf.get("/")
    request.actor, request.now = house.coordinator, TUESDAY
    html = slots.appointments(request, intake.dossier_id)
    assert html is not None
    assert at("overview", intake) in html
    assert "Gehouden" in html
    without = referrals.referred(house.mmd)
    assert slots.appointments(request, without.dossier_id) is None
    request.actor = house.stranger
    assert slots.appointments(request, intake.dossier_id) is None


def test_wishes_of_a_stranger_stay_unseen(house: Cast) -> None:
    intake = builders.held(house)
    actions.save_wishes(house.coordinator, intake.id, Wishes(words=["rust"]), TUESDAY)
    assert not Wish.visible_to(house.stranger, TUESDAY.on).exists()
    assert [wish.words for wish in Wish.visible_to(house.coordinator, TUESDAY.on)] == ["rust"]


def test_the_referral_leads_to_its_first_talk_through_the_portal(house: Cast) -> None:
    row = referrals.referred(house.mmd)
    browser = visitor(house.coordinator)
    url = reverse("portal:plan_intake", args=[row.id])
    assert url in text_of(browser.get(reverse("referral:detail", args=[row.id])))
    done = post(browser, url, {"planned_on": "14-01-2011"})
    assert "vr 14 jan" in text_of(browser.get(done.url))
