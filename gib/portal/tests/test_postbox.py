"""Letters of telephones: the same report as by its own page, once, by who is signed in."""

import json
from base64 import b64encode
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from gib.care.handover.models import NeedSignal
from gib.care.products.domain.contact import State
from gib.care.products.models import Contact
from gib.core.vault.tests.test_postbox import sealed
from gib.people.accounts import builders as accounts
from gib.people.partners import builders as places
from gib.portal.tests.test_phone_page import Visiting, _alone, visiting
from gib.portal.tests.town import TODAY

__all__ = ["visiting"]
pytestmark = [pytest.mark.django_db(databases="__all__"), pytest.mark.usefixtures("_strict")]
URL = "/brievenbus/"
NOTE = "Zij zong voor de kinderen."


def letter(to: str, told: dict[str, Any], *, quiet: bool = True) -> dict[str, str]:
    """Seal a form as the telephone does, and give what it sends."""
    one = sealed(json.dumps({"to": to, "fields": urlencode(told, doseq=True)}), str(told["token"]))
    box = {name: b64encode(getattr(one, name)).decode() for name in ("point", "nonce", "sealed")}
    return box | {"version": str(one.version), "mark": one.mark} | ({"quiet": "on"} if quiet else {})


def text(answer: Any) -> str:
    """Give the page as it was sent, on one line."""
    return " ".join(answer.content.decode().split())


def report(**facts: Any) -> dict[str, Any]:
    return {"token": str(uuid4()), "held_on": "11-1-2011", "minutes": "60", "mood": "4", "note": NOTE} | facts


def log_of(visiting: Visiting) -> str:
    return reverse("products:visit_log", args=[visiting.match.id])


def held(visiting: Visiting) -> list[Any]:
    return list(Contact.for_action(visiting.coordinator, TODAY).filter(state=State.LOGGED))


def test_a_letter_is_the_report_of_its_page(visiting: Visiting) -> None:
    answer = visiting.client.post(URL, letter(log_of(visiting), report()))
    assert answer.status_code == 200
    assert answer.json() == {"url": reverse("products:match", args=[visiting.match.id])}
    (row,) = held(visiting)
    assert (row.minutes, row.held_on) == (60, TODAY)
    page = text(visiting.client.get(reverse("products:visit", args=[row.id])))
    assert NOTE in page


def test_a_letter_sent_again_and_its_page_sent_before_are_one_report(visiting: Visiting) -> None:
    told = report()
    first = visiting.client.post(log_of(visiting), told)
    assert first.status_code == 302
    for _turn in range(2):
        assert visiting.client.post(URL, letter(log_of(visiting), told)).json() == {"url": first.url}
    assert len(held(visiting)) == 1


def test_a_worry_may_be_a_letter(visiting: Visiting) -> None:
    to = reverse("handover:worry", args=[visiting.match.dossier_id]) + "?hoe=help"
    told = {"token": str(uuid4()), "kind": "other", "urgency": "help", "words": "Zij huilt veel."}
    assert 'value="other"' in text(visiting.client.get(to))
    answer = visiting.client.post(URL, letter(to, told))
    assert answer.status_code == 200, text(answer)
    assert NeedSignal.for_action(visiting.coordinator, TODAY).count() == 1


def test_a_refusal_comes_back_in_words_with_all_that_was_written(visiting: Visiting) -> None:
    to = log_of(visiting)
    answer = visiting.client.post(URL, letter(to, report(minutes="3"), quiet=False))
    assert answer.status_code == 422
    page = text(answer)
    assert NOTE in page
    assert f'action="{to}"' in page, "mended, it goes to its own page"
    assert held(visiting) == []


def test_without_a_script_a_letter_leads_to_where_its_page_leads(visiting: Visiting) -> None:
    answer = visiting.client.post(URL, letter(log_of(visiting), report(), quiet=False))
    assert (answer.status_code, answer.url) == (302, reverse("products:match", args=[visiting.match.id]))


def test_who_is_signed_in_reports_and_nobody_for_her(visiting: Visiting) -> None:
    """Another volunteer with the same telephone cannot send the letter: it is not her match."""
    other = _alone()
    assert other.post(URL, letter(log_of(visiting), report())).status_code == 404
    assert Client().post(URL, letter(log_of(visiting), report())).status_code == 302
    assert held(visiting) == []


def test_no_other_page_takes_letters(visiting: Visiting) -> None:
    told = report(on="14-1-2011", at="10:30", place="Zaal 2")
    for to in (reverse("products:visit_plan", args=[visiting.match.id]), "/nergens/", URL, "http://[x"):
        answer = visiting.client.post(URL, letter(to, told))
        assert answer.status_code == 422, to
        assert "kan niet meer worden gelezen" in text(answer)
    assert not Contact.for_action(visiting.coordinator, TODAY).exists()


@pytest.mark.parametrize(
    "broken",
    [
        {"mark": "x"},
        {"sealed": "AAAA"},
        {"sealed": "é"},
        {"sealed": "A" * 50_000},
        {"version": "9"},
        {"point": ""},
    ],
)
def test_a_letter_that_cannot_be_opened_says_so(visiting: Visiting, broken: dict[str, str]) -> None:
    answer = visiting.client.post(URL, letter(log_of(visiting), report()) | broken)
    assert answer.status_code == 422
    assert "kan niet meer worden gelezen" in text(answer)


def test_a_letter_that_is_no_form_says_so(visiting: Visiting) -> None:
    for content in ("[]", "geen json", '{"to": 3}', '{"fields": ""}', "\ud7ff"):
        one = sealed(content)
        box = {name: b64encode(getattr(one, name)).decode() for name in ("point", "nonce", "sealed")}
        answer = visiting.client.post(URL, box | {"version": str(one.version), "mark": one.mark})
        assert answer.status_code == 422, content


def test_only_a_volunteer_gets_the_key_and_the_script(visiting: Visiting) -> None:
    assert "outbox.js" in text(visiting.client.get("/mijn-dag/"))
    team = places.two_teams()[0]
    from_desk = Client()
    from_desk.force_login(accounts.coordinator(team)[0])
    assert "outbox.js" not in from_desk.get("/vandaag/").content.decode()
