"""The pages of a referral: what the referrer writes and follows, what the coordinator reads and decides."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from gib.care.referral import actions, builders, slots
from gib.care.referral.builders import TUESDAY, Cast, answers, later
from gib.care.referral.domain import Channel, EndReason, State
from gib.care.referral.models import Referral
from gib.care.referral.tests.reader import hidden, queries, text_of, visitor
from gib.core.access import rls
from gib.core.access.actor import Actor
from gib.core.access.tables import Role
from gib.core.journal.models import Reading
from gib.people.families.models import rows_of
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


def all_rows() -> list[Referral]:
    with rls.system("test"):
        rows = Referral.for_house("test", TUESDAY.on).select_related("team")
        return list(rows.order_by("begun_at"))


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
    assert browser.post(url, told).status_code in (302, 404)
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


def test_the_list_is_by_days_left_with_filters_as_links(house: Cast) -> None:
    for name, days in (("Later", 90), ("Eerst", 3), ("Straks", 20)):
        builders.referred(house.mmd, last_name=name, expected_on=TUESDAY.on + timedelta(days=days))
    builders.referred(house.mmd, last_name="Onbekend", expected_on=None)
    builders.planned(house, last_name="Gepland")
    browser = visitor(house.coordinator)
    html = text_of(browser.get("/aanmeldingen/"))
    order = [html.index(f"Wendeline {letter}.") for letter in "ESOL"]
    assert order == sorted(order)
    assert "Wendeline G." not in html
    assert "Wendeline G." in text_of(browser.get("/aanmeldingen/?toon=gepland"))
    assert "Niets dat op u wacht" in text_of(browser.get("/aanmeldingen/?toon=gesloten"))
    assert "Wendeline E." in text_of(browser.get("/aanmeldingen/?toon=zomaar"))


def test_a_late_referral_is_marked(house: Cast) -> None:
    builders.referred(house.mmd)
    late = visitor(house.coordinator, later(TUESDAY, 10))
    assert "Wacht</span>" in text_of(late.get("/aanmeldingen/")).replace(" </span>", "</span>")


def test_the_coordinator_reads_and_takes_on(house: Cast) -> None:
    row = builders.referred(house.mmd)
    browser, url = visitor(house.coordinator), reverse("referral:detail", args=[row.id])
    html = text_of(browser.get(url))
    assert "Ik wil weten hoe het met mijn kinderen gaat." in html
    assert "Vrij over 23 dagen." in html
    done = browser.post(reverse("referral:accept", args=[row.id]), hidden(browser.get(url)))
    assert done.url == url
    assert "Aangenomen" in text_of(browser.get(url))
    again = browser.post(reverse("referral:accept", args=[row.id]), hidden(browser.get(url)))
    assert again.status_code == 422
    assert "Dit kan niet vanuit deze stand" in text_of(again)


@pytest.mark.parametrize(
    ("name", "filled", "state"),
    [
        ("decline", {"reason": "no_capacity"}, State.DECLINED),
        ("end", {"reason": "mother_refuses", "not_before_on": "1-6-2011"}, State.NO_TRAJECTORY),
    ],
)
def test_the_coordinator_ends_a_referral(
    house: Cast, name: str, filled: dict[str, str], state: State
) -> None:
    row = builders.accepted(house)
    browser, url = visitor(house.coordinator), reverse(f"referral:{name}", args=[row.id])
    page = browser.get(url)
    text_of(page)
    assert browser.post(url, hidden(page)).status_code == 422
    assert browser.post(url, hidden(page) | filled).status_code == 302
    assert all_rows()[0].state == state
    assert text_of(browser.get(reverse("referral:detail", args=[row.id])))


def test_a_reason_that_needs_a_talk_is_refused_on_its_field(house: Cast) -> None:
    row = builders.accepted(house)
    browser, url = visitor(house.coordinator), reverse("referral:end", args=[row.id])
    answer = browser.post(url, hidden(browser.get(url)) | {"reason": "information_only"})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["reason"])


def test_a_mother_we_know_is_shown_with_her_dossier(house: Cast) -> None:
    first, second = builders.referred(house.mmd), builders.referred(house.mmd)
    browser, url = visitor(house.coordinator), reverse("referral:detail", args=[second.id])
    page = browser.get(url)
    assert "Kennen wij haar al?" in text_of(page)
    told = hidden(page) | {"dossier": str(first.dossier_id)}
    assert browser.post(reverse("referral:attach", args=[second.id]), told).status_code == 302
    assert "Wij kennen haar al" in text_of(browser.get(url))


def test_across_teams_only_whom_to_ask(house: Cast) -> None:
    elsewhere = builders.referred(house.other_mmd)
    row = builders.referred(house.mmd)
    html = text_of(visitor(house.coordinator).get(reverse("referral:detail", args=[row.id])))
    assert "Vraag de coördinator van Team" in html
    assert str(elsewhere.dossier_id) not in html


def test_a_transfer_is_noted_with_one_button(house: Cast) -> None:
    row = builders.accepted(house)
    browser, url = visitor(house.coordinator), reverse("referral:detail", args=[row.id])
    browser.post(reverse("referral:overtake", args=[row.id]), hidden(browser.get(url)))
    assert "overgeplaatst" in text_of(browser.get(url))


@pytest.mark.requirement("PRV-01")
@pytest.mark.parametrize("who", ["stranger", "coordinator"])
@pytest.mark.parametrize("name", ["write_on", "check", "receipt"])
def test_the_pages_of_a_writer_do_not_exist_for_others(house: Cast, who: str, name: str) -> None:
    row = actions.draft(house.mmd, answers(), now=TUESDAY)
    assert visitor(getattr(house, who)).get(reverse(f"referral:{name}", args=[row.id])).status_code == 404
    assert visitor(house.other_mmd).get(reverse(f"referral:{name}", args=[row.id])).status_code == 404


OF_COORDINATOR = ["detail", "ask", "decline", "end"]
POSTS = ["accept", "attach", "overtake"]


@pytest.mark.parametrize("name", OF_COORDINATOR + POSTS)
def test_the_pages_of_a_coordinator_do_not_exist_for_a_stranger(house: Cast, name: str) -> None:
    row = builders.referred(house.mmd)
    url = reverse(f"referral:{name}", args=[row.id])
    browser = visitor(house.stranger)
    assert (browser.post(url) if name in POSTS else browser.get(url)).status_code == 404


@pytest.mark.parametrize("name", OF_COORDINATOR + POSTS)
def test_a_referrer_may_not_enter_the_pages_of_a_coordinator(house: Cast, name: str) -> None:
    row = builders.referred(house.mmd)
    url = reverse(f"referral:{name}", args=[row.id])
    assert visitor(house.mmd).get(url).status_code == 403
    assert visitor(house.volunteer).get(url).status_code == 403


@pytest.mark.parametrize("url", ["/aanmelden/", "/aanmelden/mijn/", "/aanmelden/papier/", "/aanmeldingen/"])
@pytest.mark.parametrize("role", [Role.VOLUNTEER, Role.MUNICIPALITY, Role.TECHNICAL_ADMIN])
def test_other_roles_get_403_and_visitors_the_sign_in_page(house: Cast, url: str, role: Role) -> None:
    assert visitor(Actor(house.mmd.user_id, role)).get(url).status_code == 403
    assert visitor(None).get(url).url.startswith("/inloggen/")


@pytest.mark.parametrize("name", ["accept", "attach", "overtake", "keep"])
def test_an_act_is_not_done_by_looking(house: Cast, name: str) -> None:
    row = builders.referred(house.mmd)
    actor = house.mmd if name == "keep" else house.coordinator
    assert visitor(actor).get(reverse(f"referral:{name}", args=[row.id])).status_code == 405


@pytest.mark.parametrize("name", ["mine", "paper", "list"])
def test_a_list_is_only_read(house: Cast, name: str) -> None:
    assert visitor(house.coordinator).post(reverse(f"referral:{name}")).status_code == 405


@pytest.mark.parametrize(
    ("who", "url", "most"), [("mmd", "/aanmelden/mijn/", 6), ("coordinator", "/aanmeldingen/", 6)]
)
def test_a_list_asks_as_much_with_one_row_as_with_thirty(house: Cast, who: str, url: str, most: int) -> None:
    builders.referred(house.mmd)
    one = queries(visitor(getattr(house, who)), url)
    for _ in range(29):
        builders.referred(house.mmd)
    assert queries(visitor(getattr(house, who)), url) == one <= most


def test_every_mother_on_a_list_is_in_the_reading_log(house: Cast) -> None:
    rows = [builders.referred(house.mmd) for _ in range(3)]
    visitor(house.coordinator).get("/aanmeldingen/")
    look = Reading.objects.order_by("-pk").first()
    assert {subject.box_id for subject in look.subjects.all()} >= {row.dossier_id for row in rows}


def test_no_name_stands_in_an_address_or_a_title(house: Cast) -> None:
    row = builders.referred(house.mmd)
    for url in ("/aanmeldingen/", reverse("referral:detail", args=[row.id])):
        html = text_of(visitor(house.coordinator).get(url))
        title = html[html.index("<title>") : html.index("</title>")]
        assert "Wendeline" not in title + url


class Page:
    """What a list of the start page looks at."""

    def __init__(self, actor: Actor, now: Any) -> None:
        self.actor, self.now = actor, now


def test_the_start_page_shows_who_waits_and_who_waits_too_long(house: Cast) -> None:
    builders.referred(house.mmd, expected_on=TUESDAY.on + timedelta(days=3))
    today = Page(house.coordinator, TUESDAY)
    (task,) = slots.waiting(today)
    assert (task.who, task.tone, task.badge, task.rank) == ("Wendeline V.", "stop", "0 dagen", 10)
    assert task.why == "Aangemeld door de MMD, afdeling B2. 2 kinderen. Vrij over 3 dagen."
    assert slots.overdue(today) == []
    late = Page(house.coordinator, later(TUESDAY, 8))
    assert slots.waiting(late) == []
    assert [each.dossier_id for each in slots.overdue(late)] == [task.dossier_id]
    assert slots.waiting(Page(house.stranger, TUESDAY)) == []


def test_a_talk_that_was_held_is_never_late(house: Cast) -> None:
    row = builders.planned(house)
    actions.note_talk(house.coordinator, row.id, TUESDAY.on, TUESDAY)
    assert slots.overdue(Page(house.coordinator, later(TUESDAY, 30))) == []
    with rls.system("test"):
        assert rows_of(Referral, row.dossier_id).get().talked_on == TUESDAY.on
