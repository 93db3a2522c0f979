"""A match as coordinator and volunteer see it."""

from typing import Any

from django.utils.translation import gettext as _

from gib.care.products import words
from gib.care.products.domain.match import State
from gib.care.products.models import Contact, VisitSeries
from gib.care.products.models.readiness import reasons_against
from gib.care.products.presenting import names
from gib.care.products.presenting.contacts import lines
from gib.care.products.presenting.home import phase_of
from gib.care.products.presenting.talks import talks_of
from gib.core.access.tables import P
from gib.core.access.together import asking, begin, first, gather
from gib.people.families.words import languages

_LISTED = 40
_STEPS = (
    {State.PROPOSED, State.VOLUNTEER_AGREED, State.MOTHER_AGREED},
    {State.AGREED},
    {State.INTRODUCTION, State.TRIAL},
    {State.RUNNING, State.ENDING},
)


def code_words(row: Any) -> str:
    """Say what a proposal is about without saying who: product, place, language."""
    where = row.prison.place if row.prison else (row.municipality.name if row.municipality else "")
    return " · ".join(part for part in (row.brand, where, languages(row.languages)) if part)


def match_page(request: Any, row: Any) -> dict[str, Any]:
    """Gather what the page of a match shows, as its reader may see it."""
    has_met = row.from_on is not None
    mothers = [row.dossier_id] if has_met or request.actor.may(P.MATCH) else []
    rows = Contact.visible_to(request.actor, request.now.on).filter(match_id=row.id)[:_LISTED]
    found: Any = VisitSeries.visible_to(request.actor, request.now.on).filter(match_id=row.id)
    parts = [
        begin(names.mothers, request, mothers),
        begin(names.volunteers, request, [row.volunteer_id]),
        asking(rows.opening()),
        talks_of(request, row),
        *[asking(found.going_on())] * request.actor.may(P.MATCH),
    ]
    known, helper, visits, talks, *series = gather(parts)
    steps = [_("Voorgesteld"), _("Allebei ja"), _("Kennismaking"), _("Loopt")]
    codes = reasons_against(row, None, request.now.on) if request.actor.may(P.MATCH) else ()
    page: dict[str, Any] = talks | {
        "mother": known.get(row.dossier_id, ""),
        "volunteer": helper.get(row.volunteer_id, ""),
        "code_words": code_words(row),
        "phase": phase_of(request, row),
        "visits": lines(request, visits),
        "series": first(series[0]) if series else None,
        "steps4": steps,
        "at": next((at for at, here in enumerate(_STEPS) if row.state in here), len(_STEPS)),
        "against": [words.against(code) for code in codes],
        "asks_volunteer": row.state in (State.PROPOSED, State.MOTHER_AGREED),
        "asks_mother": row.state in (State.PROPOSED, State.VOLUNTEER_AGREED),
    }
    return page
