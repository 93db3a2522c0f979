"""A match as coordinator and volunteer see it, and the list of volunteers to choose from."""

from collections import Counter
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from gib.care.products import words
from gib.care.products.domain.match import LIVE, ONE_AT_A_TIME, State
from gib.care.products.models import Contact, Exclusion, Match
from gib.care.products.models.readiness import reasons_against
from gib.care.products.presenting import names
from gib.care.products.presenting.contacts import lines
from gib.core.access.tables import P
from gib.core.access.together import asking, begin, gather
from gib.core.ui.words import short_name
from gib.people.families.models.readers import on_day
from gib.people.families.words import languages
from gib.people.partners.domain import Product
from gib.people.volunteers.domain import Papers, reasons_not_to_work
from gib.people.volunteers.domain import State as Standing
from gib.people.volunteers.models import Completion, Exemption, PrisonPermit, Volunteer, papers_by

_LISTED = 40
_STEPS = (
    {State.PROPOSED, State.VOLUNTEER_AGREED, State.MOTHER_AGREED},
    {State.AGREED},
    {State.INTRODUCTION, State.TRIAL},
    {State.RUNNING, State.ENDING},
)


@dataclass(frozen=True)
class Candidate:
    """A volunteer to choose: her name, how much room she has, and what speaks against her."""

    id: UUID
    label: str
    against: list[str]


def candidates(request: Any, part: Any) -> list[Candidate]:
    """List the volunteers of the team with what speaks against each, in a fixed number of queries."""
    actor, on = request.actor, request.now.on
    rows = Volunteer.visible_to(actor, on).exclude(state__in=[Standing.LEFT, Standing.REJECTED]).unlocked()
    papers = _papers(actor, on, {row.id: row.since_on for row in rows})
    taken, excluded = _taken(actor, on), _excluded(actor, part.dossier_id, on)
    found = []
    for row in rows:
        is_available = row.state == Standing.AVAILABLE
        product, prison = Product(part.product), part.prison_id or ""
        codes = reasons_not_to_work(is_available, papers[row.id], product, prison, on)
        room = row.most_matches - taken[row.id]
        codes = (*codes, *["full"] * (room < 1), *["excluded"] * (row.id in excluded))
        against = [words.against(code) for code in codes]
        name = short_name(f"{row.given_name} {row.family_name}")
        told = _("%(name)s, nog %(room)d plek, spreekt %(languages)s")
        label = told % {"name": name, "room": max(room, 0), "languages": languages(row.languages)}
        found.append(Candidate(row.id, label if not against else name, against))
    return sorted(found, key=lambda each: (len(each.against), each.label))


def _papers(actor: Any, on: Any, since: dict[UUID, Any]) -> dict[UUID, Papers]:
    rows = (kind.visible_to(actor, on) for kind in (Completion, Exemption))
    return papers_by(since, *rows, PrisonPermit.visible_to(actor, on).select_related("prison"))


def _excluded(actor: Any, dossier_id: UUID, on: Any) -> set[UUID]:
    rows = Exclusion.visible_to(actor, on).filter(on_day(on), dossier_id=dossier_id)
    return {row.volunteer_id for row in rows}


def _taken(actor: Any, on: Any) -> Counter[UUID]:
    rows = Match.visible_to(actor, on).filter(state__in=sorted(ONE_AT_A_TIME | LIVE))
    return Counter(row.volunteer_id for row in rows)


def code_words(row: Any) -> str:
    """Say what a proposal is about without saying who: product, place, language."""
    where = row.prison.place if row.prison else (row.municipality.name if row.municipality else "")
    return " · ".join(part for part in (row.brand, where, languages(row.languages)) if part)


def match_page(request: Any, row: Any) -> dict[str, Any]:
    """Gather what the page of a match shows, as its reader may see it."""
    has_met = row.from_on is not None
    mothers = [row.dossier_id] if has_met or request.actor.may(P.MATCH) else []
    rows = Contact.visible_to(request.actor, request.now.on).filter(match_id=row.id)[:_LISTED]
    parts = [
        begin(names.mothers, request, mothers),
        begin(names.volunteers, request, [row.volunteer_id]),
        asking(rows.opening()),
    ]
    known, helper, visits = gather(parts)
    steps = [_("Voorgesteld"), _("Allebei ja"), _("Kennismaking"), _("Loopt")]
    codes = reasons_against(row, None, request.now.on) if request.actor.may(P.MATCH) else ()
    return {
        "mother": known.get(row.dossier_id, ""),
        "volunteer": helper.get(row.volunteer_id, ""),
        "code_words": code_words(row),
        "visits": lines(request, visits),
        "steps4": steps,
        "at": next((at for at, here in enumerate(_STEPS) if row.state in here), len(_STEPS)),
        "against": [words.against(code) for code in codes],
        "asks_volunteer": row.state in (State.PROPOSED, State.MOTHER_AGREED),
        "asks_mother": row.state in (State.PROPOSED, State.VOLUNTEER_AGREED),
    }
