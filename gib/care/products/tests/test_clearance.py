"""Days before a visit inside, the list of the prison; after one that failed, another day."""

from collections.abc import Callable
from datetime import time
from typing import Any

import pytest
from django.urls import reverse

from gib.care.products import actions, builders
from gib.care.products.domain.contact import Cancelled, Reason, State
from gib.care.products.models import Contact, Match
from gib.care.products.slots_visits import to_clear, to_replace
from gib.care.products.tests.conftest import NOW, day, later, write
from gib.care.products.tests.test_views import at, done, herself, send
from gib.care.referral.tests.reader import Page, counting, text_of, visitor
from gib.core.access.actor import Actor
from gib.people.families.models import current_place
from gib.people.partners.models import LegalParameter, PrisonClosure, VisitingRule
from gib.people.volunteers.actions.availability import tell_absence
from gib.people.volunteers.domain import Requirement
from gib.people.volunteers.domain.availability import Away
from gib.people.volunteers.models import Completion, PrisonPermit

pytestmark = pytest.mark.django_db(databases=["default", "keys", "log"])


@pytest.fixture
def match(house: Actor) -> Match:
    return builders.visiting(house, NOW)[1]


def planned(house: Actor, match: Match, days: int) -> Contact:
    return actions.plan_visit(house, match.id, day(days), builders.AT, "", NOW)


def called_off(
    house: Actor, match: Match, days: int, side: str = Cancelled.VOLUNTEER, reason: str = Reason.ILL
) -> Contact:
    row = planned(house, match, days)
    return actions.cancel_visit(house, row.id, Reason(reason), Cancelled(side), NOW)


def asks(house: Actor, days: int = 0) -> list[str]:
    return [task.why for task in to_clear(Page(house, later(days)))]


def proposals(house: Actor, days: int = 0) -> list[str]:
    """Give the days that are proposed, as they stand in the address of the form."""
    return [task.url.partition("dag=")[2][:10] for task in to_replace(Page(house, later(days)))]


def test_today_asks_for_the_list_of_the_prison(house: Actor, match: Match) -> None:
    row = planned(house, match, 10)
    planned(house, match, 40)
    (task,) = to_clear(Page(house, NOW))
    assert (task.who, task.url) == ("Truus V. · Madelief S.", at("visit", row.id))
    assert (task.tone, task.badge, task.dossier_id) == ("warn", "", match.dossier_id)
    assert task.why == "Bezoek op vr 21 jan. Geef haar uiterlijk vr 14 jan door aan de inrichting."
    (late,) = to_clear(Page(house, later(5)))
    assert late.tone == "stop"
    assert "niet doorgegeven vóór vr 14 jan" in late.why


def test_who_is_on_the_list_is_not_asked_for_again(house: Actor, match: Match) -> None:
    row = planned(house, match, 10)
    actions.confirm_visit(house, row.id, NOW)
    assert len(asks(house)) == 1
    done(house, at("visit_step", row.id, "doorgeven"))
    assert asks(house) == []
    actions.cancel_visit(house, row.id, Reason.ILL, Cancelled.MOTHER, NOW)
    assert asks(house) == []


def test_each_prison_has_a_notice_of_its_own(house: Actor, match: Match) -> None:
    """The longest notice of its usual rules of that day; another prison, kind or day does not count."""
    planned(house, match, 20)
    assert asks(house) == []
    VisitingRule.objects.create(prison_id="TPL", kind="regular", notice_days=30)
    VisitingRule.objects.create(prison_id="NSL", kind="parent_child", notice_days=30)
    VisitingRule.objects.create(prison_id="NSL", kind="regular", notice_days=30, valid_to=NOW.on)
    VisitingRule.objects.create(prison_id="NSL", kind="regular", notice_days=2)
    assert asks(house) == []
    VisitingRule.objects.create(prison_id="NSL", kind="regular", notice_days=14, regime="remand")
    assert "uiterlijk ma 17 jan" in asks(house)[0]
    assert "niet doorgegeven vóór ma 17 jan" in asks(house, 7)[0]


def test_the_notice_is_that_of_the_day_of_the_visit(house: Actor, match: Match) -> None:
    """A rule that ends before the visit no longer counts, and one that begins by then does already."""
    planned(house, match, 24)
    VisitingRule.objects.create(prison_id="NSL", kind="regular", notice_days=30, valid_to=day(24))
    assert asks(house) == []
    VisitingRule.objects.create(prison_id="NSL", kind="regular", notice_days=21, valid_from=day(24))
    assert "uiterlijk vr 14 jan" in asks(house)[0]


def received(weekday: int, **facts: Any) -> None:
    """Let the prison receive visitors on one day of the week, in the morning."""
    told = {"weekday": weekday, "start": time(10), "end": time(12)} | facts
    VisitingRule.objects.create(prison_id="NSL", kind="regular", notice_days=7, **told)


