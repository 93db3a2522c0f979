"""What the talks about matches inside put on the start page: halfway, and who comes to her home."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from gib.care.products.domain.match import State
from gib.care.products.domain.talks import MatchTalkKind, closing_due, midterm_due
from gib.care.products.models import MatchTalk, norm
from gib.care.products.presenting import names
from gib.care.products.slots import matched, underway
from gib.core.access.together import Steps, begin, in_steps
from gib.core.ui.slots import Task
from gib.core.ui.words import day
from gib.people.partners.domain import Product

_MOST = 30


@in_steps
def talks_due(request: Any) -> Steps[list[Task]]:
    """List the matches inside of which the talk halfway or the closing talk should be held.

    The matches and the parts that go on are asked with the questions that other lists ask.
    """
    matches, parts, told = yield _questions(request)
    home = {part.dossier_id for part in parts if part.product == Product.MOEDERMAATJES}
    found = list(islice(_due(matches, home, told, request.now.on), _MOST))
    mothers = yield from begin(names.mothers, request, [row.dossier_id for row, _kind in found])
    return [_task(row, kind, row.dossier_id in home, mothers.get(row.dossier_id, "")) for row, kind in found]


def _questions(request: Any) -> tuple[Any, ...]:
    """Ask for the matches, the parts that go on and have a volunteer, and the days of the talks."""
    actor, on = request.actor, request.now.on
    told = MatchTalk.of_team(actor, on).values_list("match_id", "kind", "held_on")
    return matched(request), underway(request), told


def _due(
    matches: Iterable[Any], home: set[UUID], told: Iterable[tuple[UUID, str, date]], on: date
) -> Iterator[tuple[Any, MatchTalkKind]]:
    """Give the matches inside of which a talk is due, each with which talk."""
    held: dict[UUID, dict[str, date]] = defaultdict(dict)
    for match_id, kind, held_on in told:
        held[match_id][kind] = max(held_on, held[match_id].get(kind, held_on))
    weeks = norm("midterm_weeks", on)
    for row in filter(_met_inside, matches):
        state, said = State(row.state), held[row.id]
        is_closed = MatchTalkKind.CLOSING in said
        if not is_closed and closing_due(state, row.end_reason, row.to_on, row.dossier_id in home, on):
            yield row, MatchTalkKind.CLOSING
        elif midterm_due(state, row.from_on, max(said.values(), default=None), on, weeks):
            yield row, MatchTalkKind.MIDTERM


def _met_inside(row: Any) -> bool:
    return row.product == Product.BEZOEKMOEDERS and row.from_on is not None


def _why(row: Any, kind: MatchTalkKind, has_next: bool) -> str:
    if kind is MatchTalkKind.MIDTERM:
        told = _("Zij kennen elkaar sinds %(day)s. Bespreek halverwege hoe het gaat.")
        return told % {"day": day(row.from_on)}
    if has_next:
        return _("De bezoeken sluiten af. Komt dezelfde vrijwilliger straks bij haar thuis?")
    return _("De bezoeken sluiten af. Bespreek met allebei hoe het was.")


def _task(row: Any, kind: MatchTalkKind, has_next: bool, mother: str) -> Task:
    return Task(
        who=mother,
        why=_why(row, kind, has_next),
        url=reverse(f"products:match_{kind}", args=[row.id]),
        button=_("Vul in"),
        tone="busy",
        badge=f"match.{row.state}",
        rank=52,
        dossier_id=row.dossier_id,
    )
