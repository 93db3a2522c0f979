"""How long help at home lasts, who waits for a volunteer for long, and what the prison stops."""

from collections.abc import Callable
from datetime import date

import pytest
from django.http import Http404

from gib.care.products import actions, builders, reactions, slots
from gib.care.products.domain import NORMS
from gib.care.products.domain.match import EndReason
from gib.care.products.domain.meeting import Presence
from gib.care.products.domain.participation import State, is_drop_out, waits_long
from gib.care.products.ik_jij_wij import actions as courses
from gib.care.products.ik_jij_wij.domain import Leaving
from gib.care.products.ik_jij_wij.models import Enrolment
from gib.care.products.models import Attendance, Match, Participation
from gib.care.products.moeder_kind_bezoeken.models import MeetingChild
from gib.care.products.moedermaatjes.actions import extend, finish
from gib.care.products.moedermaatjes.domain import ends_on, is_ending
from gib.care.products.moedermaatjes.models import Extension, last_day
from gib.care.products.presenting.board import board_of
from gib.care.products.tests.conftest import NOW, broken, later, refused
from gib.care.products.tests.test_group_views import a_child
from gib.care.products.tests.test_meetings import a_course, a_goose, a_student, present
from gib.care.products.tests.test_views import at, done, herself, request, send
from gib.care.referral.tests.reader import text_of, visitor
from gib.care.trajectory import builders as trajectories
from gib.core.access.actor import Actor
from gib.people.partners.domain import Product
from gib.people.partners.models import VisitingRule

pytestmark = pytest.mark.django_db(databases=["default", "keys", "log"])
#: Fifteen months after the day on which the help of these stories begins.
END = date(2012, 4, 11)
FAR = (END - NOW.on).days


# ---- how long


def test_the_term_is_fifteen_months_or_what_was_decided_last() -> None:
    assert ends_on(NOW.on, 15) == END
    assert ends_on(NOW.on, 15, [date(2012, 7, 1), date(2012, 9, 1)]) == date(2012, 9, 1)
    assert ends_on(NOW.on, 15, [date(2011, 7, 1)]) == END
    assert (is_ending(END, date(2012, 2, 29), 42), is_ending(END, date(2012, 2, 28), 42)) == (True, False)


def test_going_on_is_a_decision_of_somebody_with_a_day_and_a_reason(
    coordinator: Actor, told: Callable[..., list[str]]
) -> None:
    part, match = builders.at_home(coordinator, NOW)
    assert last_day(part, NOW.on) == END
    row = extend(coordinator, part.id, date(2012, 7, 1), "Haar zoon gaat pas in juni naar school.", NOW)
    assert (row.decided_by, row.decided_on, row.until_on) == (coordinator.user_id, NOW.on, date(2012, 7, 1))
    assert told(part.dossier_id)[-1] == "moedermaatjes.Extended"
    assert last_day(part, NOW.on) == date(2012, 7, 1)
    shown = Extension.visible_to(herself(match), NOW.on).get()
    assert shown.until_on == date(2012, 7, 1)
    assert not shown.shows("decision")


def test_what_ends_no_later_is_no_extension(coordinator: Actor) -> None:
    part, _match = builders.at_home(coordinator, NOW)
    with refused("extension_too_short", Extension):
        extend(coordinator, part.id, END, "Nog even.", NOW)
    extend(coordinator, part.id, date(2012, 5, 1), "Nog even.", NOW)
    with broken("extension_too_short"):
        extend(coordinator, part.id, date(2012, 5, 1), "Nog even.", NOW)


def test_only_help_at_home_that_runs_is_extended(coordinator: Actor, stranger: Actor) -> None:
    inside, _match = builders.visiting(coordinator, NOW)
    home, _match = builders.at_home(coordinator, NOW, 1)
    with refused("not_at_home", Extension):
        extend(coordinator, inside.id, date(2013, 1, 1), "Nog even.", NOW)
    with pytest.raises(Http404):
        extend(stranger, home.id, date(2013, 1, 1), "Nog even.", NOW)
    finish(coordinator, home.id, NOW.on, "", NOW)
    with broken("not_at_home"):
        extend(coordinator, home.id, date(2013, 1, 1), "Nog even.", NOW)


def test_today_warns_some_weeks_before_the_end(house: Actor, stranger: Actor) -> None:
    part, _match = builders.at_home(house, NOW)
    soon = later(FAR - NORMS["moedermaatje_warning_days"])
    assert slots.home_ending(request(house, later(FAR - 43))) == []
    found = slots.home_ending(request(house, soon))
    assert [(task.dossier_id, task.url) for task in found] == [(part.dossier_id, at("home_extend", part.id))]
    assert "11 apr 2012" in found[0].why
    assert slots.home_ending(request(stranger, soon)) == []
    assert len(slots.home_ending(request(house, later(FAR + 9)))) == 1
    url = found[0].url
    assert send(house, url, soon, until_on="11-04-2012", why="Nog even.").status_code == 422
    done(house, url, soon, until_on="01-07-2012", why="Haar zoon gaat pas in juni naar school.")
    assert slots.home_ending(request(house, soon)) == []


# ---- who waits for a volunteer


