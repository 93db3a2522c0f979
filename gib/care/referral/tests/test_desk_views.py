"""The pages of a referral for the coordinator: the list, one referral, her decisions, her start page."""

from datetime import timedelta

import pytest
from django.urls import reverse

from gib.care.referral import actions, builders, slots
from gib.care.referral.builders import TUESDAY, Cast, answers, later
from gib.care.referral.domain import State
from gib.care.referral.models import Referral
from gib.care.referral.tests.kept import all_rows
from gib.care.referral.tests.reader import Page, hidden, queries, text_of, visitor
from gib.core.access import rls
from gib.core.access.actor import Actor
from gib.core.access.tables import Role
from gib.core.journal.models import Reading
from gib.people.families.models import rows_of

pytestmark = pytest.mark.django_db(databases=["default", "keys", "log"])


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
