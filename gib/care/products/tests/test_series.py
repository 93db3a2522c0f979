"""Series of visits: planned ahead, changed, moved, ended, and overtaken by a release."""

from collections.abc import Callable
from datetime import date, time, timedelta
from uuid import UUID

import pytest
from django.http import Http404

from gib.care.products import actions, builders, reactions
from gib.care.products.actions.meetings import invite
from gib.care.products.domain.contact import State
from gib.care.products.domain.match import EndReason
from gib.care.products.domain.series import Change, Gap
from gib.care.products.models import Contact, Match, SeriesException, VisitSeries
from gib.care.products.tests.conftest import NOW, day, later, refused, write
from gib.care.products.tests.test_participations import move
from gib.care.products.tests.test_views import herself
from gib.care.trajectory.domain import Drill
from gib.care.trajectory.models import PlanStep
from gib.core.access.actor import Actor, house
from gib.people.families import builders as family
from gib.people.partners.domain import Product
from gib.people.volunteers.actions.availability import tell_absence
from gib.people.volunteers.domain.availability import AbsenceKind, Away
from gib.people.volunteers.models import PrisonPermit

pytestmark = pytest.mark.django_db(databases=["default", "keys", "log"])
Told = Callable[..., list[str]]


def a_series(actor: Actor, **facts: object) -> tuple[Match, VisitSeries]:
    """Give a match with visits every two weeks from today."""
    _part, match = builders.visiting(actor, NOW)
    return match, builders.in_series(actor, match, NOW, **facts)


def visits(actor: Actor, match: Match) -> list[Contact]:
    """Give the visits of a match by day."""
    rows = Contact.visible_to(actor, NOW.on).filter(match_id=match.id, series__isnull=False)
    return list(rows.order_by("due_on", "state"))


def days(actor: Actor, match: Match, *states: State) -> list[date]:
    """Give the days of visits in some states, by default those that lie ahead."""
    return [row.planned_on for row in visits(actor, match) if row.state in (states or (State.PLANNED,))]


# ---- ahead


def test_a_series_plans_the_weeks_that_are_in_sight(coordinator: Actor, told: Told) -> None:
    match, series = a_series(coordinator)
    assert days(coordinator, match) == [day(each) for each in range(0, 85, 14)]
    first = visits(coordinator, match)[0]
    assert (first.planned_time, first.planned_minutes, first.place) == (builders.AT, 90, "Spreekkamer")
    assert (first.due_on, first.volunteer_id) == (NOW.on, match.volunteer_id)
    names = told(series.dossier_id)
    assert names[-8:] == ["products.SeriesStarted", *["products.VisitPlanned"] * 7]


def test_each_day_plans_what_came_within_sight_once(coordinator: Actor) -> None:
    match, _series = a_series(coordinator, to_on=day(126))
    assert actions.plan_ahead(house("tick"), later(13)) == 0
    assert actions.plan_ahead(house("tick"), later(14)) == 1
    assert actions.plan_ahead(house("tick"), later(14)) == 0
    assert days(coordinator, match)[-1] == day(98)
    assert actions.plan_ahead(house("tick"), later(80)) == 2
    assert days(coordinator, match)[-1] == day(126)


def test_a_day_on_which_she_may_not_come_waits_for_her_papers(coordinator: Actor) -> None:
    _part, match = builders.visiting(coordinator, NOW)
    permits = list(PrisonPermit.for_action(coordinator, NOW.on).filter(volunteer_id=match.volunteer_id))
    for row in permits:
        row.to_on = day(30)
        write(row)
    builders.in_series(coordinator, match, NOW)
    assert days(coordinator, match) == [day(0), day(14), day(28)]
    for row in permits:
        row.to_on = day(60)
        write(row)
    assert actions.plan_ahead(house("tick"), later(1)) == 2
    assert days(coordinator, match)[-1] == day(56)


def test_a_holiday_and_days_that_she_is_away_are_left_out(coordinator: Actor) -> None:
    _part, match = builders.visiting(coordinator, NOW)
    away = Away(day(20), day(30), AbsenceKind.AWAY)
    tell_absence(coordinator, match.volunteer_id, away, NOW)
    builders.in_series(coordinator, match, NOW, from_on=date(2011, 2, 7))
    assert date(2011, 2, 7) - NOW.on == timedelta(days=27)
    found = days(coordinator, match)
    assert found == [date(2011, 2, 21), date(2011, 3, 7), date(2011, 3, 21), date(2011, 4, 4)]
    actions.plan_ahead(house("tick"), later(100))
    assert date(2011, 4, 25) not in [*found, *days(coordinator, match)]
    assert date(2011, 5, 2) in days(coordinator, match)


def test_who_is_taken_elsewhere_is_not_planned_twice(coordinator: Actor) -> None:
    _part, match = builders.visiting(coordinator, NOW)
    other = actions.plan_visit(coordinator, match.id, day(14), time(11), "", NOW, minutes=30)
    builders.in_series(coordinator, match, NOW)
    assert day(14) not in days(coordinator, match)
    actions.cancel_visit(coordinator, other.id, "ill", "volunteer", NOW)
    assert actions.plan_ahead(house("tick"), NOW) == 1
    assert day(14) in days(coordinator, match)


