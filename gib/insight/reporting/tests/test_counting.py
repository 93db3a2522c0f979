"""What rows count for, on the edges of a year and by how things ended, beside tables made by hand."""

from datetime import UTC, date, datetime, time
from uuid import UUID

import pytest

from gib.care.aftercare.tests.conftest import Cast
from gib.care.intake import actions as intakes
from gib.care.products import actions
from gib.care.products import builders as products
from gib.care.products.actions.contacts import Log
from gib.care.products.domain.contact import Cancelled, Reason
from gib.care.products.domain.contact import State as ContactState
from gib.care.products.domain.match import EndReason
from gib.care.products.domain.participation import Cause, StopReason
from gib.care.products.models import Participation
from gib.care.referral import builders as referrals
from gib.care.referral.domain import Channel
from gib.care.trajectory import actions as plans
from gib.care.trajectory import builders as trajectories
from gib.care.trajectory.domain import CloseReason
from gib.core.access.actor import house as house_itself
from gib.core.kernel.clock import Now
from gib.core.kernel.dates import Period
from gib.insight.reporting.domain import Figure, Group
from gib.insight.reporting.models import count, first_day, from_journal, gap, journal_cells, without_trail
from gib.people.families import actions as families
from gib.people.families import builders as mothers
from gib.people.partners.domain import Product
from gib.people.volunteers import actions as volunteers
from gib.people.volunteers.actions import interest
from gib.people.volunteers.actions.volunteers import NewVolunteer
from gib.people.volunteers.domain import LeaveReason, State

pytestmark = pytest.mark.django_db(databases=["default", "keys", "log"])
LAST, FIRST = date(2010, 12, 31), date(2011, 1, 1)
TODAY = date(2011, 12, 31)
Counts = dict[str, int]


def at(year: int, month: int, day: int) -> Now:
    return Now(datetime(year, month, day, 9, tzinfo=UTC), date(year, month, day))


def told(year: int, group: Group = Group.YEAR, *, team_ids: frozenset[int] | None = None) -> Counts:
    """Count a year, and hold that the journal alone tells the same; what is nothing is left out."""
    days = Period(date(year, 1, 1), date(year, 12, 31))
    rows = count(days, TODAY)
    acts = from_journal(days, TODAY)
    assert {key: n for key, n in rows.items() if n} == {key: n for key, n in acts.items() if n}
    own = count(days, TODAY, team_ids) if team_ids is not None else rows
    return {key: number for (one, key), number in own.items() if one is group and number}


def part(
    house: Cast, now: Now, number: int, product: Product = Product.BEZOEKMOEDERS, waits: int = 0
) -> Participation:
    """Let a mother wish a product, and begin with it some days later on the day she meets a volunteer."""
    plan, later = trajectories.inside(house.coordinator, now, number), products.after(now, waits)
    free_on = products.after(now, 300).on
    families.expect_release(house.coordinator, plan.dossier_id, free_on, "prison", "likely", now)
    begun = products.planned(house.coordinator, plan.dossier_id, product, now)
    products.introduced(house.coordinator, begun, products.a_volunteer(house.coordinator, now), later)
    return actions.start(house.coordinator, begun.id, later)


def test_an_empty_house_counts_nothing_and_breaks_on_nothing(house: Cast) -> None:
    days = Period(date(2011, 1, 1), TODAY)
    assert told(2011) == told(2011, Group.PART) == {}
    assert {figure for group, figure in count(days, TODAY) if group is Group.YEAR} == set(Figure)
    assert (gap(days, TODAY), journal_cells(days, TODAY), without_trail(TODAY)) == ({}, ({}, {}), [])


def test_one_dossier_with_nothing_done_is_no_mother_of_the_year(house: Cast) -> None:
    dossier = mothers.a_dossier(house.coordinator, at(2011, 3, 1))
    mothers.with_child(house.coordinator, dossier.id, at(2011, 3, 1))
    assert told(2011) == {}
    assert first_day(TODAY) == date(2011, 3, 1)


