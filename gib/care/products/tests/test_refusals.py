"""A refusal of an act on a product, a match, a visit or a meeting leaves nothing behind."""

from collections.abc import Callable
from contextlib import nullcontext
from typing import Any
from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from gib.care.products import actions, builders
from gib.care.products.actions.contacts import Log
from gib.care.products.actions.meetings import NewMeeting
from gib.care.products.domain.contact import AHEAD, Cancelled, Kind, Reason
from gib.care.products.domain.contact import State as Visit
from gib.care.products.domain.match import EndReason
from gib.care.products.domain.match import State as Pair
from gib.care.products.domain.meeting import Presence
from gib.care.products.domain.participation import State, StopReason
from gib.care.products.models import Contact, Match, Participation
from gib.care.products.moeder_de_gans.actions import note_attendance
from gib.care.products.tests.conftest import NOW, day, later, refused, traces
from gib.care.trajectory import builders as trajectories
from gib.core.access.actor import Actor
from gib.core.access.tables import Role
from gib.people.families import actions as families
from gib.people.families.models import Consent
from gib.people.partners.domain import Product

pytestmark = pytest.mark.django_db(databases=["default", "keys", "log"])
PARTS: dict[str, Callable[..., object]] = {
    "offer": actions.offer,
    "decline_offer": lambda actor, pk, now: actions.decline_offer(actor, pk, None, now),
    "plan": actions.plan,
    "start": actions.start,
    "complete": actions.complete,
    "stop": lambda actor, pk, now: actions.stop(actor, pk, StopReason.NOT_SAID, now),
    "cancel": lambda actor, pk, now: actions.cancel(actor, pk, StopReason.OTHER, now),
    "move_series": actions.move_series,
}
MATCHES: dict[str, Callable[..., object]] = {
    "mother_answers": lambda actor, pk, now: actions.mother_answers(actor, pk, True, now),
    "volunteer_answers": lambda actor, pk, now: actions.volunteer_answers(actor, pk, True, now),
    "withdraw_match": actions.withdraw_match,
    "introduce": actions.introduce,
    "start_trial": actions.start_trial,
    "run": actions.run,
    "begin_ending": actions.begin_ending,
    "end_match": lambda actor, pk, now: actions.end_match(actor, pk, EndReason.PLANNED, now),
}
VISITS: dict[str, Callable[..., object]] = {
    "confirm_visit": actions.confirm_visit,
    "clear_visit": actions.clear_visit,
    "hold_visit": actions.hold_visit,
    "read_log": actions.read_log,
    "cancel_visit": lambda actor, pk, now: actions.cancel_visit(actor, pk, Reason.ILL, Cancelled.MOTHER, now),
    "miss_visit": lambda actor, pk, now: actions.miss_visit(actor, pk, Visit.NO_SHOW, Reason.ILL, now),
}


def a_wish(actor: Actor, product: Product = Product.IK_JIJ_WIJ) -> Participation:
    return builders.wished(actor, trajectories.inside(actor, NOW).dossier_id, product, NOW)


def a_question(actor: Actor) -> Match:
    plan = trajectories.inside(actor, NOW)
    part = builders.planned(actor, plan.dossier_id, Product.BEZOEKMOEDERS, NOW)
    return builders.proposed(actor, part, builders.a_volunteer(actor, NOW), NOW)


def a_visit(actor: Actor) -> Contact:
    _part, match = builders.visiting(actor, NOW)
    return actions.plan_visit(actor, match.id, NOW.on, builders.AT, "", NOW)


@pytest.mark.parametrize("name", PARTS)
def test_a_stranger_moves_no_part(coordinator: Actor, stranger: Actor, name: str) -> None:
    part = a_wish(coordinator)
    before = traces()
    with pytest.raises(Http404):
        PARTS[name](stranger, part.id, NOW)
    assert traces() == before


@pytest.mark.parametrize("name", MATCHES)
def test_a_stranger_moves_no_match(coordinator: Actor, stranger: Actor, name: str) -> None:
    match = a_question(coordinator)
    other = Actor(UUID(int=8), Role.VOLUNTEER, volunteer_id=UUID(int=9))
    before = traces()
    for actor in (stranger, other):
        with pytest.raises((Http404, PermissionDenied)):
            MATCHES[name](actor, match.id, NOW)
    assert traces() == before


