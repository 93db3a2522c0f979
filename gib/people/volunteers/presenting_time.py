"""How the time and wishes of a volunteer are laid out, for herself and for her coordinator."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from gib.core.access.guard import Request
from gib.core.access.tables import P
from gib.core.ui.words import day
from gib.engines.matching.problem import Daypart
from gib.people.volunteers import choices
from gib.people.volunteers.forms.volunteers import LANGUAGES
from gib.people.volunteers.models import Volunteer
from gib.people.volunteers.models.availability import Told, codes, told_of
from gib.people.volunteers.presenting_talks import quiet


def time_of(request: Request, volunteer_id: UUID) -> dict[str, Any]:
    """Give the week, the days away and the wishes of one volunteer.

    Raises:
        Http404: she does not exist for this reader.
    """
    actor, on = request.actor, request.now.on
    row = Volunteer.visible_to(actor, on).get_or_404(pk=volunteer_id)
    told = told_of(actor, on, [row.id]).get(row.id, Told())
    return {
        "volunteer": row,
        "is_own": not actor.may(P.MANAGE_VOLUNTEER),
        "week": week_lines(told.dayparts),
        "absences": [(one, f"absence.{one.kind}", days(one), one.from_on <= on) for one in told.absences],
        "wishes": _wishes(row, told),
        "quiet": quiet(request, row),
    }


def days(away: Any) -> str:
    """Write the days of an absence."""
    if away.to_on is None:
        return _("vanaf %(day)s") % {"day": day(away.from_on)}
    if away.from_on == away.to_on:
        return day(away.from_on)
    return _("%(start)s tot en met %(end)s") % {"start": day(away.from_on), "end": day(away.to_on)}


def week_lines(dayparts: Iterable[Daypart]) -> list[tuple[str, str]]:
    """Give a line per day on which she can, with the parts of that day."""
    told: dict[str, list[str]] = {}
    for part in dayparts:
        name, _mark, half = part.partition("_")
        told.setdefault(name, []).append(str(choices.PARTS[half]))
    return [(str(word), ", ".join(told[name])) for name, word in choices.DAYS.items() if name in told]


def _wishes(row: Any, told: Told) -> list[tuple[str, str]]:
    languages = dict(LANGUAGES)
    lines = {
        _("Graag doen"): _words(choices.INTERESTS, told.interests),
        _("Ervaring met kinderen van"): _words(choices.AGES, told.experience),
        _("Liever niet"): _words(choices.RATHER_NOT, told.rather_not),
        _("Talen"): ", ".join(str(languages.get(code, code)) for code in codes(row.languages)),
        _("Moeders tegelijk"): str(row.most_matches),
        _("Reizen"): _("ten hoogste %(minutes)d minuten") % {"minutes": row.most_minutes}
        + (_(", met de auto") if row.has_car else ""),
        _("Hoe lang"): str(choices.MONTHS[told.months]) if told.months else "",
        _("Niet in"): ", ".join(told.areas),
    }
    return [(label, text) for label, text in lines.items() if text]


def _words(words: Any, chosen: Iterable[Any]) -> str:
    return ", ".join(str(words[code]).lower() for code in chosen)
