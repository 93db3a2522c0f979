"""How days, hours and names are written for people: one way, everywhere."""

from contextvars import ContextVar
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Final

from django.utils import dateformat
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from gib.core.kernel.clock import real_now
from gib.core.kernel.dates import ZONE

NEAR_DAYS: Final = 7
_QUARTERS: Final = ("", "¼", "½", "¾")
_today: ContextVar[date | None] = ContextVar("gib_today", default=None)


def set_today(on: date | None) -> None:
    """Fix the business day of the page being made; without one, the machine's clock counts."""
    _today.set(on)


def today() -> date:
    """Give the day that 'today' means on the page being made."""
    return _today.get() or real_now().on


def day(value: date | datetime | None, is_relative: bool = False) -> str:
    """Write a day as "di 2 dec", with the year when it is not this year, and the time of a moment.

    Args:
        value: a local day, or an aware moment that is shown in Amsterdam time.
        is_relative: write "morgen" or "over 3 dagen" when it is at most seven days away.
    """
    if value is None:
        return ""
    moment = value.astimezone(ZONE) if isinstance(value, datetime) else None
    on = moment.date() if moment else value
    away = (on - today()).days
    if is_relative and abs(away) <= NEAR_DAYS:
        written = near(away)
    else:
        written = _written(on, "D j M" if on.year == today().year else "D j M Y", get_language())
    return f"{written} {moment:%H:%M}" if moment else written


@lru_cache(maxsize=4096)
def _written(on: date, how: str, _language: str | None) -> str:
    return dateformat.format(on, how).lower()


def near(away: int) -> str:
    """Write a distance in days: "vandaag", "morgen", "over 3 dagen", "3 dagen geleden"."""
    fixed = {0: _("vandaag"), 1: _("morgen"), -1: _("gisteren")}
    if away in fixed:
        return fixed[away]
    if away > 0:
        return ngettext("over %(days)d dag", "over %(days)d dagen", away) % {"days": away}
    return ngettext("%(days)d dag geleden", "%(days)d dagen geleden", -away) % {"days": -away}


def hours(value: int | timedelta | None) -> str:
    """Write a duration in hours with a quarter step: 90 minutes is "1½ uur"."""
    if value is None:
        return ""
    minutes = value.total_seconds() / 60 if isinstance(value, timedelta) else value
    whole, quarters = divmod(int(minutes / 15 + 0.5), 4)
    number = f"{whole or ''}{_QUARTERS[quarters]}" or "0"
    return _("%(hours)s uur") % {"hours": number}


def short_name(name: str) -> str:
    """Write a first name with the initial of the last name: "Wendy van den Berg" is "Wendy B."."""
    first, *rest = name.split() or [""]
    capitals = [part for part in rest if part[0].isupper()] or rest[-1:]
    return f"{first} {capitals[0][0].upper()}." if capitals else first


def initials(name: str) -> str:
    """Write the initials of a name, for a page that others may see: "Samira Bouzid" is "S.B."."""
    parts = [part for part in name.split() if part[0].isupper()] or name.split()[:1]
    return "".join(f"{part[0].upper()}." for part in parts)
