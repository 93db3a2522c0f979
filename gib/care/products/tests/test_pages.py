"""The pages of products under pressure: wrong words, sent twice, old pages, wrong methods, many rows."""

from typing import Any

import pytest

from gib.care.products import actions, builders, slots
from gib.care.products.domain.contact import Reason
from gib.care.products.domain.contact import State as Visit
from gib.care.products.domain.match import EndReason
from gib.care.products.domain.match import State as Pair
from gib.care.products.domain.participation import State as Part
from gib.care.products.models import Contact, GroupMeeting, Match, Participation
from gib.care.products.tests.conftest import NOW, day, later, traces
from gib.care.products.tests.test_views import at, herself, request, send, shown
from gib.care.referral.tests.reader import hidden, queries, text_of, visitor
from gib.care.trajectory import builders as trajectories
from gib.core.access.actor import Actor
from gib.people.partners.domain import Product

pytestmark = pytest.mark.django_db(databases=["default", "keys", "log"])


@pytest.fixture
def pair(house: Actor) -> tuple[Participation, Match]:
    return builders.visiting(house, NOW)


@pytest.mark.parametrize(
    ("name", "data", "kept"),
    [
        ("visit_plan", {"on": "10-1-2011", "at": "10:30", "place": "Zaal 2"}, "Zaal 2"),
        ("visit_plan", {"on": "14-1-2011", "at": "half elf", "place": "Zaal 2"}, "half elf"),
        ("visit_log", {"held_on": "11-1-2011", "minutes": "1", "note": "Zij zong."}, "Zij zong."),
        ("visit_log", {"held_on": "12-1-2011", "minutes": "60", "next_question": "Boek?"}, "Boek?"),
        (
            "series_start",
            {"on": "12-1-2011", "at": "02:30", "minutes": "60", "every_days": "14", "place": "Zaal 3"},
            "Zaal 3",
        ),
        ("series_start", {"on": "12-1-2011", "at": "10:30", "minutes": "60", "every_days": "15"}, "10:30"),
        ("match_end", {"reason": "nergens"}, ""),
        ("match_answer", {"yes": "misschien"}, ""),
    ],
)
def test_what_cannot_be_keeps_what_was_filled_in(
    house: Actor, pair: tuple[Participation, Match], name: str, data: dict[str, str], kept: str
) -> None:
    before = traces()
    answer = send(house, at(name, pair[1].id), **data)
    assert answer.status_code == 422
    assert kept in text_of(answer)
    assert traces() == before


@pytest.mark.parametrize(
    ("name", "data", "kept"),
    [
        (
            "meeting_add",
            {"product": "moeder_de_gans", "on": "1-1-2011", "at": "14:00", "room": "Zaal 9"},
            "Zaal 9",
        ),
        (
            "meeting_add",
            {"product": "moedermaatjes", "on": "1-2-2011", "at": "14:00", "room": "Zaal 9"},
            "Zaal 9",
        ),
        ("course_add", {"first_on": "1-1-2011", "at": "14:00", "room": "Lokaal 3"}, "Lokaal 3"),
    ],
)
def test_a_meeting_that_cannot_be_keeps_what_was_filled_in(
    house: Actor, name: str, data: dict[str, str], kept: str
) -> None:
    more = {"minutes": "120", "sessions": "8", "pass_at": "6", "places": "8"}
    answer = send(house, at(name), **data | more)
    assert answer.status_code == 422
    assert kept in text_of(answer)
    assert not GroupMeeting.objects.exists()


def test_a_visit_that_is_sent_twice_is_planned_once(house: Actor, pair: tuple[Participation, Match]) -> None:
    browser, url = visitor(house), at("visit_plan", pair[1].id)
    sent = hidden(browser.get(url)) | {"on": "14-1-2011", "at": "10:30", "place": ""}
    assert [browser.post(url, sent).status_code for _ in range(3)] == [302, 302, 302]
    assert Contact.visible_to(house, NOW.on).count() == 1


