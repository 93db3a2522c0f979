"""What is written section by section, her consent, completing, and what ends an intake."""

from datetime import date
from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from gib.care.intake import actions, builders, models, reactions
from gib.care.intake.domain import (
    Area,
    Cause,
    Choice,
    Needs,
    NewTalk,
    Note,
    Products,
    Said,
    Section,
    Stamp,
    State,
    Talked,
    Who,
    Why,
    Wishes,
)
from gib.care.intake.models import Intake, Need, ProductTalk, SectionRow, Talk, Wish
from gib.care.intake.tests.kept import fresh, part, referral_of, told
from gib.care.referral import actions as referrals
from gib.care.referral import builders as referred
from gib.care.referral import reactions as referral_reactions
from gib.care.referral.builders import TUESDAY, Cast, later
from gib.core.access import rls
from gib.core.journal.models import Happening
from gib.core.kernel.rules import RuleBroken
from gib.people.families import actions as families
from gib.people.families.domain.codes import Place, Purpose
from gib.people.families.domain.consent import Answer
from gib.people.families.models import consent_holds, participant_of, rows_of
from gib.people.partners.domain import Product

pytestmark = pytest.mark.django_db(databases=["default", "keys", "log"])
MOVED = {"prison": "TPL", "from_prison": "NSL", "regime": "remand", "moved": True}


def test_her_marks_and_words_are_kept_and_can_change(people: Cast) -> None:
    intake = builders.held(people)
    said = {Area.MONEY: Said(mark=1, note="te veel brieven"), Area.HEALTH: Said(mark=4)}
    actions.save_needs(people.coordinator, intake.id, Needs(said=said), TUESDAY)
    actions.save_needs(people.coordinator, intake.id, Needs(said={Area.MONEY: Said(mark=2)}), TUESDAY)
    kept = {row.area: (row.mark, row.note) for row in part(Need, intake)}
    assert len(kept) == 7
    assert kept["money"] == (2, "")
    assert kept["health"] == (None, "")


def test_the_five_conditions_are_a_section_of_their_own(people: Cast) -> None:
    intake = builders.held(people)
    said = {Area.DEBTS: Said(mark=0), Area.MONEY: Said(mark=5)}
    actions.save_baseline(people.coordinator, intake.id, Needs(said=said), TUESDAY)
    kept = {row.area: row.mark for row in part(Need, intake)}
    assert kept == {"papers": None, "income": None, "shelter": None, "debts": 0, "care": None}


def test_a_mark_that_is_not_hers_is_refused(people: Cast) -> None:
    intake = builders.held(people)
    with pytest.raises(RuleBroken, match="mark_not_hers"):
        actions.save_needs(people.coordinator, intake.id, Needs(said={Area.CARE: Said(mark=7)}), TUESDAY)


def test_wishes_are_replaced_in_their_order(people: Cast) -> None:
    intake = builders.held(people)
    actions.save_wishes(people.coordinator, intake.id, Wishes(words=["een", "twee", "drie"]), TUESDAY)
    actions.save_wishes(people.coordinator, intake.id, Wishes(words=["drie", "een"]), TUESDAY)
    assert [(row.order, row.words) for row in part(Wish, intake)] == [(1, "drie"), (2, "een")]
    with pytest.raises(RuleBroken, match="wishes_too_many"):
        actions.save_wishes(people.coordinator, intake.id, Wishes(words=["a", "b", "c", "d"]), TUESDAY)


def test_what_she_says_to_products_is_kept_with_her_reason(people: Cast) -> None:
    intake = builders.held(people)
    talked = {
        Product.BEZOEKMOEDERS: Talked(choice=Choice.WANTED, why=Why.TOO_MUCH),
        Product.IK_JIJ_WIJ: Talked(choice=Choice.DECLINED, why=Why.OWN_HELP),
    }
    actions.save_products(people.coordinator, intake.id, Products(talked=talked), TUESDAY)
    kept = {row.product: (row.choice, row.why) for row in part(ProductTalk, intake)}
    assert kept == {"bezoekmoeders": ("wanted", ""), "ik_jij_wij": ("declined", "own_help")}
    only = Products(talked={Product.MOEDERMAATJES: Talked(choice=Choice.LATER)})
    actions.save_products(people.coordinator, intake.id, only, TUESDAY)
    assert [row.product for row in part(ProductTalk, intake)] == ["moedermaatjes"]
    bare = Products(talked={Product.IK_JIJ_WIJ: Talked(choice=Choice.DECLINED)})
    with pytest.raises(RuleBroken, match="decline_needs_reason"):
        actions.save_products(people.coordinator, intake.id, bare, TUESDAY)


