"""A prison that is closed for some days: what falls away, who hears of it, and what is not planned there."""

from collections.abc import Callable

import pytest
from django.http import Http404

from gib.care.products import actions, builders, reactions
from gib.care.products.actions.meetings import NewMeeting
from gib.care.products.domain.contact import Reason, State
from gib.care.products.domain.meeting import Presence
from gib.care.products.domain.meeting import State as Meeting
from gib.care.products.models import Attendance, Contact, GroupMeeting
from gib.care.products.tests.conftest import NOW, day, refused
from gib.care.products.tests.test_meetings import a_goose
from gib.care.products.tests.test_views import at, done, herself, send
from gib.care.referral.tests.reader import text_of, visitor
from gib.core.access.actor import Actor
from gib.core.access.actor import house as house_for
from gib.core.access.tables import Role
from gib.core.journal.models import Message
from gib.core.kernel.dates import Period
from gib.people.accounts import builders as accounts
from gib.people.accounts.models import Appointment
from gib.people.partners import actions as places
from gib.people.partners.actions import ClosureFacts
from gib.people.partners.domain import Closing, Product
from gib.people.partners.models import PrisonClosure, Team
from gib.people.volunteers.models import Volunteer

pytestmark = pytest.mark.django_db(databases=["default", "keys", "log"])
Told = Callable[..., list[str]]


def closed(first: int = 7, last: int = 7, why: Closing = Closing.LOCKDOWN) -> ClosureFacts:
    return ClosureFacts(from_on=day(first), to_on=day(last), why=why)


def heard(actor: Actor, closure: ClosureFacts, prison: str = "NSL") -> None:
    """Let the products hear of a closure, as the wiring board does."""
    payload: dict[str, object] = {"prison": prison, "why": str(closure.why)}
    days = {"from_on": str(closure.from_on), "to_on": str(closure.to_on)}
    reactions.on_prison_closed(None, payload | days, NOW)


def test_a_lockdown_calls_off_every_visit_and_meeting_of_that_day_and_no_other(
    coordinator: Actor, told: Told
) -> None:
    part, match = builders.visiting(coordinator, NOW)
    rows = {
        days: actions.plan_visit(coordinator, match.id, day(days), builders.AT, "", NOW) for days in (6, 7, 8)
    }
    phone = actions.plan_visit(
        coordinator, match.id, day(7), builders.AT.replace(hour=16), "", NOW, kind="phone"
    )
    meeting = builders.a_meeting(coordinator, NOW)
    guest = actions.invite(coordinator, meeting.pk, a_goose(coordinator, 1).dossier_id, NOW)
    closure = closed()
    places.close_prison(coordinator, "NSL", closure, NOW)
    heard(coordinator, closure)
    found = {each.id: each for each in Contact.visible_to(coordinator, NOW.on)}
    assert (found[rows[7].id].state, found[rows[7].id].reason) == (State.CANCELLED_PRISON, Reason.LOCKDOWN)
    assert {found[rows[days].id].state for days in (6, 8)} | {found[phone.id].state} == {State.PLANNED}
    called = GroupMeeting.objects.get(pk=meeting.pk)
    assert (called.state, called.reason) == (Meeting.CANCELLED, Reason.LOCKDOWN)
    assert Attendance.visible_to(coordinator, NOW.on).get(pk=guest.id).presence == Presence.OVERTAKEN
    assert told(part.dossier_id)[-1] == "products.VisitCancelled"
    heard(coordinator, closure)
    assert told(part.dossier_id).count("products.VisitCancelled") == 1


def test_another_prison_goes_on(coordinator: Actor) -> None:
    _part, match = builders.visiting(coordinator, NOW)
    row = actions.plan_visit(coordinator, match.id, day(7), builders.AT, "", NOW)
    heard(coordinator, closed(), "TPL")
    assert Contact.visible_to(coordinator, NOW.on).get(pk=row.id).state == State.PLANNED


def test_everybody_whom_it_touches_gets_one_notice(coordinator: Actor) -> None:
    _part, match = builders.visiting(coordinator, NOW)
    team = Team.objects.get(pk=min(coordinator.team_ids))
    helper = accounts.volunteer_user(team, match.volunteer_id)
    leading = accounts.coordinator(team)
    idle = accounts.volunteer_user(team, builders.a_volunteer(coordinator, NOW, given_name="Loes").id)
    assert Volunteer.visible_to(coordinator, NOW.on).count() == 2
    for days in (7, 8):
        actions.plan_visit(coordinator, match.id, day(days), builders.AT, "", NOW)
    for _twice in range(2):
        heard(coordinator, closed(7, 8))
    seats = Appointment.objects.filter(volunteer_id=match.volunteer_id)
    wanted = {*seats.values_list("user_id", flat=True), leading[0].pk}
    found = Message.objects.filter(occasion="prison_closed")
    assert {row.recipient_id for row in found} == wanted
    assert found.count() == len(wanted) == 2
    assert helper is not idle


