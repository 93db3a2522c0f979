"""A prison that is closed: what was planned there is called off, and whom it touches hears of it."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from gib.care.products.actions.contacts import cancel_visit
from gib.care.products.actions.meetings import call_off
from gib.care.products.domain.contact import AHEAD, IN_PRISON, Cancelled, Reason
from gib.care.products.models import Contact, GroupMeeting
from gib.core.access.actor import Actor
from gib.core.access.tables import Role
from gib.core.journal.acts import act
from gib.core.journal.outbox import notify
from gib.core.kernel.clock import Now
from gib.core.kernel.dates import Period
from gib.people.accounts.models import Appointment
from gib.people.partners.domain import Closing

#: Why a prison is closed -> why a visit did not take place.
_REASONS: Final[Mapping[Closing, Reason]] = {
    Closing.LOCKDOWN: Reason.LOCKDOWN,
    Closing.STAFF_SHORTAGE: Reason.STAFF_SHORTAGE,
    Closing.CELL_SEARCH: Reason.CELL_SEARCH,
    Closing.OTHER: Reason.OTHER,
}


@act
def close_days(actor: Actor, prison: str, days: Period, why: Closing, now: Now) -> int:
    """Call off every visit and meeting in a prison on some days; the prison did, and nobody failed.

    Volunteers and the coordinators of the teams get a notice without content, once for this closure.

    Returns: how many visits and meetings were called off.

    Source: issue of the products: a lockdown of a day cancels and tells everyone.
    """
    span = {"prison_id": prison, "planned_on__range": (days.from_on, days.to_on)}
    rows: Any = Contact.for_action(actor, now.on).filter(kind__in=sorted(IN_PRISON), **span)
    visits = list(rows.filter(state__in=sorted(AHEAD)))
    meetings = list(GroupMeeting.objects.select_for_update().planned().filter(**span))
    for visit in visits:
        cancel_visit(actor, visit.id, _REASONS[why], Cancelled.PRISON, now)
    for meeting in meetings:
        call_off(actor, meeting, _REASONS[why], now)
    helpers = {each.volunteer_id for each in visits if each.volunteer_id}
    teams = {each.team_id for each in (*visits, *meetings)}
    _tell(helpers, teams, f"{prison}:{days.from_on}", now)
    return len(visits) + len(meetings)


def _tell(helpers: Iterable[Any], teams: Iterable[int], about: str, now: Now) -> None:
    seats = Appointment.objects.current(now.on)
    leading = seats.filter(team_id__in=sorted(teams), role__in=[Role.COORDINATOR, Role.DEPUTY])
    for seat in {*seats.filter(volunteer_id__in=list(helpers)), *leading}:
        notify(seat.user_id, "prison_closed", f"prison_closed:{about}:{seat.user_id}", now)