def test_who_she_is_goes_to_her_dossier(people: Cast) -> None:
    intake = builders.held(people)
    who = Who(languages=("ar", "nl"), needs_interpreter=True, text="belt liever dan schrijft")
    actions.save_who(people.coordinator, intake.id, who, TUESDAY)
    with rls.system("test"):
        mother = participant_of(intake.dossier_id)
    assert (mother.languages, mother.needs_interpreter, mother.last_name) == (
        "ar,nl",
        True,
        "Verzonnen-van den Fictie",
    )
    assert part(SectionRow, intake)[0].text == "belt liever dan schrijft"


def test_a_section_tells_her_once_a_day(people: Cast) -> None:
    intake = builders.held(people)
    for text in ("oma", "oma en buurvrouw"):
        actions.save_note(people.coordinator, intake.id, Section.HELPERS, Note(text=text), TUESDAY)
    assert told(intake).count("SectionSaved") == 1
    actions.save_note(people.coordinator, intake.id, Section.HELPERS, Note(text="x"), later(TUESDAY, 1))
    assert told(intake).count("SectionSaved") == 2


def test_nobody_writes_over_what_somebody_else_wrote(people: Cast) -> None:
    intake = builders.held(people)
    one, other = UUID(int=1), UUID(int=2)

    def save(text: str, version: int, token: UUID) -> None:
        note = Note(text=text, stamp=Stamp(version=version, token=token))
        actions.save_note(people.coordinator, intake.id, Section.AGREEMENTS, note, TUESDAY)

    save("eerst", 0, one)
    save("van dezelfde bladzijde", 0, one)
    with pytest.raises(RuleBroken, match="newer_version"):
        save("van een andere bladzijde", 0, other)
    (kept,) = part(SectionRow, intake)
    assert kept.text == "van dezelfde bladzijde"
    save("na het lezen", kept.version, other)
    assert part(SectionRow, intake)[0].text == "na het lezen"


def test_a_reason_for_sensitive_words_is_kept(people: Cast) -> None:
    intake = builders.held(people)
    note = Note(text="zij is zwanger", stamp=Stamp(reason="zij wil naar een verloskundige"))
    actions.save_note(people.coordinator, intake.id, Section.HELPERS, note, TUESDAY)
    assert part(SectionRow, intake)[0].words_reason == "zij wil naar een verloskundige"


@pytest.mark.requirement("CON-01")
def test_her_yes_is_kept_with_place_and_text(people: Cast) -> None:
    intake = builders.held(people)
    given = actions.take_consent(people.coordinator, intake.id, Answer(place=Place.PRISON), "nl", TUESDAY)
    assert (given.state, given.place, given.text_version != "") == ("given", "prison", True)
    with rls.system("test"):
        assert consent_holds(intake.dossier_id, Purpose.SUPPORT, "", TUESDAY.on)


def test_her_no_is_an_answer_too(people: Cast) -> None:
    intake = builders.held(people)
    refused = actions.take_consent(people.coordinator, intake.id, None, "nl", TUESDAY)
    assert refused.state == "refused"
    again = actions.take_consent(people.coordinator, intake.id, Answer(place=Place.PRISON), "en", TUESDAY)
    assert (again.state, again.language) == ("given", "en")


def test_with_staff_beside_her_it_is_no_yes(people: Cast) -> None:
    intake = builders.held(people)
    heard = Answer(place=Place.PRISON, staff_absent=False)
    with pytest.raises(RuleBroken, match="staff_present"):
        actions.take_consent(people.coordinator, intake.id, heard, "nl", TUESDAY)


