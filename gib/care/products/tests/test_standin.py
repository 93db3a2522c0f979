"""A volunteer who is away some weeks: another one takes over those visits, and nothing else."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from gib.care.products import actions, builders
from gib.care.products.actions.contacts import Log
from gib.care.products.domain.contact import State as Visit
from gib.care.products.domain.match import EndReason, State
from gib.care.products.domain.standin import (
    MOST_WEEKS,
    check_alone,
    check_going,
    check_her_day,
    check_other,
    check_period,
    is_going,
    sight,
)
from gib.care.products.models import Contact, Match, StandIn, visitor_on
from gib.care.products.tests.conftest import NOW, broken, day, later, refused
from gib.core.access import rls
from gib.core.access.actor import Actor
from gib.core.access.actor import house as the_house
from gib.core.access.rows import NotShown
from gib.core.access.tables import Role
from gib.core.kernel.dates import Period
from gib.core.kernel.ids import new_id
from gib.people.families import actions as families
from gib.people.families.domain.codes import Purpose
from gib.people.families.models import Consent, Participant
from gib.people.volunteers import actions as volunteers
from gib.people.volunteers.actions import availability
from gib.people.volunteers.domain.availability import AbsenceKind, Away
from gib.people.volunteers.models import Volunteer

pytestmark = pytest.mark.django_db(databases=["default", "keys", "log"])
Told = Callable[[UUID], list[str]]
#: Two visits of a series every week fall on these days.
FIRST, LAST = 10, 20
DAYS = Period(day(FIRST), day(LAST))
SIGHT = 14
AWAY = Away(day(FIRST), day(LAST), AbsenceKind.AWAY)


def phone(volunteer_id: UUID) -> Actor:
    """Give a volunteer at her telephone."""
    return Actor(new_id(), Role.VOLUNTEER, volunteer_id=volunteer_id)


def a_pair(actor: Actor) -> tuple[Match, Volunteer]:
    """Give a match with a visit each week, and another volunteer with all papers."""
    _part, match = builders.visiting(actor, NOW)
    builders.in_series(actor, match, NOW, every_days=7)
    return match, builders.a_volunteer(actor, NOW, given_name="Invalster")


def asked(actor: Actor, match: Match, other: Volunteer, days: Period = DAYS) -> StandIn:
    return actions.ask_stand_in(actor, match.id, other.id, days, NOW)


def agreed(actor: Actor, match: Match, other: Volunteer, days: Period = DAYS) -> StandIn:
    row = asked(actor, match, other, days)
    actions.stand_in_answers(phone(other.id), row.id, True, NOW)
    return actions.mother_allows(actor, row.id, True, NOW)


def on_days(actor: Actor, match: Match) -> dict[int, UUID | None]:
    """Tell who makes the visit of each day of a match, by days from today."""
    rows = Contact.visible_to(actor, NOW.on).filter(match_id=match.id).exclude(state=Visit.OVERTAKEN)
    return {(row.planned_on - NOW.on).days: row.volunteer_id for row in rows}


# ---- the rules, without a database


def test_some_weeks_and_days_that_are_still_to_come() -> None:
    check_period(DAYS, NOW.on)
    check_period(Period(day(-3), day(0)), NOW.on)
    with broken("stand_in_past"):
        check_period(Period(day(-3), day(-1)), NOW.on)
    most = MOST_WEEKS * 7
    check_period(Period(day(0), day(most - 1)), NOW.on)
    for last in (day(most), None):
        with broken("stand_in_long"):
            check_period(Period(day(0), last), NOW.on)


def test_nobody_stands_in_for_herself_nor_two_on_one_day() -> None:
    one, two = new_id(), new_id()
    check_other(one, two)
    with broken("stand_in_herself"):
        check_other(one, one)
    check_alone(DAYS, [Period(day(1), day(FIRST - 1)), Period(day(LAST + 1), day(LAST + 9))])
    with broken("stand_in_open"):
        check_alone(DAYS, [Period(day(LAST), day(LAST + 9))])


@pytest.mark.parametrize("state", State)
def test_what_is_going_is_asked_or_agreed_and_not_over(state: State) -> None:
    wanted = state in (State.PROPOSED, State.VOLUNTEER_AGREED, State.MOTHER_AGREED, State.AGREED)
    assert is_going(state, day(0), NOW.on) is wanted
    assert not is_going(state, day(-1), NOW.on)
    if not wanted:
        with broken("stand_in_over"):
            check_going(state, day(0), NOW.on)


def test_she_tells_of_her_own_days_only() -> None:
    check_her_day(DAYS, day(FIRST))
    for wrong in (FIRST - 1, LAST + 1):
        with broken("stand_in_other_day"):
            check_her_day(DAYS, day(wrong))


@pytest.mark.requirement("PRV-11")
@pytest.mark.parametrize("told", [0, FIRST - SIGHT, FIRST, LAST])
def test_her_sight_lies_around_the_days(told: int) -> None:
    seen = sight(DAYS, day(told))
    assert seen == Period(max(day(told), day(FIRST - SIGHT)), day(LAST + SIGHT))


# ---- asking


def test_she_is_asked_on_code_words_and_the_mother_must_agree(coordinator: Actor, told: Told) -> None:
    match, other = a_pair(coordinator)
    row = asked(coordinator, match, other)
    hers = phone(other.id)
    seen = StandIn.visible_to(hers, NOW.on).get_or_404(pk=row.id)
    assert (seen.brand, seen.prison_id, seen.from_on, seen.to_on) == ("Bezoekmoeders", "NSL", *_ends(DAYS))
    for hidden in ("match_id", "mother_said_on"):
        with pytest.raises(NotShown):
            getattr(seen, hidden)
    assert not Participant.visible_to(hers, NOW.on).filter(dossier_id=match.dossier_id)
    actions.stand_in_answers(hers, row.id, True, NOW)
    assert on_days(coordinator, match)[14] == match.volunteer_id
    done = actions.mother_allows(coordinator, row.id, True, NOW)
    assert done.state == State.AGREED
    assert told(match.dossier_id)[-3:] == [
        *("products.StandInAnswered", "products.StandInAnswered"),
        "products.StandInAgreed",
    ]


def _ends(days: Period) -> tuple[Any, Any]:
    return days.from_on, days.to_on


@pytest.mark.parametrize("by_mother", [True, False])
def test_a_no_ends_it_and_needs_no_reason(coordinator: Actor, by_mother: bool) -> None:
    match, other = a_pair(coordinator)
    row = asked(coordinator, match, other)
    if by_mother:
        actions.mother_allows(coordinator, row.id, False, NOW)
    else:
        actions.stand_in_answers(phone(other.id), row.id, False, NOW)
    assert StandIn.visible_to(coordinator, NOW.on).get(pk=row.id).state == State.REFUSED
    assert set(on_days(coordinator, match).values()) == {match.volunteer_id}
    with refused("stand_in_over", StandIn):
        actions.mother_allows(coordinator, row.id, True, NOW)
    assert asked(coordinator, match, other).state == State.PROPOSED


def test_an_answer_is_given_once(coordinator: Actor) -> None:
    match, other = a_pair(coordinator)
    row = asked(coordinator, match, other)
    actions.mother_allows(coordinator, row.id, True, NOW)
    with refused("already_answered", StandIn):
        actions.mother_allows(coordinator, row.id, True, NOW)


def test_what_keeps_somebody_from_a_match_keeps_her_from_standing_in(coordinator: Actor) -> None:
    match, other = a_pair(coordinator)
    with refused("stand_in_herself", StandIn):
        actions.ask_stand_in(coordinator, match.id, match.volunteer_id, DAYS, NOW)
    with refused("stand_in_past", StandIn):
        actions.ask_stand_in(coordinator, match.id, other.id, Period(day(1), day(2)), later(3))
    with refused("stand_in_long", StandIn):
        asked(coordinator, match, other, Period(day(1), day(300)))
    nobody = builders.volunteers.interested(coordinator, NOW)
    with refused("volunteer_not_allowed", StandIn):
        asked(coordinator, match, nobody)
    actions.exclude(coordinator, match.dossier_id, other.id, actions.exclusions.Why.HER_WISH, NOW)
    with refused("volunteer_excluded", StandIn):
        asked(coordinator, match, other)


def test_her_gate_must_open_from_the_first_day_to_the_last(coordinator: Actor) -> None:
    match, _other = a_pair(coordinator)
    short = builders.volunteers.available(coordinator, NOW, builders.Product.BEZOEKMOEDERS, prison="")
    volunteers.grant_permit(coordinator, short.id, "NSL", NOW.on, day(LAST - 1), NOW)
    with refused("volunteer_not_allowed", StandIn):
        asked(coordinator, match, short)
    assert asked(coordinator, match, short, Period(day(FIRST), day(LAST - 1))).state == State.PROPOSED


def test_one_is_asked_for_a_day_and_nobody_is_at_two_places_at_once(coordinator: Actor) -> None:
    match, other = a_pair(coordinator)
    asked(coordinator, match, other)
    third = builders.a_volunteer(coordinator, NOW)
    with refused("stand_in_open", StandIn):
        asked(coordinator, match, third, Period(day(LAST), day(LAST + 3)))
    _part, second = builders.visiting(coordinator, NOW, 1)
    actions.plan_visit(coordinator, second.id, day(14), builders.AT, "", NOW)
    hers = Match.visible_to(coordinator, NOW.on).get(pk=second.id).volunteer_id
    actions.call_off_stand_in(coordinator, StandIn.visible_to(coordinator, NOW.on).get().id, NOW)
    with refused("visit_overlaps", StandIn):
        actions.ask_stand_in(coordinator, match.id, hers, DAYS, NOW)


def test_without_her_consent_or_a_match_nobody_is_asked(coordinator: Actor, stranger: Actor) -> None:
    match, other = a_pair(coordinator)
    for actor in (stranger, phone(other.id)):
        with pytest.raises((Http404, PermissionDenied)):
            actions.ask_stand_in(actor, match.id, other.id, DAYS, NOW)
    rows = Consent.visible_to(coordinator, NOW.on).filter(
        dossier_id=match.dossier_id, purpose=Purpose.SUPPORT, state="given"
    )
    for row in list(rows):
        families.withdraw_consent(coordinator, row.id, NOW)
    with refused("support_missing", StandIn):
        asked(coordinator, match, other)
    actions.end_match(coordinator, match.id, EndReason.PLANNED, NOW)
    with refused("match_not_live", StandIn):
        asked(coordinator, match, other)


# ---- the visits


def test_the_visits_of_those_days_are_hers_and_the_match_stays(coordinator: Actor) -> None:
    match, other = a_pair(coordinator)
    visit = Contact.visible_to(coordinator, NOW.on).get(match_id=match.id, planned_on=day(14))
    actions.clear_visit(coordinator, visit.id, NOW)
    agreed(coordinator, match, other)
    days = on_days(coordinator, match)
    assert {at: who for at, who in days.items() if at <= 28} == {
        **{0: match.volunteer_id, 7: match.volunteer_id, 14: other.id},
        **{21: match.volunteer_id, 28: match.volunteer_id},
    }
    again = Contact.visible_to(coordinator, NOW.on).get(pk=visit.id)
    assert again.state == Visit.PLANNED
    row = Match.visible_to(coordinator, NOW.on).get(pk=match.id)
    assert (row.volunteer_id, row.state, row.to_on) == (match.volunteer_id, State.INTRODUCTION, None)


def test_days_that_fell_away_since_she_is_away_are_planned_again(coordinator: Actor) -> None:
    _part, match = builders.visiting(coordinator, NOW)
    availability.tell_absence(coordinator, match.volunteer_id, AWAY, NOW)
    builders.in_series(coordinator, match, NOW, every_days=7)
    assert 14 not in on_days(coordinator, match)
    other = builders.a_volunteer(coordinator, NOW)
    agreed(coordinator, match, other)
    assert on_days(coordinator, match)[14] == other.id


def test_a_visit_that_is_planned_or_moved_belongs_to_who_visits_that_day(coordinator: Actor) -> None:
    match, other = a_pair(coordinator)
    agreed(coordinator, match, other)
    extra = actions.plan_visit(coordinator, match.id, day(16), builders.AT, "", NOW)
    assert (extra.volunteer_id, extra.stand_in_id is None) == (other.id, False)
    moved = actions.move_visit(coordinator, extra.id, actions.Slot(on=day(25), at=builders.AT), NOW)
    assert (moved.volunteer_id, moved.stand_in_id) == (match.volunteer_id, None)
    assert visitor_on(match, day(LAST)).volunteer_id == other.id
    assert visitor_on(match, day(LAST + 1)).volunteer_id == match.volunteer_id


def test_calling_it_off_gives_back_what_is_still_to_come(coordinator: Actor, told: Told) -> None:
    match, other = a_pair(coordinator)
    row = agreed(coordinator, match, other)
    actions.call_off_stand_in(coordinator, row.id, later(1))
    assert on_days(coordinator, match)[14] == match.volunteer_id
    assert told(match.dossier_id)[-1] == "products.StandInCalledOff"
    hers = phone(other.id)
    assert not Participant.visible_to(hers, day(2)).filter(dossier_id=match.dossier_id)
    with refused("stand_in_over", StandIn):
        actions.call_off_stand_in(coordinator, row.id, later(2))


def test_a_match_that_ends_takes_it_along(coordinator: Actor) -> None:
    match, other = a_pair(coordinator)
    row = agreed(coordinator, match, other)
    actions.end_match(coordinator, match.id, EndReason.PLANNED, later(FIRST + 1))
    assert StandIn.visible_to(coordinator, NOW.on).get(pk=row.id).state == State.WITHDRAWN
    assert (
        not Contact.visible_to(coordinator, NOW.on)
        .filter(match_id=match.id, planned_on__gt=day(FIRST + 1))
        .exclude(state=Visit.OVERTAKEN)
    )


# ---- what she sees


@pytest.mark.requirement("PRV-11")
def test_she_sees_those_visits_and_never_what_the_other_wrote(coordinator: Actor) -> None:
    match, other = a_pair(coordinator)
    first = phone(match.volunteer_id)
    actions.log_visit(first, match.id, Log(held_on=NOW.on, minutes=60, note="Zij lachte."), NOW)
    agreed(coordinator, match, other)
    hers = phone(other.id)
    rows = list(Contact.visible_to(hers, NOW.on).filter(dossier_id=match.dossier_id))
    assert [row.planned_on for row in rows] == [day(14)]
    assert not any(row.note for row in rows)
    assert not Match.visible_to(hers, NOW.on).filter(pk=match.id)
    with pytest.raises(Http404):
        actions.log_visit(hers, match.id, Log(held_on=day(14), minutes=60), later(14))
    actions.log_visit(
        hers, match.id, Log(held_on=day(14), minutes=60, note="Stil.", contact_id=rows[0].id), later(14)
    )
    assert [row.note for row in Contact.visible_to(first, day(15)).filter(match_id=match.id)].count(
        "Stil."
    ) == 0
    told = Contact.visible_to(coordinator, day(15)).get(pk=rows[0].id)
    assert (told.state, told.note, told.volunteer_id) == (Visit.LOGGED, "Stil.", other.id)


@pytest.mark.requirement("PRV-11")
@pytest.mark.parametrize(
    ("days", "name", "visit"),
    [
        (0, True, True),
        (LAST, True, True),
        (LAST + SIGHT, True, True),
        (LAST + SIGHT + 1, False, False),
    ],
)
def test_her_sight_ends_two_weeks_after_the_last_day(
    coordinator: Actor, days: int, name: bool, visit: bool
) -> None:
    match, other = a_pair(coordinator)
    agreed(coordinator, match, other)
    hers, on = phone(other.id), day(days)
    assert bool(Participant.visible_to(hers, on).filter(dossier_id=match.dossier_id)) is name
    assert bool(Contact.visible_to(hers, on).filter(dossier_id=match.dossier_id)) is visit
    assert bool(StandIn.visible_to(hers, on).filter(dossier_id=match.dossier_id)) is visit


def test_who_she_is_opens_two_weeks_before(coordinator: Actor) -> None:
    match, other = a_pair(coordinator)
    agreed(coordinator, match, other, Period(day(40), day(50)))
    hers = phone(other.id)
    shown = [
        bool(Participant.visible_to(hers, day(on)).filter(dossier_id=match.dossier_id)) for on in (25, 26)
    ]
    assert shown == [False, True]


def test_she_does_what_a_visit_asks_and_nothing_more(coordinator: Actor) -> None:
    match, other = a_pair(coordinator)
    agreed(coordinator, match, other)
    hers = phone(other.id)
    visit = Contact.visible_to(hers, NOW.on).get(dossier_id=match.dossier_id)
    actions.confirm_visit(hers, visit.id, later(2))
    with pytest.raises(Http404):
        actions.plan_visit(hers, match.id, day(16), builders.AT, "", later(2))
    with pytest.raises(Http404):
        actions.move_visit(hers, visit.id, actions.Slot(on=day(15), at=builders.AT), later(2))
    wrong = Log(held_on=day(LAST + 1), minutes=60, contact_id=visit.id)
    with refused("stand_in_other_day"):
        actions.log_visit(hers, match.id, wrong, later(LAST + 2))
    actions.hold_visit(hers, visit.id, later(14))
    assert Contact.visible_to(coordinator, NOW.on).get(pk=visit.id).state == Visit.HELD


def test_the_house_sees_who_visits_also_for_another_team(coordinator: Actor) -> None:
    match, other = a_pair(coordinator)
    agreed(coordinator, match, other)
    with rls.system("test"):
        assert StandIn.for_house("test", NOW.on).get().volunteer_id == other.id
    assert actions.plan_ahead(the_house("tick"), later(14)) >= 0
    assert day(FIRST) + timedelta(days=LAST - FIRST) == day(LAST)
