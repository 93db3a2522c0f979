"""How what must be in order is laid out: what it is, how it stands, who must act, and by which day."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _

from gib.core.ui.tables import Cell, Table, make
from gib.core.ui.words import day
from gib.people.volunteers import domain, wording
from gib.people.volunteers.domain import Need, Papers, Party, Standing, State
from gib.people.volunteers.domain import Stand as Held

#: What is too late stands first, then what is still to do.
_ORDER: Final = (Standing.PAST_DUE, Standing.DUE, Standing.EXEMPT, Standing.IN_ORDER)


def stands_of(rows: Iterable[Any]) -> list[Held]:
    """Give the states of a volunteer in the order of their days."""
    return sorted(
        (Held(State(row.state), row.from_on, row.to_on) for row in rows), key=lambda one: one.from_on
    )


def at_work_since(stands: list[Held]) -> date | None:
    """Give the first day on which she was called available."""
    return next((one.from_on for one in stands if one.state is State.AVAILABLE), None)


def ranked(papers: Papers, stands: list[Held], on: date) -> list[Need]:
    """Give everything she must have in order, what is too late first."""
    found = domain.needs(papers, on, at_work_since(stands))
    return sorted(found, key=lambda need: _ORDER.index(need.standing))


def table(needs: list[Need], *, is_own: bool) -> Table:
    """Draw what must be in order, a row each.

    Args:
        is_own: she reads it herself.
    """
    parties = wording.PARTIES | ({Party.VOLUNTEER: wording.YOU} if is_own else {})
    rows: list[list[Cell | str | int]] = [
        [
            str(wording.REQUIREMENTS[need.rule.requirement]),
            Cell(state=f"need.{need.standing}"),
            str(parties[need.rule.party]),
            by_when(need),
        ]
        for need in needs
    ]
    return make(_("Wat in orde moet zijn"), [_("Wat"), _("Stand"), _("Wie"), _("Wanneer")], rows)


def by_when(need: Need) -> str:
    """Say until when it holds, by which day it must be there, or since when it is too late."""
    if need.past_since:
        return _("te laat sinds %(day)s") % {"day": day(need.past_since)}
    if need.standing is Standing.DUE:
        return _("uiterlijk %(day)s") % {"day": day(need.due_on)} if need.due_on else _("vóór haar start")
    return _("tot en met %(day)s") % {"day": day(need.due_on)} if need.due_on else ""


def exemptions(rows: Iterable[Any], on: date) -> list[dict[str, str]]:
    """List the exemptions that run, each with the address where it ends."""
    told = _("%(what)s, tot en met %(day)s")
    return [
        {
            "words": told
            % {"what": wording.REQUIREMENTS[domain.Requirement(row.requirement)], "day": day(row.to_on)},
            "url": reverse("volunteers:exemption_end", args=[row.id]),
        }
        for row in rows
        if row.from_on <= on < row.to_on
    ]
