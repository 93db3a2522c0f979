"""Random lives of volunteers: whatever people do, she is planned on exactly the days on which she may be."""

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from gib.core.access.actor import Actor
from gib.core.access.tables import Role
from gib.core.journal import chain
from gib.core.journal.models import Happening
from gib.core.kernel.clock import Now
from gib.core.kernel.rules import RuleBroken
from gib.people.partners.builders import two_teams
from gib.people.partners.domain import INSIDE, Product
from gib.people.volunteers import actions, builders
from gib.people.volunteers.domain import BASE, FLOW, Requirement, State
from gib.people.volunteers.models import Exemption, PrisonPermit, Volunteer, reasons_not_to_plan
from gib.people.volunteers.tests.days import at

pytestmark = pytest.mark.django_db(databases="__all__")
DAY = timedelta(days=1)
FIRST = date(2010, 1, 4)
PRISONS = ("NSL", "TPL")
_STOPS = (State.REJECTED, State.LEAVING, State.LEFT)
#: What nobody may do without, for a while either.
STRICT = (
    Requirement.VOG_84,
    Requirement.VOG_85,
    Requirement.AGREEMENT,
    Requirement.CODE_OF_CONDUCT,
    Requirement.REPORTING_CODE,
)


@dataclass
class Known:
    """What was done, as in a notebook: spans of days, without the rules of the house."""

    papers: list[tuple[Requirement, date, date]] = field(default_factory=list)
    gates: list[tuple[str, date, date]] = field(default_factory=list)
    state: State = State.INTERESTED

    def has(self, wanted: Requirement, on: date) -> bool:
        """Tell whether one of the spans holds the day."""
        return any(what is wanted and first <= on <= last for what, first, last in self.papers)

    def may_work(self, product: Product, prison: str, on: date) -> bool:
        """Tell whether she may be planned."""
        wanted = [*BASE, Requirement(f"training_{product}")]
        is_open = product not in INSIDE or any(
            place == prison and first <= on <= last for place, first, last in self.gates
        )
        return self.state is State.AVAILABLE and is_open and all(self.has(one, on) for one in wanted)


