"""What becomes of the data of a volunteer who left: how long they are kept, and when they may go."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Final

from gib.core.kernel.dates import add_months
from gib.core.kernel.rules import RuleBroken, declare
from gib.people.volunteers.domain.volunteer import VolunteerEvent

declare(
    {
        "volunteer_kept": "Haar gegevens blijven nog bewaard. Wissen kan na de bewaartermijn.",
        "volunteer_owed": "Haar onkosten zijn nog niet afgehandeld. Betaal ze uit of wijs ze af.",
    }
)

#: Somebody who left is kept for so many years, when no dated term says otherwise (VOL-03).
KEPT_YEARS: Final = 2


def kept_until(left_on: date, years: int) -> date:
    """Give the last day that somebody is kept after she left; 29 February becomes the 28th."""
    return add_months(left_on, 12 * years)


def check_erase(left_on: date | None, years: int, on: date, open_claims: int) -> None:
    """Allow to erase somebody who left longer ago than the term, and to whom nothing is owed.

    Args:
        left_on: the day of her goodbye; None when she did not leave.
        open_claims: how many claims wait for an approval or for the bank.

    Raises:
        RuleBroken: 'volunteer_kept', 'volunteer_owed'.

    Source: VOL-03.
    """
    if left_on is None or on <= kept_until(left_on, years):
        raise RuleBroken("volunteer_kept")
    if open_claims:
        raise RuleBroken("volunteer_owed")


@dataclass(frozen=True, kw_only=True)
class VolunteerErased(VolunteerEvent):
    """The key of a volunteer who left was destroyed, with all that figures and the accounts do not need."""

    sentence: ClassVar[str] = "De gegevens van een vrijwilliger die wegging, zijn gewist."
