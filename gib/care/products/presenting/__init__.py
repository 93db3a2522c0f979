"""Products, matches, visits and meetings as pages show them, each in a fixed number of queries."""

from gib.care.products.presenting.been import last_time
from gib.care.products.presenting.contacts import (
    VisitLine,
    contact_page,
    in_dossier,
    in_match,
    is_id,
    lines,
    unread,
)
from gib.care.products.presenting.exclusions import exclusions_of, helpers_of
from gib.care.products.presenting.matches import code_words, match_page
from gib.care.products.presenting.meetings import may_come, meeting_page, meetings
from gib.care.products.presenting.parts import lead_of, parts_of
from gib.care.products.presenting.series import days_to_change, rhythm_of, series_page

__all__ = [
    "VisitLine",
    "code_words",
    "contact_page",
    "days_to_change",
    "exclusions_of",
    "helpers_of",
    "in_dossier",
    "in_match",
    "is_id",
    "last_time",
    "lead_of",
    "lines",
    "match_page",
    "may_come",
    "meeting_page",
    "meetings",
    "parts_of",
    "rhythm_of",
    "series_page",
    "unread",
]
