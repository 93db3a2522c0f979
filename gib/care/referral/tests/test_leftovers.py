"""A refused act on a referral leaves nothing behind, and an answer never undoes what we heard meanwhile."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.http import Http404

from gib.care.referral import actions, builders
from gib.care.referral.builders import TUESDAY, Cast, answers, later
from gib.care.referral.domain import OPTIONAL, DeclineReason, EndReason, Overtaking, State
from gib.care.referral.models import Referral
from gib.care.referral.tests.kept import all_rows, fresh, told
from gib.core.access import rls
from gib.core.access.actor import Actor
from gib.core.journal.models import Message
from gib.people.families import actions as families
from gib.people.families.models import Dossier, Involvement, current_place, participant_of
from gib.people.families.tests.remains import changed, refused, traces
from gib.people.partners.models import Team

pytestmark = pytest.mark.django_db(databases=["default", "keys", "log"])
DAY = timedelta(days=1)
YESTERDAY = TUESDAY.on - DAY
Act = Callable[[Cast, Referral], object]

REFUSALS: list[tuple[str, Act]] = [
    ("name_missing", lambda p, r: builders.referred(p.mmd, last_name="")),
    ("birth_missing", lambda p, r: builders.referred(p.mmd, born_on=None, birth_year=None)),
    ("birth_implausible", lambda p, r: builders.referred(p.mmd, born_on=date(2005, 1, 1))),
    ("birth_implausible", lambda p, r: builders.referred(p.mmd, born_on=None, birth_year=1899)),
    ("unit_missing", lambda p, r: builders.referred(p.mmd, unit="")),
    ("consent_not_seen", lambda p, r: builders.referred(p.mmd, consent_seen_on=None)),
    ("consent_in_future", lambda p, r: builders.referred(p.mmd, consent_seen_on=TUESDAY.on + DAY)),
    ("children_unanswered", lambda p, r: builders.referred(p.mmd, children=None)),
    ("release_in_past", lambda p, r: builders.referred(p.mmd, expected_on=YESTERDAY)),
    ("team_missing", lambda p, r: actions.draft(p.mmd, answers(prison="ZWO"), now=TUESDAY)),
    ("question_missing", lambda p, r: actions.return_to_referrer(p.coordinator, r.id, "\n ", TUESDAY)),
    ("talk_in_past", lambda p, r: actions.plan_intake(p.coordinator, r.id, YESTERDAY, None, TUESDAY)),
    ("illegal_move", lambda p, r: actions.drop_intake(p.coordinator, r.id, TUESDAY)),
    ("illegal_move", lambda p, r: actions.mark_intake_done(p.coordinator, r.id, TUESDAY)),
    ("illegal_move", lambda p, r: actions.convert(p.coordinator, r.id, TUESDAY)),
    (
        "illegal_move",
        lambda p, r: actions.close_without_trajectory(
            p.coordinator, r.id, EndReason.MOTHER_REFUSES, now=TUESDAY
        ),
    ),
    (
        "not_after_talk",
        lambda p, r: actions.close_without_trajectory(
            p.coordinator, r.id, EndReason.RELEASED_FIRST, now=TUESDAY
        ),
    ),
]


@pytest.mark.requirement("DJI-01")
@pytest.mark.parametrize(
    ("code", "perform"), REFUSALS, ids=[f"{number}-{code}" for number, (code, _act) in enumerate(REFUSALS)]
)
def test_a_refused_act_leaves_no_dossier_no_event_and_nobody_involved(
    people: Cast, code: str, perform: Act
) -> None:
    row = builders.referred(people.mmd)
    with refused(code):
        perform(people, row)


STRANGE: dict[str, Act] = {
    "accept": lambda p, r: actions.accept(p.stranger, r.id, TUESDAY),
    "ask": lambda p, r: actions.return_to_referrer(p.stranger, r.id, "Waar?", TUESDAY),
    "decline": lambda p, r: actions.decline(p.stranger, r.id, DeclineReason.NO_CAPACITY, TUESDAY),
    "plan": lambda p, r: actions.plan_intake(p.stranger, r.id, TUESDAY.on, None, TUESDAY),
    "talk": lambda p, r: actions.note_talk(p.stranger, r.id, TUESDAY.on, TUESDAY),
    "overtake": lambda p, r: actions.overtake(p.stranger, r.id, Overtaking.RELEASED, TUESDAY),
    "take_back": lambda p, r: actions.take_back(p.stranger, r.id, TUESDAY),
    "again": lambda p, r: actions.refer_again(p.stranger, r.dossier_id, answers(), TUESDAY),
}


@pytest.mark.parametrize("name", STRANGE)
def test_a_stranger_changes_nothing(people: Cast, name: str) -> None:
    row = builders.referred(people.mmd)
    before = traces()
    with pytest.raises(Http404):
        STRANGE[name](people, row)
    assert changed(before) == []


def test_a_question_can_be_answered_once_and_notices_once(people: Cast) -> None:
    row = builders.referred(people.mmd)
    actions.return_to_referrer(people.coordinator, row.id, "Welke taal?", TUESDAY)
    with refused("illegal_move"):
        actions.return_to_referrer(people.coordinator, row.id, "Welke afdeling?", TUESDAY)
    assert Message.objects.filter(recipient_id=people.mmd.user_id).count() == 1
    actions.submit(people.mmd, row.id, now=TUESDAY)
    before = traces()
    with pytest.raises(Http404):
        actions.submit(people.mmd, row.id, now=TUESDAY)
    assert changed(before) == []


def test_a_second_question_is_a_second_notice(people: Cast) -> None:
    row = builders.referred(people.mmd)
    for question in ("Welke taal?", "Welke afdeling?"):
        actions.return_to_referrer(people.coordinator, row.id, question, TUESDAY)
        actions.submit(people.mmd, row.id, now=TUESDAY)
    assert Message.objects.filter(recipient_id=people.mmd.user_id).count() == 2
    assert told(row)[2:] == ["Returned", "Resubmitted"] * 2


# An answer to a question does not undo what the coordinator heard meanwhile


def returned(people: Cast, **changes: Any) -> Referral:
    row = builders.referred(people.mmd, **changes)
    return actions.return_to_referrer(people.coordinator, row.id, "Welke taal?", TUESDAY)


def place_of(row: Referral, days: int) -> tuple[str, str]:
    with rls.system("test"):
        spot = current_place(row.dossier_id, later(TUESDAY, days).on)
    assert spot is not None
    return spot.prison_id, spot.unit


def test_an_answer_does_not_bring_a_moved_mother_back(people: Cast) -> None:
    row = returned(people)
    moved = later(TUESDAY, 1)
    families.place(people.coordinator, row.dossier_id, "TPL", "K2", "remand", moved.on, moved)
    actions.submit(people.mmd, row.id, now=later(TUESDAY, 2))
    assert place_of(row, 2) == ("TPL", "K2")


def test_an_answer_on_the_day_of_a_move_does_not_either(people: Cast) -> None:
    row = returned(people)
    families.place(people.coordinator, row.dossier_id, "TPL", "K2", "remand", TUESDAY.on, TUESDAY)
    actions.submit(people.mmd, row.id, now=TUESDAY)
    assert place_of(row, 0) == ("TPL", "K2")


def test_an_answer_does_not_undo_another_unit_that_we_heard_of_later(people: Cast) -> None:
    row = returned(people)
    moved = later(TUESDAY, 1)
    families.place(people.coordinator, row.dossier_id, "NSL", "E9", "remand", moved.on, moved)
    actions.submit(people.mmd, row.id, now=later(TUESDAY, 2))
    assert place_of(row, 2) == ("NSL", "E9")


def test_an_answer_about_the_unit_is_taken_over(people: Cast) -> None:
    row = returned(people)
    actions.draft(people.mmd, answers(unit="D4"), row.id, now=TUESDAY)
    actions.submit(people.mmd, row.id, now=later(TUESDAY, 2))
    assert place_of(row, 2) == ("NSL", "D4")


def test_who_knows_only_the_year_does_not_wipe_out_the_day(people: Cast) -> None:
    row = builders.referred(people.mmd)
    vague = answers(born_on=None, birth_year=1984)
    actions.refer_again(people.coordinator, row.dossier_id, vague, later(TUESDAY, 1))
    with rls.system("test"):
        mother = participant_of(row.dossier_id)
    assert (mother.born_on, mother.birth_year) == (date(1984, 8, 14), 1984)


def test_who_knows_another_year_corrects_the_day(people: Cast) -> None:
    row = actions.draft(people.mmd, answers(), now=TUESDAY)
    actions.draft(people.mmd, answers(born_on=None, birth_year=1986), row.id, now=TUESDAY)
    actions.submit(people.mmd, row.id, now=TUESDAY)
    with rls.system("test"):
        mother = participant_of(row.dossier_id)
    assert (mother.born_on, mother.birth_year) == (None, 1986)


# Drafts and striking out


@pytest.mark.parametrize("name", OPTIONAL)
def test_each_optional_answer_can_be_struck_out_by_itself(people: Cast, name: str) -> None:
    row = actions.draft(people.mmd, answers(), now=TUESDAY)
    actions.submit(people.mmd, row.id, (name,), now=TUESDAY)
    kept = vars(fresh(row).answers())
    emptied = {field: value for field, value in kept.items() if field in OPTIONAL[name]}
    assert emptied == OPTIONAL[name]
    others = [field for other in OPTIONAL if other != name for field in OPTIONAL[other]]
    assert all(kept[field] == getattr(answers(), field) for field in others)


def test_what_must_be_told_cannot_be_struck_out(people: Cast) -> None:
    row = actions.draft(people.mmd, answers(), now=TUESDAY)
    sent = actions.submit(people.mmd, row.id, ("first_name", "consent_seen_on", "unit"), now=TUESDAY)
    assert (sent.first_name, sent.unit, sent.consent_seen_on) == ("Wendeline", "B2", TUESDAY.on)


def test_a_draft_is_sealed_and_its_dossier_shows_in_no_list(people: Cast) -> None:
    row = actions.draft(people.mmd, answers(), now=TUESDAY)
    assert not Referral.visible_to(people.coordinator, TUESDAY.on).sent().exists()
    assert "Wendeline" not in repr(traces())
    assert fresh(row).first_name == "Wendeline"


# Taking back what a sheet brought in


def test_a_referral_of_a_sheet_is_taken_back_without_a_trace_of_her(people: Cast) -> None:
    row = builders.referred(people.coordinator, channel="self")
    actions.take_back(people.coordinator, row.id, later(TUESDAY, 1))
    assert all_rows() == []
    with rls.system("test"):
        assert not Dossier.for_house("test", TUESDAY.on).exists()
    assert not Involvement.of_source(row.id).exists()


def test_a_referral_that_was_worked_with_stays(people: Cast) -> None:
    row = builders.accepted(people)
    with refused("sheet_in_use"):
        actions.take_back(people.coordinator, row.id, later(TUESDAY, 1))


# Across teams


def test_a_handed_dossier_takes_its_referral_along(people: Cast) -> None:
    row = builders.accepted(people)
    other = min(people.stranger.team_ids)
    families.hand_to_team(people.coordinator, row.dossier_id, other, TUESDAY)
    assert fresh(row).team_id == other
    with pytest.raises(Http404):
        actions.decline(people.coordinator, row.id, DeclineReason.NO_CAPACITY, TUESDAY)
    planned = actions.plan_intake(people.stranger, row.id, TUESDAY.on, None, TUESDAY)
    assert planned.state == State.INTAKE_PLANNED
    assert Referral.visible_to(people.mmd, TUESDAY.on).filter(pk=row.id).exists()


@pytest.mark.parametrize("back", [False, True])
def test_a_mother_known_elsewhere_names_only_the_team_to_ask(people: Cast, back: bool) -> None:
    elsewhere, row = builders.referred(people.other_mmd), builders.referred(people.mmd)
    who: Actor = people.stranger if back else people.coordinator
    besides = elsewhere.dossier_id if back else row.dossier_id
    born_on = date(1984, 8, 14)
    team = families.possible_duplicate(who, "Verzonnen-van den Fictie", born_on, TUESDAY, besides)
    assert isinstance(team, Team) and team.pk not in who.team_ids
    assert families.possible_duplicate(who, "Iemand Anders", born_on, TUESDAY) is None
