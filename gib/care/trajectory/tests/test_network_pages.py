"""The page of her network: then and now beside each other, in a drawing, in words and in numbers."""

from typing import Any, Final
from uuid import uuid4

import pytest

from gib.care.referral.tests.reader import hidden, queries, text_of, visitor
from gib.care.trajectory import actions, builders
from gib.care.trajectory.domain.network import Person, Ring, Tie
from gib.care.trajectory.models import NetworkMap, NetworkPerson, Trajectory
from gib.care.trajectory.presenting_network import network_of
from gib.care.trajectory.tests.conftest import NOW, day, later, lent
from gib.care.trajectory.tests.test_network import HELP, SISTER, drawn, on_map, only
from gib.care.trajectory.tests.test_scores_pages import at, soup
from gib.care.trajectory.tests.test_views import send, tab
from gib.care.trajectory.views import plan_of
from gib.core.access.actor import Actor
from gib.core.access.tables import Role
from gib.core.ui.charts import rings
from gib.core.ui.words import set_today

pytestmark = pytest.mark.django_db(databases=["default", "keys", "log"])
FRIEND: Final = {"role": "friend", "ring": "near", "name": "Bep"}


def two_drawings(actor: Actor, plan: Trajectory) -> None:
    """Draw her sister, a child and a helper; later the sister is nearer, the helper gone, a neighbour new."""
    child = Person(role=Tie.CHILD, ring=Ring.HEART)
    drawn(actor, plan, SISTER, child, Person(role=Tie.HELPER, ring=Ring.PROFESSIONAL, name="Jo"))
    second = drawn(actor, plan, Person(role=Tie.NEIGHBOUR, ring=Ring.NEAR), days=90)
    rows = {row.role: row for row in NetworkPerson.for_action(actor, day(90)).filter(map_id=second.id)}
    nearer = Person(role=Tie.FAMILY, ring=Ring.NEAR, name="Zus Zeester")
    actions.change_person(actor, rows["family"].id, nearer, later(90))
    actions.take_person(actor, rows["helper"].id, later(90))


def test_then_and_now_stand_beside_each_other(house: Actor) -> None:
    plan = builders.inside(house, NOW)
    two_drawings(house, plan)
    page = soup(visitor(house, later(90)).get(at("network", plan.id)))
    assert [each.text for each in page.select("h2")][:2] == ["Toen, di 11 jan", "Nu, ma 11 apr"]
    labels = [each["aria-label"] for each in page.select("svg[role=img]")]
    assert len(labels) == 2
    assert "Verder weg: Zus Zeester (familie)" in labels[0]
    assert "Helpt mij als werk: niemand" in labels[1]


def test_what_changed_is_said_in_words(house: Actor) -> None:
    plan = builders.inside(house, NOW)
    two_drawings(house, plan)
    found = network_of(house, plan.dossier_id, day(90))
    assert found.changes == [
        "Erbij: buur.",
        "Andere kring: Zus Zeester (familie), van “Verder weg” naar “Dichtbij”.",
        "Weg: Jo (hulpverlener).",
    ]


def test_the_people_are_counted_by_ring_and_never_added_up(house: Actor) -> None:
    plan = builders.inside(house, NOW)
    two_drawings(house, plan)
    found = network_of(house, plan.dossier_id, day(90))
    assert found.counts == [
        ("In mijn hart", [1, 1]),
        ("Dichtbij", [0, 2]),
        ("Verder weg", [1, 0]),
        ("Helpt mij als werk", [1, 0]),
    ]
    assert "totaal" not in text_of(visitor(house, later(90)).get(at("network", plan.id))).lower()


def test_a_drawing_without_changes_says_so(house: Actor) -> None:
    plan = builders.inside(house, NOW)
    drawn(house, plan, SISTER)
    drawn(house, plan, days=30)
    assert "Niets." in text_of(visitor(house, later(30)).get(at("network", plan.id)))


def test_one_may_look_back_at_any_earlier_day(house: Actor) -> None:
    plan = builders.inside(house, NOW)
    first = drawn(house, plan, SISTER)
    middle = drawn(house, plan, HELP, days=30)
    drawn(house, plan, days=60)
    set_today(NOW.on)
    chosen = network_of(house, plan.dossier_id, day(60), str(middle.id))
    assert chosen.then is not None and chosen.then.id == middle.id
    for since in ("", str(uuid4()), "onzin"):
        usual = network_of(house, plan.dossier_id, day(60), since)
        assert usual.then is not None and usual.then.id == first.id
    assert [when for _key, when in chosen.days] == ["di 11 jan", "do 10 feb"]
    page = soup(visitor(house, later(60)).get(at("network", plan.id), {"toen": str(middle.id)}))
    assert page.select_one(".chips [aria-current]").text == "do 10 feb"


def test_a_first_drawing_stands_alone(house: Actor) -> None:
    plan = builders.inside(house, NOW)
    drawn(house, plan, SISTER)
    found = network_of(house, plan.dossier_id, NOW.on)
    assert (found.then, found.changes, len(found.shown)) == (None, [], 1)


