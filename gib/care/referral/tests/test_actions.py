"""What people do with a referral, on the database: each act, each refusal, and what others see of it."""

from datetime import date, time, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from gib.care.referral import actions, builders
from gib.care.referral.builders import TUESDAY, Cast, answers, later
from gib.care.referral.domain import Channel, DeclineReason, EndReason, State
from gib.care.referral.models import Referral, own_writing, teams_for
from gib.care.referral.tests.kept import fresh, told
from gib.core.access import rls
from gib.core.access.actor import Actor
from gib.core.access.rows import NotShown
from gib.core.access.tables import Role, Scope
from gib.core.journal.models import Message
from gib.core.kernel.rules import RuleBroken
from gib.people.families import actions as families
from gib.people.families.models import (
    Involvement,
    current_place,
    latest_expectation,
    participant_of,
)
from gib.people.partners.models import Team

pytestmark = pytest.mark.django_db(databases=["default", "keys", "log"])


def test_a_draft_opens_the_dossier_and_is_sealed(people: Cast) -> None:
    row = actions.draft(people.mmd, answers(last_name="", consent_seen_on=None), now=TUESDAY)
    assert (row.state, row.submitted_on, row.channel) == (State.DRAFT, None, "mmd")
    assert row.team.prison_id == "NSL"
    assert told(row) == ["DraftBegun"]
    assert isinstance(row.__dict__["first_name"], bytes)


def test_a_draft_can_be_written_on_and_opens_no_second_dossier(people: Cast) -> None:
    row = actions.draft(people.mmd, answers(last_name=""), now=TUESDAY)
    again = actions.draft(people.mmd, answers(unit="C1"), row.id, now=TUESDAY)
    assert (again.id, again.dossier_id, fresh(row).unit) == (row.id, row.dossier_id, "C1")
    assert told(row) == ["DraftBegun"]


def test_sending_gives_the_dossier_what_the_referrer_knew(people: Cast) -> None:
    row = builders.referred(people.mmd)
    assert (row.state, row.submitted_on, row.status) == (State.SUBMITTED, TUESDAY.on, "received")
    assert told(row) == ["DraftBegun", "Submitted"]
    with rls.system("test"):
        mother = participant_of(row.dossier_id)
        place, expected = current_place(row.dossier_id, TUESDAY.on), latest_expectation(row.dossier_id)
    assert (mother.last_name, mother.born_on) == ("Verzonnen-van den Fictie", date(1984, 8, 14))
    assert (place.prison_id, place.unit) == ("NSL", "B2")
    assert (expected.expected_on, expected.source) == (TUESDAY.on + timedelta(days=23), "prison")


def test_a_unit_that_changed_before_sending_is_the_one_that_counts(people: Cast) -> None:
    row = actions.draft(people.mmd, answers(unit=""), now=TUESDAY)
    actions.draft(people.mmd, answers(unit="C1"), row.id, now=TUESDAY)
    actions.submit(people.mmd, row.id, now=later(TUESDAY, 2))
    with rls.system("test"):
        assert current_place(row.dossier_id, later(TUESDAY, 2).on).unit == "C1"


def test_only_the_year_of_birth_is_enough(people: Cast) -> None:
    row = builders.referred(people.mmd, born_on=None, birth_year=1984)
    with rls.system("test"):
        assert participant_of(row.dossier_id).birth_year == 1984


def test_what_is_struck_out_is_not_kept(people: Cast) -> None:
    row = actions.draft(people.mmd, answers(), now=TUESDAY)
    sent = actions.submit(people.mmd, row.id, ("wish", "expected_on"), now=TUESDAY)
    assert (sent.wish, sent.expected_on, sent.call_back) == ("", None, "toestel 17")
    with rls.system("test"):
        assert latest_expectation(row.dossier_id) is None


@pytest.mark.requirement("DJI-01")
@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"consent_seen_on": None}, "consent_not_seen"),
        ({"first_name": ""}, "name_missing"),
        ({"unit": ""}, "unit_missing"),
        ({"children": None}, "children_unanswered"),
    ],
)
def test_an_incomplete_draft_stays_a_draft(people: Cast, changes: dict[str, Any], code: str) -> None:
    row = actions.draft(people.mmd, answers(**changes), now=TUESDAY)
    with pytest.raises(RuleBroken, match=code):
        actions.submit(people.mmd, row.id, now=TUESDAY)
    assert fresh(row).state == State.DRAFT


