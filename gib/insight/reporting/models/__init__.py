"""Two ways to the same figures: from the rows as they are now, and from the journal alone."""

from gib.insight.reporting.models.ledger import from_journal
from gib.insight.reporting.models.rows import count, first_day, listed

__all__ = ["count", "first_day", "from_journal", "listed"]
