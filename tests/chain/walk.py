"""One walk: deeds after one another on the database, each with its traces held against the truths."""

from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any, Final
from uuid import UUID

from django.core.cache import cache
from django.http import Http404

from gib.core.access.actor import Actor
from gib.core.journal import outbox
from gib.core.journal.models import Delivery
from gib.core.kernel.clock import Now, now_on
from gib.core.kernel.rules import CATALOGUE, RuleBroken
from gib.people.accounts.builders import mark_as_demo
from gib.people.accounts.models import forget_installation
from gib.portal.commands import tick
from tests.chain.rows import JOURNAL, Row, Rows, differences, read
from tests.chain.town import Town
from tests.chain.truths import Step, Tally, hold


class Nothing(Exception):
    """There is nothing to do this with."""


@dataclass(frozen=True)
class Deed:
    """One thing a person does: on a row of a table in some states, or on nothing yet."""

    name: str
    table: str
    states: frozenset[str]
    do: Callable[["Walk", Row], Any]
    column: str

    def suits(self, row: Row) -> bool:
        """Tell whether it makes sense for a row; what makes no sense is tried too, less often."""
        return not self.states or row[self.column] in self.states


#: Group -> what may happen in it.
DEEDS: Final[dict[str, list[Deed]]] = {}


def acted_on() -> set[str]:
    """Name the tables whose rows people do something with."""
    return {deed.table for group in DEEDS.values() for deed in group if deed.table} - {"families_dossier"}


def deed(group: str, table: str = "", *states: str, column: str = "state") -> Callable[[Any], Any]:
    """Add a function `(walk, row)` to what may happen."""

    def added(do: Callable[["Walk", Row], Any]) -> Callable[["Walk", Row], Any]:
        new = Deed(do.__name__, table, frozenset(map(str, states)), do, column)
        DEEDS.setdefault(group, []).append(new)
        return do

    return added


@dataclass
class Scene:
    """A town as it stands now; dice choose whenever there is a choice."""

    town: Town
    tally: Tally
    #: How often something was tried, in earlier walks too: what is rare goes first.
    tried: Counter[tuple[str, str]] = field(default_factory=Counter)
    #: Which throw of the dice this is; the same walk throws the same.
    seed: int = 0
    #: What came or changed in the last step.
    moved: set[tuple[str, Any]] = field(default_factory=set)
    dice: Random = field(init=False)
    on: date = field(init=False)
    rows: Rows = field(init=False)
    order: dict[str, list[Any]] = field(init=False, default_factory=dict)
    #: The team whose coordinator acts where she has no business, in a strange step.
    stranger: int | None = None
    #: Whether this step takes any row, also one with which it makes no sense.
    blind: bool = False

    def __post_init__(self) -> None:
        cache.clear()
        forget_installation()
        self.on = self.town.on
        self.dice = Random(self.seed)
        self._look()

    def pick(self, choices: Sequence[Any]) -> Any:
        """Choose one of these, of which there is at least one."""
        return self.dice.choice(choices)

    @property
    def now(self) -> Now:
        """The moment of the next deed."""
        return now_on(self.on)

    def _look(self) -> None:
        self.rows = read(self.on)
        for table, rows in self.rows.items():
            known = dict.fromkeys(key for key in self.order.get(table, []) if key in rows)
            self.order[table] = [*known, *(key for key in rows if key not in known)]

    # ---- who and what

    def by(self, row: Row) -> Actor:
        """Give who coordinates the case or volunteer of a row: the coordinator, or who stands in for her."""
        team = self.team_of(row)
        if self.stranger is not None:
            self.stranger = next(each for each in self.town.coordinators if each != team)
            return self.town.coordinators[self.stranger]
        deputies = [self.town.deputies[team]] if self.on <= self.town.deputy_until else []
        return self.pick([self.town.coordinators[team]] * 2 + deputies)

    def helper(self, row: Row) -> list[Actor]:
        """Give the volunteer of a match herself, when she has an account and still sees it."""
        gone = row["to_on"] is not None and row["to_on"] < self.on
        if gone or self.stranger is not None:
            return []
        return [each for each in self.town.visitors if each.volunteer_id == row["volunteer_id"]]

    def team_of(self, row: Row) -> int:
        """Give the team of a row, or of its dossier."""
        if "dossier_id" in row:
            row = self.rows["families_dossier"][row["dossier_id"]]
        return int(row["team_id"])

    def all(self, table: str, **only: Any) -> list[Row]:
        """Give the rows of a table, oldest first, that look like this."""
        rows = (self.rows[table][key] for key in self.order[table])
        return [row for row in rows if all(row[name] == value for name, value in only.items())]

    def some(self, table: str, **only: Any) -> Row:
        """Choose one row.

        Raises:
            Nothing: there is none.
        """
        return self.one(self.all(table, **only))

    def one(self, choices: Sequence[Any]) -> Any:
        """Choose one of these.

        Raises:
            Nothing: there is none.
        """
        if not choices:
            raise Nothing
        return self.pick(choices)

    def chance(self, part: int) -> bool:
        """Tell yes once in so many times."""
        return self.pick(range(part)) == part - 1

    def day(self, least: int, most: int) -> date:
        """Choose a day, counted from today."""
        return self.on + timedelta(days=self.pick(range(least, most + 1)))


