"""The pages of a referral."""

import pytest

from gib.care.referral import builders
from gib.care.referral.builders import Cast
from gib.care.referral.tests.reader import hidden, text_of, visitor

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
    "wish": "Ik wil ze zien.",
    "call_back": "toestel 17",
}


def test_smoke(house: Cast) -> None:
    browser = visitor(house.mmd)
    page = browser.get("/aanmelden/")
    text_of(page)
    sent = browser.post("/aanmelden/", WRITTEN | hidden(page) | {"act": "check"})
    assert sent.status_code == 302, text_of(sent)
    page = browser.get(sent.url)
    print(text_of(page))
    sent = browser.post(sent.url, hidden(page) | {"struck": ["wish"]})
    assert sent.status_code == 302, text_of(sent)
    print(text_of(browser.get(sent.url)))
    text_of(browser.get("/aanmelden/mijn/"))
    text_of(browser.get("/aanmelden/papier/"))
    b = visitor(house.coordinator)
    text_of(b.get("/aanmeldingen/"))
    row = builders.referred(house.mmd)
    print(text_of(b.get(f"/aanmeldingen/{row.id}/")))
    for n in ("vraag", "niet-doorgaan"):
        text_of(b.get(f"/aanmeldingen/{row.id}/{n}/"))
