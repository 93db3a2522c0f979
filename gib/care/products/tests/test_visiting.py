"""A visit inside is planned when that prison receives visitors, and the form offers its hours."""

from datetime import date, time
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gib.care.products import actions, builders
from gib.care.products.actions import NewSeries, Slot
from gib.care.products.domain.contact import Kind, State
from gib.care.products.domain.series import Change, Gap
from gib.care.products.models import Contact, Match, VisitSeries
from gib.care.products.tests.conftest import NOW, day, later, refused
from gib.care.products.tests.test_views import at, done, herself, send
from gib.care.referral.tests.reader import queries, text_of, visitor
from gib.core.access.actor import Actor
from gib.core.access.actor import house as machine
from gib.people.partners.models import PrisonClosure, VisitingRule

pytestmark = pytest.mark.django_db(databases=["default", "keys", "log"])
CODE = "outside_visiting_hours"
UNKNOWN = "De bezoektijden van deze inrichting zijn hier niet bekend."


@pytest.fixture
def match(house: Actor) -> Match:
    return builders.visiting(house, NOW)[1]


def rule(prison: str = "NSL", **facts: Any) -> VisitingRule:
    """Let a prison receive visitors on Friday afternoon, or at the hours that are told."""
    told = {"weekday": 4, "start": time(13), "end": time(15, 30), "kind": "regular"} | facts
    row: VisitingRule = VisitingRule.objects.create(prison_id=prison, **told)
    return row


def planned(house: Actor, match: Match, days: int, hour: int = 14, **facts: Any) -> Contact:
    return actions.plan_visit(house, match.id, day(days), time(hour), "", NOW, **facts)


def test_outside_the_hours_of_the_prison_nothing_is_planned(house: Actor, match: Match) -> None:
    rule()
    for days, hour in ((2, 14), (3, 10), (3, 15)):
        with refused(CODE):
            planned(house, match, days, hour)
    assert planned(house, match, 3).state == State.PLANNED
    with refused(CODE):
        planned(house, match, 10, minutes=120)


def test_the_rules_of_the_day_of_the_visit_count(house: Actor, match: Match) -> None:
    """From next week on visits are on Wednesday: a Friday is fine this week, and no longer then."""
    rule(valid_to=day(7))
    rule(weekday=2, valid_from=day(7))
    planned(house, match, 3)
    with refused(CODE):
        planned(house, match, 10)
    with refused(CODE):
        planned(house, match, 1)
    planned(house, match, 8)


@pytest.mark.parametrize(
    "facts",
    [{"prison": "TPL"}, {"kind": "parent_child"}, {"regime": "open"}, {"weekday": None, "start": None}],
)
def test_another_prison_kind_or_regime_says_nothing(
    house: Actor, match: Match, facts: dict[str, Any]
) -> None:
    rule(**facts)
    assert planned(house, match, 2).state == State.PLANNED


def test_a_phone_call_and_a_visit_at_home_know_no_such_hours(house: Actor, match: Match) -> None:
    rule()
    planned(house, match, 2, kind=Kind.PHONE)
    _part, at_home = builders.at_home(house, NOW, 1)
    planned(house, at_home, 2)
    form = visitor(house).get(at("visit_plan", at_home.id)).context["form"]
    assert "slot" not in form.fields
    assert UNKNOWN not in form["at"].help_text


def test_a_visit_is_moved_only_to_hours_of_the_prison(house: Actor, match: Match) -> None:
    row = planned(house, match, 2, 10)
    rule()
    with refused(CODE):
        actions.move_visit(house, row.id, Slot(on=day(4), at=time(14)), NOW)
    assert actions.move_visit(house, row.id, Slot(on=day(3), at=time(14)), NOW).planned_on == day(3)


def test_where_the_hours_are_not_known_the_form_says_so_and_lets_it_through(
    house: Actor, match: Match
) -> None:
    her = herself(match)
    assert f"Bijvoorbeeld 10:30. {UNKNOWN}" in text_of(visitor(her).get(at("visit_plan", match.id)))
    assert UNKNOWN in text_of(visitor(house).get(at("series_start", match.id)))
    done(her, at("visit_plan", match.id), on="13-1-2011", at="10:30", place="")
    (row,) = Contact.visible_to(house, NOW.on)
    assert UNKNOWN in text_of(visitor(her).get(at("visit_move", row.id)))


def test_the_form_says_the_rule_and_offers_hours_that_can_be_chosen(house: Actor, match: Match) -> None:
    rule()
    rule(weekday=0, start=time(9), end=time(10))
    PrisonClosure.objects.create(prison_id="NSL", why="lockdown", valid_from=day(6), valid_to=day(7))
    url = at("visit_plan", match.id)
    shown = text_of(visitor(house).get(url))
    assert "Bezoek kan op: maandag 09:00–10:00, vrijdag 13:00–15:30." in shown
    assert "vr 14 jan 13:00–15:30" in shown
    assert "ma 17 jan" not in shown
    assert UNKNOWN not in shown
    answer = send(house, url, on="20-1-2011", at="10:30", place="Zaal 2")
    assert answer.status_code == 422
    told = text_of(answer)
    assert "Op do 20 jan is er in deze inrichting geen bezoek van 10:30 tot 11:30." in told
    assert "vr 14 jan" not in told
    assert "vr 21 jan 13:00–15:30" in told
    assert 'value="Zaal 2"' in told
    done(house, url, slot="2011-01-21 13:00", on="20-1-2011", at="10:30", place="Zaal 2")
    (row,) = Contact.visible_to(house, NOW.on)
    assert (row.planned_on, row.planned_time) == (day(10), time(13))