def test_a_visit_that_new_hours_leave_no_room_for_is_told(house: Actor, match: Match) -> None:
    """It was planned on Friday when no hours were known; from then on the prison receives on Thursday."""
    row = planned(house, match, 10)
    received(3, valid_from=day(10))
    (task,) = to_clear(Page(house, NOW))
    assert (task.tone, task.badge) == ("stop", "")
    assert task.why == "Bezoek op vr 21 jan: dan ontvangt de inrichting geen bezoek. Kies een andere tijd."
    actions.clear_visit(house, row.id, NOW)
    assert asks(house) == []


def test_the_hours_of_her_own_regime_count(house: Actor, match: Match) -> None:
    planned(house, match, 10)
    hers = current_place(match.dossier_id, NOW.on)
    assert hers is not None and hers.regime != "open"
    received(3, regime="open")
    assert "Geef haar uiterlijk" in asks(house)[0]
    received(3)
    assert "ontvangt de inrichting geen bezoek" in asks(house)[0]
    received(4, regime=hers.regime)
    assert "Geef haar uiterlijk" in asks(house)[0]


def test_a_short_notice_asks_later(house: Actor, match: Match) -> None:
    planned(house, match, 10)
    VisitingRule.objects.filter(prison_id="NSL").update(notice_days=1)
    assert asks(house, 1) == []
    assert "uiterlijk do 20 jan" in asks(house, 2)[0]


def test_without_a_rule_the_term_of_the_programme_holds(house: Actor, match: Match) -> None:
    planned(house, match, 15)
    VisitingRule.objects.filter(prison_id="NSL").delete()
    assert asks(house) == []
    assert "uiterlijk wo 19 jan" in asks(house, 1)[0]
    LegalParameter.objects.filter(key="clearance_lead_days").update(value=8)
    assert len(asks(house)) == 1


@pytest.mark.parametrize(("last", "wanted"), [(9, ["visit.unsafe"]), (10, [])])
def test_a_permit_that_ends_before_the_visit_is_told(
    house: Actor, match: Match, last: int, wanted: list[str]
) -> None:
    row = planned(house, match, 10)
    actions.clear_visit(house, row.id, NOW)
    for permit in PrisonPermit.for_action(house, NOW.on).filter(volunteer_id=match.volunteer_id):
        permit.to_on = day(last)
        write(permit)
    found = to_clear(Page(house, NOW))
    assert [each.badge for each in found] == wanted
    assert all("toegang tot deze inrichting geldt dan niet" in each.why for each in found)


def identity(house: Actor, match: Match, last: int | None) -> None:
    """Let her identity document be valid up to and including a day; without one nobody saw it."""
    papers = Completion.for_action(house, NOW.on).filter(volunteer_id=match.volunteer_id)
    row = papers.get(requirement=Requirement.IDENTITY)
    if last is None:
        row.requirement = Requirement.COACHING
    else:
        row.to_on = day(last)
    write(row)


@pytest.mark.parametrize(("last", "is_told"), [(9, True), (10, False), (None, True)])
def test_an_identity_document_must_be_valid_on_the_day_of_the_visit(
    house: Actor, match: Match, last: int | None, is_told: bool
) -> None:
    row = planned(house, match, 10)
    identity(house, match, last)
    (why,) = asks(house)
    assert "Geef haar uiterlijk vr 14 jan door" in why
    assert ("Haar identiteitsbewijs is niet gezien, of geldt dan niet meer." in why) is is_told
    actions.clear_visit(house, row.id, NOW)
    still = "Bezoek op vr 21 jan: haar identiteitsbewijs is niet gezien, of geldt dan niet meer."
    assert asks(house) == [still] * is_told


def test_once_a_new_identity_document_is_seen_nothing_is_asked(house: Actor, match: Match) -> None:
    row = planned(house, match, 10)
    actions.clear_visit(house, row.id, NOW)
    identity(house, match, 5)
    assert len(asks(house)) == 1
    url, paper = reverse("volunteers:complete", args=[match.volunteer_id]), "11-1-2011"
    assert send(house, url, requirement="identity", seen_on=paper, to_on="").status_code == 422
    done(house, url, requirement="identity", seen_on=paper, to_on="10-1-2016")
    assert asks(house) == []


def test_a_visit_at_home_is_on_no_list(house: Actor) -> None:
    _part, match = builders.at_home(house, NOW)
    planned(house, match, 3)
    assert asks(house) == []


def test_today_proposes_another_day_until_there_is_one(house: Actor, match: Match) -> None:
    row = planned(house, match, 3)
    assert to_replace(Page(house, NOW)) == []
    done(house, at("visit_cancel", row.id), side="volunteer", reason="ill")
    (task,) = to_replace(Page(house, NOW))
    assert (task.who, task.dossier_id) == ("Madelief S.", match.dossier_id)
    assert task.why == "Het bezoek van vr 14 jan ging niet door: ziek. Voorstel: vr 21 jan 10:30."
    form = visitor(house).get(task.url)
    assert 'value="21-01-2011"' in text_of(form)
    assert form.context["form"].initial == {"on": "21-01-2011", "at": "10:30"}
    done(house, task.url, on="21-01-2011", at="10:30")
    assert to_replace(Page(house, NOW)) == []


