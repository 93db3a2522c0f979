"""Pages of the coordinator about a request."""

from collections.abc import Callable
from uuid import uuid4

import pytest

from gib.care.aftercare import actions, builders
from gib.care.aftercare.domain import State
from gib.care.aftercare.models import FundingRequest
from gib.care.aftercare.tests.asking import send, state_of
from gib.care.aftercare.tests.conftest import NOW, Cast, later
from gib.care.referral.tests.reader import hidden, text_of, visitor
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
