"""What is read about a referral: the word of each state, how soon, for how long, and what a list says."""

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from gib.care.referral import actions, builders, domain, slots, words
from gib.care.referral.builders import TUESDAY, Cast, answers, later
from gib.care.referral.domain import (
    FLOW,
    Channel,
    Children,
    DeclineReason,
    EndReason,
    Overtaking,
    State,
    StatusWord,
    Urgency,
)
from gib.care.referral.models import Referral
from gib.care.referral.tests.reader import text_of, visitor
from gib.core.ui import states
from gib.core.ui import words as days
from gib.people.families.domain.codes import Source

DAY = timedelta(days=1)
ON = TUESDAY.on
WORDS = {
    State.DRAFT: "draft",
    State.SUBMITTED: "received",
    State.ACCEPTED: "received",
    State.RETURNED: "asked",
    State.INTAKE_PLANNED: "planned",
    State.INTAKE_DONE: "planned",
    State.CONVERTED: "started",
    State.DECLINED: "not_started",
    State.NO_TRAJECTORY: "not_started",
    State.OVERTAKEN: "not_started",
}


@pytest.fixture(autouse=True)
def _that_day() -> None:
    days.set_today(ON)


# Words


@pytest.mark.requirement("DJI-02")
@pytest.mark.parametrize("state", State)
def test_a_referrer_hears_one_word_per_state(state: State) -> None:
    assert domain.status_word(state) == WORDS[state]
    assert domain.status_word(state, is_attached=True) == "started"


@pytest.mark.requirement("DJI-02")
def test_no_reason_can_be_guessed_from_the_word() -> None:
    ended = {domain.status_word(state) for state in State if FLOW.is_final(state)}
    assert ended == {StatusWord.STARTED, StatusWord.NOT_STARTED}


@pytest.mark.parametrize("state", State)
def test_every_state_looks_like_something_to_both_sides(state: State) -> None:
    assert states.find(words.status_key(domain.status_word(state))).word
    if state is not State.DRAFT:
        assert states.find(f"referral_{state}").word


@pytest.mark.parametrize(
    ("table", "codes"),
    [
        (words.CHANNELS, Channel),
        (words.SOURCES, Source),
        (words.REASONS, [*DeclineReason, *EndReason, *Overtaking]),
    ],
)
def test_every_code_has_a_word(table: Any, codes: Any) -> None:
    assert set(table) == set(codes)
    assert all(str(word).strip() for word in table.values())


@pytest.mark.parametrize(
    ("code", "count", "said"),
    [
        ("number", 1, "1 kind"),
        ("number", 3, "3 kinderen"),
        (Children.YES, None, "kinderen, aantal onbekend"),
        (Children.UNKNOWN, None, ""),
        ("", None, ""),
    ],
)
def test_children_are_told_as_far_as_they_are_known(code: str, count: int | None, said: str) -> None:
    assert words.children(code, count) == said


@pytest.mark.parametrize(
    ("ahead", "said"),
    [
        (None, "Niemand weet nog wanneer zij vrijkomt."),
        (-1, "Zij zou al vrij zijn sinds ma 10 jan."),
        (23, "Vrij over 23 dagen."),
    ],
)
def test_a_release_is_told_by_its_distance(ahead: int | None, said: str) -> None:
    assert words.release(None if ahead is None else ON + ahead * DAY, ON) == said


def test_an_age_is_counted_in_days() -> None:
    assert [words.age(ON - number * DAY, ON) for number in (0, 1, 9)] == ["0 dagen", "1 dag", "9 dagen"]
    assert words.age(None, ON) == "0 dagen"


def test_what_was_not_told_is_an_empty_answer_and_not_a_guess() -> None:
    bare = vars(domain.Answers(first_name="W", last_name="V", birth_year=1984))
    told = {name: text for name, _label, text in words.answers(SimpleNamespace(**bare))}
    assert (told["birth"], told["children"]) == ("1984", "weet ik niet")
    assert [told[name] for name in ("expected_on", "language", "wish", "call_back")] == [""] * 4
    assert "referrer_name" not in told


def test_what_was_told_is_shown_in_words() -> None:
    full = vars(answers(referrer_name="B. Bellink"))
    told = {name: text for name, _label, text in words.answers(SimpleNamespace(**full))}
    assert told["birth"] == "14-08-1984"
    assert told["expected_on"].endswith("(de inrichting)")
    assert (told["language"], told["referrer_name"]) == ("Nederlands", "B. Bellink")


# How soon

TERMS = {"first_talk_days": 5, "urgent_days": 7, "soon_days": 28}


@pytest.mark.requirement("DJI-04")
@given(st.none() | st.integers(-40, 200))
def test_urgency_equals_a_slow_reading(left: int | None) -> None:
    found = domain.urgency(None if left is None else ON + left * DAY, ON, TERMS)
    if left is None:
        assert found is Urgency.UNKNOWN
    else:
        assert found is (Urgency.NOW if left < 8 else Urgency.SOON if left < 29 else Urgency.LATER)


