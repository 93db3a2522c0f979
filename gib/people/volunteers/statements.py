"""The yearly statement of travel money that a volunteer gave away, as a paper."""

from datetime import datetime
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext as _

from gib.core.kernel.dates import ZONE
from gib.core.kernel.money import euros
from gib.core.papers.pdf import pdf, printable
from gib.core.ui.words import day
from gib.people.partners.domain import RateKind
from gib.people.volunteers.domain.expenses import Ride, waived_lines
from gib.people.volunteers.models import expenses as tables
from gib.people.volunteers.presenting_expenses import kilometres

_LAYOUT: Final = Path(__file__).parent / "layouts" / "waived.typ"


def statement(name: str, year: int, rides: list[Ride], at: datetime) -> bytes:
    """Print what a volunteer gave away in a year, at the rate of employees in that year (DEC-09).

    Raises:
        RuleBroken: 'rate_unknown' when a ride lies on a day without a rate.
    """
    return pdf(_LAYOUT, told(name, year, rides, at), at)


def told(name: str, year: int, rides: list[Ride], at: datetime) -> dict[str, Any]:
    """Give the words of the statement; `name` is that of the volunteer and of nobody else."""
    found = waived_lines(rides, tables.rates(RateKind.FISCAL))
    rows = [
        [_("%(rate)s cent per kilometer") % {"rate": rate}, kilometres(tenths), euros(cents)]
        for rate, (tenths, cents) in found.items()
    ]
    total = sum(cents for _tenths, cents in found.values())
    whole = sum(tenths for tenths, _cents in found.values())
    return {
        "title": _("Opgave van weggegeven reisgeld %(year)s") % {"year": year},
        "facts": [
            [_("Vrijwilliger"), printable(name)],
            [_("Jaar"), str(year)],
            [_("Ritten"), str(len(rides))],
            [_("Gemaakt op"), day(at.astimezone(ZONE).date())],
        ],
        "rides": _("Wat je had kunnen krijgen"),
        "heads": [_("Tarief"), _("Kilometers"), _("Bedrag")],
        "rows": rows,
        "total": [_("Samen"), kilometres(whole), euros(total)],
        "note": _(
            "Je had recht op dit reisgeld en je hebt er vrijwillig van afgezien. Daarom kan dit bedrag tellen"
            " als gift. Bewaar deze opgave bij je belastingpapieren."
        ),
    }
