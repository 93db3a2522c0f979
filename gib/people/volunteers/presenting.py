"""How volunteers are laid out: the list with what is missing, and one volunteer with all her papers."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _

from gib.core.access.guard import Request
from gib.core.ui import states
from gib.core.ui.tables import Cell, Table, make
from gib.core.ui.words import day, short_name
from gib.people.volunteers import domain, wording
from gib.people.volunteers import presenting_needs as needing
from gib.people.volunteers.domain import FLOW, GONE, Papers, Requirement, State
from gib.people.volunteers.models import (
    Completion,
    Exemption,
    PrisonPermit,
    Volunteer,
    VolunteerStand,
    papers_by,
)
from gib.people.volunteers.models.erasure import due

SIZE: Final = 50
_PAPERS: Final = (Completion, Exemption)
SOON: Final = 90


def page_of(volunteer_id: UUID) -> str:
    """Give the address of a volunteer."""
    return reverse("volunteers:volunteer", args=[volunteer_id])


def seen(request: Request, volunteer_id: UUID) -> Any:
    """Give a volunteer as she exists for the reader of a page.

    Raises:
        Http404: she does not.
    """
    return Volunteer.visible_to(request.actor, request.now.on).get_or_404(pk=volunteer_id)


def name_of(row: Any) -> str:
    """Write the first name of a volunteer with the initial of her last name."""
    return short_name(f"{row.given_name} {row.family_name}")


def state_key(state: str, lacks: Any) -> str:
    """Name the state on screen: available with something missing is not deployable."""
    return "volunteer.not_ready" if state == State.AVAILABLE and lacks else f"volunteer.{state}"


def overview(request: Request, state: str, start: str) -> dict[str, Any]:
    """Give one page of the volunteers of the reader's team: those of a state, or all who are with us.

    Args:
        start: the id after which the page begins; empty for the first page.
    """
    rows = Volunteer.visible_to(request.actor, request.now.on)
    counts = dict(rows.order_by("state").values_list("state").annotate(number=Count("pk")))
    state = state if state in set(State) else ""
    rows = rows.filter(state=state) if state else rows.exclude(state__in=GONE)
    rows = rows.filter(pk__gt=start) if start else rows
    found = list(rows.order_by("pk")[: SIZE + 1].unlocked())
    shown = found[:SIZE]
    return {
        "table": _table(request, shown),
        "count": _number(state, counts),
        "chips": _chips(state, counts),
        "due": due(request.actor, request.now.on).count(),
        "older": f"?stand={state}&na={shown[-1].id}" if len(found) > SIZE else "",
    }


def _number(state: str, counts: dict[str, int]) -> int:
    """Tell how many volunteers a filter shows; the empty one shows who is with us."""
    return counts.get(state, 0) if state else sum(counts[one] for one in counts if one not in GONE)


def _chips(state: str, counts: dict[str, int]) -> list[dict[str, Any]]:
    words = {"": _("Nu bij ons")} | {str(one): str(states.find(f"volunteer.{one}").word) for one in State}
    return [
        {
            "label": word,
            "count": _number(one, counts),
            "url": f"?stand={one}" if one else "?",
            "is_current": one == state,
        }
        for one, word in words.items()
        if one in ("", state) or counts.get(one)
    ]


def _table(request: Request, shown: list[Any]) -> Table:
    on = request.now.on
    since = {row.id: row.since_on for row in shown}
    kinds = (kind.visible_to(request.actor, on).filter(volunteer_id__in=list(since)) for kind in _PAPERS)
    papers = papers_by(since, *kinds, ())
    lines = [_line(row, papers[row.id], on) for row in shown]
    return make(_("Vrijwilligers"), [_("Naam"), _("Stand"), _("Ontbreekt"), _("Loopt af")], lines)


def _line(row: Any, papers: Papers, on: date) -> list[Cell | str | int]:
    lacks = domain.missing(papers, on)
    soon = domain.lapsing(papers, on, SOON)
    return [
        Cell(name_of(row), page_of(row.id)),
        Cell(state=state_key(row.state, lacks)),
        ", ".join(str(wording.REQUIREMENTS[lack]) for lack in lacks) or _("niets"),
        f"{wording.REQUIREMENTS[soon[0][0]]}, {day(soon[0][1])}" if soon else "",
    ]


def one(request: Request, volunteer_id: UUID) -> dict[str, Any]:
    """Give one volunteer with her papers, permits and the steps that can be taken.

    Raises:
        Http404: she does not exist for this reader.
    """
    actor, on = request.actor, request.now.on
    row = seen(request, volunteer_id)
    completions, waits, stands = (
        list(kind.visible_to(actor, on).filter(volunteer_id=volunteer_id))
        for kind in (*_PAPERS, VolunteerStand)
    )
    permits = PrisonPermit.visible_to(actor, on).filter(volunteer_id=volunteer_id)
    papers = papers_by({row.id: row.since_on}, completions, waits, ())[row.id]
    lacks = domain.missing(papers, on)
    steps = [to for to in FLOW.steps.get(State(row.state), ()) if to in wording.VERBS]
    return {
        "volunteer": row,
        "state": state_key(row.state, lacks),
        "lacks": [wording.REQUIREMENTS[lack] for lack in lacks],
        "reach": [line for line in (row.phone, row.email, row.street, row.postcode) if line],
        "status": f"status.{domain.status_of(State(row.state), papers, on)}",
        "needs": needing.table(
            needing.ranked(papers, needing.stands_of(stands), on), is_own=actor.volunteer_id == volunteer_id
        ),
        "exemptions": needing.exemptions(waits, on),
        "papers": _papers(completions),
        "permits": _permits(permits.select_related("prison")),
        "steps": [(str(to), wording.VERBS[to]) for to in sorted(steps)],
        "may_leave": FLOW.may_move(row.state, State.LEAVING),
    }


def _papers(completions: list[Any]) -> Table:
    newest = sorted(completions, key=lambda row: row.from_on, reverse=True)
    rows = [
        [
            str(wording.REQUIREMENTS[Requirement(row.requirement)]),
            day(row.from_on),
            day(row.to_on),
            day(row.seen_on),
        ]
        for row in newest
    ]
    heads = [_("Wat"), _("Vanaf"), _("Tot en met"), _("Gezien op")]
    return make(_("Gezien"), heads, rows)


def _permits(permits: Iterable[Any]) -> Table:
    rows = [[str(row.prison), day(row.from_on), day(row.to_on)] for row in permits]
    return make(_("Toegang tot inrichtingen"), [_("Inrichting"), _("Vanaf"), _("Tot en met")], rows)