def test_a_draft_is_nobody_elses(people: Cast) -> None:
    row = actions.draft(people.mmd, answers(), now=TUESDAY)
    for actor in (people.coordinator, people.other_mmd, people.safety_house, people.stranger):
        with pytest.raises(Http404):
            actions.draft(actor, answers(), row.id, now=TUESDAY)
        with pytest.raises(Http404):
            actions.submit(actor, row.id, now=TUESDAY)
        with pytest.raises(Http404):
            own_writing(actor, TUESDAY.on, row.id)
    with pytest.raises(Http404):
        actions.accept(people.coordinator, row.id, TUESDAY)


def test_after_sending_the_referrer_no_longer_reads_her_words(people: Cast) -> None:
    row = builders.referred(people.mmd)
    with pytest.raises(Http404):
        own_writing(people.mmd, TUESDAY.on, row.id)
    with pytest.raises(Http404):
        actions.draft(people.mmd, answers(wish="anders"), row.id, now=TUESDAY)


@pytest.mark.requirement("DJI-02")
def test_the_referrer_sees_name_and_status_and_nothing_else(people: Cast) -> None:
    row = builders.accepted(people)
    seen = Referral.visible_to(people.mmd, TUESDAY.on).get_or_404(pk=row.id)
    assert (seen.first_name, seen.status, seen.code) == ("Wendeline", "received", row.code)
    for field in ("wish", "call_back", "end_reason", "children", "answers", "leaves_on", "referrer_id"):
        with pytest.raises(NotShown):
            getattr(seen, field)


@pytest.mark.requirement("PRV-01")
@pytest.mark.parametrize("who", ["stranger", "other_mmd", "safety_house", "volunteer"])
def test_a_referral_does_not_exist_for_others(people: Cast, who: str) -> None:
    row = builders.referred(people.mmd)
    assert not Referral.visible_to(getattr(people, who), TUESDAY.on).exists()
    with pytest.raises(Http404 if who == "stranger" else PermissionDenied):
        actions.accept(getattr(people, who), row.id, TUESDAY)


def test_the_referrer_is_involved_as_the_one_who_submitted(people: Cast) -> None:
    row = builders.referred(people.mmd)
    (episode,) = Involvement.of_source(row.id)
    assert (episode.kind, episode.party, episode.to_on) == ("submitted", str(people.mmd.user_id), None)
    assert people.mmd.party(Scope.SUBMITTED) == episode.party


def test_a_safety_house_chooses_the_institution(people: Cast) -> None:
    with pytest.raises(RuleBroken, match="team_missing"):
        builders.referred(people.safety_house)
    row = builders.referred(people.safety_house, prison="TPL", channel=Channel.SAFETY_HOUSE)
    assert fresh(row).team.prison_id == "TPL"
    assert Referral.visible_to(people.stranger, TUESDAY.on).filter(pk=row.id).exists()


def test_the_institution_of_an_mmd_cannot_be_chosen(people: Cast) -> None:
    with pytest.raises(RuleBroken, match="team_missing"):
        builders.referred(people.mmd, prison="TPL")
    assert [team.prison_id for team in teams_for(people.mmd, TUESDAY.on)] == ["NSL"]


def test_an_institution_without_a_team_on_that_day_takes_nobody(people: Cast) -> None:
    Team.objects.filter(prison_id="NSL").update(valid_to=TUESDAY.on)
    with pytest.raises(RuleBroken, match="team_missing"):
        builders.referred(people.mmd)


def test_a_coordinator_of_two_teams_says_which(people: Cast) -> None:
    teams = people.coordinator.team_ids | people.stranger.team_ids
    both = Actor(people.coordinator.user_id, Role.COORDINATOR, teams)
    with pytest.raises(RuleBroken, match="team_missing"):
        builders.referred(both)
    assert builders.referred(both, prison="TPL", channel=Channel.SELF).channel == "self"


def test_a_mother_can_come_by_herself(people: Cast) -> None:
    row = builders.referred(people.coordinator, channel=Channel.MOEDER_DE_GANS)
    assert (row.channel, row.referrer_id) == ("moeder_de_gans", people.coordinator.user_id)


def test_a_question_goes_back_with_a_notice_without_content(people: Cast) -> None:
    row = builders.referred(people.mmd)
    actions.return_to_referrer(people.coordinator, row.id, "Op welke afdeling zit zij?", TUESDAY)
    seen = Referral.visible_to(people.mmd, TUESDAY.on).get_or_404(pk=row.id)
    assert (seen.status, seen.question) == ("asked", "Op welke afdeling zit zij?")
    assert [note.occasion for note in Message.objects.filter(recipient_id=people.mmd.user_id)] == [
        "referral_question"
    ]
    actions.draft(people.mmd, answers(unit="D4"), row.id, now=TUESDAY)
    actions.submit(people.mmd, row.id, now=later(TUESDAY, 1))
    assert (fresh(row).state, fresh(row).unit, fresh(row).question) == (State.SUBMITTED, "D4", "")
    assert fresh(row).submitted_on == TUESDAY.on
    assert told(row)[-2:] == ["Returned", "Resubmitted"]