def test_an_account_that_is_sent_twice_is_kept_once(house: Actor, pair: tuple[Participation, Match]) -> None:
    browser, url = visitor(herself(pair[1])), at("visit_log", pair[1].id)
    sent = hidden(browser.get(url)) | {"held_on": "11-1-2011", "minutes": "60", "note": "Zij las."}
    for _ in range(2):
        assert browser.post(url, sent).status_code == 302
    assert Contact.visible_to(house, NOW.on).count() == 1


def test_a_wish_from_an_old_page_is_refused(house: Actor) -> None:
    plan = trajectories.inside(house, NOW)
    browser, url = visitor(house), at("wish", plan.dossier_id, Product.IK_JIJ_WIJ)
    first, second = hidden(browser.get(url)), hidden(browser.get(url))
    assert browser.post(url, first).status_code == 302
    assert browser.post(url, second).status_code == 422
    assert Participation.visible_to(house, NOW.on).count() == 1


def test_two_people_end_one_match(house: Actor, pair: tuple[Participation, Match]) -> None:
    url = at("match_end", pair[1].id)
    first, second = visitor(house), visitor(house)
    one, two = hidden(first.get(url)), hidden(second.get(url))
    assert first.post(url, one | {"reason": "planned"}).status_code == 302
    assert second.post(url, two | {"reason": "by_mother"}).status_code == 422
    row = Match.visible_to(house, NOW.on).get_or_404(pk=pair[1].id)
    assert (row.state, row.end_reason) == (Pair.ENDED, EndReason.PLANNED)


def test_pages_that_only_show_take_no_answer(house: Actor, pair: tuple[Participation, Match]) -> None:
    visit = actions.plan_visit(house, pair[1].id, day(1), builders.AT, "", NOW)
    meeting = builders.a_meeting(house, NOW, Product.MOEDER_KIND_BEZOEKEN)
    urls = [
        *(at(name) for name in ("to_read", "meetings")),
        *(at(name, meeting.pk) for name in ("meeting", "morning", "day_list")),
        at("match", pair[1].id),
        at("visit", visit.id),
    ]
    for url in urls:
        assert visitor(house).get(url).status_code == 200, url
        assert visitor(house).post(url).status_code == 405, url
        assert visitor(house).delete(url).status_code == 405, url


@pytest.mark.parametrize(("days", "status"), [(0, 200), (14, 200), (15, 404)])
def test_what_a_volunteer_reads_after_the_end(
    house: Actor, pair: tuple[Participation, Match], days: int, status: int
) -> None:
    """Invariant 11, page by page: her own accounts for two weeks, then nothing."""
    match = pair[1]
    visit = builders.visited(herself(match), match, NOW.on, NOW, note="Zij zong.")
    ahead = actions.plan_visit(house, match.id, day(5), builders.AT, "", NOW)
    actions.end_match(house, match.id, EndReason.PLANNED, NOW)
    browser = visitor(herself(match), later(days))
    for url in (at("match", match.id), at("visit", visit.id), at("visit", ahead.id)):
        assert browser.get(url).status_code == status, url
        assert visitor(house, later(days)).get(url).status_code == 200, url
    if status == 200:
        assert "Zij zong." in text_of(browser.get(at("visit", visit.id)))
        page = text_of(browser.get(at("match", match.id)))
        for name in ("visit_plan", "visit_log"):
            assert at(name, match.id) not in page


def test_after_the_end_nothing_new_is_planned(house: Actor, pair: tuple[Participation, Match]) -> None:
    match = pair[1]
    actions.end_match(house, match.id, EndReason.PLANNED, NOW)
    answer = send(herself(match), at("visit_plan", match.id), later(1), on="14-1-2011", at="10:30", place="")
    assert answer.status_code == 422
    assert "voorbij" in text_of(answer)


def test_an_ended_match_leaves_the_lists_of_today(house: Actor, pair: tuple[Participation, Match]) -> None:
    part, match = pair
    actions.end_match(house, match.id, EndReason.PLANNED, NOW)
    assert slots.silent(request(house, later(60))) == []
    assert slots.volunteer_card(request(house), part.dossier_id) is None
    assert "Zoekt vrijwilliger" in shown(slots.parts(request(house), part.dossier_id))