@pytest.mark.parametrize("name", VISITS)
def test_a_stranger_moves_no_visit(coordinator: Actor, stranger: Actor, name: str) -> None:
    visit = a_visit(coordinator)
    other = Actor(UUID(int=8), Role.VOLUNTEER, volunteer_id=UUID(int=9))
    before = traces()
    for actor in (stranger, other):
        with pytest.raises((Http404, PermissionDenied)):
            VISITS[name](actor, visit.id, NOW)
    assert traces() == before


def test_what_is_only_wished_can_be_offered_or_called_off(coordinator: Actor) -> None:
    part = a_wish(coordinator)
    for name in ("decline_offer", "complete", "stop"):
        with refused("illegal_move"):
            PARTS[name](coordinator, part.id, NOW)
    with refused("not_paused"):
        actions.move_series(coordinator, part.id, NOW)


def test_what_is_over_stays_over(coordinator: Actor) -> None:
    part = builders.visiting(coordinator, NOW)[0]
    actions.stop(coordinator, part.id, StopReason.NO_TIME, later(1))
    for name in ("offer", "decline_offer", "complete", "stop", "cancel"):
        with refused("illegal_move"):
            PARTS[name](coordinator, part.id, later(2))
    row = Participation.visible_to(coordinator, NOW.on).get_or_404(pk=part.id)
    assert (row.state, row.ended_on) == (State.STOPPED_BY_MOTHER, day(1))


#: What a match refuses at each stage, by hand.
_MET = ("withdraw_match", "introduce", "mother_answers", "volunteer_answers")
PAIRS = {
    "question": ("introduce", "start_trial", "run", "begin_ending", "end_match"),
    "introduction": (*_MET, "run", "begin_ending"),
    "running": (*_MET, "start_trial", "run"),
    "ending": (*_MET, "start_trial", "run", "begin_ending"),
    "ended": (*_MET, "start_trial", "run", "begin_ending", "end_match"),
}


def a_match(actor: Actor, stage: str) -> Match:
    if stage == "question":
        return a_question(actor)
    _part, match = builders.visiting(actor, NOW)
    if stage == "introduction":
        return match
    actions.start_trial(actor, match.id, NOW)
    for days in range(3):
        builders.visited(actor, match, day(days), later(days))
    match = actions.run(actor, match.id, later(3))
    if stage in ("ending", "ended"):
        match = actions.begin_ending(actor, match.id, later(3))
    return actions.end_match(actor, match.id, EndReason.PLANNED, later(3)) if stage == "ended" else match


@pytest.mark.parametrize("stage", PAIRS)
def test_what_a_match_does_not_know_is_refused_without_a_trace(coordinator: Actor, stage: str) -> None:
    match = a_match(coordinator, stage)
    for name in PAIRS[stage]:
        with refused("illegal_move"):
            MATCHES[name](coordinator, match.id, later(4))


def test_a_second_answer_changes_nothing(coordinator: Actor) -> None:
    match = a_question(coordinator)
    actions.mother_answers(coordinator, match.id, True, NOW)
    with refused("already_answered"):
        actions.mother_answers(coordinator, match.id, True, later(1))
    actions.volunteer_answers(coordinator, match.id, True, NOW)
    for name in ("mother_answers", "volunteer_answers"):
        with refused("already_answered"):
            MATCHES[name](coordinator, match.id, later(1))
    actions.volunteer_answers(coordinator, match.id, False, later(2))
    row = Match.visible_to(coordinator, NOW.on).get_or_404(pk=match.id)
    assert (row.state, row.mother_said_on, row.to_on) == (Pair.REFUSED, NOW.on, day(2))