def test_a_complete_intake_gives_its_words_to_the_trajectory(people: Cast) -> None:
    intake = builders.complete(people)
    assert (fresh(intake).state, fresh(intake).completed_on) == (State.COMPLETED, TUESDAY.on)
    assert referral_of(intake).state == "intake_done"
    assert told(intake)[-1] == "Completed"
    with rls.system("test"):
        assert models.is_complete(intake.dossier_id)
        assert models.wishes_of(intake.dossier_id) == list(builders.WISHES)
        assert {row.area: row.mark for row in models.needs_of(intake.dossier_id)}["money"] == 1
        assert len(models.products_of(intake.dossier_id)) == 2


def test_without_a_complete_intake_there_is_nothing_to_give(people: Cast) -> None:
    intake = builders.held(people)
    builders.told(people.coordinator, intake)
    with rls.system("test"):
        assert not models.is_complete(intake.dossier_id)
        assert models.wishes_of(intake.dossier_id) == []
        assert models.needs_of(intake.dossier_id) == models.products_of(intake.dossier_id) == []


@pytest.mark.requirement("CON-01")
def test_without_her_yes_an_intake_is_not_complete(people: Cast) -> None:
    intake = builders.held(people)
    actions.save_wishes(people.coordinator, intake.id, Wishes(words=["rust"]), TUESDAY)
    with pytest.raises(RuleBroken, match="support_consent_missing"):
        actions.complete(people.coordinator, intake.id, TUESDAY)
    assert fresh(intake).state == State.HELD


def test_without_a_talk_or_words_an_intake_is_not_complete(people: Cast) -> None:
    planned = builders.planned(people)
    with pytest.raises(RuleBroken, match="no_talk_held"):
        actions.complete(people.coordinator, planned.id, TUESDAY)
    actions.reschedule(people.coordinator, planned.id, TUESDAY.on, None, "", TUESDAY)
    actions.hold(people.coordinator, planned.id, TUESDAY.on, TUESDAY)
    actions.take_consent(people.coordinator, planned.id, Answer(place=Place.PRISON), "nl", TUESDAY)
    with pytest.raises(RuleBroken, match="wish_or_need_missing"):
        actions.complete(people.coordinator, planned.id, TUESDAY)
    actions.save_baseline(people.coordinator, planned.id, Needs(said={Area.CARE: Said(mark=0)}), TUESDAY)
    assert actions.complete(people.coordinator, planned.id, TUESDAY).state == State.COMPLETED


def test_a_cancelled_intake_leaves_the_referral_waiting(people: Cast) -> None:
    intake = builders.planned(people)
    actions.cancel(people.coordinator, intake.id, Cause.INTERPRETER, TUESDAY)
    assert (fresh(intake).state, fresh(intake).cause) == (State.CANCELLED, "interpreter")
    assert (referral_of(intake).state, referral_of(intake).intake_on) == ("accepted", None)
    assert part(Talk, intake)[0].dropped_on == TUESDAY.on
    again = actions.plan(people.coordinator, intake.referral_id, date(2011, 1, 20), None, "", TUESDAY)
    assert again.id != intake.id


def test_her_refusal_is_no_drop_out_and_brings_rest(people: Cast) -> None:
    intake = builders.planned(people)
    rest_until = date(2011, 3, 1)
    actions.refuse(people.coordinator, intake.id, rest_until, TUESDAY)
    row = referral_of(intake)
    assert (fresh(intake).state, row.state, row.end_reason) == (
        State.REFUSED,
        "no_trajectory",
        "mother_refuses",
    )
    assert (row.not_before_on, row.status) == (rest_until, "not_started")
    again = referrals.refer_again(people.coordinator, intake.dossier_id, referred.answers(), TUESDAY)
    with pytest.raises(RuleBroken, match="not_before"):
        actions.plan(people.coordinator, again.id, date(2011, 2, 1), None, "", TUESDAY)
    assert actions.plan(people.coordinator, again.id, rest_until, None, "", TUESDAY).state == State.PLANNED


def test_rest_until_a_day_that_is_over_is_refused(people: Cast) -> None:
    intake = builders.planned(people)
    with pytest.raises(RuleBroken, match="not_before_in_past"):
        actions.refuse(people.coordinator, intake.id, date(2011, 1, 1), TUESDAY)


