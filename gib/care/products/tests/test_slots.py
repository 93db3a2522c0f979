"""What products put on the page of a dossier and on the start page."""

import pytest

from gib.care.products import actions, builders, slots
from gib.care.products.models import Contact
from gib.care.products.presenting import contacts as presenting
from gib.care.products.tests.conftest import NOW, day, later
from gib.care.products.tests.test_views import at, done, herself, request, shown
from gib.care.referral.tests.reader import text_of, visitor
from gib.care.trajectory import builders as trajectories
from gib.core.access.actor import Actor
from gib.core.access.tables import Scope
from gib.people.families.models import Involvement
from gib.people.partners.domain import Product

pytestmark = pytest.mark.django_db(databases=["default", "keys", "log"])


def test_a_talk_of_the_coordinator(house: Actor) -> None:
    plan = trajectories.inside(house, NOW)
    done(house, at("talk", plan.dossier_id), held_on="11-1-2011", minutes="30", note="Over school.")
    html = shown(slots.appointments(request(house), plan.dossier_id))
    assert "Over school." in html
    assert "½ uur" in html


def test_the_appointments_of_a_mother(house: Actor) -> None:
    part, match = builders.visiting(house, NOW)
    empty = shown(slots.appointments(request(house), part.dossier_id))
    assert "Nog geen bezoeken" in empty
    assert "Nog niets afgesproken" in shown(slots.next_card(request(house), part.dossier_id))
    actions.plan_visit(house, match.id, day(2), builders.AT, "Zaal 2", NOW)
    builders.visited(house, match, NOW.on, NOW)
    html = shown(slots.appointments(request(house), part.dossier_id))
    assert "do 13 jan 2011 10:30" in html or "10:30" in html
    assert "1½ uur" in html
    assert "Zaal 2" in shown(slots.next_card(request(house), part.dossier_id))
    assert "Truus V." in shown(slots.volunteer_card(request(house), part.dossier_id))


def test_a_team_that_is_asked_to_take_over_has_nothing_to_read_yet(house: Actor, stranger: Actor) -> None:
    """The page lists what the start page counts: the work of the own teams, found by one walk of an index."""
    _part, match = builders.visiting(house, NOW)
    builders.visited(herself(match), match, NOW.on, NOW)
    party = stranger.party(Scope.RECEIVING)
    Involvement.objects.create(
        dossier_id=match.dossier_id, kind=Scope.RECEIVING, party=party, from_on=NOW.on, source_id=match.id
    )
    assert Contact.visible_to(stranger, NOW.on).unread().count() == 1
    assert presenting.unread(request(stranger)) == {"told": [], "number": 0}
    assert slots.logs_to_read(request(stranger)) == []
    assert presenting.unread(request(house))["number"] == 1


def test_the_rail_is_empty_without_a_match(house: Actor) -> None:
    plan = trajectories.inside(house, NOW)
    assert slots.volunteer_card(request(house), plan.dossier_id) is None


def test_the_start_page_lists_what_waits(house: Actor, stranger: Actor) -> None:
    part, match = builders.visiting(house, NOW)
    actions.plan_visit(house, match.id, NOW.on, builders.AT, "Zaal 2", NOW)
    builders.visited(herself(match), match, NOW.on, NOW, kind="phone")
    second = builders.planned(
        house, trajectories.inside(house, NOW, 1).dossier_id, Product.BEZOEKMOEDERS, NOW
    )
    loes = builders.a_volunteer(house, NOW, given_name="Loes")
    asked = builders.proposed(house, second, loes, NOW)
    waiting = slots.answers_waiting(request(house))
    assert [(task.who, task.url) for task in waiting] == [("Jasmijn F. en Loes V.", at("match", asked.id))]
    assert "Beiden" in waiting[0].why
    assert [task.who for task in slots.logs_to_read(request(house))] == ["1 verslag om te lezen"]
    assert slots.silent(request(house, later(21))) == []
    quiet = slots.silent(request(house, later(22)))
    assert [task.dossier_id for task in quiet] == [part.dossier_id]
    for source in (slots.answers_waiting, slots.logs_to_read, slots.silent, slots.visits_today):
        assert source(request(stranger, later(30))) == []


def test_visits_of_today_and_accounts_that_are_late(house: Actor) -> None:
    part, match = builders.visiting(house, NOW)
    row = actions.plan_visit(house, match.id, day(1), builders.AT, "Zaal 2", NOW)
    assert slots.visits_today(request(house)) == []
    today = slots.visits_today(request(house, later(1)))
    assert [(task.who, task.rank) for task in today] == [("10:30 · Madelief S.", 10)]
    assert today[0].why == "Bezoek in de inrichting · Truus V. · Zaal 2"
    assert slots.logs_overdue(request(house, later(8))) == []
    late = slots.logs_overdue(request(house, later(9)))
    assert [(task.dossier_id, task.url) for task in late] == [(part.dossier_id, at("visit", row.id))]


def test_the_card_of_a_maatje_tells_hours_and_months(house: Actor) -> None:
    part, match = builders.at_home(house, NOW)
    builders.visited(house, match, NOW.on, NOW, minutes=240)
    html = shown(slots.volunteer_card(request(house, later(30)), part.dossier_id))
    assert "4 uur van ongeveer 20 uur, nog 15 maanden" in html or "nog 14 maanden" in html


def test_a_long_stay_warns_and_does_not_refuse(house: Actor) -> None:
    plan = trajectories.inside(house, NOW)
    part = builders.wished(house, plan.dossier_id, Product.MOEDER_DE_GANS, NOW)
    actions.offer(house, part.id, NOW)
    url = at("part_step", part.id, "plannen")
    assert "nieuwe vrouwen" not in text_of(visitor(house, later(56)).get(url))
    assert "nieuwe vrouwen" in text_of(visitor(house, later(57)).get(url))
    assert done(house, url, later(57)).endswith("/plan/")
