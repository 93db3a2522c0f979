"""Pages about case conferences."""

import pytest

from gib.care.aftercare import actions, builders
from gib.care.aftercare.actions import NewPoint
from gib.care.aftercare.models import ActionPoint, ConferenceItem, conferences_of
from gib.care.aftercare.tests.asking import send
from gib.care.aftercare.tests.conftest import NOW, Cast, later
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


def test_a_conference_from_plan_to_point(house: Cast) -> None:
    client = visitor(house.coordinator, NOW)
    partner_id = house.safety_house.partner_id
    told = {"partner": str(partner_id), "held_on": "18-1-2011", "functions": "voorzitter\ngemeente"}
    made = send(client, "/overleg/nieuw/", told)
    assert made.status_code == 302
    assert "De agenda is leeg" in text_of(client.get(made.url))
    meeting = conferences_of(house.coordinator).get()
    dossier_id = builders.a_mother(house.coordinator, NOW)
    recipient = str(meeting.partner.safety_house_id)
    mothers.with_consent(house.coordinator, dossier_id, Purpose.SAFETY_HOUSE, NOW, recipient=recipient)
    item = {"keep": ["name", "contact"], "ground": "consent", "asks": "Wie kan een huis vinden?"}
    assert send(client, f"{made.url}delen/{dossier_id}/", item).status_code == 302
    row = ConferenceItem.visible_to(house.coordinator, NOW.on).get()
    send(client, f"/overleg/agendapunt/{row.id}/besluit/", {"text": "De gemeente zoekt mee."})
    point = {"owner": "gemeente", "what": "Belt de woningbouw.", "due_on": "25-1-2011"}
    send(client, f"/overleg/agendapunt/{row.id}/actiepunt/", point)
    page = text_of(client.get(made.url))
    for words in ("De gemeente zoekt mee.", "Belt de woningbouw.", row.number):
        assert words in page
    todo = ActionPoint.visible_to(house.coordinator, NOW.on).get()
    send(client, f"/overleg/actiepunt/{todo.id}/klaar/", {"text": "Plaats vanaf maart."})
    assert "Plaats vanaf maart." in text_of(client.get(made.url))


def test_the_safety_house_reads_what_was_shared(house: Cast) -> None:
    row = builders.shared(house.coordinator, NOW, builders.a_mother(house.coordinator, NOW))
    actions.add_point(house.coordinator, row.id, NewPoint("reclassering", "Belt.", later(NOW, 9).on), NOW)
    page = text_of(visitor(house.safety_house, NOW).get("/gedeeld/"))
    for words in (row.number, "M.S.", "Belt.", "Zij geeft toestemming"):
        assert words in page
    assert "Madelief" not in page
    assert f"/overleg/agendapunt/{row.id}/" not in page
    assert row.number not in text_of(visitor(house.other_house, NOW).get("/gedeeld/"))
    assert row.number not in text_of(visitor(house.safety_house, later(NOW, 22)).get("/gedeeld/"))


def test_the_wgs_is_refused_on_the_page(house: Cast) -> None:
    meeting = builders.conference(house.coordinator, NOW)
    dossier_id = builders.a_mother(house.coordinator, NOW)
    told = {"keep": ["name"], "ground": "public_task", "ground_note": "Op grond van de WGS.", "asks": "x"}
    refused = send(visitor(house.coordinator, NOW), f"/overleg/{meeting.pk}/delen/{dossier_id}/", told)
    assert refused.status_code == 422
    assert refused.context["form"].errors["ground_note"]


def test_a_conference_that_is_over_offers_nothing(house: Cast) -> None:
    meeting = builders.conference(house.coordinator, NOW)
    page = text_of(visitor(house.coordinator, later(NOW, 8)).get(f"/overleg/{meeting.pk}/"))
    assert "Dit overleg is voorbij" in page


def test_a_stranger_finds_no_conference(house: Cast) -> None:
    row = builders.shared(house.coordinator, NOW, builders.a_mother(house.coordinator, NOW))
    point = actions.add_point(house.coordinator, row.id, NewPoint("wij", "x", later(NOW, 9).on), NOW)
    client = visitor(house.stranger, NOW)
    for path in (
        f"{row.conference_id}/",
        f"{row.conference_id}/delen/{row.dossier_id}/",
        f"agendapunt/{row.id}/besluit/",
        f"agendapunt/{row.id}/actiepunt/",
        f"actiepunt/{point.id}/klaar/",
    ):
        assert client.get(f"/overleg/{path}").status_code == 404


@pytest.mark.parametrize("who", ["volunteer", "referrer", "paying", "safety_house", "leader"])
def test_only_the_team_confers(house: Cast, who: str) -> None:
    client = visitor(getattr(house, who), NOW)
    assert client.get("/overleg/").status_code == 403
    assert client.get("/overleg/nieuw/").status_code == 403


@pytest.mark.parametrize("who", ["coordinator", "volunteer", "referrer", "leader"])
def test_what_was_shared_is_for_partners(house: Cast, who: str) -> None:
    assert visitor(getattr(house, who), NOW).get("/gedeeld/").status_code == 403


def test_the_shared_page_asks_as_much_for_one_as_for_many(house: Cast) -> None:
    builders.shared(house.coordinator, NOW, builders.a_mother(house.coordinator, NOW))
    client = visitor(house.safety_house, NOW)
    queries(client, "/gedeeld/")
    one = queries(client, "/gedeeld/")
    for number in range(1, 6):
        builders.shared(house.coordinator, NOW, builders.a_mother(house.coordinator, NOW, number))
    assert queries(client, "/gedeeld/") == one <= 12


def test_who_is_on_the_agenda_is_not_offered_again(house: Cast) -> None:
    dossier_id = builders.a_mother(house.coordinator, NOW)
    mothers.released(house.coordinator, dossier_id, NOW, builders.PAYING)
    meeting = builders.conference(house.coordinator, NOW)
    client, url = visitor(house.coordinator, NOW), f"/overleg/{meeting.pk}/"
    assert "Madelief S." in text_of(client.get(url))
    recipient = str(meeting.partner.safety_house_id)
    mothers.with_consent(house.coordinator, dossier_id, Purpose.SAFETY_HOUSE, NOW, recipient=recipient)
    item = actions.NewItem(dossier_id, builders.SHARED, "consent")
    actions.share_item(house.coordinator, meeting.pk, item, NOW)
    assert "Madelief S." not in text_of(client.get(url))
