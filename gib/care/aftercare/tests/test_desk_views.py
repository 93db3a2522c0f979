"""Pages of a municipality, and pages that take no post."""

from uuid import uuid4

import pytest

from gib.care.aftercare import actions, builders
from gib.care.aftercare.domain import State
from gib.care.aftercare.tests.asking import send, state_of
from gib.care.aftercare.tests.conftest import NOW, Cast
from gib.care.referral.tests.reader import queries, text_of, visitor
from gib.people.families import builders as mothers
from gib.people.families.domain.codes import Purpose

pytestmark = pytest.mark.django_db(databases=["default", "keys", "log"])

STEPS = {
    "versturen": {"keep": ["number", "initials"], "more": "", "reason": ""},
    "antwoorden": {"text": "In de Bijlmer."},
    "toegekend": {"from_on": "11-01-2011", "to_on": "", "hours": "260", "amount": "", "conditions": ""},
    "afgewezen": {"ground": "no_budget"},
    "geen-antwoord": {},
    "andere-betaler": {"alternative": "fund", "from_on": "11-01-2011", "to_on": ""},
    "intrekken": {},
    "loslaten": {},
}


# ---- the desk of a municipality


def test_the_desk_reads_and_answers(house: Cast) -> None:
    row = builders.submitted(house.coordinator, NOW)
    desk = visitor(house.paying, NOW)
    assert row.number in text_of(desk.get("/aanvragen/"))
    page = text_of(desk.get(f"/aanvragen/{row.id}/"))
    assert "M.S." in page
    assert "Madelief" not in page
    done = send(desk, f"/aanvragen/{row.id}/wij-betalen/", STEPS["toegekend"])
    assert done.url == f"/aanvragen/{row.id}/"
    assert state_of(row.id) == State.GRANTED
    after = text_of(desk.get(done.url))
    assert "260 uur" in after
    assert "Hier hoeft u nu niets te doen" in after


@pytest.mark.parametrize(
    ("answer", "told", "after"),
    [
        ("wij-betalen-niet", {"ground": "no_policy"}, State.REJECTED),
        ("vraag", {"text": "Waar woont zij straks?"}, State.QUESTION),
    ],
)
def test_the_desk_may_say_no_or_ask(house: Cast, answer: str, told: dict[str, str], after: State) -> None:
    row = builders.submitted(house.coordinator, NOW)
    send(visitor(house.paying, NOW), f"/aanvragen/{row.id}/{answer}/", told)
    assert state_of(row.id) == after


def test_an_empty_yes_is_refused_on_the_page(house: Cast) -> None:
    row = builders.submitted(house.coordinator, NOW)
    told = STEPS["toegekend"] | {"hours": ""}
    refused = send(visitor(house.paying, NOW), f"/aanvragen/{row.id}/wij-betalen/", told)
    assert refused.status_code == 422
    assert refused.context["form"].errors["hours"]


def test_the_inbox_shows_what_waits_and_all_on_asking(house: Cast) -> None:
    row = builders.granted(house.coordinator, NOW)
    desk = visitor(house.paying, NOW)
    assert "Niets dat op u wacht" in text_of(desk.get("/aanvragen/"))
    assert row.number in text_of(desk.get("/aanvragen/?toon=alles"))


def test_urgent_stands_first_in_the_inbox(house: Cast) -> None:
    usual = builders.submitted(house.coordinator, NOW)
    dossier_id = builders.a_mother(house.coordinator, NOW, 1)
    mothers.released(house.coordinator, dossier_id, NOW, builders.PAYING)
    mothers.with_consent(house.coordinator, dossier_id, Purpose.MUNICIPALITY, NOW, recipient=builders.PAYING)
    urgent = actions.draft_request(house.coordinator, dossier_id, NOW)
    actions.submit_request(house.coordinator, urgent.id, builders.EXTRACT, "", NOW)
    page = text_of(visitor(house.paying, NOW).get("/aanvragen/"))
    assert page.index(urgent.number) < page.index(usual.number)
    assert "al vrij" in page


@pytest.mark.parametrize("path", ["", "wij-betalen/", "wij-betalen-niet/", "vraag/"])
def test_another_municipality_finds_nothing(house: Cast, path: str) -> None:
    row = builders.submitted(house.coordinator, NOW)
    desk = visitor(house.refusing, NOW)
    assert desk.get(f"/aanvragen/{row.id}/{path}").status_code == 404
    assert row.number not in text_of(desk.get("/aanvragen/?toon=alles"))


@pytest.mark.parametrize("who", ["coordinator", "leader", "volunteer", "referrer", "safety_house"])
def test_only_a_municipality_has_this_desk(house: Cast, who: str) -> None:
    client = visitor(getattr(house, who), NOW)
    assert client.get("/aanvragen/").status_code == 403
    assert client.get(f"/aanvragen/{uuid4()}/wij-betalen/").status_code == 403


def test_the_inbox_asks_as_much_for_one_as_for_thirty(house: Cast) -> None:
    builders.submitted(house.coordinator, NOW)
    desk = visitor(house.paying, NOW)
    queries(desk, "/aanvragen/")
    one = queries(desk, "/aanvragen/")
    for number in range(1, 12):
        builders.submitted(house.coordinator, NOW, number)
    assert queries(desk, "/aanvragen/") == one <= 12


# ---- methods


@pytest.mark.parametrize("path", ["/dekking/", "/dekking/lijst.csv", "/dekking/gemeente/0363/"])
def test_reading_pages_take_no_post(house: Cast, path: str) -> None:
    assert visitor(house.leader, NOW).post(path).status_code == 405


def test_desk_and_shared_take_no_post(house: Cast) -> None:
    row = builders.submitted(house.coordinator, NOW)
    assert visitor(house.paying, NOW).post("/aanvragen/").status_code == 405
    assert visitor(house.paying, NOW).post(f"/aanvragen/{row.id}/").status_code == 405
    assert visitor(house.coordinator, NOW).post(f"/financiering/{row.id}/").status_code == 405
    assert visitor(house.safety_house, NOW).post("/gedeeld/").status_code == 405
