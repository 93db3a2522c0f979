"""One step of a walk: how it was, how it is, and what the journal says happened between."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from tests.chain.rows import Row, Rows
from tests.chain.town import Town


@dataclass(frozen=True)
class Step:
    """The rows before and after, the new rows of the journal in order, and the day."""

    before: Rows
    after: Rows
    news: list[Row]
    on: date
    what: str
    town: Town

    def rows(self, table: str) -> Iterator[Row]:
        """Give the rows of a table as they are now."""
        return iter(self.after[table].values())

    def of(self, table: str, dossier_id: UUID) -> list[Row]:
        """Give the rows of a dossier as they are now."""
        return [row for row in self.rows(table) if row["dossier_id"] == dossier_id]

    def entered(self, table: str, *states: str) -> Iterator[Row]:
        """Give the rows that came into one of these states in this step."""
        for key, row in self.after[table].items():
            old = self.before[table].get(key)
            if row["state"] in states and (old is None or old["state"] != row["state"]):
                yield row

    def told(self, *names: str) -> list[Row]:
        """Give the new rows of the journal with one of these names."""
        return [row for row in self.news if row["name"] in names]


@dataclass
class Tally:
    """What all walks together came across."""

    done: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    moves: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    events: Counter[str] = field(default_factory=Counter)

    @property
    def steps(self) -> int:
        """How many deeds were done or refused."""
        return self.done.total() + self.refused.total()
