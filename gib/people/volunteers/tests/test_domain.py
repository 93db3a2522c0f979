"""What must be in order, and until when."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gib.core.kernel.rules import RuleBroken
from gib.people.partners.domain import INSIDE, Product
from gib.people.volunteers.domain import (
    BASE,
    FLOW,
    POLICIES,
    TRAINING_FOR,
    WORDS,
    Completed,
    Papers,
    Permit,
    Requirement,
    State,
    check_permit,
    check_ready,
    check_seen,
    lapsing,
    missing,
    policy_for,
    reasons_not_to_work,
    valid_until,
)

TODAY = date(2011, 1, 11)
LONG_AGO = date(2010, 1, 1)
OLDEST = policy_for(LONG_AGO, TODAY)


GATE = [Permit("NSL", LONG_AGO)]
NEEDED = (*BASE, Requirement.TRAINING_BEZOEKMOEDERS)


def _all(*but: Requirement, product: Product = Product.BEZOEKMOEDERS, permits: list[Permit] = GATE) -> Papers:
    wanted = (*BASE, TRAINING_FOR[product])
    return Papers(LONG_AGO, [Completed(one, LONG_AGO) for one in wanted if one not in but], permits)


def test_every_requirement_has_words_and_every_product_a_training() -> None:
    assert set(WORDS) == set(Requirement)
    assert {TRAINING_FOR[product] for product in Product} == {
        one for one in Requirement if one.value.startswith("training_")
    }


def test_with_everything_in_order_she_may_work() -> None:
    assert reasons_not_to_work(True, _all(), Product.BEZOEKMOEDERS, "NSL", TODAY) == ()


@pytest.mark.requirement("VOG-01")
@pytest.mark.parametrize("lack", NEEDED)
def test_each_missing_requirement_is_a_reason(lack: Requirement) -> None:
    reasons = reasons_not_to_work(True, _all(lack), Product.BEZOEKMOEDERS, "NSL", TODAY)
    assert reasons == (str(lack),)


@pytest.mark.requirement("VOG-05")
@pytest.mark.parametrize("product", Product)
def test_inside_a_prison_she_needs_its_own_permit(product: Product) -> None:
    papers = _all(product=product, permits=[Permit("TPL", LONG_AGO)])
    reasons = reasons_not_to_work(True, papers, product, "NSL", TODAY)
    assert reasons == (("permit",) if product in INSIDE else ())


def test_only_an_available_volunteer_works() -> None:
    papers = _all(product=Product.MOEDERMAATJES)
    assert reasons_not_to_work(False, papers, Product.MOEDERMAATJES, "", TODAY) == ("state",)


@pytest.mark.parametrize(("days", "holds"), [(-1, False), (0, True), (10, True), (11, False)])
def test_a_paper_blocks_from_its_first_invalid_day_never_earlier(days: int, holds: bool) -> None:
    row = Completed(Requirement.VOG_84, TODAY, TODAY + timedelta(days=10))
    on = TODAY + timedelta(days=days)
    assert row.holds_on(on) is holds
    assert (Requirement.VOG_84 not in missing(Papers(LONG_AGO, [row]), on)) is holds


@pytest.mark.requirement("VOG-02")
def test_a_vog_holds_three_years_and_other_things_hold_on() -> None:
    assert valid_until(Requirement.VOG_84, TODAY, None, OLDEST) == date(2014, 1, 10)
    assert valid_until(Requirement.BASIC_TRAINING, TODAY, None, OLDEST) is None
    assert valid_until(Requirement.VOG_84, TODAY, date(2012, 1, 1), OLDEST) == date(2012, 1, 1)


def test_an_identity_document_has_a_last_day_and_shuts_nobody_out() -> None:
    """No policy asks for it: a prison does, at its gate."""
    with pytest.raises(RuleBroken, match="identity_end_missing"):
        valid_until(Requirement.IDENTITY, TODAY, None, OLDEST)
    with pytest.raises(RuleBroken, match="completion_expired"):
        valid_until(Requirement.IDENTITY, TODAY, TODAY - timedelta(days=1), OLDEST)
    assert valid_until(Requirement.IDENTITY, TODAY, date(2016, 1, 10), OLDEST) == date(2016, 1, 10)
    assert all(policy.rule(Requirement.IDENTITY) is None for policy in POLICIES)
    assert Requirement.IDENTITY not in missing(Papers(LONG_AGO), TODAY, blocking=False)


def test_a_paper_cannot_end_before_it_begins_or_be_seen_tomorrow() -> None:
    with pytest.raises(RuleBroken, match="completion_expired"):
        valid_until(Requirement.VOG_84, TODAY, TODAY - timedelta(days=1), OLDEST)
    with pytest.raises(RuleBroken, match="completion_in_future"):
        check_seen(TODAY + timedelta(days=1), TODAY)
    check_seen(TODAY, TODAY)


def test_ready_names_what_is_missing() -> None:
    with pytest.raises(RuleBroken) as refusal:
        check_ready(Papers(LONG_AGO, [Completed(one, LONG_AGO) for one in BASE[1:]]), TODAY)
    assert refusal.value.code == "volunteer_papers_missing"
    assert refusal.value.facts == {"missing": "VOG (zorg voor minderjarigen)"}
    check_ready(Papers(LONG_AGO, [Completed(one, LONG_AGO) for one in BASE]), TODAY)


@pytest.mark.parametrize(
    ("prison", "from_on", "to_on", "refused"),
    [
        ("NSL", TODAY, None, True),
        ("NSL", LONG_AGO, LONG_AGO, True),
        ("NSL", date(2009, 1, 1), date(2009, 12, 31), False),
        ("TPL", TODAY, None, False),
    ],
)
def test_one_permit_per_prison_at_a_time(
    prison: str, from_on: date, to_on: date | None, refused: bool
) -> None:
    wanted = Permit(prison, from_on, to_on)
    if refused:
        with pytest.raises(RuleBroken, match="permit_overlaps"):
            check_permit([Permit("NSL", LONG_AGO)], wanted)
    else:
        check_permit([Permit("NSL", LONG_AGO)], wanted)


def test_what_lapses_soon_is_named_unless_renewed() -> None:
    ends = TODAY + timedelta(days=20)
    old = Completed(Requirement.VOG_84, LONG_AGO, ends)
    assert lapsing(Papers(LONG_AGO, [old]), TODAY, 30) == ((Requirement.VOG_84, ends),)
    assert lapsing(Papers(LONG_AGO, [old]), TODAY, 19) == ()
    renewed = Completed(Requirement.VOG_84, TODAY, TODAY + timedelta(days=900))
    assert lapsing(Papers(LONG_AGO, [old, renewed]), TODAY, 30) == ()
    assert lapsing(Papers(LONG_AGO, [Completed(Requirement.AGREEMENT, LONG_AGO)]), TODAY, 30) == ()


@given(st.lists(st.sampled_from(State), max_size=12))
def test_no_walk_makes_her_available_without_training(wishes: list[State]) -> None:
    here, been = FLOW.start, {FLOW.start}
    for wish in wishes:
        if FLOW.may_move(here, wish):
            here = FLOW.move(here, wish)
            been.add(here)
    if here is State.AVAILABLE:
        assert {State.INTERVIEW, State.SCREENING, State.TRAINING} <= been


def test_who_left_or_was_rejected_does_not_come_back_on_this_row() -> None:
    assert {state for state in State if FLOW.is_final(state)} == {State.LEFT, State.REJECTED}