def test_an_untold_visit_of_before_the_end_still_asks_for_its_account(
    house: Actor, pair: tuple[Participation, Match]
) -> None:
    match = pair[1]
    row = actions.plan_visit(house, match.id, day(1), builders.AT, "", NOW)
    actions.end_match(house, match.id, EndReason.PLANNED, later(3))
    assert [task.url for task in slots.logs_overdue(request(house, later(9)))] == [at("visit", row.id)]
    builders.visited(herself(match), match, day(1), later(9), contact_id=row.id)
    assert slots.logs_overdue(request(house, later(9))) == []
    assert Contact.visible_to(house, NOW.on).get_or_404(pk=row.id).state == Visit.LOGGED


@pytest.mark.parametrize(
    "source", ["visits_today", "children_away", "answers_waiting", "logs_to_read", "logs_overdue", "silent"]
)
def test_a_start_page_without_work_is_empty(house: Actor, source: str) -> None:
    trajectories.inside(house, NOW)
    assert getattr(slots, source)(request(house)) == []


@pytest.mark.parametrize("source", ["parts", "appointments"])
def test_empty_pages_say_so(house: Actor, source: str) -> None:
    plan = trajectories.inside(house, NOW)
    html = shown(getattr(slots, source)(request(house), plan.dossier_id))
    assert {"parts": "Nog geen onderdelen.", "appointments": "Nog geen"}[source] in html


def test_every_state_of_a_visit_has_a_badge_and_the_steps_that_fit(
    house: Actor, pair: tuple[Participation, Match]
) -> None:
    row = actions.plan_visit(house, pair[1].id, NOW.on, builders.AT, "", NOW)
    page = text_of(visitor(house).get(at("visit", row.id)))
    for slug in ("bevestigen", "doorgeven", "gehouden"):
        assert at("visit_step", row.id, slug) in page
    actions.cancel_visit(house, row.id, Reason.LOCKDOWN, "prison", NOW)
    page = text_of(visitor(house).get(at("visit", row.id)))
    assert "Alles dicht" in page
    for slug in ("bevestigen", "doorgeven", "gehouden"):
        assert at("visit_step", row.id, slug) not in page
    assert at("visit_cancel", row.id) not in page


def test_the_steps_of_a_part_follow_its_state(house: Actor, pair: tuple[Participation, Match]) -> None:
    part = pair[0]
    html = shown(slots.parts(request(house), part.dossier_id))
    assert at("part_stop", part.id) in html
    assert at("part_decline", part.id) not in html
    actions.complete(house, part.id, NOW)
    html = shown(slots.parts(request(house), part.dossier_id))
    assert at("part_stop", part.id) not in html
    assert at("wish", part.dossier_id, Product.BEZOEKMOEDERS) in html
    row = Participation.visible_to(house, NOW.on).get_or_404(pk=part.id)
    assert row.state == Part.COMPLETED


def test_thirty_mothers_cost_as_many_questions_as_one(house: Actor) -> None:
    meeting = builders.a_meeting(house, NOW)
    pages = [at("meeting", meeting.pk), at("meeting_invite", meeting.pk), at("meetings")]
    _invited(house, meeting, range(2))
    few = [queries(visitor(house), url) for url in pages]
    _invited(house, meeting, range(2, 30))
    assert [queries(visitor(house), url) for url in pages] == few
    assert max(few) <= 15


def _invited(house: Actor, meeting: GroupMeeting, numbers: Any) -> None:
    for number in numbers:
        plan = trajectories.inside(house, NOW, number)
        builders.planned(house, plan.dossier_id, Product.MOEDER_DE_GANS, NOW)
        if number % 2:
            actions.invite(house, meeting.pk, plan.dossier_id, NOW)


def test_thirty_visits_cost_as_many_questions_as_one(house: Actor, pair: tuple[Participation, Match]) -> None:
    match = pair[1]
    builders.visited(herself(match), match, NOW.on, NOW)
    pages = [at("match", match.id), at("to_read")]
    few = [queries(visitor(house), url) for url in pages]
    for days in range(1, 30):
        builders.visited(herself(match), match, day(days), later(days))
    assert [queries(visitor(house, later(30)), url) for url in pages] == few
    assert max(few) <= 15
