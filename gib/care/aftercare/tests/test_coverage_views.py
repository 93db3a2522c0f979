"""Pages about coverage and agreements."""

from uuid import uuid4

import pytest

from gib.care.aftercare import builders
from gib.care.aftercare.models import Agreement
from gib.care.aftercare.tests.asking import send
from gib.care.aftercare.tests.conftest import NOW, Cast
from gib.care.referral.tests.reader import queries, text_of, visitor
from gib.people.families import builders as mothers

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
    assert "10 plaatsen, nog plaats" in page


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
