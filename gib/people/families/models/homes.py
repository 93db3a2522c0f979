"""In which postcode area mothers live: the one coarse fact of an address that the matching needs."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from gib.core.vault.scan import scan
from gib.people.partners.domain import areas_in


def home_areas(mothers: Iterable[Any]) -> dict[UUID, tuple[str, ...]]:
    """Give the postcode areas of four digits in the addresses of mothers, by dossier.

    The addresses are opened in one scan that leaves a line in the reading log, and stay closed for everybody
    who looks: only the digits come out. Her address is the one in her file, where she lived and goes back to
    or where she lives now; when she moves, it is changed there. Absent is who has no address or one without a
    postcode.

    Args:
        mothers: rows of `Participant`, within the scope of the reader.
    """
    rows = [row for row in mothers if row.__dict__["address"]]
    if not rows:
        return {}
    return dict(scan("neighbours", rows, _areas))


def _areas(mother: Any) -> tuple[UUID, tuple[str, ...]] | None:
    areas = areas_in(mother.address)
    return (mother.dossier_id, areas) if areas else None