# ---- refusals


def test_a_series_that_cannot_be_is_refused(coordinator: Actor, stranger: Actor) -> None:
    _part, match = builders.visiting(coordinator, NOW)
    wrong = [
        ("visit_in_past", {"from_on": day(-1)}),
        ("visit_at_night", {"at": time(2, 30)}),
        ("period_backwards", {"from_on": day(7), "to_on": day(6)}),
    ]
    for code, facts in wrong:
        with refused(code, VisitSeries):
            builders.in_series(coordinator, match, NOW, **facts)
    with pytest.raises(Http404):
        builders.in_series(stranger, match, NOW)
    builders.in_series(coordinator, match, NOW)
    with refused("series_open", VisitSeries):
        builders.in_series(coordinator, match, NOW)


def test_a_first_visit_that_cannot_be_refuses_the_series(coordinator: Actor) -> None:
    _part, match = builders.visiting(coordinator, NOW)
    actions.plan_visit(coordinator, match.id, NOW.on, time(11), "", NOW)
    with refused("visit_overlaps", VisitSeries):
        builders.in_series(coordinator, match, NOW)
    for row in PrisonPermit.for_action(coordinator, NOW.on).filter(volunteer_id=match.volunteer_id):
        row.to_on = day(5)
        write(row)
    with refused("volunteer_not_allowed", VisitSeries):
        builders.in_series(coordinator, match, NOW, from_on=day(7))


def test_two_appointments_of_one_person_do_not_overlap(coordinator: Actor) -> None:
    _part, match = builders.visiting(coordinator, NOW)
    actions.plan_visit(coordinator, match.id, day(3), time(10), "", NOW, minutes=90)
    for at in (time(9, 15), time(10), time(11, 15)):
        with refused("visit_overlaps"):
            actions.plan_visit(coordinator, match.id, day(3), at, "", NOW)
    row = actions.plan_visit(coordinator, match.id, day(3), time(11, 30), "", NOW)
    with refused("visit_overlaps"):
        actions.move_visit(coordinator, row.id, actions.Slot(on=day(3), at=time(11)), NOW)
    moved = actions.move_visit(coordinator, row.id, actions.Slot(on=day(3), at=time(12)), NOW)
    assert moved.planned_time == time(12)


def test_a_volunteer_who_visits_for_two_mothers_is_in_one_place(coordinator: Actor) -> None:
    _part, match = builders.visiting(coordinator, NOW)
    part, other = builders.visiting(coordinator, NOW, 1)
    both = Match.for_action(coordinator, NOW.on).get(pk=other.id)
    both.volunteer_id = match.volunteer_id
    write(both)
    assert part.id == both.participation_id
    actions.plan_visit(coordinator, match.id, day(3), time(10), "", NOW)
    with refused("visit_overlaps"):
        actions.plan_visit(coordinator, both.id, day(3), time(10, 30), "", NOW)


def test_a_mother_who_is_expected_in_a_group_has_no_visit_then(coordinator: Actor) -> None:
    part, match = builders.visiting(coordinator, NOW)
    builders.planned(coordinator, part.dossier_id, Product.MOEDER_DE_GANS, NOW)
    meeting = builders.a_meeting(coordinator, NOW)
    invite(coordinator, meeting.pk, part.dossier_id, NOW)
    with refused("visit_overlaps"):
        actions.plan_visit(coordinator, match.id, day(7), builders.AT, "", NOW)
    actions.cancel_meeting(coordinator, meeting.pk, "lockdown", NOW)
    assert actions.plan_visit(coordinator, match.id, day(7), builders.AT, "", NOW).state == State.PLANNED


# ---- a day that is otherwise


def test_a_day_falls_away_with_a_reason_also_before_it_is_planned(coordinator: Actor, told: Told) -> None:
    match, series = a_series(coordinator)
    actions.change_day(coordinator, series.id, Change(day(14), Gap.REGIME), NOW)
    row = actions.change_day(coordinator, series.id, Change(day(98), Gap.AWAY), NOW)
    assert (row.decided_by, row.decided_on) == (coordinator.user_id, NOW.on)
    off = next(each for each in visits(coordinator, match) if each.due_on == day(14))
    assert (off.state, off.reason) == (State.CANCELLED_PRISON, "other")
    assert told(series.dossier_id)[-3:] == [
        "products.SeriesChanged",
        "products.VisitCancelled",
        "products.SeriesChanged",
    ]
    actions.plan_ahead(house("tick"), later(28))
    assert days(coordinator, match)[-2:] == [day(84), day(112)]
    with refused("day_changed", SeriesException):
        actions.change_day(coordinator, series.id, Change(day(98), Gap.OTHER), NOW)
    with refused("not_in_series", SeriesException):
        actions.change_day(coordinator, series.id, Change(day(15), Gap.OTHER), NOW)


