"""From which states a referral can be decided on, and what happens when she is known, moved or released."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.http import Http404

from gib.care.referral import actions, builders, models, reactions
from gib.care.referral.builders import TUESDAY, Cast, answers, later
from gib.care.referral.domain import DeclineReason, Overtaking, State
from gib.care.referral.models import Referral, latest_referral
from gib.care.referral.tests.kept import fresh, told
from gib.core.access import rls
from gib.core.journal.models import Happening
from gib.core.kernel.rules import RuleBroken
from gib.people.families import actions as families
from gib.people.families.models import (
    current_place,
    rows_of,
)
from gib.people.partners.models import LegalParameter

pytestmark = pytest.mark.django_db(databases=["default", "keys", "log"])


Act = Callable[[Cast, Referral], Any]
ACTS: dict[str, tuple[Act, set[State]]] = {
    "accept": (lambda p, r: actions.accept(p.coordinator, r.id, TUESDAY), {State.SUBMITTED}),
    "ask": (
        lambda p, r: actions.return_to_referrer(p.coordinator, r.id, "Waar?", TUESDAY),
        {State.SUBMITTED},
    ),
    "decline": (
        lambda p, r: actions.decline(p.coordinator, r.id, DeclineReason.NO_CAPACITY, TUESDAY),
        {State.SUBMITTED, State.RETURNED, State.ACCEPTED},
    ),
    "drop": (lambda p, r: actions.drop_intake(p.coordinator, r.id, TUESDAY), {State.INTAKE_PLANNED}),
    "done": (lambda p, r: actions.mark_intake_done(p.coordinator, r.id, TUESDAY), {State.INTAKE_PLANNED}),
    "convert": (lambda p, r: actions.convert(p.coordinator, r.id, TUESDAY), {State.INTAKE_DONE}),
    "overtake": (
        lambda p, r: actions.overtake(p.coordinator, r.id, Overtaking.RELEASED, TUESDAY),
        {State.SUBMITTED, State.RETURNED, State.ACCEPTED, State.INTAKE_PLANNED},
    ),
}
REACHED: dict[State, Callable[[Cast], Referral]] = {
    State.SUBMITTED: lambda p: builders.referred(p.mmd),
    State.RETURNED: lambda p: actions.return_to_referrer(
        p.coordinator, builders.referred(p.mmd).id, "Waar?", TUESDAY
    ),
    State.ACCEPTED: builders.accepted,
    State.INTAKE_PLANNED: builders.planned,
    State.INTAKE_DONE: lambda p: actions.mark_intake_done(p.coordinator, builders.planned(p).id, TUESDAY),
    State.DECLINED: lambda p: actions.decline(
        p.coordinator, builders.referred(p.mmd).id, DeclineReason.NO_CHILDREN, TUESDAY
    ),
    State.OVERTAKEN: lambda p: actions.overtake(
        p.coordinator, builders.referred(p.mmd).id, Overtaking.RELEASED, TUESDAY
    ),
}


@pytest.mark.parametrize("state", REACHED)
@pytest.mark.parametrize("act", ACTS)
def test_each_act_is_possible_from_its_own_states_only(people: Cast, act: str, state: State) -> None:
    row = REACHED[state](people)
    assert row.state == state
    perform, allowed = ACTS[act]
    if state in allowed:
        assert perform(people, row).state != state
    else:
        with pytest.raises(RuleBroken, match="illegal_move"):
            perform(people, row)
        assert fresh(row).state == state


def test_two_coordinators_cannot_decide_at_once(people: Cast) -> None:
    row = builders.referred(people.mmd)
    stale = fresh(row)
    actions.accept(people.coordinator, row.id, TUESDAY)
    with pytest.raises(RuleBroken, match="newer_version"), rls.system("test"):
        actions.carry_out(people.coordinator, TUESDAY, rows=[stale])


def test_the_same_mother_is_noticed_in_the_own_team(people: Cast) -> None:
    first, second = builders.referred(people.mmd), builders.referred(people.mmd)
    assert models.known_here(people.coordinator, TUESDAY.on, fresh(second)) == [first.dossier_id]
    assert models.known_here(people.stranger, TUESDAY.on, fresh(second)) == []
    actions.draft(people.mmd, answers(), now=TUESDAY)
    assert len(models.known_here(people.coordinator, TUESDAY.on, fresh(second))) == 1
    unsure = builders.referred(people.mmd, born_on=None, birth_year=1984)
    assert models.known_here(people.coordinator, TUESDAY.on, fresh(unsure)) == []


def test_a_second_referral_is_laid_in_the_dossier_that_exists(people: Cast) -> None:
    first, second = builders.referred(people.mmd), builders.referred(people.mmd)
    actions.attach(people.coordinator, second.id, first.dossier_id, TUESDAY)
    row = fresh(second)
    assert (row.state, row.end_reason, row.attached_to_id) == ("declined", "already_known", first.dossier_id)
    assert row.status == "started"
    assert told(first)[-1] == "Attached"
    assert told(second)[-1] == "Declined"


def test_a_referral_is_not_laid_in_itself_or_in_the_dossier_of_another_team(people: Cast) -> None:
    row = builders.referred(people.mmd)
    elsewhere = builders.referred(people.other_mmd)
    for dossier_id in (row.dossier_id, elsewhere.dossier_id):
        with pytest.raises(Http404):
            actions.attach(people.coordinator, row.id, dossier_id, TUESDAY)
    assert fresh(row).state == State.SUBMITTED


def test_a_mother_who_is_detained_again_keeps_her_dossier(people: Cast) -> None:
    row = builders.referred(people.mmd)
    spring = later(TUESDAY, 90)
    families.release(people.coordinator, row.dossier_id, TUESDAY.on, "immediate", "known", "0363", TUESDAY)
    again = actions.refer_again(people.coordinator, row.dossier_id, answers(spring, unit="E1"), spring)
    assert (again.dossier_id, again.state) == (row.dossier_id, State.SUBMITTED)
    with rls.system("test"):
        assert current_place(row.dossier_id, spring.on).unit == "E1"
        assert latest_referral(row.dossier_id).id == again.id
    with pytest.raises(Http404):
        actions.refer_again(people.stranger, row.dossier_id, answers(), TUESDAY)


def test_a_release_overtakes_a_referral_without_a_talk(people: Cast) -> None:
    row = builders.planned(people)
    with rls.system("delivery"):
        reactions.on_released(row.dossier_id, {}, TUESDAY)
    assert (fresh(row).state, fresh(row).end_reason) == (State.OVERTAKEN, "released")


def test_a_release_leaves_a_closed_referral_and_one_with_a_talk_alone(people: Cast) -> None:
    declined = REACHED[State.DECLINED](people)
    talked = builders.planned(people)
    actions.note_talk(people.coordinator, talked.id, TUESDAY.on, TUESDAY)
    with rls.system("delivery"):
        for row in (declined, talked):
            reactions.on_released(row.dossier_id, {}, TUESDAY)
    assert (fresh(declined).state, fresh(talked).state) == (State.DECLINED, State.INTAKE_PLANNED)
    with pytest.raises(RuleBroken, match="illegal_move"):
        actions.overtake(people.coordinator, talked.id, Overtaking.RELEASED, TUESDAY)


@pytest.mark.parametrize(
    ("prison", "moved", "state"),
    [("TPL", True, "accepted"), ("ZWO", True, "overtaken"), ("ZWO", False, "accepted")],
)
def test_a_transfer_overtakes_only_where_there_is_no_team(
    people: Cast, prison: str, moved: bool, state: str
) -> None:
    row = builders.accepted(people)
    with rls.system("delivery"):
        reactions.on_placed(row.dossier_id, {"prison": prison, "moved": moved}, TUESDAY)
    assert fresh(row).state == state


def test_a_dossier_with_only_a_draft_has_no_referral_yet(people: Cast) -> None:
    row = actions.draft(people.mmd, answers(), now=TUESDAY)
    with rls.system("test"):
        assert latest_referral(row.dossier_id) is None
        reactions.on_released(row.dossier_id, {}, TUESDAY)
    assert fresh(row).state == State.DRAFT


@pytest.mark.requirement("CMP-02")
def test_the_term_of_the_first_talk_is_a_dated_value(people: Cast) -> None:
    LegalParameter.objects.filter(key="first_talk_days").delete()
    assert models.terms_on(TUESDAY.on)["first_talk_days"] == 5
    LegalParameter.objects.create(key="first_talk_days", value=3, unit="days", valid_from=date(2011, 1, 1))
    assert models.terms_on(TUESDAY.on)["first_talk_days"] == 3
    assert models.terms_on(date(2010, 12, 31))["first_talk_days"] == 5


@pytest.mark.requirement("BSN-04")
def test_numbers_tell_no_order_and_are_easy_to_say(people: Cast) -> None:
    codes = [builders.referred(people.mmd).code for _ in range(4)]
    assert len(set(codes)) == 4
    assert all(len(code) == 9 and code[4] == "-" and not set(code) & set("AEIOU") for code in codes)


def test_no_names_stand_in_the_journal(people: Cast) -> None:
    row = builders.planned(people)
    with rls.system("test"):
        payloads = " ".join(str(each.payload) for each in rows_of(Happening, row.dossier_id))
    assert not any(word in payloads for word in ("Wendeline", "Fictie", "kinderen gaat", "toestel"))


def test_an_erased_dossier_keeps_no_unit_or_word_of_a_referral(people: Cast) -> None:
    row = builders.referred(people.mmd)
    families.erase_dossier(people.coordinator, row.dossier_id, TUESDAY)
    kept = fresh(row)
    assert (kept.first_name, kept.wish, kept.unit, kept.language) == ("", "", "", "")
    assert (kept.state, kept.birth_year) == (State.SUBMITTED, 1984)
    assert not Referral.visible_to(people.mmd, TUESDAY.on).exists()