def test_nothing_new_is_planned_in_a_closed_prison(coordinator: Actor) -> None:
    _part, match = builders.visiting(coordinator, NOW)
    _home, other = builders.at_home(coordinator, NOW, 1)
    places.close_prison(coordinator, "NSL", closed(14, 15), NOW)
    with refused("prison_closed"):
        actions.plan_visit(coordinator, match.id, day(15), builders.AT, "", NOW)
    new = NewMeeting(
        product=Product.MOEDER_DE_GANS, planned_on=day(14), planned_time=builders.AT, room="Zaal 1"
    )
    with refused("prison_closed"):
        actions.plan_meeting(coordinator, min(coordinator.team_ids), new, NOW)
    assert actions.plan_visit(coordinator, other.id, day(14), builders.AT, "", NOW).state == State.PLANNED
    series = builders.in_series(coordinator, match, NOW)
    rows = Contact.visible_to(coordinator, NOW.on).filter(series_id=series.id)
    assert day(14) not in {row.planned_on for row in rows}


def test_the_page_of_a_prison_shows_its_days_and_who_is_there_closes_it(
    house: Actor, stranger: Actor
) -> None:
    page, add = "/inrichtingen/NSL/", "/inrichtingen/NSL/dicht/"
    assert "Er zijn geen dagen bekend waarop deze inrichting dicht is." in text_of(visitor(house).get(page))
    assert "Alle bezoeken en bijeenkomsten in deze dagen vallen weg." in text_of(visitor(house).get(add))
    assert done(house, add, from_on="18-1-2011", to_on="19-1-2011", why="lockdown") == page
    shown = text_of(visitor(house).get(page))
    assert "di 18 jan tot en met wo 19 jan" in shown
    assert "Alles dicht" in shown
    row = PrisonClosure.objects.get()
    end = f"/dagen-dicht/{row.pk}/open/"
    for actor in (stranger, Actor(house.user_id, Role.DEPUTY, frozenset({999}))):
        assert visitor(actor).get(add).status_code == 404
        assert visitor(actor).get(end).status_code == 404
    assert "Inrichting is dicht" not in text_of(visitor(stranger).get(page))
    _part, match = builders.visiting(house, NOW)
    assert visitor(herself(match)).get(add).status_code == 403
    deputy = Actor(house.user_id, Role.DEPUTY, house.team_ids)
    assert done(deputy, end, ends_on="19-1-2011") == page
    assert PrisonClosure.objects.get().days == Period(day(7), day(7))
    assert send(house, end, ends_on="18-1-2011").status_code == 422
    assert at("meetings")


@pytest.mark.parametrize(
    ("first", "last", "code"),
    [
        (-3, -1, "closure_over"),
        (7, 6, "period_backwards"),
        (5, 7, "closure_overlaps"),
        (9, 12, "closure_overlaps"),
    ],
)
def test_days_that_cannot_be_are_refused(coordinator: Actor, first: int, last: int, code: str) -> None:
    places.close_prison(coordinator, "NSL", closed(7, 9), NOW)
    with refused(code, PrisonClosure):
        places.close_prison(coordinator, "NSL", closed(first, last), NOW)


def test_only_who_is_there_or_leads_closes_a_prison(coordinator: Actor, stranger: Actor) -> None:
    with pytest.raises(Http404):
        places.close_prison(stranger, "NSL", closed(), NOW)
    leader = Actor(coordinator.user_id, Role.PROJECT_LEADER)
    row = places.close_prison(leader, "NSL", closed(7, 9), NOW)
    assert (row.confirmed_by, row.days) == (leader.user_id, Period(day(7), day(9)))
    with pytest.raises(Http404):
        places.open_prison(stranger, row.pk, day(8), NOW)
    with refused("ends_too_early", PrisonClosure):
        places.open_prison(coordinator, row.pk, day(7), NOW)
    places.open_prison(coordinator, row.pk, day(8), NOW)
    with refused("fact_over", PrisonClosure):
        places.open_prison(coordinator, row.pk, day(9), NOW)


def test_a_closure_has_a_first_and_a_last_day() -> None:
    with pytest.raises(ValueError, match="first and a last day"):
        _none = PrisonClosure(prison_id="NSL").days


def test_the_house_closes_nothing_by_itself(coordinator: Actor) -> None:
    assert (
        actions.close_days(house_for("prison_closed"), "NSL", Period(day(1), day(2)), Closing.OTHER, NOW) == 0
    )