@dataclass
class Life:
    """One volunteer, what is done with her, and what the notebook says."""

    seed: int
    coordinator: Actor
    on: date = FIRST
    known: Known = field(default_factory=Known)
    refused: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.dice = random.Random(self.seed)
        self.id: UUID = builders.interested(self.coordinator, self.now).id
        for what in BASE[self.dice.choice((0, 0, 2)) :]:
            row = actions.record_completion(self.coordinator, self.id, what, FIRST, None, self.now)
            self.known.papers.append((what, FIRST, row.to_on or date.max))
        self.deeds = (
            self.sees,
            self.sees,
            self.sees,
            self.waits,
            self.moves,
            self.moves,
            self.opens,
            self.closes,
        )

    @property
    def now(self) -> Now:
        """Give nine o'clock of the day that the life has come to."""
        return at(self.on)

    def step(self) -> None:
        """Do something, perhaps after some days."""
        self.on += self.dice.choice((0, 0, 1, 5, 40)) * DAY
        deed = self.dice.choice(self.deeds)
        before = self.written()
        try:
            deed()
        except RuleBroken as broken:
            self.refused.append(broken.code)
            assert self.written() == before, f"{broken.code} left a row"
        else:
            assert self.written() == before + 1

    def written(self) -> int:
        """Count what the journal says about her."""
        rows = Happening.for_house("test", self.on).values_list("payload", flat=True)
        return len([payload for payload in rows if payload.get("volunteer_id") == str(self.id)])

    def sees(self) -> None:
        """See a paper, new or old, with or without an end."""
        what = self.dice.choice(
            (*BASE, *BASE, Requirement.TRAINING_BEZOEKMOEDERS, Requirement.TRAINING_MOEDERMAATJES)
        )
        first = self.on - self.dice.choice((-1, 0, 0, 30, 400)) * DAY
        last = self.dice.choice((None, None, None, first + 60 * DAY, first - DAY))
        row = actions.record_completion(self.coordinator, self.id, what, first, last, self.now)
        self.known.papers.append((what, row.from_on, row.to_on or date.max))

    def waits(self) -> None:
        """Let her do without something for a while."""
        what = self.dice.choice((*STRICT, Requirement.BASIC_TRAINING, Requirement.TRAINING_MOEDERMAATJES))
        last = self.on + self.dice.choice((-1, 0, 20, 300, 500)) * DAY
        actions.exempt(self.coordinator, self.id, what, last, self.now)
        assert what not in STRICT
        self.known.papers.append((what, self.on, last))

    def moves(self) -> None:
        """Take a step, mostly one that exists."""
        ways = sorted(FLOW.steps.get(self.known.state) or [State.INTERVIEW])
        ahead = [to for to in ways if to not in _STOPS] or [State.AVAILABLE]
        to = self.dice.choice(ways if self.dice.random() < 0.1 else [*ahead, State.AVAILABLE])
        self.known.state = State(actions.move(self.coordinator, self.id, to, self.now).state)

    def opens(self) -> None:
        """Let a prison open its gate."""
        prison, length = self.dice.choice(PRISONS), self.dice.choice((None, 30, 200))
        last = None if length is None else self.on + length * DAY
        actions.grant_permit(self.coordinator, self.id, prison, self.on, last, self.now)
        self.known.gates.append((prison, self.on, last or date.max))

    def closes(self) -> None:
        """Let a gate close, or an exemption end."""
        gates = PrisonPermit.for_house("test", self.on).filter(volunteer_id=self.id)
        waits = Exemption.for_house("test", self.on).filter(volunteer_id=self.id)
        if found := [*gates.order_by("from_on", "id")][-1:]:
            row = actions.end_permit(self.coordinator, found[0].id, self.on, self.now)
            self.known.gates.remove((row.prison_id, row.from_on, found[0].to_on or date.max))
            self.known.gates.append((row.prison_id, row.from_on, self.on))
        elif found := [*waits.order_by("from_on", "id")][-1:]:
            row = actions.end_exemption(self.coordinator, found[0].id, self.now)
            self.known.papers.remove((Requirement(row.requirement), row.from_on, found[0].to_on))
            self.known.papers.append((Requirement(row.requirement), row.from_on, self.on))
        else:
            raise RuleBroken("exemption_over")

    def wrong_days(self) -> list[tuple[Product, str, date]]:
        """Compare the house with the notebook on days before, at and after every end."""
        volunteer = Volunteer.for_house("test", self.on).get(pk=self.id)
        ends = [last for _what, _first, last in (*self.known.papers, *self.known.gates) if last != date.max]
        days = {self.on, self.on + DAY, *(end + days * DAY for end in ends for days in (0, 1))}
        asked = [
            (product, prison, day)
            for product in (Product.BEZOEKMOEDERS, Product.MOEDERMAATJES)
            for prison in PRISONS
            for day in sorted(days)
        ]
        return [
            each
            for each in asked
            if (reasons_not_to_plan(volunteer, *each) == ()) is not self.known.may_work(*each)
        ]


@pytest.fixture
def coordinator() -> Actor:
    return Actor(uuid4(), Role.COORDINATOR, frozenset({two_teams()[0].pk}))


@pytest.mark.parametrize("seed", range(8))
def test_whatever_is_done_she_is_planned_on_exactly_her_days(
    seed: int, coordinator: Actor, as_house: Any
) -> None:
    life = Life(seed, coordinator)
    for _step in range(40):
        life.step()
        assert life.wrong_days() == [], f"after {life.on}"
    assert list(chain.faults()) == []


def test_the_lives_reach_work_and_are_refused_in_many_ways(coordinator: Actor, as_house: Any) -> None:
    """The control: the walks are no walks past the gate."""
    worked, refused = 0, set()
    for seed in range(8):
        life = Life(seed, coordinator)
        for _step in range(40):
            life.step()
            worked += life.known.state is State.AVAILABLE
        refused |= set(life.refused)
    assert worked > 20
    assert {
        "illegal_move",
        "volunteer_papers_missing",
        "completion_in_future",
        "completion_expired",
        "never_exempted",
        "exemption_over",
        "exemption_too_long",
        "permit_needs_vog",
    } <= refused


def test_a_notebook_that_errs_by_a_day_is_noticed(coordinator: Actor, as_house: Any) -> None:
    volunteer = builders.available(coordinator, Life(0, coordinator).now, Product.MOEDERMAATJES)
    life = Life(1, coordinator)
    life.id, life.known.state = volunteer.id, State.AVAILABLE
    rows = [(one, FIRST - 180 * DAY, date.max) for one in (*BASE, Requirement.TRAINING_MOEDERMAATJES)]
    life.known.papers = [
        (what, first, date(2012, 7, 6) if what in STRICT[:2] else last) for what, first, last in rows
    ]
    assert {day for _product, _prison, day in life.wrong_days()} != set()
