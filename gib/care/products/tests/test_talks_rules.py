"""The rules on talks about a match, walked day by day and word by word."""

from dataclasses import asdict, fields
from datetime import date, timedelta

import pytest

from gib.care.products import talk_words as words
from gib.care.products.actions.talks import hold_match_talk
from gib.care.products.domain import NORMS
from gib.care.products.domain.match import ASKED, LIVE, EndReason, State
from gib.care.products.domain.talks import (
    ASKED_DAYS,
    ClosingTalkHeld,
    Going,
    MatchTalkKind,
    MidtermTalkHeld,
    NewTalk,
    NextStep,
    TalkedWith,
    Wish,
    check_talk,
    closing_due,
    goes_along,
    midterm_due,
)
from gib.core.kernel.rules import RuleBroken
from gib.people.partners.domain import Product
from gib.people.partners.wording import TERMS

MET = date(2010, 1, 5)
WEEKS = NORMS["midterm_weeks"]
SEEN = sorted(LIVE - {State.ENDING})


@pytest.mark.parametrize("state", SEEN)
def test_over_two_years_each_talk_halfway_comes_thirteen_weeks_after_the_last(state: State) -> None:
    """Held on the day that it is due, the talks fall on the same weekday, thirteen weeks apart."""
    held: list[date] = []
    for number in range(730):
        on = MET + timedelta(number)
        if midterm_due(state, MET, held[-1] if held else None, on, WEEKS):
            held.append(on)
    assert held == [MET + timedelta(weeks=WEEKS * turn) for turn in range(1, 9)]


@pytest.mark.parametrize("state", sorted(set(State) - set(SEEN)))
def test_who_does_not_see_each_other_has_no_talk_halfway(state: State) -> None:
    assert not any(midterm_due(state, MET, None, MET + timedelta(days), WEEKS) for days in range(0, 400, 7))


@pytest.mark.parametrize("reason", sorted(EndReason))
def test_the_question_at_the_end_is_asked_for_four_weeks_or_never(reason: EndReason) -> None:
    asked = [
        days
        for days in range(60)
        if closing_due(State.ENDED, reason, MET, has_next=True, on=MET + timedelta(days))
    ]
    never = reason in (EndReason.NO_CLICK, EndReason.UNSAFE)
    assert asked == ([] if never else list(range(ASKED_DAYS + 1)))


@pytest.mark.parametrize("state", sorted(ASKED | {State.REFUSED, State.WITHDRAWN}))
def test_who_never_met_has_nothing_to_close(state: State) -> None:
    talk = NewTalk(MatchTalkKind.CLOSING, MET, TalkedWith.BOTH, Going.WELL)
    with pytest.raises(RuleBroken, match=r"^never_met$"):
        check_talk(Product.BEZOEKMOEDERS, state, None, talk, MET)
    assert not closing_due(state, "", None, has_next=True, on=MET)


@pytest.mark.parametrize("product", sorted(set(Product) - {Product.BEZOEKMOEDERS}))
def test_no_other_product_has_these_talks(product: Product) -> None:
    for kind in MatchTalkKind:
        talk = NewTalk(kind, MET, TalkedWith.MOTHER, Going.HARD)
        with pytest.raises(RuleBroken, match=r"^talk_only_inside$"):
            check_talk(product, State.RUNNING, MET, talk, MET)


@pytest.mark.parametrize("hers", ["", *Wish])
@pytest.mark.parametrize("theirs", ["", *Wish])
def test_she_comes_along_unless_somebody_wants_another(hers: str, theirs: str) -> None:
    assert goes_along(hers, theirs) is (hers != "other" and theirs != "other")


def test_every_code_has_words() -> None:
    for codes, said in (
        (MatchTalkKind, words.KINDS),
        (TalkedWith, words.WITH),
        (Going, words.GOING),
        (NextStep, words.NEXT),
        (Wish, words.HERS),
        (Wish, words.THEIRS),
    ):
        assert list(said) == list(codes)
        assert all(str(word) for word in said.values())


def test_the_norm_has_a_name_on_the_page_of_terms() -> None:
    assert "halverwege" in str(TERMS["midterm_weeks"])
    assert WEEKS == 13


def test_an_event_tells_codes_and_days_and_no_words() -> None:
    for event in (MidtermTalkHeld, ClosingTalkHeld):
        names = {field.name for field in fields(event)}
        assert {"talk_id", "held_on", "match_id", "volunteer_id"} <= names
        assert not names & {"note", "going", "talked_with"}
        assert event.sentence.endswith(".")


def test_a_talk_that_tells_little_keeps_the_rest_empty() -> None:
    told = asdict(NewTalk(MatchTalkKind.CLOSING, MET, TalkedWith.VOLUNTEER, Going.MIXED))
    assert [name for name, value in told.items() if not value] == [
        "next_step",
        "her_wish",
        "volunteer_wish",
        "note",
    ]
    assert hold_match_talk.__doc__