def test_who_waits_for_a_volunteer_for_long_is_on_the_start_page(house: Actor) -> None:
    dossier_id = trajectories.inside(house, NOW).dossier_id
    part = builders.planned(house, dossier_id, Product.BEZOEKMOEDERS, NOW)
    a_goose(house, 1)
    days = NORMS["match_wait_days"]
    assert slots.unmatched(request(house, later(days))) == []
    found = slots.unmatched(request(house, later(days + 1)))
    assert [(task.dossier_id, task.url) for task in found] == [(dossier_id, board_of(part.id))]
    assert "11 jan" in found[0].why
    match = builders.proposed(house, part, builders.a_volunteer(house, NOW), NOW)
    assert slots.unmatched(request(house, later(days + 1))) == []
    actions.volunteer_answers(house, match.id, False, later(10))
    assert slots.unmatched(request(house, later(days + 10))) == []
    assert len(slots.unmatched(request(house, later(days + 11)))) == 1


def test_waiting_is_counted_from_when_the_last_one_left(house: Actor) -> None:
    _part, match = builders.visiting(house, NOW)
    actions.end_match(house, match.id, EndReason.BY_VOLUNTEER, later(60))
    assert slots.unmatched(request(house, later(88))) == []
    assert len(slots.unmatched(request(house, later(89)))) == 1
    assert (waits_long(NOW.on, later(28).on, 28), waits_long(NOW.on, later(29).on, 28)) == (False, True)


# ---- what the prison stops


def test_the_prison_ends_one_part_and_it_is_nobodys_drop_out(
    coordinator: Actor, told: Callable[..., list[str]]
) -> None:
    part, match = builders.visiting(coordinator, NOW)
    goose = builders.planned(coordinator, part.dossier_id, Product.MOEDER_DE_GANS, NOW)
    ended = actions.end_by_prison(coordinator, part.id, later(3))
    assert (ended.state, ended.end_reason, ended.ended_on) == (State.ENDED_BY_PRISON, "prison", later(3).on)
    assert not is_drop_out(State(ended.state), ended.started_on)
    assert Match.visible_to(coordinator, NOW.on).get(pk=match.id).end_reason == EndReason.BY_COORDINATOR
    assert told(part.dossier_id)[-1] == "products.EndedBy"
    assert Participation.visible_to(coordinator, NOW.on).get(pk=goose.id).state == State.PLANNED
    with broken("illegal_move"):
        actions.end_by_prison(coordinator, part.id, later(3))


def test_it_cannot_end_help_at_home(coordinator: Actor, stranger: Actor) -> None:
    home, _match = builders.at_home(coordinator, NOW)
    with refused("prison_only_inside"):
        actions.end_by_prison(coordinator, home.id, NOW)
    with pytest.raises(Http404):
        actions.end_by_prison(stranger, home.id, NOW)


def test_her_invitations_her_course_and_her_children_fall_away_with_it(coordinator: Actor) -> None:
    goose = a_goose(coordinator)
    row = actions.invite(coordinator, builders.a_meeting(coordinator, NOW).pk, goose.dossier_id, NOW)
    actions.end_by_prison(coordinator, goose.id, NOW)
    assert Attendance.visible_to(coordinator, NOW.on).get(pk=row.id).presence == Presence.OVERTAKEN
    student = a_student(coordinator, 1)
    enrolled = courses.enrol(coordinator, a_course(coordinator).pk, student.id, NOW)
    assert actions.end_by_prison(coordinator, student.id, NOW).state == State.ENDED_BY_PRISON
    payload: dict[str, object] = {"participation_id": str(student.id), "cause": "prison"}
    reactions.on_ended_by(student.dossier_id, payload, NOW)
    assert Enrolment.visible_to(coordinator, NOW.on).get(pk=enrolled.id).reason == Leaving.PRISON
    VisitingRule.objects.create(prison_id="NSL", kind="parent_child", valid_from=date(2009, 7, 1))
    part = builders.planned(
        coordinator,
        trajectories.inside(coordinator, NOW, 2).dossier_id,
        Product.MOEDER_KIND_BEZOEKEN,
        NOW,
    )
    child = a_child(coordinator, part, builders.a_meeting(coordinator, NOW, Product.MOEDER_KIND_BEZOEKEN))
    actions.end_by_prison(coordinator, part.id, NOW)
    reactions.on_ended_by(part.dossier_id, {"participation_id": str(part.id), "cause": "prison"}, NOW)
    assert MeetingChild.visible_to(coordinator, NOW.on).get(pk=child.id).state == "overtaken"


def test_a_course_that_she_followed_in_part_counts_by_what_she_attended(coordinator: Actor) -> None:
    part = a_student(coordinator)
    enrolled = courses.enrol(coordinator, a_course(coordinator).pk, part.id, NOW)
    present(coordinator, part, 2)
    on = later(9)
    assert actions.end_by_prison(coordinator, part.id, on).state == State.PARTLY_COMPLETED
    reactions.on_ended_by(part.dossier_id, {"participation_id": str(part.id), "cause": "release"}, on)
    assert Enrolment.visible_to(coordinator, NOW.on).get(pk=enrolled.id).to_on is None


def test_the_page_of_her_plan_offers_it_for_what_is_inside(house: Actor) -> None:
    part, _match = builders.visiting(house, NOW)
    home, _match = builders.at_home(house, NOW, 1)
    urls = {each.id: at("part_prison", each.id) for each in (part, home)}
    assert urls[part.id] in str(slots.parts(request(house), part.dossier_id))
    own = str(slots.parts(request(house), home.dossier_id))
    assert urls[home.id] not in own
    assert at("home_extend", home.id) in own
    assert "nooit als uitval" in text_of(visitor(house).get(urls[part.id]))
    done(house, urls[part.id])
    assert Participation.visible_to(house, NOW.on).get(pk=part.id).state == State.ENDED_BY_PRISON