def test_nothing_drawn_says_that_it_is_not_needed(house: Actor) -> None:
    plan = builders.inside(house, NOW)
    html = text_of(visitor(house, NOW).get(at("network", plan.id)))
    assert "Tekenen hoeft niet" in html
    assert at("network_erase", plan.id) not in html
    answer = send_person(house, plan)
    assert answer.status_code == 422
    assert "nog niets getekend" in text_of(answer)


def send_person(actor: Actor, plan: Trajectory, now: Any = NOW, **changes: str) -> Any:
    browser = visitor(actor, now)
    page = browser.get(at("network", plan.id))
    return browser.post(at("network", plan.id), hidden(page) | FRIEND | changes)


def test_somebody_is_put_on_the_drawing_of_today(house: Actor) -> None:
    plan = builders.inside(house, NOW)
    answer = send(house, at("network_draw", plan.id))
    assert answer.url == at("network", plan.id)
    assert send_person(house, plan).url == at("network", plan.id)
    drawing = NetworkMap.for_action(house, NOW.on).get()
    assert on_map(house, drawing) == {("friend", "near", "Bep")}
    assert "Bep (vriend of vriendin)" in text_of(visitor(house, NOW).get(at("network", plan.id)))


@pytest.mark.parametrize(
    "wrong", [{"role": ""}, {"ring": "maan"}, {"name": "x" * 61}, {"name": "Bep 111222333"}]
)
def test_what_cannot_be_keeps_what_was_filled_in(house: Actor, wrong: dict[str, str]) -> None:
    plan = builders.inside(house, NOW)
    drawing = drawn(house, plan)
    answer = send_person(house, plan, **wrong)
    assert answer.status_code == 422
    assert (wrong.get("name") or "Bep") in text_of(answer)
    assert on_map(house, drawing) == set()


def test_sent_twice_is_one_person(house: Actor) -> None:
    plan = builders.inside(house, NOW)
    drawing = drawn(house, plan)
    browser = visitor(house, NOW)
    data = hidden(browser.get(at("network", plan.id))) | FRIEND
    for _time in range(2):
        assert browser.post(at("network", plan.id), data).status_code == 302
    assert len(on_map(house, drawing)) == 1


def test_yesterdays_drawing_has_no_form_and_takes_nobody(house: Actor) -> None:
    plan = builders.inside(house, NOW)
    drawn(house, plan, SISTER)
    page = soup(visitor(house, later(1)).get(at("network", plan.id)))
    assert not page.select("form.form")
    assert at("network_draw", plan.id) in str(page)
    answer = send_person(house, plan, later(1))
    assert answer.status_code == 422
    assert "van een andere dag" in text_of(answer)


def test_somebody_is_changed_and_both_are_shown_when_another_was_first(house: Actor) -> None:
    plan = builders.inside(house, NOW)
    person = only(house, drawn(house, plan, SISTER))
    url = at("network_person", plan.id, person.id)
    browser = visitor(house, NOW)
    old = hidden(browser.get(url))
    assert send(house, url, **FRIEND).url == at("network", plan.id)
    answer = browser.post(url, old | {"role": "family", "ring": "heart", "name": "Fien"})
    assert answer.status_code == 422
    assert dict(answer.context["form"].theirs)["Hoe noemt u deze persoon?"] == "Bep"
    assert "Fien" in text_of(answer)


def test_somebody_is_taken_off(house: Actor) -> None:
    plan = builders.inside(house, NOW)
    drawing = drawn(house, plan, SISTER)
    url = at("network_take", plan.id, only(house, drawing).id)
    assert "Zus Zeester" in text_of(visitor(house, NOW).get(url))
    assert send(house, url).url == at("network", plan.id)
    assert on_map(house, drawing) == set()


def test_she_refuses_and_the_plan_says_so(house: Actor) -> None:
    plan = builders.outside(house, NOW)
    assert "Vraag haar nu" in tab(house, plan)
    assert send(house, at("network_refuse", plan.id)).status_code == 302
    html = tab(house, plan)
    assert "wilde zij dit niet" in html
    assert "Vraag haar nu" not in html
    actions.hold_review(house, plan.id, day(90), "", later(90))
    assert "Vraag haar nu" in tab(house, plan, later(90))


def test_the_plan_says_how_often_she_drew(house: Actor) -> None:
    plan = builders.inside(house, NOW)
    assert "Nog niets getekend" in tab(house, plan)
    drawn(house, plan, SISTER)
    actions.refuse_network(house, plan.id, NOW)
    assert "1 keer getekend" in tab(house, plan)
    drawn(house, plan, days=30)
    assert "2 keer getekend, het laatst op" in tab(house, plan, later(30))
    assert "Vraag haar nu" not in tab(house, plan, later(30))