def test_a_visit_is_moved_and_everybody_is_asked_anew(coordinator: Actor, stranger: Actor) -> None:
    match, series = a_series(coordinator)
    row = visits(coordinator, match)[1]
    actions.clear_visit(coordinator, row.id, NOW)
    change = Change(day(14), Gap.MOVED, day(16), time(14))
    actions.change_day(coordinator, series.id, change, NOW)
    moved = visits(coordinator, match)[1]
    assert (moved.id, moved.state, moved.due_on) == (row.id, State.PLANNED, day(14))
    assert (moved.planned_on, moved.planned_time, moved.planned_minutes) == (day(16), time(14), 90)
    assert SeriesException.visible_to(coordinator, NOW.on).get().change == change
    with refused("moved_where", SeriesException):
        actions.change_day(coordinator, series.id, Change(day(28), Gap.MOVED), NOW)
    with pytest.raises(Http404):
        actions.change_day(stranger, series.id, Change(day(28), Gap.AWAY), NOW)


def test_a_move_beyond_sight_is_planned_on_its_new_day(coordinator: Actor) -> None:
    match, series = a_series(coordinator)
    actions.change_day(coordinator, series.id, Change(day(98), Gap.MOVED, day(99)), NOW)
    assert actions.plan_ahead(house("tick"), later(14)) == 1
    assert days(coordinator, match)[-1] == day(99)


def test_what_is_over_is_not_moved(coordinator: Actor) -> None:
    match, _series = a_series(coordinator)
    row = visits(coordinator, match)[0]
    slot = actions.Slot(on=day(3), at=time(10))
    with refused("visit_in_past"):
        actions.move_visit(coordinator, row.id, actions.Slot(on=day(-1), at=time(10)), NOW)
    actions.hold_visit(coordinator, row.id, NOW)
    with refused("illegal_move"):
        actions.move_visit(coordinator, row.id, slot, NOW)


# ---- the end


def test_an_ended_series_keeps_what_was_and_plans_nothing(coordinator: Actor, told: Told) -> None:
    match, series = a_series(coordinator)
    actions.hold_visit(coordinator, visits(coordinator, match)[0].id, NOW)
    row = actions.end_series(coordinator, series.id, NOW)
    assert (row.end_reason, row.ended_on) == (EndReason.BY_COORDINATOR, NOW.on)
    assert [each.state for each in visits(coordinator, match)] == ["held", *["overtaken"] * 6]
    assert told(series.dossier_id)[-2:] == ["products.VisitsOvertaken", "products.SeriesEnded"]
    assert actions.plan_ahead(house("tick"), later(30)) == 0
    with refused("series_ended", VisitSeries):
        actions.end_series(coordinator, series.id, NOW)
    with refused("series_ended", SeriesException):
        actions.change_day(coordinator, series.id, Change(day(14), Gap.AWAY), NOW)
    assert builders.in_series(coordinator, match, NOW, from_on=day(1)).end_reason == ""


def test_a_series_ends_with_its_match_also_when_the_volunteer_says_so(coordinator: Actor) -> None:
    match, series = a_series(coordinator)
    actions.say_no_click(herself(match), match.id, NOW)
    row = VisitSeries.visible_to(coordinator, NOW.on).get(pk=series.id)
    assert (row.end_reason, days(coordinator, match)) == (EndReason.NO_CLICK, [])


def test_a_release_within_the_hour_overtakes_the_series(coordinator: Actor, told: Told) -> None:
    match, series = a_series(coordinator, from_on=day(1))
    family.released(coordinator, match.dossier_id, NOW)
    reactions.on_released(match.dossier_id, {"released_on": str(NOW.on)}, NOW)
    row = VisitSeries.visible_to(coordinator, NOW.on).get(pk=series.id)
    assert (row.end_reason, row.ended_on) == (EndReason.RELEASE, NOW.on)
    assert {each.state for each in visits(coordinator, match)} == {State.OVERTAKEN}
    steps = PlanStep.visible_to(coordinator, NOW.on).filter(dossier_id=match.dossier_id, drill=Drill.GOODBYE)
    assert [NOW.on <= step.due_on <= day(3) for step in steps] == [True]
    assert "products.SeriesEnded" in told(match.dossier_id)


def test_a_series_rests_after_a_transfer_and_goes_on_where_she_is(coordinator: Actor) -> None:
    part, match = builders.visiting(coordinator, NOW)
    series = builders.in_series(coordinator, match, NOW)
    move(coordinator, part, later(2))
    assert days(coordinator, match) == [NOW.on]
    assert actions.plan_ahead(house("tick"), later(3)) == 0
    assert VisitSeries.visible_to(coordinator, NOW.on).get(pk=series.id).end_reason == ""
    for row in PrisonPermit.for_action(coordinator, NOW.on).filter(volunteer_id=match.volunteer_id):
        row.prison_id = "TPL"
        write(row)
    actions.move_series(coordinator, match.participation_id, later(4))
    assert days(coordinator, match) == [day(each) for each in range(0, 85, 14)]


def test_an_uuid_of_no_series_is_not_found(coordinator: Actor) -> None:
    with pytest.raises(Http404):
        actions.end_series(coordinator, UUID(int=5), NOW)