def test_the_last_day_of_a_year_and_the_first_of_the_next_are_years_apart(house: Cast) -> None:
    """The match that runs on is of both years; what happened on a day is of one."""
    eve, new_year = at(2010, 12, 31), at(2011, 1, 1)
    _part, match = products.visiting(house.coordinator, eve)
    products.visited(house.coordinator, match, LAST, eve, minutes=60)
    products.visited(house.coordinator, match, FIRST, new_year, minutes=120)
    same = {"mothers": 1, "volunteers": 1, "active_volunteers": 1, "contacts": 1}
    begun = {"trajectories": 1, "starts": 1, "matches": 1}
    assert told(2010) == same | begun | {"hours": 1}
    assert told(2011) == same | {"hours": 2}
    assert told(2009) == told(2008) == {}


def test_a_match_that_ended_on_the_last_day_is_not_of_the_next_year(house: Cast) -> None:
    eve = at(2010, 12, 31)
    _part, match = products.visiting(house.coordinator, at(2010, 12, 1))
    actions.end_match(house.coordinator, match.id, EndReason.PLANNED, eve)
    assert told(2010)["active_volunteers"] == 1
    assert told(2011) == {"volunteers": 1}


def test_hours_are_of_visits_that_were_told_and_a_visit_counts_when_it_took_place(house: Cast) -> None:
    now = at(2011, 3, 1)
    _part, match = products.visiting(house.coordinator, now)
    products.visited(house.coordinator, match, now.on, now, minutes=95)
    later = [products.after(now, days) for days in (7, 14, 21)]
    visits = [
        actions.plan_visit(house.coordinator, match.id, day.on, time(10, 30), "Bezoekzaal", now)
        for day in later
    ]
    assert (told(2011)["contacts"], told(2011)["hours"]) == (1, 2)
    actions.hold_visit(house.coordinator, visits[0].id, later[0])
    actions.cancel_visit(house.coordinator, visits[1].id, Reason.ILL, Cancelled.VOLUNTEER, later[0])
    actions.miss_visit(house.coordinator, visits[2].id, ContactState.NO_SHOW, Reason.NOT_SAID, later[2])
    assert (told(2011)["contacts"], told(2011)["hours"]) == (2, 2)
    log = Log(held_on=later[0].on, minutes=60, mood=3, contact_id=visits[0].id)
    actions.log_visit(house.coordinator, match.id, log, later[2])
    assert (told(2011)["contacts"], told(2011)["hours"]) == (2, 3), "155 minutes are three hours"


def test_who_waited_counts_in_the_year_in_which_the_wait_ended(house: Cast) -> None:
    people = referrals.cast()
    for days, name in ((4, "Verzinsel"), (7, "Sprookstra")):
        sent = at(2010, 12, 29)
        row = referrals.referred(people.mmd, sent, last_name=name)
        talked = referrals.later(sent, days)
        intake = intakes.plan(people.coordinator, row.id, talked.on, time(10, 30), "", sent)
        intakes.hold(people.coordinator, intake.id, talked.on, talked)
    referrals.referred(people.mmd, at(2011, 5, 1), last_name="Bedenksma")
    assert told(2010) == {"referrals": 2}
    assert told(2011) == {
        **{"mothers": 2, "referrals": 1, "talks": 2, "first_talks": 2, "talk_wait_days": 6},
    }


def test_she_waits_for_a_product_from_her_wish(house: Cast) -> None:
    for number, days in enumerate((3, 4)):
        part(house, at(2011, 4, 1), number, waits=days)
    waiting = trajectories.inside(house.coordinator, at(2011, 1, 5), 7)
    products.wished(house.coordinator, waiting.dossier_id, Product.BEZOEKMOEDERS, at(2011, 1, 5))
    assert (told(2011)["starts"], told(2011)["start_wait_days"]) == (2, 4), "3 and 4 days, the half upwards"


