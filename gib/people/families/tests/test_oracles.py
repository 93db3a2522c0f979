"""The rules about children and consent against slow readings of the same sentences, on made-up facts."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gib.core.kernel.dates import age_on
from gib.people.families.domain.children import (
    Contact,
    Gate,
    Order,
    age_gate,
    ages_on,
    check_order,
    contact_gate,
    contact_status,
    custody_gate,
    deciders,
    is_adult,
    turns_adult_on,
)
from gib.people.families.domain.codes import About, CustodyKind, Issuer, Party, RestrictionKind
from gib.people.families.domain.consent import State, Validity, still_decided, validity
from gib.people.families.domain.terms import Terms
from gib.people.families.tests.conftest import broken

DAY = timedelta(days=1)
START = date(2011, 1, 1)
TERMS = Terms(renewal_months=12, grace_days=30, heard_age=12, alone_age=16, adult_age=18)
DAYS = st.integers(0, 40)


@st.composite
def orders(draw: st.DrawFn) -> Order:
    """Give an order of which the last days, if any, do not lie before the first."""
    start = draw(DAYS)
    ends = [draw(st.none() | st.integers(start, 45)) for _ in range(2)]
    to_on, ended_on = (None if end is None else START + end * DAY for end in ends)
    kind, about = draw(st.sampled_from(RestrictionKind)), draw(st.sampled_from(About))
    return Order(kind, START + start * DAY, to_on, ended_on, draw(st.booleans()), about)


def days_of(order: Order) -> set[date]:
    """Write out each day on which an order is in force, up to the end of this little world."""
    found, day = set[date](), order.from_on
    while day <= START + 60 * DAY:
        if (order.to_on and day > order.to_on) or (order.ended_on and day > order.ended_on):
            break
        found.add(day)
        day += DAY
    return found


def slow_status(known: list[Order], on: date) -> Contact:
    """Read the rule word by word: what forbids always counts, then what nobody knows, then the strictest."""
    mine = [order for order in known if order.about == "mother"]
    here = [order for order in mine if on in days_of(order)]
    if any(order.kind == "ban" for order in here):
        return Contact.BAN
    for order in mine:
        ran_out = order.to_on is not None and order.to_on < on and order.ended_on is None
        if ran_out and not any(later.from_on > order.from_on for later in here):
            return Contact.EXPIRED
    if any(not order.is_verified for order in here):
        return Contact.UNVERIFIED
    for kind, status in (("written_only", Contact.WRITTEN_ONLY), ("supervised", Contact.SUPERVISED)):
        if any(order.kind == kind for order in here):
            return status
    return Contact.FREE if here else Contact.NOT_ASKED


@pytest.mark.requirement("DJI-05")
@given(st.lists(orders(), max_size=5), DAYS)
def test_contact_equals_a_slow_reading(known: list[Order], day: int) -> None:
    on = START + day * DAY
    assert contact_status(known, on) is slow_status(known, on)


@pytest.mark.requirement("DJI-05")
@given(st.lists(orders(), max_size=4), DAYS, st.integers(0, 3))
def test_one_more_ban_never_opens_contact(known: list[Order], day: int, begun: int) -> None:
    on = START + day * DAY
    ban = Order(RestrictionKind.BAN, on - begun * DAY)
    assert contact_gate(contact_status([*known, ban], on)).gate is Gate.CLOSED


@given(st.lists(orders(), max_size=4), DAYS)
def test_the_order_in_which_orders_were_written_does_not_count(known: list[Order], day: int) -> None:
    on = START + day * DAY
    assert contact_status(known, on) is contact_status(known[::-1], on)


@given(st.lists(orders(), max_size=4), DAYS)
def test_no_restriction_is_found_only_when_none_is_in_force(known: list[Order], day: int) -> None:
    from_on = START + day * DAY
    strict = [order for order in known if order.kind != "none" and from_on in days_of(order)]
    if strict:
        with broken("restriction_in_force"):
            check_order(RestrictionKind.NONE, Issuer.NOBODY, from_on, known)
    else:
        check_order(RestrictionKind.NONE, Issuer.NOBODY, from_on, known)


# Who decides

HOLDERS = {
    "mother_alone": {"mother"},
    "shared": {"mother", "other_parent"},
    "other_parent": {"other_parent"},
    "institution": {"institution"},
}


def slow_deciders(age: int, custody: str | None) -> set[str] | None:
    """Say whose yes counts: a child of 16 by itself, a child of 12 beside its holders."""
    if age >= 16:
        return {"child"}
    if custody is None:
        return None
    return HOLDERS[custody] | ({"child"} if age >= 12 else set())


CUSTODIES = st.none() | st.sampled_from(CustodyKind)


@pytest.mark.requirement("CON-05")
@given(st.integers(0, 8000), CUSTODIES)
def test_who_decides_equals_a_slow_reading_on_every_day_of_a_youth(days: int, custody: str | None) -> None:
    born_on = date(1996, 2, 29)
    on = born_on + days * DAY
    age = age_on(born_on, on)
    found = deciders(ages_on(born_on, None, on), custody, TERMS)
    assert found == slow_deciders(age, custody)


@pytest.mark.requirement("CON-05")
@given(st.integers(1985, 2011), CUSTODIES, st.integers(0, 364))
def test_with_only_a_year_nobody_decides_unless_every_birthday_gives_the_same(
    year: int, custody: str | None, day: int
) -> None:
    on = date(2011, 1, 1) + day * DAY
    births = (date(year, 1, 1) + number * DAY for number in range(365))
    said = {
        frozenset(found) if (found := slow_deciders(age_on(born, on), custody)) is not None else None
        for born in births
        if born <= on
    }
    found = deciders(ages_on(None, year, on), custody, TERMS)
    assert found is None or said <= {found}


@given(st.dates(date(1988, 1, 1), date(2010, 12, 31)), st.dates(date(2011, 1, 1), date(2030, 12, 31)))
def test_a_child_is_of_age_from_the_day_that_the_card_names(born_on: date, on: date) -> None:
    ages = ages_on(born_on, None, on)
    turns_on = turns_adult_on(born_on, TERMS.adult_age)
    assert turns_on is not None
    assert is_adult(ages, TERMS) is (on >= turns_on)
    assert (age_gate(ages, TERMS).gate is Gate.OPEN) is (on < turns_on)


@given(st.integers(1980, 2011), st.dates(date(2011, 1, 1), date(2030, 12, 31)))
def test_a_year_of_birth_opens_the_gate_only_for_a_certain_minor(year: int, on: date) -> None:
    gate = age_gate(ages_on(None, year, on), TERMS).gate
    oldest, youngest = date(year, 1, 1), date(year, 12, 31)
    if gate is Gate.OPEN:
        assert age_on(oldest, on) < 18
    elif gate is Gate.CLOSED:
        assert age_on(youngest, on) >= 18 if on >= youngest else on.year - year > 18


# Consent


@pytest.mark.requirement("CON-04")
@given(st.sampled_from(State), st.integers(0, 800))
def test_a_yes_walks_through_its_year_and_its_grace_in_one_direction(state: State, days: int) -> None:
    expires_on = START + 365 * DAY
    how = validity(state, expires_on, START + days * DAY, TERMS.grace_days)
    slow = Validity.HOLDS if days < 365 else Validity.RENEW if days < 395 else Validity.FROZEN
    assert how is (slow if state == "given" else Validity.NONE)


PARTIES = st.frozensets(st.sampled_from(Party))


@pytest.mark.requirement("CON-05")
@given(PARTIES, PARTIES, st.none() | PARTIES, st.booleans())
def test_a_yes_of_more_people_never_counts_less(
    said: frozenset[Party], more: frozenset[Party], needed: frozenset[Party] | None, same: bool
) -> None:
    if still_decided(said, needed, same):
        assert still_decided(said | more, needed, same)
        assert needed is not None and needed <= said


@pytest.mark.requirement("CON-05")
@given(PARTIES, PARTIES)
def test_a_holder_who_changed_must_say_yes_again(said: frozenset[Party], needed: frozenset[Party]) -> None:
    outsiders = needed & {Party.OTHER_PARENT, Party.INSTITUTION}
    assert still_decided(said | needed, needed, has_same_custody=False) is (not outsiders)


@given(st.none() | PARTIES, st.booleans())
def test_the_gate_of_custody_is_open_only_with_a_known_decider_and_a_yes(
    needed: frozenset[Party] | None, has_consent: bool
) -> None:
    gate = custody_gate(needed, has_consent).gate
    assert (gate is Gate.OPEN) is (needed is not None and has_consent)
    assert (gate is Gate.UNKNOWN) is (needed is None)