def _released(people: Cast, intake: Intake) -> None:
    families.release(people.coordinator, intake.dossier_id, TUESDAY.on, "immediate", "known", "0363", TUESDAY)
    with rls.system("delivery"):
        reactions.on_released(intake.dossier_id, {}, TUESDAY)
        referral_reactions.on_released(intake.dossier_id, {}, TUESDAY)


def test_released_before_the_talk_overtakes_intake_and_referral(people: Cast) -> None:
    intake = builders.planned(people)
    _released(people, intake)
    row = referral_of(intake)
    assert (fresh(intake).state, row.state, row.end_reason) == (State.OVERTAKEN, "overtaken", "released")
    assert part(Talk, intake)[0].dropped_on == TUESDAY.on


def test_released_after_the_talk_goes_on_outside(people: Cast) -> None:
    intake = builders.held(people)
    _released(people, intake)
    assert (fresh(intake).state, referral_of(intake).state) == (State.HELD, "intake_planned")
    builders.told(people.coordinator, intake)
    assert actions.complete(people.coordinator, intake.id, TUESDAY).state == State.COMPLETED


def test_a_move_to_another_prison_drops_the_day_but_not_the_mother(people: Cast) -> None:
    intake = builders.planned(people)
    with rls.system("delivery"):
        reactions.on_placed(intake.dossier_id, MOVED | {"moved": False}, TUESDAY)
        assert fresh(intake).state == State.PLANNED
        reactions.on_placed(intake.dossier_id, MOVED, TUESDAY)
        referral_reactions.on_placed(intake.dossier_id, MOVED, TUESDAY)
    assert (fresh(intake).state, referral_of(intake).state) == (State.CANCELLED, "accepted")


def test_a_dossier_without_an_intake_hears_nothing(people: Cast) -> None:
    row = referred.referred(people.mmd)
    with rls.system("delivery"):
        reactions.on_released(row.dossier_id, {}, TUESDAY)
        reactions.on_placed(row.dossier_id, MOVED, TUESDAY)
        assert models.running_intake(row.dossier_id) is None


@pytest.mark.parametrize("who", ["stranger", "mmd", "other_mmd", "safety_house", "volunteer"])
def test_an_intake_does_not_exist_for_others(people: Cast, who: str) -> None:
    intake = builders.held(people)
    actor = getattr(people, who)
    with pytest.raises(Http404 if who == "stranger" else PermissionDenied):
        actions.save_wishes(actor, intake.id, Wishes(words=["x"]), TUESDAY)
    assert not Intake.visible_to(actor, TUESDAY.on).exists()
    assert not Wish.visible_to(actor, TUESDAY.on).exists()


ACTS = {
    "hold": lambda people, key: actions.hold(people.coordinator, key, TUESDAY.on, TUESDAY),
    "drop": lambda people, key: actions.drop_talk(people.coordinator, key, Cause.OTHER, TUESDAY),
    "talk": lambda people, key: actions.plan_talk(
        people.coordinator, key, NewTalk(planned_on=TUESDAY.on), TUESDAY
    ),
    "wishes": lambda people, key: actions.save_wishes(people.coordinator, key, Wishes(words=["x"]), TUESDAY),
    "who": lambda people, key: actions.save_who(people.coordinator, key, Who(), TUESDAY),
    "consent": lambda people, key: actions.take_consent(people.coordinator, key, None, "nl", TUESDAY),
    "complete": lambda people, key: actions.complete(people.coordinator, key, TUESDAY),
    "cancel": lambda people, key: actions.cancel(people.coordinator, key, Cause.OTHER, TUESDAY),
    "refuse": lambda people, key: actions.refuse(people.coordinator, key, None, TUESDAY),
    "overtake": lambda people, key: actions.overtake(people.coordinator, key, TUESDAY),
}


@pytest.mark.parametrize("act", ACTS)
def test_a_closed_intake_is_not_changed(people: Cast, act: str) -> None:
    intake = builders.complete(people)
    with pytest.raises(RuleBroken, match="intake_closed"):
        ACTS[act](people, intake.id)


def test_no_words_of_hers_stand_in_the_journal(people: Cast) -> None:
    intake = builders.complete(people)
    with rls.system("test"):
        payloads = [str(row.payload) for row in rows_of(Happening, intake.dossier_id)]
    assert not any("Noor" in text or "huis" in text or "Wendeline" in text for text in payloads)