WAITING = st.tuples(st.none() | st.integers(-5, 90), st.integers(0, 30))


@pytest.mark.requirement("DJI-04")
@given(st.lists(WAITING, max_size=12))
def test_the_queue_puts_who_leaves_soon_first_and_who_waits_long_before(found: list[tuple[Any, int]]) -> None:
    def place(each: tuple[int | None, int]) -> tuple[int, date, date]:
        left, waits = each
        return domain.queue_place(None if left is None else ON + left * DAY, ON - waits * DAY, ON, TERMS)

    ordered = sorted(found, key=place)
    soon = [left for left, _ in ordered if left is not None and left <= 28]
    unknown = [waits for left, waits in ordered if left is None]
    assert soon == sorted(soon)
    assert unknown == sorted(unknown, reverse=True)
    kinds = [
        "soon" if left is not None and left <= 28 else "unknown" if left is None else "later"
        for left, _ in ordered
    ]
    assert kinds == sorted(kinds, key=["soon", "unknown", "later"].index)


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize(("passed", "late"), [(7, False), (8, True)])
def test_a_first_talk_is_late_after_five_working_days_while_it_is_ours_to_hold(
    state: State, passed: int, late: bool
) -> None:
    ours = state in {State.SUBMITTED, State.ACCEPTED, State.INTAKE_PLANNED}
    assert domain.is_overdue(state, ON, ON + passed * DAY, 5) is (late and ours)
    assert domain.is_overdue(state, None, ON + passed * DAY, 5) is False


# The start page


def page(actor: Any, now: Any = TUESDAY) -> Any:
    return SimpleNamespace(actor=actor, now=now)


@pytest.mark.django_db(databases=["default", "keys", "log"])
class TestStartPage:
    """What the start page of a coordinator says."""

    @pytest.mark.parametrize(
        ("ahead", "tone", "rank"), [(3, "stop", 10), (20, "warn", 30), (None, "rest", 40), (90, "rest", 60)]
    )
    def test_how_soon_gives_tone_and_place(
        self, people: Cast, ahead: int | None, tone: str, rank: int
    ) -> None:
        builders.referred(people.mmd, expected_on=None if ahead is None else ON + ahead * DAY)
        (task,) = slots.waiting(page(people.coordinator))
        assert (task.tone, task.rank) == (tone, rank)
        (late,) = slots.overdue(page(people.coordinator, later(TUESDAY, 8)))
        assert late.rank < rank
        assert late.tone in ("warn", "stop")

    def test_nobody_waits_where_nobody_was_referred(self, people: Cast) -> None:
        for actor in (people.coordinator, people.stranger):
            assert slots.waiting(page(actor)) == slots.overdue(page(actor)) == []

    @pytest.mark.parametrize("ended", ["draft", "returned", "declined", "overtaken", "talked"])
    def test_what_is_not_hers_to_do_is_on_no_list(self, people: Cast, ended: str) -> None:
        coordinator = people.coordinator
        if ended == "draft":
            actions.draft(people.mmd, answers(), now=TUESDAY)
        else:
            row = builders.planned(people) if ended == "talked" else builders.referred(people.mmd)
            {
                "returned": lambda: actions.return_to_referrer(coordinator, row.id, "Waar?", TUESDAY),
                "declined": lambda: actions.decline(coordinator, row.id, DeclineReason.NO_CHILDREN, TUESDAY),
                "overtaken": lambda: actions.overtake(coordinator, row.id, Overtaking.RELEASED, TUESDAY),
                "talked": lambda: actions.note_talk(coordinator, row.id, ON, TUESDAY),
            }[ended]()
        for now in (TUESDAY, later(TUESDAY, 20)):
            assert slots.waiting(page(coordinator, now)) == slots.overdue(page(coordinator, now)) == []

    def test_no_last_name_stands_on_the_start_page(self, people: Cast) -> None:
        builders.referred(people.mmd)
        (task,) = slots.waiting(page(people.coordinator))
        assert "Verzonnen" not in f"{task.who} {task.why} {task.url}"


@pytest.mark.requirement("DJI-02")
@pytest.mark.django_db(databases=["default", "keys", "log"])
@pytest.mark.parametrize("reason", DeclineReason)
def test_the_referrer_reads_the_same_page_whatever_the_reason(house: Cast, reason: DeclineReason) -> None:
    row: Referral = builders.referred(house.mmd)
    actions.decline(house.coordinator, row.id, reason, TUESDAY)
    browser = visitor(house.mmd)
    html = text_of(browser.get(reverse("referral:receipt", args=[row.id])))
    assert "Niet gestart" in html
    assert str(words.DECLINE_REASONS[reason]) not in html
    assert "Niet gestart" in text_of(browser.get("/aanmelden/mijn/"))
