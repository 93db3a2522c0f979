"""The figures of who pays, counted a second time row by row, and what may be told of them outside."""

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import fields
from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import UUID

import pytest

from gib.care.aftercare import mapping
from gib.care.aftercare.models import Agreement, Counted, FundingRequest, coverage
from gib.care.trajectory.models import Cover, Trajectory
from gib.core.kernel.dates import add_months
from gib.engines.disclosure import LEAST, guarded
from gib.people.families.models import Child, DetentionEpisode, Domicile, ExpectedRelease, Participant
from gib.people.partners.models import Municipality
from gib.portal.demo.days import TODAY
from tests.world.base import WorldCase, as_house, rows_of

NUMBERS = ("women", "asked", "granted", "refused", "silent", "let_go", "children")
YES = {"covered", "granted", "granted_alternative", "reported", "settled"}
OUTCOMES: dict[str, Callable[[Any, date], bool]] = {
    "asked": lambda row, on: row.submitted_on is not None,
    "granted": lambda row, on: row.state in YES,
    "refused": lambda row, on: bool(row.ground),
    "silent": lambda row, on: (
        (row.state == "submitted" and row.due_on < on)
        or row.state == "no_answer"
        or (row.state in ("let_go", "granted_alternative") and not row.ground)
    ),
    "let_go": lambda row, on: row.state == "let_go",
}


def holds(row: Any, on: date) -> bool:
    """Tell whether an episode holds on a day."""
    return row.from_on <= on and (row.to_on is None or row.to_on >= on)


class Ledger:
    """Every row that says who pays, read once, and counted one by one as a clerk would."""

    def __init__(self, on: date) -> None:
        self.on = on
        with as_house():
            self.requests, self.children = list(rows_of(FundingRequest)), list(rows_of(Child))
            self.plans, self.covers = list(rows_of(Trajectory)), list(rows_of(Cover))
            self.mothers, self.homes = list(rows_of(Participant)), list(rows_of(Domicile))
            self.stays, days = list(rows_of(DetentionEpisode)), rows_of(ExpectedRelease)
        self.days = sorted(days, key=lambda row: row.position)
        self.counted = [row for row in self.requests if row.state != "draft" and self._is_recent(row)]

    def _is_recent(self, row: Any) -> bool:
        day = row.submitted_on or row.answered_on
        return day is not None and day >= add_months(self.on, -12)

    def outcomes(self, name: str) -> dict[str, set[UUID]]:
        """Give the families of each municipality with one outcome."""
        found: dict[str, set[UUID]] = defaultdict(set)
        for row in self.counted:
            if OUTCOMES[name](row, self.on):
                found[row.municipality_id].add(row.dossier_id)
        return found

    def children_at(self) -> dict[str, set[UUID]]:
        """Give the children of each municipality: each once, where her mother asked last."""
        found: dict[str, set[UUID]] = defaultdict(set)
        for child in self.children:
            asked = [row for row in self.counted if row.dossier_id == child.dossier_id]
            if asked:
                dated = [
                    (row.submitted_on or row.answered_on, str(row.id), row.municipality_id) for row in asked
                ]
                found[max(dated)[2]].add(child.id)
        return found

    def women(self) -> dict[str, set[UUID]]:
        """Give the women of each municipality who are home or soon home, and for whom nobody pays."""
        found: dict[str, set[UUID]] = defaultdict(set)
        for plan in self.plans:
            code = self._goes_to(plan.dossier_id)
            paid = any(row.dossier_id == plan.dossier_id for row in self.covers if self._reaches(row))
            if plan.state != "closed" and code and not paid and self._is_near(plan.dossier_id):
                found[code].add(plan.dossier_id)
        return found

    def _reaches(self, cover: Any) -> bool:
        return cover.to_on is None or cover.to_on >= self.on

    def _goes_to(self, dossier_id: UUID) -> str | None:
        """Give where she lives; without an address there, where she said she would go."""
        lives = [row for row in self.homes if row.dossier_id == dossier_id and holds(row, self.on)]
        goes = [row for row in self.mothers if row.dossier_id == dossier_id]
        codes = [row.municipality_id for row in lives] + [row.return_municipality_id for row in goes]
        return next(filter(None, codes), None)

    def _is_near(self, dossier_id: UUID) -> bool:
        open_stay = next(
            (row for row in self.stays if row.dossier_id == dossier_id and row.to_on is None), None
        )
        if open_stay is None:
            return True
        told = [row.expected_on for row in self.days if row.episode_id == open_stay.id]
        return bool(told and told[-1] and told[-1] <= self.on + timedelta(days=90))


