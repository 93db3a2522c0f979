"""Questions about matches, contacts and parts in a product, for acts and later stages."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import Max

from gib.care.products.domain import NORMS
from gib.care.products.domain.match import LIVE, ONE_AT_A_TIME
from gib.care.products.domain.meeting import Presence, counts
from gib.care.products.domain.participation import INSIDE, Facts, is_paused
from gib.care.products.domain.participation import State as Part
from gib.care.products.models.contact import Contact
from gib.care.products.models.match import Match
from gib.care.products.models.meeting import Attendance, GroupMeeting
from gib.care.products.models.participation import Participation
from gib.care.products.models.standin import Visitor
from gib.care.trajectory.domain import State as Stage
from gib.care.trajectory.models import has_goal, is_covered, supports
from gib.core.access import rls
from gib.core.access.together import Steps, begin, in_steps
from gib.core.kernel.rules import RuleBroken
from gib.people.families.models import (
    apart_from,
    current_place,
    latest_expectation,
    was_detained,
)
from gib.people.partners.domain import Product
from gib.people.partners.models import legal_value

_ANY_DAY: Final = date(2000, 1, 1)
#: Nearly everybody who meets has met within so many days.
_LATELY: Final = timedelta(days=60)


def norm(key: str, on: date) -> int:
    """Give a default of the products, or the dated value that an installation set for it."""
    try:
        return legal_value(key, on)
    except RuleBroken:
        return NORMS[key]


def facts_of(part: Participation, on: date, child_ready: bool = False) -> Facts:
    """Gather what the guards of a product need to know about a mother on a day."""
    expected = latest_expectation(part.dossier_id)
    return Facts(
        trajectory=Stage(part.trajectory.state),
        has_consent=supports(part.dossier_id, on),
        has_goal=has_goal(part.dossier_id),
        is_detained=was_detained(part.dossier_id, on),
        is_covered=is_covered(part.dossier_id, on),
        release_known=bool(expected and expected.expected_on),
        child_ready=child_ready,
        has_match=live_match(part.id) is not None,
    )


def open_match(participation_id: UUID) -> Match | None:
    """Give the proposal or match that takes the place of this participation."""
    rows = Match.for_house("open_match", _ANY_DAY).filter(participation_id=participation_id)
    found: Match | None = rows.filter(state__in=sorted(ONE_AT_A_TIME)).first()
    return found


def open_matches(volunteer_id: UUID, on: date, besides: UUID | None = None) -> int:
    """Count the proposals and matches of a volunteer, those of other teams included."""
    with rls.system("room", on):
        rows: Any = Match.for_house("room", on).filter(volunteer_id=volunteer_id).exclude(pk=besides)
        return int(rows.open().count())


def live_match(participation_id: UUID) -> Match | None:
    """Give the match of people who have met, for one participation."""
    rows: Any = Match.for_house("live_match", _ANY_DAY).filter(participation_id=participation_id)
    found: Match | None = rows.live().order_by("-from_on").first()
    return found


def held_contacts(match_id: UUID) -> int:
    """Count the contacts of a match that took place."""
    rows: Any = Contact.for_house("held_contacts", _ANY_DAY).filter(match_id=match_id)
    return int(rows.took_place().count())


@in_steps
def last_contacts(matches: Iterable[Any], on: date) -> Steps[dict[UUID, date]]:
    """Give the day of the last contact of matches that go on, of people who have met.

    Nearly all met lately, and the contacts of a team lie in an index in the order of their days; only those
    who did not are looked up. All lists of a page that look at the same matches ask it as one question.
    """
    met = {match.id: match for match in _met(matches)}
    rows: Any = Contact.for_house("last_held", _ANY_DAY)
    held = rows.took_place().order_by().values_list("match_id").annotate(last=Max("held_on"))
    since = on - _LATELY
    teams = {match.team_id for match in met.values()}
    lately = held.filter(match_id__in=list(met), team_id__in=sorted(teams), held_on__gt=since)
    found = dict((yield lately))
    older = [one for one, match in met.items() if one not in found and match.from_on <= since]
    return found | dict((yield held.filter(match_id__in=older)))


@in_steps
def silent_matches(matches: list[Any], on: date, days: int) -> Steps[dict[UUID, date]]:
    """Give the matches without contact for longer than `days`, with the day of the last or the start."""
    held = yield from begin(last_contacts, matches, on)
    latest = {match.id: held.get(match.id, match.from_on) for match in _met(matches)}
    return {match: last for match, last in latest.items() if last < on - timedelta(days=days)}


def _met(matches: Iterable[Any]) -> list[Any]:
    """Keep the matches that go on, of people who have met."""
    return [match for match in matches if match.state in LIVE and match.from_on]


def attended(part: Participation) -> int:
    """Count the meetings of this participation at which she was present, or that she caught up on."""
    rows = Attendance.for_house("attended", _ANY_DAY).filter(participation_id=part.id)
    return sum(counts(*told) for told in rows.values_list("presence", "caught_up_on"))


def is_paused_here(part: Any, on: date) -> bool:
    """Tell whether a series inside rests because she sits in another prison now."""
    if Product(part.product) not in INSIDE or part.state != Part.RUNNING:
        return False
    place = current_place(part.dossier_id, on)
    return is_paused(
        Part(part.state), Product(part.product), part.prison_id, place.prison_id if place else None
    )


def rests_at_home(participation_id: UUID, on: date) -> bool:
    """Tell whether help at home has begun and rests, because she is held again."""
    rows = Participation.for_house("rests", on).filter(pk=participation_id, state=Part.RUNNING)
    part: Participation | None = rows.exclude(product__in=sorted(INSIDE)).first()
    return part is not None and was_detained(part.dossier_id, on)


def on_list(meeting_id: int) -> Any:
    """Give who stands on the list of a meeting and was not taken off it, for the house."""
    rows = Attendance.for_house("apart", _ANY_DAY).filter(meeting_id=meeting_id)
    return rows.exclude(presence=Presence.OVERTAKEN)


def expected_at(meeting: GroupMeeting) -> int:
    """Count who is expected at a meeting: on its list and not off it, and the women whom nobody knows."""
    gone = (Presence.EXCUSED, Presence.REFUSED, Presence.PREVENTED)
    listed = on_list(meeting.pk).exclude(presence__in=gone)
    return int(listed.count()) + meeting.expected_count


def is_apart(listed: Any, dossier_id: UUID, on: date) -> bool:
    """Tell whether a list holds somebody from whom a mother is kept apart on a day.

    The house itself looks: who fills the list may not see the other.
    """
    others = apart_from(dossier_id, on)
    with rls.system("apart", on):
        return bool(others) and bool(listed.filter(dossier_id__in=others).exists())


def visitor_of(row: Any) -> Visitor | None:
    """Tell who makes a visit, for whoever asks about her papers; None for a talk of the coordinator.

    The house itself looks: who stands in does not see the match.
    """
    if row.match_id is None:
        return None
    with rls.system("visitor", _ANY_DAY):
        match: Match = Match.for_house("visitor", _ANY_DAY).get(pk=row.match_id)
    volunteer_id = row.volunteer_id or match.volunteer_id
    return Visitor(volunteer_id, match.product, match.prison_id, row.stand_in_id)
