"""What the five products share: her part in each, matches, contacts, group meetings and who came."""

from gib.care.products.models.contact import Contact
from gib.care.products.models.exclusion import Exclusion, is_excluded
from gib.care.products.models.match import Match
from gib.care.products.models.meeting import Attendance, GroupMeeting, MeetingSpeaker
from gib.care.products.models.participation import Participation
from gib.care.products.models.readers import (
    attended,
    expected_at,
    facts_of,
    held_contacts,
    is_apart,
    is_paused_here,
    last_contacts,
    live_match,
    norm,
    on_list,
    open_match,
    open_matches,
    rests_at_home,
    silent_matches,
)
from gib.care.products.models.series import SeriesException, VisitSeries, booked
from gib.care.products.models.standin import StandIn, Visitor, visitor_on
from gib.care.products.models.talks import MatchTalk

__all__ = [
    "Attendance",
    "Contact",
    "Exclusion",
    "GroupMeeting",
    "Match",
    "MatchTalk",
    "MeetingSpeaker",
    "Participation",
    "SeriesException",
    "StandIn",
    "VisitSeries",
    "Visitor",
    "attended",
    "booked",
    "expected_at",
    "facts_of",
    "held_contacts",
    "is_apart",
    "is_excluded",
    "is_paused_here",
    "last_contacts",
    "live_match",
    "norm",
    "on_list",
    "open_match",
    "open_matches",
    "rests_at_home",
    "silent_matches",
    "visitor_on",
]
