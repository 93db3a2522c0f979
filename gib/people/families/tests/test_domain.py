"""Rules of families that need no database: episodes, ages, contact, detention, likeness."""

from dataclasses import fields
from datetime import date, timedelta

import pytest

from gib.core.kernel.dates import Period
from gib.core.kernel.events import EVENTS, Event
from gib.core.kernel.rules import CATALOGUE
from gib.people.families import domain
from gib.people.families.domain import rules
from gib.people.families.domain.children import (
    Contact,
    Criterion,
    Gate,
    Order,
    age_gate,
    ages_on,
    check_holder,
    check_order,
    contact_gate,
    contact_status,
    custody_gate,
    deciders,
    is_adult,
    who_decides,
)
from gib.people.families.domain.codes import (
    About,
    Confidence,
    CustodyKind,
    Issuer,
    Party,
    RestrictionKind,
    ReturnKind,
    Source,
)
from gib.people.families.domain.detention import (
    Expectation,
    check_born,
    check_expected,
    check_release,
    check_return,
)
from gib.people.families.domain.episodes import check_end, check_not_future, last_day_before
from gib.people.families.domain.likeness import likeness
from gib.people.families.domain.terms import Terms
from gib.people.families.tests.conftest import broken

ON = date(2011, 1, 11)
TERMS = Terms(renewal_months=12, grace_days=30, heard_age=12, alone_age=16, adult_age=18)
DAY = timedelta(days=1)
MUM, DAD, BODY, KID = Party.MOTHER, Party.OTHER_PARENT, Party.INSTITUTION, Party.CHILD


# Episodes


@pytest.mark.parametrize(
    ("earlier", "expected"),
    [
        ([], None),
        ([Period(ON - 9 * DAY)], ON - DAY),
        ([Period(ON - DAY)], ON - DAY),
        ([Period(ON - 9 * DAY, ON - 2 * DAY)], None),
        ([Period(ON - 9 * DAY, ON - 2 * DAY), Period(ON - DAY)], ON - DAY),
    ],
)
def test_the_next_episode_closes_the_open_one(earlier: list[Period], expected: date | None) -> None:
    assert last_day_before(ON, earlier) == expected


@pytest.mark.parametrize(
    "period", [Period(ON), Period(ON + DAY), Period(ON - DAY, ON), Period(ON - DAY, ON + DAY), Period(ON, ON)]
)
def test_an_episode_that_would_overlap_is_refused(period: Period) -> None:
    with broken("episode_overlaps"):
        last_day_before(ON, [period])


def test_an_episode_ends_once_and_not_before_it_began() -> None:
    check_end(Period(ON), ON)
    with broken("episode_closed"):
        check_end(Period(ON, ON), ON + DAY)
    with broken("period_backwards"):
        check_end(Period(ON), ON - DAY)


def test_what_must_still_come_is_not_recorded() -> None:
    check_not_future(ON, ON)
    with broken("day_in_future"):
        check_not_future(ON + DAY, ON)


# Ages and who decides


@pytest.mark.requirement("CON-05")
@pytest.mark.parametrize(
    ("born_on", "needed"),
    [
        (date(2000, 1, 12), {MUM, DAD}),  # eleven years and 364 days
        (date(1999, 1, 11), {MUM, DAD, KID}),  # twelve today
        (date(1995, 1, 12), {MUM, DAD, KID}),  # fifteen years and 364 days
        (date(1995, 1, 11), {KID}),  # sixteen today
    ],
)
def test_who_decides_changes_on_the_birthday(born_on: date, needed: set[Party]) -> None:
    assert deciders(ages_on(born_on, None, ON), CustodyKind.SHARED, TERMS) == needed


@pytest.mark.parametrize(
    ("custody", "needed"),
    [
        (CustodyKind.MOTHER_ALONE, {MUM}),
        (CustodyKind.SHARED, {MUM, DAD}),
        (CustodyKind.OTHER_PARENT, {DAD}),
        (CustodyKind.INSTITUTION, {BODY}),
    ],
)
def test_the_holder_decides_about_a_young_child(custody: CustodyKind, needed: set[Party]) -> None:
    assert who_decides(4, custody, TERMS) == needed
    assert who_decides(13, custody, TERMS) == needed | {KID}
    assert who_decides(17, custody, TERMS) == {KID}