def test_mothers_are_told_apart_by_who_referred_them(house: Cast) -> None:
    people, now = referrals.cast(), at(2011, 2, 1)
    for name in ("Verzinsel", "Sprookstra"):
        referrals.referred(people.mmd, now, last_name=name)
    referrals.referred(people.mmd, now, last_name="Bedenksma", channel=Channel.TB)
    referrals.referred(people.mmd, at(2010, 2, 1), last_name="Legendema", channel=Channel.TB)
    assert told(2011, Group.CHANNEL) == {"mmd": 2, "tb": 1}
    assert told(2010, Group.CHANNEL) == {"tb": 1}


class TestEnds:
    """Release, transfer and the prison have names of their own: none of them is drop-out."""

    def test_each_way_to_end_is_counted_under_its_own_name(self, house: Cast) -> None:
        now, later = at(2011, 3, 1), at(2011, 6, 1)
        actor = house.coordinator
        actions.stop(actor, part(house, now, 0).id, StopReason.NO_TIME, later)
        actions.complete(actor, part(house, now, 1).id, later)
        actions.complete(actor, part(house, now, 2).id, later, is_partly=True)
        actions.end_by_prison(actor, part(house, now, 3).id, later)
        for number in (4, 5):
            actions.end_for(actor, part(house, now, number).dossier_id, Cause.RELEASE, later)
        course = part(house, now, 6, Product.IK_JIJ_WIJ)
        actions.end_for(actor, course.dossier_id, Cause.TRANSFER, later)
        part(house, now, 7)
        assert told(2011, Group.PART) == {
            **{"stopped_by_mother": 1, "completed": 1, "partly_completed": 1, "ended_by_prison": 1},
            **{"ended_by_release": 2, "ended_by_transfer": 1},
        }
        assert told(2011, Group.PRODUCT) == {"bezoekmoeders": 7, "ik_jij_wij": 1}

    def test_a_visit_series_rests_after_a_transfer_and_has_not_ended(self, house: Cast) -> None:
        begun = part(house, at(2011, 3, 1), 0)
        actions.end_for(house.coordinator, begun.dossier_id, Cause.TRANSFER, at(2011, 6, 1))
        assert told(2011, Group.PART) == {}

    def test_what_never_began_cannot_end(self, house: Cast) -> None:
        now = at(2011, 3, 1)
        plan = trajectories.inside(house.coordinator, now)
        wish = products.wished(house.coordinator, plan.dossier_id, Product.BEZOEKMOEDERS, now)
        actions.cancel(house.coordinator, wish.id, StopReason.NO_VOLUNTEER, at(2011, 4, 1))
        assert told(2011, Group.PART) == told(2011, Group.PRODUCT) == {}

    @pytest.mark.parametrize(("ended", "years"), [(LAST, (1, 0)), (FIRST, (0, 1))])
    def test_an_end_is_of_the_year_of_its_day(self, house: Cast, ended: date, years: tuple[int, int]) -> None:
        begun = part(house, at(2010, 11, 1), 0)
        actions.stop(house.coordinator, begun.id, StopReason.NOT_SAID, at(ended.year, ended.month, ended.day))
        found = tuple(told(year, Group.PART).get("stopped_by_mother", 0) for year in (2010, 2011))
        assert found == years

    def test_trajectories_close_for_a_reason_and_opened_again_they_are_not_closed(self, house: Cast) -> None:
        reasons = (CloseReason.GOALS_MET, CloseReason.GOALS_MET, CloseReason.OWN_WISH)
        closed = [
            trajectories.closed(
                house.coordinator,
                trajectories.inside(house.coordinator, at(2011, 2, 1), one),
                at(2011, 3, 1),
                why,
            )
            for one, why in enumerate(reasons)
        ]
        assert told(2011, Group.CLOSED) == {"goals_met": 2, "own_wish": 1}
        plans.reopen(house.coordinator, closed[0].id, at(2011, 4, 1))
        assert told(2011, Group.CLOSED) == {"goals_met": 1, "own_wish": 1}
        assert told(2011)["closed"] == 2


