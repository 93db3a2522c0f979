"""The rules about requests, without a database."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from gib.care.aftercare import domain
from gib.care.aftercare.domain import (
    DECIDED,
    FLOW,
    GIVEN,
    TRAIL,
    USES,
    WAITING,
    Agreed,
    Form,
    State,
)
from gib.care.aftercare.tests.asking import broken
from gib.core.kernel.dates import Period
from gib.core.kernel.events import EVENTS
from gib.core.kernel.rules import CATALOGUE, RuleBroken
from gib.people.families.domain.codes import Purpose
from gib.people.families.wording import Wording, latest, wording

TODAY = date(2011, 1, 11)
YEAR = Period(date(2011, 1, 1), date(2011, 12, 31))
NEXT_YEAR = Period(date(2012, 1, 1), date(2012, 12, 31))
STATES = list(State)


def places(number: int | None = 10, period: Period = YEAR, used: int = 0) -> Agreed:
    return Agreed(Form.PLACES, period, places=number, used=used)


# ---- the way of a request


class Requests(RuleBasedStateMachine):
    """Any row of moves: what the table lacks is refused and changes nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.state = FLOW.start
        self.path = [self.state]

    @rule(to=st.sampled_from(STATES))
    def move(self, to: State) -> None:
        before = self.state
        try:
            self.state = FLOW.move(before, to)
        except RuleBroken as error:
            assert error.code == "illegal_move"
            assert not FLOW.may_move(before, to)
            return
        self.path.append(to)

    @invariant()
    def nobody_is_let_go_without_a_trail(self) -> None:
        """Invariant 8: before letting go stands a no, or silence that a person recorded."""
        if State.LET_GO in self.path:
            assert self.path[self.path.index(State.LET_GO) - 1] in TRAIL

    @invariant()
    def what_was_decided_was_asked_or_agreed(self) -> None:
        if self.state in DECIDED:
            assert State.SUBMITTED in self.path or State.COVERED in self.path

    @invariant()
    def another_payer_comes_after_a_no(self) -> None:
        if self.state is State.GRANTED_ALTERNATIVE:
            assert self.path[-2] in TRAIL

    @invariant()
    def the_end_is_the_end(self) -> None:
        ends = [state for state in self.path if FLOW.is_final(state)]
        assert len(ends) <= 1


TestRequests = Requests.TestCase


def test_every_state_can_be_reached() -> None:
    reached, waiting = {FLOW.start}, [FLOW.start]
    while waiting:
        for to in FLOW.steps.get(waiting.pop(), frozenset()) - reached:
            reached.add(to)
            waiting.append(to)
    assert reached == set(State)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (State.DRAFT, State.GRANTED),
        (State.DRAFT, State.LET_GO),
        (State.SUBMITTED, State.LET_GO),
        (State.SUBMITTED, State.COVERED),
        (State.QUESTION, State.GRANTED),
        (State.GRANTED, State.LET_GO),
        (State.LET_GO, State.GRANTED),
        (State.SUPERSEDED, State.SUBMITTED),
        (State.WITHDRAWN, State.SUBMITTED),
        (State.GRANTED, State.SETTLED),
        (State.RECLAIMED, State.SETTLED),
    ],
)
def test_shortcuts_do_not_exist(before: State, after: State) -> None:
    with broken("illegal_move"):
        FLOW.move(before, after)


def test_groups_of_states_hang_together() -> None:
    assert GIVEN <= DECIDED
    assert TRAIL <= DECIDED
    assert not WAITING & DECIDED
    assert State.COVERED in USES
    assert all(FLOW.may_move(state, State.LET_GO) for state in TRAIL)


@pytest.mark.parametrize("weeks", [1, 8, 13])
def test_the_term_counts_whole_weeks(weeks: int) -> None:
    assert domain.term_of(TODAY, weeks) == TODAY + timedelta(days=7 * weeks)


@pytest.mark.parametrize(
    ("state", "days", "silent"),
    [
        (State.SUBMITTED, -1, False),
        (State.SUBMITTED, 0, False),
        (State.SUBMITTED, 1, True),
        (State.QUESTION, 1, False),
        (State.DRAFT, 1, False),
        (State.REJECTED, 1, False),
        (State.GRANTED, 99, False),
    ],
)
def test_silence_is_derived_from_the_day_after_the_term(state: State, days: int, silent: bool) -> None:
    assert domain.is_silent(state, TODAY, TODAY + timedelta(days=days)) is silent


