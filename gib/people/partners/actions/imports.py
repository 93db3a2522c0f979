"""Reading open data that an operator fetched: postcodes of GeoNames, borders of CBS and Kadaster."""

import json
from collections.abc import Iterable
from typing import Final

from django.db import transaction

from gib.core.kernel.rules import RuleBroken
from gib.people.partners.domain.files import read_postcodes, villages_of
from gib.people.partners.domain.maps import border_paths
from gib.people.partners.models import Border, Postcode

POSTCODE_ATTRIBUTION: Final = "GeoNames, CC BY 4.0"
BORDER_ATTRIBUTION: Final = "CBS / Kadaster"


@transaction.atomic
def import_postcodes(lines: Iterable[str]) -> int:
    """Replace the postcodes by those of a GeoNames file; gives how many there are now.

    Raises:
        RuleBroken: 'postcodes_unreadable' with the number of the line; nothing changes then.
    """
    found = {(row.digits, row.municipality_code, row.place): row for row in read_postcodes(lines)}
    if not found:
        raise RuleBroken("postcodes_unreadable", line=1)
    villages = villages_of(found.values())
    Postcode.objects.all().delete()
    rows = (Postcode(**vars(row), village=villages.get(row.digits, "")) for row in found.values())
    return len(Postcode.objects.bulk_create(rows, batch_size=500))


@transaction.atomic
def import_borders(text: str) -> int:
    """Replace the borders by those of a TopoJSON file; gives of how many municipalities.

    Raises:
        RuleBroken: 'borders_unreadable'; nothing changes then.
    """
    try:
        paths = border_paths(json.loads(text))
    except json.JSONDecodeError as error:
        raise RuleBroken("borders_unreadable") from error
    Border.objects.all().delete()
    rows = [
        Border(municipality_code=code, path=path, attribution=BORDER_ATTRIBUTION)
        for code, path in paths.items()
    ]
    return len(Border.objects.bulk_create(rows))
