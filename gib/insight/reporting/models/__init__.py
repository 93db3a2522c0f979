"""Two ways to the same figures: from the rows as they are now, and from the journal alone."""

from gib.insight.reporting.models.ledger import from_journal, journal_cells
from gib.insight.reporting.models.rows import (
    cells,
    count,
    first_day,
    gap,
    listed,
    matched,
    placed,
    team_places,
)
from gib.insight.reporting.models.trails import without_trail
from gib.insight.reporting.models.waiting import Waited, waited

__all__ = [
    "Waited",
    "cells",
    "count",
    "first_day",
    "from_journal",
    "gap",
    "journal_cells",
    "listed",
    "matched",
    "placed",
    "team_places",
    "waited",
    "without_trail",
]
