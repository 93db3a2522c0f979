"""Whether a volunteer may do something on a day: asked before every match, visit and account."""

from datetime import date
from typing import Any
from uuid import UUID

from gib.care.products.domain.contact import IN_PRISON, Kind
from gib.core.access import rls
from gib.people.partners.domain import INSIDE, Product
from gib.people.volunteers.domain import has_permit
from gib.people.volunteers.models import Volunteer, papers_of, reasons_not_to_plan


def reasons_against(match: Any, kind: Kind | None, on: date) -> tuple[str, ...]:
    """List why the volunteer of a match may not work for it on a day; empty when she may (invariant 3).

    The house itself looks, since she may belong to another team than the dossier does now.

    Args:
        match: the match, with her and the prison.
        kind: what sort of contact; a visit in a prison needs a permit, whatever the product. Whoever is
            leaving still has contact with whom she knows, and gets no new match.
    """
    product, prison = Product(match.product), match.prison_id or ""
    with rls.system("readiness", on):
        volunteer = _volunteer(match.volunteer_id, on)
        reasons = reasons_not_to_plan(volunteer, product, prison, on, is_farewell=kind is not None)
        if (
            kind in IN_PRISON
            and product not in INSIDE
            and not has_permit(papers_of(volunteer, on), prison, on)
        ):
            return (*reasons, "permit")
    return reasons


def reasons_against_held(match: Any, kind: Kind, on: date) -> tuple[str, ...]:
    """List why she might not work on a day that is over; whether she is available now does not count."""
    return tuple(reason for reason in reasons_against(match, kind, on) if reason != "state")


def most_matches(volunteer_id: UUID, on: date) -> int:
    """Tell how many mothers a volunteer can take at a time."""
    with rls.system("readiness", on):
        return int(_volunteer(volunteer_id, on).most_matches)


def _volunteer(volunteer_id: UUID, on: date) -> Volunteer:
    found: Volunteer = Volunteer.for_house("readiness", on).get(pk=volunteer_id)
    return found