class Walk(Scene):
    """What happens in a town, one deed after another."""

    def go(self, dossier_id: UUID | None = None) -> None:
        """Let something happen that makes sense, sooner what happened least; of one mother, when named."""
        self.blind, self.stranger = False, None
        self._choose(self._chances(dossier_id))

    def go_further(self) -> None:
        """Let something happen with what happened last, so that things come to their end."""
        self.blind, self.stranger = False, None
        chances = [
            (chosen, state, own)
            for chosen, state, rows in self._chances(None)
            if chosen.table and (own := [row for row in rows if (chosen.table, row["id"]) in self.moved])
        ]
        self._choose(chances or self._chances(None))

    def stumble(self) -> None:
        """Try something that makes no sense where it is tried, or that is none of her business."""
        self.blind = self.chance(2)
        self.stranger = None if self.blind else 0
        self._choose([chance for chance in self._chances(None) if chance[0].table])

    def _chances(self, dossier_id: UUID | None) -> list[tuple[Deed, str, list[Row]]]:
        """List what could be done: a deed, a state, and the rows in it."""
        found: list[tuple[Deed, str, list[Row]]] = []
        for each in (deed for group in DEEDS.values() for deed in group):
            rows: dict[str, list[Row]] = {}
            for row in self.all(each.table) if each.table else [{}]:
                if (self.blind or each.suits(row)) and dossier_id in (
                    None,
                    row.get("dossier_id", dossier_id),
                ):
                    rows.setdefault(str(row.get(each.column, "")), []).append(row)
            found += [(each, state, some) for state, some in rows.items()]
        return found

    def _choose(self, chances: list[tuple[Deed, str, list[Row]]]) -> None:
        keys = [(chosen.name, state) for chosen, state, _rows in chances]
        weights = [1 / (1 + self.tried[key]) ** 2 for key in keys]
        chosen, state, rows = self.dice.choices(chances, weights)[0]
        self.tried[chosen.name, state] += 1
        with suppress(Nothing):
            self.perform(chosen, self.pick(rows))

    def perform(self, chosen: Deed, row: Row) -> str:
        """Do it, let what it wakes happen, and hold the traces against the truths.

        Returns: the code of the rule that it broke, `404` for a stranger, or nothing.
        """
        try:
            chosen.do(self, row)
        except (RuleBroken, Http404) as refusal:
            return self._refused(chosen, refusal)
        assert not self._is_strange(row), f"{chosen.name}: somebody of another team did it"
        self.tally.done[chosen.name] += 1
        self._settle(chosen.name)
        return ""

    def _settle(self, what: str) -> None:
        self._wake()
        before = self.rows
        self._look()
        news = [self.rows[JOURNAL][key] for key in self.order[JOURNAL] if key not in before[JOURNAL]]
        self.moved = {
            (table, key)
            for table in acted_on()
            for key, row in self.rows[table].items()
            if before[table].get(key) != row
        }
        hold(Step(before, self.rows, news, self.on, what, self.town), self.tally)

    def _is_strange(self, row: Row) -> bool:
        """Tell whether somebody acted on a case that was not hers, nor offered to her."""
        if not self.stranger:
            return False
        offered = self.all("portal_transfer", state="proposed", to_team_id=self.stranger)
        return row.get("dossier_id", row["id"]) not in {each["dossier_id"] for each in offered}

    def _refused(self, chosen: Deed, refusal: Exception) -> str:
        code = refusal.code if isinstance(refusal, RuleBroken) else "404"
        after = read(self.on)
        assert after == self.rows, f"{chosen.name} broke {code} and left {differences(self.rows, after)}"
        assert code in CATALOGUE or self.stranger or self.blind, f"{chosen.name}: {code}"
        self.tally.refused[code] += 1
        return code

    def _wake(self) -> None:
        """Let the handlers run as after a commit, and those that they wake."""
        while outbox.catch_up(self.now):
            pass
        failed = Delivery.objects.exclude(last_error="").first()
        assert failed is None, f"{failed.handler} failed: {failed.last_error}"

    def let_days_pass(self, days: int) -> None:
        """Let some days go by, with the work that a new day brings."""
        self.on += timedelta(days=days)
        mark_as_demo(self.on)
        tick.run(_NO_OPTIONS)
        self.tally.done["let_days_pass"] += 1
        self._settle("let_days_pass")


_NO_OPTIONS: Any = None
