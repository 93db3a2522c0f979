"""What coordinator and mother do in an intake, on the database."""

from datetime import date, time, timedelta

import pytest

from gib.care.intake import actions, builders
from gib.care.intake.domain import (
    Cause,
    NewTalk,
    State,
)
from gib.care.intake.models import Talk
from gib.care.intake.tests.kept import fresh, part, referral_of, told
from gib.care.referral import builders as referred
from gib.care.referral.builders import TUESDAY, Cast
from gib.core.kernel.rules import RuleBroken

pytestmark = pytest.mark.django_db(databases=["default", "keys", "log"])
MOVED = {"prison": "TPL", "from_prison": "NSL", "regime": "remand", "moved": True}


def test_a_plan_makes_an_intake_and_its_first_talk(people: Cast) -> None:
    intake = builders.planned(people)
    (talk,) = part(Talk, intake)
    assert (intake.state, talk.planned_on, talk.planned_time) == (
        State.PLANNED,
        date(2011, 1, 14),
        time(10, 30),
    )
    assert talk.place == "spreekkamer 2"
    assert referral_of(intake).state == "intake_planned"
    assert referral_of(intake).intake_on == talk.planned_on
    assert told(intake) == ["Begun"]


def test_one_intake_at_a_time(people: Cast) -> None:
    intake = builders.planned(people)
    when = (TUESDAY.on, None, "")
    with pytest.raises(RuleBroken, match="intake_running"):
        actions.plan(people.coordinator, intake.referral_id, *when, TUESDAY)
    assert len(part(Talk, intake)) == 1


def test_a_talk_in_the_past_is_refused(people: Cast) -> None:
    row = referred.referred(people.mmd)
    with pytest.raises(RuleBroken, match="talk_in_past"):
        actions.plan(people.coordinator, row.id, TUESDAY.on - timedelta(days=1), None, "", TUESDAY)
    held = builders.held(people)
    with pytest.raises(RuleBroken, match="talk_in_past"):
        actions.plan_talk(people.coordinator, held.id, NewTalk(planned_on=date(2011, 1, 1)), TUESDAY)


def test_another_day_moves_the_same_talk_and_the_referral_hears_it(people: Cast) -> None:
    intake = builders.planned(people)
    actions.reschedule(people.coordinator, intake.id, date(2011, 1, 18), None, "zaal 1", TUESDAY)
    (talk,) = part(Talk, intake)
    assert (talk.planned_on, talk.planned_time, talk.place) == (date(2011, 1, 18), None, "zaal 1")
    assert referral_of(intake).intake_on == date(2011, 1, 18)


def test_a_second_talk_stands_beside_the_first(people: Cast) -> None:
    intake = builders.held(people)
    actions.plan_talk(people.coordinator, intake.id, NewTalk(planned_on=date(2011, 1, 20)), TUESDAY)
    assert sorted(talk.planned_on for talk in part(Talk, intake)) == [TUESDAY.on, date(2011, 1, 20)]
    assert told(intake) == ["Begun", "TalkHeld", "TalkPlanned"]


def test_a_talk_is_held_once(people: Cast) -> None:
    intake = builders.held(people)
    assert fresh(intake).state == State.HELD
    with pytest.raises(RuleBroken, match="no_talk_planned"):
        actions.hold(people.coordinator, intake.id, TUESDAY.on, TUESDAY)


def test_a_talk_that_must_still_come_is_not_held(people: Cast) -> None:
    intake = builders.planned(people)
    with pytest.raises(RuleBroken, match="talk_not_today"):
        actions.hold(people.coordinator, intake.id, date(2011, 1, 14), TUESDAY)


def test_a_talk_that_did_not_go_on_leaves_the_intake_open(people: Cast) -> None:
    intake = builders.planned(people)
    talk = actions.drop_talk(people.coordinator, intake.id, Cause.COURT, TUESDAY)
    assert (talk.dropped_on, talk.cause, fresh(intake).state) == (TUESDAY.on, "court", State.PLANNED)
    actions.plan_talk(people.coordinator, intake.id, NewTalk(planned_on=date(2011, 1, 20)), TUESDAY)
    assert len(part(Talk, intake)) == 2
