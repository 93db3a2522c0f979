"""A family lives through anything in any order; after each step what must always hold still holds."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from gib.core.access import rls
from gib.core.access.actor import Actor
from gib.core.journal import chain
from gib.core.kernel.dates import Period
from gib.core.kernel.rules import CATALOGUE, RuleBroken
from gib.people.families import actions, builders
from gib.people.families.actions import Answer, ChildFacts, NewConsent, NewCustody, NewRestriction
from gib.people.families.domain.children import Gate
from gib.people.families.domain.codes import (
    Confidence,
    CustodyKind,
    Issuer,
    Party,
    Place,
    Purpose,
    ReleaseKind,
    ResidenceKind,
    RestrictionKind,
    ReturnKind,
    Source,
)
from gib.people.families.models import (
    Consent,
    ContactRestriction,
    Custody,
    DetentionEpisode,
    Domicile,
    ExpectedRelease,
    Placement,
    Residence,
    children_of,
    consent_holds,
    current_place,
    gates_of,
    latest_expectation,
    open_episode,
    rows_of,
)
from gib.people.families.tests.conftest import NOW, later
from gib.people.partners.domain import Regime

DAY = timedelta(days=1)
PRISONS = st.sampled_from(["NSL", "TPL", "ZWO", "XXX"])
TOWNS = st.sampled_from(["0363", "0917", None])
ONE_AT_A_TIME = {
    DetentionEpisode: "dossier_id",
    Domicile: "dossier_id",
    Placement: "episode_id",
    Residence: "child_id",
    Custody: "child_id",
}


class Life(RuleBasedStateMachine):
    """One mother with her children; every act is tried, refused ones change nothing."""

    actor: Actor

    def __init__(self) -> None:
        super().__init__()
        self.days = 0
        self.point = transaction.atomic()
        self.point.__enter__()
        self.dossier_id = builders.a_dossier(self.actor, NOW).id
        builders.with_child(self.actor, self.dossier_id, NOW)
        self.codes: set[str] = set()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.point.__exit__(None, None, None)

    @property
    def now(self) -> Any:
        return later(self.days)

    def attempt(self, act: Callable[..., object], *args: object) -> None:
        """Let an act happen, or be refused with a code that has a sentence."""
        try:
            with transaction.atomic():
                act(self.actor, *args, self.now)
        except RuleBroken as refused:
            assert refused.code in CATALOGUE
            self.codes.add(refused.code)

    def a_child(self, number: int) -> Any:
        known = children_of(self.dossier_id)
        return known[number % len(known)].id

    @rule(days=st.integers(1, 200))
    def time_passes(self, days: int) -> None:
        self.days += days

    @rule(ahead=st.none() | st.integers(-5, 400), source=st.sampled_from(Source))
    def expect(self, ahead: int | None, source: Source) -> None:
        day = None if ahead is None else self.now.on + ahead * DAY
        self.attempt(actions.expect_release, self.dossier_id, day, source, Confidence.GUESS)

    @rule(prison=PRISONS, back=st.integers(-1, 40), regime=st.sampled_from(Regime))
    def place(self, prison: str, back: int, regime: Regime) -> None:
        day = self.now.on - back * DAY
        self.attempt(actions.place, self.dossier_id, prison, "", regime, day)

    @rule(back=st.integers(-1, 30), kind=st.sampled_from(ReturnKind), town=TOWNS)
    def release(self, back: int, kind: ReturnKind, town: str | None) -> None:
        day = self.now.on - back * DAY
        self.attempt(actions.release, self.dossier_id, day, ReleaseKind.IMMEDIATE, kind, town)

    @rule(back=st.integers(-1, 30), prison=PRISONS)
    def detain_again(self, back: int, prison: str) -> None:
        day = self.now.on - back * DAY
        self.attempt(actions.detain_again, self.dossier_id, day, prison, "", Regime.REMAND)

    @rule(kind=st.sampled_from(ReturnKind), town=TOWNS)
    def move_house(self, kind: ReturnKind, town: str | None) -> None:
        self.attempt(actions.set_return, self.dossier_id, kind, town)

    @rule(year=st.integers(1990, 2012))
    def another_child(self, year: int) -> None:
        facts = ChildFacts(first_name="Vink", birth_year=year)
        self.attempt(actions.add_child, self.dossier_id, facts)

    @rule(number=st.integers(0, 5), kind=st.sampled_from(ResidenceKind), back=st.integers(-5, 30))
    def child_moves(self, number: int, kind: ResidenceKind, back: int) -> None:
        day = self.now.on - back * DAY
        self.attempt(actions.record_residence, self.a_child(number), kind, None, day)

    @rule(number=st.integers(0, 5), kind=st.sampled_from(CustodyKind), days=st.none() | st.integers(0, 90))
    def custody(self, number: int, kind: CustodyKind, days: int | None) -> None:
        to_on = None if days is None else self.now.on + days * DAY
        facts = NewCustody(kind=kind, from_on=self.now.on, to_on=to_on, holder_name="B. Eenhoorn")
        self.attempt(actions.record_custody, self.a_child(number), facts)

    @rule(
        number=st.integers(0, 5),
        kind=st.sampled_from(RestrictionKind),
        days=st.none() | st.integers(0, 90),
        is_verified=st.booleans(),
    )
    def order(self, number: int, kind: RestrictionKind, days: int | None, is_verified: bool) -> None:
        on = self.now.on
        facts = NewRestriction(
            kind=kind,
            issuer=Issuer.COURT,
            from_on=on,
            to_on=None if days is None else on + days * DAY,
            verified_on=on if is_verified else None,
        )
        self.attempt(actions.record_restriction, self.a_child(number), facts)

    @rule(purpose=st.sampled_from([Purpose.SUPPORT, Purpose.MUNICIPALITY]))
    def ask(self, purpose: Purpose) -> None:
        question = NewConsent(purpose=purpose, recipient="0363")
        self.attempt(actions.ask_consent, self.dossier_id, question)

    @rule(number=st.integers(0, 5))
    def ask_for_child(self, number: int) -> None:
        question = NewConsent(purpose=Purpose.CHILD_VISIT, child_id=self.a_child(number))
        self.attempt(actions.ask_consent, self.dossier_id, question)

    @precondition(lambda self: rows_of(Consent, self.dossier_id).exists())
    @rule(
        number=st.integers(0, 9),
        act=st.sampled_from(["give", "refuse", "withdraw"]),
        said=st.sets(st.sampled_from(Party), min_size=1),
        is_free=st.booleans(),
    )
    def answer(self, number: int, act: str, said: set[Party], is_free: bool) -> None:
        rows = list(rows_of(Consent, self.dossier_id).order_by("id"))
        row = rows[number % len(rows)]
        if act == "give":
            yes = Answer(place=Place.PRISON, staff_absent=is_free, given_by=frozenset(said | {Party.MOTHER}))
            self.attempt(actions.give_consent, row.id, yes)
        else:
            perform = actions.refuse_consent if act == "refuse" else actions.withdraw_consent
            self.attempt(perform, row.id)


class Family(Life):
    """What holds after every step of a life."""

    @invariant()
    def episodes_never_share_a_day(self) -> None:
        for model, of in ONE_AT_A_TIME.items():
            found: dict[object, list[Period]] = {}
            for row in rows_of(model, self.dossier_id):
                found.setdefault(getattr(row, of), []).append(Period(row.from_on, row.to_on))
            for periods in found.values():
                ordered = sorted(periods, key=lambda each: each.from_on)
                assert not any(one.overlaps(other) for one, other in pairwise(ordered)), model

    @invariant()
    def she_is_inside_or_out(self) -> None:
        is_inside = open_episode(self.dossier_id) is not None
        is_home = rows_of(Domicile, self.dossier_id).filter(to_on__isnull=True).exists()
        assert is_inside != is_home
        spot = rows_of(Placement, self.dossier_id).filter(to_on__isnull=True)
        assert spot.exists() is is_inside
        if is_inside:
            assert current_place(self.dossier_id, date(2099, 1, 1)) == spot.get()

    @invariant()
    def the_history_of_expectations_only_grows(self) -> None:
        rows = rows_of(ExpectedRelease, self.dossier_id).order_by("episode_id", "position")
        by_episode: dict[object, list[Any]] = {}
        for row in rows:
            by_episode.setdefault(row.episode_id, []).append(row)
        for told in by_episode.values():
            assert [row.position for row in told] == list(range(1, len(told) + 1))
            said = [(row.expected_on, row.source, row.confidence) for row in told]
            assert all(one != other for one, other in pairwise(said))
        last = latest_expectation(self.dossier_id)
        assert last is None or last.episode_id == open_episode(self.dossier_id).id

    @invariant()
    def consent_holds_only_while_it_stands(self) -> None:
        on = self.now.on
        for purpose, recipient in (("support", ""), ("municipality", "0363")):
            given = rows_of(Consent, self.dossier_id).filter(purpose=purpose, state="given")
            alive = any(on < row.expires_on + 30 * DAY for row in given)
            assert consent_holds(self.dossier_id, purpose, recipient, on) is alive

    @invariant()
    def no_gate_is_open_against_an_order_or_without_a_yes(self) -> None:
        on = self.now.on
        for child_id, facts in gates_of(children_of(self.dossier_id), on).items():
            gates = {fact.criterion: fact.gate for fact in facts}
            orders = rows_of(ContactRestriction, self.dossier_id).filter(child_id=child_id)
            forbidden = any(
                row.kind in ("ban", "written_only") and row.from_on <= on <= (row.to_on or on)
                for row in orders
            )
            if forbidden or not orders:
                assert gates["contact"] is not Gate.OPEN
            yes = rows_of(Consent, self.dossier_id).filter(child_id=child_id, state="given")
            if not any(on < row.expires_on + 30 * DAY for row in yes):
                assert gates["custody"] is not Gate.OPEN

    @invariant()
    def the_journal_is_unbroken(self) -> None:
        with rls.system("test"):
            assert list(chain.faults(self.dossier_id)) == []


def test_a_family_lives_through_anything(coordinator: Actor) -> None:
    story = type("Story", (Family,), {"actor": coordinator})
    frame = settings(
        max_examples=12,
        stateful_step_count=30,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(story, settings=frame)


def test_the_story_meets_refusals(coordinator: Actor) -> None:
    story = type("Story", (Family,), {"actor": coordinator})()
    try:
        story.expect(-5, Source.PRISON)
        story.place("XXX", 0, Regime.REMAND)
        story.release(0, ReturnKind.KNOWN, None)
        story.detain_again(0, "NSL")
        assert story.codes == {
            "expected_in_past",
            "place_unknown",
            "municipality_missing",
            "already_detained",
        }
    finally:
        story.teardown()


@pytest.mark.parametrize("purpose", [Purpose.SUPPORT, Purpose.PHOTO, Purpose.HOME_VISIT])
def test_a_yes_of_years_ago_counts_no_more(coordinator: Actor, purpose: Purpose) -> None:
    dossier = builders.a_dossier(coordinator, NOW)
    builders.with_consent(coordinator, dossier.id, purpose, NOW)
    assert not consent_holds(dossier.id, purpose, "", later(2000).on)
