"""A stand-in for a slice: names on a shelf, kept in a table that no test minds."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

from gib.core.access.actor import Actor
from gib.core.access.tables import P, Role
from gib.core.kernel.clock import Now
from gib.core.kernel.ids import new_id
from gib.core.kernel.rules import RuleBroken
from gib.core.sheets.parsers import Context
from gib.core.sheets.reading import read
from gib.core.sheets.tables import Table, find_table
from gib.core.sheets.template import Values
from gib.core.sheets.tests.files import LENDERS
from gib.core.ui.models import Submission

NOW = Now(datetime(2011, 1, 11, 9, tzinfo=UTC), date(2011, 1, 11))
COORDINATOR = Actor(uuid4(), Role.COORDINATOR)
OTHER = Actor(uuid4(), Role.COORDINATOR)
VOLUNTEER = Actor(uuid4(), Role.VOLUNTEER)
LEADER = Actor(uuid4(), Role.PROJECT_LEADER)

TEXT = "Naam;Geboren;Kolom X\nAnkie Voorbeeld;27-3-81;a\nBo Voorbeeld;;b\n"


def there() -> list[str]:
    """The names on the shelf."""
    return sorted(Submission.objects.filter(url__startswith="shelf:").values_list("url", flat=True))


def put(rows: Sequence[Values], actor: Actor, now: Now) -> list[UUID]:
    """Put names on the shelf; one called Stuk breaks halfway."""
    ids = []
    for row in rows:
        if row["name"] == "Stuk":
            raise RuleBroken("cell_required")
        made = Submission.objects.create(
            token=new_id(), user_id=actor.user_id, url=f"shelf:{row['name']}", at=now.at
        )
        ids.append(made.token)
    return ids


def take(ids: Sequence[UUID], actor: Actor, now: Now) -> None:
    """Take names off the shelf; one that is called Vast stays."""
    rows = Submission.objects.filter(token__in=ids)
    rows.exclude(url="shelf:Vast").delete()
    if rows.exists():
        raise RuleBroken("not_found")


def known(rows: Sequence[Values], context: Context) -> Mapping[int, Values]:
    """Find by name what is on the shelf."""
    names = {url.removeprefix("shelf:") for url in there()}
    return {at: {"name": row["name"]} | dict(row) for at, row in enumerate(rows) if row["name"] in names}


def export(actor: Actor, now: Now) -> Iterator[Values]:
    """Give what is on the shelf."""
    for url in there():
        yield {"name": url.removeprefix("shelf:")}


SHELF = replace(LENDERS, key="shelf", title="De plank", known=known, apply=put, undo=take, export=export)
CLOSED = replace(SHELF, key="closed", title="Op slot", imports_with=P.TRANSFER, exports_with=P.TRANSFER)
ONE_WAY = replace(SHELF, key="one-way", title="Eén kant", export=None)


def table(text: str = TEXT) -> Table:
    """The table of a CSV text."""
    return find_table(read(text.encode()), SHELF)