def test_unknown_custody_means_that_nobody_is_known_to_decide_until_sixteen() -> None:
    assert who_decides(15, None, TERMS) is None
    assert who_decides(16, None, TERMS) == {KID}
    assert deciders(None, CustodyKind.SHARED, TERMS) is None


def test_with_a_year_only_the_bounds_must_agree() -> None:
    assert ages_on(None, 2001, ON) == (9, 10)
    assert ages_on(None, 2011, ON) == (0, 0)
    assert ages_on(None, None, ON) is None
    assert deciders(ages_on(None, 2001, ON), CustodyKind.MOTHER_ALONE, TERMS) == {MUM}
    assert deciders(ages_on(None, 1999, ON), CustodyKind.MOTHER_ALONE, TERMS) is None


@pytest.mark.parametrize(
    ("ages", "gate", "adult"),
    [
        ((17, 17), Gate.OPEN, False),
        ((18, 18), Gate.CLOSED, True),
        ((17, 18), Gate.UNKNOWN, False),
        (None, Gate.UNKNOWN, False),
    ],
)
def test_the_gate_of_age_closes_on_the_eighteenth_birthday(
    ages: tuple[int, int] | None, gate: Gate, adult: bool
) -> None:
    assert (age_gate(ages, TERMS).gate, is_adult(ages, TERMS)) == (gate, adult)


# Contact


def order(kind: str, start: int = -10, end: int | None = None, **more: object) -> Order:
    to_on = None if end is None else ON + end * DAY
    return Order(RestrictionKind(kind), ON + start * DAY, to_on, **more)


@pytest.mark.requirement("DJI-05")
@pytest.mark.parametrize(
    ("orders", "status"),
    [
        ([], Contact.NOT_ASKED),
        ([order("none")], Contact.FREE),
        ([order("supervised")], Contact.SUPERVISED),
        ([order("written_only")], Contact.WRITTEN_ONLY),
        ([order("ban")], Contact.BAN),
        ([order("none"), order("supervised"), order("written_only")], Contact.WRITTEN_ONLY),
        ([order("supervised"), order("ban")], Contact.BAN),
        ([order("ban", is_verified=False)], Contact.BAN),
        ([order("none", is_verified=False)], Contact.UNVERIFIED),
        ([order("supervised", is_verified=False)], Contact.UNVERIFIED),
        ([order("ban", end=0)], Contact.BAN),
        ([order("ban", end=-1)], Contact.EXPIRED),
        ([order("none", end=-1)], Contact.EXPIRED),
        ([order("none", start=-20), order("ban", end=-1)], Contact.EXPIRED),
        ([order("ban", end=-2), order("none", start=-1)], Contact.FREE),
        ([order("ban", start=1)], Contact.NOT_ASKED),
        ([order("ban", ended_on=ON - DAY)], Contact.NOT_ASKED),
        ([order("ban", ended_on=ON)], Contact.BAN),
        ([order("none"), order("ban", about=About.OTHER)], Contact.FREE),
    ],
)
def test_the_strictest_order_counts_and_an_expired_one_is_unknown(
    orders: list[Order], status: Contact
) -> None:
    assert contact_status(orders, ON) == status


@pytest.mark.parametrize(
    ("status", "gate"),
    [
        (Contact.FREE, Gate.OPEN),
        (Contact.SUPERVISED, Gate.OPEN),
        (Contact.WRITTEN_ONLY, Gate.CLOSED),
        (Contact.BAN, Gate.CLOSED),
        (Contact.EXPIRED, Gate.UNKNOWN),
        (Contact.UNVERIFIED, Gate.UNKNOWN),
        (Contact.NOT_ASKED, Gate.UNKNOWN),
    ],
)
def test_only_free_and_supervised_contact_open_the_gate(status: Contact, gate: Gate) -> None:
    fact = contact_gate(status)
    assert (fact.criterion, fact.gate, fact.reason) == (Criterion.CONTACT, gate, f"contact_{status}")


@pytest.mark.parametrize(
    ("needed", "has_consent", "gate", "reason"),
    [
        (frozenset({MUM}), True, Gate.OPEN, "consent_given"),
        (frozenset({MUM}), False, Gate.CLOSED, "consent_missing"),
        (None, False, Gate.UNKNOWN, "decider_unknown"),
        (None, True, Gate.UNKNOWN, "decider_unknown"),
    ],
)
def test_the_gate_of_custody_needs_to_know_who_decides(
    needed: frozenset[Party] | None, has_consent: bool, gate: Gate, reason: str
) -> None:
    fact = custody_gate(needed, has_consent)
    assert (fact.gate, fact.reason) == (gate, reason)


