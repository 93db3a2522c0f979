"""One team as large as those of the year 2010: it answers for the people of its copies too."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import psycopg
from django.apps import apps
from django.db import connection, models, router

from gib.care.products.domain.contact import State
from gib.care.products.models import Contact
from gib.people.accounts.models import Appointment
from gib.people.families.models import Child, Participant
from gib.people.partners.models import Team
from gib.people.volunteers.models import Volunteer
from gib.portal.year.copies_tables import MARK, originals
from tests.services import postgres

#: How large a team of the year 2010 is: 512 mothers, 1,004 children and 184 volunteers over five teams, with
#: as many contacts as they had in that year.
LEAST: Final = {Participant: 110, Child: 210, Volunteer: 40, Contact: 1_000}
#: What was added cannot be opened under its other identifier: no page opens it.
_CHILDREN: Final = 2
#: Whose dossier is not the oldest of a team: that one is opened.
_OTHERS: Final = (
    "dossier_id IN (SELECT id FROM families_dossier WHERE opened_on >"
    " (SELECT min(opened_on) FROM families_dossier WHERE team_id = {team}))"
)


@contextmanager
def owning() -> Iterator[Any]:
    """Work on the main database as who owns its tables: the application may not."""
    facts = connection.settings_dict
    address = {"host": facts["HOST"], "port": facts["PORT"], "dbname": facts["NAME"]}
    with psycopg.connect(**address, user=postgres.OWNER, autocommit=True) as owner:
        yield owner


def gather(lives: int) -> dict[Any, int]:
    """Let the first team answer for its own people in as many lives, the original included.

    Rows lie on the disk as their identifiers say, so by when they were written in any life: what is of one
    team lies among what is of all others, as when they live side by side.

    Returns: how many rows of each kind of `LEAST` the team has.
    """
    team = originals()[0]
    names = [f"{MARK}{number}" for number in range(1, lives)]
    joined = list(
        Team.objects.filter(source__in=names, prison_id=team.prison_id).values_list("pk", flat=True)
    )
    with owning() as owner:
        _add(owner, Child, _CHILDREN, _OTHERS.format(team=team.pk))
        for model in _of_main():
            table = model._meta.db_table
            if any(field.column == "team_id" for field in model._meta.concrete_fields):
                owner.execute(f"UPDATE {table} SET team_id = %s WHERE team_id = ANY(%s)", (team.pk, joined))
        _add_contacts(owner, team)
        for model in _of_main():
            table = model._meta.db_table
            owner.execute(f"CLUSTER {table} USING {_key_of(owner, table)}")
        owner.execute("VACUUM ANALYZE")
        return {model: _number(owner, model, team) for model in LEAST}


def _add(owner: Any, model: Any, times: int, which: str, **other: str) -> None:
    """Write rows of a table again, with other identifiers, so that there are `times` as many."""
    table, other = model._meta.db_table, {"id": "gen_random_uuid()", **other}
    columns = [field.column for field in model._meta.concrete_fields]
    values = ", ".join(other.get(column, column) for column in columns)
    rows = f"SELECT {values} FROM {table}, generate_series(1, {times - 1}) turn WHERE {which}"
    owner.execute(f"INSERT INTO {table} ({', '.join(columns)}) {rows}")


def _add_contacts(owner: Any, team: Team) -> None:
    """Let each contact that took place have come after others, week by week, that were read."""
    held = f"team_id = {team.pk} AND held_on IS NOT NULL"
    (number,) = owner.execute(f"SELECT count(*) FROM products_contact WHERE {held}").fetchone()
    times = LEAST[Contact] // number + 1
    settled = {"state": f"'{State.LOGGED}'", "read_on": "held_on"}
    _add(owner, Contact, times, held, due_on="NULL", held_on="held_on - 7 * turn", **settled)


def _of_main() -> Iterator[type[models.Model]]:
    """Give what lies in the main database; who has a seat in which team stays as it is."""
    for model in apps.get_models(include_auto_created=True):
        if router.db_for_read(model) == "default" and model is not Appointment:
            yield model


def _key_of(owner: Any, table: str) -> str:
    asked = "SELECT indexrelid::regclass FROM pg_index WHERE indisprimary AND indrelid = %s::regclass"
    return str(owner.execute(asked, (table,)).fetchone()[0])


def _number(owner: Any, model: Any, team: Team) -> int:
    counted = owner.execute(f"SELECT count(*) FROM {model._meta.db_table} WHERE team_id = %s", (team.pk,))
    return int(counted.fetchone()[0])


@contextmanager
def without(*indexes: str) -> Iterator[None]:
    """Take indexes away for a while, as a control: who rests on them must see it."""
    with owning() as owner:
        made = [_made(owner, index) for index in indexes]
        for index in indexes:
            owner.execute(f"DROP INDEX {index}")
        try:
            yield
        finally:
            for statement in made:
                owner.execute(statement)


def _made(owner: Any, index: str) -> str:
    return str(owner.execute("SELECT pg_get_indexdef(%s::regclass)", (index,)).fetchone()[0])
