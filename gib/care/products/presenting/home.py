"""The phase of help at home in words, for who coordinates and who visits."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from gib.care.products import words
from gib.care.products.domain.home import phase, rhythm
from gib.care.products.domain.participation import State
from gib.care.products.models import Participation, norm
from gib.people.families.models import Placement
from gib.people.families.models.readers import at_night
from gib.people.partners.domain import Product


def phase_words(row: Any, on: date, *, is_held: bool = False) -> str:
    """Say in which phase help at home is and what belongs to it, or that it rests since she is held again.

    Empty when none is running.
    """
    if row.product != Product.MOEDERMAATJES or row.state != State.RUNNING:
        return ""
    if is_held:
        return _("De hulp thuis rust, want zij zit weer vast. Als zij vrij is, gaat de hulp verder.")
    now = phase(row.started_on, on)
    return _("Fase: %(phase)s.") % {"phase": words.PHASES[now]} + f" {words.PHASE_ASKS[now]}"


def phases_of(request: Any, matches: Iterable[Any]) -> dict[Any, str]:
    """Say the phase of help at home by match, for who visits; nothing is asked when nobody is at home."""
    home = {row.dossier_id: row.id for row in matches if row.product == Product.MOEDERMAATJES}
    if not home:
        return {}
    on, parts = request.now.on, _running(request).filter(dossier_id__in=home)
    held = Placement.visible_to(request.actor, on).filter(at_night(on), dossier_id__in=home)
    inside = set(held.values_list("dossier_id", flat=True))
    return {home[row.dossier_id]: phase_words(row, on, is_held=row.dossier_id in inside) for row in parts}


def phase_of(request: Any, match: Any) -> str:
    """Say the phase of help at home of people who have met; empty for others."""
    return phases_of(request, [match] if match.from_on else []).get(match.id, "")


def _running(request: Any) -> Any:
    """Ask for the help at home that goes on; of one mother that is one part."""
    rows = Participation.visible_to(request.actor, request.now.on)
    return rows.filter(product=Product.MOEDERMAATJES, state=State.RUNNING)


def rhythm_days(request: Any, match: Any) -> int:
    """Give how many days lie between two visits of a match: at home every week, until they become fewer."""
    on = request.now.on
    fewer = norm("visit_rhythm_days", on)
    if match.product != Product.MOEDERMAATJES:
        return fewer
    part = _running(request).filter(dossier_id=match.dossier_id).first()
    return rhythm(phase(part.started_on if part else on, on), norm("home_visit_days", on), fewer)