def test_an_order_names_its_issuer_and_none_waits_until_the_order_ended() -> None:
    check_order(RestrictionKind.BAN, Issuer.COURT, ON, [])
    check_order(RestrictionKind.NONE, Issuer.NOBODY, ON, [order("none"), order("ban", end=-1)])
    with broken("restriction_needs_issuer"):
        check_order(RestrictionKind.BAN, Issuer.NOBODY, ON, [])
    with broken("restriction_in_force"):
        check_order(RestrictionKind.NONE, Issuer.NOBODY, ON, [order("supervised")])


def test_authority_of_somebody_else_has_a_name() -> None:
    check_holder(CustodyKind.MOTHER_ALONE, False)
    check_holder(CustodyKind.SHARED, False)
    for kind in (CustodyKind.OTHER_PARENT, CustodyKind.INSTITUTION):
        check_holder(kind, True)
        with broken("custody_needs_holder"):
            check_holder(kind, False)


# Detention


def expected(on: date | None, source: Source = Source.PRISON) -> Expectation:
    return Expectation(on, source, Confidence.LIKELY)


def test_an_expectation_must_be_new_and_still_possible() -> None:
    check_expected(expected(ON), None, ON)
    check_expected(expected(None), expected(ON), ON)
    check_expected(expected(ON, Source.MOTHER), expected(ON), ON)
    with broken("no_change"):
        check_expected(expected(ON), expected(ON), ON)
    with broken("no_change"):
        check_expected(expected(None), expected(None), ON)
    with broken("expected_in_past"):
        check_expected(expected(ON - DAY), None, ON)


@pytest.mark.parametrize(
    ("kind", "code", "refused"),
    [
        (ReturnKind.KNOWN, "0363", None),
        (ReturnKind.KNOWN, None, "municipality_missing"),
        (ReturnKind.ABROAD, "0363", "municipality_not_asked"),
        (ReturnKind.NO_FIXED_ADDRESS, None, None),
        (ReturnKind.UNKNOWN, None, None),
    ],
)
def test_a_municipality_belongs_to_a_known_return(
    kind: ReturnKind, code: str | None, refused: str | None
) -> None:
    if refused is None:
        assert check_return(kind, code) is None
    else:
        with broken(refused):
            check_return(kind, code)


def test_a_release_lies_within_the_open_detention_and_not_in_the_future() -> None:
    check_release(Period(ON - DAY), ON, ON)
    check_release(Period(ON), ON, ON)
    with broken("not_detained"):
        check_release(Period(ON - DAY, ON), ON, ON)
    with broken("day_in_future"):
        check_release(Period(ON), ON + DAY, ON)
    with broken("before_detention"):
        check_release(Period(ON), ON - DAY, ON)


def test_nobody_is_born_in_the_future() -> None:
    check_born(ON, 2011, ON)
    check_born(None, None, ON)
    for born_on, year in ((ON + DAY, None), (None, 2012)):
        with broken("born_in_future"):
            check_born(born_on, year, ON)


# Likeness


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Van der Zee", "z"),
        ("zee", "z"),
        ("Zee-Áalders", "az"),
        ("Áalders van der Zee", "az"),
        ("van", "v"),
        ("d'Éon", "e"),
        ("", ""),
    ],
)
def test_likeness_forgets_particles_accents_and_order(name: str, written: str) -> None:
    assert likeness(name, date(1980, 5, 3)) == f"{written} 1980-05-03"


# Sentences and events


def test_every_event_speaks_to_the_mother_and_carries_no_free_text() -> None:
    own = [event for name, event in EVENTS.items() if name.startswith("families.")]
    assert {domain.Released, domain.ConsentWithdrawn, domain.DossierErased} <= set(own)
    for event in own:
        assert issubclass(event, Event)
        assert event.sentence.endswith(".")
        assert not {"name", "note", "text", "phone"} & {field.name for field in fields(event)}


def test_every_sentence_of_this_slice_ends_as_a_sentence() -> None:
    assert rules.declare
    ours = ["no_change", "episode_overlaps", "staff_present", "decider_missing", "expected_in_past"]
    assert all(CATALOGUE[code].endswith(".") for code in ours)