def test_all_is_erased_after_a_yes(house: Actor) -> None:
    plan = builders.inside(house, NOW)
    drawn(house, plan, SISTER)
    assert send(house, at("network_erase", plan.id)).url == at("network", plan.id)
    html = text_of(visitor(house, NOW).get(at("network", plan.id)))
    assert "Nog geen tekening" in html
    assert "Zeester" not in html


def test_the_page_in_her_hands_leads_to_nobody_else(house: Actor) -> None:
    plan = builders.inside(house, NOW)
    two_drawings(house, plan)
    browser = lent(house, at("network", plan.id), later(90))
    links = {link["href"] for link in soup(browser.get(at("network", plan.id))).select("a[href]")}
    people = {
        at(name, plan.id, row.id)
        for row in NetworkPerson.for_action(house, day(90))
        for name in ("network_person", "network_take")
    }
    assert links & people
    assert links <= people | {"#inhoud", "#erbij", "/scherm/", *(link for link in links if "?toen=" in link)}
    for url in links & people:
        inside = {link["href"] for link in soup(browser.get(url)).select("a[href]")}
        assert inside == {"#inhoud", at("network", plan.id)}


def test_she_draws_herself_and_nothing_else(house: Actor, stranger: Actor) -> None:
    plan, theirs = builders.inside(house, NOW), builders.inside(stranger, NOW)
    drawing, away = drawn(house, plan, SISTER), drawn(stranger, theirs, HELP)
    browser = lent(house, at("network", plan.id))
    sister, other = only(house, drawing), only(stranger, away)
    placed = browser.post(at("network", plan.id), hidden(browser.get(at("network", plan.id))) | FRIEND)
    assert placed.url == at("network", plan.id)
    taken = at("network_take", plan.id, sister.id)
    assert browser.post(taken, hidden(browser.get(taken))).url == at("network", plan.id)
    assert on_map(house, drawing) == {("friend", "near", "Bep")}
    assert browser.get(at("network_person", plan.id, other.id)).status_code == 404
    hers = [at(f"network_{name}", plan.id) for name in ("draw", "refuse", "erase")]
    closed = [
        *hers,
        at("network", theirs.id),
        at("network_person", theirs.id, other.id),
        plan_of(plan.dossier_id),
    ]
    assert {getattr(browser, way)(url).status_code for url in closed for way in ("get", "post")} == {423}


def test_a_person_of_another_plan_is_not_found_under_this_one(house: Actor) -> None:
    plan, other = builders.inside(house, NOW), builders.inside(house, NOW)
    person = only(house, drawn(house, other, SISTER))
    for name in ("network_person", "network_take"):
        assert visitor(house, NOW).get(at(name, plan.id, person.id)).status_code == 404


def test_only_the_drawing_of_today_is_given_out_of_hands(house: Actor) -> None:
    plan = builders.inside(house, NOW)
    drawn(house, plan, SISTER)
    for days, offers in ((0, 1), (1, 0)):
        page = soup(visitor(house, later(days)).get(at("network", plan.id)))
        assert len(page.select("form[action='/scherm/geven/']")) == offers


@pytest.mark.parametrize("name", ["network", "network_draw", "network_refuse", "network_erase"])
def test_another_team_and_other_roles_find_nothing(house: Actor, stranger: Actor, name: str) -> None:
    plan = builders.inside(house, NOW)
    drawn(house, plan, SISTER)
    assert visitor(stranger, NOW).get(at(name, plan.id)).status_code == 404
    reader = Actor(house.user_id, Role.VOLUNTEER, volunteer_id=uuid4())
    assert visitor(reader, NOW).get(at(name, plan.id)).status_code == 403


def test_the_page_asks_as_little_with_many_people(house: Actor) -> None:
    plan = builders.inside(house, NOW)
    drawn(house, plan, *([HELP] * 12))
    drawn(house, plan, *([HELP] * 12), days=30)
    assert queries(visitor(house, later(30)), at("network", plan.id)) <= 10


def test_the_rings_lie_around_her_and_nobody_under_a_name_of_a_ring() -> None:
    drawn_ = rings("Tekening", "ik", [("Hart", ["a", "b"]), ("Werk", ["Heel Lange Naam van iemand"])])
    circles = [path for path in drawn_.paths if path.css in ("orbit", "ring")]
    assert [path.css for path in circles] == ["orbit", "ring"]
    assert [path.css for path in drawn_.paths].count("now") == 2
    assert [path.css for path in drawn_.paths].count("then") == 1
    told = [text.text for text in drawn_.texts]
    assert told == ["ik", "Hart", "a", "b", "Werk", "Heel Lange …"]
    assert not drawn_.is_wide


@pytest.mark.parametrize("people", [1, 2, 7, 30])
def test_everybody_stands_on_her_own_place_within_the_drawing(people: int) -> None:
    found = rings("Tekening", "ik", [("Hart", []), ("Dichtbij", []), ("Ver", []), ("Werk", ["x"] * people)])
    places = {(text.x, text.y) for text in found.texts if text.text == "x"}
    assert len(places) == people
    assert all(0 <= x <= 400 and 0 <= y <= 410 for x, y in places)