@pytest.mark.parametrize("slot", ["2011-13-45 13:00", "2011-01-22 13:00", "x y", "2011-01-21"])
def test_a_choice_that_was_not_offered_is_refused(house: Actor, match: Match, slot: str) -> None:
    rule()
    answer = send(house, at("visit_plan", match.id), slot=slot, on="", at="", place="")
    assert answer.status_code == 422
    assert not Contact.visible_to(house, NOW.on).exists()


def test_a_series_begins_only_at_hours_of_the_prison(house: Actor, match: Match) -> None:
    rule()
    rhythm = {"minutes": "90", "every_days": "14", "place": ""}
    url = at("series_start", match.id)
    answer = send(house, url, on="12-1-2011", at="10:30", **rhythm)
    assert answer.status_code == 422
    assert "is er in deze inrichting geen bezoek van 10:30 tot 12:00" in text_of(answer)
    done(house, url, slot="2011-01-14 13:00", on="", at="", **rhythm)
    (row,) = VisitSeries.visible_to(house, NOW.on)
    assert (row.from_on, row.at) == (day(3), time(13))
    assert "vrijdag 13:00–15:30" in text_of(visitor(house).get(at("series", row.id)))


def test_days_of_a_series_outside_new_hours_wait_and_say_why(house: Actor, match: Match) -> None:
    """The rules change in the fifth week: what lies before is planned, the rest waits until it is moved."""
    rule(valid_to=day(29))
    rule(weekday=2, valid_from=day(29))
    with refused(CODE):
        actions.start_series(
            house, match.id, NewSeries(from_on=day(2), at=time(14), minutes=60, every_days=14), NOW
        )
    series = actions.start_series(
        house, match.id, NewSeries(from_on=day(3), at=time(14), minutes=60, every_days=14), NOW
    )
    found = Contact.visible_to(house, NOW.on).filter(series_id=series.id)
    assert sorted(found.values_list("planned_on", flat=True)) == [day(3), day(17)]
    why = "Dan ontvangt de inrichting geen bezoek. Kies voor deze dag een andere tijd."
    assert text_of(visitor(house).get(at("series", series.id))).count(why) == 4
    change = at("series_change", series.id)
    assert "wo 16 feb 13:00–15:30" in text_of(visitor(house).get(f"{change}?dag={day(31)}"))
    answer = send(house, change, due_on=str(day(31)), why="moved", moved_on="11-2-2011")
    assert answer.status_code == 422
    done(house, change, due_on=str(day(31)), why="moved", slot="2011-02-16 13:00")
    moved = Contact.visible_to(house, NOW.on).get(series_id=series.id, due_on=day(31))
    assert (moved.planned_on, moved.planned_time) == (day(36), time(13))


def test_a_planned_day_is_moved_within_the_hours(house: Actor, match: Match) -> None:
    series = builders.in_series(house, match, NOW)
    rule()
    with refused(CODE):
        actions.change_day(house, series.id, Change(day(14), Gap.MOVED, day(15)), NOW)
    actions.change_day(house, series.id, Change(day(14), Gap.MOVED, day(17), time(14)), NOW)


@pytest.mark.parametrize("is_planned", [True, False])
def test_the_hours_of_the_prison_are_asked_once(house: Actor, match: Match, is_planned: bool) -> None:
    """A day that has a visit is held against them when the visit is moved, one that has none by itself."""
    series = builders.in_series(house, match, NOW)
    rule()
    due, to = (14, 17) if is_planned else (98, 101)
    with CaptureQueriesContext(connection) as asked:
        actions.change_day(house, series.id, Change(day(due), Gap.MOVED, day(to), time(14)), NOW)
    reads = [each["sql"] for each in asked if "partners_visitingrule" in each["sql"]]
    assert len(reads) == 1
    with refused(CODE):
        actions.change_day(house, series.id, Change(day(due + 14), Gap.MOVED, day(to + 12)), NOW)


def test_visits_that_come_within_sight_later_ask_the_rules_of_their_day(house: Actor, match: Match) -> None:
    new = NewSeries(from_on=day(3), at=time(14), minutes=60, every_days=28)
    series = actions.start_series(house, match.id, new, NOW)
    rule(weekday=0, valid_from=date(2011, 4, 1))
    before = set(Contact.visible_to(house, NOW.on).values_list("planned_on", flat=True))
    actions.plan_ahead(machine("tick"), later(40))
    after = set(
        Contact.visible_to(house, NOW.on).filter(series_id=series.id).values_list("planned_on", flat=True)
    )
    assert before == after == {day(3), day(31), day(59)}


@pytest.mark.parametrize("name", ["visit_plan", "series_start"])
def test_many_rules_ask_no_more_than_one(house: Actor, match: Match, name: str) -> None:
    rule()
    one = queries(visitor(house), at(name, match.id))
    for weekday in range(4):
        rule(weekday=weekday)
    assert queries(visitor(house), at(name, match.id)) == one <= 15
