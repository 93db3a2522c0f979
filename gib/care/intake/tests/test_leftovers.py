"""A refused act on an intake leaves nothing, two who write at once lose no words, a yes keeps its text."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.http import Http404
from django.urls import reverse

from gib.care.intake import actions, builders, reactions, slots
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
    Wishes,
)
from gib.care.intake.models import Intake, SectionRow, Talk, Wish
from gib.care.intake.tests.kept import fresh, part, referral_of, told
from gib.care.referral import actions as referral
from gib.care.referral import builders as referrals
from gib.care.referral.builders import TUESDAY, Cast, later
from gib.care.referral.domain import EndReason, Overtaking
from gib.care.referral.tests.reader import hidden, text_of, visitor
from gib.core.access import rls
from gib.core.journal import outbox
from gib.core.kernel.ids import new_id
from gib.people.families import actions as families
from gib.people.families.domain.codes import Place, Purpose
from gib.people.families.domain.consent import Answer, NewConsent
from gib.people.families.models import Consent, rows_of
from gib.people.families.tests.remains import changed, refused, traces
from gib.people.partners.domain import Product

pytestmark = pytest.mark.django_db(databases=["default", "keys", "log"])
DAY = timedelta(days=1)
YESTERDAY, TOMORROW = TUESDAY.on - DAY, TUESDAY.on + DAY
YES = Answer(place=Place.PRISON)
DECLINED = Products(talked={Product.IK_JIJ_WIJ: Talked(choice=Choice.DECLINED)})
Act = Callable[[Any, Intake], object]

REFUSALS: list[tuple[str, Act]] = [
    ("intake_running", lambda a, i: actions.plan(a, i.referral_id, TOMORROW, None, "zaal", TUESDAY)),
    ("talk_in_past", lambda a, i: actions.plan_talk(a, i.id, NewTalk(planned_on=YESTERDAY), TUESDAY)),
    ("talk_not_today", lambda a, i: actions.hold(a, i.id, TOMORROW, TUESDAY)),
    (
        "mark_not_hers",
        lambda a, i: actions.save_needs(a, i.id, Needs(said={Area.CARE: Said(mark=6)}), TUESDAY),
    ),
    ("wishes_too_many", lambda a, i: actions.save_wishes(a, i.id, Wishes(words="abcd"), TUESDAY)),
    ("decline_needs_reason", lambda a, i: actions.save_products(a, i.id, DECLINED, TUESDAY)),
    (
        "staff_present",
        lambda a, i: actions.take_consent(
            a, i.id, Answer(place=Place.PRISON, staff_absent=False), "nl", TUESDAY
        ),
    ),
    ("consent_text_missing", lambda a, i: actions.take_consent(a, i.id, YES, "xx", TUESDAY)),
    ("no_talk_held", lambda a, i: actions.complete(a, i.id, TUESDAY)),
    ("not_before_in_past", lambda a, i: actions.refuse(a, i.id, YESTERDAY, TUESDAY)),
]
ACTS: dict[str, Act] = {
    "talk": lambda a, i: actions.plan_talk(a, i.id, NewTalk(planned_on=TOMORROW), TUESDAY),
    "hold": lambda a, i: actions.hold(a, i.id, TUESDAY.on, TUESDAY),
    "drop": lambda a, i: actions.drop_talk(a, i.id, Cause.PRISON, TUESDAY),
    "wishes": lambda a, i: actions.save_wishes(a, i.id, Wishes(words=["rust"]), TUESDAY),
    "note": lambda a, i: actions.save_note(a, i.id, Section.HELPERS, Note(text="oma"), TUESDAY),
    "consent": lambda a, i: actions.take_consent(a, i.id, YES, "nl", TUESDAY),
    "complete": lambda a, i: actions.complete(a, i.id, TUESDAY),
    "cancel": lambda a, i: actions.cancel(a, i.id, Cause.OTHER, TUESDAY),
    "refuse": lambda a, i: actions.refuse(a, i.id, None, TUESDAY),
    "overtake": lambda a, i: actions.overtake(a, i.id, TUESDAY),
}


@pytest.mark.parametrize(("code", "perform"), REFUSALS, ids=[code for code, _act in REFUSALS])
def test_a_refused_act_leaves_intake_and_referral_as_they_were(people: Cast, code: str, perform: Act) -> None:
    intake = builders.planned(people)
    with refused(code):
        perform(people.coordinator, intake)


@pytest.mark.parametrize("name", ACTS)
def test_a_stranger_changes_nothing(people: Cast, name: str) -> None:
    intake = builders.planned(people)
    before = traces()
    with pytest.raises(Http404):
        ACTS[name](people.stranger, intake)
    assert changed(before) == []


@pytest.mark.parametrize("name", ACTS)
def test_a_complete_intake_stays_as_it_is(people: Cast, name: str) -> None:
    intake = builders.complete(people)
    with refused("intake_closed"):
        ACTS[name](people.coordinator, intake)


# Two who write at once


def note(text: str, version: int | None, token: Any = None) -> Note:
    return Note(text=text, stamp=Stamp(version=version, token=token))


def test_sections_written_at_once_do_not_touch_each_other(people: Cast) -> None:
    intake = builders.held(people)
    for section in (Section.HELPERS, Section.AGREEMENTS, Section.CHILDREN):
        actions.save_note(people.coordinator, intake.id, section, note(f"over {section}", 0), TUESDAY)
    kept = {row.name: row.text for row in part(SectionRow, intake)}
    assert kept == {name: f"over {name}" for name in ("helpers", "agreements", "children")}
    assert told(intake).count("SectionSaved") == 3


def test_the_second_to_save_one_section_keeps_the_first_and_hears_which_version(people: Cast) -> None:
    intake = builders.held(people)
    first, second = new_id(), new_id()
    save = actions.save_note
    save(people.coordinator, intake.id, Section.HELPERS, note("oma helpt", 0, first), TUESDAY)
    with refused("newer_version"):
        save(people.coordinator, intake.id, Section.HELPERS, note("opa helpt", 0, second), TUESDAY)
    save(people.coordinator, intake.id, Section.HELPERS, note("oma helpt veel", 0, first), TUESDAY)
    (row,) = part(SectionRow, intake)
    assert row.text == "oma helpt veel"
    save(people.coordinator, intake.id, Section.HELPERS, note("samen", row.version, second), TUESDAY)
    assert part(SectionRow, intake)[0].text == "samen"


def test_wishes_over_a_newer_version_are_all_kept_or_all_refused(people: Cast) -> None:
    intake = builders.held(people)
    actions.save_wishes(people.coordinator, intake.id, Wishes(words=["een", "twee", "drie"]), TUESDAY)
    stale = Wishes(words=["anders"], stamp=Stamp(version=0, token=new_id()))
    with refused("newer_version"):
        actions.save_wishes(people.coordinator, intake.id, stale, TUESDAY)
    assert [row.words for row in part(Wish, intake)] == ["een", "twee", "drie"]


# Her yes


def support_of(intake: Intake) -> Any:
    with rls.system("test"):
        return rows_of(Consent, intake.dossier_id).get(purpose="support")


@pytest.mark.requirement("CON-06")
def test_a_yes_is_to_the_text_that_was_read_and_not_to_one_in_another_language(people: Cast) -> None:
    intake = builders.held(people)
    question = NewConsent(purpose=Purpose.SUPPORT)
    families.ask_consent(people.coordinator, intake.dossier_id, question, TUESDAY)
    with refused("consent_already_asked"):
        actions.take_consent(people.coordinator, intake.id, YES, "en", TUESDAY)
    row = actions.take_consent(people.coordinator, intake.id, YES, "nl", TUESDAY)
    assert (row.language, row.state, support_of(intake).id) == ("nl", "given", row.id)


@pytest.mark.requirement("CON-06")
def test_the_page_says_that_another_language_was_asked_already(house: Cast) -> None:
    intake = builders.held(house)
    question = NewConsent(purpose=Purpose.SUPPORT)
    families.ask_consent(house.coordinator, intake.dossier_id, question, TUESDAY)
    browser, url = visitor(house.coordinator), reverse("intake:consent", args=[intake.id])
    filled = {"says": "yes", "language": "en", "place": "prison", "staff_absent": "on"}
    answer = browser.post(url, hidden(browser.get(url)) | filled)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["language"])
    assert "al gevraagd" in text_of(answer)
    assert answer.context["form"]["language"].value() == "en"


@pytest.mark.requirement("CON-03")
def test_a_no_in_the_talk_leaves_the_intake_open(people: Cast) -> None:
    intake = builders.held(people)
    actions.take_consent(people.coordinator, intake.id, None, "nl", TUESDAY)
    assert support_of(intake).state == "refused"
    assert fresh(intake).state == State.HELD
    actions.save_wishes(people.coordinator, intake.id, Wishes(words=["rust"]), TUESDAY)
    with refused("support_consent_missing"):
        actions.complete(people.coordinator, intake.id, TUESDAY)


# What happens elsewhere, twice


def test_a_reaction_that_is_delivered_twice_acts_once(people: Cast) -> None:
    intake = builders.planned(people)
    moved = {"prison": "TPL", "from_prison": "NSL", "regime": "remand", "moved": True}
    for payload in ({"moved": False, "prison": "NSL"}, moved, moved):
        with rls.system("delivery"):
            reactions.on_placed(intake.dossier_id, payload, TUESDAY)
    assert told(intake).count("Cancelled") == 1
    assert (fresh(intake).state, referral_of(intake).state) == (State.CANCELLED, "accepted")
    before = traces()
    with rls.system("delivery"):
        reactions.on_released(intake.dossier_id, {}, TUESDAY)
    assert changed(before) == []


@pytest.mark.parametrize("begin", [builders.planned, builders.held])
def test_a_refusal_told_with_the_referral_ends_its_intake(people: Cast, begin: Callable[..., Intake]) -> None:
    intake = begin(people)
    refusal, until = EndReason.MOTHER_REFUSES, TOMORROW + DAY
    referral.close_without_trajectory(people.coordinator, intake.referral_id, refusal, until, now=TUESDAY)
    while outbox.catch_up(TUESDAY):
        pass
    assert told(intake).count("Refused") == 1
    assert (fresh(intake).state, fresh(intake).ended_on) == (State.REFUSED, TUESDAY.on)
    moved = {"prison": "TPL", "from_prison": "NSL", "regime": "remand", "moved": True}
    before = traces()
    with rls.system("delivery"):
        reactions.on_placed(intake.dossier_id, moved, TUESDAY)
    assert changed(before) == []


def test_a_referral_that_was_overtaken_takes_its_intake_along(people: Cast) -> None:
    intake = builders.planned(people)
    referral.overtake(people.coordinator, intake.referral_id, Overtaking.RELEASED, TUESDAY)
    while outbox.catch_up(TUESDAY):
        pass
    assert (told(intake).count("Overtaken"), fresh(intake).state) == (1, State.OVERTAKEN)


def test_the_end_of_another_referral_leaves_an_intake_alone(people: Cast) -> None:
    intake = builders.planned(people)
    other = {"referral_id": str(new_id()), "reason": "mother_refuses", "not_before_on": None}
    before = traces()
    with rls.system("delivery"):
        reactions.on_referral_ended(intake.dossier_id, other, TUESDAY)
        reactions.on_referral_overtaken(intake.dossier_id, other, TUESDAY)
    assert changed(before) == []


def test_after_a_cancelled_intake_another_begins(people: Cast) -> None:
    intake = builders.planned(people)
    actions.cancel(people.coordinator, intake.id, Cause.PRISON, TUESDAY)
    again = actions.plan(people.coordinator, intake.referral_id, TOMORROW, None, "", TUESDAY)
    assert (fresh(again).state, fresh(intake).state) == (State.PLANNED, State.CANCELLED)
    assert [row.dropped_on for row in part(Talk, intake)] == [TUESDAY.on]


# Empty, and twice the same


def test_nothing_to_do_is_an_empty_list(people: Cast, rf: Any) -> None:
    request = rf.get("/")
    request.actor, request.now = people.coordinator, TUESDAY
    row = referrals.referred(people.mmd)
    assert slots.today(request) == slots.missed(request) == []
    assert slots.appointments(request, row.dossier_id) is None


@pytest.mark.parametrize("days", [0, 1, 60, 61])
def test_a_talk_is_missed_from_the_day_after_for_sixty_days(people: Cast, rf: Any, days: int) -> None:
    builders.planned(people, on=TUESDAY.on)
    request = rf.get("/")
    request.actor, request.now = people.coordinator, later(TUESDAY, days)
    assert (len(slots.today(request)), len(slots.missed(request))) == (days == 0, 1 <= days <= 60)


@pytest.mark.parametrize(
    ("name", "filled", "event"),
    [
        ("talk", {"planned_on": "20-1-2011"}, "TalkPlanned"),
        ("hold", {"held_on": "11-1-2011"}, "TalkHeld"),
        ("drop", {"cause": "court"}, "TalkDropped"),
        ("cancel", {"cause": "court"}, "Cancelled"),
        ("refuse", {"not_before_on": ""}, "Refused"),
    ],
)
def test_twice_the_same_button_is_one_act(house: Cast, name: str, filled: dict[str, str], event: str) -> None:
    intake = builders.planned(house, on=TUESDAY.on)
    browser, url = visitor(house.coordinator), reverse(f"intake:{name}", args=[intake.id])
    sent = hidden(browser.get(url)) | filled
    assert [browser.post(url, sent).status_code for _ in range(2)] == [302, 302]
    assert told(intake).count(event) == 1


@pytest.mark.parametrize(
    ("name", "filled", "field"),
    [
        ("talk", {"planned_on": "10-1-2011", "place": "zaal 1"}, "place"),
        ("hold", {"held_on": "12-1-2011"}, "held_on"),
        ("refuse", {"not_before_on": "10-1-2011"}, "not_before_on"),
        ("drop", {"cause": "zomaar"}, "cause"),
    ],
)
def test_what_is_refused_comes_back_as_it_was_filled_in(
    house: Cast, name: str, filled: dict[str, str], field: str
) -> None:
    intake = builders.planned(house, on=TUESDAY.on)
    browser, url = visitor(house.coordinator), reverse(f"intake:{name}", args=[intake.id])
    before = traces()
    answer = browser.post(url, hidden(browser.get(url)) | filled)
    assert answer.status_code == 422
    text_of(answer)
    assert answer.context["form"][field].value() == filled[field]
    assert changed(before) == []
