"""Who may visit for a volunteer who is away, with reasons; and how it stands with who was asked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from gib.care.products.domain.match import State
from gib.care.products.domain.standin import is_going
from gib.care.products.models import StandIn
from gib.care.products.models.pool import stand_in_problem
from gib.care.products.presenting import names
from gib.care.products.presenting.board import Offered, kept_away, offered
from gib.care.products.presenting.matches import code_words
from gib.core.access.tables import P
from gib.core.access.together import Steps, begin, in_steps
from gib.core.kernel.dates import Period
from gib.core.ui.words import day
from gib.engines.matching import Pool, nearly, top
from gib.engines.matching.explain import Candidate

#: What counts for a match and says nothing of who comes a few times: how long she waits, and for how many.
_OF_A_MATCH: Final = frozenset({"waiting", "release", "load"})
#: A coordinator who must find somebody today reads a few names, not a whole list.
_FEW = 5


@dataclass(frozen=True)
class StandInLine:
    """One who was asked: her name, the days, how it stands, and what may be pressed."""

    name: str
    days: str
    state: str
    steps: list[tuple[str, str]]


def span(row: Any) -> str:
    """Write the days on which somebody stands in, of which a reader sees the first and the last."""
    first, last = day(row.from_on), day(row.to_on)
    return first if first == last else _("%(first)s tot en met %(last)s") % {"first": first, "last": last}


def short_list(request: Any, match: Any, days: Period) -> dict[str, Any]:
    """Gather who may take over the visits of some days, the best first, and who nearly may."""
    pool = Pool(stand_in_problem(request.actor, match, days, request.now.on))
    demand = next(iter(pool.problem.waiting), None)
    if demand is None:
        return {"offers": [], "kept": None}
    found = top(pool, demand, _FEW).candidates
    others = nearly(pool, demand, _FEW)
    shown = [one.volunteer for one in found] + [one.volunteer for one in others]
    helpers = _names(request, shown)
    return {
        "offers": [
            _in_order(offered(pool, demand, rank, _without(one), helpers))
            for rank, one in enumerate(found, 1)
        ],
        "kept": kept_away(pool, others, helpers),
    }


def _without(one: Candidate) -> Candidate:
    return replace(one, reasons=tuple(part for part in one.reasons if part.code not in _OF_A_MATCH))


def _in_order(one: Offered) -> Offered:
    """Say first what holds of everybody on the list: the rules let her."""
    return replace(one, good=[_("Training, papieren, taal en toegang zijn in orde."), *one.good])


def _names(request: Any, volunteers: Iterable[str]) -> Mapping[str, str]:
    found = names.volunteers(request, [UUID(one) for one in volunteers])
    return {str(key): name for key, name in found.items()}


@in_steps
def stand_ins_of(request: Any, match: Any) -> Steps[list[StandInLine]]:
    """Give who was asked to stand in for a match and is not over, for who may match."""
    if not request.actor.may(P.MATCH):
        return []
    rows: Any = StandIn.visible_to(request.actor, request.now.on).filter(match_id=match.id)
    found = yield rows.going(request.now.on)
    helpers = yield from begin(names.volunteers, request, [row.volunteer_id for row in found])
    return [_line(row, helpers) for row in found]


def _line(row: Any, helpers: Mapping[UUID, str]) -> StandInLine:
    pages = [
        ("stand_in_answer", _("Antwoord van de vrijwilliger"), row.volunteer_said_on is None),
        ("stand_in_mother", _("Antwoord van de moeder"), row.mother_said_on is None),
        ("stand_in_end", _("Zeg het invallen af"), True),
    ]
    return StandInLine(
        name=helpers.get(row.volunteer_id, ""),
        days=span(row),
        state=f"match.{row.state}",
        steps=[
            (reverse(f"products:{page}", args=[row.id]), verb) for page, verb, is_open in pages if is_open
        ],
    )


def about(row: Any) -> str:
    """Say what somebody is asked to stand in for, without saying for whom."""
    return f"{code_words(row)} · {span(row)}"


@dataclass(frozen=True)
class Standing:
    """A mother whom a volunteer visits for another: her name, and the days."""

    dossier_id: UUID
    brand: str
    days: str


def questions(request: Any) -> tuple[list[tuple[str, str]], list[Standing]]:
    """Give what a volunteer is asked to stand in for, and where she does, until the last day."""
    on: date = request.now.on
    rows: Any = StandIn.visible_to(request.actor, on).select_related("prison", "municipality")
    found = [row for row in rows if is_going(State(row.state), row.to_on, on)]
    return [_question(row) for row in found if row.volunteer_said_on is None], [
        _standing(row) for row in found if row.state == State.AGREED
    ]


def _question(row: Any) -> tuple[str, str]:
    return about(row), reverse("products:stand_in_answer", args=[row.id])


def _standing(row: Any) -> Standing:
    return Standing(row.dossier_id, row.brand, span(row))
