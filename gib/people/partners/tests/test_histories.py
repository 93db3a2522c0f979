"""Made-up histories of mergers and splits, beside a country of parcels that simply change hands."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gib.core.kernel.rules import RuleBroken
from gib.people.partners.domain.register import (
    MunicipalityFact,
    check_register,
    compare,
    overlapping,
    resolve,
    resolve_one,
    valid_codes,
)
from gib.people.partners.domain.terms import check_end

START = date(2010, 1, 1)
STEP = timedelta(days=100)
PARCELS = 6


class Country:
    """Six parcels of land, the municipality that holds each on each day, and the register of it."""

    def __init__(self) -> None:
        self.on = START
        self.holders: list[tuple[date, tuple[str, ...]]] = []
        self.land = {f"{number:04}": {number} for number in range(PARCELS)}
        self.facts = {code: MunicipalityFact(code, f"Proefdorp {code}", None, None) for code in self.land}
        self._next = 100
        self._note()

    def _note(self) -> None:
        owner = {parcel: code for code, parcels in self.land.items() for parcel in parcels}
        self.holders.append((self.on, tuple(owner[parcel] for parcel in range(PARCELS))))

    def _new(self, parcels: set[int]) -> str:
        code = f"{self._next:04}"
        self._next += 1
        self.land[code] = parcels
        self.facts[code] = MunicipalityFact(code, f"Proefdorp {code}", self.on, None)
        return code

    def _end(self, code: str, *heirs: str) -> None:
        fact = self.facts[code]
        self.facts[code] = MunicipalityFact(code, fact.name, fact.valid_from, self.on, tuple(sorted(heirs)))
        del self.land[code]

    def merge(self, codes: list[str], is_new: bool) -> None:
        """Let some municipalities become one: a new one, or the first of them."""
        self.on += STEP
        if is_new:
            heir = self._new(set().union(*(self.land[code] for code in codes)))
            ending = codes
        else:
            heir, *ending = codes
            self.land[heir] = set().union(*(self.land[code] for code in codes))
        for code in ending:
            self._end(code, heir)
        self._note()

    def split(self, code: str, into: int) -> None:
        """Let one municipality end and its land fall to others, of which the first takes one parcel."""
        parcels = sorted(self.land[code])
        others = sorted(set(self.land) - {code})
        if len(parcels) < 2 or not others:
            return
        self.on += STEP
        neighbour = others[into % len(others)]
        self.land[neighbour] = self.land[neighbour] | {parcels[0]}
        fresh = self._new(set(parcels[1:]))
        self._end(code, neighbour, fresh)
        self._note()

    def owners(self, on: date) -> tuple[str, ...]:
        """Give who holds each parcel on a day."""
        return next(held for since, held in reversed(self.holders) if since <= on)

    def parcels_of(self, code: str) -> set[int]:
        """Give the land that a municipality held last."""
        last: set[int] = set()
        for _since, held in self.holders:
            now = {parcel for parcel in range(PARCELS) if held[parcel] == code}
            last = now or last
        return last

    def days(self) -> list[date]:
        """Give the eve and the day of each change, and a day long after."""
        changes = [since for since, _held in self.holders]
        return sorted({day for since in changes for day in (since - timedelta(days=1), since)} | {date.max})


@st.composite
def histories(draw: st.DrawFn, with_splits: bool = False) -> Country:
    """Make a history of at most five changes."""
    country = Country()
    for _ in range(draw(st.integers(0, 5))):
        codes = sorted(country.land)
        if with_splits and draw(st.booleans()):
            country.split(draw(st.sampled_from(codes)), draw(st.integers(0, 9)))
        elif len(codes) > 1:
            some = draw(st.lists(st.sampled_from(codes), min_size=2, max_size=3, unique=True))
            country.merge(some, draw(st.booleans()))
    return country


@pytest.mark.requirement("REF-02")
@given(histories())
def test_after_mergers_a_code_leads_to_whoever_holds_its_land(country: Country) -> None:
    for code, fact in country.facts.items():
        for on in country.days():
            if fact.valid_from is not None and on < fact.valid_from:
                assert resolve(country.facts, code, on) == ()
                continue
            owners = country.owners(max(on, START))
            wanted = {owners[parcel] for parcel in country.parcels_of(code)}
            if fact.is_valid_on(on):
                wanted = {code}
            assert set(resolve(country.facts, code, on)) == wanted, (code, on)
            assert resolve_one(country.facts, code, on) in wanted


@pytest.mark.requirement("REF-02")
@given(histories(with_splits=True))
def test_after_splits_nobody_who_holds_its_land_is_forgotten(country: Country) -> None:
    for code, fact in country.facts.items():
        if fact.valid_to is None:
            continue
        for on in country.days():
            if on < fact.valid_to:
                continue
            found = set(resolve(country.facts, code, on))
            owners = country.owners(on)
            assert {owners[parcel] for parcel in country.parcels_of(code)} <= found
            assert found <= valid_codes(country.facts.values(), on)


@given(histories(with_splits=True))
def test_a_choice_is_asked_exactly_when_there_is_one(country: Country) -> None:
    for code in country.facts:
        for on in country.days():
            found = resolve(country.facts, code, on)
            try:
                assert (resolve_one(country.facts, code, on),) == found
            except RuleBroken as broken:
                wanted = "municipality_split" if len(found) > 1 else "municipality_unknown"
                assert broken.code == wanted
                assert len(found) != 1


@given(histories())
def test_what_overlaps_has_one_heir(country: Country) -> None:
    for code in country.facts:
        heir = resolve(country.facts, code, date.max)
        for on in country.days():
            slow = {
                other
                for other in valid_codes(country.facts.values(), on)
                if resolve(country.facts, other, date.max) == heir
            }
            assert set(overlapping(country.facts, code, on)) == slow


@given(histories(with_splits=True))
def test_every_history_is_a_register_that_may_be_loaded(country: Country) -> None:
    check_register(country.facts)
    for on in country.days():
        assert set(country.owners(max(on, START))) == valid_codes(country.facts.values(), max(on, START))


@given(histories(with_splits=True), histories(with_splits=True))
def test_a_comparison_names_every_difference_and_nothing_else(one: Country, other: Country) -> None:
    old, new = one.facts, other.facts
    if set(old) - set(new):
        with pytest.raises(RuleBroken, match="code_missing"):
            compare(old, new)
        return
    diff = compare(old, new)
    differs = {code for code in old if old[code] != new[code]}
    assert set(diff.added) == set(new) - set(old)
    assert set(diff.ended) | set(diff.renamed) | set(diff.moved) == differs
    assert diff.is_empty is (old == new)


@given(histories(with_splits=True), st.data())
def test_a_register_without_one_of_its_codes_is_refused(country: Country, data: st.DataObject) -> None:
    code = data.draw(st.sampled_from(sorted(country.facts)))
    without = {key: fact for key, fact in country.facts.items() if key != code}
    with pytest.raises(RuleBroken) as broken:
        compare(country.facts, without)
    assert broken.value.facts == {"municipality": code}
    if any(code in fact.successors for fact in without.values()):
        with pytest.raises(RuleBroken, match="successor_unknown"):
            check_register(without)


def test_the_negative_control_a_country_that_forgets_an_heir_is_noticed() -> None:
    country = Country()
    country.merge(["0000", "0001"], is_new=True)
    (heir,) = resolve(country.facts, "0000", date.max)
    country.facts["0000"] = MunicipalityFact("0000", "Proefdorp", None, country.on, ("0002",))
    assert resolve(country.facts, "0000", date.max) != (heir,)


DAYS = st.dates(date(2010, 12, 25), date(2011, 1, 10))


@given(st.none() | DAYS, st.none() | DAYS, DAYS)
def test_a_fact_ends_only_between_its_beginning_and_its_end(
    valid_from: date | None, valid_to: date | None, ends_on: date
) -> None:
    is_over = valid_to is not None and valid_to <= ends_on
    is_early = valid_from is not None and ends_on <= valid_from
    try:
        check_end(valid_from, valid_to, ends_on)
        assert not (is_over or is_early)
        assert MunicipalityFact("0001", "x", valid_from, ends_on).is_valid_on(ends_on - timedelta(days=1))
    except RuleBroken as broken:
        assert broken.code == ("fact_over" if is_over else "ends_too_early")


@given(st.none() | DAYS, st.none() | DAYS, DAYS)
def test_a_fact_holds_on_exactly_the_days_between(
    valid_from: date | None, valid_to: date | None, on: date
) -> None:
    first, last = valid_from or date(2010, 12, 1), valid_to or date(2011, 2, 1)
    days = {first + timedelta(days=number) for number in range(max(0, (last - first).days))}
    assert MunicipalityFact("0001", "x", valid_from, valid_to).is_valid_on(on) is (on in days)