def test_a_full_volunteer_is_not_introduced_a_second_time(coordinator: Actor) -> None:
    volunteer = builders.a_volunteer(coordinator, NOW)
    for number in (0, 1):
        plan = trajectories.inside(coordinator, NOW, number)
        part = builders.planned(coordinator, plan.dossier_id, Product.BEZOEKMOEDERS, NOW)
        if number:
            with refused("volunteer_full"):
                builders.proposed(coordinator, part, volunteer, NOW)
        else:
            match = builders.proposed(coordinator, part, volunteer, NOW)
    actions.withdraw_match(coordinator, match.id, NOW)
    assert builders.proposed(coordinator, part, volunteer, NOW).state == Pair.PROPOSED


OUTCOMES: dict[str, Callable[[Actor, Contact], object]] = {
    "logged": lambda actor, row: builders.visited(actor, _match(row), NOW.on, NOW, contact_id=row.id),
    "cancelled": lambda actor, row: VISITS["cancel_visit"](actor, row.id, NOW),
    "missed": lambda actor, row: VISITS["miss_visit"](actor, row.id, NOW),
}


def _match(row: Contact) -> Any:
    return row.match


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_a_visit_has_one_outcome(coordinator: Actor, outcome: str) -> None:
    visit = a_visit(coordinator)
    OUTCOMES[outcome](coordinator, visit)
    for name in ("confirm_visit", "clear_visit", "hold_visit", "cancel_visit", "miss_visit"):
        with refused("illegal_move"):
            VISITS[name](coordinator, visit.id, NOW)
    # A second report of a visit that was told of is kept beside the first; of another outcome there is none.
    with nullcontext() if outcome == "logged" else refused("illegal_move"):
        builders.visited(coordinator, _match(visit), NOW.on, NOW, contact_id=visit.id)
    assert Contact.visible_to(coordinator, NOW.on).get_or_404(pk=visit.id).state not in AHEAD


def test_what_was_overtaken_before_its_day_cannot_have_been(coordinator: Actor) -> None:
    _part, match = builders.visiting(coordinator, NOW)
    visit = actions.plan_visit(coordinator, match.id, day(1), builders.AT, "", NOW)
    actions.overtake_visits(coordinator, visit.dossier_id, NOW)
    for name in ("confirm_visit", "clear_visit", "cancel_visit"):
        with refused("illegal_move"):
            VISITS[name](coordinator, visit.id, NOW)
    with refused("overtaken"):
        actions.hold_visit(coordinator, visit.id, later(1))
    with refused("overtaken"):
        builders.visited(coordinator, match, day(1), later(1), contact_id=visit.id)


def test_refusals_of_an_account(coordinator: Actor) -> None:
    _part, match = builders.visiting(coordinator, NOW)
    for facts, code in (
        ({"held_on": day(1)}, "visit_in_future"),
        ({"held_on": day(-1)}, "before_match"),
        ({"minutes": 4}, "minutes_out_of_range"),
        ({"minutes": 721}, "minutes_out_of_range"),
        ({"mood": 0}, "mood_out_of_range"),
    ):
        told: dict[str, Any] = {"held_on": NOW.on, "minutes": 60} | facts
        with refused(code):
            actions.log_visit(coordinator, match.id, Log(**told), NOW)
        if code != "before_match":
            with refused(code):
                actions.log_talk(coordinator, match.dossier_id, Log(**told), NOW)


def test_without_consent_nothing_is_planned_or_told_of(coordinator: Actor) -> None:
    part, match = builders.visiting(coordinator, NOW)
    consent = Consent.for_action(coordinator, NOW.on).get(dossier_id=part.dossier_id)
    families.withdraw_consent(coordinator, consent.id, NOW)
    with refused("support_missing"):
        actions.plan_visit(coordinator, match.id, day(1), builders.AT, "", NOW)
    with refused("support_missing"):
        builders.in_series(coordinator, match, NOW)
    with refused("support_missing"):
        actions.log_talk(coordinator, part.dossier_id, Log(held_on=NOW.on, minutes=30), NOW)


