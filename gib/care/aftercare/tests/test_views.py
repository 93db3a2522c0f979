"""Pages about money and conferences, as each role meets them."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from gib.care.aftercare import actions, builders
from gib.care.aftercare.actions import NewPoint
from gib.care.aftercare.domain import State
from gib.care.aftercare.models import ActionPoint, Agreement, ConferenceItem, FundingRequest, conferences_of
from gib.care.aftercare.tests.conftest import NOW, Cast, later
from gib.care.referral.tests.reader import hidden, queries, text_of, visitor
from gib.core.access import rls
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


def send(client: Client, url: str, told: dict[str, Any]) -> Any:
    """Open a form and send it with what was filled in."""
    return client.post(url, told | hidden(client.get(url)))


def state_of(pk: Any) -> str:
    with rls.system("test"):
        return str(FundingRequest.for_house("test", NOW.on).get_or_404(pk=pk).state)


# ---- the coordinator and a request


def test_a_request_is_begun_shown_and_sent(house: Cast) -> None:
    client = visitor(house.coordinator, NOW)
    dossier_id = builders.a_mother(house.coordinator, NOW)
    begun = send(client, f"/financiering/begin/{dossier_id}/", {})
    assert begun.status_code == 302
    page = text_of(client.get(begun.url))
    assert "Amsterdam" in page
    assert "Nog niets verstuurd" in page
    url = f"{begun.url}versturen/"
    shown = text_of(client.get(url))
    assert "Voorletters: M.S." in shown
    assert "Madelief" not in shown
    mothers.with_consent(house.coordinator, dossier_id, Purpose.MUNICIPALITY, NOW, recipient=builders.PAYING)
    sent = send(client, url, STEPS["versturen"])
    assert sent.url == begun.url
    with rls.system("test"):
        row = FundingRequest.for_house("test", NOW.on).get_or_404(dossier_id=dossier_id)
        assert set(row.extract) == {"number", "initials"}


def test_sending_without_consent_is_refused_on_the_page(house: Cast) -> None:
    row = builders.drafted(house.coordinator, NOW)
    refused = send(visitor(house.coordinator, NOW), f"/financiering/{row.id}/versturen/", STEPS["versturen"])
    assert refused.status_code == 422
    assert "Vraag haar dat eerst" in text_of(refused)
    assert state_of(row.id) == State.DRAFT


def test_more_without_a_reason_is_refused_beside_the_field(house: Cast) -> None:
    row = builders.drafted(house.coordinator, NOW)
    mothers.with_consent(
        house.coordinator, row.dossier_id, Purpose.MUNICIPALITY, NOW, recipient=builders.PAYING
    )
    told = STEPS["versturen"] | {"more": "Zij krijgt haar dochter terug."}
    refused = send(visitor(house.coordinator, NOW), f"/financiering/{row.id}/versturen/", told)
    assert refused.status_code == 422
    assert refused.context["form"].errors["reason"]
    assert "Zij krijgt haar dochter terug." in text_of(refused)


Begin = Callable[..., FundingRequest]


@pytest.mark.parametrize(
    ("begin", "step", "days", "after"),
    [
        (builders.submitted, "toegekend", 0, State.GRANTED),
        (builders.submitted, "afgewezen", 0, State.REJECTED),
        (builders.submitted, "geen-antwoord", 57, State.NO_ANSWER),
        (builders.submitted, "intrekken", 0, State.WITHDRAWN),
        (builders.rejected, "andere-betaler", 0, State.GRANTED_ALTERNATIVE),
        (builders.rejected, "loslaten", 0, State.LET_GO),
    ],
)
def test_each_step_does_what_it_says(house: Cast, begin: Begin, step: str, days: int, after: State) -> None:
    row = begin(house.coordinator, NOW)
    client = visitor(house.coordinator, later(NOW, days))
    done = send(client, f"/financiering/{row.id}/{step}/", STEPS[step])
    assert (done.status_code, done.url) == (302, f"/financiering/{row.id}/")
    assert state_of(row.id) == after
    text_of(client.get(done.url))


def test_a_question_is_shown_and_answered(house: Cast) -> None:
    row = builders.submitted(house.coordinator, NOW)
    actions.ask_question(house.paying, row.id, "Waar woont zij straks?", NOW)
    client = visitor(house.coordinator, NOW)
    assert "Waar woont zij straks?" in text_of(client.get(f"/financiering/{row.id}/antwoorden/"))
    send(client, f"/financiering/{row.id}/antwoorden/", STEPS["antwoorden"])
    assert state_of(row.id) == State.SUBMITTED


def test_an_agreement_is_chosen(house: Cast) -> None:
    agreement = builders.agreement(house.leader, NOW, reference="SZ-1")
    row = builders.drafted(house.coordinator, NOW)
    client = visitor(house.coordinator, NOW)
    assert "SZ-1" in text_of(client.get(f"/financiering/{row.id}/dekken/"))
    done = send(client, f"/financiering/{row.id}/dekken/", {"agreement": str(agreement.pk)})
    assert done.status_code == 302
    assert state_of(row.id) == State.COVERED


def test_silence_is_offered_only_after_the_term(house: Cast) -> None:
    row = builders.submitted(house.coordinator, NOW)
    url = f"/financiering/{row.id}/"
    assert f"{url}geen-antwoord/" not in text_of(visitor(house.coordinator, NOW).get(url))
    late = text_of(visitor(house.coordinator, later(NOW, 57)).get(url))
    assert f"{url}geen-antwoord/" in late
    assert "Zwijgt" in late


def test_silence_too_early_is_refused_with_the_day(house: Cast) -> None:
    row = builders.submitted(house.coordinator, NOW)
    refused = send(visitor(house.coordinator, NOW), f"/financiering/{row.id}/geen-antwoord/", {})
    assert refused.status_code == 422
    assert "di 8 mrt" in text_of(refused)


def test_letting_go_asks_twice_and_tells_what_follows(house: Cast) -> None:
    row = builders.rejected(house.coordinator, NOW)
    page = text_of(visitor(house.coordinator, NOW).get(f"/financiering/{row.id}/loslaten/"))
    assert "Moeten wij haar loslaten?" in page
    assert "tellen mee in de cijfers" in page


def test_a_step_twice_has_one_effect(house: Cast) -> None:
    row = builders.submitted(house.coordinator, NOW)
    client = visitor(house.coordinator, NOW)
    url = f"/financiering/{row.id}/afgewezen/"
    told = STEPS["afgewezen"] | hidden(client.get(url))
    assert client.post(url, told).status_code == 302
    assert client.post(url, told).status_code == 302
    assert state_of(row.id) == State.REJECTED


@pytest.mark.parametrize("step", ["", *(f"{step}/" for step in STEPS), "dekken/"])
def test_a_stranger_finds_no_request(house: Cast, step: str) -> None:
    row = builders.submitted(house.coordinator, NOW)
    assert visitor(house.stranger, NOW).get(f"/financiering/{row.id}/{step}").status_code == 404


@pytest.mark.parametrize("who", ["leader", "volunteer", "referrer", "paying", "safety_house"])
@pytest.mark.parametrize("step", ["", "versturen/", "loslaten/", "toegekend/"])
def test_who_asks_no_funding_may_not_enter(house: Cast, who: str, step: str) -> None:
    row = builders.submitted(house.coordinator, NOW)
    assert visitor(getattr(house, who), NOW).get(f"/financiering/{row.id}/{step}").status_code == 403


def test_who_is_not_signed_in_goes_to_the_door(house: Cast) -> None:
    response = visitor(None, NOW).get(f"/financiering/{uuid4()}/")
    assert response.status_code == 302
    assert response.url.startswith("/inloggen/")


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


# ---- coverage and agreements


def test_coverage_has_a_map_a_table_and_no_names(house: Cast) -> None:
    builders.agreement(house.leader, NOW)
    builders.let_go(house.coordinator, NOW, 3)
    page = text_of(visitor(house.leader, NOW).get("/dekking/"))
    for word in ("<svg", "Amsterdam", "Heerlen", "&lt;10", "Ingekocht"):
        assert word in page
    for name in mothers.MOTHERS + mothers.LAST_NAMES:
        assert name not in page


def test_coverage_is_filtered_by_a_link(house: Cast) -> None:
    builders.agreement(house.leader, NOW)
    builders.let_go(house.coordinator, NOW)
    table = visitor(house.leader, NOW).get("/dekking/?stand=paid").context["table"]
    assert [row[0].text for row in table.rows] == ["Amsterdam"]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_coverage_goes_along_as_a_file(house: Cast, kind: str) -> None:
    builders.let_go(house.coordinator, NOW)
    response = visitor(house.leader, NOW).get(f"/dekking/lijst.{kind}?stand=none")
    assert response.status_code == 200
    assert response["Content-Disposition"] == f'attachment; filename="dekking-2011-01-11.{kind}"'


def test_the_file_is_exactly_what_is_shown(house: Cast) -> None:
    builders.agreement(house.leader, NOW)
    builders.let_go(house.coordinator, NOW)
    client = visitor(house.leader, NOW)
    table = client.get("/dekking/").context["table"]
    lines = client.get("/dekking/lijst.csv").content.decode("utf-8-sig").splitlines()[1:]
    assert [line.split(";")[0] for line in lines] == [row[0].text for row in table.rows]
    assert [line.split(";")[3:] for line in lines] == [[cell.text for cell in row[3:]] for row in table.rows]


def test_an_unknown_file_or_place_does_not_exist(house: Cast) -> None:
    client = visitor(house.leader, NOW)
    assert client.get("/dekking/lijst.pdf").status_code == 404
    assert client.get("/dekking/gemeente/9999/").status_code == 404


def test_a_municipality_shows_its_numbers_and_agreements(house: Cast) -> None:
    builders.agreement(house.leader, NOW, reference="SZ-7")
    page = text_of(visitor(house.leader, NOW).get("/dekking/gemeente/0363/"))
    assert "SZ-7" in page
    assert "0 van 10 plaatsen bezet" in page


@pytest.mark.parametrize("who", ["volunteer", "referrer", "paying", "safety_house", "coordinator"])
def test_coverage_is_for_the_project_leader(house: Cast, who: str) -> None:
    client = visitor(getattr(house, who), NOW)
    assert client.get("/dekking/").status_code == 403
    assert client.get("/dekking/lijst.csv").status_code == 403


def test_the_project_leader_opens_no_dossier_here(house: Cast) -> None:
    row = builders.submitted(house.coordinator, NOW)
    assert visitor(house.leader, NOW).get(f"/financiering/begin/{row.dossier_id}/").status_code == 403


def test_coverage_asks_as_much_for_one_as_for_many(house: Cast) -> None:
    builders.submitted(house.coordinator, NOW)
    client = visitor(house.leader, NOW)
    queries(client, "/dekking/")
    one = queries(client, "/dekking/")
    for number in range(1, 8):
        builders.submitted(house.coordinator, NOW, number, builders.REFUSING)
    assert queries(client, "/dekking/") == one <= 15


def test_an_agreement_is_recorded_and_ended_on_pages(house: Cast) -> None:
    client = visitor(house.leader, NOW)
    told = {
        "municipality": "0363",
        "form": "places",
        "places": "6",
        "from_on": "1-1-2011",
        "reference": "SZ-9",
    }
    assert send(client, "/afspraken-gemeenten/nieuw/", told).status_code == 302
    assert "SZ-9" in text_of(client.get("/afspraken-gemeenten/"))
    row = Agreement.objects.get()
    ended = send(client, f"/afspraken-gemeenten/{row.pk}/einde/", {"to_on": "10-1-2011"})
    assert ended.status_code == 302
    assert "SZ-9" not in text_of(client.get("/afspraken-gemeenten/"))
    assert "SZ-9" in text_of(client.get("/afspraken-gemeenten/?toon=alles"))


def test_an_agreement_without_amount_is_refused_beside_its_form(house: Cast) -> None:
    told = {"municipality": "0363", "form": "price", "places": "6", "from_on": "1-1-2011"}
    refused = send(visitor(house.leader, NOW), "/afspraken-gemeenten/nieuw/", told)
    assert refused.status_code == 422
    assert refused.context["form"].errors["form"]


def test_amounts_are_kept_in_cents(house: Cast) -> None:
    told = {"municipality": "0363", "form": "price", "price": "4800.50", "from_on": "1-1-2011"}
    send(visitor(house.leader, NOW), "/afspraken-gemeenten/nieuw/", told)
    assert Agreement.objects.get().price_cents == 480050


def test_the_form_knows_from_which_municipality_one_comes(house: Cast) -> None:
    page = visitor(house.leader, NOW).get("/afspraken-gemeenten/nieuw/?gemeente=0917")
    assert page.context["form"].initial["municipality"] == "0917"


@pytest.mark.parametrize("who", ["volunteer", "referrer", "paying", "safety_house", "deputy"])
def test_agreements_are_managed_by_who_may(house: Cast, who: str) -> None:
    row = builders.agreement(house.leader, NOW)
    client = visitor(getattr(house, who), NOW)
    for path in ("", "nieuw/", f"{row.pk}/einde/"):
        assert client.get(f"/afspraken-gemeenten/{path}").status_code == 403
    assert visitor(house.leader, NOW).get(f"/afspraken-gemeenten/{uuid4()}/einde/").status_code == 404


# ---- conferences


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