class TestPersons:
    """Children, volunteers and who has her now."""

    def review(self, house: Cast, number: int, now: Now) -> UUID:
        plan = trajectories.inside(house.coordinator, now, number)
        plans.hold_review(house.coordinator, plan.id, now.on, "", now)
        return plan.dossier_id

    def test_a_child_that_came_of_age_counts_in_that_year_for_the_last_time(self, house: Cast) -> None:
        for year in (2010, 2011):
            dossier_id = self.review(house, year, at(year, 2, 1))
            mothers.with_child(house.coordinator, dossier_id, at(year, 2, 1), born_on=date(year - 18, 6, 1))
        families.note_adulthood(house_itself("adulthood"), at(2010, 6, 2))
        assert [told(year)["children"] for year in (2010, 2011)] == [1, 1]
        families.note_adulthood(house_itself("adulthood"), at(2011, 6, 2))
        assert [told(year)["children"] for year in (2010, 2011)] == [1, 1]

    def test_a_child_of_a_mother_who_was_not_seen_is_not_counted(self, house: Cast) -> None:
        seen = self.review(house, 0, at(2011, 2, 1))
        for number in range(3):
            mothers.with_child(house.coordinator, seen, at(2011, 2, 1), number)
        other = mothers.a_dossier(house.coordinator, at(2011, 2, 1), 1)
        mothers.with_child(house.coordinator, other.id, at(2011, 2, 1), 5)
        assert (told(2011)["mothers"], told(2011)["children"]) == (1, 3)

    def test_who_said_goodbye_on_the_last_day_is_not_on_the_roll_of_the_next_year(self, house: Cast) -> None:
        actor = house.coordinator
        for left in (at(2010, 12, 31), at(2011, 1, 1)):
            gone = products.a_volunteer(actor, at(2010, 3, 1))
            volunteers.leave(actor, gone.id, LeaveReason.OWN_WISH, at(2010, 12, 1))
            volunteers.move(actor, gone.id, State.LEFT, left)
        assert told(2010) == {"volunteers": 2}
        assert told(2011) == {"volunteers": 1}
        assert told(2009) == {}

    def test_a_year_stays_what_it_was_when_who_was_turned_down_is_forgotten(self, house: Cast) -> None:
        actor = house.coordinator
        products.a_volunteer(actor, at(2010, 3, 1))
        other = volunteers.register(
            actor, min(actor.team_ids), NewVolunteer("Klaver", "Proefje", date(1970, 1, 1)), at(2010, 5, 1)
        )
        assert told(2010) == {"volunteers": 2}
        volunteers.move(actor, other.id, State.REJECTED, at(2010, 5, 9))
        assert told(2010) == {"volunteers": 1}
        assert interest.forget_due(house_itself("tick"), at(2011, 1, 11)) == 1
        assert told(2010) == {"volunteers": 1}

    def test_another_team_takes_her_over_with_all_that_was_counted(self, house: Cast) -> None:
        old, new = house.coordinator.team_ids, house.stranger.team_ids
        dossier_id = self.review(house, 0, at(2011, 2, 1))
        self.review(house, 1, at(2011, 2, 1))
        before = told(2011)
        assert (told(2011, team_ids=old), told(2011, team_ids=new)) == (before, {})
        families.hand_to_team(house.coordinator, dossier_id, min(new), at(2011, 5, 1))
        half = {key: number // 2 for key, number in before.items()}
        assert told(2011, team_ids=old) == told(2011, team_ids=new) == half
        assert told(2011) == before == {"mothers": 2, "trajectories": 2}