def test_an_account_names_a_visit_of_this_match_only(coordinator: Actor) -> None:
    visit = a_visit(coordinator)
    plan = trajectories.inside(coordinator, NOW, 1)
    part = builders.planned(coordinator, plan.dossier_id, Product.BEZOEKMOEDERS, NOW)
    loes = builders.a_volunteer(coordinator, NOW, given_name="Loes")
    other = builders.introduced(coordinator, part, loes, NOW)
    before = traces()
    with pytest.raises(Http404):
        builders.visited(coordinator, other, NOW.on, NOW, contact_id=visit.id)
    assert traces() == before


def test_refusals_of_meetings(coordinator: Actor, stranger: Actor) -> None:
    plan = trajectories.inside(coordinator, NOW)
    meeting = builders.a_meeting(coordinator, NOW, days=1)
    guest = actions.invite(coordinator, meeting.pk, plan.dossier_id, NOW)
    with refused("already_invited"):
        actions.invite(coordinator, meeting.pk, plan.dossier_id, NOW)
    for act in (
        lambda: actions.hold_meeting(coordinator, meeting.pk, 3, NOW),
        lambda: note_attendance(coordinator, guest.id, Presence.PRESENT, False, NOW),
    ):
        with refused("visit_in_future"):
            act()
    with refused("count_negative"):
        actions.hold_meeting(coordinator, meeting.pk, -1, later(1))
    before = traces()
    for strange in (
        lambda: actions.hold_meeting(stranger, meeting.pk, 0, later(1)),
        lambda: actions.cancel_meeting(stranger, meeting.pk, Reason.ILL, NOW),
        lambda: actions.invite(stranger, meeting.pk, plan.dossier_id, NOW),
        lambda: note_attendance(stranger, guest.id, Presence.PRESENT, False, later(1)),
    ):
        with pytest.raises(Http404):
            strange()
    assert traces() == before


@pytest.mark.parametrize("outcome", ["held", "cancelled"])
def test_a_meeting_has_one_outcome(coordinator: Actor, outcome: str) -> None:
    meeting = builders.a_meeting(coordinator, NOW, days=0)
    if outcome == "held":
        actions.hold_meeting(coordinator, meeting.pk, 2, NOW)
    else:
        actions.cancel_meeting(coordinator, meeting.pk, Reason.LOCKDOWN, NOW)
    with refused("illegal_move"):
        actions.hold_meeting(coordinator, meeting.pk, 5, NOW)
    with refused("illegal_move"):
        actions.cancel_meeting(coordinator, meeting.pk, Reason.ILL, NOW)


def test_a_presence_that_breaks_a_guard_is_not_half_kept(coordinator: Actor) -> None:
    plan = trajectories.inside(coordinator, NOW)
    builders.planned(coordinator, plan.dossier_id, Product.MOEDER_DE_GANS, NOW)
    meeting = builders.a_meeting(coordinator, NOW, days=0)
    guest = actions.invite(coordinator, meeting.pk, plan.dossier_id, NOW)
    consent = Consent.for_action(coordinator, NOW.on).get(dossier_id=plan.dossier_id)
    families.withdraw_consent(coordinator, consent.id, NOW)
    with refused("support_missing"):
        note_attendance(coordinator, guest.id, Presence.PRESENT, False, NOW)


def test_a_meeting_in_the_past_or_of_another_team(coordinator: Actor, stranger: Actor) -> None:
    new = NewMeeting(product=Product.MOEDER_DE_GANS, planned_on=day(-1), planned_time=builders.AT)
    with refused("visit_in_past"):
        actions.plan_meeting(coordinator, min(coordinator.team_ids), new, NOW)
    before = traces()
    with pytest.raises(Http404):
        actions.plan_meeting(stranger, min(coordinator.team_ids), new, NOW)
    assert traces() == before


@pytest.mark.parametrize("kind", [Kind.HOME_VISIT, Kind.PHONE, Kind.OUTSIDE])
def test_no_list_of_a_prison_for_a_visit_elsewhere(coordinator: Actor, kind: Kind) -> None:
    _part, match = builders.at_home(coordinator, NOW)
    row = actions.plan_visit(coordinator, match.id, day(1), builders.AT, "", NOW, kind=kind)
    with refused("clearing_outside"):
        actions.clear_visit(coordinator, row.id, NOW)
