"""The rules of an intake, without a database."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from gib.care.intake import domain
from gib.care.intake.domain import (
    FLOW,
    Area,
    Choice,
    Needs,
    Products,
    Said,
    Section,
    State,
    Talked,
    Why,
    Wishes,
)
from gib.core.kernel.events import EVENTS
from gib.core.kernel.rules import RuleBroken
from gib.people.partners.domain import Product

ON = date(2011, 1, 11)
PAGE, OTHER = UUID(int=1), UUID(int=2)


class Walk(RuleBasedStateMachine):
    """Any row of steps keeps to the table."""

    def __init__(self) -> None:
        super().__init__()
        self.state = FLOW.start
        self.passed = [self.state]

    @rule(to=st.sampled_from(State))
    def step(self, to: State) -> None:
        if FLOW.may_move(self.state, to):
            self.state = FLOW.move(self.state, to)
            self.passed.append(self.state)
        else:
            with pytest.raises(RuleBroken, match="illegal_move"):
                FLOW.move(self.state, to)

    @invariant()
    def complete_only_after_a_talk(self) -> None:
        assert self.state is not State.COMPLETED or State.HELD in self.passed

    @invariant()
    def a_release_overtakes_only_before_the_talk(self) -> None:
        assert self.state is not State.OVERTAKEN or State.HELD not in self.passed

    @invariant()
    def a_mother_may_always_stop(self) -> None:
        assert FLOW.is_final(self.state) or FLOW.may_move(self.state, State.REFUSED)


TestWalk = Walk.TestCase


@pytest.mark.parametrize("state", State)
def test_only_an_intake_that_goes_on_can_be_written(state: State) -> None:
    if state in FLOW.open_states:
        assert domain.check_open(state) is None
    else:
        with pytest.raises(RuleBroken, match="intake_closed"):
            domain.check_open(state)


def test_seven_areas_and_five_conditions() -> None:
    assert len(domain.LIFE_AREAS) == 7
    assert len(domain.CONDITIONS) == 5
    assert set(domain.LIFE_AREAS) | set(domain.CONDITIONS) == set(Area)


@pytest.mark.parametrize("mark", [None, 0, 5])
def test_her_mark_is_0_to_5_or_nothing(mark: int | None) -> None:
    assert domain.check_needs(Needs(said={Area.MONEY: Said(mark=mark)})) is None


@given(st.integers().filter(lambda mark: not 0 <= mark <= 5))
def test_another_mark_is_refused(mark: int) -> None:
    with pytest.raises(RuleBroken, match="mark_not_hers"):
        domain.check_needs(Needs(said={Area.MONEY: Said(mark=mark)}))


def test_wishes_keep_their_order_and_lose_empty_lines() -> None:
    assert domain.cleaned_wishes(Wishes(words=["een huis ", " ", "rust"])) == ["een huis", "rust"]


def test_more_than_three_wishes_are_refused() -> None:
    with pytest.raises(RuleBroken, match="wishes_too_many"):
        domain.cleaned_wishes(Wishes(words=["a", "b", "c", "d"]))


def test_declining_a_product_needs_a_reason_and_not_saying_is_one() -> None:
    def said(**told: object) -> Products:
        return Products(talked={Product.IK_JIJ_WIJ: Talked(**told)})

    with pytest.raises(RuleBroken, match="decline_needs_reason"):
        domain.check_products(said(choice=Choice.DECLINED))
    assert domain.check_products(said(choice=Choice.DECLINED, why=Why.NOT_SAID)) is None
    assert domain.check_products(said(choice=Choice.WANTED)) is None


def test_a_talk_cannot_be_held_tomorrow() -> None:
    assert domain.check_hold(ON, ON) is None
    with pytest.raises(RuleBroken, match="talk_not_today"):
        domain.check_hold(ON + timedelta(days=1), ON)


def test_rest_lasts_until_a_day_that_comes() -> None:
    assert domain.check_refuse(None, ON) is None
    assert domain.check_refuse(ON, ON) is None
    with pytest.raises(RuleBroken, match="not_before_in_past"):
        domain.check_refuse(ON - timedelta(days=1), ON)


@pytest.mark.requirement("CON-01")
@pytest.mark.parametrize(
    ("talk", "consent", "content", "code"),
    [
        (False, True, True, "no_talk_held"),
        (True, False, True, "support_consent_missing"),
        (True, True, False, "wish_or_need_missing"),
        (False, False, False, "no_talk_held"),
    ],
)
def test_an_intake_is_complete_only_with_talk_consent_and_words(
    talk: bool, consent: bool, content: bool, code: str
) -> None:
    with pytest.raises(RuleBroken, match=code):
        domain.check_complete(talk, consent, content)


def test_talk_consent_and_words_are_enough() -> None:
    assert domain.check_complete(True, True, True) is None


def test_every_event_tells_her_something_and_carries_codes() -> None:
    own = [event for event in EVENTS.values() if issubclass(event, domain.IntakeEvent)]
    told = [event for event in own if event is not domain.IntakeEvent]
    assert len(told) == 9
    assert all(event.sentence.endswith(".") and len(event.sentence.split()) <= 12 for event in told)
    saved = domain.SectionSaved(intake_id=PAGE, section=Section.WISHES)
    assert saved.payload() == {"intake_id": str(PAGE), "section": "wishes"}


@pytest.mark.requirement("PRV-03")
def test_no_section_asks_about_the_offence() -> None:
    names = {*map(str, Section), *map(str, Area)}
    assert not names & {"offence", "delict", "sentence", "crime", "risk"}