def test_the_next_visit_of_the_series_is_no_replacement(house: Actor, match: Match) -> None:
    called_off(house, match, 3)
    planned(house, match, 17)
    assert proposals(house) == ["21-01-2011"]
    planned(house, match, 12)
    assert proposals(house) == []


@pytest.mark.parametrize(
    ("side", "reason"), [("prison", "lockdown"), ("mother", "ill"), ("caregiver", "work")]
)
def test_whichever_side_called_off_another_day_is_proposed(
    house: Actor, match: Match, side: str, reason: str
) -> None:
    called_off(house, match, 3, side, reason)
    assert proposals(house) == ["21-01-2011"]


def test_nothing_is_proposed_for_who_left(house: Actor, match: Match) -> None:
    called_off(house, match, 3, Cancelled.PRISON, Reason.MOVED)
    assert proposals(house) == []


def test_who_was_refused_at_the_gate_gets_another_day(house: Actor, match: Match) -> None:
    row = planned(house, match, 0)
    actions.miss_visit(house, row.id, State.REFUSED_AT_GATE, Reason.ID_MISSING, NOW)
    assert proposals(house) == ["18-01-2011"]
    assert "geen geldig identiteitsbewijs" in to_replace(Page(house, NOW))[0].why


def test_a_visit_that_nobody_planned_counts_as_seen(house: Actor, match: Match) -> None:
    called_off(house, match, 1)
    assert proposals(house, 2) == ["19-01-2011"]
    builders.visited(herself(match), match, day(2), later(2))
    assert proposals(house, 2) == []


def test_a_closed_prison_and_a_day_that_is_over_are_not_proposed(house: Actor, match: Match) -> None:
    called_off(house, match, 3)
    PrisonClosure.objects.create(prison_id="TPL", why="lockdown", valid_from=day(9), valid_to=day(11))
    assert proposals(house) == ["21-01-2011"]
    PrisonClosure.objects.create(prison_id="NSL", why="lockdown", valid_from=day(9), valid_to=day(11))
    assert proposals(house) == ["17-01-2011"]
    assert proposals(house, 8) == ["24-01-2011"]
    assert proposals(house, 16) == []


def test_the_day_that_is_proposed_is_one_on_which_the_prison_receives(house: Actor, match: Match) -> None:
    called_off(house, match, 3)
    received(2, start=time(14), end=time(16))
    (task,) = to_replace(Page(house, NOW))
    assert task.why == "Het bezoek van vr 14 jan ging niet door: ziek. Voorstel: wo 19 jan 14:00."
    done(house, task.url, on="19-1-2011", at="14:00")
    assert to_replace(Page(house, NOW)) == []


def test_a_day_on_which_the_volunteer_is_away_is_not_proposed(house: Actor, match: Match) -> None:
    called_off(house, match, 3)
    assert proposals(house) == ["21-01-2011"]
    tell_absence(house, match.volunteer_id, Away(day(10), day(11)), NOW)
    assert proposals(house) == ["17-01-2011"]
    tell_absence(house, match.volunteer_id, Away(day(4), day(9)), NOW)
    assert proposals(house) == ["24-01-2011"]
    tell_absence(house, match.volunteer_id, Away(day(12)), NOW)
    assert proposals(house) == []


def test_after_the_end_of_a_match_nothing_is_proposed(house: Actor, match: Match) -> None:
    called_off(house, match, 3)
    done(house, at("match_end", match.id), reason="by_mother")
    assert proposals(house) == []


@pytest.mark.parametrize("source", [to_clear, to_replace])
def test_another_team_sees_nothing(
    house: Actor, stranger: Actor, match: Match, source: Callable[[Any], list[Any]]
) -> None:
    called_off(house, match, 0)
    planned(house, match, 14)
    assert [task.dossier_id for task in source(Page(house, NOW))] == [match.dossier_id]
    assert source(Page(stranger, NOW)) == []


@pytest.mark.parametrize("source", [to_clear, to_replace])
def test_one_row_asks_as_much_as_three(house: Actor, source: Callable[[Any], list[Any]]) -> None:
    asked = []
    for number in range(3):
        match = builders.visiting(house, NOW, number)[1]
        called_off(house, match, 0)
        planned(house, match, 14)
        with counting() as found:
            assert len(source(Page(house, NOW))) == number + 1
        asked.append(len(found))
    assert asked[0] == asked[-1] <= 15


def test_the_start_page_shows_both(house: Actor, match: Match) -> None:
    called_off(house, match, 0)
    planned(house, match, 14)
    text = text_of(visitor(house).get(reverse("portal:today")))
    assert "Geef haar uiterlijk di 18 jan" in text
    assert "ging niet door: ziek. Voorstel: di 18 jan" in text
