"""One visit that was told about twice: the same report is one record, two different ones are both kept."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from gib.care.products import actions, builders
from gib.care.products.actions.contacts import Log
from gib.care.products.domain.account import MOST, Account, accounts, with_account
from gib.care.products.domain.contact import State, Theme
from gib.care.products.models import Contact, Match
from gib.care.products.tests.conftest import NOW, broken, day
from gib.care.products.tests.test_views import at, done, herself, later
from gib.care.referral.tests.reader import hidden, text_of, visitor
from gib.core.access.actor import Actor
from gib.core.kernel.clock import Now
from gib.core.kernel.dates import local_day

pytestmark = pytest.mark.django_db(databases=["default", "keys", "log"])
TOLD = Account(held_on=day(3), minutes=60, mood=4, themes="", note="Zij zong.", next_question="")


@pytest.fixture
def match(house: Actor) -> Match:
    return builders.visiting(house, NOW)[1]


@pytest.fixture
def visit(house: Actor, match: Match) -> Contact:
    return actions.plan_visit(house, match.id, day(3), builders.AT, "Zaal 2", NOW)


def page_of(match: Match, visit: Contact) -> str:
    return f"{at('visit_log', match.id)}?bezoek={visit.id}"


def report(**facts: str) -> dict[str, str]:
    return {"held_on": "14-1-2011", "minutes": "60", "mood": "4"} | facts


def test_what_is_put_beside_comes_back_as_it_was() -> None:
    kept = with_account(None, TOLD)
    assert accounts(kept) == [TOLD]
    assert accounts(None) == []


def test_there_is_an_end_to_telling_again() -> None:
    kept: Any = None
    for _turn in range(MOST):
        kept = with_account(kept, TOLD)
    with broken("accounts_full"):
        with_account(kept, TOLD)


def test_the_same_report_sent_again_is_one_record_with_the_same_answer(match: Match, visit: Contact) -> None:
    browser, url = visitor(herself(match), later(3)), page_of(match, visit)
    data = hidden(browser.get(url)) | report(note="Zij zong.")
    first, second = browser.post(url, data), browser.post(url, data)
    assert (first.status_code, first.url) == (second.status_code, second.url)
    assert first.status_code == 302
    row = Contact.for_action(herself(match), day(3)).get()
    assert (row.state, row.later) == (State.LOGGED, None)


def test_two_telephones_keep_both_reports_and_show_both(house: Actor, match: Match, visit: Contact) -> None:
    url = page_of(match, visit)
    one, other = visitor(herself(match), later(3)), visitor(herself(match), later(3))
    of_one, of_other = hidden(one.get(url)), hidden(other.get(url))
    assert one.post(url, of_one | report(note="Zij zong.")).status_code == 302
    told = report(minutes="120", note="Zij lachte.", next_question="Een boek?", themes=Theme.MONEY)
    assert other.post(url, of_other | told).status_code == 302
    row = Contact.for_action(house, day(3)).get()
    assert (row.state, row.minutes) == (State.LOGGED, 60)
    for reader in (herself(match), house):
        page = text_of(visitor(reader, later(3)).get(at("visit", visit.id)))
        assert all(text in page for text in ("Zij zong.", "Zij lachte.", "Een boek?", "Geld"))
        assert page.index("Zij zong.") < page.index("Ook opgeschreven") < page.index("Zij lachte.")


def test_what_comes_beside_is_read_again_by_the_coordinator(
    house: Actor, match: Match, visit: Contact
) -> None:
    her = herself(match)
    actions.log_visit(her, match.id, Log(held_on=day(3), minutes=60, contact_id=visit.id), later(3))
    actions.read_log(house, visit.id, later(3))
    assert not Contact.visible_to(house, day(3)).unread().exists()
    actions.log_visit(her, match.id, Log(held_on=day(3), minutes=90, contact_id=visit.id), later(4))
    assert Contact.visible_to(house, day(4)).unread().count() == 1


def test_the_page_warns_that_a_report_is_there(match: Match, visit: Contact) -> None:
    her, url = herself(match), page_of(match, visit)
    words = "Over dit bezoek staat al een verslag"
    assert words not in text_of(visitor(her, later(3)).get(url))
    done(her, url, later(3), **report())
    assert words in text_of(visitor(her, later(3)).get(url))


@pytest.mark.parametrize(
    ("moment", "local"),
    [
        (datetime(2011, 1, 14, 22, 59, tzinfo=UTC), date(2011, 1, 14)),
        (datetime(2011, 1, 14, 23, 1, tzinfo=UTC), date(2011, 1, 15)),
        # The nights of summer time: 27 March and 30 October 2011.
        (datetime(2011, 3, 26, 22, 59, tzinfo=UTC), date(2011, 3, 26)),
        (datetime(2011, 3, 27, 0, 59, tzinfo=UTC), date(2011, 3, 27)),
        (datetime(2011, 3, 27, 1, 1, tzinfo=UTC), date(2011, 3, 27)),
        (datetime(2011, 3, 27, 21, 59, tzinfo=UTC), date(2011, 3, 27)),
        (datetime(2011, 3, 27, 22, 1, tzinfo=UTC), date(2011, 3, 28)),
        (datetime(2011, 10, 29, 21, 59, tzinfo=UTC), date(2011, 10, 29)),
        (datetime(2011, 10, 30, 0, 30, tzinfo=UTC), date(2011, 10, 30)),
        (datetime(2011, 10, 30, 1, 30, tzinfo=UTC), date(2011, 10, 30)),
        (datetime(2011, 10, 30, 22, 59, tzinfo=UTC), date(2011, 10, 30)),
        (datetime(2011, 10, 30, 23, 1, tzinfo=UTC), date(2011, 10, 31)),
    ],
)
def test_the_day_is_the_day_in_the_netherlands(match: Match, moment: datetime, local: date) -> None:
    now = Now(moment, local_day(moment))
    assert now.on == local
    page = visitor(herself(match), now).get(at("visit_log", match.id))
    assert f'value="{local:%d-%m-%Y}"' in text_of(page)


def test_a_report_that_arrives_after_midnight_keeps_the_day_that_was_named(match: Match) -> None:
    her = herself(match)
    evening = Now(datetime(2011, 3, 26, 22, 59, tzinfo=UTC), date(2011, 3, 26))
    night = Now(datetime(2011, 3, 27, 1, 5, tzinfo=UTC), date(2011, 3, 27))
    data = hidden(visitor(her, evening).get(at("visit_log", match.id)))
    told = report(held_on="26-03-2011")
    assert visitor(her, night).post(at("visit_log", match.id), data | told).status_code == 302
    row = Contact.for_action(her, night.on).get()
    assert (row.held_on, row.logged_on) == (date(2011, 3, 26), date(2011, 3, 27))
