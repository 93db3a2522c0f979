"""A volunteer for a mother, in a match or standing in some weeks: whether she may come, and telling her."""

from datetime import date
from typing import Any

from gib.care.products.domain.match import check_exclusion, check_neighbour, check_ready
from gib.care.products.models import is_excluded
from gib.care.products.models.readiness import reasons_against
from gib.core.journal.outbox import notify
from gib.core.kernel.clock import Now
from gib.people.accounts.models import Appointment
from gib.people.families.models import home_areas, participant_of
from gib.people.partners.models import villages_of


def check_pair(row: Any, on: date) -> None:
    """Hold a volunteer against who is never asked for a mother or lives near her, and her papers on a day.

    Her address is opened for this one pair, and only the digits of its area come out.

    Raises:
        RuleBroken: 'volunteer_excluded', 'volunteer_is_neighbour', 'volunteer_in_village',
        'volunteer_not_allowed'.
    """
    check_exclusion(is_excluded(row.dossier_id, row.volunteer_id, on))
    hers, theirs = home_areas([participant_of(row.dossier_id)]).get(row.dossier_id, ()), row.volunteer.pc4
    check_neighbour(hers, theirs, villages_of([*hers, theirs]) if hers and theirs else {})
    check_ready(reasons_against(row, None, on))


def tell_volunteer(row: Any, now: Now, occasion: str) -> None:
    """Queue a notice without content for the volunteer of a row, when she has a way in."""
    for seat in Appointment.objects.current(now.on).filter(volunteer_id=row.volunteer_id):
        notify(seat.user_id, occasion, f"{occasion}:{row.id}:{seat.user_id}", now)