def test_a_request_without_a_term_is_not_silent() -> None:
    assert not domain.is_silent(State.SUBMITTED, None, TODAY)


@given(st.integers(-400, 400))
def test_recorded_and_derived_silence_agree(days: int) -> None:
    on = TODAY + timedelta(days=days)
    if domain.is_silent(State.SUBMITTED, TODAY, on):
        domain.check_silent(TODAY, on)
    else:
        with broken("funding_too_early"):
            domain.check_silent(TODAY, on)


def test_too_early_tells_the_last_day() -> None:
    with pytest.raises(RuleBroken) as refusal:
        domain.check_silent(TODAY, TODAY)
    assert refusal.value.facts == {"due": TODAY}


@pytest.mark.parametrize(("hours", "cents"), [(1, None), (None, 1), (260, 480000), (0, 1)])
def test_a_yes_has_hours_or_money(hours: int | None, cents: int | None) -> None:
    domain.check_grant(hours, cents)


@pytest.mark.parametrize(("hours", "cents"), [(None, None), (0, 0), (0, None), (None, 0), (-5, None)])
def test_an_empty_yes_is_refused(hours: int | None, cents: int | None) -> None:
    with broken("funding_grant_empty"):
        domain.check_grant(hours, cents)


@pytest.mark.requirement("ZVH-02")
@pytest.mark.parametrize(
    ("extract", "reason", "fits"),
    [
        ({}, "", True),
        (dict.fromkeys(domain.MINIMUM, "x"), "", True),
        ({"number": "x", "more": "y"}, "", False),
        ({"number": "x", "more": "y"}, "  ", False),
        ({"more": "y"}, "De gemeente vroeg het.", True),
    ],
)
def test_more_than_the_minimum_asks_a_reason(extract: dict[str, str], reason: str, fits: bool) -> None:
    if fits:
        domain.check_extract(extract, reason)
    else:
        with broken("funding_extract_reason"):
            domain.check_extract(extract, reason)


def test_the_minimum_holds_no_name_and_no_address() -> None:
    assert not domain.MINIMUM & {"name", "first_name", "last_name", "address", "phone", "children"}


#: What each line of the minimum is called in the text with which a mother says yes.
IN_HER_WORDS = {
    "nl": {
        "number": "een nummer",
        "initials": "uw voorletters",
        "birth_year": "uw geboortejaar",
        "product": "welke hulp",
        "hours": "hoeveel uren",
    },
    "en": {
        "number": "a number",
        "initials": "your initials",
        "birth_year": "the year of your birth",
        "product": "which help",
        "hours": "how many hours",
    },
}


@pytest.mark.requirement("CON-06")
@pytest.mark.parametrize("language", IN_HER_WORDS)
def test_a_mother_reads_beforehand_what_her_municipality_gets(language: str) -> None:
    """The first text promised her name and the day of her birth, while neither ever went out."""
    first, now = (" ".join(text.paragraphs) for text in texts(language))
    words = IN_HER_WORDS[language]
    assert set(words) == domain.MINIMUM
    assert all(word in now for word in words.values())
    assert not all(word in first for word in words.values())


def texts(language: str) -> tuple[Wording, Wording]:
    return wording("municipality-1", language), latest(Purpose.MUNICIPALITY, language)


# ---- words


def test_events_carry_the_name_of_this_slice_and_tell_the_mother() -> None:
    own = {name: event for name, event in EVENTS.items() if event.__module__ == domain.__name__}
    assert len(own) >= 17
    assert all(name.startswith("aftercare.") for name in own)
    silent = {"aftercare.AgreementRecorded", "aftercare.AgreementEnded", "aftercare.ConferenceHeld"}
    silent |= {"aftercare.AgreementTakenBack"}
    assert {name for name, event in own.items() if not event.sentence} == silent | {"aftercare.FundingEvent"}


@pytest.mark.parametrize("prefix", ["funding_", "agreement_", "conference_"])
def test_every_code_has_a_sentence_without_jargon(prefix: str) -> None:
    found = [sentence for code, sentence in CATALOGUE.items() if code.startswith(prefix)]
    assert found
    assert all(sentence.endswith(".") for sentence in found)