def test_an_answer_does_not_undo_what_the_coordinator_heard_meanwhile(people: Cast) -> None:
    row = builders.referred(people.mmd)
    new = TUESDAY.on + timedelta(days=90)
    families.expect_release(people.coordinator, row.dossier_id, new, "court", "certain", TUESDAY)
    actions.return_to_referrer(people.coordinator, row.id, "Welke taal?", TUESDAY)
    actions.submit(people.mmd, row.id, now=later(TUESDAY, 1))
    with rls.system("test"):
        assert latest_expectation(row.dossier_id).expected_on == new


def test_a_question_without_words_is_refused(people: Cast) -> None:
    row = builders.referred(people.mmd)
    with pytest.raises(RuleBroken, match="question_missing"):
        actions.return_to_referrer(people.coordinator, row.id, " ", TUESDAY)


@pytest.mark.parametrize("reason", DeclineReason)
def test_a_declined_referral_keeps_its_reason_to_the_coordinator(people: Cast, reason: DeclineReason) -> None:
    row = builders.referred(people.mmd)
    actions.decline(people.coordinator, row.id, reason, TUESDAY)
    assert (fresh(row).state, fresh(row).end_reason, fresh(row).ended_on) == ("declined", reason, TUESDAY.on)
    assert fresh(row).status == "not_started"


def test_planning_takes_a_new_referral_on(people: Cast) -> None:
    row = builders.planned(people)
    assert (row.state, row.accepted_on, row.intake_time) == (State.INTAKE_PLANNED, TUESDAY.on, time(10, 30))
    assert told(row) == ["DraftBegun", "Submitted", "Accepted", "IntakePlanned"]
    actions.plan_intake(people.coordinator, row.id, date(2011, 1, 20), None, TUESDAY)
    assert fresh(row).intake_on == date(2011, 1, 20)


def test_a_day_that_is_over_is_no_plan(people: Cast) -> None:
    row = builders.accepted(people)
    with pytest.raises(RuleBroken, match="talk_in_past"):
        actions.plan_intake(people.coordinator, row.id, date(2011, 1, 10), None, TUESDAY)


def test_a_dropped_talk_waits_for_another_day(people: Cast) -> None:
    row = builders.planned(people)
    actions.drop_intake(people.coordinator, row.id, TUESDAY)
    assert (fresh(row).state, fresh(row).intake_on, fresh(row).status) == (State.ACCEPTED, None, "received")


def test_a_trajectory_follows_from_an_intake(people: Cast) -> None:
    row = builders.planned(people)
    actions.note_talk(people.coordinator, row.id, TUESDAY.on, TUESDAY)
    actions.mark_intake_done(people.coordinator, row.id, TUESDAY)
    actions.convert(people.coordinator, row.id, TUESDAY)
    assert (fresh(row).state, fresh(row).status) == (State.CONVERTED, "started")
    assert told(row)[-2:] == ["IntakeDone", "Converted"]


@pytest.mark.parametrize("reason", EndReason)
def test_an_intake_can_end_without_a_trajectory(people: Cast, reason: EndReason) -> None:
    row = builders.planned(people)
    actions.mark_intake_done(people.coordinator, row.id, TUESDAY)
    actions.close_without_trajectory(people.coordinator, row.id, reason, now=TUESDAY)
    assert (fresh(row).state, fresh(row).end_reason) == (State.NO_TRAJECTORY, reason)


def test_most_reasons_need_a_talk_first(people: Cast) -> None:
    row = builders.accepted(people)
    with pytest.raises(RuleBroken, match="not_after_talk"):
        actions.close_without_trajectory(people.coordinator, row.id, EndReason.INFORMATION_ONLY, now=TUESDAY)


def test_nobody_asks_again_before_the_day_she_chose(people: Cast) -> None:
    row = builders.accepted(people)
    rest = date(2011, 6, 1)
    refuses = EndReason.MOTHER_REFUSES
    actions.close_without_trajectory(people.coordinator, row.id, refuses, rest, now=TUESDAY)
    again = actions.refer_again(people.coordinator, row.dossier_id, answers(), TUESDAY)
    with pytest.raises(RuleBroken, match="not_before") as refused:
        actions.plan_intake(people.coordinator, again.id, date(2011, 5, 31), None, TUESDAY)
    assert refused.value.facts == {"day": rest}
    assert actions.plan_intake(people.coordinator, again.id, rest, None, TUESDAY).intake_on == rest