def as_counted(ledger: Ledger) -> dict[str, dict[str, int]]:
    """Write the ledger as the page counts it: municipality -> number by name, without zeros."""
    parts = {name: ledger.outcomes(name) for name in OUTCOMES}
    parts |= {"children": ledger.children_at(), "women": ledger.women()}
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for name, places in parts.items():
        for code, who in places.items():
            found[code][name] = len(who)
    return dict(found)


def told(rows: list[Counted]) -> dict[str, dict[str, int]]:
    """Write what the page counts in the same form."""
    found = {row.code: {name: getattr(row, name) for name in NUMBERS if getattr(row, name)} for row in rows}
    return {code: numbers for code, numbers in found.items() if numbers}


class TestTheFigures(WorldCase):
    """On the whole demonstration, on its business day and on other days."""

    def test_the_world_shows_every_outcome(self) -> None:
        """Without it the agreement could be that nothing is counted."""
        total = {name: sum(getattr(row, name) for row in coverage(TODAY)) for name in NUMBERS}
        assert min(total.values()) > 0, total

    def test_a_clerk_counts_the_same_on_every_day(self) -> None:
        dice = Random(11)
        days = [
            TODAY,
            TODAY + timedelta(days=30),
            *(TODAY - timedelta(days=dice.randint(1, 90)) for _ in "123"),
        ]
        for on in days:
            assert told(coverage(on)) == as_counted(Ledger(on)), on

    def test_a_clerk_who_forgets_one_request_is_found_out(self) -> None:
        """The negative control."""
        ledger = Ledger(TODAY)
        asked = Counter(row.municipality_id for row in ledger.counted)
        forgotten = next(row for row in ledger.counted if asked[row.municipality_id] == 1)
        ledger.counted.remove(forgotten)
        assert told(coverage(TODAY)) != as_counted(ledger)

    def test_the_municipalities_add_up_to_the_nation(self) -> None:
        """A mother who asked in two municipalities counts in both, and once nationally."""
        ledger = Ledger(TODAY)
        for name in OUTCOMES:
            places = ledger.outcomes(name)
            assert sum(len(who) for who in places.values()) == sum(
                getattr(row, name) for row in coverage(TODAY)
            )
            assert len(set().union(*places.values())) <= sum(len(who) for who in places.values())

    def test_children_are_counted_in_one_place_only(self) -> None:
        places = Ledger(TODAY).children_at().values()
        assert sum(len(who) for who in places) == len(set().union(*places))

    def test_every_municipality_of_the_day_is_there_once(self) -> None:
        codes = [row.code for row in coverage(TODAY)]
        assert len(codes) == len(set(codes)) == Municipality.objects.valid(TODAY).count() == 418

    def test_who_has_an_agreement_on_the_day_is_called_paid(self) -> None:
        paid = {row.code for row in coverage(TODAY) if row.standing == "paid"}
        assert paid == {row.municipality_id for row in Agreement.objects.all() if holds(row, TODAY)}

    def test_nobody_is_let_go_for_money_without_a_request_that_failed(self) -> None:
        """Invariant 8, over every closed plan."""
        with as_house():
            closed = [row for row in rows_of(Trajectory) if row.close_reason == "not_funded"]
            asked = {row.id: row for row in rows_of(FundingRequest)}
        assert closed
        for plan in closed:
            assert plan.let_go_municipality_id
            assert asked[plan.trail_id].state == "let_go"
            assert asked[plan.trail_id].dossier_id == plan.dossier_id

    def test_outside_the_team_no_small_number_is_told(self) -> None:
        for row in coverage(TODAY):
            for name, written in mapping.shown(row).items():
                count = getattr(row, name)
                assert written == (f"<{LEAST}" if 0 < count < LEAST else str(5 * round(count / 5)))


def test_every_number_of_the_page_is_counted_here() -> None:
    assert {one.name for one in fields(Counted)} == {
        *NUMBERS,
        *("code", "name", "latitude", "longitude", "standing"),
    }


@pytest.mark.parametrize(
    ("count", "written"),
    [(0, "0"), (1, "<10"), (9, "<10"), (10, "10"), (12, "10"), (13, "15"), (17, "15"), (512, "510")],
)
def test_one_to_nine_are_told_as_some_and_more_in_steps_of_five(count: int, written: str) -> None:
    assert guarded(count) == written
